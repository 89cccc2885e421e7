use serde::Serialize;

use super::FlatRow;
use crate::model::{Candidate, Moved, OtherCell, Related, Value};

/// A column of the flat rows, the same in every table that is written of them.
pub struct Column {
    /// Its name: that of the field of [`FlatRow`].
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    cell: Get,
}

/// What the cells of a column hold; any cell may also be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Text out of a short list, or the same for all rows of a document.
    Name,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Several texts; never null, but perhaps none.
    List,
    /// Several whole numbers.
    Integers,
    /// Several numbers.
    Numbers,
}

impl Kind {
    /// Its type in `rows.parquet`, as Parquet's own schema language writes it.
    pub fn parquet(self) -> &'static str {
        match self {
            Kind::Text | Kind::Name => "STRING",
            Kind::Integer => "INT64",
            Kind::Number => "DOUBLE",
            Kind::List => "LIST<STRING>",
            Kind::Integers => "LIST<INT32>",
            Kind::Numbers => "LIST<FLOAT>",
        }
    }

    /// Its type in `torikomi.sqlite`.
    pub fn sqlite(self) -> &'static str {
        match self {
            Kind::Text | Kind::Name => "TEXT",
            Kind::Integer => "INTEGER",
            Kind::Number => "REAL",
            // Arrays as JSON has them: json_each() opens them.
            Kind::List | Kind::Integers | Kind::Numbers => "TEXT",
        }
    }
}

/// A cell of a flat row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing: null, or a list without members.
    Empty,
    /// Of [`Kind::Text`] and [`Kind::Name`].
    Text(&'a str),
    /// Of [`Kind::Integer`].
    Integer(i64),
    /// Of [`Kind::Number`].
    Number(f64),
    /// Of [`Kind::List`]; not without members.
    List(Vec<String>),
    /// Of [`Kind::Integers`].
    Integers(&'a [u32]),
    /// Of [`Kind::Numbers`].
    Numbers(&'a [f32]),
}

impl Column {
    /// The row's cell in this column.
    pub fn cell<'a>(&self, row: &'a FlatRow<'_>) -> Cell<'a> {
        (self.cell)(row)
    }
}

/// The columns, in their order.
pub static COLUMNS: [Column; 34] = [
    name("document", |r| Cell::Text(r.document)),
    name("path", |r| Cell::Text(r.path)),
    name("format", |r| Cell::Text(r.format.name())),
    name("vendor", |r| text_or_none(r.vendor)),
    name("date", |r| text_or_none(r.date)),
    name("title", |r| text_or_none(r.title)),
    integer("row", |r| Cell::Integer(r.row.into())),
    integer("table", |r| Cell::Integer(r.table.into())),
    integer("page", |r| count(r.page)),
    name("sheet", |r| text_or_none(r.sheet)),
    text("cells", |r| text_or_none(r.cells)),
    integer("line", |r| count(r.line)),
    column("bbox", Kind::Numbers, |r| {
        r.bbox.as_ref().map_or(Cell::Empty, |b| Cell::Numbers(b))
    }),
    text("number_raw", |r| text_or_none(r.number_raw)),
    column("number_path", Kind::Integers, |r| {
        r.number_path.map_or(Cell::Empty, Cell::Integers)
    }),
    name("section", |r| text_or_none(r.section)),
    name("category", |r| text_or_none(r.category)),
    name("item", |r| text_or_none(r.item)),
    text("description", |r| text_or_none(r.description)),
    name("unit", |r| text_or_none(r.unit)),
    name("mark", |r| text_or_none(r.mark)),
    name("status", |r| Cell::Text(r.status.name())),
    text("text", |r| Cell::Text(r.text)),
    list("values", |r| all(r.values, value)),
    name("item_id", |r| text_or_none(r.item_id)),
    name("catalog", |r| text_or_none(r.catalog)),
    number("confidence", |r| Cell::Number(r.confidence)),
    name("decision", |r| Cell::Text(r.decision.name())),
    list("reasons", |r| {
        all(r.reasons, |reason| reason.name().to_owned())
    }),
    list("candidates", |r| all(r.candidates, candidate)),
    list("related", |r| all(r.related, related)),
    list("other", |r| all(r.other, other)),
    list("moved", |r| all(&r.moved, moved)),
    list("raw", |r| {
        all(r.raw, |(field, text)| format!("{field}: {text}"))
    }),
];

type Get = for<'a, 'b> fn(&'a FlatRow<'b>) -> Cell<'a>;

const fn text(name: &'static str, cell: Get) -> Column {
    column(name, Kind::Text, cell)
}

const fn name(name: &'static str, cell: Get) -> Column {
    column(name, Kind::Name, cell)
}

const fn integer(name: &'static str, cell: Get) -> Column {
    column(name, Kind::Integer, cell)
}

const fn number(name: &'static str, cell: Get) -> Column {
    column(name, Kind::Number, cell)
}

const fn list(name: &'static str, cell: Get) -> Column {
    column(name, Kind::List, cell)
}

const fn column(name: &'static str, kind: Kind, cell: Get) -> Column {
    Column { name, kind, cell }
}

fn text_or_none(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Empty, Cell::Text)
}

fn count(n: Option<u32>) -> Cell<'static> {
    n.map_or(Cell::Empty, |n| Cell::Integer(n.into()))
}

fn all<T>(list: impl IntoIterator<Item = T>, show: impl Fn(T) -> String) -> Cell<'static> {
    let shown: Vec<String> = list.into_iter().map(show).collect();
    if shown.is_empty() {
        return Cell::Empty;
    }
    Cell::List(shown)
}

/// `duration <= 5 business_day`
pub(super) fn value(v: &Value) -> String {
    let number = |n: f64| n.to_string();
    let range = match (v.number, v.max) {
        (Some(from), Some(to)) => Some(format!("{from}..{to}")),
        (from, to) => from.or(to).map(number),
    };
    let parts = [
        Some(json_name(&v.kind)),
        v.op.as_ref().map(json_name),
        range,
        v.unit.clone(),
        v.iso.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The name that JSON has for it.
pub(super) fn json_name(word: &impl Serialize) -> String {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// `METI-02 0.99`
fn candidate(c: &Candidate) -> String {
    format!("{} {}", c.item_id, c.score)
}

/// `broader IPA-3-2`
fn related(r: &Related) -> String {
    format!("{} {}", json_name(&r.relation), r.item_id)
}

fn other(cell: &OtherCell) -> String {
    match &cell.title {
        Some(title) => format!("{title}: {}", cell.text),
        None => cell.text.clone(),
    }
}

pub(super) fn moved(m: &Moved) -> String {
    let certain = if m.certain { "" } else { ", not certain" };
    format!("from column {} by {}{certain}", m.from_column, m.by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Op, ValueKind};

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
