//! `torikomi.xlsx` with the real program: what is in it, and how decisions come back from it.

#[allow(dead_code, reason = "each program takes what it needs")]
#[path = "cli/scratch.rs"]
mod scratch;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader, Xlsx};
use scratch::{Done, Scratch};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A sheet whose first rows are in the standard's words, and whose others are not.
const SHEET: &str = "\
会社名\t株式会社あおばソフト

No.\t項目\t規定内容\t回答
1\tサービス稼働率\tサービスを利用できる確率\t99.9%以上
2\tログの取得\t利用者に提供可能なログの種類\t×:ログの取得に対応しています。
3\t見張り番の配置\t夜のあいだ誰が機械室の計器を眺めているか\t=1+1
4\t記念品\t契約の記念に贈られる品物の種類\t@なし
5\t蔵の鍵\t預かった品を納める蔵の鍵を誰が持つか\t
6\tデータ暗号化レベル\t通信とデータの暗号化の強度\t非公開
";

const XLSX: &str = "out/torikomi.xlsx";

fn ok(done: Done) -> Done {
    assert_eq!(done.code, 0, "{}", done.stderr);
    done
}

fn imported(name: &str, more: &[&str]) -> Scratch {
    let s = Scratch::new(name);
    s.put("in/a.txt", SHEET);
    import(&s, more);
    s
}

fn import(s: &Scratch, more: &[&str]) {
    let mut args = vec!["import", "in", "--write", "jsonl,csv,xlsx", "--no-timings"];
    args.extend(more);
    ok(s.run(&args));
}

fn bytes(s: &Scratch, name: &str) -> Vec<u8> {
    std::fs::read(s.path(name)).unwrap()
}

fn open(s: &Scratch) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes(s, XLSX))).unwrap()
}

/// A sheet's cells as texts, by row from the top.
fn cells(s: &Scratch, sheet: &str) -> Vec<Vec<String>> {
    let range = open(s).worksheet_range(sheet).unwrap();
    assert_eq!(range.start(), Some((0, 0)), "{sheet}");
    range
        .rows()
        .map(|row| row.iter().map(Data::to_string).collect())
        .collect()
}

/// The rows below the one that begins with `first`, by column title.
fn table(s: &Scratch, sheet: &str, first: &str) -> Vec<BTreeMap<String, String>> {
    let cells = cells(s, sheet);
    let titles = cells.iter().position(|row| row[0] == first).unwrap();
    let row = |row: &Vec<String>| {
        cells[titles]
            .iter()
            .cloned()
            .zip(row.iter().cloned())
            .collect()
    };
    cells[titles + 1..].iter().map(row).collect()
}

fn rows(s: &Scratch) -> Vec<Value> {
    let lines = s.read("out/rows.jsonl");
    lines
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        // A workbook has one kind of number: 1.0 is 1.
        Value::Number(n) => n.as_f64().map(|n| n.to_string()).unwrap_or_default(),
        other => other.to_string(),
    }
}

#[test]
fn every_row_is_there_as_a_value_and_none_is_a_formula() {
    let s = imported("book-rows", &[]);
    let flat = table(&s, "行", "提出者");
    let rows = rows(&s);
    assert_eq!((flat.len(), rows.len()), (6, 6));
    for (cells, row) in flat.iter().zip(&rows) {
        for (title, field) in [
            ("提出者", "vendor"),
            ("ファイル", "path"),
            ("行", "row"),
            ("行番号", "line"),
            ("番号", "number_raw"),
            ("項目", "item"),
            ("規定内容", "description"),
            ("有無", "mark"),
            ("回答", "text"),
            ("項目ID", "item_id"),
            ("確度", "confidence"),
        ] {
            assert_eq!(cells[title], text(&row[field]), "{field} of {row}");
        }
    }
    let mut book = open(&s);
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).unwrap();
        assert!(formulas.is_empty(), "{sheet}");
    }
}

#[test]
fn the_sheets_are_there_in_both_languages() {
    let s = imported("book-languages", &[]);
    let names = ["比較", "行", "要確認", "差し戻し", "取込結果", "選択肢"];
    assert_eq!(open(&s).sheet_names(), names);
    import(&s, &["--lang", "en"]);
    let names = [
        "Comparison",
        "Rows",
        "Review",
        "Ask back",
        "Import",
        "Choices",
    ];
    assert_eq!(open(&s).sheet_names(), names);
    let kinds: Vec<String> = table(&s, "Ask back", "Vendor")
        .iter()
        .map(|ask| ask["Kind"].clone())
        .collect();
    assert_eq!(kinds, ["Contradiction", "No answer", "Undisclosed"]);
}

