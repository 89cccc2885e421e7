//! Cells over several rows in a table without lines: a category that stands once for its rows, at
//! the top, in the middle or at the bottom of them.

use super::bands::{ALIGNED, Bands, Stands, Unrowed};
use super::extents::{Rows, usual};

/// Part of a sparse column's texts that stand as the other cells of their rows do.
const MOSTLY: f32 = 0.75;
/// Step within a text that stands once for several rows, in em.
const WITHIN: f32 = 1.75;
/// Most rows over which spans are looked for; a page holds fewer.
const MOST_ROWS: usize = 150;

/// What a row costs that no text stands for, in em of being off its place.
const UNCOVERED: f32 = 1.0;
/// How far a rule may reach into the text of a row, in points.
const NEAR: f32 = 2.0;
/// Marks a row that no text stands for.
const UNCLAIMED: usize = usize::MAX;

/// A cell that covers several rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    pub col: usize,
    pub row: usize,
    pub rows: usize,
}

/// Lines of a column that are one text.
struct Piece {
    y: (f32, f32),
    size: f32,
    texts: Vec<usize>,
}

/// The texts of a column, lines close to each other taken together.
fn pieces(table: &Unrowed<'_>, col: usize) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for t in table.column(col) {
        let line = table.texts[t].line;
        let (y0, y1) = table.texts[t].y();
        let close = |p: &Piece| {
            let banner = |(a, b): &(f32, f32)| p.y.1 <= (a + b) / 2.0 && (a + b) / 2.0 <= y0;
            y1 - p.y.1 <= WITHIN * line.size && !table.banners.iter().any(banner)
        };
        match out.last_mut() {
            Some(last) if close(last) => {
                last.y.1 = y1;
                last.texts.push(t);
            }
            _ => out.push(Piece {
                y: (y0, y1),
                size: line.size,
                texts: vec![t],
            }),
        }
    }
    out
}

/// The row whose texts stand where this one does, and how far off it is in em.
fn nearest(rows: &Rows, piece: &Piece, stands: Stands) -> (usize, f32) {
    let at = stands.point(piece.y);
    let mut best = (0, f32::INFINITY);
    for (i, extent) in rows.extents.iter().enumerate() {
        let off = (stands.point(*extent) - at).abs() / piece.size.max(1.0);
        if off < best.1 && !rows.banner[i] {
            best = (i, off);
        }
    }
    best
}

