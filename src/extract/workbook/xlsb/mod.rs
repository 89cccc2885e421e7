//! XLSB: the parts of an XLSX in binary records ([MS-XLSB]). Read from the records, like XLS:
//! styles, hidden rows and values stand together in them.

mod record;
mod sheet;
mod styles;
#[cfg(test)]
mod tests;

use super::bytes::{u16_at, u32_at};
use super::draft::{Attached, Attachment, Budget, Draft};
use super::ooxml::book::{self, Book};
use super::ooxml::relations::{self, Relations};
use super::ooxml::{drawing, shown, vml};
use super::package::Package;
use super::rich::Rich;
use super::too_many;
use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::Warning;
use record::{Records, rich_string, wide_string};
use sheet::Look;

/// Reads a workbook.
///
/// # Errors
/// It is damaged or too large.
pub fn read(
    bytes: &[u8],
    config: &ExtractConfig,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<Draft>, FileError> {
    let mut package = Package::open(bytes, config.max_inflated_bytes)?;
    let (main, relations) = book::main_part(&mut package)?;
    let part = package.part(&main)?.unwrap_or_default();
    let book = read_book(&part, &relations).ok_or_else(|| damaged(&main))?;
    let styles = match &book.styles {
        Some(part) => package.part(part)?.unwrap_or_default(),
        None => Vec::new(),
    };
    let (styles, struck_fonts) = styles::read(&styles, book.is_1904);
    let mut strings = Vec::new();
    if let Some(name) = &book.strings
        && let Some(part) = package.part(name)?
    {
        strings = read_strings(&part, &struck_fonts, config.max_cells);
        if strings.len() as u64 > config.max_cells {
            return Err(too_many("shared strings", config.max_cells));
        }
    }
    let look = Look {
        styles: &styles,
        strings: &strings,
        struck_fonts: &struck_fonts,
    };
    let mut budget = Budget::new(config);
    let mut drafts = Vec::new();
    for sheet in shown(&book.sheets, config, warnings)? {
        let part = package
            .part(&sheet.part)?
            .ok_or_else(|| damaged(&sheet.part))?;
        let mut draft = Draft {
            name: sheet.name.as_str().into(),
            hidden: sheet.hidden,
            attached: read_attached(&mut package, &sheet.part)?,
            ..Draft::default()
        };
        if !sheet::read(&part, look, &mut budget, &mut draft)? {
            return Err(damaged(&sheet.part));
        }
        drafts.push(draft);
    }
    Ok(drafts)
}

/// Reads `workbook.bin`. `None` when it does not end as it should.
fn read_book(part: &[u8], relations: &Relations) -> Option<Book> {
    let mut book = Book::new(relations);
    let mut ended = false;
    for record in Records::new(part) {
        match record.kind {
            // BrtWbProp: f1904
            0x0099 => book.is_1904 = u32_at(record.content, 0)? & 1 != 0,
            // BrtBundleSh
            0x009C => {
                let hidden = u32_at(record.content, 0)? != 0;
                let (relation, rest) = wide_string(record.content.get(8..)?)?;
                let (name, _) = wide_string(rest)?;
                book.add(name, hidden, &relation, relations);
            }
            // BrtEndBook
            0x0084 => ended = true,
            _ => {}
        }
    }
    ended.then_some(book)
}

/// Reads `sharedStrings.bin`.
fn read_strings(part: &[u8], struck_fonts: &[bool], most: u64) -> Vec<Rich> {
    Records::new(part)
        // BrtSSTItem
        .filter(|r| r.kind == 0x0013)
        .map(|r| rich_string(r.content, struck_fonts).unwrap_or_default())
        // One more than allowed is enough to see that there are too many.
        .take(
            usize::try_from(most)
                .unwrap_or(usize::MAX)
                .saturating_add(1),
        )
        .collect()
}

fn read_attached(package: &mut Package<'_>, part: &str) -> Result<Vec<Attached>, FileError> {
    let relations = relations::of(package, part)?;
    let mut attached = vml::read(package, &relations)?;
    attached.extend(drawing::text_boxes(drawing::read(package, &relations)?));
    for relation in relations.values().filter(|r| r.kind == "comments") {
        let part = package.part(&relation.target)?.unwrap_or_default();
        let mut place = None;
        for record in Records::new(&part) {
            match record.kind {
                // BrtBeginComment: author, then the cell as a range
                0x027B => {
                    let at = |i| u32_at(record.content, i);
                    place = at(4).zip(at(12));
                }
                // BrtCommentText
                0x027D => {
                    let text = rich_string(record.content, &[]).unwrap_or_default();
                    attached.extend(place.take().map(|(row, col)| Attached {
                        row,
                        col,
                        kind: Attachment::Comment,
                        text: text.text(),
                    }));
                }
                _ => {}
            }
        }
    }
    Ok(attached)
}

fn damaged(part: &str) -> FileError {
    FileError::new(
        Failure::Corrupt,
        "the part is missing, damaged or cut off",
        "ask for the file again; if it opens in a spreadsheet program, save it there as .xlsx",
    )
    .at(format!("part {part}"))
}

/// Whether a font flag word says struck through (BrtFont and BIFF8 agree).
fn is_struck_font(content: &[u8]) -> bool {
    u16_at(content, 2).is_some_and(|flags| flags & 8 != 0)
}
