use std::fmt::Display;
use std::str::FromStr;
use std::time::Duration;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Units of memory, and how many bytes each has.
const MEMORY_UNITS: [(&str, f64); 5] = [
    ("K", 1024.0),
    ("M", 1_048_576.0),
    ("G", 1_073_741_824.0),
    ("T", 1_099_511_627_776.0),
    ("", 1.0),
];

/// Units of time, and how many seconds each has.
const TIME_UNITS: [(&str, f64); 5] = [
    ("ms", 0.001),
    ("s", 1.0),
    ("m", 60.0),
    ("h", 3600.0),
    ("", 1.0),
];

/// Less memory than this holds the catalogs and little else.
const LEAST_MEMORY: u64 = 128 << 20;

/// A year: what is longer is no limit.
const LONGEST: f64 = 31_536_000.0;

/// How much memory a worker may take, in bytes: `512M`, `1G`; at least 128M.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaxMemory(u64);

impl MaxMemory {
    /// In bytes.
    pub fn bytes(self) -> u64 {
        self.0
    }
}

impl FromStr for MaxMemory {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let plain = text.trim().trim_end_matches(['B', 'b']);
        let plain = plain.strip_suffix('i').unwrap_or(plain);
        let bytes = quantity(plain, &MEMORY_UNITS)
            .ok_or_else(|| format!("`{text}` is no amount of memory: write 512M or 2G"))?;
        let bytes = bytes as u64;
        if bytes < LEAST_MEMORY {
            return Err(format!(
                "{text} is less than the {}M that reading any file takes",
                LEAST_MEMORY >> 20
            ));
        }
        Ok(MaxMemory(bytes))
    }
}

/// How long a worker may take over a file: `30`, `30s`, `2m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeout(Duration);

impl Timeout {
    /// The length of time.
    pub fn duration(self) -> Duration {
        self.0
    }
}

impl FromStr for Timeout {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let seconds = quantity(text.trim(), &TIME_UNITS)
            .filter(|s| (0.001..=LONGEST).contains(s))
            .ok_or_else(|| format!("`{text}` is no length of time: write 30, 30s or 2m"))?;
        Ok(Timeout(Duration::from_secs_f64(seconds)))
    }
}

/// A number with a unit.
fn quantity(text: &str, units: &[(&str, f64)]) -> Option<f64> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (number, unit) = text.split_at(digits.unwrap_or(text.len()));
    let is_unit = |(name, _): &&(&str, f64)| name.eq_ignore_ascii_case(unit.trim());
    let (_, size) = units.iter().find(is_unit)?;
    let number: f64 = number.parse().ok()?;
    Some(number * size).filter(|n| n.is_finite())
}

/// As it stands in a settings file: a number alone, or a text with its unit.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a number, or a text such as \"512M\" or \"30s\""
)]
enum Written {
    Whole(u64),
    Fraction(f64),
    Text(String),
}

fn read<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(from: D) -> Result<T, D::Error> {
    let text = match Written::deserialize(from)? {
        Written::Whole(n) => n.to_string(),
        Written::Fraction(n) => n.to_string(),
        Written::Text(text) => text,
    };
    text.parse().map_err(D::Error::custom)
}

impl<'de> Deserialize<'de> for MaxMemory {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read(from)
    }
}

impl<'de> Deserialize<'de> for Timeout {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read(from)
    }
}

impl Serialize for MaxMemory {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(self.0)
    }
}

impl Serialize for Timeout {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(self.0.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_with_its_unit() {
        for (text, bytes) in [
            ("134217728", Some(128 << 20)),
            ("512M", Some(512 << 20)),
            ("512m", Some(512 << 20)),
            ("1G", Some(1 << 30)),
            ("1.5GiB", Some(3 << 29)),
            ("262144 K", Some(256 << 20)),
            ("1M", None),
            ("0", None),
            ("-1G", None),
            ("1X", None),
            ("G", None),
            ("", None),
        ] {
            let read = text.parse::<MaxMemory>().ok().map(MaxMemory::bytes);
            assert_eq!(read, bytes, "{text}");
        }
    }

    #[test]
    fn time_is_read_with_its_unit() {
        for (text, ms) in [
            ("30", Some(30_000)),
            ("30s", Some(30_000)),
            ("2m", Some(120_000)),
            ("1h", Some(3_600_000)),
            ("0.5", Some(500)),
            ("250ms", Some(250)),
            ("0", None),
            ("-1", None),
            ("1e9", None),
            ("soon", None),
        ] {
            let read = text.parse::<Timeout>().ok();
            let expected = ms.map(Duration::from_millis);
            assert_eq!(read.map(Timeout::duration), expected, "{text}");
        }
    }

    #[test]
    fn settings_files_may_give_a_number_or_a_text() {
        #[derive(Deserialize)]
        struct Both {
            memory: MaxMemory,
            time: Timeout,
        }
        for text in [
            "memory = '1G'\ntime = '30s'",
            "memory = 1073741824\ntime = 30",
        ] {
            let both: Both = toml::from_str(text).unwrap();
            assert_eq!(both.memory.bytes(), 1 << 30);
            assert_eq!(both.time.duration(), Duration::from_secs(30));
        }
        assert!(toml::from_str::<Both>("memory = '1G'\ntime = true").is_err());
    }
}
