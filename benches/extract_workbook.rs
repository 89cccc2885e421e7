//! Reading an XLSX sheet, against calamine's bare read of the same bytes. The whole extraction may
//! cost at most twice the bare read; the ratios are printed before the timings.
//!
//! `TORIKOMI_BENCH_DIR=folder` adds every `.xlsx` in a folder.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use torikomi::config::ExtractConfig;
use torikomi::extract::extract;
use torikomi::model::Source;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A workbook by name.
struct Case {
    name: String,
    source: Source,
}

fn bare(bytes: &[u8]) -> usize {
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    let cells = |name: &String| {
        book.worksheet_range(name)
            .expect("a sheet")
            .used_cells()
            .count()
    };
    names.iter().map(cells).sum()
}

fn whole(source: &Source) -> usize {
    let extraction = extract(source, &ExtractConfig::default()).expect("a workbook");
    extraction.blocks.len()
}

/// The traits that ask for a second look at the rows.
#[derive(Clone, Copy)]
struct Traits {
    inline: bool,
    merges: bool,
    hidden: bool,
    struck: bool,
    formulas: bool,
}

const PLAIN: Traits = Traits {
    inline: false,
    merges: false,
    hidden: false,
    struck: false,
    formulas: false,
};

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, rows, traits) in [
        (
            "60 rows, inline strings",
            60,
            Traits {
                inline: true,
                ..PLAIN
            },
        ),
        ("60 rows, shared strings", 60, PLAIN),
        (
            "60 rows, everything",
            60,
            Traits {
                inline: false,
                merges: true,
                hidden: true,
                struck: true,
                formulas: true,
            },
        ),
        (
            "5000 rows, inline strings",
            5000,
            Traits {
                inline: true,
                ..PLAIN
            },
        ),
        ("5000 rows, shared strings", 5000, PLAIN),
        (
            "5000 rows, hidden and struck",
            5000,
            Traits {
                hidden: true,
                struck: true,
                ..PLAIN
            },
        ),
        (
            "5000 rows, everything",
            5000,
            Traits {
                inline: false,
                merges: true,
                hidden: true,
                struck: true,
                formulas: true,
            },
        ),
    ] {
        cases.push(Case {
            name: name.to_owned(),
            source: Source {
                path: name.to_owned(),
                bytes: workbook(rows, traits),
            },
        });
    }
    if let Some(folder) = std::env::var_os("TORIKOMI_BENCH_DIR") {
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .expect("a folder")
            .map(|e| e.expect("an entry").path())
            .filter(|p| p.extension().is_some_and(|e| e == "xlsx"))
            .collect();
        paths.sort();
        for path in paths {
            cases.push(Case {
                name: path.display().to_string(),
                source: Source {
                    path: path.display().to_string(),
                    bytes: std::fs::read(&path).expect("a file"),
                },
            });
        }
    }
    cases
}

