//! `rows.parquet`: the flat rows as typed columns.
//!
//! A row group holds whole documents: it takes documents until it has [`GROUP_ROWS`] rows or
//! [`GROUP_BYTES`] of text, so that a reader who looks for one document opens one group, and so
//! that no more than a group is held in memory. Columns are dictionary-encoded and compressed with
//! Snappy, which every reader knows. The bytes depend on the rows and the program's version alone.

mod buffer;
mod columns;

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::Arc;

use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;

use super::column::COLUMNS;
use super::{FlatRow, Imported, Plan, Run, RunFile, schema};
use buffer::Buffer;

/// A row group is closed with the document that brings it to this many rows.
const GROUP_ROWS: usize = 10_000;

/// Or to this many bytes of values, whichever comes first.
const GROUP_BYTES: usize = 16 << 20;

/// What the keys of the columns' descriptions begin with in the file's metadata.
const DESCRIPTION: &str = "torikomi.column.";

/// Begins the file.
pub(super) fn begin(path: &Path, _plan: &Arc<Plan>) -> io::Result<Box<dyn RunFile>> {
    let file = OpenOptions::new().write(true).truncate(true).open(path)?;
    Ok(Box::new(Parquet::new(file).map_err(failed)?))
}

struct Parquet {
    file: SerializedFileWriter<File>,
    /// The row group under way, a buffer for each column.
    group: Vec<Buffer>,
    rows: usize,
}

impl Parquet {
    fn new(file: File) -> Result<Self, ParquetError> {
        let properties = WriterProperties::builder()
            .set_created_by(format!("torikomi version {}", env!("CARGO_PKG_VERSION")))
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(descriptions()))
            .build();
        Ok(Parquet {
            file: SerializedFileWriter::new(file, columns::message()?, properties.into())?,
            group: COLUMNS.iter().map(|c| Buffer::new(c.kind)).collect(),
            rows: 0,
        })
    }

    fn add(&mut self, rows: &[FlatRow<'_>]) -> Result<(), ParquetError> {
        for (buffer, column) in self.group.iter_mut().zip(&COLUMNS) {
            rows.iter().for_each(|row| buffer.push(column.cell(row)));
        }
        self.rows += rows.len();
        let bytes: usize = self.group.iter().map(Buffer::bytes).sum();
        if self.rows >= GROUP_ROWS || bytes >= GROUP_BYTES {
            self.write_group()?;
        }
        Ok(())
    }

    /// Writes the row group under way; none when it has no rows.
    fn write_group(&mut self) -> Result<(), ParquetError> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        for buffer in &mut self.group {
            if let Some(mut column) = group.next_column()? {
                buffer.write(column.untyped())?;
                column.close()?;
            }
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

impl RunFile for Parquet {
    fn add(&mut self, imported: &Imported) -> io::Result<()> {
        Parquet::add(self, &imported.rows()).map_err(failed)
    }

    fn finish(mut self: Box<Self>, _run: &Run) -> io::Result<()> {
        self.write_group().map_err(failed)?;
        self.file.close().map_err(failed)?;
        Ok(())
    }
}

/// What each column holds, in the words of the JSON Schema.
fn descriptions() -> Vec<KeyValue> {
    let described = |name: &&str, meaning| KeyValue::new(format!("{DESCRIPTION}{name}"), meaning);
    let names: Vec<&str> = COLUMNS.iter().map(|c| c.name).collect();
    let meanings = schema::meanings();
    names
        .iter()
        .map(|name| described(name, meanings.get(*name).cloned()))
        .collect()
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests;
