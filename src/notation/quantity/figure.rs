//! Figures: digits, thousands, decimals, 万 and 億, and numbers in ideographs.

/// A figure at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    pub(super) value: f64,
    /// Its length in bytes.
    pub(super) length: usize,
    /// How many digits stand before the decimal point.
    pub(super) digits: usize,
    /// Digits alone: no decimals, no 万.
    pub(super) whole: bool,
}

/// Longest figure in digits that is a quantity; longer ones are identifiers.
const LONGEST: usize = 15;

/// A figure in digits. Not one of a version or an address (`1.2.3`).
pub(super) fn arabic(text: &str) -> Option<Figure> {
    let bytes = text.as_bytes();
    let digits_at = |at: usize| {
        bytes
            .iter()
            .skip(at)
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let mut value = 0.0;
    let mut add = |from: usize, count: usize| {
        for b in bytes.iter().skip(from).take(count) {
            value = value * 10.0 + f64::from(b - b'0');
        }
    };
    let mut digits = digits_at(0);
    if digits == 0 || digits > LONGEST {
        return None;
    }
    add(0, digits);
    let mut length = digits;
    if digits <= 3 {
        while bytes.get(length) == Some(&b',') && digits_at(length + 1) == 3 && digits < LONGEST {
            add(length + 1, 3);
            length += 4;
            digits += 3;
        }
    }
    let decimals = if bytes.get(length) == Some(&b'.') {
        digits_at(length + 1)
    } else {
        0
    };
    if decimals > LONGEST {
        return None;
    }
    if decimals > 0 {
        length += 1 + decimals;
        let next = bytes.get(length).zip(bytes.get(length + 1));
        if next.is_some_and(|(dot, digit)| *dot == b'.' && digit.is_ascii_digit()) {
            return None;
        }
        value = text.get(..length)?.replace(',', "").parse().ok()?;
    }
    let mut figure = Figure {
        value,
        length,
        digits,
        whole: decimals == 0,
    };
    for (word, factor) in [
        ("百万", 1e6),
        ("千万", 1e7),
        ("千", 1e3),
        ("万", 1e4),
        ("億", 1e8),
        ("兆", 1e12),
    ] {
        if text
            .get(length..)
            .is_some_and(|rest| rest.starts_with(word))
        {
            figure.value *= factor;
            figure.length += word.len();
            figure.whole = false;
            break;
        }
    }
    Some(figure)
}

/// A figure in ideographs, 一 to 九十九.
pub(super) fn kanji(text: &str) -> Option<Figure> {
    let digit = |c: char| {
        "一二三四五六七八九"
            .chars()
            .position(|k| k == c)
            .map(|p| p as f64 + 1.0)
    };
    let mut tens = None;
    let mut ones = None;
    let mut length = 0;
    for c in text.chars() {
        match (c, tens, ones) {
            ('十', None, before) => {
                tens = Some(before.unwrap_or(1.0));
                ones = None;
            }
            (_, _, None) if digit(c).is_some() => ones = digit(c),
            _ => break,
        }
        length += c.len_utf8();
    }
    (length > 0).then(|| Figure {
        value: tens.unwrap_or(0.0) * 10.0 + ones.unwrap_or(0.0),
        length,
        digits: 2,
        whole: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_thousands_decimals_and_multipliers() {
        for (text, value, length) in [
            ("5営業日", 5.0, 1),
            ("1,000円", 1000.0, 5),
            ("1,000,000", 1e6, 9),
            ("3,4日", 3.0, 1),
            ("99.989%", 99.989, 6),
            ("1,234.5", 1234.5, 7),
            ("500万円", 5e6, 6),
            ("1億円", 1e8, 4),
            ("1.5倍", 1.5, 3),
            ("3.", 3.0, 1),
        ] {
            let figure = arabic(text).unwrap();
            assert_eq!((figure.value, figure.length), (value, length), "{text}");
        }
        for text in ["", "a", "1.2.3", "1234567890123456"] {
            assert_eq!(arabic(text), None, "{text}");
        }
        for (text, value) in [
            ("一", 1.0),
            ("十二回", 12.0),
            ("二十年", 20.0),
            ("九十九", 99.0),
            ("一二", 1.0),
        ] {
            assert_eq!(kanji(text).unwrap().value, value, "{text}");
        }
        assert_eq!(kanji("千"), None);
    }
}
