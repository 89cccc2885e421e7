//! The PDF layer: characters and rulings alone, then tables.
//!
//! `cargo bench --bench extract_pdf`, compared with `pdftotext -bbox` on the same files.

use std::path::Path;

use torikomi::config::ExtractConfig;
use torikomi::extract::pdf;
use torikomi::model::Source;

const FILES: [&str; 3] = ["reportlab-grid", "typst-grid", "weasyprint-portrait"];

fn main() {
    divan::main();
}

fn source(name: &str) -> Source {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pdf");
    let path = folder.join(format!("{name}.pdf"));
    Source {
        path: path.display().to_string(),
        bytes: std::fs::read(path).expect("the fixture stands in the repository"),
    }
}

#[divan::bench(args = FILES)]
fn chars_and_rulings(bencher: divan::Bencher, name: &str) {
    let source = source(name);
    bencher.bench(|| pdf::chars(&source, &ExtractConfig::default()).map(|p| p.len()));
}

#[divan::bench(args = FILES)]
fn tables(bencher: divan::Bencher, name: &str) {
    let source = source(name);
    bencher.bench(|| pdf::extract(&source, &ExtractConfig::default()).map(|e| e.blocks.len()));
}
