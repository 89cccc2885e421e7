//! Questions and answers in running lines, as in an e-mail: `1. …` over `回答：…`, `Q1.` over `A1.`,
//! or a block of `項目：…` `回答：…` for each item. Looked for only where there is no table.

use std::ops::Range;

use super::Knowledge;
use super::kind::HEADING_SIGNS;
use super::raw_row::keep;
use super::strip::Strip;
use super::words::best;
use crate::model::{Column, RawRow, Role, SheetTable};
use crate::notation::{number, show};

/// Fewer exchanges are no checklist.
const LEAST: usize = 2;
/// A title speaks for a role when one speaks for it this much; as in headers.
const SPEAKS: f32 = 1.5;
/// Longer words before a colon are no label, in characters.
const LONGEST_LABEL: usize = 14;
/// Longer questions are sentences rather than names, in characters.
const LONGEST_NAME: usize = 24;

/// A question with its answer.
pub(super) struct Exchange {
    pub strips: Range<usize>,
    pub row: RawRow,
}

/// What a line is.
enum Said<'t> {
    /// `Q1. …`, `問3 …`
    Question(&'t str, &'t str),
    /// `1. …`: a question, a heading, or a point of an answer.
    Numbered(&'t str, &'t str),
    /// `回答：…`, `項目：…`
    Labelled(Role, &'t str),
    Plain(&'t str),
}

/// All exchanges of a part; none when it does not consist of such.
pub(super) fn find(strips: &[Strip<'_>], known: Knowledge<'_>) -> Vec<Exchange> {
    let mut search = Search::default();
    for (i, strip) in strips.iter().enumerate() {
        let text = strip.text();
        let said = if strip.own().nth(1).is_some() {
            Said::Plain("")
        } else {
            said(text.trim(), known)
        };
        search.take(i, strip, said);
    }
    search.close();
    if search.found.len() >= LEAST && search.unanswered <= search.found.len() {
        search.found
    } else {
        Vec::new()
    }
}

/// What is written about the exchanges as a table.
pub(super) fn describe(strips: &[Strip<'_>], exchanges: &[Exchange]) -> SheetTable {
    let first = exchanges.first().and_then(|e| strips.get(e.strips.start));
    let used = |role: &Role| exchanges.iter().any(|e| has(&e.row, *role));
    let roles = [
        Role::Number,
        Role::Item,
        Role::Description,
        Role::Unit,
        Role::Mark,
        Role::Text,
    ];
    let column = |(index, role)| Column {
        index,
        title: None,
        role,
    };
    SheetTable {
        page: first.and_then(Strip::page),
        sheet: first.and_then(|s| s.sheet()).map(|s| s.to_string()),
        columns: (0..)
            .zip(roles.into_iter().filter(used))
            .map(column)
            .collect(),
    }
}

#[derive(Default)]
struct Search {
    found: Vec<Exchange>,
    open: Option<Draft>,
    /// Questions without an answer.
    unanswered: usize,
}

struct Draft {
    exchange: Exchange,
    /// The field that the last line went to, which the next one may continue.
    last: Role,
    answered: bool,
}

impl Search {
    fn take(&mut self, at: usize, strip: &Strip<'_>, said: Said<'_>) {
        match said {
            Said::Question(number, words) => {
                self.open(at, strip);
                self.put(at, Role::Number, number);
                self.put(at, role_of(words), words);
            }
            Said::Numbered(number, words) => {
                if self.goes_on(number) {
                    self.continue_with(at, strip, &format!("{number}{words}"));
                } else {
                    self.open(at, strip);
                    self.put(at, Role::Number, number);
                    self.put(at, role_of(words), words);
                }
            }
            Said::Labelled(role @ (Role::Mark | Role::Text), words) => {
                if let Some(draft) = &mut self.open {
                    draft.answered = true;
                    self.put(at, role, words);
                    self.keep(role, strip);
                }
            }
            Said::Labelled(role, words) => {
                let starts = |d: &Draft| d.answered || has(&d.exchange.row, role);
                if self.open.as_ref().is_none_or(starts) {
                    self.open(at, strip);
                }
                self.put(at, role, words);
                self.keep(role, strip);
            }
            Said::Plain(words) => self.continue_with(at, strip, words),
        }
    }

    /// Whether a numbered line is a point of the answer before it: no answer is complete without
    /// one, and the numbers of questions go up.
    fn goes_on(&self, number: &str) -> bool {
        let Some(draft) = self.open.as_ref().filter(|d| d.answered) else {
            return false;
        };
        let path = |n: &str| number::parse(n.trim()).map(|n| n.path);
        let before = draft.exchange.row.number.as_deref().and_then(path);
        match (before, path(number)) {
            (Some(before), Some(this)) => this <= before,
            _ => false,
        }
    }

    fn open(&mut self, at: usize, strip: &Strip<'_>) {
        self.close();
        let row = RawRow {
            provenance: strip.provenance(0, 1),
            ..RawRow::default()
        };
        self.open = Some(Draft {
            exchange: Exchange {
                strips: at..at + 1,
                row,
            },
            last: Role::None,
            answered: false,
        });
    }

    fn put(&mut self, at: usize, role: Role, words: &str) {
        let Some(draft) = &mut self.open else { return };
        let row = &mut draft.exchange.row;
        draft.exchange.strips.end = at + 1;
        draft.last = role;
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        match role {
            Role::Text => row.text.push(words.to_owned()),
            _ => join(field(row, role), words),
        }
    }

    /// Keeps the line with its label.
    fn keep(&mut self, role: Role, strip: &Strip<'_>) {
        if let Some(draft) = &mut self.open {
            keep(&mut draft.exchange.row, role, strip.text().trim());
        }
    }

    /// A line without a sign of its own belongs to the one right above it.
    fn continue_with(&mut self, at: usize, strip: &Strip<'_>, words: &str) {
        let Some(draft) = self.open.as_mut().filter(|_| !words.is_empty()) else {
            return self.close();
        };
        if strip.gap {
            return self.close();
        }
        draft.exchange.strips.end = at + 1;
        let row = &mut draft.exchange.row;
        match (draft.last, row.text.last_mut()) {
            (Role::Text, Some(last)) => {
                last.push('\n');
                last.push_str(words);
            }
            (Role::Text, None) => row.text.push(words.to_owned()),
            (role, _) => join(field(row, role), words),
        }
    }

    fn close(&mut self) {
        let Some(draft) = self.open.take() else {
            return;
        };
        let row = &draft.exchange.row;
        let asks = has(row, Role::Item) || has(row, Role::Description);
        if draft.answered && asks {
            self.found.push(draft.exchange);
        } else {
            self.unanswered += 1;
        }
    }
}

fn field(row: &mut RawRow, role: Role) -> &mut Option<String> {
    match role {
        Role::Number => &mut row.number,
        Role::Section => &mut row.section,
        Role::Category => &mut row.category,
        Role::Item => &mut row.item,
        Role::Unit => &mut row.unit,
        Role::Mark => &mut row.mark,
        Role::Description | Role::Text | Role::None => &mut row.description,
    }
}

fn has(row: &RawRow, role: Role) -> bool {
    match role {
        Role::Number => row.number.is_some(),
        Role::Section => row.section.is_some(),
        Role::Category => row.category.is_some(),
        Role::Item => row.item.is_some(),
        Role::Description => row.description.is_some(),
        Role::Unit => row.unit.is_some(),
        Role::Mark => row.mark.is_some(),
        Role::Text => !row.text.is_empty(),
        Role::None => false,
    }
}

fn join(field: &mut Option<String>, words: &str) {
    match field {
        Some(field) => {
            field.push('\n');
            field.push_str(words);
        }
        None => *field = Some(words.to_owned()),
    }
}

/// A name, or a sentence that asks.
fn role_of(words: &str) -> Role {
    let asks = words.ends_with(['?', '？', '。', 'か']);
    if asks || words.chars().nth(LONGEST_NAME).is_some() {
        Role::Description
    } else {
        Role::Item
    }
}

fn said<'t>(text: &'t str, known: Knowledge<'_>) -> Said<'t> {
    for arrow in ["→", "⇒", "⇨", "->", "=>", "➡"] {
        if let Some(words) = text.strip_prefix(arrow) {
            return Said::Labelled(Role::Text, words);
        }
    }
    if let Some(said) = sign(text) {
        return said;
    }
    if let Some((label, words)) = label(text) {
        let (role, weight) = best(&known.words.weigh(label));
        if weight >= SPEAKS && role != Role::None {
            return Said::Labelled(role, words);
        }
        if number::parse(label).is_some() && words.is_empty() {
            return Said::Labelled(Role::Number, label);
        }
    }
    match number::lead(text) {
        Some((_, words)) => Said::Numbered(&text[..text.len() - words.len()], words),
        None => Said::Plain(text),
    }
}

/// `Q1.`, `質問3：`, `A.`, `答２`: a sign of a question or an answer, perhaps a number, and something
/// that ends it.
fn sign(text: &str) -> Option<Said<'_>> {
    const QUESTIONS: [&str; 6] = ["質問", "設問", "問", "Q", "Ｑ", "q"];
    const ANSWERS: [&str; 6] = ["回答", "答え", "答", "A", "Ａ", "a"];
    let (word, asks) = QUESTIONS
        .iter()
        .map(|w| (w, true))
        .chain(ANSWERS.iter().map(|w| (w, false)))
        .find(|(w, _)| text.starts_with(**w))?;
    let rest = &text[word.len()..];
    let after = rest.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '-' | '－'));
    let digits = rest.len() - after.len();
    let words = after
        .strip_prefix(['.', '．', ':', '：', ')', '）', '、'])
        .or_else(|| after.strip_prefix([' ', '\u{3000}']).filter(|_| digits > 0))?;
    if !asks {
        return Some(Said::Labelled(Role::Text, words));
    }
    let number = text[..text.len() - words.len()].trim();
    Some(Said::Question(number, words.trim()))
}

/// A label and what follows it: `回答：有`, `【回答】有`, `■回答: 有`.
fn label(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(HEADING_SIGNS).trim_start();
    for (open, close) in [
        ('【', '】'),
        ('[', ']'),
        ('［', '］'),
        ('＜', '＞'),
        ('<', '>'),
    ] {
        if let Some(inner) = text.strip_prefix(open) {
            let (label, rest) = inner.split_once(close)?;
            let rest = rest.trim_start().trim_start_matches([':', '：']);
            return is_label(label).then_some((label.trim(), rest));
        }
    }
    let (label, rest) = text.split_once([':', '：'])?;
    is_label(label).then_some((label.trim(), rest))
}

fn is_label(label: &str) -> bool {
    !show(label).is_empty() && label.chars().nth(LONGEST_LABEL).is_none()
}
