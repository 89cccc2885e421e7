//! Stage: rows to canonical items: candidates, score, decision over the table.

mod broad;
mod confidence;
mod context;
mod explain;
#[cfg(test)]
mod fit;
mod grams;
mod index;
mod learned;
mod order;
mod outside;
mod reading;
mod score;
mod search;
mod slip;
mod table;
mod thesaurus;
mod unsaid;
mod words;

use std::collections::BTreeMap;

use crate::catalog::Catalogs;
use crate::config::ResolveConfig;
use crate::model::{Candidate, DataError, Evidence, Row, Warning};
use crate::notation::{fold, show};
use broad::Broad;
use confidence::{Confidence, Measures};
use context::Surroundings;
pub use explain::{Considered, Explanation, Nearest};
use index::{Form, Index, Kind};
use outside::Subject;
use reading::{Reader, Reading};
use score::{Field, Place, Scored};
use table::Choice;
use thesaurus::Thesaurus;
use unsaid::{Owners, Unsaid};

/// Two candidates closer than this are not told apart by their score.
const TOO_CLOSE: f32 = 0.05;

/// An answer of the kind an item asks for, against one that shares its words.
const ANSWER_KIND: f32 = 0.5;

/// From here on a question tells which of the items that its row's broad name fits is meant.
const TOLD: f32 = 0.75;

/// An item this close to a subject outside the catalogs is that subject.
const KNOWN: f32 = 0.7;

/// Maps rows to items. Built once, shared by all threads.
#[derive(Debug)]
pub struct Resolver {
    catalogs: Catalogs,
    config: ResolveConfig,
    thesaurus: Thesaurus,
    index: Index,
    owners: Owners,
    broad: Broad,
    surroundings: Surroundings,
    confidence: Confidence,
    /// Item ID and catalog ID, by the index's item number.
    ids: Vec<(String, String)>,
    /// The number of each item's catalog, likewise.
    catalog_of: Vec<u32>,
    taught: learned::Taught,
}

/// What the stage found out about a document's rows.
#[derive(Debug, Default)]
pub struct Resolution {
    /// One for each row, in order.
    pub evidence: Vec<Evidence>,
    /// What is worth telling about runs of rows.
    pub warnings: Vec<Warning>,
}

impl Resolver {
    /// Indexes the catalogs. `read` gives a data file's name for messages, and its text.
    ///
    /// # Errors
    /// Every fault found in the thesaurus.
    pub fn load(
        read: impl Fn(&str) -> Result<(String, String), DataError>,
        catalogs: Catalogs,
        config: ResolveConfig,
    ) -> Result<Self, Vec<DataError>> {
        let thesaurus = Thesaurus::load(&read)?;
        let subjects = outside::load(&read)?;
        let (texts, ids) = forms(&catalogs, &subjects, &thesaurus);
        let items = ids.len() as u32;
        let mut index = Index::new(ids.len() + subjects.len(), &texts);
        silence_known(&mut index, &texts, items);
        let broad = Broad::load(&read, &ids, |t| thesaurus.canonical(&show(t), &fold(t)))?;
        Ok(Resolver {
            broad,
            catalog_of: numbered(&ids),
            owners: Owners::new(&index, items),
            index,
            surroundings: Surroundings::new(&catalogs),
            confidence: Confidence::load(&read)?,
            thesaurus,
            catalogs,
            config,
            ids,
            taught: learned::Taught::default(),
        })
    }

    /// The catalogs.
    pub fn catalogs(&self) -> &Catalogs {
        &self.catalogs
    }

    /// The confidence from which on a mapping may be promised, as `min-precision` asks.
    pub fn promise(&self) -> f64 {
        self.confidence.promised_at(self.config.min_precision)
    }

