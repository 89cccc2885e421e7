use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::super::scratch::Scratch;
use super::*;
use crate::catalog::{Catalog, Item};
use crate::config::{Language, Output};
use crate::error::{Failure, FileError};
use crate::model::*;
use crate::write::{Outcome, Plan, Run};

const ITEMS: u32 = 12;

fn catalog() -> Catalog {
    let item = |n: u32| Item {
        id: format!("T-{n}"),
        section: Some(format!("節{}", n.div_ceil(2))),
        name: Some(match n {
            1 | 3 => "鍵".to_owned(),
            2 => "灯".to_owned(),
            n => format!("門{n}"),
        }),
        description: Some(format!("{n}番目に問うこと")),
        ..Item::default()
    };
    Catalog {
        id: "t".to_owned(),
        title: "試験用".to_owned(),
        note: None,
        items: (1..=ITEMS).map(item).collect(),
    }
}

fn row(number: u32, item: u32, status: Status, decision: Decision) -> Row {
    let id = format!("T-{item}");
    Row {
        row: number,
        number: None,
        section: None,
        category: None,
        item: Some(format!("問い{item}")),
        description: None,
        unit: None,
        answer: Answer {
            status,
            text: format!("答え{number}"),
            ..Answer::default()
        },
        mapping: Mapping {
            item_id: (decision != Decision::Unmapped).then(|| id.clone()),
            catalog: Some("t".to_owned()),
            confidence: 0.5,
            decision,
            reasons: match decision {
                Decision::Accepted => Vec::new(),
                _ => vec![Reason::LowConfidence],
            },
            candidates: vec![Candidate {
                item_id: id,
                score: 0.5,
            }],
            ..Mapping::default()
        },
        provenance: Provenance {
            table: 1,
            page: Some(number),
            ..Provenance::default()
        },
        other: Vec::new(),
        moved: None,
        raw: Default::default(),
        compare: Compare {
            item: format!("問い{item}"),
            ..Compare::default()
        },
    }
}

fn imported(n: u32, rows: Vec<Row>) -> Imported {
    Imported {
        file: format!("documents/{n}.json"),
        document: Document {
            schema: DOCUMENT_SCHEMA.to_owned(),
            source: SourceInfo {
                path: format!("in/{n}.pdf"),
                sha256: String::new(),
                bytes: 0,
                format: Format::Pdf,
                encoding: None,
                decoding: None,
            },
            title: None,
            vendor: Some(format!("社{n}")),
            date: None,
            tables: Vec::new(),
            rows,
            outside: Vec::new(),
            warnings: Vec::new(),
        },
    }
}

/// A sheet's cells, from its top left.
type Cells = Vec<Vec<String>>;

/// Writes the documents and reads the sheets back.
fn sheets(
    name: &str,
    documents: &[Imported],
    language: Language,
    limit: impl FnOnce(&mut Book),
) -> Vec<(String, Cells)> {
    let scratch = Scratch::new(name);
    let path = scratch.0.join("book.xlsx");
    let plan = Plan::new(&[Output::Xlsx], vec![catalog()], language);
    let mut run = Run::new(plan.catalog_infos());
    let mut book = Book::begin(&path, &Arc::new(plan)).unwrap();
    limit(&mut book);
    let error = FileError::new(Failure::Encrypted, "what", "do");
    run.add(Outcome::failed("in/locked.pdf", None, error));
    for imported in documents {
        book.add(imported).unwrap();
        let path = &imported.document.source.path;
        run.add(Outcome::imported(path, &imported.file, &imported.document));
    }
    Box::new(book).finish(&run).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(scratch.read("book.xlsx"))).unwrap();
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        let cells = range
            .rows()
            .map(|r| r.iter().map(Data::to_string).collect());
        sheets.push((name, cells.collect()));
    }
    sheets
}

fn sheet<'a>(sheets: &'a [(String, Cells)], name: &str) -> &'a Cells {
    let found = sheets.iter().find(|(n, _)| n == name);
    &found.unwrap_or_else(|| panic!("{name}")).1
}

use Decision::{Accepted, Review, Unmapped};
use Status::{No, Stated, Yes};

#[test]
fn what_does_not_fit_on_a_sheet_goes_on_the_next() {
    let documents: Vec<Imported> = (0..5)
        .map(|n| imported(n, (1..=3).map(|r| row(r, r, Yes, Accepted)).collect()))
        .collect();
    let sheets = sheets("book-limits", &documents, Language::Ja, |book| {
        book.comparison.across = 2;
        book.rows.most = 8;
    });
    let names: Vec<&str> = sheets.iter().map(|(n, _)| n.as_str()).collect();
    assert_eq!(
        names,
        [
            "比較",
            "比較 (2)",
            "比較 (3)",
            "行",
            "行 (2)",
            "行 (3)",
            "要確認",
            "差し戻し",
            "取込結果",
            "選択肢"
        ]
    );
    let heads: Vec<String> = ["比較", "比較 (2)", "比較 (3)"]
        .iter()
        .flat_map(|name| sheet(&sheets, name)[3][3..].to_vec())
        .collect();
    let expected = (0..5).map(|n| format!("社{n}\n{n}.pdf"));
    assert!(heads.iter().cloned().eq(expected), "{heads:?}");
    assert!(sheet(&sheets, "比較")[1][0].contains("3 枚"));
    let rows = ["行", "行 (2)", "行 (3)"].map(|name| sheet(&sheets, name).len() - 1);
    assert_eq!(rows, [7, 7, 1]);
}

