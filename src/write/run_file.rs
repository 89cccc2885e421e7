use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use super::{FlatRow, Plan, Run};
use crate::config::Output;
use crate::model::Document;

/// How many documents may wait for the thread that writes a file.
const WAITING: usize = 16;

/// A document that was imported, and the file that holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// Relative to the out folder.
    pub file: String,
    /// What an import made of it.
    pub document: Document,
}

impl Imported {
    /// Its rows with everything that an analyst needs beside them.
    pub fn rows(&self) -> Vec<FlatRow<'_>> {
        FlatRow::all(&self.document, &self.file)
    }
}

/// A file about the whole run.
///
/// It is begun under a temporary path, takes the documents in input order and is whole once it was
/// told the account of the run. What it holds depends on nothing else: not on threads, not on the
/// clock. It is written on a thread of its own, so that no import waits for it.
pub trait RunFile: Send {
    /// Takes the next document.
    ///
    /// # Errors
    /// It cannot be written.
    fn add(&mut self, imported: &Imported) -> io::Result<()>;

    /// Everything was taken; `run` is complete but for its timings. Leaves a whole file.
    ///
    /// # Errors
    /// It cannot be written.
    fn finish(self: Box<Self>, run: &Run) -> io::Result<()>;
}

/// Begins a file about the run under a path.
pub(super) type Begin = fn(&Path, &Arc<Plan>) -> io::Result<Box<dyn RunFile>>;

/// A file about the run, under way on its own thread.
#[derive(Debug)]
pub(super) struct Writer {
    sender: SyncSender<Step>,
    thread: JoinHandle<io::Result<()>>,
}

enum Step {
    Add(Arc<Imported>),
    Finish(Arc<Run>),
}

impl Writer {
    /// Begins the file under `path`.
    pub(super) fn begin(
        output: Output,
        begin: Begin,
        path: &Path,
        plan: &Arc<Plan>,
    ) -> io::Result<Self> {
        let file = begin(path, plan)?;
        let (sender, receiver) = sync_channel(WAITING);
        let name = format!("write-{}", output.name());
        let thread = std::thread::Builder::new().name(name);
        Ok(Writer {
            sender,
            thread: thread.spawn(|| write(file, receiver))?,
        })
    }

    /// Hands the next document over. That the thread has given up is said at the end.
    pub(super) fn add(&self, imported: &Arc<Imported>) {
        let _ = self.sender.send(Step::Add(Arc::clone(imported)));
    }

    /// Says that everything was handed over. To be called for all files before the first is
    /// waited for, so that they are finished side by side.
    pub(super) fn close(&self, run: &Arc<Run>) {
        let _ = self.sender.send(Step::Finish(Arc::clone(run)));
    }

    /// Waits until the file is whole.
    pub(super) fn wait(self) -> io::Result<()> {
        drop(self.sender);
        let panicked = |_| Err(io::Error::other("a defect of torikomi stopped the writing"));
        self.thread.join().unwrap_or_else(panicked)
    }
}

fn write(mut file: Box<dyn RunFile>, steps: Receiver<Step>) -> io::Result<()> {
    for step in steps {
        match step {
            Step::Add(imported) => file.add(&imported)?,
            Step::Finish(run) => return file.finish(&run),
        }
    }
    // The run was given up: the temporary file is removed by whoever began it.
    Ok(())
}
