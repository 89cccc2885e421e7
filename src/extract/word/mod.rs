//! Word documents (DOCX): paragraphs as lines, tables as grids.
//!
//! What a reader of the document sees is read: deleted and hidden text is left out, list numbers are
//! counted, ticked boxes are ticks. Lines are counted by paragraph; cells are named as Word's own
//! formulas name them: `B3` is the third row's second cell.

mod body;
mod numbering;
mod table;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use super::workbook::draft::Budget;
use super::workbook::ooxml::relations;
use super::workbook::package::Package;
use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::{Block, Extraction, Format, Source, Warning, WarningCode};
use body::Body;
use numbering::Numbering;

/// The part that holds the text.
const DOCUMENT: &str = "word/document.xml";

/// Reads a document.
///
/// # Errors
/// It is damaged, or holds more than allowed.
pub fn extract(source: &Source, config: &ExtractConfig) -> Result<Extraction, FileError> {
    let mut package = Package::open(&source.bytes, config.max_inflated_bytes)?;
    let Some(text) = package.text(DOCUMENT)? else {
        return Err(damaged("its text is missing"));
    };
    let relations = relations::of(&mut package, DOCUMENT)?;
    let mut part = |kind: &str| -> Result<Vec<String>, FileError> {
        let mut texts = Vec::new();
        for relation in relations.values().filter(|r| r.kind == kind) {
            texts.extend(package.text(&relation.target)?);
        }
        Ok(texts)
    };
    let first = |texts: Vec<String>| texts.into_iter().next().unwrap_or_default();
    let (numbers, styles) = (first(part("numbering")?), first(part("styles")?));
    let numbering = Numbering::read(&numbers, &styles);
    let mut budget = Budget::new(config);
    let mut read = |text: &str| Body::read(text, &numbering, config, &mut budget);

    let mut document = read(&text)?;
    if !document.whole {
        return Err(damaged("its text is cut off"));
    }
    // Running headers name the document; notes belong to no place in it. Each page has them, the
    // document once.
    let mut blocks: Vec<Block> = Vec::new();
    for header in part("header")? {
        add_once(&mut blocks, read(&header)?.blocks);
    }
    blocks.append(&mut document.blocks);
    for kind in ["footnotes", "endnotes", "comments", "footer"] {
        let mut notes = Vec::new();
        for text in part(kind)? {
            add_once(&mut notes, read(&text)?.blocks);
        }
        blocks.append(&mut notes);
    }
    Ok(Extraction {
        format: Format::Docx,
        encoding: None,
        blocks,
        warnings: warnings(&document.left_out),
    })
}

/// Adds blocks, but no line that is there already.
fn add_once(blocks: &mut Vec<Block>, more: Vec<Block>) {
    let line = |block: &Block| match block {
        Block::Line(line) => Some(line.text.clone()),
        Block::Table(_) => None,
    };
    let mut there: HashSet<String> = blocks.iter().filter_map(line).collect();
    for mut block in more {
        if line(&block).is_none_or(|text| there.insert(text)) {
            if let Block::Line(line) = &mut block {
                line.line = None; // It counts in a part of its own.
            }
            blocks.push(block);
        }
    }
}

fn warnings(left_out: &body::LeftOut) -> Vec<Warning> {
    let counts = [
        (left_out.hidden, WarningCode::HiddenLeftOut, "hidden"),
        (
            left_out.struck,
            WarningCode::StruckLeftOut,
            "struck-through",
        ),
    ];
    let warning = |(n, code, what): (usize, WarningCode, &str)| Warning {
        code,
        message: format!("{n} pieces of {what} text were left out; --include-hidden keeps them"),
        rows: None,
        place: None,
    };
    let some = counts.into_iter().filter(|(n, ..)| *n > 0);
    some.map(warning).collect()
}

fn damaged(what: &str) -> FileError {
    FileError::new(
        Failure::Corrupt,
        format!("the document is damaged: {what}"),
        "ask for the file again; if it opens in Word, save it there first",
    )
    .at(format!("part {DOCUMENT}"))
}
