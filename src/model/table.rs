use std::sync::Arc;

use super::{Encoding, Format, Warning};

/// What an extractor made of a file: text lines and tables in reading order.
#[derive(Debug, Clone)]
pub struct Extraction {
    /// What the file is.
    pub format: Format,
    /// Set where text had to be decoded.
    pub encoding: Option<Encoding>,
    /// Everything the file shows, in reading order.
    pub blocks: Vec<Block>,
    /// What is worth telling about places in it.
    pub warnings: Vec<Warning>,
}

/// A piece of a file in reading order.
#[derive(Debug, Clone)]
pub enum Block {
    /// Text that stands outside any table.
    Line(Line),
    /// A grid of cells. A worksheet is one table, whatever it holds.
    Table(Table),
}

/// A line of text outside tables: a title, a heading, a footer, a note.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// As the file has it.
    pub text: String,
    /// 1-based page.
    pub page: Option<u32>,
    /// Worksheet name.
    pub sheet: Option<Arc<str>>,
    /// 1-based physical line of a text file, or paragraph outside tables of a Word document.
    pub line: Option<u32>,
}

/// A grid of cells as the file has them. Cells are sorted by row, then column; a cell that spans
/// stands once, at its top left.
#[derive(Debug, Clone)]
pub struct Table {
    /// 1-based page.
    pub page: Option<u32>,
    /// Worksheet name.
    pub sheet: Option<Arc<str>>,
    /// Number of rows.
    pub rows: u32,
    /// Number of columns.
    pub cols: u32,
    /// Cells that hold text, or that span (even if empty); others may be left out.
    pub cells: Vec<Cell>,
    /// How rows and columns of the grid are found again in the file.
    pub anchor: Anchor,
    /// How the table was found, where the file does not say that it is one (PDF).
    pub found: Option<TableFinding>,
}

/// How a table was found on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFinding {
    /// `lattice`: its cells are ruled; `stream`: they are told by where the text stands.
    pub method: &'static str,
    /// What was counted, and what was rejected, in words.
    pub why: String,
    /// Rows (0-based) whose cells are not certain: the page shows no rules, and its lines may as
    /// well be parted otherwise. Ascending.
    pub doubtful: Vec<u32>,
}

/// Where a grid lies in its file.
#[derive(Debug, Clone, PartialEq)]
pub enum Anchor {
    /// In a worksheet: 0-based row and column of the grid's top left cell.
    Sheet {
        /// 0-based worksheet row of grid row 0.
        top: u32,
        /// 0-based worksheet column of grid column 0.
        left: u32,
    },
    /// In a text: the 1-based physical line on which each grid row starts.
    Lines(Vec<u32>),
    /// On a page: each grid row's box in points, y down (`[x0, y0, x1, y1]`).
    Boxes(Vec<[f32; 4]>),
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// 0-based row in the grid.
    pub row: u32,
    /// 0-based column in the grid.
    pub col: u32,
    /// Rows it covers, at least 1.
    pub rows: u32,
    /// Columns it covers, at least 1.
    pub cols: u32,
    /// The text a reader of the file would see.
    pub text: String,
    /// What the file says the value is.
    pub kind: CellKind,
    /// Marks on it.
    pub flags: CellFlags,
}

/// The type the file gives a cell's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CellKind {
    /// Characters, or a format without types.
    #[default]
    Text,
    /// A number.
    Number,
    /// A date or a time; the text is ISO 8601.
    Date,
    /// True or false.
    Bool,
    /// An error value such as `#REF!`.
    Error,
}

/// Marks on a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellFlags {
    /// In a hidden row, column or sheet (kept only on request).
    pub hidden: bool,
    /// All of its text is struck through (kept only on request).
    pub struck: bool,
    /// A formula for which the file holds no result; the text is the formula with `=` before it.
    pub uncomputed: bool,
}

impl Table {
    /// The physical line of a grid row, for tables of text files.
    pub fn line_of(&self, row: u32) -> Option<u32> {
        match &self.anchor {
            Anchor::Lines(lines) => lines.get(row as usize).copied(),
            _ => None,
        }
    }

    /// The worksheet range of part of a grid row, e.g. `A6:F6`.
    pub fn range_of(&self, row: u32, first_col: u32, last_col: u32) -> Option<String> {
        let Anchor::Sheet { top, left } = self.anchor else {
            return None;
        };
        let (r, a, b) = (top + row + 1, left + first_col, left + last_col);
        Some(if a == b {
            format!("{}{r}", column_letters(a))
        } else {
            format!("{}{r}:{}{r}", column_letters(a), column_letters(b))
        })
    }
}

/// The letters of a 0-based worksheet column: 0 is `A`, 26 is `AA`.
pub fn column_letters(col: u32) -> String {
    let mut letters = Vec::new();
    let mut n = u64::from(col) + 1;
    while n > 0 {
        n -= 1;
        letters.push(b'A' + (n % 26) as u8);
        n /= 26;
    }
    letters.reverse();
    letters.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::column_letters;

    #[test]
    fn columns_are_lettered_as_in_a_workbook() {
        for (col, letters) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (701, "ZZ"),
            (702, "AAA"),
            (16383, "XFD"),
        ] {
            assert_eq!(column_letters(col), letters);
        }
    }
}
