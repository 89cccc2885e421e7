//! How well rows in unseen wording find their items: `fixtures/wording/*.jsonl`, one kind a file.
//!
//! A line is a row: the sheet it stands in, its fields, and the items that are right for it
//! (`accept`; none for a row that is in no catalog). Rows of one sheet are resolved together. What
//! is in `held/` was written apart (see the README beside it). The floors are in `floors.json`; `TORIKOMI_WORDING=DIR` measures another folder, `TORIKOMI_ERRORS=1` prints every
//! miss.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use torikomi::catalog::{Catalogs, DataFiles};
use torikomi::config::ResolveConfig;
use torikomi::model::{Answer, Compare, Decision, Inherited, Mapping, Provenance, Row};
use torikomi::notation::{fold, show};
use torikomi::resolve::Resolver;
use torikomi::review::review;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    sheet: String,
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    section: Option<String>,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    item: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    text: Option<String>,
    /// The item name was taken over from the row above.
    #[serde(default)]
    inherited: bool,
    accept: Vec<String>,
    /// It must not be accepted, whatever the item.
    #[serde(default)]
    review: bool,
}

/// What came out for the rows of a kind.
#[derive(Debug, Default, Clone, PartialEq)]
struct Tally {
    /// Rows that have an item.
    mappable: usize,
    right: usize,
    /// The best candidate is right, whatever the decision.
    first: usize,
    /// Rows that may be accepted.
    acceptable: usize,
    accepted: usize,
    /// Accepted and wrong, or accepted where that must not be.
    silent: usize,
    /// Rows in no catalog.
    strangers: usize,
    strangers_unmapped: usize,
    /// Rows that must not be accepted.
    must_review: usize,
    must_review_hit: usize,
}

impl Tally {
    fn add(&mut self, line: &Line, mapping: &Mapping) -> bool {
        let id = mapping.item_id.as_deref();
        let accepted = mapping.decision == Decision::Accepted;
        let stranger = line.accept.is_empty();
        let right = match id {
            Some(id) => line.accept.iter().any(|a| a == id),
            None => stranger,
        };
        if stranger {
            self.strangers += 1;
            self.strangers_unmapped += usize::from(mapping.decision == Decision::Unmapped);
        } else {
            self.mappable += 1;
            let first = mapping.candidates.first();
            let first = first.is_some_and(|c| line.accept.contains(&c.item_id));
            self.first += usize::from(first);
            self.right += usize::from(right);
        }
        if line.review {
            self.must_review += 1;
            self.must_review_hit += usize::from(!accepted);
        } else if !stranger {
            self.acceptable += 1;
            self.accepted += usize::from(accepted);
        }
        let silent = accepted && (!right || line.review);
        self.silent += usize::from(silent);
        right && !silent && (accepted || stranger || line.review)
    }

    fn share(part: usize, whole: usize) -> f64 {
        if whole == 0 {
            return 100.0;
        }
        100.0 * part as f64 / whole as f64
    }

    fn show(&self) -> String {
        format!(
            "first {:5.1}%  ID {:5.1}%  accepted {:5.1}%  unmapped {:5.1}% of {:2}  SILENT {}  review {}/{}  ({} rows)",
            Self::share(self.first, self.mappable),
            Self::share(self.right, self.mappable),
            Self::share(self.accepted, self.acceptable),
            Self::share(self.strangers_unmapped, self.strangers),
            self.strangers,
            self.silent,
            self.must_review_hit,
            self.must_review,
            self.mappable + self.strangers,
        )
    }
}

fn row(number: u32, line: &Line) -> Row {
    let shown = |t: &Option<String>| t.as_deref().map(show).filter(|t| !t.is_empty());
    let folded = |t: &Option<String>| t.as_deref().map(fold).unwrap_or_default();
    let text = line.text.as_deref().map(show).unwrap_or_default();
    Row {
        row: number,
        number: line
            .number
            .as_deref()
            .and_then(torikomi::notation::number::parse),
        section: shown(&line.section),
        category: shown(&line.category),
        item: shown(&line.item),
        description: shown(&line.description),
        unit: shown(&line.unit),
        answer: Answer {
            values: torikomi::notation::quantity::values(&text),
            text,
            ..Answer::default()
        },
        mapping: Mapping::default(),
        provenance: Provenance {
            table: 1,
            ..Provenance::default()
        },
        other: Vec::new(),
        moved: None,
        raw: BTreeMap::new(),
        compare: Compare {
            section: folded(&line.section),
            category: folded(&line.category),
            item: folded(&line.item),
            description: folded(&line.description),
            unit: folded(&line.unit),
            inherited: Inherited {
                item: line.inherited,
                ..Inherited::default()
            },
            doubtful: false,
        },
    }
}

