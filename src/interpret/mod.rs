//! Stage: tables to rows.
//!
//! `strip` puts what was extracted into one reading order; `header` finds the header rows in it;
//! `column`, `look`, `profile` and `role` tell what each column is for, from its title and its
//! content together; `repair` puts cells back that have moved; `kind` tells rows from banners,
//! headings, footers and notes; `assemble` makes the rows, and `place` says what they inherit.
//! Everything read ends as a row, as part of one, or in `outside` under a reason.

mod about;
mod assemble;
mod choice;
mod column;
mod dialogue;
mod ditto;
mod header;
mod kind;
mod look;
mod place;
mod profile;
mod raw_row;
mod repair;
mod role;
mod side_by_side;
mod strip;
mod table;
mod words;

#[cfg(test)]
mod tests;

use crate::catalog::{Catalogs, Lexicon};
use crate::error::{Failure, FileError};
use crate::model::{DataError, Extraction, Interpretation};
use crate::notation::Notation;

use words::HeaderWords;

/// Finds the rows of a sheet.
#[derive(Debug)]
pub struct Interpreter {
    words: HeaderWords,
    lexicon: Lexicon,
}

/// What the steps of this stage look things up in.
#[derive(Clone, Copy)]
struct Knowledge<'a> {
    words: &'a HeaderWords,
    lexicon: &'a Lexicon,
    notation: &'a Notation,
}

impl Interpreter {
    /// Loads the header words (`headers.json`) and takes the catalogs' own words as hints.
    ///
    /// # Errors
    /// Every fault found.
    pub fn load(
        read: impl Fn(&str) -> Result<(String, String), DataError>,
        catalogs: &Catalogs,
    ) -> Result<Self, Vec<DataError>> {
        let (file, text) = read("headers.json").map_err(|e| vec![e])?;
        let words = HeaderWords::from_json(&file, &text)?;
        Ok(Interpreter {
            words,
            lexicon: Lexicon::new(catalogs),
        })
    }

    /// Makes rows of what was extracted.
    ///
    /// # Errors
    /// No checklist is in it.
    pub fn interpret(
        &self,
        extraction: &Extraction,
        notation: &Notation,
    ) -> Result<Interpretation, FileError> {
        let known = Knowledge {
            words: &self.words,
            lexicon: &self.lexicon,
            notation,
        };
        let mut parts = strip::read(extraction);
        side_by_side::split(&mut parts, known);
        let sheet = assemble::assemble(&parts, known);
        if sheet.rows.is_empty() {
            return Err(no_rows(&sheet));
        }
        Ok(sheet)
    }
}

fn no_rows(sheet: &Interpretation) -> FileError {
    let message = if sheet.outside.is_empty() {
        "nothing was found in it".to_owned()
    } else {
        format!(
            "no checklist was found among its {} lines",
            sheet.outside.len()
        )
    };
    let hint = "a checklist has a header such as No. / 項目 / 回答, or numbered rows with answers; \
                `torikomi inspect FILE --stage extract` shows what was read";
    FileError::new(Failure::NoTable, message, hint)
}
