//! What a cell of the comparison says.

use super::items::{Coverage, Covered, Items};
use super::{label, place};
use crate::config::Language;
use crate::model::{Answer, Decision, Document, Row, Status};

/// Which status a cell with several answers is coloured by: the one most worth a look.
pub(super) fn weight(status: Status) -> u8 {
    match status {
        Status::No => 6,
        Status::Blank => 5,
        Status::Partial => 4,
        Status::Undisclosed => 3,
        Status::NotApplicable => 2,
        Status::Stated => 1,
        Status::Yes => 0,
    }
}

/// The answer in a cell: what leads says what it amounts to.
pub(super) fn shown(answer: &Answer, decision: Decision, language: Language) -> String {
    let word = match (answer.status, &answer.mark) {
        (_, Some(mark)) => mark.as_str(),
        (Status::Stated, None) => "",
        (status, None) => label::status(status).of(language),
    };
    let review = match decision {
        Decision::Accepted => "",
        _ => label::TO_REVIEW.of(language),
    };
    joined([review, word, answer.text.as_str()], " ")
}

/// Where an answer comes from, and how sure it is.
pub(super) fn note(document: &Document, row: &Row, language: Language) -> String {
    let mapping = &row.mapping;
    let decision = label::decision(mapping.decision).of(language);
    let confidence = format!("{:.2}", mapping.confidence);
    let mut lines = vec![
        label::NOTE_FILE.fill(language, &[("file", &document.source.path)]),
        label::NOTE_PLACE.fill(language, &[("place", &place::place(row, language))]),
    ];
    if let Some(number) = &row.number {
        lines.push(label::NOTE_NUMBER.fill(language, &[("number", &number.raw)]));
    }
    lines.push(label::NOTE_MAPPING.fill(
        language,
        &[("decision", decision), ("confidence", &confidence)],
    ));
    let reasons = mapping.reasons.iter();
    lines.extend(reasons.map(|r| label::reason(*r).of(language).to_owned()));
    lines.join("\n")
}

/// How many items of the catalogs it is about a document has rows for.
pub(super) fn summary(items: &Items, coverage: &Coverage, language: Language) -> String {
    let about_none = !coverage.about.contains(&true);
    let (mut all, mut accepted, mut review) = (0, 0, 0);
    for (item, covered) in items.all.iter().zip(&coverage.items) {
        if !about_none && !coverage.about[item.catalog] {
            continue;
        }
        all += 1;
        accepted += usize::from(*covered == Covered::Accepted);
        review += usize::from(*covered == Covered::Review);
    }
    let [all, n, review_text] = [all, accepted, review].map(|n| n.to_string());
    let mut said = match about_none {
        true => label::COVERED.fill(language, &[("n", &n)]),
        false => label::COVERED_OF.fill(language, &[("all", &all), ("n", &n)]),
    };
    if review > 0 {
        said.push_str(&label::COVERED_REVIEW.fill(language, &[("n", &review_text)]));
    }
    said
}

pub(super) fn joined<'a>(parts: impl IntoIterator<Item = &'a str>, between: &str) -> String {
    let parts = parts.into_iter().filter(|p| !p.is_empty());
    parts.collect::<Vec<_>>().join(between)
}
