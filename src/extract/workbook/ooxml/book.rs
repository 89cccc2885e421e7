//! The workbook part: which worksheets there are, and the date system.

use quick_xml::events::Event;

use super::super::package::Package;
use super::super::xml;
use super::relations::{self, Relations};
use crate::error::{Failure, FileError};

/// The main part of a workbook.
#[derive(Debug, Default)]
pub struct Book {
    /// Days count from 1904.
    pub is_1904: bool,
    /// Worksheets in order; sheets of other kinds (charts, dialogs, macros) are not listed.
    pub sheets: Vec<SheetPart>,
    /// The shared strings part.
    pub strings: Option<String>,
    /// The styles part.
    pub styles: Option<String>,
}

/// A worksheet and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetPart {
    /// Its name.
    pub name: String,
    /// Hidden, whether or not it can be shown from the menu.
    pub hidden: bool,
    /// Its part.
    pub part: String,
}

/// The name of the main part and its relationships.
///
/// # Errors
/// The package has no workbook.
pub fn main_part(package: &mut Package<'_>) -> Result<(String, Relations), FileError> {
    let main = relations::of(package, "")?
        .into_values()
        .find(|r| r.kind == "officeDocument")
        .map(|r| r.target)
        .into_iter()
        .chain(["xl/workbook.xml", "xl/workbook.bin"].map(str::to_owned))
        .find(|part| package.has(part));
    let main = main.ok_or_else(|| {
        FileError::new(
            Failure::Corrupt,
            "the package holds no workbook",
            "ask for the file again; if it opens in a spreadsheet program, save it there first",
        )
    })?;
    let relations = relations::of(package, &main)?;
    Ok((main, relations))
}

impl Book {
    /// A book that knows where its strings and styles are.
    pub fn new(relations: &Relations) -> Self {
        let target = |kind: &str| {
            let found = relations.values().find(|r| r.kind == kind);
            found.map(|r| r.target.clone())
        };
        Book {
            strings: target("sharedStrings"),
            styles: target("styles"),
            ..Book::default()
        }
    }

    /// Adds a sheet if it is a worksheet.
    pub fn add(&mut self, name: String, hidden: bool, relation: &str, relations: &Relations) {
        let worksheet = relations.get(relation).filter(|r| r.kind == "worksheet");
        if let Some(relation) = worksheet {
            self.sheets.push(SheetPart {
                name,
                hidden,
                part: relation.target.clone(),
            });
        }
    }
}

/// Reads `workbook.xml`.
///
/// # Errors
/// It is missing, damaged or too large.
pub fn read(package: &mut Package<'_>) -> Result<Book, FileError> {
    let (main, relations) = main_part(package)?;
    let text = package.text(&main)?.unwrap_or_default();
    let mut book = Book::new(&relations);
    let mut reader = xml::reader(&text);
    let mut ended = false;
    loop {
        match xml::next(&mut reader) {
            Event::Start(e) => match e.local_name().as_ref() {
                // A later namesake in an extension list has no such attribute.
                "workbookPr" => book.is_1904 |= xml::truth(&e, "date1904").unwrap_or(false),
                "sheet" => {
                    let name = xml::attr(&e, "name").unwrap_or_default().into_owned();
                    let hidden = xml::attr(&e, "state").is_some_and(|s| s != "visible");
                    let relation = xml::attr(&e, "id").unwrap_or_default();
                    book.add(name, hidden, &relation, &relations);
                }
                _ => {}
            },
            Event::End(e) => ended |= e.local_name().as_ref() == "workbook",
            Event::Eof => break,
            _ => {}
        }
    }
    // Sheets that are not there cannot be told from sheets that were cut off.
    if !ended {
        return Err(FileError::new(
            Failure::Corrupt,
            "the workbook part is damaged",
            "ask for the file again; if it opens in a spreadsheet program, save it there first",
        )
        .at(format!("part {main}")));
    }
    Ok(book)
}
