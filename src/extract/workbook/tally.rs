//! What was left out of a sheet or is odd in it, counted and said once for each kind.

use std::collections::BTreeSet;

use crate::model::{Warning, WarningCode, column_letters};

/// How many places or texts a warning names; the rest is counted.
const NAMED: usize = 10;

/// Places of a sheet by what happened to them.
#[derive(Debug, Default)]
pub struct Tally {
    /// Fully struck-through cells that were left out.
    pub struck: Vec<String>,
    /// Cells that lost a struck-through part.
    pub struck_parts: Vec<String>,
    /// Filled cells under a merged region, which no program shows.
    pub covered: Vec<String>,
    /// Cells with an error value, with the value.
    pub errors: Vec<String>,
    /// Formulas without a result.
    pub uncomputed: Vec<String>,
    /// Cells longer than the limit.
    pub cut: Vec<String>,
    hidden_cells: usize,
    hidden_rows: BTreeSet<u32>,
    hidden_cols: BTreeSet<u32>,
}

impl Tally {
    /// Counts a filled cell that was left out because its row or its column is hidden.
    pub fn hidden(&mut self, row: u32, by_row: bool, col: u32, by_col: bool) {
        self.hidden_cells += 1;
        if by_row {
            self.hidden_rows.insert(row);
        }
        if by_col {
            self.hidden_cols.insert(col);
        }
    }

    /// One warning for each kind that happened.
    pub fn warn(self, place: &str, warnings: &mut Vec<Warning>) {
        let mut add = |code, message: String| {
            warnings.push(Warning {
                code,
                message,
                rows: None,
                place: Some(place.to_owned()),
            });
        };
        if self.hidden_cells > 0 {
            let mut places = Vec::new();
            if !self.hidden_rows.is_empty() {
                let names = ranges(&self.hidden_rows, |r| (u64::from(r) + 1).to_string());
                places.push(format!("hidden rows ({names})"));
            }
            if !self.hidden_cols.is_empty() {
                let names = ranges(&self.hidden_cols, column_letters);
                places.push(format!("hidden columns ({names})"));
            }
            add(
                WarningCode::HiddenLeftOut,
                format!(
                    "{} in {} left out; --include-hidden keeps them",
                    count(self.hidden_cells, "filled cell"),
                    places.join(" and ")
                ),
            );
        }
        if !self.covered.is_empty() {
            add(
                WarningCode::HiddenLeftOut,
                format!(
                    "{} left out, which merged cells cover: {}; unmerge them to see the text",
                    count(self.covered.len(), "filled cell"),
                    named(&self.covered)
                ),
            );
        }
        let struck = self.struck.len() + self.struck_parts.len();
        if struck > 0 {
            let mut places = Vec::new();
            if !self.struck.is_empty() {
                places.push(format!("all of {}", named(&self.struck)));
            }
            if !self.struck_parts.is_empty() {
                places.push(format!("parts of {}", named(&self.struck_parts)));
            }
            add(
                WarningCode::StruckLeftOut,
                format!(
                    "struck-through text of {} left out: {}; --include-hidden keeps it",
                    count(struck, "cell"),
                    places.join("; ")
                ),
            );
        }
        if !self.errors.is_empty() {
            add(
                WarningCode::ErrorValue,
                format!(
                    "{} an error value instead of an answer: {}; ask for a corrected file",
                    if self.errors.len() == 1 {
                        "1 cell holds".to_owned()
                    } else {
                        format!("{} cells hold", self.errors.len())
                    },
                    named(&self.errors)
                ),
            );
        }
        if !self.uncomputed.is_empty() {
            add(
                WarningCode::FormulaWithoutValue,
                format!(
                    "{} without a stored result: {}; open the file in a spreadsheet program, save \
                     it and import it again",
                    count(self.uncomputed.len(), "formula"),
                    named(&self.uncomputed)
                ),
            );
        }
        if !self.cut.is_empty() {
            add(
                WarningCode::Truncated,
                format!(
                    "the end of {} was cut off at the limit: {}; raise extract.max-cell-bytes",
                    count(self.cut.len(), "very long cell"),
                    named(&self.cut)
                ),
            );
        }
    }
}

/// `1 cell`, `2 cells`.
fn count(n: usize, noun: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{s}")
}

/// The first few, and how many more there are.
pub fn named(items: &[String]) -> String {
    let mut text = items[..items.len().min(NAMED)].join(", ");
    if items.len() > NAMED {
        text.push_str(&format!(" and {} more", items.len() - NAMED));
    }
    text
}

/// `3, 5-8` for numbers in order.
fn ranges(numbers: &BTreeSet<u32>, name: impl Fn(u32) -> String) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &n in numbers {
        match runs.last_mut() {
            Some(run) if run.1 + 1 == n => run.1 = n,
            _ => runs.push((n, n)),
        }
    }
    let show = |&(a, b): &(u32, u32)| {
        if a == b {
            name(a)
        } else {
            format!("{}-{}", name(a), name(b))
        }
    };
    named(&runs.iter().map(show).collect::<Vec<_>>())
}
