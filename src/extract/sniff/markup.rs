//! HTML, XML and mail: text by its bytes, but no sheet.

use super::{EXCEL, EXPORT};
use crate::error::FileError;
use crate::extract::unsupported;
use crate::model::Format;

/// How many bytes are looked at.
const HEAD: usize = 4096;

/// What a file of markup is; nothing if it is none.
pub(super) fn sniff(bytes: &[u8]) -> Option<Result<Format, FileError>> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if head.starts_with(b"MIME-Version:") {
        return Some(Err(unsupported("a web archive or mail (MIME)", EXCEL)));
    }
    let text = ascii_of(head);
    let mut rest = text.trim_start();
    if !rest.starts_with('<') {
        return None;
    }
    let is_xml = rest.starts_with("<?xml");
    // Declarations and comments may stand before the first element.
    while let Some(end) = match () {
        () if rest.starts_with("<?") => rest.find("?>").map(|n| n + 2),
        () if rest.starts_with("<!--") => rest.find("-->").map(|n| n + 3),
        () => None,
    } {
        rest = rest[end..].trim_start();
    }
    let is_html = [
        "<!doctype html",
        "<html",
        "<table",
        "<head",
        "<body",
        "<meta",
        "<style",
        "<title",
        "<div",
    ]
    .iter()
    .any(|tag| starts_with_tag(rest, tag));
    if text.contains("urn:schemas-microsoft-com:office:spreadsheet")
        && !is_html
        && (is_xml || rest.starts_with("<workbook"))
        || text.contains("progid=\"excel.sheet\"")
    {
        return Some(Err(unsupported("an XML spreadsheet 2003", EXCEL)));
    }
    if is_html {
        return Some(Ok(Format::Html));
    }
    if is_xml && text.contains("urn:oasis:names:tc:opendocument") {
        return Some(Err(unsupported(
            "a flat OpenDocument file (XML)",
            "save it as .ods or .xlsx and import that",
        )));
    }
    is_xml.then(|| Err(unsupported("an XML file", EXPORT)))
}

fn starts_with_tag(text: &str, tag: &str) -> bool {
    text.strip_prefix(tag)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-'))
}

/// The ASCII characters of a text in lower case, whatever its encoding: markup is ASCII, and so
/// it is found in UTF-16 as well.
fn ascii_of(bytes: &[u8]) -> String {
    bytes
        .iter()
        .filter(|b| b.is_ascii() && **b != 0)
        .map(|b| char::from(b.to_ascii_lowercase()))
        .collect()
}
