//! The workbook's globals: sheets, fonts, formats, shared strings.

use super::super::bytes::{u16_at, u32_at};
use super::super::rich::Rich;
use super::super::styles::{CellStyle, Formats, Styles};
use super::super::{encrypted, too_many};
use super::record::{Chars, Record, Records, TextCoding, rich};
use crate::error::FileError;

/// What all sheets share.
pub struct Globals {
    /// How text is stored.
    pub coding: TextCoding,
    /// Cell styles.
    pub styles: Styles,
    /// Worksheets in order.
    pub sheets: Vec<SheetStart>,
    /// Shared strings.
    pub strings: Vec<Text>,
    /// Struck fonts, by index.
    struck_fonts: Vec<bool>,
}

/// A shared string.
pub enum Text {
    /// One font throughout.
    Plain(String),
    /// Runs, some of which are struck.
    Rich(Rich),
}

/// A worksheet and where it begins.
pub struct SheetStart {
    /// Its name.
    pub name: String,
    /// It is hidden.
    pub hidden: bool,
    /// First byte in the stream.
    pub start: usize,
}

/// Fonts, formats and styles as they are read.
#[derive(Default)]
struct Reading {
    formats: Formats,
    /// Font and format of each style.
    styles: Vec<(u16, u16)>,
}

impl Globals {
    /// Reads the first substream, with at most `most` shared strings.
    ///
    /// # Errors
    /// The workbook needs a password, or there are more strings.
    pub fn read(stream: &[u8], most: u64) -> Result<Self, FileError> {
        let mut globals = Globals {
            coding: TextCoding {
                is_unicode: true,
                encoding: encoding_rs::WINDOWS_1252,
            },
            styles: Styles::default(),
            sheets: Vec::new(),
            strings: Vec::new(),
            struck_fonts: Vec::new(),
        };
        let mut reading = Reading::default();
        let mut records = Records::new(stream, 0);
        while let Some(record) = records.next() {
            match record.kind {
                0x002F if u16_at(record.content, 0).is_some() => {
                    return Err(encrypted("its content is encrypted"));
                }
                0x000A => break,
                0x00FC => {
                    let continued = records.continued();
                    globals.shared_strings(record.content, continued, most)?;
                }
                _ => {
                    // A record too short for its content says nothing.
                    let _ = globals.record(record, &mut reading);
                }
            }
        }
        for (font, format) in reading.styles {
            let style = CellStyle {
                format: reading.formats.get(u32::from(format)),
                struck: globals.is_struck(font),
                checkbox: false,
            };
            globals.styles.cells.push(style);
        }
        Ok(globals)
    }

    /// Whether a font is struck through. There is no font 4 ([MS-XLS] 2.5.129).
    pub fn is_struck(&self, font: u16) -> bool {
        let index = usize::from(if font > 4 { font - 1 } else { font });
        self.struck_fonts.get(index).copied().unwrap_or(false)
    }

    fn record(&mut self, record: Record<'_>, reading: &mut Reading) -> Option<()> {
        let content = record.content;
        match record.kind {
            // BOF: BIFF8 is 0x0600.
            0x0809 => self.coding.is_unicode = u16_at(content, 0)? >= 0x0600,
            // CodePage
            0x0042 => self.coding.encoding = TextCoding::page(u16_at(content, 0)?),
            // Date1904
            0x0022 => self.styles.is_1904 = u16_at(content, 0)? == 1,
            // Font: fStrikeOut
            0x0031 => self.struck_fonts.push(u16_at(content, 2)? & 8 != 0),
            // Format
            0x041E => {
                let text = content.get(2..)?;
                let code = if self.coding.is_unicode {
                    self.coding.long(text)?
                } else {
                    self.coding.short(text)?
                };
                reading.formats.add(u32::from(u16_at(content, 0)?), &code);
            }
            // XF
            0x00E0 => reading
                .styles
                .push((u16_at(content, 0)?, u16_at(content, 2)?)),
            // BoundSheet8: type 0 is a worksheet or a dialog sheet.
            0x0085 if *content.get(5)? == 0 => self.sheets.push(SheetStart {
                name: self.coding.short(content.get(6..)?)?.replace('\0', ""),
                hidden: content.get(4)? & 3 != 0,
                start: u32_at(content, 0)? as usize,
            }),
            _ => {}
        }
        Some(())
    }

    fn shared_strings(
        &mut self,
        content: &[u8],
        continued: Vec<&[u8]>,
        most: u64,
    ) -> Result<(), FileError> {
        let mut chars = Chars::new(content, continued);
        let any_struck = self.struck_fonts.contains(&true);
        if chars.skip(8).is_none() {
            return Ok(());
        }
        while let Some(string) = chars.shared_string() {
            if self.strings.len() as u64 == most {
                return Err(too_many("shared strings", most));
            }
            let text = if any_struck && !string.runs.is_empty() {
                Text::Rich(rich(&string.units, &string.runs, |f| self.is_struck(f)))
            } else {
                Text::Plain(String::from_utf16_lossy(&string.units))
            };
            self.strings.push(text);
        }
        Ok(())
    }
}
