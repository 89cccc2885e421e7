//! How things are written: width and look-alikes, item numbers, marks, units, quantities, dates.
//!
//! A foundation: the stages ask it, and it knows nothing of tables or catalogs.

mod character;
pub mod date;
mod fold;
pub mod line_start;
mod mark;
pub mod number;
pub mod quantity;
mod radical;
mod show;
mod unit;

pub use fold::fold;
pub use mark::{Judgement, MarkRead, Marks};
pub use show::{show, shown};
pub use unit::Units;

use crate::model::DataError;

/// The notations that are data: marks and units.
#[derive(Debug)]
pub struct Notation {
    /// Answer marks and what they mean (`marks.json`).
    pub marks: Marks,
    /// Words that say what kind of answer is expected (`units.json`).
    pub units: Units,
}

impl Notation {
    /// Loads both from `read`, which gives a data file's name for messages, and its text.
    ///
    /// # Errors
    /// Every fault found in the files.
    pub fn load(
        read: impl Fn(&str) -> Result<(String, String), DataError>,
    ) -> Result<Self, Vec<DataError>> {
        let one = |name: &str| read(name).map_err(|e| vec![e]);
        let (file, text) = one("marks.json")?;
        let marks = Marks::from_json(&file, &text);
        let (file, text) = one("units.json")?;
        let units = Units::from_json(&file, &text);
        match (marks, units) {
            (Ok(marks), Ok(units)) => Ok(Notation { marks, units }),
            (marks, units) => Err(marks
                .err()
                .into_iter()
                .chain(units.err())
                .flatten()
                .collect()),
        }
    }
}

/// Whether a cell shows nothing: it is empty, or holds only white space, characters that are not
/// seen, and markup.
pub fn is_blank(raw: &str) -> bool {
    raw.is_empty() || shown(raw).is_empty()
}
