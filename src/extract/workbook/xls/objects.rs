//! Notes, checkboxes and text boxes of a worksheet: drawing, object and text records.

use std::collections::BTreeMap;

use memchr::memmem;

use super::super::bytes::u16_at;
use super::super::draft::{Attached, Attachment};
use super::record::Chars;

/// Header of a client anchor in a drawing record: its type and its length of 18 bytes
/// ([MS-XLS] 2.5.193).
const ANCHOR: &[u8] = &[0x10, 0xF0, 0x12, 0, 0, 0];
/// Object types ([MS-XLS] 2.5.143).
const CHECKBOX: u16 = 0x0B;
const RADIO: u16 = 0x0C;
/// The part of an object record that holds a box's state ([MS-XLS] 2.5.141).
const BOX_STATE: u16 = 0x12;

/// The objects read so far.
#[derive(Debug, Default)]
pub struct Objects {
    /// Row and column of the last anchor.
    anchor: (u32, u32),
    /// The last object, to which a text belongs.
    last: u16,
    known: BTreeMap<u16, Object>,
    /// Row, column and object of each note.
    notes: Vec<(u32, u32, u16)>,
}

#[derive(Debug, Default)]
struct Object {
    place: (u32, u32),
    /// Ticked or not, for a checkbox or an option button.
    state: Option<bool>,
    text: String,
}

impl Objects {
    /// A drawing record: where the next object stands.
    pub fn drawing(&mut self, content: &[u8]) -> Option<()> {
        let at = memmem::rfind(content, ANCHOR)? + ANCHOR.len();
        let (col, row) = (u16_at(content, at + 2)?, u16_at(content, at + 6)?);
        self.anchor = (row.into(), col.into());
        Some(())
    }

    /// An object record.
    pub fn object(&mut self, content: &[u8]) -> Option<()> {
        let kind = u16_at(content, 4)?;
        self.last = u16_at(content, 6)?;
        let mut object = Object {
            place: self.anchor,
            ..Object::default()
        };
        if kind == CHECKBOX || kind == RADIO {
            object.state = Some(state(content).unwrap_or(false));
        }
        self.known.insert(self.last, object);
        Some(())
    }

    /// A text record: it belongs to the object before it.
    pub fn text(&mut self, content: &[u8], continued: Vec<&[u8]>) {
        let length = u16_at(content, 10).unwrap_or(0);
        let text = Chars::new(&[], continued).take(usize::from(length));
        if let Some(object) = self.known.get_mut(&self.last) {
            object.text = String::from_utf16_lossy(&text);
        }
    }

    /// A note record.
    pub fn note(&mut self, content: &[u8]) -> Option<()> {
        let (row, col) = (u16_at(content, 0)?, u16_at(content, 2)?);
        self.notes
            .push((row.into(), col.into(), u16_at(content, 6)?));
        Some(())
    }

    /// What hangs on the sheet's cells.
    pub fn attached(mut self) -> Vec<Attached> {
        let mut attached = Vec::new();
        for (row, col, object) in std::mem::take(&mut self.notes) {
            if let Some(object) = self.known.remove(&object) {
                attached.push(Attached {
                    row,
                    col,
                    kind: Attachment::Comment,
                    text: object.text,
                });
            }
        }
        for object in self.known.into_values() {
            let kind = match object.state {
                Some(checked) => Attachment::Checkbox { checked },
                None if object.text.trim().is_empty() => continue,
                None => Attachment::TextBox,
            };
            attached.push(Attached {
                row: object.place.0,
                col: object.place.1,
                kind,
                text: object.text,
            });
        }
        attached
    }
}

/// Looks through the parts of an object record: type, length, content each.
fn state(content: &[u8]) -> Option<bool> {
    let mut rest = content;
    loop {
        let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
        if kind == BOX_STATE {
            return Some(u16_at(rest, 4)? == 1);
        }
        rest = rest.get(4 + length..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticked_box_has_its_place_state_and_caption() {
        let mut objects = Objects::default();
        let mut drawing = vec![0, 0];
        drawing.extend(ANCHOR);
        drawing.extend([0, 0, 4, 0, 9, 0, 7, 0, 0, 0, 5, 0, 0, 0, 8, 0, 0, 0]);
        assert!(objects.drawing(&drawing).is_some());
        let common = [0x15, 0, 6, 0, 0x0B, 0, 3, 0, 0, 0];
        let parts = [common.as_slice(), &[0x12, 0, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0]].concat();
        assert!(objects.object(&parts).is_some());
        let mut text = [0; 18];
        text[10] = 1;
        objects.text(&text, vec![&[1, 0x09, 0x67]]);
        let checked = Attachment::Checkbox { checked: true };
        let attached = Attached {
            row: 7,
            col: 4,
            kind: checked,
            text: "有".to_owned(),
        };
        assert_eq!(objects.attached(), [attached]);
    }
}
