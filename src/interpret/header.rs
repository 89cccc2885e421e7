//! Header rows: found by what they say and by what stands around them.

use super::Knowledge;
use super::about::is_fact;
use super::choice;
use super::strip::{Slot, Strip};
use super::words::{Weights, best};
use crate::model::Role;
use crate::notation::{fold, number};

/// A header: one or two strips that name columns.
pub(super) struct Header {
    /// Index of its first strip.
    pub first: usize,
    /// How many strips it takes.
    pub height: usize,
    pub titles: Vec<Title>,
}

/// The title of a column, or of several that stand under it.
#[derive(Clone)]
pub(super) struct Title {
    pub col: u32,
    pub cols: u32,
    /// As written; both levels of a header that spans two rows, with `/` between.
    pub text: String,
    /// What it says about the column's role.
    pub weights: Weights,
    /// The alternative that the column offers, where it is one of several; see [`choice`].
    pub choice: Option<String>,
}

/// A title speaks for a role when one speaks for it this much.
const SPEAKS: f32 = 1.5;
/// A cell with more characters is no title.
const LONGEST: usize = 40;
/// The upper title of a two-row header says less about a column than the lower one.
const UPPER_SHARE: f32 = 0.5;
/// An untitled cell of a second header row may be this long, in characters.
const SHORT: usize = 12;

impl Header {
    /// Whether it has the same titles as another, wherever they stand.
    pub(super) fn says_the_same(&self, other: &Header) -> bool {
        let alike = |(a, b): (&Title, &Title)| fold(&a.text) == fold(&b.text);
        self.titles.len() == other.titles.len() && self.titles.iter().zip(&other.titles).all(alike)
    }

    /// Whether it has the same titles in the same columns: then one table goes on under it.
    pub(super) fn repeats(&self, other: &Header) -> bool {
        let aligned = self
            .titles
            .iter()
            .zip(&other.titles)
            .all(|(a, b)| a.col == b.col);
        aligned && self.says_the_same(other)
    }
}

