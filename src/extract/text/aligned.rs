//! Plain text whose columns are held apart by runs of spaces, as when a table is pasted from a
//! PDF or an e-mail.

use super::ledger::{Grid, Ledger, MAX_COLUMNS};
use super::lines::{Lines, PhysicalLine};
use crate::error::FileError;
use crate::model::Block;

/// Fewest lines with the same number of columns that are taken for a table.
const MIN_LINES: usize = 3;

/// Fewest columns: two are as likely a label with a gap behind it.
const MIN_COLUMNS: usize = 3;

/// Reads plain text: runs of lines with equally many gaps are tables, all else is lines.
///
/// # Errors
/// The file has too many cells.
pub(super) fn read(text: &str, ledger: &mut Ledger) -> Result<Vec<Block>, FileError> {
    let mut blocks = Vec::new();
    let mut run: Vec<PhysicalLine<'_>> = Vec::new();
    let mut width = 1;
    for line in Lines::new(text) {
        let columns = columns(line.text).count();
        if columns < MIN_COLUMNS || columns != width {
            end_run(&mut run, &mut blocks, ledger)?;
        }
        width = columns;
        if columns >= MIN_COLUMNS {
            run.push(line);
        } else {
            blocks.extend(ledger.line(line.text, line.number)?);
        }
    }
    end_run(&mut run, &mut blocks, ledger)?;
    Ok(blocks)
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
