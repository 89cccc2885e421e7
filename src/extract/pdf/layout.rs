//! A page's tables and lines, in reading order.

use crate::model::{Anchor, Cell, CellFlags, CellKind, Table};

use super::geometry::Rect;
use super::join::{self, Measure};
use super::lines::{TextLine, lines_of};
use super::page::{Char, Page};
use super::table::columns;
use super::table::edges::{Edge, Edges};
use super::table::grid::GridCell;
use super::table::split;
use super::table::stream::{self, Block, Found};
use super::table::{Grid, lattice};

/// How far a character must reach over a border on both sides to be cut by it, in em.
const STICKS_OUT: f32 = 0.1;

/// How far a line may lie from the border it makes, in points.
const BESIDE: f32 = 5.0;

/// A piece of a page.
#[derive(Debug, Clone)]
pub enum Piece {
    Line(TextLine),
    Table(PageTable),
}

/// A table on a page, with the lines of its cells still apart.
#[derive(Debug, Clone)]
pub struct PageTable {
    pub grid: Grid,
    /// For each cell of the grid, its lines from top to bottom.
    pub lines: Vec<Vec<TextLine>>,
    /// For each cell of the grid, its text.
    pub texts: Vec<String>,
    /// For each column, where its lines were wrapped, where that shows.
    margins: Vec<Option<f32>>,
}

impl Piece {
    fn rect(&self) -> Rect {
        match self {
            Piece::Line(line) => line.rect,
            Piece::Table(table) => table.grid.rect(),
        }
    }
}

/// A page on the way to its pieces: ruled tables are found, the rest is in blocks of lines.
pub struct Draft {
    pieces: Vec<Piece>,
    blocks: Vec<Block>,
    rules: Vec<Edge>,
}

/// Reads the pages of a document that have been made upright.
pub fn pieces(pages: &[Page]) -> Vec<Vec<Piece>> {
    let mut drafts: Vec<Draft> = pages.iter().map(draft).collect();
    share_columns(&mut drafts);
    drafts.into_iter().map(Draft::finish).collect()
}

/// A table without lines that goes on over pages has the same columns on all of them: those of the
/// page that shows most.
fn share_columns(drafts: &mut [Draft]) {
    let known = |block: Option<&Block>| block.map(|b| b.cuts.clone()).unwrap_or_default();
    for i in 1..drafts.len() {
        let cuts = known(
            drafts[i - 1]
                .blocks
                .iter()
                .rev()
                .find(|b| !b.cuts.is_empty()),
        );
        drafts[i].blocks.iter_mut().for_each(|b| b.adopt(&cuts));
    }
    for i in (1..drafts.len()).rev() {
        let cuts = known(drafts[i].blocks.iter().find(|b| !b.cuts.is_empty()));
        drafts[i - 1].blocks.iter_mut().for_each(|b| b.adopt(&cuts));
    }
}

fn draft(page: &Page) -> Draft {
    let edges = Edges::of(&page.rulings);
    let mut grids = lattice::grids(&edges);
    // Lines around rows alone say nothing of columns: those are looked for in the text.
    grids.retain(|g| g.cols() > 1);
    let shaded = Edges::with_shadings(&page.rulings, &page.shadings);
    for grid in lattice::grids(&shaded) {
        // Shading makes a table where lines make none.
        let rect = grid.rect();
        let apart = |g: &Grid| g.rect().intersect(&rect).is_empty();
        if grid.cols() > 1 && grids.iter().all(apart) {
            grids.push(grid);
        }
    }
    let (inside, outside) = assign(&grids, &page.chars, &shaded.upright);
    let mut outside = outside;
    let mut pieces: Vec<Piece> = Vec::new();
    for (grid, chars) in grids.into_iter().zip(inside) {
        if chars.iter().all(Vec::is_empty) {
            continue;
        }
        if has_bare_rows(&grid, &chars) {
            outside.extend(chars.into_iter().flatten());
            continue;
        }
        let (grid, chars) = split::tall_rows(grid, chars);
        let lines = chars.iter().map(|c| lines_of(c)).collect();
        pieces.push(Piece::Table(PageTable::new(grid, lines)));
    }
    let (blocks, rest) = stream::blocks(&outside);
    // A stripe behind a row parts it from the next as a line does.
    let mut rules = edges.level;
    for s in &page.shadings {
        let stripe = |at| Edge {
            at,
            from: s.x0,
            to: s.x1,
        };
        rules.extend([stripe(s.y0), stripe(s.y1)]);
    }
    pieces.extend(lines_of(&rest).into_iter().map(Piece::Line));
    let (oblique, level): (Vec<Char>, Vec<Char>) = page.overlaid.iter().partition(|c| c.oblique);
    pieces.extend(lines_of(&level).into_iter().map(Piece::Line));
    // Text at a slant is read as it was drawn.
    for run in oblique.chunk_by(|a, b| a.run == b.run) {
        pieces.extend(TextLine::as_drawn(run).map(Piece::Line));
    }
    Draft {
        pieces,
        blocks,
        rules,
    }
}

