use serde::Serialize;

use super::columns::{self, Tables};
use super::detail::Detail;
use super::embedded;
use super::items::Items;
use super::strings::Strings;
use crate::catalog::Catalog;
use crate::model::{Document, Row, Warning};
use crate::write::Imported;

/// What the documents of a run hold, as the page has it: the block of JSON under way.
pub(super) struct Content {
    strings: Strings,
    items: Items,
    /// The documents as members of a JSON array.
    documents: Vec<u8>,
    /// Documents that are told briefly.
    brief: u64,
}

/// A document without its rows.
#[derive(Serialize)]
struct About<'a> {
    file: &'a str,
    path: &'a str,
    format: &'static str,
    vendor: Option<&'a str>,
    date: Option<&'a str>,
    title: Option<&'a str>,
    detail: &'static str,
    rows: usize,
    warnings: &'a [Warning],
}

impl Content {
    /// Of no document yet.
    pub(super) fn new(catalogs: &[Catalog]) -> Self {
        Content {
            strings: Strings::default(),
            items: Items::new(catalogs),
            documents: Vec::new(),
            brief: 0,
        }
    }

    /// Adds the next document.
    pub(super) fn add(&mut self, imported: &Imported) {
        let document = &imported.document;
        let held = self.documents.len() + self.strings.bytes();
        let detail = Detail::of(held, document.rows.iter().map(bytes).sum());
        self.brief += u64::from(detail != Detail::Full);
        if !self.documents.is_empty() {
            self.documents.extend_from_slice(b",\n");
        }
        embedded::push(
            &about(document, &imported.file, detail),
            &mut self.documents,
        );
        // The rows are the last member of the document's object.
        self.documents.pop();
        self.documents.extend_from_slice(b",\"columns\":");
        let tables = Tables {
            strings: &mut self.strings,
            items: &mut self.items,
        };
        columns::push(&document.rows, detail, tables, &mut self.documents);
        self.documents.push(b'}');
    }

    /// How many documents are not told in full.
    pub(super) fn brief(&self) -> u64 {
        self.brief
    }

    /// The block.
    pub(super) fn into_json(self) -> Vec<u8> {
        let strings = self.strings.into_json();
        let mut json = Vec::with_capacity(self.documents.len() + strings.len() + (1 << 16));
        json.push(b'{');
        self.items.push(&mut json);
        json.extend_from_slice(b",\n\"documents\":[\n");
        json.extend_from_slice(&self.documents);
        drop(self.documents);
        json.extend_from_slice(b"\n],\n\"strings\":[\n");
        json.extend_from_slice(&strings);
        json.extend_from_slice(b"\n]}");
        json
    }
}

fn about<'a>(document: &'a Document, file: &'a str, detail: Detail) -> About<'a> {
    About {
        file,
        path: &document.source.path,
        format: document.source.format.name(),
        vendor: document.vendor.as_deref(),
        date: document.date.as_deref(),
        title: document.title.as_deref(),
        detail: detail.name(),
        rows: document.rows.len(),
        warnings: &document.warnings,
    }
}

/// About how many bytes a row takes, were none of its texts seen before.
fn bytes(row: &Row) -> usize {
    const NUMBERS: usize = 120;
    let fields = [&row.section, &row.category, &row.item, &row.description];
    let fields = fields.into_iter().flatten().map(String::len);
    let other = row.other.iter().map(|c| c.text.len());
    let raw = row.raw.values().map(String::len);
    let texts: usize = fields.chain(other).chain(raw).sum();
    NUMBERS + row.answer.text.len() + texts
}
