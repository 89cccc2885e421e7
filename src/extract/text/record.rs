//! Records: one line, or several where a quoted field holds line breaks, cut into fields.

use std::borrow::Cow;

use memchr::{memchr_iter, memchr2};

use super::ledger::{MAX_COLUMNS, too_wide};
use super::quoted::{Quoted, Quotes, Rule, unquote};
use crate::error::FileError;

/// Cuts records into fields.
#[derive(Debug)]
pub(super) struct Records<'t> {
    text: &'t str,
    delimiter: u8,
    terminator: u8,
    quotes: Quotes<'t>,
    /// The fields of the record read last.
    pub(super) fields: Vec<Cow<'t, str>>,
}

/// Where a record ended, and what was odd about it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct RecordEnd {
    /// Offset of the next record.
    pub(super) next: usize,
    /// Line breaks inside quoted fields.
    pub(super) breaks: u32,
    /// A quote was opened and not closed.
    pub(super) stray: bool,
    /// Quotes inside a quoted field were not doubled.
    pub(super) malformed: bool,
}

impl<'t> Records<'t> {
    pub(super) fn new(text: &'t str, delimiter: u8, terminator: u8, rule: Rule) -> Self {
        Records {
            text,
            delimiter,
            terminator,
            quotes: Quotes::new(text, delimiter, terminator, rule),
            fields: Vec::new(),
        }
    }

    /// Reads the record that starts at `start` (on physical line `line`) into `fields`.
    ///
    /// # Errors
    /// The record has more columns than a worksheet can have.
    pub(super) fn read(&mut self, start: usize, line: u32) -> Result<RecordEnd, FileError> {
        self.fields.clear();
        let mut record = RecordEnd::default();
        let mut pos = start;
        loop {
            if self.fields.len() >= MAX_COLUMNS {
                return Err(too_wide(line));
            }
            let end = self.field(pos, &mut record);
            match self.text.as_bytes().get(end) {
                Some(&b) if b == self.delimiter => pos = end + 1,
                Some(b'\r') if self.terminator != b'\r' => {
                    record.next = end + 2;
                    return Ok(record);
                }
                _ => {
                    record.next = end + 1;
                    return Ok(record);
                }
            }
        }
    }

    /// Reads one field and gives the offset of what ends it (of the CR in CRLF).
    fn field(&mut self, pos: usize, record: &mut RecordEnd) -> usize {
        let bytes = self.text.as_bytes();
        let rest = bytes.get(pos..).unwrap_or_default();
        let open = pos + rest.iter().take_while(|&&b| b == b' ').count();
        let mut stray = false;
        if bytes.get(open) == Some(&b'"') {
            match self.quotes.field(open) {
                Quoted::Closed {
                    quote,
                    end,
                    malformed,
                    breaks,
                } => {
                    record.breaks += breaks;
                    record.malformed |= malformed;
                    self.fields.push(if malformed {
                        Cow::Borrowed(&self.text[open..=quote])
                    } else {
                        unquote(&self.text[open + 1..quote])
                    });
                    return end;
                }
                Quoted::Stray => stray = true,
                Quoted::Literal => {}
            }
        }
        let end = memchr2(self.delimiter, self.terminator, rest).map_or(bytes.len(), |n| pos + n);
        let mut field = &self.text[pos.min(end)..end];
        let ends_line = bytes.get(end) != Some(&self.delimiter);
        let mut stop = end;
        if ends_line
            && self.terminator != b'\r'
            && let Some(cut) = field.strip_suffix('\r')
        {
            field = cut;
            if end < bytes.len() {
                stop = end - 1;
            }
        }
        // `"daily" at 3`: the quote is closed within the cell, and all of it are its words.
        let closed = memchr_iter(b'"', field.as_bytes())
            .count()
            .is_multiple_of(2);
        record.stray |= stray && !closed;
        self.fields.push(Cow::Borrowed(field));
        stop
    }
}
