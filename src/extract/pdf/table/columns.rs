//! Columns of a table without lines: the corridors that no text crosses.

use super::super::join::clings;
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
/// Narrowest part of a corridor in which it is cut, in points.
const CLEAR: f32 = 0.8;
/// How far before the next column a corridor is cut, as part of its width.
const NEAR_NEXT: f32 = 0.2;
/// Part of the lines that may cross a corridor: a cell that spans, a word that sticks out.
const STRAY: f32 = 0.06;
/// Least part of the lines that have text in a column.
const SPARSE: f32 = 0.04;
/// How far lines overlap that stand side by side, in em.
const SHARED: f32 = 0.25;
/// Most part of the lines that may be titles of a column, which reach farther left than its texts.
const TITLES: f32 = 0.15;
/// Lines of a title.
const TITLE_LINES: usize = 2;
/// Fewest lines that make columns.
const FEWEST_LINES: usize = 3;
/// Part of the lines that begin a text at one place where a column is set to the left.
const ALIGNED: f32 = 0.3;
/// How far left edges of a column lie apart, in points.
const SAME_EDGE: f32 = 0.75;
/// How far from the middle of what is seen of a table a centred heading may lie, as part of it:
/// its last column may be wider than its texts.
const MIDDLE: f32 = 0.15;
/// How far a character reaches over a separator on both sides to stand on it, in em.
const ON: f32 = 0.12;
/// Part of a column's texts that begin at its left edge where it is set to the left.
const SET_LEFT: f32 = 0.6;

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

