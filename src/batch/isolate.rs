use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};

use crate::error::{Failure, FileError};

thread_local! {
    /// Whether this thread is at work on a document.
    static ISOLATED: Cell<bool> = const { Cell::new(false) };
    /// Where the last panic of this thread began.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Does one document's work; a panic in it is that document's error.
///
/// The work must leave nothing half-changed that outlives it: the stages share only what they
/// read.
pub(super) fn isolated<T>(work: impl FnOnce() -> Result<T, FileError>) -> Result<T, FileError> {
    ISOLATED.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    ISOLATED.set(false);
    result.unwrap_or_else(|panic| Err(internal(panic.as_ref())))
}

/// Keeps panics on documents from printing: each is reported as its document's error, with the
/// place in the source where it began. Other panics print as before. For programs to call once,
/// at their start.
pub fn keep_panics_quiet() {
    let others = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if ISOLATED.get() {
            let place = info.location().map(ToString::to_string);
            PLACE.with_borrow_mut(|p| *p = place);
        } else {
            others(info);
        }
    }));
}

fn internal(panic: &(dyn Any + Send)) -> FileError {
    let said = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    let place = PLACE.take().map(|p| format!(" ({p})")).unwrap_or_default();
    FileError::new(
        Failure::Internal,
        format!("torikomi failed on this file: {said}{place}"),
        "this is a defect of torikomi, not of the file: please report it with this message",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_that_says_what_it_said() {
        let number = 7;
        let error = isolated::<()>(|| panic!("row {number} is odd")).unwrap_err();
        assert_eq!(error.reason, Failure::Internal);
        assert!(error.message.contains("row 7 is odd"), "{}", error.message);
        assert!(!ISOLATED.get());
    }

    #[test]
    fn results_pass_through() {
        assert_eq!(isolated(|| Ok(3)).ok(), Some(3));
        let error = FileError::new(Failure::Empty, "what", "do");
        assert_eq!(isolated::<()>(|| Err(error.clone())), Err(error));
    }
}
