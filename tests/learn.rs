//! What reviewers decided comes back: import, decide, learn, import again; with the real program.

#[allow(dead_code, reason = "each program takes what it needs")]
#[path = "cli/scratch.rs"]
mod scratch;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use scratch::{Done, Scratch};
use serde_json::Value;

/// A sheet whose first row is in the standard's words, and whose others are not.
const SHEET: &str = "\
No.\t項目\t規定内容\t回答
1\tサービス稼働率\tサービスを利用できる確率\t99.9%以上
2\t見張り番の配置\t夜のあいだ誰が機械室の計器を眺めているか\t当番2名
3\t記念品\t契約の記念に贈られる品物の種類\tなし
4\t蔵の鍵\t預かった品を納める蔵の鍵を誰が持つか\t店長のみ
";

fn settled(s: &Scratch) -> BTreeMap<u64, (String, String, Vec<String>)> {
    let document = s.json("out/documents/a.txt.json");
    let rows = document["rows"].as_array().unwrap().iter();
    let text = |v: &Value| v.as_str().unwrap_or("-").to_owned();
    let row = |r: &Value| {
        let m = &r["mapping"];
        let reasons = m["reasons"].as_array().unwrap().iter().map(text);
        let decided = (text(&m["item_id"]), text(&m["decision"]), reasons.collect());
        (r["row"].as_u64().unwrap(), decided)
    };
    rows.map(row).collect()
}

fn ok(done: Done) -> Done {
    assert_eq!(done.code, 0, "{}", done.stderr);
    done
}

fn imported(name: &str) -> Scratch {
    let s = Scratch::new(name);
    s.put("in/a.txt", SHEET);
    ok(s.run(&["import", "in"]));
    s
}

const DECISIONS: &str = "\
document,row,item_id,remark
a.txt,2,METI-13,夜勤の監視
documents/a.txt.json,3,none,
a.txt.json,4,,後で
";

#[test]
fn decided_rows_are_settled_and_nothing_else_changes() {
    let s = imported("learn-round");
    let before = settled(&s);
    assert_eq!(before[&1].1, "accepted");
    assert_ne!(before[&2].1, "accepted");
    s.put("d.csv", DECISIONS);
    let done = ok(s.run(&["learn", "d.csv"]));
    assert!(done.stderr.contains("2 learned"), "{}", done.stderr);
    assert!(done.stderr.contains("1 without"), "{}", done.stderr);
    ok(s.run(&["import", "in"]));
    let after = settled(&s);
    let said = |item: &str, decision: &str, reasons: &[&str]| {
        let reasons = reasons.iter().map(|r| (*r).to_owned()).collect();
        (item.to_owned(), decision.to_owned(), reasons)
    };
    assert_eq!(after[&2], said("METI-13", "accepted", &["learned"]));
    assert_eq!(
        after[&3],
        said("-", "unmapped", &["no_candidate", "learned"])
    );
    assert_eq!((&after[&1], &after[&4]), (&before[&1], &before[&4]));

    // Every line names its row and day, and can be taken back.
    let list = ok(s.run(&["learn", "--list"])).stdout;
    assert_eq!(list.lines().count(), 2, "{list}");
    let line = list.lines().find(|l| l.contains("METI-13")).unwrap();
    let fields: Vec<&str> = line.split('\t').collect();
    assert_eq!(&fields[7..9], ["a.txt.json", "2"]);
    assert_eq!((fields[9].len(), fields[10]), (10, "夜勤の監視"));
    ok(s.run(&["learn", "--forget", fields[1], "--forget", "1"]));
    assert_eq!(s.run(&["learn", "--forget", fields[1]]).code, 2);
    // Both named the same line, or each one of the two.
    s.put("learned.jsonl", "");
    ok(s.run(&["import", "in"]));
    assert_eq!(settled(&s), before);
}

#[test]
fn learning_the_same_again_changes_nothing() {
    let s = imported("learn-again");
    s.put("d.csv", DECISIONS);
    ok(s.run(&["learn", "d.csv"]));
    let once = s.read("learned.jsonl");
    let done = ok(s.run(&["learn", "d.csv"]));
    assert!(
        done.stderr.contains("0 learned, 2 known"),
        "{}",
        done.stderr
    );
    assert_eq!(s.read("learned.jsonl"), once);
    // Another mind about the same row takes the place of the first.
    s.put(
        "e.jsonl",
        "{\"document\":\"in/a.txt\",\"row\":2,\"item_id\":\"METI-16\"}\n",
    );
    let done = ok(s.run(&["learn", "e.jsonl"]));
    assert!(done.stderr.contains("replaced: METI-13"), "{}", done.stderr);
    assert!(!s.read("learned.jsonl").contains("METI-13"));
}

