//! Columns of text that is aligned with spaces: the gutters that all lines leave blank.
//!
//! Equal numbers of gaps are not enough to go by: a cell as wide as its column leaves one space, and
//! an empty one leaves none to be seen. Positions are counted as a terminal or an editor with a
//! fixed-width Japanese font shows them.

use unicode_width::UnicodeWidthChar;

/// A table has at least so many columns, and lines with two of them.
const MIN_COLUMNS: usize = 3;
const MIN_LINES: usize = 3;

/// Wider lines are no table, in display columns.
const WIDEST: usize = 2_000;

/// Share of the lines with something on both sides of a gutter that leave two columns or more there:
/// a gap of one is also what stands between words.
const WIDE_SHARE: f64 = 0.5;

/// Where the columns of an aligned text begin, in display columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Gutters {
    /// First position of each column.
    starts: Vec<usize>,
}

impl Gutters {
    /// The columns of these lines; `None` when they are not aligned.
    pub(super) fn find(lines: &[&str]) -> Option<Self> {
        if lines.len() < MIN_LINES {
            return None;
        }
        let spans: Vec<Vec<(usize, usize)>> =
            lines.iter().map(|l| words(l)).collect::<Option<_>>()?;
        let width = spans.iter().flatten().map(|(_, end)| *end).max()?;
        let mut taken = vec![false; width];
        for (start, end) in spans.iter().flatten() {
            taken[*start..*end].fill(true);
        }
        let mut starts: Vec<usize> = Vec::new();
        let mut before = false;
        for (at, is_taken) in taken.iter().enumerate() {
            let begins = *is_taken && !before;
            if begins && (starts.is_empty() || is_gutter(at, &spans)) {
                starts.push(at);
            }
            before = *is_taken;
        }
        (starts.len() >= MIN_COLUMNS).then_some(Gutters { starts })
    }

    /// A line's cells, one for each column; `None` when it does not keep to them.
    pub(super) fn cut<'t>(&self, line: &'t str) -> Option<Vec<&'t str>> {
        let mut cells = Vec::with_capacity(self.starts.len());
        let mut from = 0;
        let ends = self.starts.iter().skip(1).copied().chain([usize::MAX]);
        for end in ends {
            let to = offset(line, end);
            let (cell, rest) = (line.get(from..to)?, line.get(to..)?);
            // A word that goes on over the border.
            let whole = |c: Option<char>| c.is_none_or(char::is_whitespace);
            if !whole(cell.chars().next_back()) && !whole(rest.chars().next()) {
                return None;
            }
            cells.push(cell.trim());
            from = to;
        }
        Some(cells)
    }
}

/// Whether the blank before a position parts columns: most lines leave more than a space there.
fn is_gutter(at: usize, spans: &[Vec<(usize, usize)>]) -> bool {
    let (mut wide, mut both) = (0_u32, 0_u32);
    for line in spans {
        let left = line.iter().rev().find(|(_, end)| *end <= at);
        let right = line.iter().find(|(start, _)| *start >= at);
        if let (Some((_, end)), Some((start, _))) = (left, right) {
            both += 1;
            wide += u32::from(start - end >= 2);
        }
    }
    both > 0 && f64::from(wide) >= WIDE_SHARE * f64::from(both)
}

/// From where to where the words of a line stand; `None` when it is too wide.
fn words(line: &str) -> Option<Vec<(usize, usize)>> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for c in line.trim_end().chars() {
        let width = c.width_cjk().unwrap_or(0);
        if c.is_whitespace() {
            open = false;
        } else if open && let Some(last) = words.last_mut() {
            last.1 = at + width;
        } else if width > 0 {
            words.push((at, at + width));
            open = true;
        }
        at += width;
        if at > WIDEST {
            return None;
        }
    }
    Some(words)
}

/// The byte offset of the first character at or behind a display column.
fn offset(line: &str, column: usize) -> usize {
    let mut at = 0;
    for (i, c) in line.char_indices() {
        if at >= column {
            return i;
        }
        at += c.width_cjk().unwrap_or(0);
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_what_every_line_leaves_blank_beside() {
        let lines = [
            "No  項目                内容                      回答",
            "1   サービス時間        提供する時間帯            24時間365日",
            "2   計画停止予定通知    停止を知らせる方法        有  2週間前",
            "3   とても長い名前の項A 名前が欄を埋めている      無",
            "4                       名前のない行              ○",
        ];
        let gutters = Gutters::find(&lines).unwrap();
        let cells: Vec<_> = lines.iter().map(|l| gutters.cut(l).unwrap()).collect();
        assert_eq!(cells[0], ["No", "項目", "内容", "回答"]);
        assert_eq!(
            cells[2],
            ["2", "計画停止予定通知", "停止を知らせる方法", "有  2週間前"]
        );
        assert_eq!(
            cells[3],
            ["3", "とても長い名前の項A", "名前が欄を埋めている", "無"]
        );
        assert_eq!(cells[4], ["4", "", "名前のない行", "○"]);
        assert_eq!(gutters.cut("このような一続きの文は欄に収まらない"), None);
    }

    #[test]
    fn prose_has_no_columns() {
        for lines in [
            &["a b c d e", "f g h i j", "k l m n o"][..],
            &["one  two", "three  four", "five  six"],
            &["一つ　二つ　三つ", "これは文です。", "これも文です。"],
            &["a  b  c", "d  e  f"],
        ] {
            assert_eq!(Gutters::find(lines), None, "{lines:?}");
        }
    }
}
