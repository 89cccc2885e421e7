//! What changed in a row.

use serde::Serialize;

use super::direction::Directions;
use super::saved::Row;
use super::verdict::{ValueChange, Verdict, overall, status_verdict, values_changed};
use crate::model::Status;
use crate::notation::fold;

/// A row that is not as it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The gravest first, as a report shows it.
    pub turn: Turn,
    /// Whether it got better or worse; `changed` where that is not known.
    pub verdict: Verdict,
    /// Everything that changed.
    pub aspects: Vec<Aspect>,
    /// The item of the new row, or of the old one where there is no new one.
    pub item_id: Option<String>,
    /// Quantities that changed.
    pub values: Vec<ValueChange>,
    /// The old row; null when it was added.
    pub old: Option<Said>,
    /// The new row; null when it is gone.
    pub new: Option<Said>,
}

/// What a change amounts to, gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// From yes to no.
    YesToNo,
    /// From yes to partial, or from partial to no.
    StatusWorse,
    /// A quantity got worse.
    ValueWorse,
    /// Another status, neither better nor worse.
    StatusChanged,
    /// The row is gone.
    Gone,
    /// Another quantity, and nobody knows whether it is better.
    ValueChanged,
    /// Other words.
    AnswerChanged,
    /// From no to yes, and what is between.
    StatusBetter,
    /// A quantity got better.
    ValueBetter,
    /// The row is new.
    Added,
    /// The same answer, mapped otherwise.
    MappingChanged,
    /// The same answer to another question.
    Reworded,
}

/// A part of a row that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// What the answer amounts to.
    Status,
    /// Its quantities.
    Values,
    /// Its words or its mark.
    Answer,
    /// The item it was mapped to, or whether somebody needs to look.
    Mapping,
    /// What is asked.
    Question,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// 1-based.
    pub row: u32,
    /// Where it stands in its file, in words.
    pub place: Option<String>,
    /// The sheet's own number.
    pub number: Option<String>,
    /// The item's name.
    pub item: Option<String>,
    /// What is asked.
    pub description: Option<String>,
    /// The yes/no mark.
    pub mark: Option<String>,
    /// What the answer amounts to.
    pub status: String,
    /// Its words.
    pub text: String,
    /// The canonical item.
    pub item_id: Option<String>,
    /// Whether somebody needs to look at that.
    pub decision: String,
}

impl Said {
    fn of(row: &Row) -> Self {
        let place = &row.provenance;
        let page = place.page.map(|p| format!("page {p}"));
        let line = place.line.map(|l| format!("line {l}"));
        let parts = [page, place.sheet.clone(), place.cells.clone(), line];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        Said {
            row: row.row,
            place: (!parts.is_empty()).then(|| parts.join(" ")),
            number: row.number.as_ref().map(|n| n.raw.clone()),
            item: row.item.clone(),
            description: row.description.clone(),
            mark: row.answer.mark.clone(),
            status: row.answer.status.clone(),
            text: row.answer.text.clone(),
            item_id: row.mapping.item_id.clone(),
            decision: row.mapping.decision.clone(),
        }
    }
}

impl Change {
    /// A row that is gone.
    pub(super) fn gone(row: &Row) -> Self {
        Change {
            old: Some(Said::of(row)),
            ..Change::of(Turn::Gone, row)
        }
    }

    /// A row that is new.
    pub(super) fn added(row: &Row) -> Self {
        Change {
            new: Some(Said::of(row)),
            ..Change::of(Turn::Added, row)
        }
    }

    fn of(turn: Turn, row: &Row) -> Self {
        Change {
            turn,
            verdict: Verdict::Changed,
            aspects: Vec::new(),
            item_id: row.mapping.item_id.clone(),
            values: Vec::new(),
            old: None,
            new: None,
        }
    }

    /// What changed from one row to the other; none when nothing did.
    pub(super) fn between(old: &Row, new: &Row, directions: &Directions) -> Option<Self> {
        let (before, after) = (&old.answer, &new.answer);
        let values = values_changed(old, new, directions);
        let differ = |a: &Option<String>, b: &Option<String>| folded(a) != folded(b);
        let words = fold(&before.text) != fold(&after.text) || differ(&before.mark, &after.mark);
        let mapping = (&old.mapping.item_id, &old.mapping.decision)
            != (&new.mapping.item_id, &new.mapping.decision);
        let question = differ(&old.item, &new.item) || differ(&old.description, &new.description);
        let aspects = [
            (before.status != after.status, Aspect::Status),
            (!values.is_empty(), Aspect::Values),
            (words, Aspect::Answer),
            (mapping, Aspect::Mapping),
            (question, Aspect::Question),
        ];
        let aspects = aspects.into_iter().filter(|a| a.0).map(|a| a.1);
        let aspects: Vec<Aspect> = aspects.collect();
        let first = *aspects.first()?;
        let status = status_verdict(&before.status, &after.status);
        let value = overall(&values);
        let (turn, verdict) = match (first, status, value) {
            (Aspect::Status, Verdict::Worse, _) if is_yes_to_no(old, new) => {
                (Turn::YesToNo, Verdict::Worse)
            }
            (Aspect::Status, Verdict::Worse, _) => (Turn::StatusWorse, Verdict::Worse),
            // A better mark with a worse figure is no improvement.
            (Aspect::Status | Aspect::Values, _, Verdict::Worse) => {
                (Turn::ValueWorse, Verdict::Worse)
            }
            (Aspect::Status, Verdict::Better, _) => (Turn::StatusBetter, Verdict::Better),
            (Aspect::Status, _, _) => (Turn::StatusChanged, Verdict::Changed),
            (Aspect::Values, _, Verdict::Better) => (Turn::ValueBetter, Verdict::Better),
            (Aspect::Values, _, _) => (Turn::ValueChanged, Verdict::Changed),
            (Aspect::Answer, _, _) => (Turn::AnswerChanged, Verdict::Changed),
            (Aspect::Mapping, _, _) => (Turn::MappingChanged, Verdict::Changed),
            (Aspect::Question, _, _) => (Turn::Reworded, Verdict::Changed),
        };
        Some(Change {
            verdict,
            aspects,
            values,
            old: Some(Said::of(old)),
            new: Some(Said::of(new)),
            ..Change::of(turn, new)
        })
    }
}

