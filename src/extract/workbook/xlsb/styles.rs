//! `styles.bin`.

use super::super::bytes::u16_at;
use super::super::styles::{CellStyle, Formats, Styles};
use super::is_struck_font;
use super::record::{Records, wide_string};

/// Cell styles, and which fonts are struck.
pub fn read(part: &[u8], is_1904: bool) -> (Styles, Vec<bool>) {
    let mut formats = Formats::default();
    let mut fonts = Vec::new();
    let mut styles = Styles {
        is_1904,
        ..Styles::default()
    };
    let mut in_fonts = false;
    let mut in_cells = false;
    for record in Records::new(part) {
        let content = record.content;
        match record.kind {
            // BrtFmt
            0x002C => {
                let code = content.get(2..).and_then(wide_string);
                if let (Some(id), Some((code, _))) = (u16_at(content, 0), code) {
                    formats.add(u32::from(id), &code);
                }
            }
            // BrtBeginFonts, BrtEndFonts
            0x0263 => in_fonts = true,
            0x0264 => in_fonts = false,
            // BrtFont
            0x002B if in_fonts => fonts.push(is_struck_font(content)),
            // BrtBeginCellXFs, BrtEndCellXFs
            0x0269 => in_cells = true,
            0x026A => in_cells = false,
            // BrtXF: parent, format, font
            0x002F if in_cells => {
                let format = u16_at(content, 2).unwrap_or(0);
                let font = usize::from(u16_at(content, 4).unwrap_or(0));
                styles.cells.push(CellStyle {
                    format: formats.get(u32::from(format)),
                    struck: fonts.get(font).copied().unwrap_or(false),
                    checkbox: false,
                });
            }
            _ => {}
        }
    }
    (styles, fonts)
}
