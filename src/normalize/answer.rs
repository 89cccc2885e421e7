//! The answer: its mark, what the mark means, and the words.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::field::is_changed;
use crate::model::{Answer, Status};
use crate::notation::{Judgement, Marks, quantity, shown};

/// An answer, and what the cells said where it does not show.
pub(super) struct Read {
    pub(super) answer: Answer,
    pub(super) raw: BTreeMap<&'static str, String>,
}

/// Reads the cells of an answer: the mark column's, and those of the text columns.
///
/// The mark comes from the mark cell, if it holds one, else from the first text cell that says
/// anything. What follows a mark in its cell, and a mark cell that holds no mark, go before the
/// words of the text cells. Choices that nobody made (`有・無`) say nothing, and neither does a dash
/// in the mark column beside an answer in words; both are kept in `raw`.
pub(super) fn read(mark: Option<&str>, texts: &[String], marks: &Marks) -> Read {
    let mark_cell = shown(mark.unwrap_or_default());
    let text_cells: Vec<Cow<str>> = texts.iter().map(|t| shown(t)).collect();
    let mut cells: Vec<&str> = std::iter::once(&*mark_cell)
        .chain(text_cells.iter().map(|t| &**t))
        .filter(|cell| !cell.is_empty())
        .collect();
    let mut hidden = false;
    let mut found = None;
    while let Some(&first) = cells.first() {
        match marks.judge(first) {
            Judgement::Mark(read) if is_dash(read.mark) && cells.len() > 1 => {}
            Judgement::Mark(read) => {
                hidden |= !first.contains(read.rest) || is_choice(first, read.mark, read.rest);
                cells[0] = read.rest;
                found = Some((read.mark.to_owned(), read.status));
                break;
            }
            Judgement::Unanswered => {}
            Judgement::Words => break,
        }
        // It says nothing: the next cell is the answer.
        hidden = true;
        cells.remove(0);
    }
    cells.retain(|cell| !cell.is_empty());
    let text = cells.join(" ");
    let (mark_read, status) = match found {
        Some((mark, status)) => (Some(mark), status),
        None if text.is_empty() => (None, Status::Blank),
        None => (None, Status::Stated),
    };
    let mut raw = BTreeMap::new();
    if let Some(cell) = mark
        && (is_changed(cell, &mark_cell) || (hidden && !mark_cell.is_empty()))
    {
        raw.insert("mark", cell.to_owned());
    }
    let changed = texts
        .iter()
        .zip(&text_cells)
        .any(|(raw, shown)| is_changed(raw, shown));
    if changed || (hidden && text_cells.iter().any(|t| !t.is_empty())) {
        raw.insert("text", texts.join("\n"));
    }
    Read {
        answer: Answer {
            mark: mark_read,
            status,
            values: quantity::values(&text),
            text,
        },
        raw,
    }
}

fn is_dash(mark: &str) -> bool {
    mark.chars().all(|c| matches!(c, '-' | '—' | 'ー'))
}

/// Whether a cell says more than a mark, its brackets, a delimiter and the rest: the alternatives
/// that were not ticked.
fn is_choice(cell: &str, mark: &str, rest: &str) -> bool {
    cell.chars().count() > mark.chars().count() + rest.chars().count() + 4
}
