//! The atoms of a table without ruled rows, and the cheapest way to make rows of them.

use super::bands::{ALIGNED, Stands, Unrowed};
use super::extents::Rows;
use super::rows::is_number;
use super::steps::Pair;

/// How far boxes of text may overlap between two rows, as part of the font size: the em box is
/// higher than what is printed.
const OVERLAP: f32 = 0.12;
/// Room between lines of one title, in em.
const CLOSE: f32 = 0.7;
/// How much more any other rows must cost where rows are clear: about two lines or cells that are
/// not as they should be.
const CLEAR: f32 = 5.0;
/// Most atoms of one row; a page holds fewer lines.
const TALLEST: usize = 90;

/// What speaks against a row, or a border: negative logarithms of how often it is so.
mod strange {
    /// Most that a cell counts for being filled or empty.
    pub const CELL: f32 = 3.0;
    /// Most that a row counts which the end of a page may have cut.
    pub const CUT_OFF: f32 = 3.5;
    /// A text that stands elsewhere in its row than the column's texts do.
    pub const PLACE: f32 = 2.5;
}
/// What lies between two places where the page is free from side to side.
#[derive(Debug, Default)]
pub struct Atom {
    y0: f32,
    y1: f32,
    pub banner: Option<usize>,
    /// A heading too short to reach over the next column.
    pub alone: bool,
    pub texts: Vec<usize>,
    /// A row begins here whatever the text says.
    forced: bool,
}
/// A part's atoms, to be made rows.
pub struct Cut<'a> {
    part: &'a Unrowed<'a>,
    atoms: Vec<Atom>,
    pairs: Spread,
    used: &'a [bool],
    /// Its first row, or the one below the header, may be the rest of one on the page before.
    pub goes_on_above: bool,
    /// Its last row may go on on the next page.
    pub goes_on_below: bool,
    /// What speaks against a border without a rule.
    pub unruled: f32,
}

impl<'a> Cut<'a> {
    pub fn new(
        part: &'a Unrowed<'a>,
        pairs: &[Pair],
        used: &'a [bool],
        number: Option<usize>,
    ) -> Self {
        let (atoms, atom_of) = part.atoms(used, number);
        Cut {
            part,
            pairs: Spread::new(pairs, &atom_of, atoms.len()),
            atoms,
            used,
            goes_on_above: false,
            goes_on_below: false,
            unruled: 0.0,
        }
    }

    /// Rows that rules make, headings left out.
    pub fn ruled_rows(&self) -> usize {
        self.atoms
            .iter()
            .filter(|a| a.forced && a.banner.is_none())
            .count()
    }

    /// The cheapest way to make rows of atoms.
    pub fn cheapest(&self, stands: &[Option<Stands>], chance: &[(f32, f32)]) -> Way {
        let (atoms, pairs, texts) = (&self.atoms, &self.pairs, &self.part.texts);
        let n = atoms.len();
        let mut way = Way {
            starts: vec![false; n],
            cost: 0.0,
            until: vec![f32::INFINITY; n + 1],
            rows: vec![Vec::new(); n],
        };
        let mut from = vec![0usize; n + 1];
        way.until[0] = 0.0;
        for start in 0..n {
            let begun = if atoms[start].forced {
                0.0
            } else {
                pairs.border[start] + self.unruled
            };
            let mut row = Extent::new(self.part.cols);
            let mut inside = 0.0;
            for end in start..n.min(start + TALLEST) {
                if end > start && atoms[end].forced {
                    break;
                }
                inside += pairs.closing(end, start);
                for &t in &atoms[end].texts {
                    row.add(texts[t].col, texts[t].y(), texts[t].line.size);
                }
                let cut_off = self.goes_on_above && (start == 0 || from[start] == 0)
                    || self.goes_on_below && end + 1 == n;
                let own = match row.cost(stands, chance, self.used) {
                    _ if atoms[end].banner.is_some() => 0.0,
                    cost if cut_off => cost.min(strange::CUT_OFF),
                    cost => cost,
                };
                let row = begun + inside + own;
                way.rows[start].push(row);
                if way.until[start] + row < way.until[end + 1] {
                    way.until[end + 1] = way.until[start] + row;
                    from[end + 1] = start;
                }
            }
        }
        way.cost = way.until[n];
        let mut at = n;
        while at > 0 {
            at = from[at];
            way.starts[at] = true;
        }
        way
    }