#[test]
fn a_cell_shows_all_rows_and_what_they_amount_to() {
    let mut rows = vec![
        row(1, 1, Yes, Accepted),
        row(2, 1, No, Review),
        row(3, 2, Stated, Accepted),
    ];
    rows.extend((5..=ITEMS).map(|item| row(item, item, Yes, Accepted)));
    let other = vec![row(1, 4, Yes, Accepted)];
    let documents = [imported(0, rows), imported(1, other)];
    let sheets = sheets("book-cells", &documents, Language::Ja, |_| {});
    let cells = sheet(&sheets, "比較");
    let item = |id: &str| cells.iter().find(|r| r[0] == id).unwrap()[2..].to_vec();
    assert_eq!(
        item("T-1"),
        ["鍵: 1番目に問うこと", "有 答え1\n要確認 無 答え2", ""]
    );
    assert_eq!(item("T-2"), ["灯", "答え3", ""]);
    // Ten of twelve items make a sheet about the catalog; one does not.
    assert_eq!(item("T-3"), ["鍵: 3番目に問うこと", "行なし", ""]);
    assert_eq!(item("T-4"), ["門4", "行なし", "有 答え1"]);
    assert_eq!(cells[2][3..], ["12項目中 10", "1項目"]);
    let asks = sheet(&sheets, "差し戻し");
    let asked: Vec<&str> = asks[3..].iter().map(|r| r[3].as_str()).collect();
    assert_eq!(asked, ["T-3 鍵: 3番目に問うこと", "T-4 門4"]);
    assert!(asks[3..].iter().all(|r| r[0] == "社0"));
}

#[test]
fn nobody_is_asked_for_what_may_be_there() {
    let whole = |more: Row| {
        let items = (1..=ITEMS).filter(|item| ![3, 4].contains(item));
        let rows = items.map(|item| row(item, item, Yes, Accepted));
        rows.chain([more]).collect()
    };
    let truncated = Warning {
        code: WarningCode::Truncated,
        message: String::new(),
        rows: None,
        place: None,
    };
    let mut partly = imported(2, whole(row(3, 3, Yes, Accepted)));
    partly.document.warnings.push(truncated);
    let documents = [
        imported(0, whole(row(3, 3, Stated, Unmapped))),
        imported(1, whole(row(3, 3, Stated, Review))),
        partly,
    ];
    let sheets = sheets("book-perhaps", &documents, Language::En, |_| {});
    let asks = sheet(&sheets, "Ask back");
    let asked: Vec<[&str; 2]> = asks[3..].iter().map(|r| [&*r[0], &*r[3]]).collect();
    assert_eq!(asked, [["社0", "T-4 門4"], ["社1", "T-4 門4"]]);
}

#[test]
fn the_queue_begins_with_what_settles_most() {
    let documents = [
        imported(0, vec![row(1, 3, Stated, Unmapped), row(2, 1, Yes, Review)]),
        imported(1, vec![row(1, 2, Yes, Review), row(2, 4, Yes, Accepted)]),
        imported(2, vec![row(1, 2, Yes, Review)]),
    ];
    let sheets = sheets("book-order", &documents, Language::Ja, |_| {});
    let queue = sheet(&sheets, "要確認");
    assert_eq!(queue[2][12..], ["item_id", "remark", "document", "row"]);
    let order: Vec<[&str; 3]> = queue[4..]
        .iter()
        .map(|r| [&*r[5], &*r[10], &*r[14]])
        .collect();
    assert_eq!(
        order,
        [
            ["問い2", "2", "documents/1.json"],
            ["問い2", "2", "documents/2.json"],
            ["問い1", "1", "documents/0.json"],
            ["問い3", "1", "documents/0.json"],
        ]
    );
    assert_eq!(queue[4][11], "T-2 灯 0.50");
    let choices = sheet(&sheets, "選択肢");
    let column = |col: usize| -> Vec<&str> { choices.iter().map(|r| r[col].as_str()).collect() };
    let [one, three] = ["T-1 鍵: 1番目に問うこと", "T-3 鍵: 3番目に問うこと"];
    assert_eq!(column(0)[..5], ["なし", one, "T-2 灯", three, "T-4 門4"]);
    assert_eq!(column(1)[..5], ["T-2 灯", "なし", one, three, "T-4 門4"]);
    assert_eq!((column(0).len(), column(1)[12]), (13, "T-12 門12"));
}

#[test]
fn the_run_is_told_with_what_to_do() {
    let documents = [imported(0, vec![row(1, 1, Yes, Accepted)])];
    let sheets = sheets("book-run", &documents, Language::Ja, |_| {});
    let told = sheet(&sheets, "取込結果");
    let find = |path: &str| told.iter().find(|r| r[0] == path).unwrap();
    let failed = find("in/locked.pdf");
    assert_eq!(failed[1], "失敗");
    assert!(failed[10].contains("パスワード") && failed[10].contains("what; do"));
    assert_eq!(find("in/0.pdf")[1..5], ["取込済", "社0", "pdf", "1"]);
}

#[test]
fn a_run_without_documents_is_a_workbook_too() {
    for language in [Language::Ja, Language::En] {
        let sheets = sheets("book-none", &[], language, |_| {});
        assert_eq!(sheets.len(), 6);
        assert_eq!(sheets[1].1.len(), 1);
    }
}
