//! Fonts: character codes to Unicode, advances and boxes.
//!
//! The library reads the font; which Unicode a code stands for is decided here, in this order:
//! the font's own ToUnicode, the encoding where it names Unicode or a Japanese character set, the
//! character collection's table from CID to Unicode, the embedded font program's own table.

mod cmaps;
mod meaning;
mod symbols;

use std::rc::Rc;
use std::sync::Arc;

use hayro_font::hayro_cmap::BfString;
use hayro_font::{FontCache, FontGlyph, FontQuery, FontResolverFn, StandardFont};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use rustc_hash::FxHashMap;

use super::limits;
use meaning::Meaning;

/// Widest range of `/W` that is expanded: there are no more CIDs than this.
const MAX_WIDTH_RANGE: f64 = 65_535.0;

/// What one character code shows.
#[derive(Debug, Clone)]
pub struct Glyph {
    pub text: Text,
    /// How far the pen moves, in em.
    pub advance: (f64, f64),
    /// Where the em box's lower left corner lies from the pen, in em, descent left out.
    pub offset: (f64, f64),
    /// Width of the em box, in em.
    pub width: f64,
}

/// The characters of a glyph.
#[derive(Debug, Clone, PartialEq)]
pub enum Text {
    One(char),
    Many(Rc<str>),
    Unknown,
}

/// A font in use, with what its codes were found to mean.
pub struct Font<'a> {
    font: hayro_font::Font<'a>,
    /// Text is set downwards.
    pub vertical: bool,
    /// Codes are always two bytes and need no table to be told apart.
    two_byte: bool,
    /// A single-byte font, to which word spacing applies.
    pub simple: bool,
    has_to_unicode: bool,
    meaning: Meaning,
    symbols: symbols::Symbols,
    glyphs: FxHashMap<u32, Glyph>,
}

/// The fonts of a document, loaded once for each thread.
pub struct Fonts<'a> {
    cache: FontCache<'a>,
    font_resolver: FontResolverFn,
    cmap_resolver: hayro_font::CMapResolverFn,
    loaded: Vec<Option<Font<'a>>>,
    index: FxHashMap<(usize, usize), usize>,
    /// Fonts left out because they exceed a limit.
    pub refused: u32,
}

impl<'a> Fonts<'a> {
    pub fn new() -> Self {
        let standard = |query: &FontQuery| {
            let font = match query {
                FontQuery::Standard(font) => *font,
                // Only its outlines would come from here, and they are never drawn.
                FontQuery::Fallback(_) => StandardFont::Helvetica,
            };
            Some(font.get_font_data())
        };
        Fonts {
            cache: FontCache::new(),
            font_resolver: Arc::new(standard),
            cmap_resolver: Arc::new(cmaps::resolve),
            loaded: Vec::new(),
            index: FxHashMap::default(),
            refused: 0,
        }
    }

    /// The place of a font in this cache, loading it when it is new.
    pub fn load(&mut self, dict: &Dict<'a>) -> usize {
        // A dictionary's bytes stay where they are for the life of the document. Its object number
        // would not do: a dictionary written inside another one carries the outer number.
        let key = (dict.data().as_ptr() as usize, dict.data().len());
        if let Some(&at) = self.index.get(&key) {
            return at;
        }
        let font = self.open(dict);
        self.loaded.push(font);
        let at = self.loaded.len() - 1;
        self.index.insert(key, at);
        at
    }

    pub fn get(&mut self, at: usize) -> Option<&mut Font<'a>> {
        self.loaded.get_mut(at)?.as_mut()
    }

    fn open(&mut self, dict: &Dict<'a>) -> Option<Font<'a>> {
        if !is_affordable(dict) {
            self.refused += 1;
            return None;
        }
        let font = self
            .cache
            .font(dict, &self.font_resolver, &self.cmap_resolver)?;
        let subtype = dict.get::<Name<'_>>("Subtype");
        let subtype = subtype.as_deref().unwrap_or(b"");
        let encoding = dict.get::<Name<'_>>("Encoding");
        let base_font = dict.get::<Name<'_>>("BaseFont");
        Some(Font {
            vertical: !font.is_horizontal(),
            two_byte: matches!(encoding.as_deref(), Some(b"Identity-H" | b"Identity-V")),
            simple: subtype != b"Type0",
            has_to_unicode: dict.contains_key("ToUnicode"),
            meaning: Meaning::of(dict, subtype),
            symbols: symbols::Symbols::of(base_font.as_ref().map_or("", Name::as_str)),
            font,
            glyphs: FxHashMap::default(),
        })
    }
}