#[test]
fn whoever_waits_is_in_the_queue_and_nobody_else() {
    let s = imported("book-queue", &[]);
    let waiting = |r: &&Value| r["decision"] != "accepted";
    let waiting: Vec<String> = rows(&s)
        .iter()
        .filter(waiting)
        .map(|r| text(&r["row"]))
        .collect();
    let queue = table(&s, "要確認", "提出者");
    let mut queued: Vec<String> = queue.iter().map(|r| r["行"].clone()).collect();
    queued.sort();
    assert_eq!(queued, waiting);
    assert!(queue.len() >= 3, "{queue:?}");
    for row in &queue {
        assert_eq!(row["文書"], "documents/a.txt.json");
        assert_eq!(row["決定"], "");
        assert!(!row["理由"].is_empty());
    }
    // The first list has all items, after the word for none.
    let lists = cells(&s, "選択肢");
    assert_eq!(lists[0][0], "なし");
    assert_eq!(lists[1][0].split(' ').next(), Some("EXT-CON-01"));
    let ids = |col: usize| {
        let mut ids: Vec<&str> = lists
            .iter()
            .map(|r| r[col].split(' ').next().unwrap())
            .collect();
        ids.sort_unstable();
        ids
    };
    for col in 1..lists[0].len() {
        assert_eq!(ids(col), ids(0), "list {col}");
    }
}

#[test]
fn answers_are_compared_and_asked_about() {
    let s = imported("book-asks", &[]);
    let cells = cells(&s, "比較");
    let row = |id: &str| cells.iter().find(|r| r[0] == id).unwrap().clone();
    assert_eq!(
        row("METI-18").last().unwrap(),
        "× ログの取得に対応しています。"
    );
    let asks = table(&s, "差し戻し", "提出者");
    let kinds: Vec<&str> = asks.iter().map(|a| a["種別"].as_str()).collect();
    // One of many items is no sheet about the catalog: nothing is missing.
    assert_eq!(kinds, ["記載の食い違い", "未回答", "非公開"]);
    let said = &asks[0]["依頼文"];
    assert!(said.contains("5行目 No.2「ログの取得」"), "{said}");
    assert!(
        said.contains("「×」") && said.ends_with("お願いいたします。"),
        "{said}"
    );
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let s = imported("book-same", &["--jobs", "1"]);
    for n in 0..12 {
        s.put(
            &format!("in/{n}.txt"),
            SHEET.replace("99.9", &format!("99.{n}")),
        );
    }
    import(&s, &["--jobs", "1"]);
    let once = bytes(&s, XLSX);
    for jobs in ["1", "2", "5"] {
        import(&s, &["--jobs", jobs]);
        assert!(bytes(&s, XLSX) == once, "{jobs} threads");
    }
}

#[test]
fn odd_texts_are_kept_as_far_as_a_cell_can_hold_them() {
    let s = Scratch::new("book-odd");
    let long = "票".repeat(40_000);
    let sheet = format!(
        "No.,項目,規定内容,回答\n1,サービス稼働率,サービスを利用できる確率,{long}\n\
         2,サービス時間,サービスを提供する時間帯,a_x0041_c\n"
    );
    s.put("in/a.csv", sheet);
    import(&s, &[]);
    let flat = table(&s, "行", "提出者");
    let cut = flat[0]["回答"].strip_suffix("…（続きはJSON）").unwrap();
    assert!(long.starts_with(cut) && cut.chars().count() > 32_000);
    // What looks like an escape is none.
    assert_eq!(flat[1]["回答"], "a_x0041_c");
    assert_eq!(text(&rows(&s)[0]["text"]), long);
}

#[test]
fn rows_lead_to_their_files() {
    let s = imported("book-links", &[]);
    s.put("in/a#b.txt", SHEET);
    import(&s, &[]);
    let relations = part(&bytes(&s, XLSX), "xl/worksheets/_rels/sheet2.xml.rels");
    assert_eq!(relations.matches("Target=\"../in/a.txt\"").count(), 6);
    // A link to this one would be read as a place in `in/a`.
    assert!(!relations.contains("a#b") && !relations.contains("a%23b"));
}

