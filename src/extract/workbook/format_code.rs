//! Format codes to tokens.

use super::date::Shape;

/// One of up to four parts of a format code.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// `[>=100]`.
    pub condition: Option<Condition>,
    /// In order.
    pub tokens: Vec<Token>,
    /// What a number in it is.
    pub class: Class,
}

/// What a section makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A number, whatever stands around it.
    Number,
    /// A date, a time of day, or both.
    Date(Shape),
    /// Time that does not stop at a day or an hour; `unit` is `h`, `m` or `s`.
    Elapsed {
        /// The largest unit.
        unit: char,
        /// Whether seconds are shown below it.
        seconds: bool,
    },
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// Shown as it is.
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    /// The decimal point.
    Point,
    /// Groups thousands, or divides by a thousand at the end.
    Comma,
    /// Times a hundred.
    Percent,
    /// The word General.
    General,
    /// `@`.
    Text,
    /// An exponent or a fraction bar: digits cannot simply be filled in.
    Other,
}

/// A section's condition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Condition {
    less: bool,
    equal: bool,
    greater: bool,
    limit: f64,
}

impl Condition {
    /// Whether a number meets it.
    pub fn holds(&self, value: f64) -> bool {
        self.less && value < self.limit
            || self.equal && value == self.limit
            || self.greater && value > self.limit
    }

    fn parse(text: &str) -> Option<Self> {
        let (op, limit) = text.split_at(text.find(|c| !matches!(c, '<' | '=' | '>'))?);
        Some(Condition {
            less: op.contains('<'),
            equal: op.contains('='),
            greater: op.contains('>'),
            limit: limit.trim().parse().ok()?,
        })
    }
}

/// Sections a format can have: positive, negative, zero, text.
const MAX_SECTIONS: usize = 4;

/// Splits and reads a format code.
pub fn sections(code: &str) -> Vec<Section> {
    let mut found = Vec::new();
    let mut rest = code;
    while found.len() < MAX_SECTIONS {
        let (section, left) = Lexer::new(rest).section();
        found.push(section);
        match left {
            Some(left) => rest = left,
            None => break,
        }
    }
    found
}

struct Lexer<'a> {
    rest: &'a str,
    section: Section,
    /// Date letters in order, one per run; upper case stands for an elapsed unit.
    letters: Vec<char>,
    /// A digit place was seen: what follows are no date letters.
    in_number: bool,
}

impl<'a> Lexer<'a> {
    fn new(rest: &'a str) -> Self {
        Lexer {
            rest,
            section: Section {
                condition: None,
                tokens: Vec::new(),
                class: Class::Number,
            },
            letters: Vec::new(),
            in_number: false,
        }
    }

    /// Reads up to the next `;`. Returns what follows it.
    fn section(mut self) -> (Section, Option<&'a str>) {
        let mut left = None;
        while let Some(c) = self.rest.chars().next() {
            let after = self.rest.get(c.len_utf8()..).unwrap_or("");
            if c == ';' {
                left = Some(after);
                break;
            }
            self.rest = self.token(c, after);
        }
        self.section.class = classify(&self.letters);
        (self.section, left)
    }

    /// Takes one token; returns what follows.
    fn token(&mut self, c: char, after: &'a str) -> &'a str {
        match c {
            '"' => {
                let (text, after) = after.split_once('"').unwrap_or((after, ""));
                self.literal(text);
                return after;
            }
            '\\' | '!' => {
                let (text, after) = split_first(after);
                self.literal(text);
                return after;
            }
            '_' => {
                self.literal(" ");
                return split_first(after).1;
            }
            '*' => return split_first(after).1,
            '[' => {
                let (inside, after) = after.split_once(']').unwrap_or((after, ""));
                self.bracket(inside);
                return after;
            }
            '0' | '#' | '?' => self.push(Token::Digit(c)),
            '.' => self.push(Token::Point),
            ',' => self.push(Token::Comma),
            '%' => self.push(Token::Percent),
            '@' => self.push(Token::Text),
            _ => return self.word(c, after),
        }
        after
    }

    fn word(&mut self, c: char, after: &'a str) -> &'a str {
        for (word, letter) in [
            ("general", ' '),
            ("g/標準", ' '),
            ("am/pm", 'p'),
            ("a/p", 'p'),
        ] {
            let head = self.rest.get(..word.len());
            if head.is_some_and(|h| h.eq_ignore_ascii_case(word)) {
                if letter == ' ' {
                    self.push(Token::General);
                } else {
                    self.letters.push(letter);
                }
                return self.rest.get(word.len()..).unwrap_or("");
            }
        }
        let lower = c.to_ascii_lowercase();
        let in_number = self.in_number;
        match lower {
            'e' if after.starts_with(['+', '-']) && in_number => {
                self.push(Token::Other);
                return split_first(after).1;
            }
            '/' if in_number => self.push(Token::Other),
            'y' | 'm' | 'd' | 'h' | 's' | 'e' | 'g' | 'a' | 'b' if !in_number => {
                self.letters.push(lower);
                return after.trim_start_matches([lower, lower.to_ascii_uppercase()]);
            }
            // Not part of a number: left out, as in `0e`.
            'e' | 'g' if in_number => {}
            _ => {
                let mut buffer = [0; 4];
                let text = c.encode_utf8(&mut buffer);
                self.literal(text);
            }
        }
        after
    }

    fn bracket(&mut self, inside: &str) {
        if let Some(currency) = inside.strip_prefix('$') {
            let symbol = currency.split('-').next().unwrap_or("");
            self.literal(symbol);
        } else if inside.starts_with(['<', '>', '=']) {
            self.section.condition = Condition::parse(inside);
        } else if let Some(unit) = elapsed_unit(inside) {
            self.letters.push(unit.to_ascii_uppercase());
        }
    }

    fn literal(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(Token::Literal(last)) = self.section.tokens.last_mut() {
            last.push_str(text);
        } else {
            self.push(Token::Literal(text.to_owned()));
        }
    }

    fn push(&mut self, token: Token) {
        self.in_number |= matches!(token, Token::Digit(_) | Token::General);
        self.section.tokens.push(token);
    }
}

fn split_first(text: &str) -> (&str, &str) {
    let end = text.chars().next().map_or(0, char::len_utf8);
    text.split_at(end)
}

fn elapsed_unit(inside: &str) -> Option<char> {
    let unit = inside.chars().next()?.to_ascii_lowercase();
    let same = inside.chars().all(|c| c.eq_ignore_ascii_case(&unit));
    (same && matches!(unit, 'h' | 'm' | 's')).then_some(unit)
}

/// Tells dates, times and durations from the letters. `m` is minutes next to hours or seconds.
fn classify(letters: &[char]) -> Class {
    let seconds = letters.contains(&'s');
    if let Some(unit) = letters.iter().find(|c| c.is_ascii_uppercase()) {
        return Class::Elapsed {
            unit: unit.to_ascii_lowercase(),
            seconds,
        };
    }
    let mut shape = Shape {
        seconds,
        ..Shape::default()
    };
    for (i, letter) in letters.iter().enumerate() {
        match letter {
            'h' | 's' | 'p' => shape.time = true,
            'm' => {
                let before = letters.iter().take(i).rev().find(|c| **c != 'p');
                let after = letters.get(i + 1);
                if before == Some(&'h') || after == Some(&'s') {
                    shape.time = true;
                } else {
                    shape.date = true;
                }
            }
            _ => shape.date = true,
        }
    }
    if shape.date || shape.time {
        Class::Date(shape)
    } else {
        Class::Number
    }
}
