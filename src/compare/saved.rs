use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::documents::Who;
use crate::error::RunError;
use crate::model::{DataError, Document};

/// The account of a finished run in its out folder.
const RUN: &str = "run.json";

/// What stands in its place while a run is under way, or after one was killed.
const UNFINISHED: &str = ".torikomi-unfinished";

/// What the `schema` of a document and of a run begins with.
const DOCUMENT_SCHEMA: &str = "torikomi.document/";
const RUN_SCHEMA: &str = "torikomi.run/";

/// A document as far as it is compared. Fields that are not named here are passed over, so that
/// what other versions wrote can be read.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Sheet {
    /// The file it was read from.
    pub source: Source,
    /// The sheet's title.
    pub title: Option<String>,
    /// Who answers.
    pub vendor: Option<String>,
    /// When it was answered.
    pub date: Option<String>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// The file of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Source {
    /// As it was given to the import.
    pub path: String,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Row {
    /// 1-based.
    pub row: u32,
    /// The sheet's own number.
    pub number: Option<Number>,
    /// The item's name.
    pub item: Option<String>,
    /// What is asked.
    pub description: Option<String>,
    /// The answer.
    pub answer: Answer,
    /// The canonical item.
    pub mapping: Mapping,
    /// Where it stands.
    pub provenance: Place,
}

/// An item number.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Number {
    /// As written.
    pub raw: String,
    /// Its levels.
    pub path: Vec<u32>,
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Answer {
    /// The yes/no mark.
    pub mark: Option<String>,
    /// What it amounts to: the name of a [`crate::model::Status`].
    pub status: String,
    /// The words after the mark.
    pub text: String,
    /// Quantities.
    #[serde(default)]
    pub values: Vec<Value>,
}

/// A quantity: see [`crate::model::Value`].
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Value {
    /// What it measures.
    pub kind: String,
    /// How the answer compares with the number.
    pub op: Option<String>,
    /// The number; the lower one of a range.
    pub number: Option<f64>,
    /// The upper number of a range.
    pub max: Option<f64>,
    /// Unit of the number.
    pub unit: Option<String>,
    /// What a number does not say.
    pub iso: Option<String>,
    /// The words.
    pub text: String,
}

/// A mapping.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Mapping {
    /// The item.
    pub item_id: Option<String>,
    /// The catalog it is in.
    pub catalog: Option<String>,
    /// The name of a [`crate::model::Decision`].
    pub decision: String,
}

/// A place in a file.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Place {
    /// 1-based page.
    pub page: Option<u32>,
    /// Worksheet.
    pub sheet: Option<String>,
    /// Worksheet cells.
    pub cells: Option<String>,
    /// 1-based line of a text file.
    pub line: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Run {
    schema: String,
    documents: Vec<Outcome>,
}

#[derive(Debug, Deserialize)]
struct Outcome {
    document: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Schema {
    schema: String,
}

/// A document but for its rows.
#[derive(Debug, Deserialize)]
struct Head {
    source: Source,
    title: Option<String>,
    vendor: Option<String>,
    date: Option<String>,
}

/// A document to compare. What is in a file is read when it is asked for, so that memory does not
/// hold all rows of two imports.
#[derive(Debug, Clone)]
pub struct Held {
    /// Who it is from.
    pub who: Who,
    rows: Rows,
}

#[derive(Debug, Clone)]
enum Rows {
    Here(Vec<Row>),
    In(PathBuf),
}

impl Held {
    /// A document of a file.
    fn written(path: PathBuf) -> Result<Self, RunError> {
        let Head {
            source,
            title,
            vendor,
            date,
        } = read(&path)?;
        Ok(Held {
            who: Who {
                path: source.path,
                vendor,
                title,
                date,
            },
            rows: Rows::In(path),
        })
    }

    /// Its rows.
    ///
    /// # Errors
    /// Its file cannot be read.
    pub fn rows(&self) -> Result<Cow<'_, [Row]>, RunError> {
        match &self.rows {
            Rows::Here(rows) => Ok(Cow::Borrowed(rows)),
            Rows::In(path) => read::<Sheet>(path).map(|sheet| Cow::Owned(sheet.rows)),
        }
    }
}

impl From<Sheet> for Held {
    fn from(sheet: Sheet) -> Self {
        let Sheet {
            source,
            title,
            vendor,
            date,
            rows,
        } = sheet;
        Held {
            who: Who {
                path: source.path,
                vendor,
                title,
                date,
            },
            rows: Rows::Here(rows),
        }
    }
}

impl Sheet {
    /// A document that was just made, as it would be read back.
    ///
    /// # Errors
    /// None that can be met: what a document writes has every field that is read here.
    pub fn of(document: &Document) -> Result<Self, RunError> {
        let read = serde_json::to_value(document).and_then(serde_json::from_value);
        read.map_err(|e| RunError::Usage(format!("{}: {e}", document.source.path)))
    }
}

/// The documents that a path stands for: those of an out folder, or the one of a document file.
/// None when it is something else, a received sheet or a folder of them.
///
/// # Errors
/// It is what an import wrote, but cannot be read, or is not whole.
pub fn open(path: &Path) -> Result<Option<Vec<Held>>, RunError> {
    if path.is_dir() {
        if path.join(UNFINISHED).is_file() {
            return Err(fault(
                path,
                "the import there was not finished: run it again",
            ));
        }
        let run = path.join(RUN);
        return match run.is_file() {
            true => documents(path, &run).map(Some),
            false => Ok(None),
        };
    }
    if path
        .extension()
        .is_none_or(|e| !e.eq_ignore_ascii_case("json"))
    {
        return Ok(None);
    }
    let head: Schema = read(path)?;
    if !head.schema.starts_with(DOCUMENT_SCHEMA) {
        return Err(fault(path, "not a document of an import"));
    }
    read::<Sheet>(path).map(|sheet| Some(vec![sheet.into()]))
}

fn documents(folder: &Path, run: &Path) -> Result<Vec<Held>, RunError> {
    let account: Run = read(run)?;
    if !account.schema.starts_with(RUN_SCHEMA) {
        return Err(fault(run, "not the account of an import"));
    }
    let names = account.documents.into_iter().filter_map(|d| d.document);
    let names = names.filter(|name| is_inside(name));
    names.map(|name| Held::written(folder.join(name))).collect()
}

/// Whether a document is where an import puts it: whatever an account says, nothing outside the
/// folder is read.
fn is_inside(document: &str) -> bool {
    let name = document.strip_prefix("documents/");
    name.is_some_and(|n| n.ends_with(".json") && !n.contains(['/', '\\', ':']))
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, RunError> {
    let bytes = fs::read(path).map_err(|source| RunError::Io {
        path: path.display().to_string(),
        action: "read what an import wrote",
        source,
    })?;
    serde_json::from_slice(&bytes).map_err(|e| {
        let mut error = DataError::at(&path.display().to_string(), e.line(), e.to_string());
        error.message += "; import the sheets again";
        RunError::Data(vec![error])
    })
}

fn fault(path: &Path, message: &str) -> RunError {
    RunError::Data(vec![DataError::new(&path.display().to_string(), message)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_read() {
        for (document, inside) in [
            ("documents/a.xlsx.json", true),
            ("documents/..json", true),
            ("documents/../../a.json", false),
            ("/etc/a.json", false),
            ("documents//etc/a.json", false),
            ("documents/c:a.json", false),
            ("documents/..\\..\\a.json", false),
            ("documents/a.txt", false),
            ("a.json", false),
        ] {
            assert_eq!(is_inside(document), inside, "{document}");
        }
    }
}
