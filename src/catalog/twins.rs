//! Items that cannot be told apart.

use std::collections::HashMap;

use super::{Catalogs, likeness};
use crate::model::DataError;
use crate::notation::fold;

/// Two items so alike that a row may mean either.
#[derive(Debug, Clone, PartialEq)]
pub struct Twins {
    /// The earlier item.
    pub first: String,
    /// The later item.
    pub second: String,
    /// 0..1: how alike what tells them apart is; 1 when nothing does.
    pub likeness: f64,
    /// What is alike, and what to do.
    pub message: String,
}

/// From here on names and descriptions differ by a word at most.
const NEAR: f64 = 0.9;

/// Most items for which every pair is compared; beyond, only equal texts are found.
const MOST_COMPARED: usize = 2_000;

/// Items that cannot be told apart, or hardly, most alike first.
pub fn check(catalogs: &Catalogs) -> Vec<Twins> {
    let items: Vec<_> = catalogs
        .items()
        .map(|(_, i)| {
            let text = |t: &Option<String>| t.as_deref().map(fold).unwrap_or_default();
            (i.id.as_str(), text(&i.name), text(&i.description))
        })
        .collect();
    let mut found = equal(&items);
    if items.len() <= MOST_COMPARED {
        for (at, a) in items.iter().enumerate() {
            for b in &items[at + 1..] {
                found.extend(near(a, b));
            }
        }
    }
    found.sort_by(|a, b| {
        let likeness = b.likeness.total_cmp(&a.likeness);
        likeness.then_with(|| (&a.first, &a.second).cmp(&(&b.first, &b.second)))
    });
    found
}

type Texts<'a> = (&'a str, String, String);

fn equal(items: &[Texts<'_>]) -> Vec<Twins> {
    let mut seen: HashMap<(&str, &str), &str> = HashMap::new();
    let mut found = Vec::new();
    for (id, name, description) in items {
        match seen.get(&(name.as_str(), description.as_str())) {
            Some(first) => found.push(Twins {
                first: (*first).to_owned(),
                second: (*id).to_owned(),
                likeness: 1.0,
                message: "the same name and description; remove one or word them apart".into(),
            }),
            None => {
                seen.insert((name, description), id);
            }
        }
    }
    found
}

fn near(a: &Texts<'_>, b: &Texts<'_>) -> Option<Twins> {
    if a.1 == b.1 && a.2 == b.2 {
        return None; // found by `equal`
    }
    let alike = |x: &str, y: &str| match (x.is_empty(), y.is_empty()) {
        // Texts of such different lengths cannot be near, and most pairs are.
        (false, false) if x.len().min(y.len()) * 3 < x.len().max(y.len()) * 2 => Some(0.0),
        (false, false) => Some(likeness(x, y)),
        _ => None,
    };
    // What both have must be alike: a description of its own tells items of one name apart.
    let (likeness, message) = match (alike(&a.1, &b.1), alike(&a.2, &b.2)) {
        (Some(n), Some(d)) if n.min(d) >= NEAR => (n.min(d), "names and descriptions"),
        (None, Some(d)) if d >= NEAR => (d, "descriptions, and no two names to tell them apart"),
        (Some(n), None) if n >= NEAR => (n, "names, and no two descriptions to tell them apart"),
        _ => return None,
    };
    Some(Twins {
        first: a.0.to_owned(),
        second: b.0.to_owned(),
        likeness,
        message: format!("nearly the same {message}; word them apart"),
    })
}

impl From<Twins> for DataError {
    fn from(twins: Twins) -> Self {
        DataError::new(&format!("{}, {}", twins.first, twins.second), twins.message)
    }
}