    /// Measures every row of one document against the catalogs. Rows are in reading order;
    /// `provenance.table` says which belong together.
    pub fn resolve(&self, rows: &[Row]) -> Resolution {
        let mut reader = Reader::new(&self.index, &self.thesaurus, self.ids.len() as u32);
        let mut tables: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            tables.entry(row.provenance.table).or_default().push(at);
        }
        let mut found = Resolution {
            evidence: vec![Evidence::default(); rows.len()],
            warnings: Vec::new(),
        };
        for members in tables.values() {
            let table: Vec<&Row> = members.iter().map(|i| &rows[*i]).collect();
            let (mut evidence, mut warnings) = self.table(&table, &mut reader);
            self.apply_learned(&table, &mut evidence);
            found.warnings.append(&mut warnings);
            for (at, evidence) in members.iter().zip(evidence) {
                found.evidence[*at] = evidence;
            }
        }
        found
    }

    fn table(&self, rows: &[&Row], reader: &mut Reader<'_>) -> (Vec<Evidence>, Vec<Warning>) {
        let places: Vec<_> = rows.iter().map(|r| self.surroundings.of_row(r)).collect();
        let readings: Vec<Reading> = rows
            .iter()
            .zip(&places)
            .map(|(row, place)| reader.row(row, |item| self.surroundings.agree(place, item)))
            .collect();
        let (choices, runs) = table::decide(&readings, &self.catalog_of, |run| {
            slip::answers_follow_names(run, &readings, |at, item| {
                let kind = self.surroundings.fits_answer(&places[at], item);
                let text = &rows[at].answer.text;
                let said = reader.field(text, &fold(text), Place::Description).of(item);
                said + if kind { ANSWER_KIND } else { 0.0 }
            })
        });
        let warnings = runs
            .iter()
            .map(|(run, by_name)| slip::warning(run, *by_name, rows));
        let evidence = choices.iter().zip(&readings).zip(rows);
        let evidence = evidence.map(|((choice, reading), row)| {
            let mut evidence = self.evidence(choice, reading);
            evidence.duplicate_of = choice.duplicate_of.map(|at| rows[at].row);
            evidence.moved = row.compare.doubtful || row.moved.is_some_and(|m| !m.certain);
            evidence
        });
        (evidence.collect(), warnings.collect())
    }

    fn evidence(&self, choice: &Choice, reading: &Reading) -> Evidence {
        let chosen = choice.item.map(|(item, score)| Scored { item, score });
        let others = reading.ranking.items.iter().copied();
        let others = others.filter(|s| chosen.is_none_or(|c| c.item != s.item));
        let ranked: Vec<Scored> = chosen.into_iter().chain(others).collect();
        let margin = match ranked[..] {
            [] => 0.0,
            [only] => only.score,
            [first, second, ..] => first.score - second.score,
        };
        let keep = self.config.candidates.max(1);
        let candidate = |s: &Scored| Candidate {
            item_id: self.ids[s.item as usize].0.clone(),
            score: rounded(f64::from(s.score)),
        };
        Evidence {
            candidates: ranked.iter().take(keep).map(candidate).collect(),
            catalog: chosen.map(|c| self.ids[c.item as usize].1.clone()),
            confidence: rounded(chosen.map_or(0.0, |c| self.confidence_in(c, choice, reading))),
            empty: reading.empty,
            conflict: choice.conflict,
            outside: chosen.is_none_or(|c| reading.ranking.outside >= c.score),
            ambiguous: (margin < TOO_CLOSE && choice.neighbours < 2)
                || self.says_too_little(chosen, reading),
            slipped: choice.slipped,
            ..Evidence::default()
        }
    }
}

impl Resolver {
    fn confidence_in(&self, chosen: Scored, choice: &Choice, reading: &Reading) -> f64 {
        let measured = self.measured(chosen, reading);
        self.confidence.of(&measured, order::log_odds(choice))
    }

    /// The items that a row's broad wording may mean.
    fn broad_items(&self, reading: &Reading) -> Option<&[u32]> {
        let fields = [&reading.name, &reading.description];
        fields.iter().find_map(|field| self.broad.of(&field.text))
    }

