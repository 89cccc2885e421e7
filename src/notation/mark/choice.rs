//! Choices: alternatives of which one is ticked, or none.

use super::{Judgement, MarkRead, Marks, is_unseen, shown_as, trimmed};
use crate::model::Status;

/// Boxes are looked for in the first characters only: further on they are part of the words.
const BOX_REACH: usize = 80;

/// More boxes than this are a list.
const MOST_BOXES: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tick {
    Ticked,
    Empty,
}

/// A box at the start of a text, with its length in bytes.
type Box = fn(&str) -> Option<(usize, Tick)>;

fn square(text: &str) -> Option<(usize, Tick)> {
    let c = text.chars().next()?;
    Some((c.len_utf8(), square_box(c)?))
}

fn circle(text: &str) -> Option<(usize, Tick)> {
    let c = text.chars().next()?;
    Some((c.len_utf8(), round_box(c)?))
}

fn square_box(c: char) -> Option<Tick> {
    match c {
        '☑' | '☒' | '■' | '▣' | '✅' | '🗹' | '🗷' => Some(Tick::Ticked),
        '□' | '☐' | '▢' | '◻' | '⬜' | '\u{F06F}' | '\u{F0A8}' => Some(Tick::Empty),
        '\u{F0FE}' | '\u{F0FD}' | '\u{F06E}' => Some(Tick::Ticked),
        _ => None,
    }
}

fn round_box(c: char) -> Option<Tick> {
    match c {
        '●' | '◉' | '⦿' | '🔘' => Some(Tick::Ticked),
        '○' | '◯' | '〇' | '⚪' => Some(Tick::Empty),
        _ => None,
    }
}

/// A box drawn with brackets: `[ ]`, `[x]`, `（　）`, `（○）`.
fn bracket(text: &str) -> Option<(usize, Tick)> {
    let mut chars = text.char_indices();
    let closer = match shown_as(chars.next()?.1) {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let mut tick = Tick::Empty;
    for (at, c) in chars.take(BRACKET_CHARS) {
        match shown_as(c) {
            ' ' => {}
            end if end == closer => return Some((at + c.len_utf8(), tick)),
            'x' | 'X' | 'v' | 'V' | '*' | '✓' | '✔' | 'レ' | '○' | '◯' | '〇' | '●' | '■' => {
                tick = Tick::Ticked
            }
            _ => return None,
        }
    }
    None
}

/// Most characters in such a box.
const BRACKET_CHARS: usize = 5;

/// An alternative: its box and what stands beside it.
type Alternative<'a> = (Tick, &'a str);

/// Judges a cell that holds boxes. `None` when it holds none that make a choice.
pub(super) fn boxes<'a>(marks: &Marks, cell: &'a str) -> Option<Judgement<'a>> {
    let bracketed = cell.starts_with(['[', '(', '［', '（']);
    if !bracketed && !cell.chars().take(BOX_REACH).any(is_box) {
        return None;
    }
    let cell = inside(cell);
    if let Some(list) = alternatives(cell, square) {
        return squared(marks, &list);
    }
    // Radio buttons look like marks, and brackets hold all kinds of words: there must be an empty
    // one, a second one, and every label must be a mark.
    [circle as Box, bracket].into_iter().find_map(|tick| {
        let list = alternatives(cell, tick)?;
        let enough = list.len() > 1 || bracketed;
        let ticked_ones = list.iter().filter(|a| a.0 == Tick::Ticked).count();
        let choice = enough
            && (ticked_ones < list.len() || (list.len() == 1 && cell.starts_with(['[', '［'])))
            && (ticked_ones > 0 || bracketed)
            && list.iter().all(|a| marks.lead(a.1).is_some());
        choice.then(|| ticked(marks, &list)).flatten()
    })
}

fn is_box(c: char) -> bool {
    square_box(c).or_else(|| round_box(c)).is_some()
}

/// What stands in the brackets around a whole cell: `（■有・□無）`.
fn inside(cell: &str) -> &str {
    let inner = cell
        .strip_prefix(['(', '（', '[', '［'])
        .and_then(|c| c.strip_suffix([')', '）', ']', '］']));
    match inner {
        Some(inner) if square(trimmed(inner)).is_some() => trimmed(inner),
        _ => cell,
    }
}

fn squared<'a>(marks: &Marks, list: &[Alternative<'a>]) -> Option<Judgement<'a>> {
    match list {
        [(Tick::Empty, "")] => Some(Judgement::Unanswered),
        [(Tick::Empty, label)] => marks.lead(label).map(|_| Judgement::Unanswered),
        // `☑ 対応済み` is the mark 対応済み; `☑ メールで通知` is the mark ☑, which is read elsewhere.
        [(Tick::Ticked, label)] => marks.lead(label).map(Judgement::Mark),
        _ => Some(ticked(marks, list).unwrap_or(Judgement::Words)),
    }
}

fn ticked<'a>(marks: &Marks, list: &[Alternative<'a>]) -> Option<Judgement<'a>> {
    let mut chosen = list.iter().filter(|a| a.0 == Tick::Ticked);
    let Some(&(_, label)) = chosen.next() else {
        return Some(Judgement::Unanswered);
    };
    if chosen.next().is_some() {
        return None;
    }
    let mut read = marks.lead(label)?;
    // Words after the last alternative belong to the answer, whichever it is.
    if read.rest.is_empty()
        && let Some((Tick::Empty, last)) = list.last()
        && let Some(last) = marks.lead(last)
    {
        read.rest = last.rest;
    }
    Some(Judgement::Mark(read))
}

/// Cuts a cell into boxes and their labels, whether the boxes stand before the labels or after.
fn alternatives(cell: &str, tick: Box) -> Option<Vec<Alternative<'_>>> {
    let found: Vec<(usize, usize, Tick)> = cell
        .char_indices()
        .filter_map(|(at, _)| {
            let (length, tick) = tick(cell.get(at..)?)?;
            Some((at, at + length, tick))
        })
        .take(MOST_BOXES + 1)
        .collect();
    if found.len() > MOST_BOXES {
        return None;
    }
    let first = found.first()?;
    let between = |text| trimmed(text).trim_matches(is_separator);
    let before = first.0 == 0;
    let mut list = Vec::with_capacity(found.len());
    let mut start = 0;
    for (i, &(at, after, tick)) in found.iter().enumerate() {
        if before {
            let end = found.get(i + 1).map_or(cell.len(), |next| next.0);
            list.push((tick, between(cell.get(after..end)?)));
        } else {
            list.push((tick, between(cell.get(start..at)?)));
            start = after;
        }
    }
    let all_labelled = before || (start == cell.len() && list.iter().all(|a| !a.1.is_empty()));
    all_labelled.then_some(list)
}

fn is_separator(c: char) -> bool {
    is_unseen(c) || matches!(c, '・' | '/' | '／' | ',' | '、' | '|' | ':' | '：')
}

/// Whether what follows a mark offers the opposite: `有・無`, `はい / いいえ / 対象外`.
pub(super) fn is_open(marks: &Marks, read: &MarkRead) -> bool {
    let opposite = match read.status {
        Status::Yes => Status::No,
        Status::No => Status::Yes,
        _ => return false,
    };
    let mut offered = false;
    let mut rest = read.rest;
    // A choice has few alternatives; anything longer is words.
    for _ in 0..MOST_BOXES {
        if rest.is_empty() {
            return offered;
        }
        let Some(next) = marks.lead(rest) else {
            return false;
        };
        offered |= next.status == opposite;
        rest = next.rest;
    }
    false
}
