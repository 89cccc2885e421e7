//! Workbooks: XLSX, XLSM, XLSB, XLS, ODS.
//!
//! A reader for each format delivers [`draft::Draft`]s: cells as the file has them, and the marks
//! that decide what its reader would see. [`assemble`](assemble::assemble) makes tables of them.

mod assemble;
mod attached;
mod bytes;
mod date;
mod decimal;
pub(super) mod draft;
mod format_code;
pub mod guard;
mod merges;
mod number_format;
mod ods;
pub(super) mod ooxml;
pub(super) mod package;
mod rich;
mod styles;
mod tally;
#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;
mod xls;
mod xlsb;
pub(super) mod xml;

use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::{Extraction, Format, Source, Warning, WarningCode};

/// Reads a workbook of a known format: one table a worksheet, in sheet order.
///
/// Formulas are not computed and macros not run: a formula's stored result counts.
///
/// # Errors
/// The workbook is encrypted, damaged or too large.
pub fn extract(
    source: &Source,
    format: Format,
    config: &ExtractConfig,
) -> Result<Extraction, FileError> {
    let mut warnings = Vec::new();
    let bytes = &source.bytes;
    let drafts = match format {
        Format::Xlsx | Format::Xlsm => ooxml::read(bytes, config, &mut warnings)?,
        Format::Ods => ods::read(bytes, config, &mut warnings)?,
        Format::Xls => xls::read(bytes, config, &mut warnings)?,
        Format::Xlsb => xlsb::read(bytes, config, &mut warnings)?,
        _ => {
            return Err(FileError::new(
                Failure::Unsupported,
                format!("{} is no workbook", format.name()),
                "save it as .xlsx and import that",
            ));
        }
    };
    let merges: usize = drafts.iter().map(|d| d.merges.len()).sum();
    if merges as u64 > config.max_cells {
        return Err(too_many("merged regions", config.max_cells));
    }
    let blocks = drafts
        .into_iter()
        .filter_map(|draft| assemble::assemble(draft, config, &mut warnings))
        .collect();
    Ok(Extraction {
        format,
        encoding: None,
        blocks,
        warnings,
    })
}

/// One warning about the hidden sheets that were not read.
fn left_out_sheets<'s>(names: impl Iterator<Item = &'s str>, warnings: &mut Vec<Warning>) {
    let names: Vec<String> = names.map(str::to_owned).collect();
    if !names.is_empty() {
        warnings.push(Warning {
            code: WarningCode::HiddenLeftOut,
            message: format!(
                "hidden sheets ({}) left out: {}; --include-hidden keeps them",
                names.len(),
                tally::named(&names)
            ),
            rows: None,
            place: None,
        });
    }
}

/// The error for a file that has too many of something.
fn too_many(what: &str, limit: u64) -> FileError {
    FileError::new(
        Failure::TooLarge,
        format!("the workbook holds more than {limit} {what}"),
        "copy the checklist's sheets into a new workbook and import that",
    )
}

/// The error for a file that needs a password.
fn encrypted(what: &str) -> FileError {
    FileError::new(
        Failure::Encrypted,
        format!("the workbook needs a password: {what}"),
        "open it with the password, save it without one and import that",
    )
}
