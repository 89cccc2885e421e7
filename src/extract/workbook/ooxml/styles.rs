//! The styles part: number formats, struck fonts, checkbox styles.

use quick_xml::events::Event;

use super::super::styles::{CellStyle, Formats, Styles};
use super::super::xml;

/// Styles that are read. Excel allows 65,490.
const MAX_STYLES: usize = 200_000;

/// Reads `styles.xml`. `checkboxes` tells whether the workbook's property bags hold a checkbox.
pub fn read(part: &str, is_1904: bool, checkboxes: bool) -> Styles {
    let mut reader = xml::reader(part);
    let mut formats = Formats::default();
    let mut struck_fonts: Vec<bool> = Vec::new();
    let mut styles = Styles {
        is_1904,
        ..Styles::default()
    };
    // The list being read: fonts and formats also stand in `dxfs`, which are no cell's own.
    let mut list = String::new();
    loop {
        match xml::next(&mut reader) {
            Event::Start(e) => match (list.as_str(), e.local_name().as_ref()) {
                ("", name @ ("numFmts" | "fonts" | "cellXfs" | "dxfs")) => list = name.to_owned(),
                ("numFmts", "numFmt") => {
                    let code = xml::attr(&e, "formatCode");
                    if let (Some(id), Some(code)) = (xml::number(&e, "numFmtId"), code) {
                        formats.add(id, &code);
                    }
                }
                ("fonts", "font") => struck_fonts.push(false),
                ("fonts", "strike") => {
                    if let Some(font) = struck_fonts.last_mut() {
                        *font = xml::toggled(&e);
                    }
                }
                ("cellXfs", "xf") if styles.cells.len() < MAX_STYLES => {
                    let font = xml::number(&e, "fontId").unwrap_or(0) as usize;
                    styles.cells.push(CellStyle {
                        format: formats.get(xml::number(&e, "numFmtId").unwrap_or(0)),
                        struck: struck_fonts.get(font).copied().unwrap_or(false),
                        checkbox: false,
                    });
                }
                // [MS-XLSX] 2.6.217: a complement that names a property bag.
                ("cellXfs", "xfComplement") if checkboxes => {
                    if let Some(style) = styles.cells.last_mut() {
                        style.checkbox = true;
                    }
                }
                _ => {}
            },
            Event::End(e) if e.local_name().as_ref() == list => list.clear(),
            Event::Eof => return styles,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_get_their_format_and_strike() {
        let part = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0&quot;世代&quot;\"/></numFmts>\
            <fonts><font/><font><strike/></font><font><strike val=\"0\"/></font></fonts>\
            <cellStyleXfs><xf fontId=\"1\"/></cellStyleXfs>\
            <cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"164\" fontId=\"1\"/>\
            <xf numFmtId=\"28\" fontId=\"2\"><extLst><ext><x:xfComplement i=\"0\"/></ext></extLst></xf></cellXfs>\
            <dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>";
        let styles = read(part, false, true);
        assert_eq!(styles.cells.len(), 3);
        let struck: Vec<bool> = styles.cells.iter().map(|s| s.struck).collect();
        assert_eq!(struck, [false, true, false]);
        assert_eq!(styles.number(1, 3.0).text, "3世代");
        assert_eq!(styles.number(2, 46113.0).text, "2026-04-01");
        assert_eq!(styles.truth(2, true).text, "☑");
        assert_eq!(styles.truth(0, true).text, "TRUE");
        assert_eq!(styles.number(99, 1.5).text, "1.5");
    }
}
