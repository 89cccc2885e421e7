//! Many files: threads, isolation of failures, output in input order.
//!
//! The policy, in one place:
//!
//! - A document that fails, or on which torikomi itself fails (a panic), is one outcome in
//!   `run.json`. It never stops the others. So is one in which no row was found.
//! - What cannot be written stops the run: an import that lost a document is no import.
//! - Everything appears in input order, and is the same whatever the number of threads.
//! - Memory holds a bounded number of documents, however many there are: threads turn each
//!   document into bytes and write its file; its rows go to the files of rows as soon as those of
//!   every document before it are there.

mod importer;
mod in_order;
mod isolate;
#[cfg(unix)]
pub mod workers;

pub use importer::{EngineImporter, Importer};
pub use isolate::keep_panics_quiet;

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::discover::{Entry, Found};
use crate::error::{Failure, FileError, RunError};
use crate::model::Document;
use crate::write::{
    DOCUMENTS, DocumentNames, FolderLock, Imported, OutFolder, Outcome, Plan, Run, Stopwatch,
    Tally, pieces,
};

/// How a batch is run.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Number of threads; one for each processor when not set.
    pub jobs: Option<NonZeroUsize>,
    /// Leave the timings out of `run.json`, which makes it the same for every run.
    pub no_timings: bool,
    /// Wait while another run writes to the out folder.
    pub wait: bool,
}

/// About what a row of a document takes in memory.
const BYTES_PER_ROW: usize = 2048;

/// What a thread hands over of one input.
struct Finished {
    outcome: Outcome,
    tally: Tally,
    /// A piece for each output of rows in the plan.
    rows: Vec<Vec<u8>>,
    /// The document, where the plan has files about the whole run.
    imported: Option<Arc<Imported>>,
    time: Duration,
}

/// Imports `entries` to the folder `out`, as `plan` says. `watch` is told each outcome, in input order.
///
/// # Errors
/// Something cannot be written, another run writes to the folder, or the threads cannot be started.
pub fn run(
    importer: &impl Importer,
    entries: &[Entry],
    plan: Plan,
    out: &Path,
    options: Options,
    mut watch: impl FnMut(&Outcome) + Send,
) -> Result<Run, RunError> {
    let mut stopwatch = Stopwatch::start();
    let pool = in_order::pool(options.jobs)?;
    let names = document_names(entries);
    let _lock = FolderLock::take(out, options.wait)?;
    let folder = OutFolder::open(out, names.iter().flatten().map(String::as_str))?;
    let plan = Arc::new(plan);
    let mut files = folder.files(&plan)?;
    let mut run = Run::new(plan.catalog_infos());

    let desk = Desk {
        importer,
        plan: &plan,
        folder: &folder,
    };
    let work = |i: usize| desk.import_one(&entries[i], names[i].as_deref());
    in_order::run(&pool, entries.len(), work, Finished::bytes, |finished| {
        files.append(&finished.rows, finished.imported.as_ref())?;
        stopwatch.took(&finished.outcome.path, finished.time);
        watch(&finished.outcome);
        run.tally(&finished.tally);
        run.add(finished.outcome);
        Ok(())
    })?;

    let run = Arc::new(run);
    folder.place(files, &run)?;
    let mut run = Arc::unwrap_or_clone(run);
    if !options.no_timings {
        run.timings = Some(stopwatch.stop(run.counts.documents, pool.current_num_threads()));
    }
    folder.finish(plan.outputs(), &run)?;
    Ok(run)
}

/// The file name of each entry's document; none for those that were skipped. A file that fails
/// keeps its name, so that the names of the others do not depend on it.
fn document_names(entries: &[Entry]) -> Vec<Option<String>> {
    let mut names = DocumentNames::default();
    let name = |entry: &Entry| match entry {
        Entry::File(Found { shown, .. }) | Entry::Failed { shown, .. } => Some(names.next(shown)),
        Entry::Skipped { .. } => None,
    };
    entries.iter().map(name).collect()
}

/// What every thread of a batch works with.
struct Desk<'a, I> {
    importer: &'a I,
    plan: &'a Plan,
    folder: &'a OutFolder,
}

impl<I: Importer> Desk<'_, I> {
    fn import_one(&self, entry: &Entry, name: Option<&str>) -> Result<Finished, RunError> {
        let start = Instant::now();
        let mut finished = match entry {
            Entry::File(found) => self.import_file(found, name.unwrap_or_default())?,
            Entry::Failed { shown, error } => Finished::failed(shown, None, error.clone()),
            Entry::Skipped { shown, reason } => {
                Finished::of(Outcome::skipped(shown, reason.name(), reason.to_string()))
            }
        };
        finished.time = start.elapsed();
        Ok(finished)
    }

    fn import_file(&self, found: &Found, name: &str) -> Result<Finished, RunError> {
        let source = match isolate::isolated(|| self.importer.read(found)) {
            Ok(source) => source,
            Err(error) => return Ok(Finished::failed(&found.shown, None, error)),
        };
        let made = isolate::isolated(|| {
            let (document, json) = self.importer.import_json(&source)?;
            let imported = Imported {
                file: format!("{DOCUMENTS}/{name}"),
                document: with_rows(document)?,
            };
            Ok((Finished::imported(&found.shown, imported, self.plan), json))
        });
        match made {
            Ok((finished, json)) => {
                self.folder.write_document(name, &json)?;
                Ok(finished)
            }
            Err(error) => {
                let sha256 = crate::pipeline::sha256(&source.bytes);
                Ok(Finished::failed(&found.shown, Some(sha256), error))
            }
        }
    }
}

/// A document without rows is a failure, whatever stage lost them: never "0 rows, imported".
fn with_rows(document: Document) -> Result<Document, FileError> {
    if !document.rows.is_empty() {
        return Ok(document);
    }
    Err(FileError::new(
        Failure::NoTable,
        "no row of a checklist was found in it",
        "check that it is a filled-in sheet; `torikomi inspect` shows what each stage made of it",
    ))
}

impl Finished {
    fn of(outcome: Outcome) -> Self {
        Finished {
            outcome,
            tally: Tally::default(),
            rows: Vec::new(),
            imported: None,
            time: Duration::ZERO,
        }
    }

    fn imported(shown: &str, imported: Imported, plan: &Plan) -> Self {
        let (file, document) = (&imported.file, &imported.document);
        Finished {
            tally: Tally::of(document),
            rows: pieces(&imported.rows(), plan),
            outcome: Outcome::imported(shown, file, document),
            imported: plan.has_run_files().then(|| Arc::new(imported)),
            time: Duration::ZERO,
        }
    }

    /// About how many bytes it holds.
    fn bytes(&self) -> usize {
        let pieces: usize = self.rows.iter().map(Vec::len).sum();
        let rows = self.imported.as_ref().map_or(0, |i| i.document.rows.len());
        pieces + rows * BYTES_PER_ROW
    }

    fn failed(shown: &str, sha256: Option<String>, error: FileError) -> Self {
        Finished::of(Outcome::failed(shown, sha256, error))
    }
}

#[cfg(test)]
mod tests;
