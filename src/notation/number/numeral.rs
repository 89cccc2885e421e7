//! What single signs count for.

/// A circled or negative circled number: `①` is 1.
pub(super) fn circled(c: char) -> Option<u32> {
    let (first, value) = match c {
        '⓪' | '⓿' => return Some(0),
        '①'..='⑳' => ('①', 1),
        '㉑'..='㉟' => ('㉑', 21),
        '㊱'..='㊿' => ('㊱', 36),
        '⓵'..='⓾' => ('⓵', 1),
        '❶'..='❿' => ('❶', 1),
        '⓫'..='⓴' => ('⓫', 11),
        '➀'..='➉' => ('➀', 1),
        '➊'..='➓' => ('➊', 1),
        'Ⓐ'..='Ⓩ' => ('Ⓐ', 1),
        'ⓐ'..='ⓩ' => ('ⓐ', 1),
        '㊀'..='㊉' => ('㊀', 1),
        '㋐'..='㋾' => ('㋐', 1),
        _ => return None,
    };
    Some(c as u32 - first as u32 + value)
}

/// A Latin letter: `A` and `a` are 1.
pub(super) fn letter(c: char) -> Option<u32> {
    let c = c.to_ascii_lowercase();
    c.is_ascii_lowercase().then(|| c as u32 - 'a' as u32 + 1)
}

/// The kana in the order of アイウエオ.
const GOJUON: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";

/// The kana in the order of イロハ.
const IROHA: &str = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス";

/// A katakana in the order of アイウエオ, and in that of イロハ.
pub(super) fn kana(c: char) -> Option<(u32, Option<u32>)> {
    let place = |order: &str| order.chars().position(|k| k == c).map(|p| p as u32 + 1);
    Some((place(GOJUON)?, place(IROHA)))
}

/// A digit in ideographs, `十` excepted.
fn kanji_digit(c: char) -> Option<u32> {
    "一二三四五六七八九"
        .chars()
        .position(|k| k == c)
        .map(|p| p as u32 + 1)
}

/// Whether a number in ideographs may begin or go on with this.
pub(super) fn is_kanji(c: char) -> bool {
    c == '十' || kanji_digit(c).is_some()
}

/// A number in ideographs, 一 to 九十九.
pub(super) fn kanji(text: &[char]) -> Option<u32> {
    match *text {
        ['十'] => Some(10),
        [d] => kanji_digit(d),
        ['十', d] => Some(10 + kanji_digit(d)?),
        [d, '十'] => Some(kanji_digit(d)? * 10),
        [t, '十', d] => Some(kanji_digit(t)? * 10 + kanji_digit(d)?),
        _ => None,
    }
}

/// Roman numbers, which are short: XX and more is a placeholder rather than a chapter.
const ROMAN: [&str; 19] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII", "XVIII", "XIX",
];

/// A Roman number in one case, I to XIX.
pub(super) fn roman(text: &str) -> Option<u32> {
    let one_case = text.bytes().all(|b| b.is_ascii_uppercase())
        || text.bytes().all(|b| b.is_ascii_lowercase());
    let at = ROMAN.iter().position(|r| r.eq_ignore_ascii_case(text))?;
    one_case.then_some(at as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_count_from_one() {
        for (c, n) in [
            ('①', 1),
            ('⑳', 20),
            ('㉑', 21),
            ('㉟', 35),
            ('㊱', 36),
            ('㊿', 50),
            ('⓪', 0),
            ('❿', 10),
            ('⓫', 11),
            ('⓴', 20),
            ('ⓑ', 2),
            ('㊂', 3),
            ('㋑', 2),
            ('➌', 3),
        ] {
            assert_eq!(circled(c), Some(n), "{c}");
        }
        assert_eq!(kana('ア'), Some((1, Some(36))));
        assert_eq!(kana('イ'), Some((2, Some(1))));
        assert_eq!(kana('ン'), Some((46, None)));
        assert_eq!(kana('ー'), None);
        assert_eq!(GOJUON.chars().count(), 46);
        assert_eq!(IROHA.chars().count(), 47);
        assert_eq!(roman("xiv"), Some(14));
        assert_eq!(roman("Xi"), None);
        assert_eq!(roman("XX"), None);
        for (text, n) in [
            ("一", 1),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("九十九", 99),
        ] {
            assert_eq!(kanji(&text.chars().collect::<Vec<_>>()), Some(n));
        }
        assert_eq!(kanji(&['十', '十']), None);
        assert_eq!(kanji(&['一', '二']), None);
    }
}
