//! Which of the catalogs there are is in use.

use std::path::{Path, PathBuf};

use super::{Catalog, Catalogs, DataFiles, json};
use crate::error::RunError;

/// Whether a choice of a catalog names a file, rather than a catalog by its ID.
pub fn is_file(choice: &str) -> bool {
    choice.ends_with(".json") || choice.contains(['/', '\\'])
}

/// The names, for messages, and texts of catalogs' files.
///
/// # Errors
/// The first that cannot be read.
pub fn catalog_texts(paths: &[PathBuf]) -> Result<Vec<(String, String)>, RunError> {
    let read = |path: &PathBuf| json::text(path).map_err(|e| RunError::Data(vec![e]));
    paths.iter().map(read).collect()
}

/// The names and texts of the catalogs in `files`.
pub(super) fn texts(files: &DataFiles) -> Result<Vec<(String, String)>, RunError> {
    let names = files
        .list("catalogs")
        .map_err(|e| RunError::Data(vec![e]))?;
    let (mut texts, mut errors) = (Vec::new(), Vec::new());
    for name in &names {
        match files.read(name) {
            Ok(read) => texts.push(read),
            Err(error) => errors.push(error),
        }
    }
    match errors.is_empty() {
        true => Ok(texts),
        false => Err(RunError::Data(errors)),
    }
}

impl Catalogs {
    /// Loads the catalogs of `files` that `only` names and those in `extra` files; all of `files`
    /// when neither names any. A file takes the place of a catalog that has its ID.
    ///
    /// # Errors
    /// Every fault found, with file and line; a name in `only` that no catalog has; a file that
    /// cannot be read.
    pub fn choose(files: &DataFiles, only: &[String], extra: &[PathBuf]) -> Result<Self, RunError> {
        Self::choose_texts(files, only, &catalog_texts(extra)?)
    }

    /// The same with the names and texts of the extra files.
    ///
    /// # Errors
    /// As [`Catalogs::choose`].
    pub fn choose_texts(
        files: &DataFiles,
        only: &[String],
        extra: &[(String, String)],
    ) -> Result<Self, RunError> {
        let all = Self::load(files, &[])?;
        if extra.is_empty() {
            return all.only(only);
        }
        let own = Self::from_texts(extra).map_err(RunError::Data)?;
        let replaced = |id: &str| own.list.iter().any(|c| c.id == id);
        let mut known = all.known.clone();
        known.retain(|_, catalog| !replaced(catalog));
        let mut list = match only.is_empty() {
            true => Vec::new(),
            false => {
                let own_too = only.iter().filter(|id| !replaced(id)).cloned();
                let named: Vec<String> = own_too.collect();
                match named.is_empty() {
                    true => Vec::new(),
                    false => all.only(&named)?.list,
                }
            }
        };
        let clash = own.items().find(|(_, item)| {
            let mut chosen = list.iter().flat_map(|c| &c.items);
            chosen.any(|i| i.id == item.id)
        });
        if let Some((catalog, item)) = clash {
            return Err(RunError::Usage(format!(
                "{} of catalog {} is also an item of another catalog in use; rename one",
                item.id, catalog.id
            )));
        }
        list.extend(own.list);
        known.extend(own.known);
        Ok(Catalogs { list, known })
    }

    /// Those that `only` names, in its order; all when it names none.
    pub(super) fn only(mut self, only: &[String]) -> Result<Self, RunError> {
        if only.is_empty() {
            return Ok(self);
        }
        let mut chosen = Vec::with_capacity(only.len());
        for id in only {
            if chosen.iter().any(|c: &Catalog| c.id == *id) {
                continue;
            }
            match self.list.iter().position(|c| c.id == *id) {
                Some(at) => chosen.push(self.list.remove(at)),
                None => {
                    let left = self.list.iter().chain(&chosen);
                    let mut known: Vec<&str> = left.map(|c| c.id.as_str()).collect();
                    known.sort_unstable();
                    return Err(RunError::Usage(format!(
                        "no catalog is called {id}; there are: {} (a file ends in .json)",
                        known.join(", ")
                    )));
                }
            }
        }
        self.list = chosen;
        Ok(self)
    }

    /// The catalog that a choice names: a file, or one of `files` by its ID.
    ///
    /// # Errors
    /// There is none, or it has faults.
    pub fn one(files: &DataFiles, choice: &str) -> Result<Catalog, RunError> {
        let found = match is_file(choice) {
            true => Self::from_texts(&[
                json::text(Path::new(choice)).map_err(|e| RunError::Data(vec![e]))?
            ])
            .map_err(RunError::Data)?,
            false => Self::load(files, &[choice.to_owned()])?,
        };
        let mut list = found.list.into_iter();
        list.next()
            .ok_or_else(|| RunError::Usage(format!("{choice}: no catalog")))
    }
}
