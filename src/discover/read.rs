//! Files to bytes.

use std::fs::{self, File};
use std::io::{self, Read};

use super::{Found, skip};
use crate::error::{Failure, FileError};
use crate::model::Source;

/// Reads a file that [`super::discover`] found, if it has at most `max_bytes` bytes.
///
/// # Errors
/// It is gone, may not be read, is no longer a regular file, or is too large (also when it grows
/// while it is read).
pub fn read(found: &Found, max_bytes: u64) -> Result<Source, FileError> {
    let meta = fs::metadata(&found.path).map_err(|e| unreadable(&e))?;
    if !meta.is_file() {
        return Err(FileError::new(
            Failure::Unreadable,
            format!("{}, not a file", skip::kind_of(&meta)),
            "save its content to a file and import that",
        ));
    }
    if meta.len() > max_bytes {
        return Err(FileError::too_large(meta.len(), max_bytes));
    }
    let file = File::open(&found.path).map_err(|e| unreadable(&e))?;
    let mut bytes = Vec::with_capacity(meta.len() as usize + 1);
    file.take(max_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| unreadable(&e))?;
    if bytes.len() as u64 > max_bytes {
        return Err(FileError::too_large(bytes.len() as u64, max_bytes));
    }
    Ok(Source {
        path: found.shown.clone(),
        bytes,
    })
}

/// The error for what the system does not let through, with what to do.
pub(super) fn unreadable(error: &io::Error) -> FileError {
    let (message, hint) = match error.kind() {
        io::ErrorKind::NotFound => (
            "no such file or folder, or a link to nothing".to_owned(),
            "check the path",
        ),
        io::ErrorKind::PermissionDenied => (
            "no permission to read it".to_owned(),
            "give the user who runs the import read permission, or copy the file",
        ),
        io::ErrorKind::NotADirectory => (
            "a part of the path is a file, not a folder".to_owned(),
            "check the path",
        ),
        _ => (
            error.to_string(),
            "check the disk or network drive it is on, and try again",
        ),
    };
    FileError::new(Failure::Unreadable, message, hint)
}
