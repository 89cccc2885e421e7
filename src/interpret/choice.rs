//! Columns of alternatives: はい | いいえ | 対象外, one of which is ticked in each row. Together they
//! are one column of marks.

use super::Knowledge;
use super::column::{Entry, LogicalColumn};
use super::strip::Slot;
use super::words::{Weights, index};
use crate::model::{Role, Status};
use crate::notation::{Judgement, Notation};

/// Fewer columns are no choice.
const LEAST: usize = 2;
/// Share of the rows with something in these columns that must tick exactly one of them.
const CLEAR_SHARE: f32 = 0.8;
/// What such columns say about their role: a column of marks and nothing else.
const SPEAKS_FOR_MARK: f32 = 8.0;
/// Signs that tick a cell below an alternative and are no mark by themselves.
const TICKS: [&str; 7] = ["1", "*", "v", "レ", "ﾚ", "x", "該当"];

/// For each of the slots (in order, none from above): whether it is one of several alternatives
/// side by side, each a mark with a meaning of its own.
pub(super) fn alternatives(slots: &[&Slot<'_>], notation: &Notation) -> Vec<bool> {
    let status = |slot: &&Slot<'_>| {
        let read = notation.marks.read(slot.text)?;
        // A dash is how a header leaves a cell empty.
        (read.rest.is_empty() && read.mark.chars().any(|c| !matches!(c, '-' | 'ー' | '—')))
            .then_some(read.status)
    };
    let statuses: Vec<Option<Status>> = slots.iter().map(status).collect();
    let mut found = vec![false; slots.len()];
    let mut from = 0;
    while from < slots.len() {
        let to = end_of_run(from, &statuses, slots);
        if to - from >= LEAST {
            found[from..to].fill(true);
        }
        from = to.max(from + 1);
    }
    found
}

