//! Catalogs of a company's own: made, checked, compared, edited, linked; with the real program.

#[allow(dead_code, reason = "each program takes what it needs")]
#[path = "cli/scratch.rs"]
mod scratch;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use scratch::{Done, Scratch};
use serde_json::{Value, json};
use torikomi::catalog::{Catalog, Catalogs, Crosswalks, DataFiles, from_csv, to_csv, to_json};

const TEMPLATE: &str = "\
あおば商事 委託先確認シート
No.\t分類\t確認項目\t確認内容\t単位\t回答
1\t体制\t社内規程\t情報の扱いを定めた規程があるか\t有無\t
2\t体制\t教育\t年に何度、従業員へ教育を行うか\t回\t
3\t設備\t入館\tだれがいつ入館したかを残しているか\t有無\t
4\t設備\t廃棄\t紙と機器を捨てるときの手順があるか\t有無\t
";

fn ok(done: Done) -> Done {
    assert_eq!(done.code, 0, "{}", done.stderr);
    done
}

fn checkout(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Item, decision and name of each row of the run.
fn rows(s: &Scratch) -> Vec<Value> {
    let rows = s.read("out/rows.jsonl");
    rows.lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

fn ids(rows: &[Value]) -> Vec<&str> {
    rows.iter()
        .map(|r| r["item_id"].as_str().unwrap_or("-"))
        .collect()
}

#[test]
fn a_template_becomes_a_catalog_that_its_returns_map_to() {
    let s = Scratch::new("catalog-from");
    s.put("template.txt", TEMPLATE);
    ok(s.run(&[
        "catalog",
        "from",
        "template.txt",
        "--id",
        "ACME",
        "-o",
        "acme.json",
    ]));
    let catalog = s.json("acme.json");
    assert_eq!(catalog["catalog"], "acme");
    assert_eq!(
        catalog["items"][1],
        json!({"id": "ACME-002", "no": "2", "category": "体制", "name": "教育",
               "description": "年に何度、従業員へ教育を行うか", "unit": "回"})
    );
    // A vendor's return: own order, own wording here and there, a row of its own.
    s.put(
        "in/return.csv",
        "確認項目,確認内容,回答\n廃棄,紙と機器を捨てるときの手順があるか,有\n\
         社内規程,情報の扱いを定めた規程はあるか,有\n入館,だれがいつ入館したかを残しているか,有\n\
         教育,年に何度、従業員に教育を行うか,年2回\n",
    );
    let args = ["import", "in", "--catalog", "acme.json"];
    ok(s.run(&args));
    let wanted = ["ACME-004", "ACME-001", "ACME-003", "ACME-002"];
    assert_eq!(ids(&rows(&s)), wanted);
    assert_eq!(
        s.json("out/run.json")["catalogs"].as_array().unwrap().len(),
        1
    );
    // Beside a built-in catalog, from the settings, and from a folder of data files.
    ok(s.run(&[
        "import",
        "in",
        "--catalog",
        "acme.json",
        "--catalog",
        "meti-cloud-2010",
    ]));
    assert_eq!(ids(&rows(&s)), wanted);
    s.put(
        "torikomi.toml",
        "[resolve]\ncatalog-files = ['acme.json']\n",
    );
    ok(s.run(&["import", "in"]));
    assert_eq!(ids(&rows(&s)), wanted);
    s.put("torikomi.toml", "")
        .put("m/catalogs/acme.json", s.read("acme.json"));
    ok(s.run(&["import", "in", "--mappings", "m"]));
    assert_eq!(ids(&rows(&s)), wanted);
}

#[test]
fn ids_follow_the_sheets_numbers_where_each_row_has_its_own() {
    let s = Scratch::new("catalog-ids");
    let ids = |text: &str| {
        s.put("t.txt", text);
        let done = ok(s.run(&["catalog", "from", "t.txt", "--id", "q"]));
        let catalog: Value = serde_json::from_str(&done.stdout).unwrap();
        let items = catalog["items"].as_array().unwrap().iter();
        items
            .map(|i| i["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let gap = TEMPLATE.replace("\n3\t", "\n13\t");
    assert_eq!(ids(&gap), ["Q-001", "Q-002", "Q-013", "Q-004"]);
    let twice = TEMPLATE.replace("\n3\t", "\n1\t").replace("\n4\t", "\n2\t");
    assert_eq!(ids(&twice), ["Q-001", "Q-002", "Q-003", "Q-004"]);
    let levels = TEMPLATE
        .replace("\n3\t", "\n2-1\t")
        .replace("\n4\t", "\n2-2\t");
    assert_eq!(ids(&levels), ["Q-001", "Q-002", "Q-002-001", "Q-002-002"]);
    let missing = TEMPLATE.replace("\n3\t", "\n\t");
    assert_eq!(ids(&missing), ["Q-001", "Q-002", "Q-005", "Q-004"]);
    s.put("empty.txt", "");
    assert_eq!(
        s.run(&["catalog", "from", "empty.txt", "--id", "Q"]).code,
        1
    );
    assert_eq!(s.run(&["catalog", "from", "t.txt", "--id", "あ/"]).code, 2);
}

/// Maps what a template was drawn as onto the catalog made from its workbook: by row number, each
/// row has its own item, and nothing else is accepted.
fn maps_itself(s: &Scratch, template: &Path, drawings: &[PathBuf]) {
    let path = template.to_str().unwrap();
    ok(s.run(&["catalog", "from", path, "--id", "own", "-o", "own.json"]));
    let catalog = s.json("own.json");
    let mut args = vec!["import", "--catalog", "own.json", path];
    args.extend(drawings.iter().map(|d| d.to_str().unwrap()));
    ok(s.run(&args));
    let texts = |v: &Value, name: &str| {
        let text = |f: &str| {
            v[f].as_str()
                .map(torikomi::notation::fold)
                .unwrap_or_default()
        };
        (text(name), text("description"))
    };
    // The item whose words the row has; a sheet may ask the same twice.
    let mut wanted: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    let items = catalog["items"].as_array().unwrap();
    for item in items {
        let id = item["id"].as_str().unwrap();
        wanted.entry(texts(item, "name")).or_default().push(id);
    }
    let mut by_document: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows(s) {
        let place = format!("{} row {}", row["document"], row["row"]);
        let id = row["item_id"].as_str().unwrap_or("-");
        match wanted.get(&texts(&row, "item")) {
            Some(right) => {
                assert!(right.contains(&id), "{place}: {id}, not {right:?}");
                *by_document.entry(row["document"].to_string()).or_default() += 1;
            }
            // Read a little otherwise from the page: it must not be taken for another item.
            None => assert_ne!(row["decision"], "accepted", "{place}: {id} {row}"),
        }
    }
    assert_eq!(by_document.len(), 1 + drawings.len());
    for (document, right) in by_document {
        assert_eq!(right, items.len(), "{document} of {}", template.display());
    }
}

#[test]
fn a_catalog_made_from_a_workbook_maps_the_workbook() {
    let s = Scratch::new("catalog-self");
    for name in [
        "kujira-bunko.xlsx",
        "tsumugi-works.xlsx",
        "komorebi-yoyaku.xlsx",
    ] {
        maps_itself(&s, &checkout("fixtures/sheets").join(name), &[]);
    }
}

/// The real sheets, where they stand beside the checkout: the workbook's catalog maps the PDF.
#[test]
fn a_catalog_made_from_a_workbook_maps_its_pdf() {
    let s = Scratch::new("catalog-pdf");
    let corpus = checkout("../shared/corpus");
    let Ok(entries) = std::fs::read_dir(&corpus) else {
        return;
    };
    let mut names: Vec<String> = entries
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    for name in names.iter().filter(|n| n.ends_with(".excel.xlsx")) {
        let pdf = corpus.join(name.replace(".xlsx", ".pdf"));
        let pdfs: Vec<PathBuf> = Some(pdf).filter(|p| p.is_file()).into_iter().collect();
        maps_itself(&s, &corpus.join(name), &pdfs);
    }
}

#[test]
fn what_changed_between_two_editions_is_told_by_what_the_items_say() {
    let s = Scratch::new("catalog-diff");
    let after = TEMPLATE
        .replace(
            "1\t体制",
            "1\t体制\t契約\t契約書に守秘の条項があるか\t有無\t\n2\t体制",
        )
        .replace("2\t体制\t教育", "3\t体制\t研修")
        .replace("3\t設備\t入館", "4\t設備\t入館")
        .replace("入館したかを残している", "入館したかの記録を残している")
        .replace(
            "4\t設備\t廃棄\t紙と機器を捨てるときの手順があるか\t有無\t\n",
            "",
        );
    s.put("a.txt", TEMPLATE).put("b.txt", after);
    for name in ["a", "b"] {
        let (text, json) = (format!("{name}.txt"), format!("{name}.json"));
        ok(s.run(&["catalog", "from", &text, "--id", "X", "-o", &json]));
    }
    let diff = ok(s.run(&["catalog", "diff", "a.json", "b.json"])).stdout;
    let lines: Vec<Vec<&str>> = diff.lines().map(|l| l.split('\t').collect()).collect();
    let has = |kind: &str, before: &str, after: &str| {
        let same = |l: &Vec<&str>| l[0] == kind && l[1] == before && l[2] == after;
        assert!(lines.iter().any(same), "{kind} {before} {after}:\n{diff}");
    };
    has("gone", "X-004", "");
    has("added", "", "X-001");
    has("renumbered", "X-001", "X-002");
    has("renamed", "X-002", "X-003");
    has("reworded", "X-003", "X-004");
    assert_eq!(lines.len(), 7, "{diff}");
    assert_eq!(
        ok(s.run(&["catalog", "diff", "a.json", "a.json"])).stdout,
        ""
    );
    assert_eq!(s.run(&["catalog", "diff", "a.json", "nowhere"]).code, 2);
}

#[test]
fn catalogs_go_through_a_spreadsheet_unchanged() {
    let all = Catalogs::load(&DataFiles::default(), &[]).unwrap();
    let odd = Catalog {
        id: "odd".into(),
        title: "=1+1".into(),
        note: Some("-".into()),
        items: vec![torikomi::catalog::Item {
            id: "ODD-1".into(),
            name: Some("'=cmd|' /C calc'!A0".into()),
            description: Some("a,\"b\"\r\nc\nd; e".into()),
            aliases: vec!["-x".into(), "a\\nb".into(), "two\nlines".into()],
            ..Default::default()
        }],
    };
    for catalog in all.iter().chain([&odd]) {
        let csv = to_csv(catalog);
        assert!(csv.starts_with(b"\xef\xbb\xbfid,"));
        assert_eq!(&from_csv("x.csv", &csv, None, None).unwrap(), catalog);
        for cell in csv::Reader::from_reader(&csv[3..]).records() {
            for cell in &cell.unwrap() {
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
            }
        }
    }
    let s = Scratch::new("catalog-csv");
    ok(s.run(&["catalog", "export", "ipa-infosec", "--csv", "-o", "ipa.csv"]));
    ok(s.run(&["catalog", "import", "ipa.csv", "-o", "ipa.json"]));
    let ipa = Catalogs::load(&DataFiles::default(), &["ipa-infosec".into()]).unwrap();
    let json = to_json(ipa.iter().next().unwrap());
    assert_eq!(s.read("ipa.json").as_bytes(), json);
    // What Excel saves in Japan, with columns left out and the rows below the table.
    let (cp932, ..) = encoding_rs::SHIFT_JIS.encode("id,name\r\nA-1,契約\r\n,\r\n");
    s.put("own.csv", cp932);
    assert_eq!(s.run(&["catalog", "import", "own.csv"]).code, 2);
    let done = ok(s.run(&["catalog", "import", "own.csv", "--id", "own"]));
    assert!(done.stdout.contains("契約"), "{}", done.stdout);
    s.put("bad.csv", "id,name\nA-1,甲\nA-1,乙\n");
    let done = s.run(&["catalog", "import", "bad.csv", "--id", "bad"]);
    assert_eq!((done.code, done.stdout.as_str()), (2, ""));
    assert!(done.stderr.contains("A-1"), "{}", done.stderr);
}

#[test]
fn items_that_cannot_be_told_apart_are_named() {
    let s = Scratch::new("catalog-check");
    s.put(
        "acme.json",
        r#"{"catalog":"acme","title":"t","items":[
            {"id":"A-1","name":"契約"},{"id":"A-2","name":"契約"},
            {"id":"A-3","name":"障害の連絡","description":"障害が起きたときに連絡するまでの時間を答えてください"},
            {"id":"A-4","name":"障害の連絡","description":"障害が起きたときに連絡するまでの時間を必ず答えてください"},
            {"id":"A-5","name":"障害の連絡","description":"計画して止めるときに知らせる相手と方法"}]}"#,
    );
    let done = ok(s.run(&["catalog", "check", "--catalog", "acme.json"]));
    for pair in ["A-1 and A-2", "A-3 and A-4"] {
        assert!(done.stderr.contains(pair), "{}", done.stderr);
    }
    assert!(!done.stderr.contains("A-5"), "{}", done.stderr);
    let done = ok(s.run(&["catalog", "check"]));
    assert!(!done.stderr.contains("warning"), "{}", done.stderr);
    assert!(done.stderr.contains("links"), "{}", done.stderr);
}

#[test]
fn mapped_rows_name_their_neighbours_in_other_catalogs() {
    let s = Scratch::new("crosswalk");
    s.put("in/a.txt", scratch::SHEET);
    let related = |s: &Scratch| {
        let document = s.json("out/documents/a.txt.json");
        let rows = document["rows"].as_array().unwrap().clone();
        rows.iter()
            .map(|r| r["mapping"]["related"].clone())
            .collect::<Vec<_>>()
    };
    // Also where only one of the catalogs is mapped to.
    for args in [
        &["import", "in"][..],
        &["import", "in", "--catalog", "meti-cloud-2010"][..],
    ] {
        ok(s.run(args));
        let related = related(&s);
        let backup = json!([{"item_id": "EXT-DAT-02", "relation": "narrower"}]);
        assert_eq!(related[2], backup, "{args:?}");
    }
    // Nothing where there is none, and where the catalogs are others.
    s.put(
        "m/catalogs/own.json",
        r#"{"catalog":"own","title":"t","items":[
        {"id":"O-1","name":"サービス時間"},{"id":"O-2","name":"サービス稼働率"},
        {"id":"O-3","name":"バックアップの方法"}]}"#,
    );
    ok(s.run(&["import", "in", "--mappings", "m"]));
    assert_eq!(related(&s), [Value::Null, Value::Null, Value::Null]);
    s.put(
        "m/catalogs/other.json",
        r#"{"catalog":"other","title":"t","items":[
        {"id":"P-1","name":"契約の期間"}]}"#,
    );
    s.put(
        "m/crosswalks/x.json",
        r#"{"crosswalk":"x","title":"t","between":["own","other"],
        "links":[{"from":"P-1","relation":"narrower","to":"O-2"}]}"#,
    );
    ok(s.run(&["import", "in", "--mappings", "m"]));
    assert_eq!(
        related(&s)[1],
        json!([{"item_id": "P-1", "relation": "broader"}])
    );
}

