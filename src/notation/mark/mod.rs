//! Answer marks: what they mean, and where in a cell a mark is a mark.

mod choice;
mod place;
#[cfg(test)]
mod tests;

use serde::Deserialize;

use self::place::Place;
use super::character::{Class, class, is_japanese};
use super::number;
use crate::model::{DataError, Status};

/// The marks of `marks.json`.
#[derive(Debug)]
pub struct Marks {
    /// A tree over the marks' characters; the first node is the root.
    nodes: Vec<Node>,
    marks: Vec<Mark>,
}

#[derive(Debug, Default)]
struct Node {
    /// Sorted by character.
    next: Vec<(char, usize)>,
    /// The mark that ends here.
    mark: Option<usize>,
}

#[derive(Debug)]
struct Mark {
    status: Status,
    place: Place,
}

/// A line of `marks.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    mark: String,
    status: MarkStatus,
    #[serde(default)]
    place: Place,
    /// Run by the tests.
    #[allow(dead_code)]
    example: Example,
}

/// An answer cell with the mark in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Example {
    cell: String,
    mark: String,
    text: String,
}

/// The statuses that a mark can have.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MarkStatus {
    Yes,
    No,
    Partial,
    NotApplicable,
    Undisclosed,
}

impl From<MarkStatus> for Status {
    fn from(status: MarkStatus) -> Self {
        match status {
            MarkStatus::Yes => Status::Yes,
            MarkStatus::No => Status::No,
            MarkStatus::Partial => Status::Partial,
            MarkStatus::NotApplicable => Status::NotApplicable,
            MarkStatus::Undisclosed => Status::Undisclosed,
        }
    }
}

/// A mark found in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkRead<'a> {
    /// The mark as written, without brackets and delimiters.
    pub mark: &'a str,
    /// What it means.
    pub status: Status,
    /// What follows it; empty when the mark fills the cell. Of a choice (`☑有 □無`) what belongs
    /// to the alternative that is ticked.
    pub rest: &'a str,
}

/// What an answer cell turns out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement<'a> {
    /// A mark fills it or leads it.
    Mark(MarkRead<'a>),
    /// A choice that nobody has made: `有・無`, `Yes/No`, `□はい □いいえ`.
    Unanswered,
    /// Anything else.
    Words,
}

impl Marks {
    /// Loads `marks.json`.
    ///
    /// # Errors
    /// Every fault found.
    pub fn from_json(file: &str, text: &str) -> Result<Self, Vec<DataError>> {
        let entries: Vec<Entry> = serde_json::from_str(text)
            .map_err(|e| vec![DataError::at(file, e.line(), e.to_string())])?;
        let mut marks = Marks {
            nodes: vec![Node::default()],
            marks: Vec::new(),
        };
        let mut faults = Vec::new();
        for entry in entries {
            let mut fault = |message: String| {
                let quoted = format!("\"mark\": \"{}\"", entry.mark);
                let line = text.lines().position(|l| l.contains(&quoted));
                faults.push(DataError {
                    file: file.to_owned(),
                    line: line.map(|l| l + 1),
                    message,
                });
            };
            let keys: Vec<char> = entry.mark.chars().filter_map(key).collect();
            if keys.is_empty() {
                fault("the mark has no visible character: remove the line".to_owned());
            } else if !marks.insert(&keys, &entry) {
                let message = format!("{} is listed twice: remove one line", entry.mark);
                fault(message);
            }
        }
        if faults.is_empty() {
            Ok(marks)
        } else {
            Err(faults)
        }
    }

    fn insert(&mut self, keys: &[char], entry: &Entry) -> bool {
        let mut at = 0;
        for &c in keys {
            let found = self.nodes[at].next.binary_search_by_key(&c, |n| n.0);
            at = match found {
                Ok(i) => self.nodes[at].next[i].1,
                Err(i) => {
                    let new = self.nodes.len();
                    self.nodes[at].next.insert(i, (c, new));
                    self.nodes.push(Node::default());
                    new
                }
            };
        }
        if self.nodes[at].mark.is_some() {
            return false;
        }
        self.nodes[at].mark = Some(self.marks.len());
        self.marks.push(Mark {
            status: entry.status.into(),
            place: entry.place,
        });
        true
    }

