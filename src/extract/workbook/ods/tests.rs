//! ODS packages built here.

use super::super::testing::{cells, hostile, hostile_parts, read, tables, warnings, zip_of};
use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::{CellKind, Extraction, Format, WarningCode};

fn package(styles: &str, tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    zip_of(&[("content.xml", content)])
}

fn extract(bytes: Vec<u8>, include_hidden: bool) -> Result<Extraction, FileError> {
    let config = ExtractConfig {
        include_hidden,
        ..ExtractConfig::default()
    };
    read(bytes, Format::Ods, &config)
}

fn rows(rows: &str) -> Extraction {
    let table = format!("<table:table table:name=\"回答\">{rows}</table:table>");
    extract(package(STYLES, &table), false).expect("a spreadsheet")
}

const STYLES: &str = "<style:style style:name=\"struck\" style:family=\"table-cell\">\
    <style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
    <style:style style:name=\"heir\" style:family=\"table-cell\" style:parent-style-name=\"struck\"/>\
    <style:style style:name=\"T1\" style:family=\"text\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
    <style:style style:name=\"T2\" style:family=\"text\"><style:text-properties style:text-line-through-style=\"none\"/></style:style>\
    <style:style style:name=\"gone\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>";

#[test]
fn values_are_shown_as_their_reader_sees_them() {
    let book = rows(
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         <table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>\
         <table:table-cell office:value-type=\"float\" office:value=\"3\"><text:p>3世代</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"percentage\" office:value=\"0.999\"><text:p>99.9%</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"float\" office:value=\"0.30000000000000004\"/>\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2026-04-01\"><text:p>令和8年4月1日</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2026-04-01T10:00:00\"><text:p>4/1 10:00</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"time\" office:time-value=\"PT36H30M00S\"><text:p>36:30</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>TRUE</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"string\"><text:p>一行目</text:p><text:p>二<text:s text:c=\"2\"/>行<text:span>目</text:span></text:p></table:table-cell>\
         </table:table-row>",
    );
    assert_eq!(
        cells(&book),
        "C3=3世代 D3=99.9% E3=0.3 F3=2026-04-01 G3=2026-04-01T10:00 H3=36:30 I3=TRUE J3=一行目\n二  行目"
    );
    use CellKind::*;
    let kinds: Vec<CellKind> = tables(&book)[0].cells.iter().map(|c| c.kind).collect();
    assert_eq!(
        kinds,
        [Number, Number, Number, Date, Date, Date, Bool, Text]
    );
    assert!(book.warnings.is_empty());
}

#[test]
fn spans_repeats_and_covered_cells() {
    let book = rows(
        "<table:table-row><table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"2\"><text:p>区分</text:p></table:table-cell>\
         <table:covered-table-cell/><table:table-cell table:number-columns-repeated=\"2\"><text:p>同</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"2\"><table:covered-table-cell table:number-columns-repeated=\"2\"/>\
         <table:table-cell><text:p>上</text:p></table:table-cell></table:table-row>",
    );
    assert_eq!(cells(&book), "A1:B2=区分 C1=同 D1=同 C2=上 C3=上");
}

#[test]
fn hidden_and_struck_content_is_left_out_and_counted() {
    let table = "<table:table table:name=\"回答\">\
        <table:table-column/><table:table-column table:visibility=\"collapse\"/><table:table-column table:default-cell-style-name=\"struck\"/>\
        <table:table-row><table:table-cell><text:p>見える</text:p></table:table-cell><table:table-cell><text:p>列</text:p></table:table-cell>\
        <table:table-cell><text:p>既定</text:p></table:table-cell><table:table-cell table:style-name=\"heir\"><text:p>廃止</text:p></table:table-cell>\
        <table:table-cell><text:p><text:span text:style-name=\"T1\">不可</text:span>可</text:p></table:table-cell>\
        <table:table-cell table:style-name=\"heir\"><text:p><text:span text:style-name=\"T2\">活</text:span></text:p></table:table-cell></table:table-row>\
        <table:table-row table:visibility=\"filter\"><table:table-cell><text:p>行</text:p></table:table-cell></table:table-row>\
        </table:table><table:table table:name=\"旧版\" table:style-name=\"gone\"><table:table-row><table:table-cell><text:p>旧</text:p></table:table-cell></table:table-row></table:table>\
        <table:table table:name=\"'file:///x.ods'#$表\"><table:table-row><table:table-cell><text:p>外</text:p></table:table-cell></table:table-row></table:table>";
    let bytes = package(STYLES, table);
    let book = extract(bytes.clone(), false).expect("a spreadsheet");
    assert_eq!(cells(&book), "A1=見える E1=可 F1=活");
    let codes: Vec<WarningCode> = book.warnings.iter().map(|w| w.code).collect();
    use WarningCode::*;
    assert_eq!(codes, [HiddenLeftOut, HiddenLeftOut, StruckLeftOut]);
    let told = warnings(&book);
    assert!(told[0].1.contains("旧版") && told[1].1.contains("rows (2) and hidden columns (B)"));
    assert!(told[2].1.contains("all of C1, D1; parts of E1"), "{told:?}");
    let all = extract(bytes, true).expect("a spreadsheet");
    assert_eq!(
        cells(&all),
        "A1=見える B1=列 C1=既定 D1=廃止 E1=不可可 F1=活 A2=行 A1=旧"
    );
}

