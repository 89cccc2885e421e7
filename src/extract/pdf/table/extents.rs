//! How far rows reach once they are known, and where the texts of their columns stand in them.

use super::atoms::Atom;
use super::bands::{Stands, Unrowed};

/// Rows as atoms make them.
pub struct Rows {
    /// For each row its first and last line, as far as the columns that made it go.
    pub extents: Vec<(f32, f32)>,
    pub banner: Vec<bool>,
    pub row_of: Vec<usize>,
    pub banner_rows: Vec<usize>,
    /// The columns that made the rows.
    used: Vec<bool>,
    pub why: &'static str,
    /// For each row, whether its lines may as well be parted otherwise.
    pub doubtful: Vec<bool>,
}

impl Rows {
    pub fn new(table: &Unrowed<'_>, atoms: &[Atom], starts: &[bool], used: &[bool]) -> Rows {
        let mut rows = Rows {
            extents: Vec::new(),
            banner: Vec::new(),
            row_of: vec![0; table.texts.len()],
            banner_rows: vec![0; table.banners.len()],
            used: used.to_vec(),
            why: "",
            doubtful: Vec::new(),
        };
        for (atom, starts) in atoms.iter().zip(starts) {
            if *starts || rows.extents.is_empty() {
                rows.extents.push((f32::INFINITY, f32::NEG_INFINITY));
                rows.banner.push(atom.banner.is_some() || atom.alone);
            }
            let row = rows.extents.len() - 1;
            let Some(extent) = rows.extents.last_mut() else {
                continue;
            };
            let mut take = |(y0, y1): (f32, f32)| *extent = (extent.0.min(y0), extent.1.max(y1));
            if let Some(banner) = atom.banner {
                rows.banner_rows[banner] = row;
                take(table.banners[banner]);
            }
            for &t in &atom.texts {
                rows.row_of[t] = row;
                take(table.texts[t].y());
            }
        }
        rows
    }

    /// Rows meet halfway between the text of one and the text of the next.
    pub fn borders(&self) -> Vec<f32> {
        let mut out: Vec<f32> = Vec::with_capacity(self.extents.len() + 1);
        let mut lowest = self.extents.first().map_or(0.0, |e| e.0);
        for (y0, y1) in &self.extents {
            let border = if out.is_empty() {
                *y0
            } else {
                (lowest + y0) / 2.0
            };
            out.push(out.last().map_or(border, |last| border.max(*last)));
            lowest = lowest.max(*y1);
        }
        out.push(lowest);
        out
    }

    /// The extents of a column's texts, by row.
    fn column(&self, table: &Unrowed<'_>, col: usize) -> Vec<Option<(f32, f32)>> {
        let mut out: Vec<Option<(f32, f32)>> = vec![None; self.extents.len()];
        for t in table.column(col) {
            let (y0, y1) = table.texts[t].y();
            if let Some(place) = out.get_mut(self.row_of[t]) {
                let (a, b) = place.unwrap_or((y0, y1));
                *place = Some((a.min(y0), b.max(y1)));
            }
        }
        out
    }
}

/// Where a column's texts stand in their rows.
pub fn standing(parts: &[Unrowed<'_>], rows: &[Rows], col: usize) -> Option<Stands> {
    if !rows.first()?.used[col] {
        return None;
    }
    let mut off = [0.0f32; 3];
    for (part, rows) in parts.iter().zip(rows) {
        let size = part
            .column(col)
            .map(|t| part.texts[t].line.size)
            .fold(1.0f32, f32::max);
        for (text, row) in rows.column(part, col).iter().zip(&rows.extents) {
            let Some(text) = text else { continue };
            for (off, stands) in off.iter_mut().zip(Stands::ALL) {
                *off += ((stands.point(*text) - stands.point(*row)).abs() / size).min(1.0);
            }
        }
    }
    let least = off.iter().copied().fold(f32::INFINITY, f32::min);
    let at = off.iter().position(|o| *o <= least)?;
    Stands::ALL.get(at).copied()
}

/// Where most columns' texts stand.
pub fn usual(parts: &[Unrowed<'_>], rows: &[Rows]) -> Stands {
    let cols = parts.first().map_or(0, |p| p.cols);
    let found: Vec<Stands> = (0..cols).filter_map(|c| standing(parts, rows, c)).collect();
    let count = |s: &Stands| found.iter().filter(|f| *f == s).count();
    let mut all = Stands::ALL;
    all.sort_by_key(|s| std::cmp::Reverse(count(s)));
    all[0]
}

/// How often a column is filled.
pub fn filled(parts: &[Unrowed<'_>], rows: &[Rows], col: usize) -> f32 {
    let (mut cells, mut all) = (0usize, 0usize);
    for (part, rows) in parts.iter().zip(rows) {
        cells += rows.column(part, col).iter().flatten().count();
        all += rows.banner.iter().filter(|b| !**b).count();
    }
    cells as f32 / all.max(1) as f32
}
