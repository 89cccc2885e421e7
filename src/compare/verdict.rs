//! Whether an answer got better.

use std::cmp::Ordering;

use serde::Serialize;

use super::direction::{Better, Directions};
use super::magnitude;
use super::saved::{Row, Value};
use crate::model::{Decision, Status};

/// Whether something got better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It did.
    Better,
    /// It got worse.
    Worse,
    /// It is not the same, and whether it is better is not known.
    Changed,
    /// It is the same.
    Same,
}

/// The quantities of one kind in an answer, before and after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValueChange {
    /// What they measure.
    pub kind: String,
    /// The words they were read from.
    pub old: Vec<String>,
    /// The words they are read from now.
    pub new: Vec<String>,
    /// Whether they got better.
    pub verdict: Verdict,
}

/// Yes is better than partial, partial than no; of the others nothing is known.
pub(super) fn status_verdict(old: &str, new: &str) -> Verdict {
    let order = [Status::No, Status::Partial, Status::Yes];
    let place = |status: &str| order.iter().position(|s| s.name() == status);
    match (place(old), place(new)) {
        _ if old == new => Verdict::Same,
        (Some(a), Some(b)) if a < b => Verdict::Better,
        (Some(_), Some(_)) => Verdict::Worse,
        _ => Verdict::Changed,
    }
}

/// The verdict on two quantities, of which more or less is better.
pub(super) fn verdict(better: Option<Better>, old: &Value, new: &Value) -> Verdict {
    match (magnitude::compare(old, new), better) {
        // The same amount with another bound is not the same promise.
        (Some(Ordering::Equal), _) if old.op == new.op => Verdict::Same,
        (None | Some(Ordering::Equal), _) | (_, None) => Verdict::Changed,
        (Some(Ordering::Greater), Some(Better::More)) => Verdict::Better,
        (Some(Ordering::Less), Some(Better::Less)) => Verdict::Better,
        _ => Verdict::Worse,
    }
}

/// The quantities that differ, by kind in the order of the old answer. Where an answer has several
/// of a kind, nobody knows which became which.
pub(super) fn values_changed(old: &Row, new: &Row, directions: &Directions) -> Vec<ValueChange> {
    let (before, after) = (&old.answer.values, &new.answer.values);
    let mut kinds: Vec<&str> = Vec::new();
    for value in before.iter().chain(after) {
        if !kinds.contains(&value.kind.as_str()) {
            kinds.push(&value.kind);
        }
    }
    // What is better depends on the item, so the item has to be certain.
    let certain = |row: &Row| row.mapping.decision == Decision::Accepted.name();
    let one_item = old.mapping.item_id == new.mapping.item_id && certain(old) && certain(new);
    let item = new.mapping.item_id.as_deref().filter(|_| one_item);
    let mut changes = Vec::new();
    for kind in kinds {
        let of = |values: &'_ [Value]| -> Vec<Value> {
            values.iter().filter(|v| v.kind == kind).cloned().collect()
        };
        let (a, b) = (of(before), of(after));
        let verdict = match (a.as_slice(), b.as_slice()) {
            (a, b) if a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)) => continue,
            ([one], [other]) => verdict(item.and_then(|i| directions.better(i, kind)), one, other),
            _ => Verdict::Changed,
        };
        if verdict == Verdict::Same {
            continue;
        }
        let words = |values: &[Value]| values.iter().map(|v| v.text.clone()).collect();
        changes.push(ValueChange {
            kind: kind.to_owned(),
            old: words(&a),
            new: words(&b),
            verdict,
        });
    }
    changes
}

/// Whether two quantities are the same but for their words.
fn is_same(a: &Value, b: &Value) -> bool {
    let parts = |v: &Value| (v.op.clone(), v.number, v.max, v.unit.clone(), v.iso.clone());
    parts(a) == parts(b)
}

/// Worse where anything got worse; better where everything that changed did.
pub(super) fn overall(values: &[ValueChange]) -> Verdict {
    let any = |verdict| values.iter().any(|v| v.verdict == verdict);
    match (
        any(Verdict::Worse),
        any(Verdict::Better),
        any(Verdict::Changed),
    ) {
        (true, false, _) => Verdict::Worse,
        (false, true, false) => Verdict::Better,
        (false, false, false) => Verdict::Same,
        _ => Verdict::Changed,
    }
}
