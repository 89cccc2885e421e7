//! Tables without lines: the part of a page that is one, and its cells.

use super::super::lines::{TextLine, lines_of};
use super::super::page::Char;
use super::bands::{Bands, Text, Unrowed, bands};
use super::columns::{self, Segment};
use super::edges::Edge;
use super::grid::{Grid, GridCell};

/// Part of a table's width that a rule must cover to part rows.
const RULES: f32 = 0.6;
/// How far two lines overlap that stand beside each other, in em.
const BESIDE: f32 = 0.25;
/// Widest room above a heading at the foot of a page, in em.
const NEXT_ROW: f32 = 3.0;
/// How far the columns of one table may be parted at other places from page to page, in points.
const SAME_CUT: f32 = 15.0;

/// A table found without lines, and the characters of its cells.
pub struct Found {
    pub grid: Grid,
    pub chars: Vec<Vec<Char>>,
    /// How its columns and rows were told apart.
    pub why: String,
}

/// A table without lines: its columns are known, its rows are not.
pub struct Body {
    cuts: Vec<f32>,
    /// Lines across columns.
    headings: Vec<TextLine>,
    columns: Vec<Vec<TextLine>>,
    x0: f32,
    x1: f32,
    rules: Vec<f32>,
    edges: Vec<Edge>,
    /// How its columns were found.
    pub how: &'static str,
}

