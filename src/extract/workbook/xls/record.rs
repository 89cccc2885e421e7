//! Records of a BIFF stream ([MS-XLS] 2.1.4), and strings that run over several of them.

use super::super::bytes::{u16_at, u32_at, units};
use super::super::rich::Rich;

/// Continues the record before it.
const CONTINUE: u16 = 0x003C;

/// One record.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// Its type.
    pub kind: u16,
    /// Its content, without what continues it.
    pub content: &'a [u8],
}

/// The records from a place on. Ends where the stream is cut off.
#[derive(Debug, Clone)]
pub struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    /// Reads from this byte of a stream.
    pub fn new(stream: &'a [u8], start: usize) -> Self {
        Records {
            rest: stream.get(start..).unwrap_or(&[]),
        }
    }

    /// Bytes that are still to be read.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// The contents of the records that continue the last one.
    pub fn continued(&mut self) -> Vec<&'a [u8]> {
        let mut contents = Vec::new();
        while u16_at(self.rest, 0) == Some(CONTINUE) {
            match self.next() {
                Some(record) => contents.push(record.content),
                None => break,
            }
        }
        contents
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let kind = u16_at(self.rest, 0)?;
        let length = usize::from(u16_at(self.rest, 2)?);
        let content = self.rest.get(4..4 + length)?;
        self.rest = self.rest.get(4 + length..).unwrap_or(&[]);
        Some(Record { kind, content })
    }
}

/// How text is stored.
#[derive(Debug, Clone, Copy)]
pub struct TextCoding {
    /// BIFF8: UTF-16, or its low bytes.
    pub is_unicode: bool,
    /// Before that: bytes in a code page.
    pub encoding: &'static encoding_rs::Encoding,
}

impl TextCoding {
    /// The encoding of a code page number.
    pub fn page(number: u16) -> &'static encoding_rs::Encoding {
        let label = match number {
            932 | 10001 => "shift_jis".to_owned(),
            936 | 10008 => "gbk".to_owned(),
            949 | 10003 => "euc-kr".to_owned(),
            950 | 10002 => "big5".to_owned(),
            10000 => "macintosh".to_owned(),
            number => format!("windows-{number}"),
        };
        encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252)
    }

    /// A string with a length of two bytes before it.
    pub fn long(&self, content: &[u8]) -> Option<String> {
        let length = usize::from(u16_at(content, 0)?);
        self.text(content.get(2..)?, length)
    }

    /// A string with a length of one byte before it.
    pub fn short(&self, content: &[u8]) -> Option<String> {
        let length = usize::from(*content.first()?);
        self.text(content.get(1..)?, length)
    }

    fn text(&self, content: &[u8], length: usize) -> Option<String> {
        if !self.is_unicode {
            let bytes = content.get(..length.min(content.len()))?;
            return Some(
                self.encoding
                    .decode_without_bom_handling(bytes)
                    .0
                    .into_owned(),
            );
        }
        let mut chars = Chars::new(content.get(1..)?, Vec::new());
        chars.wide = content.first()? & 1 != 0;
        Some(String::from_utf16_lossy(&chars.take(length)))
    }
}

/// Reads over the seams of continued records.
pub struct Chars<'a> {
    current: &'a [u8],
    more: std::vec::IntoIter<&'a [u8]>,
    wide: bool,
}

/// A string of the shared strings: its text, and its runs where fonts change.
pub struct SharedString {
    /// UTF-16 code units.
    pub units: Vec<u16>,
    /// First unit and font of each run.
    pub runs: Vec<(u16, u16)>,
}

impl<'a> Chars<'a> {
    /// Over a record's content and what continues it.
    pub fn new(content: &'a [u8], continued: Vec<&'a [u8]>) -> Self {
        Chars {
            current: content,
            more: continued.into_iter(),
            wide: false,
        }
    }

    /// Skips bytes.
    pub fn skip(&mut self, mut bytes: usize) -> Option<()> {
        loop {
            if let Some(rest) = self.current.get(bytes..) {
                self.current = rest;
                return Some(());
            }
            bytes -= self.current.len();
            self.current = self.more.next()?;
        }
    }

