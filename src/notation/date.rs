//! Calendar dates, Gregorian and by Japanese era.

use super::character::{Class, class};

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// ISO 8601: `2026-04-01`, or `2026-04` where the day is not said.
    pub iso: String,
    /// Byte range in the text.
    pub range: std::ops::Range<usize>,
}

/// The eras whose years appear in documents, with the year before their first. (Law no. 43 of
/// 1979 and the orders on each era.) A date is not checked against the day its era began.
const ERAS: [(&str, char, i32); 5] = [
    ("令和", 'R', 2018),
    ("平成", 'H', 1988),
    ("昭和", 'S', 1925),
    ("大正", 'T', 1911),
    ("明治", 'M', 1867),
];

/// The first date in a text: `2026/3/18`, `2026-03`, `2026年3月18日`, `令和8年3月18日`, `R8.3.18` …
/// The text may be raw. A year alone is no date, and neither is part of a longer number.
pub fn find(text: &str) -> Option<Found> {
    let mut before = ' ';
    for (start, c) in text.char_indices() {
        let c = narrow(c);
        let begins = c.is_ascii_digit() && !is_joined(before)
            || matches!(c, '令' | '平' | '昭' | '大' | '明')
            || (matches!(c.to_ascii_uppercase(), 'R' | 'H' | 'S')
                && !before.is_ascii_alphanumeric());
        if begins && let Some((iso, end)) = at(text, start) {
            return Some(Found {
                iso,
                range: start..end,
            });
        }
        before = c;
    }
    None
}

/// Whether a digit after this belongs to something that began before.
fn is_joined(before: char) -> bool {
    before.is_ascii_alphanumeric() || matches!(before, '/' | '-' | '.' | ':')
}

/// The date that a cell is as a whole, in ISO 8601. Also `20260318`, a date with its time
/// (`2026-03-18 10:00:00`), and `3/18/2026` where it cannot be meant otherwise.
pub fn parse(cell: &str) -> Option<String> {
    let cell =
        cell.trim_matches(|c| matches!(class(c), Class::Space | Class::Break | Class::Invisible));
    if let Some((iso, end)) = at(cell, 0) {
        return is_rest_of_date(cell.get(end..)?).then_some(iso);
    }
    let digits: Option<Vec<u32>> = cell.chars().map(|c| narrow(c).to_digit(10)).collect();
    if let Some(digits) = digits.filter(|d| d.len() == 8) {
        let number = |range: std::ops::Range<usize>| {
            digits
                .get(range)
                .map_or(0, |d| d.iter().fold(0, |n, d| n * 10 + d))
        };
        return full(number(0..4) as i32, number(4..6), number(6..8));
    }
    month_first(cell)
}

/// A time, a weekday in brackets, or nothing.
fn is_rest_of_date(rest: &str) -> bool {
    let rest: String = rest.chars().map(narrow).collect();
    let rest = rest.trim();
    let weekday = ["(月)", "(火)", "(水)", "(木)", "(金)", "(土)", "(日)"];
    let rest = weekday
        .iter()
        .find_map(|w| rest.strip_prefix(w))
        .unwrap_or(rest)
        .trim();
    let time = rest.strip_prefix('T').unwrap_or(rest);
    rest.is_empty()
        || matches!(rest, "現在" | "時点")
        || time
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+'))
}

/// `3/18/2026`, where the day is over 12.
fn month_first(cell: &str) -> Option<String> {
    let mut reader = Reader { text: cell, at: 0 };
    let (month, _) = reader.number(2)?;
    reader.eat('/')?;
    let (day, _) = reader.number(2)?;
    reader.eat('/')?;
    let (year, digits) = reader.number(4)?;
    let sure = digits == 4 && day > 12 && reader.peek().is_none();
    if sure {
        full(year as i32, month, day)
    } else {
        None
    }
}