impl Body {
    pub fn new(
        lines: &[TextLine],
        segments: &[Vec<Segment>],
        cuts: Vec<f32>,
        rules: &[Edge],
    ) -> Body {
        let ends = |l: &TextLine| (l.rect.x0, l.rect.x1);
        let (x0, x1) = lines
            .iter()
            .map(ends)
            .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), (a, b)| {
                (low.min(a), high.max(b))
            });
        let edges: Vec<Edge> = rules
            .iter()
            .filter(|r| r.from < x1 && x0 < r.to)
            .copied()
            .collect();
        let rules = edges
            .iter()
            .filter(|r| r.to.min(x1) - r.from.max(x0) >= (x1 - x0) * RULES)
            .map(|r| r.at);
        let lefts = columns::left_edges(segments, &cuts);
        let mut headings: Vec<TextLine> = Vec::new();
        let mut columns: Vec<Vec<Char>> = vec![Vec::new(); cuts.len() + 1];
        for (i, (line, segments)) in lines.iter().zip(segments).enumerate() {
            let neighbours = [i.checked_sub(1), Some(i + 1)];
            let mut beside = neighbours
                .into_iter()
                .flatten()
                .filter_map(|n| lines.get(n));
            let heading = columns::is_banner(segments, &cuts, line.size)
                && columns::is_one_text(line, &cuts)
                || columns::is_centred(segments, &cuts, &lefts, (x0, x1), line.size);
            if heading && !beside.any(|b| overlap(line, b)) {
                headings.push(line.clone());
                continue;
            }
            for (c, col) in line.chars.iter().zip(columns::line_columns(line, &cuts)) {
                columns[col].push(*c);
            }
        }
        Body {
            columns: columns.iter().map(|c| lines_of(c)).collect(),
            rules: rules.collect(),
            edges: edges.clone(),
            headings,
            cuts,
            x0,
            x1,
            how: "",
        }
    }

    /// Whether this goes on with the table of another page.
    pub fn goes_on(&self, before: &Body) -> bool {
        let near = |(a, b): (&f32, &f32)| (a - b).abs() <= SAME_CUT;
        self.cuts.len() == before.cuts.len() && self.cuts.iter().zip(&before.cuts).all(near)
    }

    /// Takes in a heading at the foot of a page, whose rows stand on the next one: a line that
    /// begins where the table does.
    pub fn take_heading(&mut self, line: &TextLine) -> bool {
        let lowest = self.columns.iter().flatten().map(|l| l.rect.y1);
        let lowest = lowest.fold(f32::NEG_INFINITY, f32::max);
        let heading = (line.rect.x0 - self.x0).abs() <= line.size
            && line.rect.y0 - lowest <= line.size * NEXT_ROW
            && line.rect.x1 <= self.x1;
        if heading {
            self.headings.push(line.clone());
        }
        heading
    }

    /// The middle of each column.
    fn middles(&self) -> Vec<f32> {
        let mut xs = vec![self.x0];
        xs.extend_from_slice(&self.cuts);
        xs.push(self.x1);
        xs.windows(2).map(|w| w.iter().sum::<f32>() / 2.0).collect()
    }

    fn unrowed(&self) -> Unrowed<'_> {
        let columns = self.columns.iter().enumerate();
        Unrowed {
            cols: self.columns.len(),
            texts: columns
                .flat_map(|(col, lines)| lines.iter().map(move |line| Text { col, line }))
                .collect(),
            banners: self
                .headings
                .iter()
                .map(|l| (l.rect.y0, l.rect.y1))
                .collect(),
            rules: self.rules.clone(),
            edges: self.edges.clone(),
            middles: self.middles(),
        }
    }

    fn table(&self, unrowed: &Unrowed<'_>, bands: &Bands) -> Found {
        let cols = unrowed.cols;
        let (first, last) = (self.cuts.first(), self.cuts.last());
        let mut xs = vec![self.x0.min(first.copied().unwrap_or(self.x0)) - 1.0];
        xs.extend_from_slice(&self.cuts);
        xs.push(self.x1.max(last.copied().unwrap_or(self.x1)) + 1.0);
        let mut grid = Grid {
            xs,
            ys: bands.borders.clone(),
            ruled: false,
            doubtful: bands.doubtful.clone(),
            ..Grid::default()
        };
        let mut covered = vec![false; grid.rows() * cols];
        for (row, heading) in bands.heading_rows(grid.rows()).into_iter().enumerate() {
            for col in 0..cols {
                if heading && col > 0 || covered[row * cols + col] {
                    continue;
                }
                let merged = bands.merged.iter().find(|m| (m.row, m.col) == (row, col));
                let rows = merged.map_or(1, |m| m.rows);
                for below in row..row + rows {
                    covered[below * cols + col] = true;
                }
                grid.cells.push(GridCell {
                    row,
                    col,
                    rows,
                    cols: if heading { cols } else { 1 },
                });
            }
        }
        grid.file_cells();
        let mut chars: Vec<Vec<Char>> = vec![Vec::new(); grid.cells.len()];
        let mut put = |row: usize, col: usize, line: &TextLine| {
            let owner = grid.owner.get(row * cols + col).map(|o| *o as usize);
            if let Some(cell) = owner.and_then(|o| chars.get_mut(o)) {
                cell.extend_from_slice(&line.chars);
            }
        };
        for (text, row) in unrowed.texts.iter().zip(&bands.row_of) {
            put(*row, text.col, text.line);
        }
        for (line, row) in self.headings.iter().zip(&bands.banner_rows) {
            put(*row, 0, line);
        }
        let how = self.how;
        let why = format!("{cols} columns: {how}; rows: {}", bands.why);
        Found { grid, chars, why }
    }
}

/// Tables from the parts of one table, in their order.
pub fn tables(parts: &[Body]) -> Vec<Found> {
    let unrowed: Vec<Unrowed<'_>> = parts.iter().map(Body::unrowed).collect();
    let bands = bands(&unrowed);
    let all = parts.iter().zip(&unrowed).zip(&bands);
    all.map(|((part, unrowed), bands)| part.table(unrowed, bands))
        .collect()
}

/// Whether two lines stand beside each other, at least in part.
fn overlap(a: &TextLine, b: &TextLine) -> bool {
    let shared = a.rect.y1.min(b.rect.y1) - a.rect.y0.max(b.rect.y0);
    shared > BESIDE * a.size.min(b.size)
}
