use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::error::RunError;
use crate::model::DataError;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/mappings");

/// The data files: those built into the program, or a folder in their place.
#[derive(Debug, Clone, Default)]
pub struct DataFiles {
    folder: Option<PathBuf>,
}

impl DataFiles {
    /// The built-in files, or those of `folder` (a file it lacks is taken from the built-in ones).
    ///
    /// # Errors
    /// The folder does not exist.
    pub fn open(folder: Option<&Path>) -> Result<Self, RunError> {
        match folder {
            Some(folder) if !folder.is_dir() => {
                let message = "not a folder; give the folder that holds the data files";
                let error = DataError::new(&folder.display().to_string(), message);
                Err(RunError::Data(vec![error]))
            }
            _ => Ok(DataFiles {
                folder: folder.map(Path::to_owned),
            }),
        }
    }

    /// A file's name for messages, and its text. `name` is relative, with `/`.
    ///
    /// # Errors
    /// It cannot be read or is not UTF-8.
    pub fn read(&self, name: &str) -> Result<(String, String), DataError> {
        if let Some(folder) = &self.folder {
            let path = folder.join(name);
            if path.exists() {
                let shown = path.display().to_string();
                return std::fs::read_to_string(&path)
                    .map(|text| (shown.clone(), without_mark(&text)))
                    .map_err(|e| DataError::new(&shown, e.to_string()));
            }
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
        let mut names = Vec::new();
        if let Some(folder) = self.folder.as_ref().map(|f| f.join(below))
            && folder.is_dir()
        {
            let failed = |e: std::io::Error| {
                DataError::new(&folder.display().to_string(), format!("cannot list: {e}"))
            };
            for entry in std::fs::read_dir(&folder).map_err(failed)? {
                let path = entry.map_err(failed)?.path();
                let hidden = |n: &str| n.starts_with('.') || n.starts_with('~');
                if let Some(name) = path.file_name().and_then(|n| n.to_str())
                    && name.ends_with(".json")
                    && !hidden(name)
                {
                    names.push(format!("{below}/{name}"));
                }
            }
        }
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
