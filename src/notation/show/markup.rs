//! Writes a text character by character and takes back the markup that turns up in it.
//!
//! Taking back what was written, instead of looking ahead, finds what several layers of escaping
//! hide (`&amp;lt;br&amp;gt;`) in one pass, and leaves nothing a second pass would find.

use unicode_normalization::char::compose;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::line;
use crate::notation::character::{Class, class, is_common};

/// Tags that break a line where they stand.
const BLOCKS: [&str; 27] = [
    "blockquote",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "wbr",
];

/// Tags within a line.
const INLINES: [&str; 18] = [
    "a", "abbr", "b", "code", "del", "em", "font", "i", "img", "ins", "mark", "s", "small", "span",
    "strong", "sub", "sup", "u",
];

/// Named character references that turn up in cells. Others are rare enough to be real text.
const REFERENCES: [(&str, char); 24] = [
    ("amp", '&'),
    ("apos", '\''),
    ("bull", '•'),
    ("copy", '©'),
    ("emsp", ' '),
    ("ensp", ' '),
    ("gt", '>'),
    ("hellip", '…'),
    ("laquo", '«'),
    ("ldquo", '“'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("minus", '-'),
    ("nbsp", ' '),
    ("ndash", '-'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rsquo", '’'),
    ("times", '×'),
    ("yen", '¥'),
];

/// Longest reference: `&#x10FFFF;`.
const REFERENCE_BYTES: usize = 10;

/// The text written so far.
pub(super) struct Page {
    out: String,
    /// Where `<` stands that may open a tag.
    open: Vec<usize>,
    /// There is something that only the whole text decides.
    unresolved: bool,
    /// Something was taken back, so that characters met which stood apart.
    closed_gap: bool,
}

impl Page {
    pub(super) fn new(bytes: usize) -> Self {
        Page {
            out: String::with_capacity(bytes),
            open: Vec::new(),
            unresolved: false,
            closed_gap: false,
        }
    }

    /// Writes a character as it is to be shown.
    pub(super) fn put(&mut self, c: char) {
        if is_common(c) {
            self.out.push(c);
            return;
        }
        let mut next = Some(c);
        // A character reference gives one more character, which may complete another reference.
        while let Some(c) = next.take() {
            match class(c) {
                Class::Invisible => self.closed_gap = true,
                Class::Space => self.space(),
                Class::Break => self.line_break(),
                Class::Swap(to) => next = self.write(to),
                Class::Voicing(mark) => self.voice(mark),
                _ => next = self.write(c),
            }
            if let Some(c) = next
                && class(c) == Class::Compose
            {
                // What NFKC makes of one character completes no reference and no tag.
                next = None;
                self.closed_gap = true;
                for c in std::iter::once(c).nfkc() {
                    match class(c) {
                        Class::Space => self.space(),
                        Class::Swap(to) => self.out.push(to),
                        _ => self.out.push(c),
                    }
                }
            }
        }
    }

    /// Writes a visible character. Gives the character of a reference that it completes.
    fn write(&mut self, c: char) -> Option<char> {
        match c {
            '<' => self.open.push(self.out.len()),
            '゛' | '゜' => self.unresolved = true,
            'ー' => self.unresolved |= self.out.ends_with(|c: char| c.is_ascii_alphanumeric()),
            '>' => {
                self.out.push('>');
                self.take_back_tag();
                return None;
            }
            ';' => {
                if let Some((start, referred)) = reference(&self.out) {
                    self.out.truncate(start);
                    self.closed_gap = true;
                    return Some(referred);
                }
            }
            '_' => {
                if let Some(start) = escaped_control(&self.out) {
                    self.out.truncate(start);
                    self.closed_gap = true;
                    self.line_break();
                    return None;
                }
            }
            _ => {}
        }
        self.out.push(c);
        None
    }

    fn voice(&mut self, mark: char) {
        let kana = self.out.chars().next_back();
        match kana.and_then(|kana| compose(kana, mark)) {
            Some(voiced) => {
                self.out.pop();
                self.out.push(voiced);
            }
            None => self.out.push(mark),
        }
    }

    fn space(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
    }

    fn line_break(&mut self) {
        if self.out.ends_with(' ') {
            self.out.pop();
        }
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
            self.unresolved = true;
        }
    }

    fn take_back_tag(&mut self) {
        let Some(start) = self.open.pop() else { return };
        match tag(self.out.get(start..).unwrap_or_default()) {
            Some(Tag::Block) => {
                self.out.truncate(start);
                self.closed_gap = true;
                self.line_break();
            }
            Some(Tag::Inline) => {
                self.out.truncate(start);
                self.closed_gap = true;
            }
            // Nothing that encloses this `>` can be a tag.
            None => self.open.clear(),
        }
    }

    /// The text, with its line breaks resolved.
    pub(super) fn finish(mut self) -> String {
        let end = self.out.trim_end_matches([' ', '\n']).len();
        self.out.truncate(end);
        if self.closed_gap && is_nfc_quick(self.out.chars()) != IsNormalized::Yes {
            self.out = self.out.nfc().collect();
        }
        if self.unresolved {
            self.out = line::resolve(&self.out);
        }
        self.out
    }
}

enum Tag {
    Block,
    Inline,
}

/// Whether `<…>` as a whole is a known tag or a comment.
fn tag(text: &str) -> Option<Tag> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    if inner.len() >= 5 && inner.starts_with("!--") && inner.ends_with("--") {
        return Some(Tag::Inline);
    }
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name_end = inner
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inner.len());
    let (name, rest) = inner.split_at(name_end);
    let known = |list: &[&str]| list.iter().any(|n| n.eq_ignore_ascii_case(name));
    let kind = if known(&BLOCKS) {
        Tag::Block
    } else if known(&INLINES) {
        Tag::Inline
    } else {
        return None;
    };
    attributes(rest).then_some(kind)
}

