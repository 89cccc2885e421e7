use std::fs::File;

use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::{Field, Row as Record};
use serde_json::{Value, json};

use super::*;
use crate::write::sample::{bare_row, full_row, imported, written};
use crate::write::scratch::Scratch;

fn reader(out: &Scratch) -> SerializedFileReader<File> {
    SerializedFileReader::new(File::open(out.0.join("rows.parquet")).unwrap()).unwrap()
}

fn records(out: &Scratch) -> Vec<Record> {
    let reader = reader(out);
    let records = reader.get_row_iter(None).unwrap();
    records.map(Result::unwrap).collect()
}

/// As JSON, so that a cell is compared with its type.
fn cell(record: &Record, name: &str) -> Value {
    fn plain(field: &Field) -> Value {
        match field {
            Field::Null => Value::Null,
            Field::Str(text) => json!(text),
            Field::Int(n) => json!(n),
            Field::Long(n) => json!(n),
            Field::Float(n) => json!(n),
            Field::Double(n) => json!(n),
            Field::ListInternal(list) => list.elements().iter().map(plain).collect(),
            other => panic!("{other:?}"),
        }
    }
    let (_, field) = record.get_column_iter().find(|(n, _)| *n == name).unwrap();
    plain(field)
}

#[test]
fn every_cell_is_read_back_with_its_type() {
    let out = Scratch::new("parquet-cells");
    let rows = vec![full_row(1), bare_row(2), full_row(3)];
    written(begin, &out.0.join("rows.parquet"), &[imported("a", rows)]);
    let records = records(&out);
    assert_eq!(records.len(), 3);
    for (name, full, bare) in [
        (
            "document",
            json!("documents/a.json"),
            json!("documents/a.json"),
        ),
        ("vendor", Value::Null, Value::Null),
        ("row", json!(3), json!(2)),
        ("page", json!(1), Value::Null),
        (
            "bbox",
            json!([0.0f32, 1.5f32, 2.25f32, 35.4f32]),
            Value::Null,
        ),
        ("number_path", json!([1, 1]), Value::Null),
        ("text", json!("=3秒以内; 平均1秒"), json!("")),
        (
            "values",
            json!(["duration <= 3 second", "duration avg 1.5 second"]),
            json!([]),
        ),
        ("confidence", json!(0.5), json!(0.0)),
        ("decision", json!("review"), json!("unmapped")),
        (
            "reasons",
            json!(["low_confidence", "duplicate_item"]),
            json!([]),
        ),
        ("candidates", json!(["A-1 0.5", "A-2 0.25"]), json!([])),
        ("raw", json!(["item: 応答時閒"]), json!([])),
    ] {
        assert_eq!(cell(&records[2], name), full, "{name}");
        assert_eq!(cell(&records[1], name), bare, "{name}");
    }
    let names: Vec<&String> = records[0].get_column_iter().map(|(n, _)| n).collect();
    assert!(names.iter().copied().eq(COLUMNS.iter().map(|c| c.name)));
}

#[test]
fn a_row_group_holds_whole_documents() {
    let out = Scratch::new("parquet-groups");
    let document = |name: &str, rows: u32| imported(name, (1..=rows).map(bare_row).collect());
    let documents = [
        document("a", 6_000),
        document("b", 6_000),
        document("c", 1),
        document("d", 12_000),
        document("e", 2),
    ];
    written(begin, &out.0.join("rows.parquet"), &documents);
    let groups = reader(&out).metadata().row_groups().to_vec();
    let rows: Vec<i64> = groups.iter().map(|g| g.num_rows()).collect();
    assert_eq!(rows, [12_000, 12_001, 2]);
}

#[test]
fn the_same_rows_give_the_same_bytes_and_each_column_is_described() {
    let out = Scratch::new("parquet-bytes");
    let path = out.0.join("rows.parquet");
    let documents = [imported("a", vec![full_row(1), bare_row(2)])];
    let first = written(begin, &path, &documents);
    assert_eq!(first, written(begin, &path, &documents));
    let metadata = reader(&out);
    let metadata = metadata.metadata().file_metadata();
    let said = metadata.key_value_metadata().unwrap();
    for column in &COLUMNS {
        let key = format!("{DESCRIPTION}{}", column.name);
        let entry = said.iter().find(|e| e.key == key).unwrap();
        let meaning = entry.value.as_deref().unwrap_or_default();
        assert!(meaning.ends_with('.'), "{key}: {meaning}");
    }
}

#[test]
fn a_run_without_documents_leaves_a_file_without_rows() {
    let out = Scratch::new("parquet-empty");
    written(begin, &out.0.join("rows.parquet"), &[]);
    assert!(records(&out).is_empty());
}
