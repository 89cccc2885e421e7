//! ODS: read from `content.xml` itself. What calamine gives of this format, values in a dense grid,
//! lacks most of what is needed, and a cell's shown text stands in the file anyway.

mod content;
mod styles;
#[cfg(test)]
mod tests;
mod text;

use memchr::memmem;

use super::draft::Draft;
use super::package::Package;
use super::{encrypted, left_out_sheets};
use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::Warning;
use styles::Styles;

/// Reads a spreadsheet.
///
/// # Errors
/// It is encrypted, damaged or too large.
pub fn read(
    bytes: &[u8],
    config: &ExtractConfig,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<Draft>, FileError> {
    let mut package = Package::open(bytes, config.max_inflated_bytes)?;
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(encrypted("its parts are encrypted"));
    }
    let Some(content) = package.text("content.xml")? else {
        return Err(FileError::new(
            Failure::Corrupt,
            "the package holds no content.xml",
            "ask for the file again; if it opens in a spreadsheet program, save it there first",
        ));
    };
    let mut styles = Styles::default();
    if let Some(common) = package.text("styles.xml")? {
        styles.read(&common);
    }
    styles.read(&content);
    styles.inherit();
    let read = content::read(&content, &styles, config)?;
    left_out_sheets(read.left_out.iter().map(String::as_str), warnings);
    Ok(read.drafts)
}
