//! The rows of a document, column by column, as the page's script reads them.
//!
//! A column is a JSON array with an entry for each row, or `0` where no row has anything. A text
//! or an item is its number from 1 on, `0` when there is none; several things are an array of
//! numbers. Shares of one are in thousandths, points of a page in tenths.

use super::detail::Detail;
use super::embedded::{push_list, push_number};
use super::items::Items;
use super::strings::Strings;
use super::words::Worded;
use crate::model::{Decision, Row};
use crate::write::column::{moved, value};

/// A text that a row may have.
type Text = fn(&Row) -> Option<&str>;

/// What numbers in columns refer to.
pub(super) struct Tables<'a> {
    pub strings: &'a mut Strings,
    pub items: &'a mut Items,
}

/// Appends the columns of a document's rows as a JSON object.
pub(super) fn push(rows: &[Row], detail: Detail, to: Tables<'_>, out: &mut Vec<u8>) {
    let Tables { strings, items } = to;
    let mut columns = Columns {
        rows,
        detail,
        begun: false,
        out,
    };
    columns.out.push(b'{');
    columns.of_all("id", |r| items.number(r.mapping.item_id.as_deref()));
    columns.of_all("state", state);
    if detail > Detail::Status {
        columns.of_all("confidence", |r| thousandths(r.mapping.confidence));
        columns.of_all("mark", |r| strings.number(r.answer.mark.as_deref()));
        columns.of_all("text", |r| strings.number(Some(&r.answer.text)));
        wording(&mut columns, strings);
        place(&mut columns, strings);
        evidence(&mut columns, strings, items);
    }
    columns.out.push(b'}');
}

/// What the sheet says beside the answer.
fn wording(columns: &mut Columns<'_>, strings: &mut Strings) {
    let fields: [(&str, Text); 6] = [
        ("number", |r| r.number.as_ref().map(|n| n.raw.as_str())),
        ("section", |r| r.section.as_deref()),
        ("category", |r| r.category.as_deref()),
        ("item", |r| r.item.as_deref()),
        ("description", |r| r.description.as_deref()),
        ("unit", |r| r.unit.as_deref()),
    ];
    for (name, field) in fields {
        columns.of_told(name, |r| strings.number(field(r)));
    }
    columns.lists("other", |r, list| {
        for cell in &r.other {
            list.push(strings.number(cell.title.as_deref()));
            list.push(strings.number(Some(&cell.text)));
        }
    });
    columns.lists("raw", |r, list| {
        for (field, raw) in &r.raw {
            list.extend([strings.number(Some(field)), strings.number(Some(raw))]);
        }
    });
    columns.lists("values", |r, list| {
        let values = r.answer.values.iter().map(value);
        list.extend(values.map(|v| strings.number(Some(&v))));
    });
}

/// Where it says so.
fn place(columns: &mut Columns<'_>, strings: &mut Strings) {
    columns.of_told("table", |r| r.provenance.table);
    columns.of_told("page", |r| r.provenance.page.unwrap_or(0));
    columns.of_told("line", |r| r.provenance.line.unwrap_or(0));
    columns.of_told("sheet", |r| strings.number(r.provenance.sheet.as_deref()));
    columns.of_told("cells", |r| strings.number(r.provenance.cells.as_deref()));
    columns.lists("box", |r, list| {
        let sides = r.provenance.bbox.iter().flatten();
        list.extend(sides.map(|x| (x * 10.0).round() as u32));
    });
}

/// Why it was mapped so.
fn evidence(columns: &mut Columns<'_>, strings: &mut Strings, items: &mut Items) {
    columns.of_told("duplicate", |r| r.mapping.duplicate_of.unwrap_or(0));
    columns.lists("moved", |r, list| {
        list.extend(r.moved.iter().map(|m| strings.number(Some(&moved(m)))));
    });
    columns.lists("reasons", |r, list| {
        let names = r.mapping.reasons.iter().map(|reason| reason.name());
        list.extend(names.map(|name| strings.number(Some(name))));
    });
    columns.lists("candidates", |r, list| {
        for c in &r.mapping.candidates {
            list.extend([items.number(Some(&c.item_id)), thousandths(c.score)]);
        }
    });
    columns.lists("related", |r, list| {
        for other in &r.mapping.related {
            list.push(position(other.relation));
            list.push(items.number(Some(&other.item_id)));
        }
    });
}

/// Status and decision in one number.
fn state(row: &Row) -> u32 {
    let status = position(row.answer.status);
    status + 8 * position(row.mapping.decision)
}

/// The number of a status, a decision or a relation: its place in the list of its words.
fn position<T: Worded + PartialEq>(value: T) -> u32 {
    T::ALL.iter().position(|x| *x == value).unwrap_or(0) as u32
}

fn thousandths(share: f64) -> u32 {
    (share * 1000.0).round() as u32
}

/// The object under way.
struct Columns<'a> {
    rows: &'a [Row],
    detail: Detail,
    begun: bool,
    out: &'a mut Vec<u8>,
}

impl Columns<'_> {
    /// A number for every row.
    fn of_all(&mut self, name: &str, number: impl FnMut(&Row) -> u32) {
        let numbers: Vec<u32> = self.rows.iter().map(number).collect();
        self.column(name, &numbers, |n| *n == 0, |n, out| push_number(*n, out));
    }

    /// A number for every row that is told in full.
    fn of_told(&mut self, name: &str, mut number: impl FnMut(&Row) -> u32) {
        let detail = self.detail;
        self.of_all(name, |r| if is_told(r, detail) { number(r) } else { 0 });
    }

    /// Numbers for every row that is told in full.
    fn lists(&mut self, name: &str, mut fill: impl FnMut(&Row, &mut Vec<u32>)) {
        let detail = self.detail;
        let list = |row: &Row| {
            let mut list = Vec::new();
            if is_told(row, detail) {
                fill(row, &mut list);
            }
            list
        };
        let lists: Vec<Vec<u32>> = self.rows.iter().map(list).collect();
        self.column(name, &lists, Vec::is_empty, |list, out| {
            match list.is_empty() {
                true => out.push(b'0'),
                false => push_list(list, out, |n, out| push_number(*n, out)),
            }
        });
    }

    fn column<T>(
        &mut self,
        name: &str,
        cells: &[T],
        is_empty: impl Fn(&T) -> bool,
        push: impl FnMut(&T, &mut Vec<u8>),
    ) {
        if std::mem::replace(&mut self.begun, true) {
            self.out.push(b',');
        }
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        match cells.iter().all(is_empty) {
            true => self.out.push(b'0'),
            false => push_list(cells, self.out, push),
        }
    }
}

/// Whether a row is told so that it is understood without its sheet.
fn is_told(row: &Row, detail: Detail) -> bool {
    detail == Detail::Full || row.mapping.decision != Decision::Accepted
}
