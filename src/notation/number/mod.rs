//! Item numbers: `１．` `(1)` `①` `1-1` `A-2` `No.3` `第1条` `Ⅰ` `ア` `一` …
//!
//! [`parse`] reads a cell that is a number and nothing else, [`lead`] a number that begins a
//! heading. Neither can know everything from one cell: `一` may be a word, `ア` a name, `I` the
//! ninth letter or the Roman one. Whoever looks at a whole column asks [`read`], which says how
//! the number is written ([`Style`]) and how else it could be meant, and [`follows`].
//!
//! What is never a number: dates (`2026-3-18`, `2026.4`), times (`10:00`), percentages,
//! quantities (`3世代`), telephone numbers, addresses (`192.168.0.1`), versions (`v1.0`), marks,
//! numbers over 9999, and more than six levels. `1.1` may be a decimal; it is taken for two
//! levels unless it begins with 0 or with 90 and more, as rates do (`99.9`).

mod glyph;
mod lead;
mod level;
mod named;
mod numeral;
mod reader;
#[cfg(test)]
mod tests;

pub use lead::{lead, lead_any};

use crate::model::ItemNumber;

/// How a number is written, which says how sure it is that it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// Digits alone: `1`, `０１`.
    Plain,
    /// Digits or letters with something that makes them a number: `1.` `(1)` `【1】` `①` `No.1`
    /// `Q3` `第1条` `(ア)` `A.`
    Marked,
    /// Several levels: `1-1` `1.1.2` `A-1` `Ⅰ-1`.
    Levels,
    /// Letters that are a code, then digits: `SEC-01`, `GV.OC-03`, `A1`. Product and standard
    /// names look the same.
    Coded,
    /// One Latin letter alone: `A`.
    Letter,
    /// One katakana alone: `ア`.
    Kana,
    /// A number in ideographs alone: `一`, `十二`.
    Kanji,
    /// A Roman number alone: `Ⅰ`, `iv`.
    Roman,
}

impl Style {
    /// Whether such a cell is hardly anything but a number, whatever stands around it.
    pub fn is_strong(self) -> bool {
        matches!(self, Style::Plain | Style::Marked | Style::Levels)
    }
}

/// A number with what a single cell can tell about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The number in its most likely meaning.
    pub number: ItemNumber,
    /// How it is written.
    pub style: Style,
    /// The path in its other meaning: `I` is the Roman one or the ninth letter, `イ` the second
    /// kana of アイウエオ or the first of イロハ.
    pub other: Option<Vec<u32>>,
}

/// Reads a cell that is an item number and nothing else. `raw` of the result is the cell in
/// display form; letters and kana count from 1 (`A-2` is `[1,2]`, `イ` is `[2]`).
pub fn parse(cell: &str) -> Option<ItemNumber> {
    read(cell).map(|r| r.number)
}

/// [`parse`], with how the number is written and how else it could be meant.
pub fn read(cell: &str) -> Option<Read> {
    reader::whole(cell)
}

/// Whether `next` is what comes after `prev` in an outline: the next of the same level (`1-1`
/// `1-2`), the first below it (`1-2` `1-2-1`), or the next of a level above it, alone or with
/// firsts below it (`1-2` `2`, `1-2` `2-1`).
pub fn follows(prev: &[u32], next: &[u32]) -> bool {
    let same = prev.iter().zip(next).take_while(|(a, b)| a == b).count();
    let (Some(below), firsts) = (next.get(same), next.get(same + 1..).unwrap_or_default()) else {
        return false;
    };
    let after = prev.get(same).map_or(1, |p| p.saturating_add(1));
    *below == after && firsts.iter().all(|&n| n == 1)
}
