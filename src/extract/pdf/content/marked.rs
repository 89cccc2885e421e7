//! Marked content: ActualText, which says what glyphs mean, and layers that are switched off.

use std::collections::BTreeMap;

use hayro_syntax::object::{Dict, Name, ObjRef, Object, String as PdfString};
use hayro_syntax::page::Resources;
use rustc_hash::FxHashMap;

use super::super::page::Char;
use super::structure::Said;
use super::text::push_split;
use super::{Interpreter, reference};

/// An open piece of marked content.
pub struct Mark {
    /// What its glyphs mean, where it says so.
    actual: Option<String>,
    /// What the structure tree says of the element that they belong to.
    said: Option<Said>,
    /// How many characters stood before it.
    start: usize,
    hides: bool,
}

impl Mark {
    pub fn plain(start: usize) -> Mark {
        Mark {
            actual: None,
            said: None,
            start,
            hides: false,
        }
    }
}

/// Characters of a page, by their places, that belong to an element.
pub struct Tagged {
    said: Said,
    from: usize,
    to: usize,
}

/// Deepest nesting of marks that is followed.
const MAX_MARKS: usize = 1000;

impl<'a> Interpreter<'a, '_> {
    pub(super) fn begin_mark(
        &mut self,
        tag: &Name<'_>,
        properties: &Object<'_>,
        resources: &Resources<'a>,
    ) {
        let mut mark = Mark::plain(self.page.chars.len());
        match properties {
            Object::Dict(dict) => self.read_properties(&mut mark, dict),
            Object::Name(name) => {
                if tag.as_str() == "OC" {
                    let layer = reference(resources.properties.get_raw::<Object<'_>>(name));
                    mark.hides = self.layers.hides(layer);
                } else if let Some(dict) = resources.properties.get::<Dict<'_>>(name) {
                    self.read_properties(&mut mark, &dict);
                }
            }
            _ => {}
        }
        self.hidden += u32::from(mark.hides);
        if self.marks.len() < MAX_MARKS {
            self.marks.push(mark);
        }
    }

    fn read_properties(&mut self, mark: &mut Mark, dict: &Dict<'_>) {
        mark.actual = actual_text(dict);
        if let (Some(stream), Some(id)) = (self.stream, dict.get::<i32>("MCID")) {
            mark.said = self.tags.said_of(stream, id);
            self.page.operators += std::mem::take(&mut self.tags.cost);
        }
    }

    pub(super) fn end_mark(&mut self) {
        let Some(mark) = self.marks.pop() else {
            return;
        };
        self.hidden -= u32::from(mark.hides);
        // The outermost text speaks for all it holds.
        if self.marks.iter().any(|m| m.actual.is_some()) {
            return;
        }
        let from = mark.start.min(self.page.chars.len());
        if let Some(actual) = &mark.actual {
            self.drop_tagged(from);
            let glyphs = self.page.chars.split_off(from);
            let meant = self.meant(glyphs, actual);
            self.page.chars.extend(meant);
        }
        let to = self.page.chars.len();
        if let Some(said) = mark.said
            && from < to
        {
            self.drop_tagged(from);
            self.tagged.push(Tagged { said, from, to });
        }
    }

    /// Forgets what was tagged inside a piece that speaks for itself.
    fn drop_tagged(&mut self, from: usize) {
        while self.tagged.last().is_some_and(|t| t.to > from) {
            self.tagged.pop();
        }
    }

    /// Glyphs with what they stand for.
    fn meant(&mut self, glyphs: Vec<Char>, actual: &str) -> Vec<Char> {
        if says_the_same(&glyphs, actual) {
            return glyphs;
        }
        let unknown = glyphs.iter().filter(|g| g.c == '\u{FFFD}').count() as u32;
        self.page.undecodable = self.page.undecodable.saturating_sub(unknown);
        let mut out = Vec::with_capacity(glyphs.len());
        spread(&mut out, &glyphs, actual);
        out
    }

    /// Puts the texts of elements in the place of their glyphs, once the page is read: an element's
    /// glyphs may be marked in several pieces.
    pub(super) fn let_elements_speak(&mut self) {
        let tagged = std::mem::take(&mut self.tagged);
        if tagged.is_empty() {
            return;
        }
        let mut pieces: BTreeMap<usize, (usize, Vec<Char>)> = BTreeMap::new();
        let mut by: FxHashMap<ObjRef, (usize, Said, Vec<Char>)> = FxHashMap::default();
        for t in &tagged {
            let glyphs = self.page.chars.get(t.from..t.to).unwrap_or_default();
            // All that an element says stands where it begins.
            let first = (t.from, t.said.clone(), Vec::new());
            by.entry(t.said.by).or_insert(first).2.extend(glyphs);
            pieces.insert(t.from, (t.to, Vec::new()));
        }
        for (_, (from, said, glyphs)) in by {
            if let Some(piece) = pieces.get_mut(&from) {
                piece.1 = self.meant(glyphs, &said.text);
            }
        }
        let mut chars = Vec::with_capacity(self.page.chars.len());
        let mut done = 0;
        for (from, (to, meant)) in pieces {
            chars.extend(self.page.chars.get(done..from).unwrap_or_default());
            chars.extend(meant);
            done = to;
        }
        chars.extend(self.page.chars.get(done..).unwrap_or_default());
        self.page.chars = chars;
    }
}

