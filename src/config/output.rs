use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Settings of what is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct OutputConfig {
    /// The folder written to; `out` when not set.
    pub folder: Option<PathBuf>,
    /// What is written beside documents and `run.json`.
    pub write: Vec<Output>,
    /// The language of labels in the workbook and the report.
    pub language: Language,
    /// Write timings to `run.json`. Without them, the same input gives the same bytes.
    pub timings: bool,
}

impl Default for OutputConfig {
    fn default() -> Self {
        OutputConfig {
            folder: None,
            write: Output::DEFAULT.to_vec(),
            language: Language::default(),
            timings: true,
        }
    }
}

/// What the rows of a run are written as, beside its documents and `run.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Output {
    /// `rows.jsonl`: one object a line.
    Jsonl,
    /// `rows.csv`: for spreadsheets.
    Csv,
    /// `torikomi.xlsx`: comparison, review, what to ask back.
    Xlsx,
    /// `report.html`: comparison and review in a browser.
    Html,
    /// `rows.parquet`: for data frames.
    Parquet,
    /// `torikomi.sqlite`: a database.
    Sqlite,
}

impl Output {
    /// All there are.
    pub const ALL: [Output; 6] = [
        Output::Jsonl,
        Output::Csv,
        Output::Xlsx,
        Output::Html,
        Output::Parquet,
        Output::Sqlite,
    ];

    /// Those written when nothing else is said: for programs, for spreadsheets, for people.
    pub const DEFAULT: [Output; 4] = [Output::Jsonl, Output::Csv, Output::Xlsx, Output::Html];

    /// The name used on the command line and in `torikomi.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Output::Jsonl => "jsonl",
            Output::Csv => "csv",
            Output::Xlsx => "xlsx",
            Output::Html => "html",
            Output::Parquet => "parquet",
            Output::Sqlite => "sqlite",
        }
    }

    /// Its file in the out folder.
    pub fn file(self) -> &'static str {
        match self {
            Output::Jsonl => "rows.jsonl",
            Output::Csv => "rows.csv",
            Output::Xlsx => "torikomi.xlsx",
            Output::Html => "report.html",
            Output::Parquet => "rows.parquet",
            Output::Sqlite => "torikomi.sqlite",
        }
    }
}

/// The language of labels in the workbook and the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}
