//! Zip packages: what the names in their directory say. Only the directory is read, and of the
//! files only the content types, and those only where the names leave a doubt.

use std::io::{Cursor, Read};

use memchr::memmem;

use crate::error::{Failure, FileError};
use crate::extract::unsupported;
use crate::model::Format;

/// Most directory entries that are looked at.
const MAX_ENTRIES: usize = 65_536;

/// Most bytes of the content types that are inflated.
const MAX_CONTENT_TYPES: u64 = 256 << 10;

const OPEN_DOCUMENT: &str = "application/vnd.oasis.opendocument.";

pub(super) fn is_zip(bytes: &[u8]) -> bool {
    [&b"PK\x03\x04"[..], b"PK\x05\x06", b"PK\x07\x08"]
        .iter()
        .any(|magic| bytes.starts_with(magic))
}

/// What a zip package is.
///
/// # Errors
/// It is damaged, encrypted, or no workbook.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, FileError> {
    if let Some(mimetype) = mimetype(bytes) {
        return open_document(&mimetype);
    }
    let Some(entries) = directory(bytes) else {
        let what =
            if memmem::find(&bytes[..bytes.len().min(4096)], b"[Content_Types].xml").is_some() {
                "an Office file that is cut off: the directory at its end is missing"
            } else {
                "a zip file that is cut off: the directory at its end is missing"
            };
        return Err(FileError::new(
            Failure::Corrupt,
            what,
            "ask for the file again, or open and save it in the program it was made with",
        ));
    };
    if entries.is_empty() {
        return Err(FileError::new(
            Failure::Empty,
            "a zip file with nothing in it",
            "ask for the file again",
        ));
    }
    let has = |test: fn(&str) -> bool| entries.iter().any(|e| test(e.name));
    if has(is_workbook_part) {
        let binary = has(|n| is_workbook_part(n) && n.ends_with(".bin"));
        let macros = has(|n| n.eq_ignore_ascii_case("xl/vbaProject.bin"));
        return Ok(match (binary, macros) {
            (true, _) => Format::Xlsb,
            (false, true) => Format::Xlsm,
            (false, false) => Format::Xlsx,
        });
    }
    if has(|n| n == "word/document.xml") {
        return Ok(Format::Docx);
    }
    if has(|n| n == "ppt/presentation.xml") {
        return Err(presentation());
    }
    if has(|n| n == "[Content_Types].xml") {
        return by_content_types(bytes);
    }
    if entries.iter().any(|e| e.encrypted) {
        return Err(FileError::new(
            Failure::Encrypted,
            "a zip archive with a password",
            "unpack it with its password and import the files in it",
        ));
    }
    let files = entries.iter().filter(|e| !e.name.ends_with('/')).count();
    Err(unsupported(
        &format!("a zip archive of {files} files"),
        "unpack it and import the folder",
    ))
}

fn is_workbook_part(name: &str) -> bool {
    let name = name.trim_start_matches('/');
    name.get(..11)
        .is_some_and(|start| start.eq_ignore_ascii_case("xl/workbook"))
        && (name.ends_with(".xml") || name.ends_with(".bin"))
}

fn presentation() -> FileError {
    unsupported(
        "a PowerPoint presentation",
        "copy its tables to an Excel workbook and import that",
    )
}

/// The `mimetype` file that begins every OpenDocument package, stored as it is.
fn mimetype(bytes: &[u8]) -> Option<String> {
    let name_length = usize::from(u16_at(bytes, 26)?);
    let extra = usize::from(u16_at(bytes, 28)?);
    if u16_at(bytes, 8)? != 0 || bytes.get(30..30 + name_length)? != b"mimetype" {
        return None;
    }
    let from = 30 + name_length + extra;
    let rest = bytes.get(from..bytes.len().min(from + 128))?;
    let end = rest
        .iter()
        .position(|b| !matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'+' | b'/'));
    let text = std::str::from_utf8(&rest[..end.unwrap_or(rest.len())]).ok()?;
    text.starts_with(OPEN_DOCUMENT).then(|| text.to_owned())
}

