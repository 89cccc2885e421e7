//! Text, TSV, CSV and Markdown.
//!
//! Bytes are decoded ([`encoding`]), the shape of the text is decided by its lines ([`shape`]),
//! and the reader of that shape makes tables and lines of it.

mod aligned;
mod delimited;
mod encoding;
mod gutters;
mod ledger;
mod lines;
mod markdown;
mod quoted;
mod record;
mod shape;
mod sheet;
#[cfg(test)]
mod tests;

pub use encoding::is_known_encoding;

use self::ledger::Ledger;
use self::shape::{Named, Shape};
use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::{Extraction, Format, Source};

/// Reads a text file of any encoding and shape.
///
/// # Errors
/// It is no text, holds nothing but white space, exceeds a limit, or the encoding asked for is
/// unknown.
pub fn extract(source: &Source, config: &ExtractConfig) -> Result<Extraction, FileError> {
    let mut ledger = Ledger::new(config);
    let decoded = encoding::decode(&source.bytes, config.encoding.as_deref(), &mut ledger)?;
    let text = decoded.text.as_ref();
    if text.trim().is_empty() {
        return Err(FileError::new(
            Failure::Empty,
            "the file holds nothing but white space",
            "ask for the file again",
        ));
    }
    let (format, blocks) = match shape::of(text, Named::of(&source.path)) {
        Shape::Markdown => (Format::Markdown, markdown::read(text, &mut ledger)?),
        Shape::Delimited(b'\t') => (Format::Tsv, delimited::read(text, b'\t', &mut ledger)?),
        Shape::Delimited(by) => (Format::Csv, delimited::read(text, by, &mut ledger)?),
        Shape::Tabbed => sheet::read(text, &mut ledger)?,
        Shape::Plain => (Format::Text, aligned::read(text, &mut ledger)?),
    };
    Ok(Extraction {
        format,
        encoding: Some(decoded.encoding),
        blocks,
        warnings: ledger.into_warnings(),
    })
}
