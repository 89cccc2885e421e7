use std::fs;
use std::path::Path;

use torikomi::error::{FileError, RunError};
use torikomi::model::Source;
use torikomi::pipeline::Engine;

use super::no_pdf;
use crate::args::Stage;

/// Pictures show what the first stages see.
pub fn check(folder: Option<&Path>, stage: Stage) -> Result<(), RunError> {
    if folder.is_none() || matches!(stage, Stage::Extract | Stage::Chars) {
        return Ok(());
    }
    Err(RunError::Usage(
        "--debug-svg goes with --stage extract or --stage chars".to_owned(),
    ))
}

/// Draws each page of a PDF to a file of the folder, `page-1.svg` first.
pub fn draw(
    engine: &Engine,
    source: &Source,
    folder: &Path,
) -> Result<Result<(), FileError>, RunError> {
    let pages = match engine.page_pictures(source) {
        None => return Err(no_pdf(engine, source, "--debug-svg")),
        Some(Err(error)) => return Ok(Err(error)),
        Some(Ok(pages)) => pages,
    };
    let failed = |path: &Path, action, source| RunError::Io {
        path: path.display().to_string(),
        action,
        source,
    };
    fs::create_dir_all(folder).map_err(|e| failed(folder, "create the folder", e))?;
    for (i, page) in pages.iter().enumerate() {
        let path = folder.join(format!("page-{}.svg", i + 1));
        fs::write(&path, page).map_err(|e| failed(&path, "write the file", e))?;
    }
    Ok(Ok(()))
}
