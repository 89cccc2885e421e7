//! The first characters of a text in display form, each with its place in the text.

use unicode_normalization::UnicodeNormalization;

use crate::notation::character::{Class, class};

/// Longest number in characters of its display form.
pub(super) const REACH: usize = 48;

/// A character in display form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) c: char,
    /// Where the text goes on after the character it comes from.
    pub(super) end: usize,
}

/// The first [`REACH`] characters of a text.
pub(super) fn glyphs(text: &str) -> Vec<Glyph> {
    let mut out = Vec::with_capacity(text.len().min(REACH));
    for (at, c) in text.char_indices() {
        if out.len() >= REACH {
            break;
        }
        let end = at + c.len_utf8();
        let is_alphanumeric = |g: &Glyph| g.c.is_ascii_alphanumeric();
        let put = |out: &mut Vec<Glyph>, c| out.push(Glyph { c, end });
        match class(c) {
            Class::Invisible => {}
            Class::Space | Class::Break => put(&mut out, ' '),
            Class::Swap(to) => put(&mut out, to),
            // 1ー2: the long vowel is beside the dash.
            Class::Plain if c == 'ー' && out.last().is_some_and(is_alphanumeric) => {
                put(&mut out, '-');
            }
            Class::Plain | Class::Kept => put(&mut out, c),
            Class::Voicing(mark) => put(&mut out, mark),
            Class::Compose => c.nfkc().for_each(|c| put(&mut out, c)),
        }
    }
    out
}
