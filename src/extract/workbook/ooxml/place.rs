//! Cell references such as `C5` and `$A$1:$F$57`.

use super::super::draft::{LAST, Region};

/// 0-based row and column of a reference to one cell, `$` signs allowed.
pub fn cell_place(reference: &str) -> Option<(u32, u32)> {
    let mut col = 0u32;
    let mut row = 0u32;
    let mut in_row = false;
    for b in reference.trim().bytes() {
        match b {
            b'$' => {}
            b'A'..=b'Z' | b'a'..=b'z' if !in_row => {
                let letter = u32::from(b.to_ascii_uppercase() - b'A') + 1;
                col = col.checked_mul(26)?.checked_add(letter)?;
            }
            b'0'..=b'9' => {
                in_row = true;
                row = row.checked_mul(10)?.checked_add(u32::from(b - b'0'))?;
            }
            _ => return None,
        }
    }
    let place = (row.checked_sub(1)?, col.checked_sub(1)?);
    (place.0 <= LAST.0 && place.1 <= LAST.1).then_some(place)
}

/// The region of `A1:F3`, or of a single cell.
pub fn region(reference: &str) -> Option<Region> {
    let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
    Some(Region::new(cell_place(first)?, cell_place(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_places() {
        for (reference, place) in [
            ("A1", Some((0, 0))),
            ("$C$5", Some((4, 2))),
            ("xfd1048576", Some((1_048_575, 16_383))),
            ("XFE1", None),
            ("A0", None),
            ("A", None),
            ("7", None),
            ("A1B", None),
            ("ZZZZZZZZZZ1", None),
            ("A99999999999", None),
        ] {
            assert_eq!(cell_place(reference), place, "{reference}");
        }
        assert_eq!(region("B3:A1"), Some(Region::new((0, 0), (2, 1))));
        assert_eq!(region("B3"), Some(Region::new((2, 1), (2, 1))));
        assert_eq!(region("#REF!"), None);
    }
}
