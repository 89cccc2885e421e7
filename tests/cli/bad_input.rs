//! Bad input: the error names file, reason and remedy, and the other documents are imported.

use std::fs;

use crate::scratch::{Done, SHEET, Scratch, outcome};

/// Imports a good sheet beside the bad one and checks what is said of it.
fn fails(s: &Scratch, bad: &str, reasons: &[&str]) -> Done {
    s.put("in/good.txt", SHEET);
    let done = s.run(&["import", "in"]);
    assert_eq!(
        (done.code, done.stdout.as_str()),
        (1, ""),
        "{}",
        done.stderr
    );
    let run = s.json("out/run.json");
    assert_eq!(run["status"], "with_failures");
    assert_eq!(outcome(&run, "in/good.txt")["status"], "imported");
    assert_eq!(outcome(&run, "in/good.txt")["rows"], 3);
    let failed = outcome(&run, bad);
    assert_eq!(failed["status"], "failed", "{failed:#}");
    let error = &failed["error"];
    assert!(
        reasons.contains(&error["reason"].as_str().unwrap()),
        "{failed:#}"
    );
    for said in ["message", "hint"] {
        let said = error[said].as_str().unwrap();
        assert!(
            !said.is_empty() && done.stderr.contains(said),
            "{}",
            done.stderr
        );
    }
    assert!(done.stderr.contains(bad), "{}", done.stderr);
    assert_eq!(s.files("out/documents"), ["good.txt.json"]);
    done
}

#[test]
fn an_empty_file() {
    let s = Scratch::new("empty");
    s.put("in/empty.txt", "");
    fails(&s, "in/empty.txt", &["empty"]);
}

#[test]
fn a_sheet_without_rows() {
    let s = Scratch::new("no-rows");
    s.put("in/head.txt", "No.\t種別\t項目\t規定内容\t単位\t回答\n");
    fails(&s, "in/head.txt", &["no_table"]);
}

#[test]
fn prose_without_a_table() {
    let s = Scratch::new("prose");
    s.put("in/letter.txt", "拝啓\n\nいつもお世話になっております。\n");
    fails(&s, "in/letter.txt", &["no_table"]);
}

#[test]
fn binary_noise_with_a_name_that_lies() {
    let s = Scratch::new("noise");
    let noise: Vec<u8> = (0..4096_u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    s.put("in/noise.csv", noise);
    fails(&s, "in/noise.csv", &["unsupported", "corrupt"]);
}

#[test]
fn a_workbook_that_is_cut_off() {
    let s = Scratch::new("torn");
    let mut torn = b"PK\x03\x04\x14\x00\x08\x08\x08\x00".to_vec();
    torn.resize(3000, 7);
    s.put("in/torn.xlsx", torn);
    fails(&s, "in/torn.xlsx", &["corrupt"]);
}

#[test]
fn a_file_larger_than_the_limit() {
    let s = Scratch::new("large");
    s.put("torikomi.toml", "[extract]\nmax-file-bytes = 10000\n");
    s.put("in/large.csv", vec![b'a'; 10_001]);
    fails(&s, "in/large.csv", &["too_large"]);
}

#[test]
fn a_csv_of_one_endless_line() {
    let s = Scratch::new("one-line");
    s.put("in/line.csv", vec![b'a'; 4 << 20]);
    fails(&s, "in/line.csv", &["no_table", "too_large"]);
}

#[test]
fn a_path_that_is_not_there() {
    let s = Scratch::new("missing");
    s.put("a.txt", SHEET);
    let done = s.run(&["import", "gone.txt", "a.txt"]);
    assert_eq!(done.code, 1);
    let run = s.json("out/run.json");
    assert_eq!(outcome(&run, "gone.txt")["error"]["reason"], "unreadable");
    assert_eq!(outcome(&run, "a.txt")["status"], "imported");
    assert!(done.stderr.contains("gone.txt"), "{}", done.stderr);
}

#[cfg(unix)]
#[test]
fn a_file_without_read_permission() {
    use std::os::unix::fs::PermissionsExt;
    let s = Scratch::new("permission");
    s.put("in/locked.txt", SHEET);
    let locked = s.path("in/locked.txt");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&locked).is_ok() {
        eprintln!("not tested: this user reads every file (root)");
        return;
    }
    fails(&s, "in/locked.txt", &["unreadable"]);
}

#[test]
fn a_folder_without_readable_files() {
    let s = Scratch::new("nothing");
    s.put("in/.hidden", "x").put("in/sub/~$open.xlsx", "x");
    fs::create_dir(s.path("bare")).unwrap();
    for folder in ["in", "bare"] {
        let done = s.run(&["import", folder]);
        assert_eq!(
            (done.code, done.stdout.as_str()),
            (2, ""),
            "{}",
            done.stderr
        );
        assert!(done.stderr.contains(folder), "{}", done.stderr);
        assert!(!s.path("out").exists(), "nothing is written");
    }
}

#[test]
fn an_out_folder_that_is_a_file() {
    let s = Scratch::new("out-file");
    s.put("a.txt", SHEET).put("file", "mine");
    for out in ["file", "file/below"] {
        let done = s.run(&["import", "a.txt", "--out", out]);
        assert_eq!(done.code, 2, "{}", done.stderr);
        assert!(done.stderr.contains(out), "{}", done.stderr);
        assert!(
            done.stderr.contains("name another place"),
            "{}",
            done.stderr
        );
    }
    assert_eq!(s.read("file"), "mine");
}

#[cfg(unix)]
#[test]
fn an_out_folder_that_cannot_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let s = Scratch::new("out-locked");
    s.put("a.txt", SHEET).put("locked/note", "");
    let locked = s.path("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(s.path("locked/probe"), "").is_ok() {
        eprintln!("not tested: this user writes everywhere (root)");
        return;
    }
    let done = s.run(&["import", "a.txt", "--out", "locked"]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("permissions"), "{}", done.stderr);
}

#[test]
fn a_document_that_cannot_be_written_is_no_success() {
    let s = Scratch::new("in-the-way");
    s.put("a.txt", SHEET)
        .put("out/documents/a.txt.json/in-the-way", "");
    let done = s.run(&["import", "a.txt"]);
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("a.txt.json"), "{}", done.stderr);
    assert!(!s.path("out/run.json").exists());
}

#[test]
fn a_broken_catalog() {
    let s = Scratch::new("catalog");
    s.put("a.txt", SHEET);
    s.put(
        "data/catalogs/meti-cloud-2010.json",
        "{\n \"catalog\": \"x\",\n \"items\": [,]\n}",
    );
    for args in [&["import", "a.txt"][..], &["catalog", "check"]] {
        let done = s.run(&[args, &["--mappings", "data"]].concat());
        assert_eq!(done.code, 2);
        let place = "meti-cloud-2010.json:3: ";
        assert!(done.stderr.contains(place), "{}", done.stderr);
    }
    assert!(!s.path("out").exists());
}
