//! How large a quantity is, as far as it can be compared with another.

use std::cmp::Ordering;

use super::saved::Value;

/// What a unit is worth: between the least and the most, in what its measure counts. A month has
/// 28 to 31 days, so 30 days are neither more nor less than a month.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Worth<'a> {
    measure: &'a str,
    least: f64,
    most: f64,
}

const DAY: f64 = 86_400.0;

/// Units that can be turned into each other. Business days are not among them: how many days they
/// take depends on the calendar. Money is not converted.
const UNITS: &[(&str, &str, f64, f64)] = &[
    ("millisecond", "seconds", 0.001, 0.001),
    ("second", "seconds", 1.0, 1.0),
    ("minute", "seconds", 60.0, 60.0),
    ("hour", "seconds", 3600.0, 3600.0),
    ("day", "seconds", DAY, DAY),
    ("week", "seconds", 7.0 * DAY, 7.0 * DAY),
    ("month", "seconds", 28.0 * DAY, 31.0 * DAY),
    ("year", "seconds", 365.0 * DAY, 366.0 * DAY),
    ("byte", "bytes", 1.0, 1.0),
    // A kilobyte is 1000 bytes to some and 1024 to others.
    ("kilobyte", "bytes", 1e3, 1024.0),
    ("megabyte", "bytes", 1e6, 1_048_576.0),
    ("gigabyte", "bytes", 1e9, 1_073_741_824.0),
    ("terabyte", "bytes", 1e12, 1_099_511_627_776.0),
    ("petabyte", "bytes", 1e15, 1_125_899_906_842_624.0),
    ("kibibyte", "bytes", 1024.0, 1024.0),
    ("mebibyte", "bytes", 1_048_576.0, 1_048_576.0),
    ("gibibyte", "bytes", 1_073_741_824.0, 1_073_741_824.0),
    (
        "tebibyte",
        "bytes",
        1_099_511_627_776.0,
        1_099_511_627_776.0,
    ),
];

fn worth(unit: &str) -> Worth<'_> {
    match UNITS.iter().find(|u| u.0 == unit) {
        Some(&(_, measure, least, most)) => Worth {
            measure,
            least,
            most,
        },
        None => Worth {
            measure: unit,
            least: 1.0,
            most: 1.0,
        },
    }
}

/// How a quantity `new` stands to `old`: less, more or the same. None where that cannot be said:
/// another kind, units that cannot be turned into each other, another way to compare (an average
/// is not a maximum), ranges that overlap.
pub(super) fn compare(old: &Value, new: &Value) -> Option<Ordering> {
    if old.kind != new.kind {
        return None;
    }
    if old.kind == "frequency" {
        return frequency(old, new);
    }
    let (a, b) = (Measured::of(old)?, Measured::of(new)?);
    if a.measure != b.measure || !sides_agree(old, new) {
        return None;
    }
    // In one unit numbers are compared as they are: a month is as long as another.
    let in_one_unit = old.unit == new.unit;
    let bound = |a: (f64, f64), b: (f64, f64), plain: (f64, f64)| match in_one_unit {
        true => plain.0.partial_cmp(&plain.1),
        false => apart(a, b),
    };
    let lower = bound(a.lower, b.lower, (a.number, b.number))?;
    let upper = bound(a.upper, b.upper, (a.max, b.max))?;
    match (lower, upper) {
        (one, other) if one == other => Some(one.reverse()),
        (Ordering::Equal, one) | (one, Ordering::Equal) => Some(one.reverse()),
        _ => None,
    }
}

struct Measured<'a> {
    measure: &'a str,
    number: f64,
    max: f64,
    lower: (f64, f64),
    upper: (f64, f64),
}

impl<'a> Measured<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        let number = value.number?;
        let max = value.max.unwrap_or(number);
        // Versions have a name (tls) for a unit; what has none is counted in itself.
        let worth = worth(value.unit.as_deref().unwrap_or_default());
        let in_measure = |n: f64| (n * worth.least, n * worth.most);
        Some(Measured {
            measure: worth.measure,
            number,
            max,
            lower: in_measure(number),
            upper: in_measure(max),
        })
    }
}

