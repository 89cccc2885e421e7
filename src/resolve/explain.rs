//! Why a row was mapped as it was, in words and numbers that a reviewer understands.
//!
//! Nothing is decided here: the evidence is what the stage made of the whole document, and the
//! numbers beside it are read again from the same index.

use serde::Serialize;

use super::reading::{Reader, Reading};
use super::thesaurus::Thesaurus;
use super::{Resolution, Resolver, rounded, words};
use crate::catalog::{Catalog, Item, likeness};
use crate::learn::Line;
use crate::model::{Mapping, Precedent, Row};
use crate::notation::{fold, show};

/// Fewest characters that two texts must share to name what they share.
const SHARED: usize = 2;

/// Most pieces named.
const MOST_SHARED: usize = 6;

/// Longest texts compared piece by piece, in characters.
const LONGEST: usize = 400;

/// A row, what it was mapped to, and what speaks for and against each candidate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The row, 1-based.
    pub row: u32,
    /// The section it stands under.
    pub section: Option<String>,
    /// The category it stands under.
    pub category: Option<String>,
    /// The item's name on the sheet.
    pub item: Option<String>,
    /// The name was taken over from a row above, and counts for less.
    pub item_inherited: bool,
    /// What is asked.
    pub description: Option<String>,
    /// The kind of answer.
    pub unit: Option<String>,
    /// What came out.
    pub mapping: Mapping,
    /// The row of the same table that fits the same item better.
    pub duplicate_of: Option<u32>,
    /// The rows, first and last, of the slipped run it stands in.
    pub slip: Option<[u32; 2]>,
    /// The earlier decision about this wording, or about one like it.
    pub learned: Option<Line>,
    /// How well the best subject fits that is in no catalog; 0 when none does.
    pub outside: f64,
    /// Why it was decided so: one sentence for each reason.
    pub why: Vec<String>,
    /// The candidates, best first.
    pub candidates: Vec<Considered>,
}

/// A candidate and what was measured of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Considered {
    /// The item.
    pub item_id: String,
    /// Its catalog.
    pub catalog: String,
    /// Its name in the catalog.
    pub name: Option<String>,
    /// What it asks for.
    pub description: Option<String>,
    /// 0..1: how well it fits in all.
    pub score: f64,
    /// 0..1: how well the row's name fits; null when the row has none.
    pub name_fit: Option<f64>,
    /// 0..1: how well the row's description fits; null when the row has none.
    pub description_fit: Option<f64>,
    /// The catalog's words, its aliases and questions among them, that are nearest to the name.
    pub nearest_to_name: Option<Nearest>,
    /// Those that are nearest to the description.
    pub nearest_to_description: Option<Nearest>,
    /// The section is the item's.
    pub section_agrees: bool,
    /// The category is the item's.
    pub category_agrees: bool,
    /// The unit, or the kind of the answer, is what the item asks for.
    pub unit_agrees: bool,
    /// How the item stands to those of the rows above and below, in the catalog's order.
    pub order: Option<&'static str>,
}

/// What a text of the row and a text of the item have in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Nearest {
    /// The item's text.
    pub text: String,
    /// Words that stand in both.
    pub shared: Vec<String>,
    /// Different words that the thesaurus holds for one: the row's and the item's.
    pub same_meaning: Vec<[String; 2]>,
}

impl Resolver {
    /// Explains the row at a position, given all rows of its document after they were mapped; none
    /// when there is no such row.
    pub fn explain(&self, rows: &[Row], at: usize) -> Option<Explanation> {
        let row = rows.get(at)?;
        let found = self.resolve(rows);
        let evidence = found.evidence.get(at)?;
        let mut reader = Reader::new(&self.index, &self.thesaurus, self.ids.len() as u32);
        let place = self.surroundings.of_row(row);
        let reading = reader.row(row, |item| self.surroundings.agree(&place, item));
        let candidates = evidence.candidates.iter().filter_map(|candidate| {
            let number = self
                .ids
                .iter()
                .position(|(id, _)| *id == candidate.item_id)?;
            let (catalog, item) = self.catalogs.items().nth(number)?;
            let agrees = self.surroundings.agree(&place, number as u32);
            let fit =
                |said: &Option<String>, fit: f32| said.as_ref().map(|_| rounded(f64::from(fit)));
            let nearest = |said: &Option<String>| {
                let said = said.as_deref()?;
                nearest(&self.thesaurus, said, item)
            };
            Some(Considered {
                item_id: item.id.clone(),
                catalog: catalog.id.clone(),
                name: item.name.clone(),
                description: item.description.clone(),
                score: candidate.score,
                name_fit: fit(&row.item, reading.name.of(number as u32)),
                description_fit: fit(&row.description, reading.description.of(number as u32)),
                nearest_to_name: nearest(&row.item),
                nearest_to_description: nearest(&row.description),
                section_agrees: agrees.section,
                category_agrees: agrees.category,
                unit_agrees: agrees.unit,
                order: order(catalog, &item.id, rows, at),
            })
        });
        let candidates: Vec<Considered> = candidates.collect();
        let compare = &row.compare;
        let learned = match evidence.precedent {
            Precedent::None => None,
            Precedent::Near => self
                .learned()
                .near(&compare.item, &compare.description)
                .map(|(line, _)| line),
            _ => self.learned().exact(
                &compare.item,
                &compare.description,
                &compare.section,
                &compare.category,
            ),
        };
        let why = self.why(row, &reading, &found, at, learned);
        let slip = found.warnings.iter().filter_map(|w| w.rows);
        let slip = slip.filter(|_| evidence.slipped);
        Some(Explanation {
            row: row.row,
            section: row.section.clone(),
            category: row.category.clone(),
            item: row.item.clone(),
            item_inherited: compare.inherited.item,
            description: row.description.clone(),
            unit: row.unit.clone(),
            mapping: row.mapping.clone(),
            duplicate_of: evidence.duplicate_of,
            slip: slip
                .into_iter()
                .find(|[first, last]| (*first..=*last).contains(&row.row)),
            learned: learned.cloned(),
            outside: rounded(f64::from(reading.ranking.outside)),
            why,
            candidates,
        })
    }

