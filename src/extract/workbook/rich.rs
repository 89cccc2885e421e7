//! Rich text: runs, each struck through or not.

use super::draft::Struck;

/// A string made of runs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Rich {
    /// Text and whether it is struck; a run without properties is as its cell is.
    runs: Vec<(String, Option<bool>)>,
}

impl Rich {
    /// What of the string is struck in a cell whose own font is struck or not.
    pub fn struck(&self, cell: bool) -> Struck {
        let is_struck = |run: &(String, Option<bool>)| run.1.unwrap_or(cell);
        let said: Vec<_> = self
            .runs
            .iter()
            .filter(|r| !r.0.trim().is_empty())
            .collect();
        if !said.iter().any(|r| is_struck(r)) {
            return Struck::No;
        }
        if said.iter().all(|r| is_struck(r)) {
            return Struck::All;
        }
        let rest: String = self
            .runs
            .iter()
            .filter(|r| !is_struck(r))
            .map(|r| r.0.as_str())
            .collect();
        Struck::Part(rest.trim().into())
    }

    /// Adds a run, if it has text; `None` when it is as its cell is.
    pub fn push(&mut self, text: String, struck: Option<bool>) {
        if !text.is_empty() {
            self.runs.push((text, struck));
        }
    }

    /// All of its text.
    pub fn text(&self) -> String {
        self.runs.iter().map(|r| r.0.as_str()).collect()
    }
}