fn folded(text: &Option<String>) -> String {
    text.as_deref().map(fold).unwrap_or_default()
}

fn is_yes_to_no(old: &Row, new: &Row) -> bool {
    old.answer.status == Status::Yes.name() && new.answer.status == Status::No.name()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::DataFiles;
    use crate::compare::sample::row;

    #[test]
    fn a_change_is_named_by_the_gravest_of_it() {
        let directions = Directions::load(&DataFiles::default()).unwrap();
        let rto = |status: &'static str, text: &'static str| {
            row([
                "11",
                "目標復旧時間",
                "再開までの目標",
                status,
                text,
                "METI-11",
            ])
        };
        for (old, new, expected) in [
            (("yes", "対応"), ("no", "未対応"), Some(Turn::YesToNo)),
            (
                ("yes", "対応"),
                ("partial", "一部"),
                Some(Turn::StatusWorse),
            ),
            (("partial", ""), ("no", ""), Some(Turn::StatusWorse)),
            (("no", ""), ("yes", ""), Some(Turn::StatusBetter)),
            (("no", "4時間"), ("yes", "8時間"), Some(Turn::ValueWorse)),
            (("yes", ""), ("blank", ""), Some(Turn::StatusChanged)),
            (
                ("stated", "4時間以内"),
                ("stated", "8時間以内"),
                Some(Turn::ValueWorse),
            ),
            (
                ("stated", "8時間以内"),
                ("stated", "240分以内"),
                Some(Turn::ValueBetter),
            ),
            (
                ("stated", "4時間以内"),
                ("stated", "5営業日以内"),
                Some(Turn::ValueChanged),
            ),
            (
                ("stated", "4時間以内"),
                ("stated", "240分以内"),
                Some(Turn::AnswerChanged),
            ),
            (
                ("stated", "4時間"),
                ("stated", "4時間以内"),
                Some(Turn::ValueChanged),
            ),
            (
                ("stated", "4時間、8時間"),
                ("stated", "4時間、9時間"),
                Some(Turn::ValueChanged),
            ),
            (
                ("stated", "担当者が対応"),
                ("stated", "担当部署が対応"),
                Some(Turn::AnswerChanged),
            ),
            // Only how it is written.
            (("stated", "ＡＢＣ に対応"), ("stated", "ABCに対応"), None),
            (("yes", "対応"), ("yes", "対応"), None),
        ] {
            let change = Change::between(&rto(old.0, old.1), &rto(new.0, new.1), &directions);
            assert_eq!(change.map(|c| c.turn), expected, "{old:?} → {new:?}");
        }
    }

    #[test]
    fn without_a_known_direction_nothing_is_better_or_worse() {
        let directions = Directions::load(&DataFiles::default()).unwrap();
        let of =
            |item: &'static str, text: &'static str| row(["1", "n", "d", "stated", text, item]);
        let uncertain = |mut row: Row| {
            row.mapping.decision = "review".to_owned();
            row
        };
        for (old, new) in [
            (of("", "4時間"), of("", "8時間")),
            (of("METI-06", "4時間"), of("METI-06", "8時間")),
            (of("METI-10", "4時間"), of("METI-11", "8時間")),
            (of("METI-11", "4回"), of("METI-11", "8回")),
            (of("METI-11", "4時間"), uncertain(of("METI-11", "8時間"))),
            (uncertain(of("METI-11", "4時間")), of("METI-11", "8時間")),
        ] {
            let change = Change::between(&old, &new, &directions).unwrap();
            assert_eq!(
                (change.turn, change.verdict),
                (Turn::ValueChanged, Verdict::Changed)
            );
        }
    }

    #[test]
    fn mapping_and_question_are_told_where_the_answer_stays() {
        let directions = Directions::default();
        let old = row(["1", "name", "asks", "yes", "", "A-1"]);
        let mapped = row(["1", "name", "asks", "yes", "", "A-2"]);
        let reworded = row(["1", "name", "asks otherwise", "yes", "", "A-1"]);
        let turn = |new: &Row| Change::between(&old, new, &directions).map(|c| c.turn);
        assert_eq!(turn(&mapped), Some(Turn::MappingChanged));
        assert_eq!(turn(&reworded), Some(Turn::Reworded));
        let renumbered = row(["7", "name", "asks", "yes", "", "A-1"]);
        assert_eq!(turn(&renumbered), None);
    }
}
