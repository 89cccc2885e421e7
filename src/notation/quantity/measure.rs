//! Figures with a unit: durations, counts, rates, sizes, money.

use super::figure::{Figure, arabic};
use super::unit::Unit;
use super::{Fill, Scan, compare, frequency, unit, value};
use crate::model::{Value, ValueKind};

/// What follows `24時間` and makes it "always", not a length.
const ROUND_THE_CLOCK: [&str; 14] = [
    "年中無休",
    "体制",
    "監視",
    "受付",
    "受け付け",
    "有人",
    "常駐",
    "常時",
    "稼働",
    "営業",
    "対応",
    "無休",
    "運用",
    "サポート",
];

/// Reads a figure with a unit that begins at `start`, and says whether there is one.
pub(super) fn read(scan: &mut Scan, start: usize) -> bool {
    let text = scan.text;
    let Some(figure) = text.get(start..).and_then(arabic) else {
        return false;
    };
    if let Some(end) = always_on(text, start, figure) {
        scan.take(start, end, value(ValueKind::AlwaysOn, None));
        return true;
    }
    measured(scan, start, figure, |_| true)
}

/// Reads the unit of a figure that is known already, and says whether it has one that fits.
pub(super) fn measured(
    scan: &mut Scan,
    start: usize,
    figure: Figure,
    fits: fn(&Unit) -> bool,
) -> bool {
    let text = scan.text;
    let Some((unit, max, end)) = unit_of(text, start + figure.length, figure) else {
        return false;
    };
    if !fits(&unit) || is_calendar(text, start, figure, &unit) {
        return false;
    }
    if max.is_none() && frequency::per_period(scan, start, figure, &unit, end) {
        return true;
    }
    let (op, from, last) = compare::of(text, start, end, scan.taken);
    if unit.name == "time"
        && let Some((period, last)) = frequency::slash_period(text, last)
    {
        let found = value(ValueKind::Frequency, op)
            .number(figure.value)
            .max(max);
        scan.take(from, last, found.unit("time").iso(period));
        return true;
    }
    let found: Value = value(unit.kind, op)
        .number(figure.value)
        .max(max)
        .unit(unit.name);
    scan.take(from, last, found);
    true
}

/// Whether this says which day or year it is, or on how many days of a week, and not how long.
fn is_calendar(text: &str, start: usize, figure: Figure, unit: &Unit) -> bool {
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    match unit.name {
        "day" => matches!(before, Some('月' | '末' | '週')),
        "year" => (figure.whole && figure.digits >= 4) || matches!(before, Some('和' | '成')),
        _ => false,
    }
}

/// The unit after a figure, or after the second figure of a range, with that figure.
fn unit_of(text: &str, end: usize, figure: Figure) -> Option<(Unit, Option<f64>, usize)> {
    let rest = text.get(end..)?;
    let own = unit::at(rest);
    let after = end + own.map_or(0, |u| u.length);
    let spaced = text.get(after..)?;
    let next = spaced.trim_start_matches(' ');
    let to = next.strip_prefix('~').or_else(|| match own {
        Some(_) => next.strip_prefix("から"),
        None => next.strip_prefix('-').or_else(|| next.strip_prefix('—')),
    });
    if let Some(to) = to {
        let to = to.trim_start_matches(' ');
        let second = arabic(to);
        if let Some(second) = second.filter(|s| s.value >= figure.value || own.is_some())
            && let Some(unit) = to.get(second.length..).and_then(unit::at)
            && own.is_none_or(|own| own.name == unit.name)
        {
            let end = text.len() - to.len() + second.length + unit.length;
            return Some((unit, Some(second.value), end));
        }
    }
    own.map(|unit| (unit, None, after))
}

/// Where `24時間365日` and its like end, if one begins at `start`.
fn always_on(text: &str, start: usize, figure: Figure) -> Option<usize> {
    let hours_first = figure.whole && figure.value == 24.0;
    let days_first = figure.whole && (figure.value == 365.0 || figure.value == 366.0);
    if !hours_first && !days_first {
        return None;
    }
    let rest = text.get(start + figure.length..)?;
    let (first, second): (&[&str], &[&str]) = if hours_first {
        (&["時間", "h", "H"], &["日", "d", "D"])
    } else {
        (&["日", "d", "D"], &["時間", "h", "H"])
    };
    let spaced = rest.trim_start_matches(' ');
    let unit = first.iter().find_map(|u| spaced.strip_prefix(u));
    let after = unit.unwrap_or(rest);
    let joined = after.trim_start_matches([' ', '・', '×', 'x', '/', '、', ',', '*']);
    let joined = joined.strip_prefix("週").unwrap_or(joined);
    let has_joint = joined.len() < after.len();
    if unit.is_some() && hours_first {
        let word = ROUND_THE_CLOCK.iter().find(|w| joined.starts_with(*w));
        if let Some(word) = word {
            let end = text.len() - joined.len();
            // The word stays outside unless it is itself about time.
            return Some(if *word == "年中無休" {
                end + word.len()
            } else {
                text.len() - after.len()
            });
        }
    }
    let other = arabic(joined)?;
    let pairs = other.whole
        && if hours_first {
            [7.0, 365.0, 366.0].contains(&other.value)
        } else {
            other.value == 24.0
        };
    if !pairs || (unit.is_none() && !has_joint) {
        return None;
    }
    let tail = joined.get(other.length..)?;
    let close = tail.trim_start_matches(' ');
    let end = match second.iter().find_map(|u| close.strip_prefix(u)) {
        Some(after) => after,
        // 24/7 and 24時間365 stand without the second unit; 24/7/1 does not stand for it.
        None if tail.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/') => return None,
        None => tail,
    };
    Some(text.len() - end.len())
}
