//! Settings: `torikomi.toml`, then the flags, which win.

use std::path::{Path, PathBuf};

use torikomi::catalog::is_file;
use torikomi::config::Config;
use torikomi::error::RunError;
use torikomi::extract::is_known_encoding;
use torikomi::learn::FILE_NAME;

use crate::args::SettingsArgs;

/// Read when `--config` names no other file.
const FILE: &str = "torikomi.toml";

/// The settings to work with.
///
/// # Errors
/// The settings file cannot be used, or the encoding is not known.
pub fn settings(args: SettingsArgs) -> Result<Config, RunError> {
    let default = Path::new(FILE);
    let mut config = match &args.config {
        Some(path) => Config::read(path)?,
        None if default.is_file() => Config::read(default)?,
        None => Config::default(),
    };
    config.mappings = args.mappings.or(config.mappings);
    config.extract.encoding = args.encoding.or(config.extract.encoding);
    config.extract.include_hidden |= args.include_hidden;
    config.resolve.min_precision = args.min_precision.unwrap_or(config.resolve.min_precision);
    check_precision(config.resolve.min_precision)?;
    config.extract.passwords.extend(args.password);
    if let Some(list) = &args.password_file {
        config.extract.passwords.extend(passwords(list)?);
    }
    if !args.catalog.is_empty() {
        let (files, ids): (Vec<_>, Vec<_>) = args.catalog.into_iter().partition(|c| is_file(c));
        config.resolve.catalogs = ids;
        config.resolve.catalog_files = files.into_iter().map(PathBuf::from).collect();
    }
    config.learned = args.learned.or(config.learned);
    if config.learned.is_none() && config.mappings.is_none() {
        config.learned = Some(PathBuf::from(FILE_NAME));
    }
    check_encoding(config.extract.encoding.as_deref())?;
    Ok(config)
}

fn check_precision(share: f64) -> Result<(), RunError> {
    if (0.0..=1.0).contains(&share) {
        return Ok(());
    }
    let message = format!("min-precision is a share from 0 to 1, not {share}: use 0.99 for 99 %");
    Err(RunError::Usage(message))
}

/// The passwords of a list, one a line.
fn passwords(list: &Path) -> Result<Vec<String>, RunError> {
    let text = std::fs::read_to_string(list).map_err(|source| RunError::Io {
        path: list.display().to_string(),
        action: "read the list of passwords",
        source,
    })?;
    let lines = text.lines().filter(|line| !line.is_empty());
    Ok(lines.map(str::to_owned).collect())
}

/// An unknown encoding is said once, before anything is read, not for every file.
fn check_encoding(label: Option<&str>) -> Result<(), RunError> {
    match label {
        Some(label) if !is_known_encoding(label) => Err(RunError::Usage(format!(
            "unknown encoding `{label}`: use utf-8, cp932, euc-jp, iso-2022-jp, utf-16le, \
             utf-16be or another label of the WHATWG Encoding Standard"
        ))),
        _ => Ok(()),
    }
}