/// Whether this is nothing but attributes with values, and perhaps the slash of an empty tag.
fn attributes(text: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        if rest.is_empty() || rest == "/" {
            return true;
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':');
        let Some((name, value)) = rest.split_once('=') else {
            return false;
        };
        let name = name.trim_end();
        if name.is_empty() || !name.chars().all(is_name) {
            return false;
        }
        let value = value.trim_start();
        let after = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let Some((_, after)) = value.get(1..).and_then(|v| v.split_once(quote)) else {
                    return false;
                };
                after
            }
            _ => value.trim_start_matches(|c: char| !c.is_whitespace() && c.is_ascii()),
        };
        if after.len() == value.len() {
            return false;
        }
        rest = after.trim_start();
    }
}

/// The character reference that a `;` after this text completes, and where it starts.
fn reference(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let from = bytes.len().saturating_sub(REFERENCE_BYTES);
    let start = from + bytes.get(from..)?.iter().rposition(|&b| b == b'&')?;
    let name = text.get(start + 1..)?;
    let referred = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?
    } else {
        let at = REFERENCES.binary_search_by(|(n, _)| (*n).cmp(name)).ok()?;
        REFERENCES.get(at)?.1
    };
    Some((start, referred))
}

/// Where an escaped control character starts (`_x000D_`, as Office Open XML writes the ends of
/// lines: ECMA-376 part 1, 22.9.2.19) that a `_` after this text completes.
fn escaped_control(text: &str) -> Option<usize> {
    let start = text.len().checked_sub(6)?;
    let code = text.get(start..)?.strip_prefix("_x00")?;
    let code = u8::from_str_radix(code, 16).ok()?;
    (code < 0x20).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(BLOCKS.is_sorted() && INLINES.is_sorted());
        assert!(REFERENCES.is_sorted());
    }

    #[test]
    fn only_known_tags_are_tags() {
        for yes in [
            "<br>",
            "</ul>",
            "<br/>",
            "<BR />",
            "<ul style=\"list-style-type: disc\">",
            "<font color=red size='2'>",
            "<!-- note -->",
        ] {
            assert!(tag(yes).is_some(), "{yes}");
        }
        for no in [
            "<担当者>",
            "<https://example.jp/>",
            "<b かつ c>",
            "<a b>",
            "<name>",
            "<1>",
            "< br>",
            "<p.5>",
            "<>",
            "<!>",
        ] {
            assert!(tag(no).is_none(), "{no}");
        }
    }
}
