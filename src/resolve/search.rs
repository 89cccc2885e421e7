//! Finding the items whose forms share most with a text.
//!
//! First, from the lists of the text's grams, how much of the text each item covers; then, for the
//! items that cover most, how near each of their forms comes.

use super::grams::Gram;
use super::index::{Index, Kind, places};

/// How well an item fits a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    /// The item.
    pub item: u32,
    /// 0..1: by the nearest of its names.
    pub name: f32,
    /// 0..1: by the nearest of its descriptions and questions.
    pub wording: f32,
}

impl Hit {
    pub(super) fn best(&self) -> f32 {
        self.name.max(self.wording)
    }
}

/// Part that the coverage by all forms has in an item's fit; the rest is the nearest form's.
const COVERAGE: f32 = 0.4;

/// Below this a form shares no more than a common word with the text.
const FLOOR: f32 = 0.12;

/// Most items kept for a text.
const MOST_HITS: usize = 24;

/// Most postings read for a text, rare grams first. Beyond, as in catalogs of thousands of items
/// that share their words, common grams are only looked up for the items found so far.
const MOST_POSTINGS: usize = 8_000;

/// How many of the items that cover most of a text have their forms compared with it.
const COMPARED: usize = 16;

/// One item in so many is compared more, in catalogs of thousands.
const COMPARED_SHARE: usize = 200;

/// An item that covers less than this of what the best one covers is not compared.
const WORTH_A_LOOK: f32 = 0.3;

/// An item this far behind the best makes no difference to any decision.
const OUT_OF_REACH: f32 = 0.4;

/// Working memory of searches, one per document.
#[derive(Debug)]
pub(super) struct Scratch {
    /// By item: how much of the text it covers.
    cover: Vec<f32>,
    touched: Vec<u32>,
    /// By gram: its squared weight if the text has it, and 0 if not.
    asked: Vec<f32>,
    symbols: Vec<u32>,
    grams: Vec<Gram>,
}

impl Index {
    /// Working memory for searches.
    pub(super) fn scratch(&self) -> Scratch {
        Scratch {
            cover: vec![0.0; self.items.len()],
            touched: Vec::new(),
            asked: vec![0.0; self.squares.len()],
            symbols: Vec::new(),
            grams: Vec::new(),
        }
    }

    /// The items whose forms share most with a canonical text, best first.
    pub(super) fn search(&self, canonical: &str, scratch: &mut Scratch) -> Vec<Hit> {
        self.search_without(canonical, None, scratch)
    }

    /// The same, as if some forms did not exist.
    pub(super) fn search_without(
        &self,
        canonical: &str,
        hidden: Option<&dyn Fn(u32) -> bool>,
        scratch: &mut Scratch,
    ) -> Vec<Hit> {
        let norm = self.read(canonical, scratch);
        let complete = self.cover(scratch);
        let items = promising(&scratch.touched, &scratch.cover);
        let mut hits: Vec<Hit> = Vec::with_capacity(MOST_HITS);
        let mut best = 0.0_f32;
        for item in items {
            let cover = scratch.cover[item as usize];
            // A form's cosine is at most the root of what its item covers.
            let share = (cover / (norm * norm)).min(1.0);
            let most = share.sqrt() * (1.0 - COVERAGE) + share * COVERAGE;
            if complete && most < best - OUT_OF_REACH {
                break;
            }
            let known = (complete && hidden.is_none()).then_some(cover);
            let hit = self.compare(item, known, norm, hidden, &scratch.asked);
            best = best.max(hit.best());
            hits.extend((hit.best() > 0.0).then_some(hit));
        }
        for item in scratch.touched.drain(..) {
            scratch.cover[item as usize] = 0.0;
        }
        for gram in &scratch.grams {
            scratch.asked[*gram as usize] = 0.0;
        }
        hits.sort_unstable_by(|a, b| b.best().total_cmp(&a.best()).then(a.item.cmp(&b.item)));
        hits.truncate(MOST_HITS);
        hits
    }

    /// Reads a text's grams, each once; gives the text's norm.
    fn read(&self, canonical: &str, scratch: &mut Scratch) -> f32 {
        let (symbols, grams) = (&mut scratch.symbols, &mut scratch.grams);
        let unknown = self.vocabulary.read(canonical, symbols, grams);
        let mut squares = unknown * self.unknown_rarity.powi(2);
        let (asked, weights) = (&mut scratch.asked, &self.squares);
        grams.retain(|gram| {
            let square = weights[*gram as usize];
            squares += if asked[*gram as usize] == 0.0 {
                square
            } else {
                0.0
            };
            std::mem::replace(&mut asked[*gram as usize], square) == 0.0
        });
        squares.sqrt().max(f32::MIN_POSITIVE)
    }

