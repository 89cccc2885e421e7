//! Fields in double quotes: where the closing quote is, and whether there is one.
//!
//! A quote closes a field when an odd run of quotes is followed by a delimiter or a line end
//! (RFC 4180, with spaces behind the quote allowed). Sheets hold stray quotes too, so a field
//! that does not close within bounds is taken as it stands.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3};

/// Longest quoted field, in bytes: an Excel cell holds 32,767 characters of at most 3 bytes each
/// in the basic plane, so anything longer is a quote that was never closed.
const MAX_BYTES: usize = 96 << 10;

/// Most line breaks in a quoted field: those Excel allows in a cell.
const MAX_BREAKS: u32 = 253;

/// After so many quotes that were not closed on a later line either, quotes close on their own
/// line or not at all. Keeps reading linear whatever the text.
const MAX_STRAYS: u32 = 1_000;

/// What a field that starts with a quote is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoted {
    /// A quoted field.
    Closed {
        /// Offset of the closing quote.
        quote: usize,
        /// Offset of the delimiter, line end or text end behind it.
        end: usize,
        /// It holds quotes that should have been doubled.
        malformed: bool,
        /// Line breaks inside.
        breaks: u32,
    },
    /// The quotes are characters of the cell.
    Literal,
    /// The quote opens a field that never closes; it is a character of the cell.
    Stray,
}

/// How quoting is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Written by a program: a delimiter in quotes is text, and a quote inside that is not doubled
    /// is forgiven on its own line.
    Exported,
    /// Typed or pasted: quotes are only taken as such around a cell that holds no delimiter.
    Pasted,
}

/// Finds closing quotes, in time linear in the text.
#[derive(Debug)]
pub(super) struct Quotes<'t> {
    text: &'t str,
    delimiter: u8,
    terminator: u8,
    rule: Rule,
    dead: Dead,
    strays: u32,
}

/// A stretch of one line in which no quote closes a field, so that it is searched once.
#[derive(Debug, Clone, Copy, Default)]
struct Dead {
    until: usize,
    last_single: usize,
}

impl<'t> Quotes<'t> {
    pub(super) fn new(text: &'t str, delimiter: u8, terminator: u8, rule: Rule) -> Self {
        Quotes {
            text,
            delimiter,
            terminator,
            rule,
            dead: Dead::default(),
            strays: 0,
        }
    }

    /// What the field is whose opening quote is at `open`.
    pub(super) fn field(&mut self, open: usize) -> Quoted {
        let bytes = self.text.as_bytes();
        let bound = open.saturating_add(MAX_BYTES).min(bytes.len());
        let mut pos = open + 1;
        let mut single = None;
        // On its own line.
        let line_end = loop {
            let Some(at) = self.next_mark(pos, bound) else {
                break None;
            };
            if bytes[at] == self.terminator {
                break Some(at);
            }
            if bytes[at] != b'"' {
                return Quoted::Stray; // a delimiter in a pasted cell
            }
            let behind = at + run_of_quotes(&bytes[at..]);
            if (behind - at) % 2 == 1 {
                if let Some(end) = self.end_behind(behind) {
                    return Quoted::Closed {
                        quote: behind - 1,
                        end,
                        malformed: single.is_some(),
                        breaks: 0,
                    };
                }
                if self.rule == Rule::Pasted {
                    return Quoted::Literal;
                }
                single = Some(at);
            }
            pos = behind;
            if self.dead.until > pos && self.rule == Rule::Exported {
                pos = self.dead.until;
                single = single.or(Some(self.dead.last_single).filter(|&s| s > open));
            }
        };
        self.dead = Dead {
            until: line_end.unwrap_or(pos),
            last_single: single.unwrap_or(0),
        };
        let closed = line_end.and_then(|at| self.on_later_lines(at, bound));
        match closed {
            Some((quote, end, breaks)) => Quoted::Closed {
                quote,
                end,
                malformed: single.is_some(),
                breaks,
            },
            None => {
                self.strays += u32::from(line_end.is_some());
                Quoted::Stray
            }
        }
    }

    /// The closing quote below the line that ends at `pos`. Any other single quote on the way
    /// belongs to another field.
    fn on_later_lines(&self, mut pos: usize, bound: usize) -> Option<(usize, usize, u32)> {
        if self.strays >= MAX_STRAYS {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut breaks = 0;
        while breaks <= MAX_BREAKS {
            let at = self.next_mark(pos, bound)?;
            if bytes[at] == self.terminator {
                breaks += 1;
                pos = at + 1;
                continue;
            }
            if bytes[at] != b'"' {
                return None;
            }
            let behind = at + run_of_quotes(&bytes[at..]);
            if (behind - at) % 2 == 1 {
                return Some((behind - 1, self.end_behind(behind)?, breaks));
            }
            pos = behind;
        }
        None
    }

    /// The next quote, line end or (in pasted text) delimiter.
    fn next_mark(&self, from: usize, to: usize) -> Option<usize> {
        let hay = self.text.as_bytes().get(from..to)?;
        let found = match self.rule {
            Rule::Exported => memchr2(b'"', self.terminator, hay),
            Rule::Pasted => memchr3(b'"', self.terminator, self.delimiter, hay),
        };
        found.map(|at| from + at)
    }

    /// The end of the field, if only spaces follow a closing quote.
    fn end_behind(&self, pos: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let end = pos + bytes[pos..].iter().take_while(|&&b| b == b' ').count();
        match bytes.get(end) {
            None => Some(end),
            Some(&b) if b == self.delimiter || b == self.terminator => Some(end),
            Some(b'\r') if bytes.get(end + 1) == Some(&self.terminator) => Some(end),
            Some(_) => None,
        }
    }
}

fn run_of_quotes(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|&&b| b == b'"').count()
}

/// The text between the quotes: doubled quotes made single, line breaks LF.
pub(super) fn unquote(inner: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(inner);
    if memchr(b'"', inner.as_bytes()).is_some() {
        text = Cow::Owned(inner.replace("\"\"", "\""));
    }
    if memchr(b'\r', text.as_bytes()).is_some() {
        text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    text
}
