//! Tables without lines: columns from corridors, rows from what `rows` finds.

use super::super::lines::{TextLine, lines_of};
use super::super::page::{Char, Direction};
use super::body::Body;
use super::columns::{self, Segment};
use super::edges::Edge;
use super::grid::Grid;

/// Room above a line, as a multiple of the usual one, that ends a table.
const APART: f32 = 4.0;
/// The same, in em.
const APART_EM: f32 = 3.0;
/// Part of a block's lines that must have several pieces.
const MANY: f32 = 0.25;
/// Room between two lines of one row, in em.
const CLOSE: f32 = 0.8;

/// Text that may hold a table: lines close enough to each other.
pub struct Block {
    pub lines: Vec<TextLine>,
    segments: Vec<Vec<Segment>>,
    size: f32,
    /// Where its columns are parted.
    pub cuts: Vec<f32>,
    /// Its columns are those of another page.
    adopted: bool,
    /// Its columns are drawn, if only for some of its rows.
    drawn: bool,
}

/// Blocks of lines, and the characters that are in none.
///
/// `drawn` are grids of which only some rows are drawn: they tell of columns.
pub fn blocks(chars: &[Char], drawn: &[Grid]) -> (Vec<Block>, Vec<Char>) {
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
    let blocks = blocks.into_iter().map(|b| Block::new(b, drawn));
    (blocks.collect(), rest)
}

impl Block {
    fn new(lines: Vec<TextLine>, drawn: &[Grid]) -> Block {
        let segments: Vec<_> = lines.iter().map(columns::segments).collect();
        let mut sizes: Vec<f32> = lines.iter().map(|l| l.size).collect();
        sizes.sort_by(f32::total_cmp);
        let size = sizes.get(sizes.len() / 2).copied().unwrap_or(10.0);
        let side_by_side = columns::side_by_side(&lines, &segments);
        let several = side_by_side.iter().filter(|s| s.len() > 1).count();
        let mut cuts = Vec::new();
        if several as f32 >= side_by_side.len() as f32 * MANY {
            cuts = columns::separators(&side_by_side, size);
            columns::add_aligned(&mut cuts, &lines, &segments, size);
        }
        let mut sure = false;
        let (top, foot) = (lines.first(), lines.last());
        let within = |g: &&Grid| {
            let (_, y) = g.rect().center();
            top.is_some_and(|l| l.rect.y0 <= y) && foot.is_some_and(|l| y <= l.rect.y1)
        };
        if let Some(grid) = drawn.iter().filter(within).max_by_key(|g| g.cols()) {
            let inner = grid.xs.get(1..grid.cols()).unwrap_or_default();
            if inner.len() >= cuts.len() && columns::respect(&lines, inner) {
                cuts = inner.to_vec();
                sure = true;
            }
        }
        Block {
            lines,
            segments,
            size,
            cuts,
            adopted: false,
            drawn: sure,
        }
    }

    /// The columns that several blocks show together: those of a table that goes on over pages.
    pub fn common_cuts(blocks: &[&Block]) -> Vec<f32> {
        let sure = blocks
            .iter()
            .filter(|b| b.drawn)
            .max_by_key(|b| b.cuts.len());
        if let Some(sure) = sure {
            return sure.cuts.clone();
        }
        let Some(size) = blocks.first().map(|b| b.size) else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        let (mut lines, mut segments) = (Vec::new(), Vec::new());
        for b in blocks.iter().filter(|b| !b.cuts.is_empty()) {
            rows.extend(columns::side_by_side(&b.lines, &b.segments));
            lines.extend_from_slice(&b.lines);
            segments.extend_from_slice(&b.segments);
        }
        let mut cuts = columns::separators(&rows, size);
        columns::add_aligned(&mut cuts, &lines, &segments, size);
        columns::drop_titles(&mut cuts, &rows, blocks.len());
        cuts
    }

    /// Takes over columns that this block's lines respect, found with those of other pages.
    pub fn take(&mut self, cuts: &[f32]) {
        if !cuts.is_empty() && !self.drawn && columns::respect(&self.lines, cuts) {
            self.adopted = true;
            self.cuts = cuts.to_vec();
        }
    }

