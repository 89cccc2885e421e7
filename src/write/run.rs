use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Timings;
use crate::error::FileError;
use crate::model::{Decision, Document, Format, Status};

/// The value of [`Run::schema`].
pub const RUN_SCHEMA: &str = "torikomi.run/1";

/// About what an outcome takes as indented JSON.
const JSON_BYTES_PER_DOCUMENT: usize = 512;

/// What a run did: `run.json`. Everything but `timings` is the same whatever the number of threads.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(title = "torikomi run")]
pub struct Run {
    /// Name and version of this shape.
    pub schema: String,
    /// Version of the program.
    pub torikomi: String,
    /// Whether anything failed.
    pub status: RunStatus,
    /// Sums over all documents.
    pub counts: Counts,
    /// How many rows have each answer status.
    pub answers: BTreeMap<&'static str, u64>,
    /// How many rows are under review or unmapped for each reason; a row may have several.
    pub reasons: BTreeMap<&'static str, u64>,
    /// What became of each input, in input order.
    pub documents: Vec<Outcome>,
    /// The catalogs rows were mapped to.
    pub catalogs: Vec<CatalogInfo>,
    /// When and how fast; left out on request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timings: Option<Timings>,
}

/// Whether a run was a success. It follows from the counts alone: see [`Run::add`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// Every document was imported.
    #[default]
    Complete,
    /// Some documents failed.
    WithFailures,
}

/// What a run did, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Counts {
    /// Inputs: imported, failed and skipped.
    pub documents: u64,
    /// Inputs that became a document.
    pub imported: u64,
    /// Inputs that could not be imported.
    pub failed: u64,
    /// Inputs that were left alone (hidden files, lock files …).
    pub skipped: u64,
    /// Rows of all documents: accepted, under review and unmapped.
    pub rows: u64,
    /// Rows that nobody needs to look at again.
    pub accepted: u64,
    /// Rows that a person decides.
    pub review: u64,
    /// Rows in no catalog.
    pub unmapped: u64,
    /// Rows without an answer.
    pub blank: u64,
    /// Pieces of text that are no row (titles, headers, notes …).
    pub outside: u64,
    /// Warnings of all documents.
    pub warnings: u64,
}

/// What became of one input.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Outcome {
    /// As given, with `/` between folders.
    pub path: String,
    /// What became of it.
    pub status: DocumentStatus,
    /// Its file, relative to the out folder; null unless imported.
    pub document: Option<String>,
    /// What the file is, decided by content; null unless imported.
    pub format: Option<Format>,
    /// SHA-256 of its bytes, in hexadecimal; null when it was not read.
    pub sha256: Option<String>,
    /// Its rows.
    pub rows: u64,
    /// Rows that nobody needs to look at again.
    pub accepted: u64,
    /// Rows that a person decides.
    pub review: u64,
    /// Rows in no catalog.
    pub unmapped: u64,
    /// Rows without an answer.
    pub blank: u64,
    /// Pieces of text that are no row.
    pub outside: u64,
    /// Its warnings; they stand in the document.
    pub warnings: u64,
    /// Why it failed; null unless it did.
    pub error: Option<FileError>,
    /// Why it was left alone; null unless it was.
    pub skipped: Option<Skip>,
}

/// Why an input was left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Skip {
    /// The reason's name.
    pub reason: String,
    /// The reason in words.
    pub message: String,
}

/// What became of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStatus {
    /// It is a document now.
    Imported,
    /// It could not be imported; `error` says why.
    Failed,
    /// It was left alone; `skipped` says why.
    Skipped,
}

/// A catalog in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CatalogInfo {
    /// Its ID.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How many items it has.
    pub items: u64,
}

impl Outcome {
    fn new(path: &str, status: DocumentStatus) -> Self {
        Outcome {
            path: path.to_owned(),
            status,
            document: None,
            format: None,
            sha256: None,
            rows: 0,
            accepted: 0,
            review: 0,
            unmapped: 0,
            blank: 0,
            outside: 0,
            warnings: 0,
            error: None,
            skipped: None,
        }
    }