impl Font<'_> {
    /// The next code of a string and its length in bytes; `None` at the end.
    pub fn next_code(&self, bytes: &[u8], at: usize) -> Option<(u32, usize)> {
        let first = *bytes.get(at)?;
        if self.simple {
            return Some((u32::from(first), 1));
        }
        if self.two_byte {
            return match bytes.get(at + 1) {
                Some(&second) => Some((u32::from(first) << 8 | u32::from(second), 2)),
                None => Some((u32::from(first), 1)),
            };
        }
        let (code, len) = self.font.read_code(bytes, at);
        Some((code, len.max(1)))
    }

    /// What a code shows.
    pub fn glyph(&mut self, code: u32) -> &Glyph {
        if !self.glyphs.contains_key(&code) {
            let glyph = self.look_up(code);
            self.glyphs.insert(code, glyph);
        }
        &self.glyphs[&code]
    }

    fn look_up(&mut self, code: u32) -> Glyph {
        let em = |v: f64| {
            if v.is_finite() {
                (v / 1000.0).clamp(-100.0, 100.0)
            } else {
                0.0
            }
        };
        let advance = self.font.code_advance(code);
        let shift = self.font.origin_displacement(code);
        let width = if self.vertical {
            match em(shift.x).abs() * 2.0 {
                w if w > 0.0 => w,
                _ => 1.0,
            }
        } else {
            em(advance.x)
        };
        Glyph {
            text: self.text(code),
            advance: (em(advance.x), em(advance.y)),
            offset: (em(shift.x), em(shift.y)),
            width,
        }
    }

    fn text(&mut self, code: u32) -> Text {
        let glyph = self.font.glyph(self.font.map_code(code), code);
        let declared = |glyph: &FontGlyph<'_>| match glyph {
            FontGlyph::Outline(g) => g.as_unicode(),
            FontGlyph::Type3(g) => g.as_unicode(),
        };
        let mut found = None;
        if self.has_to_unicode {
            found = declared(&glyph).and_then(|t| plausible(t, &self.symbols));
        }
        if found.is_none() {
            let outline = match &glyph {
                FontGlyph::Outline(g) => Some(g),
                FontGlyph::Type3(_) => None,
            };
            found = self
                .meaning
                .of_code(code, outline)
                .and_then(|t| plausible(t, &self.symbols));
        }
        if found.is_none() {
            found = declared(&glyph).and_then(|t| plausible(t, &self.symbols));
        }
        found.unwrap_or(Text::Unknown)
    }
}

/// What a font says, unless it cannot be meant: private use, control characters, nothing.
fn plausible(text: BfString, symbols: &symbols::Symbols) -> Option<Text> {
    match text {
        BfString::Char(c) => plausible_char(c, symbols).map(Text::One),
        BfString::String(s) => {
            let kept: String = s
                .chars()
                .filter(|c| !is_variation_selector(*c))
                .map(|c| plausible_char(c, symbols))
                .collect::<Option<_>>()?;
            let mut chars = kept.chars();
            match (chars.next(), chars.next()) {
                (None, _) => None,
                (Some(c), None) => Some(Text::One(c)),
                _ => Some(Text::Many(kept.into())),
            }
        }
    }
}

fn plausible_char(c: char, symbols: &symbols::Symbols) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{0B}' | '\u{0C}' => Some(' '),
        '\u{E000}'..='\u{F8FF}' => symbols.of_private(c),
        '\u{F0000}'.. => None,
        '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}' => None,
        c if c.is_control() => None,
        c => Some(symbols.of_code(c).unwrap_or_else(|| cmaps::settle(c))),
    }
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether the library may load a font: it inflates and expands without a limit of its own.
fn is_affordable(dict: &Dict<'_>) -> bool {
    let fits = |dict: &Dict<'_>, key: &str| {
        dict.get::<Stream<'_>>(key)
            .is_none_or(|s| limits::fits(&s, limits::MAX_STREAM_BYTES))
    };
    let descriptor_fits = |dict: &Dict<'_>| {
        dict.get::<Dict<'_>>("FontDescriptor").is_none_or(|d| {
            ["FontFile", "FontFile2", "FontFile3"]
                .iter()
                .all(|key| fits(&d, key))
        })
    };
    if !(fits(dict, "ToUnicode") && fits(dict, "Encoding") && descriptor_fits(dict)) {
        return false;
    }
    let Some(descendant) = dict
        .get::<Array<'_>>("DescendantFonts")
        .and_then(|a| a.iter::<Dict<'_>>().next())
    else {
        return true;
    };
    fits(&descendant, "CIDToGIDMap")
        && descriptor_fits(&descendant)
        && [("W", 1), ("W2", 3)].iter().all(|(key, rest)| {
            descendant
                .get::<Array<'_>>(*key)
                .is_none_or(|a| has_sane_ranges(&a, *rest))
        })
}

/// `c_first c_last w` expands entry by entry, so the range is looked at before.
///
/// `rest` is how many numbers follow such a pair: 1 in `/W`, 3 in `/W2`.
fn has_sane_ranges(widths: &Array<'_>, rest: usize) -> bool {
    let mut pending: Vec<f64> = Vec::new();
    let mut total = 0.0;
    for object in widths.iter::<Object<'_>>() {
        match object {
            Object::Number(n) => pending.push(n.as_f64()),
            _ => pending.clear(),
        }
        if pending.len() == 2 + rest {
            let range = pending.get(1).unwrap_or(&0.0) - pending.first().unwrap_or(&0.0);
            if range.is_nan() || range > MAX_WIDTH_RANGE {
                return false;
            }
            total += range.max(0.0);
            pending.clear();
        }
    }
    total <= MAX_WIDTH_RANGE * 16.0
}
