//! The grammar of numbers.

use super::glyph::{Glyph, REACH, glyphs};
use super::level::{DIGITS, Level};
use super::{Read, Style, numeral};
use crate::model::ItemNumber;
use crate::notation::show;

/// Most levels.
const LEVELS: usize = 6;

/// Longest cell in bytes that can be a number.
const LONGEST: usize = 120;

/// A number at the start of a text.
pub(super) struct Token {
    pub(super) path: Vec<u32>,
    pub(super) other: Option<Vec<u32>>,
    pub(super) style: Style,
    /// How many glyphs it takes, with what closes it.
    pub(super) length: usize,
    /// What closes it: a bracket, a full stop, the 条 of 第1条, the circle of ①.
    pub(super) closed_by: Option<char>,
}

pub(super) fn whole(cell: &str) -> Option<Read> {
    if cell.len() > LONGEST {
        return None;
    }
    let glyphs = glyphs(cell);
    let start = glyphs.iter().position(|g| g.c != ' ')?;
    let end = glyphs.iter().rposition(|g| g.c != ' ')? + 1;
    let text = glyphs.get(start..end)?;
    if glyphs.len() >= REACH {
        return None;
    }
    let token = token(text)?;
    (token.length == text.len()).then(|| Read {
        number: ItemNumber {
            raw: show(cell),
            path: token.path,
        },
        style: token.style,
        other: token.other,
    })
}

/// The number at the start of a text, the longest there is.
pub(super) fn token(text: &[Glyph]) -> Option<Token> {
    let mut reader = Reader { text, at: 0 };
    let token = reader.token()?;
    is_plausible(&token, text.get(..token.length)?).then_some(token)
}

/// Reads glyph by glyph.
pub(super) struct Reader<'a> {
    pub(super) text: &'a [Glyph],
    pub(super) at: usize,
}

impl Reader<'_> {
    pub(super) fn peek(&self, ahead: usize) -> Option<char> {
        self.text.get(self.at + ahead).map(|g| g.c)
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let found = self.peek(0) == Some(c);
        self.at += usize::from(found);
        found
    }

    pub(super) fn spaces(&mut self) {
        while self.eat(' ') {}
    }

    fn token(&mut self) -> Option<Token> {
        if let Some(token) = self.article() {
            return Some(token);
        }
        let prefixed = self.prefix();
        let mut token = if prefixed {
            let first = self.arabic().or_else(|| self.circled())?;
            self.levels(first, Style::Marked)?
        } else if let Some(first) = self.enclosed().or_else(|| self.circled()) {
            let mut token = self.levels(first, Style::Marked)?;
            token.closed_by = Some(')');
            token
        } else if let Some(first) = self.arabic() {
            self.levels(first, Style::Plain)?
        } else if self.peek(0)?.is_ascii_alphabetic() {
            self.latin()?
        } else {
            let first = self.kana().or_else(|| self.kanji())?;
            let style = first.style;
            self.levels(first, style)?
        };
        if let Some(closer) = self.closer() {
            token.closed_by = Some(closer);
            if token.style != Style::Levels {
                token.style = Style::Marked;
            }
        }
        token.length = self.at;
        Some(token)
    }

    /// The levels after the first one.
    pub(super) fn levels(&mut self, first: Level, style: Style) -> Option<Token> {
        let mut path = vec![first.value];
        while let Some(next) = self.next_level(path.len()) {
            path.push(next.value);
            if path.len() > LEVELS {
                return None;
            }
        }
        let bare = !matches!(style, Style::Coded | Style::Marked);
        let other = first.other.map(|value| {
            let mut other = path.clone();
            other.splice(..1, [value]);
            other
        });
        // What goes on with a digit or a letter was cut off in the middle of something else.
        if self.peek(0).is_some_and(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        Some(Token {
            style: if path.len() > 1 && bare {
                Style::Levels
            } else {
                style
            },
            path,
            other,
            length: self.at,
            closed_by: None,
        })
    }

    fn next_level(&mut self, levels: usize) -> Option<Level> {
        let start = self.at;
        let before = start.checked_sub(1).and_then(|b| self.text.get(b));
        let after_digit = before.is_some_and(|g| g.c.is_ascii_digit());
        let after_bracket = before.is_some_and(|g| matches!(g.c, ')' | ']' | '】'));
        let level = match self.peek(0)? {
            '-' | '.' | '_' => {
                self.at += 1;
                self.arabic()
                    .or_else(|| self.circled())
                    .or_else(|| self.enclosed())
                    .or_else(|| {
                        if after_digit {
                            self.lone_letter()
                        } else {
                            None
                        }
                    })
            }
            '(' | '[' => self.enclosed(),
            ' ' if self.peek(1) == Some('-') && self.peek(2) == Some(' ') => {
                self.at += 3;
                self.arabic()
            }
            // 1a
            'a'..='z' if levels == 1 && after_digit => self.lone_letter(),
            c if numeral::circled(c).is_some() && (after_digit || after_bracket) => self.circled(),
            _ => None,
        };
        if level.is_none() {
            self.at = start;
        }
        level
    }

    /// A mark that ends a number.
    fn closer(&mut self) -> Option<char> {
        let mut closer = None;
        if self.peek(0) == Some(' ') && matches!(self.peek(1), Some('.' | ':' | ')')) {
            self.at += 1;
        }
        while let Some(c) = self
            .peek(0)
            .filter(|&c| matches!(c, '.' | ')' | ']' | ':' | '、' | '。' | ',' | '・'))
        {
            closer = Some(c);
            self.at += 1;
            if self.at > LEVELS * DIGITS {
                break;
            }
        }
        closer
    }
}

/// Whether it is none of the things that look like numbers.
fn is_plausible(token: &Token, text: &[Glyph]) -> bool {
    let path = &*token.path;
    let digits = text.iter().filter(|g| g.c.is_ascii_digit()).count();
    let dotted = text.iter().any(|g| g.c == '.');
    let arabic = text.first().is_some_and(|g| g.c.is_ascii_digit());
    if !arabic {
        return true;
    }
    let year = |n: u32| (1900..=2100).contains(&n);
    match *path {
        [y, m] if year(y) && (1..=12).contains(&m) => false,
        [y, m, d] if year(y) && (1..=12).contains(&m) && (1..=31).contains(&d) => false,
        [first, _] if dotted && token.style == Style::Levels => {
            (1..90).contains(&first) && digits < 7
        }
        [_, _] => digits < 7,
        [a, _, _, d] if dotted => a <= 99 && d <= 99 && a > 0 && digits < 9,
        _ => digits < 9,
    }
}
