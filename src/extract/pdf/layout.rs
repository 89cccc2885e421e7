//! A page's tables and lines, in reading order.

use crate::model::{Anchor, Cell, CellFlags, CellKind, Table, TableFinding};

use super::assign::assign;
use super::geometry::Rect;
use super::join::{self, Measure};
use super::lines::{TextLine, lines_of};
use super::page::{Char, Page};
use super::table::body::{self, Body, Found};
use super::table::columns;
use super::table::edges::{Edge, Edges};
use super::table::grid::GridCell;
use super::table::split;
use super::table::stream::{self, Block};
use super::table::{Grid, lattice};

/// Part of a ruled table's rows that must be ruled as one cell, so that it is read by its text.
const SOME_BARE: f32 = 0.33;

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
    /// How it was found.
    pub why: String,
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
    /// Grids that were passed over, and why.
    rejected: Vec<String>,
}

/// Reads the pages of a document that have been made upright.
pub fn pieces(pages: &[Page]) -> Vec<Vec<Piece>> {
    let mut drafts: Vec<Draft> = pages.iter().map(draft).collect();
    share_columns(&mut drafts);
    let mut bodies: Vec<Body> = Vec::new();
    let mut place: Vec<(usize, String)> = Vec::new();
    let mut out: Vec<Vec<Piece>> = Vec::with_capacity(drafts.len());
    // A line below a table may be the heading of the rows on the next page.
    let mut foot: Option<(usize, TextLine)> = None;
    let mut loose: Vec<(usize, TextLine)> = Vec::new();
    for (page, draft) in drafts.into_iter().enumerate() {
        let mut pieces = draft.pieces;
        for block in draft.blocks {
            let (before, body, after) = block.body(&draft.rules);
            pieces.extend(before.into_iter().map(Piece::Line));
            if let Some(body) = body {
                if let (Some((last, line)), Some(above)) = (foot.take(), bodies.last_mut())
                    && !(last + 1 == page && body.goes_on(above) && above.take_heading(&line))
                {
                    loose.push((last, line));
                }
                bodies.push(body);
                place.push((page, draft.rejected.concat()));
                if let [line] = after.as_slice() {
                    foot = Some((page, line.clone()));
                    continue;
                }
            }
            pieces.extend(after.into_iter().map(Piece::Line));
        }
        out.push(pieces);
    }
    for (page, line) in loose.into_iter().chain(foot) {
        out[page].push(Piece::Line(line));
    }
    let mut tables = Vec::with_capacity(bodies.len());
    for parts in bodies.chunk_by(|a, b| b.goes_on(a)) {
        tables.extend(body::tables(parts));
    }
    for (Found { grid, chars, why }, (page, rejected)) in tables.into_iter().zip(place) {
        let lines = chars.iter().map(|c| lines_of(c)).collect();
        let why = format!("{why}{rejected}");
        out[page].push(Piece::Table(PageTable::new(grid, lines, why)));
    }
    out.iter_mut().for_each(|pieces| in_reading_order(pieces));
    out
}

fn in_reading_order(pieces: &mut [Piece]) {
    pieces.sort_by(|a, b| {
        let (a, b) = (a.rect(), b.rect());
        a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0))
    });
}

