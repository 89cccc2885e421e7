//! Physical lines.

use memchr::memchr;

/// What ends the lines of a text: LF (also in CRLF), or CR where the text has no LF at all.
/// A CR elsewhere is a character of its line.
pub(super) fn terminator(text: &str) -> u8 {
    let bytes = text.as_bytes();
    if memchr(b'\n', bytes).is_none() && memchr(b'\r', bytes).is_some() {
        b'\r'
    } else {
        b'\n'
    }
}

/// The beginning of a text, at most `bytes` long, without cutting a character.
pub(super) fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Physical lines with their 1-based numbers and start offsets, without their ends.
#[derive(Debug, Clone)]
pub(super) struct Lines<'t> {
    text: &'t str,
    pos: usize,
    number: u32,
    terminator: u8,
}

/// One physical line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PhysicalLine<'t> {
    /// Without its line end.
    pub(super) text: &'t str,
    /// 1-based.
    pub(super) number: u32,
    /// Byte offset of its first character.
    pub(super) start: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Lines {
            text,
            pos: 0,
            number: 0,
            terminator: terminator(text),
        }
    }

    pub(super) fn terminator(&self) -> u8 {
        self.terminator
    }

    /// Goes on behind a record that took several lines: at byte offset `pos`, which begins a line,
    /// `extra` lines further down.
    pub(super) fn skip_to(&mut self, pos: usize, extra: u32) {
        self.pos = pos;
        self.number = self.number.saturating_add(extra);
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = PhysicalLine<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.pos..).filter(|r| !r.is_empty())?;
        let end = memchr(self.terminator, rest.as_bytes());
        let line = &rest[..end.unwrap_or(rest.len())];
        let start = self.pos;
        self.pos += end.map_or(rest.len(), |e| e + 1);
        self.number = self.number.saturating_add(1);
        Some(PhysicalLine {
            text: line.strip_suffix('\r').unwrap_or(line),
            number: self.number,
            start,
        })
    }
}