#[test]
fn ruby_comments_shapes_and_controls() {
    let book = rows(
        "<office:forms><form:form><form:checkbox form:id=\"c1\" form:label=\"有\" form:current-state=\"checked\"/>\
         <form:checkbox form:id=\"c2\" form:label=\"無\"/></form:form></office:forms>\
         <table:table-row><table:table-cell><office:annotation><dc:creator>山田</dc:creator><dc:date>2026</dc:date><text:p>別紙参照</text:p></office:annotation>\
         <text:p><text:ruby><text:ruby-base>共通</text:ruby-base><text:ruby-text>キョウツウ</text:ruby-text></text:ruby></text:p></table:table-cell>\
         <table:table-cell><draw:control draw:control=\"c1\"/><draw:control draw:control=\"c2\"/></table:table-cell>\
         <table:table-cell><draw:frame><draw:text-box><text:p>注意書き</text:p></draw:text-box></draw:frame></table:table-cell></table:table-row>",
    );
    assert_eq!(cells(&book), "A1=共通 B1=☑有 ☐無");
    let told = warnings(&book);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, WarningCode::AttachedAnswer);
    assert!(
        told[0].1.contains("(2)") && told[0].1.contains("A1 “別紙参照”, C1 “注意書き”"),
        "{told:?}"
    );
}

#[test]
fn errors_and_formulas_without_a_result() {
    let book = rows(
        "<table:table-row><table:table-cell table:formula=\"of:=[.X1]\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>#REF!</text:p></table:table-cell>\
         <table:table-cell table:formula=\"of:=1+1\"/><table:table-cell table:formula=\"of:=&quot;&quot;\" office:value-type=\"string\" office:string-value=\"\"/>\
         <table:table-cell table:formula=\"of:=1\" office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p></table:table-cell></table:table-row>",
    );
    assert_eq!(cells(&book), "A1=#REF! B1==1+1 D1=1");
    let codes: Vec<WarningCode> = book.warnings.iter().map(|w| w.code).collect();
    assert_eq!(
        codes,
        [WarningCode::ErrorValue, WarningCode::FormulaWithoutValue]
    );
}

#[test]
fn repeated_text_is_limited() {
    let table = "<table:table><table:table-row table:number-rows-repeated=\"1048576\">\
        <table:table-cell table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell></table:table-row></table:table>";
    let error = extract(package("", table), false).expect_err("too many cells");
    assert_eq!(error.reason, Failure::TooLarge);
    let table = "<table:table><table:table-row table:number-rows-repeated=\"4294967295\">\
        <table:table-cell table:number-columns-repeated=\"4294967295\"/></table:table-row>\
        <table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>";
    let book = extract(package("", table), false).expect("nothing to repeat");
    assert!(book.blocks.is_empty());
}

#[test]
fn encrypted_and_damaged_spreadsheets_are_named() {
    let manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    let bytes = zip_of(&[("META-INF/manifest.xml", manifest), ("content.xml", "")]);
    assert_eq!(
        extract(bytes, false).expect_err("encrypted").reason,
        Failure::Encrypted
    );
    for parts in [
        &[("other.xml", "")][..],
        &[(
            "content.xml",
            "<office:spreadsheet><table:table><table:table-row>",
        )],
        &[(
            "content.xml",
            "<office:spreadsheet><table:table></table:table><",
        )],
    ] {
        let error = extract(zip_of(parts), false).expect_err("damaged");
        assert_eq!(error.reason, Failure::Corrupt, "{parts:?}");
    }
}

#[test]
fn damage_is_an_error_never_a_panic() {
    let table = "<table:table table:name=\"a\"><table:table-column table:number-columns-repeated=\"3\"/><table:table-row table:number-rows-repeated=\"5\">\
        <table:table-cell table:number-columns-spanned=\"2\" table:style-name=\"heir\"><text:p>x<text:s text:c=\"9\"/></text:p></table:table-cell></table:table-row></table:table>";
    hostile(&package(STYLES, table), Format::Ods);
    hostile_parts(&package(STYLES, table), Format::Ods);
}
