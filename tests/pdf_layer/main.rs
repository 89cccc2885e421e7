//! The PDF layer: one sheet drawn by several programs gives the same cells; text decodes; hostile
//! files end in an error.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use torikomi::config::ExtractConfig;
use torikomi::error::Failure;
use torikomi::extract::pdf;
use torikomi::model::{Block, Extraction, Source, Table};
use unicode_normalization::UnicodeNormalization;

mod hostile;
mod text;
mod written;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn source(path: &Path) -> Source {
    Source {
        path: path.display().to_string(),
        bytes: std::fs::read(path).unwrap(),
    }
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "pdf"))
        .collect();
    paths.sort();
    paths
}

fn with_passwords(passwords: &[&str]) -> ExtractConfig {
    ExtractConfig {
        passwords: passwords.iter().map(|p| (*p).to_owned()).collect(),
        ..ExtractConfig::default()
    }
}

/// Compared without white space, after NFKC.
fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// A table's rows as texts by column, empty rows left out.
fn rows(table: &Table) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new(); table.cols as usize]; table.rows as usize];
    for cell in &table.cells {
        rows[cell.row as usize][cell.col as usize] = folded(&cell.text);
    }
    rows.retain(|r| r.iter().any(|c| !c.is_empty()));
    rows
}

/// The rows of all tables, a header that is repeated on each page only once.
fn all_rows(extraction: &Extraction) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = Vec::new();
    let mut headers: Vec<Vec<String>> = Vec::new();
    for block in &extraction.blocks {
        let Block::Table(table) = block else { continue };
        for (i, row) in rows(table).into_iter().enumerate() {
            let filled = row.iter().filter(|c| !c.is_empty()).count();
            if i == 0 && filled >= 3 {
                if headers.contains(&row) {
                    continue;
                }
                headers.push(row.clone());
            }
            out.push(row);
        }
    }
    out
}

/// A row without its category, which a drawing may merge or repeat.
fn without_category(row: &[String]) -> Vec<String> {
    let kept = row.iter().enumerate().filter(|(i, _)| *i != 1);
    let mut out: Vec<String> = kept.map(|(_, c)| c.clone()).collect();
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}

#[test]
fn one_sheet_gives_the_same_cells_whatever_drew_it() {
    let folder = root().join("fixtures/pdf");
    let expected = std::fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let expected: Vec<Vec<String>> = expected
        .lines()
        .map(|l| without_category(&l.split('\t').map(folded).collect::<Vec<_>>()))
        // A heading at the end of a page is a line.
        .filter(|r| r.len() > 1)
        .collect();
    let mut seen = 0;
    for path in pdfs(&folder) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if ["locked", "scan", "undecodable"].contains(&name.as_str()) {
            continue;
        }
        seen += 1;
        let extraction = pdf::extract(&source(&path), &ExtractConfig::default()).unwrap();
        let got: Vec<Vec<String>> = all_rows(&extraction)
            .iter()
            // The text of a merged category alone.
            .filter(|r| r.iter().enumerate().any(|(i, c)| i != 1 && !c.is_empty()))
            .map(|r| without_category(r))
            .filter(|r| r.len() > 1)
            .collect();
        for (e, g) in expected.iter().zip(&got) {
            assert_eq!(g, e, "{name}");
        }
        assert_eq!(got.len(), expected.len(), "{name}");
        let lines: Vec<String> = extraction
            .blocks
            .iter()
            .filter_map(|b| match b {
                Block::Line(l) => Some(folded(&l.text)),
                Block::Table(_) => None,
            })
            .collect();
        for line in [
            "クラウドサービスレベルのチェックリスト",
            "会社名:株式会社みどり野クラウド",
        ] {
            assert!(lines.iter().any(|l| l == line), "{name}: {line}");
        }
    }
    assert!(seen >= 12);
}

/// A category that stands once, in the middle of its rows and without lines around it.
#[test]
fn a_merged_category_covers_its_rows() {
    let folder = root().join("fixtures/pdf");
    let expected = std::fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let category_of: BTreeMap<String, String> = expected
        .lines()
        .map(|l| l.split('\t').map(folded).collect::<Vec<_>>())
        .filter(|r| r.len() > 2)
        .map(|r| (r[0].clone(), r[1].clone()))
        .collect();
    let path = folder.join("typst-middle-borderless.pdf");
    let extraction = pdf::extract(&source(&path), &ExtractConfig::default()).unwrap();
    let (mut rows, mut covered) = (0, 0);
    for block in &extraction.blocks {
        let Block::Table(table) = block else { continue };
        assert_eq!(table.found.as_ref().unwrap().method, "stream");
        for cell in table.cells.iter().filter(|c| c.col == 0) {
            let Some(want) = category_of.get(&folded(&cell.text)) else {
                continue;
            };
            rows += 1;
            let covers = |c: &&torikomi::model::Cell| {
                c.col == 1 && (c.row..c.row + c.rows).contains(&cell.row)
            };
            if let Some(category) = table.cells.iter().find(covers) {
                covered += usize::from(category.rows > 1);
                assert_eq!(&folded(&category.text), want, "{}", cell.text);
            }
        }
    }
    assert!(rows >= 23 && covered >= 12, "{rows} {covered}");
}

