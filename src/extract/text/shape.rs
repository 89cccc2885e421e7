//! Which of the text shapes a text has, decided by its lines. The name only tips the balance.

use memchr::memchr;

use super::lines::{Lines, head, terminator};
use super::markdown::{is_boxed, is_delimiter_row};
use super::quoted::Rule;
use super::record::Records;

/// How much of a text is looked at.
const SAMPLE: usize = 256 << 10;

/// Delimiters of delimited files, in the order in which a tie is decided. A tab only counts among
/// them where the name says that the file is one table; otherwise tabs make a text sheet.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// Least share of records that hold a delimiter at all, for a text to be delimited by it. Prose
/// with commas in it has lines without.
const COVERAGE: f64 = 0.8;

/// Least share of records that have the most common width.
const CONSISTENCY: f64 = 0.6;

/// The same where the name says that the file holds delimited values.
const COVERAGE_IF_NAMED: f64 = 0.3;
const CONSISTENCY_IF_NAMED: f64 = 0.2;

/// The shape of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Pipe tables and headings.
    Markdown,
    /// Every record a row; the delimiter.
    Delimited(u8),
    /// Tab-separated lines, and others.
    Tabbed,
    /// No delimiter at all.
    Plain,
}

/// What the file's name says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// `.csv`, `.tsv`, `.tab`
    Delimited,
    /// `.md`, `.markdown`
    Markdown,
    /// Anything else.
    Otherwise,
}

impl Named {
    pub(super) fn of(path: &str) -> Self {
        let extension = path.rsplit_once('.').map_or("", |(_, e)| e);
        match extension.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "tab" => Named::Delimited,
            "md" | "markdown" => Named::Markdown,
            _ => Named::Otherwise,
        }
    }
}

/// Decides the shape of a text.
pub(super) fn of(text: &str, named: Named) -> Shape {
    let sample = sample(text);
    let lines = Census::take(sample);
    if lines.is_markdown(named) {
        return Shape::Markdown;
    }
    if named == Named::Delimited {
        if let Some(delimiter) = delimiter(sample, named) {
            return Shape::Delimited(delimiter);
        }
    } else if lines.with_tab * 2 < lines.filled
        && let Some(delimiter) = delimiter(sample, named)
    {
        return Shape::Delimited(delimiter);
    }
    if memchr(b'\t', text.as_bytes()).is_some() {
        return Shape::Tabbed;
    }
    Shape::Plain
}

/// The beginning of a text, up to a line end if there is one.
fn sample(text: &str) -> &str {
    if text.len() <= SAMPLE {
        return text;
    }
    let head = head(text, SAMPLE);
    match memchr::memrchr(terminator(text), head.as_bytes()) {
        Some(end) => &head[..=end],
        None => head,
    }
}

/// How many lines there are of each kind.
#[derive(Debug, Default)]
struct Census {
    filled: usize,
    with_tab: usize,
    with_pipe: usize,
    boxed: usize,
    delimiter_rows: usize,
}

impl Census {
    fn take(sample: &str) -> Self {
        let mut census = Census::default();
        for line in Lines::new(sample) {
            let bytes = line.text.as_bytes();
            if memchr(b'\t', bytes).is_some() {
                census.with_tab += 1;
                census.filled += 1;
                continue;
            }
            if line.text.trim().is_empty() {
                continue;
            }
            census.filled += 1;
            census.with_pipe += usize::from(memchr(b'|', bytes).is_some());
            census.boxed += usize::from(is_boxed(line.text));
            census.delimiter_rows += usize::from(is_delimiter_row(line.text));
        }
        census
    }

    fn is_markdown(&self, named: Named) -> bool {
        let has_table = self.delimiter_rows > 0 && self.with_pipe >= 2
            || self.boxed >= 2 && self.boxed * 2 >= self.filled;
        has_table && self.with_pipe >= self.with_tab
            || named == Named::Markdown && self.with_tab == 0
    }
}

/// The delimiter by which a text is best delimited, if it is.
fn delimiter(sample: &str, named: Named) -> Option<u8> {
    let (coverage, consistency) = match named {
        Named::Delimited => (COVERAGE_IF_NAMED, CONSISTENCY_IF_NAMED),
        _ => (COVERAGE, CONSISTENCY),
    };
    let mut best: Option<(f64, u8)> = None;
    for delimiter in DELIMITERS {
        let may_be = delimiter != b'\t' || named == Named::Delimited;
        if !may_be || memchr(delimiter, sample.as_bytes()).is_none() {
            continue;
        }
        let widths = Widths::count(sample, delimiter);
        if !widths.fit(coverage, consistency, named) {
            continue;
        }
        let score = widths.coverage() * widths.consistency() * (widths.common() as f64).sqrt();
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, delimiter));
        }
    }
    best.map(|(_, delimiter)| delimiter)
}

/// How wide the records of a text are under a delimiter.
#[derive(Debug, Default)]
struct Widths {
    records: usize,
    delimited: usize,
    /// Delimiters with a space behind them, as in prose.
    spaced: usize,
    delimiters: usize,
    counts: std::collections::BTreeMap<usize, usize>,
}

impl Widths {
    fn count(sample: &str, delimiter: u8) -> Self {
        let mut widths = Widths::default();
        let mut records = Records::new(sample, delimiter, terminator(sample), Rule::Exported);
        let mut pos = 0;
        while pos < sample.len() {
            let Ok(record) = records.read(pos, 1) else {
                // Too wide for a table: reading it says so, with the line.
                widths.records += 1;
                widths.delimited += 1;
                *widths.counts.entry(usize::MAX).or_default() += 1;
                break;
            };
            pos = record.next;
            let fields = &records.fields;
            if fields.iter().all(|f| f.trim().is_empty()) {
                continue;
            }
            widths.records += 1;
            widths.delimited += usize::from(fields.len() > 1);
            widths.delimiters += fields.len() - 1;
            widths.spaced += fields[1..].iter().filter(|f| f.starts_with(' ')).count();
            *widths.counts.entry(fields.len()).or_default() += 1;
        }
        widths
    }

    /// The most common width above one.
    fn common(&self) -> usize {
        self.counts
            .iter()
            .filter(|(width, _)| **width > 1)
            .max_by_key(|(_, n)| **n)
            .map_or(1, |(width, _)| *width)
    }

    fn coverage(&self) -> f64 {
        self.delimited as f64 / self.records.max(1) as f64
    }

    fn consistency(&self) -> f64 {
        let common = self.counts.get(&self.common()).copied().unwrap_or(0);
        common as f64 / self.records.max(1) as f64
    }

    fn fit(&self, coverage: f64, consistency: f64, named: Named) -> bool {
        if self.delimited == 0 || self.coverage() < coverage || self.consistency() < consistency {
            return false;
        }
        // One line, or one delimiter a line, is also what prose looks like.
        let proven = self.records >= 2 && self.common() >= 3;
        proven
            || named == Named::Delimited
            || self.records >= 3 && self.spaced * 2 < self.delimiters
    }
}