    /// Reads the mark that fills a cell, or leads it with a delimiter after it. `cell` may be raw.
    pub fn read<'a>(&self, cell: &'a str) -> Option<MarkRead<'a>> {
        match self.judge(cell) {
            Judgement::Mark(read) => Some(read),
            Judgement::Unanswered | Judgement::Words => None,
        }
    }

    /// Whether a cell is a mark and nothing else.
    pub fn fills(&self, cell: &str) -> bool {
        self.read(cell).is_some_and(|m| m.rest.is_empty())
    }

    /// What an answer cell is: a mark, a choice that nobody has made, or words.
    pub fn judge<'a>(&self, cell: &'a str) -> Judgement<'a> {
        let cell = trimmed(cell);
        if let Some(judgement) = choice::boxes(self, cell) {
            return judgement;
        }
        match self.lead(cell) {
            Some(read) if choice::is_open(self, &read) => Judgement::Unanswered,
            Some(read) => Judgement::Mark(read),
            None => self
                .numbered(cell)
                .map_or(Judgement::Words, Judgement::Mark),
        }
    }

    /// The mark that a numbered option is: `1.はい`, `③ 未実施`. Only alone: words that follow a
    /// number are words.
    fn numbered<'a>(&self, cell: &'a str) -> Option<MarkRead<'a>> {
        let (number, option) = number::lead(cell)?;
        if number.raw.contains(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        self.lead(option).filter(|read| read.rest.is_empty())
    }

    /// The mark at the start of a text, in brackets or bare.
    fn lead<'a>(&self, text: &'a str) -> Option<MarkRead<'a>> {
        let first = text.chars().next()?;
        if let Some(closer) = place::closer(shown_as(first)) {
            let inner = trimmed_start(&text[first.len_utf8()..]);
            return self.bracketed(inner, closer);
        }
        let (length, mark) = self
            .prefixes(text)
            .filter(|&(length, mark)| mark.place.allows(&text[..length], &text[length..]))
            .last()?;
        Some(MarkRead {
            mark: &text[..length],
            status: mark.status,
            rest: place::after_delimiter(&text[length..]),
        })
    }

    fn bracketed<'a>(&self, inner: &'a str, closer: place::Closer) -> Option<MarkRead<'a>> {
        self.prefixes(inner)
            .filter_map(|(length, mark)| {
                let rest = trimmed_start(&inner[length..]);
                let close = rest
                    .chars()
                    .next()
                    .filter(|&c| shown_as(c) == closer.mark)?;
                let rest = &rest[close.len_utf8()..];
                let open = match mark.place {
                    Place::Cell => trimmed(rest).is_empty(),
                    _ => closer.ends_by_itself || Place::Lead.allows(&inner[..length], rest),
                };
                open.then(|| MarkRead {
                    mark: &inner[..length],
                    status: mark.status,
                    rest: place::after_delimiter(rest),
                })
            })
            .last()
    }

    /// All marks that a text starts with, shorter ones first, with their length in bytes.
    fn prefixes<'s, 'a>(
        &'s self,
        text: &'a str,
    ) -> impl Iterator<Item = (usize, &'s Mark)> + use<'s, 'a> {
        let mut node = self.nodes.first();
        let mut last = ' ';
        let step = move |(at, c): (usize, char)| {
            let Some(k) = key(c) else { return Some(None) };
            let here = node?;
            match here.next.binary_search_by_key(&k, |n| n.0) {
                Ok(found) => {
                    node = self.nodes.get(here.next.get(found)?.1);
                    last = k;
                    let mark = node?.mark.and_then(|m| self.marks.get(m));
                    Some(mark.map(|m| (at + c.len_utf8(), m)))
                }
                // 対応 不可: cells are padded inside words.
                Err(_) if k == ' ' && is_japanese(last) => Some(None),
                Err(_) => None,
            }
        };
        text.char_indices().map_while(step).flatten()
    }
}

/// A character as marks are compared: width and case do not matter.
fn key(c: char) -> Option<char> {
    match class(c) {
        Class::Invisible => None,
        _ => Some(shown_as(c).to_ascii_lowercase()),
    }
}

/// A single character in display form.
fn shown_as(c: char) -> char {
    match class(c) {
        Class::Plain | Class::Kept | Class::Invisible => c,
        Class::Space | Class::Break => ' ',
        Class::Swap(to) => to,
        Class::Voicing(mark) => mark,
        Class::Compose => unicode_normalization::UnicodeNormalization::nfkc(c)
            .next()
            .unwrap_or(c),
    }
}

fn is_unseen(c: char) -> bool {
    matches!(class(c), Class::Space | Class::Break | Class::Invisible)
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(is_unseen)
}

fn trimmed_start(text: &str) -> &str {
    text.trim_start_matches(is_unseen)
}