    /// A sentence for each reason of the row's mapping.
    fn why(
        &self,
        row: &Row,
        reading: &Reading,
        found: &Resolution,
        at: usize,
        learned: Option<&Line>,
    ) -> Vec<String> {
        use crate::model::Reason::*;
        let mapping = &row.mapping;
        let id = |number: u32| self.ids[number as usize].0.as_str();
        let sentence = |reason: &crate::model::Reason| match reason {
            NameDescriptionConflict => match (reading.name.best(), reading.description.best()) {
                (Some((a, fit)), Some((b, other))) => format!(
                    "the name points at {} ({fit:.2}) and the description at {} ({other:.2})",
                    id(a),
                    id(b)
                ),
                _ => "the name and the description point at different items".to_owned(),
            },
            AmbiguousCandidates if self.broad_items(reading).is_some() => {
                let items = self.broad_items(reading).unwrap_or_default();
                let ids: Vec<&str> = items.iter().map(|i| id(*i)).collect();
                format!(
                    "what the row says fits several items alike: {}",
                    ids.join(", ")
                )
            }
            AmbiguousCandidates => match &mapping.candidates[..] {
                [a, b, ..] => format!(
                    "{} ({:.3}) and {} ({:.3}) fit about equally well",
                    a.item_id, a.score, b.item_id, b.score
                ),
                _ => "two items fit about equally well".to_owned(),
            },
            DuplicateItem => match found.evidence[at].duplicate_of {
                Some(other) => format!("row {other} of the same table fits the item better"),
                None => "another row of the same table fits the item better".to_owned(),
            },
            ColumnSlip => {
                let run = found.warnings.iter().find(|w| {
                    w.rows
                        .is_some_and(|[first, last]| (first..=last).contains(&row.row))
                });
                run.map_or_else(
                    || "it stands where one column has slipped against another".to_owned(),
                    |w| w.message.clone(),
                )
            }
            CellsMoved => "where its cells belong is not certain".to_owned(),
            LowConfidence => format!(
                "{:.3} is too little confidence for the promise that nobody needs to look",
                mapping.confidence
            ),
            NoCandidate if learned.is_some() => "no catalog has an item for it".to_owned(),
            NoCandidate => match reading.ranking.outside {
                fit if fit > 0.0 => format!(
                    "no item fits well enough; a subject that is in no catalog fits {fit:.2}"
                ),
                _ => "no item fits well enough to name one".to_owned(),
            },
            NothingToMap => "the row has neither a name nor a description".to_owned(),
            Learned => match learned {
                Some(line) => format!(
                    "its wording was decided before to be {} ({}: {})",
                    line.item(),
                    line.id,
                    line.source()
                ),
                None => "its wording was decided before".to_owned(),
            },
        };
        let mut why: Vec<String> = mapping.reasons.iter().map(sentence).collect();
        if why.is_empty() {
            why.push("nothing speaks against the best candidate".to_owned());
        }
        if let (Some(line), Precedent::Near) = (learned, found.evidence[at].precedent) {
            let (item, id, source) = (line.item(), &line.id, line.source());
            why.push(format!(
                "words like these were decided to be {item} ({id}: {source})"
            ));
        }
        why
    }
}

