//! Every trait of a worksheet that changes what its reader sees, in packages built here.

mod attached;
mod limits;

use super::super::testing::{Xlsx, cells, tables, warnings};
use crate::model::{CellKind, WarningCode};

const STYLES: &str = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"0&quot;世代&quot;\"/>\
    <numFmt numFmtId=\"165\" formatCode=\"[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@\"/></numFmts>\
    <fonts><font/><font><strike/></font></fonts>\
    <cellXfs><xf/><xf fontId=\"1\"/><xf numFmtId=\"10\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>\
    <xf numFmtId=\"31\"/><xf numFmtId=\"22\"/><xf numFmtId=\"46\"/></cellXfs>";

fn inline(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn values_are_shown_as_their_reader_sees_them() {
    let book = Xlsx::rows(
        "<row r=\"2\"><c r=\"B2\"><v>1.0</v></c><c r=\"C2\" s=\"2\"><v>0.99900000000000011</v></c>\
         <c r=\"D2\" s=\"3\"><v>3</v></c><c r=\"E2\" s=\"4\"><v>46113</v></c><c r=\"F2\" t=\"b\"><v>1</v></c></row>\
         <row r=\"3\"><c r=\"B3\" s=\"5\"><v>46113</v></c><c r=\"C3\" s=\"6\"><v>46113.416666666664</v></c>\
         <c r=\"D3\" s=\"7\"><v>1.5</v></c><c r=\"E3\" t=\"d\"><v>2026-04-01T00:00:00</v></c>\
         <c r=\"F3\" t=\"str\"><f>A1</f><v>はい</v></c></row>",
    )
    .styles(STYLES)
    .read();
    assert_eq!(
        cells(&book),
        "B2=1 C2=99.90% D2=3世代 E2=2026-04-01 F2=TRUE \
         B3=2026-04-01 C3=2026-04-01T10:00 D3=36:00 E3=2026-04-01 F3=はい"
    );
    let kinds: Vec<CellKind> = tables(&book)[0].cells.iter().map(|c| c.kind).collect();
    use CellKind::*;
    assert_eq!(
        kinds,
        [
            Number, Number, Number, Date, Bool, Date, Date, Date, Date, Text
        ]
    );
    assert!(book.warnings.is_empty());
}

#[test]
fn the_1904_epoch_is_known() {
    let mut book = Xlsx::rows("<row><c s=\"5\"><v>44651</v></c></row>").styles(STYLES);
    book.properties = "date1904=\"1\"";
    assert_eq!(cells(&book.read()), "A1=2026-04-01");
}

#[test]
fn merged_regions_become_spans_once() {
    let rows = format!(
        "<sheetData><row r=\"3\">{}{}</row><row r=\"4\">{}</row></sheetData>\
         <mergeCells><mergeCell ref=\"B3:D3\"/><mergeCell ref=\"B4:B6\"/>\
         <mergeCell ref=\"C4:D4\"/><mergeCell ref=\"H9:J9\"/></mergeCells>",
        inline("B3", "題"),
        inline("C3", "下"),
        inline("B4", "縦"),
    );
    let book = Xlsx::of(&rows).read();
    assert_eq!(cells(&book), "B3:D3=題 B4:B6=縦 C4:D4=");
    let table = tables(&book)[0];
    assert_eq!((table.rows, table.cols), (4, 3));
    assert_eq!(table.range_of(1, 0, 2).as_deref(), Some("B4:D4"));
    assert_eq!(
        warnings(&book),
        [(
            WarningCode::HiddenLeftOut,
            "sheet 回答: 1 filled cell left out, which merged cells cover: C3; unmerge them to see \
             the text"
                .to_owned()
        )]
    );
}

#[test]
fn a_merge_of_whole_rows_ends_with_the_text() {
    let rows = format!(
        "<sheetData><row r=\"1\">{}</row><row r=\"2\">{}</row></sheetData>\
         <mergeCells><mergeCell ref=\"A1:XFD1\"/></mergeCells>",
        inline("A1", "題"),
        inline("D2", "答"),
    );
    assert_eq!(cells(&Xlsx::of(&rows).read()), "A1:D1=題 D2=答");
}

#[test]
fn phonetic_guides_are_no_text() {
    let book = Xlsx::rows(
        "<row><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>可用性</t>\
         <rPh sb=\"0\" eb=\"3\"><t>カヨウセイ</t></rPh></is></c></row>",
    )
    .strings(
        "<si><r><t>共</t></r><r><t>通</t></r><rPh sb=\"0\" eb=\"2\"><t>キョウツウ</t></rPh></si>",
    )
    .read();
    assert_eq!(cells(&book), "A1=共通 B1=可用性");
}

#[test]
fn struck_text_is_left_out_and_counted() {
    let book = Xlsx::rows(
        "<row r=\"1\"><c r=\"A1\" t=\"s\" s=\"1\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>\
         <c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"inlineStr\"><is><r><rPr><strike val=\"0\"/></rPr>\
         <t>活</t></r></is></c><c r=\"E1\" s=\"1\"><v>5</v></c></row>",
    )
    .styles(STYLES)
    .strings(
        "<si><t>廃止</t></si><si><r><rPr><strike/></rPr><t>可</t></r><r><rPr/><t>不可</t></r></si>\
         <si><r><rPr><strike/></rPr><t>旧</t></r></si>",
    );
    let shown = book.read();
    assert_eq!(cells(&shown), "B1=不可 D1=活");
    assert_eq!(
        warnings(&shown),
        [(
            WarningCode::StruckLeftOut,
            "sheet 回答: struck-through text of 4 cells left out: all of A1, C1, E1; parts of B1; \
             --include-hidden keeps it"
                .to_owned()
        )]
    );
    let all = book.read_all();
    assert_eq!(cells(&all), "A1=廃止 B1=可不可 C1=旧 D1=活 E1=5");
    let struck: Vec<bool> = tables(&all)[0]
        .cells
        .iter()
        .map(|c| c.flags.struck)
        .collect();
    assert_eq!(struck, [true, false, true, false, true]);
    assert!(all.warnings.is_empty());
}

#[test]
fn hidden_rows_columns_and_sheets_are_left_out_and_counted() {
    let row = |r: u32, attributes: &str| {
        format!(
            "<row r=\"{r}\" {attributes}>{}{}</row>",
            inline(&format!("A{r}"), "a"),
            inline(&format!("C{r}"), "c")
        )
    };
    let content = format!(
        "<cols><col min=\"1\" max=\"1\" width=\"8\"/><col min=\"3\" max=\"3\" hidden=\"1\"/>\
         <col min=\"5\" max=\"5\" width=\"0\"/></cols><sheetData>{}{}{}{}</sheetData>",
        row(1, ""),
        row(2, "hidden=\"1\""),
        row(3, "ht=\"0\" customHeight=\"1\""),
        row(4, "hidden=\"0\" ht=\"0.75\""),
    );
    let book = Xlsx::of(&content)
        .sheet(
            "旧版",
            "state=\"hidden\"",
            "<sheetData><row><c><v>1</v></c></row></sheetData>",
        )
        .sheet("控え", "state=\"veryHidden\"", "<sheetData/>");
    let shown = book.read();
    assert_eq!(cells(&shown), "A1=a A4=a");
    assert_eq!(
        warnings(&shown),
        [
            (
                WarningCode::HiddenLeftOut,
                "hidden sheets (2) left out: 旧版, 控え; --include-hidden keeps them".to_owned()
            ),
            (
                WarningCode::HiddenLeftOut,
                "sheet 回答: 6 filled cells in hidden rows (2-3) and hidden columns (C) left out; \
                 --include-hidden keeps them"
                    .to_owned()
            ),
        ]
    );
    let all = book.read_all();
    assert_eq!(cells(&all), "A1=a C1=c A2=a C2=c A3=a C3=c A4=a C4=c A1=1");
    let hidden: Vec<bool> = tables(&all)
        .iter()
        .flat_map(|t| t.cells.iter().map(|c| c.flags.hidden))
        .collect();
    assert_eq!(
        hidden,
        [false, true, true, true, true, true, false, true, true]
    );
}

#[test]
fn a_merged_cell_is_seen_while_any_of_its_rows_is() {
    let content = format!(
        "<sheetData><row r=\"1\" hidden=\"1\">{}</row><row r=\"2\">{}</row></sheetData>\
         <mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>",
        inline("A1", "区分"),
        inline("B2", "答"),
    );
    assert_eq!(cells(&Xlsx::of(&content).read()), "A1:A2=区分 B2=答");
}

#[test]
fn formulas_without_a_result_are_shown_and_told() {
    let book = Xlsx::rows(
        "<row r=\"1\"><c r=\"A1\"><f>1+1</f><v>2</v></c><c r=\"B1\"><f>IF(A1&gt;1,\"可\",\"否\")</f></c>\
         <c r=\"C1\"><f>A1</f><v></v></c><c r=\"D1\" t=\"str\"><f>\"\"</f><v></v></c>\
         <c r=\"E1\"><f t=\"shared\" ref=\"E1:F1\" si=\"0\">A1*2</f><v>4</v></c><c r=\"F1\"><f t=\"shared\" si=\"0\"/></c></row>",
    )
    .read();
    assert_eq!(
        cells(&book),
        "A1=2 B1==IF(A1>1,\"可\",\"否\") C1==A1 E1=4 F1==A1*2"
    );
    let flags: Vec<bool> = tables(&book)[0]
        .cells
        .iter()
        .map(|c| c.flags.uncomputed)
        .collect();
    assert_eq!(flags, [false, true, true, false, true]);
    let told = warnings(&book);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, WarningCode::FormulaWithoutValue);
    assert!(told[0].1.contains("3 formulas") && told[0].1.contains("B1, C1, F1"));
}

