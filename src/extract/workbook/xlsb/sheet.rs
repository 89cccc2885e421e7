//! A worksheet part.

use super::super::bytes::{error_name, f64_at, rk, u16_at, u32_at};
use super::super::draft::{Budget, Draft, DraftCell, LAST, Region, Spans};
use super::super::rich::Rich;
use super::super::styles::Styles;
use super::record::{Record, Records, rich_string, wide_string};
use crate::error::FileError;

/// What all sheets share.
#[derive(Clone, Copy)]
pub struct Look<'b> {
    /// Cell styles.
    pub styles: &'b Styles,
    /// Shared strings.
    pub strings: &'b [Rich],
    /// Struck fonts, by index.
    pub struck_fonts: &'b [bool],
}

/// Reads a worksheet into its draft. False when the part is cut off.
///
/// # Errors
/// The workbook holds more cells than allowed.
pub fn read(
    part: &[u8],
    look: Look<'_>,
    budget: &mut Budget,
    draft: &mut Draft,
) -> Result<bool, FileError> {
    let mut row = 0;
    let mut hidden_rows = Vec::new();
    let mut hidden_cols = Vec::new();
    let mut ended = false;
    for record in Records::new(part) {
        let content = record.content;
        match record.kind {
            // BrtRowHdr: fDyZero
            0x0000 => {
                row = u32_at(content, 0).unwrap_or(LAST.0).min(LAST.0);
                if content.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                    hidden_rows.push((row, row));
                }
            }
            // BrtColInfo: fHidden, or no width
            0x003C => {
                let cols = u32_at(content, 0).zip(u32_at(content, 4));
                let hidden = u16_at(content, 16).is_some_and(|flags| flags & 1 != 0);
                if hidden || u32_at(content, 8) == Some(0) {
                    hidden_cols.extend(cols);
                }
            }
            // BrtMergeCell
            0x00B0 => {
                let at = |i| u32_at(content, i);
                if let (Some(top), Some(bottom), Some(left), Some(right)) =
                    (at(0), at(4), at(8), at(12))
                {
                    draft.merges.push(Region::new((top, left), (bottom, right)));
                }
            }
            // BrtEndSheet
            0x0082 => ended = true,
            _ => {
                let (Some(col), Some(cell)) = (u32_at(content, 0), cell(record, look)) else {
                    continue;
                };
                if col <= LAST.1 && !cell.text.is_empty() {
                    budget.take(&draft.name, cell.text.len())?;
                    draft.cells.push(DraftCell { row, col, ..cell });
                }
            }
        }
    }
    draft.hidden_rows = Spans::new(hidden_rows);
    draft.hidden_cols = Spans::new(hidden_cols);
    Ok(ended)
}

/// A cell record: column, style, value ([MS-XLSB] 2.5.9).
fn cell(record: Record<'_>, look: Look<'_>) -> Option<DraftCell> {
    let value = record.content.get(8..);
    let style = || Some(u32_at(record.content, 4)? as usize & 0x00FF_FFFF);
    let styles = look.styles;
    Some(match record.kind {
        // BrtCellRk
        0x0002 => styles.number(style()?, rk(u32_at(value?, 0)?)),
        // BrtCellError, BrtFmlaError
        0x0003 | 0x000B => styles.error(style()?, error_name(*value?.first()?)),
        // BrtCellBool, BrtFmlaBool
        0x0004 | 0x000A => styles.truth(style()?, *value?.first()? != 0),
        // BrtCellReal, BrtFmlaNum
        0x0005 | 0x0009 => styles.number(style()?, f64_at(value?, 0)?),
        // BrtCellSt, BrtFmlaString
        0x0006 | 0x0008 => styles.text(style()?, wide_string(value?)?.0),
        // BrtCellIsst
        0x0007 => text(
            look.strings.get(u32_at(value?, 0)? as usize)?,
            style()?,
            styles,
        ),
        // BrtCellRString
        0x003E => text(&rich_string(value?, look.struck_fonts)?, style()?, styles),
        _ => return None,
    })
}

fn text(rich: &Rich, style: usize, styles: &Styles) -> DraftCell {
    DraftCell {
        struck: rich.struck(styles.is_struck(style)),
        ..styles.text(style, rich.text())
    }
}
