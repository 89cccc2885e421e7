use super::FlatRow;
use super::csv::Csv;
use super::json_lines::JsonLines;

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

/// A file of rows.
pub struct ExportFile {
    /// Its name in the out folder.
    pub name: &'static str,
    /// What fills it.
    pub export: &'static dyn Export,
}

impl ExportFile {
    /// The rows of one document in this form.
    pub fn piece(&self, rows: &[FlatRow<'_>]) -> Vec<u8> {
        let mut piece = Vec::with_capacity(rows.len() * BYTES_PER_ROW);
        self.export.rows(rows, &mut piece);
        piece
    }
}

/// About what a row takes, so that a piece seldom has to grow.
const BYTES_PER_ROW: usize = 1024;

/// The files of rows that a run writes.
pub static EXPORTS: [ExportFile; 2] = [
    ExportFile {
        name: "rows.jsonl",
        export: &JsonLines,
    },
    ExportFile {
        name: "rows.csv",
        export: &Csv,
    },
];
