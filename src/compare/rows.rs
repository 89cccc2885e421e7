//! Which row became which.

use std::collections::BTreeMap;

use super::saved::Row;
use crate::catalog::likeness;
use crate::model::Decision;
use crate::notation::fold;

/// From here on two rows are one reworded.
const SAME_WORDS: f64 = 0.6;

/// Under the same number a little less will do.
const SAME_NUMBER: f64 = 0.5;

/// What the same number adds: it decides between rows that are as good as alike, no more.
const NUMBER: f64 = 0.02;

/// Most pairs of rows that are compared by their words; beyond, only the same words count.
const MOST_PAIRS: usize = 200_000;

/// Most characters of a text that are compared.
const LONGEST: usize = 400;

/// The rows of two sheets, by their places.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Pairs {
    /// Old and new, in the order of the new rows.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Old rows that no new one is.
    pub(super) gone: Vec<usize>,
    /// New rows that no old one was.
    pub(super) added: Vec<usize>,
}

/// Pairs rows by their item, where it is certain or the words bear it out; where several rows have
/// it, the most alike first, one by one. Rows that are left are paired by number, name and what
/// they ask.
pub(super) fn pair(old: &[Row], new: &[Row]) -> Pairs {
    let mut pairing = Pairing {
        old_words: old.iter().map(Words::of).collect(),
        new_words: new.iter().map(Words::of).collect(),
        old: vec![true; old.len()],
        new: vec![true; new.len()],
        comparisons: MOST_PAIRS,
        pairs: Vec::new(),
    };
    let by_item = |rows: &[Row]| {
        let mut by_item: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            if let Some(item) = &row.mapping.item_id {
                by_item.entry(item.clone()).or_default().push(at);
            }
        }
        by_item
    };
    let new_items = by_item(new);
    for (item, old) in by_item(old) {
        if let Some(new) = new_items.get(&item) {
            pairing.take_same_words(&old, new);
            pairing.take(&old, new, |a, b| match a.certain && b.certain {
                true => 0.0,
                false => SAME_NUMBER,
            });
        }
    }
    let (left_old, left_new) = (free(&pairing.old), free(&pairing.new));
    pairing.take_same_words(&left_old, &left_new);
    let (left_old, left_new) = (free(&pairing.old), free(&pairing.new));
    pairing.take(&left_old, &left_new, |a, b| match a.number == b.number {
        true => SAME_NUMBER,
        false => SAME_WORDS,
    });
    pairing.done()
}

fn free(free: &[bool]) -> Vec<usize> {
    (0..free.len()).filter(|at| free[*at]).collect()
}

struct Pairing {
    old_words: Vec<Words>,
    new_words: Vec<Words>,
    /// Which rows have no partner yet.
    old: Vec<bool>,
    new: Vec<bool>,
    /// How many more pairs may be compared.
    comparisons: usize,
    pairs: Vec<(usize, usize)>,
}

