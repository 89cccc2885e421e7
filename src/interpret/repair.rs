//! Rows whose cells have moved left or right, put back by what the cells contain.
//!
//! A text or a converted sheet loses (or gains) an empty cell now and then, and everything right
//! of it stands one column off: names under 種別, marks under 規定内容. Each cell is judged under
//! the role of the column it stands in; if moving a block of cells makes the row fit much better,
//! it is moved.

use super::column::Entry;
use super::look::Look;
use crate::model::{Moved, RawRow, Role, Warning, WarningCode, column_letters};

/// How far cells may have moved.
const FARTHEST: usize = 2;
/// Fewer cells than this do not make a block.
const LEAST_CELLS: usize = 2;
/// A row is repaired when it fits better by this much, and surely when by twice that.
const GAIN: f32 = 2.0;
/// Cells up to this many times longer or shorter than the column's mean (as a natural logarithm)
/// are ordinary; beyond, each factor of e costs 1.
const ORDINARY_LENGTH: f32 = 0.5;
/// A cell right of the last column.
const EXTRA_CELL: f32 = -1.5;

/// What the repair knows of a table.
pub(super) struct Shape<'a> {
    pub roles: &'a [Role],
    /// Share of rows in which each column is filled.
    pub fill: &'a [f32],
    /// Mean length of each column's cells, in characters; 0 when it has none.
    pub length: &'a [f32],
}

/// Which entry stands in each column of a row that is rearranged; none: a blank.
type Order = Vec<Option<usize>>;

/// Puts moved cells back. `entries` may be longer than the table has columns.
pub(super) fn repair(entries: &mut Vec<Entry<'_>>, shape: &Shape<'_>) -> Option<Moved> {
    let columns = shape.roles.len();
    if own(entries) < LEAST_CELLS || columns < 3 || entries.len() > columns + FARTHEST {
        return None;
    }
    let as_is: Order = (0..entries.len()).map(Some).collect();
    let (before, contradicted) = fit_row(&as_is, entries, shape);
    // Missing answers alone never move a row.
    if !contradicted {
        return None;
    }
    let mut best: Option<(f32, Moved, Order)> = None;
    for from in 0..columns {
        for by in 1..=FARTHEST {
            let left = moved_left(entries, from, by, columns).map(|o| (-(by as i32), o));
            let right = moved_right(entries, from, by).map(|o| (by as i32, o));
            for (by, order) in left.into_iter().chain(right) {
                let gain = fit_row(&order, entries, shape).0 - before;
                let better = best.as_ref().is_none_or(|(most, ..)| gain > *most + 1e-4);
                if gain >= GAIN && better {
                    let certain = gain >= 2.0 * GAIN;
                    let moved = Moved {
                        from_column: from as u32,
                        by,
                        certain,
                    };
                    best = Some((gain, moved, order));
                }
            }
        }
    }
    let (_, moved, order) = best?;
    let entry = |at: &Option<usize>| at.and_then(|i| entries.get(i).cloned()).unwrap_or_default();
    *entries = order.iter().map(entry).collect();
    Some(moved)
}

