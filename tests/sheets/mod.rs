//! The engine, and the files under `fixtures/`.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use torikomi::config::Config;
use torikomi::model::Source;
use torikomi::pipeline::Engine;

/// One engine for all tests of a program.
pub static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(Config::default()).expect("the built-in data files load"));

/// A path in the checkout.
pub fn checkout(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What is in a folder, sorted by name; empty when there is no such folder.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The golden cases: name (`FORMAT/TRAIT`) and folder.
pub fn cases() -> Vec<(String, PathBuf)> {
    let formats = entries(&checkout("fixtures/cases"));
    let folders = formats.iter().flat_map(|f| entries(f));
    let name = |p: &Path| p.file_name().unwrap().to_string_lossy().into_owned();
    let case = |p: PathBuf| (format!("{}/{}", name(p.parent().unwrap()), name(&p)), p);
    folders.map(case).collect()
}

/// The sheet of a case.
pub fn sheet_of(case: &Path) -> PathBuf {
    let is_sheet = |p: &PathBuf| p.file_stem().is_some_and(|s| s == "sheet");
    let mut sheets = entries(case).into_iter().filter(is_sheet);
    let sheet = sheets.next();
    assert!(sheets.next().is_none(), "two sheets in {}", case.display());
    sheet.unwrap_or_else(|| panic!("no sheet in {}", case.display()))
}

/// Every fixture: the received sheets, then those of the cases.
pub fn all() -> Vec<PathBuf> {
    let mut files = entries(&checkout("fixtures/sheets"));
    files.extend(cases().iter().map(|(_, folder)| sheet_of(folder)));
    assert!(files.len() > 100, "the fixtures are there");
    files
}

/// A file as the engine takes it, named by its file name alone.
pub fn source(path: &Path) -> Source {
    Source {
        path: path.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: fs::read(path).unwrap(),
    }
}
