//! Predefined CMaps, and the tables from CID to Unicode.
//!
//! The library brings Adobe's CMaps but for those in UTF-8 and UTF-32 and the ones of 2004. The
//! first two are derived from their UTF-16 siblings, which hold the same mapping in another
//! encoding. The ones of 2004 differ from their siblings in which variant of a kanji is drawn:
//! neither its width nor its Unicode changes, so the sibling stands in.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use hayro_font::hayro_cmap::{CMap, CMapName, load_embedded};
use unicode_normalization::char::decompose_compatible;

/// The bytes of a predefined CMap.
pub fn resolve(name: CMapName<'_>) -> Option<&'static [u8]> {
    if let Some(data) = load_embedded(name) {
        return Some(data);
    }
    let CMapName::Custom(name) = name else {
        return None;
    };
    let name = std::str::from_utf8(name).ok()?;
    let mut plain = name.to_owned();
    for edition in ["UniJISX02132004", "UniJISX0213", "UniJISPro", "UniJIS2004"] {
        plain = plain.replace(edition, "UniJIS");
    }
    if plain.contains("-UTF16-") {
        return load_embedded(CMapName::from_bytes(plain.as_bytes()));
    }
    derived(&plain)
}

/// A parsed predefined CMap, kept for the life of the process.
pub fn predefined(name: CMapName<'_>) -> Option<Arc<CMap>> {
    static PARSED: OnceLock<Mutex<HashMap<&'static [u8], Arc<CMap>>>> = OnceLock::new();
    let data = resolve(name)?;
    let parsed = PARSED.get_or_init(Mutex::default);
    let mut parsed = parsed.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(cmap) = parsed.get(data) {
        return Some(Arc::clone(cmap));
    }
    let cmap = Arc::new(CMap::parse(data, resolve)?);
    parsed.insert(data, Arc::clone(&cmap));
    Some(cmap)
}

/// One of the eight UTF-8 and UTF-32 CMaps, made from its UTF-16 sibling.
fn derived(name: &str) -> Option<&'static [u8]> {
    static MADE: OnceLock<Mutex<HashMap<String, &'static [u8]>>> = OnceLock::new();
    let made = MADE.get_or_init(Mutex::default);
    let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(data) = made.get(name) {
        return Some(data);
    }
    let (base, wide) = match (name.split_once("-UTF32-"), name.split_once("-UTF8-")) {
        (Some((family, mode)), _) => (format!("{family}-UTF16-{mode}"), true),
        (_, Some((family, mode))) => (format!("{family}-UTF16-{mode}"), false),
        _ => return None,
    };
    let base = load_embedded(CMapName::from_bytes(base.as_bytes()))?;
    let base = CMap::parse(base, load_embedded)?;
    let text = in_other_encoding(&base, wide, name.ends_with("-V"));
    // At most one for each CMap that exists: the names above are the only ones that get here.
    let text: &'static [u8] = Box::leak(text.into_bytes().into_boxed_slice());
    made.insert(name.to_owned(), text);
    Some(text)
}

fn in_other_encoding(base: &CMap, wide: bool, vertical: bool) -> String {
    let mut text = format!("/WMode {} def\n1 begincidrange\n", u8::from(vertical));
    // First and last code of a run, the bytes of a code, the first CID.
    let mut run: Option<(u32, u32, usize, u32)> = None;
    let flush = |run: Option<(u32, u32, usize, u32)>, text: &mut String| {
        if let Some((first, last, bytes, cid)) = run {
            let digits = bytes * 2;
            let _ = writeln!(text, "<{first:0digits$x}> <{last:0digits$x}> {cid}");
        }
    };
    for c in (0x20..0x3_0000).filter_map(char::from_u32) {
        let mut units = [0; 2];
        let cid = match *c.encode_utf16(&mut units) {
            [unit] => base.lookup_cid_code(u32::from(unit), 2),
            [high, low] => base.lookup_cid_code(u32::from(high) << 16 | u32::from(low), 4),
            _ => None,
        };
        let Some(cid) = cid.filter(|cid| *cid != 0) else {
            continue;
        };
        let (code, bytes) = if wide { (u32::from(c), 4) } else { utf_8(c) };
        run = match run {
            Some((first, last, b, start))
                if b == bytes && code == last + 1 && cid == start + (code - first) =>
            {
                Some((first, code, b, start))
            }
            other => {
                flush(other, &mut text);
                Some((code, code, bytes, cid))
            }
        };
    }
    flush(run, &mut text);
    text.push_str("endcidrange\n");
    text
}

