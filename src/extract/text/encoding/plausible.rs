//! How plausible a text is as something a vendor wrote.
//!
//! Every reading of the same bytes gets points; only their difference matters. The weights are
//! set so that a Japanese sentence beats any wrong reading of itself by far, and texts of a few
//! characters, where no reading is certain, come out close together.

use std::sync::LazyLock;

use encoding_rs::{EUC_JP, Encoding as Coding, SHIFT_JIS};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Hiragana make up about half of running Japanese and are rare in wrong readings.
const HIRAGANA: f64 = 2.0;
/// Full-width katakana: as above, fewer.
const KATAKANA: f64 = 1.5;
/// Kanji of JIS X 0208 level 1: those in use.
const COMMON_KANJI: f64 = 1.2;
/// Kanji of level 2 and the extensions: names, and what wrong readings are full of.
const RARE_KANJI: f64 = -0.4;
/// A kanji that no Japanese character set has.
const FOREIGN_KANJI: f64 = -1.5;
/// 、。「」・ー and full-width Latin letters and digits.
const PUNCTUATION: f64 = 1.0;
/// ○ × △ → ① ㈱ ℃ and the like.
const SYMBOL: f64 = 0.7;
/// Half-width katakana that could be a word: half of a kanji, since it takes half the bytes (in
/// EUC-JP it takes as many).
const HALF_KATAKANA: f64 = 0.7;
/// Half-width katakana that no word has: a sound mark or small kana out of place. EUC-JP read as
/// CP932 is full of them.
const BROKEN_HALF_KATAKANA: f64 = -1.5;
/// Half-width 、。・「」: in wrong readings every kana yields one.
const HALF_PUNCTUATION: f64 = -0.5;
/// A Latin letter with an accent or a typographic mark, alone among ASCII, as in English text.
const LONE_LATIN: f64 = 1.0;
/// The same beside another one.
const LATIN_RUN: f64 = -1.5;
/// A kanji or half-width kana between two Latin letters: an apostrophe or accent misread.
const INSIDE_WORD: f64 = -2.5;
/// Greek and Cyrillic letters, which Japanese character sets have and sheets hardly use.
const GREEK_OR_CYRILLIC: f64 = -0.3;
/// Letters of other scripts, and accented Latin ones where Japanese is expected.
const OTHER_SCRIPT: f64 = -1.5;
/// Private use: characters nobody but their maker can read.
const PRIVATE: f64 = -4.0;
/// A control character.
const CONTROL: f64 = -6.0;
/// Bytes that the encoding does not allow.
const FAULT: f64 = -8.0;
/// Bytes that are valid UTF-8 hardly are so by chance.
const PRIOR_VALID_UTF8: f64 = 4.0;
/// Sheets come from Japan; of two equal readings CP932 is likelier, Windows-1252 less so.
const PRIOR_CP932: f64 = 0.5;
const PRIOR_1252: f64 = -0.5;

/// Kanji of JIS X 0208 level 1 (rows 16 to 47), by code point from U+4E00.
static COMMON: LazyLock<Box<[u64]>> = LazyLock::new(|| {
    let mut bits = vec![0_u64; (0xA000 - 0x4E00) / 64].into_boxed_slice();
    // In CP932 these rows are 0x889F to 0x9872.
    for lead in 0x88..=0x98_u8 {
        for trail in (0x40..=0xFC_u8).filter(|&t| t != 0x7F) {
            let code = u16::from_be_bytes([lead, trail]);
            if !(0x889F..=0x9872).contains(&code) {
                continue;
            }
            let pair = [lead, trail];
            let (text, _) = SHIFT_JIS.decode_without_bom_handling(&pair);
            for c in text.chars() {
                if let Some(n) = (c as usize).checked_sub(0x4E00)
                    && let Some(word) = bits.get_mut(n / 64)
                {
                    *word |= 1 << (n % 64);
                }
            }
        }
    }
    bits
});

fn is_common_kanji(c: char) -> bool {
    (c as usize)
        .checked_sub(0x4E00)
        .and_then(|n| COMMON.get(n / 64).map(|word| word >> (n % 64) & 1 == 1))
        .unwrap_or(false)
}