/// Whether a column's texts stand in rows as other cells do, rather than once for several rows.
pub fn fits(parts: &[Unrowed<'_>], rows: &[Rows], col: usize) -> bool {
    let stands = usual(parts, rows);
    let (mut all, mut right, mut firsts, mut filled) = (0usize, 0usize, 0usize, 0usize);
    for (i, (part, rows)) in parts.iter().zip(rows).enumerate() {
        let pieces = pieces(part, col);
        let places: Vec<(usize, f32)> = pieces.iter().map(|p| nearest(rows, p, stands)).collect();
        all += pieces.len();
        right += places.iter().filter(|(_, off)| *off <= ALIGNED).count();
        // The first row of the table is the header.
        let begins = |row: usize| {
            row > 0 && !rows.banner[row] && (rows.banner[row - 1] || (i == 0 && row == 1))
        };
        for first in (0..rows.extents.len()).filter(|r| begins(*r)) {
            firsts += 1;
            filled += usize::from(places.iter().any(|(row, _)| *row == first));
        }
    }
    if (right as f32) < all as f32 * MOSTLY {
        return false;
    }
    // Left of the items, a text that stands once for its rows leaves the first of them empty
    // unless it stands at the top.
    let cols = parts.first().map_or(0, |p| p.cols);
    stands == Stands::Top || col * 2 >= cols || filled * 2 >= firsts
}

/// Places a column's texts over the rows they stand for.
pub fn place(table: &Unrowed<'_>, rows: &Rows, stands: Stands, col: usize, out: &mut Bands) {
    let pieces = pieces(table, col);
    let borders = rows.borders();
    if let Some(spans) = ruled_spans(table, rows, col) {
        for t in table.column(col) {
            let y = Stands::Middle.point(table.texts[t].y());
            let row = borders.partition_point(|b| *b <= y).saturating_sub(1);
            let last = spans.last().copied().unwrap_or((0, 1));
            let span = spans.iter().copied().find(|(r, n)| row < r + n);
            let (row, rows) = span.unwrap_or(last);
            out.row_of[t] = row;
            let merged = Merged { col, row, rows };
            if rows > 1 && !out.merged.contains(&merged) {
                out.merged.push(merged);
            }
        }
        return;
    }
    // Between headings.
    let mut from = 0;
    while from < rows.extents.len() {
        if rows.banner[from] {
            from += 1;
            continue;
        }
        let to = (from..rows.extents.len())
            .find(|r| rows.banner[*r])
            .unwrap_or(rows.extents.len());
        let (top, foot) = (borders[from], borders[to]);
        let here: Vec<&Piece> = pieces
            .iter()
            .filter(|p| {
                let y = Stands::Middle.point(p.y);
                (top <= y || from == 0) && (y < foot || to == rows.extents.len())
            })
            .collect();
        let spans = match stands {
            Stands::Top => from_top(rows, &here, from, to),
            Stands::Middle | Stands::Bottom if to - from > MOST_ROWS => {
                from_top(rows, &here, from, to)
            }
            _ => partition(&borders, &here, from, to, stands),
        };
        for (piece, (row, count)) in here.iter().zip(spans) {
            for t in &piece.texts {
                out.row_of[*t] = row;
            }
            if count > 1 {
                out.merged.push(Merged {
                    col,
                    row,
                    rows: count,
                });
            }
        }
        from = to;
    }
}

/// The cells of a column as rules that part rows leave it out: `(first row, rows)`. None where not
/// all rows are parted by rules, or no rule leaves the column out.
fn ruled_spans(table: &Unrowed<'_>, rows: &Rows, col: usize) -> Option<Vec<(usize, usize)>> {
    let x = *table.middles.get(col)?;
    let mut spans: Vec<(usize, usize)> = vec![(0, 1)];
    for row in 1..rows.extents.len() {
        let (from, to) = (rows.extents[row - 1].1 - NEAR, rows.extents[row].0 + NEAR);
        let mut here = table.edges.iter().filter(|e| from <= e.at && e.at <= to);
        let covers = here.clone().any(|e| e.from <= x && x <= e.to);
        here.next()?;
        match spans.last_mut() {
            Some(last) if !covers => last.1 += 1,
            _ => spans.push((row, 1)),
        }
    }
    spans.iter().any(|s| s.1 > 1).then_some(spans)
}

/// Each text belongs to the row it begins in; those below are read as the same by their being empty.
fn from_top(rows: &Rows, pieces: &[&Piece], from: usize, to: usize) -> Vec<(usize, usize)> {
    let row_of = |p: &&Piece| {
        let mut best = (from, f32::INFINITY);
        for row in from..to {
            let off = (rows.extents[row].0 - p.y.0).abs();
            if off < best.1 {
                best = (row, off);
            }
        }
        (best.0, 1)
    };
    pieces.iter().map(row_of).collect()
}

/// Shares rows out so that each text stands in the middle, or at the bottom, of its own.
fn partition(
    borders: &[f32],
    pieces: &[&Piece],
    from: usize,
    to: usize,
    stands: Stands,
) -> Vec<(usize, usize)> {
    let (k, n) = (pieces.len(), to - from);
    if k == 0 {
        return Vec::new();
    }
    if k > n {
        return pieces
            .iter()
            .map(|p| {
                let y = Stands::Middle.point(p.y);
                let row = (from..to).rev().find(|r| borders[*r] <= y).unwrap_or(from);
                (row, 1)
            })
            .collect();
    }
    // cost[i][b]: the first i texts cover the first b rows.
    let mut cost = vec![vec![f32::INFINITY; n + 1]; k + 1];
    let mut before = vec![vec![0usize; n + 1]; k + 1];
    cost[0][0] = 0.0;
    for b in 1..=n {
        cost[0][b] = cost[0][b - 1] + pieces[0].size * UNCOVERED;
    }
    for i in 1..=k {
        for b in 1..=n {
            // A row that no text stands for: its category began on the page before.
            let alone = cost[i][b - 1] + pieces[i - 1].size * UNCOVERED;
            if alone < cost[i][b] {
                cost[i][b] = alone;
                before[i][b] = UNCLAIMED;
            }
            for a in 0..b {
                let extent = (borders[from + a], borders[from + b]);
                let p = pieces[i - 1];
                let off = (stands.point(extent) - stands.point(p.y)).abs();
                // A text higher than its rows cannot be theirs.
                let sticks_out = (p.y.1 - p.y.0 - (extent.1 - extent.0)).max(0.0);
                let total = cost[i - 1][a] + off + sticks_out * 2.0;
                if total < cost[i][b] {
                    cost[i][b] = total;
                    before[i][b] = a;
                }
            }
        }
    }
    let mut out = vec![(from, 1); k];
    let mut b = n;
    for i in (1..=k).rev() {
        while b > 0 && before[i][b] == UNCLAIMED {
            b -= 1;
        }
        let a = before[i][b];
        out[i - 1] = (from + a, b - a);
        b = a;
    }
    out
}