/// One past the last of the alternatives that begin at `from`; `from` when there is none.
fn end_of_run(from: usize, statuses: &[Option<Status>], slots: &[&Slot<'_>]) -> usize {
    let mut at = from;
    while statuses.get(at).is_some_and(Option::is_some) {
        let label = slots[at].folded();
        let adjoins = at == from || slots[at - 1].end() == slots[at].col;
        if !adjoins || slots[from..at].iter().any(|s| s.folded() == label) {
            break;
        }
        at += 1;
    }
    let offers = |yes: bool| {
        let mut run = statuses[from..at].iter().flatten();
        run.any(|s| (*s == Status::Yes) == yes)
    };
    // A yes and something else.
    if offers(true) && offers(false) {
        at
    } else {
        from
    }
}

/// What a row does with the alternatives; they are named by their place among each other.
enum Ticked {
    Nothing,
    /// One is ticked.
    One(usize),
    /// Words stand below one, and nothing below the others.
    Words(usize),
    /// Several are ticked, or something else.
    Unclear,
}

/// Makes one column of each run of alternatives that the rows tick.
pub(super) fn merge(
    columns: &mut Vec<LogicalColumn>,
    lines: &mut [Vec<Entry<'_>>],
    known: Knowledge<'_>,
) {
    let mut from = 0;
    while from < columns.len() {
        let run = columns[from..]
            .iter()
            .take_while(|c| c.choice.is_some())
            .count();
        if run >= LEAST && is_choice(from, run, lines, known) {
            merge_run(from, run, columns, lines, known);
        }
        from += 1;
    }
}

fn is_choice(from: usize, run: usize, lines: &[Vec<Entry<'_>>], known: Knowledge<'_>) -> bool {
    let (mut clear, mut unclear) = (0, 0);
    for entries in lines.iter().filter_map(|l| l.get(from..from + run)) {
        match ticked(entries, known) {
            Ticked::Nothing => {}
            Ticked::One(_) => clear += 1,
            Ticked::Words(_) | Ticked::Unclear => unclear += 1,
        }
    }
    let (clear, all) = (clear as f32, (clear + unclear) as f32);
    clear >= CLEAR_SHARE * all
}

fn ticked(entries: &[Entry<'_>], known: Knowledge<'_>) -> Ticked {
    let own: Vec<usize> = (0..entries.len())
        .filter(|i| entries[*i].is_own())
        .collect();
    if own.is_empty() {
        return Ticked::Nothing;
    }
    let ticks = |i: &usize| is_tick(&entries[*i], known);
    let mut ticked = own.iter().copied().filter(|i| ticks(i));
    // Crosses and dashes beside the tick leave the other alternatives out.
    let others_crossed = |one: usize| {
        let mut others = own.iter().filter(|i| **i != one);
        others.all(|i| is_crossed(&entries[*i], known))
    };
    match (ticked.next(), ticked.next()) {
        (Some(one), None) if others_crossed(one) => Ticked::One(one),
        (None, None) => match own.iter().find(|i| !is_crossed(&entries[**i], known)) {
            Some(one) if others_crossed(*one) => Ticked::Words(*one),
            _ => Ticked::Unclear,
        },
        _ => Ticked::Unclear,
    }
}

fn is_tick(entry: &Entry<'_>, known: Knowledge<'_>) -> bool {
    let read = known.notation.marks.read(&entry.text);
    read.is_some_and(|m| m.rest.is_empty() && m.status == Status::Yes)
        || TICKS
            .iter()
            .any(|t| entry.text.trim().eq_ignore_ascii_case(t))
}

fn is_crossed(entry: &Entry<'_>, known: Knowledge<'_>) -> bool {
    let read = known.notation.marks.read(&entry.text);
    let empty_box = known.notation.marks.judge(&entry.text) == Judgement::Unanswered;
    empty_box || read.is_some_and(|m| m.rest.is_empty() && m.status != Status::Yes)
}

fn merge_run(
    from: usize,
    run: usize,
    columns: &mut Vec<LogicalColumn>,
    lines: &mut [Vec<Entry<'_>>],
    known: Knowledge<'_>,
) {
    let merged: Vec<LogicalColumn> = columns.drain(from..from + run).collect();
    let labels: Vec<String> = merged.iter().filter_map(|c| c.choice.clone()).collect();
    let mut weights = Weights::default();
    weights[index(Role::Mark)] = SPEAKS_FOR_MARK;
    columns.insert(
        from,
        LogicalColumn {
            start: merged.first().map_or(0, |c| c.start),
            end: merged.last().map_or(0, |c| c.end),
            title: Some(labels.join(" / ")),
            weights,
            choice: None,
        },
    );
    for entries in lines.iter_mut().filter(|l| l.len() >= from + run) {
        let cells: Vec<Entry<'_>> = entries.drain(from..from + run).collect();
        let text = answer(&cells, &labels, known);
        let own = cells.iter().filter(|c| c.is_own());
        let ticked: Vec<&str> = own.map(|c| &*c.text).collect();
        entries.insert(from, Entry::of(text, ticked.join(" "), known));
    }
}

/// What a row's cells below the alternatives say as one cell: the alternative that is ticked; where
/// that is not clear, each alternative with what stands below it.
fn answer(cells: &[Entry<'_>], labels: &[String], known: Knowledge<'_>) -> String {
    match ticked(cells, known) {
        Ticked::Nothing => String::new(),
        Ticked::One(i) => labels.get(i).cloned().unwrap_or_default(),
        Ticked::Words(i) => match (labels.get(i), cells.get(i)) {
            (Some(label), Some(cell)) => format!("{label} {}", cell.text),
            _ => String::new(),
        },
        Ticked::Unclear => {
            let own = cells.iter().zip(labels).filter(|(c, _)| c.is_own());
            // Glued, so that the first label is not taken for the answer's mark.
            let said: Vec<String> = own.map(|(c, label)| format!("{label}{}", c.text)).collect();
            said.join(" ")
        }
    }
}