    pub fn rows(&self, way: &Way) -> Rows {
        let mut rows = Rows::new(self.part, &self.atoms, &way.starts, self.used);
        rows.doubtful = way.margins().iter().map(|m| *m < CLEAR).collect();
        rows
    }
}

impl Unrowed<'_> {
    /// Where the page is free from side to side, as far as some columns go.
    fn atoms(&self, used: &[bool], number: Option<usize>) -> (Vec<Atom>, Vec<Option<usize>>) {
        let mut marks: Vec<(f32, f32, Option<usize>, Option<usize>)> = Vec::new();
        for (i, text) in self.texts.iter().enumerate() {
            if used[text.col] {
                let (y0, y1) = text.y();
                marks.push((
                    y0 + OVERLAP * text.line.size,
                    y1 - OVERLAP * text.line.size,
                    Some(i),
                    None,
                ));
            }
        }
        for (i, (y0, y1)) in self.banners.iter().enumerate() {
            let middle = (y0 + y1) / 2.0;
            marks.push((middle, middle, None, Some(i)));
        }
        marks.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut atoms: Vec<Atom> = Vec::new();
        for (y0, y1, text, banner) in marks {
            match atoms.last_mut() {
                Some(last) if banner.is_none() && last.banner.is_none() && y0 < last.y1 => {
                    last.y1 = last.y1.max(y1);
                    last.texts.extend(text);
                }
                _ => atoms.push(Atom {
                    y0,
                    y1,
                    banner,
                    alone: false,
                    texts: text.into_iter().collect(),
                    forced: false,
                }),
            }
        }
        for atom in &mut atoms {
            atom.alone = match atom.texts.as_slice() {
                &[only] => {
                    number == Some(self.texts[only].col)
                        && !self.goes_on(only)
                        && !is_number(&self.texts[only].line.text)
                }
                _ => false,
            };
        }
        for i in 0..atoms.len() {
            let Some(before) = i.checked_sub(1) else {
                atoms[i].forced = true;
                continue;
            };
            let (a, b) = (&atoms[before], &atoms[i]);
            let (from, to) = ((a.y0 + a.y1) / 2.0, (b.y0 + b.y1) / 2.0);
            let ruled = self.rules.iter().any(|y| from < *y && *y < to);
            let heading = |a: &Atom| a.banner.is_some() || a.alone;
            atoms[i].forced = ruled || heading(a) || heading(b);
        }
        let mut atom_of = vec![None; self.texts.len()];
        for (a, atom) in atoms.iter().enumerate() {
            for t in &atom.texts {
                atom_of[*t] = Some(a);
            }
        }
        (atoms, atom_of)
    }

    /// Whether a text stands right below or above another one of its column.
    fn goes_on(&self, text: usize) -> bool {
        let (y0, y1) = self.texts[text].y();
        let size = self.texts[text].line.size;
        self.column(self.texts[text].col).any(|other| {
            let (a, b) = self.texts[other].y();
            let room = if a < y0 { y0 - b } else { a - y1 };
            other != text && room < size * CLOSE && !is_number(&self.texts[other].line.text)
        })
    }
}

/// Rows made of atoms.
pub struct Way {
    /// Which atoms start one.
    pub starts: Vec<bool>,
    pub cost: f32,
    /// The cost of the best rows above each atom.
    until: Vec<f32>,
    /// For each atom, what rows cost that start with it, from the shortest on.
    rows: Vec<Vec<f32>>,
}

