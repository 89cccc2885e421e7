//! What holds for every document, over all fixtures.

mod sheets;

use std::collections::{BTreeMap, BTreeSet};

use torikomi::model::{Anchor, Block, Decision, Document, Extraction, Row, Source, Table};
use torikomi::notation::fold;

use sheets::{ENGINE, all, source};

/// Every fixture that can be imported.
fn documents() -> Vec<(String, Source, Document)> {
    let mut documents = Vec::new();
    for path in all() {
        let source = source(&path);
        if let Ok(document) = ENGINE.import(&source) {
            documents.push((path.display().to_string(), source, document));
        }
    }
    assert!(documents.len() > 100, "most fixtures can be imported");
    documents
}

/// A worksheet row, or a physical line of a text.
type Place = (Option<String>, u32);

/// Everything a document says, by place.
fn said(document: &Document) -> BTreeMap<Place, String> {
    let mut said: BTreeMap<Place, String> = BTreeMap::new();
    let mut add =
        |sheet: &Option<String>, cells: &Option<String>, line: Option<u32>, text: &str| {
            for number in line
                .into_iter()
                .chain(cells.iter().flat_map(|c| rows_of(c)))
            {
                let words = said.entry((sheet.clone(), number)).or_default();
                words.push_str(text);
                words.push('\n');
            }
        };
    for row in &document.rows {
        let p = &row.provenance;
        add(&p.sheet, &p.cells, p.line, &words_of(row));
    }
    for o in &document.outside {
        add(&o.sheet, &o.cells, o.line, &o.text);
    }
    said
}

/// The rows of a range such as `A6:F7`.
fn rows_of(range: &str) -> std::ops::RangeInclusive<u32> {
    let number = |cell: &str| -> u32 {
        let digits = cell.trim_start_matches(|c: char| c.is_ascii_uppercase());
        digits
            .parse()
            .unwrap_or_else(|_| panic!("{range} is a range"))
    };
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    number(first)..=number(last)
}

fn words_of(row: &Row) -> String {
    let fields = [
        &row.section,
        &row.category,
        &row.item,
        &row.description,
        &row.unit,
        &row.answer.mark,
    ];
    let number = row.number.iter().map(|n| n.raw.as_str());
    let fields = fields.into_iter().flatten().map(String::as_str);
    let answer = [row.answer.text.as_str()];
    let other = row.other.iter().map(|o| o.text.as_str());
    let raw = row.raw.values().map(String::as_str);
    // A number may have been cut off the words it leads.
    let led = [&row.item, &row.description].into_iter().flatten();
    let led: Vec<String> = led
        .flat_map(|words| row.number.iter().map(move |n| format!("{} {words}", n.raw)))
        .collect();
    let all = number.chain(fields).chain(answer).chain(other).chain(raw);
    let all = all.chain(led.iter().map(String::as_str));
    all.collect::<Vec<_>>().join("\n")
}

/// The words of a text, folded.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Every text of an extraction and the places it may be found at.
fn extracted(extraction: &Extraction) -> Vec<(String, Vec<Place>)> {
    let mut texts = Vec::new();
    for block in &extraction.blocks {
        match block {
            Block::Line(line) => {
                let sheet = line.sheet.as_deref().map(str::to_owned);
                let places = line.line.map(|n| (sheet, n));
                texts.push((line.text.clone(), places.into_iter().collect()));
            }
            Block::Table(table) => {
                for cell in &table.cells {
                    let places = (cell.row..cell.row + cell.rows).filter_map(|r| place(table, r));
                    texts.push((cell.text.clone(), places.collect()));
                }
            }
        }
    }
    texts
}

fn place(table: &Table, row: u32) -> Option<Place> {
    let sheet = table.sheet.as_deref().map(str::to_owned);
    match &table.anchor {
        Anchor::Sheet { top, .. } => Some((sheet, top + row + 1)),
        _ => table.line_of(row).map(|line| (sheet, line)),
    }
}

