//! What an import gets right, against gold, with floors in `accuracy.toml`: over
//! `fixtures/sheets` always, and over a corpus of real sheets where one stands beside the
//! checkout (`../shared/corpus`, with `../shared/gold`).

mod score;
mod sheets;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use score::{Gold, Tally, score};
use sheets::{ENGINE, checkout, entries, source};

/// What must at least be reached.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    /// For the documents of a folder together, and for each of them.
    floors: BTreeMap<String, f64>,
    /// Lower ones for a document, by its gold's name.
    #[serde(default)]
    sheets: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Floors {
    fn read() -> Self {
        toml::from_str(include_str!("accuracy.toml")).expect("accuracy.toml says what it should")
    }

    fn of(&self, sheet: Option<&str>, measure: &str) -> f64 {
        let own = sheet.and_then(|s| self.sheets.get(s));
        let floor = own.and_then(|s| s.get(measure));
        *floor.unwrap_or(&self.floors[measure])
    }

    /// What a tally falls short of.
    fn faults(&self, sheet: Option<&str>, tally: &Tally) -> Vec<String> {
        let mut faults = Vec::new();
        for (measure, reached) in tally.measures() {
            let floor = self.of(sheet, measure);
            if reached.is_some_and(|r| r < floor) {
                faults.push(format!("{measure} {:.1} < {floor}", reached.unwrap_or(0.0)));
            }
        }
        let most = self.of(sheet, "silent");
        if f64::from(tally.silent) > most {
            faults.push(format!("silent {} > {most}", tally.silent));
        }
        faults
    }
}

fn gold(folder: &Path) -> Vec<Gold> {
    let read = |p: PathBuf| {
        let text = fs::read_to_string(&p).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", p.display()))
    };
    entries(folder).into_iter().map(read).collect()
}

/// Imports every file of a folder that has gold, and holds the floors.
fn holds_the_floors(folder: &Path, gold: &[Gold], formats: &[&str]) {
    let floors = Floors::read();
    let (mut total, mut report, mut faults, mut documents) =
        (Tally::default(), String::new(), Vec::new(), 0);
    for path in entries(folder) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let gold = gold.iter().filter(|g| name.starts_with(&g.document));
        let Some(gold) = gold.max_by_key(|g| g.document.len()) else {
            continue;
        };
        if !formats.contains(&&*extension) {
            continue;
        }
        documents += 1;
        let document = ENGINE.import(&source(&path));
        let (tally, errors) = score(gold, document.as_ref().ok());
        let missed = floors.faults(Some(&gold.document), &tally);
        line(&mut report, &name, &tally);
        if let Err(error) = &document {
            writeln!(report, "    {error}").unwrap();
        }
        for error in &errors {
            writeln!(report, "    {error}").unwrap();
        }
        faults.extend(missed.into_iter().map(|f| format!("{name}: {f}")));
        total.add(&tally);
    }
    line(&mut report, "all", &total);
    let missed = floors.faults(None, &total);
    faults.extend(missed.into_iter().map(|f| format!("all: {f}")));
    println!("{report}");
    assert!(documents > 0, "{} holds nothing scored", folder.display());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn line(report: &mut String, name: &str, tally: &Tally) {
    write!(report, "{name:24} {:4} rows", tally.gold).unwrap();
    for (measure, reached) in tally.measures() {
        if let Some(reached) = reached {
            write!(report, "  {measure} {reached:.1}").unwrap();
        }
    }
    writeln!(report, "  silent {}", tally.silent).unwrap();
}

#[test]
fn the_received_sheets() {
    let gold = gold(&checkout("fixtures/gold"));
    let formats = ["xlsx", "xls", "ods", "csv", "tsv", "txt", "md"];
    let sheets = entries(&checkout("fixtures/sheets"));
    assert_eq!(sheets.len(), gold.len(), "each sheet has its gold");
    holds_the_floors(&checkout("fixtures/sheets"), &gold, &formats);
}

/// The same sheets drawn without lines between their cells.
#[test]
fn drawings_without_lines() {
    let gold = gold(&checkout("fixtures/gold"));
    assert!(entries(&checkout("fixtures/pdf/sheets")).len() >= 8);
    holds_the_floors(&checkout("fixtures/pdf/sheets"), &gold, &["pdf"]);
}

#[test]
fn the_real_sheets_beside_the_checkout() {
    let gold = gold(&checkout("../shared/gold"));
    if gold.is_empty() {
        return;
    }
    let formats = ["xlsx", "xls", "ods", "csv", "tsv", "txt"];
    holds_the_floors(&checkout("../shared/corpus"), &gold, &formats);
}
