//! Documents made here, as Word and others write them.

use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::extract::workbook::testing::zip_of;
use crate::model::{Block, Extraction, Source, WarningCode};

const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                      xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
                      xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";

fn package(body: &str, numbering: &str) -> Vec<u8> {
    let document = format!("<w:document {SPACES}><w:body>{body}</w:body></w:document>");
    let relations = "<Relationships><Relationship Id=\"r1\" Type=\"http://x/numbering\" Target=\"numbering.xml\"/><Relationship Id=\"r2\" Type=\"http://x/header\" Target=\"header1.xml\"/></Relationships>";
    let header = format!("<w:hdr {SPACES}>{}</w:hdr>", p("サンプル社 回答書"));
    zip_of(&[
        ("[Content_Types].xml", b"<Types/>".as_slice()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
        ("word/header1.xml", header.as_bytes()),
    ])
}

fn read_with(body: &str, numbering: &str, config: &ExtractConfig) -> Result<Extraction, FileError> {
    let source = Source {
        path: "a.docx".to_owned(),
        bytes: package(body, numbering),
    };
    crate::extract::extract(&source, config)
}

fn read(body: &str) -> Extraction {
    read_with(body, "", &ExtractConfig::default()).unwrap()
}

/// Lines as they are, cells as `row,col+rows+cols text`.
fn shown(extraction: &Extraction) -> Vec<String> {
    let mut all = Vec::new();
    for block in &extraction.blocks {
        match block {
            Block::Line(line) => all.push(line.text.clone()),
            Block::Table(table) => {
                all.push(format!("-- {}x{}", table.rows, table.cols));
                let cell = |c: &crate::model::Cell| {
                    format!("{},{}+{}+{} {}", c.row, c.col, c.rows, c.cols, c.text)
                };
                all.extend(table.cells.iter().map(cell));
            }
        }
    }
    all
}

fn r(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

fn tc(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

fn tr(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn tbl(rows: &[String]) -> String {
    format!("<w:tbl>{}</w:tbl>", rows.concat())
}

#[test]
fn lines_tables_and_merged_cells() {
    let body = [
        p("チェックシート"),
        tbl(&[
            tr(&[
                tc("<w:gridSpan w:val=\"2\"/>", &p("項目")),
                tc("", &p("回答")),
            ]),
            tr(&[
                tc("<w:vMerge w:val=\"restart\"/>", &p("可用性")),
                tc("", &p("稼働率")),
                tc("", &(p("99.9%") + &p("以上"))),
            ]),
            tr(&[
                tc("<w:vMerge/>", &p("")),
                tc("", &p("停止")),
                tc("", &p("有")),
            ]),
        ]),
    ];
    let found = shown(&read(&body.concat()));
    assert_eq!(
        found,
        [
            "サンプル社 回答書",
            "チェックシート",
            "-- 3x3",
            "0,0+1+2 項目",
            "0,2+1+1 回答",
            "1,0+2+1 可用性",
            "1,1+1+1 稼働率",
            "1,2+1+1 99.9%\n以上",
            "2,1+1+1 停止",
            "2,2+1+1 有",
        ]
    );
}

#[test]
fn what_a_reader_sees_is_what_is_read() {
    let control = |properties: &str, content: &str| {
        format!(
            "<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )
    };
    let checkbox = |on: &str| {
        let checked = format!("<w14:checkbox><w14:checked w14:val=\"{on}\"/></w14:checkbox>");
        control(&checked, &r(if on == "1" { "☒" } else { "☐" }))
    };
    for (content, text) in [
        (r("有") + "<w:del><w:r><w:delText>無</w:delText></w:r></w:del>", "有"),
        (format!("<w:moveFrom>{}</w:moveFrom><w:ins>{}</w:ins>", r("前"), r("後")), "後"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>".to_owned(), "a b\nc"),
        ("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>有</w:t></w:r>".to_owned(), "\u{F0FE}有"),
        (format!("<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>", r("かどう"), r("稼働")), "稼働"),
        (checkbox("1") + &r("有 ") + &checkbox("0") + &r("無"), "☑有 ☐無"),
        (control("<w:showingPlcHdr/>", &r("ここをクリックして入力")) + &r("です"), "です"),
        (control("<w:dropDownList/>", &r("対応")), "対応"),
        ("<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>".to_owned() + &r("有"), "☑有"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>".to_owned() + &r("3"), "3"),
        (format!("<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>", r("一度"), r("二度")), "一度"),
        ("<w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs><w:rPr><w:vanish/></w:rPr></w:pPr>".to_owned() + &r("段落"), "段落"),
    ] {
        let body = tbl(&[tr(&[tc("", &format!("<w:p>{content}</w:p>"))])]);
        let found = shown(&read(&body));
        assert_eq!(found.last().unwrap(), &format!("0,0+1+1 {text}"), "{content}");
    }
}

#[test]
fn hidden_and_struck_text_is_left_out_and_told() {
    let run = |property: &str, text: &str| {
        format!("<w:r><w:rPr><w:{property}/></w:rPr><w:t>{text}</w:t></w:r>")
    };
    let body = format!(
        "<w:p>{}{}{}</w:p>",
        r("有"),
        run("strike", "無"),
        run("vanish", "秘")
    );
    let sheet = read(&body);
    assert_eq!(shown(&sheet)[1..], ["有"]);
    let codes: Vec<_> = sheet.warnings.iter().map(|w| w.code).collect();
    assert_eq!(
        codes,
        [WarningCode::HiddenLeftOut, WarningCode::StruckLeftOut]
    );
    let config = ExtractConfig {
        include_hidden: true,
        ..ExtractConfig::default()
    };
    let sheet = read_with(&body, "", &config).unwrap();
    assert_eq!(shown(&sheet)[1..], ["有無秘"]);
    assert_eq!(sheet.warnings, []);
}

#[test]
fn numbers_that_word_counts_are_read() {
    let level = |n: u32, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{n}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering {SPACES}><w:abstractNum w:abstractNumId=\"7\">{}{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"8\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"8\"/></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num></w:numbering>",
        level(0, "decimal", "%1."),
        level(1, "decimal", "%1-%2"),
        level(0, "decimalEnclosedCircle", "%1"),
    );
    let item = |list: u32, level: u32, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{}</w:p>",
            r(text)
        )
    };
    let body = [
        item(1, 0, "運用"),
        item(1, 1, "監視"),
        item(1, 1, "通知"),
        item(2, 0, "別の列"),
        item(1, 0, "管理"),
        item(1, 1, "記録"),
        item(0, 0, "番号なし"),
        item(3, 0, "五から"),
        tbl(&[tr(&[tc("", &item(2, 0, "")), tc("", &p("項目"))])]),
    ]
    .concat();
    let sheet = read_with(&body, &numbering, &ExtractConfig::default()).unwrap();
    assert_eq!(
        shown(&sheet)[1..],
        [
            "1. 運用",
            "1-1 監視",
            "1-2 通知",
            "① 別の列",
            "2. 管理",
            "2-1 記録",
            "番号なし",
            "5. 五から",
            "-- 1x2",
            "0,0+1+1 ②",
            "0,1+1+1 項目",
        ]
    );
}

#[test]
fn a_table_in_a_cell_follows_the_table_around_it() {
    let inner = tbl(&[tr(&[tc("", &p("内")), tc("", &p("側"))])]);
    let body = tbl(&[tr(&[tc("", &(p("外") + &inner + &p("側")))])]);
    assert_eq!(
        shown(&read(&body))[1..],
        [
            "-- 1x1",
            "0,0+1+1 外\n側",
            "-- 1x2",
            "0,0+1+1 内",
            "0,1+1+1 側"
        ]
    );
}

#[test]
fn broken_and_hostile_documents_end_in_rows_or_a_clear_error() {
    let whole = format!(
        "<w:document {SPACES}><w:body>{}</w:body></w:document>",
        p("有")
    );
    for cut in [0, 40, whole.len() - 30] {
        let bytes = zip_of(&[("word/document.xml", &whole.as_bytes()[..cut])]);
        let source = Source {
            path: "a.docx".to_owned(),
            bytes,
        };
        let error = crate::extract::extract(&source, &ExtractConfig::default()).unwrap_err();
        assert_eq!(error.reason, Failure::Corrupt, "{cut}");
    }
    // Deep nesting, in each of the ways.
    for open in [
        "<w:tbl><w:tr><w:tc>",
        "<w:p><w:r>",
        "<w:sdt><w:sdtContent>",
        "<mc:Fallback>",
    ] {
        let ended = read_with(&open.repeat(50_000), "", &ExtractConfig::default());
        // What is passed over takes the end of the document with it.
        assert_eq!(ended.is_ok(), open != "<mc:Fallback>", "{open}");
    }
    // Spans beyond any grid.
    let wide = tc("<w:gridSpan w:val=\"4294967295\"/>", &p("広い"));
    let sheet = read(&tbl(&[tr(&[wide.clone(), wide])]));
    assert_eq!(shown(&sheet)[1], "-- 1x1000");
    let config = ExtractConfig {
        max_cells: 100,
        ..ExtractConfig::default()
    };
    let body = tbl(&[tr(&vec![tc("", &p("有")); 200])]);
    let error = read_with(&body, "", &config).unwrap_err();
    assert_eq!(error.reason, Failure::TooLarge);
}
