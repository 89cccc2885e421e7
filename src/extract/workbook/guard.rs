//! Keeps a panic inside a foreign reader from reaching the caller.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Failure, FileError};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is inside a guarded call.
///
/// A panic in there becomes a [`FileError`], but the process's panic hook still runs first. A
/// program that does not want the hook's message on its standard error asks this from its hook.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Runs a foreign reader; a panic in it means that the file is not what the reader expects.
///
/// # Errors
/// What the reader returns, or [`Failure::Corrupt`] when it panics.
pub fn guarded<T>(read: impl FnOnce() -> Result<T, FileError>) -> Result<T, FileError> {
    let makes_no_sense = || {
        FileError::new(
            Failure::Corrupt,
            "the workbook's structure makes no sense to its reader",
            "open it in a spreadsheet program, save it as .xlsx and import that",
        )
    };
    guarded_by(makes_no_sense, read)
}

/// The same with an error of the caller's for a panic.
///
/// # Errors
/// What the reader returns, or `error` when it panics.
pub fn guarded_by<T>(
    error: impl FnOnce() -> FileError,
    read: impl FnOnce() -> Result<T, FileError>,
) -> Result<T, FileError> {
    let before = GUARDED.replace(true);
    // What `read` borrows is dropped or not used again after a panic.
    let result = catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(before);
    result.unwrap_or_else(|_| Err(error()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error() {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !is_guarded() {
                hook(info);
            }
        }));
        let error = guarded::<()>(|| panic!("index out of bounds")).expect_err("caught");
        assert_eq!(error.reason, Failure::Corrupt);
        assert!(!is_guarded());
        assert_eq!(guarded(|| Ok(is_guarded())), Ok(true));
    }
}