#[test]
fn a_contradiction_is_reported_and_neither_side_is_used() {
    let s = imported("learn-contradiction");
    let before = settled(&s);
    // The same words in another document.
    s.put("in/b.txt", SHEET);
    ok(s.run(&["import", "in"]));
    s.put(
        "d.csv",
        "document,row,item_id\na.txt,2,METI-13\nb.txt,2,METI-16\n",
    );
    let done = s.run(&["learn", "d.csv"]);
    assert_eq!(done.code, 1, "{}", done.stderr);
    for part in ["METI-13", "METI-16", "a.txt.json row 2", "--forget"] {
        assert!(done.stderr.contains(part), "{}", done.stderr);
    }
    let done = ok(s.run(&["import", "in"]));
    assert!(done.stderr.contains("contradiction"), "{}", done.stderr);
    assert_eq!(settled(&s), before);
    let list = s.run(&["learn", "--list"]);
    assert_eq!((list.code, list.stdout.lines().count()), (1, 2));
    let wrong = list.stdout.lines().find(|l| l.contains("METI-16")).unwrap();
    ok(s.run(&["learn", "--forget", wrong.split('\t').nth(1).unwrap()]));
    ok(s.run(&["import", "in"]));
    assert_eq!(settled(&s)[&2].0, "METI-13");
}

#[test]
fn what_cannot_be_learned_is_named_and_nothing_is_learned() {
    let s = imported("learn-wrong");
    for (decisions, parts) in [
        ("a.txt,2,METI-99\n", vec!["d.csv:2:", "METI-99"]),
        (
            "a.txt,2,METI-13\na.txt,99,none\n",
            vec!["d.csv:3:", "no row 99"],
        ),
        ("c.txt,2,METI-13\n", vec!["d.csv:2:", "no document c.txt"]),
        ("../../etc/passwd,2,METI-13\n", vec!["no document"]),
        ("a.txt,two,METI-13\n", vec!["d.csv:2:", "row"]),
    ] {
        s.put("d.csv", format!("document,row,item_id\n{decisions}"));
        let done = s.run(&["learn", "d.csv"]);
        assert_eq!(done.code, 2, "{decisions}");
        for part in parts {
            assert!(done.stderr.contains(part), "{}", done.stderr);
        }
        assert!(!s.path("learned.jsonl").exists(), "{decisions}");
    }
    assert_eq!(s.run(&["learn", "d.csv", "--out", "elsewhere"]).code, 2);
    assert_eq!(s.run(&["learn"]).code, 2);
    s.put("learned.jsonl", "{\"item_id\":\"METI-13\"}\n");
    let done = s.run(&["import", "in"]);
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("learned.jsonl:1:"), "{}", done.stderr);
}

#[test]
fn an_edited_rows_csv_teaches_what_was_changed_in_it() {
    let s = imported("learn-rows");
    let rows = s.read("out/rows.csv");
    let mut reader = csv::Reader::from_reader(rows.trim_start_matches('\u{feff}').as_bytes());
    let titles = reader.headers().unwrap().clone();
    let at = |name| titles.iter().position(|t| t == name).unwrap();
    let mut edited = csv::Writer::from_writer(Vec::new());
    edited.write_record(&titles).unwrap();
    for record in reader.records() {
        let mut cells: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
        if cells[at("row")] == "2" {
            cells[at("item_id")] = "METI-13".to_owned();
        }
        edited.write_record(cells).unwrap();
    }
    s.put("rows.csv", edited.into_inner().unwrap());
    let done = ok(s.run(&["learn", "rows.csv"]));
    assert!(done.stderr.contains("1 learned"), "{}", done.stderr);
    assert!(s.read("learned.jsonl").contains("METI-13"));
}

#[test]
fn import_reads_where_learn_writes() {
    for (flags, place, toml) in [
        (&["--learned", "kept/l.jsonl"][..], "kept/l.jsonl", ""),
        (&["--mappings", "m"][..], "m/learned.jsonl", ""),
        (&[][..], "set/l.jsonl", "learned = 'set/l.jsonl'\n"),
    ] {
        let s = imported("learn-place");
        s.put("m/note.txt", "").put("torikomi.toml", toml);
        let early = s.run(&[&["import", "in"][..], flags].concat());
        // A file that is named must be there; one that may come later need not.
        assert_eq!(early.code, if flags.contains(&"--learned") { 2 } else { 0 });
        s.put("d.csv", DECISIONS);
        ok(s.run(&[&["learn", "d.csv"][..], flags].concat()));
        assert!(s.path(place).is_file(), "{place}");
        assert!(!s.path("learned.jsonl").exists());
        ok(s.run(&[&["import", "in"][..], flags].concat()));
        assert_eq!(settled(&s)[&2].1, "accepted", "{place}");
    }
}