/// The row if `by` empty cells had been lost at `from`: what is there goes right again.
fn moved_left(entries: &[Entry<'_>], from: usize, by: usize, columns: usize) -> Option<Order> {
    let tail = entries.get(from..)?;
    let last = from + tail.iter().rposition(|e| !e.is_blank())?;
    if last + by >= columns || !is_block(tail) {
        return None;
    }
    let moved = (from..=last).map(Some);
    let mut order: Order = (0..from)
        .map(Some)
        .chain(std::iter::repeat_n(None, by))
        .chain(moved)
        .collect();
    order.resize(columns, None);
    Some(order)
}

/// The row if `by` empty cells had been added at `from`: what is right of them goes left again.
fn moved_right(entries: &[Entry<'_>], from: usize, by: usize) -> Option<Order> {
    let added = entries.get(from..from + by)?;
    let tail = entries.get(from + by..)?;
    if !added.iter().all(Entry::is_blank) || !is_block(tail) {
        return None;
    }
    let mut order: Order = (0..from)
        .chain(from + by..entries.len())
        .map(Some)
        .collect();
    order.resize(entries.len(), None);
    Some(order)
}

/// Whether these cells could have moved together: they begin with one that says something, and
/// none of them is held in place by a merged cell.
fn is_block(tail: &[Entry<'_>]) -> bool {
    tail.first().is_some_and(Entry::is_own)
        && own(tail) >= LEAST_CELLS
        && !tail.iter().any(|e| e.above)
}

fn own(entries: &[Entry<'_>]) -> usize {
    entries.iter().filter(|e| e.is_own()).count()
}

/// How well a row's cells fit the roles of the columns they stand in, and whether any of them
/// speaks against its column.
fn fit_row(order: &Order, entries: &[Entry<'_>], shape: &Shape<'_>) -> (f32, bool) {
    let has_mark = shape.roles.contains(&Role::Mark);
    let (mut sum, mut contradicted) = (0.0, false);
    for (i, at) in order.iter().enumerate() {
        let entry = at.and_then(|at| entries.get(at)).filter(|e| !e.is_blank());
        let fit = match (shape.roles.get(i), entry) {
            (Some(role), None) => {
                sum += fit_blank(*role, shape.fill[i]);
                continue;
            }
            (Some(role), Some(entry)) => {
                fit(*role, &entry.look, has_mark) + fit_length(*role, &entry.look, shape.length[i])
            }
            (None, None) => 0.0,
            (None, Some(_)) => EXTRA_CELL,
        };
        sum += fit;
        contradicted |= fit < 0.0 && entry.is_some_and(|e| !e.above);
    }
    (sum, contradicted)
}

/// A cell much longer than the column's others, or a description much shorter.
fn fit_length(role: Role, is: &Look, mean: f32) -> f32 {
    if mean <= 0.0 || !matches!(role, Role::Item | Role::Description | Role::Unit) {
        return 0.0;
    }
    let ratio = (is.length as f32 / mean).ln();
    let off = if role == Role::Description {
        ratio.abs()
    } else {
        ratio
    };
    -(off - ORDINARY_LENGTH).max(0.0)
}

/// An empty cell fits the worse the seldomer the column is empty.
fn fit_blank(role: Role, fill: f32) -> f32 {
    let weight = match role {
        Role::Item | Role::Description | Role::Text => -2.0,
        Role::Number | Role::Unit => -1.0,
        Role::Section | Role::Category | Role::Mark | Role::None => 0.0,
    };
    weight * fill * fill
}

/// How well a cell fits a role: about 1 for an ordinary cell of the role, 2 and more for one that
/// is hardly anything else, negative for one that is hardly that.
fn fit(role: Role, is: &Look, has_mark: bool) -> f32 {
    match role {
        Role::Number if is.number => 2.0,
        Role::Number => -3.0,
        Role::Section | Role::Category => {
            if is.mark || is.description {
                -3.0
            } else if is.name && !is.group || is.number || is.length > 20 {
                -2.0
            } else if is.group {
                1.5
            } else if is.unit || is.requirement {
                -1.0
            } else if is.length > 8 {
                -0.3
            } else {
                0.4
            }
        }
        Role::Item => {
            if is.mark {
                -3.0
            } else if is.number {
                -2.0
            } else if is.name {
                2.5
            } else if is.description || is.unit || is.length > 45 {
                -1.5
            } else if is.group {
                -1.0
            } else if is.length > 30 {
                -0.3
            } else {
                0.7
            }
        }
        Role::Description => {
            if is.mark {
                -3.0
            } else if is.unit || is.number {
                -2.0
            } else if is.description {
                2.5
            } else if is.name {
                -1.5
            } else if is.length >= 8 {
                1.0
            } else {
                -0.5
            }
        }
        Role::Unit => {
            if is.unit {
                2.0
            } else if is.mark {
                -2.0
            } else if is.length > 12 {
                -3.0
            } else {
                -0.3
            }
        }
        Role::Mark => {
            if is.mark {
                2.0
            } else if is.unit || is.length > 15 {
                -2.0
            } else if is.led {
                1.0
            } else {
                -0.8
            }
        }
        Role::Text => {
            if is.unit || is.description {
                -2.0
            } else if is.name {
                -1.5
            } else if is.requirement {
                -0.3
            } else if is.mark {
                if has_mark { -0.5 } else { 0.7 }
            } else {
                0.7
            }
        }
        Role::None => 0.0,
    }
}

/// One warning for each run of rows on a page whose cells are not certain.
pub(super) fn doubts(rows: &[RawRow]) -> Vec<Warning> {
    let numbered = || (1u32..).zip(rows);
    let doubtful: Vec<(u32, Option<u32>)> = numbered()
        .filter(|(_, row)| row.doubtful)
        .map(|(n, row)| (n, row.provenance.page))
        .collect();
    let runs = doubtful.chunk_by(|a, b| b.0 == a.0 + 1 && a.1 == b.1);
    runs.map(|run| {
        let ((first, page), (last, _)) = (run[0], run[run.len() - 1]);
        Warning {
            code: WarningCode::MalformedInput,
            message: "no rule parts these rows, and their lines may as well be parted otherwise: \
                      compare them with the page, or ask for a file with lines between the rows"
                .to_owned(),
            rows: Some([first, last]),
            place: page.map(|p| format!("page {p}")),
        }
    })
    .collect()
}

/// One warning for each run of rows moved in the same way.
pub(super) fn warnings(moved: &[(u32, Moved)]) -> Vec<Warning> {
    let runs = moved.chunk_by(|a, b| b.0 == a.0 + 1 && a.1.by == b.1.by);
    runs.map(|run| {
        let ((first, how), (last, _)) = (run[0], run[run.len() - 1]);
        let (side, by) = (if how.by < 0 { "left" } else { "right" }, how.by.abs());
        Warning {
            code: WarningCode::CellsMoved,
            message: format!(
                "cells from column {} on stood {by} column{} too far {side} and were put back by what they contain",
                column_letters(how.from_column),
                if by == 1 { "" } else { "s" },
            ),
            rows: Some([first, last]),
            place: None,
        }
    })
    .collect()
}
