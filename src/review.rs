//! Stage: the reasons for a second look, and their policy.
//!
//! `accepted` is a promise that nobody needs to look again, so every reason below takes it away:
//!
//! | reason | when |
//! |---|---|
//! | `nothing_to_map` | the row has neither a name nor a description: unmapped |
//! | `no_candidate` | no item is likely enough to name one: unmapped |
//! | `name_description_conflict` | name and description point at different items |
//! | `column_slip` | the row stands in a run where one column slipped against another |
//! | `cells_moved` | the row's cells had moved, and putting them back was no certain thing; or which lines of a page without rules are its cells is not certain |
//! | `duplicate_item` | another row of the table fits the same item better |
//! | `ambiguous_candidates` | the best two items are too close to choose, or the wording fits several alike |
//! | `low_confidence` | the item is likely, but not enough for the promise |
//!
//! `learned` stands beside these, last, and takes nothing away: a reviewer has decided the row's
//! very wording, so doubt about the wording is gone; what the table says against it is not.
//!
//! Contradictions within a row come before doubt about its wording: a row under review for a
//! conflict is not also called ambiguous.

use crate::model::{Decision, Evidence, Mapping, Precedent, Reason, Row};

/// Below this confidence the best item is a guess that would waste a reviewer's time.
const NAMEABLE: f64 = 0.3;

/// Decides over each row from what was measured about it. From a confidence of `promise` on a
/// mapping is a promise.
pub fn review(rows: &mut [Row], evidence: Vec<Evidence>, promise: f64) {
    for (row, evidence) in rows.iter_mut().zip(evidence) {
        row.mapping = decide(evidence, promise);
    }
}

/// The mapping of one row.
pub fn decide(evidence: Evidence, promise: f64) -> Mapping {
    let reasons = reasons(&evidence, promise);
    let unmapped = [Reason::NothingToMap, Reason::NoCandidate];
    let decision = match reasons.first() {
        None | Some(Reason::Learned) => Decision::Accepted,
        Some(reason) if unmapped.contains(reason) => Decision::Unmapped,
        Some(_) => Decision::Review,
    };
    let named = decision != Decision::Unmapped;
    let best = evidence.candidates.first().filter(|_| named);
    Mapping {
        item_id: best.map(|c| c.item_id.clone()),
        catalog: evidence.catalog.filter(|_| named),
        confidence: match named {
            true => evidence.confidence,
            false => 1.0 - evidence.confidence,
        },
        decision,
        reasons,
        candidates: evidence.candidates,
        duplicate_of: evidence.duplicate_of.filter(|_| named),
        related: Vec::new(),
    }
}

/// Why a row is not accepted, in the order of the table above; empty when it is.
fn reasons(evidence: &Evidence, promise: f64) -> Vec<Reason> {
    if evidence.empty {
        return vec![Reason::NothingToMap];
    }
    if evidence.precedent == Precedent::NoItem {
        return vec![Reason::NoCandidate, Reason::Learned];
    }
    let likely = evidence.confidence >= NAMEABLE && !evidence.outside;
    let contradicted = evidence.conflict || evidence.slipped;
    let about_items = likely || (contradicted && !evidence.outside);
    if evidence.candidates.is_empty() || !about_items {
        return vec![Reason::NoCandidate];
    }
    let mut reasons = Vec::new();
    let mut add = |holds, reason| {
        if holds {
            reasons.push(reason);
        }
    };
    add(
        evidence.conflict && !evidence.slipped,
        Reason::NameDescriptionConflict,
    );
    add(evidence.slipped, Reason::ColumnSlip);
    add(evidence.moved, Reason::CellsMoved);
    add(evidence.duplicate_of.is_some(), Reason::DuplicateItem);
    add(
        evidence.ambiguous && !contradicted,
        Reason::AmbiguousCandidates,
    );
    let decided = evidence.precedent == Precedent::Item;
    // Words like decided ones are a hint; no promise rests on them.
    let unsure = evidence.confidence < promise || evidence.precedent == Precedent::Near;
    add(
        unsure && !decided && !contradicted && !evidence.ambiguous,
        Reason::LowConfidence,
    );
    add(decided, Reason::Learned);
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Candidate;

    fn sure() -> Evidence {
        let best = Candidate {
            item_id: "A-1".into(),
            score: 1.0,
        };
        Evidence {
            candidates: vec![best],
            catalog: Some("a".into()),
            confidence: 0.99,
            ..Evidence::default()
        }
    }

    #[test]
    fn each_reason_takes_the_promise_away() {
        use Reason::*;
        type Change = fn(&mut Evidence);
        let cases: [(Change, Decision, &[Reason]); 15] = [
            (|_| (), Decision::Accepted, &[]),
            (|e| e.empty = true, Decision::Unmapped, &[NothingToMap]),
            (|e| e.confidence = 0.1, Decision::Unmapped, &[NoCandidate]),
            (|e| e.outside = true, Decision::Unmapped, &[NoCandidate]),
            (
                |e| e.conflict = true,
                Decision::Review,
                &[NameDescriptionConflict],
            ),
            (|e| e.slipped = true, Decision::Review, &[ColumnSlip]),
            (|e| e.moved = true, Decision::Review, &[CellsMoved]),
            (
                |e| e.duplicate_of = Some(3),
                Decision::Review,
                &[DuplicateItem],
            ),
            (
                |e| e.ambiguous = true,
                Decision::Review,
                &[AmbiguousCandidates],
            ),
            (|e| e.confidence = 0.8, Decision::Review, &[LowConfidence]),
            (
                |e| e.precedent = Precedent::Item,
                Decision::Accepted,
                &[Learned],
            ),
            (
                |e| (e.precedent, e.slipped) = (Precedent::Item, true),
                Decision::Review,
                &[ColumnSlip, Learned],
            ),
            (
                |e| (e.precedent, e.duplicate_of) = (Precedent::Item, Some(3)),
                Decision::Review,
                &[DuplicateItem, Learned],
            ),
            (
                |e| e.precedent = Precedent::NoItem,
                Decision::Unmapped,
                &[NoCandidate, Learned],
            ),
            (
                |e| e.precedent = Precedent::Near,
                Decision::Review,
                &[LowConfidence],
            ),
        ];
        for (change, decision, expected) in cases {
            let mut evidence = sure();
            change(&mut evidence);
            let mapping = decide(evidence, 0.9);
            assert_eq!(
                (mapping.decision, &mapping.reasons[..]),
                (decision, expected)
            );
            let named = decision != Decision::Unmapped;
            assert_eq!(mapping.item_id.is_some(), named);
            assert_eq!(mapping.catalog.is_some(), named);
        }
    }
}
