//! The content of a cell: paragraphs, and what hangs on it.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::rich::Rich;
use super::super::xml;
use super::styles::{Family, Styles};

/// Spaces that a cell may hold in the short form, which says their number.
const MAX_SPACES: u32 = 10_000;

/// What a cell holds.
#[derive(Debug, Default)]
pub struct Content {
    /// Its paragraphs.
    pub rich: Rich,
    /// A comment on it.
    pub comment: String,
    /// Text of shapes anchored to it.
    pub shapes: String,
    /// Controls anchored to it, by ID.
    pub controls: Vec<String>,
}

/// Where text goes.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Cell,
    Comment,
    Shape,
    Nowhere,
}

/// Reads up to the end of the cell.
pub fn read(reader: &mut Reader<&[u8]>, styles: &Styles) -> Content {
    let mut content = Content::default();
    // One entry for each open element: where its text goes, and whether it is struck.
    let mut open: Vec<(Place, Option<bool>)> = Vec::new();
    let mut paragraphs = 0;
    let mut spaces = MAX_SPACES;
    loop {
        let event = xml::next(reader);
        let (place, struck) = open.last().copied().unwrap_or((Place::Cell, None));
        match &event {
            Event::Start(e) => {
                let mut inner = (place, struck);
                match e.local_name().as_ref() {
                    "annotation" => inner.0 = Place::Comment,
                    // Who wrote a comment and when; phonetic guides; tables and pictures in cells.
                    "creator" | "date" | "date-string" | "ruby-text" | "table" | "title"
                    | "desc" => {
                        inner.0 = Place::Nowhere;
                    }
                    "frame" | "custom-shape" | "rect" | "ellipse" if place == Place::Cell => {
                        inner.0 = Place::Shape;
                    }
                    "control" => {
                        let id = xml::attr(e, "control").map(|c| c.into_owned());
                        content.controls.extend(id);
                    }
                    "p" | "h" => {
                        if place == Place::Cell {
                            paragraphs += 1;
                        }
                        if place != Place::Cell || paragraphs > 1 {
                            content.push(place, "\n", None);
                        }
                    }
                    "span" => {
                        let style = xml::attr(e, "style-name").unwrap_or_default();
                        inner.1 = styles.struck(Family::Text, &style).or(struck);
                    }
                    "s" => {
                        let n = xml::number(e, "c").unwrap_or(1).min(spaces);
                        spaces -= n;
                        content.push(place, &" ".repeat(n as usize), struck);
                    }
                    "tab" => content.push(place, "\t", struck),
                    "line-break" => content.push(place, "\n", struck),
                    _ => {}
                }
                open.push(inner);
            }
            // The end that nothing in here began is the cell's own.
            Event::End(_) if open.pop().is_none() => return content,
            Event::End(_) => {}
            Event::Eof => return content,
            // White space between elements is no text.
            other if place != Place::Cell || paragraphs > 0 && !open.is_empty() => {
                let mut text = String::new();
                xml::push_text(other, &mut text);
                content.push(place, &text, struck);
            }
            _ => {}
        }
    }
}

impl Content {
    fn push(&mut self, place: Place, text: &str, struck: Option<bool>) {
        match place {
            Place::Cell => self.rich.push(text.to_owned(), struck),
            Place::Comment => self.comment.push_str(text),
            Place::Shape => self.shapes.push_str(text),
            Place::Nowhere => {}
        }
    }
}
