//! Logical columns: from the titles of a header and from where the cells below begin.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Knowledge;
use super::header::Title;
use super::look::{Look, look};
use super::strip::{Slot, Strip};
use super::words::Weights;
use crate::notation::fold;

/// A column of a table as a reader sees it: one or several grid columns.
pub(super) struct LogicalColumn {
    /// First grid column.
    pub start: u32,
    /// One past the last grid column.
    pub end: u32,
    pub title: Option<String>,
    /// What the title says about its role.
    pub weights: Weights,
    /// The alternative that it offers; see [`super::choice`].
    pub choice: Option<String>,
}

/// What a strip says in one logical column.
#[derive(Clone, Default)]
pub(super) struct Entry<'a> {
    pub text: Cow<'a, str>,
    folded: Cow<'a, str>,
    /// It comes from a merged cell that began above.
    pub above: bool,
    /// How many logical columns its cell covers.
    pub spans: usize,
    pub look: Look,
    /// What stood here where `text` is what it means (an alternative ticked, 同上).
    pub said: Option<String>,
}

impl<'a> Entry<'a> {
    /// A cell that says `text` where the sheet says `said` to mean that.
    pub(super) fn of(text: String, said: String, known: Knowledge<'_>) -> Self {
        let mut entry = Entry {
            folded: Cow::Owned(fold(&text)),
            text: Cow::Owned(text),
            spans: 1,
            said: (!said.is_empty()).then_some(said),
            ..Entry::default()
        };
        if !entry.is_blank() {
            entry.look = look(&entry.text, &entry.folded, known);
        }
        entry
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Says something, in a cell of this row.
    pub(super) fn is_own(&self) -> bool {
        !self.text.is_empty() && !self.above
    }

    pub(super) fn folded(&self) -> &str {
        &self.folded
    }
}

/// A column without a title is one when this many rows, or this share of them, begin a cell there.
const ENOUGH_ROWS: usize = 2;
const ENOUGH_SHARE: f32 = 0.1;
/// A spanning title is split where this share of the rows begins a cell.
const SPLIT_SHARE: f32 = 0.2;

/// The logical columns of a table whose header has these titles (none: no header).
pub(super) fn columns<'a>(
    titles: &[Title],
    body: impl Iterator<Item = &'a Strip<'a>>,
) -> Vec<LogicalColumn> {
    let mut starts: BTreeMap<u32, usize> = BTreeMap::new();
    let mut rows = 0usize;
    for strip in body.filter(|s| !s.loose && s.own().nth(1).is_some()) {
        rows += 1;
        for slot in &strip.slots {
            *starts.entry(slot.col).or_default() += 1;
        }
    }
    let begins = |col: u32, share: f32| {
        let n = starts.get(&col).copied().unwrap_or(0);
        n >= ENOUGH_ROWS.min(rows) && n > 0 && n as f32 >= share * rows as f32
    };
    let mut columns: Vec<LogicalColumn> = Vec::new();
    for title in titles {
        let end = title.col + title.cols;
        let inner: Vec<u32> = starts
            .range(title.col + 1..end.max(title.col + 1))
            .map(|(col, _)| *col)
            .filter(|col| begins(*col, SPLIT_SHARE))
            .collect();
        // Cells must begin under the title's own first column too, or there is nothing to split.
        let split = begins(title.col, SPLIT_SHARE) && !inner.is_empty();
        let cuts = if split {
            [vec![title.col], inner].concat()
        } else {
            vec![title.col]
        };
        for (i, start) in cuts.iter().enumerate() {
            columns.push(LogicalColumn {
                start: *start,
                end: cuts.get(i + 1).copied().unwrap_or(end),
                title: Some(title.text.clone()),
                weights: title.weights,
                choice: title.choice.clone().filter(|_| cuts.len() == 1),
            });
        }
    }
    let titled: Vec<(u32, u32)> = columns.iter().map(|c| (c.start, c.end)).collect();
    for col in starts.keys().copied() {
        let free = !titled
            .iter()
            .any(|(start, end)| (*start..*end).contains(&col));
        if free && (begins(col, ENOUGH_SHARE) || titles.is_empty()) {
            let weights = Weights::default();
            columns.push(LogicalColumn {
                start: col,
                end: col + 1,
                title: None,
                weights,
                choice: None,
            });
        }
    }
    columns.sort_by_key(|c| c.start);
    close_gaps(&mut columns);
    columns
}

/// Grid columns between two logical columns belong to the left one.
fn close_gaps(columns: &mut [LogicalColumn]) {
    for i in 0..columns.len() {
        let next = columns.get(i + 1).map(|c| c.start);
        let column = &mut columns[i];
        column.end = next.unwrap_or(column.end.max(column.start + 1));
    }
}

/// A strip's cells by logical column; cells left of the first column go to the first. Cells right
/// of the last one follow as entries of their own.
pub(super) fn entries<'a>(
    strip: &'a Strip<'_>,
    columns: &[LogicalColumn],
    known: Knowledge<'_>,
) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry> = columns.iter().map(|_| Entry::default()).collect();
    let Some(right) = columns.last().map(|c| c.end) else {
        return entries;
    };
    for slot in &strip.slots {
        if slot.col >= right {
            entries.push(Entry::default());
            if let Some(entry) = entries.last_mut() {
                put(entry, slot, 1);
            }
            continue;
        }
        let at = columns
            .partition_point(|c| c.start <= slot.col)
            .saturating_sub(1);
        let spans = columns[at..]
            .iter()
            .take_while(|c| c.start < slot.end())
            .count()
            .max(1);
        put(&mut entries[at], slot, spans);
    }
    for entry in entries.iter_mut().filter(|e| !e.is_blank()) {
        entry.look = look(&entry.text, &entry.folded, known);
    }
    entries
}

fn put<'a>(entry: &mut Entry<'a>, slot: &'a Slot<'_>, spans: usize) {
    if entry.is_blank() || (entry.above && !slot.above) {
        *entry = Entry {
            text: Cow::Borrowed(slot.text),
            folded: Cow::Borrowed(slot.folded()),
            above: slot.above,
            spans,
            ..Entry::default()
        };
    } else if !slot.above {
        entry.text = Cow::Owned(format!("{} {}", entry.text, slot.text));
        entry.folded = Cow::Owned(fold(&entry.text));
    }
}
