//! Lists of paths, as `--files-from` takes them.

use std::io::Read;
use std::path::PathBuf;

use crate::error::RunError;

/// Reads a list of paths: one on each line, or separated by NUL (as `find -print0` writes them).
/// Blank lines are left out; white space within a line belongs to the path. `name` is what the
/// list is called in messages.
///
/// # Errors
/// The list cannot be read, or (where paths are Unicode) is not UTF-8.
pub fn file_list(mut reader: impl Read, name: &str) -> Result<Vec<PathBuf>, RunError> {
    let mut bytes = Vec::new();
    let io = |source| RunError::Io {
        path: name.to_owned(),
        action: "read the list of files",
        source,
    };
    reader.read_to_end(&mut bytes).map_err(io)?;
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let separator = if body.contains(&0) { 0 } else { b'\n' };
    let mut paths = Vec::new();
    for (number, raw) in body.split(|&b| b == separator).enumerate() {
        let line = match separator {
            0 => raw,
            _ => raw.strip_suffix(b"\r").unwrap_or(raw),
        };
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        paths.push(path(line).ok_or_else(|| {
            RunError::Usage(format!(
                "{name}, line {}: the path is not UTF-8; save the list as UTF-8",
                number + 1
            ))
        })?);
    }
    Ok(paths)
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    Some(PathBuf::from(std::ffi::OsStr::from_bytes(bytes)))
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> Option<PathBuf> {
    std::str::from_utf8(bytes).ok().map(PathBuf::from)
}