impl Pairing {
    /// Pairs these rows, the most alike first, if they are at least as alike as asked.
    fn take(&mut self, old: &[usize], new: &[usize], least: impl Fn(&Words, &Words) -> f64) {
        let left = |rows: &[usize], free: &[bool]| -> Vec<usize> {
            rows.iter().copied().filter(|at| free[*at]).collect()
        };
        let (old, new) = (left(old, &self.old), left(new, &self.new));
        let comparisons = old.len().saturating_mul(new.len());
        let Some(left) = self.comparisons.checked_sub(comparisons) else {
            return;
        };
        self.comparisons = left;
        let mut likely = Vec::new();
        for &o in &old {
            for &n in &new {
                let (a, b) = (&self.old_words[o], &self.new_words[n]);
                let likeness = a.like(b);
                if likeness >= least(a, b) {
                    let number = f64::from(u8::from(a.number == b.number)) * NUMBER;
                    likely.push((likeness + number, o, n));
                }
            }
        }
        likely.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, o, n) in likely {
            self.join(o, n);
        }
    }

    /// Pairs rows with the same words, the same number first, then in order.
    fn take_same_words(&mut self, old: &[usize], new: &[usize]) {
        for with_number in [true, false] {
            let mut same: BTreeMap<Words, Vec<usize>> = BTreeMap::new();
            let key = |words: &Words| Words {
                number: if with_number {
                    words.number.clone()
                } else {
                    Vec::new()
                },
                certain: false,
                ..words.clone()
            };
            for &o in old.iter().rev().filter(|o| self.old[**o]) {
                let words = &self.old_words[o];
                if !words.is_empty() {
                    same.entry(key(words)).or_default().push(o);
                }
            }
            for &n in new {
                let before = same.get_mut(&key(&self.new_words[n]));
                if self.new[n]
                    && let Some(o) = before.and_then(Vec::pop)
                {
                    self.join(o, n);
                }
            }
        }
    }

    fn join(&mut self, old: usize, new: usize) {
        if self.old[old] && self.new[new] {
            (self.old[old], self.new[new]) = (false, false);
            self.pairs.push((old, new));
        }
    }

    fn done(mut self) -> Pairs {
        self.pairs.sort_by_key(|pair| pair.1);
        Pairs {
            pairs: self.pairs,
            gone: free(&self.old),
            added: free(&self.new),
        }
    }
}

/// What a row is told by, folded.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Words {
    number: Vec<u32>,
    name: String,
    description: String,
    /// Nobody needs to look at the row's item.
    certain: bool,
}

impl Words {
    fn of(row: &Row) -> Self {
        let folded = |text: &Option<String>| -> String {
            let folded = text.as_deref().map(fold).unwrap_or_default();
            folded.chars().take(LONGEST).collect()
        };
        Words {
            number: row
                .number
                .as_ref()
                .map(|n| n.path.clone())
                .unwrap_or_default(),
            name: folded(&row.item),
            description: folded(&row.description),
            certain: row.mapping.decision == Decision::Accepted.name(),
        }
    }

    fn is_empty(&self) -> bool {
        self.name.is_empty() && self.description.is_empty()
    }

