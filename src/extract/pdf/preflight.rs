//! A look at the raw bytes before the library inflates anything.
//!
//! The library inflates object and cross-reference streams as it opens a document, with no limit.
//! Which streams those are is not known before; so none but images, which are never inflated, may
//! grow beyond what is held in memory at once. In encrypted files the streams are not readable from
//! outside: those, and whatever a lying dictionary hides, are left to the process's own limits.

use memchr::memmem;

use crate::error::{Failure, FileError};

use super::limits;

/// How far before its data a stream's dictionary is looked for, in bytes.
const DICTIONARY: usize = 2048;
/// Most bytes of object streams, which stay in memory as long as the document.
const MAX_OBJECT_BYTES: usize = 192 << 20;
/// Longest row of a predictor, in bytes.
const MAX_COLUMNS: u64 = 1 << 20;
/// Most dictionaries, in the file and in its object streams; a tagged document of 1,000 pages has
/// some 200,000. The library keeps a kilobyte for each that claims to be a page.
const MAX_DICTIONARIES: usize = 300_000;
/// Deepest nesting of dictionaries; real files stay under 20, and reading takes the square of it.
const MAX_DEPTH: usize = 300;

/// Refuses what would exhaust memory while a document is opened.
pub fn check(data: &[u8]) -> Result<(), FileError> {
    let mut held = 0usize;
    let mut objects = Objects::default();
    let find_end = memmem::Finder::new(b"endstream");
    let mut last_end = 0usize;
    for at in memmem::find_iter(data, b"stream") {
        if at < last_end || data.get(at.saturating_sub(3)..at) == Some(b"end") {
            continue;
        }
        let between = data.get(last_end..at).unwrap_or_default();
        objects.read(between)?;
        let before = between
            .get(between.len().saturating_sub(DICTIONARY)..)
            .unwrap_or_default();
        let start = memmem::rfind(before, b"obj").unwrap_or(0);
        let dictionary = before.get(start..).unwrap_or_default();
        let body = at + b"stream".len();
        let rest = data.get(body..).unwrap_or_default();
        let end = find_end.find(rest).map_or(data.len(), |n| body + n);
        let raw = data.get(body..end).unwrap_or_default();
        last_end = end;
        if is_image(dictionary) {
            continue;
        }
        if columns(dictionary) > MAX_COLUMNS {
            return Err(too_large("a predictor row of more than a million columns"));
        }
        let is_held = is_held(dictionary);
        let size = inflated(dictionary, raw, is_held.then_some(&mut objects))?;
        if is_held {
            held = held.saturating_add(size);
            if held > MAX_OBJECT_BYTES {
                return Err(too_large("object streams of such a size"));
            }
        }
    }
    objects.read(data.get(last_end..).unwrap_or_default())
}

/// What is seen of the objects while the bytes pass by.
#[derive(Default)]
struct Objects {
    dictionaries: usize,
    depth: usize,
    /// The last byte of the piece before.
    last: u8,
}

impl Objects {
    fn read(&mut self, piece: &[u8]) -> Result<(), FileError> {
        for at in memchr::memchr2_iter(b'<', b'>', piece) {
            let byte = piece.get(at).copied().unwrap_or(0);
            let before = match at.checked_sub(1) {
                Some(i) => piece.get(i).copied().unwrap_or(0),
                None => self.last,
            };
            if before != byte {
                continue;
            }
            if byte == b'<' {
                self.dictionaries += 1;
                self.depth += 1;
            } else {
                self.depth = self.depth.saturating_sub(1);
            }
            if self.dictionaries > MAX_DICTIONARIES {
                return Err(too_large("so many objects"));
            }
            if self.depth > MAX_DEPTH {
                return Err(too_large("objects nested so deep"));
            }
        }
        self.last = piece.last().copied().unwrap_or(self.last);
        // A stray mark in a string or a damaged stream does not add up.
        if memmem::find(piece, b"endobj").is_some() {
            self.depth = 0;
        }
        Ok(())
    }
}

fn too_large(what: &str) -> FileError {
    FileError::new(
        Failure::TooLarge,
        format!("it holds {what} that no real sheet needs"),
        "print it to PDF again, or ask the sender for another format",
    )
}

