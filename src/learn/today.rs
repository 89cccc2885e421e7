use std::time::{SystemTime, UNIX_EPOCH};

const DAY: u64 = 86_400;

/// The day, UTC, ISO 8601.
pub fn today() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    day(now.map_or(0, |n| n.as_secs() / DAY))
}

/// The date so many days after 1970-01-01, in the Gregorian calendar.
fn day(since: u64) -> String {
    // Years begin in March here, so that the leap day is the last of its year: days of 400 years
    // (`era`), then of the year, then months by 153 days in five (Howard Hinnant, "chrono-Compatible
    // Low-Level Date Algorithms").
    let days = since + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    let year = year + era * 400 + next;
    format!("{year:04}-{month:02}-{of_month:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        for (since, date) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (10_957, "2000-01-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_000, "2024-10-04"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(day(since), date);
        }
        assert_eq!(today().len(), 10);
    }
}