#[test]
fn crosswalks_are_checked_when_they_are_loaded() {
    let all = Catalogs::load(&DataFiles::default(), &[]).unwrap();
    let load = |links: &str| {
        let text = format!(
            "{{\"crosswalk\": \"x\", \"title\": \"t\", \
             \"between\": [\"meti-cloud-2010\", \"ipa-infosec\"],\n\"links\": [\n{links}\n]}}"
        );
        Crosswalks::from_texts(&[("x.json".into(), text)], &all)
    };
    let link = |a: &str, r: &str, b: &str| {
        format!("{{\"from\": \"{a}\", \"relation\": \"{r}\", \"to\": \"{b}\"}}")
    };
    let good = link("METI-47", "broader", "IPA-3-2");
    let crosswalks = load(&good).unwrap();
    assert_eq!(crosswalks.of("METI-47").len(), 1);
    assert_eq!(crosswalks.of("IPA-3-2")[0].relation.name(), "narrower");
    assert_eq!(crosswalks.of("METI-01"), []);
    for (second, part) in [
        (
            link("METI-99", "equal", "IPA-3-2"),
            "no item is called METI-99",
        ),
        (link("METI-01", "equal", "METI-01"), "linked to itself"),
        (
            link("METI-01", "equal", "METI-02"),
            "both items of meti-cloud-2010",
        ),
        (
            link("METI-01", "equal", "EXT-CON-01"),
            "`between` does not name",
        ),
        (good.clone(), "already linked at x.json:3"),
        (link("IPA-3-2", "related", "METI-47"), "already linked"),
        (link("METI-01", "same", "IPA-3-2"), "unknown variant"),
    ] {
        let faults = load(&format!("{good},\n{second}")).unwrap_err();
        assert_eq!(faults[0].line, Some(4), "{second}");
        assert!(faults[0].message.contains(part), "{}", faults[0]);
    }
}
