//! Sheets for the tests of the comparisons.

use super::saved::{Answer, Mapping, Number, Row, Sheet, Source, Value};
use crate::notation::quantity;

/// The quantities of an answer, as they are read back.
pub fn quantities(text: &str) -> Vec<Value> {
    let read = |v: &crate::model::Value| {
        serde_json::to_value(v)
            .and_then(serde_json::from_value)
            .unwrap()
    };
    quantity::values(text).iter().map(read).collect()
}

/// A row: number, name, what is asked, status, answer in words, item.
pub fn row(line: [&str; 6]) -> Row {
    let [number, item, description, status, text, item_id] = line;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Row {
        number: some(number).map(|raw| Number {
            path: raw.split('-').filter_map(|n| n.parse().ok()).collect(),
            raw,
        }),
        item: some(item),
        description: some(description),
        answer: Answer {
            mark: None,
            status: status.to_owned(),
            text: text.to_owned(),
            values: quantities(text),
        },
        mapping: Mapping {
            item_id: some(item_id),
            catalog: some(item_id).map(|id| id.split('-').next().unwrap_or_default().to_owned()),
            decision: if item_id.is_empty() {
                "unmapped"
            } else {
                "accepted"
            }
            .to_owned(),
        },
        ..Row::default()
    }
}

/// A sheet of these rows.
pub fn sheet(path: &str, vendor: &str, rows: &[[&str; 6]]) -> Sheet {
    let numbered = (1..).zip(rows).map(|(n, line)| Row {
        row: n,
        ..row(*line)
    });
    Sheet {
        source: Source {
            path: path.to_owned(),
        },
        vendor: (!vendor.is_empty()).then(|| vendor.to_owned()),
        rows: numbered.collect(),
        ..Sheet::default()
    }
}
