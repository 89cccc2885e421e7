use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use super::death::Death;
use super::process::Worker;
use super::{Hello, Limits, Task, frame, json};
use crate::batch::Importer;
use crate::discover::{self, Found};
use crate::error::{FileError, RunError};
use crate::model::{Document, Source};
use crate::pipeline::Snapshot;

/// Threads of one worker, at most: more would not make one file faster.
const MOST_THREADS: usize = 8;

/// Reads files from the disk and has worker processes take them through all stages: one worker for
/// each thread of the batch, used for many files.
pub struct Workers {
    program: PathBuf,
    /// What each is told first.
    hello: Vec<u8>,
    limits: Limits,
    max_file_bytes: u64,
    /// Those that have nothing to do.
    idle: Mutex<Vec<Worker>>,
    /// Held to write by one that wants to be alone.
    others: RwLock<()>,
    /// How many there are at once.
    count: usize,
}

impl Workers {
    /// Starts `jobs` workers (fewer where there are fewer `files`), and does not wait for them.
    /// Each is `program worker`: what that calls is [`super::serve`].
    ///
    /// # Errors
    /// The system lets no process be started.
    pub fn start(
        program: &Path,
        snapshot: Snapshot,
        max_file_bytes: u64,
        limits: Limits,
        jobs: NonZeroUsize,
        files: usize,
    ) -> Result<Self, RunError> {
        let count = jobs.get().min(files).max(1);
        let hello = Hello {
            parent: std::process::id(),
            threads: (jobs.get() / count).clamp(1, MOST_THREADS),
            memory: limits.memory(0),
            most_memory: limits.memory(max_file_bytes),
            snapshot,
        };
        let workers = Workers {
            program: program.to_owned(),
            hello: json(&hello),
            limits,
            max_file_bytes,
            idle: Mutex::default(),
            others: RwLock::new(()),
            count,
        };
        for _ in 0..count {
            let worker = workers.fresh().map_err(|death| unstarted(&death))?;
            workers.idle().push(worker);
        }
        Ok(workers)
    }

    /// Waits until a worker has loaded.
    ///
    /// # Errors
    /// It cannot.
    pub fn check(&self) -> Result<(), RunError> {
        let first = self.idle().pop();
        if let Some(mut first) = first {
            first.ready().map_err(|death| unstarted(&death))?;
            self.idle().push(first);
        }
        Ok(())
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fresh(&self) -> Result<Worker, Death> {
        Worker::start(&self.program, &self.hello, self.limits.memory(0))
            .map_err(|e| Death::Unstarted(e.to_string()))
    }

    /// One that has nothing to do, or a new one. Idle ones that died meanwhile cost nothing.
    fn any(&self) -> Result<Worker, Death> {
        loop {
            let idle = self.idle().pop();
            let Some(mut worker) = idle else {
                return self.fresh();
            };
            if worker.is_alive() {
                return Ok(worker);
            }
        }
    }

    /// Has a worker read the file.
    fn attempt(&self, mut worker: Worker, source: &Source, attempt: u32) -> Result<Answer, Death> {
        worker.ready()?;
        let size = source.bytes.len();
        let (memory, time) = (
            self.limits.memory(size as u64),
            self.limits.time(size as u64),
        );
        let path = source.path.clone();
        let task = json(&Task {
            path,
            memory,
            attempt,
        });
        let heads = [
            frame::head(frame::TASK, task.len()),
            frame::head(frame::BYTES, size),
        ];
        let message: [&[u8]; 4] = [&heads[0], &task, &heads[1], &source.bytes];
        let (kind, answer) = worker.ask(&message, memory, time)?;
        let answer = read_answer(kind, answer, source).ok_or_else(nonsense)?;
        self.idle().push(worker);
        Ok(answer)
    }

    /// The first try, beside the others; and whether a second could tell anything new. Where it was
    /// alone in a fresh worker and ran into a limit, it could not.
    fn first(&self, source: &Source) -> Result<Answer, (Death, bool)> {
        let _beside = self.others.read().unwrap_or_else(PoisonError::into_inner);
        let worker = self.any().map_err(|death| (death, true))?;
        let (fresh, alone) = (worker.is_fresh(), self.count == 1);
        self.attempt(worker, source, 1).map_err(|death| {
            let new = match death {
                Death::TimedOut(_) => !(fresh && alone),
                Death::OutOfMemory(_) => !fresh,
                Death::Crashed(_) | Death::Unstarted(_) => true,
            };
            (death, new)
        })
    }

    fn second(&self, source: &Source) -> Result<Answer, Death> {
        let _alone = self.others.write().unwrap_or_else(PoisonError::into_inner);
        self.attempt(self.fresh()?, source, 2)
    }
}

impl Importer for Workers {
    fn read(&self, found: &Found) -> Result<Source, FileError> {
        discover::read(found, self.max_file_bytes)
    }

    fn import(&self, source: &Source) -> Result<Document, FileError> {
        self.import_json(source).map(|(document, _)| document)
    }

    fn import_json(&self, source: &Source) -> Result<(Document, Vec<u8>), FileError> {
        let answer = match self.first(source) {
            Err((_, true)) => self.second(source),
            Err((death, false)) => Err(death),
            Ok(answer) => Ok(answer),
        };
        answer.unwrap_or_else(|death| Err(death.error()))
    }
}

/// What a worker says of a file: its document, with its JSON, or its error.
type Answer = Result<(Document, Vec<u8>), FileError>;

/// None where it makes no sense, or is about another file.
fn read_answer(kind: u8, answer: Vec<u8>, source: &Source) -> Option<Answer> {
    match kind {
        frame::DOCUMENT => {
            let document: Document = serde_json::from_slice(&answer).ok()?;
            let of = &document.source;
            let same = of.path == source.path && of.bytes == source.bytes.len() as u64;
            same.then_some(Ok((document, answer)))
        }
        frame::FAILED => serde_json::from_slice(&answer).ok().map(Err),
        _ => None,
    }
}

fn nonsense() -> Death {
    Death::Crashed("its answer makes no sense".to_owned())
}

fn unstarted(death: &Death) -> RunError {
    let why = match death {
        Death::Unstarted(why) => why.clone(),
        other => other.clone().error().message,
    };
    RunError::Usage(format!(
        "cannot start a process to read files in: {why}; --no-isolate reads them in this one"
    ))
}