    /// An input that was imported to `file`, relative to the out folder.
    pub fn imported(path: &str, file: &str, document: &Document) -> Self {
        let decided = |d: Decision| {
            let rows = document.rows.iter();
            rows.filter(|r| r.mapping.decision == d).count() as u64
        };
        let blank = |r: &&crate::model::Row| r.answer.status == Status::Blank;
        Outcome {
            document: Some(file.to_owned()),
            format: Some(document.source.format),
            sha256: Some(document.source.sha256.clone()),
            rows: document.rows.len() as u64,
            accepted: decided(Decision::Accepted),
            review: decided(Decision::Review),
            unmapped: decided(Decision::Unmapped),
            blank: document.rows.iter().filter(blank).count() as u64,
            outside: document.outside.len() as u64,
            warnings: document.warnings.len() as u64,
            ..Outcome::new(path, DocumentStatus::Imported)
        }
    }

    /// An input that failed.
    pub fn failed(path: &str, sha256: Option<String>, error: FileError) -> Self {
        Outcome {
            sha256,
            error: Some(error),
            ..Outcome::new(path, DocumentStatus::Failed)
        }
    }

    /// An input that was left alone.
    pub fn skipped(path: &str, reason: &str, message: String) -> Self {
        let reason = reason.to_owned();
        Outcome {
            skipped: Some(Skip { reason, message }),
            ..Outcome::new(path, DocumentStatus::Skipped)
        }
    }
}

impl Run {
    /// A run that has done nothing yet.
    pub fn new(catalogs: Vec<CatalogInfo>) -> Self {
        Run {
            schema: RUN_SCHEMA.to_owned(),
            torikomi: env!("CARGO_PKG_VERSION").to_owned(),
            status: RunStatus::default(),
            counts: Counts::default(),
            answers: BTreeMap::new(),
            reasons: BTreeMap::new(),
            documents: Vec::new(),
            catalogs,
            timings: None,
        }
    }

    /// Adds the next input. The one place where a run stops being a success.
    pub fn add(&mut self, outcome: Outcome) {
        let counts = &mut self.counts;
        counts.documents += 1;
        match outcome.status {
            DocumentStatus::Imported => counts.imported += 1,
            DocumentStatus::Skipped => counts.skipped += 1,
            DocumentStatus::Failed => {
                counts.failed += 1;
                self.status = RunStatus::WithFailures;
            }
        }
        counts.rows += outcome.rows;
        counts.accepted += outcome.accepted;
        counts.review += outcome.review;
        counts.unmapped += outcome.unmapped;
        counts.blank += outcome.blank;
        counts.outside += outcome.outside;
        counts.warnings += outcome.warnings;
        self.documents.push(outcome);
    }

    /// Adds how often each answer status and each reason occurs.
    pub fn tally(&mut self, tally: &Tally) {
        for (name, n) in &tally.answers {
            *self.answers.entry(name).or_default() += n;
        }
        for (name, n) in &tally.reasons {
            *self.reasons.entry(name).or_default() += n;
        }
    }

    /// `run.json`: indented JSON that ends with a line break.
    pub fn to_json(&self) -> Vec<u8> {
        super::pretty(self, self.documents.len() * JSON_BYTES_PER_DOCUMENT)
    }
}

/// How often each answer status and each reason occurs in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    answers: BTreeMap<&'static str, u64>,
    reasons: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// Counts a document's rows.
    pub fn of(document: &Document) -> Self {
        let mut tally = Tally::default();
        for row in &document.rows {
            *tally.answers.entry(row.answer.status.name()).or_default() += 1;
            for reason in &row.mapping.reasons {
                *tally.reasons.entry(reason.name()).or_default() += 1;
            }
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Failure;

    #[test]
    fn a_run_with_a_failure_is_no_success_whatever_comes_after() {
        let mut run = Run::new(Vec::new());
        run.add(Outcome::skipped("a/.hidden", "hidden", String::new()));
        assert_eq!(run.status, RunStatus::Complete);
        let error = FileError::new(Failure::Corrupt, "what", "do");
        run.add(Outcome::failed("b", None, error));
        run.add(Outcome::skipped("c", "hidden", String::new()));
        assert_eq!(run.status, RunStatus::WithFailures);
        let c = run.counts;
        assert_eq!((c.documents, c.imported, c.failed, c.skipped), (3, 0, 1, 2));
    }
}