/// All headers among the strips of a part.
pub(super) fn find(strips: &[Strip<'_>], known: Knowledge<'_>) -> Vec<Header> {
    let mut headers = Vec::new();
    let mut at = 0;
    while at < strips.len() {
        match read(strips, at, known) {
            Some(header) => {
                at += header.height;
                headers.push(header);
            }
            None => at += 1,
        }
    }
    headers
}

/// The header that begins at a strip.
fn read(strips: &[Strip<'_>], first: usize, known: Knowledge<'_>) -> Option<Header> {
    let upper = &strips[first];
    let lower = strips.get(first + 1).filter(|s| !s.gap && !s.loose);
    if !is_header(upper, known) {
        // A row of group titles above the header proper, told by its spans.
        let lower = lower.filter(|l| is_header(l, known) && groups(upper, l))?;
        return Some(Header {
            first,
            height: 2,
            titles: two_rows(upper, lower, known),
        });
    }
    let titles = match lower.filter(|l| continues(upper, l, known)) {
        Some(lower) => two_rows(upper, lower, known),
        None => {
            let titles = titles(upper, known);
            return Some(Header {
                first,
                height: 1,
                titles,
            });
        }
    };
    Some(Header {
        first,
        height: 2,
        titles,
    })
}

/// The titles of one strip.
fn titles(strip: &Strip<'_>, known: Knowledge<'_>) -> Vec<Title> {
    let slots: Vec<&Slot> = strip.own().collect();
    let alternatives = choice::alternatives(&slots, known.notation);
    let title = |(slot, alternative): (&&Slot, bool)| Title {
        col: slot.col,
        cols: slot.cols,
        text: slot.text.to_owned(),
        weights: known.words.weigh(slot.text),
        choice: alternative.then(|| slot.text.to_owned()),
    };
    slots.iter().zip(alternatives).map(title).collect()
}

/// Whether nothing in a strip rules out that it is a header.
pub(super) fn could_be(strip: &Strip<'_>, known: Knowledge<'_>) -> bool {
    !strip.loose && strip.own().nth(1).is_some() && could_be_titles(strip, known)
}

/// Whether each cell is short and none holds what stands under headers.
fn could_be_titles(strip: &Strip<'_>, known: Knowledge<'_>) -> bool {
    let slots: Vec<&Slot> = strip.own().collect();
    let short = |s: &Slot| s.text.chars().nth(LONGEST).is_none();
    if slots.iter().all(|s| short(s) && !answers(s, known)) {
        return true;
    }
    let alternatives = choice::alternatives(&slots, known.notation);
    let mut cells = slots.iter().zip(alternatives);
    cells.all(|(s, alternative)| short(s) && (alternative || !answers(s, known)))
}

/// Whether a cell holds what stands under headers: a number with digits, a mark.
fn answers(slot: &Slot<'_>, known: Knowledge<'_>) -> bool {
    let digits = slot.text.chars().any(|c| c.is_numeric());
    (digits && number::parse(slot.text).is_some())
        || (is_fact(slot.text) && best(&known.words.weigh(slot.text)).1 < SPEAKS)
        || slot.text.ends_with('。')
        || (known.notation.marks.fills(slot.text) && best(&known.words.weigh(slot.text)).1 < SPEAKS)
}

/// Whether a strip is a header: at least half of its cells are titles, for two roles or more.
fn is_header(strip: &Strip<'_>, known: Knowledge<'_>) -> bool {
    if !could_be(strip, known) {
        return false;
    }
    let (mut cells, mut titled, mut roles) = (0, 0, Vec::new());
    let slots: Vec<&Slot> = strip.own().collect();
    let alternatives = choice::alternatives(&slots, known.notation);
    for (slot, alternative) in slots.iter().zip(alternatives) {
        // Alternatives neither make a header nor speak against one.
        if alternative {
            continue;
        }
        cells += 1;
        let (role, weight) = best(&known.words.weigh(slot.text));
        if weight >= SPEAKS {
            titled += 1;
            if role != Role::None && !roles.contains(&role) {
                roles.push(role);
            }
        }
    }
    roles.len() >= 2 && titled * 2 >= cells
}

/// Whether an upper strip holds titles of groups of the lower one's columns: short cells, at
/// least one of which spans, none of them under the other.
fn groups(upper: &Strip<'_>, lower: &Strip<'_>) -> bool {
    let mut any = false;
    for slot in upper.own() {
        if slot.text.chars().nth(SHORT * 2).is_some() {
            return false;
        }
        any |= slot.cols > 1 && lower.own().filter(|l| within(l, slot)).nth(1).is_some();
    }
    let width = lower.own().map(Slot::end).max().unwrap_or(0);
    // One cell over the whole table is a title, not a group.
    any && !upper.own().any(|s| s.col == 0 && s.end() >= width)
}

fn within(slot: &Slot<'_>, over: &Slot<'_>) -> bool {
    slot.col >= over.col && slot.end() <= over.end()
}

/// Whether the strip below a header is its second row.
fn continues(upper: &Strip<'_>, lower: &Strip<'_>, known: Knowledge<'_>) -> bool {
    if !could_be_titles(lower, known) {
        return false;
    }
    let alternatives: Vec<u32> = titles(lower, known)
        .into_iter()
        .filter_map(|t| t.choice.map(|_| t.col))
        .collect();
    let speaks =
        |s: &Slot| best(&known.words.weigh(s.text)).1 >= SPEAKS || alternatives.contains(&s.col);
    let under_span = |s: &Slot| upper.own().any(|u| u.cols > 1 && within(s, u));
    let free = |s: &Slot| !upper.own().any(|u| u.col == s.col && u.cols == 1);
    let short = |s: &Slot| s.text.chars().nth(SHORT).is_none();
    let count = lower.own().count();
    // Every cell below a spanning title, or in a column that has no title yet.
    let fills = lower.own().all(|s| under_span(s) || (free(s) && short(s)));
    if fills && count >= 1 && lower.own().any(under_span) && count < upper.own().count() * 4 {
        return lower.own().any(speaks) || lower.slots.iter().any(|s| s.above);
    }
    // Without spans (a text): titles only, and the first title has nothing under it.
    let first = upper.own().next().map_or(0, |s| s.col);
    count >= 2 && lower.own().all(|s| speaks(s) && s.col > first)
}

/// The titles of a header that takes two rows.
fn two_rows(upper: &Strip<'_>, lower: &Strip<'_>, known: Knowledge<'_>) -> Vec<Title> {
    let uppers: Vec<&Slot> = upper.own().collect();
    let mut used = vec![false; uppers.len()];
    let mut titles: Vec<Title> = Vec::new();
    for (slot, mut this) in lower.own().zip(self::titles(lower, known)) {
        // The title above: the last one that begins at or before this column.
        if let Some(i) = uppers.iter().rposition(|u| u.col <= slot.col) {
            let over = uppers[i];
            let spans = over.cols == 1 || slot.col < over.end();
            if spans && (over.cols > 1 || over.col == slot.col || used[i]) {
                used[i] = true;
                this.text = format!("{}/{}", over.text, this.text);
                for (w, u) in this.weights.iter_mut().zip(known.words.weigh(over.text)) {
                    *w += UPPER_SHARE * u;
                }
            }
        }
        titles.push(this);
    }
    let above = self::titles(upper, known).into_iter().zip(&used);
    titles.extend(above.filter(|(_, used)| !**used).map(|(title, _)| title));
    titles.sort_by_key(|t| t.col);
    titles
}