/// Whether most rows are ruled as one cell though their text stands in columns: lines and stripes
/// around rows alone.
fn has_bare_rows(grid: &Grid, chars: &[Vec<Char>]) -> bool {
    let whole = grid.cells.iter().zip(chars).filter(|(cell, text)| {
        cell.cols == grid.cols()
            && !text.is_empty()
            && lines_of(text)
                .iter()
                .any(|l| columns::segments(l).len() > 2)
    });
    let bare: usize = whole.map(|(cell, _)| cell.rows).sum();
    bare * 3 >= grid.rows()
}

/// The characters of each cell of each grid, and those outside.
fn assign(grids: &[Grid], chars: &[Char], upright: &[Edge]) -> (Vec<Vec<Vec<Char>>>, Vec<Char>) {
    let mut inside: Vec<Vec<Vec<Char>>> = grids
        .iter()
        .map(|g| vec![Vec::new(); g.cells.len()])
        .collect();
    let mut outside = Vec::new();
    let find = |c: &Char| {
        let center = c.rect.center();
        grids
            .iter()
            .enumerate()
            .find_map(|(i, g)| g.cell_at(center).map(|cell| (i, cell)))
    };
    // Text too long for its cell runs on over the border, and a full stop may hang over it: both
    // belong where the text began.
    let mut before: Option<(&Char, Option<(usize, usize)>)> = None;
    let mut overflows = false;
    for c in chars {
        let mut place = find(c);
        let start = before
            .filter(|(b, _)| c.continues(b))
            .and_then(|(_, place)| place);
        match start {
            Some((grid, cell)) if place != start => {
                let border = grids[grid].cell_rect(&grids[grid].cells[cell]).x1;
                let cut = c.rect.x0 < border - STICKS_OUT * c.size
                    && c.rect.x1 > border + STICKS_OUT * c.size;
                let y = c.rect.center().1;
                let wall = |e: &Edge| (e.at - border).abs() <= BESIDE && e.from <= y && y <= e.to;
                overflows |= cut || join::clings(c.c) || !upright.iter().any(wall);
                if overflows {
                    place = start;
                }
            }
            _ => overflows = false,
        }
        match place.and_then(|(i, cell)| inside.get_mut(i)?.get_mut(cell)) {
            Some(cell) => cell.push(*c),
            None => outside.push(*c),
        }
        before = Some((c, place));
    }
    (inside, outside)
}

impl Draft {
    fn finish(self) -> Vec<Piece> {
        let mut pieces = self.pieces;
        for block in self.blocks {
            let (before, found, after) = block.table(&self.rules);
            pieces.extend(before.into_iter().chain(after).map(Piece::Line));
            if let Some(Found { grid, chars }) = found {
                let lines = chars.iter().map(|c| lines_of(c)).collect();
                pieces.push(Piece::Table(PageTable::new(grid, lines)));
            }
        }
        pieces.sort_by(|a, b| {
            let (a, b) = (a.rect(), b.rect());
            a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0))
        });
        pieces
    }
}