/// Whether both say the same sort of thing of their number. A bare number stands for either bound.
fn sides_agree(old: &Value, new: &Value) -> bool {
    let side = |value: &Value| match value.op.as_deref() {
        Some(">=" | ">") => Some(">="),
        Some("<=" | "<") => Some("<="),
        Some("avg") => Some("avg"),
        _ => None,
    };
    match (side(old), side(new)) {
        (Some(one), Some(other)) => one == other,
        (Some("avg"), None) | (None, Some("avg")) => false,
        _ => true,
    }
}

/// How two amounts stand to each other, each between two bounds; none where they overlap.
fn apart(a: (f64, f64), b: (f64, f64)) -> Option<Ordering> {
    if a == b {
        return Some(Ordering::Equal);
    }
    match (a.1 < b.0, a.0 > b.1) {
        (true, _) => Some(Ordering::Less),
        (_, true) => Some(Ordering::Greater),
        _ => None,
    }
}

/// How often, by the time between: `times` in a period.
fn frequency(old: &Value, new: &Value) -> Option<Ordering> {
    if !sides_agree(old, new) || old.max.is_some() || new.max.is_some() {
        return None;
    }
    let rate = |value: &Value| {
        let (least, most) = period(value.iso.as_deref()?)?;
        let times = value.number?;
        Some((times / most, times / least))
    };
    if old.iso == new.iso {
        return new.number?.partial_cmp(&old.number?);
    }
    apart(rate(new)?, rate(old)?)
}

/// Seconds in an ISO 8601 period of one unit: `P3M`, `PT5M`.
fn period(iso: &str) -> Option<(f64, f64)> {
    let (time, digits) = match (iso.strip_prefix("PT"), iso.strip_prefix('P')) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        _ => return None,
    };
    let letter = digits.chars().last()?;
    let count: f64 = digits.strip_suffix(letter)?.parse().ok()?;
    let unit = match (letter, time) {
        ('S', true) => "second",
        ('M', true) => "minute",
        ('H', true) => "hour",
        ('D', false) => "day",
        ('W', false) => "week",
        ('M', false) => "month",
        ('Y', false) => "year",
        _ => return None,
    };
    let worth = worth(unit);
    (count > 0.0).then_some((count * worth.least, count * worth.most))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::sample::quantities;

    #[test]
    fn amounts_are_compared_where_that_can_be_said() {
        use Ordering::{Equal, Greater, Less};
        for (old, new, expected) in [
            ("4時間以内", "8時間以内", Some(Greater)),
            ("4時間", "8時間以内", Some(Greater)),
            ("90分", "1時間", Some(Less)),
            ("60分", "1時間", Some(Equal)),
            ("2週間前", "10日前", Some(Less)),
            // A month may have 30 days, or not.
            ("30日間", "1ヶ月", None),
            ("30日間", "2ヶ月", Some(Greater)),
            ("12ヶ月", "24ヶ月", Some(Greater)),
            ("1年間", "6ヶ月", Some(Less)),
            ("5営業日", "7日", None),
            ("5営業日", "3営業日", Some(Less)),
            ("99.9%以上", "99.5%以上", Some(Less)),
            ("99.9%以上", "99.9%", Some(Equal)),
            ("平均3秒", "5秒", None),
            ("3秒以上", "5秒以内", None),
            ("3～5時間", "4～6時間", Some(Greater)),
            ("3～5時間", "2～6時間", None),
            ("3～5時間", "3～6時間", Some(Greater)),
            ("1日1回", "1週間に1回", Some(Less)),
            ("日次", "1日2回", Some(Greater)),
            ("毎月", "毎週", Some(Greater)),
            ("毎月", "毎年", Some(Less)),
            ("100GB", "1TB", Some(Greater)),
            ("1GB", "1GiB", None),
            ("TLS1.2", "TLS1.3", Some(Greater)),
            ("3世代", "7世代", Some(Greater)),
            ("100円", "1ドル", None),
            ("3件", "5時間", None),
        ] {
            let (a, b) = (quantities(old), quantities(new));
            assert_eq!((a.len(), b.len()), (1, 1), "{old} {new}: {a:?} {b:?}");
            assert_eq!(compare(&a[0], &b[0]), expected, "{old} → {new}");
            let back = expected.map(Ordering::reverse);
            assert_eq!(compare(&b[0], &a[0]), back, "{new} → {old}");
        }
    }
}
