use std::collections::HashMap;

use serde::Serialize;

use super::embedded;
use crate::catalog::{Catalog, Item};

/// Canonical items by number: those of the catalogs in their order, then others that rows name.
#[derive(Debug)]
pub(super) struct Items {
    numbers: HashMap<String, u32>,
    catalogs: Vec<CatalogEntry>,
    items: Vec<ItemEntry>,
}

#[derive(Debug, Serialize)]
struct CatalogEntry {
    id: String,
    title: String,
}

/// An item as the page has it.
#[derive(Debug, Serialize)]
struct ItemEntry {
    id: String,
    /// Index of its catalog; null when that is not in use.
    catalog: Option<usize>,
    section: Option<String>,
    category: Option<String>,
    /// What it is called.
    name: String,
    /// What it is called in English, where that is known.
    en: Option<String>,
    description: Option<String>,
}

impl Items {
    /// The items of these catalogs.
    pub(super) fn new(catalogs: &[Catalog]) -> Self {
        let mut items = Items {
            numbers: HashMap::new(),
            catalogs: Vec::new(),
            items: Vec::new(),
        };
        for (at, catalog) in catalogs.iter().enumerate() {
            items.catalogs.push(CatalogEntry {
                id: catalog.id.clone(),
                title: catalog.title.clone(),
            });
            for item in &catalog.items {
                items.add(ItemEntry::new(item, at));
            }
        }
        items
    }

    /// The item's number from 1 on; 0 when there is none.
    pub(super) fn number(&mut self, id: Option<&str>) -> u32 {
        let Some(id) = id else {
            return 0;
        };
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        self.add(ItemEntry::unknown(id))
    }

    fn add(&mut self, item: ItemEntry) -> u32 {
        let number = self.items.len() as u32 + 1;
        self.numbers.insert(item.id.clone(), number);
        self.items.push(item);
        number
    }

    /// Appends the catalogs and the items as two members of a JSON object.
    pub(super) fn push(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\"catalogs\":");
        embedded::push(&self.catalogs, out);
        out.extend_from_slice(b",\n\"items\":");
        embedded::push_list(&self.items, out, |item, out| {
            out.push(b'\n');
            embedded::push(item, out);
        });
    }
}

impl ItemEntry {
    fn new(item: &Item, catalog: usize) -> Self {
        let label = item.label();
        ItemEntry {
            id: item.id.clone(),
            catalog: Some(catalog),
            section: item.section.clone(),
            category: item.category.clone(),
            name: label.to_owned(),
            en: item.name_en.clone(),
            description: item.description.clone().filter(|d| d != label),
        }
    }

    fn unknown(id: &str) -> Self {
        ItemEntry {
            id: id.to_owned(),
            catalog: None,
            section: None,
            category: None,
            name: id.to_owned(),
            en: None,
            description: None,
        }
    }
}
