//! The field's words for the same thing, as data: `thesaurus.json` and `lookalikes.json`.
//!
//! A text is compared after each word of the thesaurus has been replaced by the one that leads its
//! entry, so that アップタイム, uptime and 稼働率 are one word, and after characters that are taken
//! for one another in recognition have been replaced by the first of their group.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::words;
use crate::model::DataError;
use crate::notation::{fold, show};

/// One entry of `thesaurus.json`, one a line. An entry without `from` keeps the parts of its word from being
/// replaced.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The word that stands for all; `""` for words that say nothing about what is asked.
    to: String,
    /// The words it stands for, sorted.
    from: Vec<String>,
}

/// Words and characters that mean the same.
#[derive(Debug)]
pub(super) struct Thesaurus {
    words: AhoCorasick,
    /// By pattern: what it becomes, and the sign of its entry.
    replacements: Vec<(String, Option<char>)>,
    lookalikes: FxHashMap<char, char>,
}

impl Thesaurus {
    /// Loads both files from `read`.
    ///
    /// # Errors
    /// Every fault found, with file and line.
    pub(super) fn load(
        read: &impl Fn(&str) -> Result<(String, String), DataError>,
    ) -> Result<Self, Vec<DataError>> {
        let (file, text) = read("thesaurus.json").map_err(|e| vec![e])?;
        let (look_file, look_text) = read("lookalikes.json").map_err(|e| vec![e])?;
        let lookalikes = lookalikes(&look_file, &look_text);
        let entries = entries(&file, &text);
        match (entries, lookalikes) {
            (Ok(entries), Ok(lookalikes)) => Self::new(&file, entries, lookalikes),
            (a, b) => Err(a.err().into_iter().chain(b.err()).flatten().collect()),
        }
    }

    fn new(
        file: &str,
        entries: Vec<Entry>,
        lookalikes: FxHashMap<char, char>,
    ) -> Result<Self, Vec<DataError>> {
        let (mut patterns, mut replacements) = (Vec::new(), Vec::new());
        for (number, entry) in (words::FIRST_SIGN..).zip(&entries) {
            let to = marked(&entry.to, &lookalikes);
            let sign = char::from_u32(number).filter(|_| !to.is_empty());
            for from in &entry.from {
                patterns.push(marked(from, &lookalikes));
                replacements.push((to.clone(), sign));
            }
            // The leading word stands for itself, so that no part of it is replaced.
            if !to.is_empty() {
                patterns.push(to.clone());
                replacements.push((to, sign));
            }
        }
        let words = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
            .map_err(|e| vec![DataError::new(file, e.to_string())])?;
        Ok(Thesaurus {
            words,
            replacements,
            lookalikes,
        })
    }

    /// The form in which texts are compared, followed by a sign for each word of the thesaurus in it.
    /// `shown` tells where Latin words end.
    pub(super) fn canonical(&self, shown: &str, folded: &str) -> String {
        let mut marked = String::with_capacity(folded.len() + 16);
        words::mark(shown, folded, &mut marked);
        unify(&mut marked, &self.lookalikes);
        let mut out = String::with_capacity(marked.len());
        let (mut end, mut signs) = (0, String::new());
        for found in self.words.find_iter(&marked) {
            let (word, sign) = &self.replacements[found.pattern()];
            out.push_str(&marked[end..found.start()]);
            out.push_str(word);
            signs.extend(sign);
            end = found.end();
        }
        out.push_str(&marked[end..]);
        out.push_str(&signs);
        out
    }
}

fn marked(word: &str, lookalikes: &FxHashMap<char, char>) -> String {
    let mut out = String::new();
    words::mark(&show(word), &fold(word), &mut out);
    unify(&mut out, lookalikes);
    out
}

fn unify(text: &mut String, lookalikes: &FxHashMap<char, char>) {
    if text.chars().any(|c| lookalikes.contains_key(&c)) {
        let one = |c: char| lookalikes.get(&c).copied().unwrap_or(c);
        *text = text.chars().map(one).collect();
    }
}

fn entries(file: &str, text: &str) -> Result<Vec<Entry>, Vec<DataError>> {
    let entries: Vec<Entry> = serde_json::from_str(text)
        .map_err(|e| vec![DataError::at(file, e.line(), e.to_string())])?;
    let mut faults = Vec::new();
    let mut whose: HashMap<String, &str> = HashMap::new();
    for entry in &entries {
        for from in &entry.from {
            let line = || line_of(text, from);
            let folded = fold(from);
            if folded.is_empty() {
                faults.push(DataError::at(file, line(), "an empty word; remove it"));
            } else if folded == fold(&entry.to) {
                // A spelling of the leading word: listed for the reader.
            } else if let Some(other) = whose.insert(folded, &entry.to)
                && other != entry.to
            {
                let message = format!("{from} stands for {} and for {other}; keep one", entry.to);
                faults.push(DataError::at(file, line(), message));
            }
        }
    }
    for entry in &entries {
        if let Some(other) = whose.get(&fold(&entry.to)) {
            let message = format!(
                "{} leads an entry and stands for {other}; keep one",
                entry.to
            );
            faults.push(DataError::at(file, line_of(text, &entry.to), message));
        }
    }
    if faults.is_empty() {
        Ok(entries)
    } else {
        Err(faults)
    }
}

