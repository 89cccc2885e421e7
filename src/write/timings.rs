use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use schemars::JsonSchema;
use serde::Serialize;

/// How many of the slowest documents are named.
const SLOWEST: usize = 5;

/// When a run was made and how fast. The only part of a run's output that differs from run to run.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Timings {
    /// When it started, UTC, ISO 8601.
    pub started: String,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// How many threads it had.
    pub threads: usize,
    /// Documents a second.
    pub documents_per_second: f64,
    /// The documents that took longest, slowest first.
    pub slowest: Vec<Slow>,
}

/// A document and how long it took.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Slow {
    /// The input.
    pub path: String,
    /// Seconds from opening it to its document being written.
    pub seconds: f64,
}

/// Takes the time of a run.
#[derive(Debug)]
pub(crate) struct Stopwatch {
    started: SystemTime,
    clock: Instant,
    slowest: Vec<(Duration, String)>,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Stopwatch {
            started: SystemTime::now(),
            clock: Instant::now(),
            slowest: Vec::new(),
        }
    }

    /// Remembers a document if it is among the slowest.
    pub(crate) fn took(&mut self, path: &str, time: Duration) {
        let at = self.slowest.partition_point(|(t, _)| *t >= time);
        if at < SLOWEST {
            self.slowest.insert(at, (time, path.to_owned()));
            self.slowest.truncate(SLOWEST);
        }
    }

    pub(crate) fn stop(self, documents: u64, threads: usize) -> Timings {
        let seconds = self.clock.elapsed().as_secs_f64();
        let slow = |(time, path): (Duration, String)| Slow {
            path,
            seconds: rounded(time.as_secs_f64()),
        };
        Timings {
            started: iso(self.started),
            seconds: rounded(seconds),
            threads,
            documents_per_second: (documents as f64 / seconds.max(1e-9)).round(),
            slowest: self.slowest.into_iter().map(slow).collect(),
        }
    }
}

/// To microseconds.
fn rounded(seconds: f64) -> f64 {
    (seconds * 1e6).round() / 1e6
}

/// UTC, ISO 8601, to the second.
pub(super) fn iso(time: SystemTime) -> String {
    let seconds = time
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days);
    let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}Z")
}

/// Year, month and day of a number of days after 1970-01-01, in the Gregorian calendar (Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`).
fn civil(days: u64) -> (u64, u64, u64) {
    let z = days + 719_468;
    let (era, of_era) = (z / 146_097, z % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_iso_8601() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_767_225_599, "2025-12-31T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(iso(UNIX_EPOCH + Duration::from_secs(seconds)), expected);
        }
    }

    #[test]
    fn the_slowest_are_named_slowest_first() {
        let mut watch = Stopwatch::start();
        for ms in [3, 9, 1, 7, 5, 8, 2] {
            watch.took(&ms.to_string(), Duration::from_millis(ms));
        }
        let timings = watch.stop(7, 2);
        let paths: Vec<_> = timings.slowest.iter().map(|s| s.path.as_str()).collect();
        assert_eq!(paths, ["9", "8", "7", "5", "3"]);
    }
}