#[test]
fn every_row_knows_its_page_and_box() {
    let path = root().join("fixtures/pdf/reportlab-grid.pdf");
    let extraction = pdf::extract(&source(&path), &ExtractConfig::default()).unwrap();
    let mut pages = Vec::new();
    for block in &extraction.blocks {
        let Block::Table(table) = block else { continue };
        pages.push(table.page.unwrap());
        let torikomi::model::Anchor::Boxes(boxes) = &table.anchor else {
            panic!("a table on a page is anchored by boxes");
        };
        assert_eq!(boxes.len(), table.rows as usize);
        assert!(boxes.iter().all(|[x0, y0, x1, y1]| x0 < x1 && y0 < y1));
        assert!(boxes.windows(2).all(|w| w[0][3] <= w[1][1] + 0.1));
    }
    assert_eq!(pages, [1, 2]);
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let folder = root().join("fixtures/pdf");
    for (name, passwords, failure) in [
        ("locked", &[][..], Some(Failure::Encrypted)),
        ("locked", &["wrong"][..], Some(Failure::Encrypted)),
        ("locked", &["wrong", "kagi"][..], None),
        ("scan", &[][..], Some(Failure::NoTextLayer)),
        ("undecodable", &[][..], Some(Failure::NoTextLayer)),
    ] {
        let source = source(&folder.join(format!("{name}.pdf")));
        let result = pdf::extract(&source, &with_passwords(passwords));
        assert_eq!(
            result.err().map(|e| e.reason),
            failure,
            "{name} {passwords:?}"
        );
    }
    let empty = Source {
        path: "x.pdf".into(),
        bytes: b"%PDF-1.7\n".to_vec(),
    };
    let error = pdf::extract(&empty, &ExtractConfig::default()).unwrap_err();
    assert_eq!(error.reason, Failure::Corrupt);
}

#[test]
fn pages_are_drawn_for_a_person_to_see() {
    let path = root().join("fixtures/pdf/reportlab-grid.pdf");
    let pictures = pdf::debug_svg(&source(&path), &ExtractConfig::default()).unwrap();
    assert_eq!(pictures.len(), 2);
    assert!(
        pictures
            .iter()
            .all(|p| p.starts_with("<svg") && p.contains("row 3"))
    );
}

/// How many characters two texts share, as multisets.
fn shared(a: &str, b: &str) -> usize {
    let count = |text: &str| -> BTreeMap<char, usize> {
        text.chars().fold(BTreeMap::new(), |mut m, c| {
            *m.entry(c).or_default() += 1;
            m
        })
    };
    let b = count(b);
    count(a)
        .into_iter()
        .map(|(c, n)| n.min(b.get(&c).copied().unwrap_or(0)))
        .sum()
}

/// Japanese files with their text, where a folder of them stands beside the checkout.
#[test]
fn text_decodes_in_every_encoding() {
    let (mut recalls, mut precisions) = (Vec::new(), Vec::new());
    for path in pdfs(&root().join("../shared/pdf-layer")) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let want = folded(&std::fs::read_to_string(path.with_extension("txt")).unwrap());
        let pages = pdf::chars(&source(&path), &with_passwords(&["himitsu"])).unwrap();
        let got: String = pages
            .iter()
            .flat_map(|p| p.chars.iter().map(|c| c.c))
            .collect();
        let got = folded(&got);
        let hit = shared(&want, &got) as f64;
        let recall = hit / want.chars().count() as f64;
        let floor = if name.starts_with("notou_") {
            0.95
        } else {
            0.98
        };
        assert!(recall >= floor, "{name}: {recall}");
        recalls.push(recall);
        precisions.push(hit / got.chars().count().max(1) as f64);
    }
    if recalls.is_empty() {
        return;
    }
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    assert!(mean(&recalls) >= 0.999, "{}", mean(&recalls));
    assert!(mean(&precisions) >= 0.985, "{}", mean(&precisions));
}

/// Sheets as workbook and as PDF, where a folder of them stands beside the checkout: the same cells.
#[test]
fn a_print_gives_the_cells_of_its_workbook() {
    use calamine::Reader;
    for path in pdfs(&root().join("../shared/corpus")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let stem = name.split('.').next().unwrap_or_default();
        let workbook = path.with_file_name(format!("{stem}.excel.xlsx"));
        let Ok(mut book) = calamine::open_workbook_auto(&workbook) else {
            continue;
        };
        let mut want: Vec<Vec<String>> = Vec::new();
        for sheet in book.sheet_names() {
            let range = book.worksheet_range(&sheet).unwrap();
            let texts = range.rows().map(|r| {
                let mut row: Vec<String> = r.iter().map(|c| folded(&c.to_string())).collect();
                while row.last().is_some_and(String::is_empty) {
                    row.pop();
                }
                row
            });
            // Titles and notes are lines in a print.
            want.extend(texts.filter(|r| r.iter().filter(|c| !c.is_empty()).count() > 1));
        }
        let extraction = pdf::extract(&source(&path), &ExtractConfig::default()).unwrap();
        let got: Vec<Vec<String>> = all_rows(&extraction)
            .into_iter()
            .map(|mut r| {
                while r.last().is_some_and(String::is_empty) {
                    r.pop();
                }
                r
            })
            .filter(|r| r.iter().filter(|c| !c.is_empty()).count() > 1)
            .collect();
        for row in &want {
            let known = row
                .iter()
                .any(|c| c.contains("会社名") || c.contains("記入日"));
            assert!(known || got.contains(row), "{name}: {row:?}");
        }
        assert!(got.len() <= want.len(), "{name}");
    }
}
