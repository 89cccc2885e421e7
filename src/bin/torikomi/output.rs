//! What a command makes, to a file or to standard output.

use std::fs;
use std::path::Path;

use torikomi::error::RunError;

use crate::terminal::Terminal;

/// Writes to the file, which appears only once it is whole, or prints.
///
/// # Errors
/// It cannot be written.
pub fn write(bytes: &[u8], file: Option<&Path>, terminal: &Terminal) -> Result<(), RunError> {
    let Some(path) = file else {
        return terminal.print(bytes);
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.torikomi-tmp"));
    let written = fs::write(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|source| {
        let _ = fs::remove_file(&temporary);
        RunError::Io {
            path: path.display().to_string(),
            action: "write",
            source,
        }
    })
}

/// A tab-separated line.
pub fn push_line(text: &mut String, fields: &[&str]) {
    let fields: Vec<String> = fields
        .iter()
        .map(|f| f.replace(['\t', '\n', '\r'], " "))
        .collect();
    text.push_str(&fields.join("\t"));
    text.push('\n');
}