fn part(package: &[u8], name: &str) -> String {
    let mut package = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut text = String::new();
    package
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// The workbook with texts put into empty cells of the queue, as a reviewer would.
fn filled(package: &[u8], texts: &[(&str, &str)]) -> Vec<u8> {
    const QUEUE: &str = "xl/worksheets/sheet3.xml";
    let mut sheet = part(package, QUEUE);
    for (cell, said) in texts {
        let at = sheet.find(&format!("<c r=\"{cell}\"")).unwrap();
        let end = at + sheet[at..].find("/>").unwrap();
        let full = format!(" t=\"inlineStr\"><is><t>{said}</t></is></c>");
        sheet.replace_range(end..end + 2, &full);
    }
    let mut old = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..old.len() {
        let entry = old.by_index_raw(n).unwrap();
        match entry.name().unwrap() == QUEUE {
            true => {
                new.start_file(QUEUE, SimpleFileOptions::default()).unwrap();
                new.write_all(sheet.as_bytes()).unwrap();
            }
            false => new.raw_copy_file(entry).unwrap(),
        }
    }
    new.finish().unwrap().into_inner()
}

/// Where the choice for a row is, by the row's item.
fn choice(s: &Scratch, sheet: &str, item: &str) -> String {
    let cells = cells(s, sheet);
    let row = cells.iter().position(|r| r[5] == item).unwrap();
    format!("M{}", row + 1)
}

#[test]
fn what_was_decided_in_the_workbook_is_settled_next_time() {
    for (language, sheet, none) in [("ja", "要確認", "なし"), ("en", "Review", "none")] {
        let s = imported(&format!("book-round-{language}"), &["--lang", language]);
        let waiting = |s: &Scratch| -> Vec<String> {
            let rows = cells(s, sheet).split_off(4);
            rows.into_iter().map(|r| r[5].clone()).collect()
        };
        let before = waiting(&s);
        assert!(before.contains(&"見張り番の配置".to_owned()), "{before:?}");
        let choices = [
            (
                choice(&s, sheet, "見張り番の配置"),
                "METI-13 システム監視基準",
            ),
            (choice(&s, sheet, "記念品"), none),
        ];
        let [a, b] = choices
            .each_ref()
            .map(|(cell, said)| (cell.as_str(), *said));
        let remark = a.0.replace('M', "N");
        let book = filled(&bytes(&s, XLSX), &[a, b, (&remark, "夜勤の監視")]);
        s.put(XLSX, book);
        let done = ok(s.run(&["learn", XLSX]));
        assert!(done.stderr.contains("2 learned"), "{}", done.stderr);
        let open = format!("{} without", before.len() - 2);
        assert!(done.stderr.contains(&open), "{}", done.stderr);
        assert!(s.read("learned.jsonl").contains("夜勤の監視"));
        import(&s, &["--lang", language]);
        let after = waiting(&s);
        let rest = before
            .iter()
            .filter(|i| !["見張り番の配置", "記念品"].contains(&i.as_str()));
        assert!(after.iter().eq(rest), "{after:?}");
        let settled = &rows(&s)[2];
        assert_eq!(settled["item_id"], "METI-13");
        assert_eq!(settled["decision"], "accepted");
        assert_eq!(settled["reasons"], serde_json::json!(["learned"]));
    }
}

#[test]
fn documents_are_looked_for_beside_the_workbook() {
    let s = imported("book-beside", &["--out", "elsewhere/run"]);
    let at = "elsewhere/run/torikomi.xlsx";
    std::fs::create_dir(s.path("out")).unwrap();
    std::fs::copy(s.path(at), s.path(XLSX)).unwrap();
    let cell = choice(&s, "要確認", "記念品");
    std::fs::remove_dir_all(s.path("out")).unwrap();
    let book = filled(&bytes(&s, at), &[(&cell, "なし")]);
    s.put(at, &book);
    let done = ok(s.run(&["learn", at]));
    assert!(done.stderr.contains("1 learned"), "{}", done.stderr);
    // Elsewhere they are not found without being told where.
    s.put("mail/torikomi.xlsx", &book);
    assert_eq!(s.run(&["learn", "mail/torikomi.xlsx"]).code, 2);
    ok(s.run(&["learn", "mail/torikomi.xlsx", "--out", "elsewhere/run"]));
}

#[test]
fn what_is_no_decision_is_named_with_its_cell() {
    let s = imported("book-faults", &[]);
    let cell = choice(&s, "要確認", "記念品");
    for (said, part) in [
        ("METI-999", "no item is called METI-999"),
        ("たぶん", "たぶん"),
    ] {
        s.put(
            "out/filled.xlsx",
            filled(&bytes(&s, XLSX), &[(&cell, said)]),
        );
        let done = s.run(&["learn", "out/filled.xlsx"]);
        assert_eq!(done.code, 2);
        let place = format!("out/filled.xlsx: 要確認!{cell}: ");
        assert!(done.stderr.contains(&place), "{}", done.stderr);
        assert!(done.stderr.contains(part), "{}", done.stderr);
    }
    // A workbook without decisions, and no workbook at all.
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "document").unwrap();
    s.put("out/other.xlsx", book.save_to_buffer().unwrap());
    let done = s.run(&["learn", "out/other.xlsx"]);
    assert_eq!(done.code, 2);
    assert!(
        done.stderr.contains("no sheet names the columns"),
        "{}",
        done.stderr
    );
    for cut in [4, 100, 2_000] {
        s.put("out/cut.xlsx", &bytes(&s, XLSX)[..cut]);
        let done = s.run(&["learn", "out/cut.xlsx"]);
        assert_eq!(done.code, 2);
        assert!(done.stderr.contains("cannot be read"), "{}", done.stderr);
    }
}

