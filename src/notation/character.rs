//! What single characters are, as far as showing them goes.

use super::radical::ideograph;

/// What becomes of a character when it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Stays, whatever stands beside it.
    Plain,
    /// White space within a line.
    Space,
    /// The end of a line.
    Break,
    /// Seen by nobody: controls, zero-width characters, variation selectors.
    Invisible,
    /// Always shown as this one.
    Swap(char),
    /// Shown as it is although NFKC would take it apart (①, ゛).
    Kept,
    /// Shown as what NFKC makes of it, or combines with what stands before it.
    Compose,
    /// Voices the kana before it (`か` + this is `が`); in its combining form.
    Voicing(char),
}

/// Whether a character is one of those that make up nearly all text and are shown as they are:
/// kana, ideographs and the common punctuation of Japanese, Latin letters and digits.
#[inline]
pub(super) fn is_common(c: char) -> bool {
    matches!(c, '一'..='\u{9FFF}' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '、'..='】' | '0'..='9' | 'A'..='Z' | 'a'..='z')
}

/// The class of a character.
pub(super) fn class(c: char) -> Class {
    match c {
        ' ' | '\t' => Class::Space,
        '!'..='~' => Class::Plain,
        // Kana and the ideographs of Japanese text: nearly all that is left after ASCII.
        'ぁ'..='ゖ' | 'ァ'..='ヾ' | 'ゝ'..='ゞ' => Class::Plain,
        '一'..='\u{9FFF}' | '、'..='】' | '〒'..='〛' => Class::Plain,
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Break,
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => Class::Space,
        // The blank Braille cell and the Hangul fillers are used as spaces nobody sees.
        '\u{3000}' | '\u{2800}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => Class::Space,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}' => {
            Class::Invisible
        }
        '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => {
            Class::Invisible
        }
        '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => Class::Invisible,
        '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}' => Class::Invisible,
        '～' | '〜' | '∼' | '∾' | '〰' | '˜' | '⁓' => Class::Swap('~'),
        '‐' | '‑' | '‒' | '–' | '−' | '﹣' | '－' => Class::Swap('-'),
        '—' => Class::Plain,
        // CP932 has U+2015 where JIS X 0208 has U+2014; ruled lines are typed for either.
        '―' | '─' | '━' | '﹘' | '⸺' | '⸻' => Class::Swap('—'),
        '⁄' | '∕' => Class::Swap('/'),
        '！'..='｝' => Class::Swap(ascii_of(c)),
        '\u{2E80}'..='\u{2EFF}' | '⼾' | '⿊' => ideograph(c).map_or(Class::Compose, Class::Swap),
        '\u{E000}'..='\u{F8FF}' => symbol_font(c).map_or(Class::Plain, Class::Swap),
        '｡'..='ﾝ' => Class::Swap(wide_kana(c)),
        '\u{3099}' | 'ﾞ' => Class::Voicing('\u{3099}'),
        '\u{309A}' | 'ﾟ' => Class::Voicing('\u{309A}'),
        // Circled and negative circled characters mark lists; taken apart they fuse with the
        // text beside them.
        '①'..='⑳'
        | 'Ⓐ'..='⓿'
        | '❶'..='➓'
        | '㉄'..='㉇'
        | '㉑'..='㉿'
        | '㊀'..='㊿'
        | '㋐'..='㋾' => Class::Kept,
        // NFKC makes a space and a combining mark of these, which is no way to show them.
        '゛' | '゜' | '¨' | '¯' | '´' | '¸' | '˘'..='˝' | 'ͺ' | '΄' | '΅' | '‗' | '‾' | '￣' => {
            Class::Kept
        }
        '᾽'
        | '᾿'..='῁'
        | '῍'..='῏'
        | '῝'..='῟'
        | '\u{1FED}'..='\u{1FEF}'
        | '\u{1FFD}'
        | '\u{1FFE}'
        | '﹉'..='﹏' => Class::Kept,
        'ª' | '²' | '³' | 'µ' | '¹' | 'º' | '¼'..='¾' => Class::Compose,
        '\u{A1}'..='\u{FF}' => Class::Plain,
        '‘'..='‟' | '†'..='•' | '‰' | '‱' | '‹'..='※' | '€' => Class::Plain,
        '←'..='⇿' | '■'..='◿' | '☀'..='❵' | '➔'..='➿' | '⬀'..='⯿' => {
            Class::Plain
        }
        '∀'..='∫' | '∮' | '∱'..='⋿' => Class::Plain,
        '\u{3400}'..='\u{4DBF}' | '가'..='힣' => Class::Plain,
        '\u{20000}'..='\u{2F7FF}' | '\u{30000}'..='\u{3FFFF}' => Class::Plain,
        '\u{FFFD}' => Class::Plain,
        _ => Class::Compose,
    }
}

