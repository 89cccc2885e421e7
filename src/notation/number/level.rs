//! Single levels of a number.

use super::glyph::REACH;
use super::reader::Reader;
use super::{Style, numeral};

/// Most digits of one level.
pub(super) const DIGITS: usize = 4;

/// One level of a number.
pub(super) struct Level {
    pub(super) value: u32,
    /// What it counts for in its other meaning.
    pub(super) other: Option<u32>,
    pub(super) style: Style,
}

pub(super) fn level(value: u32, style: Style) -> Level {
    Level {
        value,
        other: None,
        style,
    }
}

impl Reader<'_> {
    /// A level in brackets: `(1)`, `【ア】`, `(iv)`.
    pub(super) fn enclosed(&mut self) -> Option<Level> {
        let start = self.at;
        let level = self.enclosed_level();
        if level.is_none() {
            self.at = start;
        }
        level
    }

    fn enclosed_level(&mut self) -> Option<Level> {
        let (closer, letters) = match self.peek(0)? {
            '(' => (')', true),
            '[' => (']', true),
            '【' => ('】', true),
            '〔' => ('〕', true),
            // <b> is a tag, not a number.
            '<' => ('>', false),
            '《' => ('》', false),
            _ => return None,
        };
        self.at += 1;
        self.spaces();
        let mut level = self.arabic();
        if letters {
            level = level
                .or_else(|| self.roman_or_letter())
                .or_else(|| self.kana())
                .or_else(|| self.kanji());
        }
        self.spaces();
        let closed = self.eat(closer);
        level.filter(|_| closed)
    }

    pub(super) fn circled(&mut self) -> Option<Level> {
        let value = numeral::circled(self.peek(0)?)?;
        self.at += 1;
        Some(level(value, Style::Marked))
    }

    pub(super) fn arabic(&mut self) -> Option<Level> {
        let digits = (0..).map_while(|i| self.peek(i)?.to_digit(10));
        let digits: Vec<u32> = digits.take(DIGITS + 1).collect();
        if digits.is_empty() || digits.len() > DIGITS {
            return None;
        }
        self.at += digits.len();
        Some(level(
            digits.iter().fold(0, |n, d| n * 10 + d),
            Style::Plain,
        ))
    }

    pub(super) fn kana(&mut self) -> Option<Level> {
        let (value, other) = numeral::kana(self.peek(0)?)?;
        self.at += 1;
        Some(Level {
            value,
            other,
            style: Style::Kana,
        })
    }

    pub(super) fn kanji(&mut self) -> Option<Level> {
        let text: Vec<char> = (0..4)
            .map_while(|i| self.peek(i).filter(|&c| numeral::is_kanji(c)))
            .collect();
        let value = numeral::kanji(&text)?;
        self.at += text.len();
        Some(level(value, Style::Kanji))
    }

    /// The Latin letters from here on.
    pub(super) fn letters(&self) -> String {
        (0..)
            .map_while(|i| self.peek(i).filter(char::is_ascii_alphabetic))
            .take(REACH)
            .collect()
    }

    pub(super) fn roman_or_letter(&mut self) -> Option<Level> {
        let letters = self.letters();
        let alone = (letters.len() == 1)
            .then(|| letters.chars().next())
            .flatten();
        let letter = alone.and_then(numeral::letter);
        let read = match (numeral::roman(&letters), letter) {
            (Some(value), other) => Level {
                value,
                other,
                style: Style::Roman,
            },
            (None, Some(value)) => level(value, Style::Letter),
            (None, None) => return None,
        };
        self.at += letters.len();
        Some(read)
    }

    /// A letter or kana that nothing but a separator follows.
    pub(super) fn lone_letter(&mut self) -> Option<Level> {
        let c = self.peek(0)?;
        let value = numeral::letter(c).or_else(|| numeral::kana(c).map(|k| k.0))?;
        let after = self.peek(1);
        if after.is_some_and(char::is_alphanumeric) || after == Some('ー') {
            return None;
        }
        self.at += 1;
        Some(level(value, Style::Letter))
    }
}
