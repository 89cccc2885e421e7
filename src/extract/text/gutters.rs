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
        let begins = |at: &usize| taken[*at] && (*at == 0 || !taken[at - 1]);
        let starts: Vec<usize> = (0..width).filter(begins).collect();
        let starts = parting(&starts, &spans);
        (starts.len() >= MIN_COLUMNS).then_some(Gutters { starts })
    }

    /// A line's cells, one for each column; `None` when it does not keep to them.
    pub(super) fn cut<'t>(&self, line: &'t str) -> Option<Vec<&'t str>> {
        let mut cells = Vec::with_capacity(self.starts.len());
        let mut borders = self.starts.iter().skip(1).peekable();
        let (mut at, mut from, mut before) = (0, 0, None);
        for (i, c) in line.char_indices() {
            while borders.next_if(|border| at >= **border).is_some() {
                // A word that goes on over the border.
                if !before.is_none_or(char::is_whitespace) && !c.is_whitespace() {
                    return None;
                }
                cells.push(line.get(from..i)?.trim());
                from = i;
            }
            at += c.width_cjk().unwrap_or(0);
            before = Some(c);
        }
        cells.push(line.get(from..)?.trim());
        cells.resize(self.starts.len(), "");
        Some(cells)
    }
}

/// Those of the positions at which words begin whose blank before them parts columns: most lines
/// with words on both sides leave more than a space there. The first one begins the first column.
fn parting(starts: &[usize], spans: &[Vec<(usize, usize)>]) -> Vec<usize> {
    let mut both = vec![0_u32; starts.len()];
    let mut wide = vec![0_u32; starts.len()];
    for pair in spans.iter().flat_map(|line| line.windows(2)) {
        let ((_, end), (start, _)) = (pair[0], pair[1]);
        let from = starts.partition_point(|s| *s < end);
        let to = starts.partition_point(|s| *s <= start);
        for i in from..to {
            both[i] += 1;
            wide[i] += u32::from(start - end >= 2);
        }
    }
    let parts = |i: usize| i == 0 || f64::from(wide[i]) >= WIDE_SHARE * f64::from(both[i].max(1));
    let found = starts.iter().enumerate().filter(|(i, _)| parts(*i));
    found.map(|(_, start)| *start).collect()
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
