//! CSV, and TSV that a program wrote: every record a row of one table.

use super::ledger::{Grid, Ledger};
use super::lines::terminator;
use super::quoted::Rule;
use super::record::Records;
use crate::error::FileError;
use crate::model::{Block, WarningCode};

/// Reads a whole text as one table. Blank records keep their row, so that gaps show.
///
/// # Errors
/// A row has too many columns, or the file too many cells.
pub(super) fn read(
    text: &str,
    delimiter: u8,
    ledger: &mut Ledger,
) -> Result<Vec<Block>, FileError> {
    let mut records = Records::new(text, delimiter, terminator(text), Rule::Exported);
    let mut grid = Grid::default();
    let (mut pos, mut line) = (0, 1_u32);
    while pos < text.len() {
        let record = records.read(pos, line)?;
        if record.stray {
            warn_of_stray_quote(line, ledger);
        }
        if record.malformed {
            ledger.warn(
                WarningCode::MalformedInput,
                Some(line),
                "quotes inside a quoted field are not doubled; the field is kept with all its \
                 quotes, check where it ends"
                    .to_owned(),
            );
        }
        if records.fields.iter().all(|f| f.trim().is_empty()) {
            grid.blank_row(line);
        } else {
            grid.row(records.fields.iter().map(|f| as_shown(f)), line, ledger)?;
        }
        pos = record.next;
        line = line.saturating_add(1).saturating_add(record.breaks);
    }
    Ok(grid.into_block().into_iter().collect())
}

/// What Excel shows for a field: `="01"` is how programs keep it from reading a number there.
fn as_shown(field: &str) -> &str {
    let inner = field
        .trim()
        .strip_prefix("=\"")
        .and_then(|f| f.strip_suffix('"'));
    inner.filter(|f| !f.contains('"')).unwrap_or(field)
}

/// Says that a quote does not open a quoted field, though it looks so.
pub(super) fn warn_of_stray_quote(line: u32, ledger: &mut Ledger) {
    ledger.warn(
        WarningCode::MalformedInput,
        Some(line),
        "a quote opens a cell and is never closed; it was read as a character of the cell, check \
         that the cell ends where it should"
            .to_owned(),
    );
}
