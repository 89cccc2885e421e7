//! What a code means where the font has no ToUnicode entry for it.

use std::sync::Arc;

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS};
use hayro_font::OutlineGlyph;
use hayro_font::hayro_cmap::{BfString, CMap, CMapName, CidFamily};
use hayro_syntax::object::{Array, Dict, Name, String as PdfString};
use rustc_hash::FxHashMap;
use skrifa::{FontRef, MetadataProvider};

use super::cmaps;

/// How a font's codes are understood.
pub enum Meaning {
    /// Only as the library does.
    Library,
    /// A code is Unicode in this form.
    Unicode(Form),
    /// A code is text in a Japanese character set.
    Charset(&'static Encoding),
    /// A code is a row and cell of JIS X 0208.
    RowCell,
    /// A code stands for a CID, and the collection says what that is.
    Collection {
        encoding: Option<Arc<CMap>>,
        unicode: Arc<CMap>,
        japanese: bool,
    },
    /// The embedded program's own table, read backwards; built at the first question.
    Program(Option<FxHashMap<u32, char>>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Utf16,
    Utf8,
    Utf32,
}

impl Meaning {
    pub fn of(dict: &Dict<'_>, subtype: &[u8]) -> Meaning {
        if subtype == b"Type0" {
            return Meaning::of_composite(dict);
        }
        // A simple font that names no encoding uses its program's own, which only the program knows.
        if subtype == b"TrueType" && !dict.contains_key("Encoding") {
            return Meaning::Program(None);
        }
        Meaning::Library
    }

    fn of_composite(dict: &Dict<'_>) -> Meaning {
        let name = dict.get::<Name<'_>>("Encoding");
        let name = name.as_deref().unwrap_or(b"");
        if let Some(meaning) = by_encoding(name) {
            return meaning;
        }
        let family = match cmaps::predefined(CMapName::from_bytes(name)) {
            Some(cmap) => cmap
                .metadata()
                .character_collection
                .clone()
                .map(|c| c.family),
            None => None,
        };
        let family = family
            .filter(|family| *family != CidFamily::AdobeIdentity)
            .or_else(|| family_of_descendant(dict));
        let unicode = family
            .as_ref()
            .and_then(CidFamily::ucs2_cmap)
            .and_then(cmaps::predefined);
        match unicode {
            Some(unicode) => Meaning::Collection {
                encoding: match name {
                    b"Identity-H" | b"Identity-V" => None,
                    name => cmaps::predefined(CMapName::from_bytes(name)),
                },
                unicode,
                japanese: family == Some(CidFamily::AdobeJapan1),
            },
            None => Meaning::Program(None),
        }
    }

    /// What a code means; `glyph` is what it draws, where that is an outline.
    pub fn of_code(&mut self, code: u32, glyph: Option<&OutlineGlyph>) -> Option<BfString> {
        match self {
            Meaning::Library => None,
            Meaning::Unicode(form) => unicode(code, *form).map(BfString::Char),
            Meaning::Charset(charset) => decode(charset, code).map(BfString::Char),
            Meaning::RowCell => decode(EUC_JP, code | 0x8080).map(BfString::Char),
            Meaning::Collection {
                encoding,
                unicode,
                japanese,
            } => {
                let cid = match encoding {
                    Some(cmap) => (1..=4).find_map(|n| cmap.lookup_cid_code(code, n))?,
                    None => code,
                };
                if *japanese && let Some(c) = cmaps::japan_1_ascii(cid) {
                    return Some(BfString::Char(c));
                }
                unicode.lookup_bf_string(cid)
            }
            Meaning::Program(table) => {
                let glyph = glyph?;
                let table = table.get_or_insert_with(|| backwards(glyph));
                table
                    .get(&glyph.glyph_id().to_u32())
                    .copied()
                    .map(BfString::Char)
            }
        }
    }
}

fn by_encoding(name: &[u8]) -> Option<Meaning> {
    let name = std::str::from_utf8(name).ok()?;
    if name.starts_with("Uni") {
        let form = match name {
            n if n.contains("-UTF8-") => Form::Utf8,
            n if n.contains("-UTF32-") => Form::Utf32,
            n if n.contains("-UTF16-") || n.contains("-UCS2-") => Form::Utf16,
            _ => return None,
        };
        return Some(Meaning::Unicode(form));
    }
    match name {
        "90ms-RKSJ-H" | "90ms-RKSJ-V" | "90msp-RKSJ-H" | "90msp-RKSJ-V" => {
            Some(Meaning::Charset(SHIFT_JIS))
        }
        "EUC-H" | "EUC-V" => Some(Meaning::Charset(EUC_JP)),
        "H" | "V" => Some(Meaning::RowCell),
        _ => None,
    }
}

fn family_of_descendant(dict: &Dict<'_>) -> Option<CidFamily> {
    let descendant = dict
        .get::<Array<'_>>("DescendantFonts")?
        .iter::<Dict<'_>>()
        .next()?;
    let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
    let registry = info.get::<PdfString<'_>>("Registry")?;
    let ordering = info.get::<PdfString<'_>>("Ordering")?;
    Some(CidFamily::from_registry_ordering(&registry, &ordering))
}

fn unicode(code: u32, form: Form) -> Option<char> {
    match form {
        Form::Utf32 => char::from_u32(code),
        Form::Utf16 => {
            let units = [(code >> 16) as u16, code as u16];
            let units = if code > 0xFFFF {
                &units[..]
            } else {
                &units[1..]
            };
            char::decode_utf16(units.iter().copied()).next()?.ok()
        }
        Form::Utf8 => {
            let bytes = code.to_be_bytes();
            let lead = bytes.iter().take_while(|b| **b == 0).count().min(3);
            std::str::from_utf8(bytes.get(lead..)?).ok()?.chars().next()
        }
    }
}

fn decode(charset: &'static Encoding, code: u32) -> Option<char> {
    let bytes = code.to_be_bytes();
    let lead = bytes.iter().take_while(|b| **b == 0).count().min(3);
    let text = charset.decode_without_bom_handling_and_without_replacement(bytes.get(lead..)?)?;
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Some(c),
        _ => None,
    }
}

/// An embedded program's table from characters to glyphs, read from glyphs to characters.
fn backwards(glyph: &OutlineGlyph) -> FxHashMap<u32, char> {
    let mut table = FxHashMap::default();
    let Some(program) = glyph.font_data() else {
        return table;
    };
    let Ok(font) = FontRef::from_index((*program.data).as_ref(), 0) else {
        return table;
    };
    for (code, glyph) in font.charmap().mappings() {
        let Some(c) = char::from_u32(code) else {
            continue;
        };
        // Where characters share a glyph, the one that people type: no radical, no
        // compatibility form, no private use; among equals the first.
        let known = table.entry(glyph.to_u32()).or_insert(c);
        if rarity(c) < rarity(*known) {
            *known = c;
        }
    }
    table
}

fn rarity(c: char) -> u8 {
    match c {
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => 3,
        '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => 2,
        '\u{A0}' | '\u{AD}' | '\u{2000}'..='\u{200F}' | '\u{2027}' | '\u{FE10}'..='\u{FE4F}' => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, decode, unicode};
    use encoding_rs::{EUC_JP, SHIFT_JIS};

    #[test]
    fn codes_are_read_in_their_encoding() {
        assert_eq!(unicode(0x53EF, Form::Utf16), Some('可'));
        assert_eq!(unicode(0xD842_DFB7, Form::Utf16), Some('𠮷'));
        assert_eq!(unicode(0xD842, Form::Utf16), None);
        assert_eq!(unicode(0xE5_8FAF, Form::Utf8), Some('可'));
        assert_eq!(unicode(0x41, Form::Utf8), Some('A'));
        assert_eq!(unicode(0x2_0BB7, Form::Utf32), Some('𠮷'));
        assert_eq!(unicode(0xFFFF_FFFF, Form::Utf32), None);
        assert_eq!(decode(SHIFT_JIS, 0x89C2), Some('可'));
        assert_eq!(decode(SHIFT_JIS, 0x8740), Some('①'));
        assert_eq!(decode(SHIFT_JIS, 0x5C), Some('\\'));
        assert_eq!(decode(EUC_JP, 0x3244 | 0x8080), Some('可'));
        assert_eq!(decode(SHIFT_JIS, 0x8100), None);
    }
}
