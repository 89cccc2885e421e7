//! What to import: the paths given, those of a list, and none of what an import wrote.

use std::fs::File;
use std::path::{Path, PathBuf};

use torikomi::discover::{Entry, SkipReason, discover, file_list};
use torikomi::error::RunError;
use torikomi::write::is_output;

/// Standard input as a file name, and the list as a path.
const DASH: &str = "-";

/// The paths given, and those of the list: where `-` stands among the paths, else after them.
///
/// # Errors
/// The list cannot be read, or `-` is given without one.
pub fn paths(given: Vec<PathBuf>, list: Option<&Path>) -> Result<Vec<PathBuf>, RunError> {
    let at = given.iter().position(|p| p == Path::new(DASH));
    let Some(list) = list else {
        return match at {
            None => Ok(given),
            Some(_) => Err(RunError::Usage(
                "`-` stands for the list given with --files-from: to read the list from \
                 standard input use `--files-from -`"
                    .to_owned(),
            )),
        };
    };
    let listed = read(list)?;
    let at = at.unwrap_or(given.len());
    let (before, after) = given.split_at(at);
    let after = after.iter().filter(|p| *p != Path::new(DASH));
    let all = before.iter().cloned().chain(listed).chain(after.cloned());
    let all: Vec<PathBuf> = all.collect();
    if all.is_empty() {
        let list = list.display();
        return Err(RunError::Usage(format!(
            "{list}: the list of files is empty"
        )));
    }
    Ok(all)
}

fn read(list: &Path) -> Result<Vec<PathBuf>, RunError> {
    if list == Path::new(DASH) {
        return file_list(std::io::stdin().lock(), "standard input");
    }
    let name = list.display().to_string();
    match File::open(list) {
        Ok(file) => file_list(file, &name),
        Err(source) => Err(RunError::Io {
            path: name,
            action: "read the list of files",
            source,
        }),
    }
}

/// What there is to import.
///
/// `discover` passes the out folder over where it lies inside a folder that is imported. Where the
/// two are the same, or sheets lie below the out folder, what earlier runs wrote is passed over
/// here, file by file; a file that is itself named is kept.
///
/// # Errors
/// There is nothing to import.
pub fn entries(paths: &[PathBuf], out: &Path) -> Result<Vec<Entry>, RunError> {
    let mut entries = discover(paths, Some(out))?;
    let Ok(out) = out.canonicalize() else {
        return Ok(entries); // Nothing was written yet.
    };
    let named: Vec<PathBuf> = paths.iter().filter_map(|p| p.canonicalize().ok()).collect();
    if !named.iter().any(|path| path.starts_with(&out)) {
        return Ok(entries);
    }
    for entry in &mut entries {
        let Entry::File(found) = entry else { continue };
        let Ok(path) = found.path.canonicalize() else {
            continue;
        };
        if is_output(&out, &path) && !named.contains(&path) {
            *entry = Entry::Skipped {
                shown: found.shown.clone(),
                reason: SkipReason::OwnOutput,
            };
        }
    }
    if entries.iter().all(|e| matches!(e, Entry::Skipped { .. })) {
        let out = out.display();
        return Err(RunError::Usage(format!(
            "{out}: no file to import, only what earlier runs wrote there"
        )));
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_needs_a_list() {
        assert!(matches!(
            paths(vec!["-".into()], None),
            Err(RunError::Usage(_))
        ));
    }
}