/// Points for reading bytes in an encoding.
pub(super) fn plausibility(bytes: &[u8], coding: &'static Coding) -> f64 {
    let whole = if coding == UTF_16LE || coding == UTF_16BE {
        &bytes[..bytes.len() & !1]
    } else {
        bytes
    };
    let (text, faults) = coding.decode_without_bom_handling(whole);
    let prior = if coding == SHIFT_JIS {
        PRIOR_CP932
    } else if coding == UTF_8 && !faults {
        PRIOR_VALID_UTF8
    } else if coding == WINDOWS_1252 {
        PRIOR_1252
    } else {
        0.0
    };
    prior + points(&text, coding)
}

/// Points for a text that was read in an encoding.
fn points(text: &str, coding: &'static Coding) -> f64 {
    let western = coding == WINDOWS_1252;
    // Half-width kana and accented letters take two bytes in some encodings and one in others.
    let two_bytes = coding == EUC_JP || coding == UTF_8;
    let mut total = 0.0;
    let mut before = '\n';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii() {
            if is_control(c) {
                total += CONTROL;
            }
        } else {
            let after = chars.peek().copied().unwrap_or('\n');
            total += match c {
                '\u{80}'..='\u{9F}' => CONTROL,
                _ if western && before.is_ascii() && after.is_ascii() => LONE_LATIN,
                _ if western => LATIN_RUN,
                '\u{FF66}'..='\u{FF9F}' if two_bytes => 2.0 * of(c, before, after),
                '\u{A0}'..='\u{17F}' if coding == UTF_8 && before.is_ascii() => 2.0 * LONE_LATIN,
                _ => of(c, before, after),
            };
        }
        before = c;
    }
    total
}

/// ASCII control characters that texts do not hold.
pub(super) fn is_control(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1A}')
}

/// Points for a character that is not ASCII between two others.
fn of(c: char, before: char, after: char) -> f64 {
    let inside_word = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
    match c {
        '\u{FFFD}' => FAULT,
        'ぁ'..='ゟ' => HIRAGANA,
        '・' | 'ー' => PUNCTUATION,
        'ァ'..='ヿ' => KATAKANA,
        '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}'
            if inside_word =>
        {
            INSIDE_WORD
        }
        '\u{4E00}'..='\u{9FFF}' if is_common_kanji(c) => COMMON_KANJI,
        '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => RARE_KANJI,
        '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFF}' => FOREIGN_KANJI,
        '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF5E}' | '\u{FFE0}'..='\u{FFE6}' => PUNCTUATION,
        '\u{FF61}'..='\u{FF65}' => HALF_PUNCTUATION,
        '\u{FF66}'..='\u{FF9F}' => half_katakana(c, before),
        '\u{2010}'..='\u{26FF}' | '\u{3200}'..='\u{33FF}' => SYMBOL,
        '×' | '÷' | '±' | '°' | '§' | '¶' | '´' | '¨' | '¬' | '¥' => SYMBOL,
        '\u{391}'..='\u{451}' => GREEK_OR_CYRILLIC,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => PRIVATE,
        _ => OTHER_SCRIPT,
    }
}

fn half_katakana(c: char, before: char) -> f64 {
    let stands = match c {
        // ﾞ after ｳ, ｶ to ﾄ, ﾊ to ﾎ; ﾟ after ﾊ to ﾎ.
        'ﾞ' => matches!(before, 'ｳ' | 'ｶ'..='ﾄ' | 'ﾊ'..='ﾎ'),
        'ﾟ' => matches!(before, 'ﾊ'..='ﾎ'),
        // Small kana and the long vowel follow another kana.
        'ｧ'..='ｰ' => matches!(before, 'ｱ'..='ﾟ' | 'ｧ'..='ｯ'),
        // No word begins with ｦ or ﾝ.
        'ｦ' | 'ﾝ' => matches!(before, 'ｱ'..='ﾟ' | 'ｧ'..='ｰ'),
        _ => true,
    };
    if stands {
        HALF_KATAKANA
    } else {
        BROKEN_HALF_KATAKANA
    }
}
