//! Quantities in answers.
//!
//! One pass over the text from left to right. A quantity begins at a figure (`5営業日前まで`,
//! `99.9%以上`, `10:00-16:00`, `2026年4月`) or at one of a few words (`毎日`, `年2回`, `TLS`); what
//! is no quantity with a unit this module knows is passed over as a whole, so that registration
//! numbers, addresses, standards (`ISO/IEC 27001`), `第2条` and `18号` give nothing.
//!
//! | kind | number | unit | iso |
//! |---|---|---|---|
//! | duration | lower bound or value | `second` … `year`, `business_day` | |
//! | percentage | | `percent` | |
//! | count | | `time` `case` `person` `user` … | |
//! | generations | | `generation` | |
//! | byte_size | as written, not converted | `megabyte` … | |
//! | money | 万 and 億 multiplied out | `yen`, `dollar` | |
//! | frequency | how many times | `time` | the period: `P1D`, `P3M`, `PT5M` |
//! | time_of_day | null | null | `10:00`, `10:00/18:00` |
//! | date | null | null | `2026-04-01`, `2026-04` |
//! | protocol_version | the version | `tls`, `ssl` | the version: `1.2` |
//! | always_on | null | null | |

mod clock;
mod compare;
mod figure;
mod frequency;
mod latin;
mod measure;
#[cfg(test)]
mod tests;
mod unit;

use super::date;
use super::show::shown;
use crate::model::{Op, Value, ValueKind};

/// Most values taken from one text; more is a table, not an answer.
const MOST_VALUES: usize = 64;

/// All quantities of an answer, in the order of the text. Their words are in display form.
pub fn values(text: &str) -> Vec<Value> {
    let text = shown(text);
    let mut scan = Scan {
        text: &text,
        at: 0,
        taken: 0,
        found: Vec::new(),
    };
    while scan.found.len() < MOST_VALUES && scan.step() {}
    scan.found
}

/// Whether what follows a figure makes it a quantity: `時間以内`, `% 以上`, `世代`, `段階`.
/// (`1 ユーザー認証` is a numbered heading, so nouns that also count things do not.)
pub fn begins_with_unit(after: &str) -> bool {
    let after = shown(after);
    unit::at(&after).is_some_and(|u| !u.is_noun) || unit::continues_figure(&after)
}

/// A text being scanned.
struct Scan<'a> {
    text: &'a str,
    /// Where the next character stands.
    at: usize,
    /// What stands before this is part of a value already.
    taken: usize,
    found: Vec<Value>,
}

impl<'a> Scan<'a> {
    /// Goes on to the next place where a value may begin, and reads it. False at the end.
    fn step(&mut self) -> bool {
        let next = self.rest().char_indices().find(|&(_, c)| may_begin(c));
        let Some((skipped, c)) = next else {
            return false;
        };
        self.at += skipped;
        match c {
            '0'..='9' => self.figure(),
            'a'..='z' | 'A'..='Z' => self.latin(),
            '¥' | '\\' | '$' => self.priced(c),
            _ if self.worded(c) => {}
            _ => self.at += c.len_utf8(),
        }
        true
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> Option<char> {
        self.text.get(..self.at)?.chars().next_back()
    }

    /// Takes a value that ends at `end`.
    fn take(&mut self, start: usize, end: usize, value: Value) {
        let text = self.text.get(start..end).unwrap_or_default().trim();
        self.found.push(Value {
            text: text.to_owned(),
            ..value
        });
        self.at = end;
        self.taken = end;
    }

    /// Reads what begins with a digit.
    fn figure(&mut self) {
        let start = self.at;
        if self.before() == Some('第') {
            self.pass_over();
            return;
        }
        if let Some((iso, end)) = date::at(self.text, start) {
            let (op, end) = compare::of_time(self.text, end);
            self.take(start, end, value(ValueKind::Date, op).iso(iso));
        } else if !(clock::read(self, start) || measure::read(self, start)) {
            self.pass_over();
        }
    }

    /// Goes past a figure that is no quantity, with all that is written in one piece with it.
    fn pass_over(&mut self) {
        let rest = self.rest().as_bytes();
        let mut length = 0;
        for (i, &b) in rest.iter().enumerate() {
            let joins = matches!(b, b'.' | b'-' | b'_' | b'/' | b':' | b',' | b'@' | b'+');
            let goes_on = joins && rest.get(i + 1).is_some_and(u8::is_ascii_alphanumeric);
            if !b.is_ascii_alphanumeric() && !goes_on {
                break;
            }
            length = i + 1;
        }
        let counted = self.before() == Some('第');
        self.at += length.max(1);
        // 第2回: the counter belongs to the ordinal.
        if counted && let Some(unit) = unit::at(self.rest()) {
            self.at += unit.length;
        }
    }

    /// Reads money with its sign in front.
    fn priced(&mut self, sign: char) {
        let start = self.at;
        self.at += sign.len_utf8();
        // C:\10 is a path.
        let before = self.text.get(..start).and_then(|t| t.chars().next_back());
        if sign == '\\' && before.is_some_and(|c| c.is_ascii_graphic()) {
            return;
        }
        let unit = if sign == '$' { "dollar" } else { "yen" };
        if let Some(figure) = figure::arabic(self.rest()) {
            let end = self.at + figure.length;
            let (op, from, end) = compare::of(self.text, start, end, self.taken);
            let money = value(ValueKind::Money, op).number(figure.value).unit(unit);
            self.take(from, end, money);
        }
    }
}

/// Whether a value may begin with this character.
#[inline]
fn may_begin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '¥' | '\\' | '$') || frequency::may_begin(c)
}

/// A value without a number yet.
fn value(kind: ValueKind, op: Option<Op>) -> Value {
    Value {
        kind,
        op,
        number: None,
        max: None,
        unit: None,
        iso: None,
        text: String::new(),
    }
}

/// Filling in a value.
trait Fill {
    fn number(self, number: f64) -> Self;
    fn max(self, max: Option<f64>) -> Self;
    fn unit(self, unit: &str) -> Self;
    fn iso(self, iso: String) -> Self;
}

impl Fill for Value {
    fn number(self, number: f64) -> Self {
        Value {
            number: Some(number),
            ..self
        }
    }

    fn max(self, max: Option<f64>) -> Self {
        Value { max, ..self }
    }

    fn unit(self, unit: &str) -> Self {
        Value {
            unit: Some(unit.to_owned()),
            ..self
        }
    }

    fn iso(self, iso: String) -> Self {
        Value {
            iso: Some(iso),
            ..self
        }
    }
}
