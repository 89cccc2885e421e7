//! Wordings like a given one: by the pairs of characters they share.

use rustc_hash::FxHashMap;

/// From here on two wordings differ by a few characters.
const NEAR: f32 = 0.7;

/// Two lines this close are not told apart.
const TOO_CLOSE: f32 = 0.03;

/// Most lines that a pair of characters is looked up for: one that stands in more says nothing.
const COMMON: usize = 2_000;

/// Separates the fields, so that no pair runs over both.
const BETWEEN: char = '\u{1}';

#[derive(Debug, Clone, Default)]
pub(super) struct Near {
    /// By pair of characters: the entries that have it, each once.
    pairs: FxHashMap<(char, char), Vec<u32>>,
    /// The line of each entry, and how many pairs it has.
    entries: Vec<(usize, usize)>,
}

impl Near {
    pub(super) fn add(&mut self, line: usize, name: &str, description: &str) {
        let pairs = pairs(name, description);
        let number = self.entries.len() as u32;
        self.entries.push((line, pairs.len()));
        for pair in pairs {
            self.pairs.entry(pair).or_default().push(number);
        }
    }

    /// The line most like a wording, by Dice's coefficient over the pairs; none when two that do
    /// not mean the `same` are about as like.
    pub(super) fn best(
        &self,
        name: &str,
        description: &str,
        same: impl Fn(usize, usize) -> bool,
    ) -> Option<(usize, f32)> {
        let own = pairs(name, description);
        let mut shared: FxHashMap<u32, usize> = FxHashMap::default();
        for entries in own.iter().filter_map(|p| self.pairs.get(p)) {
            for entry in entries.iter().take(COMMON) {
                *shared.entry(*entry).or_default() += 1;
            }
        }
        let likeness = |entry: u32, shared: usize| {
            let (_, count) = self.entries[entry as usize];
            2.0 * shared as f32 / (count + own.len()).max(1) as f32
        };
        let found = shared.into_iter().map(|(e, n)| (e, likeness(e, n)));
        let mut found: Vec<(u32, f32)> = found.filter(|f| f.1 >= NEAR).collect();
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let (best, likeness) = found.first().copied()?;
        let line = |entry: u32| self.entries[entry as usize].0;
        let rival = found
            .iter()
            .take_while(|f| likeness - f.1 < TOO_CLOSE)
            .any(|f| !same(line(f.0), line(best)));
        (!rival).then_some((line(best), likeness))
    }
}

/// The pairs of characters that stand side by side, each once.
fn pairs(name: &str, description: &str) -> Vec<(char, char)> {
    let text = std::iter::once(BETWEEN)
        .chain(name.chars())
        .chain(std::iter::once(BETWEEN))
        .chain(description.chars())
        .chain(std::iter::once(BETWEEN));
    let mut pairs: Vec<(char, char)> = text.clone().zip(text.skip(1)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
