use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Mapping, Outside, Warning};

/// What a column of a table is for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The item's number on the sheet.
    Number,
    /// The topmost grouping.
    Section,
    /// The grouping below the section.
    Category,
    /// The item's name.
    Item,
    /// What the item asks for, in a sentence.
    Description,
    /// What kind of answer is expected (`有無`, `時間`, `%` …).
    Unit,
    /// The yes/no mark of the answer.
    Mark,
    /// The answer in words.
    Text,
    /// None of these; its cells are kept in the row's `other`.
    None,
}

/// A column of an interpreted table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    /// 0-based, counted over the table's own columns.
    pub index: u32,
    /// Its header, normalized; null when it has none.
    pub title: Option<String>,
    /// What it is for.
    pub role: Role,
}

/// A table as interpreted.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetTable {
    /// 1-based page on which it starts.
    pub page: Option<u32>,
    /// Worksheet.
    pub sheet: Option<String>,
    /// Its columns, left to right.
    pub columns: Vec<Column>,
}

/// What the interpreter made of a file: rows in the sheet's own words.
#[derive(Debug, Clone, Default)]
pub struct Interpretation {
    /// The sheet's title as written.
    pub title: Option<String>,
    /// Who answers, as written.
    pub vendor: Option<String>,
    /// When it was answered, as written.
    pub date: Option<String>,
    /// The tables that hold rows.
    pub tables: Vec<SheetTable>,
    /// Rows in reading order.
    pub rows: Vec<RawRow>,
    /// Everything that was read and is not a row, with the reason.
    pub outside: Vec<Outside>,
    /// What is worth telling.
    pub warnings: Vec<Warning>,
}

/// A row as the sheet has it, each cell under its role. Inherited values are filled in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawRow {
    /// Index into [`Interpretation::tables`].
    pub table: usize,
    /// The number cell.
    pub number: Option<String>,
    /// The section it stands under.
    pub section: Option<String>,
    /// The category it stands under.
    pub category: Option<String>,
    /// The item's name.
    pub item: Option<String>,
    /// What is asked.
    pub description: Option<String>,
    /// The unit cell.
    pub unit: Option<String>,
    /// The cell of the mark column; of alternatives side by side (はい | いいえ) the title of the one
    /// that is ticked.
    pub mark: Option<String>,
    /// What cells say of which the fields above hold the meaning (the tick below an alternative,
    /// 同上), by field name.
    pub said: BTreeMap<&'static str, String>,
    /// The cells of the answer columns, in order.
    pub text: Vec<String>,
    /// Cells of columns without a role, and cells beyond the last column.
    pub other: Vec<OtherCell>,
    /// Which values come from a cell above.
    pub inherited: Inherited,
    /// Set when cells were moved back to the columns they belong to.
    pub moved: Option<Moved>,
    /// Which of the page's lines are its cells is not certain.
    pub doubtful: bool,
    /// Where it stands.
    pub provenance: Provenance,
}

/// A cell that has no field of its own in the row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OtherCell {
    /// 0-based column of the table.
    pub column: u32,
    /// The column's header.
    pub title: Option<String>,
    /// What it says, normalized.
    pub text: String,
}

/// Which of a row's values were taken over from a row above (merged or blank cells).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Inherited {
    /// The category was.
    pub category: bool,
    /// The item was.
    pub item: bool,
    /// The description was.
    pub description: bool,
}

/// A repair of a row whose cells had moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Moved {
    /// 0-based column from which on the cells stood wrong.
    pub from_column: u32,
    /// By how many columns they had moved: negative when to the left.
    pub by: i32,
    /// The cells leave no doubt. Otherwise the row needs a look.
    pub certain: bool,
}

/// Where a row stands in its file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// 1-based page.
    pub page: Option<u32>,
    /// Worksheet name.
    pub sheet: Option<String>,
    /// 1-based index into the document's `tables`.
    pub table: u32,
    /// Worksheet cells, e.g. `A6:F6`.
    pub cells: Option<String>,
    /// 1-based physical line of a text file, or paragraph outside tables of a Word document.
    pub line: Option<u32>,
    /// Box on the page in points, y down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[f32; 4]>,
}

/// An item number: as written, and as a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemNumber {
    /// As written.
    pub raw: String,
    /// Its levels, each counted from 1 (`1-1` is `[1,1]`, `①` is `[1]`, `A-2` is `[1,2]`).
    pub path: Vec<u32>,
}

/// A row as it is written: normalized, answered and mapped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// 1-based, in reading order.
    pub row: u32,
    /// The sheet's own number; null when it has none.
    pub number: Option<ItemNumber>,
    /// The section it stands under.
    pub section: Option<String>,
    /// The category it stands under; merged and blank cells inherit.
    pub category: Option<String>,
    /// The item's name; merged and blank cells inherit.
    pub item: Option<String>,
    /// What is asked.
    pub description: Option<String>,
    /// The kind of answer expected.
    pub unit: Option<String>,
    /// The answer.
    pub answer: Answer,
    /// The canonical item it was mapped to.
    pub mapping: Mapping,
    /// Where it stands.
    pub provenance: Provenance,
    /// Cells without a field of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other: Vec<OtherCell>,
    /// Set when cells were moved back to the columns they belong to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
    /// What the sheet says where normalization changed it, by field name.
    #[serde(
        default,
        deserialize_with = "super::closed::raw",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub raw: BTreeMap<&'static str, String>,
    /// The forms used to compare, never shown; empty in a row that was read back from JSON.
    #[serde(skip)]
    pub compare: Compare,
}

/// A row's fields folded for comparison (see `notation::fold`); empty where the field is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Compare {
    /// Folded section.
    pub section: String,
    /// Folded category.
    pub category: String,
    /// Folded item name.
    pub item: String,
    /// Folded description.
    pub description: String,
    /// Folded unit.
    pub unit: String,
    /// Which of these were taken over from a row above.
    pub inherited: Inherited,
    /// Which of the page's lines are its cells is not certain.
    pub doubtful: bool,
}