#[test]
fn any_sheet_with_the_columns_will_do() {
    let s = imported("book-any", &[]);
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "見出し").unwrap();
    let sheet = book.add_worksheet();
    for (col, name) in (2..).zip(["Row", "item_id", "document"]) {
        sheet.write_string(3, col, name).unwrap();
    }
    sheet.write_number(4, 2, 4).unwrap();
    sheet.write_string(4, 3, "ＭＥＴＩ－１３").unwrap();
    sheet.write_string(4, 4, "a.txt").unwrap();
    sheet.write_number(5, 2, 5).unwrap();
    sheet.write_string(5, 4, "a.txt").unwrap();
    s.put("d.xlsx", book.save_to_buffer().unwrap());
    let done = ok(s.run(&["learn", "d.xlsx"]));
    assert!(
        done.stderr.contains("1 learned, 0 known before, 1 without"),
        "{}",
        done.stderr
    );
}

#[test]
fn a_sheet_about_a_catalog_is_asked_for_what_is_missing() {
    let s = Scratch::new("book-missing");
    let catalog = ok(s.run(&["catalog", "export", "meti-cloud-2010", "--csv"])).stdout;
    let mut reader = csv::Reader::from_reader(catalog.as_bytes());
    let titles = reader.headers().unwrap().clone();
    let at = |name: &str| titles.iter().position(|t| t == name).unwrap();
    let (name, description) = (at("name"), at("description"));
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet
        .write_record(["No.", "項目", "規定内容", "回答"])
        .unwrap();
    for (n, record) in (1..).zip(reader.records()) {
        let record = record.unwrap();
        if n == 9 {
            continue;
        }
        let answer = if n == 12 {
            ""
        } else {
            "有 実施しています"
        };
        let number = n.to_string();
        sheet
            .write_record([&number, &record[name], &record[description], answer])
            .unwrap();
    }
    s.put("in/a.csv", sheet.into_inner().unwrap());
    import(&s, &["--catalog", "meti-cloud-2010"]);
    let asks = table(&s, "差し戻し", "提出者");
    let asked: Vec<[&str; 2]> = asks
        .iter()
        .map(|a| [a["種別"].as_str(), a["標準項目"].split(' ').next().unwrap()])
        .collect();
    assert_eq!(asked, [["未回答", "METI-12"], ["回答行なし", "METI-09"]]);
    let cells = cells(&s, "比較");
    let missing = cells.iter().find(|r| r[0] == "METI-09").unwrap();
    assert_eq!(missing[3], "行なし");
    assert!(cells[2][3].contains("49項目中 48"), "{:?}", cells[2]);
}