    /// Whether all that the row says fits other items as well as the chosen one.
    fn says_too_little(&self, chosen: Option<Scored>, reading: &Reading) -> bool {
        let Some(chosen) = chosen else {
            return false;
        };
        let broad = |field: &Field| {
            let items = self.broad.of(&field.text);
            items.is_some_and(|items| items.contains(&chosen.item))
        };
        let (name, asked) = (&reading.name, &reading.description);
        match (name.length > 0 && !reading.inherited, asked.length > 0) {
            // The question must tell which.
            (true, true) => {
                let told =
                    asked.of(chosen.item) >= TOLD && !broad(asked) && name.text != asked.text;
                broad(name) && !told
            }
            (true, false) => broad(name),
            (false, true) => broad(asked),
            (false, false) => false,
        }
    }

    fn measured(&self, chosen: Scored, reading: &Reading) -> Measures {
        let unsaid = |field: &Field| {
            // Nothing in a broad wording speaks against any of its items.
            let items = self.broad.of(&field.text);
            match items.is_some_and(|items| items.contains(&chosen.item)) {
                true => Unsaid::default(),
                false => self.owners.unsaid(&self.index, &field.text, chosen.item),
            }
        };
        // An item known by its names alone leaves every question unsaid.
        let asked = match self.index.has_wordings(chosen.item) {
            true => unsaid(&reading.description),
            false => Unsaid::default(),
        };
        confidence::measure(
            &reading.ranking,
            chosen.item,
            chosen.score,
            &reading.name,
            &reading.description,
            [unsaid(&reading.name), asked],
            reading.inherited,
        )
    }
}

/// All forms, those of items first, and the ID and catalog of each item.
fn forms(
    catalogs: &Catalogs,
    subjects: &[Subject],
    thesaurus: &Thesaurus,
) -> (Vec<Form>, Vec<(String, String)>) {
    let canonical = |text: &str| thesaurus.canonical(&show(text), &fold(text));
    let (mut texts, mut ids) = (Vec::new(), Vec::new());
    for (catalog, item) in catalogs.items() {
        let number = ids.len() as u32;
        let names = item.names().map(|n| (Kind::Name, n));
        let wordings = item.wordings().map(|w| (Kind::Wording, w));
        texts.extend(names.chain(wordings).map(|(kind, text)| Form {
            item: number,
            kind,
            text: canonical(text),
        }));
        ids.push((item.id.clone(), catalog.id.clone()));
    }
    for (number, subject) in (ids.len() as u32..).zip(subjects) {
        let forms = std::iter::once(&subject.subject).chain(&subject.forms);
        texts.extend(forms.map(|f| Form {
            item: number,
            kind: Kind::Name,
            text: canonical(f),
        }));
    }
    (texts, ids)
}

/// The catalogs numbered, by item.
fn numbered(ids: &[(String, String)]) -> Vec<u32> {
    let mut number = 0;
    let steps = ids.iter().enumerate().map(|(at, id)| {
        number += u32::from(at > 0 && ids[at - 1].1 != id.1);
        number
    });
    steps.collect()
}

/// A subject that a catalog in use has an item for is not outside: its forms are taken out.
fn silence_known(index: &mut Index, texts: &[Form], items: u32) {
    let mut scratch = index.scratch();
    let mut known = |form: &Form| {
        let hits = index.search(&form.text, &mut scratch);
        hits.iter().any(|h| h.item < items && h.best() >= KNOWN)
    };
    let subjects = (0_u32..).zip(texts).filter(|(_, f)| f.item >= items);
    let known: Vec<u32> = subjects.filter(|(_, f)| known(f)).map(|(i, _)| i).collect();
    index.leave_out(&known);
}

/// Three places are all that a reader can use, and they do not differ between machines.
fn rounded(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests;
