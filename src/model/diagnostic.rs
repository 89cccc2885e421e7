use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something worth telling about a place in a document. It does not fail the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// What kind it is.
    pub code: WarningCode,
    /// What was seen, what follows from it, and what to do.
    pub message: String,
    /// First and last row it concerns (1-based, as in `rows`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<[u32; 2]>,
    /// Page, sheet, cell or line, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// The kinds of warnings. A closed list.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// One column runs ahead of another over several rows.
    ColumnSlip,
    /// A row's cells had moved left or right and were put back.
    CellsMoved,
    /// The encoding was guessed and the guess is weak.
    EncodingUncertain,
    /// Bytes that the encoding does not allow.
    Undecodable,
    /// Hidden rows, columns or sheets were left out.
    HiddenLeftOut,
    /// Struck-through text was left out.
    StruckLeftOut,
    /// A formula has no stored result.
    FormulaWithoutValue,
    /// A cell holds an error value.
    ErrorValue,
    /// A table was read but is no checklist.
    TableLeftOut,
    /// A row has more cells than its table has columns.
    ExtraCells,
    /// A quoted field is not closed, or something else in the file had to be guessed.
    MalformedInput,
    /// A table has no header; its columns were told from their content.
    NoHeader,
    /// A comment, checkbox or text box carries an answer.
    AttachedAnswer,
    /// A limit was reached and part of the file was left out.
    Truncated,
    /// A page is an image without text.
    NoTextLayer,
}

/// Something that was read and is not a row. Nothing a sheet says is dropped: it is a row, part of
/// a row, or here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Outside {
    /// Why it is no row.
    pub kind: OutsideKind,
    /// What it says, cells separated by tabs.
    pub text: String,
    /// 1-based page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Worksheet name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Worksheet cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cells: Option<String>,
    /// 1-based physical line of a text file, or paragraph outside tables of a Word document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// Why something is no row. A closed list.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum OutsideKind {
    /// The sheet's title.
    Title,
    /// Vendor, date and other facts about the sheet.
    About,
    /// A header row.
    Header,
    /// A header row that repeats an earlier one.
    RepeatedHeader,
    /// A section or category heading.
    Banner,
    /// A title that repeats on each page.
    RunningTitle,
    /// A page number or footer.
    Footer,
    /// Prose: instructions, notes, references.
    Note,
    /// A row of a checklist that holds a number and nothing else.
    EmptyRow,
    /// Part of a table that is no checklist.
    OtherTable,
}
