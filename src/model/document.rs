use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Column, Encoding, Format, Outside, Row, Warning};

/// The value of [`Document::schema`].
pub const DOCUMENT_SCHEMA: &str = "torikomi.document/1";

/// What an import makes of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "torikomi document")]
pub struct Document {
    /// Name and version of this shape.
    pub schema: String,
    /// The file.
    pub source: SourceInfo,
    /// The sheet's title; null when there is none.
    pub title: Option<String>,
    /// Who answers; null when not stated.
    pub vendor: Option<String>,
    /// When it was answered, ISO 8601; null when not stated.
    pub date: Option<String>,
    /// The tables that hold rows.
    pub tables: Vec<TableInfo>,
    /// Rows in reading order.
    pub rows: Vec<Row>,
    /// What was read and is not a row.
    pub outside: Vec<Outside>,
    /// What is worth telling.
    pub warnings: Vec<Warning>,
}

/// The file a document was read from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SourceInfo {
    /// As given, with `/` between folders.
    pub path: String,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// What the file is, decided by content.
    pub format: Format,
    /// The character encoding it was read with (`utf-8`, `cp932`, `utf-16le` …); null where
    /// nothing had to be decoded.
    pub encoding: Option<String>,
    /// How that encoding was decided, and how sure it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decoding: Option<Encoding>,
}

/// A table that holds rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TableInfo {
    /// 1-based.
    pub table: u32,
    /// 1-based page on which it starts.
    pub page: Option<u32>,
    /// Worksheet.
    pub sheet: Option<String>,
    /// Its columns.
    pub columns: Vec<Column>,
}