/// The date that begins at byte `start`, in ISO 8601, and where it ends.
pub(super) fn at(text: &str, start: usize) -> Option<(String, usize)> {
    let mut reader = Reader { text, at: start };
    let first = narrow(reader.peek()?);
    let (year, by_era) = if first.is_ascii_digit() {
        let (year, digits) = reader.number(4)?;
        if digits != 4 {
            return None;
        }
        (year as i32, false)
    } else {
        (reader.era_year()?, true)
    };
    reader.spaces();
    if reader.eat('年').is_some() {
        reader.spaces();
        let (month, _) = reader.number(2)?;
        reader.spaces();
        reader.eat('月')?;
        let end = reader.at;
        reader.spaces();
        if let Some((day, _)) = reader.number(2) {
            reader.spaces();
            if reader.eat('日').is_some() {
                return Some((full(year, month, day)?, reader.at));
            }
        }
        return Some((to_month(year, month)?, end));
    }
    let separator = ['/', '-', '.']
        .into_iter()
        .find(|&s| reader.eat(s).is_some())?;
    let (month, _) = reader.number(2)?;
    let end = reader.at;
    if reader.eat(separator).is_some()
        && let Some((day, _)) = reader.number(2)
    {
        return (!reader.goes_on())
            .then_some(())
            .and_then(|()| Some((full(year, month, day)?, reader.at)));
    }
    reader.at = end;
    // 2026.4 may be a version and R8.3 a room: without a day the era or a long year must tell.
    let sure = !by_era && (1900..=2100).contains(&year) && !reader.goes_on();
    if sure {
        Some((to_month(year, month)?, end))
    } else {
        None
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn eat(&mut self, c: char) -> Option<()> {
        let next = self.peek()?;
        if narrow(next) != c {
            return None;
        }
        self.at += next.len_utf8();
        Some(())
    }

    fn spaces(&mut self) {
        while self.eat(' ').is_some() {}
    }

    /// A number of at most so many digits, and how many it has. Not part of a longer one.
    fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        let start = self.at;
        let mut number = 0;
        let mut digits = 0;
        while let Some(next) = self.peek()
            && let Some(digit) = narrow(next).to_digit(10)
        {
            number = number * 10 + digit;
            digits += 1;
            if digits > most {
                self.at = start;
                return None;
            }
            self.at += next.len_utf8();
        }
        (digits > 0).then_some((number, digits))
    }

    /// The Gregorian year of `令和8` or `R8`.
    fn era_year(&mut self) -> Option<i32> {
        let rest = self.text.get(self.at..)?;
        let first = narrow(rest.chars().next()?);
        let named = ERAS.iter().find(|e| rest.starts_with(e.0));
        let (skip, base) = match named {
            Some((name, _, base)) => (name.len(), base),
            None => {
                let era = ERAS.iter().find(|e| e.1 == first.to_ascii_uppercase())?;
                (rest.chars().next()?.len_utf8(), &era.2)
            }
        };
        self.at += skip;
        self.spaces();
        if named.is_some() && self.eat('元').is_some() {
            return Some(base + 1);
        }
        let (year, _) = self.number(2)?;
        (year > 0).then_some(base + year as i32)
    }

    /// Whether what was read is the beginning of something longer.
    fn goes_on(&self) -> bool {
        let mut next = self
            .text
            .get(self.at..)
            .unwrap_or_default()
            .chars()
            .map(narrow);
        match next.next() {
            Some('/' | '-' | '.' | ':') => next.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => c.is_ascii_alphanumeric() && c != 'T',
            None => false,
        }
    }
}

/// A character as far as dates go.
fn narrow(c: char) -> char {
    match class(c) {
        Class::Swap(to) => to,
        Class::Space | Class::Break => ' ',
        _ => c,
    }
}

fn to_month(year: i32, month: u32) -> Option<String> {
    let valid = (1868..=2199).contains(&year) && (1..=12).contains(&month);
    valid.then(|| format!("{year:04}-{month:02}"))
}

fn full(year: i32, month: u32, day: u32) -> Option<String> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let month = to_month(year, month)?;
    (1..=days)
        .contains(&day)
        .then(|| format!("{month}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_in_texts() {
        for (text, iso, words) in [
            ("例示株式会社 2022/6/1", "2022-06-01", "2022/6/1"),
            ("回答日: 2026/03/18", "2026-03-18", "2026/03/18"),
            (
                "２０２６年３月１８日　改訂",
                "2026-03-18",
                "２０２６年３月１８日",
            ),
            ("2026 年 3 月 18 日", "2026-03-18", "2026 年 3 月 18 日"),
            ("2026.3.18版", "2026-03-18", "2026.3.18"),
            ("2026-03-18T10:00", "2026-03-18", "2026-03-18"),
            ("令和8年3月18日", "2026-03-18", "令和8年3月18日"),
            ("令和元年5月1日", "2019-05-01", "令和元年5月1日"),
            ("R8.3.18", "2026-03-18", "R8.3.18"),
            ("Ｒ８．３．１８", "2026-03-18", "Ｒ８．３．１８"),
            ("平成31年4月", "2019-04", "平成31年4月"),
            ("確認表_2025.9", "2025-09", "2025.9"),
            ("2026年4月現在", "2026-04", "2026年4月"),
            ("2024/2/29", "2024-02-29", "2024/2/29"),
            ("x 2022/13/1 2022/6/2", "2022-06-02", "2022/6/2"),
        ] {
            let found = find(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((&*found.iso, &text[found.range]), (iso, words), "{text}");
        }
        for text in [
            "",
            "2026",
            "2026年",
            "2026年度",
            "12022/6/12",
            "2022/6/123",
            "2022/13/1",
            "2023/2/29",
            "2022/6/31",
            "1.2026.4",
            "ISO/IEC 27001:2022-1",
            "03-1234-5678",
            "2022/6/1/5",
            "1234-5678",
            "R8",
            "SR8.3.18",
            "R8.3",
            "大正解",
            "平成",
            "明治時代",
            "2026.4.1.2",
            "0000-00-00",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn cells_that_are_dates() {
        for (cell, iso) in [
            ("20260318", "2026-03-18"),
            ("2026-03-18 10:00:00", "2026-03-18"),
            ("2026-03-18T00:00:00", "2026-03-18"),
            ("2026年3月18日（水）", "2026-03-18"),
            (" 2026/3 ", "2026-03"),
            ("3/18/2026", "2026-03-18"),
            ("令和８年４月", "2026-04"),
        ] {
            assert_eq!(parse(cell).as_deref(), Some(iso), "{cell}");
        }
        for cell in [
            "20261318",
            "3/4/2026",
            "2026/3/18から",
            "1",
            "",
            "2026",
            "99.9",
            "2026-03-18 x",
        ] {
            assert_eq!(parse(cell), None, "{cell}");
        }
    }
}
