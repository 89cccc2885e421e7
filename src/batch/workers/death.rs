use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;

use crate::error::{Failure, FileError};

/// How Rust's standard library says that memory is denied, before it aborts.
const NO_MEMORY: &str = "memory allocation of ";

/// How it says that a stack is full, before it aborts.
const NO_STACK: &str = "has overflowed its stack";

/// Why a worker gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Death {
    /// It was stopped after so long.
    TimedOut(Duration),
    /// It asked for more memory than so many bytes.
    OutOfMemory(u64),
    /// It died of something else.
    Crashed(String),
    /// It could not be started.
    Unstarted(String),
}

impl Death {
    /// What the end of a worker that was allowed `memory` bytes, and what it printed, say.
    pub(super) fn of(status: ExitStatus, said: &str, memory: u64) -> Self {
        let aborted = status.signal().is_some();
        if aborted && said.lines().any(|line| line.starts_with(NO_MEMORY)) {
            return Death::OutOfMemory(memory);
        }
        Death::Crashed(match (status.signal(), status.code()) {
            (Some(_), _) if said.contains(NO_STACK) => {
                "what it holds is nested too deeply (the stack was full)".to_owned()
            }
            (Some(9), _) => {
                "the process was killed (signal 9), by a person or by a system short of memory"
                    .to_owned()
            }
            (Some(signal), _) => format!("the process died of signal {signal}"),
            (None, Some(code)) => format!("the process ended with code {code}"),
            (None, None) => "the process ended".to_owned(),
        })
    }

    /// The error of the file that the worker was at.
    pub(super) fn error(self) -> FileError {
        match self {
            Death::TimedOut(time) => FileError::new(
                Failure::TimedOut,
                format!("not read after {time:?}"),
                "raise --timeout if it is an honest file; if not, leave it out",
            ),
            Death::OutOfMemory(bytes) => FileError::new(
                Failure::OutOfMemory,
                format!("reading it takes more than {} MiB of memory", bytes >> 20),
                "raise --max-memory if it is an honest file, or split it; if not, leave it out",
            ),
            Death::Crashed(how) => FileError::new(
                Failure::Crashed,
                format!("the process that read it died: {how}"),
                "it was tried twice; save the file anew, or report it if it is an honest one",
            ),
            Death::Unstarted(why) => FileError::new(
                Failure::Crashed,
                format!("no process could be started to read it: {why}"),
                "run again with fewer --jobs, or with --no-isolate",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_death_is_told_from_the_signal_and_the_last_words() {
        const FULL: &str = "memory allocation of 16777216 bytes failed\n";
        const DEEP: &str = "\nthread 'main' (7) has overflowed its stack\nfatal runtime error\n";
        let (abort, kill, segv, code) = (6, 9, 11, 101 << 8);
        for (raw, said, expected) in [
            (abort, FULL, "out_of_memory: "),
            (abort, DEEP, "nested too deeply"),
            (segv, DEEP, "nested too deeply"),
            (abort, "", "signal 6"),
            (segv, "", "signal 11"),
            (kill, "", "killed (signal 9)"),
            (code, FULL, "code 101"),
            (code, "", "crashed: "),
        ] {
            let death = Death::of(ExitStatus::from_raw(raw), said, 512 << 20);
            let error = death.error().to_string();
            assert!(error.contains(expected), "{raw} {said}: {error}");
        }
    }
}
