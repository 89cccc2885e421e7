//! Errors, in four levels that are never mixed:
//!
//! - what stops the run: [`RunError`];
//! - what fails one file: [`FileError`]. It colours the exit code; it never stops the others;
//! - what is worth telling about a place in a file: [`crate::model::Warning`];
//! - why a row needs a look: [`crate::model::Reason`].
//!
//! A message reads "path, place, what, what to do".

use std::fmt;
use std::io::ErrorKind;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::DataError;

/// Why a file failed. A closed list; the names are those of `run.json`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The file could not be opened or read.
    Unreadable,
    /// No extractor reads this format.
    Unsupported,
    /// It needs a password.
    Encrypted,
    /// It is damaged, or not what its first bytes say.
    Corrupt,
    /// It exceeds a limit.
    TooLarge,
    /// It holds nothing at all.
    Empty,
    /// It was read, but no checklist is in it.
    NoTable,
    /// Its pages are images.
    NoTextLayer,
    /// It took too long.
    TimedOut,
    /// Reading it takes more memory than is allowed.
    OutOfMemory,
    /// The process that read it died.
    Crashed,
    /// A defect of torikomi.
    Internal,
}

impl Failure {
    /// The name used in `run.json`.
    pub fn name(self) -> &'static str {
        match self {
            Failure::Unreadable => "unreadable",
            Failure::Unsupported => "unsupported",
            Failure::Encrypted => "encrypted",
            Failure::Corrupt => "corrupt",
            Failure::TooLarge => "too_large",
            Failure::Empty => "empty",
            Failure::NoTable => "no_table",
            Failure::NoTextLayer => "no_text_layer",
            Failure::TimedOut => "timed_out",
            Failure::OutOfMemory => "out_of_memory",
            Failure::Crashed => "crashed",
            Failure::Internal => "internal",
        }
    }
}

/// One file that could not be imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileError {
    /// Why.
    pub reason: Failure,
    /// Where in the file; null when it is the file as a whole.
    pub place: Option<String>,
    /// What was found.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl FileError {
    /// An error about a whole file.
    pub fn new(reason: Failure, message: impl Into<String>, hint: impl Into<String>) -> Self {
        FileError {
            reason,
            place: None,
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// The error for a file of `size` bytes where at most `limit` are read.
    pub fn too_large(size: u64, limit: u64) -> Self {
        FileError::new(
            Failure::TooLarge,
            format!("{size} bytes, more than the {limit} that are read"),
            "split the file, or raise max-file-bytes in torikomi.toml",
        )
    }

    /// The same error, about a place in the file.
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(
            f,
            "{}: {} ({})",
            self.reason.name(),
            self.message,
            self.hint
        )
    }
}

impl std::error::Error for FileError {}

/// What stops a run before or while it writes (exit code 2).
#[derive(Debug)]
pub enum RunError {
    /// Arguments or configuration that make no sense.
    Usage(String),
    /// Data files (catalogs, marks …) that cannot be used; every fault found, not the first.
    Data(Vec<DataError>),
    /// Something outside a single document could not be read or written.
    Io {
        /// The file or folder.
        path: String,
        /// What was tried.
        action: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Usage(message) => f.write_str(message),
            RunError::Data(errors) => {
                for (i, error) in errors.iter().enumerate() {
                    if i > 0 {
                        writeln!(f)?;
                    }
                    write!(f, "{error}")?;
                }
                Ok(())
            }
            RunError::Io {
                path,
                action,
                source,
            } => {
                write!(f, "{path}: cannot {action}: {source}")?;
                match remedy(source.kind()) {
                    Some(remedy) => write!(f, " ({remedy})"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl std::error::Error for RunError {}

/// What to do about a fault of the file system.
fn remedy(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "check the path",
        ErrorKind::PermissionDenied => "check its permissions, or name another place",
        ErrorKind::ReadOnlyFilesystem => "name another place",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "free some space and run again",
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            "a file stands where a folder is needed: name another place, or move the file away"
        }
        ErrorKind::IsADirectory => "a folder stands there: move it away, or name another place",
        _ => return None,
    })
}
