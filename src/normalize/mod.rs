//! Stage: the sheet's own words to display forms, comparison forms, numbers, answers and values.

mod answer;
mod field;
#[cfg(test)]
mod tests;

use self::field::{Field, Fields};
use crate::model::{Interpretation, ItemNumber, Mapping, OtherCell, RawRow, Row};
use crate::notation::{Notation, date, number, show};

/// All rows of a sheet, in its order. Every row comes out, whatever it says.
pub fn rows(sheet: &Interpretation, notation: &Notation) -> Vec<Row> {
    let mut fields = Fields::default();
    let numbered = sheet.rows.iter().zip(1..);
    numbered
        .map(|(raw, place)| row(raw, place, &mut fields, notation))
        .collect()
}

fn row(raw: &RawRow, place: u32, fields: &mut Fields, notation: &Notation) -> Row {
    let section = fields.section.read(&raw.section);
    let category = fields.category.read(&raw.category);
    let item = fields.item.read(&raw.item);
    let description = fields.description.read(&raw.description);
    let unit = fields.unit.read(&raw.unit);
    let answer = answer::read(raw.mark.as_deref(), &raw.text, &notation.marks);
    let mut row = Row {
        row: place,
        number: raw.number.as_deref().and_then(item_number),
        section: section.shown(),
        category: category.shown(),
        item: item.shown(),
        description: description.shown(),
        unit: unit.shown(),
        answer: answer.answer,
        mapping: Mapping::default(),
        provenance: raw.provenance.clone(),
        other: raw.other.iter().map(other).collect(),
        moved: raw.moved,
        raw: answer.raw,
        compare: crate::model::Compare {
            section: section.folded(),
            category: category.folded(),
            item: item.folded(),
            description: description.folded(),
            unit: unit.folded(),
            inherited: raw.inherited,
            doubtful: raw.doubtful,
        },
    };
    let changed = [
        ("section", section),
        ("category", category),
        ("item", item),
        ("description", description),
        ("unit", unit),
    ];
    for (name, field) in changed {
        keep_raw(&mut row, name, field);
    }
    for (field, said) in &raw.said {
        row.raw.insert(field, said.clone());
    }
    row
}

fn keep_raw(row: &mut Row, name: &'static str, field: &Field) {
    if let Some(raw) = field.changed() {
        row.raw.insert(name, raw.to_owned());
    }
}

/// The number cell, as written. One that is no number known has an empty path.
fn item_number(cell: &str) -> Option<ItemNumber> {
    let raw = cell.trim();
    if show(raw).is_empty() {
        return None;
    }
    let path = number::parse(raw).map(|n| n.path).unwrap_or_default();
    Some(ItemNumber {
        raw: raw.to_owned(),
        path,
    })
}

fn other(cell: &OtherCell) -> OtherCell {
    OtherCell {
        column: cell.column,
        title: cell.title.as_deref().map(show),
        text: show(&cell.text),
    }
}

/// The title, normalized.
pub fn title(sheet: &Interpretation) -> Option<String> {
    shown(&sheet.title)
}

/// The vendor, normalized.
pub fn vendor(sheet: &Interpretation) -> Option<String> {
    shown(&sheet.vendor)
}

/// The date as ISO 8601: `2022-06-01`, or `2022-06` where the day is not said.
pub fn date(sheet: &Interpretation) -> Option<String> {
    let text = sheet.date.as_deref()?;
    date::parse(text).or_else(|| Some(date::find(text)?.iso))
}

fn shown(text: &Option<String>) -> Option<String> {
    text.as_deref().map(show).filter(|t| !t.is_empty())
}
