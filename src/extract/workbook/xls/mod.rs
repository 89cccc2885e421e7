//! XLS (BIFF8, and BIFF5 in an OLE2 file): read from its records. A cell's style, hidden rows and
//! columns and struck runs stand between the values, so that one pass over them gives both; and no
//! dense grid is ever laid out.

mod compound;
mod globals;
mod objects;
pub mod record;
mod sheet;
#[cfg(test)]
mod tests;

use super::draft::{Budget, Draft};
use super::{encrypted, left_out_sheets};
use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::Warning;
use compound::Compound;
use globals::Globals;

/// Reads a workbook.
///
/// # Errors
/// It is encrypted, damaged or too large.
pub fn read(
    bytes: &[u8],
    config: &ExtractConfig,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<Draft>, FileError> {
    let file = Compound::open(bytes).ok_or_else(|| damaged("its table of sectors is damaged"))?;
    if file.has("EncryptedPackage") {
        return Err(encrypted("its content is encrypted"));
    }
    let stream = file
        .stream("Workbook")
        .or_else(|| file.stream("Book"))
        .filter(|s| !s.is_empty())
        .ok_or_else(|| damaged("it holds no workbook"))?;
    let globals = Globals::read(&stream, config.max_cells)?;
    if globals.sheets.is_empty() && globals.styles.cells.is_empty() {
        return Err(damaged("its workbook makes no sense"));
    }
    if globals.sheets.iter().any(|s| s.start >= stream.len()) {
        return Err(damaged("it is cut off"));
    }
    let mut budget = Budget::new(config);
    // Sheets that overlap would be read again and again.
    let mut unread = stream.len();
    let mut drafts = Vec::new();
    let mut left_out = Vec::new();
    for start in &globals.sheets {
        if start.hidden && !config.include_hidden {
            left_out.push(start.name.as_str());
            continue;
        }
        let (draft, length) = sheet::read(&stream, start, &globals, &mut budget)?;
        unread = unread
            .checked_sub(length)
            .ok_or_else(|| damaged("its sheets overlap"))?;
        drafts.extend(draft);
    }
    left_out_sheets(left_out.into_iter(), warnings);
    Ok(drafts)
}

fn damaged(what: &str) -> FileError {
    FileError::new(
        Failure::Corrupt,
        format!("the workbook is damaged: {what}"),
        "ask for the file again; if it opens in a spreadsheet program, save it there as .xlsx",
    )
}
