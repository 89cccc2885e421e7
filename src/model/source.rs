use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::closed::Word;

/// One input: its bytes and the name to report it by.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as the user gave it, with `/` between folders; used in messages and output.
    pub path: String,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// What a file is, decided by its content.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Lines of text, tab-separated where they are tables.
    Text,
    /// Delimited values with quoting, separated by anything but tabs.
    Csv,
    /// Delimited values with quoting, separated by tabs.
    Tsv,
    /// Text whose tables are pipe tables.
    Markdown,
    /// Office Open XML workbook.
    Xlsx,
    /// Office Open XML workbook with macros (never run).
    Xlsm,
    /// Office Open XML workbook in binary records.
    Xlsb,
    /// Excel 97-2003 workbook (BIFF in OLE2).
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Portable Document Format.
    Pdf,
    /// Office Open XML text document.
    Docx,
    /// Hypertext.
    Html,
}

impl Format {
    /// The name used in `source.format`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Markdown => "markdown",
            Format::Xlsx => "xlsx",
            Format::Xlsm => "xlsm",
            Format::Xlsb => "xlsb",
            Format::Xls => "xls",
            Format::Ods => "ods",
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Html => "html",
        }
    }
}

/// Which character encoding a text was read with, and how sure that is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Encoding {
    /// `utf-8`, `utf-16le`, `utf-16be`, `cp932`, `euc-jp`, `iso-2022-jp`, or another WHATWG label.
    pub name: String,
    /// How it was decided: `bom`, `declared`, `valid` (the bytes allow nothing else plausible) or `guessed`.
    #[serde(deserialize_with = "super::closed::decided_by")]
    pub decided_by: Word,
    /// 0..1; 1 where nothing was guessed.
    pub confidence: f64,
    /// How many byte sequences could not be decoded (each is shown as U+FFFD and warned of with its line).
    pub undecodable: u32,
}