/// ASCII for the full-width form (U+FF01..=U+FF5E).
fn ascii_of(full: char) -> char {
    char::from_u32(full as u32 - 0xFEE0).unwrap_or(full)
}

/// The half-width forms U+FF61..=U+FF9D in full width.
const WIDE_KANA: [char; 61] = [
    '。', '「', '」', '、', '・', 'ヲ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ッ', 'ー',
    'ア', 'イ', 'ウ', 'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ',
    'チ', 'ツ', 'テ', 'ト', 'ナ', 'ニ', 'ヌ', 'ネ', 'ノ', 'ハ', 'ヒ', 'フ', 'ヘ', 'ホ', 'マ', 'ミ',
    'ム', 'メ', 'モ', 'ヤ', 'ユ', 'ヨ', 'ラ', 'リ', 'ル', 'レ', 'ロ', 'ワ', 'ン',
];

fn wide_kana(half: char) -> char {
    let at = (half as usize).wrapping_sub(0xFF61);
    WIDE_KANA.get(at).copied().unwrap_or(half)
}

/// Bullets and check marks of the fonts Symbol and Wingdings, which office programs store as
/// private-use code points.
fn symbol_font(c: char) -> Option<char> {
    Some(match c {
        '\u{F0B7}' | '\u{F09F}' => '•',
        '\u{F06C}' => '●',
        '\u{F0A1}' | '\u{F06D}' => '○',
        '\u{F06E}' => '■',
        '\u{F0A7}' => '▪',
        '\u{F06F}' | '\u{F0A8}' | '\u{F071}' | '\u{F072}' => '□',
        '\u{F075}' => '◆',
        '\u{F0D8}' => '➢',
        '\u{F0E0}' | '\u{F0E8}' => '→',
        '\u{F0FB}' => '✗',
        '\u{F0FC}' => '✓',
        '\u{F0FD}' => '☒',
        '\u{F0FE}' => '☑',
        _ => return None,
    })
}

/// Ideographs, of any plane, with the iteration mark.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '一'..='\u{9FFF}' | '々' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Hiragana.
pub(super) fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ')
}

/// Katakana with the long vowel mark, full-width.
pub(super) fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ')
}

/// A letter of Japanese text: kana or ideograph.
pub(super) fn is_japanese(c: char) -> bool {
    is_ideograph(c) || is_hiragana(c) || is_katakana(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    /// What is called plain must be what NFKC leaves alone, or showing would not be NFKC-based.
    #[test]
    fn plain_characters_are_stable_under_nfkc() {
        for c in '\0'..=char::MAX {
            let plain = matches!(class(c), Class::Plain);
            if plain && !std::iter::once(c).nfkc().eq([c]) {
                panic!("U+{:04X} {c} is not stable", c as u32);
            }
        }
    }

    #[test]
    fn half_width_kana_are_swapped_for_what_nfkc_makes_of_them() {
        for c in '｡'..='ﾝ' {
            assert!(std::iter::once(c).nfkc().eq([wide_kana(c)]), "{c}");
        }
    }

    #[test]
    fn common_characters_are_plain() {
        for c in ('\0'..=char::MAX).filter(|&c| is_common(c)) {
            assert_eq!(class(c), Class::Plain, "{c}");
        }
    }

    #[test]
    fn what_a_character_is_swapped_for_is_plain() {
        for c in '\0'..=char::MAX {
            if let Class::Swap(to) = class(c) {
                assert_eq!(class(to), Class::Plain, "U+{:04X}", c as u32);
            }
        }
    }

    /// A character is kept only where NFKC would do harm: a space, or a bare number.
    #[test]
    fn kept_characters_are_those_nfkc_takes_apart() {
        for c in ['①', '⑳', '㉑', '㊿', 'ⓐ', '㋐', '㊤', '゛', '´'] {
            assert_eq!(class(c), Class::Kept);
            assert!(!std::iter::once(c).nfkc().eq([c]));
        }
    }
}
