use serde::{Deserialize, Serialize};

use super::learned_file;
use crate::catalog::{Catalogs, DataFiles, catalog_texts};
use crate::config::Config;
use crate::error::RunError;
use crate::learn::Line;

/// Everything an engine is made of, read once: the settings, and the texts of the files they name.
/// Engines made of one snapshot do the same, whatever becomes of those files.
///
/// It holds passwords: it is not for printing, and not for writing to a disk.
#[derive(Clone, Serialize, Deserialize)]
pub struct Snapshot {
    /// The settings; the paths in them are read already.
    pub(super) config: Config,
    pub(super) files: DataFiles,
    /// Further catalogs: names for messages, and texts.
    pub(super) catalogs: Vec<(String, String)>,
    /// What reviewers decided.
    pub(super) learned: Vec<Line>,
}

impl Snapshot {
    /// Reads what the settings name.
    ///
    /// # Errors
    /// A file or folder that is named cannot be read.
    pub fn read(mut config: Config) -> Result<Self, RunError> {
        let files = DataFiles::open(config.mappings.as_deref())?;
        let catalogs = catalog_texts(&config.resolve.catalog_files)?;
        let learned = match learned_file(&config) {
            Some(file) => file.read()?,
            None => Vec::new(),
        };
        // Paths need not be text; what they name is here now.
        config.mappings = None;
        config.learned = None;
        config.output.folder = None;
        config.resolve.catalog_files.clear();
        Ok(Snapshot {
            config,
            files,
            catalogs,
            learned,
        })
    }

    /// The catalogs rows are mapped to.
    ///
    /// # Errors
    /// Every fault found in them; a chosen one is not there.
    pub fn catalogs(&self) -> Result<Catalogs, RunError> {
        Catalogs::choose_texts(&self.files, &self.config.resolve.catalogs, &self.catalogs)
    }

    /// What reviewers decided.
    pub fn learned(&self) -> &[Line] {
        &self.learned
    }
}