    /// Takes over the columns of a table that this one goes on with, where its lines respect them:
    /// a column that is empty on this page, or a table of too few lines to tell.
    pub fn adopt(&mut self, cuts: &[f32]) {
        if cuts.len() > self.cuts.len() && columns::respect(&self.lines, cuts) {
            self.cuts = cuts.to_vec();
            self.adopted = true;
        }
    }

    /// The part of this block that is a table, with the lines before and after it.
    ///
    /// `rules` are level lines that may part rows.
    pub fn body(self, rules: &[Edge]) -> (Vec<TextLine>, Option<Body>, Vec<TextLine>) {
        let several = |i: &usize| {
            let s = &self.segments[*i];
            s.len() > 1
                && s.iter().filter(|s| columns::crosses(s, &self.cuts)).count() * 2 < s.len()
        };
        let all = 0..self.lines.len();
        let (Some(mut first), Some(mut last)) =
            (all.clone().find(several), all.clone().rev().find(several))
        else {
            return (self.lines, None, Vec::new());
        };
        if self.cuts.is_empty() || (last == first && !self.adopted) {
            return (self.lines, None, Vec::new());
        }
        // The first row may begin above, and the last row end below, the lines that show columns.
        let goes_on = |above: usize, below: usize, new: usize| {
            let room = self.lines[below].rect.y0 - self.lines[above].rect.y1;
            let within = |s: &Segment| !columns::crosses(s, &self.cuts);
            room <= self.size * CLOSE && self.segments[new].iter().all(within)
        };
        while last + 1 < self.lines.len() && goes_on(last, last + 1, last + 1) {
            last += 1;
        }
        while first > 0 && goes_on(first - 1, first, first - 1) {
            first -= 1;
        }
        let mut lines = self.lines;
        let after = lines.split_off(last + 1);
        let body = lines.split_off(first);
        let segments = self.segments.get(first..=last).unwrap_or_default();
        let how = match (self.drawn, self.adopted) {
            (true, _) => "as drawn for some of the rows",
            (_, true) => "as on the pages beside",
            _ => "by the room between texts",
        };
        let mut body = Body::new(&body, segments, self.cuts, rules);
        body.how = how;
        (lines, Some(body), after)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::lines::tests::set;
    use super::super::body::tables;
    use super::*;

    /// The doubt about each row of a table drawn without lines.
    fn doubts(rows: &[(f32, &str)]) -> Vec<bool> {
        let chars: Vec<Char> = rows.iter().flat_map(|(y, row)| set(row, 0.0, *y)).collect();
        let (mut blocks, _) = blocks(&chars, &[]);
        let (_, body, _) = blocks.remove(0).body(&[]);
        tables(&[body.unwrap()]).remove(0).grid.doubtful
    }

    #[test]
    fn rows_that_may_as_well_be_parted_otherwise_are_doubtful() {
        let clear = [
            (0.0, "1|||可用性|||||サービス時間"),
            (12.0, "|||||の続き"),
            (32.0, "2|||性能||||||応答時間"),
            (44.0, "|||||の続き"),
            (64.0, "3|||信頼性|||||復旧の手順"),
            (76.0, "|||||の続き"),
            (96.0, "4|||拡張性|||||接続の仕様"),
        ];
        assert_eq!(doubts(&clear), [false; 4]);
        // One step from line to line, no numbers, and cells that are empty now and then.
        let unclear = [
            (0.0, "可用性|||||サービス時間"),
            (14.0, "|||||||||||||の続き"),
            (28.0, "性能"),
            (42.0, "信頼性|||||復旧の手順"),
            (56.0, "|||||||||||||応答時間"),
            (70.0, "拡張性|||||接続の仕様"),
        ];
        assert!(doubts(&unclear).contains(&true));
    }

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
        let (mut blocks, rest) = blocks(&chars, &[]);
        assert!(rest.is_empty());
        assert_eq!(blocks.len(), 2);
        let (before, body, after) = blocks.remove(0).body(&[]);
        let found = tables(&[body.unwrap()]).remove(0);
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