impl PageTable {
    pub fn new(grid: Grid, lines: Vec<Vec<TextLine>>) -> Self {
        let margins: Vec<Option<f32>> = (0..grid.cols())
            .map(|col| {
                let cells = grid.cells.iter().zip(&lines);
                let here = cells.filter(|(cell, _)| cell.col == col && cell.cols == 1);
                let mut here = here.map(|(_, lines)| lines.as_slice());
                if grid.ruled {
                    join::wrap_margin(here)
                } else {
                    // Nothing but the text tells how wide the column is.
                    let ends = here.by_ref().flatten().map(|l| l.rect.x1);
                    ends.fold(None, |most: Option<f32>, x| {
                        Some(most.map_or(x, |m| m.max(x)))
                    })
                }
            })
            .collect();
        let texts = grid
            .cells
            .iter()
            .zip(&lines)
            .map(|(cell, lines)| {
                let measure = measure(&grid, cell, lines, &margins);
                join::join(lines, measure)
            })
            .collect();
        PageTable {
            grid,
            lines,
            texts,
            margins,
        }
    }

    /// Between which edges the lines of a cell were wrapped.
    pub fn measure(&self, cell: &GridCell, lines: &[TextLine]) -> Measure {
        measure(&self.grid, cell, lines, &self.margins)
    }

    /// The cell at a place of the grid, with its lines.
    pub fn cell_at(&self, row: usize, col: usize) -> Option<(&GridCell, &[TextLine])> {
        let owner = *self.grid.owner.get(row * self.grid.cols() + col)? as usize;
        Some((self.grid.cells.get(owner)?, self.lines.get(owner)?))
    }

    /// The text that starts at a place of the grid; `""` where a spanning cell covers it.
    pub fn text_at(&self, row: usize, col: usize) -> &str {
        let owner = self.grid.owner.get(row * self.grid.cols() + col);
        let Some(owner) = owner.map(|o| *o as usize) else {
            return "";
        };
        match (self.grid.cells.get(owner), self.texts.get(owner)) {
            (Some(cell), Some(text)) if cell.row == row && cell.col == col => text,
            _ => "",
        }
    }

    /// Takes a row out; cells that span it shrink.
    pub fn remove_row(&mut self, row: usize) {
        let keep = self.grid.remove_row(row);
        let mut kept = keep.iter().copied();
        self.lines.retain(|_| kept.next().unwrap_or(true));
        let mut kept = keep.iter().copied();
        self.texts.retain(|_| kept.next().unwrap_or(true));
    }

    /// As the rest of the program knows tables.
    pub fn into_table(self, page: u32) -> Table {
        let grid = &self.grid;
        let cells = grid
            .cells
            .iter()
            .zip(self.texts)
            .filter_map(|(cell, text)| {
                let spans = cell.rows > 1 || cell.cols > 1;
                (spans || !text.is_empty()).then(|| Cell {
                    row: cell.row as u32,
                    col: cell.col as u32,
                    rows: cell.rows as u32,
                    cols: cell.cols as u32,
                    text,
                    kind: CellKind::Text,
                    flags: CellFlags::default(),
                })
            });
        Table {
            page: Some(page),
            sheet: None,
            rows: grid.rows() as u32,
            cols: grid.cols() as u32,
            cells: cells.collect(),
            anchor: Anchor::Boxes(
                (0..grid.rows())
                    .map(|row| grid.row_rect(row).to_array())
                    .collect(),
            ),
        }
    }
}

/// Between which edges the lines of a cell were wrapped, given its column's margin.
fn measure(grid: &Grid, cell: &GridCell, lines: &[TextLine], margins: &[Option<f32>]) -> Measure {
    let mut measure = Measure::of_cell(&grid.cell_rect(cell), lines);
    if cell.cols == 1
        && let Some(Some(margin)) = margins.get(cell.col)
    {
        measure.right = measure.right.min(margin.max(measure.left));
    }
    measure
}
