//! XLSB packages built here, record by record.

use super::super::testing::{cells, hostile, hostile_parts, read, tables, warnings, zip_of};
use crate::config::ExtractConfig;
use crate::error::Failure;
use crate::model::{CellKind, Extraction, Format, WarningCode};

fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    if kind < 0x80 {
        bytes.push(kind as u8);
    } else {
        bytes.extend([(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]);
    }
    let mut length = content.len();
    loop {
        let more = length > 0x7F;
        bytes.push((length & 0x7F) as u8 | if more { 0x80 } else { 0 });
        length >>= 7;
        if !more {
            break;
        }
    }
    bytes.extend(content);
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|u| u.to_le_bytes()));
    bytes
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

fn row(number: u32, hidden: bool) -> Vec<u8> {
    let mut content = numbers(&[number, 0]);
    content.extend([0x2C, 1, 0, if hidden { 0x10 } else { 0 }, 0]);
    content.extend(numbers(&[0]));
    record(0, &content)
}

fn cell(kind: u16, col: u32, style: u32, value: &[u8]) -> Vec<u8> {
    let mut content = numbers(&[col, style]);
    content.extend(value);
    record(kind, &content)
}

fn style(format: u16, font: u16) -> Vec<u8> {
    let mut content = vec![0, 0];
    content.extend(format.to_le_bytes());
    content.extend(font.to_le_bytes());
    content.extend([0; 10]);
    record(0x2F, &content)
}

fn sheet() -> Vec<u8> {
    let column = |first: u32, last: u32, flags: u8| {
        let mut content = numbers(&[first, last, 2000, 0]);
        content.extend([flags, 0]);
        record(0x3C, &content)
    };
    [
        record(0x81, &[]),
        record(0x93, &[0; 4]),
        record(0x94, &numbers(&[0, 9, 0, 9])),
        record(0x186, &[]),
        column(0, 3, 0),
        column(9, 9, 1),
        record(0x187, &[]),
        record(0x91, &[]),
        row(0, false),
        cell(0x07, 0, 0, &numbers(&[0])),
        cell(0x07, 1, 0, &numbers(&[1])),
        cell(0x07, 2, 1, &numbers(&[0])),
        cell(0x07, 9, 0, &numbers(&[0])),
        row(1, false),
        cell(0x05, 0, 2, &0.999f64.to_le_bytes()),
        cell(0x02, 1, 3, &numbers(&[46113 << 2 | 2])),
        cell(0x04, 2, 0, &[1]),
        cell(0x06, 3, 0, &wide("直書き")),
        row(2, true),
        cell(0x07, 0, 0, &numbers(&[0])),
        row(3, false),
        cell(0x03, 0, 0, &[0x17]),
        cell(0x08, 1, 0, &[wide("計算"), vec![0; 8]].concat()),
        cell(0x01, 2, 0, &[]),
        record(0x92, &[]),
        record(0xB1, &numbers(&[1])),
        record(0xB0, &numbers(&[3, 4, 1, 2])),
        record(0xB2, &[]),
        record(0x82, &[]),
    ]
    .concat()
}

