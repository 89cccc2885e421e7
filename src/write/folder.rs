use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::lock::LOCK;
use super::{Files, Plan, Run, atomic, names};
use crate::config::Output;
use crate::error::RunError;

/// The folder of documents within the out folder.
pub const DOCUMENTS: &str = "documents";

/// The account of a finished run.
const RUN: &str = "run.json";

/// While a run is under way: the documents it may write and those an earlier run left, one name a
/// line. It takes the place of `run.json`, so that nobody reads the old account beside new
/// documents, and so that the next run knows what a killed one wrote.
const JOURNAL: &str = ".torikomi-unfinished";

/// Where a run writes.
///
/// The folder's files are about this run when it is finished: documents that an earlier run wrote
/// and this one did not are removed. Nothing else in it is touched.
#[derive(Debug)]
pub struct OutFolder {
    path: PathBuf,
    documents: PathBuf,
    /// Documents that an earlier run wrote.
    earlier: BTreeSet<String>,
}

impl OutFolder {
    /// Makes the folder ready for a run that may write the documents `planned`.
    ///
    /// # Errors
    /// It cannot be made or written to.
    pub fn open<'a>(
        path: &Path,
        planned: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, RunError> {
        let documents = path.join(DOCUMENTS);
        fs::create_dir_all(&documents).map_err(|e| failed(path, "create the out folder", e))?;
        for folder in [path, &documents] {
            atomic::clear_temporary(folder).map_err(|e| failed(folder, "clear the folder", e))?;
        }
        let earlier = earlier_documents(path);
        let planned: BTreeSet<&str> = planned.into_iter().collect();
        write_journal(path, &planned, &earlier)?;
        remove_if_there(&path.join(RUN))?;
        let folder = OutFolder {
            path: path.to_owned(),
            documents,
            earlier,
        };
        folder.remove_other_spellings(&planned)?;
        Ok(folder)
    }

    /// Removes earlier documents whose names a file system that ignores case takes for planned
    /// ones: removed later, the new document would go with them.
    fn remove_other_spellings(&self, planned: &BTreeSet<&str>) -> Result<(), RunError> {
        let folded: BTreeSet<String> = planned.iter().map(|name| names::folded(name)).collect();
        let earlier = self
            .earlier
            .iter()
            .filter(|n| !planned.contains(n.as_str()));
        for name in earlier.filter(|n| folded.contains(&names::folded(n))) {
            remove_if_there(&self.documents.join(name))?;
        }
        Ok(())
    }

    /// Writes one document. Distinct names may be written by several threads at once.
    ///
    /// It is not forced to the disk: thousands of documents would each wait for it, and after a
    /// power failure the run can be made again. [`OutFolder::finish`] forces the files of the run.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write_document(&self, name: &str, bytes: &[u8]) -> Result<(), RunError> {
        atomic::write(&self.documents, name, bytes, false)
            .map_err(|e| failed(&self.documents.join(name), "write", e))
    }

    /// Begins the outputs of `plan`.
    ///
    /// # Errors
    /// One of them cannot be written.
    pub fn files(&self, plan: &Arc<Plan>) -> Result<Files, RunError> {
        Files::begin(&self.path, plan)
    }

    /// Puts the outputs in their places: they hold everything about the run but its timings.
    /// [`OutFolder::finish`] is still to be called.
    ///
    /// # Errors
    /// One of them cannot be written.
    pub fn place(&self, files: Files, run: &Arc<Run>) -> Result<(), RunError> {
        files.finish(run)
    }

    /// Removes what is no longer true (documents and outputs of an earlier run that this one did
    /// not write) and writes `run.json`. `outputs` are in their places.
    ///
    /// # Errors
    /// Something cannot be removed or written.
    pub fn finish(self, outputs: &[Output], run: &Run) -> Result<(), RunError> {
        let prefix = format!("{DOCUMENTS}/");
        let written: BTreeSet<&str> = run
            .documents
            .iter()
            .filter_map(|d| d.document.as_deref()?.strip_prefix(&prefix))
            .collect();
        for name in self
            .earlier
            .iter()
            .filter(|n| !written.contains(n.as_str()))
        {
            remove_if_there(&self.documents.join(name))?;
        }
        for output in Output::ALL.iter().filter(|o| !outputs.contains(o)) {
            remove_if_there(&self.path.join(output.file()))?;
        }
        atomic::write(&self.path, RUN, &run.to_json(), true)
            .map_err(|e| failed(&self.path.join(RUN), "write", e))?;
        remove_if_there(&self.path.join(JOURNAL))
    }
}

fn write_journal(
    out: &Path,
    planned: &BTreeSet<&str>,
    earlier: &BTreeSet<String>,
) -> Result<(), RunError> {
    let mut journal = String::new();
    for name in earlier
        .iter()
        .map(String::as_str)
        .chain(planned.iter().copied())
    {
        journal.push_str(name);
        journal.push('\n');
    }
    atomic::write(out, JOURNAL, journal.as_bytes(), false)
        .map_err(|e| failed(out, "write to the out folder", e))
}

/// Whether a run that writes to `out` makes `path`, which is below `out`.
pub fn is_output(out: &Path, path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(out) else {
        return false;
    };
    let name = inside.file_name().unwrap_or_default().to_string_lossy();
    let own = [RUN, JOURNAL, LOCK].contains(&&*name)
        || Output::ALL.iter().any(|o| o.file() == name)
        || atomic::is_temporary(&name);
    match inside.parent() {
        Some(folder) if folder == Path::new("") => own,
        Some(folder) if folder == Path::new(DOCUMENTS) => {
            name.ends_with(".json") || atomic::is_temporary(&name)
        }
        _ => false,
    }
}

/// The documents of the run that `run.json` tells of, and those that a killed run may have
/// written. Only plain names count: whatever these files say, nothing outside `documents/` is
/// ever removed.
fn earlier_documents(out: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    if let Ok(journal) = fs::read_to_string(out.join(JOURNAL)) {
        names.extend(journal.lines().map(str::to_owned));
    }
    let run = fs::read(out.join(RUN)).unwrap_or_default();
    let run: serde_json::Value = serde_json::from_slice(&run).unwrap_or_default();
    let ours = run["schema"]
        .as_str()
        .is_some_and(|s| s.starts_with("torikomi.run/"));
    if let (true, Some(documents)) = (ours, run["documents"].as_array()) {
        let listed = documents.iter().filter_map(|d| d["document"].as_str());
        names.extend(listed.filter_map(|d| d.strip_prefix("documents/").map(str::to_owned)));
    }
    names.retain(|name| name.ends_with(".json") && !name.contains(['/', '\\', ':']));
    names
}

fn remove_if_there(path: &Path) -> Result<(), RunError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(failed(path, "remove", e)),
        _ => Ok(()),
    }
}

pub(super) fn failed(path: &Path, action: &'static str, source: io::Error) -> RunError {
    RunError::Io {
        path: path.display().to_string(),
        action,
        source,
    }
}

#[cfg(test)]
mod tests;
