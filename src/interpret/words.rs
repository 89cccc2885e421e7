//! Header words: what the words of a column's title say about its role.

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use crate::model::{DataError, Role};
use crate::notation::fold;

/// How much speaks for each role, in the order of [`ROLES`]. The unit is arbitrary: 1 is a hint,
/// 3 is a word that hardly means anything else.
pub(super) type Weights = [f32; ROLES.len()];

/// The roles, in the order of [`Weights`].
pub(super) const ROLES: [Role; 9] = [
    Role::Number,
    Role::Section,
    Role::Category,
    Role::Item,
    Role::Description,
    Role::Unit,
    Role::Mark,
    Role::Text,
    Role::None,
];

/// The place of a role in [`Weights`].
pub(super) fn index(role: Role) -> usize {
    role as usize
}

/// Endings that say nothing about the role (`設定例`, `設定等`, `回答欄`).
const EMPTY_ENDINGS: [&str; 5] = ["例", "等", "欄", "※", "など"];

/// Titles longer than this, in folded characters, are sentences.
const LONGEST_TITLE: usize = 30;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum At {
    Any,
    End,
    Start,
    Whole,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    word: String,
    at: At,
    roles: std::collections::BTreeMap<String, f32>,
    example: String,
}

/// The words of `headers.json`.
#[derive(Debug)]
pub(super) struct HeaderWords {
    finder: AhoCorasick,
    entries: Vec<(At, Weights)>,
}

impl HeaderWords {
    /// Loads `headers.json`: a list of words, where in a title they count, and what they say.
    pub(super) fn from_json(file: &str, text: &str) -> Result<Self, Vec<DataError>> {
        let list: Vec<Entry> = serde_json::from_str(text)
            .map_err(|e| vec![DataError::at(file, e.line(), e.to_string())])?;
        let mut errors = Vec::new();
        let mut entries = Vec::with_capacity(list.len());
        for entry in &list {
            let mut weights = Weights::default();
            for (name, weight) in &entry.roles {
                match ROLES
                    .iter()
                    .find(|r| format!("{r:?}").eq_ignore_ascii_case(name))
                {
                    Some(role) => weights[index(*role)] = *weight,
                    None => errors.push(fault(file, text, entry, &format!("`{name}` is no role"))),
                }
            }
            if !fold(&entry.example).contains(&fold(&entry.word)) {
                errors.push(fault(
                    file,
                    text,
                    entry,
                    "the example does not hold the word",
                ));
            }
            entries.push((entry.at, weights));
        }
        let words: Vec<String> = list.iter().map(|e| fold(&e.word)).collect();
        let finder = AhoCorasick::new(&words).map_err(|e| {
            vec![DataError::new(
                file,
                format!("the words cannot be indexed: {e}"),
            )]
        })?;
        if errors.is_empty() {
            Ok(HeaderWords { finder, entries })
        } else {
            Err(errors)
        }
    }

    /// What a title says; all zero when it says nothing or is too long to be one.
    pub(super) fn weigh(&self, title: &str) -> Weights {
        let folded = fold(title);
        let mut end = folded.as_str();
        while let Some(shorter) = EMPTY_ENDINGS.iter().find_map(|e| end.strip_suffix(e)) {
            if shorter.is_empty() {
                break;
            }
            end = shorter;
        }
        let mut sum = Weights::default();
        if folded.is_empty() || folded.chars().count() > LONGEST_TITLE {
            return sum;
        }
        for found in self.finder.find_overlapping_iter(&folded) {
            let (at, weights) = &self.entries[found.pattern().as_usize()];
            let counts = match at {
                At::Any => true,
                At::Start => found.start() == 0,
                At::End => found.end() == folded.len() || found.end() == end.len(),
                At::Whole => {
                    found.start() == 0 && (found.end() == folded.len() || found.end() == end.len())
                }
            };
            if counts {
                for (s, w) in sum.iter_mut().zip(weights) {
                    *s += w;
                }
            }
        }
        sum
    }
}

/// The role a title speaks for most, and how much.
pub(super) fn best(weights: &Weights) -> (Role, f32) {
    let mut best = (Role::None, 0.0);
    for (role, weight) in ROLES.iter().zip(weights) {
        if *weight > best.1 {
            best = (*role, *weight);
        }
    }
    best
}

fn fault(file: &str, text: &str, entry: &Entry, what: &str) -> DataError {
    let needle = format!("\"{}\"", entry.word);
    let line = text
        .lines()
        .position(|l| l.contains(&needle))
        .map_or(1, |i| i + 1);
    DataError::at(file, line, format!("the word `{}`: {what}", entry.word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> HeaderWords {
        HeaderWords::from_json("headers.json", include_str!("../../mappings/headers.json")).unwrap()
    }

    #[test]
    fn titles_speak_for_their_role() {
        let words = words();
        for (title, role) in [
            ("No.", Role::Number),
            ("項目番号", Role::Number),
            ("設問No", Role::Number),
            ("大項目", Role::Section),
            ("種別", Role::Category),
            ("サービスレベル項目例", Role::Item),
            ("要件名", Role::Item),
            ("規程内容", Role::Description),
            ("確認内容", Role::Description),
            ("要求事項", Role::Description),
            ("質問事項", Role::Description),
            ("測定単位", Role::Unit),
            ("対応/可否", Role::Mark),
            ("実施の有無", Role::Mark),
            ("設定例", Role::Text),
            ("設定等", Role::Text),
            ("実施内容/備考", Role::Text),
            ("回答欄", Role::Text),
            ("回答内容", Role::Text),
            ("コメント", Role::Text),
            ("特記事項", Role::Text),
            ("記入例", Role::None),
            ("重要度", Role::None),
            ("Item", Role::Item),
            ("Answer", Role::Text),
            ("Requirement", Role::Description),
        ] {
            assert_eq!(
                best(&words.weigh(title)).0,
                role,
                "{title}: {:?}",
                words.weigh(title)
            );
        }
    }

    #[test]
    fn a_sentence_is_no_title() {
        let sentence =
            "回答欄には対応の可否を記入し、備考欄には具体的な内容を必ず記載してください。";
        assert_eq!(words().weigh(sentence), Weights::default());
    }

    #[test]
    fn the_words_are_sorted_and_unique() {
        let text = include_str!("../../mappings/headers.json");
        let list: Vec<Entry> = serde_json::from_str(text).unwrap();
        let keys: Vec<_> = list.iter().map(|e| (e.word.as_str(), e.at)).collect();
        assert!(
            keys.is_sorted_by(|a, b| (a.0, format!("{:?}", a.1)) < (b.0, format!("{:?}", b.1)))
        );
    }
}
