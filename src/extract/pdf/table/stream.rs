//! Tables without lines: columns from corridors, rows from what `rows` finds.

use super::super::join::clings;
use super::super::lines::{TextLine, lines_of, text_of};
use super::super::page::{Char, Direction};
use super::columns::{self, Segment};
use super::edges::Edge;
use super::grid::{Grid, GridCell};
use super::rows::{self, Level};

/// Room above a line, as a multiple of the usual one, that ends a table.
const APART: f32 = 4.0;
/// The same, in em.
const APART_EM: f32 = 3.0;
/// Part of a block's lines that must have several pieces.
const MANY: f32 = 0.25;
/// Part of a table's width that a rule must cover to part rows.
const RULES: f32 = 0.6;

/// Text that may hold a table: lines close enough to each other.
pub struct Block {
    pub lines: Vec<TextLine>,
    segments: Vec<Vec<Segment>>,
    size: f32,
    /// Where its columns are parted.
    pub cuts: Vec<f32>,
}

/// A table found without lines, and the characters of its cells.
pub struct Found {
    pub grid: Grid,
    pub chars: Vec<Vec<Char>>,
}

/// Blocks of lines, and the characters that are in none.
pub fn blocks(chars: &[Char]) -> (Vec<Block>, Vec<Char>) {
    let (level, rest): (Vec<Char>, Vec<Char>) =
        chars.iter().partition(|c| c.direction == Direction::Right);
    let lines = lines_of(&level);
    let mut room: Vec<f32> = lines
        .windows(2)
        .map(|w| match w {
            [a, b] => b.rect.y0 - a.rect.y1,
            _ => 0.0,
        })
        .collect();
    let rooms = room.clone();
    room.sort_by(f32::total_cmp);
    let usual = room.get(room.len() / 2).copied().unwrap_or(0.0).max(0.5);
    let mut blocks: Vec<Vec<TextLine>> = Vec::new();
    for (i, line) in lines.into_iter().enumerate() {
        let above = i
            .checked_sub(1)
            .and_then(|j| rooms.get(j))
            .copied()
            .unwrap_or(0.0);
        let apart = above > usual * APART && above > line.size * APART_EM;
        match blocks.last_mut() {
            Some(block) if !apart => block.push(line),
            _ => blocks.push(vec![line]),
        }
    }
    (blocks.into_iter().map(Block::new).collect(), rest)
}

impl Block {
    fn new(lines: Vec<TextLine>) -> Block {
        let segments: Vec<_> = lines.iter().map(columns::segments).collect();
        let mut sizes: Vec<f32> = lines.iter().map(|l| l.size).collect();
        sizes.sort_by(f32::total_cmp);
        let size = sizes.get(sizes.len() / 2).copied().unwrap_or(10.0);
        let several = segments.iter().filter(|s| s.len() > 1).count();
        let cuts = if several as f32 >= lines.len() as f32 * MANY {
            let mut cuts = columns::separators(&segments, size);
            columns::add_aligned(&mut cuts, &lines, &segments, size);
            cuts
        } else {
            Vec::new()
        };
        Block {
            lines,
            segments,
            size,
            cuts,
        }
    }

    /// Takes over the columns of a table that this one goes on with, where its lines respect them:
    /// a column that is empty on this page, or a table of too few lines to tell.
    pub fn adopt(&mut self, cuts: &[f32]) {
        if cuts.len() > self.cuts.len() && columns::respect(&self.segments, cuts) {
            self.cuts = cuts.to_vec();
        }
    }

    /// The table in this block, with the lines before and after it.
    ///
    /// `rules` are level lines that may part rows.
    pub fn table(self, rules: &[Edge]) -> (Vec<TextLine>, Option<Found>, Vec<TextLine>) {
        let several = |i: &usize| {
            let s = &self.segments[*i];
            s.len() > 1
                && s.iter().filter(|s| columns::crosses(s, &self.cuts)).count() * 2 < s.len()
        };
        let all = 0..self.lines.len();
        let (Some(first), Some(mut last)) =
            (all.clone().find(several), all.clone().rev().find(several))
        else {
            return (self.lines, None, Vec::new());
        };
        if self.cuts.is_empty() || last == first {
            return (self.lines, None, Vec::new());
        }
        // The last row may wrap below its first line.
        while last + 1 < self.lines.len() {
            let (here, next) = (&self.lines[last], &self.lines[last + 1]);
            let close = next.rect.y0 - here.rect.y1 <= self.size * 0.8;
            let within = self.segments[last + 1]
                .iter()
                .all(|s| !columns::crosses(s, &self.cuts));
            if !(close && within) {
                break;
            }
            last += 1;
        }
        let cuts = self.cuts;
        let mut lines = self.lines;
        let after = lines.split_off(last + 1);
        let body = lines.split_off(first);
        let segments = self.segments.get(first..=last).unwrap_or_default();
        let found = build(&body, segments, &cuts, rules);
        (lines, Some(found), after)
    }
}

