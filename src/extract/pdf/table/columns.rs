//! Columns of a table without lines: the corridors that no text crosses.

use super::super::lines::TextLine;
use super::super::page::Char;

/// Gap that may part two texts on a line, in em: narrower than two cells' padding with their
/// borders left out. Spaces of some fonts are as wide, but they do not lie below each other.
const PART: f32 = 0.35;
/// Gap within a heading that lies across columns, in em.
const WITHIN_HEADING: f32 = 1.2;
/// Narrowest corridor, in points, and in em.
const CORRIDOR: f32 = 2.5;
const CORRIDOR_EM: f32 = 0.3;
/// How far before the next column a corridor is cut, as part of its width.
const NEAR_NEXT: f32 = 0.2;
/// Part of the lines that may cross a corridor: a cell that spans, a word that sticks out.
const STRAY: f32 = 0.06;
/// Least part of the lines that have text in a column.
const SPARSE: f32 = 0.04;
/// Fewest lines that make columns.
const FEWEST_LINES: usize = 3;
/// Part of the lines that begin a text at one place where a column is set to the left.
const ALIGNED: f32 = 0.3;
/// How far left edges of a column lie apart, in points.
const SAME_EDGE: f32 = 0.75;

/// A piece of a line between wide gaps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    pub x0: f32,
    pub x1: f32,
}

/// The segments of a line.
pub fn segments(line: &TextLine) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    for c in line.chars.iter().filter(|c| !c.c.is_whitespace()) {
        match out.last_mut() {
            Some(last) if c.rect.x0 - last.x1 < PART * c.size => last.x1 = last.x1.max(c.rect.x1),
            _ => out.push(Segment {
                x0: c.rect.x0,
                x1: c.rect.x1,
            }),
        }
    }
    out
}

/// Where columns are parted, from left to right; empty where there are none.
///
/// `lines` are the segments of lines; only those of several pieces tell of columns.
pub fn separators(lines: &[Vec<Segment>], size: f32) -> Vec<f32> {
    let rows: Vec<&Vec<Segment>> = lines.iter().filter(|l| l.len() > 1).collect();
    if rows.len() < FEWEST_LINES {
        return Vec::new();
    }
    // Sweep from left to right over where segments begin and end.
    let mut events: Vec<(f32, i32)> = Vec::new();
    for s in rows.iter().flat_map(|r| r.iter()) {
        events.push((s.x0, 1));
        events.push((s.x1, -1));
    }
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let stray = (rows.len() as f32 * STRAY).floor() as i32;
    let least = (size * CORRIDOR_EM).max(CORRIDOR);
    let mut corridors: Vec<(f32, f32)> = Vec::new();
    let mut covered = 0;
    let mut free_from: Option<f32> = None;
    for (x, step) in events {
        let before = covered;
        covered += step;
        if before <= stray && covered > stray {
            if let Some(from) = free_from
                && x - from >= least
            {
                corridors.push((from, x));
            }
        } else if before > stray && covered <= stray {
            free_from = Some(x);
        }
    }
    // Texts are set to the left more often than not: a longer line than those seen may reach far
    // into the corridor, but not up to the next column.
    let mut cuts: Vec<f32> = corridors
        .iter()
        .map(|(a, b)| b - (b - a) * NEAR_NEXT)
        .collect();
    drop_sparse(&mut cuts, &rows);
    cuts
}

/// Adds columns whose texts begin at one place, though the texts before them run up to it: where
/// a line is filled to the edge there is no corridor.
pub fn add_aligned(cuts: &mut Vec<f32>, lines: &[TextLine], segments: &[Vec<Segment>], size: f32) {
    let rows = || lines.iter().zip(segments).filter(|(_, s)| s.len() > 1);
    let count = rows().count();
    if count < FEWEST_LINES {
        return;
    }
    let mut edges: Vec<f32> = rows()
        .flat_map(|(_, s)| s.iter().skip(1).map(|s| s.x0))
        .collect();
    edges.sort_by(f32::total_cmp);
    let least = ((count as f32 * ALIGNED) as usize).max(FEWEST_LINES);
    let mut at = 0;
    while let Some(&edge) = edges.get(at) {
        let same = edges
            .iter()
            .skip(at)
            .take_while(|e| **e - edge <= SAME_EDGE)
            .count();
        at += same;
        let known = cuts.iter().any(|c| *c <= edge && edge - c < size * 4.0);
        if same < least || known {
            continue;
        }
        let straddles = |line: &TextLine| {
            let over = |c: &Char| c.rect.x0 < edge - 1.0 && c.rect.x1 > edge + 1.0;
            line.chars.iter().any(over)
        };
        let straddling = rows().filter(|(line, _)| straddles(line)).count();
        if straddling as f32 <= (count as f32 * STRAY).max(1.0) {
            cuts.push(edge - 0.25);
        }
    }
    cuts.sort_by(f32::total_cmp);
    let rows: Vec<&Vec<Segment>> = segments.iter().filter(|s| s.len() > 1).collect();
    drop_sparse(cuts, &rows);
}

