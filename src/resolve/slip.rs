//! Runs of rows in which the item names stand against the wrong descriptions.
//!
//! When cells were inserted or dropped in one column only, the name of row `i` fits the description
//! of row `i + k`, again and again, while name and description of one row do not fit each other. One
//! such row is a pasted text; three are a slip.

use super::reading::Reading;
use crate::model::{Row, Warning, WarningCode};

/// From here on a field counts as evidence. Low, because the pattern repeats over rows.
const FLOOR: f32 = 0.45;

/// How close to a description's best item a name's item must come.
const NEAR: f32 = 0.1;

/// Name and description that point at the same item this clearly end a run.
const AGREES: f32 = 0.6;

/// Furthest that one column is looked for ahead of the other, in rows.
const REACH: i32 = 3;

/// Rows between two slipped ones that may say nothing.
const GAP: usize = 2;

/// Fewest rows that make a slip.
const FEWEST: usize = 3;

/// By how much a row, answers must speak for the names before a slip is mapped by them.
const NAMES_MUST_LEAD: f32 = 0.1;

/// A run of slipped rows, as positions in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// First row.
    pub first: usize,
    /// Last row.
    pub last: usize,
    /// By how many rows the names run ahead of the descriptions (behind, when negative); the most
    /// frequent distance, and the largest.
    pub ahead: i32,
    pub most_ahead: i32,
}

/// All runs of a table, in order; they do not overlap.
pub(super) fn find(rows: &[Reading]) -> Vec<Run> {
    let differing: Vec<Option<u32>> = rows
        .iter()
        .map(|r| r.disagreement(FLOOR).map(|(by_name, _)| by_name))
        .collect();
    let mut runs = Vec::new();
    for direction in [1, -1] {
        runs.extend(in_direction(rows, &differing, direction));
    }
    runs.sort_by_key(|r| (r.first, r.last));
    let mut apart: Vec<Run> = Vec::new();
    for run in runs {
        match apart.last_mut() {
            Some(last) if run.first <= last.last => {
                if run.last - run.first > last.last - last.first {
                    *last = run;
                }
            }
            _ => apart.push(run),
        }
    }
    apart
}

fn in_direction(rows: &[Reading], differing: &[Option<u32>], direction: i32) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut slipped: Vec<(usize, i32)> = Vec::new();
    for at in 0..=rows.len() {
        let distance = (at < rows.len())
            .then(|| distance(rows, differing, at, direction))
            .flatten();
        if let Some(distance) = distance {
            slipped.push((at, distance));
            continue;
        }
        let ends = match (rows.get(at), slipped.last()) {
            (Some(row), Some(last)) => agrees(row) || at - last.0 > GAP,
            (None, _) => true,
            (_, None) => false,
        };
        if ends {
            runs.extend(run(&slipped, differing));
            slipped.clear();
        }
    }
    runs
}

/// How many rows further on stands the description that this row's name belongs to.
fn distance(rows: &[Reading], differing: &[Option<u32>], at: usize, direction: i32) -> Option<i32> {
    let item = differing[at]?;
    (1..=REACH).map(|k| k * direction).find(|k| {
        let other = at.checked_add_signed(*k as isize);
        other.and_then(|o| rows.get(o)).is_some_and(|row| {
            let fit = row.description.of(item);
            let best = row.description.best().map_or(0.0, |b| b.1);
            fit >= FLOOR && fit >= best - NEAR
        })
    })
}

fn agrees(row: &Reading) -> bool {
    match (row.name.best(), row.description.best()) {
        (Some(a), Some(b)) => {
            !row.inherited
                && a.1 >= AGREES
                && b.1 >= AGREES
                && (row.name.of(b.0) >= a.1 - NEAR || row.description.of(a.0) >= b.1 - NEAR)
        }
        _ => false,
    }
}

fn run(slipped: &[(usize, i32)], differing: &[Option<u32>]) -> Option<Run> {
    if slipped.len() < FEWEST {
        return None;
    }
    let (mut first, mut last) = (slipped.first()?.0, slipped.last()?.0);
    while first > 0 && differing[first - 1].is_some() {
        first -= 1;
    }
    while last + 1 < differing.len() && differing[last + 1].is_some() {
        last += 1;
    }
    let count = |k: i32| slipped.iter().filter(|s| s.1 == k).count();
    let ahead = slipped.iter().map(|s| s.1);
    let most_ahead = ahead.clone().max_by_key(|k| k.abs())?;
    // Of distances seen equally often, the shorter.
    let ahead = ahead.max_by_key(|k| (count(*k), -k.abs()))?;
    Some(Run {
        first,
        last,
        ahead,
        most_ahead,
    })
}

/// Whether, over a run, the answers speak for the names' items rather than for the descriptions'.
/// As a rule a description stays with its answer, so names must win clearly.
pub(super) fn answers_follow_names(
    run: &Run,
    readings: &[Reading],
    mut answer_fits: impl FnMut(usize, u32) -> f32,
) -> bool {
    let mut lead = 0.0;
    let rows = readings.iter().enumerate();
    for (at, row) in rows.take(run.last + 1).skip(run.first) {
        if let (Some(a), Some(b)) = (row.name.best(), row.description.best())
            && a.0 != b.0
        {
            lead += answer_fits(at, a.0) - answer_fits(at, b.0);
        }
    }
    lead > NAMES_MUST_LEAD * (run.last - run.first + 1) as f32
}

/// What is told of a run. `by_name` says which column it was mapped by.
pub(super) fn warning(run: &Run, by_name: bool, rows: &[&Row]) -> Warning {
    let (first, last) = (rows[run.first].row, rows[run.last].row);
    let (a, b) = (run.ahead.abs(), run.most_ahead.abs());
    let distance = match (a, b) {
        (1, 1) => "one row".to_owned(),
        (a, b) if a == b => format!("{a} rows"),
        (1, b) => format!("one row, up to {b} rows"),
        (a, b) => format!("{a} rows, up to {b} rows"),
    };
    let direction = if run.ahead > 0 { "ahead of" } else { "behind" };
    let (kept, moved) = match by_name {
        true => ("item names", "descriptions"),
        false => ("descriptions", "item names"),
    };
    Warning {
        code: WarningCode::ColumnSlip,
        message: format!(
            "rows {first}-{last}: the item names run {distance} {direction} the descriptions; \
             the rows are mapped by their {kept}, which the answers follow, and are under review: \
             put the {moved} back in the sheet and import it again, or check these rows one by one"
        ),
        rows: Some([first, last]),
        place: None,
    }
}
