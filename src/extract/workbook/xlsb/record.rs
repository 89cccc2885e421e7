//! Records and strings ([MS-XLSB] 2.1.4, 2.5.122, 2.5.169).

use super::super::bytes::{u16_at, u32_at, units, utf_16};
use super::super::rich::Rich;
use super::super::xls::record::rich;

/// One record.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// Its type.
    pub kind: u16,
    /// Its content.
    pub content: &'a [u8],
}

/// The records of a part. Ends where the part is cut off.
pub struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    /// From the beginning.
    pub fn new(part: &'a [u8]) -> Self {
        Records { rest: part }
    }

    /// A number in groups of seven bits, at most `most` of them.
    fn number(&mut self, most: u32) -> Option<u32> {
        let mut number = 0;
        for group in 0..most {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u32::from(byte & 0x7F) << (7 * group);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let kind = self.number(2)? as u16;
        let length = self.number(4)? as usize;
        let content = self.rest.get(..length)?;
        self.rest = self.rest.get(length..)?;
        Some(Record { kind, content })
    }
}

/// A string with its length before it, and what follows. A null string is empty.
pub fn wide_string(content: &[u8]) -> Option<(String, &[u8])> {
    let (text, rest) = wide(content)?;
    Some((utf_16(text), rest))
}

fn wide(content: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = match u32_at(content, 0)? {
        u32::MAX => 0,
        length => (length as usize).checked_mul(2)?,
    };
    content.get(4..)?.split_at_checked(length)
}

/// A string with flags before it and runs behind it.
pub fn rich_string(content: &[u8], struck_fonts: &[bool]) -> Option<Rich> {
    let has_runs = content.first()? & 1 != 0;
    let (text, rest) = wide(content.get(1..)?)?;
    let mut runs = Vec::new();
    if has_runs && struck_fonts.contains(&true) {
        let count = u32_at(rest, 0).unwrap_or(0) as usize;
        let listed = rest.get(4..).unwrap_or(&[]).chunks_exact(4).take(count);
        runs.extend(listed.filter_map(|r| Some((u16_at(r, 0)?, u16_at(r, 2)?))));
    }
    let is_struck = |font: u16| {
        struck_fonts
            .get(usize::from(font))
            .copied()
            .unwrap_or(false)
    };
    Some(rich(&units(text), &runs, is_struck))
}
