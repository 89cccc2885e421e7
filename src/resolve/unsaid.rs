//! What a text says that the chosen item does not: the part that makes another question of it.
//!
//! 「暗号化の費用」 shares its subject with an item about encryption and asks for something else. The
//! fit alone cannot tell: unusual wording for the same question leaves as much uncovered. What tells
//! is whose the rest is, and where it stands: a Japanese name, and an English one, end with their
//! head.

use std::ops::Range;

use super::grams::{Gram, each_gram, is_content, is_sign, symbols_of};
use super::index::{Index, places};

/// How many symbols at the end of a name are its head.
const HEAD: usize = 2;

/// A word in katakana has about twice the characters of one in kanji, and says no more.
const KATAKANA: f32 = 0.5;

fn is_katakana(symbol: u32) -> bool {
    (0x30A1..=0x30FF).contains(&symbol)
}

/// Shares of a text's weight, 0..1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Unsaid {
    /// Words of subjects that are in no catalog. A word that other items have too counts in part.
    pub foreign: f32,
    /// Words of other items.
    pub other: f32,
    /// Words that nothing known has.
    pub unknown: f32,
    /// Of the weight of the head alone: what is not the item's.
    pub head: f32,
}

/// Whose grams are whose.
#[derive(Debug, Default)]
pub(super) struct Owners {
    /// By item: where its grams are in `grams`, each once, sorted.
    items: Vec<Range<u32>>,
    grams: Vec<Gram>,
    /// By gram: of all that have it, how many are subjects outside the catalogs.
    foreign: Vec<f32>,
}

impl Owners {
    /// Of an index whose numbers from `items` on are subjects outside the catalogs.
    pub(super) fn new(index: &Index, items: u32) -> Self {
        let mut owners = Owners {
            foreign: (0..index.squares.len() as Gram)
                .map(|gram| index.foreign(gram, items, |_| true).unwrap_or(0.0))
                .collect(),
            ..Owners::default()
        };
        for (number, forms) in (0_u32..).zip(&index.items) {
            let start = owners.grams.len();
            for form in &index.forms[places(forms)] {
                let grams = &index.grams[places(&form.grams)];
                if number < items {
                    owners.grams.extend_from_slice(grams);
                }
            }
            owners.grams[start..].sort_unstable();
            let mut end = start;
            for at in start..owners.grams.len() {
                if at == start || owners.grams[at] != owners.grams[end - 1] {
                    owners.grams[end] = owners.grams[at];
                    end += 1;
                }
            }
            owners.grams.truncate(end);
            owners.items.push(start as u32..end as u32);
        }
        owners
    }

    /// What a canonical text says that is not in the words of an item.
    pub(super) fn unsaid(&self, index: &Index, text: &str, item: u32) -> Unsaid {
        let own = &self.grams[places(&self.items[item as usize])];
        unsaid(index, text, &|g| own.binary_search(&g).is_ok(), &|g| {
            Some(self.foreign[g as usize])
        })
    }
}

impl Index {
    /// Of all numbers that have a gram, the share of those from `items` on, which are subjects outside
    /// the catalogs; none when no number has it. Only numbers that are `shown` count.
    pub(super) fn foreign(
        &self,
        gram: Gram,
        items: u32,
        shown: impl Fn(u32) -> bool,
    ) -> Option<f32> {
        let list = self.starts[gram as usize] as usize..self.starts[gram as usize + 1] as usize;
        let numbers = self.postings[list].iter().filter(|n| shown(**n));
        let (all, outside) = numbers.fold((0_u32, 0_u32), |(all, outside), n| {
            (all + 1, outside + u32::from(*n >= items))
        });
        (all > 0).then(|| outside as f32 / all as f32)
    }
}

/// The same for any idea of whose a gram is.
pub(super) fn unsaid(
    index: &Index,
    text: &str,
    own: &dyn Fn(Gram) -> bool,
    foreign: &dyn Fn(Gram) -> Option<f32>,
) -> Unsaid {
    let mut symbols = Vec::with_capacity(text.len() / 2);
    symbols_of(text, &mut symbols, |word| index.vocabulary.word(word));
    let content = |at: &usize| is_content(symbols[*at]);
    let head = (0..symbols.len()).rev().filter(content).take(HEAD).last();
    let head = head.unwrap_or(symbols.len());
    let (mut all, mut in_head) = (0.0, [0.0, 0.0]);
    let mut found = Unsaid::default();
    each_gram(&symbols, |start, length, key, weight| {
        let gram = index.vocabulary.gram(key);
        let square = match gram {
            Some(gram) => index.squares[gram as usize],
            None => (weight * index.unknown_rarity).powi(2),
        };
        let square = match is_katakana(symbols[start]) {
            true => square * KATAKANA,
            false => square,
        };
        let unsaid = !gram.is_some_and(own);
        all += square;
        if start + length > head && !is_sign(symbols[start]) {
            in_head[usize::from(unsaid)] += square;
        }
        match gram.and_then(foreign) {
            _ if !unsaid => (),
            Some(part) => {
                found.foreign += square * part;
                found.other += square * (1.0 - part);
            }
            None => found.unknown += square,
        }
    });
    let share = |part: f32, whole: f32| part / whole.max(f32::MIN_POSITIVE);
    Unsaid {
        foreign: share(found.foreign, all),
        other: share(found.other, all),
        unknown: share(found.unknown, all),
        head: share(in_head[1], in_head[0] + in_head[1]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::index::{Form, Kind};
    use super::*;

    #[test]
    fn the_rest_of_a_text_is_told_by_whose_it_is() {
        let form = |item, text: &str| Form {
            item,
            kind: Kind::Name,
            text: text.to_owned(),
        };
        let index = Index::new(
            3,
            &[form(0, "暗号化"), form(1, "復旧時間"), form(2, "費用")],
        );
        let owners = Owners::new(&index, 2);
        let of = |text: &str| owners.unsaid(&index, text, 0);
        assert_eq!(of("暗号化"), Unsaid::default());
        assert_eq!(of(""), Unsaid::default());
        let cost = of("暗号化の費用");
        assert!(cost.foreign > 0.2 && cost.head > 0.99, "{cost:?}");
        let time = of("暗号化の時間");
        assert!(time.foreign == 0.0 && time.other > 0.2, "{time:?}");
        let unknown = of("議事録の暗号化");
        assert!(unknown.unknown > 0.2 && unknown.head < 0.01, "{unknown:?}");
    }
}