impl Way {
    /// For each row, how much more the best other rows would cost that part its atoms otherwise.
    pub fn margins(&self) -> Vec<f32> {
        let n = self.starts.len();
        let mut from = vec![f32::INFINITY; n + 1];
        from[n] = 0.0;
        for start in (0..n).rev() {
            let ends = self.rows[start].iter().enumerate();
            let rests = ends.map(|(more, row)| row + from[start + 1 + more]);
            from[start] = rests.fold(f32::INFINITY, f32::min);
        }
        let mut without = vec![f32::INFINITY; n];
        for (start, rows) in self.rows.iter().enumerate() {
            for (more, row) in rows.iter().enumerate() {
                let total = self.until[start] + row + from[start + 1 + more];
                for best in &mut without[start + 1..=start + more] {
                    *best = best.min(total);
                }
            }
        }
        let margin = |at: usize| match self.starts.get(at) {
            None => f32::INFINITY,
            Some(_) if at == 0 => f32::INFINITY,
            Some(true) => without[at] - self.cost,
            Some(false) => self.until[at] + from[at] - self.cost,
        };
        let mut out: Vec<f32> = Vec::new();
        for at in 0..n {
            let here = margin(at);
            if let (true, Some(above)) = (self.starts[at], out.last_mut()) {
                *above = above.min(here);
            }
            match out.last_mut() {
                Some(row) if !self.starts[at] => *row = row.min(here),
                _ => out.push(here),
            }
        }
        out
    }
}

/// What a filled and an empty cell cost in a column that is filled so often.
pub fn strangeness(fill: f32) -> (f32, f32) {
    let fill = fill.clamp(0.02, 0.98);
    (
        (-fill.ln()).min(strange::CELL),
        (-(1.0 - fill).ln()).min(strange::CELL),
    )
}

/// Pairs of lines by the atoms they lie in.
struct Spread {
    /// What speaks against a border before an atom.
    border: Vec<f32>,
    /// For each atom, pairs that end in it: the atom they begin in, and what speaks against one
    /// row that holds both.
    ending: Vec<Vec<(usize, f32)>>,
}

impl Spread {
    fn new(pairs: &[Pair], atom_of: &[Option<usize>], atoms: usize) -> Spread {
        let mut out = Spread {
            border: vec![0.0; atoms],
            ending: vec![Vec::new(); atoms],
        };
        for pair in pairs {
            let (Some(a), Some(b)) = (atom_of[pair.upper], atom_of[pair.lower]) else {
                continue;
            };
            if a >= b {
                continue;
            }
            out.ending[b].push((a, pair.within));
            // Lines far apart say nothing of a border between them.
            if pair.apart > pair.within {
                for border in &mut out.border[a + 1..=b] {
                    *border += pair.apart;
                }
            }
        }
        out
    }

    /// What an atom adds to a row that begins with another.
    fn closing(&self, atom: usize, start: usize) -> f32 {
        let inside = self.ending[atom].iter().filter(|(a, _)| *a >= start);
        inside.map(|(_, cost)| cost).sum()
    }
}

/// How far the texts of a row reach, by column.
struct Extent {
    columns: Vec<Option<(f32, f32)>>,
    y0: f32,
    y1: f32,
    size: f32,
}

impl Extent {
    fn new(cols: usize) -> Self {
        Extent {
            columns: vec![None; cols],
            y0: f32::INFINITY,
            y1: f32::NEG_INFINITY,
            size: 1.0,
        }
    }

    fn add(&mut self, col: usize, (y0, y1): (f32, f32), size: f32) {
        self.y0 = self.y0.min(y0);
        self.y1 = self.y1.max(y1);
        self.size = self.size.max(size);
        if let Some(column) = self.columns.get_mut(col) {
            let (a, b) = column.unwrap_or((y0, y1));
            *column = Some((a.min(y0), b.max(y1)));
        }
    }

    fn cost(&self, stands: &[Option<Stands>], chance: &[(f32, f32)], used: &[bool]) -> f32 {
        let mut cost = 0.0;
        for (col, extent) in self.columns.iter().enumerate().filter(|(c, _)| used[*c]) {
            let (filled, empty) = chance[col];
            let Some(extent) = extent else {
                cost += empty;
                continue;
            };
            cost += filled;
            if let Some(stands) = stands[col] {
                let off = (stands.point(*extent) - stands.point((self.y0, self.y1))).abs();
                let beyond = off / self.size - ALIGNED;
                cost += (beyond.max(0.0) * 2.0).min(1.0) * strange::PLACE;
            }
        }
        cost
    }
}
