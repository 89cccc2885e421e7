//! A row's fields in their forms.

use crate::notation::{fold, shown};

/// The fields of the row before, which most rows share their section and category with.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) section: Field,
    pub(super) category: Field,
    pub(super) item: Field,
    pub(super) description: Field,
    pub(super) unit: Field,
}

/// One field: raw, to show, to compare.
#[derive(Debug, Default)]
pub(super) struct Field {
    raw: String,
    shown: String,
    folded: String,
    changed: bool,
}

impl Field {
    /// Takes what the sheet says.
    pub(super) fn read(&mut self, cell: &Option<String>) -> &Field {
        let cell = cell.as_deref().unwrap_or_default();
        if self.raw != cell {
            self.shown = shown(cell).into_owned();
            self.folded = fold(&self.shown);
            self.changed = is_changed(cell, &self.shown);
            self.raw = cell.to_owned();
        }
        self
    }

    /// The display form; `None` for nothing.
    pub(super) fn shown(&self) -> Option<String> {
        (!self.shown.is_empty()).then(|| self.shown.clone())
    }

    /// The comparison form.
    pub(super) fn folded(&self) -> String {
        self.folded.clone()
    }

    /// What the sheet says, where the display form does not show it.
    pub(super) fn changed(&self) -> Option<&str> {
        self.changed.then_some(&*self.raw)
    }
}

/// Whether the display form differs by more than white space and the width of ASCII. Those two
/// differ in most cells and tell nobody anything; keeping them would double the output.
pub(super) fn is_changed(raw: &str, shown: &str) -> bool {
    if raw == shown {
        return false;
    }
    let seen = |c: &char| !c.is_whitespace();
    let raw = raw.chars().filter(seen).map(narrow);
    !raw.eq(shown.chars().filter(seen).map(narrow))
}

fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '〜' => '~',
        _ => c,
    }
}
