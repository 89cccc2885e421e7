//! Stage: documents, the rows in many forms, the run.
//!
//! ```text
//! DIR/documents/<file name>.json   one per document
//! DIR/rows.jsonl, DIR/rows.csv …   one file for each Output of the plan
//! DIR/run.json                     written last: where it stands, the run was finished
//! ```
//!
//! Every file is written under a temporary name in its own folder and renamed. A new output is one
//! file here, one variant of [`crate::config::Output`] and one line in `export::maker`.

mod atomic;
mod column;
mod csv;
mod export;
mod files;
mod flat_row;
mod folder;
mod json_lines;
mod lock;
mod names;
mod parquet;
mod plan;
mod report;
mod run;
mod run_file;
#[cfg(test)]
mod sample;
mod schema;
#[cfg(test)]
pub(crate) mod scratch;
mod sqlite;
mod timings;
mod workbook;

pub use column::{COLUMNS, Cell, Column, Kind};
pub use export::{Export, export, pieces};
pub use files::Files;
pub use flat_row::FlatRow;
pub use folder::{DOCUMENTS, OutFolder, is_output};
pub use lock::{FolderLock, holder};
pub use names::DocumentNames;
pub use plan::Plan;
pub use run::{
    CatalogInfo, Counts, DocumentStatus, Outcome, RUN_SCHEMA, Run, RunStatus, Skip, Tally,
};
#[cfg(test)]
use run_file::Begin;
pub use run_file::{Imported, RunFile};
pub use schema::{SchemaName, schema};
pub use sqlite::{Field, Table, tables};
pub(crate) use timings::Stopwatch;
pub use timings::{Slow, Timings};

use crate::model::Document;

/// A document as `documents/*.json` holds it: indented JSON that ends with a line break.
pub fn document_json(document: &Document) -> Vec<u8> {
    pretty(document, document.rows.len() * JSON_BYTES_PER_ROW)
}

/// About what a row takes as indented JSON, so that the buffer seldom has to grow.
const JSON_BYTES_PER_ROW: usize = 2048;

/// Indented JSON that ends with a line break; `expected` bytes of it.
fn pretty(value: &impl serde::Serialize, expected: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(expected);
    // Writing to memory cannot fail, and no type written here has keys that are not strings.
    let _ = serde_json::to_writer_pretty(&mut bytes, value);
    bytes.push(b'\n');
    bytes
}
