//! What changed from one import to another.

use std::collections::BTreeSet;

use serde::Serialize;

use super::change::Change;
use super::direction::Directions;
use super::documents::{MatchedBy, Who, matches};
use super::rows::pair;
use super::saved::Held;
use crate::error::RunError;

/// The value of [`Diff::schema`].
const SCHEMA: &str = "torikomi.diff/1";

/// What changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diff {
    /// Name and version of this shape.
    pub schema: &'static str,
    /// Nothing changed, and no document is without its other edition.
    pub equal: bool,
    /// The documents that are on both sides, in the order of the new ones.
    pub documents: Vec<DocumentDiff>,
    /// Documents that are on the old side alone.
    pub gone: Vec<Who>,
    /// Documents that are on the new side alone.
    pub added: Vec<Who>,
}

/// What changed from one edition of a document to the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentDiff {
    /// The old edition.
    pub old: Who,
    /// The new edition.
    pub new: Who,
    /// How they were found to be editions of one.
    pub matched_by: MatchedBy,
    /// Rows.
    pub rows: Counts,
    /// The gravest first, then in the order of the rows.
    pub changes: Vec<Change>,
}

/// How many rows there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Of the old edition.
    pub old: usize,
    /// Of the new edition.
    pub new: usize,
    /// Of both, and as they were.
    pub same: usize,
}

/// What changed from the old documents to the new ones.
///
/// # Errors
/// A document cannot be read.
pub fn diff(old: &[Held], new: &[Held], directions: &Directions) -> Result<Diff, RunError> {
    let matches = matches(old, new);
    let matched = |side: fn(&(usize, usize, MatchedBy)) -> usize| -> BTreeSet<usize> {
        matches.iter().map(side).collect()
    };
    let left = |held: &[Held], matched: BTreeSet<usize>| -> Vec<Who> {
        let left = held
            .iter()
            .enumerate()
            .filter(|(at, _)| !matched.contains(at));
        left.map(|(_, held)| held.who.clone()).collect()
    };
    let (gone, added) = (left(old, matched(|m| m.0)), left(new, matched(|m| m.1)));
    let one = |&(o, n, by): &(usize, usize, MatchedBy)| editions(&old[o], &new[n], by, directions);
    let documents: Vec<DocumentDiff> = matches.iter().map(one).collect::<Result<_, _>>()?;
    let unchanged = documents.iter().all(|d| d.changes.is_empty());
    Ok(Diff {
        schema: SCHEMA,
        equal: unchanged && gone.is_empty() && added.is_empty(),
        documents,
        gone,
        added,
    })
}

fn editions(
    old: &Held,
    new: &Held,
    matched_by: MatchedBy,
    directions: &Directions,
) -> Result<DocumentDiff, RunError> {
    let (before, after) = (old.rows()?, new.rows()?);
    let pairs = pair(&before, &after);
    let changed = pairs.pairs.iter();
    let changed = changed.filter_map(|&(o, n)| Change::between(&before[o], &after[n], directions));
    let mut changes: Vec<Change> = changed.collect();
    let same = pairs.pairs.len() - changes.len();
    changes.extend(pairs.gone.iter().map(|o| Change::gone(&before[*o])));
    changes.extend(pairs.added.iter().map(|n| Change::added(&after[*n])));
    changes.sort_by_key(|c| c.turn);
    Ok(DocumentDiff {
        old: old.who.clone(),
        new: new.who.clone(),
        matched_by,
        rows: Counts {
            old: before.len(),
            new: after.len(),
            same,
        },
        changes,
    })
}
