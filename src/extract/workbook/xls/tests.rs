//! BIFF8 workbooks that xlwt wrote (`fixtures/workbook-parts/make_xls.py`).

use super::super::testing::{cells, hostile, read, tables, warnings};
use crate::config::ExtractConfig;
use crate::error::Failure;
use crate::model::{CellKind, Extraction, Format, WarningCode};

const TRAITS: &[u8] = include_bytes!("../../../../fixtures/workbook-parts/traits.xls");
const EPOCH: &[u8] = include_bytes!("../../../../fixtures/workbook-parts/epoch-1904.xls");

fn extract(bytes: &[u8], include_hidden: bool) -> Extraction {
    let config = ExtractConfig {
        include_hidden,
        ..ExtractConfig::default()
    };
    read(bytes.to_vec(), Format::Xls, &config).expect("a workbook")
}

#[test]
fn a_sheet_is_shown_as_its_reader_sees_it() {
    let book = extract(TRAITS, false);
    let shown = cells(&book);
    assert!(
        shown.starts_with(
            "A1:D1=クラウドサービス確認票 A3:A5=可用性 B3=1 C3=99.9% D3=3世代 B4=2026-04-01 \
             C4=2026-04-01T10:00 D4=36:00 B5=TRUE D5=可 "
        ),
        "{shown}"
    );
    assert!(shown.contains(" B7=-2.5 C7=1,234,567 "), "{shown}");
    assert!(shown.ends_with("A11=誤り B11=#REF!"));
    let table = tables(&book)[0];
    let kind = |row, col| {
        let cell = table.cells.iter().find(|c| (c.row, c.col) == (row, col));
        cell.map(|c| c.kind)
    };
    assert_eq!(kind(2, 1), Some(CellKind::Number));
    assert_eq!(kind(3, 1), Some(CellKind::Date));
    assert_eq!(kind(10, 1), Some(CellKind::Error));
    for row in 7..10 {
        let text = |col| {
            let cell = table.cells.iter().find(|c| (c.row, c.col) == (row, col));
            cell.map_or("", |c| c.text.as_str())
        };
        assert_eq!(text(0), format!("{row}{}", "長い説明。".repeat(900)));
        assert_eq!(text(1), format!("{row}{}", "ascii ".repeat(900)));
    }
    assert_eq!(
        warnings(&book),
        [
            (
                WarningCode::HiddenLeftOut,
                "hidden sheets (1) left out: 旧版; --include-hidden keeps them".to_owned()
            ),
            (
                WarningCode::HiddenLeftOut,
                "sheet 回答: 2 filled cells in hidden rows (6) and hidden columns (F) left out; \
                 --include-hidden keeps them"
                    .to_owned()
            ),
            (
                WarningCode::StruckLeftOut,
                "sheet 回答: struck-through text of 2 cells left out: all of C5; parts of D5; \
                 --include-hidden keeps it"
                    .to_owned()
            ),
            (
                WarningCode::ErrorValue,
                "sheet 回答: 1 cell holds an error value instead of an answer: B11 #REF!; ask for \
                 a corrected file"
                    .to_owned()
            ),
        ]
    );
}

#[test]
fn hidden_and_struck_content_is_kept_on_request() {
    let book = extract(TRAITS, true);
    let table = tables(&book)[0];
    let flags = |text: &str| {
        let cell = table.cells.iter().find(|c| c.text == text);
        cell.map(|c| (c.flags.hidden, c.flags.struck))
    };
    assert_eq!(flags("隠れた行"), Some((true, false)));
    assert_eq!(flags("隠れた列"), Some((true, false)));
    assert_eq!(flags("廃止"), Some((false, true)));
    assert_eq!(flags("不可可"), Some((false, false)));
    assert_eq!(tables(&book)[1].cells[0].text, "昔の回答");
    assert!(tables(&book)[1].cells[0].flags.hidden);
}

#[test]
fn the_1904_epoch_is_known() {
    assert_eq!(cells(&extract(EPOCH, false)), "A1=2026-04-01");
}

/// calamine reads the same values (where it gives text as it stands).
#[test]
fn values_agree_with_calamine() {
    use calamine::{Data, Reader};
    let mut book: calamine::Xls<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(TRAITS)).expect("a workbook");
    let range = book.worksheet_range("回答").expect("a sheet");
    let (top, left) = range.start().expect("cells");
    let all = extract(TRAITS, true);
    let table = tables(&all)[0];
    let mut compared = 0;
    for (row, col, value) in range.used_cells() {
        if let Data::String(text) = value
            && !text.is_empty()
        {
            let place = (row as u32 + top, col as u32 + left);
            let cell = table.cells.iter().find(|c| (c.row, c.col) == place);
            assert_eq!(cell.map(|c| &c.text), Some(text));
            compared += 1;
        }
    }
    assert!(compared > 10);
}

#[test]
fn a_password_is_said_to_be_needed() {
    let mut bytes = TRAITS.to_vec();
    // Turns the record after the first BOF into FilePass.
    let bof = bytes
        .windows(4)
        .position(|w| w == [0x09, 0x08, 0x10, 0x00])
        .expect("a BOF");
    bytes[bof + 20..bof + 22].copy_from_slice(&[0x2F, 0x00]);
    let error = read(bytes, Format::Xls, &ExtractConfig::default()).expect_err("encrypted");
    assert_eq!(error.reason, Failure::Encrypted);
}

#[test]
fn damage_is_an_error_never_a_panic() {
    hostile(EPOCH, Format::Xls);
    hostile(TRAITS, Format::Xls);
    let error = read(vec![0; 600], Format::Xls, &ExtractConfig::default()).expect_err("zeros");
    assert_eq!(error.reason, Failure::Corrupt);
}

#[test]
fn a_sheet_that_is_cut_off_is_an_error() {
    let cut = TRAITS.len() / 2;
    let error = read(
        TRAITS[..cut].to_vec(),
        Format::Xls,
        &ExtractConfig::default(),
    );
    assert_eq!(error.expect_err("cut off").reason, Failure::Corrupt);
}
