//! What begins with a Latin letter: protocol versions, era dates, English words, and all the
//! names whose digits are no quantities.

use super::figure::arabic;
use super::{Fill, Scan, compare, date, measure, value};
use crate::model::{Op, ValueKind};

/// English words for a frequency.
const EVERY: [(&str, &str); 8] = [
    ("annually", "P1Y"),
    ("daily", "P1D"),
    ("hourly", "PT1H"),
    ("monthly", "P1M"),
    ("quarterly", "P3M"),
    ("semiannually", "P6M"),
    ("weekly", "P1W"),
    ("yearly", "P1Y"),
];

impl Scan<'_> {
    pub(super) fn latin(&mut self) {
        let start = self.at;
        let rest = self.rest();
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let word = rest.get(..letters).unwrap_or_default();
        let after = start + letters;
        if matches!(word, "R" | "H" | "S" | "r" | "h" | "s")
            && let Some((iso, end)) = date::at(self.text, start)
        {
            let (op, end) = compare::of_time(self.text, end);
            self.take(start, end, value(ValueKind::Date, op).iso(iso));
        } else if word.eq_ignore_ascii_case("tls") || word.eq_ignore_ascii_case("ssl") {
            self.at = after;
            self.protocol(start, &word.to_ascii_lowercase());
        } else if word.eq_ignore_ascii_case("tlsv") || word.eq_ignore_ascii_case("sslv") {
            self.at = after - 1;
            self.protocol(
                start,
                &word.get(..3).unwrap_or_default().to_ascii_lowercase(),
            );
        } else if is_address(word, rest) {
            let end = rest
                .find(|c: char| !c.is_ascii_graphic())
                .unwrap_or(rest.len());
            self.at = start + end.max(1);
        } else if let Some((_, period)) = EVERY.iter().find(|(w, _)| word.eq_ignore_ascii_case(w)) {
            let found = value(ValueKind::Frequency, None).number(1.0).unit("time");
            self.take(start, after, found.iso((*period).to_owned()));
        } else {
            self.name(after);
        }
    }

    /// Goes past a name, with the digits in it; but `RTO4時間` has a quantity at its end.
    fn name(&mut self, after: usize) {
        self.at = after;
        let rest = self.rest();
        if !rest.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '_') {
            return;
        }
        let figure = arabic(rest);
        if let Some(figure) = figure
            && measure::measured(self, after, figure, |u| u.is_distinct && !u.is_noun)
        {
            return;
        }
        self.pass_over();
    }

    /// The versions after `TLS` or `SSL`: `TLS 1.2/1.3`, `TLSv1.2以上`.
    fn protocol(&mut self, start: usize, name: &str) {
        let mut start = start;
        let mut end = self.at;
        for first in [true, false, false, false] {
            let rest = self.text.get(end..).unwrap_or_default();
            let Some(begin) = version_after(rest, first).map(|n| end + n) else {
                return;
            };
            let number = self.text.get(begin..).unwrap_or_default();
            let length = version(number);
            let version = number.get(..length).unwrap_or_default().to_owned();
            if !first {
                start = begin;
            }
            end = begin + length;
            let (op, last) = at_least(self.text, end);
            let number = version.parse().ok();
            let mut found = value(ValueKind::ProtocolVersion, op)
                .unit(name)
                .iso(version);
            found.number = number;
            self.take(start, last, found);
            if op.is_some() {
                return;
            }
        }
    }
}

/// How far it is to a version from the end of the name, or from the end of another version.
fn version_after(rest: &str, first: bool) -> Option<usize> {
    let joints: &[&str] = if first {
        &[
            "バージョン",
            "Version",
            "version",
            "Ver.",
            "ver.",
            "Ver",
            "v",
            "V",
            "-",
            "",
        ]
    } else {
        &[
            "および",
            "及び",
            "または",
            "又は",
            "と",
            "or",
            "and",
            "/",
            "、",
            ",",
            "・",
            "~",
            "&",
        ]
    };
    let spaced = rest.strip_prefix(' ').unwrap_or(rest);
    let joint = joints.iter().find(|j| spaced.starts_with(*j))?;
    let number = spaced.get(joint.len()..)?;
    let number = number.strip_prefix(' ').unwrap_or(number);
    let number = if first {
        number
    } else {
        number.strip_prefix(['v', 'V']).unwrap_or(number)
    };
    (version(number) > 0).then(|| rest.len() - number.len())
}

/// The length of a version of TLS or SSL: a digit, perhaps a point and another.
fn version(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    match (digit(0), bytes.get(1) == Some(&b'.') && digit(2)) {
        (true, true) if !digit(3) => 3,
        (true, false) if !digit(1) && bytes.get(1) != Some(&b'.') => 1,
        _ => 0,
    }
}

fn at_least(text: &str, end: usize) -> (Option<Op>, usize) {
    let rest = text.get(end..).unwrap_or_default();
    let words = rest.strip_prefix(' ').unwrap_or(rest);
    const WORDS: [(&str, Op); 8] = [
        ("以上", Op::AtLeast),
        ("以降", Op::AtLeast),
        ("以後", Op::AtLeast),
        ("or higher", Op::AtLeast),
        ("or later", Op::AtLeast),
        ("+", Op::AtLeast),
        ("以下", Op::AtMost),
        ("未満", Op::LessThan),
    ];
    match WORDS.iter().find(|(w, _)| words.starts_with(w)) {
        Some((word, op)) => (Some(*op), text.len() - words.len() + word.len()),
        None => (None, end),
    }
}

/// Whether a web address begins here.
fn is_address(word: &str, rest: &str) -> bool {
    let after = rest.get(word.len()..).unwrap_or_default();
    after.starts_with("://") || (word.eq_ignore_ascii_case("www") && after.starts_with('.'))
}
