//! Files that people keep in a spreadsheet, and how they come out of it.

use std::borrow::Cow;

use csv::{Reader, ReaderBuilder};

use crate::model::DataError;

/// What spreadsheets take for the beginning of a formula, and the mark that keeps them from it
/// (OWASP, "CSV Injection"); as in `rows.csv`.
const STARTS_A_FORMULA: [char; 12] = [
    '=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\'',
];

/// The text of a file: UTF-8, UTF-16 with a byte order mark, or CP932 (what Excel saves in Japan).
///
/// # Errors
/// It is none of these.
pub(crate) fn text<'a>(file: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, DataError> {
    let (text, lost) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (text.into(), false),
            Err(_) => {
                let (text, _, lost) = encoding_rs::SHIFT_JIS.decode(bytes);
                (text, lost)
            }
        },
    };
    match lost {
        false => Ok(text),
        true => {
            let message = "is neither UTF-8 nor CP932 text; save it as CSV (UTF-8)";
            Err(DataError::new(file, message))
        }
    }
}

/// Reads records below a header, separated by what separates the header: comma, tab or semicolon.
pub(crate) fn records(text: &str) -> Reader<&[u8]> {
    let header = text.lines().next().unwrap_or_default();
    let count = |c: &char| header.matches(*c).count();
    let delimiter = [';', '\t', ','].into_iter().max_by_key(count);
    ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(',') as u8)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// A cell that no spreadsheet takes for a formula: one that begins like one gets a `'` before it.
pub(crate) fn safe(cell: &str) -> Cow<'_, str> {
    match cell.starts_with(STARTS_A_FORMULA) {
        true => format!("'{cell}").into(),
        false => cell.into(),
    }
}

/// The same cell without that mark.
pub(crate) fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}