fn utf_8(c: char) -> (u32, usize) {
    let mut buffer = [0; 4];
    let bytes = c.encode_utf8(&mut buffer).as_bytes();
    let code = bytes.iter().fold(0, |n, b| n << 8 | u32::from(*b));
    (code, bytes.len())
}

/// The ordinary character where a font's table names a look-alike that nobody types.
///
/// Where one glyph serves several code points, writers that turn a font's table around may pick a
/// radical for the ideograph; and CID tables name typographic forms.
pub fn settle(c: char) -> char {
    match c {
        // CJK Radicals Supplement: those that common fonts draw with the ideograph's glyph,
        // after Unicode's EquivalentUnifiedIdeograph.txt.
        '⺎' => '兀',
        '⺒' => '巳',
        '⺓' => '幺',
        '⺝' => '月',
        '⺟' => '母',
        '⺠' => '民',
        '⺩' => '王',
        '⺫' => '目',
        '⺬' => '示',
        '⺼' => '肉',
        '⻁' => '虎',
        '⻄' => '西',
        '⻑' => '長',
        '⻘' => '青',
        '⻝' => '食',
        '⻣' => '骨',
        '⻤' => '鬼',
        '⻨' => '麦',
        '⻩' => '黄',
        '⻫' => '斉',
        '⻭' => '歯',
        '⻯' => '竜',
        '⻲' => '亀',
        '⻳' => '龟',
        '⺀' => '冫',
        '⺌' => '小',
        '⺍' => '小',
        '⺛' => '旡',
        '⺪' => '疋',
        '⺱' => '网',
        '⺶' => '羊',
        '⺹' => '老',
        '⺿' => '艹',
        '⻂' => '衤',
        '⻌' => '辶',
        '⻎' => '辶',
        '⻏' => '邑',
        '⻖' => '阝',
        '⻞' => '食',
        '⻪' => '黾',
        // Kangxi radicals: each decomposes to its ideograph.
        '\u{2F00}'..='\u{2FD5}' => {
            let mut plain = c;
            decompose_compatible(c, |d| plain = d);
            plain
        }
        // The hyphenation point stands for the middle dot in fonts that share the glyph.
        '\u{2027}' => '・',
        '\u{A0}' => ' ',
        c => c,
    }
}

/// What Adobe-Japan1's table calls by a typographic name and everyone types as ASCII.
///
/// Source: Adobe Technical Note #5078, CIDs 1–94 (proportional) and 231–325 (half width).
pub fn japan_1_ascii(cid: u32) -> Option<char> {
    match cid {
        93 | 99 | 323 => Some('|'),
        95 | 100 | 325 => Some('~'),
        151 | 244 => Some('-'),
        61 | 291 => Some('¥'),
        231 => Some(' '),
        1..=94 => char::from_u32(0x1F + cid),
        232..=324 => char::from_u32(cid - 231 + 0x20),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{predefined, settle};
    use hayro_font::hayro_cmap::CMapName;

    #[test]
    fn derived_cmaps_agree_with_their_siblings() {
        let utf16 = predefined(CMapName::UniJisUtf16H).unwrap();
        let utf32 = predefined(CMapName::from_bytes(b"UniJIS-UTF32-H")).unwrap();
        let utf8 = predefined(CMapName::from_bytes(b"UniJIS2004-UTF8-H")).unwrap();
        for c in ['A', '可', 'ー', '①', '々'] {
            let cid = utf16.lookup_cid_code(u32::from(c), 2);
            assert!(cid.is_some(), "{c}");
            assert_eq!(utf32.lookup_cid_code(u32::from(c), 4), cid, "{c}");
            let (code, bytes) = super::utf_8(c);
            assert_eq!(utf8.lookup_cid_code(code, bytes as u8), cid, "{c}");
        }
        let outside_bmp = utf16.lookup_cid_code(0xD842_DFB7, 4);
        assert!(outside_bmp.is_some());
        assert_eq!(utf32.lookup_cid_code(0x2_0BB7, 4), outside_bmp);
        assert!(predefined(CMapName::from_bytes(b"UniJIS-UTF7-H")).is_none());
    }

    #[test]
    fn radicals_become_ideographs() {
        for (radical, ideograph) in [('⻑', '長'), ('⽌', '止'), ('⽤', '用'), ('長', '長')]
        {
            assert_eq!(settle(radical), ideograph);
        }
    }
}
