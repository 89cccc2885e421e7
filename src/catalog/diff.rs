//! What changed between two editions of a catalog.

use std::collections::HashMap;

use super::{Catalog, Item, likeness};
use crate::notation::fold;

/// From here on two wordings are editions of one item, whatever its ID.
const SAME_ITEM: f64 = 0.6;

/// Under one ID, wordings this alike are one item reworded; less alike, the ID was given anew.
const SAME_ID: f64 = 0.3;

/// Most pairs of left-over items that are compared by their words.
const MOST_PAIRS: usize = 4_000_000;

/// One change of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `added`, `gone`, `renumbered`, `renamed`, `reworded`, `moved` or `unit`.
    pub kind: &'static str,
    /// The item's ID before; none when it was added.
    pub before: Option<String>,
    /// The item's ID after; none when it is gone.
    pub after: Option<String>,
    /// What it was.
    pub from: String,
    /// What it is.
    pub to: String,
}

/// The changes from one catalog to another: first what is gone, in the old order, then all else in
/// the new order.
///
/// Items are told by what they say, then by their IDs: a template with a row inserted has the same
/// items under other numbers.
pub fn diff(before: &Catalog, after: &Catalog) -> Vec<Change> {
    let pairs = pairs(&before.items, &after.items);
    let kept: Vec<usize> = pairs.iter().filter_map(|p| *p).collect();
    let mut changes = Vec::new();
    for (at, item) in before.items.iter().enumerate() {
        if !kept.contains(&at) {
            changes.push(Change {
                kind: "gone",
                before: Some(item.id.clone()),
                after: None,
                from: item.label().to_owned(),
                to: String::new(),
            });
        }
    }
    for (item, pair) in after.items.iter().zip(pairs) {
        match pair.and_then(|at| before.items.get(at)) {
            Some(old) => changes.extend(changed(old, item)),
            None => changes.push(Change {
                kind: "added",
                before: None,
                after: Some(item.id.clone()),
                from: String::new(),
                to: item.label().to_owned(),
            }),
        }
    }
    changes
}

/// For each new item the old one that it was.
fn pairs(before: &[Item], after: &[Item]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; after.len()];
    let mut free: Vec<bool> = vec![true; before.len()];
    let take = |pairs: &mut Vec<Option<usize>>, free: &mut Vec<bool>, new: usize, old: usize| {
        pairs[new] = Some(old);
        free[old] = false;
    };
    // The same words, under the same ID first, then in order.
    let mut words: HashMap<Words, Vec<usize>> = HashMap::new();
    for (old, item) in before.iter().enumerate() {
        words.entry(Words::of(item)).or_default().push(old);
    }
    for by_id in [true, false] {
        for (new, item) in after.iter().enumerate() {
            let same = words.get(&Words::of(item)).into_iter().flatten();
            let mut same = same.filter(|o| free[**o] && (!by_id || before[**o].id == item.id));
            if let Some(old) = same.next().copied().filter(|_| pairs[new].is_none()) {
                take(&mut pairs, &mut free, new, old);
            }
        }
    }
    // Other words: the most alike first.
    let left = |pairs: &[Option<usize>]| {
        let new = pairs.iter().enumerate().filter(|(_, p)| p.is_none());
        new.map(|(i, _)| i).collect::<Vec<_>>()
    };
    let new = left(&pairs);
    let old: Vec<usize> = (0..before.len()).filter(|o| free[*o]).collect();
    let mut likely = Vec::new();
    if new.len().saturating_mul(old.len()) <= MOST_PAIRS {
        let old_words: Vec<(usize, Words)> =
            old.iter().map(|o| (*o, Words::of(&before[*o]))).collect();
        for new in new {
            let words = Words::of(&after[new]);
            for (old, old_words) in &old_words {
                let same_id = before[*old].id == after[new].id;
                let likeness = words.like(old_words);
                if likeness >= if same_id { SAME_ID } else { SAME_ITEM } {
                    likely.push((likeness + f64::from(u8::from(same_id)) * 0.1, new, *old));
                }
            }
        }
    }
    likely.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, new, old) in likely {
        if pairs[new].is_none() && free[old] {
            take(&mut pairs, &mut free, new, old);
        }
    }
    pairs
}

/// What an item says, folded.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Words {
    name: String,
    description: String,
}

impl Words {
    fn of(item: &Item) -> Self {
        let folded = |text: &Option<String>| text.as_deref().map(fold).unwrap_or_default();
        Words {
            name: folded(&item.name),
            description: folded(&item.description),
        }
    }

    /// 0..1. Descriptions tell items apart that share a name, so they count for more.
    fn like(&self, other: &Words) -> f64 {
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

fn changed(old: &Item, new: &Item) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut add = |kind, from: String, to: String| {
        changes.push(Change {
            kind,
            before: Some(old.id.clone()),
            after: Some(new.id.clone()),
            from,
            to,
        });
    };
    if old.id != new.id {
        add("renumbered", old.id.clone(), new.id.clone());
    }
    let differs = |a: &Option<String>, b: &Option<String>| {
        let folded = |t: &Option<String>| t.as_deref().map(fold).unwrap_or_default();
        folded(a) != folded(b)
    };
    let shown = |t: &Option<String>| t.clone().unwrap_or_default();
    for (kind, a, b) in [
        ("renamed", &old.name, &new.name),
        ("reworded", &old.description, &new.description),
        ("unit", &old.unit, &new.unit),
    ] {
        if differs(a, b) {
            add(kind, shown(a), shown(b));
        }
    }
    if differs(&old.section, &new.section) || differs(&old.category, &new.category) {
        let place = |item: &Item| {
            let parts = [&item.section, &item.category];
            let parts: Vec<&str> = parts.iter().filter_map(|p| p.as_deref()).collect();
            parts.join(" / ")
        };
        add("moved", place(old), place(new));
    }
    changes
}
