//! What the lines of a table's columns say of its rows before these are known: which follow each
//! other as the lines of a cell do, which column numbers the rows, how often columns are filled.

use std::collections::BTreeSet;

use super::super::join::{self, first_piece};
use super::bands::{Text, Unrowed};
use super::rows::is_number;

/// How far a step may be from the usual one between lines, as part of it, and in points.
const SAME_STEP: f32 = 0.015;
const SAME_STEP_POINTS: f32 = 0.2;
/// Smallest step between lines, in em.
const CLOSEST: f32 = 0.75;
/// How much wider than line steps row steps are, in em, where the two can be told apart.
const WIDER: f32 = 0.05;
/// How much wider a step is, in em, that surely parts rows.
const SURELY: f32 = 0.25;
/// Part of the steps that must be wider.
const OFTEN_WIDER: f32 = 0.1;
/// Part of the lines before a step that are full where lines are wrapped at it, and where rows are
/// parted at it.
const WRAPS: f32 = 0.7;
const PARTS: f32 = 0.5;
/// Widest step between the lines of a cell, in em.
const MOST_STEP: f32 = 2.2;
/// Part of a column's texts that must be numbers where it numbers the rows.
const NUMBERED: f32 = 0.6;
/// Distinct lines that end at a column's margin where it is wrapped, and how far before it they
/// may end, in em.
const AT_MARGIN: usize = 3;
const RAGGED: f32 = 1.6;

/// What speaks against a pair of lines being in one cell, or in two: negative logarithms of how
/// often it is so.
mod strange {
    /// A second number.
    pub const NUMBER: f32 = 9.0;
    /// A step within a cell that is not the one between its lines.
    pub const WIDE_STEP: f32 = 4.0;
    /// A border between two lines that follow each other as lines of a cell do.
    pub const LINE_STEP: f32 = 1.5;
    /// A line that is not full, and the cell goes on.
    pub const SHORT: f32 = 0.8;
    /// A line that is full, and the cell ends.
    pub const FULL: f32 = 1.2;
}

/// Two lines of a column that follow each other.
#[derive(Debug)]
pub struct Pair {
    pub upper: usize,
    pub lower: usize,
    /// What speaks against their being in one cell.
    pub within: f32,
    /// What speaks against a border between them.
    pub apart: f32,
}

/// The step between the lines of a cell.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// In em.
    usual: f32,
    /// Whether steps between rows are other ones.
    tells: bool,
    /// Whether rows follow each other at a smaller step.
    rows_closer: bool,
}

/// A step from one line to the next, and whether the upper line is full; nothing where its column
/// does not show how wide it is.
type Stride = (f32, Option<bool>);

/// What is known of a table before its rows are.
#[derive(Debug)]
pub struct Traits {
    /// The column that numbers the rows.
    pub number: Option<usize>,
    /// Pairs of lines, by part.
    pub pairs: Vec<Vec<Pair>>,
    /// Cells of each column, guessed.
    pub cells: Vec<usize>,
    /// Rows, guessed likewise.
    pub rows: usize,
}

