//! A draft to the table that a reader of the sheet sees, and the warnings about what it does not.

use super::attached;
use super::draft::{Draft, DraftCell, Region, Struck, cell_name, sheet_place};
use super::merges;
use super::tally::Tally;
use crate::config::ExtractConfig;
use crate::model::{Anchor, Block, Cell, CellFlags, CellKind, Table, Warning};

/// A merged cell may reach this far past the last text of its sheet; whole rows and columns that
/// were merged end with the text.
const REACH: (u32, u32) = (1000, 255);

/// Leaves out what is hidden or struck (unless it is wanted), lays the merged regions, and cuts
/// the sheet to its used area. `None` when nothing is left.
pub fn assemble(
    mut draft: Draft,
    config: &ExtractConfig,
    warnings: &mut Vec<Warning>,
) -> Option<Block> {
    sort(&mut draft.cells);
    attached::place(&mut draft, warnings, config.include_hidden);
    sort(&mut draft.cells);
    let mut tally = Tally::default();
    let laid = merges::lay(&draft.cells, std::mem::take(&mut draft.merges));
    let mut kept: Vec<(Region, Cell)> = Vec::with_capacity(draft.cells.len() + laid.empty.len());
    for (cell, region) in std::mem::take(&mut draft.cells)
        .into_iter()
        .zip(laid.regions)
    {
        if !region.is_headed_by(cell.row, cell.col) {
            tally.covered.push(cell_name(cell.row, cell.col));
            continue;
        }
        if let Some(cell) = keep(cell, region, &draft, config, &mut tally) {
            kept.push((region, cell));
        }
    }
    tally.warn(&sheet_place(&draft.name), warnings);
    let area = used_area(&mut kept)?;
    let shown = |r: &Region| {
        (r.top, r.left) >= (area.top, area.left)
            && r.top <= area.bottom
            && (area.left..=area.right).contains(&r.left)
            && (config.include_hidden || !is_hidden(&draft, r))
    };
    let blank = laid.empty.iter().filter(|r| shown(r)).map(|r| {
        let flags = CellFlags {
            hidden: is_hidden(&draft, r),
            ..CellFlags::default()
        };
        (cut(*r, &area), blank_cell(flags))
    });
    kept.extend(blank);
    kept.sort_by_key(|(r, _)| (r.top, r.left));
    let cells = kept.into_iter().map(|(r, cell)| Cell {
        row: r.top - area.top,
        col: r.left - area.left,
        rows: r.bottom - r.top + 1,
        cols: r.right - r.left + 1,
        ..cell
    });
    Some(Block::Table(Table {
        page: None,
        sheet: Some(draft.name.clone()),
        rows: area.bottom - area.top + 1,
        cols: area.right - area.left + 1,
        cells: cells.collect(),
        anchor: Anchor::Sheet {
            top: area.top,
            left: area.left,
        },
        found: None,
    }))
}

/// By row, then column; of two cells at one place the first counts.
fn sort(cells: &mut Vec<DraftCell>) {
    let place = |c: &DraftCell| (c.row, c.col);
    if !cells.is_sorted_by(|a, b| place(a) < place(b)) {
        cells.sort_by_key(place);
        cells.dedup_by_key(|c| (c.row, c.col));
    }
}

/// The cell as it is shown, or nothing when it is not.
fn keep(
    cell: DraftCell,
    region: Region,
    draft: &Draft,
    config: &ExtractConfig,
    tally: &mut Tally,
) -> Option<Cell> {
    let hidden = is_hidden(draft, &region);
    let struck = cell.struck == Struck::All;
    let name = || cell_name(cell.row, cell.col);
    let mut text = cell.text;
    if !config.include_hidden {
        if hidden {
            let (rows, cols) = (&draft.hidden_rows, &draft.hidden_cols);
            let by_row = rows.cover(region.top, region.bottom);
            let by_col = cols.cover(region.left, region.right);
            tally.hidden(cell.row, by_row, cell.col, by_col);
            return None;
        }
        match cell.struck {
            Struck::No => {}
            Struck::All => {
                tally.struck.push(name());
                return None;
            }
            Struck::Part(rest) => {
                tally.struck_parts.push(name());
                text = rest.into();
            }
        }
    }
    if text.len() > config.max_cell_bytes {
        let mut end = config.max_cell_bytes;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        tally.cut.push(name());
    }
    if cell.uncomputed {
        tally.uncomputed.push(name());
    } else if cell.kind == CellKind::Error {
        tally.errors.push(format!("{} {text}", name()));
    }
    Some(Cell {
        row: 0,
        col: 0,
        rows: 1,
        cols: 1,
        text,
        kind: cell.kind,
        flags: CellFlags {
            hidden,
            struck,
            uncomputed: cell.uncomputed,
        },
    })
}

/// A merged cell is seen as long as any of its rows and any of its columns is.
fn is_hidden(draft: &Draft, region: &Region) -> bool {
    draft.hidden
        || draft.hidden_rows.cover(region.top, region.bottom)
        || draft.hidden_cols.cover(region.left, region.right)
}

/// The smallest area that holds all cells. Regions that reach far past all text are cut to it.
fn used_area(kept: &mut [(Region, Cell)]) -> Option<Region> {
    let first = kept.first()?.0;
    let mut text = Region::new((first.top, first.left), (first.top, first.left));
    for (r, _) in kept.iter() {
        text.bottom = text.bottom.max(r.top);
        text.left = text.left.min(r.left);
        text.right = text.right.max(r.left);
    }
    let mut area = text;
    for (r, _) in kept.iter_mut() {
        if r.bottom > text.bottom.saturating_add(REACH.0) {
            r.bottom = text.bottom;
        }
        if r.right > text.right.saturating_add(REACH.1) {
            r.right = text.right;
        }
        area.bottom = area.bottom.max(r.bottom);
        area.right = area.right.max(r.right);
    }
    Some(area)
}

fn cut(region: Region, area: &Region) -> Region {
    Region {
        bottom: region.bottom.min(area.bottom),
        right: region.right.min(area.right),
        ..region
    }
}

fn blank_cell(flags: CellFlags) -> Cell {
    Cell {
        row: 0,
        col: 0,
        rows: 1,
        cols: 1,
        text: String::new(),
        kind: CellKind::Text,
        flags,
    }
}
