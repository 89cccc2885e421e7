//! Sheets to compare: documents and out folders are read, everything else is imported in memory.

use std::path::{Path, PathBuf};

use torikomi::catalog::{Catalogs, DataFiles};
use torikomi::compare::{Held, Sheet, open};
use torikomi::config::Config;
use torikomi::discover::{Entry, Found, discover, read};
use torikomi::error::{FileError, RunError};
use torikomi::pipeline::Engine;

/// Opens sheets; what imports them is made when it is first needed.
pub struct Sheets {
    config: Config,
    engine: Option<Engine>,
}

/// What a path held.
#[derive(Default)]
pub struct Opened {
    pub sheets: Vec<Held>,
    /// Files that could not be imported.
    pub failed: Vec<(String, FileError)>,
    /// It is an out folder, or a folder of sheets.
    pub is_folder: bool,
}

impl Sheets {
    pub fn new(config: Config) -> Self {
        Sheets {
            config,
            engine: None,
        }
    }

    /// The catalogs in use.
    ///
    /// # Errors
    /// They cannot be loaded.
    pub fn catalogs(&self) -> Result<Catalogs, RunError> {
        let chosen = &self.config.resolve;
        Catalogs::choose(&self.files()?, &chosen.catalogs, &chosen.catalog_files)
    }

    /// The data files.
    ///
    /// # Errors
    /// They are not there.
    pub fn files(&self) -> Result<DataFiles, RunError> {
        DataFiles::open(self.config.mappings.as_deref())
    }

    /// Everything a path stands for, in order.
    ///
    /// # Errors
    /// It is not there, or what an import wrote cannot be read.
    pub fn open(&mut self, path: &Path) -> Result<Opened, RunError> {
        let is_folder = path.is_dir();
        if let Some(sheets) = open(path)? {
            return Ok(Opened {
                sheets,
                is_folder,
                ..Opened::default()
            });
        }
        let mut opened = Opened {
            is_folder,
            ..Opened::default()
        };
        for entry in discover(&[PathBuf::from(path)], None)? {
            let (shown, imported) = match entry {
                Entry::File(found) => (found.shown.clone(), self.import(&found)?),
                Entry::Failed { shown, error } => (shown, Err(error)),
                Entry::Skipped { .. } => continue,
            };
            match imported {
                Ok(sheet) => opened.sheets.push(sheet.into()),
                Err(error) => opened.failed.push((shown, error)),
            }
        }
        Ok(opened)
    }

    fn import(&mut self, found: &Found) -> Result<Result<Sheet, FileError>, RunError> {
        let engine = match self.engine.take() {
            Some(engine) => engine,
            None => Engine::new(self.config.clone())?,
        };
        let engine = self.engine.insert(engine);
        let source = read(found, self.config.extract.max_file_bytes);
        match source.and_then(|source| engine.import(&source)) {
            Ok(document) => Sheet::of(&document).map(Ok),
            Err(error) => Ok(Err(error)),
        }
    }
}
