//! What reviewers decided before, over what was measured.
//!
//! A row in exactly a decided wording has its item, or none; what the table says against it (a
//! slip, another row for the item) still stands. A row in a wording like a decided one has the item
//! among its candidates, and goes to a person.

use rustc_hash::FxHashMap;

use super::{Resolver, rounded};
use crate::learn::{Learned, Line};
use crate::model::{Candidate, Evidence, Precedent, Row};

/// What a decision by a person is worth: people slip too.
const DECIDED: f64 = 0.99;

/// What the likeness to a decided wording is worth, as a score and as confidence, where the words
/// are all but the same.
const LIKE_DECIDED: f64 = 0.85;
const LIKE_DECIDED_CONFIDENCE: f64 = 0.75;

/// What was learned, for the items in use.
#[derive(Debug, Default)]
pub(super) struct Taught {
    learned: Learned,
    /// The catalog of each item.
    catalogs: FxHashMap<String, String>,
}

impl Resolver {
    /// The same resolver with what was learned. Lines about items that are in no catalog in use
    /// say nothing.
    #[must_use]
    pub fn with_learned(mut self, learned: Learned) -> Self {
        let catalogs = match learned.is_empty() {
            true => FxHashMap::default(),
            false => self.ids.iter().cloned().collect(),
        };
        self.taught = Taught { learned, catalogs };
        self
    }

    /// What was learned.
    pub fn learned(&self) -> &Learned {
        &self.taught.learned
    }

    /// Changes the evidence of one table's rows by what was learned.
    pub(super) fn apply_learned(&self, rows: &[&Row], evidence: &mut [Evidence]) {
        if self.taught.learned.is_empty() {
            return;
        }
        let before: Vec<Option<String>> = evidence.iter().map(chosen).collect();
        for (row, evidence) in rows.iter().zip(evidence.iter_mut()) {
            self.recall(row, evidence);
        }
        self.one_row_for_each(rows, &before, evidence);
        for evidence in evidence.iter_mut() {
            evidence.candidates.truncate(self.config.candidates.max(1));
        }
    }

    fn recall(&self, row: &Row, evidence: &mut Evidence) {
        let compare = &row.compare;
        if evidence.empty {
            return;
        }
        let exact = self.taught.learned.exact(
            &compare.item,
            &compare.description,
            &compare.section,
            &compare.category,
        );
        match exact {
            Some(line) => self.settle(line, evidence),
            None if !self.is_settled(evidence) => self.suggest(row, evidence),
            None => {}
        }
    }

    /// The row's very words were decided.
    fn settle(&self, line: &Line, evidence: &mut Evidence) {
        let Some(item) = &line.item_id else {
            evidence.precedent = Precedent::NoItem;
            evidence.confidence = rounded(1.0 - DECIDED);
            evidence.duplicate_of = None;
            return;
        };
        let Some(catalog) = self.taught.catalogs.get(item) else {
            return;
        };
        if chosen(evidence).as_ref() != Some(item) {
            // The table gave another item to another row; what it says of this item follows.
            evidence.duplicate_of = None;
        }
        put_first(evidence, item, 1.0);
        evidence.catalog = Some(catalog.clone());
        evidence.confidence = DECIDED;
        evidence.precedent = Precedent::Item;
        // These doubts were about the wording, which a person has read.
        evidence.conflict = false;
        evidence.ambiguous = false;
        evidence.outside = false;
    }

    /// Words like the row's were decided.
    fn suggest(&self, row: &Row, evidence: &mut Evidence) {
        let (name, asked) = (&row.compare.item, &row.compare.description);
        let Some((line, likeness)) = self.taught.learned.near(name, asked) else {
            return;
        };
        let Some((item, catalog)) = line
            .item_id
            .as_ref()
            .and_then(|i| self.taught.catalogs.get_key_value(i))
        else {
            return;
        };
        let likeness = f64::from(likeness);
        let known = evidence.candidates.iter().position(|c| c.item_id == *item);
        let own = known.map_or(0.0, |at| evidence.candidates[at].score);
        let score = rounded(own.max(LIKE_DECIDED * likeness));
        let best = evidence.candidates.first().map_or(0.0, |c| c.score);
        let contradicted = evidence.conflict || evidence.slipped || evidence.duplicate_of.is_some();
        let is_chosen = known == Some(0) && evidence.catalog.is_some();
        let confidence = rounded(LIKE_DECIDED_CONFIDENCE * likeness);
        if is_chosen {
            if confidence > evidence.confidence {
                evidence.confidence = confidence;
                evidence.outside = false;
                evidence.precedent = Precedent::Near;
            }
        } else if score > best && !contradicted {
            evidence.confidence = confidence;
            evidence.catalog = Some(catalog.clone());
            evidence.ambiguous = false;
            evidence.outside = false;
            evidence.precedent = Precedent::Near;
            put_first(evidence, item, score);
        } else if known.is_none() {
            let at = evidence.candidates.partition_point(|c| c.score >= score);
            // The first is the one chosen, whatever its score.
            let at = at.max(1).min(evidence.candidates.len());
            let item_id = item.clone();
            evidence.candidates.insert(at, Candidate { item_id, score });
        }
    }

    /// A row that came to its item by a decision shares it with the row the table gave it to: the
    /// one that is sure of it keeps it, the other is a second one.
    fn one_row_for_each(
        &self,
        rows: &[&Row],
        before: &[Option<String>],
        evidence: &mut [Evidence],
    ) {
        let mut owners: FxHashMap<String, usize> = FxHashMap::default();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        // Rows that held their item before come first, unless they are in doubt.
        order.sort_by_key(|at| {
            let e = &evidence[*at];
            let held = chosen(e) == before[*at];
            match e.precedent {
                Precedent::Item if held => 0,
                Precedent::None if self.is_settled(e) => 1,
                Precedent::Item => 2,
                _ => 3,
            }
        });
        for at in order {
            let named = evidence[at].precedent != Precedent::NoItem;
            let Some(item) = chosen(&evidence[at]).filter(|_| named && !evidence[at].outside)
            else {
                continue;
            };
            if evidence[at].duplicate_of.is_some() {
                continue;
            }
            let owner = *owners.entry(item).or_insert(at);
            let taught =
                |at: usize| matches!(evidence[at].precedent, Precedent::Item | Precedent::Near);
            if owner != at && (taught(at) || taught(owner)) {
                evidence[at].duplicate_of = Some(rows[owner].row);
            }
        }
    }
}

impl Resolver {
    /// Whether the row is sure enough of its item, and nothing speaks against it: it needs no help,
    /// and keeps its item.
    fn is_settled(&self, e: &Evidence) -> bool {
        let doubted =
            e.conflict || e.ambiguous || e.slipped || e.outside || e.duplicate_of.is_some();
        e.confidence >= self.promise() && !doubted
    }
}

/// The item that the row has by its evidence.
fn chosen(evidence: &Evidence) -> Option<String> {
    let first = evidence.candidates.first();
    let first = first.filter(|_| evidence.catalog.is_some());
    first.map(|c| c.item_id.clone())
}

/// Makes an item the chosen candidate.
fn put_first(evidence: &mut Evidence, item: &str, score: f64) {
    evidence.candidates.retain(|c| c.item_id != item);
    let item_id = item.to_owned();
    evidence.candidates.insert(0, Candidate { item_id, score });
}
