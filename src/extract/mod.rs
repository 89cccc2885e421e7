//! Stage: bytes to tables of raw cells, each with its place.
//!
//! What a file is, `sniff` decides by its content. A new format is one file here and one line in
//! [`extract`].

pub mod pdf;
mod sniff;
mod text;
mod word;
mod workbook;

pub use text::is_known_encoding;

use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::{Extraction, Format, Source};

use workbook::guard::guarded_by;
pub use workbook::guard::is_guarded;

/// Reads a source with the extractor its content asks for.
///
/// # Errors
/// The file is unsupported, encrypted, corrupt, too large or empty.
pub fn extract(source: &Source, config: &ExtractConfig) -> Result<Extraction, FileError> {
    let size = source.bytes.len() as u64;
    if size > config.max_file_bytes {
        return Err(FileError::too_large(size, config.max_file_bytes));
    }
    let format = sniff::sniff(&source.bytes)?;
    match format {
        Format::Text | Format::Csv | Format::Tsv | Format::Markdown => {
            text::extract(source, config)
        }
        Format::Xlsx | Format::Xlsm | Format::Xlsb | Format::Xls | Format::Ods => {
            workbook::extract(source, format, config)
        }
        Format::Pdf => pdf::extract(source, config),
        Format::Docx => word::extract(source, config),
        Format::Html => Err(unsupported(
            "a web page (HTML), whatever its name says",
            "open it in Excel, save it as Excel workbook (.xlsx) and import that",
        )),
    }
}

/// Whether a source is a PDF, by its content.
pub fn is_pdf(source: &Source) -> bool {
    matches!(sniff::sniff(&source.bytes), Ok(Format::Pdf))
}

fn unsupported(what: &str, hint: &str) -> FileError {
    FileError::new(Failure::Unsupported, what, hint)
}