/// How an item stands to those of the rows above and below.
fn order(catalog: &Catalog, id: &str, rows: &[Row], at: usize) -> Option<&'static str> {
    let position = |id: &str| catalog.items.iter().position(|i| i.id == id);
    let own = position(id)?;
    let of_row = |row: Option<&Row>| {
        let same = row?.provenance.table == rows[at].provenance.table;
        row?.mapping
            .item_id
            .as_deref()
            .filter(|_| same)
            .and_then(position)
    };
    let above = at.checked_sub(1).and_then(|at| of_row(rows.get(at)));
    let below = of_row(rows.get(at + 1));
    Some(match (above, below) {
        (Some(a), Some(b)) if a < own && own < b => "between those of the rows above and below",
        (Some(a), None) if a < own => "after that of the row above",
        (None, Some(b)) if own < b => "before that of the row below",
        (None, None) => return None,
        _ => "not where the rows above and below would have it",
    })
}

/// The item's text that a text of the row is nearest to.
fn nearest(thesaurus: &Thesaurus, said: &str, item: &Item) -> Option<Nearest> {
    let canonical = |text: &str| thesaurus.canonical(&show(text), &fold(text));
    let own = canonical(said);
    let all = item.names().chain(item.wordings());
    let scored = all.map(|text| (likeness(&own, &canonical(text)), text));
    let (likeness, text) = scored.reduce(|best, next| match next.0 > best.0 {
        true => next,
        false => best,
    })?;
    if likeness <= 0.0 {
        return None;
    }
    Some(Nearest {
        text: text.to_owned(),
        shared: shared(&fold(said), &fold(text)),
        same_meaning: same_meaning(thesaurus, said, text),
    })
}

/// The words that the thesaurus has under one entry, where they differ: the row's and the item's.
fn same_meaning(thesaurus: &Thesaurus, said: &str, text: &str) -> Vec<[String; 2]> {
    let canonical = |text: &str| thesaurus.canonical(text, &fold(text));
    let signs = |text: &str| {
        let all = canonical(text);
        let mut signs: Vec<char> = all.chars().filter(|c| is_sign(*c)).collect();
        signs.sort_unstable();
        signs.dedup();
        signs
    };
    let (said, text) = (show(said), show(text));
    let theirs = signs(&text);
    let both = signs(&said).into_iter().filter(|s| theirs.contains(s));
    let words = both.map(|sign| {
        let word = |text: &str| shortest(text, |part| canonical(part).contains(sign));
        [word(&said), word(&text)]
    });
    words.filter(|[a, b]| fold(a) != fold(b)).collect()
}

/// Whether a character of a canonical form stands for a word of the thesaurus.
fn is_sign(c: char) -> bool {
    c as u32 >= words::FIRST_SIGN
}

/// The part of a text that still `holds`, cut from the left and then from the right.
fn shortest(text: &str, holds: impl Fn(&str) -> bool) -> String {
    let chars: Vec<char> = text.chars().take(LONGEST).collect();
    let part = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    let (mut from, mut to) = (0, chars.len());
    while from + 1 < to && holds(&part(from + 1, to)) {
        from += 1;
    }
    while from < to.saturating_sub(1) && holds(&part(from, to - 1)) {
        to -= 1;
    }
    part(from, to).trim().to_owned()
}

/// The longest pieces that two folded texts share, longest first, none within another.
fn shared(a: &str, b: &str) -> Vec<String> {
    let mut a: Vec<char> = a.chars().take(LONGEST).collect();
    let mut b: Vec<char> = b.chars().take(LONGEST).collect();
    let mut pieces = Vec::new();
    while pieces.len() < MOST_SHARED {
        let (mut best, mut at_a, mut at_b) = (0, 0, 0);
        let mut before = vec![0; b.len() + 1];
        for (i, x) in a.iter().enumerate() {
            let mut row = vec![0; b.len() + 1];
            for (j, y) in b.iter().enumerate() {
                if x == y && *x != '\0' {
                    row[j + 1] = before[j] + 1;
                    if row[j + 1] > best {
                        (best, at_a, at_b) = (row[j + 1], i + 1, j + 1);
                    }
                }
            }
            before = row;
        }
        if best < SHARED {
            break;
        }
        pieces.push(a[at_a - best..at_a].iter().collect());
        // What is named once is not named again.
        a[at_a - best..at_a].fill('\0');
        b[at_b - best..at_b].fill('\0');
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_pieces_are_the_longest_and_each_named_once() {
        for (a, b, pieces) in [
            ("障害発生時の通知", "障害の通知時間", vec!["の通知", "障害"]),
            ("稼働率", "アップタイム", vec![]),
            ("暗号化", "暗号化", vec!["暗号化"]),
            ("", "暗号化", vec![]),
        ] {
            assert_eq!(shared(a, b), pieces, "{a} {b}");
        }
    }

    #[test]
    fn the_shortest_part_still_holds() {
        let shortened = shortest("月間のアップタイムは", |p| p.contains("アップ"));
        assert_eq!(shortened, "アップ");
        assert_eq!(shortest("", |_| true), "");
    }
}
