use serde::Serialize;
use torikomi::model::{Anchor, Block, Cell, CellKind, Extraction, Line, Table};

use super::{Shown, warning_note};

/// A line for each table, and for each text outside tables a line of its own with `text`. What is
/// worth telling goes to the notes.
pub fn show(extraction: &Extraction) -> Shown {
    let mut shown = Shown::default();
    let mut number = 0;
    for block in &extraction.blocks {
        match block {
            Block::Line(line) => shown.push(&LooseLine::new(line)),
            Block::Table(table) => {
                number += 1;
                shown.push(&TableLine::new(number, table));
            }
        }
    }
    shown
        .notes
        .push(format!("format: {}", extraction.format.name()));
    if let Some(encoding) = &extraction.encoding {
        let (name, how) = (&encoding.name, encoding.decided_by);
        shown.notes.push(format!(
            "encoding: {name} ({how}, {:.2})",
            encoding.confidence
        ));
    }
    shown
        .notes
        .extend(extraction.warnings.iter().map(warning_note));
    shown
}

#[derive(Serialize)]
struct TableLine<'a> {
    table: u32,
    page: Option<u32>,
    sheet: Option<&'a str>,
    rows: u32,
    cols: u32,
    /// How a table on a page was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<Finding<'a>>,
    cells: Vec<PlacedCell<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    /// `lattice` or `stream`.
    method: &'a str,
    why: &'a str,
    /// Rows whose cells are not certain.
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    doubtful: &'a [u32],
}

#[derive(Serialize)]
struct PlacedCell<'a> {
    row: u32,
    col: u32,
    rows: u32,
    cols: u32,
    text: &'a str,
    /// `A1` in a worksheet, `line 3` in a text; null on a page.
    place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    hidden: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    struck: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    uncomputed: bool,
}

#[derive(Serialize)]
struct LooseLine<'a> {
    text: &'a str,
    page: Option<u32>,
    sheet: Option<&'a str>,
    line: Option<u32>,
}

impl<'a> TableLine<'a> {
    fn new(number: u32, table: &'a Table) -> Self {
        TableLine {
            table: number,
            page: table.page,
            sheet: table.sheet.as_deref(),
            rows: table.rows,
            cols: table.cols,
            found: table.found.as_ref().map(|f| Finding {
                method: f.method,
                why: &f.why,
                doubtful: &f.doubtful,
            }),
            cells: table
                .cells
                .iter()
                .map(|c| PlacedCell::new(table, c))
                .collect(),
        }
    }
}

impl<'a> PlacedCell<'a> {
    fn new(table: &Table, cell: &'a Cell) -> Self {
        PlacedCell {
            row: cell.row,
            col: cell.col,
            rows: cell.rows,
            cols: cell.cols,
            text: &cell.text,
            place: match &table.anchor {
                Anchor::Sheet { .. } => table.range_of(cell.row, cell.col, cell.col),
                Anchor::Lines(_) => table.line_of(cell.row).map(|n| format!("line {n}")),
                Anchor::Boxes(_) => None,
            },
            kind: match cell.kind {
                CellKind::Text => None,
                CellKind::Number => Some("number"),
                CellKind::Date => Some("date"),
                CellKind::Bool => Some("bool"),
                CellKind::Error => Some("error"),
            },
            hidden: cell.flags.hidden,
            struck: cell.flags.struck,
            uncomputed: cell.flags.uncomputed,
        }
    }
}

impl<'a> LooseLine<'a> {
    fn new(line: &'a Line) -> Self {
        LooseLine {
            text: &line.text,
            page: line.page,
            sheet: line.sheet.as_deref(),
            line: line.line,
        }
    }
}