/// The segments of lines that stand side by side though not on one level, as the lines of cells
/// that are centred do, taken together.
pub fn side_by_side(lines: &[TextLine], segments: &[Vec<Segment>]) -> Vec<Vec<Segment>> {
    let mut out: Vec<Vec<Segment>> = Vec::with_capacity(segments.len());
    let mut last: Option<&TextLine> = None;
    for (line, segments) in lines.iter().zip(segments) {
        let beside =
            last.is_some_and(|l| l.rect.y1 - line.rect.y0 > SHARED * l.size.min(line.size));
        let free = |row: &Vec<Segment>| {
            segments
                .iter()
                .all(|s| row.iter().all(|r| s.x1 <= r.x0 || r.x1 <= s.x0))
        };
        match out.last_mut() {
            Some(row) if beside && free(row) => {
                row.extend(segments);
                row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
            }
            _ => out.push(segments.clone()),
        }
        last = Some(line);
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
    // Within a corridor, the widest part that fewest lines cross.
    let (mut clear, mut crossed, mut part_from) = ((0.0f32, 0.0f32), i32::MAX, 0.0f32);
    for (x, step) in events {
        let before = covered;
        covered += step;
        if before <= stray {
            if let Some(from) = free_from {
                let wider = x - part_from > clear.1 - clear.0;
                if x - part_from >= CLEAR && (before < crossed || (before == crossed && wider)) {
                    (clear, crossed) = ((part_from, x), before);
                }
                if covered > stray && x - from >= least {
                    corridors.push(if crossed < i32::MAX { clear } else { (from, x) });
                }
            }
            part_from = x;
        }
        if before > stray && covered <= stray {
            free_from = Some(x);
            (clear, crossed, part_from) = ((0.0, 0.0), i32::MAX, x);
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
        // A cut farther to the left parts this column if hardly any text stands between.
        let known = cuts
            .iter()
            .filter(|c| **c <= edge)
            .max_by(|a, b| a.total_cmp(b));
        let known = known.is_some_and(|c| {
            let between =
                rows().filter(|(_, s)| s.iter().any(|s| *c < s.x0 && s.x0 < edge - size * 0.5));
            edge - c < size * 4.0 || between.count() as f32 <= (count as f32 * TITLES).max(1.0)
        });
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

/// Takes out separators between a title and the texts it stands for: a column of nothing but
/// titles, on lines on which the column beside it has nothing. `pages` is how often a title may
/// stand there.
pub fn drop_titles(cuts: &mut Vec<f32>, rows: &[Vec<Segment>], pages: usize) {
    let rows: Vec<&Vec<Segment>> = rows.iter().filter(|r| r.len() > 1).collect();
    let has = |row: &[Segment], cuts: &[f32], col: usize| {
        let place = |s: &Segment| cuts.partition_point(|c| *c <= (s.x0 + s.x1) / 2.0);
        row.iter().any(|s| place(s) == col)
    };
    let mut col = 0;
    while col <= cuts.len() && !cuts.is_empty() {
        let titles = rows.iter().filter(|r| has(r, cuts, col));
        let few = titles.clone().count() <= pages * TITLE_LINES;
        // The column beside it, and the separator between the two.
        let left = col.checked_sub(1).map(|left| (left, left));
        let mut neighbours = left.into_iter().chain([(col + 1, col)]);
        let beside = neighbours.find(|(beside, cut)| {
            *cut < cuts.len() && titles.clone().all(|r| !has(r, cuts, *beside))
        });
        match beside {
            Some((_, cut)) if few => {
                cuts.remove(cut);
            }
            _ => col += 1,
        }
    }
}

/// Whether lines respect separators that were found elsewhere: hardly one is drawn across them.
pub fn respect(lines: &[TextLine], cuts: &[f32]) -> bool {
    let rows: Vec<&TextLine> = lines.iter().filter(|l| segments(l).len() > 1).collect();
    let crossed = |line: &&&TextLine| cuts.iter().any(|cut| is_drawn_across(line, *cut));
    let crossing = rows.iter().filter(crossed).count();
    !rows.is_empty() && crossing as f32 <= (rows.len() as f32 * STRAY).max(1.0)
}

/// Whether a character stands on a separator, or what stands left and right of it was drawn as one
/// text. Full lines of two cells may stand closer to each other than words do.
fn is_drawn_across(line: &TextLine, cut: f32) -> bool {
    // A full stop may hang over the end of its line.
    let on = |c: &Char| {
        let reach = ON * c.size;
        c.rect.x0 < cut - reach && c.rect.x1 > cut + reach && !clings(c.c)
    };
    let between = |w: &[Char]| match w {
        [a, b] => a.rect.center().0 < cut && cut < b.rect.center().0 && b.continues(a),
        _ => false,
    };
    line.chars.iter().any(on) || line.chars.windows(2).any(between)
}

/// Whether a line is one text across columns, as far as the order of drawing tells.
pub fn is_one_text(line: &TextLine, cuts: &[f32]) -> bool {
    let continues = |w: &[Char]| matches!(w, [a, b] if b.continues(a));
    // Cells have some room between their texts.
    let close = |w: &[Char]| match w {
        [a, b] => {
            let (from, to) = (a.rect.center().0, b.rect.center().0);
            let on_cut = cuts.iter().any(|cut| from < *cut && *cut < to);
            on_cut && (b.rect.x0 - a.rect.x1).abs() < ON * a.size
        }
        _ => false,
    };
    // Where each character is placed on its own, nothing tells.
    !line.chars.windows(2).any(continues)
        || line.chars.windows(2).any(close)
        || cuts.iter().any(|cut| is_drawn_across(line, *cut))
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

/// Where each column's texts begin, for columns set to the left.
pub fn left_edges(lines: &[Vec<Segment>], cuts: &[f32]) -> Vec<Option<f32>> {
    let mut starts: Vec<Vec<f32>> = vec![Vec::new(); cuts.len() + 1];
    for s in lines.iter().flatten().filter(|s| !crosses(s, cuts)) {
        starts[cuts.partition_point(|c| *c <= (s.x0 + s.x1) / 2.0)].push(s.x0);
    }
    let edge = |mut starts: Vec<f32>| {
        starts.sort_by(f32::total_cmp);
        let same = |from: usize| {
            let to = starts.partition_point(|x| *x <= starts[from] + SAME_EDGE * 2.0);
            to.saturating_sub(from)
        };
        let most = (0..starts.len()).max_by_key(|i| (same(*i), std::cmp::Reverse(*i)))?;
        (same(most) as f32 >= starts.len() as f32 * SET_LEFT).then(|| starts[most])
    };
    starts.into_iter().map(edge).collect()
}

/// Whether a line is one text in the middle of a table whose column there is set to the left: a
/// heading.
pub fn is_centred(
    segments: &[Segment],
    cuts: &[f32],
    lefts: &[Option<f32>],
    (x0, x1): (f32, f32),
    size: f32,
) -> bool {
    let &[only] = segments else { return false };
    let middle = (only.x0 + only.x1) / 2.0;
    let left = lefts.get(cuts.partition_point(|c| *c <= middle));
    let elsewhere = left.is_some_and(|l| l.is_some_and(|l| only.x0 - l > 1.5 * size));
    elsewhere && (middle - (x0 + x1) / 2.0).abs() <= (x1 - x0) * MIDDLE
}

/// The column a character stands in.
pub fn column_of(c: &Char, cuts: &[f32]) -> usize {
    let x = c.rect.center().0;
    cuts.partition_point(|cut| *cut <= x)
}

/// The column of each character of a line: where it stands, unless it hangs over from the text
/// before it.
pub fn line_columns(line: &TextLine, cuts: &[f32]) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::with_capacity(line.chars.len());
    let mut before: Option<&Char> = None;
    for c in &line.chars {
        let mut col = column_of(c, cuts);
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
    }
}
