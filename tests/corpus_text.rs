//! Real text sheets, where the folder of them stands beside the checkout: each is read with the
//! right encoding and format, and every character of it comes out with its line.

use std::path::Path;

use torikomi::config::ExtractConfig;
use torikomi::extract::extract;
use torikomi::model::{Block, Extraction, Format, Source};

fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<_> = entries
        .map(|e| e.unwrap().path())
        .filter(|p| {
            p.extension()
                .is_some_and(|e| e == "txt" || e == "csv" || e == "tsv")
        })
        .map(|p| {
            let name = p.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(p).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn read(name: &str, bytes: &[u8]) -> Extraction {
    let source = Source {
        path: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    extract(&source, &ExtractConfig::default()).unwrap()
}

/// What stands on each line, cells separated by tabs, empty cells at the end left out.
fn by_line(sheet: &Extraction) -> Vec<(u32, String)> {
    let mut lines = Vec::new();
    for block in &sheet.blocks {
        match block {
            Block::Line(line) => lines.push((line.line.unwrap(), line.text.clone())),
            Block::Table(table) => {
                for row in 0..table.rows {
                    let mut text = String::new();
                    let mut at = 0;
                    for cell in table.cells.iter().filter(|c| c.row == row) {
                        while at < cell.col {
                            text.push('\t');
                            at += 1;
                        }
                        text.push_str(&cell.text);
                    }
                    if !text.is_empty() {
                        lines.push((table.line_of(row).unwrap(), text));
                    }
                }
            }
        }
    }
    lines
}

#[test]
fn text_sheets_come_out_as_they_are() {
    for (name, bytes) in corpus().iter().filter(|(n, _)| n.ends_with(".txt")) {
        let sheet = read(name, bytes);
        assert_eq!(sheet.format, Format::Text, "{name}");
        assert_eq!(sheet.warnings, [], "{name}");
        let text = std::str::from_utf8(bytes).unwrap();
        let wanted: Vec<(u32, String)> = text
            .lines()
            .enumerate()
            .map(|(i, l)| (i as u32 + 1, l.trim_end_matches('\t').to_owned()))
            .filter(|(_, l)| !l.is_empty())
            .collect();
        assert_eq!(by_line(&sheet), wanted, "{name}");
    }
}

#[test]
fn delimited_sheets_are_one_table_in_their_encoding() {
    for (name, bytes) in corpus().iter().filter(|(n, _)| !n.ends_with(".txt")) {
        let sheet = read(name, bytes);
        let encoding = sheet.encoding.as_ref().unwrap();
        let (wanted_encoding, text) = if name.contains("cp932") {
            let (text, faults) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes);
            assert!(!faults);
            ("cp932", text)
        } else if name.contains("utf16") {
            ("utf-16le", encoding_rs::UTF_16LE.decode(bytes).0)
        } else {
            ("utf-8", encoding_rs::UTF_8.decode(bytes).0)
        };
        assert_eq!(encoding.name, wanted_encoding, "{name}");
        assert!(encoding.confidence > 0.95, "{name}: {encoding:?}");
        assert_eq!(sheet.warnings, [], "{name}");
        let (format, delimiter) = if name.ends_with(".tsv") {
            (Format::Tsv, b'\t')
        } else {
            (Format::Csv, b',')
        };
        assert_eq!(sheet.format, format, "{name}");
        assert_eq!(sheet.blocks.len(), 1, "{name}");
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let wanted: Vec<String> = reader
            .records()
            .map(|record| {
                let record = record.unwrap();
                let fields: Vec<&str> = record.iter().collect();
                fields.join("\t").trim_end_matches('\t').to_owned()
            })
            .filter(|l| !l.is_empty())
            .collect();
        let got: Vec<String> = by_line(&sheet).into_iter().map(|(_, l)| l).collect();
        assert_eq!(got, wanted, "{name}");
    }
}