    /// Adds up how much of the text each item covers. Says whether all grams were read.
    fn cover(&self, scratch: &mut Scratch) -> bool {
        let starts = &self.starts;
        let count = |g: &Gram| (starts[*g as usize + 1] - starts[*g as usize]) as usize;
        let complete = scratch.grams.iter().map(count).sum::<usize>() <= MOST_POSTINGS;
        if !complete {
            scratch.grams.sort_unstable_by_key(|g| (count(g), *g));
        }
        let mut left = MOST_POSTINGS;
        for gram in &scratch.grams {
            let list = starts[*gram as usize] as usize..starts[*gram as usize + 1] as usize;
            if !complete && list.len() > left && left < MOST_POSTINGS {
                break;
            }
            left = left.saturating_sub(list.len());
            let square = scratch.asked[*gram as usize];
            for item in &self.postings[list] {
                let cover = &mut scratch.cover[*item as usize];
                if *cover == 0.0 {
                    scratch.touched.push(*item);
                }
                *cover += square;
            }
        }
        complete
    }

    /// Compares an item's forms with the text. `cover` is what it covers, when that is known.
    fn compare(
        &self,
        item: u32,
        cover: Option<f32>,
        norm: f32,
        hidden: Option<&dyn Fn(u32) -> bool>,
        asked: &[f32],
    ) -> Hit {
        let (mut name, mut wording) = (0.0_f32, 0.0_f32);
        let forms = self.items[item as usize].clone();
        let shown = |form: &u32| hidden.is_none_or(|h| !h(*form));
        for form in forms.clone().filter(shown) {
            let form = &self.forms[form as usize];
            let grams = &self.grams[places(&form.grams)];
            let shared = sum_of(grams, asked);
            let side = match form.kind {
                Kind::Name => &mut name,
                Kind::Wording => &mut wording,
            };
            *side = side.max(shared * form.scale);
        }
        let cover = cover.unwrap_or_else(|| {
            let mut covered: Vec<Gram> = Vec::new();
            for form in forms.filter(shown) {
                let grams = &self.grams[places(&self.forms[form as usize].grams)];
                covered.extend(grams.iter().filter(|g| asked[**g as usize] > 0.0));
            }
            covered.sort_unstable();
            covered.dedup();
            covered.iter().map(|g| asked[*g as usize]).sum()
        });
        let cover = cover / (norm * norm);
        let fit = |shared: f32| {
            let cosine = shared / norm;
            match cosine >= FLOOR {
                true => (cosine + COVERAGE * (cover - cosine)).clamp(0.0, 1.0),
                false => 0.0,
            }
        };
        Hit {
            item,
            name: fit(name),
            wording: fit(wording),
        }
    }
}

/// Of the items touched, those that may fit best, most covering first.
fn promising(touched: &[u32], cover: &[f32]) -> Vec<u32> {
    let covered = |i: &u32| cover[*i as usize];
    let floor = WORTH_A_LOOK * touched.iter().map(covered).fold(0.0, f32::max);
    let mut items: Vec<u32> = touched
        .iter()
        .copied()
        .filter(|i| covered(i) >= floor)
        .collect();
    let order = |a: &u32, b: &u32| covered(b).total_cmp(&covered(a)).then(a.cmp(b));
    let most = COMPARED + touched.len() / COMPARED_SHARE;
    if items.len() > most {
        items.select_nth_unstable_by(most, order);
        items.truncate(most);
    }
    items.sort_unstable_by(order);
    items
}

/// The squared weights that a form shares with the text. Four sums, as one would wait for itself.
fn sum_of(grams: &[Gram], asked: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 4];
    let mut chunks = grams.chunks_exact(4);
    for chunk in &mut chunks {
        for (sum, gram) in sums.iter_mut().zip(chunk) {
            *sum += asked[*gram as usize];
        }
    }
    let rest: f32 = chunks.remainder().iter().map(|g| asked[*g as usize]).sum();
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::index::Form;

    fn index() -> Index {
        let text = |item, text: &str| Form {
            item,
            kind: Kind::Name,
            text: text.to_owned(),
        };
        Index::new(
            3,
            &[text(0, "稼働率"), text(1, "復旧時間"), text(2, "応答時間")],
        )
    }

    #[test]
    fn the_same_text_fits_wholly_and_first() {
        let index = index();
        let mut scratch = index.scratch();
        for (item, text) in [(0, "稼働率"), (1, "復旧時間"), (2, "応答時間")] {
            let hits = index.search(text, &mut scratch);
            assert_eq!(hits[0].item, item);
            assert!((hits[0].name - 1.0).abs() < 1e-5, "{text}: {:?}", hits[0]);
        }
    }

    #[test]
    fn a_search_leaves_nothing_behind() {
        let index = index();
        let mut scratch = index.scratch();
        let first = index.search("復旧の時間", &mut scratch);
        index.search("応答", &mut scratch);
        assert_eq!(index.search("復旧の時間", &mut scratch), first);
        assert_eq!(index.search("料金", &mut scratch), Vec::new());
        assert_eq!(index.search("", &mut scratch), Vec::new());
    }
}
