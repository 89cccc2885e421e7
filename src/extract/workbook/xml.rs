//! Reading XML parts: quick-xml with what every part reader needs.
//!
//! Only the five predefined entities and character references are resolved, so that a part's own
//! entities expand to nothing, and no depth of nesting costs stack.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// A reader over a part. Empty elements come as a start and an end.
pub fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.check_comments = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// The next event; `Eof` at the first place that is no XML, so that what stood before counts.
pub fn next<'a>(reader: &mut Reader<&'a [u8]>) -> Event<'a> {
    reader.read_event().unwrap_or(Event::Eof)
}

/// An attribute by its name without prefix.
pub fn attr<'a>(element: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    for attribute in attributes.flatten() {
        if attribute.key.local_name().as_ref() == name {
            return Some(match attribute.value {
                Cow::Borrowed(raw) => unescape(raw).unwrap_or(Cow::Borrowed(raw)),
                Cow::Owned(raw) => Cow::Owned(unescape(&raw).map(Cow::into_owned).unwrap_or(raw)),
            });
        }
    }
    None
}

/// An attribute that is a number.
pub fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attr(element, name)?.trim().parse().ok()
}

/// An attribute that is true or false; `None` when it is not there.
pub fn truth(element: &BytesStart<'_>, name: &str) -> Option<bool> {
    attr(element, name).map(|v| matches!(v.trim(), "1" | "true" | "on"))
}

/// An element such as `<strike/>`, which is on unless its `val` says otherwise.
pub fn toggled(element: &BytesStart<'_>) -> bool {
    truth(element, "val").unwrap_or(true)
}

/// Adds the text of an event, if it is one, to `text`.
pub fn push_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(t) => text.push_str(&t.xml10_content()),
        Event::CData(t) => text.push_str(&t.xml10_content()),
        Event::GeneralRef(r) => push_reference(r, text),
        _ => {}
    }
}

fn push_reference(reference: &BytesRef<'_>, text: &mut String) {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        text.push(c);
        return;
    }
    match &**reference {
        "lt" => text.push('<'),
        "gt" => text.push('>'),
        "amp" => text.push('&'),
        "quot" => text.push('"'),
        "apos" => text.push('\''),
        name if name.starts_with('#') => text.push('\u{FFFD}'),
        // The document's own entity: left as it is written, never expanded.
        name => {
            text.push('&');
            text.push_str(name);
            text.push(';');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_text(part: &str) -> String {
        let mut reader = reader(part);
        let mut text = String::new();
        loop {
            match next(&mut reader) {
                Event::Eof => return text,
                event => push_text(&event, &mut text),
            }
        }
    }

    #[test]
    fn references_are_resolved_and_entities_never_expanded() {
        for (part, text) in [
            ("<a>&lt;&amp;&#26696;&#x6848;</a>", "<&案案"),
            ("<a><![CDATA[<b>]]></a>", "<b>"),
            ("<a>x & y</a>", "x & y"),
            (
                "<!DOCTYPE a [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;\">]><a>&m;</a>",
                "&m;",
            ),
            ("<a>kept<b", "kept"),
        ] {
            assert_eq!(all_text(part), text, "{part}");
        }
    }

    #[test]
    fn nesting_costs_no_stack() {
        let part = "<a>".repeat(300_000);
        assert_eq!(all_text(&part), "");
    }
}
