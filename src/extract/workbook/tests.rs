//! The sheets of one list drawn in several formats say the same, where they stand beside the
//! checkout.

use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::testing::{read, tables};
use crate::config::ExtractConfig;
use crate::model::{Anchor, Format};

/// Folders that may stand beside the checkout, or be named.
fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("TORIKOMI_CORPUS").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    named.into_iter().chain([beside]).find(|p| p.is_dir())
}

fn format(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()? {
        "xlsx" => Some(Format::Xlsx),
        "xlsm" => Some(Format::Xlsm),
        "xlsb" => Some(Format::Xlsb),
        "xls" => Some(Format::Xls),
        "ods" => Some(Format::Ods),
        _ => None,
    }
}

/// Every cell of a workbook by sheet and place.
fn contents(path: &Path, format: Format) -> Vec<(String, u32, u32, u32, u32, String)> {
    let bytes = std::fs::read(path).expect("a readable file");
    let book = read(bytes, format, &ExtractConfig::default()).expect("a workbook");
    let mut cells = Vec::new();
    for table in tables(&book) {
        let Anchor::Sheet { top, left } = table.anchor else {
            panic!("a worksheet expected");
        };
        for cell in table.cells.iter().filter(|c| !c.text.is_empty()) {
            cells.push((
                table.sheet.as_deref().unwrap_or_default().to_owned(),
                top + cell.row,
                left + cell.col,
                cell.rows,
                cell.cols,
                // The siblings were drawn by programs that write widths differently.
                cell.text.nfkc().collect(),
            ));
        }
    }
    cells
}

#[test]
fn siblings_of_other_formats_hold_the_same_cells() {
    let Some(folder) = folder() else {
        return;
    };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let stem = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.split('.').next().unwrap_or_default().to_owned()
    };
    for path in &paths {
        let Some(first) = format(path).filter(|f| *f != Format::Xlsx) else {
            continue;
        };
        let sibling = paths
            .iter()
            .find(|p| format(p) == Some(Format::Xlsx) && stem(p) == stem(path));
        let cells = contents(path, first);
        assert!(!cells.is_empty(), "{}", path.display());
        if let Some(sibling) = sibling {
            assert_eq!(cells, contents(sibling, Format::Xlsx), "{}", path.display());
        }
    }
}
