//! Which document became which.

use std::collections::BTreeMap;

use serde::Serialize;

use super::saved::Held;
use crate::notation::fold;

/// How two documents were found to be editions of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// Each side is one document.
    Named,
    /// The same vendor answers both.
    Vendor,
    /// Several documents of one vendor, or documents that name none: the same file name.
    FileName,
}

/// A document, for those who read the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Who {
    /// The input.
    pub path: String,
    /// Who answers.
    pub vendor: Option<String>,
    /// The sheet's title.
    pub title: Option<String>,
    /// When it was answered.
    pub date: Option<String>,
}

/// Documents of two sides, by their places: old, new, and how they were matched.
pub(super) type Matches = Vec<(usize, usize, MatchedBy)>;

/// Matches documents by vendor: by file name where a vendor has several, else where each side has
/// just one. Documents are matched by file name alone where not both name their vendor: two vendors
/// often give their sheets the same name.
pub(super) fn matches(old: &[Held], new: &[Held]) -> Matches {
    if let ([_], [_]) = (old, new) {
        return vec![(0, 0, MatchedBy::Named)];
    }
    let keys = |held: &[Held]| held.iter().map(|h| Keys::of(&h.who)).collect::<Vec<_>>();
    let (old, new) = (keys(old), keys(new));
    let mut matching = Matching {
        old: Side::of(&old),
        new: Side::of(&new),
        matches: Vec::new(),
    };
    // A vendor with one document on each side is matched by vendor, whatever the file is called.
    matching.take(|k| k.vendor.as_ref(), MatchedBy::Vendor, |_, _| true);
    matching.take(
        |k| k.vendor.as_ref().zip(k.file.as_ref()),
        MatchedBy::FileName,
        |_, _| true,
    );
    matching.take(|k| k.vendor.as_ref(), MatchedBy::Vendor, |_, _| true);
    matching.take(
        |k| k.file.as_ref(),
        MatchedBy::FileName,
        |a, b| a.vendor.is_none() || b.vendor.is_none(),
    );
    matching.matches.sort_by_key(|m| (m.1, m.0));
    matching.matches
}

/// What a document is matched by, folded.
struct Keys {
    vendor: Option<String>,
    file: Option<String>,
}

impl Keys {
    fn of(who: &Who) -> Self {
        let file = who.path.rsplit(['/', '\\']).next();
        let folded = |text: Option<&str>| text.map(fold).filter(|t| !t.is_empty());
        Keys {
            vendor: folded(who.vendor.as_deref()),
            file: folded(file),
        }
    }
}

struct Side<'a> {
    keys: &'a [Keys],
    /// Which documents have no other edition yet.
    free: Vec<bool>,
}

impl<'a> Side<'a> {
    fn of(keys: &'a [Keys]) -> Self {
        let free = vec![true; keys.len()];
        Side { keys, free }
    }

    /// By key the place of the free document that has it; none where several have it.
    fn by<K: Ord>(&self, key: impl Fn(&'a Keys) -> Option<K>) -> BTreeMap<K, Option<usize>> {
        let mut places = BTreeMap::new();
        for (at, keys) in self
            .keys
            .iter()
            .enumerate()
            .filter(|(at, _)| self.free[*at])
        {
            if let Some(key) = key(keys) {
                let one = places.entry(key);
                one.and_modify(|place| *place = None).or_insert(Some(at));
            }
        }
        places
    }
}

struct Matching<'a> {
    old: Side<'a>,
    new: Side<'a>,
    matches: Matches,
}

impl<'a> Matching<'a> {
    /// Matches the free documents that have a key which no other free one on their side has.
    fn take<K: Ord>(
        &mut self,
        key: impl Fn(&'a Keys) -> Option<K>,
        by: MatchedBy,
        may: impl Fn(&Keys, &Keys) -> bool,
    ) {
        let news = self.new.by(&key);
        for (name, old) in self.old.by(&key) {
            let (Some(old), Some(Some(new))) = (old, news.get(&name)) else {
                continue;
            };
            if may(&self.old.keys[old], &self.new.keys[*new]) {
                (self.old.free[old], self.new.free[*new]) = (false, false);
                self.matches.push((old, *new, by));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::sample::sheet;

    #[test]
    fn documents_are_matched_by_vendor_else_by_file_name() {
        use MatchedBy::{FileName, Named, Vendor};
        type Sheets = Vec<(&'static str, &'static str)>;
        let cases: Vec<(&str, Sheets, Sheets, Matches)> = vec![
            (
                "one each",
                vec![("a", "甲")],
                vec![("b", "乙")],
                vec![(0, 0, Named)],
            ),
            (
                "by vendor, however it is written",
                vec![("1/x.csv", "（株）甲 ＡＢＣ"), ("1/y.csv", "乙")],
                vec![("2/p.csv", "乙"), ("2/q.csv", "(株)甲ABC")],
                vec![(1, 0, Vendor), (0, 1, Vendor)],
            ),
            (
                "two sheets of a vendor: by file name, then what is left",
                vec![("1/a.csv", "甲"), ("1/b.csv", "甲"), ("1/c.csv", "乙")],
                vec![("2/b.csv", "甲"), ("2/new.csv", "甲"), ("2/c.csv", "乙")],
                vec![(1, 0, FileName), (0, 1, Vendor), (2, 2, Vendor)],
            ),
            (
                "no vendor: by file name",
                vec![("1/a.csv", ""), ("1/b.csv", "")],
                vec![("2/b.csv", ""), ("2/a.csv", "甲")],
                vec![(1, 0, FileName), (0, 1, FileName)],
            ),
            (
                "two vendors with one file name are two",
                vec![("1/a.csv", "甲"), ("1/b.csv", "丙")],
                vec![("2/a.csv", "乙"), ("2/b.csv", "丙")],
                vec![(1, 1, Vendor)],
            ),
            (
                "a name that several have says nothing",
                vec![("1/p/a.csv", ""), ("1/q/a.csv", "")],
                vec![("2/a.csv", ""), ("2/b.csv", "")],
                vec![],
            ),
        ];
        for (name, old, new, expected) in cases {
            let held = |(path, vendor): &(&str, &str)| Held::from(sheet(path, vendor, &[]));
            let sheets = |of: &Sheets| of.iter().map(held).collect::<Vec<Held>>();
            assert_eq!(matches(&sheets(&old), &sheets(&new)), expected, "{name}");
        }
    }
}
