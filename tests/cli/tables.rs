//! `rows.parquet` and `torikomi.sqlite`, as an import writes them.

use std::fs;

use rusqlite::{Connection, OpenFlags};

use crate::scratch::{SHEET, Scratch};

#[test]
fn tables_are_the_same_whatever_the_number_of_threads() {
    let s = Scratch::new("tables-threads");
    for n in 0..40 {
        s.put(
            &format!("in/{n}.txt"),
            SHEET.replace("あおば", &format!("第{n}")),
        );
    }
    s.put("in/7.csv", "").put("in/.hidden", "");
    let tables = |jobs: &str, out: &str| {
        let done = s.run(&[
            "import",
            "in",
            "-q",
            "--jobs",
            jobs,
            "--write",
            "parquet,sqlite",
            "--out",
            out,
        ]);
        assert_eq!(done.code, 1, "{}", done.stderr);
        let files = s.files(out);
        let files: Vec<&String> = files
            .iter()
            .filter(|f| !f.starts_with("documents"))
            .collect();
        assert_eq!(files, ["rows.parquet", "run.json", "torikomi.sqlite"]);
        ["rows.parquet", "torikomi.sqlite"].map(|name| fs::read(s.path(out).join(name)).unwrap())
    };
    let one = tables("1", "one");
    assert_eq!(one, tables("4", "four"));
    assert_eq!(one, tables("4", "four"), "and again in the same folder");

    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = Connection::open_with_flags(s.path("one/torikomi.sqlite"), flags).unwrap();
    let count = |sql: &str| {
        database
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert_eq!(count("SELECT count(*) FROM rows"), 120);
    assert_eq!(
        count("SELECT count(*) FROM documents WHERE status = 'failed'"),
        1
    );
    assert_eq!(
        count("SELECT count(*) FROM documents WHERE status = 'skipped'"),
        1
    );
    assert_eq!(count("SELECT sum(missing) FROM coverage"), 40 * 46);
}

#[test]
fn outputs_that_are_no_longer_asked_for_go() {
    let s = Scratch::new("tables-gone");
    s.put("a.txt", SHEET);
    assert_eq!(
        s.run(&["import", "a.txt", "-q", "--write", "parquet,sqlite"])
            .code,
        0
    );
    assert_eq!(
        s.run(&["import", "a.txt", "-q", "--write", "jsonl"]).code,
        0
    );
    let left = s.files("out");
    assert_eq!(left, ["documents/a.txt.json", "rows.jsonl", "run.json"]);
}
