//! Form controls in legacy drawings, which every program that writes controls still writes.

use quick_xml::events::Event;

use super::super::draft::{Attached, Attachment};
use super::super::package::Package;
use super::super::xml;
use super::relations::Relations;
use crate::error::FileError;

/// Height of a default row in the pixels that anchors count in.
const ROW_PIXELS: i64 = 20;

/// Reads the checkboxes and option buttons of a sheet.
///
/// # Errors
/// A part is damaged or too large.
pub fn read(package: &mut Package<'_>, relations: &Relations) -> Result<Vec<Attached>, FileError> {
    let mut boxes = Vec::new();
    for relation in relations.values().filter(|r| r.kind == "vmlDrawing") {
        let part = package.text(&relation.target)?.unwrap_or_default();
        parse(&part, &mut boxes);
    }
    Ok(boxes)
}

#[derive(Default)]
struct Shape {
    caption: String,
    is_box: bool,
    checked: bool,
    anchor: String,
}

fn parse(part: &str, boxes: &mut Vec<Attached>) {
    let mut reader = xml::reader(part);
    let mut shape = Shape::default();
    let mut inside = String::new();
    loop {
        let event = xml::next(&mut reader);
        match &event {
            Event::Start(e) => match e.local_name().as_ref() {
                "shape" => shape = Shape::default(),
                "ClientData" => {
                    let kind = xml::attr(e, "ObjectType").unwrap_or_default();
                    shape.is_box = kind == "Checkbox" || kind == "Radio";
                }
                name @ ("textbox" | "Checked" | "Anchor") => inside = name.to_owned(),
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "shape" => boxes.extend(std::mem::take(&mut shape).attached()),
                name if name == inside => inside.clear(),
                _ => {}
            },
            Event::Eof => return,
            text => match inside.as_str() {
                "textbox" => xml::push_text(text, &mut shape.caption),
                "Anchor" => xml::push_text(text, &mut shape.anchor),
                "Checked" => {
                    let mut state = String::new();
                    xml::push_text(text, &mut state);
                    shape.checked |= state.trim() == "1";
                }
                _ => {}
            },
        }
    }
}

impl Shape {
    fn attached(self) -> Option<Attached> {
        if !self.is_box {
            return None;
        }
        let (row, col) = place(&self.anchor)?;
        Some(Attached {
            row,
            col,
            kind: Attachment::Checkbox {
                checked: self.checked,
            },
            text: self
                .caption
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        })
    }
}

/// The cell on which most of a control stands. An anchor is: left column, pixels into it, top row,
/// pixels into it, and the same for right and bottom.
fn place(anchor: &str) -> Option<(u32, u32)> {
    let numbers: Vec<i64> = anchor
        .split(',')
        .map(|n| n.trim().parse())
        .collect::<Result<_, _>>()
        .ok()?;
    let &[left, _, top, into_top, _, _, bottom, into_bottom] = numbers.as_slice() else {
        return None;
    };
    let row = if bottom > top.saturating_add(1) {
        top.saturating_add(1)
    } else if bottom > top && into_bottom > ROW_PIXELS.saturating_sub(into_top) {
        bottom
    } else {
        top
    };
    Some((u32::try_from(row).ok()?, u32::try_from(left).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_stand_on_the_cell_that_most_of_them_covers() {
        for (anchor, cell) in [
            ("4, 10, 5, 2, 5, 40, 6, 1", Some((5, 4))),
            ("4, 10, 5, 17, 5, 40, 6, 16", Some((6, 4))),
            ("4, 10, 5, 17, 5, 40, 7, 3", Some((6, 4))),
            ("4, 10, 5", None),
            ("4, 10, -5, 2, 5, 40, -5, 1", None),
            ("a", None),
        ] {
            assert_eq!(place(anchor), cell, "{anchor}");
        }
    }
}