#[test]
fn every_cell_is_in_a_row_or_outside_at_its_place() {
    let mut lost = Vec::new();
    for (name, source, document) in documents() {
        let said = said(&document);
        let folded: BTreeMap<_, _> = said.iter().map(|(p, t)| (p, words(t).concat())).collect();
        for (text, places) in extracted(&ENGINE.extract(&source).unwrap()) {
            let words = words(&text);
            // A line that goes on with the one above has the place of that one.
            let found = |p: &Place| {
                let said = folded.range(..=p.clone()).next_back();
                let said = said.filter(|((sheet, _), _)| *sheet == p.0);
                said.is_some_and(|(_, s)| words.iter().all(|w| s.contains(w.as_str())))
            };
            if !words.is_empty() && !places.iter().any(found) {
                lost.push(format!("{name} {places:?}: {text:?}"));
            }
        }
    }
    assert!(lost.is_empty(), "{} lost:\n{}", lost.len(), lost.join("\n"));
}

#[test]
fn an_import_is_the_same_every_time() {
    for (name, source, document) in documents() {
        let again = ENGINE.import(&source).unwrap();
        assert!(document == again, "{name} differs the second time");
    }
}

#[test]
fn rows_are_counted_and_belong_to_a_table() {
    for (name, _, document) in documents() {
        let tables = document.tables.len() as u32;
        for (i, row) in document.rows.iter().enumerate() {
            assert_eq!(row.row, i as u32 + 1, "{name}");
            let table = row.provenance.table;
            assert!((1..=tables).contains(&table), "{name} row {}", row.row);
            let placed = row.provenance.line.is_some() || row.provenance.cells.is_some();
            assert!(placed, "{name} row {} has no place", row.row);
        }
        for (i, table) in document.tables.iter().enumerate() {
            assert_eq!(table.table, i as u32 + 1, "{name}");
            let held = document
                .rows
                .iter()
                .any(|r| r.provenance.table == table.table);
            assert!(held, "{name}: table {} has no row", table.table);
        }
        let rows = document.rows.len() as u32;
        for warning in &document.warnings {
            let within = warning
                .rows
                .is_none_or(|[a, b]| 1 <= a && a <= b && b <= rows);
            assert!(within, "{name}: {warning:?}");
        }
    }
}

#[test]
fn decisions_say_what_they_must() {
    let ids: BTreeSet<(String, String)> = ENGINE
        .catalogs()
        .items()
        .map(|(catalog, item)| (catalog.id.clone(), item.id.clone()))
        .collect();
    for (name, _, document) in documents() {
        let mut promised = BTreeSet::new();
        for row in &document.rows {
            let (m, at) = (&row.mapping, format!("{name} row {}", row.row));
            match (&m.catalog, &m.item_id) {
                (Some(catalog), Some(id)) => {
                    assert!(ids.contains(&(catalog.clone(), id.clone())), "{at}: {id}");
                }
                (None, None) => assert_eq!(m.decision, Decision::Unmapped, "{at}"),
                one => panic!("{at}: {one:?} without the other"),
            }
            match m.decision {
                Decision::Accepted => {
                    assert!(m.reasons.is_empty() && m.item_id.is_some(), "{at}: {m:?}");
                    let key = (row.provenance.table, m.item_id.clone());
                    assert!(promised.insert(key), "{at}: accepted twice: {m:?}");
                }
                Decision::Review => {
                    assert!(!m.reasons.is_empty() && m.item_id.is_some(), "{at}: {m:?}");
                }
                Decision::Unmapped => {
                    assert!(!m.reasons.is_empty() && m.item_id.is_none(), "{at}: {m:?}");
                }
            }
            assert!((0.0..=1.0).contains(&m.confidence), "{at}: {m:?}");
            // The first is the one chosen; what a whole table decides may not be the best fit.
            let first = m.candidates.first().map(|c| &c.item_id);
            assert!(
                m.item_id.is_none() || m.item_id.as_ref() == first,
                "{at}: {m:?}"
            );
            let others = m.candidates.get(1..).unwrap_or_default();
            assert!(
                others.is_sorted_by(|a, b| a.score >= b.score),
                "{at}: {m:?}"
            );
        }
    }
}
