//! Foundation: canonical items. Loading, checking, looking up.
//!
//! A catalog is one JSON file in `catalogs/` of the data files; another catalog is another file
//! there. What `--mappings DIR` holds in `catalogs/` replaces the built-in catalogs as a whole.

mod about;
mod choice;
mod crosswalk;
mod csv;
mod diff;
mod faults;
mod files;
mod json;
mod lexicon;
mod likeness;
pub(crate) mod spreadsheet;
mod template;
mod twins;

pub use about::about;
pub use choice::{catalog_texts, is_file};
pub use crosswalk::{Crosswalk, Crosswalks, Link};
pub use csv::{from_csv, to_csv};
pub use diff::{Change, diff};
pub use files::DataFiles;
pub use json::to_json;
pub use lexicon::Lexicon;
pub use likeness::likeness;
pub use template::from_rows;
pub use twins::{Twins, check};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::RunError;
use crate::model::DataError;

/// A list of canonical items.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    /// Its ID, e.g. `meti-cloud-2010`.
    #[serde(rename = "catalog")]
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What a reader should know about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Its items, in order.
    pub items: Vec<Item>,
}

/// A canonical item.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Unique over all catalogs, e.g. `METI-02`.
    pub id: String,
    /// Its number in the catalog.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no: Option<String>,
    /// Its section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Its category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Its name. Items may share one; they are told apart by their descriptions then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its name in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// What it asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The kind of answer it expects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Other names, in any language; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Other ways to ask for it, in any language; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
}

impl Item {
    /// Everything it is called.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let own = self.name.iter().chain(&self.name_en);
        own.chain(&self.aliases).map(String::as_str)
    }

    /// Everything that says what it asks for.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        let own = self.description.iter();
        own.chain(&self.questions).map(String::as_str)
    }

    /// What to call it where people read: its name, or what it asks for.
    pub fn label(&self) -> &str {
        let label = self.name.as_deref().or(self.description.as_deref());
        label.unwrap_or(&self.id)
    }
}

/// The catalogs in use.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogs {
    list: Vec<Catalog>,
    /// The catalog of every item there is, also of catalogs that are not in use.
    known: BTreeMap<String, String>,
}

impl Catalogs {
    /// Loads the catalogs of `files` that `only` names, all when it names none.
    ///
    /// # Errors
    /// Every fault found, with file and line; a name in `only` that no catalog has.
    pub fn load(files: &DataFiles, only: &[String]) -> Result<Self, RunError> {
        let texts = choice::texts(files)?;
        let all = Self::from_texts(&texts).map_err(RunError::Data)?;
        all.only(only)
    }

    /// Reads catalogs from the names and texts of their files.
    ///
    /// # Errors
    /// Every fault found, with file and line.
    pub fn from_texts(texts: &[(String, String)]) -> Result<Self, Vec<DataError>> {
        let (mut list, mut errors) = (Vec::new(), Vec::new());
        for (file, text) in texts {
            match serde_json::from_str::<Catalog>(text) {
                Ok(catalog) => list.push((file.as_str(), text.as_str(), catalog)),
                Err(e) => errors.push(DataError::at(file, e.line(), e.to_string())),
            }
        }
        errors.extend(faults::find(&list));
        if errors.is_empty() {
            Ok(Self::of(list.into_iter().map(|(_, _, c)| c).collect()))
        } else {
            Err(errors)
        }
    }

    fn of(list: Vec<Catalog>) -> Self {
        let items = list
            .iter()
            .flat_map(|c| c.items.iter().map(|i| (i.id.clone(), c.id.clone())));
        Catalogs {
            known: items.collect(),
            list,
        }
    }

    /// The catalogs, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Catalog> {
        self.list.iter()
    }

    /// All items in order, each with its catalog.
    pub fn items(&self) -> impl Iterator<Item = (&Catalog, &Item)> {
        self.list
            .iter()
            .flat_map(|c| c.items.iter().map(move |i| (c, i)))
    }

    /// The catalog of an item, also of one that is not in use.
    pub fn catalog_of(&self, item: &str) -> Option<&str> {
        self.known.get(item).map(String::as_str)
    }
}

#[cfg(test)]
mod tests;
