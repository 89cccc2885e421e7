use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::RunError;
use crate::model::{DataError, Decision};

/// The folder of an import's documents.
const DOCUMENTS: &str = "documents";

/// The account of an import, which names the input of each document.
const RUN: &str = "run.json";

/// A row of a written document, as far as it is learned from.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct WrittenRow {
    /// 1-based.
    pub row: u32,
    /// The section it stands under.
    pub section: Option<String>,
    /// The category it stands under.
    pub category: Option<String>,
    /// The item's name.
    pub item: Option<String>,
    /// What is asked.
    pub description: Option<String>,
    /// What it was mapped to.
    #[serde(default)]
    pub mapping: WrittenMapping,
}

/// A row's mapping in a written document.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct WrittenMapping {
    /// The item.
    pub item_id: Option<String>,
    /// The decision's name.
    #[serde(default)]
    pub decision: String,
}

impl WrittenMapping {
    /// Whether nobody needs to look at it.
    pub fn is_accepted(&self) -> bool {
        self.decision == Decision::Accepted.name()
    }
}

#[derive(Debug, Deserialize)]
struct Written {
    source: WrittenSource,
    rows: Vec<WrittenRow>,
}

#[derive(Debug, Deserialize)]
struct WrittenSource {
    path: String,
}

#[derive(Debug, Deserialize)]
struct WrittenRun {
    documents: Vec<WrittenOutcome>,
}

#[derive(Debug, Deserialize)]
struct WrittenOutcome {
    path: String,
    document: Option<String>,
}

/// The documents of an out folder, read when they are asked for.
#[derive(Debug)]
pub struct Documents {
    folder: PathBuf,
    /// The files in it.
    names: Vec<String>,
    /// By input, and by an input's file name: the document; none where several have it.
    inputs: HashMap<String, Option<String>>,
    read: BTreeMap<String, Document>,
}

/// A document that was asked for.
#[derive(Debug)]
pub(super) struct Document {
    pub name: String,
    pub path: String,
    pub rows: Vec<WrittenRow>,
}

impl Documents {
    /// The documents that an import wrote to a folder.
    ///
    /// # Errors
    /// There are none.
    pub fn open(out: &Path) -> Result<Self, RunError> {
        let folder = out.join(DOCUMENTS);
        let shown = folder.display().to_string();
        let failed = |source| RunError::Io {
            path: shown.clone(),
            action: "read what an import wrote",
            source,
        };
        let mut names = Vec::new();
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            let name = name.to_string_lossy().into_owned();
            if name.ends_with(".json") && !name.starts_with('.') {
                names.push(name);
            }
        }
        names.sort();
        let run = fs::read_to_string(out.join(RUN)).ok();
        let run: Option<WrittenRun> = run.and_then(|text| serde_json::from_str(&text).ok());
        let mut inputs: HashMap<String, Option<String>> = HashMap::new();
        for outcome in run.map(|r| r.documents).unwrap_or_default() {
            let Some(document) = outcome.document.as_deref().map(bare) else {
                continue;
            };
            let file = outcome.path.rsplit('/').next().unwrap_or_default();
            let mut keys = vec![outcome.path.as_str(), file];
            keys.dedup();
            for key in keys {
                let entry = inputs.entry(key.to_owned());
                let known = entry.or_insert_with(|| Some(document.to_owned()));
                if known.as_deref() != Some(document) {
                    *known = None;
                }
            }
        }
        Ok(Documents {
            folder,
            names,
            inputs,
            read: BTreeMap::new(),
        })
    }

    /// The document that a decision names: by its file in the out folder (with or without
    /// `documents/` and `.json`), or by its input.
    pub(super) fn find(&mut self, asked: &str) -> Result<&Document, String> {
        let name = self.name_of(asked)?;
        if !self.read.contains_key(&name) {
            let path = self.folder.join(&name);
            let written: Written = read(&path).map_err(|e| e.to_string())?;
            let document = Document {
                name: name.clone(),
                path: written.source.path,
                rows: written.rows,
            };
            self.read.insert(name.clone(), document);
        }
        self.read
            .get(&name)
            .ok_or_else(|| format!("{asked}: no such document"))
    }

    fn name_of(&self, asked: &str) -> Result<String, String> {
        let bare = bare(asked);
        let has = |name: &str| {
            self.names
                .binary_search_by(|n| n.as_str().cmp(name))
                .is_ok()
        };
        for name in [bare.to_owned(), format!("{bare}.json")] {
            if has(&name) {
                return Ok(name);
            }
        }
        let folder = self.folder.display();
        match self.inputs.get(asked) {
            Some(Some(name)) if has(name) => Ok(name.clone()),
            Some(None) => Err(format!(
                "several documents in {folder} were read from files called {asked}; name the \
                 document's own file"
            )),
            _ => Err(format!(
                "no document {asked} in {folder}; name one of its files, or give the out folder \
                 with --out"
            )),
        }
    }
}

/// The file's name without its folder.
fn bare(document: &str) -> &str {
    document.rsplit('/').next().unwrap_or(document)
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, DataError> {
    let shown = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|e| DataError::new(&shown, e.to_string()))?;
    serde_json::from_str(&text).map_err(|e| DataError::at(&shown, e.line(), e.to_string()))
}
