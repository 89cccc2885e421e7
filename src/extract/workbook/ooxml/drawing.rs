//! Drawings: text boxes, and form controls in the newer way.

use std::collections::HashMap;

use memchr::memmem;
use quick_xml::events::Event;

use super::super::draft::{Attached, Attachment};
use super::super::package::Package;
use super::super::xml;
use super::relations::Relations;
use crate::error::FileError;

/// A shape with text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Shape {
    id: u32,
    hidden: bool,
    row: u32,
    col: u32,
    text: String,
}

/// Reads the shapes of a sheet that hold text.
///
/// # Errors
/// A part is damaged or too large.
pub fn read(package: &mut Package<'_>, relations: &Relations) -> Result<Vec<Shape>, FileError> {
    let mut shapes = Vec::new();
    for relation in relations.values().filter(|r| r.kind == "drawing") {
        let part = package.text(&relation.target)?.unwrap_or_default();
        parse(&part, &mut shapes);
    }
    Ok(shapes)
}

/// Shapes that are seen; a control's own shape is hidden.
pub fn text_boxes(shapes: Vec<Shape>) -> impl Iterator<Item = Attached> {
    let seen = shapes.into_iter().filter(|s| !s.hidden);
    seen.map(|s| Attached {
        row: s.row,
        col: s.col,
        kind: Attachment::TextBox,
        text: s.text,
    })
}

fn parse(part: &str, shapes: &mut Vec<Shape>) {
    let mut reader = xml::reader(part);
    let mut anchor = (0, 0);
    let mut shape: Option<Shape> = None;
    let mut inside = String::new();
    let mut from = false;
    // A fallback repeats a shape for older programs.
    let mut fallback = 0u32;
    loop {
        let event = xml::next(&mut reader);
        match &event {
            Event::Start(e) => match e.local_name().as_ref() {
                "Fallback" => fallback += 1,
                "from" => from = true,
                "sp" if fallback == 0 => {
                    shape = Some(Shape {
                        row: anchor.0,
                        col: anchor.1,
                        ..Shape::default()
                    });
                }
                "cNvPr" => {
                    if let Some(shape) = &mut shape {
                        shape.id = xml::number(e, "id").unwrap_or(0);
                        shape.hidden = xml::truth(e, "hidden").unwrap_or(false);
                    }
                }
                name @ ("row" | "col") if from => inside = name.to_owned(),
                "t" => inside = "t".to_owned(),
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "Fallback" => fallback = fallback.saturating_sub(1),
                "from" => from = false,
                "sp" => shapes.extend(shape.take().filter(|s| !s.text.trim().is_empty())),
                "p" => {
                    if let Some(shape) = &mut shape {
                        shape.text.push('\n');
                    }
                }
                name if name == inside => inside.clear(),
                _ => {}
            },
            Event::Eof => return,
            text => {
                let mut said = String::new();
                xml::push_text(text, &mut said);
                match (inside.as_str(), &mut shape) {
                    ("row", _) => anchor.0 = said.trim().parse().unwrap_or(0),
                    ("col", _) => anchor.1 = said.trim().parse().unwrap_or(0),
                    ("t", Some(shape)) => shape.text.push_str(&said),
                    _ => {}
                }
            }
        }
    }
}

/// Checkboxes and option buttons from the sheet's `controls` and their property parts, for files
/// without the legacy drawing. Captions stand in hidden shapes of the drawing.
///
/// # Errors
/// A part is damaged or too large.
pub fn controls(
    package: &mut Package<'_>,
    relations: &Relations,
    sheet: &str,
    shapes: &[Shape],
) -> Result<Vec<Attached>, FileError> {
    let mut states = HashMap::new();
    for (id, relation) in relations.iter().filter(|(_, r)| r.kind == "ctrlProp") {
        let part = package.text(&relation.target)?.unwrap_or_default();
        if let Some(checked) = state(&part) {
            states.insert(id.as_str(), checked);
        }
    }
    let Some(start) = memmem::rfind(sheet.as_bytes(), b"<controls") else {
        return Ok(Vec::new());
    };
    if states.is_empty() {
        return Ok(Vec::new());
    }
    let captions: HashMap<u32, &str> = shapes.iter().map(|s| (s.id, s.text.as_str())).collect();
    let mut reader = xml::reader(sheet.get(start..).unwrap_or(""));
    let mut boxes = Vec::new();
    let mut open: Option<Attached> = None;
    let mut inside = String::new();
    let mut from = false;
    loop {
        let event = xml::next(&mut reader);
        match &event {
            Event::Start(e) => match e.local_name().as_ref() {
                "control" => {
                    let id = xml::attr(e, "id").unwrap_or_default();
                    let caption = xml::number(e, "shapeId").and_then(|s| captions.get(&s));
                    open = states.get(&*id).map(|&checked| Attached {
                        row: 0,
                        col: 0,
                        kind: Attachment::Checkbox { checked },
                        text: caption.map_or("", |c| c.trim()).to_owned(),
                    });
                }
                "from" => from = true,
                name @ ("row" | "col") if from => inside = name.to_owned(),
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "control" => boxes.extend(open.take()),
                "from" => from = false,
                "controls" => return Ok(boxes),
                name if name == inside => inside.clear(),
                _ => {}
            },
            Event::Eof => return Ok(boxes),
            text => {
                let mut said = String::new();
                xml::push_text(text, &mut said);
                match (inside.as_str(), &mut open) {
                    ("row", Some(control)) => control.row = said.trim().parse().unwrap_or(0),
                    ("col", Some(control)) => control.col = said.trim().parse().unwrap_or(0),
                    _ => {}
                }
            }
        }
    }
}

/// Whether a control is a ticked box; `None` when it is no box.
fn state(part: &str) -> Option<bool> {
    let mut reader = xml::reader(part);
    loop {
        match xml::next(&mut reader) {
            Event::Start(e) if e.local_name().as_ref() == "formControlPr" => {
                let kind = xml::attr(&e, "objectType")?;
                let checked = xml::attr(&e, "checked").is_some_and(|c| c == "Checked");
                return matches!(&*kind, "CheckBox" | "Radio").then_some(checked);
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}
