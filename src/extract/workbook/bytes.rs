//! Little-endian numbers and UTF-16 in binary records. Past the end there is nothing, never a panic.

/// Two bytes.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let end = at.checked_add(2)?;
    Some(u16::from_le_bytes(bytes.get(at..end)?.try_into().ok()?))
}

/// Four bytes.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let end = at.checked_add(4)?;
    Some(u32::from_le_bytes(bytes.get(at..end)?.try_into().ok()?))
}

/// An IEEE double.
pub fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    let end = at.checked_add(8)?;
    Some(f64::from_le_bytes(bytes.get(at..end)?.try_into().ok()?))
}

/// An RK number ([MS-XLS] 2.5.122): 30 bits of a double or of an integer, maybe in hundredths.
pub fn rk(bits: u32) -> f64 {
    let number = if bits & 2 == 0 {
        f64::from_bits(u64::from(bits & !3) << 32)
    } else {
        f64::from(bits as i32 >> 2)
    };
    if bits & 1 == 0 {
        number
    } else {
        number / 100.0
    }
}

/// UTF-16 little-endian; what is none becomes U+FFFD.
pub fn utf_16(bytes: &[u8]) -> String {
    String::from_utf16_lossy(&units(bytes))
}

/// UTF-16 code units.
pub fn units(bytes: &[u8]) -> Vec<u16> {
    let pairs = bytes.chunks_exact(2);
    pairs.map(|p| u16::from_le_bytes([p[0], p[1]])).collect()
}

/// The name of an error code ([MS-XLS] 2.5.10).
pub fn error_name(code: u8) -> String {
    match code {
        0x00 => "#NULL!".to_owned(),
        0x07 => "#DIV/0!".to_owned(),
        0x0F => "#VALUE!".to_owned(),
        0x17 => "#REF!".to_owned(),
        0x1D => "#NAME?".to_owned(),
        0x24 => "#NUM!".to_owned(),
        0x2A => "#N/A".to_owned(),
        0x2B => "#GETTING_DATA".to_owned(),
        other => format!("#ERROR({other})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rk_numbers_are_doubles_or_integers() {
        for (bits, number) in [
            (0x3FF0_0000, 1.0),
            ((7 << 2) | 2, 7.0),
            ((250 << 2) | 3, 2.5),
            ((-3i32 << 2) as u32 | 2, -3.0),
        ] {
            assert_eq!(rk(bits), number);
        }
    }

    #[test]
    fn past_the_end_is_nothing() {
        assert_eq!(u16_at(&[1], 0), None);
        assert_eq!(u32_at(&[1, 2, 3, 4], usize::MAX), None);
        assert_eq!(f64_at(&[], 0), None);
    }
}
