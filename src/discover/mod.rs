//! Stage: paths to ordered sources.
//!
//! What the user names is taken, whatever it is called; what is found in a folder is taken unless
//! it is plainly no document. Nothing is passed over without being told, and nothing is opened
//! before it is known to be a regular file, so that no pipe or device can block a run.

mod list;
mod read;
mod skip;
#[cfg(test)]
mod tests;

pub use list::file_list;
pub use read::read;
pub use skip::SkipReason;

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::error::{Failure, FileError, RunError};

/// A file to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// The path as the user gave it, with `/` between folders; characters that are no Unicode are
    /// shown as U+FFFD.
    pub shown: String,
}

impl Found {
    /// A file at a path the user gave.
    pub fn new(path: PathBuf) -> Self {
        let shown = shown(&path);
        Found { path, shown }
    }
}

/// What became of something the user named or a folder holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file to import.
    File(Found),
    /// Something that is no document.
    Skipped {
        /// Its path, as in [`Found::shown`].
        shown: String,
        /// Why.
        reason: SkipReason,
    },
    /// Something that should be a document and cannot be reached.
    Failed {
        /// Its path, as in [`Found::shown`].
        shown: String,
        /// Why.
        error: FileError,
    },
}

/// Everything that is to be imported from some files and folders, in order: paths as given,
/// folders walked by name (bytes compared, so that the order is the same everywhere). `out` is the
/// folder the run writes to; what earlier runs left there is not read.
///
/// A file that is reached twice is taken the first time.
///
/// # Errors
/// [`RunError::Usage`] when there is nothing to import at all, and nothing that failed either.
pub fn discover(paths: &[PathBuf], out: Option<&Path>) -> Result<Vec<Entry>, RunError> {
    let mut search = Search {
        entries: Vec::new(),
        taken: BTreeMap::new(),
        out: out.and_then(|p| fs::canonicalize(p).ok()),
    };
    for path in paths {
        search.named(path);
    }
    let is_outcome = |e: &Entry| !matches!(e, Entry::Skipped { .. });
    if search.entries.iter().any(is_outcome) {
        return Ok(search.entries);
    }
    Err(RunError::Usage(nothing_to_import(paths, &search.entries)))
}

fn nothing_to_import(paths: &[PathBuf], entries: &[Entry]) -> String {
    let names: Vec<String> = paths.iter().map(|p| shown(p)).collect();
    let passed_over = entries
        .iter()
        .filter(
            |e| !matches!(e, Entry::Skipped { reason, .. } if *reason == SkipReason::NoFileInside),
        )
        .count();
    let mut message = match names.as_slice() {
        [] => "no file or folder given".to_owned(),
        names => format!("{}: no file to import", names.join(", ")),
    };
    if passed_over > 0 {
        message += &format!(" ({passed_over} hidden, lock or system files were passed over)");
    }
    message + "; name a file, or a folder that holds one"
}

/// What has been found so far.
struct Search {
    entries: Vec<Entry>,
    /// Where each file that was taken really is, and how it was shown.
    taken: BTreeMap<PathBuf, String>,
    out: Option<PathBuf>,
}

impl Search {
    fn named(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.folder(path),
            Ok(meta) if meta.is_file() => {
                let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
                self.take(path, real);
            }
            Ok(meta) => self.fail(
                path,
                FileError::new(
                    Failure::Unreadable,
                    format!("{}, not a file", skip::kind_of(&meta)),
                    "save its content to a file and import that",
                ),
            ),
            Err(error) => self.fail(path, read::unreadable(&error)),
        }
    }

    fn folder(&mut self, root: &Path) {
        let before = self.entries.len();
        let mut walk = WalkDir::new(root)
            .min_depth(1)
            .follow_links(true)
            .sort_by(|a, b| {
                let bytes = |e: &DirEntry| e.file_name().as_encoded_bytes().to_vec();
                bytes(a).cmp(&bytes(b))
            })
            .into_iter();
        let mut parent = (PathBuf::new(), PathBuf::new());
        while let Some(found) = walk.next() {
            match found {
                Ok(entry) => {
                    if !self.met(&entry, &mut parent) && entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                }
                Err(error) => self.walk_error(root, &error),
            }
        }
        let outcomes = &self.entries[before..];
        if outcomes
            .iter()
            .all(|e| matches!(e, Entry::Skipped { reason, .. } if !reason.is_repeat()))
        {
            self.skip(root, SkipReason::NoFileInside);
        }
    }

    /// Something a folder holds. Returns whether to go into it. `parent` remembers where the
    /// folder of the last file really is.
    fn met(&mut self, entry: &DirEntry, parent: &mut (PathBuf, PathBuf)) -> bool {
        let path = entry.path();
        let kind = entry.file_type();
        if let Some(reason) = skip::by_name(entry.file_name()) {
            self.skip(path, reason);
            return false;
        }
        if kind.is_dir() {
            let is_out = self.out.is_some() && fs::canonicalize(path).ok() == self.out;
            if is_out {
                self.skip(path, SkipReason::OwnOutput);
            }
            return !is_out;
        }
        if !kind.is_file() {
            let what = entry
                .metadata()
                .map_or("neither file nor folder", |m: Metadata| skip::kind_of(&m));
            self.skip(path, SkipReason::NotAFile(what));
            return false;
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let real = if entry.path_is_symlink() {
            fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
        } else {
            if parent.0 != folder || parent.1.as_os_str().is_empty() {
                let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
                *parent = (folder.to_owned(), real);
            }
            parent.1.join(entry.file_name())
        };
        self.take(path, real);
        false
    }

    fn walk_error(&mut self, root: &Path, error: &walkdir::Error) {
        let path = error.path().unwrap_or(root);
        if let Some(ancestor) = error.loop_ancestor() {
            let first = shown(ancestor);
            return self.skip(path, SkipReason::Loop { first });
        }
        let error = match error.io_error() {
            Some(cause) => read::unreadable(cause),
            None => FileError::new(Failure::Unreadable, error.to_string(), "check the path"),
        };
        self.fail(path, error);
    }

    fn take(&mut self, path: &Path, real: PathBuf) {
        if let Some(first) = self.taken.get(&real) {
            let first = first.clone();
            return self.skip(path, SkipReason::Repeated { first });
        }
        let found = Found::new(path.to_owned());
        self.taken.insert(real, found.shown.clone());
        self.entries.push(Entry::File(found));
    }

    fn skip(&mut self, path: &Path, reason: SkipReason) {
        self.entries.push(Entry::Skipped {
            shown: shown(path),
            reason,
        });
    }

    fn fail(&mut self, path: &Path, error: FileError) {
        self.entries.push(Entry::Failed {
            shown: shown(path),
            error,
        });
    }
}

/// A path as it is reported.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}
