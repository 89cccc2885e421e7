//! Which document became which.

use std::collections::BTreeMap;

use serde::Serialize;

use super::saved::Sheet;
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

impl Who {
    /// Who a sheet is from.
    pub fn of(sheet: &Sheet) -> Self {
        Who {
            path: sheet.source.path.clone(),
            vendor: sheet.vendor.clone(),
            title: sheet.title.clone(),
            date: sheet.date.clone(),
        }
    }
}

/// Documents of two sides, by their places: old, new, and how they were matched.
pub(super) type Matches = Vec<(usize, usize, MatchedBy)>;

/// Matches documents by vendor: by file name where a vendor has several, else where each side has
/// just one. Documents are matched by file name alone where not both name their vendor: two vendors
/// often give their sheets the same name.
pub(super) fn matches(old: &[Sheet], new: &[Sheet]) -> Matches {
    if let ([_], [_]) = (old, new) {
        return vec![(0, 0, MatchedBy::Named)];
    }
    let vendor = |s: &Sheet| s.vendor.as_deref().map(fold).filter(|v| !v.is_empty());
    let file = |s: &Sheet| {
        let name = s.source.path.rsplit(['/', '\\']).next().unwrap_or_default();
        Some(fold(name)).filter(|n| !n.is_empty())
    };
    let both = |s: &Sheet| Some((vendor(s)?, file(s)?));
    let mut matching = Matching {
        old,
        new,
        matches: Vec::new(),
    };
    matching.take(both, MatchedBy::FileName);
    matching.take(vendor, MatchedBy::Vendor);
    matching.take_if(file, MatchedBy::FileName, |a, b| {
        a.vendor.is_none() || b.vendor.is_none()
    });
    // A vendor with one document on each side is matched by vendor, whatever the file is called.
    let alone = |sheets: &[Sheet], at: usize| {
        let name = vendor(&sheets[at]);
        name.is_some() && sheets.iter().filter(|s| vendor(s) == name).count() == 1
    };
    for (o, n, by) in &mut matching.matches {
        if alone(old, *o) && alone(new, *n) && vendor(&old[*o]) == vendor(&new[*n]) {
            *by = MatchedBy::Vendor;
        }
    }
    matching.matches.sort_by_key(|m| (m.1, m.0));
    matching.matches
}

struct Matching<'a> {
    old: &'a [Sheet],
    new: &'a [Sheet],
    matches: Matches,
}

impl Matching<'_> {
    /// Matches the documents left over that have a key which no other one left on their side has.
    fn take<K: Ord>(&mut self, key: impl Fn(&Sheet) -> Option<K>, by: MatchedBy) {
        self.take_if(key, by, |_, _| true);
    }

    fn take_if<K: Ord>(
        &mut self,
        key: impl Fn(&Sheet) -> Option<K>,
        by: MatchedBy,
        may: impl Fn(&Sheet, &Sheet) -> bool,
    ) {
        let is_left_old = |at: &usize| !self.matches.iter().any(|m| m.0 == *at);
        let is_left_new = |at: &usize| !self.matches.iter().any(|m| m.1 == *at);
        let olds = keyed(self.old, is_left_old, &key);
        let news = keyed(self.new, is_left_new, &key);
        for (name, old) in olds {
            let (Some(old), Some(Some(new))) = (old, news.get(&name)) else {
                continue;
            };
            if may(&self.old[old], &self.new[*new]) {
                self.matches.push((old, *new, by));
            }
        }
    }
}

/// By key the place of the document that has it; none where several have it.
fn keyed<K: Ord>(
    sheets: &[Sheet],
    is_left: impl Fn(&usize) -> bool,
    key: impl Fn(&Sheet) -> Option<K>,
) -> BTreeMap<K, Option<usize>> {
    let mut keyed = BTreeMap::new();
    for at in (0..sheets.len()).filter(is_left) {
        if let Some(key) = key(&sheets[at]) {
            let one = keyed.entry(key);
            one.and_modify(|place| *place = None).or_insert(Some(at));
        }
    }
    keyed
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
            let sheets = |of: &Sheets| of.iter().map(|(p, v)| sheet(p, v, &[])).collect::<Vec<_>>();
            assert_eq!(matches(&sheets(&old), &sheets(&new)), expected, "{name}");
        }
    }
}
