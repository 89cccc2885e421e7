//! Rows of a table whose rows are not ruled, wherever the text stands in its cell: at the top, in
//! the middle or at the bottom.
//!
//! No line of text crosses the border of its row, so borders are looked for only where the page is
//! free from side to side; what lies between two such places is an atom. Which atoms make one row
//! is decided over the whole stretch, by what is least strange: a cell's lines follow each other
//! at one step, a row has one number, the columns that are usually filled are filled, a line that
//! is not full ends its cell, and the cells of a row agree on where they stand.

use super::super::lines::TextLine;
use super::atoms::{Cut, Way, strangeness};
use super::edges::Edge;
use super::extents::{Rows, filled, standing, usual};
use super::merged::{self, Merged};
use super::steps::Traits;

/// How far texts of one row may be from where they should stand, in em.
pub const ALIGNED: f32 = 0.35;
/// A column with fewer cells than this part of the rows is looked at only once rows are known.
const SPARSE: f32 = 0.6;
/// Fewest rules that may stand for all borders.
const FEW_RULES: usize = 3;

/// Part of the rows in doubt, and how many of them, that put all in doubt.
const MANY_DOUBTFUL: f32 = 0.15;
const FEW_DOUBTFUL: usize = 4;
/// What speaks against a border without a rule where rules part rows: beside a row that is shaded
/// the next one is not, but a header and the first row may both be white.
const UNRULED: f32 = 8.0;

/// Where a column's texts stand in their rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    Top,
    Middle,
    Bottom,
}

impl Stands {
    pub const ALL: [Stands; 3] = [Stands::Top, Stands::Middle, Stands::Bottom];

    /// Where a text of this extent is held.
    pub fn point(self, (y0, y1): (f32, f32)) -> f32 {
        match self {
            Stands::Top => y0,
            Stands::Middle => (y0 + y1) / 2.0,
            Stands::Bottom => y1,
        }
    }
}

/// A line of text in a column.
#[derive(Debug)]
pub struct Text<'a> {
    pub col: usize,
    pub line: &'a TextLine,
}

impl Text<'_> {
    pub fn y(&self) -> (f32, f32) {
        (self.line.rect.y0, self.line.rect.y1)
    }
}

/// A table as far as it is known before its rows are.
pub struct Unrowed<'a> {
    pub cols: usize,
    /// From top to bottom within each column.
    pub texts: Vec<Text<'a>>,
    /// Headings across columns, each a row of its own: top and bottom.
    pub banners: Vec<(f32, f32)>,
    /// Rules and edges of shadings across most of the table.
    pub rules: Vec<f32>,
    /// All level edges, however short.
    pub edges: Vec<Edge>,
    /// The middle of each column.
    pub middles: Vec<f32>,
}

/// The rows found.
#[derive(Debug, Default)]
pub struct Bands {
    /// Where rows begin, and where the last one ends.
    pub borders: Vec<f32>,
    /// The row of each text.
    pub row_of: Vec<usize>,
    /// The row of each heading.
    pub banner_rows: Vec<usize>,
    /// Cells that cover several rows.
    pub merged: Vec<Merged>,
    /// How the rows were told apart.
    pub why: &'static str,
    /// For each row, whether its lines may as well be parted otherwise.
    pub doubtful: Vec<bool>,
}
impl Bands {
    /// For each row, whether it is a heading.
    pub fn heading_rows(&self, rows: usize) -> Vec<bool> {
        (0..rows)
            .map(|row| self.banner_rows.contains(&row))
            .collect()
    }
}

