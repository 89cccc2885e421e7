//! What a file is, decided by its content. Names lie: an `.xls` may be a web page, an `.xlsx` an
//! encrypted OLE2 package, a `.csv` a zip archive.

mod compound;
mod markup;
mod package;
#[cfg(test)]
mod tests;

use memchr::memmem;

use super::unsupported;
use crate::error::{Failure, FileError};
use crate::model::Format;

/// How far into a file a PDF header may stand (ISO 32000-1, implementation note 13 of Annex H).
const PDF_HEADER_WITHIN: usize = 1024;

/// The kinds of files that are told by their first bytes and not read, with what to do instead.
const NOT_READ: [(&[u8], &str, &str); 17] = [
    (b"\x89PNG\r\n\x1A\n", "an image (PNG)", IMAGE),
    (b"\xFF\xD8\xFF", "an image (JPEG)", IMAGE),
    (b"GIF87a", "an image (GIF)", IMAGE),
    (b"GIF89a", "an image (GIF)", IMAGE),
    (b"II*\0", "an image (TIFF)", IMAGE),
    (b"MM\0*", "an image (TIFF)", IMAGE),
    (b"8BPS", "an image (Photoshop)", IMAGE),
    (b"\x1F\x8B\x08", "an archive (gzip)", ARCHIVE),
    (b"7z\xBC\xAF\x27\x1C", "an archive (7-Zip)", ARCHIVE),
    (b"Rar!\x1A\x07", "an archive (RAR)", ARCHIVE),
    (b"\xFD7zXZ\0", "an archive (xz)", ARCHIVE),
    (b"\x28\xB5\x2F\xFD", "an archive (Zstandard)", ARCHIVE),
    (b"MSCF\0\0\0\0", "an archive (Cabinet)", ARCHIVE),
    (b"{\\rtf", "a rich text document (RTF)", WORD),
    (b"%!PS", "a PostScript program", EXPORT),
    (b"SQLite format 3\0", "a database (SQLite)", EXPORT),
    (b"\x7FELF", "a program", EXPORT),
];

const IMAGE: &str = "ask for the sheet itself, or run text recognition on it and import the text";
const ARCHIVE: &str = "unpack it and import the files in it";
const WORD: &str = "copy its tables to an Excel workbook and import that";
const EXCEL: &str = "open it in Excel, save it as Excel workbook (.xlsx) and import that";
const EXPORT: &str = "export the sheet as Excel workbook or CSV and import that";

/// The format of a file. All kinds of text are [`Format::Text`] here; their lines tell them apart.
///
/// # Errors
/// The file is empty, damaged beyond recognition, encrypted, or of a kind that is not read.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, FileError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(FileError::new(
            Failure::Empty,
            if bytes.is_empty() {
                "the file has no content (0 bytes)"
            } else {
                "the file holds nothing but white space"
            },
            "ask for the file again",
        ));
    }
    if package::is_zip(bytes) {
        return package::sniff(bytes);
    }
    if compound::is_ole2(bytes) {
        return compound::sniff(bytes);
    }
    if let Some((_, what, hint)) = NOT_READ.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(unsupported(what, hint));
    }
    if let Some((what, hint)) = by_later_bytes(bytes) {
        return Err(unsupported(what, hint));
    }
    if is_pdf(bytes) {
        return Ok(Format::Pdf);
    }
    markup::sniff(bytes).unwrap_or(Ok(Format::Text))
}

/// Kinds whose mark does not stand at the very beginning.
fn by_later_bytes(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let at = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
    if at(4, 8) == b"ftyp" {
        return Some(match at(8, 12) {
            b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" | b"avif" => {
                ("an image (HEIC or AVIF)", IMAGE)
            }
            _ => ("a video or audio file", EXPORT),
        });
    }
    if at(0, 4) == b"RIFF" && at(8, 12) == b"WEBP" {
        return Some(("an image (WebP)", IMAGE));
    }
    // A bitmap names its own size and has two reserved zero words.
    if at(0, 2) == b"BM" && at(6, 10) == [0; 4] && bytes.len() > 26 {
        return Some(("an image (BMP)", IMAGE));
    }
    // LHA: `-lh5-` and relatives behind two bytes.
    if at(2, 5) == b"-lh" && at(6, 7) == b"-" {
        return Some(("an archive (LHA)", ARCHIVE));
    }
    if at(0, 3) == b"BZh" && at(4, 10) == b"1AY&SY" {
        return Some(("an archive (bzip2)", ARCHIVE));
    }
    // A CSV may begin with a column `ID` as well; SYLK goes on with records of one letter.
    if at(0, 4) == b"ID;P" {
        let second = bytes.split(|&b| b == b'\n').nth(1).unwrap_or_default();
        if second.first().is_some_and(u8::is_ascii_uppercase) && second.get(1) == Some(&b';') {
            return Some(("a symbolic link file (SYLK)", EXCEL));
        }
    }
    if at(257, 262) == b"ustar" {
        return Some(("an archive (tar)", ARCHIVE));
    }
    None
}

/// `%PDF-` and a version, not necessarily at the very beginning.
fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(PDF_HEADER_WITHIN + 8)];
    memmem::find(head, b"%PDF-").is_some_and(|at| {
        matches!(head.get(at + 5..at + 8), Some([major, b'.', minor])
            if major.is_ascii_digit() && minor.is_ascii_digit())
    })
}
