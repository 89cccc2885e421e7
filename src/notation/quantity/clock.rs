//! Times of day and spans of them.

use super::{Fill, Scan, compare, value};
use crate::model::ValueKind;

/// Reads a time or span of times that begins at `start`, and says whether there is one.
pub(super) fn read(scan: &mut Scan, start: usize) -> bool {
    let text = scan.text;
    let Some((mut from, mut end)) = moment(text, start) else {
        return false;
    };
    let mut to = None;
    if let Some(next) = after_span(text, end) {
        let (half, next) = half_of_day(text, next);
        if let Some((time, last)) = moment(text, next) {
            to = Some(time.on(half));
            end = last;
        }
    }
    // 10~18時: only the last hour has the sign, and it makes the first one a time.
    if from.minutes.is_none() && to.is_none_or(|t| t.minutes.is_none()) {
        return false;
    }
    let mut begin = start;
    let head = text.get(scan.taken..start).unwrap_or_default();
    for (word, half) in [
        ("午前", Half::Morning),
        ("午後", Half::Afternoon),
        ("AM", Half::Morning),
        ("PM", Half::Afternoon),
    ] {
        if head.trim_end().ends_with(word) {
            from = from.on(Some(half));
            begin = scan.taken + head.trim_end().len() - word.len();
        }
    }
    if from.hour > 24 || to.is_some_and(|t| t.hour > 24) {
        return false;
    }
    let (op, end) = match to {
        Some(_) => (None, end),
        None => compare::of_time(text, end),
    };
    let iso = match to {
        Some(to) => format!("{}/{}", from.iso(), to.iso()),
        None => from.iso(),
    };
    scan.take(begin, end, value(ValueKind::TimeOfDay, op).iso(iso));
    true
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

#[derive(Clone, Copy)]
struct Moment {
    hour: u32,
    /// None while nothing says that the hour is one.
    minutes: Option<u32>,
}

impl Moment {
    fn on(self, half: Option<Half>) -> Self {
        let hour = match half {
            Some(Half::Afternoon) if self.hour < 12 => self.hour + 12,
            _ => self.hour,
        };
        Moment { hour, ..self }
    }

    fn iso(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minutes.unwrap_or(0))
    }
}

fn two_digits(text: &str, at: usize) -> Option<(u32, usize)> {
    let digits = text.as_bytes().get(at..)?;
    let count = digits
        .iter()
        .take(3)
        .take_while(|b| b.is_ascii_digit())
        .count();
    if count == 0 || count > 2 {
        return None;
    }
    Some((text.get(at..at + count)?.parse().ok()?, at + count))
}

/// `10:00`, `9時30分`, `9時半`, or an hour that something else has to make one.
fn moment(text: &str, start: usize) -> Option<(Moment, usize)> {
    let (hour, end) = two_digits(text, start)?;
    let rest = text.get(end..)?;
    if let Some(minutes) = rest.strip_prefix(':') {
        let (minutes, after) = two_digits(minutes, 0).filter(|m| m.0 < 60 && m.1 == 2)?;
        let mut end = end + 1 + after;
        // 10:00:00; but 10:00:00:00 and 10:000 are something else.
        let rest = text.as_bytes().get(end..)?;
        if rest.first() == Some(&b':') {
            let (_, after) = two_digits(text, end + 1).filter(|s| s.0 < 60 && s.1 == end + 3)?;
            end = after;
        }
        let next = text.as_bytes().get(end).copied().unwrap_or(b' ');
        if next.is_ascii_alphanumeric() || next == b':' {
            return None;
        }
        let minutes = Some(minutes);
        return Some((Moment { hour, minutes }, end));
    }
    let sign = rest.strip_prefix(' ').unwrap_or(rest);
    let Some(after) = sign.strip_prefix('時') else {
        return Some((
            Moment {
                hour,
                minutes: None,
            },
            end,
        ));
    };
    if after.starts_with(['間', '点', '刻', '代', '期', '系', '差']) {
        return None;
    }
    let mut end = text.len() - after.len();
    let mut minutes = 0;
    if after.starts_with('半') {
        (minutes, end) = (30, end + '半'.len_utf8());
    } else if let Some((m, last)) = two_digits(text, end)
        && m < 60
        && text.get(last..).is_some_and(|t| t.starts_with('分'))
    {
        (minutes, end) = (m, last + '分'.len_utf8());
    }
    let minutes = Some(minutes);
    Some((Moment { hour, minutes }, end))
}

/// Where the second time of a span begins.
fn after_span(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?.trim_start_matches(' ');
    let next = ["~", "-", "—", "から", "より", "→"]
        .iter()
        .find_map(|s| rest.strip_prefix(s))?;
    let next = next.trim_start_matches(' ');
    let next = next
        .strip_prefix("翌日")
        .or(next.strip_prefix('翌'))
        .unwrap_or(next);
    Some(text.len() - next.trim_start_matches(' ').len())
}

fn half_of_day(text: &str, at: usize) -> (Option<Half>, usize) {
    let rest = text.get(at..).unwrap_or_default();
    if rest.starts_with("午前") {
        (Some(Half::Morning), at + "午前".len())
    } else if rest.starts_with("午後") {
        (Some(Half::Afternoon), at + "午後".len())
    } else {
        (None, at)
    }
}