/// How large a stream becomes, counted only when its length allows much; what passes by is shown
/// to `objects`.
fn inflated(
    dictionary: &[u8],
    raw: &[u8],
    objects: Option<&mut Objects>,
) -> Result<usize, FileError> {
    let times = |name: &[u8]| memmem::find_iter(dictionary, name).count();
    let flate = times(b"FlateDecode").max(times(b"/Fl ") + times(b"/Fl]") + times(b"/Fl/"));
    let lzw = times(b"LZWDecode");
    let limit = limits::MAX_STREAM_BYTES;
    if flate + lzw > 1 && raw.len() > 256 {
        return Err(too_large("a stream that is packed twice"));
    }
    let raw = trim(raw);
    let size = if lzw > 0 {
        limits::lzw_len(raw, limit)
    } else if flate == 0 {
        if let Some(objects) = objects {
            objects.read(raw)?;
        }
        raw.len()
    } else if let Some(objects) = objects {
        let mut seen = Ok(());
        let size = limits::inflate_past(raw, limit, &mut |piece| {
            seen = objects.read(piece);
            seen.is_ok()
        });
        seen?;
        size
    } else if raw.len().saturating_mul(limits::DEFLATE_RATIO) > limit {
        limits::inflated_len(raw, limit)
    } else {
        raw.len()
    };
    if size > limit {
        return Err(too_large("a stream that inflates to a size"));
    }
    Ok(size)
}

/// Without the line break after `stream`.
fn trim(raw: &[u8]) -> &[u8] {
    match raw {
        [b'\r', b'\n', rest @ ..] | [b'\n', rest @ ..] | [b'\r', rest @ ..] => rest,
        rest => rest,
    }
}

fn is_image(dictionary: &[u8]) -> bool {
    let subtype = memmem::find_iter(dictionary, b"/Subtype").any(|at| {
        let rest = dictionary.get(at + b"/Subtype".len()..).unwrap_or_default();
        rest.trim_ascii_start().starts_with(b"/Image")
    });
    // A name written with `#` can hide what else the dictionary says; object streams have `First`.
    let hides = memchr::memchr(b'#', dictionary).is_some();
    subtype && !hides && memmem::find(dictionary, b"/First").is_none() && !is_held(dictionary)
}

/// An object stream or a cross-reference stream.
fn is_held(dictionary: &[u8]) -> bool {
    memmem::find(dictionary, b"/ObjStm").is_some() || memmem::find(dictionary, b"/XRef").is_some()
}

fn columns(dictionary: &[u8]) -> u64 {
    let Some(at) = memmem::find(dictionary, b"/Columns") else {
        return 0;
    };
    let rest = dictionary.get(at + b"/Columns".len()..).unwrap_or_default();
    let digits = rest
        .trim_ascii_start()
        .iter()
        .take_while(|b| b.is_ascii_digit());
    digits.fold(0u64, |n, b| {
        n.saturating_mul(10).saturating_add(u64::from(b - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::check;

    fn stream(dictionary: &str, bytes: usize) -> Vec<u8> {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![b' '; bytes]).unwrap();
        let mut out =
            format!("1 0 obj\n<<{dictionary}/Filter/FlateDecode>>\nstream\n").into_bytes();
        out.extend(packed.finish().unwrap());
        out.extend_from_slice(b"\nendstream\nendobj\n");
        out
    }

    #[test]
    fn what_would_fill_the_memory_is_refused() {
        assert!(check(b"%PDF-1.7\n").is_ok());
        assert!(check(&stream("/Type/ObjStm", 1 << 20)).is_ok());
        assert!(check(&stream("/Type/ObjStm", 100 << 20)).is_err());
        assert!(check(&stream("/Subtype /Image/Width 9", 100 << 20)).is_ok());
        assert!(check(&stream("/Type/XRef/DecodeParms<</Columns 2147483647>>", 10)).is_err());
        let many: Vec<u8> = (0..5)
            .flat_map(|_| stream("/Type/ObjStm", 60 << 20))
            .collect();
        assert!(check(&many).is_err());
        assert!(check(&stream("/Subtype/Image/N 1/First 4", 100 << 20)).is_err());
        let kids = [
            b"<</Kids[".to_vec(),
            b"<<>>".repeat(400_000),
            b"]>>".to_vec(),
        ]
        .concat();
        assert!(check(&kids).is_err());
        assert!(check(&b"<</A ".repeat(1000)).is_err());
        assert!(check(&b"1 0 obj <</A 1>> endobj ".repeat(1000)).is_ok());
    }
}
