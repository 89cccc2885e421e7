use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};

use crate::error::RunError;
use crate::model::DataError;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/mappings");

/// The data files: those built into the program, or a folder in their place. The folder is read
/// once, when it is opened; what becomes of it later changes nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DataFiles {
    /// The folder's files, by name.
    own: BTreeMap<String, OwnFile>,
    /// Folders within it that cannot be listed, by name: what each is called, and why.
    unlisted: BTreeMap<String, (String, String)>,
}

/// A file of the folder.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct OwnFile {
    /// What it is called in messages.
    shown: String,
    /// Its text, or why there is none.
    text: Result<String, String>,
}

impl DataFiles {
    /// The built-in files, or those of `folder` (a file it lacks is taken from the built-in ones).
    ///
    /// # Errors
    /// The folder does not exist.
    pub fn open(folder: Option<&Path>) -> Result<Self, RunError> {
        let mut files = DataFiles::default();
        let Some(folder) = folder else {
            return Ok(files);
        };
        if !folder.is_dir() {
            let message = "not a folder; give the folder that holds the data files";
            let error = DataError::new(&folder.display().to_string(), message);
            return Err(RunError::Data(vec![error]));
        }
        for name in BUILT_IN.files().filter_map(|f| f.path().to_str()) {
            files.take(folder, name);
        }
        for below in BUILT_IN.dirs().filter_map(|d| d.path().to_str()) {
            files.take_all(folder, below);
        }
        Ok(files)
    }

    /// Reads a file of the folder, if it is there.
    fn take(&mut self, folder: &Path, name: &str) {
        let path = folder.join(name);
        if path.exists() {
            let text = std::fs::read_to_string(&path);
            let own = OwnFile {
                shown: path.display().to_string(),
                text: text.map(|t| without_mark(&t)).map_err(|e| e.to_string()),
            };
            self.own.insert(name.to_owned(), own);
        }
    }

    /// Reads the JSON files of a folder within the folder.
    fn take_all(&mut self, folder: &Path, below: &str) {
        let inner = folder.join(below);
        if !inner.is_dir() {
            return;
        }
        let names: io::Result<Vec<_>> = std::fs::read_dir(&inner)
            .and_then(|entries| entries.map(|e| Ok(e?.file_name())).collect());
        match names {
            Ok(names) => {
                let names = names.iter().filter_map(|n| n.to_str());
                let hidden = |n: &&str| n.starts_with('.') || n.starts_with('~');
                for name in names.filter(|n| n.ends_with(".json") && !hidden(n)) {
                    self.take(folder, &format!("{below}/{name}"));
                }
            }
            Err(e) => {
                let why = (inner.display().to_string(), e.to_string());
                self.unlisted.insert(below.to_owned(), why);
            }
        }
    }

    /// A file's name for messages, and its text. `name` is relative, with `/`.
    ///
    /// # Errors
    /// It cannot be read or is not UTF-8.
    pub fn read(&self, name: &str) -> Result<(String, String), DataError> {
        if let Some(OwnFile { shown, text }) = self.own.get(name) {
            return match text {
                Ok(text) => Ok((shown.clone(), text.clone())),
                Err(why) => Err(DataError::new(shown, why)),
            };
        }
        let text = BUILT_IN.get_file(name).and_then(|f| f.contents_utf8());
        let shown = format!("mappings/{name}");
        text.map(|t| (shown.clone(), t.to_owned()))
            .ok_or_else(|| DataError::new(&shown, "not built in"))
    }

    /// The names of the JSON files of a folder of data files, sorted. A folder that exists and
    /// holds JSON files replaces the built-in one as a whole: what it leaves out is left out.
    ///
    /// # Errors
    /// The folder cannot be listed.
    pub fn list(&self, below: &str) -> Result<Vec<String>, DataError> {
        if let Some((folder, why)) = self.unlisted.get(below) {
            return Err(DataError::new(folder, format!("cannot list: {why}")));
        }
        let is_inside = |n: &&String| n.strip_prefix(below).is_some_and(|n| n.starts_with('/'));
        let mut names: Vec<String> = self.own.keys().filter(is_inside).cloned().collect();
        if names.is_empty() {
            let built_in = BUILT_IN.get_dir(below).into_iter().flat_map(Dir::files);
            names.extend(built_in.filter_map(|f| f.path().to_str().map(|p| p.replace('\\', "/"))));
            names.retain(|n| n.ends_with(".json"));
        }
        names.sort();
        Ok(names)
    }
}

/// Editors on Windows put a byte order mark before UTF-8.
fn without_mark(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_none_is_refused() {
        let missing = Path::new("/nonexistent/mappings");
        assert!(DataFiles::open(Some(missing)).is_err());
    }

    #[test]
    fn built_in_catalogs_are_listed_in_order() {
        let names = DataFiles::default().list("catalogs").unwrap();
        assert!(names.contains(&"catalogs/meti-cloud-2010.json".to_owned()));
        assert!(names.is_sorted());
    }
}