fn build(lines: &[TextLine], segments: &[Vec<Segment>], cuts: &[f32], rules: &[Edge]) -> Found {
    let x0 = lines
        .iter()
        .map(|l| l.rect.x0)
        .fold(f32::INFINITY, f32::min);
    let x1 = lines
        .iter()
        .map(|l| l.rect.x1)
        .fold(f32::NEG_INFINITY, f32::max);
    let rules: Vec<f32> = rules
        .iter()
        .filter(|r| r.to.min(x1) - r.from.max(x0) >= (x1 - x0) * RULES)
        .map(|r| r.at)
        .collect();
    let levels: Vec<Level> = lines
        .iter()
        .zip(segments)
        .map(|(line, segments)| level(line, segments, cuts))
        .collect();
    let starts = rows::starts(&levels, &rules);
    let mut xs = vec![x0.min(cuts.first().copied().unwrap_or(x0)) - 1.0];
    xs.extend_from_slice(cuts);
    xs.push(x1.max(cuts.last().copied().unwrap_or(x1)) + 1.0);
    let ys = row_borders(&levels, &starts);
    let mut grid = Grid {
        xs,
        ys,
        ruled: false,
        ..Grid::default()
    };
    let cols = grid.cols();
    let mut chars: Vec<Vec<Char>> = Vec::new();
    let mut row = 0usize;
    for (i, line) in lines.iter().enumerate() {
        let new_row = i == 0 || starts[i];
        if new_row && i > 0 {
            row += 1;
        }
        let banner = levels[i].banner;
        if new_row {
            let spans = if banner { vec![cols] } else { vec![1; cols] };
            let mut col = 0;
            for cols in spans {
                grid.cells.push(GridCell {
                    row,
                    col,
                    rows: 1,
                    cols,
                });
                chars.push(Vec::new());
                col += cols;
            }
        }
        let first = grid
            .cells
            .iter()
            .rposition(|c| c.row == row && c.col == 0)
            .unwrap_or(0);
        for c in &line.chars {
            let col = if banner {
                0
            } else {
                columns::column_of(c, cuts)
            };
            if let Some(cell) = chars.get_mut(first + col) {
                cell.push(*c);
            }
        }
    }
    grid.file_cells();
    Found { grid, chars }
}

pub fn level(line: &TextLine, segments: &[Segment], cuts: &[f32]) -> Level {
    let (y0, y1) = rows::extent(line);
    let banner = columns::is_banner(segments, cuts, line.size);
    let mut parts: Vec<Vec<Char>> = vec![Vec::new(); cuts.len() + 1];
    for (c, col) in line.chars.iter().zip(line_columns(line, cuts)) {
        if let Some(part) = parts.get_mut(col) {
            part.push(*c);
        }
    }
    let texts = parts.iter().map(|p| text_of(p).trim().to_owned()).collect();
    Level {
        y0,
        y1,
        banner,
        texts,
    }
}

/// The column of each character of a line: where it stands, unless it hangs over from the text
/// before it.
pub fn line_columns(line: &TextLine, cuts: &[f32]) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::with_capacity(line.chars.len());
    let mut before: Option<&Char> = None;
    for c in &line.chars {
        let mut col = columns::column_of(c, cuts);
        if let (Some(b), Some(&last)) = (before, out.last())
            && col != last
            && c.continues(b)
            && clings(c.c)
        {
            col = last;
        }
        out.push(col);
        before = Some(c);
    }
    out
}

/// Rows meet halfway between the text of one and the text of the next.
fn row_borders(levels: &[Level], starts: &[bool]) -> Vec<f32> {
    let mut ys = Vec::new();
    let mut lowest = levels.first().map_or(0.0, |l| l.y0);
    for (i, level) in levels.iter().enumerate() {
        if i == 0 || starts[i] {
            let border = if i == 0 {
                level.y0
            } else {
                (lowest + level.y0) / 2.0
            };
            ys.push(ys.last().map_or(border, |last: &f32| border.max(*last)));
        }
        lowest = lowest.max(level.y1);
    }
    ys.push(lowest);
    ys
}

#[cfg(test)]
mod tests {
    use super::super::super::lines::tests::set;
    use super::*;

    #[test]
    fn a_table_is_cut_out_of_the_text_around_it() {
        let rows = [
            (0.0, "チェックリストの題名がここにあります"),
            (20.0, "1|||可用性|||||サービス時間"),
            (32.0, "|||||の続き"),
            (50.0, "セキュリティ"),
            (66.0, "2|||性能|||||||||応答時間"),
            (82.0, "3|||信頼性|||||復旧"),
            (140.0, "注記"),
        ];
        let chars: Vec<Char> = rows.iter().flat_map(|(y, row)| set(row, 0.0, *y)).collect();
        let (mut blocks, rest) = blocks(&chars);
        assert!(rest.is_empty());
        assert_eq!(blocks.len(), 2);
        let (before, found, after) = blocks.remove(0).table(&[]);
        let found = found.unwrap();
        assert_eq!(before.len(), 1);
        assert!(after.is_empty());
        let texts: Vec<String> = found
            .chars
            .iter()
            .map(|c| c.iter().map(|c| c.c).collect())
            .collect();
        assert_eq!((found.grid.rows(), found.grid.cols()), (4, 3), "{texts:?}");
        assert_eq!(texts[1], "可用性の続き");
        assert_eq!(texts[3], "セキュリティ");
    }
}
