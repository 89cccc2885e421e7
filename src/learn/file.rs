use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::line::Line;
use crate::error::RunError;
use crate::model::DataError;

/// The file's name where only its folder is known.
pub const FILE_NAME: &str = "learned.jsonl";

/// `learned.jsonl`: one line of JSON for each thing learned, sorted by wording.
#[derive(Debug, Clone)]
pub struct LearnedFile {
    path: PathBuf,
}

impl LearnedFile {
    /// The file at a path; it may not be there yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        LearnedFile { path: path.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its lines; none when it is not there.
    ///
    /// # Errors
    /// It cannot be read; every line that is none, with its number.
    pub fn read(&self) -> Result<Vec<Line>, RunError> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(self.failed("read what was learned", e)),
        };
        parse(&self.path.display().to_string(), &text).map_err(RunError::Data)
    }

    /// Changes its lines. Another process that wants to do the same waits; readers see the lines
    /// from before or from after.
    ///
    /// # Errors
    /// It cannot be read or written, or `change` fails; it is as before then.
    pub fn change<T>(
        &self,
        change: impl FnOnce(&mut Vec<Line>) -> Result<T, RunError>,
    ) -> Result<T, RunError> {
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let failed = |e| self.failed("write what is learned", e);
        fs::create_dir_all(folder).map_err(failed)?;
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let lock = File::create(folder.join(format!(".{name}.lock"))).map_err(failed)?;
        lock.lock().map_err(failed)?;
        let mut lines = self.read()?;
        let before = lines.clone();
        let done = change(&mut lines)?;
        sort(&mut lines);
        if lines != before {
            let temporary = folder.join(format!(".{name}.torikomi-tmp"));
            self.replace(&temporary, &lines).map_err(|e| {
                let _ = fs::remove_file(&temporary);
                failed(e)
            })?;
        }
        Ok(done)
    }

    fn replace(&self, temporary: &Path, lines: &[Line]) -> io::Result<()> {
        let mut file = File::create(temporary)?;
        file.write_all(&to_bytes(lines))?;
        file.sync_all()?;
        fs::rename(temporary, &self.path)
    }

    fn failed(&self, action: &'static str, source: io::Error) -> RunError {
        RunError::Io {
            path: self.path.display().to_string(),
            action,
            source,
        }
    }
}

/// Reads lines; those that were written by hand get their IDs.
pub(super) fn parse(file: &str, text: &str) -> Result<Vec<Line>, Vec<DataError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for (number, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Line>(text) {
            Ok(line) => match fault(&line) {
                Some(fault) => faults.push(DataError::at(file, number, fault)),
                None if line.id.is_empty() => lines.push(line.named()),
                None => lines.push(line),
            },
            Err(e) => faults.push(DataError::at(file, number, e.to_string())),
        }
    }
    let mut seen = std::collections::HashSet::new();
    lines.retain(|l| seen.insert(l.id.clone()));
    if faults.is_empty() {
        sort(&mut lines);
        Ok(lines)
    } else {
        Err(faults)
    }
}

fn fault(line: &Line) -> Option<&'static str> {
    let wording = line.wording();
    let item_is_empty = line.item_id.as_ref().is_some_and(|i| i.trim().is_empty());
    match () {
        () if wording.name.is_empty() && wording.description.is_empty() => {
            Some("neither a name nor a description; remove the line")
        }
        () if item_is_empty => Some("item_id is empty; give an item, or null for none"),
        () => None,
    }
}

/// In the order of their wordings, whoever learned them first.
fn sort(lines: &mut [Line]) {
    lines.sort_by_cached_key(|l| (l.wording(), l.item_id.clone(), l.id.clone()));
}

pub(super) fn to_bytes(lines: &[Line]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in lines {
        // Writing to memory cannot fail.
        let _ = serde_json::to_writer(&mut bytes, line);
        bytes.push(b'\n');
    }
    bytes
}
