//! A catalog from a company's own check sheet.

use std::collections::BTreeSet;

use super::{Catalog, Item};
use crate::model::{ItemNumber, Row};
use crate::notation::fold;

/// Digits that the numbers in IDs have at least, so that IDs sort as the sheet does.
const DIGITS: usize = 3;

/// A catalog of the items that a sheet's rows ask for. Answers are left out.
///
/// Item IDs begin with `id` in upper case. They are made of the sheet's own numbers where every
/// numbered row has one of its own (`3` is `ACME-003`, `2-1` is `ACME-002-001`; rows without a
/// number are counted on from the largest), and count the rows otherwise. The same sheet always
/// gives the same IDs.
pub fn from_rows(id: &str, title: &str, rows: &[Row]) -> Catalog {
    let rows: Vec<&Row> = rows.iter().filter(|r| says_something(r)).collect();
    let numbers = own_numbers(&rows).unwrap_or_else(|| counted(rows.len()));
    let prefix = id.to_uppercase();
    let items = rows.iter().zip(numbers).map(|(row, number)| {
        let number: Vec<String> = number.iter().map(|n| format!("{n:0DIGITS$}")).collect();
        Item {
            id: format!("{prefix}-{}", number.join("-")),
            no: row.number.as_ref().map(|n| n.raw.clone()),
            section: text(&row.section),
            category: text(&row.category),
            name: text(&row.item),
            description: text(&row.description),
            unit: text(&row.unit),
            ..Item::default()
        }
    });
    Catalog {
        id: id.to_lowercase(),
        title: title.to_owned(),
        note: None,
        items: items.collect(),
    }
}

/// A row without a name and a description asks for nothing that can be found again.
fn says_something(row: &Row) -> bool {
    text(&row.item).is_some() || text(&row.description).is_some()
}

/// A field, unless nothing in it can be compared.
fn text(field: &Option<String>) -> Option<String> {
    field.clone().filter(|t| !fold(t).is_empty())
}

/// The numbers of the rows as the sheet gives them; none when two rows share one, or fewer than
/// half have any.
fn own_numbers(rows: &[&Row]) -> Option<Vec<Vec<u32>>> {
    let path = |n: &ItemNumber| Some(n.path.clone()).filter(|p| !p.is_empty());
    let paths = rows.iter().map(|r| r.number.as_ref().and_then(path));
    let paths: Vec<Option<Vec<u32>>> = paths.collect();
    let numbered = paths.iter().flatten().count();
    let distinct: BTreeSet<&Vec<u32>> = paths.iter().flatten().collect();
    if distinct.len() < numbered || numbered * 2 < rows.len() || numbered == 0 {
        return None;
    }
    let mut next = distinct.iter().map(|p| p[0]).max()?;
    let each = paths.into_iter().map(|path| {
        path.unwrap_or_else(|| {
            next = next.saturating_add(1);
            vec![next]
        })
    });
    Some(each.collect())
}

fn counted(rows: usize) -> Vec<Vec<u32>> {
    (1..).take(rows).map(|n| vec![n]).collect()
}