    /// 0..1. What is asked tells rows apart that share a name, so it counts for more. A row without
    /// words is like another one under its number, and like nothing else.
    fn like(&self, other: &Words) -> f64 {
        if self.is_empty() && other.is_empty() {
            let numbered = !self.number.is_empty() && self.number == other.number;
            return f64::from(u8::from(numbered));
        }
        let alike = |a: &str, b: &str| match a.is_empty() || b.is_empty() {
            true => None,
            false => Some(likeness(a, b)),
        };
        let name = alike(&self.name, &other.name);
        match (name, alike(&self.description, &other.description)) {
            (Some(name), Some(description)) => (name + 2.0 * description) / 3.0,
            (one, other) => one.or(other).unwrap_or(0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::sample::sheet;

    type Line = [&'static str; 6];

    /// Name, old rows, new rows, pairs.
    type Case = (&'static str, Vec<Line>, Vec<Line>, Vec<(usize, usize)>);

    fn line(
        number: &'static str,
        name: &'static str,
        asks: &'static str,
        item: &'static str,
    ) -> Line {
        [number, name, asks, "yes", "", item]
    }

    #[test]
    fn rows_are_paired_by_item_then_by_words() {
        let cases: Vec<Case> = vec![
            (
                "another number, the same item",
                vec![
                    line("1", "甲", "甲とは", "A-1"),
                    line("2", "乙", "乙とは", "A-2"),
                ],
                vec![
                    line("1", "乙", "乙とは", "A-2"),
                    line("2", "甲", "甲とは", "A-1"),
                ],
                vec![(1, 0), (0, 1)],
            ),
            (
                "two rows of one item: the more alike first",
                vec![
                    line("1", "窓口", "昼間の問合せ窓口", "A-1"),
                    line("2", "窓口", "夜間の問合せ窓口", "A-1"),
                ],
                vec![
                    line("1", "窓口", "夜間の問合せ窓口の時間", "A-1"),
                    line("2", "窓口", "昼間の問合せ窓口の時間", "A-1"),
                ],
                vec![(1, 0), (0, 1)],
            ),
            (
                "one of two rows of an item is gone",
                vec![
                    line("1", "窓口", "昼間の問合せ窓口", "A-1"),
                    line("2", "窓口", "夜間の問合せ窓口", "A-1"),
                ],
                vec![line("1", "窓口", "夜間の問合せ窓口", "A-1")],
                vec![(1, 0)],
            ),
            (
                "no item: by words",
                vec![
                    line("1", "会社概要", "会社の概要", ""),
                    line("2", "支払条件", "支払の条件", ""),
                ],
                vec![
                    line("1", "支払条件", "支払いの条件", ""),
                    line("2", "会社概要", "会社の概要", ""),
                ],
                vec![(1, 0), (0, 1)],
            ),
            (
                "mapped otherwise: by words",
                vec![line("1", "会社概要", "会社の概要", "A-1")],
                vec![line("1", "会社概要", "会社の概要", "A-2")],
                vec![(0, 0)],
            ),
            (
                "the same number alone is not enough",
                vec![line("1", "会社概要", "会社の概要", "")],
                vec![line("1", "通信の暗号化", "通信を暗号化しているか", "")],
                vec![],
            ),
        ];
        for (name, old, new, expected) in cases {
            let (old, new) = (sheet("a", "", &old).rows, sheet("b", "", &new).rows);
            let found = pair(&old, &new);
            assert_eq!(found.pairs, expected, "{name}");
            assert_eq!(found.gone.len(), old.len() - expected.len(), "{name}");
            assert_eq!(found.added.len(), new.len() - expected.len(), "{name}");
        }
    }

    #[test]
    fn an_item_that_is_not_certain_pairs_only_rows_that_are_alike() {
        let of = |asks: &'static str, decision: &str| {
            let mut rows = sheet("a", "", &[line("1", "甲", asks, "A-1")]).rows;
            rows[0].mapping.decision = decision.to_owned();
            rows
        };
        for (a, b, decision, expected) in [
            ("通信の暗号化", "社屋の所在地", "accepted", 1),
            ("通信の暗号化", "社屋の所在地", "review", 0),
            ("通信の暗号化", "通信の暗号化の方式", "review", 1),
        ] {
            let found = pair(&of(a, "accepted"), &of(b, decision));
            assert_eq!(found.pairs.len(), expected, "{a} {b} {decision}");
        }
    }

    #[test]
    fn thousands_of_rows_of_one_item_end_soon() {
        let texts: Vec<String> = (0..5_000).map(|n| format!("設問{n}")).collect();
        let rows = |from: usize| -> Vec<Row> {
            let lines: Vec<[&str; 6]> = texts[from..from + 4_000]
                .iter()
                .map(|t| ["", t.as_str(), "", "yes", "", "A-1"])
                .collect();
            sheet("a", "", &lines).rows
        };
        let found = pair(&rows(0), &rows(1_000));
        assert_eq!(
            found.pairs.len(),
            3_000,
            "the same words are found without comparing all"
        );
    }

    #[test]
    fn many_rows_without_words_are_paired_by_number_and_no_row_twice() {
        let numbers: Vec<String> = (1..200).map(|n| n.to_string()).collect();
        let rows: Vec<[&str; 6]> = numbers
            .iter()
            .map(|n| [n.as_str(), "", "", "yes", "", ""])
            .collect();
        let old = sheet("a", "", &rows).rows;
        let found = pair(&old, &old);
        let same: Vec<(usize, usize)> = (0..old.len()).map(|i| (i, i)).collect();
        assert_eq!(found.pairs, same);
    }
}
