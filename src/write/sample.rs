//! Documents for the tests of the files about a run.

use std::sync::Arc;

use super::{Begin, CatalogInfo, Imported, Outcome, Plan, Run, Tally};
use crate::catalog::{Catalog, Item};
use crate::config::Language;
use crate::error::{Failure, FileError};
use crate::model::*;

/// A row with everything that may be in one.
pub fn full_row(row: u32) -> Row {
    let text = |t: &str| Some(t.to_owned());
    Row {
        row,
        number: Some(ItemNumber {
            raw: "1-1".to_owned(),
            path: vec![1, 1],
        }),
        section: text("運用"),
        category: text("可用性"),
        item: text("応答時間"),
        description: text("処理の応答時間"),
        unit: text("時間"),
        answer: Answer {
            mark: text("○"),
            status: Status::Yes,
            text: "=3秒以内; 平均1秒".to_owned(),
            values: vec![
                value(ValueKind::Duration, Some(Op::AtMost), 3.0),
                value(ValueKind::Duration, Some(Op::Average), 1.5),
            ],
        },
        mapping: Mapping {
            item_id: text("A-1"),
            catalog: text("a"),
            confidence: 0.5,
            decision: Decision::Review,
            reasons: vec![Reason::LowConfidence, Reason::DuplicateItem],
            related: vec![Related {
                item_id: "B-1".to_owned(),
                relation: Relation::Broader,
            }],
            candidates: [("A-1", 0.5), ("A-2", 0.25)].map(candidate).to_vec(),
            duplicate_of: Some(1),
        },
        provenance: Provenance {
            page: Some(1),
            sheet: text("回答"),
            table: 1,
            cells: text("A2:F2"),
            line: Some(2),
            bbox: Some([0.0, 1.5, 2.25, 35.4]),
        },
        other: vec![OtherCell {
            column: 6,
            title: text("備考"),
            text: "なし".to_owned(),
        }],
        moved: Some(Moved {
            from_column: 2,
            by: -1,
            certain: false,
        }),
        raw: [("item", "応答時閒".to_owned())].into(),
        compare: Compare::default(),
    }
}

fn value(kind: ValueKind, op: Option<Op>, number: f64) -> Value {
    Value {
        kind,
        op,
        number: Some(number),
        max: None,
        unit: Some("second".to_owned()),
        iso: None,
        text: format!("{number}秒"),
    }
}

fn candidate((item_id, score): (&str, f64)) -> Candidate {
    Candidate {
        item_id: item_id.to_owned(),
        score,
    }
}

/// A row with nothing that may be missing.
pub fn bare_row(row: u32) -> Row {
    let mut bare = full_row(row);
    (bare.number, bare.section, bare.category, bare.item) = (None, None, None, None);
    (bare.description, bare.unit, bare.moved) = (None, None, None);
    bare.answer = Answer::default();
    bare.mapping = Mapping::default();
    bare.provenance = Provenance::default();
    bare.other.clear();
    bare.raw.clear();
    bare
}

/// A document of these rows.
pub fn imported(name: &str, rows: Vec<Row>) -> Imported {
    Imported {
        file: format!("documents/{name}.json"),
        document: Document {
            schema: DOCUMENT_SCHEMA.to_owned(),
            source: SourceInfo {
                path: format!("in/{name}"),
                sha256: "00".repeat(32),
                bytes: 7,
                format: Format::Csv,
                encoding: None,
                decoding: None,
            },
            title: Some("回答書".to_owned()),
            vendor: None,
            date: Some("2026-04-01".to_owned()),
            tables: Vec::new(),
            rows,
            outside: Vec::new(),
            warnings: vec![Warning {
                code: WarningCode::ColumnSlip,
                message: "rows 1-2".to_owned(),
                rows: Some([1, 2]),
                place: Some("line 2".to_owned()),
            }],
        },
    }
}

/// A catalog of two items.
pub fn plan() -> Arc<Plan> {
    let item = |id: &str, name: &str| Item {
        id: id.to_owned(),
        name: Some(name.to_owned()),
        ..Item::default()
    };
    let catalog = Catalog {
        id: "a".to_owned(),
        title: "甲".to_owned(),
        note: None,
        items: vec![item("A-1", "応答時間"), item("A-2", "遅延")],
    };
    Arc::new(Plan::new(&[], vec![catalog], Language::Ja))
}

/// The bytes of a file about a run of these documents, and of one more that failed before them.
pub fn written(begin: Begin, path: &std::path::Path, documents: &[Imported]) -> Vec<u8> {
    let plan = plan();
    std::fs::write(path, "").unwrap();
    let mut file = begin(path, &plan).unwrap();
    let mut run = Run::new(Vec::<CatalogInfo>::new());
    let error = FileError::new(Failure::Encrypted, "locked", "send it open").at("page 1");
    run.add(Outcome::failed("in/locked.pdf", None, error));
    for imported in documents {
        file.add(imported).unwrap();
        let (path, document) = (&imported.document.source.path, &imported.document);
        run.tally(&Tally::of(document));
        run.add(Outcome::imported(path, &imported.file, document));
    }
    run.add(Outcome::skipped(
        "in/.x",
        "hidden",
        "a hidden file".to_owned(),
    ));
    file.finish(&run).unwrap();
    std::fs::read(path).unwrap()
}
