//! Every form of every item (names, aliases, descriptions, questions), found by the grams it shares
//! with a text: an inverted index, so that the cost goes with what is shared, not with the catalog.
//!
//! A form fits a text by the cosine of their grams, weighted by rarity; an item fits by the best of
//! its forms and, for the smaller part, by how much of the text all its forms together cover. Both
//! parts, and every weight, were chosen by asking for each form with the form itself left out (see
//! `fit.rs`). Right item first, of 2,200 names / 2,200 names with a question / 770 questions:
//!
//! | | names | both | questions |
//! |---|---|---|---|
//! | characters, 1 to 3 | 0.836 | 0.914 | 0.803 |
//! | characters, 1 and 2, single ones weighing more | 0.880 | 0.947 | 0.867 |
//! | and words of the thesaurus as wholes | 0.904 | 0.970 | 0.903 |
//! | and coverage by all forms of the item | 0.931 | 0.980 | 0.917 |

use std::ops::Range;

use super::grams::{Gram, Vocabulary};

/// What a form is of its item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or an alias.
    Name,
    /// A description or a question.
    Wording,
}

/// A text that an item, or a subject outside the catalogs, is known by.
#[derive(Debug, Clone)]
pub(super) struct Form {
    /// The item's number.
    pub item: u32,
    /// What it is of the item.
    pub kind: Kind,
    /// The canonical text.
    pub text: String,
}

/// What no form has is as rare as can be, but sheets also chat: a part of that counts against a fit.
const UNKNOWN_RARITY: f32 = 0.7;

/// A form as indexed.
#[derive(Debug)]
pub(super) struct Indexed {
    pub(super) kind: Kind,
    /// Its grams' place in the index's `grams`.
    pub(super) grams: Range<u32>,
    /// One over its norm.
    pub(super) scale: f32,
}

/// Forms of items, by gram.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) vocabulary: Vocabulary,
    /// Squared weight by gram, rarity included.
    pub(super) squares: Vec<f32>,
    /// Rarity of what is in no form.
    pub(super) unknown_rarity: f32,
    /// Where each gram's items start in `postings`; one more than grams.
    pub(super) starts: Vec<u32>,
    /// The items that have a gram in any form, by gram.
    pub(super) postings: Vec<u32>,
    pub(super) forms: Vec<Indexed>,
    pub(super) grams: Vec<Gram>,
    /// By item: its forms, which stand together.
    pub(super) items: Vec<Range<u32>>,
}

impl Index {
    /// Indexes forms, sorted by item; items are below `items`.
    pub(super) fn new(items: usize, forms: &[Form]) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut index = Index {
            vocabulary: Vocabulary::default(),
            squares: Vec::new(),
            unknown_rarity: UNKNOWN_RARITY * (1.0 + items as f32).ln(),
            starts: Vec::new(),
            postings: Vec::new(),
            forms: Vec::with_capacity(forms.len()),
            grams: Vec::new(),
            items: vec![0..0; items],
        };
        for (number, form) in (0_u32..).zip(forms) {
            let start = index.grams.len() as u32;
            vocabulary.learn(&form.text, &mut index.grams);
            index.forms.push(Indexed {
                kind: form.kind,
                grams: start..index.grams.len() as u32,
                scale: 0.0,
            });
            let own = &mut index.items[form.item as usize];
            let first = if own.end == 0 { number } else { own.start };
            *own = first..number + 1;
        }
        index.list(vocabulary.len());
        let rare = |g: usize| {
            let count = index.starts[g + 1] - index.starts[g];
            (1.0 + items as f32 / count.max(1) as f32).ln()
        };
        let square = |g: usize| (vocabulary.weight(g as Gram) * rare(g)).powi(2);
        index.squares = (0..vocabulary.len()).map(square).collect();
        for form in &mut index.forms {
            let grams = &index.grams[places(&form.grams)];
            let squares: f32 = grams.iter().map(|g| index.squares[*g as usize]).sum();
            form.scale = 1.0 / squares.sqrt().max(f32::MIN_POSITIVE);
        }
        index.vocabulary = vocabulary;
        index
    }

    /// Makes the lists of items by gram. Counted by items, so that an item with many aliases does
    /// not make its words common.
    fn list(&mut self, count: usize) {
        let mut last = vec![u32::MAX; count];
        let mut starts = vec![0_u32; count + 1];
        let each = |last: &mut Vec<u32>, found: &mut dyn FnMut(usize, u32)| {
            for (item, forms) in (0_u32..).zip(&self.items) {
                for form in &self.forms[places(forms)] {
                    for gram in &self.grams[places(&form.grams)] {
                        if std::mem::replace(&mut last[*gram as usize], item) != item {
                            found(*gram as usize, item);
                        }
                    }
                }
            }
        };
        each(&mut last, &mut |gram, _| starts[gram + 1] += 1);
        for g in 1..starts.len() {
            starts[g] += starts[g - 1];
        }
        let mut next = starts.clone();
        let mut postings = vec![0; starts.last().copied().unwrap_or(0) as usize];
        last.fill(u32::MAX);
        each(&mut last, &mut |gram, item| {
            postings[next[gram] as usize] = item;
            next[gram] += 1;
        });
        self.starts = starts;
        self.postings = postings;
    }

    /// Whether an item has descriptions or questions.
    pub(super) fn has_wordings(&self, item: u32) -> bool {
        let forms = &self.forms[places(&self.items[item as usize])];
        forms.iter().any(|f| f.kind == Kind::Wording)
    }

    /// Takes forms out of all searches.
    pub(super) fn leave_out(&mut self, forms: &[u32]) {
        for form in forms {
            self.forms[*form as usize].grams = 0..0;
        }
        self.list(self.squares.len());
    }
}

pub(super) fn places(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}