/// A decided item that another row of the table holds is still for a person, and near wording is
/// a hint and no more.
#[test]
fn no_promise_is_made_on_what_was_learned_alone() {
    let s = Scratch::new("learn-promise");
    s.put("in/a.txt", SHEET);
    ok(s.run(&["import", "in"]));
    s.put(
        "d.csv",
        "document,row,item_id\na.txt,2,METI-05\na.txt,4,METI-34\n",
    );
    ok(s.run(&["learn", "d.csv"]));
    ok(s.run(&["import", "in"]));
    let rows = settled(&s);
    assert_eq!(
        (rows[&1].0.as_str(), rows[&1].1.as_str()),
        ("METI-05", "accepted")
    );
    assert_eq!(rows[&2].1, "review");
    assert_eq!(rows[&2].2, ["duplicate_item", "learned"]);
    let near = SHEET.replace("蔵の鍵を誰が持つか", "蔵の鍵を誰が持っているのか");
    assert_ne!(near, SHEET);
    s.put("in/a.txt", near);
    ok(s.run(&["import", "in"]));
    let rows = settled(&s);
    assert_eq!(
        (rows[&4].0.as_str(), rows[&4].1.as_str()),
        ("METI-34", "review")
    );
}

#[test]
fn a_row_is_explained_in_words_and_in_json() {
    let s = imported("explain");
    let done = ok(s.run(&["explain", "in/a.txt", "--row", "1"]));
    for part in [
        "row 1: accepted METI-05",
        "name fits",
        "サービス稼働率",
        "nothing speaks against",
    ] {
        assert!(done.stdout.contains(part), "{}", done.stdout);
    }
    let done = ok(s.run(&["explain", "in/a.txt", "--row", "1", "--json"]));
    let json: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(json["mapping"]["item_id"], "METI-05");
    assert_eq!(json["candidates"][0]["item_id"], "METI-05");
    assert_eq!(json["candidates"][0]["name_fit"], 1.0);
    s.put("d.csv", DECISIONS);
    ok(s.run(&["learn", "d.csv"]));
    let done = ok(s.run(&["explain", "in/a.txt", "--row", "2"]));
    assert!(
        done.stdout.contains("decided before to be METI-13"),
        "{}",
        done.stdout
    );
    assert!(done.stdout.contains("a.txt.json row 2"), "{}", done.stdout);
    let done = s.run(&["explain", "in/a.txt", "--row", "5"]);
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("from 1 to 4"), "{}", done.stderr);
    s.put("in/empty.txt", "");
    assert_eq!(s.run(&["explain", "in/empty.txt", "--row", "1"]).code, 1);
}

#[test]
fn every_row_of_a_fixture_can_be_explained() {
    let s = Scratch::new("explain-all");
    let sheet = fixture("kujira-bunko.xlsx");
    let sheet = sheet.to_str().unwrap();
    ok(s.run(&["import", sheet]));
    let document = s.json("out/documents/kujira-bunko.xlsx.json");
    let rows = document["rows"].as_array().unwrap();
    for row in rows.iter().step_by(9) {
        let number = row["row"].to_string();
        let done = ok(s.run(&["explain", sheet, "--row", &number, "--json"]));
        let json: Value = serde_json::from_str(&done.stdout).unwrap();
        assert_eq!(json["mapping"], row["mapping"], "row {number}");
        let (whys, reasons) = (&json["why"], &row["mapping"]["reasons"]);
        let count = |v: &Value| v.as_array().unwrap().len();
        assert_eq!(count(whys), count(reasons).max(1), "row {number}");
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/sheets")
        .join(name)
}

/// Every row under review of a real-looking sheet, decided as it was guessed: those without a
/// contradiction in their table are settled, the others are as they were.
#[test]
fn a_reviewed_sheet_comes_back_settled() {
    let s = Scratch::new("learn-fixture");
    let sheets: Vec<PathBuf> = ["tsumugi-works.xlsx", "harbor-lantern.md"]
        .map(fixture)
        .into();
    let mut args = vec!["import"];
    args.extend(sheets.iter().map(|p| p.to_str().unwrap()));
    ok(s.run(&args));
    let lines = |s: &Scratch| -> Vec<Value> {
        let rows = s.read("out/rows.jsonl");
        rows.lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect()
    };
    let before = lines(&s);
    let mut decisions = String::from("document,row,item_id\n");
    let is_doubt = |r: &Value| {
        let reasons = r["reasons"].as_array().unwrap();
        let table = ["duplicate_item", "column_slip", "cells_moved"];
        r["decision"] == "review" && !reasons.iter().any(|x| table.contains(&x.as_str().unwrap()))
    };
    for row in before.iter().filter(|r| is_doubt(r)) {
        let text = |f: &str| row[f].as_str().unwrap().to_owned();
        writeln!(
            decisions,
            "{},{},{}",
            text("document"),
            row["row"],
            text("item_id")
        )
        .unwrap();
    }
    s.put("d.csv", &decisions);
    let learned = s.run(&["learn", "d.csv"]);
    assert!(learned.code < 2, "{}", learned.stderr);
    ok(s.run(&args));
    for (old, new) in before.iter().zip(lines(&s)) {
        let place = format!("{} row {}", old["document"], old["row"]);
        assert_eq!(old["item_id"], new["item_id"], "{place}");
        match is_doubt(old) && learned.code == 0 {
            true => assert_eq!(new["decision"], "accepted", "{place}: {}", new["reasons"]),
            false => assert_eq!(old["decision"], new["decision"], "{place}"),
        }
    }
}