#[test]
fn error_values_are_told_even_those_calamine_does_not_know() {
    let book = Xlsx::rows(
        "<row><c t=\"e\"><v>#REF!</v></c><c t=\"e\"><f>X()</f><v>#SPILL!</v></c><c><v>1</v></c></row>",
    )
    .read();
    assert_eq!(cells(&book), "A1=#REF! B1=#SPILL! C1=1");
    assert_eq!(tables(&book)[0].cells[1].kind, CellKind::Error);
    assert_eq!(
        warnings(&book),
        [(
            WarningCode::ErrorValue,
            "sheet 回答: 2 cells hold an error value instead of an answer: A1 #REF!, B1 #SPILL!; \
             ask for a corrected file"
                .to_owned()
        )]
    );
}

#[test]
fn only_worksheets_are_read_and_prefixes_do_not_matter() {
    let book = Xlsx::default()
        .sheet_of("chartsheet", "グラフ", "", "<chartsheet/>")
        .sheet_of("xlMacrosheet", "マクロ", "", "<macrosheet/>")
        .sheet_of(
            "worksheet",
            "表 &amp; 注",
            "",
            "<x:worksheet xmlns:x=\"urn:x\"><x:cols><x:col min=\"2\" max=\"2\" hidden=\"1\"/></x:cols><x:sheetData>\
             <x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c><x:c><x:f>A1</x:f></x:c></x:row></x:sheetData>\
             <x:mergeCells><x:mergeCell ref=\"A1:A2\"/></x:mergeCells></x:worksheet>",
        )
        .read();
    assert_eq!(cells(&book), "A1:A2=1 C1==A1");
    assert_eq!(tables(&book)[0].sheet.as_deref(), Some("表 & 注"));
}