fn package(sheet: &[u8]) -> Vec<u8> {
    let ns = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{ns}/{kind}\" Target=\"{target}\"/>")
    };
    let bundle = |state: u32, id: &str, name: &str| {
        record(0x9C, &[numbers(&[state, 1]), wide(id), wide(name)].concat())
    };
    let book = [
        record(0x83, &[]),
        record(0x99, &numbers(&[0, 0, 0])),
        record(0x8F, &[]),
        bundle(0, "r1", "回答"),
        bundle(1, "r2", "旧版"),
        record(0x90, &[]),
        record(0x84, &[]),
    ]
    .concat();
    let font = |flags: u8| record(0x2B, &[0xDC, 0, flags, 0, 0, 0, 0, 0]);
    let styles = [
        record(0x116, &[]),
        record(0x267, &numbers(&[1])),
        record(
            0x2C,
            &[164u16.to_le_bytes().to_vec(), wide("0.0%")].concat(),
        ),
        record(0x268, &[]),
        record(0x263, &numbers(&[2])),
        font(0),
        font(8),
        record(0x264, &[]),
        record(0x269, &numbers(&[4])),
        style(0, 0),
        style(0, 1),
        style(164, 0),
        style(31, 0),
        record(0x26A, &[]),
    ]
    .concat();
    let rich = [
        vec![1],
        wide("不可可"),
        numbers(&[2]),
        vec![0, 0, 1, 0, 2, 0, 0, 0],
    ]
    .concat();
    let strings = [
        record(0x9F, &numbers(&[2, 2])),
        record(0x13, &[vec![0], wide("はい")].concat()),
        record(0x13, &rich),
        record(0xA0, &[]),
    ]
    .concat();
    let rels = |inner: String| format!("<Relationships>{inner}</Relationships>").into_bytes();
    zip_of(&[
        (
            "_rels/.rels",
            rels(relation("r", "officeDocument", "xl/workbook.bin")),
        ),
        (
            "xl/_rels/workbook.bin.rels",
            rels(
                relation("r1", "worksheet", "worksheets/sheet1.bin")
                    + &relation("r2", "worksheet", "worksheets/sheet2.bin")
                    + &relation("r3", "styles", "styles.bin")
                    + &relation("r4", "sharedStrings", "sharedStrings.bin"),
            ),
        ),
        ("xl/workbook.bin", book),
        ("xl/styles.bin", styles),
        ("xl/sharedStrings.bin", strings),
        ("xl/worksheets/sheet1.bin", sheet.to_vec()),
        ("xl/worksheets/sheet2.bin", sheet.to_vec()),
    ])
}

fn extract(bytes: Vec<u8>) -> Extraction {
    read(bytes, Format::Xlsb, &ExtractConfig::default()).expect("a workbook")
}

#[test]
fn a_sheet_is_shown_as_its_reader_sees_it() {
    let book = extract(package(&sheet()));
    assert_eq!(
        cells(&book),
        "A1=はい B1=可 A2=99.9% B2=2026-04-01 C2=TRUE D2=直書き A4=#REF! B4:C5=計算"
    );
    let kinds: Vec<CellKind> = tables(&book)[0].cells.iter().map(|c| c.kind).collect();
    use CellKind::*;
    assert_eq!(kinds, [Text, Text, Number, Date, Bool, Text, Error, Text]);
    let codes: Vec<WarningCode> = book.warnings.iter().map(|w| w.code).collect();
    use WarningCode::*;
    assert_eq!(
        codes,
        [HiddenLeftOut, HiddenLeftOut, StruckLeftOut, ErrorValue]
    );
    let told = warnings(&book);
    assert!(
        told[1].1.contains("rows (3) and hidden columns (J)"),
        "{told:?}"
    );
    assert!(told[2].1.contains("all of C1; parts of B1"), "{told:?}");
}

/// The package is one that calamine reads too, with the same texts.
#[test]
fn values_agree_with_calamine() {
    use calamine::{Data, Reader};
    let bytes = package(&sheet());
    let mut book: calamine::Xlsb<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range("回答").expect("a sheet");
    let at = |row, col| range.get((row, col)).cloned();
    assert_eq!(at(0, 0), Some(Data::String("はい".to_owned())));
    assert_eq!(at(1, 0), Some(Data::Float(0.999)));
    assert_eq!(at(3, 1), Some(Data::String("計算".to_owned())));
}

#[test]
fn damage_is_an_error_never_a_panic() {
    let sheet = sheet();
    for end in 0..sheet.len() {
        let result = read(
            package(&sheet[..end]),
            Format::Xlsb,
            &ExtractConfig::default(),
        );
        assert_eq!(result.expect_err("cut off").reason, Failure::Corrupt);
    }
    hostile(&package(&sheet), Format::Xlsb);
    hostile_parts(&package(&sheet), Format::Xlsb);
}
