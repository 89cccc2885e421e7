//! One line of a table's body to a row.

use super::column::Entry;
use super::table::{BodyLine, TableRead};
use crate::model::{OtherCell, RawRow, Role};
use crate::notation::number;

/// The line's own cells by role, and those that merged cells above cover it with. Section,
/// category and item are not filled from above yet.
pub(super) fn read(table: &TableRead<'_>, line: &BodyLine<'_>) -> RawRow {
    let mut row = RawRow {
        moved: line.moved,
        doubtful: line.strip.is_doubtful(),
        ..RawRow::default()
    };
    for (i, entry) in line
        .entries
        .iter()
        .enumerate()
        .filter(|(_, e)| !e.is_blank())
    {
        let text = Some(entry.text.to_string());
        let role = table.roles.get(i).copied().unwrap_or(Role::None);
        if let Some(said) = &entry.said {
            keep(&mut row, role, said);
        }
        match role {
            Role::Number => row.number = text,
            Role::Section => row.section = text,
            Role::Category => row.category = text,
            Role::Item => {
                row.inherited.item = entry.above;
                row.item = text;
            }
            Role::Description => {
                row.inherited.description = entry.above;
                row.description = text;
            }
            Role::Unit => row.unit = text,
            Role::Mark => row.mark = text,
            Role::Text => row.text.extend(text),
            Role::None if entry.above => {}
            Role::None => row.other.push(other(table, i, entry)),
        }
    }
    split_lead(&mut row, table.numbers_lead);
    let (from, to) = extent(table, line);
    row.provenance = line.strip.provenance(from, to);
    row
}

/// Keeps what the sheet says in a cell whose meaning stands in the row.
pub(super) fn keep(row: &mut RawRow, role: Role, said: &str) {
    let field = match role {
        Role::Section => "section",
        Role::Category => "category",
        Role::Item => "item",
        Role::Description => "description",
        Role::Unit => "unit",
        Role::Mark => "mark",
        Role::Text => "text",
        Role::Number => "number",
        Role::None => "other",
    };
    let kept: &mut String = row.said.entry(field).or_default();
    if !kept.is_empty() {
        kept.push('\n');
    }
    kept.push_str(said);
}

fn other(table: &TableRead<'_>, at: usize, entry: &Entry<'_>) -> OtherCell {
    let title = table.columns.get(at).and_then(|c| c.title.clone());
    OtherCell {
        column: at as u32,
        title,
        text: entry.text.to_string(),
    }
}

/// Takes the number off the front of the cells that carry it.
fn split_lead(row: &mut RawRow, role: Option<Role>) {
    let field = match role {
        Some(Role::Number) => &mut row.number,
        Some(Role::Item) => &mut row.item,
        Some(Role::Description) => &mut row.description,
        _ => return,
    };
    let Some(text) = field.take() else { return };
    let Some((_, rest)) = number::lead(&text) else {
        *field = Some(text);
        return;
    };
    let rest = rest.to_owned();
    if role == Some(Role::Number) {
        row.item = Some(rest.clone());
    } else {
        *field = Some(rest.clone());
    }
    row.number = Some(text[..text.len() - rest.len()].trim().to_owned());
}

/// The grid columns a row takes: the table's, or more where its cells go further.
fn extent(table: &TableRead<'_>, line: &BodyLine<'_>) -> (u32, u32) {
    let from = table.columns.first().map_or(0, |c| c.start);
    let to = table.columns.last().map_or(1, |c| c.end);
    let own = line.strip.slots.iter().map(|s| s.end()).max().unwrap_or(to);
    (from, to.max(own))
}
