//! Notes and threaded comments of a sheet.

use quick_xml::events::Event;

use super::super::draft::{Attached, Attachment};
use super::super::package::Package;
use super::super::xml;
use super::place::cell_place;
use super::relations::Relations;
use super::strings;
use crate::error::FileError;

/// Reads a sheet's comments. A threaded comment also has a note, for programs that know no
/// threads; the note then is not counted again.
///
/// # Errors
/// A part is damaged or too large.
pub fn read(package: &mut Package<'_>, relations: &Relations) -> Result<Vec<Attached>, FileError> {
    let mut found: Vec<Attached> = Vec::new();
    for kind in ["threadedComment", "comments"] {
        let threaded = found.len();
        for relation in relations.values().filter(|r| r.kind == kind) {
            let part = package.text(&relation.target)?.unwrap_or_default();
            for comment in parse(&part) {
                let place = (comment.row, comment.col);
                let known = found
                    .get(..threaded)
                    .is_some_and(|f| f.binary_search_by_key(&place, |c| (c.row, c.col)).is_ok());
                if !known {
                    found.push(comment);
                }
            }
        }
        if kind == "threadedComment" {
            found.sort_by_key(|c| (c.row, c.col));
        }
    }
    Ok(found)
}

fn parse(part: &str) -> Vec<Attached> {
    let mut reader = xml::reader(part);
    let mut comments = Vec::new();
    loop {
        let event = xml::next(&mut reader);
        let Event::Start(e) = event else {
            if matches!(event, Event::Eof) {
                return comments;
            }
            continue;
        };
        let name = e.local_name();
        let closing = match name.as_ref() {
            "comment" => "comment",
            "threadedComment" => "threadedComment",
            _ => continue,
        };
        let place = xml::attr(&e, "ref").and_then(|r| cell_place(&r));
        let text = if closing == "comment" {
            strings::read_one(&mut reader, closing).text()
        } else {
            plain_text(&mut reader, closing)
        };
        if let (Some((row, col)), false) = (place, text.trim().is_empty()) {
            comments.push(Attached {
                row,
                col,
                kind: Attachment::Comment,
                text,
            });
        }
    }
}

fn plain_text(reader: &mut quick_xml::Reader<&[u8]>, closing: &str) -> String {
    let mut text = String::new();
    loop {
        match xml::next(reader) {
            Event::End(e) if e.local_name().as_ref() == closing => return text,
            Event::Eof => return text,
            event => xml::push_text(&event, &mut text),
        }
    }
}
