use super::csv::Csv;
use super::json_lines::JsonLines;
use super::run_file::Begin;
use super::{FlatRow, Plan, parquet, report, sqlite, workbook};
use crate::config::Output;

/// A form in which the rows of a run are written.
///
/// It turns the rows of one document into bytes, on whatever thread has the document; the pieces
/// are then put one after another in input order.
pub trait Export: Sync {
    /// Appends the rows of one document.
    fn rows(&self, rows: &[FlatRow<'_>], out: &mut Vec<u8>);

    /// What stands before the first row.
    fn head(&self) -> Vec<u8> {
        Vec::new()
    }
}

/// How an output is made.
pub(super) enum Maker {
    /// Rows as bytes, one document after another.
    Rows(&'static dyn Export),
    /// A file about the whole run, begun under the path given.
    Run(Begin),
}

/// Where an output plugs in.
pub(super) fn maker(output: Output) -> Maker {
    match output {
        Output::Jsonl => Maker::Rows(&JsonLines),
        Output::Csv => Maker::Rows(&Csv),
        Output::Xlsx => Maker::Run(workbook::begin),
        Output::Html => Maker::Run(report::begin),
        Output::Parquet => Maker::Run(parquet::begin),
        Output::Sqlite => Maker::Run(sqlite::begin),
    }
}

/// The form of an output of rows; none for files about the whole run.
pub fn export(output: Output) -> Option<&'static dyn Export> {
    match maker(output) {
        Maker::Rows(export) => Some(export),
        Maker::Run(_) => None,
    }
}

/// About what a row takes, so that a piece seldom has to grow.
const BYTES_PER_ROW: usize = 1024;

/// The rows of one document, a piece for each output of rows in the plan.
pub fn pieces(rows: &[FlatRow<'_>], plan: &Plan) -> Vec<Vec<u8>> {
    let exports = plan.outputs().iter().filter_map(|o| export(*o));
    let piece = |export: &'static dyn Export| {
        let mut piece = Vec::with_capacity(rows.len() * BYTES_PER_ROW);
        export.rows(rows, &mut piece);
        piece
    };
    exports.map(piece).collect()
}
