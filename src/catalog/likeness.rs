use std::collections::HashMap;

/// How alike two texts are, 0..1: Dice's coefficient over pairs of neighbouring characters.
///
/// Counted in characters: `strsim::sorensen_dice` (0.11) divides by bytes, which makes any two
/// Japanese texts that differ at all look less than half alike.
pub fn likeness(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let mut left: HashMap<(char, char), usize> = HashMap::new();
    let mut total = 0;
    for pair in a.chars().zip(a.chars().skip(1)) {
        *left.entry(pair).or_default() += 1;
        total += 1;
    }
    let mut shared = 0;
    for pair in b.chars().zip(b.chars().skip(1)) {
        total += 1;
        if let Some(left) = left.get_mut(&pair).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    match total {
        0 => 0.0,
        total => f64::from(2 * shared) / f64::from(total),
    }
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn characters_are_counted_whatever_their_bytes() {
        for (a, b, wanted) in [
            ("night", "nacht", 0.25),
            ("サービス時間", "サービス時間帯", 10.0 / 11.0),
            ("暗号化", "暗号化", 1.0),
            ("暗号化", "稼働率", 0.0),
            ("", "", 1.0),
            ("a", "b", 0.0),
            ("", "ab", 0.0),
            ("aaaa", "aa", 0.5),
        ] {
            assert!((likeness(a, b) - wanted).abs() < 1e-9, "{a} {b}");
            assert!((likeness(b, a) - wanted).abs() < 1e-9, "{b} {a}");
        }
    }
}
