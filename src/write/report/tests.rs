use std::fs;
use std::sync::Arc;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::columns::{Tables, push};
use super::detail::Detail;
use super::items::Items;
use super::page::{SCRIPT, base64};
use super::strings::Strings;
use super::*;
use crate::catalog::{Catalog, Item};
use crate::config::{Language, Output};
use crate::error::{Failure, FileError};
use crate::model::{
    Answer, Candidate, DOCUMENT_SCHEMA, Decision, Document, Format, Mapping, Provenance, Reason,
    Row, SourceInfo, Status,
};
use crate::write::scratch::Scratch;
use crate::write::{Outcome, Plan, Run};

fn catalog(items: u32) -> Catalog {
    let item = |n: u32| Item {
        id: format!("ACME-{n:02}"),
        section: Some("運用".to_owned()),
        name: Some(format!("点検項目 {n}")),
        ..Item::default()
    };
    Catalog {
        id: "acme".to_owned(),
        title: "点検表".to_owned(),
        note: None,
        items: (1..=items).map(item).collect(),
    }
}

fn row(number: u32, document: u32) -> Row {
    let decision = match number % 7 {
        0 => Decision::Review,
        _ => Decision::Accepted,
    };
    let id = format!("ACME-{number:02}");
    Row {
        row: number,
        number: None,
        section: Some("運用".to_owned()),
        category: Some("保守".to_owned()),
        item: Some(format!("点検項目 {number}")),
        description: Some(format!(
            "{number}番目の点検について、方法と頻度を記入してください"
        )),
        unit: Some("有無".to_owned()),
        answer: Answer {
            mark: Some("○".to_owned()),
            status: Status::Yes,
            text: format!(
                "{document}社では毎月{number}日に担当者が点検し、結果を記録して報告します。"
            ),
            values: Vec::new(),
        },
        mapping: Mapping {
            item_id: Some(id.clone()),
            catalog: Some("acme".to_owned()),
            confidence: 0.987,
            decision,
            reasons: vec![Reason::LowConfidence; usize::from(decision == Decision::Review)],
            candidates: ["ACME-01", "ACME-02", &id].map(candidate).into(),
            ..Mapping::default()
        },
        provenance: Provenance {
            table: 1,
            page: Some(1 + number / 20),
            bbox: Some([72.25, 100.0, 523.5, 124.75]),
            ..Provenance::default()
        },
        other: Vec::new(),
        moved: None,
        raw: Default::default(),
        compare: Default::default(),
    }
}

fn candidate(id: &str) -> Candidate {
    Candidate {
        item_id: id.to_owned(),
        score: 0.75,
    }
}

fn imported(number: u32, rows: u32) -> Imported {
    let path = format!("sheets/{number}.pdf");
    Imported {
        file: format!("documents/{number}.pdf.json"),
        document: Document {
            schema: DOCUMENT_SCHEMA.to_owned(),
            source: SourceInfo {
                path,
                sha256: String::new(),
                bytes: 0,
                format: Format::Pdf,
                encoding: None,
                decoding: None,
            },
            title: None,
            vendor: Some(format!("株式会社{number}")),
            date: None,
            tables: Vec::new(),
            rows: (1..=rows).map(|n| row(n, number)).collect(),
            outside: Vec::new(),
            warnings: Vec::new(),
        },
    }
}

/// The page about documents, and one that failed.
fn page(name: &str, documents: &[Imported], language: Language, failed: &str) -> String {
    let out = Scratch::new(name);
    out.put("page", "");
    let plan = Arc::new(Plan::new(&[Output::Html], vec![catalog(60)], language));
    let mut report = begin(&out.0.join("page"), &plan).unwrap();
    let mut run = Run::new(plan.catalog_infos());
    for imported in documents {
        report.add(imported).unwrap();
        let path = &imported.document.source.path;
        run.add(Outcome::imported(path, &imported.file, &imported.document));
    }
    let error = FileError::new(Failure::Corrupt, failed, failed).at(failed);
    run.add(Outcome::failed(failed, None, error));
    report.finish(&run).unwrap();
    fs::read_to_string(out.0.join("page")).unwrap()
}

/// What stands in the page between two texts, the first time.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap() + from.len();
    &page[start..start + page[start..].find(to).unwrap()]
}

fn data(page: &str) -> Value {
    let json = between(
        page,
        "<script type=\"application/json\" id=\"run\">",
        "</script>",
    );
    serde_json::from_str(json).unwrap()
}

