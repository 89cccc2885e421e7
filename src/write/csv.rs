use std::fmt::Display;

use csv::{Terminator, Writer, WriterBuilder};
use serde::Serialize;

use super::{Export, FlatRow};
use crate::model::{Candidate, Moved, OtherCell, Related, Value};

/// What lists are joined with inside a cell.
const BETWEEN: &str = "; ";

/// Comma-separated values for spreadsheets: UTF-8 with a byte order mark (without it, Excel reads
/// Shift_JIS), records ended by CR LF (RFC 4180), lists joined by `; `.
///
/// No cell can be taken for a formula: one that begins with `= + - @`, their full-width forms, a
/// tab or a line break gets a `'` before it, and so does one that begins with `'` itself. Dropping
/// one leading `'` from every cell that has it gives back exactly what was there (the characters
/// are those of OWASP's "CSV Injection").
pub(super) struct Csv;

const COLUMNS: [&str; 34] = [
    "document",
    "path",
    "format",
    "vendor",
    "date",
    "title",
    "row",
    "table",
    "page",
    "sheet",
    "cells",
    "line",
    "bbox",
    "number_raw",
    "number_path",
    "section",
    "category",
    "item",
    "description",
    "unit",
    "mark",
    "status",
    "text",
    "values",
    "item_id",
    "catalog",
    "confidence",
    "decision",
    "reasons",
    "candidates",
    "related",
    "other",
    "moved",
    "raw",
];

impl Export for Csv {
    fn head(&self) -> Vec<u8> {
        let mut head = b"\xef\xbb\xbf".to_vec();
        append(&mut head, |csv| csv.write_record(COLUMNS));
        head
    }

    fn rows(&self, rows: &[FlatRow<'_>], out: &mut Vec<u8>) {
        append(out, |csv| {
            let mut cell = String::new();
            rows.iter().try_for_each(|row| record(csv, row, &mut cell))
        });
    }
}

/// Writes to memory, which cannot fail.
fn append(out: &mut Vec<u8>, fill: impl FnOnce(&mut Writer<&mut Vec<u8>>) -> csv::Result<()>) {
    let mut csv = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out);
    let _ = fill(&mut csv);
    let _ = csv.flush();
}

fn record(csv: &mut Writer<&mut Vec<u8>>, r: &FlatRow<'_>, cell: &mut String) -> csv::Result<()> {
    let mut put = |text: &str| csv.write_field(safe(text, cell));
    put(r.document)?;
    put(r.path)?;
    put(r.format.name())?;
    put(r.vendor.unwrap_or_default())?;
    put(r.date.unwrap_or_default())?;
    put(r.title.unwrap_or_default())?;
    put(&r.row.to_string())?;
    put(&r.table.to_string())?;
    put(&shown(r.page))?;
    put(r.sheet.unwrap_or_default())?;
    put(r.cells.unwrap_or_default())?;
    put(&shown(r.line))?;
    put(&joined(r.bbox.iter().flatten(), f32::to_string))?;
    put(r.number_raw.unwrap_or_default())?;
    put(&joined(r.number_path.unwrap_or_default(), u32::to_string))?;
    put(r.section.unwrap_or_default())?;
    put(r.category.unwrap_or_default())?;
    put(r.item.unwrap_or_default())?;
    put(r.description.unwrap_or_default())?;
    put(r.unit.unwrap_or_default())?;
    put(r.mark.unwrap_or_default())?;
    put(r.status.name())?;
    put(r.text)?;
    put(&joined(r.values, value))?;
    put(r.item_id.unwrap_or_default())?;
    put(r.catalog.unwrap_or_default())?;
    put(&r.confidence.to_string())?;
    put(r.decision.name())?;
    put(&joined(r.reasons, |reason| reason.name().to_owned()))?;
    put(&joined(r.candidates, candidate))?;
    put(&joined(r.related, related))?;
    put(&joined(r.other, other))?;
    put(&r.moved.map(moved).unwrap_or_default())?;
    put(&joined(r.raw, |(field, text)| format!("{field}: {text}")))?;
    csv.write_record(None::<&[u8]>)
}

/// A cell that no spreadsheet takes for a formula.
fn safe<'a>(text: &'a str, cell: &'a mut String) -> &'a str {
    let starts_a_formula = [
        '=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\'',
    ];
    if !text.starts_with(starts_a_formula) {
        return text;
    }
    cell.clear();
    cell.push('\'');
    cell.push_str(text);
    cell
}

fn shown(value: Option<impl Display>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

fn joined<T>(list: impl IntoIterator<Item = T>, show: impl Fn(T) -> String) -> String {
    let shown: Vec<String> = list.into_iter().map(show).collect();
    shown.join(BETWEEN)
}

/// `duration <= 5 business_day`
fn value(v: &Value) -> String {
    let number = |n: f64| n.to_string();
    let range = match (v.number, v.max) {
        (Some(from), Some(to)) => Some(format!("{from}..{to}")),
        (from, to) => from.or(to).map(number),
    };
    let parts = [
        Some(name(&v.kind)),
        v.op.as_ref().map(name),
        range,
        v.unit.clone(),
        v.iso.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The name that JSON has for it.
fn name(word: &impl Serialize) -> String {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn candidate(c: &Candidate) -> String {
    format!("{} {}", c.item_id, c.score)
}

/// `broader IPA-3-2`
fn related(r: &Related) -> String {
    format!("{} {}", name(&r.relation), r.item_id)
}

fn other(cell: &OtherCell) -> String {
    match &cell.title {
        Some(title) => format!("{title}: {}", cell.text),
        None => cell.text.clone(),
    }
}

fn moved(m: Moved) -> String {
    let certain = if m.certain { "" } else { ", not certain" };
    format!("from column {} by {}{certain}", m.from_column, m.by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Op, ValueKind};

    fn escaped(text: &str) -> String {
        safe(text, &mut String::new()).to_owned()
    }

    #[test]
    fn no_cell_begins_like_a_formula_and_each_can_be_read_back() {
        for text in [
            "=1+1",
            "+81",
            "-",
            "-5",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
            "'quoted",
            "''",
            "",
            "有",
            "a=b",
            " =1",
            "ー",
            "5営業日前まで",
        ] {
            let cell = escaped(text);
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']),
                "{cell:?}"
            );
            assert_eq!(cell.strip_prefix('\'').unwrap_or(&cell), text);
        }
        assert_eq!(escaped("有"), "有");
    }

    #[test]
    fn the_head_is_what_excel_asks_for() {
        let head = Csv.head();
        assert!(head.starts_with(b"\xef\xbb\xbfdocument,path,"));
        assert!(head.ends_with(b",raw\r\n"));
    }

    #[test]
    fn a_value_is_a_word_or_two() {
        let base = Value {
            kind: ValueKind::Duration,
            op: Some(Op::AtMost),
            number: Some(5.0),
            max: None,
            unit: Some("business_day".to_owned()),
            iso: None,
            text: "5営業日前まで".to_owned(),
        };
        let range = Value {
            op: None,
            max: Some(7.5),
            ..base.clone()
        };
        let span = Value {
            kind: ValueKind::TimeOfDay,
            op: None,
            number: None,
            unit: None,
            iso: Some("10:00/18:00".to_owned()),
            ..base.clone()
        };
        assert_eq!(value(&base), "duration <= 5 business_day");
        assert_eq!(value(&range), "duration 5..7.5 business_day");
        assert_eq!(value(&span), "time_of_day 10:00/18:00");
    }
}
