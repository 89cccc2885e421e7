use std::collections::BTreeMap;

use super::decision::{Decided, Decisions};
use super::documents::{Document, Documents};
use super::line::Line;
use crate::error::RunError;
use crate::notation::fold;

/// What came of a file of decisions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lesson {
    /// Lines that are new.
    pub added: usize,
    /// Decisions that were known before.
    pub known: usize,
    /// Lines that gave way: the same row was decided otherwise.
    pub replaced: Vec<Line>,
    /// Rows without a decision: `item_id` empty, or still under review in an edited `rows.csv`.
    pub open: usize,
}

/// Adds what was decided to the lines that are there.
///
/// A decision about the same row of the same input takes the place of an earlier one. Decisions
/// about different rows stand side by side, also where they contradict each other (see
/// [`contradictions`](super::contradictions())).
///
/// # Errors
/// Every decision whose document, row or item is not there; nothing is learned then.
pub fn learn(
    lines: &mut Vec<Line>,
    file: &str,
    decisions: &Decisions,
    documents: &mut Documents,
    is_item: impl Fn(&str) -> bool,
    date: &str,
) -> Result<Lesson, RunError> {
    let mut lesson = Lesson {
        open: decisions.open,
        ..Lesson::default()
    };
    let (mut learned, mut faults) = (Vec::new(), Vec::new());
    for decided in &decisions.rows {
        match line(decided, documents, &is_item, date) {
            Ok(Some(line)) => learned.push(line),
            Ok(None) => lesson.open += 1,
            Err(message) => faults.push(decided.at.fault(file, message)),
        }
    }
    if !faults.is_empty() {
        return Err(RunError::Data(faults));
    }
    let source = |line: &Line| (line.wording(), line.path.clone(), line.row);
    let mut said: BTreeMap<_, Vec<&Line>> = BTreeMap::new();
    for line in &learned {
        said.entry(source(line)).or_default().push(line);
    }
    let overruled = |line: &Line| {
        let now = said.get(&source(line));
        now.is_some_and(|now| now.iter().all(|l| l.item_id != line.item_id))
    };
    let (gone, mut kept): (Vec<Line>, Vec<Line>) = lines.drain(..).partition(overruled);
    lesson.replaced = gone;
    for line in learned {
        let same = |k: &&mut Line| k.wording() == line.wording() && k.item_id == line.item_id;
        match kept.iter_mut().find(same) {
            Some(known) => {
                lesson.known += 1;
                known.remark = known.remark.take().or(line.remark);
            }
            None => {
                lesson.added += 1;
                kept.push(line);
            }
        }
    }
    *lines = kept;
    Ok(lesson)
}

/// The line for a decided row; none when the row still waits.
fn line(
    decided: &Decided,
    documents: &mut Documents,
    is_item: &impl Fn(&str) -> bool,
    date: &str,
) -> Result<Option<Line>, String> {
    if let Some(id) = &decided.item_id
        && !is_item(id)
    {
        return Err(format!(
            "no item is called {id}; give an item's ID (`torikomi catalog list --items`) or `none`"
        ));
    }
    let document = documents.find(&decided.document)?;
    let number = decided.row;
    let row = document.rows.iter().find(|r| r.row == number);
    let row = row.ok_or_else(|| {
        let (name, rows) = (&document.name, document.rows.len());
        format!("{name} has no row {number}; its rows go to {rows}")
    })?;
    // In an edited `rows.csv` every row is there: what its `decision` says was not decided, and
    // what was accepted as it stands needs no teaching.
    let untouched = row.mapping.is_accepted() && row.mapping.item_id == decided.item_id;
    let changed = row.mapping.item_id != decided.item_id;
    if decided.decision.is_some() && (untouched || (decided.is_undecided() && !changed)) {
        return Ok(None);
    }
    let line = Line {
        id: String::new(),
        item_id: decided.item_id.clone(),
        name: row.item.clone(),
        description: row.description.clone(),
        section: row.section.clone(),
        category: row.category.clone(),
        here_only: repeats(document, number),
        document: document.name.clone(),
        path: document.path.clone(),
        row: number,
        date: decided.date.clone().unwrap_or_else(|| date.to_owned()),
        remark: decided.remark.clone(),
    };
    let wording = line.wording();
    if wording.name.is_empty() && wording.description.is_empty() {
        let name = &document.name;
        return Err(format!(
            "{name} row {number} has neither a name nor a description; there is nothing to learn"
        ));
    }
    Ok(Some(line.named()))
}

/// Whether the row's wording stands in another row of its document too.
fn repeats(document: &Document, number: u32) -> bool {
    let wording = |row: &super::WrittenRow| {
        let folded = |text: &Option<String>| text.as_deref().map(fold).unwrap_or_default();
        (folded(&row.item), folded(&row.description))
    };
    let own = document.rows.iter().find(|r| r.row == number).map(wording);
    let others = document.rows.iter().filter(|r| r.row != number);
    own.is_some_and(|own| others.map(wording).any(|other| other == own))
}

/// Takes lines back: each by its ID, or by its number (from 1) in the order of the file.
///
/// # Errors
/// No line has the ID or number; nothing is taken back then.
pub fn forget(lines: &mut Vec<Line>, which: &[String]) -> Result<Vec<Line>, RunError> {
    let mut gone = Vec::new();
    for asked in which {
        let number: Option<usize> = asked.parse().ok();
        let at = match number {
            Some(number) => number.checked_sub(1).filter(|at| *at < lines.len()),
            None => lines.iter().position(|l| l.id.eq_ignore_ascii_case(asked)),
        };
        gone.push(at.ok_or_else(|| {
            RunError::Usage(format!(
                "nothing learned is called {asked}; `torikomi learn --list` shows numbers and IDs"
            ))
        })?);
    }
    gone.sort_unstable();
    gone.dedup();
    let taken = gone.iter().map(|at| lines[*at].clone()).collect();
    let mut at = 0..;
    lines.retain(|_| at.next().is_none_or(|at| gone.binary_search(&at).is_err()));
    Ok(taken)
}
