//! The canonical items, as the workbook names them, and which of them a document answers.

use rustc_hash::FxHashMap;

use super::text::excerpt;
use crate::catalog::{Catalog, Item};
use crate::config::Language;
use crate::model::{Decision, Document, Row};

/// Share of a catalog's items that a document has rows for from which on it is about the catalog:
/// then an item without a row is one that was not answered. Below, the sheet is another one that has
/// some items in common, and nobody can be asked for the rest.
const ABOUT: f64 = 0.8;

/// How much of its description tells an item from others of its name, in characters.
const TELLS_APART: usize = 40;

/// All items, in the order of their catalogs.
#[derive(Debug)]
pub(super) struct Items {
    pub(super) all: Vec<Named>,
    /// How many items each catalog has.
    catalogs: Vec<usize>,
    by_id: FxHashMap<String, usize>,
}

/// An item as the workbook names it.
#[derive(Debug)]
pub(super) struct Named {
    /// Index of its catalog.
    pub(super) catalog: usize,
    pub(super) id: String,
    /// In the language of labels where the catalog has it; with a part of its description where
    /// another item has the same name.
    pub(super) name: String,
    pub(super) section: Option<String>,
    pub(super) category: Option<String>,
    /// What it asks for, where the name does not say it already.
    pub(super) description: Option<String>,
}

/// What a document says of the items.
#[derive(Debug)]
pub(super) struct Coverage {
    /// By catalog: whether the document is about it.
    pub(super) about: Vec<bool>,
    /// By item: how well it is answered.
    pub(super) items: Vec<Covered>,
}

/// How well an item is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Covered {
    /// No row is about it.
    #[default]
    Not,
    /// A row that waits for a decision may be about it.
    Perhaps,
    /// A row that somebody has to look at is mapped to it.
    Review,
    /// A row is about it.
    Accepted,
}

impl Items {
    pub(super) fn new(catalogs: &[Catalog], language: Language) -> Self {
        let mut names: FxHashMap<&str, usize> = FxHashMap::default();
        let items = || catalogs.iter().flat_map(|c| &c.items);
        for item in items() {
            *names.entry(called(item, language)).or_default() += 1;
        }
        let named = |catalog: usize, item: &Item| {
            let name = called(item, language);
            let description = item.description.as_deref().filter(|d| *d != name);
            let name = match description {
                Some(d) if names[name] > 1 => format!("{name}: {}", excerpt(d, TELLS_APART)),
                _ => name.to_owned(),
            };
            Named {
                catalog,
                id: item.id.clone(),
                name,
                section: item.section.clone(),
                category: item.category.clone(),
                description: description.map(str::to_owned),
            }
        };
        let all = catalogs.iter().enumerate();
        let all = all.flat_map(|(at, c)| c.items.iter().map(move |i| (at, i)));
        Items {
            all: all.map(|(at, i)| named(at, i)).collect(),
            catalogs: catalogs.iter().map(|c| c.items.len()).collect(),
            by_id: (0..).zip(items()).map(|(n, i)| (i.id.clone(), n)).collect(),
        }
    }

    /// The number of the item with an ID.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// What to call the item with an ID; empty when it is not known.
    pub(super) fn name_of(&self, id: &str) -> &str {
        self.find(id).map_or("", |item| &self.all[item].name)
    }

    /// Which items a document has rows for, and which catalogs it is about.
    pub(super) fn coverage(&self, document: &Document) -> Coverage {
        let mut items = vec![Covered::Not; self.all.len()];
        let mut cover = |id: &str, covered: Covered| {
            if let Some(item) = self.find(id) {
                items[item] = items[item].max(covered);
            }
        };
        for row in &document.rows {
            let mapping = &row.mapping;
            match (mapping.decision, &mapping.item_id) {
                (Decision::Accepted, Some(id)) => cover(id, Covered::Accepted),
                (Decision::Review, Some(id)) => {
                    cover(id, Covered::Review);
                    let candidates = mapping.candidates.iter();
                    candidates.for_each(|c| cover(&c.item_id, Covered::Perhaps));
                }
                _ => best(row).iter().for_each(|id| cover(id, Covered::Perhaps)),
            }
        }
        let mut counts = vec![0_usize; self.catalogs.len()];
        for (item, covered) in self.all.iter().zip(&items) {
            counts[item.catalog] += usize::from(*covered >= Covered::Review);
        }
        let sizes = self.catalogs.iter().zip(counts);
        let about = sizes.map(|(all, n)| n > 0 && n as f64 >= *all as f64 * ABOUT);
        Coverage {
            about: about.collect(),
            items,
        }
    }
}

fn called(item: &Item, language: Language) -> &str {
    match (language, &item.name_en) {
        (Language::En, Some(name)) => name,
        _ => item.label(),
    }
}

/// The best candidate of a row that is mapped to nothing.
fn best(row: &Row) -> Option<&str> {
    let best = row.mapping.candidates.first();
    best.map(|c| c.item_id.as_str())
}
