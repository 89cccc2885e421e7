use crate::discover::{self, Found};
use crate::error::FileError;
use crate::model::{Document, Source};
use crate::pipeline::Engine;
use crate::write::document_json;

/// What a batch does with each file. Both steps may fail or panic; that is one document's outcome.
pub trait Importer: Sync {
    /// Reads the file.
    ///
    /// # Errors
    /// It cannot be read, is empty or too large.
    fn read(&self, found: &Found) -> Result<Source, FileError>;

    /// Makes a document of it.
    ///
    /// # Errors
    /// Whatever fails this one file.
    fn import(&self, source: &Source) -> Result<Document, FileError>;

    /// The same, with the document's JSON as `documents/*.json` holds it.
    ///
    /// # Errors
    /// Whatever fails this one file.
    fn import_json(&self, source: &Source) -> Result<(Document, Vec<u8>), FileError> {
        let document = self.import(source)?;
        let json = document_json(&document);
        Ok((document, json))
    }
}

/// Reads files from the disk and takes them through all stages.
pub struct EngineImporter<'a> {
    /// The stages.
    pub engine: &'a Engine,
    /// Largest file that is read, in bytes.
    pub max_file_bytes: u64,
}

impl Importer for EngineImporter<'_> {
    fn read(&self, found: &Found) -> Result<Source, FileError> {
        discover::read(found, self.max_file_bytes)
    }

    fn import(&self, source: &Source) -> Result<Document, FileError> {
        self.engine.import(source)
    }
}