#[test]
fn hostile_text_stays_text() {
    for (n, text) in [
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "<!-- <script>",
        "{{ 7 * 7 }}{% raw %}",
        "'\u{2028}\u{202e}\0",
    ]
    .into_iter()
    .enumerate()
    {
        let mut document = imported(1, 2);
        document.document.vendor = Some(text.to_owned());
        document.document.source.path = text.to_owned();
        let row = &mut document.document.rows[0];
        row.item = Some(text.to_owned());
        row.answer.text = text.to_owned();
        row.mapping.item_id = Some(text.to_owned());
        let page = page(
            &format!("report-hostile-{n}"),
            &[document],
            Language::En,
            text,
        );
        assert_eq!(page.matches("<script").count(), 3, "{text}");
        assert_eq!(page.matches("</script").count(), 3, "{text}");
        assert_eq!(page.matches("<!--").count(), 0, "{text}");
        assert_eq!(page.matches("<img").count(), 0, "{text}");
        let data = data(&page);
        assert_eq!(data["documents"][0]["vendor"], text);
        assert!(data["strings"].as_array().unwrap().contains(&text.into()));
    }
}

#[test]
fn the_page_runs_its_own_script_alone() {
    let page = page("report-policy", &[imported(1, 3)], Language::Ja, "x");
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    let policy = policy.replace("&#x27;", "'").replace("&#x2f;", "/");
    for (kind, from, to) in [
        ("script", "\n<script>", "</script>"),
        ("style", "<style>", "</style>"),
    ] {
        let hash = base64(&Sha256::digest(between(&page, from, to)));
        let allowed = format!("{kind}-src 'sha256-{hash}';");
        assert!(policy.contains(&allowed), "{policy}: {allowed}");
    }
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    for address in ["http://", "https://", "src=", "@import", "url("] {
        let own = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!own.contains(address), "{address}");
    }
    for way in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "</",
        "<!--",
    ] {
        assert!(!SCRIPT.contains(way), "the script has {way}");
    }
}

#[test]
fn base64_is_that_of_rfc_4648() {
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(base64(bytes.as_bytes()), text);
    }
}

#[test]
fn the_same_documents_give_the_same_bytes_and_others_another_storage() {
    let documents = [imported(1, 9), imported(2, 5)];
    let first = page("report-same-1", &documents, Language::Ja, "x");
    assert_eq!(first, page("report-same-2", &documents, Language::Ja, "x"));
    let hash = |page: &str| between(page, "data-run=\"", "\"").to_owned();
    let english = page("report-same-3", &documents, Language::En, "x");
    assert_eq!(hash(&first), hash(&english), "labels are no part of a run");
    let other = page("report-same-4", &documents[..1], Language::Ja, "x");
    assert_ne!(hash(&first), hash(&other));
}

#[test]
fn a_row_takes_at_most_five_hundred_bytes() {
    let size = |documents: u32| {
        let documents: Vec<Imported> = (0..documents).map(|n| imported(n, 57)).collect();
        page("report-size", &documents, Language::Ja, "x").len()
    };
    let per_row = (size(30) - size(10)) / (20 * 57);
    assert!(per_row <= 500, "{per_row} bytes a row");
}

/// The columns of five accepted rows and, at the seventh, one under review.
fn columns(detail: Detail) -> Value {
    let (mut strings, mut items) = (Strings::default(), Items::new(&[catalog(9)]));
    let rows: Vec<Row> = [1, 2, 3, 4, 5, 7].map(|n| row(n, 1)).into();
    let mut out = Vec::new();
    let tables = Tables {
        strings: &mut strings,
        items: &mut items,
    };
    push(&rows, detail, tables, &mut out);
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn rows_that_somebody_has_to_look_at_are_told_longest() {
    let told = |columns: &Value, name: &str| {
        let cells = columns[name].as_array();
        let some = |cell: &&Value| !matches!(cell, Value::Number(n) if n.as_u64() == Some(0));
        cells.map_or(0, |cells| cells.iter().filter(some).count())
    };
    let [full, review, status] = [Detail::Full, Detail::Review, Detail::Status].map(columns);
    for (name, expected) in [
        ("id", [6, 6, 6]),
        ("text", [6, 6, 0]),
        ("description", [6, 1, 0]),
        ("box", [6, 1, 0]),
        ("candidates", [6, 1, 0]),
        ("reasons", [1, 1, 0]),
    ] {
        let told = [&full, &review, &status].map(|c| told(c, name));
        assert_eq!(told, expected, "{name}");
    }
    assert_eq!(full["box"][0], serde_json::json!([723, 1000, 5235, 1248]));
    assert_eq!(
        full["candidates"][2],
        serde_json::json!([1, 750, 2, 750, 3, 750])
    );
    assert_eq!(full["state"][5], 8, "yes, under review");
}

mod looks;
mod wording;
