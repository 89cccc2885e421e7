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
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use rustc_hash::FxHashMap;

use super::limits;
use meaning::Meaning;

/// Widest range of `/W` that is expanded: there are no more CIDs than this.
const MAX_WIDTH_RANGE: f64 = 65_535.0;

/// Heights of a Type 3 font's box, in units of the font size, at which the font size is the text's:
/// boxes are higher than the em, or as low as the glyphs that are used.
const USUAL_EM: std::ops::RangeInclusive<f64> = 0.25..=3.0;
/// Width of characters of a font that cannot be read, in em.
const UNKNOWN_WIDTH: f64 = 0.5;

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
    /// Nothing where the font cannot be read: its text is there, and no one knows what it says.
    font: Option<hayro_font::Font<'a>>,
    /// Height of the em box, in units of the font size; below nothing where glyphs are drawn
    /// downwards. Not 1 in Type 3 fonts that set their glyphs in units of their own.
    pub em: f64,
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
    loaded: Vec<Font<'a>>,
    index: FxHashMap<(usize, usize), usize>,
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

    /// The place of the font that is used where a name stands for none.
    pub fn missing(&mut self) -> usize {
        self.load(&Dict::empty())
    }

    pub fn get(&mut self, at: usize) -> Option<&mut Font<'a>> {
        self.loaded.get_mut(at)
    }

    fn open(&mut self, dict: &Dict<'a>) -> Font<'a> {
        let font = if is_affordable(dict) && !dict.is_empty() {
            self.cache
                .font(dict, &self.font_resolver, &self.cmap_resolver)
        } else {
            None
        };
        let subtype = dict.get::<Name<'_>>("Subtype");
        let subtype = subtype.as_deref().unwrap_or(b"");
        let encoding = dict.get::<Name<'_>>("Encoding");
        let base_font = dict.get::<Name<'_>>("BaseFont");
        Font {
            vertical: font.as_ref().is_some_and(|f| !f.is_horizontal()),
            em: if subtype == b"Type3" {
                em_of_type_3(dict)
            } else {
                1.0
            },
            two_byte: font.is_none()
                || matches!(encoding.as_deref(), Some(b"Identity-H" | b"Identity-V")),
            simple: subtype != b"Type0",
            has_to_unicode: dict.contains_key("ToUnicode"),
            meaning: Meaning::of(dict, subtype),
            symbols: symbols::Symbols::of(base_font.as_ref().map_or("", Name::as_str)),
            font,
            glyphs: FxHashMap::default(),
        }
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
        let (code, len) = self.font.as_ref()?.read_code(bytes, at);
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
        let Some(font) = &self.font else {
            return Glyph {
                text: match code {
                    0x20 if self.simple => Text::One(' '),
                    _ => Text::Unknown,
                },
                advance: (UNKNOWN_WIDTH, 0.0),
                offset: (0.0, 0.0),
                width: UNKNOWN_WIDTH,
            };
        };
        let advance = font.code_advance(code);
        let shift = font.origin_displacement(code);
        let width = if self.vertical {
            match em(shift.x).abs() * 2.0 {
                w if w > 0.0 => w,
                _ => 1.0,
            }
        } else {
            em(advance.x)
        };
        Glyph {
            text: self.text(code).unwrap_or(Text::Unknown),
            advance: (em(advance.x), em(advance.y)),
            offset: (em(shift.x), em(shift.y)),
            width,
        }
    }

    fn text(&mut self, code: u32) -> Option<Text> {
        let font = self.font.as_ref()?;
        let glyph = font.glyph(font.map_code(code), code);
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
        found
    }
}

/// Height of a Type 3 font's em box, in units of the font size.
///
/// Such a font sets its glyphs in units of its own. Most choose them so that the font size is the
/// size of the text; others draw in pixels or points at a size of 1. Its box tells, and where that
/// is left open, how far its glyphs move the pen.
fn em_of_type_3(dict: &Dict<'_>) -> f64 {
    let Some(matrix) = dict.get::<[f64; 6]>("FontMatrix") else {
        return 1.0;
    };
    let [a, _, _, d, ..] = matrix;
    let (low, high) = dict
        .get::<[f64; 4]>("FontBBox")
        .map_or((0.0, 0.0), |b| (b[1] * d, b[3] * d));
    let (low, high) = (low.min(high), low.max(high));
    let height = high - low;
    // A negative scale alone says nothing: glyphs may be drawn downwards in their own units.
    let sign = if -low > 2.0 * high.max(0.0) {
        -1.0
    } else {
        1.0
    };
    let widths = dict.get::<Array<'_>>("Widths");
    let widths: Vec<f64> = widths
        .into_iter()
        .flat_map(|w| w.iter::<Number>().take(256).collect::<Vec<_>>())
        .map(|w| w.as_f64() * a.abs())
        .filter(|w| *w > 0.0)
        .collect();
    let mean = widths.iter().sum::<f64>() / widths.len().max(1) as f64;
    let em = if height > 0.0 { height } else { mean };
    if !em.is_finite() || em == 0.0 || USUAL_EM.contains(&em) {
        sign
    } else {
        sign * em.clamp(1e-3, 1e3)
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
