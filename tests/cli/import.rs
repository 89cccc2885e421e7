//! What an import writes.

use std::fs;

use crate::scratch::{SHEET, Scratch, outcome};

#[test]
fn an_import_writes_its_files_and_says_nothing_on_standard_output() {
    let s = Scratch::new("import");
    s.put("in/b.txt", SHEET).put("in/a.txt", SHEET);
    let done = s.run(&["import", "in"]);
    assert_eq!(
        (done.code, done.stdout.as_str()),
        (0, ""),
        "{}",
        done.stderr
    );
    let expected = [
        "documents/a.txt.json",
        "documents/b.txt.json",
        "report.html",
        "rows.csv",
        "rows.jsonl",
        "run.json",
        "torikomi.xlsx",
    ];
    assert_eq!(s.files("out"), expected);
    let run = s.json("out/run.json");
    assert_eq!(run["schema"], "torikomi.run/1");
    assert_eq!(run["status"], "complete");
    assert_eq!(run["counts"]["rows"], 6);
    let paths: Vec<_> = run["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| &d["path"])
        .collect();
    assert_eq!(paths, ["in/a.txt", "in/b.txt"]);
    let document = s.json("out/documents/a.txt.json");
    assert_eq!(document["vendor"], "株式会社あおばソフト");
    assert_eq!(document["rows"][1]["item"], "サービス稼働率");
}

#[test]
fn every_row_is_in_every_file() {
    let s = Scratch::new("rows");
    s.put("a.txt", SHEET);
    assert_eq!(s.run(&["import", "a.txt"]).code, 0);
    let document = s.json("out/documents/a.txt.json");
    let rows = document["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 3);
    let lines = s.read("out/rows.jsonl");
    let flat: Vec<serde_json::Value> = lines
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let text = s.read("out/rows.csv");
    assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"));
    let mut csv = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = csv.headers().unwrap().clone();
    let column = |name: &str| head.iter().position(|h| h == name).unwrap();
    let (item, text, id) = (column("item"), column("text"), column("item_id"));
    let records: Vec<_> = csv.records().map(Result::unwrap).collect();
    assert_eq!((flat.len(), records.len()), (3, 3));
    for ((row, flat), record) in rows.iter().zip(&flat).zip(&records) {
        assert_eq!(flat["item"], row["item"]);
        assert_eq!(flat["text"], row["answer"]["text"]);
        assert_eq!(flat["item_id"], row["mapping"]["item_id"]);
        assert_eq!(flat["line"], row["provenance"]["line"]);
        assert_eq!(record[item], *row["item"].as_str().unwrap());
        assert_eq!(record[text], *row["answer"]["text"].as_str().unwrap());
        assert_eq!(
            record[id],
            *row["mapping"]["item_id"].as_str().unwrap_or_default()
        );
    }
}

#[test]
fn two_files_of_the_same_name_do_not_overwrite_each_other() {
    let s = Scratch::new("same-name");
    s.put("x/sheet.txt", SHEET);
    s.put("y/sheet.txt", SHEET.replace("あおば", "みどり"));
    assert_eq!(s.run(&["import", "x", "y"]).code, 0);
    let vendor = |name: &str| s.json(name)["vendor"].clone();
    assert_eq!(
        vendor("out/documents/sheet.txt.json"),
        "株式会社あおばソフト"
    );
    assert_eq!(
        vendor("out/documents/sheet.txt~2.json"),
        "株式会社みどりソフト"
    );
    let run = s.json("out/run.json");
    assert_eq!(
        outcome(&run, "y/sheet.txt")["document"],
        "documents/sheet.txt~2.json"
    );
}

#[test]
fn lists_of_files_are_read() {
    let s = Scratch::new("files-from");
    s.put("a.txt", SHEET)
        .put("b 票.txt", SHEET)
        .put("c.txt", SHEET);
    s.put("list", "a.txt\r\n\r\nb 票.txt\r\n");
    let paths = || {
        let run = s.json("out/run.json");
        let documents = run["documents"].as_array().unwrap().clone();
        let paths = documents
            .iter()
            .map(|d| d["path"].as_str().unwrap().to_owned());
        paths.collect::<Vec<_>>()
    };
    let done = s.run_with_input(
        &["import", "--files-from", "-"],
        "a.txt\nb 票.txt\n".as_bytes(),
    );
    assert_eq!(
        (done.code, paths()),
        (0, vec!["a.txt".into(), "b 票.txt".into()])
    );
    let done = s.run_with_input(
        &["import", "--files-from", "-"],
        "b 票.txt\0a.txt\0".as_bytes(),
    );
    assert_eq!(
        (done.code, paths()),
        (0, vec!["b 票.txt".into(), "a.txt".into()])
    );
    let done = s.run(&["import", "--files-from", "list", "c.txt"]);
    assert_eq!((done.code, paths()[0].as_str()), (0, "c.txt"));
    let done = s.run(&["import", "-", "c.txt", "--files-from", "list"]);
    assert_eq!((done.code, paths()[2].as_str()), (0, "c.txt"));

    let done = s.run_with_input(&["import", "--files-from", "-"], b"\n");
    assert_eq!(done.code, 2, "an empty list is no success");
    let done = s.run(&["import", "-"]);
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("--files-from -"), "{}", done.stderr);
}

#[test]
fn one_thread_equals_many_byte_for_byte() {
    let s = Scratch::new("threads");
    for i in 0..60 {
        let sheet = SHEET.replace("99.9", &format!("99.{i}"));
        s.put(&format!("in/{}/{}.txt", i % 7, i % 11), sheet);
    }
    s.put("in/0/empty.txt", "")
        .put("in/3/noise.csv", [0, 159, 146, 150, 0, 1, 2, 3]);
    for jobs in ["1", "2", "4"] {
        let out = format!("out-{jobs}");
        let done = s.run(&[
            "import",
            "in",
            "--jobs",
            jobs,
            "--out",
            &out,
            "--no-timings",
        ]);
        assert_eq!(done.code, 1, "{}", done.stderr);
    }
    let files = s.files("out-1");
    assert_eq!(files.len(), 60 + 5);
    for other in ["out-2", "out-4"] {
        assert_eq!(s.files(other), files);
        for name in &files {
            let (one, many) = (format!("out-1/{name}"), format!("{other}/{name}"));
            assert!(s.bytes(&one) == s.bytes(&many), "{many} differs");
        }
    }
    assert_eq!(s.run(&["import", "in", "--out", "timed"]).code, 1);
    let mut timed = s.json("timed/run.json");
    assert!(timed["timings"]["seconds"].is_number());
    timed.as_object_mut().unwrap().remove("timings");
    assert_eq!(
        timed,
        s.json("out-1/run.json"),
        "timings are the only difference"
    );
}

#[test]
fn what_a_run_wrote_is_not_imported_by_the_next() {
    let s = Scratch::new("own-output");
    s.put("in/a.txt", SHEET);
    for out in ["in/out", "in", "."] {
        for round in 0..2 {
            let done = s.run(&["import", "in", "--out", out]);
            assert_eq!(done.code, 0, "{out}, {round}: {}", done.stderr);
            let run = s.json(&format!("{out}/run.json"));
            assert_eq!(run["counts"]["imported"], 1, "{out}, {round}");
        }
        let files = [
            "rows.csv",
            "rows.jsonl",
            "report.html",
            "torikomi.xlsx",
            "run.json",
        ];
        for own in ["out", "documents"].into_iter().chain(files) {
            let path = s.path("in").join(own);
            let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
        }
    }
}

#[test]
fn the_out_folder_is_about_the_last_run() {
    let s = Scratch::new("stale");
    s.put("a.txt", SHEET)
        .put("b.txt", SHEET)
        .put("out/documents/theirs.json", "{}");
    assert_eq!(s.run(&["import", "a.txt", "b.txt"]).code, 0);
    assert_eq!(s.run(&["import", "b.txt"]).code, 0);
    let expected = [
        "documents/b.txt.json",
        "documents/theirs.json",
        "report.html",
        "rows.csv",
        "rows.jsonl",
        "run.json",
        "torikomi.xlsx",
    ];
    assert_eq!(s.files("out"), expected);
}

#[test]
fn a_document_that_fails_now_leaves_nothing_of_the_last_time() {
    let s = Scratch::new("fails-now");
    s.put("a.txt", SHEET).put("b.txt", SHEET);
    assert_eq!(s.run(&["import", "a.txt", "b.txt"]).code, 0);
    s.put("a.txt", "");
    assert_eq!(s.run(&["import", "a.txt", "b.txt"]).code, 1);
    assert!(!s.path("out/documents/a.txt.json").exists());
    assert!(s.path("out/documents/b.txt.json").exists());
}

#[cfg(unix)]
#[test]
fn names_that_would_harm_are_made_safe() {
    let s = Scratch::new("hostile-names");
    s.put("in/a\u{1b}[2J\n.txt", SHEET)
        .put("in/b\\..\\c.txt", SHEET)
        .put("in/d\u{202e}.txt", SHEET);
    let done = s.run(&["import", "in"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let documents = s.files("out/documents");
    assert_eq!(
        documents,
        ["a_[2J_.txt.json", "b_.._c.txt.json", "d_.txt.json"]
    );
    assert!(
        !done.stderr.contains(['\u{1b}', '\u{202e}']),
        "{:?}",
        done.stderr
    );
    assert!(
        done.stderr.contains("a\\u{1b}[2J\\u{a}.txt"),
        "{}",
        done.stderr
    );
}
