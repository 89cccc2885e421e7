use rusqlite::Connection;
use rusqlite::types::{Value, ValueRef};

use super::*;
use crate::write::column::COLUMNS;
use crate::write::sample::{bare_row, full_row, imported, written};
use crate::write::scratch::Scratch;

fn sample(name: &str) -> (Scratch, Connection) {
    let out = Scratch::new(name);
    let path = out.0.join("torikomi.sqlite");
    let documents = [
        imported("a", vec![full_row(1), bare_row(2)]),
        imported("b", vec![full_row(1)]),
    ];
    written(begin, &path, &documents);
    let connection = Connection::open(path).unwrap();
    (out, connection)
}

/// The records of a query, cells separated by `|`.
fn query(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    let width = statement.column_count();
    let shown = |cell: ValueRef<'_>| match Value::try_from(cell).unwrap() {
        Value::Null => "null".to_owned(),
        Value::Integer(n) => n.to_string(),
        Value::Real(n) => n.to_string(),
        Value::Text(text) => text,
        Value::Blob(_) => panic!("no column holds bytes"),
    };
    let record = |row: &rusqlite::Row<'_>| {
        let cells = (0..width).map(|i| Ok(shown(row.get_ref(i)?)));
        cells
            .collect::<rusqlite::Result<Vec<_>>>()
            .map(|c| c.join("|"))
    };
    let records = statement.query_map([], record).unwrap();
    records.map(Result::unwrap).collect()
}

#[test]
fn every_table_holds_what_the_run_did() {
    let (_out, db) = sample("sqlite-tables");
    for (sql, expected) in [
        (
            "SELECT document_id, position, path, status, document, rows, reason, place, message \
             FROM documents ORDER BY position",
            vec![
                "3|1|in/locked.pdf|failed|null|0|encrypted|page 1|locked",
                "1|2|in/a|imported|documents/a.json|2|null|null|null",
                "2|3|in/b|imported|documents/b.json|1|null|null|null",
                "4|4|in/.x|skipped|null|0|hidden|null|a hidden file",
            ],
        ),
        (
            "SELECT row_id, document_id, document, \"row\", item, bbox, \"values\", vendor FROM rows",
            vec![
                "1|1|documents/a.json|1|応答時間|[0.0,1.5,2.25,35.4]|\
                 [\"duration <= 3 second\",\"duration avg 1.5 second\"]|null",
                "2|1|documents/a.json|2|null|null|[]|null",
                "3|2|documents/b.json|1|応答時間|[0.0,1.5,2.25,35.4]|\
                 [\"duration <= 3 second\",\"duration avg 1.5 second\"]|null",
            ],
        ),
        (
            "SELECT * FROM candidates WHERE row_id = 1",
            vec!["1|1|A-1|0.5", "1|2|A-2|0.25"],
        ),
        (
            "SELECT * FROM \"values\" WHERE row_id = 3",
            vec![
                "3|1|duration|<=|3|null|second|null|3秒",
                "3|2|duration|avg|1.5|null|second|null|1.5秒",
            ],
        ),
        (
            "SELECT * FROM reasons WHERE row_id = 1",
            vec!["1|1|low_confidence", "1|2|duplicate_item"],
        ),
        (
            "SELECT * FROM warnings WHERE document_id = 2",
            vec!["2|1|column_slip|rows 1-2|1|2|line 2"],
        ),
        (
            "SELECT item_id, catalog, position, name FROM items ORDER BY position",
            vec!["A-1|a|1|応答時間", "A-2|a|2|遅延"],
        ),
        ("SELECT * FROM about", vec!["1|a", "2|a"]),
        (
            "SELECT item_id, document_id, \"row\", status FROM comparison ORDER BY position, 2",
            vec![
                "A-1|1|1|yes",
                "A-1|2|1|yes",
                "A-2|1|null|missing",
                "A-2|2|null|missing",
            ],
        ),
        (
            "SELECT document_id, catalog, items, answered, blank, missing FROM coverage",
            vec!["1|a|2|1|0|1", "2|a|2|1|0|1"],
        ),
        ("PRAGMA foreign_key_check", vec![]),
        ("PRAGMA integrity_check", vec!["ok"]),
        ("PRAGMA user_version", vec!["1"]),
    ] {
        assert_eq!(query(&db, sql), expected, "{sql}");
    }
}

#[test]
fn tables_and_views_have_the_columns_that_are_documented() {
    let (_out, db) = sample("sqlite-columns");
    for table in tables() {
        let sql = format!("SELECT name FROM pragma_table_info('{}')", table.name);
        let documented: Vec<&str> = table.fields.iter().map(|f| f.name).collect();
        assert_eq!(query(&db, &sql), documented, "{}", table.name);
    }
    let flat: Vec<&str> = COLUMNS.iter().map(|c| c.name).collect();
    let rows = tables().into_iter().find(|t| t.name == "rows").unwrap();
    let rows: Vec<&str> = rows.fields.iter().map(|f| f.name).collect();
    assert_eq!(rows[2..], flat);
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let out = Scratch::new("sqlite-bytes");
    let documents: Vec<Imported> = (0..40)
        .map(|n| imported(&format!("{n}"), (1..30).map(full_row).collect()))
        .collect();
    let first = written(begin, &out.0.join("a.sqlite"), &documents);
    assert_eq!(first, written(begin, &out.0.join("b.sqlite"), &documents));
    assert!(first.starts_with(b"SQLite format 3\0"));
    let left: Vec<String> = out.names();
    assert_eq!(left, ["a.sqlite", "b.sqlite"], "no journal stays");
}