impl Traits {
    pub fn of(parts: &[Unrowed<'_>]) -> Traits {
        let cols = parts.first().map_or(0, |p| p.cols);
        let number = number_column(parts);
        let margins: Vec<Option<f32>> = (0..cols).map(|col| margin(parts, col)).collect();
        let step = line_step(parts, &margins);
        let mut cells = vec![0usize; cols];
        let mut pairs = Vec::with_capacity(parts.len());
        for part in parts {
            let mut here = Vec::new();
            for (col, lines) in part.columns().iter().enumerate() {
                cells[col] += usize::from(!lines.is_empty());
                for w in lines.windows(2) {
                    let &[upper, lower] = w else { continue };
                    let (a, b) = (&part.texts[upper], &part.texts[lower]);
                    let pair = pair(a, b, step, margins[col], Some(col) == number);
                    // Where nothing tells, each line may be a cell.
                    let silent = pair.0 == 0.0 && pair.1 == 0.0;
                    let ends = pair.0 > pair.1 || silent || part.heading_between(a, b);
                    cells[col] += usize::from(ends);
                    here.push(Pair {
                        upper,
                        lower,
                        within: pair.0,
                        apart: pair.1,
                    });
                }
            }
            pairs.push(here);
        }
        let rows = match number {
            Some(col) => cells[col],
            None => cells.iter().copied().max().unwrap_or(0),
        };
        Traits {
            number,
            pairs,
            cells,
            rows,
        }
    }
}

/// The column that numbers the rows, among the first three.
pub fn number_column(parts: &[Unrowed<'_>]) -> Option<usize> {
    let cols = parts.first().map_or(0, |p| p.cols);
    (0..cols.min(3)).find(|&col| {
        let texts = || parts.iter().flat_map(|p| &p.texts).filter(|t| t.col == col);
        let numbers = texts().filter(|t| is_number(&t.line.text)).count();
        numbers >= 2 && numbers as f32 >= texts().count() as f32 * NUMBERED
    })
}

/// From one line to the next in a column, in em.
fn step(a: &Text<'_>, b: &Text<'_>) -> f32 {
    (b.line.rect.y1 - a.line.rect.y1) / a.line.size.max(b.line.size).max(1.0)
}

/// The smallest step that comes up again after full lines. Lines of a cell may be farther apart
/// than rows are, but only a full line is wrapped.
fn line_step(parts: &[Unrowed<'_>], margins: &[Option<f32>]) -> Option<Step> {
    let mut steps: Vec<Stride> = Vec::new();
    for part in parts {
        for (col, lines) in part.columns().iter().enumerate() {
            for w in lines.windows(2) {
                let &[upper, lower] = w else { continue };
                let (a, b) = (&part.texts[upper], &part.texts[lower]);
                if !part.heading_between(a, b) {
                    let right = margins.get(col).copied().flatten();
                    steps.push((step(a, b), right.map(|right| is_full(a, b, right))));
                }
            }
        }
    }
    steps.retain(|s| s.0 >= CLOSEST);
    steps.sort_by(|a, b| a.0.total_cmp(&b.0));
    let least = (steps.len() / 100).max(2);
    let beyond = |low: f32| steps.partition_point(|s| s.0 <= low * (1.0 + SAME_STEP) + WIDER / 2.0);
    let mut recurring: Vec<&[Stride]> = Vec::new();
    let mut at = 0;
    while let Some(&(low, _)) = steps.get(at) {
        let end = beyond(low);
        if end - at >= least {
            recurring.push(&steps[at..end]);
            at = end;
        } else {
            at += 1;
        }
    }
    let smallest = *recurring.first()?;
    let wrapped = |s: &&&[Stride]| s[0].0 <= MOST_STEP && full_part(s).is_some_and(|f| f >= WRAPS);
    let at = match full_part(smallest) {
        Some(full) if full < PARTS => *recurring.iter().find(wrapped).unwrap_or(&smallest),
        _ => smallest,
    };
    let usual = at[0].0;
    let wider = steps.len() - steps.partition_point(|s| s.0 <= usual * (1.0 + SAME_STEP) + WIDER);
    let rows_closer = usual > smallest[0].0;
    let closer = match rows_closer {
        true => steps.partition_point(|s| s.0 < usual - WIDER),
        false => 0,
    };
    Some(Step {
        usual,
        tells: (wider + closer) as f32 >= steps.len() as f32 * OFTEN_WIDER,
        rows_closer,
    })
}

/// Which part of some steps follows a full line.
fn full_part(steps: &[Stride]) -> Option<f32> {
    let known: Vec<bool> = steps.iter().filter_map(|s| s.1).collect();
    let full = known.iter().filter(|f| **f).count();
    (!known.is_empty()).then(|| full as f32 / known.len() as f32)
}

/// Whether a line has no room for what begins the next one.
fn is_full(a: &Text<'_>, b: &Text<'_>, right: f32) -> bool {
    let size = a.line.size.max(b.line.size).max(1.0);
    right - a.line.rect.x1 <= first_piece(b.line) + join::BROKEN_EARLY * size
}

/// Where the lines of a column are wrapped, where several different ones end there.
fn margin(parts: &[Unrowed<'_>], col: usize) -> Option<f32> {
    let texts = || parts.iter().flat_map(|p| &p.texts).filter(|t| t.col == col);
    let right = texts()
        .map(|t| t.line.rect.x1)
        .fold(f32::NEG_INFINITY, f32::max);
    let at_margin = texts().filter(|t| right - t.line.rect.x1 <= RAGGED * t.line.size);
    let distinct: BTreeSet<&str> = at_margin.map(|t| t.line.text.as_str()).collect();
    (distinct.len() >= AT_MARGIN).then_some(right)
}

/// What speaks against one cell, and against two.
fn pair(
    a: &Text<'_>,
    b: &Text<'_>,
    usual: Option<Step>,
    right: Option<f32>,
    number: bool,
) -> (f32, f32) {
    let size = a.line.size.max(b.line.size).max(1.0);
    let (mut within, mut apart) = (0.0, 0.0);
    if let Some(Step {
        usual,
        tells: true,
        rows_closer,
    }) = usual
    {
        let slack = usual * SAME_STEP + SAME_STEP_POINTS / size;
        let beyond = step(a, b) - usual - slack;
        if rows_closer && step(a, b) < usual - slack - WIDER {
            within += strange::WIDE_STEP;
        } else if beyond > 0.0 {
            within += strange::WIDE_STEP * (beyond / SURELY).min(1.0);
        } else {
            apart += strange::LINE_STEP;
        }
    }
    if let Some(right) = right {
        if is_full(a, b, right) {
            apart += strange::FULL;
        } else if !join::starts_item(&b.line.text) {
            within += strange::SHORT;
        }
    }
    if number && is_number(&a.line.text) && is_number(&b.line.text) {
        within += strange::NUMBER;
    }
    (within, apart)
}
