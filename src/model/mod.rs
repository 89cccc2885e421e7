//! The nouns: what a source is, what a table is, what a row says and where it stands.
//!
//! Nothing here does any work or imports another module of the crate. Three shapes follow a
//! sheet through the pipeline: [`Extraction`] (cells as the file has them), [`Interpretation`]
//! (rows as the sheet means them, still in its own words) and [`Document`] (normalized and
//! mapped: what is written).

mod answer;
mod closed;
mod data_error;
mod diagnostic;
mod document;
mod evidence;
mod mapping;
mod row;
mod source;
mod table;

pub use answer::{Answer, Op, Status, Value, ValueKind};
pub use data_error::DataError;
pub use diagnostic::{Outside, OutsideKind, Warning, WarningCode};
pub use document::{DOCUMENT_SCHEMA, Document, SourceInfo, TableInfo};
pub use evidence::{Evidence, Precedent};
pub use mapping::{Candidate, Decision, Mapping, Reason, Related, Relation};
pub use row::{
    Column, Compare, Inherited, Interpretation, ItemNumber, Moved, OtherCell, Provenance, RawRow,
    Role, Row, SheetTable,
};
pub use source::{Encoding, Format, Source};
pub use table::{
    Anchor, Block, Cell, CellFlags, CellKind, Extraction, Line, Table, TableFinding, column_letters,
};
