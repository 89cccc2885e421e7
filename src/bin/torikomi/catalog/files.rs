use std::path::{Path, PathBuf};
use std::process::ExitCode;

use torikomi::catalog::{Catalog, Catalogs, DataFiles, from_csv, from_rows, to_csv, to_json};
use torikomi::config::Config;
use torikomi::discover::{Found, read};
use torikomi::error::RunError;
use torikomi::model::Source;
use torikomi::pipeline::Engine;

use crate::output::{push_line, write};
use crate::summary;
use crate::terminal::Terminal;

/// `catalog from`
pub fn from(
    config: Config,
    template: PathBuf,
    id: &str,
    title: Option<String>,
    output: Option<&Path>,
    terminal: &Terminal,
) -> Result<ExitCode, RunError> {
    check_id(id)?;
    let max_file_bytes = config.extract.max_file_bytes;
    let engine = Engine::new(config)?;
    let found = Found::new(template);
    let made = read(&found, max_file_bytes).and_then(|source| made(&engine, &source, id, title));
    let catalog = match made {
        Ok(catalog) => catalog,
        Err(error) => {
            summary::failure(&found.shown, &error, terminal);
            return Ok(ExitCode::from(1));
        }
    };
    save(&catalog, output, terminal)
}

fn made(
    engine: &Engine,
    source: &Source,
    id: &str,
    title: Option<String>,
) -> Result<Catalog, torikomi::error::FileError> {
    let document = engine.import(source)?;
    let file = source.path.rsplit('/').next().unwrap_or(&source.path);
    let title = title.or(document.title);
    let title = title.unwrap_or_else(|| file.to_owned());
    Ok(from_rows(id, &title, &document.rows))
}

/// An ID that can be typed, and that no file system or spreadsheet trips over.
fn check_id(id: &str) -> Result<(), RunError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if id.chars().all(fits) && id.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Ok(());
    }
    Err(RunError::Usage(format!(
        "--id {id:?}: use Latin letters, digits, - and _, for example ACME"
    )))
}

/// Writes a catalog, after a look at its faults and at items that cannot be told apart.
fn save(
    catalog: &Catalog,
    output: Option<&Path>,
    terminal: &Terminal,
) -> Result<ExitCode, RunError> {
    let bytes = to_json(catalog);
    let name = output.map_or_else(|| catalog.id.clone(), |o| o.display().to_string());
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let loaded = Catalogs::from_texts(&[(name, text)]).map_err(RunError::Data)?;
    super::alike(&loaded, terminal);
    write(&bytes, output, terminal)?;
    let items = catalog.items.len();
    terminal.say(format_args!("{}: {items} items", catalog.id));
    Ok(ExitCode::SUCCESS)
}

/// `catalog diff`
pub fn diff(
    config: &Config,
    before: &str,
    after: &str,
    terminal: &Terminal,
) -> Result<ExitCode, RunError> {
    let files = DataFiles::open(config.mappings.as_deref())?;
    let before = Catalogs::one(&files, before)?;
    let after = Catalogs::one(&files, after)?;
    let mut text = String::new();
    for change in torikomi::catalog::diff(&before, &after) {
        let id = |id: &Option<String>| id.clone().unwrap_or_default();
        push_line(
            &mut text,
            &[
                change.kind,
                &id(&change.before),
                &id(&change.after),
                &change.from,
                &change.to,
            ],
        );
    }
    terminal.print(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// `catalog export`
pub fn export(
    config: &Config,
    catalog: &str,
    csv: bool,
    output: Option<&Path>,
    terminal: &Terminal,
) -> Result<ExitCode, RunError> {
    let files = DataFiles::open(config.mappings.as_deref())?;
    let catalog = Catalogs::one(&files, catalog)?;
    let bytes = match csv {
        true => to_csv(&catalog),
        false => to_json(&catalog),
    };
    write(&bytes, output, terminal)?;
    Ok(ExitCode::SUCCESS)
}

/// `catalog import`
pub fn import(
    csv: &Path,
    id: Option<&str>,
    title: Option<&str>,
    output: Option<&Path>,
    terminal: &Terminal,
) -> Result<ExitCode, RunError> {
    let bytes = std::fs::read(csv).map_err(|source| RunError::Io {
        path: csv.display().to_string(),
        action: "read the CSV",
        source,
    })?;
    let name = csv.display().to_string();
    let catalog = from_csv(&name, &bytes, id, title).map_err(|e| RunError::Data(vec![e]))?;
    save(&catalog, output, terminal)
}
