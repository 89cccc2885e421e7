//! Rows as the XML of a worksheet (ECMA-376-1, 18.3.1.73).

use std::fmt::Display;
use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::XlsxError;

/// How rows look, in the library's words: attributes as it writes them.
#[derive(Debug)]
pub(super) struct Look {
    /// Of a row.
    row: String,
    /// Of a cell, and of one that is a link.
    cells: [String; 2],
}

/// A row under way.
pub(super) struct Cells<'a> {
    look: &'a Look,
    /// Its number, from 1 on.
    row: &'a str,
    xml: &'a mut Vec<u8>,
}

impl Look {
    /// That of the second row of a package's first worksheet, whose first cells are a text and a
    /// link. Formats are numbered as they come, so the rows that are to look like it have to be of
    /// a workbook that was begun in the same way.
    pub(super) fn of(package: &[u8]) -> Result<Self, XlsxError> {
        let xml = first_sheet(package)?;
        let attributes = |element: &str| {
            let (_, rest) = xml.split_once(element)?;
            let (attributes, _) = rest.split_once('>')?;
            let (attributes, _) = attributes.split_once(" t=").unwrap_or((attributes, ""));
            Some(attributes.to_owned())
        };
        let found = || {
            let cells = [attributes("<c r=\"A2\"")?, attributes("<c r=\"B2\"")?];
            let row = attributes("<row r=\"2\"")?;
            Some(Look { row, cells })
        };
        found().ok_or_else(|| {
            let message = "a worksheet is not as it was expected to be";
            XlsxError::ParameterError(message.to_owned())
        })
    }

    /// Begins a row: its number, from 1 on.
    pub(super) fn row<'a>(&'a self, row: &'a str, xml: &'a mut Vec<u8>) -> Cells<'a> {
        append(xml, &["<row r=\"", row, "\"", &self.row, ">"]);
        Cells {
            look: self,
            row,
            xml,
        }
    }
}

fn first_sheet(package: &[u8]) -> Result<String, XlsxError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package))?;
    let mut xml = String::new();
    archive
        .by_name("xl/worksheets/sheet1.xml")?
        .read_to_string(&mut xml)?;
    Ok(xml)
}

impl Cells<'_> {
    /// A text, which is never a formula, in one of the first 26 columns.
    pub(super) fn text(&mut self, col: u8, is_link: bool, text: &str) {
        self.begin(col, is_link);
        let blank = ['\t', '\n', ' '];
        let space = match text.starts_with(blank) || text.ends_with(blank) {
            true => " xml:space=\"preserve\"",
            false => "",
        };
        append(self.xml, &[" t=\"inlineStr\"><is><t", space, ">"]);
        push_text(text, self.xml);
        append(self.xml, &["</t></is></c>"]);
    }

    /// A number.
    pub(super) fn number(&mut self, col: u8, number: impl Display) {
        self.begin(col, false);
        // Writing to memory cannot fail.
        let _ = write!(self.xml, "><v>{number}</v></c>");
    }

    /// Ends the row.
    pub(super) fn end(self) {
        append(self.xml, &["</row>"]);
    }

    fn begin(&mut self, col: u8, is_link: bool) {
        self.xml.extend_from_slice(b"<c r=\"");
        self.xml.push(b'A' + col);
        let look = &self.look.cells[usize::from(is_link)];
        append(self.xml, &[self.row, "\"", look]);
    }
}

fn append(xml: &mut Vec<u8>, pieces: &[&str]) {
    pieces
        .iter()
        .for_each(|piece| xml.extend_from_slice(piece.as_bytes()));
}

/// Appends a text without the characters that are markup. What a program would read as a character
/// of its own, `_x000D_` and the like, gets its first `_` written in that way (ECMA-376-1, 22.9.2.19).
fn push_text(text: &str, xml: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    while let Some(at) = rest
        .iter()
        .position(|b| matches!(b, b'&' | b'<' | b'>' | b'_'))
    {
        xml.extend_from_slice(&rest[..at]);
        match rest[at] {
            b'&' => xml.extend_from_slice(b"&amp;"),
            b'<' => xml.extend_from_slice(b"&lt;"),
            b'>' => xml.extend_from_slice(b"&gt;"),
            _ if is_escape(&rest[at..]) => xml.extend_from_slice(b"_x005F_"),
            other => xml.push(other),
        }
        rest = &rest[at + 1..];
    }
    xml.extend_from_slice(rest);
}

/// Whether it begins with `_xHHHH_`.
fn is_escape(text: &[u8]) -> bool {
    matches!(text, [b'_', b'x', a, b, c, d, b'_', ..]
        if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_what_a_worksheet_has() {
        let look = Look {
            row: " ht=\"9\"".to_owned(),
            cells: [" s=\"2\"".to_owned(), " s=\"3\"".to_owned()],
        };
        for (text, expected) in [
            ("鍵", "<t>鍵"),
            ("=1+1", "<t>=1+1"),
            ("a<b>&amp;", "<t>a&lt;b&gt;&amp;amp;"),
            ("</t>", "<t>&lt;/t&gt;"),
            (" a", "<t xml:space=\"preserve\"> a"),
            ("a\n", "<t xml:space=\"preserve\">a\n"),
            ("_x000D_", "<t>_x005F_x000D_"),
            ("__x00e9_x000d_", "<t>__x005F_x00e9_x005F_x000d_"),
            ("_x00D_ _x", "<t>_x00D_ _x"),
        ] {
            let mut xml = Vec::new();
            let mut cells = look.row("7", &mut xml);
            cells.text(0, false, text);
            cells.number(2, 0.5);
            cells.text(25, true, "b");
            cells.end();
            let xml = String::from_utf8(xml).unwrap();
            let row = format!(
                "<row r=\"7\" ht=\"9\"><c r=\"A7\" s=\"2\" t=\"inlineStr\"><is>{expected}</t></is></c>\
                 <c r=\"C7\" s=\"2\"><v>0.5</v></c>\
                 <c r=\"Z7\" s=\"3\" t=\"inlineStr\"><is><t>b</t></is></c></row>"
            );
            assert_eq!(xml, row);
        }
    }
}