fn open_document(mimetype: &str) -> Result<Format, FileError> {
    let kind = mimetype.trim_start_matches(OPEN_DOCUMENT);
    if kind.starts_with("spreadsheet") {
        return Ok(Format::Ods);
    }
    let what = if kind.starts_with("text") {
        "an OpenDocument text (.odt)"
    } else if kind.starts_with("presentation") {
        "an OpenDocument presentation (.odp)"
    } else {
        "an OpenDocument file that is no spreadsheet"
    };
    Err(unsupported(
        what,
        "copy its tables to a spreadsheet and import that",
    ))
}

/// What the content types of an Office package say its main part is.
fn by_content_types(bytes: &[u8]) -> Result<Format, FileError> {
    let corrupt = |e: &dyn std::fmt::Display| {
        FileError::new(
            Failure::Corrupt,
            format!("an Office file whose content types cannot be read: {e}"),
            "ask for the file again, or open and save it in the program it was made with",
        )
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| corrupt(&e))?;
    let part = archive
        .by_name("[Content_Types].xml")
        .map_err(|e| corrupt(&e))?;
    let mut raw = Vec::new();
    part.take(MAX_CONTENT_TYPES)
        .read_to_end(&mut raw)
        .map_err(|e| corrupt(&e))?;
    let text = String::from_utf8_lossy(&raw).to_ascii_lowercase();
    let says = |what: &str| text.contains(what);
    if says("spreadsheetml.sheet.main+xml") || says("spreadsheetml.template.main+xml") {
        Ok(Format::Xlsx)
    } else if says("ms-excel.sheet.binary.macroenabled.main") {
        Ok(Format::Xlsb)
    } else if says("ms-excel.sheet.macroenabled.main+xml")
        || says("ms-excel.template.macroenabled.main+xml")
    {
        Ok(Format::Xlsm)
    } else if says("wordprocessingml") {
        Ok(Format::Docx)
    } else if says("presentationml") {
        Err(presentation())
    } else {
        Err(unsupported(
            "an Office package that is no workbook",
            super::EXPORT,
        ))
    }
}

/// One entry of a zip directory.
struct Entry<'b> {
    name: &'b str,
    encrypted: bool,
}

/// The central directory (APPNOTE.TXT 4.3.12); nothing if there is no end record (4.3.16).
/// Entries whose names are no UTF-8 have an empty name.
fn directory(bytes: &[u8]) -> Option<Vec<Entry<'_>>> {
    // The end record is followed by a comment of at most 64 KiB.
    let tail = bytes.len().saturating_sub(22 + 65_535);
    let end = tail + memmem::rfind(&bytes[tail..], b"PK\x05\x06")?;
    let size = u32_at(bytes, end + 12)? as usize;
    // Where the directory really starts: bytes may have been put before the package.
    let mut at = match u32_at(bytes, end + 16)? {
        // ZIP64: the offset stands in another record, right behind the directory.
        u32::MAX => memmem::find(bytes, b"PK\x01\x02")?,
        offset if bytes.get(offset as usize..)?.starts_with(b"PK\x01\x02") => offset as usize,
        _ => end.checked_sub(size)?,
    };
    let mut entries = Vec::new();
    while entries.len() < MAX_ENTRIES && bytes.get(at..)?.starts_with(b"PK\x01\x02") {
        let length = |offset: usize| u16_at(bytes, at + offset).map(usize::from);
        let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
        let raw = bytes.get(at + 46..at + 46 + name)?;
        entries.push(Entry {
            name: std::str::from_utf8(raw).unwrap_or_default(),
            encrypted: u16_at(bytes, at + 8)? & 1 == 1,
        });
        at += 46 + name + extra + comment;
    }
    Some(entries)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let raw = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes(raw.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let raw = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(raw.try_into().ok()?))
}
