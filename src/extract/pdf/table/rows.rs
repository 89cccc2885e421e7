//! Rows of a table whose rows are not ruled: by rules where there are some, by the room between
//! rows, by the number that starts each row.

use super::super::lines::TextLine;

/// A step between rows is at least this much wider than one between lines, in points.
const ROOM: f32 = 1.2;
/// Part of the rows that carry a number where the table numbers its rows.
const NUMBERED: f32 = 0.5;

/// A line of a table, as far as finding rows depends on it.
#[derive(Debug, Clone)]
pub struct Level {
    pub y0: f32,
    pub y1: f32,
    /// Its text lies across columns: a heading.
    pub banner: bool,
    /// Text of each column.
    pub texts: Vec<String>,
}

/// A level's place among the lines, from the line itself.
pub fn extent(line: &TextLine) -> (f32, f32) {
    (line.rect.y0, line.rect.y1)
}

/// Which levels start a row (always the first), given rules that lie between some of them.
pub fn starts(levels: &[Level], rules: &[f32]) -> Vec<bool> {
    let n = levels.len();
    let mut forced = vec![false; n];
    for i in 0..n {
        let ruled = i == 0 || rules.iter().any(|y| parts(&levels[i - 1], &levels[i], *y));
        let banner = levels[i].banner || i.checked_sub(1).is_some_and(|j| levels[j].banner);
        forced[i] = ruled || banner;
    }
    let numbers = number_column(levels);
    if let Some(column) = numbers {
        for i in 0..n {
            // A heading too short to reach over the next column.
            let alone = levels[i].texts.iter().filter(|t| !t.is_empty()).count() == 1;
            let named = levels[i]
                .texts
                .get(column)
                .is_some_and(|t| !t.is_empty() && !is_number(t));
            if alone && named {
                forced[i] = true;
                if let Some(next) = forced.get_mut(i + 1) {
                    *next = true;
                }
            }
        }
    }
    let bands = forced.iter().filter(|f| **f).count();
    let numbered = |i: usize| {
        numbers.is_some_and(|col| levels[i].texts.get(col).is_some_and(|t| is_number(t)))
    };
    let numbers_total = (0..n).filter(|i| numbered(*i)).count();
    // Rules between all rows leave nothing to find.
    let inner_rules = rules
        .iter()
        .filter(|y| (1..n).any(|i| parts(&levels[i - 1], &levels[i], **y)))
        .count();
    if inner_rules >= 3 && bands >= numbers_total {
        return forced;
    }
    let room = rooms(levels);
    if let Some(wide) = wide_room(&room, &forced) {
        let by_room: Vec<bool> = (0..n).map(|i| forced[i] || room[i] >= wide).collect();
        if numbers.is_none() || one_number_each(&by_room, &numbered) {
            return by_room;
        }
    }
    if let Some(column) = numbers {
        return between_numbers(levels, &forced, &numbered, column);
    }
    // Without numbers or room, a row starts where its first column does, or where most columns do.
    let first = |i: usize| levels[i].texts.first().is_some_and(|t| !t.is_empty());
    let used = |i: usize| levels[i].texts.iter().filter(|t| !t.is_empty()).count();
    let cols = levels.iter().map(|l| l.texts.len()).max().unwrap_or(0);
    (0..n)
        .map(|i| forced[i] || (first(i) && used(i) * 2 > cols))
        .collect()
}