    fn byte(&mut self) -> Option<u8> {
        while self.current.is_empty() {
            self.current = self.more.next()?;
        }
        let (first, rest) = self.current.split_first()?;
        self.current = rest;
        Some(*first)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    /// So many characters. A continued record says again whether its characters are wide.
    pub fn take(&mut self, mut length: usize) -> Vec<u16> {
        let mut taken = Vec::new();
        while length > 0 {
            if self.current.is_empty() {
                let Some(more) = self.more.next() else {
                    break;
                };
                let Some((flags, rest)) = more.split_first() else {
                    continue;
                };
                self.wide = flags & 1 != 0;
                self.current = rest;
                continue;
            }
            let width = if self.wide { 2 } else { 1 };
            let count = length.min(self.current.len() / width);
            if count == 0 {
                self.current = &[];
                continue;
            }
            let (chars, rest) = self.current.split_at(count * width);
            if self.wide {
                taken.extend(units(chars));
            } else {
                taken.extend(chars.iter().map(|b| u16::from(*b)));
            }
            self.current = rest;
            length -= count;
        }
        taken
    }

    /// A string with runs and phonetic guides, which are skipped ([MS-XLS] 2.5.293).
    pub fn shared_string(&mut self) -> Option<SharedString> {
        let length = usize::from(self.u16()?);
        let flags = self.byte()?;
        let run_count = if flags & 8 != 0 { self.u16()? } else { 0 };
        let guides = if flags & 4 != 0 {
            let low = self.u16()?;
            u32::from(low) | u32::from(self.u16()?) << 16
        } else {
            0
        };
        self.wide = flags & 1 != 0;
        let units = self.take(length);
        let mut runs = Vec::new();
        for _ in 0..run_count {
            runs.push((self.u16()?, self.u16()?));
        }
        // A damaged length would swallow all strings that follow.
        self.skip(guides as usize)?;
        Some(SharedString { units, runs })
    }
}

/// Text whose runs change fonts: first unit and font of each run.
pub fn rich(units: &[u16], runs: &[(u16, u16)], is_struck: impl Fn(u16) -> bool) -> Rich {
    let mut rich = Rich::default();
    let mut from = 0;
    let mut struck = None;
    let ends = runs
        .iter()
        .map(|&(at, font)| (usize::from(at), Some(is_struck(font))));
    for (at, next) in ends.chain([(units.len(), None)]) {
        let at = at.clamp(from, units.len());
        let run = units.get(from..at).unwrap_or(&[]);
        if !run.is_empty() {
            rich.push(String::from_utf16_lossy(run), struck);
        }
        from = at;
        struck = next;
    }
    rich
}

/// Row, column and style, with which every cell record begins.
pub fn cell_head(content: &[u8]) -> Option<(u32, u32, usize)> {
    Some((
        u32::from(u16_at(content, 0)?),
        u32::from(u16_at(content, 2)?),
        usize::from(u16_at(content, 4)?),
    ))
}

/// The number of a shared string.
pub fn shared_index(content: &[u8]) -> Option<usize> {
    Some(u32_at(content, 6)? as usize)
}

#[cfg(test)]
mod tests {
    use super::super::super::draft::Struck;
    use super::*;

    #[test]
    fn strings_run_over_records() {
        // "ab" narrow, then "案" wide in the record that continues it; a run; a second string.
        let first = [3, 0, 0x08, 1, 0, b'a', b'b'];
        let second = [1, 0x48, 0x68, 2, 0, 5, 0, 1, 0, 0, b'z'];
        let mut chars = Chars::new(&first, vec![&second]);
        let string = chars.shared_string().expect("a string");
        assert_eq!(String::from_utf16_lossy(&string.units), "ab案");
        assert_eq!(string.runs, [(2, 5)]);
        let string = chars.shared_string().expect("another");
        assert_eq!(String::from_utf16_lossy(&string.units), "z");
        assert!(chars.shared_string().is_none());
    }

    #[test]
    fn runs_tell_what_is_struck() {
        let units: Vec<u16> = "可不可".encode_utf16().collect();
        let text = rich(&units, &[(1, 7)], |font| font == 7);
        assert_eq!(text.struck(false), Struck::Part("可".into()));
        assert_eq!(text.text(), "可不可");
        let text = rich(&units, &[(9, 7)], |_| true);
        assert_eq!(text.struck(false), Struck::No);
        let text = rich(&units, &[(2, 1), (1, 7)], |font| font == 7);
        assert_eq!(text.text(), "可不可");
    }
}
