//! Whether files are read in worker processes, and under which limits.

use std::num::NonZeroUsize;

use torikomi::config::BatchConfig;
use torikomi::discover::Entry;
use torikomi::error::RunError;
#[cfg(unix)]
use torikomi::pipeline::Engine;
use torikomi::pipeline::Snapshot;

use crate::args::IsolationArgs;

/// Where files are read.
pub enum Isolation {
    /// In worker processes.
    #[cfg(unix)]
    On(torikomi::batch::workers::Limits),
    /// In this process.
    Off,
}

#[cfg(unix)]
pub use torikomi::batch::workers::Workers;

#[cfg(not(unix))]
pub use none::Workers;

impl Isolation {
    /// What flags and settings say; flags win.
    ///
    /// # Errors
    /// It is asked for where there is none, or limits are set that nothing would hold.
    pub fn of(args: &IsolationArgs, config: &BatchConfig) -> Result<Self, RunError> {
        let said = match (args.isolate, args.no_isolate) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => config.isolate,
        };
        let limited = args.max_memory.is_some() || args.timeout.is_some();
        if limited && !said.unwrap_or(cfg!(unix)) {
            return Err(RunError::Usage(
                "--max-memory and --timeout are limits of worker processes: leave them out, or \
                 use --isolate"
                    .to_owned(),
            ));
        }
        Self::here(said, args, config)
    }

    #[cfg(unix)]
    fn here(
        said: Option<bool>,
        args: &IsolationArgs,
        config: &BatchConfig,
    ) -> Result<Self, RunError> {
        if said == Some(false) {
            return Ok(Isolation::Off);
        }
        Ok(Isolation::On(torikomi::batch::workers::Limits {
            max_memory: args.max_memory.or(config.max_memory),
            timeout: args.timeout.or(config.timeout),
        }))
    }

    #[cfg(not(unix))]
    fn here(said: Option<bool>, _: &IsolationArgs, _: &BatchConfig) -> Result<Self, RunError> {
        match said {
            Some(true) => Err(RunError::Usage(
                "--isolate: files are read without worker processes on this system; leave it out"
                    .to_owned(),
            )),
            _ => Ok(Isolation::Off),
        }
    }

    /// Starts the workers for `entries`; none where files are read in this process.
    ///
    /// # Errors
    /// They cannot be started, or the data files have faults.
    #[cfg(unix)]
    pub fn start(
        self,
        snapshot: &Snapshot,
        max_file_bytes: u64,
        jobs: Option<NonZeroUsize>,
        entries: &[Entry],
    ) -> Result<Option<Workers>, RunError> {
        let Isolation::On(limits) = self else {
            return Ok(None);
        };
        let processors = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let files = entries.iter().filter(|e| matches!(e, Entry::File(_)));
        let workers = Workers::start(
            &program()?,
            snapshot.clone(),
            max_file_bytes,
            limits,
            jobs.unwrap_or_else(processors),
            files.count(),
        )?;
        if let Err(error) = workers.check() {
            // Faults of the data files are told better by who has the files.
            Engine::load(snapshot.clone())?;
            return Err(error);
        }
        Ok(Some(workers))
    }

    /// There are none here.
    ///
    /// # Errors
    /// None.
    #[cfg(not(unix))]
    pub fn start(
        self,
        _: &Snapshot,
        _: u64,
        _: Option<NonZeroUsize>,
        _: &[Entry],
    ) -> Result<Option<Workers>, RunError> {
        Ok(None)
    }
}

/// This program: on Linux the very file that is running, even where another was installed in its
/// place meanwhile.
#[cfg(unix)]
fn program() -> Result<std::path::PathBuf, RunError> {
    let running = std::path::Path::new("/proc/self/exe");
    if running.exists() {
        return Ok(running.to_owned());
    }
    std::env::current_exe().map_err(|source| RunError::Io {
        path: "torikomi".to_owned(),
        action: "find the program to start workers with (--no-isolate needs none)",
        source,
    })
}

/// A system without workers.
#[cfg(not(unix))]
mod none {
    use torikomi::batch::Importer;
    use torikomi::discover::Found;
    use torikomi::error::FileError;
    use torikomi::model::{Document, Source};

    /// There are none.
    pub enum Workers {}

    impl Importer for Workers {
        fn read(&self, _: &Found) -> Result<Source, FileError> {
            match *self {}
        }

        fn import(&self, _: &Source) -> Result<Document, FileError> {
            match *self {}
        }
    }
}
