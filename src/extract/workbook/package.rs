//! The parts of a zipped workbook, inflated under limits.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{Failure, FileError};

/// Parts that a package may list. Workbooks have tens, those with many pictures thousands.
const MAX_PARTS: usize = 20_000;
/// Begins each entry of a zip's central directory (APPNOTE 4.3.12).
const ENTRY_SIGNATURE: &[u8] = b"PK\x01\x02";

/// A zip package.
pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Entry numbers by part name, as [`fold`] has it.
    parts: HashMap<String, usize>,
    left: u64,
    limit: u64,
}

impl<'a> Package<'a> {
    /// Reads the list of parts.
    ///
    /// # Errors
    /// The file is damaged or lists too many parts.
    pub fn open(bytes: &'a [u8], max_inflated: u64) -> Result<Self, FileError> {
        if memmem::find_iter(bytes, ENTRY_SIGNATURE)
            .nth(MAX_PARTS)
            .is_some()
        {
            return Err(FileError::new(
                Failure::TooLarge,
                format!("the package lists more than {MAX_PARTS} parts"),
                "ask for the file again, saved by a spreadsheet program",
            ));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(None, &e))?;
        let mut parts = HashMap::with_capacity(zip.len());
        for (i, name) in zip.file_names().enumerate() {
            if let Ok(name) = name {
                parts.entry(fold(&name)).or_insert(i);
            }
        }
        Ok(Package {
            zip,
            parts,
            left: max_inflated,
            limit: max_inflated,
        })
    }

    /// The bytes of a part; `None` when there is none of that name.
    ///
    /// # Errors
    /// The part is damaged, encrypted, or inflates past the limit.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, FileError> {
        let Some(&index) = self.parts.get(&fold(name)) else {
            return Ok(None);
        };
        let entry = self
            .zip
            .by_index(index)
            .map_err(|e| damaged(Some(name), &e))?;
        // The declared size only sizes the buffer: it may lie either way.
        let mut bytes = Vec::with_capacity(entry.size().min(self.left).min(16 << 20) as usize);
        entry
            .take(self.left.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|e| damaged(Some(name), &ZipError::Io(e)))?;
        match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => self.left = left,
            None => {
                return Err(FileError::new(
                    Failure::TooLarge,
                    format!("it inflates to more than {} bytes", self.limit),
                    "if the file is honest, raise extract.max-inflated-bytes",
                )
                .at(format!("part {name}")));
            }
        }
        Ok(Some(bytes))
    }

    /// A part as text: UTF-8, or UTF-16 with a byte order mark. Bytes that are neither become
    /// U+FFFD.
    ///
    /// # Errors
    /// As [`Package::part`].
    pub fn text(&mut self, name: &str) -> Result<Option<String>, FileError> {
        Ok(self.part(name)?.map(decode))
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&fold(name))
    }
}

/// Part names are compared without case (ECMA-376 part 2, 7.2.3); some writers use backslashes.
fn fold(name: &str) -> String {
    name.trim_start_matches('/')
        .replace('\\', "/")
        .to_ascii_lowercase()
}

fn decode(bytes: Vec<u8>) -> String {
    let utf_16 = match bytes.get(..2) {
        Some([0xFF, 0xFE]) => Some(encoding_rs::UTF_16LE),
        Some([0xFE, 0xFF]) => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = utf_16 {
        let text = encoding.decode_with_bom_removal(&bytes).0;
        // It is UTF-8 now, whatever its first line says.
        return text.replacen("UTF-16", "UTF-8", 1);
    }
    String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

fn damaged(part: Option<&str>, error: &ZipError) -> FileError {
    if let ZipError::UnsupportedArchive(message) = error
        && *message == ZipError::PASSWORD_REQUIRED
    {
        return super::encrypted("its parts are encrypted");
    }
    let error = FileError::new(
        Failure::Corrupt,
        format!("the package is damaged or cut off: {error}"),
        "ask for the file again; if it opens in a spreadsheet program, save it there first",
    );
    match part {
        Some(part) => error.at(format!("part {part}")),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::zip_of;
    use super::*;

    #[test]
    fn parts_are_found_whatever_their_case_and_slashes() {
        let bytes = zip_of(&[("XL\\Workbook.xml", b"a"), ("/b.xml", b"b")]);
        let mut package = Package::open(&bytes, 100).expect("a package");
        assert_eq!(package.part("xl/workbook.xml"), Ok(Some(b"a".to_vec())));
        assert_eq!(package.part("b.xml"), Ok(Some(b"b".to_vec())));
        assert_eq!(package.part("c.xml"), Ok(None));
        assert!(package.has("B.XML") && !package.has("c.xml"));
    }

    #[test]
    fn a_bomb_is_refused_while_it_inflates() {
        let bytes = zip_of(&[("a.xml", vec![b'1'; 10]), ("b.xml", vec![b' '; 100_000])]);
        let mut package = Package::open(&bytes, 1000).expect("a package");
        assert!(package.part("a.xml").is_ok());
        let error = package.part("b.xml").expect_err("too large");
        assert_eq!(error.reason, Failure::TooLarge);
        assert_eq!(error.place.as_deref(), Some("part b.xml"));
        let mut package = Package::open(&bytes, 100_010).expect("a package");
        assert!(package.part("a.xml").is_ok() && package.part("b.xml").is_ok());
    }

    #[test]
    fn too_many_parts_are_refused() {
        let bytes = ENTRY_SIGNATURE.repeat(MAX_PARTS + 1);
        let error = Package::open(&bytes, 1000).err().expect("refused");
        assert_eq!(error.reason, Failure::TooLarge);
    }

    #[test]
    fn utf_16_parts_are_read() {
        let utf_16: Vec<u8> = "\u{FEFF}<?xml encoding=\"UTF-16\"?><a>案</a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(utf_16), "<?xml encoding=\"UTF-8\"?><a>案</a>");
        assert_eq!(decode(b"a\xFFb".to_vec()), "a\u{FFFD}b");
    }
}
