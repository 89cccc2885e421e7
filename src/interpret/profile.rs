//! What a column's cells look like, and what that says about its role.

use super::column::Entry;
use super::words::{Weights, index};
use crate::model::Role;
use crate::notation::number;

/// Counts over the cells of one column.
#[derive(Debug, Default, Clone)]
pub(super) struct Profile {
    /// Rows looked at.
    rows: usize,
    /// Cells that say something of their own.
    filled: usize,
    /// Cells covered by a merged cell from above.
    covered: usize,
    /// Whole cells that are item numbers.
    numbers: usize,
    /// Cells that begin with an item number and go on (`1.1 ユーザー認証`).
    leads: usize,
    /// Sum of the depths of those numbers.
    lead_depth: usize,
    /// Whole cells that are marks, and cells that a mark leads.
    marks: usize,
    led: usize,
    /// Whole cells that are units.
    units: usize,
    /// Cells in the catalogs' words.
    names: usize,
    descriptions: usize,
    groups: usize,
    /// Sum of the lengths, in characters.
    chars: usize,
    /// Cells that repeat the filled cell above them.
    repeats: usize,
    /// Cells that end as sentences and questions do.
    sentences: usize,
    order: Order,
}

/// How the numbers of a column follow each other: item numbers go up or begin again, ratings and
/// chosen options do not.
#[derive(Debug, Default, Clone)]
struct Order {
    last: Vec<u32>,
    pairs: usize,
    kept: usize,
}

impl Order {
    fn add(&mut self, cell: &str) {
        let Some(this) = number::parse(cell).map(|n| n.path) else {
            return;
        };
        if !self.last.is_empty() {
            self.pairs += 1;
            let again = this.last() == Some(&1) && this != self.last;
            self.kept += usize::from(again || this > self.last);
        }
        self.last = this;
    }

    /// 1 when the numbers are in order, as far as can be told; 0 when they are in none.
    fn degree(&self) -> f32 {
        if self.pairs < ENOUGH_PAIRS {
            return 1.0;
        }
        let kept = self.kept as f32 / self.pairs as f32;
        ((kept - RANDOM_ORDER) / (ORDERED - RANDOM_ORDER)).clamp(0.0, 1.0)
    }
}

/// With fewer pairs of neighbours nothing is said about their order.
const ENOUGH_PAIRS: usize = 3;
/// Share of neighbours in order that a choice among a few options has, and that numbers have which
/// are skipped and repeated here and there.
const RANDOM_ORDER: f32 = 0.5;
const ORDERED: f32 = 0.7;

/// Longer cells are neither names nor marks, in characters.
const NAME_LENGTH: f32 = 24.0;
/// Longer cells are sentences, in characters.
const SENTENCE_LENGTH: f32 = 30.0;

impl Profile {
    /// Takes the next row's cell into account; `last` is the last filled one above it.
    pub(super) fn add(&mut self, entry: &Entry<'_>, last: &str) {
        self.rows += 1;
        if entry.above && !entry.is_blank() {
            self.covered += 1;
            return;
        }
        if entry.is_blank() {
            return;
        }
        let is = entry.look;
        self.filled += 1;
        self.chars += is.length as usize;
        self.repeats += usize::from(entry.folded() == last);
        self.sentences += usize::from(is.sentence);
        self.marks += usize::from(is.mark);
        self.led += usize::from(is.led);
        if is.number {
            self.numbers += 1;
            self.order.add(&entry.text);
        }
        self.leads += usize::from(is.lead > 0);
        self.lead_depth += is.lead as usize;
        self.units += usize::from(is.unit);
        self.names += usize::from(is.name);
        self.descriptions += usize::from(is.description);
        self.groups += usize::from(is.group);
    }

    fn share(&self, count: usize) -> f32 {
        if self.filled == 0 {
            0.0
        } else {
            count as f32 / self.filled as f32
        }
    }

    /// Mean length of a filled cell, in characters.
    pub(super) fn length(&self) -> f32 {
        if self.filled == 0 {
            0.0
        } else {
            self.chars as f32 / self.filled as f32
        }
    }

