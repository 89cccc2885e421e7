//! What a cell's style says about its text.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::draft::{DraftCell, Struck};
use super::number_format::NumberFormat;
use crate::model::CellKind;

/// A cell style, as far as it matters here.
#[derive(Debug, Clone, Default)]
pub struct CellStyle {
    /// How numbers are shown.
    pub format: Rc<NumberFormat>,
    /// The font is struck through.
    pub struck: bool,
    /// True and false are shown as a checkbox.
    pub checkbox: bool,
}

/// The styles of a workbook.
#[derive(Debug, Default)]
pub struct Styles {
    /// By the index that cells give.
    pub cells: Vec<CellStyle>,
    /// Days count from 1904.
    pub is_1904: bool,
}

/// The number formats of a workbook by ID: its own, and the built-in ones.
#[derive(Debug, Default)]
pub struct Formats {
    known: BTreeMap<u32, Rc<NumberFormat>>,
}

impl Formats {
    /// Adds one of the workbook's own.
    pub fn add(&mut self, id: u32, code: &str) {
        self.known.insert(id, Rc::new(NumberFormat::parse(code)));
    }

    /// The format of an ID.
    pub fn get(&mut self, id: u32) -> Rc<NumberFormat> {
        let format = self
            .known
            .entry(id)
            .or_insert_with(|| Rc::new(NumberFormat::builtin(id)));
        Rc::clone(format)
    }
}

impl Styles {
    /// A cell that holds text.
    pub fn text(&self, style: usize, text: String) -> DraftCell {
        let style = self.cells.get(style);
        let shown = style.and_then(|s| s.format.show_text(&text));
        DraftCell {
            text: shown.unwrap_or(text),
            struck: struck(style),
            ..DraftCell::default()
        }
    }

    /// A cell that holds a number, a date or a time.
    pub fn number(&self, style: usize, value: f64) -> DraftCell {
        let style = self.cells.get(style);
        let (text, kind) = match style {
            Some(style) => style.format.show(value, self.is_1904),
            None => NumberFormat::default().show(value, self.is_1904),
        };
        DraftCell {
            text,
            kind,
            struck: struck(style),
            ..DraftCell::default()
        }
    }

    /// A cell that holds true or false.
    pub fn truth(&self, style: usize, value: bool) -> DraftCell {
        let style = self.cells.get(style);
        let text = match (style.is_some_and(|s| s.checkbox), value) {
            (true, true) => "☑",
            (true, false) => "☐",
            (false, true) => "TRUE",
            (false, false) => "FALSE",
        };
        DraftCell {
            text: text.to_owned(),
            kind: CellKind::Bool,
            struck: struck(style),
            ..DraftCell::default()
        }
    }

    /// A cell that holds an error value.
    pub fn error(&self, style: usize, value: String) -> DraftCell {
        DraftCell {
            text: value,
            kind: CellKind::Error,
            struck: struck(self.cells.get(style)),
            ..DraftCell::default()
        }
    }

    /// Whether a style's font is struck through.
    pub fn is_struck(&self, style: usize) -> bool {
        self.cells.get(style).is_some_and(|s| s.struck)
    }
}

fn struck(style: Option<&CellStyle>) -> Struck {
    match style {
        Some(style) if style.struck => Struck::All,
        _ => Struck::No,
    }
}
