//! Rows as sheets have them: the worded sheets of `fixtures/wording`.

use std::path::Path;

use serde_json::Value;

use super::super::*;
use super::model::Measured;
use crate::model::{Answer, Compare, Inherited, Provenance};

fn row(number: u32, line: &Value) -> Row {
    let said = |key: &str| line[key].as_str().unwrap_or("");
    let some = |key: &str| (!said(key).is_empty()).then(|| show(said(key)));
    Row {
        row: number,
        number: None,
        section: some("section"),
        category: some("category"),
        item: some("item"),
        description: some("description"),
        unit: some("unit"),
        answer: Answer {
            text: show(said("text")),
            values: crate::notation::quantity::values(&show(said("text"))),
            ..Answer::default()
        },
        mapping: crate::model::Mapping::default(),
        provenance: Provenance::default(),
        other: Vec::new(),
        moved: None,
        raw: BTreeMap::new(),
        compare: Compare {
            section: fold(said("section")),
            category: fold(said("category")),
            item: fold(said("item")),
            description: fold(said("description")),
            unit: fold(said("unit")),
            inherited: Inherited {
                item: line["inherited"].as_bool().unwrap_or(false),
                ..Inherited::default()
            },
            doubtful: false,
        },
    }
}

/// The rows of a folder's files, measured as they are at run time. Rows that must be under review
/// whatever their item are left out.
pub(super) fn measured(resolver: &Resolver, folder: &str, weight: f64) -> Vec<Measured> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    let mut out = Vec::new();
    for file in files {
        // Sheets have few rows that are made to mislead.
        let hard = file
            .file_name()
            .is_some_and(|n| n.to_string_lossy().starts_with("near_"));
        let weight = if hard { 1.0 } else { weight };
        let text = std::fs::read_to_string(file).unwrap();
        let lines: Vec<Value> = text
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect();
        for sheet in lines.chunk_by(|a, b| a["sheet"] == b["sheet"]) {
            measure(resolver, sheet, weight, &mut out);
        }
    }
    out
}

fn measure(resolver: &Resolver, sheet: &[Value], weight: f64, out: &mut Vec<Measured>) {
    let rows: Vec<Row> = (1..).zip(sheet).map(|(n, l)| row(n, l)).collect();
    let items = resolver.ids.len() as u32;
    let mut reader = Reader::new(&resolver.index, &resolver.thesaurus, items);
    let readings: Vec<Reading> = rows
        .iter()
        .map(|row| {
            let place = resolver.surroundings.of_row(row);
            reader.row(row, |item| resolver.surroundings.agree(&place, item))
        })
        .collect();
    let (choices, _) = table::decide(&readings, &resolver.catalog_of, |_| false);
    for ((line, choice), reading) in sheet.iter().zip(choices).zip(&readings) {
        let Some((item, score)) = choice.item else {
            continue;
        };
        if line["review"].as_bool() == Some(true) || choice.conflict || choice.slipped {
            continue;
        }
        let accept = line["accept"].as_array().unwrap();
        out.push(Measured {
            kind: "worded sheets",
            fold: out.len() as u32 % super::FOLDS,
            seen: resolver.measured(Scored { item, score }, reading),
            support: order::log_odds(&choice),
            right: accept.iter().any(|a| *a == *resolver.ids[item as usize].0),
            has_item: !accept.is_empty(),
            weight,
        });
    }
}