/// A table without lines that goes on over pages has the same columns on all of them: those of the
/// page that shows most.
fn share_columns(drafts: &mut [Draft]) {
    if drafts.len() > 1 {
        let blocks: Vec<&Block> = drafts.iter().flat_map(|d| &d.blocks).collect();
        let common = Block::common_cuts(&blocks);
        let blocks = drafts.iter_mut().flat_map(|d| &mut d.blocks);
        blocks.for_each(|b| b.take(&common));
    }
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
    let mut rejected: Vec<String> = Vec::new();
    grids.retain(|g| {
        let kept = g.cols() > 1;
        if !kept {
            rejected.push(passed_over(g, "lines lie around rows alone"));
        }
        kept
    });
    let ruled = grids.len();
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
    // Grids of which some rows are drawn as boxes tell of the columns of the others.
    let mut drawn: Vec<Grid> = Vec::new();
    for (i, (grid, chars)) in grids.into_iter().zip(inside).enumerate() {
        if chars.iter().all(Vec::is_empty) {
            continue;
        }
        let some_rows = if i < ruled {
            has_bare_rows(&grid, &chars, SOME_BARE)
        } else {
            grid.rows() == 1 || has_bare_rows(&grid, &chars, 0.0) || has_open_cells(&grid, &chars)
        };
        if some_rows {
            outside.extend(chars.into_iter().flatten());
            rejected.push(passed_over(
                &grid,
                "only some of its rows are drawn as cells",
            ));
            drawn.push(grid);
            continue;
        }
        let why = found_by_lines(&grid, page, i < ruled);
        let (grid, chars) = split::tall_rows(grid, chars);
        let lines = chars.iter().map(|c| lines_of(c)).collect();
        pieces.push(Piece::Table(PageTable::new(grid, lines, why)));
    }
    let (blocks, rest) = stream::blocks(&outside, &drawn);
    // A stripe behind a row parts it from the next as a line does.
    let rules = shaded.level;
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
        rejected,
    }
}

/// What is said of a grid that was passed over.
fn passed_over(grid: &Grid, why: &str) -> String {
    let (rows, cols) = (grid.rows(), grid.cols());
    format!("; a grid of {rows} × {cols} was passed over: {why}")
}

/// What is said of a table found by lines.
fn found_by_lines(grid: &Grid, page: &Page, ruled: bool) -> String {
    let rect = grid.rect();
    let touches =
        |r: &Rect| r.x0 <= rect.x1 && r.x1 >= rect.x0 && r.y0 <= rect.y1 && r.y1 >= rect.y0;
    let rulings = page.rulings.iter().filter(|r| touches(&r.rect)).count();
    let shadings = page.shadings.iter().filter(|s| touches(s)).count();
    let (rows, cols, cells) = (grid.rows(), grid.cols(), grid.cells.len());
    let lines = if ruled {
        format!("{rulings} rulings")
    } else {
        format!("{rulings} rulings and the edges of {shadings} shaded boxes")
    };
    format!("{lines} make {cells} cells in {rows} rows and {cols} columns")
}

/// Whether many rows are ruled as one cell though their text stands in columns: lines and stripes
/// around rows alone, perhaps beside a merged category.
fn has_bare_rows(grid: &Grid, chars: &[Vec<Char>], least: f32) -> bool {
    let whole = grid.cells.iter().zip(chars).filter(|(cell, text)| {
        cell.cols >= grid.cols().min(3)
            && !text.is_empty()
            && lines_of(text)
                .iter()
                .any(|l| columns::segments(l).len() > 2)
    });
    let bare: usize = whole.map(|(cell, _)| cell.rows).sum();
    bare > 0 && bare as f32 >= grid.rows() as f32 * least
}

/// Whether a cell of a grid made by shadings alone holds texts that stand in several of the
/// columns it covers: a white row between striped ones.
fn has_open_cells(grid: &Grid, chars: &[Vec<Char>]) -> bool {
    let inner = |cell: &GridCell| grid.xs.get(cell.col + 1..cell.col + cell.cols);
    grid.cells.iter().zip(chars).any(|(cell, text)| {
        let cuts = inner(cell).unwrap_or_default();
        let lines = lines_of(text);
        let several = |l: &TextLine| columns::segments(l).len() > 1;
        cell.cols > 1 && lines.iter().any(several) && columns::respect(&lines, cuts)
    })
}

impl PageTable {
    pub fn new(grid: Grid, lines: Vec<Vec<TextLine>>, why: String) -> Self {
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
            why,
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
            found: Some(TableFinding {
                method: if grid.ruled { "lattice" } else { "stream" },
                why: self.why,
                doubtful: (0..)
                    .zip(&grid.doubtful)
                    .filter(|(_, d)| **d)
                    .map(|(row, _)| row)
                    .collect(),
            }),
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
