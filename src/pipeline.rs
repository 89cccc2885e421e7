//! One file through all stages. Pure: bytes in, a document or an error out.

use sha2::{Digest, Sha256};

use crate::catalog::{Catalogs, Crosswalks};
use crate::config::Config;
use crate::error::{FileError, RunError};
use crate::extract::pdf::PageChars;
use crate::learn::{FILE_NAME, Learned, LearnedFile};
use crate::model::{
    DOCUMENT_SCHEMA, Document, Extraction, Interpretation, Row, Source, SourceInfo, TableInfo,
};
use crate::notation::Notation;
use crate::resolve::{Explanation, Resolver};
use crate::{extract, interpret, normalize, review};

mod snapshot;

pub use snapshot::Snapshot;

/// Everything that is read once and shared by all threads.
pub struct Engine {
    config: Config,
    notation: Notation,
    interpreter: interpret::Interpreter,
    resolver: Resolver,
    crosswalks: Crosswalks,
}

impl Engine {
    /// Loads the data files and builds the indexes.
    ///
    /// # Errors
    /// [`RunError::Data`] names every fault found in the data files.
    pub fn new(config: Config) -> Result<Self, RunError> {
        Self::load(Snapshot::read(config)?)
    }

    /// Builds the indexes of what was read.
    ///
    /// # Errors
    /// [`RunError::Data`] names every fault found in it.
    pub fn load(snapshot: Snapshot) -> Result<Self, RunError> {
        let catalogs = snapshot.catalogs()?;
        let Snapshot {
            config,
            files,
            learned,
            ..
        } = snapshot;
        let notation = Notation::load(|name| files.read(name)).map_err(RunError::Data)?;
        let crosswalks = Crosswalks::load(&files, &catalogs)?;
        let learned = Learned::new(learned);
        let interpreter = interpret::Interpreter::load(|name| files.read(name), &catalogs)
            .map_err(RunError::Data)?;
        let resolver = Resolver::load(|name| files.read(name), catalogs, config.resolve.clone())
            .map_err(RunError::Data)?
            .with_learned(learned);
        Ok(Engine {
            config,
            notation,
            interpreter,
            resolver,
            crosswalks,
        })
    }

    /// The catalogs rows are mapped to.
    pub fn catalogs(&self) -> &Catalogs {
        self.resolver.catalogs()
    }

    /// What reviewers decided before.
    pub fn learned(&self) -> &Learned {
        self.resolver.learned()
    }

    /// How the catalogs stand to each other.
    pub fn crosswalks(&self) -> &Crosswalks {
        &self.crosswalks
    }

    /// Bytes to a document: all stages.
    ///
    /// # Errors
    /// Whatever fails this one file.
    pub fn import(&self, source: &Source) -> Result<Document, FileError> {
        let extraction = self.extract(source)?;
        let info = source_info(source, &extraction);
        let mut warnings = extraction.warnings.clone();
        let mut sheet = self.interpret(&extraction)?;
        warnings.append(&mut sheet.warnings);
        let mut rows = self.normalize(&sheet);
        warnings.append(&mut self.resolve(&mut rows));
        Ok(Document {
            schema: DOCUMENT_SCHEMA.to_owned(),
            source: info,
            title: normalize::title(&sheet),
            vendor: normalize::vendor(&sheet),
            date: normalize::date(&sheet),
            tables: tables(&sheet),
            rows,
            outside: sheet.outside,
            warnings,
        })
    }

    /// Bytes to cells.
    ///
    /// # Errors
    /// The file is unreadable, unsupported, encrypted, corrupt, too large or empty.
    pub fn extract(&self, source: &Source) -> Result<Extraction, FileError> {
        extract::extract(source, &self.config.extract)
    }

    /// The characters and rulings of a PDF's pages; none when the source is no PDF.
    pub fn chars(&self, source: &Source) -> Option<Result<Vec<PageChars>, FileError>> {
        extract::is_pdf(source).then(|| extract::pdf::chars(source, &self.config.extract))
    }

    /// A picture (SVG) of each page of a PDF: its characters, rulings, and the tables found; none
    /// when the source is no PDF.
    pub fn page_pictures(&self, source: &Source) -> Option<Result<Vec<String>, FileError>> {
        extract::is_pdf(source).then(|| extract::pdf::debug_svg(source, &self.config.extract))
    }

    /// Cells to rows.
    ///
    /// # Errors
    /// No checklist was found.
    pub fn interpret(&self, extraction: &Extraction) -> Result<Interpretation, FileError> {
        self.interpreter.interpret(extraction, &self.notation)
    }

    /// The sheet's words to display forms, comparison forms, numbers, answers and values.
    pub fn normalize(&self, sheet: &Interpretation) -> Vec<Row> {
        normalize::rows(sheet, &self.notation)
    }

    /// Rows to canonical items, and which of them need a look. Returns what is worth telling about
    /// runs of rows.
    pub fn resolve(&self, rows: &mut [Row]) -> Vec<crate::model::Warning> {
        let found = self.resolver.resolve(rows);
        review::review(rows, found.evidence, self.resolver.promise());
        self.crosswalks.relate(rows);
        found.warnings
    }
}

impl Engine {
    /// Why a row of an imported document was mapped as it was; none when there is no such row.
    pub fn explain(&self, rows: &[Row], at: usize) -> Option<Explanation> {
        self.resolver.explain(rows, at)
    }
}

/// Where what was learned is kept: the file that is set, or the one beside the data files.
pub fn learned_file(config: &Config) -> Option<LearnedFile> {
    let beside = || config.mappings.as_ref().map(|m| m.join(FILE_NAME));
    let path = config.learned.clone().or_else(beside);
    path.map(LearnedFile::at)
}

fn tables(sheet: &Interpretation) -> Vec<TableInfo> {
    let one = |(i, t): (usize, &crate::model::SheetTable)| TableInfo {
        table: i as u32 + 1,
        page: t.page,
        sheet: t.sheet.clone(),
        columns: t.columns.clone(),
    };
    sheet.tables.iter().enumerate().map(one).collect()
}

fn source_info(source: &Source, extraction: &Extraction) -> SourceInfo {
    SourceInfo {
        path: source.path.clone(),
        sha256: sha256(&source.bytes),
        bytes: source.bytes.len() as u64,
        format: extraction.format,
        encoding: extraction.encoding.as_ref().map(|e| e.name.clone()),
        decoding: extraction.encoding.clone(),
    }
}

/// The SHA-256 of `bytes`, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|b| format!("{b:02x}")).collect()
}
