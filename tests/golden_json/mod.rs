//! The form of `expected.json`: one line for each row, table, warning and line outside; numbers
//! with three digits; nothing that changes with the file's bytes alone.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use torikomi::error::FileError;
use torikomi::model::{Document, Encoding, Format, Outside, Row, SourceInfo, TableInfo, Warning};

#[derive(Serialize)]
struct Golden<'a> {
    source: GoldenSource<'a>,
    title: &'a Option<String>,
    vendor: &'a Option<String>,
    date: &'a Option<String>,
    tables: &'a [TableInfo],
    rows: &'a [Row],
    outside: &'a [Outside],
    warnings: &'a [Warning],
}

#[derive(Serialize)]
struct GoldenSource<'a> {
    format: Format,
    encoding: &'a Option<String>,
    decoding: &'a Option<Encoding>,
}

#[derive(Serialize)]
struct GoldenError {
    error: FileError,
}

/// An outcome as it stands in `expected.json`.
pub fn golden(outcome: Result<Document, FileError>) -> String {
    match outcome {
        Ok(document) => write(&of(&document)),
        Err(error) => write(&GoldenError { error }),
    }
}

/// Names every field, so that a new one is not forgotten here.
fn of(document: &Document) -> Golden<'_> {
    let Document {
        schema: _,
        source,
        title,
        vendor,
        date,
        tables,
        rows,
        outside,
        warnings,
    } = document;
    let SourceInfo {
        path: _,
        sha256: _,
        bytes: _,
        format,
        encoding,
        decoding,
    } = source;
    Golden {
        source: GoldenSource {
            format: *format,
            encoding,
            decoding,
        },
        title,
        vendor,
        date,
        tables,
        rows,
        outside,
        warnings,
    }
}

fn write(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let lines = Lines::default();
    value
        .serialize(&mut Serializer::with_formatter(&mut bytes, lines))
        .unwrap();
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap()
}

/// The first two levels have lines of their own; what is deeper stays on one line.
#[derive(Default)]
struct Lines {
    depth: usize,
    /// Something stands in the innermost brackets.
    filled: bool,
}

const LEVELS: usize = 2;

impl Lines {
    fn open<W: ?Sized + Write>(&mut self, to: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        to.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, to: &mut W, bracket: &[u8]) -> io::Result<()> {
        if self.filled && self.depth <= LEVELS {
            write!(to, "\n{}", "  ".repeat(self.depth - 1))?;
        }
        self.depth -= 1;
        self.filled = true;
        to.write_all(bracket)
    }

    fn next<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.filled = true;
        let deep = self.depth > LEVELS;
        match (first, deep) {
            (true, true) => Ok(()),
            (false, true) => to.write_all(b", "),
            (true, false) => write!(to, "\n{}", "  ".repeat(self.depth)),
            (false, false) => write!(to, ",\n{}", "  ".repeat(self.depth)),
        }
    }
}

impl Formatter for Lines {
    fn write_f64<W: ?Sized + Write>(&mut self, to: &mut W, value: f64) -> io::Result<()> {
        write!(to, "{}", (value * 1000.0).round() / 1000.0)
    }

    fn write_f32<W: ?Sized + Write>(&mut self, to: &mut W, value: f32) -> io::Result<()> {
        self.write_f64(to, f64::from(value))
    }

    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(b": ")
    }
}

/// How many differing lines are shown of a case.
const SHOWN: usize = 4;
/// How many characters of a line are shown from a little before the first that differs.
const WINDOW: usize = 110;

/// The first lines that differ, from where they differ.
pub fn difference(expected: &str, found: &str) -> String {
    let only = |a: &str, b: &str| -> Vec<String> {
        let other: Vec<&str> = b.lines().collect();
        let missing = a.lines().filter(|l| !other.contains(l));
        missing.map(str::to_owned).collect()
    };
    let (gone, new) = (only(expected, found), only(found, expected));
    let mut shown = String::new();
    for i in 0..gone.len().max(new.len()).min(SHOWN) {
        let line = |lines: &[String]| lines.get(i).cloned().unwrap_or_default();
        let (old, new) = (line(&gone), line(&new));
        let same = old
            .chars()
            .zip(new.chars())
            .take_while(|(a, b)| a == b)
            .count();
        let window = |s: &str| -> String {
            s.chars()
                .skip(same.saturating_sub(30))
                .take(WINDOW)
                .collect()
        };
        shown += &format!("  - {}\n  + {}\n", window(&old), window(&new));
    }
    let more = gone.len().max(new.len()).saturating_sub(SHOWN);
    if more > 0 {
        shown += &format!("  … and {more} more lines\n");
    }
    shown
}
