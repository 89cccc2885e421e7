//! What a cell can hold.

use std::borrow::Cow;

use crate::config::Language;

use super::label;

/// Most UTF-16 units in a cell (Excel's "Total number of characters that a cell can contain").
pub(super) const MOST: usize = 32_767;

/// Most UTF-16 units in a note: as much as a cell, less what its author may take.
pub(super) const MOST_IN_NOTE: usize = 8_000;

/// A text as a cell holds it: cut where it is too long, with a mark that says so, line breaks as
/// LF, and characters that XML cannot hold (XML 1.0, 2.2) replaced by their pictures (U+2400 …).
///
/// It is written as a string, so that no text is ever a formula.
pub(super) fn cell(text: &str, language: Language) -> Cow<'_, str> {
    fit(text, MOST, language)
}

/// A text as a note holds it.
pub(super) fn note(text: &str, language: Language) -> Cow<'_, str> {
    fit(text, MOST_IN_NOTE, language)
}

fn fit(text: &str, most: usize, language: Language) -> Cow<'_, str> {
    let text = harmless(text);
    // No text has more UTF-16 units than bytes.
    if text.len() <= most || text.encode_utf16().count() <= most {
        return text;
    }
    let mark = label::CUT.of(language);
    let room = most - mark.encode_utf16().count();
    let mut kept = String::with_capacity(most);
    let mut units = 0;
    for c in text.chars() {
        units += c.len_utf16();
        if units > room {
            break;
        }
        kept.push(c);
    }
    kept.push_str(mark);
    Cow::Owned(kept)
}

/// The first characters of a text, for a sentence about it.
pub(super) fn excerpt(text: &str, chars: usize) -> String {
    let text = text.replace(['\r', '\n'], " ");
    let mut kept: String = text.chars().take(chars).collect();
    if kept.len() < text.len() {
        kept.push('…');
    }
    kept
}

fn harmless(text: &str) -> Cow<'_, str> {
    if !is_odd(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => safe.push('\n'),
            '\n' | '\t' => safe.push(c),
            '\0'..='\u{1f}' => safe.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7f}' => safe.push('\u{2421}'),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// Whether a text has control characters, or U+FFFE and U+FFFF. Asked of every cell, so it looks at
/// all bytes at once rather than stop at the first.
fn is_odd(text: &[u8]) -> bool {
    let control = |b: u8| (b < b' ') & (b != b'\n') & (b != b'\t') | (b == 0x7f);
    let controls = text.iter().fold(false, |odd, b| odd | control(*b));
    controls
        || memchr::memmem::find(text, b"\xef\xbf").is_some_and(|_| {
            let noncharacters = ["\u{fffe}", "\u{ffff}"];
            let has = |c: &&str| memchr::memmem::find(text, c.as_bytes()).is_some();
            noncharacters.iter().any(has)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_made_harmless() {
        for (text, expected) in [
            ("有", "有"),
            ("=1+1", "=1+1"),
            ("\t@x", "\t@x"),
            ("a\r\nb\rc\nd", "a\nb\nc\nd"),
            ("a\0b\u{1b}[31m\u{7f}", "a␀b␛[31m␡"),
            ("Ａ\u{ffff}\u{fffe}", "Ａ\u{fffd}\u{fffd}"),
            ("", ""),
        ] {
            assert_eq!(cell(text, Language::Ja), expected, "{text:?}");
        }
    }

    #[test]
    fn long_texts_are_cut_between_characters_and_say_so() {
        let fits = "票".repeat(MOST);
        assert_eq!(cell(&fits, Language::Ja), fits);
        // An ideograph outside the BMP is two units; one unit of room stays free here.
        for (text, language) in [
            ("𡌶".repeat(MOST), Language::Ja),
            (format!("a{}", "𡌶".repeat(MOST)), Language::Ja),
            ("x".repeat(MOST + 1), Language::En),
        ] {
            let cut = cell(&text, language);
            let units = cut.encode_utf16().count();
            assert!((MOST - 1..=MOST).contains(&units), "{units}");
            let kept = cut.strip_suffix(label::CUT.of(language)).unwrap();
            assert!(text.starts_with(kept));
        }
        assert!(note(&fits, Language::En).encode_utf16().count() <= MOST_IN_NOTE);
    }

    #[test]
    fn an_excerpt_is_one_line() {
        assert_eq!(excerpt("a\nb", 3), "a b");
        assert_eq!(excerpt("あいうえ", 3), "あいう…");
    }
}
