//! Text sheets: tab-separated lines between titles, banners, footers and blank lines.

use memchr::memchr;

use super::delimited::warn_of_stray_quote;
use super::ledger::{Grid, Ledger};
use super::lines::Lines;
use super::quoted::{Quoted, Quotes, Rule};
use super::record::Records;
use crate::error::FileError;
use crate::model::{Block, Format};

/// Reads a text sheet. Each run of lines with tabs is a table; a line without is a line; a blank
/// line ends a run. When every line has tabs and all have as many, the whole file is one table and
/// the format is TSV.
///
/// # Errors
/// A row has too many columns, or the file too many cells.
pub(super) fn read(text: &str, ledger: &mut Ledger) -> Result<(Format, Vec<Block>), FileError> {
    let mut sheet = Sheet::default();
    let mut lines = Lines::new(text);
    let mut records = Records::new(text, b'\t', lines.terminator(), Rule::Pasted);
    let mut quotes = Quotes::new(text, b'\t', lines.terminator(), Rule::Pasted);
    while let Some(line) = lines.next() {
        let starts_record = memchr(b'\t', line.text.as_bytes()).is_some()
            || line.text.starts_with('"') && tab_behind_quote(&mut quotes, text, line.start);
        if starts_record {
            let record = records.read(line.start, line.number)?;
            if record.stray {
                warn_of_stray_quote(line.number, ledger);
            }
            sheet.row(&records, line.number, ledger)?;
            lines.skip_to(record.next, record.breaks);
        } else if line.text.trim().is_empty() {
            sheet.blank_line(line.number);
        } else {
            sheet.free_line(line.text, line.number, ledger)?;
        }
    }
    sheet.finish(ledger)
}

/// Whether a first cell in quotes that holds line breaks is followed by a second cell.
fn tab_behind_quote(quotes: &mut Quotes<'_>, text: &str, open: usize) -> bool {
    match quotes.field(open) {
        Quoted::Closed { end, .. } => text.as_bytes().get(end) == Some(&b'\t'),
        Quoted::Literal | Quoted::Stray => false,
    }
}

/// Tables and lines so far.
#[derive(Debug, Default)]
struct Sheet {
    blocks: Vec<Piece>,
    run: Grid,
    /// Columns of the first row; none once another row differs or a free line was seen.
    width: Width,
}

#[derive(Debug)]
enum Piece {
    Table(Grid),
    Line(Block),
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Width {
    #[default]
    Unknown,
    All(usize),
    Varies,
}

impl Sheet {
    fn row(
        &mut self,
        records: &Records<'_>,
        line: u32,
        ledger: &mut Ledger,
    ) -> Result<(), FileError> {
        let fields = &records.fields;
        self.width = match self.width {
            Width::Unknown => Width::All(fields.len()),
            Width::All(n) if n == fields.len() => self.width,
            _ => Width::Varies,
        };
        if fields.iter().all(|f| f.trim().is_empty()) {
            self.run.blank_row(line);
            return Ok(());
        }
        self.run.row(fields.iter().map(AsRef::as_ref), line, ledger)
    }

    fn free_line(&mut self, text: &str, line: u32, ledger: &mut Ledger) -> Result<(), FileError> {
        self.width = Width::Varies;
        self.end_run();
        self.blocks
            .extend(ledger.line(text, line)?.map(Piece::Line));
        Ok(())
    }

    fn blank_line(&mut self, line: u32) {
        self.end_run();
        if let Some(Piece::Table(above)) = self.blocks.last_mut() {
            above.blank_row(line);
        }
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if !run.is_empty() {
            self.blocks.push(Piece::Table(run));
        }
    }

    fn finish(mut self, ledger: &mut Ledger) -> Result<(Format, Vec<Block>), FileError> {
        self.end_run();
        if !matches!(self.width, Width::All(_)) {
            let blocks = self.blocks.into_iter().filter_map(|piece| match piece {
                Piece::Table(grid) => grid.into_block(),
                Piece::Line(block) => Some(block),
            });
            return Ok((Format::Text, blocks.collect()));
        }
        let mut whole = Grid::default();
        for piece in self.blocks {
            if let Piece::Table(grid) = piece {
                whole.append(grid, ledger)?;
            }
        }
        Ok((Format::Tsv, whole.into_block().into_iter().collect()))
    }
}
