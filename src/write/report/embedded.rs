use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Appends a value as JSON that may stand in a `<script>` element: no character in it can end the
/// element or begin a comment, and none is a line break to JavaScript (HTML 13.2.5.4, "script data
/// state"; ECMA-262 12.3).
pub(super) fn push(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    // Writing to memory cannot fail, and nothing written here has keys that are not strings.
    let _ = value.serialize(&mut Serializer::with_formatter(out, InScript));
}

struct InScript;

impl Formatter for InScript {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| must_be_escaped(*c)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            write!(writer, "\\u{:04x}", u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

fn must_be_escaped(c: char) -> bool {
    matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}')
}

/// Appends a whole number. It is written millions of times; `write!` would take a tenth of the
/// whole report's time.
pub(super) fn push_number(n: u32, out: &mut Vec<u8>) {
    let mut digits = [0; 10];
    let (mut at, mut n) = (digits.len(), n);
    loop {
        at -= 1;
        digits[at] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Appends members between brackets.
pub(super) fn push_list<T>(
    members: impl IntoIterator<Item = T>,
    out: &mut Vec<u8>,
    mut push: impl FnMut(T, &mut Vec<u8>),
) {
    out.push(b'[');
    for (at, member) in members.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        push(member, out);
    }
    out.push(b']');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_block_ends_it_and_everything_is_read_back() {
        for text in [
            "",
            "回答",
            "</script><script>alert(1)</script>",
            "<!-- <script",
            "a&b\u{2028}c\u{2029}",
            "\"><img src=x onerror=alert(1)>",
            "\\u003c\\",
            "\0\t\n\u{7f}𡌶",
        ] {
            let mut out = Vec::new();
            push(text, &mut out);
            let json = String::from_utf8(out).unwrap();
            assert!(
                !json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']),
                "{json}"
            );
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }

    #[test]
    fn numbers_are_written_as_json_writes_them() {
        for n in [0, 9, 10, 1234567890, u32::MAX] {
            let mut out = Vec::new();
            push_number(n, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), n.to_string());
        }
    }
}