/// Cuts once between two numbers: where most room is, or before the second number.
fn between_numbers(
    levels: &[Level],
    forced: &[bool],
    numbered: &dyn Fn(usize) -> bool,
    column: usize,
) -> Vec<bool> {
    let floats = floating(levels, numbered, column);
    let standing: Vec<usize> = (0..levels.len()).filter(|i| !floats[*i]).collect();
    let kept: Vec<Level> = standing.iter().map(|i| levels[*i].clone()).collect();
    let room = rooms(&kept);
    // The place with most room from one level to another, the last one among equals.
    let widest = |from: usize, to: usize| {
        let mut cut = to;
        for candidate in (from..to).rev() {
            if room[candidate] > room[cut] + ROOM / 2.0 {
                cut = candidate;
            }
        }
        cut
    };
    let numbers: Vec<usize> = (0..standing.len())
        .filter(|k| numbered(standing[*k]))
        .collect();
    let mut starts = forced.to_vec();
    let (mut pairs, mut at_number) = (0usize, 0usize);
    for w in numbers.windows(2) {
        let [a, b] = w else { continue };
        if (a + 1..=*b).any(|k| forced[standing[k]]) {
            continue;
        }
        let cut = widest(a + 1, *b);
        pairs += usize::from(b - a > 1);
        at_number += usize::from(b - a > 1 && cut == *b);
        starts[standing[cut]] = true;
    }
    // Whether numbers stand on the first line of their rows, or in the middle.
    let on_top = at_number * 10 >= pairs * 7;
    for &k in &numbers {
        let from = (0..=k).rev().find(|j| forced[standing[*j]]).unwrap_or(0);
        if from == k || numbers.iter().any(|n| (from..k).contains(n)) {
            continue;
        }
        // The first number of a stretch: above it stands the header, or the end of a row of the
        // page before, or the first lines of its own row. A header names the number column too.
        let in_column = |j: usize| levels[standing[j]].texts.get(column);
        let named = (from..k).any(|j| in_column(j).is_some_and(|t| !t.is_empty()));
        if on_top {
            starts[standing[k]] = true;
            if named && k - from > 1 {
                let cut = widest(from + 1, k - 1);
                if room[cut] + ROOM / 2.0 >= room[k] {
                    starts[standing[cut]] = true;
                }
            }
        } else if named {
            starts[standing[widest(from + 1, k)]] = true;
        }
    }
    starts
}

/// Levels that hold only the text of a merged cell, which stands where it likes among its rows.
fn floating(levels: &[Level], numbered: &dyn Fn(usize) -> bool, column: usize) -> Vec<bool> {
    let cols = levels.iter().map(|l| l.texts.len()).max().unwrap_or(0);
    let filled = |l: &Level, col: usize| l.texts.get(col).is_some_and(|t| !t.is_empty());
    let numbers = (0..levels.len()).filter(|i| numbered(*i)).count();
    let merged: Vec<bool> = (0..cols)
        .map(|col| {
            let texts = levels
                .iter()
                .filter(|l| !l.banner && filled(l, col))
                .count();
            col != column && col < column + 3 && texts * 2 < numbers
        })
        .collect();
    let only_merged =
        |l: &Level| !l.banner && (0..cols).filter(|c| filled(l, *c)).all(|c| merged[c]);
    levels.iter().map(only_merged).collect()
}

/// Whether a rule lies between two levels that follow each other.
fn parts(above: &Level, below: &Level, y: f32) -> bool {
    let middle = |l: &Level| (l.y0 + l.y1) / 2.0;
    middle(above) < y && y < middle(below)
}

/// The room above each level: from the lowest text before it to its top.
fn rooms(levels: &[Level]) -> Vec<f32> {
    let mut lowest = f32::NEG_INFINITY;
    let mut out = Vec::with_capacity(levels.len());
    for level in levels {
        out.push(if lowest.is_finite() {
            level.y0 - lowest
        } else {
            0.0
        });
        lowest = lowest.max(level.y1);
    }
    out
}

/// The room from which on a row ends, where line steps and row steps can be told apart.
fn wide_room(room: &[f32], forced: &[bool]) -> Option<f32> {
    let mut free: Vec<f32> = room
        .iter()
        .zip(forced)
        .filter(|(_, f)| !**f)
        .map(|(r, _)| *r)
        .collect();
    free.sort_by(f32::total_cmp);
    // The widest step between sorted values parts the two kinds.
    let (mut best, mut cut) = (0.0f32, None);
    for w in free.windows(2) {
        if let [a, b] = w
            && b - a > best
        {
            (best, cut) = (b - a, Some((a + b) / 2.0));
        }
    }
    // All alike: each level is a row of its own, or all of them are one.
    let (low, high) = (free.first().copied()?, free.last().copied()?);
    if high - low < ROOM {
        return None;
    }
    cut.filter(|_| best >= ROOM * 0.5)
}

