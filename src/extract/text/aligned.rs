//! Plain text whose columns are held apart by runs of spaces, as when a table is pasted from a
//! PDF or an e-mail.

use super::gutters::Gutters;
use super::ledger::{Grid, Ledger, MAX_COLUMNS};
use super::lines::{Lines, PhysicalLine};
use crate::error::FileError;
use crate::model::Block;

/// Fewest lines with the same number of columns that are taken for a table.
const MIN_LINES: usize = 3;

/// Fewest columns: two are as likely a label with a gap behind it.
const MIN_COLUMNS: usize = 3;

/// Reads plain text: lines with equally many gaps, or with the same gutters, are tables, all else
/// is lines.
///
/// # Errors
/// The file has too many cells.
pub(super) fn read(text: &str, ledger: &mut Ledger) -> Result<Vec<Block>, FileError> {
    let mut blocks = Vec::new();
    let lines: Vec<PhysicalLine<'_>> = Lines::new(text).collect();
    // Paragraphs of a table may have a blank line between them, not two.
    for part in lines.chunk_by(|a, b| !(is_blank(a) && is_blank(b))) {
        if !by_gutters(part, &mut blocks, ledger)? {
            by_gaps(part, &mut blocks, ledger)?;
        }
    }
    Ok(blocks)
}

fn is_blank(line: &PhysicalLine<'_>) -> bool {
    line.text.trim().is_empty()
}

/// Reads lines whose columns are told by what they all leave blank. False, with nothing read, when
/// they have no such columns, or when the gaps alone tell as much.
fn by_gutters(
    lines: &[PhysicalLine<'_>],
    blocks: &mut Vec<Block>,
    ledger: &mut Ledger,
) -> Result<bool, FileError> {
    let counts: Vec<usize> = lines.iter().map(|l| columns(l.text).count()).collect();
    let split: Vec<usize> = (0..lines.len()).filter(|i| counts[*i] > 1).collect();
    let (Some(first), Some(last)) = (split.first(), split.last()) else {
        return Ok(false);
    };
    if split.iter().all(|i| counts[*i] == counts[*first]) {
        return Ok(false);
    }
    let told: Vec<&str> = split.iter().map(|i| lines[*i].text).collect();
    let Some(gutters) = Gutters::find(&told) else {
        return Ok(false);
    };
    let body = &lines[*first..=*last];
    let cut = |l: &PhysicalLine<'_>| is_blank(l) || gutters.cut(l.text).is_some();
    if !body.iter().all(cut) {
        return Ok(false);
    }
    for line in &lines[..*first] {
        blocks.extend(ledger.line(line.text, line.number)?);
    }
    let mut grid = Grid::default();
    for line in body {
        match gutters.cut(line.text).filter(|_| !is_blank(line)) {
            Some(cells) => grid.row(cells.into_iter(), line.number, ledger)?,
            None => grid.blank_row(line.number),
        }
    }
    blocks.extend(grid.into_block());
    for line in &lines[last + 1..] {
        blocks.extend(ledger.line(line.text, line.number)?);
    }
    Ok(true)
}

/// Reads lines whose columns are told by the number of gaps.
fn by_gaps(
    lines: &[PhysicalLine<'_>],
    blocks: &mut Vec<Block>,
    ledger: &mut Ledger,
) -> Result<(), FileError> {
    let mut run: Vec<PhysicalLine<'_>> = Vec::new();
    let mut width = 1;
    for line in lines {
        let columns = columns(line.text).count();
        if columns < MIN_COLUMNS || columns != width {
            end_run(&mut run, blocks, ledger)?;
        }
        width = columns;
        if columns >= MIN_COLUMNS {
            run.push(*line);
        } else {
            blocks.extend(ledger.line(line.text, line.number)?);
        }
    }
    end_run(&mut run, blocks, ledger)
}

fn end_run(
    run: &mut Vec<PhysicalLine<'_>>,
    blocks: &mut Vec<Block>,
    ledger: &mut Ledger,
) -> Result<(), FileError> {
    let is_table = run.len() >= MIN_LINES;
    let mut grid = Grid::default();
    for line in run.drain(..) {
        if is_table {
            let fields: Vec<&str> = columns(line.text).take(MAX_COLUMNS + 1).collect();
            grid.row(fields.into_iter(), line.number, ledger)?;
        } else {
            blocks.extend(ledger.line(line.text, line.number)?);
        }
    }
    blocks.extend(grid.into_block());
    Ok(())
}

/// The pieces of a line between gaps. A gap is as wide as two ASCII spaces, or a full-width one;
/// indentation is none.
fn columns(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, behind) = rest.split_at(gap(rest));
        rest = behind.trim_start();
        Some(piece.trim_end())
    })
}

/// Where the first gap begins; the length of the text when there is none.
fn gap(text: &str) -> usize {
    let mut before = None;
    for (at, c) in text.char_indices() {
        match (c, before) {
            (' ', Some(' ')) => return at - 1,
            ('\u{3000}', _) => return at,
            _ => before = Some(c),
        }
    }
    text.len()
}
