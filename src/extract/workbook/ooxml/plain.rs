//! The package that calamine is given: only the parts it is to read, already inflated under
//! limits, under plain names, with what it would stumble over made harmless.
//!
//! Worksheets alone are listed, each under its number, so that sheets of other kinds, odd paths
//! and equal names cannot make it refuse the workbook. Styles are not among them: without styles
//! calamine hands over plain numbers with their style's index, which is what [`super::styles`] needs.

use std::io::{Cursor, Write};

use memchr::memmem;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::error::{Failure, FileError};

/// More than a zip entry takes besides its name, twice, and its content.
const ENTRY_BYTES: usize = 200;

/// A package in the making.
pub struct Plain {
    parts: Vec<(String, Vec<u8>)>,
    sheets: usize,
    is_1904: bool,
}

impl Plain {
    /// An empty one.
    pub fn new(is_1904: bool) -> Self {
        Plain {
            parts: Vec::new(),
            sheets: 0,
            is_1904,
        }
    }

    /// Adds the shared strings.
    pub fn strings(&mut self, mut part: Vec<u8>) {
        forget_count(&mut part);
        self.add("xl/sharedStrings.xml", part);
    }

    /// Adds a worksheet and returns the name it is known by.
    pub fn sheet(&mut self, mut part: Vec<u8>) -> String {
        mask_unknown_errors(&mut part);
        self.sheets += 1;
        let name = self.sheets.to_string();
        self.add(&format!("xl/worksheets/{name}.xml"), part);
        name
    }

    /// Ends the package.
    ///
    /// # Errors
    /// The parts cannot be laid out, which would be a defect.
    pub fn finish(mut self) -> Result<Vec<u8>, FileError> {
        let ns = "http://schemas.openxmlformats.org";
        let rel = format!("{ns}/officeDocument/2006/relationships");
        let head = format!("<Relationships xmlns=\"{ns}/package/2006/relationships\">");
        let mut sheets = String::new();
        let mut targets = head.clone();
        for n in 1..=self.sheets {
            sheets.push_str(&format!(
                "<sheet name=\"{n}\" sheetId=\"{n}\" r:id=\"r{n}\"/>"
            ));
            targets.push_str(&format!(
                "<Relationship Id=\"r{n}\" Type=\"{rel}/worksheet\" Target=\"worksheets/{n}.xml\"/>"
            ));
        }
        targets.push_str("</Relationships>");
        let book = format!(
            "<workbook xmlns=\"{ns}/spreadsheetml/2006/main\" xmlns:r=\"{rel}\">\
             <workbookPr date1904=\"{}\"/><sheets>{sheets}</sheets></workbook>",
            u8::from(self.is_1904)
        );
        let root = format!(
            "{head}<Relationship Id=\"r1\" Type=\"{rel}/officeDocument\" \
             Target=\"xl/workbook.xml\"/></Relationships>"
        );
        self.add("_rels/.rels", root.into_bytes());
        self.add("xl/workbook.xml", book.into_bytes());
        self.add("xl/_rels/workbook.xml.rels", targets.into_bytes());
        let size = |(name, part): &(String, Vec<u8>)| ENTRY_BYTES + 2 * name.len() + part.len();
        let room = self.parts.iter().map(size).sum();
        let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(room)));
        for (name, part) in self.parts {
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Stored)
                .large_file(part.len() > u32::MAX as usize);
            zip.start_file(name, options).map_err(failed)?;
            zip.write_all(&part).map_err(|e| failed(e.into()))?;
        }
        Ok(zip.finish().map_err(failed)?.into_inner())
    }

    fn add(&mut self, name: &str, part: Vec<u8>) {
        self.parts.push((name.to_owned(), part));
    }
}

fn failed(error: zip::result::ZipError) -> FileError {
    FileError::new(
        Failure::Internal,
        format!("the parts could not be laid out for reading: {error}"),
        "please report this with the file",
    )
}

/// calamine reserves memory for as many strings as the part claims; blanks make it claim none.
fn forget_count(strings: &mut [u8]) {
    const HEAD: usize = 4096;
    let attribute = b"uniqueCount=";
    let head = strings.len().min(HEAD);
    let Some(at) = strings.get(..head).and_then(|h| memmem::find(h, attribute)) else {
        return;
    };
    let value = strings.iter_mut().skip(at + attribute.len() + 1);
    for byte in value.take_while(|b| b.is_ascii_digit()) {
        *byte = b' ';
    }
}

/// calamine refuses a sheet with an error value it does not know (`#SPILL!`, `#CALC!` …). Such a
/// cell becomes one of type `d`, whose value it hands over as it is.
fn mask_unknown_errors(sheet: &mut [u8]) {
    const KNOWN: [&[u8]; 7] = [
        b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!",
    ];
    let pattern = b" t=\"e\"";
    let mut unknown = Vec::new();
    let mut found = memmem::find_iter(sheet, pattern).peekable();
    while let Some(at) = found.next() {
        // Up to the next one at most, so that no byte is looked at twice.
        let end = found.peek().copied().unwrap_or(sheet.len());
        let cell = sheet.get(at..end).unwrap_or(&[]);
        let value = memmem::find(cell, b"<v>").and_then(|v| cell.get(v + 3..));
        let known = value.is_some_and(|v| KNOWN.iter().any(|k| v.starts_with(k)));
        if !known {
            unknown.push(at + pattern.len() - 2);
        }
    }
    for at in unknown {
        if let Some(letter) = sheet.get_mut(at) {
            *letter = b'd';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claimed_count_is_forgotten() {
        let mut part = b"<sst count=\"9\" uniqueCount=\"4000000000\"><si/></sst>".to_vec();
        forget_count(&mut part);
        let part = String::from_utf8(part).expect("text");
        assert!(part.contains("uniqueCount=\"          \""), "{part}");
        let mut bare = b"<sst>".to_vec();
        forget_count(&mut bare);
        assert_eq!(bare, b"<sst>");
    }

    #[test]
    fn only_unknown_errors_are_masked() {
        let mut part =
            b"<c t=\"e\"><v>#REF!</v></c><c t=\"e\"><v>#SPILL!</v></c><c t=\"e\"/>".to_vec();
        mask_unknown_errors(&mut part);
        assert_eq!(
            part,
            b"<c t=\"e\"><v>#REF!</v></c><c t=\"d\"><v>#SPILL!</v></c><c t=\"d\"/>"
        );
    }
}