/// Whether rows found by room agree with the numbers: hardly a row has two, most have one.
fn one_number_each(start: &[bool], numbered: &dyn Fn(usize) -> bool) -> bool {
    let mut rows: Vec<usize> = Vec::new();
    for (i, starts) in start.iter().enumerate() {
        if *starts || rows.is_empty() {
            rows.push(0);
        }
        if let Some(last) = rows.last_mut() {
            *last += usize::from(numbered(i));
        }
    }
    let several = rows.iter().filter(|n| **n > 1).count();
    let one = rows.iter().filter(|n| **n == 1).count();
    several * 20 <= rows.len() && one * 2 >= rows.len()
}

/// The column that numbers rows: among the first three, one whose texts are nearly all numbers.
pub fn number_column(levels: &[Level]) -> Option<usize> {
    let cols = levels.iter().map(|l| l.texts.len()).max().unwrap_or(0);
    (0..cols.min(3)).find(|&col| {
        let texts = levels
            .iter()
            .filter(|l| !l.banner)
            .filter_map(|l| l.texts.get(col));
        let filled: Vec<&String> = texts.filter(|t| !t.is_empty()).collect();
        let numbers = filled.iter().filter(|t| is_number(t)).count();
        numbers >= 2 && numbers as f32 >= filled.len() as f32 * NUMBERED
    })
}

/// Looks like the number of an item: short, with a figure in it.
pub fn is_number(text: &str) -> bool {
    let solid: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let may_join = |c: &char| {
        c.is_numeric()
            || c.is_ascii_alphabetic()
            || matches!(
                c,
                '.' | '．' | '-' | '－' | '(' | ')' | '（' | '）' | '_' | '第' | '条' | '項'
            )
    };
    !solid.is_empty()
        && solid.len() <= 10
        && solid.iter().any(|c| c.is_numeric())
        && solid.iter().all(may_join)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(y: f32, texts: &[&str]) -> Level {
        let texts = texts.iter().map(|t| (*t).to_owned()).collect();
        Level {
            y0: y,
            y1: y + 8.0,
            banner: false,
            texts,
        }
    }

    #[test]
    fn rows_are_found_by_what_there_is() {
        let spaced = [
            level(0.0, &["1", "可用性"]),
            level(10.0, &["", "の続き"]),
            level(26.0, &["2", "性能"]),
            level(42.0, &["3", "信頼性"]),
            level(52.0, &["", "の続き"]),
        ];
        assert_eq!(starts(&spaced, &[]), [true, false, true, true, false]);
        let tight = [
            level(0.0, &["1", "可用性"]),
            level(10.0, &["", "の続き"]),
            level(20.0, &["2", "性能"]),
            level(30.0, &["3", "信頼性"]),
        ];
        assert_eq!(starts(&tight, &[]), [true, false, true, true]);
        let middle = [
            level(0.0, &["", "可用性"]),
            level(5.0, &["1", ""]),
            level(10.0, &["", "の続き"]),
            level(26.0, &["", "性能"]),
            level(31.0, &["2", ""]),
            level(36.0, &["", "の続き"]),
        ];
        assert_eq!(
            starts(&middle, &[]),
            [true, false, false, true, false, false]
        );
        let ruled = [
            level(0.0, &["可用性", "a"]),
            level(10.0, &["", "b"]),
            level(20.0, &["性能", "c"]),
            level(30.0, &["信頼性", "d"]),
            level(40.0, &["運用", "e"]),
        ];
        let rules = [19.0, 29.0, 39.0];
        assert_eq!(starts(&ruled, &rules), [true, false, true, true, true]);
    }

    #[test]
    fn numbers_of_items_are_told_from_words() {
        for (text, is) in [
            ("1", true),
            ("1-2", true),
            ("No.3", true),
            ("①", true),
            ("(4)", true),
            ("第5条", true),
            ("可用性", false),
            ("", false),
            ("24時間", false),
            ("TLS", false),
        ] {
            assert_eq!(is_number(text), is, "{text}");
        }
    }
}
