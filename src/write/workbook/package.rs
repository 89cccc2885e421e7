//! The package: what the library made of the workbook, with the rows.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read};

use rust_xlsxwriter::XlsxError;
use zip::{ZipArchive, ZipWriter};

use super::part::Part;

/// Writes a workbook that was saved to `saved` to `to`, with the rows of the worksheets from number
/// `first` on, counted from 0. What is compressed already is copied as it is.
pub(super) fn assemble(
    saved: File,
    first: usize,
    rows: Vec<Part>,
    to: File,
) -> Result<(), XlsxError> {
    let mut saved = ZipArchive::new(BufReader::new(saved))?;
    let mut package = ZipWriter::new(BufWriter::new(to));
    let name = |n| format!("xl/worksheets/sheet{}.xml", first + n + 1);
    let names: Vec<String> = (0..rows.len()).map(name).collect();
    let mut rows: Vec<Option<Part>> = rows.into_iter().map(Some).collect();
    for at in 0..saved.len() {
        let entry = saved.by_index_raw(at)?;
        let number = names.iter().position(|n| n.as_bytes() == entry.name_raw());
        let Some((number, part)) = number.and_then(|n| Some((n, rows[n].take()?))) else {
            package.raw_copy_file(entry)?;
            continue;
        };
        drop(entry);
        let mut xml = String::new();
        saved.by_index(at)?.read_to_string(&mut xml)?;
        let (head, tail) = around(&xml).ok_or_else(|| {
            io::Error::other("a worksheet does not have the rows that it was expected to have")
        })?;
        let part = part.finish(head.as_bytes(), tail.as_bytes())?;
        let mut part = ZipArchive::new(BufReader::new(part))?;
        package.raw_copy_file_rename(part.by_index_raw(0)?, &names[number])?;
    }
    let file = package.finish()?;
    file.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(())
}

/// What stands before the second row of a worksheet, and what after the last.
fn around(xml: &str) -> Option<(&str, &str)> {
    let head = xml.find("</row>")? + "</row>".len();
    let tail = xml.rfind("</sheetData>")?;
    Some((&xml[..head], &xml[tail..]))
}
