//! What in a folder is no document.

use std::ffi::OsStr;
use std::fmt;
use std::fs::Metadata;

/// Files that systems leave in folders.
const SYSTEM_FILES: [&str; 3] = ["thumbs.db", "desktop.ini", "ehthumbs.db"];

/// Why something was not taken. A closed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkipReason {
    /// A file or folder whose name begins with a dot.
    Hidden,
    /// What Excel or Word leaves beside a file that is open (`~$name.xlsx`).
    LockFile,
    /// What a system leaves in folders (`Thumbs.db`, `desktop.ini`).
    SystemFile,
    /// A pipe, a socket or a device; which, in words.
    NotAFile(&'static str),
    /// A link to a folder that holds it.
    Loop {
        /// That folder.
        first: String,
    },
    /// A file that was reached before.
    Repeated {
        /// How it was reached then.
        first: String,
    },
    /// The folder this run writes to.
    OwnOutput,
    /// A folder that holds no file to import.
    NoFileInside,
}

impl SkipReason {
    /// The name used in `run.json`.
    pub fn name(&self) -> &'static str {
        match self {
            SkipReason::Hidden => "hidden",
            SkipReason::LockFile => "lock_file",
            SkipReason::SystemFile => "system_file",
            SkipReason::NotAFile(_) => "not_a_file",
            SkipReason::Loop { .. } => "loop",
            SkipReason::Repeated { .. } => "repeated",
            SkipReason::OwnOutput => "own_output",
            SkipReason::NoFileInside => "no_file_inside",
        }
    }

    /// Whether it stands for files that were taken elsewhere.
    pub(super) fn is_repeat(&self) -> bool {
        matches!(self, SkipReason::Repeated { .. } | SkipReason::Loop { .. })
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SkipReason::Hidden => f.write_str("hidden (name it to import it)"),
            SkipReason::LockFile => {
                f.write_str("an Office lock file; the file it belongs to was open")
            }
            SkipReason::SystemFile => f.write_str("a system file"),
            SkipReason::NotAFile(what) => write!(f, "{what}, not a file"),
            SkipReason::Loop { first } => write!(f, "a link back to {first}"),
            SkipReason::Repeated { first } => write!(f, "the same file as {first}"),
            SkipReason::OwnOutput => f.write_str("the folder this run writes to"),
            SkipReason::NoFileInside => f.write_str("a folder without any file to import"),
        }
    }
}

/// Why a name in a folder is passed over, if it is.
pub(super) fn by_name(name: &OsStr) -> Option<SkipReason> {
    let bytes = name.as_encoded_bytes();
    if bytes.starts_with(b".") {
        return Some(SkipReason::Hidden);
    }
    if bytes.starts_with(b"~$") {
        return Some(SkipReason::LockFile);
    }
    SYSTEM_FILES
        .iter()
        .any(|system| name.eq_ignore_ascii_case(system))
        .then_some(SkipReason::SystemFile)
}

/// What something is that is neither file nor folder.
pub(super) fn kind_of(meta: &Metadata) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = meta.file_type();
        if kind.is_fifo() {
            return "a pipe (FIFO)";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_char_device() || kind.is_block_device() {
            return "a device";
        }
    }
    let _ = meta;
    "neither file nor folder"
}