/// A check sheet of so many rows and six columns, as a spreadsheet program would write it.
fn workbook(rows: u32, traits: Traits) -> Vec<u8> {
    let mut strings = String::new();
    let mut sheet = String::new();
    let mut merges = String::new();
    let mut count = 0;
    for row in 1..=rows {
        let hidden = if traits.hidden && row % 10 == 0 {
            " hidden=\"1\""
        } else {
            ""
        };
        sheet.push_str(&format!(
            "<row r=\"{row}\"{hidden}><c r=\"A{row}\" s=\"1\"><v>{row}</v></c>"
        ));
        for (col, text) in [
            ('B', "可用性".to_owned()),
            ('C', format!("サービス時間 {row}")),
            (
                'D',
                format!(
                    "サービスを提供する時間帯（設備やネットワーク等の点検/保守のための計画停止時間の記述を含む）{row}"
                ),
            ),
            ('E', "○".to_owned()),
            (
                'F',
                format!("24時間365日（計画停止/定期保守を除く）。詳細は第{row}条を参照のこと。"),
            ),
        ] {
            if traits.inline {
                sheet.push_str(&format!(
                    "<c r=\"{col}{row}\" s=\"1\" t=\"inlineStr\"><is><t>{text}</t></is></c>"
                ));
            } else {
                sheet.push_str(&format!(
                    "<c r=\"{col}{row}\" s=\"1\" t=\"s\"><v>{count}</v></c>"
                ));
                count += 1;
                if traits.struck && row % 10 == 1 && col == 'F' {
                    strings.push_str(&format!(
                        "<si><r><rPr><strike/></rPr><t>旧</t></r><r><t>{text}</t></r></si>"
                    ));
                } else {
                    strings.push_str(&format!("<si><t>{text}</t><phoneticPr fontId=\"1\"/></si>"));
                }
            }
        }
        if traits.formulas {
            sheet.push_str(&format!(
                "<c r=\"G{row}\" s=\"2\"><f>A{row}/100</f><v>0.{row}</v></c>"
            ));
        }
        sheet.push_str("</row>");
        if traits.merges && row % 3 == 1 {
            merges.push_str(&format!("<mergeCell ref=\"B{row}:B{}\"/>", row + 2));
        }
    }
    let merges = if merges.is_empty() {
        merges
    } else {
        format!("<mergeCells>{merges}</mergeCells>")
    };
    let ns = "http://schemas.openxmlformats.org";
    let rel = format!("{ns}/officeDocument/2006/relationships");
    let main = format!("xmlns=\"{ns}/spreadsheetml/2006/main\"");
    let rels = format!("<Relationships xmlns=\"{ns}/package/2006/relationships\">");
    let fonts = "<font><sz val=\"11\"/><name val=\"游ゴシック\"/></font>".repeat(4);
    let parts = [
        (
            "_rels/.rels",
            format!(
                "{rels}<Relationship Id=\"r1\" Type=\"{rel}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {main} xmlns:r=\"{rel}\"><sheets><sheet name=\"回答\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "{rels}<Relationship Id=\"r1\" Type=\"{rel}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{rel}/styles\" Target=\"styles.xml\"/><Relationship Id=\"r3\" Type=\"{rel}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet {main}><fonts>{fonts}</fonts><fills><fill/></fills><borders><border/></borders><cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\"/><xf numFmtId=\"10\" fontId=\"1\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/sharedStrings.xml",
            format!("<sst {main} uniqueCount=\"{count}\">{strings}</sst>"),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet {main}><dimension ref=\"A1:F{rows}\"/><cols><col min=\"1\" max=\"1\" width=\"6\"/></cols><sheetData>{sheet}</sheetData>{merges}</worksheet>"
            ),
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(part.as_bytes()).expect("its bytes");
    }
    zip.finish().expect("a zip").into_inner()
}

/// The fastest of many runs of each, in turns: what the work costs when nothing else is in the way.
fn best(case: &Case) -> (Duration, Duration) {
    let timed = |run: &dyn Fn() -> usize| {
        let start = Instant::now();
        divan::black_box(run());
        start.elapsed()
    };
    let begin = Instant::now();
    let (mut fastest_bare, mut fastest_whole) = (Duration::MAX, Duration::MAX);
    while begin.elapsed() < Duration::from_millis(1500) {
        fastest_bare = fastest_bare.min(timed(&|| bare(&case.source.bytes)));
        fastest_whole = fastest_whole.min(timed(&|| whole(&case.source)));
    }
    (fastest_bare, fastest_whole)
}

#[divan::bench(args = 0..cases().len())]
fn calamine_bare(bencher: divan::Bencher, case: usize) {
    let case = &cases()[case];
    bencher.bench(|| bare(&case.source.bytes));
}

#[divan::bench(args = 0..cases().len())]
fn extraction(bencher: divan::Bencher, case: usize) {
    let case = &cases()[case];
    bencher.bench(|| whole(&case.source));
}

fn main() {
    println!("whole extraction ÷ calamine's bare read");
    for (i, case) in cases().iter().enumerate() {
        let (bare, whole) = best(case);
        println!(
            "{i:>3}  {:5.2}  ({bare:>10.1?} → {whole:>10.1?})  {}",
            whole.as_secs_f64() / bare.as_secs_f64(),
            case.name
        );
    }
    divan::main();
}
