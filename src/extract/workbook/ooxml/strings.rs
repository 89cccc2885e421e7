//! Rich text: which runs of a string are struck through.

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::rich::Rich;
use super::super::xml;

/// Begins a shared string that was taken out: a character that no text may hold (Unicode 23.7),
/// and the string's number.
const TAKEN_OUT: char = '\u{FDD0}';

/// The shared strings in which a font of a run's own decides what is struck.
#[derive(Debug, Default)]
pub struct RichStrings {
    strings: Vec<Rich>,
}

impl RichStrings {
    /// Takes the rich strings out of the part: calamine, which joins runs, then reads their number
    /// instead, and which cell shows which of them is known without a look at the cells.
    pub fn take_out(part: &str) -> (Self, String) {
        let mut taken = RichStrings::default();
        let mut rest = String::with_capacity(part.len());
        let mut copied = 0;
        let end = memmem::Finder::new(b"</si>");
        let properties = memmem::Finder::new(b"rPr");
        let bytes = part.as_bytes();
        let mut starts = memmem::find_iter(bytes, b"<si>").peekable();
        while let Some(start) = starts.next() {
            // Up to the next one at most, so that no byte is looked at twice.
            let next = starts.peek().copied().unwrap_or(bytes.len());
            let string = bytes.get(start..next).unwrap_or(&[]);
            let Some(length) = end.find(string).map(|e| e + "</si>".len()) else {
                continue;
            };
            if properties.find(string).is_none_or(|p| p > length) {
                continue;
            }
            let (Some(before), Some(string)) =
                (part.get(copied..start), part.get(start..start + length))
            else {
                continue;
            };
            let mut reader = xml::reader(string);
            let rich = read_one(&mut reader, "si");
            rest.push_str(before);
            rest.push_str(&format!(
                "<si><t>{TAKEN_OUT}{}</t></si>",
                taken.strings.len()
            ));
            taken.strings.push(rich);
            copied = start + length;
        }
        rest.push_str(part.get(copied..).unwrap_or(""));
        (taken, rest)
    }

    /// The rich string that a shared string stands for.
    pub fn find(&self, text: &str) -> Option<&Rich> {
        let number = text.strip_prefix(TAKEN_OUT)?;
        self.strings.get(number.parse::<usize>().ok()?)
    }
}

/// Reads runs up to the end of the element `closing`. Phonetic guides are no text.
pub fn read_one(reader: &mut Reader<&[u8]>, closing: &str) -> Rich {
    let mut rich = Rich::default();
    let mut phonetic = false;
    let mut struck = None;
    let mut open: Option<(String, bool)> = None;
    loop {
        let event = xml::next(reader);
        match &event {
            Event::Start(e) => match e.local_name().as_ref() {
                "r" => struck = None,
                "rPr" => struck = Some(false),
                "strike" => struck = Some(xml::toggled(e)),
                "rPh" => phonetic = true,
                "t" => {
                    let kept = xml::attr(e, "space").is_some_and(|v| v == "preserve");
                    open = Some((String::new(), kept));
                }
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "rPh" => phonetic = false,
                "r" => struck = None,
                "t" => {
                    if let Some((text, kept)) = open.take().filter(|_| !phonetic) {
                        let text = if kept {
                            text
                        } else {
                            text.trim_matches([' ', '\t', '\r', '\n']).to_owned()
                        };
                        rich.push(unescape(&text), struck);
                    }
                }
                name if name == closing => return rich,
                _ => {}
            },
            Event::Eof => return rich,
            other => {
                if let Some((text, _)) = &mut open {
                    xml::push_text(other, text);
                }
            }
        }
    }
}

/// `_x000D_` and the like: characters XML cannot hold (ECMA-376 part 1, 22.9.2.19).
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, found) = rest.split_at(at);
        plain.push_str(before);
        let code = found
            .get(2..6)
            .filter(|_| found.as_bytes().get(6) == Some(&b'_'))
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .and_then(char::from_u32);
        let taken = if let Some(c) = code {
            plain.push(c);
            7
        } else {
            plain.push_str("_x");
            2
        };
        rest = found.get(taken..).unwrap_or("");
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::super::super::draft::Struck;
    use super::*;

    #[test]
    fn runs_tell_what_is_struck() {
        let part = "<sst><si><t>平文</t></si>\
            <si><r><t>残る</t></r><r><rPr><strike/></rPr><t>消えた</t></r></si>\
            <si><r><rPr><strike val=\"1\"/></rPr><t>全部</t></r><r><rPr><strike/></rPr><t xml:space=\"preserve\"> </t></r></si>\
            <si><r><rPr><strike val=\"0\"/><b/></rPr><t>残</t></r><rPh><t>ノコ</t></rPh></si></sst>";
        let (strings, rest) = RichStrings::take_out(part);
        assert_eq!(
            rest,
            "<sst><si><t>平文</t></si><si><t>\u{FDD0}0</t></si><si><t>\u{FDD0}1</t></si>\
             <si><t>\u{FDD0}2</t></si></sst>"
        );
        let rich = |text: &str| strings.find(text).expect("taken out");
        assert_eq!(rich("\u{FDD0}0").struck(false), Struck::Part("残る".into()));
        assert_eq!(rich("\u{FDD0}0").struck(true), Struck::All);
        assert_eq!(rich("\u{FDD0}1").struck(false), Struck::All);
        assert_eq!(rich("\u{FDD0}2").struck(true), Struck::No);
        assert_eq!(rich("\u{FDD0}2").text(), "残");
        for text in ["平文", "\u{FDD0}3", "\u{FDD0}", "0"] {
            assert!(strings.find(text).is_none());
        }
    }

    #[test]
    fn escaped_characters_are_restored() {
        for (escaped, plain) in [
            ("a_x000A_b", "a\nb"),
            ("_x005F_x000A_", "_x000A_"),
            ("_xZZZZ_", "_xZZZZ_"),
            ("_x00", "_x00"),
            ("_x案内です", "_x案内です"),
        ] {
            assert_eq!(unescape(escaped), plain);
        }
    }
}
