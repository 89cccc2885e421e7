//! Serial day numbers to ISO 8601.

/// What a date format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    /// Year, month or day.
    pub date: bool,
    /// Hour or minute.
    pub time: bool,
    /// Seconds, which are left out where they are zero.
    pub seconds: bool,
}

/// The last serial a workbook can hold: 9999-12-31.
const LAST_DAY: i64 = 2_958_465;
/// Days between the epochs of the 1900 and the 1904 date systems.
const EPOCH_1904: i64 = 1462;
const SECONDS_A_DAY: i64 = 86_400;

/// `2026-04-01`, `2026-04-01T10:00` or `10:00`, as the format asks. `None` when the serial is no
/// date (negative, past 9999, or day 0 where only a date is shown).
pub fn iso(serial: f64, shape: Shape, is_1904: bool) -> Option<String> {
    if !serial.is_finite() || serial < 0.0 || serial > LAST_DAY as f64 + 1.0 {
        return None;
    }
    // Whole seconds first: 10:00 is stored as 0.41666…, which is a hair below.
    let seconds = (serial * SECONDS_A_DAY as f64).round() as i64;
    let (mut day, clock) = (seconds / SECONDS_A_DAY, seconds % SECONDS_A_DAY);
    let mut date = None;
    if shape.date || !shape.time {
        if is_1904 {
            day += EPOCH_1904;
        }
        if day > LAST_DAY {
            return None;
        }
        date = match day {
            // Day 0 stands for "no date": a time of day, or a reference to an empty cell.
            0 => None,
            // The 1900 date system has a 29 February 1900 that never was (Lotus 1-2-3's).
            60 => Some("1900-02-29".to_owned()),
            1..60 => Some(civil(day - 25568)),
            _ => Some(civil(day - 25569)),
        };
        if date.is_none() && !shape.time {
            return None;
        }
    }
    let mut text = date.unwrap_or_default();
    if shape.time {
        if !text.is_empty() {
            text.push('T');
        }
        let (h, m, s) = (clock / 3600, clock / 60 % 60, clock % 60);
        text.push_str(&format!("{h:02}:{m:02}"));
        if shape.seconds && s > 0 {
            text.push_str(&format!(":{s:02}"));
        }
    }
    Some(text)
}

/// `36:30` or `36:30:05`: hours that do not stop at 24.
pub fn elapsed(serial: f64, unit: char, seconds: bool) -> String {
    let total = (serial.abs() * SECONDS_A_DAY as f64).round().min(1e15) as i64;
    let sign = if serial < 0.0 && total > 0 { "-" } else { "" };
    match unit {
        's' => format!("{sign}{total}"),
        'm' if seconds => format!("{sign}{}:{:02}", total / 60, total % 60),
        'm' => format!("{sign}{}", total / 60),
        _ if seconds && total % 60 > 0 => format!(
            "{sign}{}:{:02}:{:02}",
            total / 3600,
            total / 60 % 60,
            total % 60
        ),
        _ => format!("{sign}{}:{:02}", total / 3600, total / 60 % 60),
    }
}

/// An ISO date as a file stores it (`2026-04-01T00:00:00.000Z`) with what says nothing cut off.
pub fn trim_iso(text: &str) -> &str {
    let text = text.trim().trim_end_matches('Z');
    let text = match text.find('.') {
        Some(dot) => text.get(..dot).unwrap_or(text),
        None => text,
    };
    let text = text.strip_suffix("T00:00:00").unwrap_or(text);
    match text.strip_suffix(":00") {
        // `10:00:00` → `10:00`, but not `10:00` → `10`.
        Some(short) if short.rsplit('T').next().is_some_and(|t| t.contains(':')) => short,
        _ => text,
    }
}

/// Days since 1970-01-01 to a date of the proleptic Gregorian calendar.
fn civil(days: i64) -> String {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let d = doy - (153 * mp + 2) / 5 + 1;
    let m = if mp < 10 { mp + 3 } else { mp - 9 };
    let y = yoe + era * 400 + i64::from(m <= 2);
    format!("{y:04}-{m:02}-{d:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: Shape = Shape {
        date: true,
        time: false,
        seconds: false,
    };
    const BOTH: Shape = Shape {
        date: true,
        time: true,
        seconds: false,
    };
    const TIME: Shape = Shape {
        date: false,
        time: true,
        seconds: false,
    };

    #[test]
    fn serials_become_iso_dates() {
        for (serial, shape, is_1904, iso_text) in [
            (46113.0, DATE, false, Some("2026-04-01")),
            (44651.0, DATE, true, Some("2026-04-01")),
            (46113.0 + 10.0 / 24.0, BOTH, false, Some("2026-04-01T10:00")),
            (10.0 / 24.0, TIME, false, Some("10:00")),
            (10.0 / 24.0, BOTH, false, Some("10:00")),
            (46_113.999_999_9, DATE, false, Some("2026-04-02")),
            (1.0, DATE, false, Some("1900-01-01")),
            (59.0, DATE, false, Some("1900-02-28")),
            (60.0, DATE, false, Some("1900-02-29")),
            (61.0, DATE, false, Some("1900-03-01")),
            (2_958_465.0, DATE, false, Some("9999-12-31")),
            (0.0, DATE, true, Some("1904-01-01")),
            (0.0, DATE, false, None),
            (-1.0, DATE, false, None),
            (2_958_466.0, DATE, false, None),
            (f64::NAN, DATE, false, None),
            (f64::INFINITY, BOTH, false, None),
        ] {
            assert_eq!(iso(serial, shape, is_1904).as_deref(), iso_text, "{serial}");
        }
    }

    #[test]
    fn elapsed_time_does_not_stop_at_a_day() {
        assert_eq!(elapsed(1.5 + 0.5 / 24.0, 'h', false), "36:30");
        assert_eq!(elapsed(0.5, 'm', false), "720");
        assert_eq!(elapsed(-0.5, 'h', true), "-12:00");
        assert_eq!(elapsed(1.0 + 5.0 / 86_400.0, 'h', true), "24:00:05");
        assert_eq!(elapsed(1.0 / 86_400.0, 's', true), "1");
    }

    #[test]
    fn stored_iso_dates_lose_what_says_nothing() {
        for (stored, shown) in [
            ("2026-04-01T00:00:00", "2026-04-01"),
            ("2026-04-01T00:00:00.000Z", "2026-04-01"),
            ("2026-04-01T10:00:00", "2026-04-01T10:00"),
            ("2026-04-01T10:00:05", "2026-04-01T10:00:05"),
            ("2026-04-01", "2026-04-01"),
            ("10:00", "10:00"),
        ] {
            assert_eq!(trim_iso(stored), shown);
        }
    }
}
