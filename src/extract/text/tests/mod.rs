//! Texts in, blocks out.

mod hostile;
mod properties;
mod quoting;
mod shapes;
mod text_sheet;

use super::*;
use crate::model::{Block, WarningCode};

fn try_read(name: &str, bytes: &[u8], config: &ExtractConfig) -> Result<Extraction, FileError> {
    let source = Source {
        path: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    extract(&source, config)
}

fn read(name: &str, text: &str) -> Extraction {
    try_read(name, text.as_bytes(), &ExtractConfig::default()).unwrap()
}

/// Blocks as lines: `5: text` for a line, `5| cell| cell` for a row, `--` before each table. Line
/// breaks in cells are shown as ⏎; cells that are left out are empty.
fn shown(extraction: &Extraction) -> Vec<String> {
    let mut shown = Vec::new();
    for block in &extraction.blocks {
        match block {
            Block::Line(line) => shown.push(format!("{}: {}", line.line.unwrap(), line.text)),
            Block::Table(table) => {
                shown.push(format!("-- {}x{}", table.rows, table.cols));
                for row in 0..table.rows {
                    let mut text = format!("{}", table.line_of(row).unwrap());
                    let mut at = 0;
                    for cell in table.cells.iter().filter(|c| c.row == row) {
                        while at <= cell.col {
                            text.push('|');
                            at += 1;
                        }
                        text += &cell.text.replace('\n', "⏎");
                    }
                    shown.push(text);
                }
            }
        }
    }
    shown
}

fn codes(extraction: &Extraction) -> Vec<(WarningCode, Option<&str>)> {
    let warnings = extraction.warnings.iter();
    warnings.map(|w| (w.code, w.place.as_deref())).collect()
}