/// Finds the rows of a table, given in parts (its pages) that have the same columns.
pub fn bands(parts: &[Unrowed<'_>]) -> Vec<Bands> {
    let Some(cols) = parts.first().map(|p| p.cols) else {
        return Vec::new();
    };
    let traits = Traits::of(parts);
    // A cell over several rows has fewer lines than they have.
    let sparse = |col: usize| {
        let lines: usize = parts.iter().map(|p| p.column(col).count()).sum();
        (traits.cells[col] as f32) < traits.rows as f32 * SPARSE
            && lines <= traits.rows
            && Some(col) != traits.number
    };
    let anchors: Vec<bool> = (0..cols).map(|col| !sparse(col)).collect();
    let mut used = anchors.clone();
    let mut rows = solve(parts, &used, &traits);
    for col in (0..cols).filter(|c| !anchors[*c]) {
        used[col] = merged::fits(parts, &rows, col);
    }
    if used != anchors {
        rows = solve(parts, &used, &traits);
    }
    let stands = usual(parts, &rows);
    let one = |(part, rows): (&Unrowed<'_>, &Rows)| {
        let mut out = Bands {
            borders: rows.borders(),
            row_of: rows.row_of.clone(),
            banner_rows: rows.banner_rows.clone(),
            merged: Vec::new(),
            why: rows.why,
            doubtful: rows.doubtful.clone(),
        };
        for col in (0..cols).filter(|c| !used[*c]) {
            merged::place(part, rows, stands, col, &mut out);
        }
        out
    };
    parts.iter().zip(&rows).map(one).collect()
}

/// Rows by the texts of some columns.
fn solve(parts: &[Unrowed<'_>], used: &[bool], traits: &Traits) -> Vec<Rows> {
    let cols = used.len();
    let mut cut: Vec<Cut<'_>> = parts
        .iter()
        .zip(&traits.pairs)
        .map(|(part, pairs)| Cut::new(part, pairs, used, traits.number))
        .collect();
    let last = cut.len() - 1;
    for (i, cut) in cut.iter_mut().enumerate() {
        (cut.goes_on_above, cut.goes_on_below) = (i > 0, i < last);
    }
    let forced: usize = cut.iter().map(Cut::ruled_rows).sum();
    let rules: usize = parts.iter().map(|p| p.rules.len()).sum();
    let ruled =
        rules >= FEW_RULES && forced > FEW_RULES && forced as f32 * 1.5 >= traits.rows as f32;
    if ruled {
        cut.iter_mut().for_each(|c| c.unruled = UNRULED);
    }
    let cut = cut;
    let rows_of =
        |ways: &[Way]| -> Vec<Rows> { cut.iter().zip(ways).map(|(c, way)| c.rows(way)).collect() };
    let cheapest = |stands: &[Option<Stands>], fill: &[f32]| {
        let chance: Vec<(f32, f32)> = fill.iter().map(|f| strangeness(*f)).collect();
        let ways: Vec<Way> = cut.iter().map(|c| c.cheapest(stands, &chance)).collect();
        let cost: f32 = ways.iter().map(|w| w.cost).sum();
        (rows_of(&ways), cost)
    };
    let guessed: Vec<f32> = traits
        .cells
        .iter()
        .map(|n| *n as f32 / traits.rows.max(1) as f32)
        .collect();
    let mut best: Option<(Vec<Rows>, f32)> = None;
    for all in Stands::ALL {
        let mut stands = vec![Some(all); cols];
        for _ in 0..2 {
            let (rows, cost) = cheapest(&stands, &guessed);
            stands = (0..cols).map(|col| standing(parts, &rows, col)).collect();
            if best.as_ref().is_none_or(|(_, least)| cost < *least - 0.01) {
                best = Some((rows, cost));
            }
        }
    }
    // Once more with how often columns are filled, now that rows are known.
    let (rows, _) = best.unwrap_or_default();
    let fill: Vec<f32> = (0..cols).map(|col| filled(parts, &rows, col)).collect();
    let stands: Vec<_> = (0..cols).map(|col| standing(parts, &rows, col)).collect();
    let (mut rows, _) = cheapest(&stands, &fill);
    doubt_all(&mut rows);
    let why = match traits.number {
        _ if ruled => "rules part them",
        Some(_) => "numbers, steps between lines and where texts stand",
        None => "steps between lines and where texts stand",
    };
    rows.iter_mut().for_each(|r| r.why = why);
    rows
}

/// Where many rows are in doubt, what was learned of the table is.
fn doubt_all(parts: &mut [Rows]) {
    let all = || parts.iter().flat_map(|p| p.doubtful.iter());
    let doubtful = all().filter(|d| **d).count();
    if doubtful >= FEW_DOUBTFUL && doubtful as f32 >= all().count() as f32 * MANY_DOUBTFUL {
        let rows = parts.iter_mut().flat_map(|p| p.doubtful.iter_mut());
        rows.for_each(|d| *d = true);
    }
}

impl Unrowed<'_> {
    /// The texts of each column, from top to bottom.
    pub fn columns(&self) -> Vec<Vec<usize>> {
        let mut out = vec![Vec::new(); self.cols];
        for (i, text) in self.texts.iter().enumerate() {
            if let Some(column) = out.get_mut(text.col) {
                column.push(i);
            }
        }
        out
    }

    /// The texts of a column, from top to bottom.
    pub fn column(&self, col: usize) -> impl Iterator<Item = usize> + '_ {
        let texts = self.texts.iter().enumerate();
        texts.filter(move |(_, t)| t.col == col).map(|(i, _)| i)
    }

    /// Whether a heading lies between two texts.
    pub fn heading_between(&self, a: &Text<'_>, b: &Text<'_>) -> bool {
        let (from, to) = (a.y().1, b.y().0);
        let middle = |(y0, y1): &(f32, f32)| (y0 + y1) / 2.0;
        self.banners
            .iter()
            .any(|h| from <= middle(h) && middle(h) <= to)
    }
}