fn lookalikes(file: &str, text: &str) -> Result<FxHashMap<char, char>, Vec<DataError>> {
    let groups: Vec<String> = serde_json::from_str(text)
        .map_err(|e| vec![DataError::at(file, e.line(), e.to_string())])?;
    let (mut map, mut faults) = (FxHashMap::default(), Vec::new());
    let mut seen: HashMap<char, &str> = HashMap::new();
    for group in &groups {
        let Some(first) = group.chars().next() else {
            continue;
        };
        for c in group.chars() {
            if let Some(other) = seen.insert(c, group) {
                let message = format!("{c} is in {group} and in {other}; join the groups");
                faults.push(DataError::at(file, line_of(text, group), message));
            }
            if c != first {
                map.insert(c, first);
            }
        }
    }
    if faults.is_empty() {
        Ok(map)
    } else {
        Err(faults)
    }
}

/// The 1-based line of the first such JSON string.
fn line_of(text: &str, value: &str) -> usize {
    let quoted = serde_json::to_string(value).unwrap_or_default();
    let found = text.lines().position(|l| l.contains(&quoted));
    found.map_or(1, |i| i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::DataFiles;

    fn built_in() -> Thesaurus {
        let files = DataFiles::default();
        Thesaurus::load(&|n: &str| files.read(n)).unwrap()
    }

    fn faults(thesaurus: &str, lookalikes: &str) -> Vec<String> {
        let read = |name: &str| {
            let text = if name == "thesaurus.json" {
                thesaurus
            } else {
                lookalikes
            };
            Ok((name.to_owned(), text.to_owned()))
        };
        match Thesaurus::load(&read) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn every_word_is_compared_as_the_one_that_leads_its_entry() {
        let thesaurus = built_in();
        let files = DataFiles::default();
        let (file, text) = files.read("thesaurus.json").unwrap();
        let canonical = |word: &str| thesaurus.canonical(&show(word), &fold(word));
        for entry in entries(&file, &text).unwrap() {
            for from in &entry.from {
                assert_eq!(
                    canonical(from),
                    canonical(&entry.to),
                    "{from} and {}",
                    entry.to
                );
            }
        }
    }

    #[test]
    fn words_are_replaced_as_wholes() {
        let thesaurus = built_in();
        let canonical = |word: &str| {
            let signs = |c: &char| u32::from(*c) < words::FIRST_SIGN;
            let text = thesaurus.canonical(&show(word), &fold(word));
            text.chars().filter(signs).collect::<String>()
        };
        for (word, expected) in [
            ("アップタイム", "稼働率"),
            ("uptime", "稼働率"),
            ("アプリ", "アプリケーション"),
            ("アプリケーション", "アプリケーション"),
            ("ブロック", "ブロック"),
            ("shortout", "\u{2}shortout\u{3}"),
        ] {
            let plain = |t: &str| {
                t.chars()
                    .map(|c| thesaurus.lookalikes.get(&c).copied().unwrap_or(c))
                    .collect::<String>()
            };
            assert_eq!(canonical(word), plain(expected), "{word}");
        }
    }

    #[test]
    fn characters_that_look_alike_are_one() {
        let thesaurus = built_in();
        let canonical = |word: &str| thesaurus.canonical(&show(word), &fold(word));
        for (read, meant) in [
            ("復|日時間", "復旧時間"),
            ("賞い", "償い"),
            ("ロ", "口"),
            ("末定", "未定"),
            ("情報土", "情報士"),
        ] {
            let same = canonical(&read.replace("|日", "旧")) == canonical(meant);
            assert!(same, "{read}");
        }
    }

    #[test]
    fn every_fault_is_named_with_its_line() {
        let groups = "[]";
        for (words, expected) in [
            (
                "[{\"to\":\"a\",\"from\":[\"b\"]},\n{\"to\":\"c\",\"from\":[\"b\"]}]",
                "thesaurus.json:1: b stands for c and for a",
            ),
            (
                "[{\"to\":\"a\",\"from\":[\"b\"]},\n{\"to\":\"b\",\"from\":[\"c\"]}]",
                "thesaurus.json:1: b leads an entry and stands for a",
            ),
            (
                r#"[{"to":"a","from":[" "]}]"#,
                "thesaurus.json:1: an empty word",
            ),
            (r#"[{"to":"a"}]"#, "thesaurus.json:1: missing field `from`"),
        ] {
            let found = faults(words, groups);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].starts_with(expected), "{} / {expected}", found[0]);
        }
        let found = faults("[]", "[\"ab\",\n\"bc\"]");
        assert!(
            found[0].starts_with("lookalikes.json:2: b is in bc and in ab"),
            "{found:?}"
        );
    }

    /// `TORIKOMI_REWRITE=1` sorts the file instead.
    #[test]
    fn the_file_is_sorted() {
        let (file, text) = DataFiles::default().read("thesaurus.json").unwrap();
        let mut sorted = entries(&file, &text).unwrap();
        sorted.sort_by(|a, b| a.to.cmp(&b.to));
        for entry in &mut sorted {
            entry.from.sort();
        }
        let lines: Vec<String> = sorted
            .iter()
            .map(|e| format!(" {}", serde_json::to_string(e).unwrap()))
            .collect();
        let wanted = format!("[\n{}\n]\n", lines.join(",\n"));
        if std::env::var_os("TORIKOMI_REWRITE").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/mappings/thesaurus.json");
            std::fs::write(path, wanted).unwrap();
        } else {
            assert!(
                text == wanted,
                "sort it: TORIKOMI_REWRITE=1 cargo test --lib thesaurus"
            );
        }
    }
}
