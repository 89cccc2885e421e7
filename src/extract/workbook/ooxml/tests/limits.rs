//! Limits, odd sizes, damage.

use super::super::super::guard::is_guarded;
use super::super::super::testing::{Xlsx, cells, hostile, hostile_parts, read, tables, warnings};
use super::{STYLES, inline};
use crate::config::ExtractConfig;
use crate::error::Failure;
use crate::model::{Format, WarningCode};

#[test]
fn an_empty_workbook_has_no_tables() {
    assert!(Xlsx::default().read().blocks.is_empty());
    assert!(Xlsx::rows("").read().blocks.is_empty());
    assert!(Xlsx::of("").read().blocks.is_empty());
}

#[test]
fn cells_far_apart_cost_nothing() {
    let book = Xlsx::rows(&format!(
        "<row r=\"1\">{}</row><row r=\"1048576\">{}</row>",
        inline("A1", "a"),
        inline("XFD1048576", "z")
    ))
    .read();
    assert_eq!(cells(&book), "A1=a XFD1048576=z");
    assert_eq!(
        (tables(&book)[0].rows, tables(&book)[0].cols),
        (1_048_576, 16_384)
    );
}

#[test]
fn limits_hold_and_name_their_place() {
    let book =
        Xlsx::rows("<row><c><v>1</v></c><c><v>2</v></c><c t=\"str\"><v>あいう</v></c></row>");
    let config = |cells, inflated, cell| ExtractConfig {
        max_cells: cells,
        max_inflated_bytes: inflated,
        max_cell_bytes: cell,
        ..ExtractConfig::default()
    };
    let error = read(book.bytes(), Format::Xlsx, &config(2, 1 << 20, 99)).expect_err("cells");
    assert_eq!(
        (error.reason, error.place.as_deref()),
        (Failure::TooLarge, Some("sheet 回答"))
    );
    let error = read(book.bytes(), Format::Xlsx, &config(9, 400, 99)).expect_err("bytes");
    assert_eq!(error.reason, Failure::TooLarge);
    assert!(error.place.is_some_and(|p| p.starts_with("part xl/")));
    let cut = read(book.bytes(), Format::Xlsx, &config(9, 1 << 20, 4)).expect("read");
    assert_eq!(cells(&cut), "A1=1 B1=2 C1=あ");
    assert_eq!(warnings(&cut)[0].0, WarningCode::Truncated);
}

#[test]
fn a_string_that_many_cells_share_counts_each_time() {
    let cell = "<c t=\"s\"><v>0</v></c>";
    let book = Xlsx::rows(&format!("<row>{}</row>", cell.repeat(1000)))
        .strings(&format!("<si><t>{}</t></si>", "x".repeat(10_000)));
    let config = ExtractConfig {
        max_inflated_bytes: 1 << 20,
        ..ExtractConfig::default()
    };
    let error = read(book.bytes(), Format::Xlsx, &config).expect_err("too much text");
    assert_eq!(error.reason, Failure::TooLarge);
}

#[test]
fn damage_is_an_error_never_a_panic() {
    // calamine may panic on what is left after a flip; the message belongs to nobody.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !is_guarded() {
            hook(info);
        }
    }));
    let book = Xlsx::of(&format!(
        "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols><sheetData><row r=\"1\" hidden=\"1\">{}</row>\
         <row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"D2\" s=\"4\"><f>A1</f><v>46113</v></c></row></sheetData>\
         <mergeCells><mergeCell ref=\"A2:B9\"/></mergeCells>",
        inline("A1", "案")
    ))
    .strings("<si><r><rPr><strike/></rPr><t>可</t></r><r><t>否</t></r></si>")
    .styles(STYLES)
    .related("comments", "<comments><comment ref=\"B2\"><t>x</t></comment></comments>");
    hostile(&book.bytes(), Format::Xlsx);
    hostile_parts(&book.bytes(), Format::Xlsx);
    // Damage behind the checksum: parts that inflate well but say nonsense.
    for part in [
        "<sheetData><row r=\"0\"><c r=\"A0\"><v>1</v></c></row></sheetData>",
        "<sheetData><row r=\"99999999999\"><c r=\"ZZZZZZZZ99999999999\"><v>1</v></c></row></sheetData>",
        "<dimension ref=\"B9:A1\"/><sheetData><row><c><v>1</v></c></row></sheetData>",
        "<sheetData><row><c t=\"s\"><v>9</v></c></row></sheetData>",
        "<sheetData><row><c t=\"q\"><v>9</v></c></row></sheetData>",
        "<sheetData><row><c><v>1</v>",
        "<sheetData><row><c s=\"18446744073709551616\"><v>1</v></c></row></sheetData>",
        "<sheetData/><mergeCells><mergeCell ref=\"A1:ZZZ9\"/><mergeCell/></mergeCells>",
    ] {
        let _ = read(
            Xlsx::of(part).bytes(),
            Format::Xlsx,
            &ExtractConfig::default(),
        );
    }
    let claims = "<sst uniqueCount=\"4000000000000\"><si><t>a</t></si></sst>";
    let book = Xlsx::rows("<row><c t=\"s\"><v>0</v></c></row>")
        .strings("")
        .part("xl/sharedstrings.xml", claims);
    let _ = read(book.bytes(), Format::Xlsx, &ExtractConfig::default());
}

/// What would take minutes if any byte were looked at once for each thing found before it.
#[test]
fn no_byte_is_looked_at_again_and_again() {
    let many = |text: &str| text.repeat(2_000_000 / text.len());
    let config = ExtractConfig {
        max_inflated_bytes: 64 << 20,
        ..ExtractConfig::default()
    };
    for body in [
        many(" t=\"e\""),
        many("<row hidden=\"1\" "),
        many("<f>"),
        many("<c><f>"),
        many("<mergeCells>"),
        many("sheetData"),
    ] {
        for part in [body.clone(), format!("<sheetData>{body}</sheetData>{body}")] {
            let _ = read(Xlsx::of(&part).bytes(), Format::Xlsx, &config);
        }
    }
    for strings in [many("<si>"), many("<si><rPr><strike/>"), many("strike rPr")] {
        let book = Xlsx::rows("<row><c t=\"s\"><v>0</v></c></row>").strings(&strings);
        let _ = read(book.bytes(), Format::Xlsx, &config);
    }
    let code = many("0y;\"");
    let styles = format!(
        "<numFmts><numFmt numFmtId=\"164\" formatCode='{code}'/></numFmts><cellXfs><xf numFmtId=\"164\"/></cellXfs>"
    );
    let book = Xlsx::rows(&many("<c s=\"0\"><v>1</v></c>")).styles(&styles);
    let _ = read(book.bytes(), Format::Xlsx, &config);
}