/// A column that hardly any line has text in is a stray piece of its neighbour.
fn drop_sparse(cuts: &mut Vec<f32>, rows: &[&Vec<Segment>]) {
    let least = ((rows.len() as f32 * SPARSE).ceil() as usize).max(2);
    let mut i = 0;
    while i <= cuts.len() && !cuts.is_empty() {
        let left = i.checked_sub(1).and_then(|j| cuts.get(j)).copied();
        let right = cuts.get(i).copied();
        let within = |s: &&Segment| {
            let x = (s.x0 + s.x1) / 2.0;
            left.is_none_or(|l| x > l) && right.is_none_or(|r| x < r)
        };
        let used = rows.iter().filter(|r| r.iter().any(|s| within(&s))).count();
        if used < least {
            cuts.remove(i.min(cuts.len() - 1));
        } else {
            i += 1;
        }
    }
}

/// Whether lines respect separators that were found elsewhere.
pub fn respect(lines: &[Vec<Segment>], cuts: &[f32]) -> bool {
    let rows: Vec<_> = lines.iter().filter(|l| l.len() > 1).collect();
    let crossing = rows
        .iter()
        .filter(|r| r.iter().any(|s| crosses(s, cuts)))
        .count();
    !rows.is_empty() && crossing as f32 <= (rows.len() as f32 * STRAY).max(1.0)
}

/// Whether a segment lies across a separator.
pub fn crosses(segment: &Segment, cuts: &[f32]) -> bool {
    let from = cuts.partition_point(|c| *c <= segment.x0);
    cuts.get(from).is_some_and(|c| *c < segment.x1)
}

/// Whether a line is one text across columns: a heading.
pub fn is_banner(segments: &[Segment], cuts: &[f32], size: f32) -> bool {
    let whole = segments.windows(2).all(|w| match w {
        [a, b] => b.x0 - a.x1 < WITHIN_HEADING * size,
        _ => true,
    });
    whole && segments.iter().any(|s| crosses(s, cuts))
}

/// The column a character stands in.
pub fn column_of(c: &Char, cuts: &[f32]) -> usize {
    let x = c.rect.center().0;
    cuts.partition_point(|cut| *cut <= x)
}

#[cfg(test)]
mod tests {
    use super::super::super::lines::{lines_of, tests::set};
    use super::*;

    fn lines(rows: &[&str]) -> Vec<Vec<Segment>> {
        let mut chars = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            chars.extend(set(row, 0.0, i as f32 * 14.0));
        }
        lines_of(&chars).iter().map(segments).collect()
    }

    #[test]
    fn corridors_part_columns() {
        let table = lines(&[
            "1|||可用性|||||サービス時間",
            "||||||||性能||||||||応答",
            "2|||性能|||||||||応答時間",
            "3|||信頼性|||||復旧",
        ]);
        assert_eq!(separators(&table, 10.0).len(), 2);
        let prose = lines(&[
            "文章は続きます",
            "次の行も同じ",
            "見出し|||||||||と本文",
            "終わり",
        ]);
        assert!(separators(&prose, 10.0).is_empty());
    }

    #[test]
    fn a_heading_across_columns_does_not_hide_them() {
        let table = lines(&[
            "1|||可用性|||||サービス時間",
            "セキュリティ管理",
            "2|||性能|||||||||応答時間",
            "3|||信頼性|||||復旧",
        ]);
        let cuts = separators(&table, 10.0);
        assert_eq!(cuts.len(), 2);
        assert!(crosses(&table[1][0], &cuts));
        assert!(respect(&table, &cuts));
    }
}