fn actual_text(dict: &Dict<'_>) -> Option<String> {
    let bytes = dict.get::<PdfString<'_>>("ActualText")?;
    Some(text_string(&bytes))
}

/// A text string: UTF-16 or UTF-8 with a byte order mark, else Latin-1's near relative.
pub(super) fn text_string(bytes: &[u8]) -> String {
    let utf16 = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|b| match b {
            [a, b] => read([*a, *b]),
            _ => 0,
        });
        char::decode_utf16(units)
            .map(|c| c.unwrap_or('\u{FFFD}'))
            .collect()
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|b| char::from(*b)).collect(),
    }
}

fn says_the_same(glyphs: &[Char], actual: &str) -> bool {
    let shown = glyphs.iter().map(|g| g.c).filter(|c| !c.is_whitespace());
    shown.eq(actual.chars().filter(|c| !c.is_whitespace()))
}

/// Gives the boxes of the glyphs to the characters they stand for, in order.
fn spread(out: &mut Vec<Char>, glyphs: &[Char], actual: &str) {
    let characters: Vec<char> = actual.chars().filter(|c| !c.is_control()).collect();
    if glyphs.is_empty() || characters.is_empty() {
        return;
    }
    let (n, m) = (glyphs.len(), characters.len());
    for (i, glyph) in glyphs.iter().enumerate() {
        // Fewer characters than glyphs: a character takes the first of its glyphs.
        let (from, to) = ((i * m).div_ceil(n), ((i + 1) * m).div_ceil(n));
        let share: String = characters
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .collect();
        if !share.is_empty() {
            push_split(out, glyph, &share);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::page::Char;
    use super::{spread, text_string};

    fn char_at(x: f32) -> Char {
        Char {
            c: '?',
            rect: super::super::Rect {
                x0: x,
                y0: 0.0,
                x1: x + 10.0,
                y1: 10.0,
            },
            size: 10.0,
            direction: super::super::super::page::Direction::Right,
            vertical: false,
            invisible: false,
            oblique: false,
            run: 0,
        }
    }

    #[test]
    fn boxes_are_shared_in_order() {
        for (glyphs, text, lefts) in [
            (2, "長・", vec![0.0, 10.0]),
            (1, "fi", vec![0.0, 5.0]),
            (3, "か", vec![0.0]),
            (2, "", vec![]),
        ] {
            let glyphs: Vec<Char> = (0..glyphs).map(|i| char_at(i as f32 * 10.0)).collect();
            let mut out = Vec::new();
            spread(&mut out, &glyphs, text);
            assert_eq!(out.iter().map(|c| c.c).collect::<String>(), text);
            assert_eq!(out.iter().map(|c| c.rect.x0).collect::<Vec<_>>(), lefts);
        }
    }

    #[test]
    fn text_strings_are_read_by_their_mark() {
        assert_eq!(text_string(&[0xFE, 0xFF, 0x53, 0xEF]), "可");
        assert_eq!(text_string(&[0xFF, 0xFE, 0xEF, 0x53]), "可");
        assert_eq!(text_string(b"\xEF\xBB\xBF\xE5\x8F\xAF"), "可");
        assert_eq!(text_string(b"abc"), "abc");
    }
}
