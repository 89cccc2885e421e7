//! Settings, one struct per stage. The same shape is read from `torikomi.toml`; unknown keys are
//! errors, and flags win over the file.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::RunError;
use crate::model::DataError;

mod limit;
mod output;

pub use limit::{MaxMemory, Timeout};
pub use output::{Language, Output, OutputConfig};

/// Everything that can be set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Folder of data files used instead of the built-in ones.
    pub mappings: Option<PathBuf>,
    /// File of what reviewers decided (`learned.jsonl`). When not set, the one in the folder of
    /// data files, if there is one; a file that is not there yet holds nothing.
    pub learned: Option<PathBuf>,
    /// Reading files.
    pub extract: ExtractConfig,
    /// Mapping rows.
    pub resolve: ResolveConfig,
    /// Many files.
    pub batch: BatchConfig,
    /// What is written.
    pub output: OutputConfig,
}

impl Config {
    /// Reads a settings file. Paths in it are relative to its folder.
    ///
    /// # Errors
    /// It cannot be read, is no TOML, or holds a key or value that is not known; the error names
    /// file and line.
    pub fn read(path: &Path) -> Result<Self, RunError> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|source| RunError::Io {
            path: shown.clone(),
            action: "read the settings",
            source,
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut config: Config = toml::from_str(text).map_err(|e| {
            let line = e.span().map(|span| line_of(text, span.start));
            let message = e.message().trim_end().to_owned();
            RunError::Data(vec![DataError {
                file: shown,
                line,
                message,
            }])
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        config.mappings = config.mappings.map(|m| folder.join(m));
        config.learned = config.learned.map(|l| folder.join(l));
        let catalog_files = config.resolve.catalog_files.iter_mut();
        catalog_files.for_each(|f| *f = folder.join(&*f));
        config.output.folder = config.output.folder.map(|f| folder.join(f));
        Ok(config)
    }
}

/// The 1-based line on which a byte of a text stands.
fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().iter().take(at);
    1 + before.filter(|b| **b == b'\n').count()
}

/// Settings of the batch.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct BatchConfig {
    /// Number of threads; one for each processor when not set.
    pub jobs: Option<NonZeroUsize>,
    /// Whether each file is read in a worker process; where the platform allows when not set.
    pub isolate: Option<bool>,
    /// Most memory that a worker may take; by the file's size when not set.
    pub max_memory: Option<MaxMemory>,
    /// Longest that a worker may take over a file; by the file's size when not set.
    pub timeout: Option<Timeout>,
}

/// Settings of the extractors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExtractConfig {
    /// Encoding of all text files, a WHATWG label or `cp932`; detected when not set.
    pub encoding: Option<String>,
    /// Keep hidden sheets, rows, columns and struck-through text.
    pub include_hidden: bool,
    /// Largest file that is read, in bytes.
    pub max_file_bytes: u64,
    /// Most bytes that a compressed file may inflate to.
    pub max_inflated_bytes: u64,
    /// Most cells that a file may hold.
    pub max_cells: u64,
    /// Longest cell kept whole, in bytes.
    pub max_cell_bytes: usize,
    /// Passwords tried on encrypted files, in this order, after the empty one.
    pub passwords: Vec<String>,
}

impl Default for ExtractConfig {
    fn default() -> Self {
        ExtractConfig {
            encoding: None,
            include_hidden: false,
            max_file_bytes: 256 << 20,
            max_inflated_bytes: 256 << 20,
            max_cells: 2_000_000,
            max_cell_bytes: 1 << 20,
            passwords: Vec::new(),
        }
    }
}

/// Settings of the mapping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ResolveConfig {
    /// Catalogs to map to, by ID; all of them when neither these nor files are named.
    pub catalogs: Vec<String>,
    /// Files of further catalogs to map to.
    pub catalog_files: Vec<PathBuf>,
    /// How many candidates to keep for each row.
    pub candidates: usize,
    /// Share of accepted rows that must be right, measured on rows made from the catalogs, which
    /// are worded further off than sheets are; 0..1.
    pub min_precision: f64,
}

impl Default for ResolveConfig {
    fn default() -> Self {
        ResolveConfig {
            catalogs: Vec::new(),
            catalog_files: Vec::new(),
            candidates: 3,
            min_precision: 0.99,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_in_a_settings_file_is_named_with_its_line() {
        let folder = std::env::temp_dir().join(format!("torikomi-config-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("torikomi.toml");
        for (text, line, said) in [
            ("[extract]\nencodng = 'cp932'\n", 2, "encodng"),
            ("\n\ncolour = 1\n", 3, "colour"),
            ("[batch]\n# threads\njobs = 0\n", 3, "nonzero"),
            ("[output]\nfolder = [\n", 2, ""),
            ("mappings = \"a\"\nmappings = \"b\"\n", 2, "duplicate"),
        ] {
            std::fs::write(&path, text).unwrap();
            let error = Config::read(&path).unwrap_err().to_string();
            let place = format!("torikomi.toml:{line}: ");
            assert!(
                error.contains(&place) && error.contains(said),
                "{text:?}: {error}"
            );
        }
        std::fs::write(&path, "\u{feff}mappings = 'm'\n[output]\nfolder = 'o'\n").unwrap();
        let config = Config::read(&path).unwrap();
        assert_eq!(config.mappings, Some(folder.join("m")));
        assert_eq!(config.output.folder, Some(folder.join("o")));
        assert_eq!(config.batch, BatchConfig::default());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