    /// Share of rows in which the column says nothing of its own.
    fn gaps(&self) -> f32 {
        if self.rows == 0 {
            0.0
        } else {
            1.0 - self.filled as f32 / self.rows as f32
        }
    }

    /// The mean depth of the numbers that lead its cells, when most cells have one.
    pub(super) fn level(&self) -> Option<f32> {
        (self.filled > 0 && self.share(self.leads) >= 0.6)
            .then(|| self.lead_depth as f32 / self.leads as f32)
    }

    /// Whether its cells are item numbers, most of them.
    pub(super) fn is_numbered(&self) -> bool {
        self.numbered() >= 0.6
    }

    /// Share of its cells that are item numbers.
    fn numbered(&self) -> f32 {
        self.share(self.numbers) * self.order.degree()
    }

    /// Share of rows in which the column says something of its own.
    pub(super) fn fill(&self) -> f32 {
        1.0 - self.gaps()
    }

    /// Whether it says anything at all.
    pub(super) fn is_empty(&self) -> bool {
        self.filled + self.covered == 0
    }

    /// Whether its cells speak of a checklist: marks, numbers or the catalogs' words.
    pub(super) fn is_telling(&self) -> bool {
        self.share(self.marks.max(self.numbers)) >= 0.5
            || self.share(self.names.max(self.descriptions)) >= 0.3
    }

    /// What the content says about each role.
    pub(super) fn weigh(&self) -> Weights {
        let mut w = Weights::default();
        if self.filled == 0 {
            // An empty column: an answer not yet given, at best.
            w[index(Role::Number)] = -2.0;
            w[index(Role::Item)] = -2.0;
            w[index(Role::Description)] = -2.0;
            w[index(Role::Unit)] = -1.0;
            return w;
        }
        let (length, gaps) = (self.length(), self.gaps());
        let (numbers, marks, units) = (
            self.numbered(),
            self.share(self.marks),
            self.share(self.units),
        );
        let (names, descriptions, groups) = (
            self.share(self.names),
            self.share(self.descriptions),
            self.share(self.groups),
        );
        let repeats = self.share(self.repeats);
        let sentences = self.share(self.sentences);
        let answers = marks + self.share(self.led);
        let long = ((length - NAME_LENGTH) / NAME_LENGTH).clamp(0.0, 1.5);

        w[index(Role::Number)] = 5.0 * numbers - 3.0 - marks * 2.0;
        w[index(Role::Mark)] = 5.0 * marks - 1.5 - 2.0 * long - 2.0 * numbers - 2.0 * units;
        w[index(Role::Unit)] = 4.0 * units - 1.5 - 2.0 * long - 2.0 * marks;
        // Groups are short, and stand once for several rows: blank, merged or repeated below.
        let grouping = (gaps.max(repeats) - 0.3).max(0.0) * 2.0;
        let group = grouping + 2.0 * groups
            - 1.5 * long
            - 3.0 * marks
            - 2.0 * numbers
            - 2.0 * names
            - 2.0 * descriptions
            - units;
        w[index(Role::Category)] = group;
        // One column of groups is a category; of two, the left one is the section (see `role`).
        w[index(Role::Section)] = group - 0.5;
        w[index(Role::Item)] = 0.5 + 3.0 * names
            - 1.5 * long
            - 3.0 * marks
            - 2.0 * numbers
            - 2.0 * units
            - 1.0 * sentences
            - repeats
            - 2.0 * descriptions;
        let sentence_like = (length / SENTENCE_LENGTH).min(1.0);
        w[index(Role::Description)] = sentence_like + sentences + 3.0 * descriptions
            - 3.0 * answers
            - 2.0 * numbers
            - 2.0 * units
            - 2.0 * names
            - repeats
            - gaps;
        w[index(Role::Text)] = 0.5 + 1.5 * self.share(self.led) + 0.3 * sentence_like
            - 2.0 * numbers
            - 2.0 * units
            - 2.0 * names
            - 2.0 * descriptions
            - 0.5 * repeats
            - marks;
        w
    }
}
