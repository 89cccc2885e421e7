//! Texts as sets of 1- to 3-grams of symbols, numbered.

use rustc_hash::FxHashMap;

use super::words::{CLOSE, FIRST_SIGN, OPEN};

/// How much a gram of one, two and three symbols counts. Single characters say little and are many;
/// a pair is the common length of a kanji word's part, and three is where wording becomes specific.
const LENGTH_WEIGHT: [f32; 2] = [1.2, 1.0];

/// How much a gram of hiragana alone counts: particles and endings say how, not what.
const HIRAGANA_WEIGHT: f32 = 0.1;

/// A single Latin word or number is a word, not a letter.
const WORD_WEIGHT: f32 = 2.0;

/// A word of the thesaurus as a whole, besides its characters.
const SIGN_WEIGHT: f32 = 2.0;

/// First symbol number of words; below are characters.
const FIRST_WORD: u32 = 0x11_0000;

/// The symbol of a word that no form has.
const UNKNOWN: u32 = 0x1F_FFFF;

/// A gram's number in the vocabulary.
pub(super) type Gram = u32;

/// The grams of all forms.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: FxHashMap<Box<str>, u32>,
    grams: FxHashMap<u64, Gram>,
    /// Weight by length and script, by gram.
    weights: Vec<f32>,
}

impl Vocabulary {
    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    pub(super) fn weight(&self, gram: Gram) -> f32 {
        self.weights[gram as usize]
    }

    /// The symbol of a Latin word or number.
    pub(super) fn word(&self, word: &str) -> u32 {
        self.words.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// The gram of a key of [`each_gram`], if any form has it.
    pub(super) fn gram(&self, key: u64) -> Option<Gram> {
        self.grams.get(&key).copied()
    }

    /// Appends the grams of a form, numbering those not seen before: sorted, each once.
    pub(super) fn learn(&mut self, marked: &str, grams: &mut Vec<Gram>) {
        let mut symbols = Vec::new();
        let words = &mut self.words;
        symbols_of(marked, &mut symbols, |word| {
            let next = FIRST_WORD + words.len() as u32;
            *words.entry(word.into()).or_insert(next.min(UNKNOWN))
        });
        let mut own = Vec::with_capacity(2 * symbols.len());
        each_gram(&symbols, |_, _, key, weight| {
            let next = self.weights.len() as Gram;
            let gram = *self.grams.entry(key).or_insert(next);
            if gram == next {
                self.weights.push(weight);
            }
            own.push(gram);
        });
        own.sort_unstable();
        own.dedup();
        grams.append(&mut own);
    }

    /// The grams of a text that the forms know go to `known` (repeats included); gives the sum of
    /// the squared weights of the others, which no form can match.
    pub(super) fn read(&self, marked: &str, symbols: &mut Vec<u32>, known: &mut Vec<Gram>) -> f32 {
        known.clear();
        symbols.clear();
        symbols_of(marked, symbols, |word| self.word(word));
        let mut unknown = 0.0;
        each_gram(symbols, |_, _, key, weight| match self.grams.get(&key) {
            Some(gram) => known.push(*gram),
            None => unknown += weight * weight,
        });
        unknown
    }
}

/// Cuts a marked text into symbols.
pub(super) fn symbols_of(marked: &str, symbols: &mut Vec<u32>, mut word: impl FnMut(&str) -> u32) {
    let mut chars = marked.char_indices();
    while let Some((at, c)) = chars.next() {
        if c != OPEN {
            symbols.push(u32::from(c));
            continue;
        }
        let start = at + OPEN.len_utf8();
        let end = chars
            .find(|(_, c)| *c == CLOSE)
            .map_or(marked.len(), |(i, _)| i);
        symbols.push(word(&marked[start..end]));
    }
}

/// Whether a symbol stands for a word of the thesaurus. Signs stand alone.
pub(super) fn is_sign(symbol: u32) -> bool {
    (FIRST_SIGN..FIRST_WORD).contains(&symbol)
}

/// Whether a symbol says what is asked: no sign, and no hiragana.
pub(super) fn is_content(symbol: u32) -> bool {
    !is_sign(symbol) && !is_hiragana(symbol)
}

fn is_hiragana(symbol: u32) -> bool {
    (0x3041..=0x309F).contains(&symbol)
}

/// Every gram of one or two symbols: where it starts, its length, its key (21 bits a symbol), and
/// its weight.
pub(super) fn each_gram(symbols: &[u32], mut found: impl FnMut(usize, usize, u64, f32)) {
    for start in 0..symbols.len() {
        let (mut key, mut hiragana) = (0_u64, true);
        for length in 0..LENGTH_WEIGHT.len().min(symbols.len() - start) {
            let symbol = symbols[start + length];
            if is_sign(symbol) {
                if length == 0 {
                    found(start, 1, u64::from(symbol), SIGN_WEIGHT);
                }
                break;
            }
            hiragana &= is_hiragana(symbol);
            key = key << 21 | u64::from(symbol);
            let mut weight = LENGTH_WEIGHT[length];
            if length == 0 && symbol >= FIRST_WORD {
                weight = WORD_WEIGHT;
            }
            if hiragana {
                weight *= HIRAGANA_WEIGHT;
            }
            found(start, length + 1, key, weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_learned_is_read_back() {
        let mut vocabulary = Vocabulary::default();
        let mut learned = Vec::new();
        vocabulary.learn("復旧\u{2}rto\u{3}", &mut learned);
        assert_eq!(learned.len(), 5);
        let (mut symbols, mut known) = (Vec::new(), Vec::new());
        assert_eq!(
            vocabulary.read("復旧\u{2}rto\u{3}", &mut symbols, &mut known),
            0.0
        );
        known.sort_unstable();
        assert_eq!(known, learned);
    }

    #[test]
    fn what_no_form_has_weighs_on_the_text() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.learn("復旧", &mut Vec::new());
        let (mut symbols, mut known) = (Vec::new(), Vec::new());
        let unknown = vocabulary.read("料\u{2}x\u{3}", &mut symbols, &mut known);
        assert!(unknown > 0.0 && known.is_empty());
    }
}
