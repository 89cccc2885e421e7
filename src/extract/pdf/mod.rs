//! PDF: glyphs and rulings, from them tables and lines.
//!
//! The steps, each of which can be looked at: characters and rulings ([`chars`]), rulings to
//! tables of cells, characters to the text of cells and lines, pages to one reading order
//! ([`extract`]).

mod across;
mod assign;
mod content;
mod font;
mod geometry;
mod join;
mod layout;
mod legible;
mod limits;
mod lines;
mod open;
mod page;
mod preflight;
mod running;
mod svg;
mod table;
mod trust;
mod upright;

use hayro_syntax::Pdf;
use rayon::prelude::*;

use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::{Block, Extraction, Format, Line, Source, Warning};

use super::guarded_by;
use content::{Layers, Structure};
use font::Fonts;
use layout::Piece;
use page::Page;
pub use page::{CharBox, PageChars};

/// Pages that one thread reads in a row, so that fonts are not loaded for each page anew.
const PAGES_PER_TASK: usize = 16;
/// Pages read between two looks at the document's limits.
const PAGES_PER_ROUND: usize = PAGES_PER_TASK * 4;

/// Reads a PDF's tables and lines.
///
/// # Errors
/// It needs a password, is damaged, exceeds a limit, or has no text layer.
pub fn extract(source: &Source, config: &ExtractConfig) -> Result<Extraction, FileError> {
    let Reading {
        pages,
        pieces,
        warnings,
    } = read(source, config)?;
    let mut blocks = Vec::new();
    for (page, pieces) in pages.iter().zip(pieces) {
        for piece in pieces {
            blocks.push(match piece {
                Piece::Line(line) => Block::Line(Line {
                    text: line.text,
                    page: Some(page.number),
                    sheet: None,
                    line: None,
                }),
                Piece::Table(table) => Block::Table(table.into_table(page.number)),
            });
        }
    }
    Ok(Extraction {
        format: Format::Pdf,
        encoding: None,
        blocks,
        warnings,
    })
}

/// A picture (SVG) of each page: its characters, its rulings, the cells and lines found.
///
/// # Errors
/// As [`extract`].
pub fn debug_svg(source: &Source, config: &ExtractConfig) -> Result<Vec<String>, FileError> {
    let reading = read(source, config)?;
    Ok(reading
        .pages
        .iter()
        .zip(&reading.pieces)
        .map(|(page, pieces)| svg::draw(page, pieces))
        .collect())
}

/// A document after all steps but the last.
struct Reading {
    pages: Vec<Page>,
    /// What was found on each page.
    pieces: Vec<Vec<Piece>>,
    warnings: Vec<Warning>,
}

fn read(source: &Source, config: &ExtractConfig) -> Result<Reading, FileError> {
    let mut pages = all_pages(source, config)?;
    pages.iter_mut().for_each(upright::settle);
    let warnings = trust::sift(&mut pages)?;
    running::lift(&mut pages);
    let mut pieces = layout::pieces(&pages);
    across::mend(&mut pieces);
    Ok(Reading {
        pages,
        pieces,
        warnings,
    })
}

/// Every page's characters and rulings, for a person to look at.
///
/// # Errors
/// It needs a password, is damaged, or exceeds a limit.
pub fn chars(source: &Source, config: &ExtractConfig) -> Result<Vec<PageChars>, FileError> {
    let pages = all_pages(source, config)?;
    Ok(pages.iter().map(PageChars::from).collect())
}

/// Opens a document and reads its pages. A panic inside the PDF library is an error of the file.
fn all_pages(source: &Source, config: &ExtractConfig) -> Result<Vec<Page>, FileError> {
    guarded_by(no_sense, || read_pages(&open::open(source, config)?))
}

fn no_sense() -> FileError {
    FileError::new(
        Failure::Corrupt,
        "its structure makes no sense to the PDF reader",
        "print it to PDF again, or ask the sender for the file again",
    )
}

/// The characters and rulings of all pages.
fn read_pages(pdf: &Pdf) -> Result<Vec<Page>, FileError> {
    let pages = pdf.pages();
    if pages.len() > limits::MAX_PAGES {
        return Err(FileError::new(
            Failure::TooLarge,
            format!("{} pages, more than {}", pages.len(), limits::MAX_PAGES),
            "split the file",
        ));
    }
    let layers = Layers::of(pdf);
    let structure = Structure::of(pdf);
    // Parts are read by other threads too, and a panic is kept where it happens.
    let read = |from: usize, part: &[hayro_syntax::page::Page<'_>]| {
        let place = || no_sense().at(format!("page {} or after", from + 1));
        guarded_by(place, || Ok(read_part(part, from, &layers, &structure)))
    };
    let mut out: Vec<Page> = Vec::with_capacity(pages.len());
    let (mut operators, mut characters) = (0u64, 0usize);
    for round in pages.chunks(PAGES_PER_ROUND) {
        let from = out.len();
        if round.len() <= PAGES_PER_TASK {
            out.extend(read(from, round)?);
        } else {
            let parts: Result<Vec<Vec<Page>>, FileError> = round
                .par_chunks(PAGES_PER_TASK)
                .enumerate()
                .map(|(i, part)| read(from + i * PAGES_PER_TASK, part))
                .collect();
            out.extend(parts?.into_iter().flatten());
        }
        let done = out.get(from..).unwrap_or_default();
        operators += done.iter().map(|p| p.operators).sum::<u64>();
        characters += done.iter().map(|p| p.chars.len()).sum::<usize>();
        if operators > limits::MAX_DOCUMENT_OPERATORS || characters > limits::MAX_DOCUMENT_CHARS {
            return Err(FileError::new(
                Failure::TooLarge,
                "drawing its pages takes more steps than any real sheet",
                "split the file, or print it to PDF again",
            )
            .at(format!("page {}", out.len())));
        }
    }
    Ok(out)
}

/// Pages in a row, with one set of fonts.
fn read_part<'a>(
    part: &[hayro_syntax::page::Page<'a>],
    from: usize,
    layers: &Layers,
    structure: &Structure,
) -> Vec<Page> {
    let mut fonts = Fonts::new();
    let mut out = Vec::with_capacity(part.len());
    for (i, page) in part.iter().enumerate() {
        out.push(content::read_page(
            page,
            (from + i + 1) as u32,
            &mut fonts,
            layers,
            structure,
        ));
    }
    out
}
