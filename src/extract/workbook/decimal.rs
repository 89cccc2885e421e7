//! Numbers as decimal digits: what a spreadsheet shows of a binary fraction.

/// Digits a spreadsheet keeps; the rest of a binary fraction is noise (0.1 + 0.2).
const SIGNIFICANT: usize = 15;

/// A finite number's sign, digits and decimal point: `0.digits × 10^point`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    /// Below zero.
    pub negative: bool,
    /// 0–9 each, no leading and no trailing zero; empty for zero.
    digits: Vec<u8>,
    point: i32,
}

impl Decimal {
    /// The number rounded to 15 significant digits. Infinite and undefined numbers are zero.
    pub fn new(value: f64) -> Self {
        let mut digits = Vec::new();
        let mut point = 0;
        if value.is_finite() && value != 0.0 {
            let text = format!("{:.*e}", SIGNIFICANT - 1, value.abs());
            let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            digits = mantissa
                .bytes()
                .filter(u8::is_ascii_digit)
                .map(|b| b - b'0')
                .collect();
            point = exponent.parse::<i32>().unwrap_or(0) + 1;
        }
        let mut decimal = Decimal {
            negative: value < 0.0,
            digits,
            point,
        };
        decimal.trim();
        decimal
    }

    /// Times ten to the `power`.
    pub fn shift(mut self, power: i32) -> Self {
        if !self.digits.is_empty() {
            self.point += power;
        }
        self
    }

    /// Rounded half away from zero to `places` decimals.
    pub fn round(mut self, places: usize) -> Self {
        let keep = i64::from(self.point) + places as i64;
        if keep < 0 {
            self.digits.clear();
        } else if let Some(&next) = self.digits.get(keep as usize) {
            self.digits.truncate(keep as usize);
            if next >= 5 {
                self.carry();
            }
        }
        self.trim();
        self
    }

    /// True when nothing but zeros is left.
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Digits before the point (at least `0`) and after it (may be empty).
    pub fn parts(&self) -> (String, String) {
        let digit = |i: i32| {
            let i = usize::try_from(i).ok();
            char::from(b'0' + i.and_then(|i| self.digits.get(i)).copied().unwrap_or(0))
        };
        let whole: String = if self.point > 0 {
            (0..self.point).map(digit).collect()
        } else {
            "0".to_owned()
        };
        let end = self.digits.len() as i32;
        let fraction = (self.point.min(0)..end)
            .skip(self.point.max(0) as usize)
            .map(digit)
            .collect();
        (whole, fraction)
    }

    fn carry(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }

    fn trim(&mut self) {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        let zeros = self.digits.iter().take_while(|d| **d == 0).count();
        self.digits.drain(..zeros);
        self.point -= zeros as i32;
        if self.digits.is_empty() {
            self.point = 0;
        }
    }
}

/// A number as the General format shows it, with all of its digits: `1`, `0.3`, `1E+25`.
pub fn general(value: f64) -> String {
    if value.trunc() == value && value.abs() < 1e15 {
        return (value as i64).to_string();
    }
    if !value.is_finite() {
        return value.to_string();
    }
    let decimal = Decimal::new(value);
    // Outside this range the zeros would say more than the digits.
    if !(-9..=21).contains(&decimal.point) {
        return format!("{value:e}").replacen('e', "E", 1);
    }
    let (whole, fraction) = decimal.parts();
    let sign = if decimal.negative { "-" } else { "" };
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn general_shows_no_binary_noise() {
        for (value, text) in [
            (1.0, "1"),
            (-0.0, "0"),
            (0.1 + 0.2, "0.3"),
            (99.9, "99.9"),
            (-2.5, "-2.5"),
            (1.0 / 3.0, "0.333333333333333"),
            (123_456_789_012.0, "123456789012"),
            (1e20, "100000000000000000000"),
            (1.5e25, "1.5E25"),
            (0.000_12, "0.00012"),
        ] {
            assert_eq!(general(value), text);
        }
    }

    #[test]
    fn rounding_is_that_of_the_digits_shown() {
        for (value, places, text) in [
            (0.125, 2, ("0", "13")),
            (2.675, 2, ("2", "68")),
            (9.995, 2, ("10", "")),
            (0.04, 1, ("0", "")),
            (0.05, 1, ("0", "1")),
            (99.95, 0, ("100", "")),
            (0.0004, 2, ("0", "")),
        ] {
            let (whole, fraction) = Decimal::new(value).round(places).parts();
            assert_eq!((whole.as_str(), fraction.as_str()), text, "{value}");
        }
    }
}