fn resolver() -> Resolver {
    let files = DataFiles::default();
    let catalogs = Catalogs::load(&files, &[]).unwrap();
    Resolver::load(|name| files.read(name), catalogs, ResolveConfig::default()).unwrap()
}

/// The sheets of a file, in order.
fn sheets(file: &Path) -> Vec<(String, Vec<Line>)> {
    let mut sheets: Vec<(String, Vec<Line>)> = Vec::new();
    let text = std::fs::read_to_string(file).unwrap();
    for (at, line) in text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
    {
        let line: Line = serde_json::from_str(line)
            .unwrap_or_else(|e| panic!("{}:{}: {e}", file.display(), at + 1));
        match sheets.iter_mut().find(|s| s.0 == line.sheet) {
            Some(sheet) => sheet.1.push(line),
            None => sheets.push((line.sheet.clone(), vec![line])),
        }
    }
    sheets
}

fn measure(resolver: &Resolver, file: &Path, errors: bool) -> Tally {
    let mut tally = Tally::default();
    for (name, lines) in &sheets(file) {
        let mut rows: Vec<Row> = (1..).zip(lines).map(|(n, l)| row(n, l)).collect();
        let found = resolver.resolve(&rows);
        review(&mut rows, found.evidence, resolver.promise());
        for (line, row) in lines.iter().zip(&rows) {
            let good = tally.add(line, &row.mapping);
            if errors && !good {
                print_miss(name, line, row);
            }
        }
    }
    tally
}

fn print_miss(sheet: &str, line: &Line, row: &Row) {
    let m = &row.mapping;
    let candidates = m.candidates.iter();
    let candidates: Vec<String> = candidates
        .map(|c| format!("{}={:.2}", c.item_id, c.score))
        .collect();
    println!(
        "    {sheet} {}: {} / {} want {} got {:?} {:.3} {:?} {}",
        row.row,
        row.item.as_deref().unwrap_or("-"),
        row.description.as_deref().unwrap_or("-"),
        line.accept.join("|"),
        m.decision,
        m.confidence,
        m.reasons,
        candidates.join(" ")
    );
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|p| p.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    files
}

/// The least that is accepted of a file, in percent.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    id: f64,
    accepted: f64,
    unmapped: f64,
}

fn below(floor: &Floor, tally: &Tally) -> Vec<String> {
    let mut below = Vec::new();
    let mut check = |what: &str, share: f64, floor: f64| {
        if share < floor {
            below.push(format!("{what} {share:.1} is below {floor}"));
        }
    };
    check("ID", Tally::share(tally.right, tally.mappable), floor.id);
    check(
        "accepted",
        Tally::share(tally.accepted, tally.acceptable),
        floor.accepted,
    );
    check(
        "unmapped",
        Tally::share(tally.strangers_unmapped, tally.strangers),
        floor.unmapped,
    );
    if tally.silent > 0 {
        below.push(format!("{} accepted and wrong", tally.silent));
    }
    if tally.must_review_hit < tally.must_review {
        below.push("rows that must be under review are not".to_owned());
    }
    below
}

#[test]
fn unseen_wording_finds_its_items() {
    let errors = std::env::var_os("TORIKOMI_ERRORS").is_some();
    let resolver = resolver();
    if let Some(folder) = std::env::var_os("TORIKOMI_WORDING") {
        for file in files(Path::new(&folder)) {
            println!(
                "{:42} {}",
                file.display(),
                measure(&resolver, &file, errors).show()
            );
        }
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/wording");
    let floors = std::fs::read_to_string(folder.join("floors.json")).unwrap();
    let mut floors: BTreeMap<String, Floor> = serde_json::from_str(&floors).unwrap();
    let mut faults = Vec::new();
    let parts = ["", "held", "held/first", "held/second"];
    for file in parts.iter().flat_map(|part| files(&folder.join(part))) {
        let name = file.strip_prefix(&folder).unwrap().with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        let tally = measure(&resolver, &file, errors);
        println!("{name:24} {}", tally.show());
        match floors.remove(&name) {
            Some(floor) => {
                faults.extend(below(&floor, &tally).iter().map(|b| format!("{name}: {b}")))
            }
            None => faults.push(format!("{name}: no floor")),
        }
    }
    faults.extend(
        floors
            .keys()
            .map(|name| format!("{name}: a floor without a file")),
    );
    assert_eq!(faults, Vec::<String>::new());
}
