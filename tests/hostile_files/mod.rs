//! Makes hostile files, and sees to it that an import of one ends.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use torikomi::error::FileError;
use torikomi::model::{Document, Source};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::sheets::ENGINE;

/// An import that takes longer is stuck, or as good as.
const LIMIT: Duration = Duration::from_secs(120);

/// Imports a file in a thread of its own. It must end in time, without a panic; an error must
/// say something.
pub fn import(name: &str, bytes: Vec<u8>) -> Result<Document, FileError> {
    let source = Source {
        path: name.to_owned(),
        bytes,
    };
    let (done, outcome) = channel();
    thread::spawn(move || {
        let _ = done.send(ENGINE.import(&source));
    });
    let outcome = match outcome.recv_timeout(LIMIT) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Timeout) => panic!("{name}: takes longer than {LIMIT:?}"),
        Err(RecvTimeoutError::Disconnected) => panic!("{name}: the import panicked"),
    };
    match &outcome {
        Ok(document) => assert!(!document.rows.is_empty(), "{name}: a document without rows"),
        Err(error) => assert!(
            !error.message.is_empty() && !error.hint.is_empty(),
            "{name}: an error that says nothing: {error}"
        ),
    }
    outcome
}

/// How long this thread has been at work, in seconds: the processor's time where the system tells
/// it, so that other work on the machine does not count.
fn worked(start: Instant) -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = stat.and_then(|s| s.split(' ').next()?.parse::<f64>().ok());
    nanos.map_or_else(|| start.elapsed().as_secs_f64(), |n| n / 1e9)
}

/// The seconds an import takes, whatever comes of it.
pub fn time_of_import(name: &str, bytes: Vec<u8>) -> f64 {
    let source = Source {
        path: name.to_owned(),
        bytes,
    };
    let _ = &*ENGINE;
    let start = Instant::now();
    let before = worked(start);
    let outcome = ENGINE.import(&source);
    let took = worked(start) - before;
    drop(outcome);
    took
}

/// A small seeded generator (xorshift64*), so that a failure can be had again.
pub struct Random(u64);

impl Random {
    /// Starts from a seed that is not zero.
    pub fn new(seed: u64) -> Self {
        Random(seed.max(1))
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end.max(1)
    }
}

/// The parts of a zip package; none when it is not one.
pub fn unpack(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).ok()?;
        let name = file.name().ok()?.into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).ok()?;
        parts.push((name, content));
    }
    Some(parts)
}

/// A zip package of these parts.
pub fn pack<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = options();
    for (name, content) in parts {
        package.start_file(name, options).unwrap();
        package.write_all(content).unwrap();
    }
    package.finish().unwrap().into_inner()
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
}

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

/// A workbook whose only worksheet holds `repeated`, `times` over, between `before` and `after`.
pub fn workbook(before: &str, repeated: &[u8], times: usize, after: &str) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/workbook.xml", BOOK),
    ] {
        package.start_file(name, options()).unwrap();
        package.write_all(content.as_bytes()).unwrap();
    }
    package
        .start_file("xl/worksheets/sheet1.xml", options())
        .unwrap();
    let open = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
    package.write_all(open.as_bytes()).unwrap();
    package.write_all(before.as_bytes()).unwrap();
    for _ in 0..times {
        package.write_all(repeated).unwrap();
    }
    package.write_all(after.as_bytes()).unwrap();
    package.write_all(b"</worksheet>").unwrap();
    package.finish().unwrap().into_inner()
}

/// An OpenDocument spreadsheet whose only table holds `before`, then `repeated`, `times` over.
pub fn spreadsheet(head: &str, before: &str, repeated: &[u8], times: usize) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = options().compression_method(CompressionMethod::Stored);
    package
        .start_file("mimetype", stored.compression_level(None))
        .unwrap();
    package
        .write_all(b"application/vnd.oasis.opendocument.spreadsheet")
        .unwrap();
    package
        .start_file("META-INF/manifest.xml", options())
        .unwrap();
    package.write_all(br#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"#).unwrap();
    package.start_file("content.xml", options()).unwrap();
    let open = format!(
        r#"<?xml version="1.0"?>{head}<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="S">{before}"#
    );
    package.write_all(open.as_bytes()).unwrap();
    for _ in 0..times {
        package.write_all(repeated).unwrap();
    }
    package
        .write_all(b"</table:table></office:spreadsheet></office:body></office:document-content>")
        .unwrap();
    package.finish().unwrap().into_inner()
}
