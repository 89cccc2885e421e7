//! Words of closed lists that the types hold as `&'static str`, read back from JSON.

use std::collections::BTreeMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// A word of a closed list. Written out, `&'static str` would be taken for text borrowed from the
/// JSON that is read.
pub(super) type Word = &'static str;

/// The keys of [`super::Row::raw`].
const FIELDS: [&str; 9] = [
    "number",
    "section",
    "category",
    "item",
    "description",
    "unit",
    "mark",
    "text",
    "other",
];

/// The values of [`super::Encoding::decided_by`].
const DECIDED_BY: [&str; 4] = ["bom", "declared", "valid", "guessed"];

/// What the sheet says where normalization changed it, by field name.
pub(super) fn raw<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<BTreeMap<&'static str, String>, D::Error> {
    let read = BTreeMap::<String, String>::deserialize(from)?;
    let known = |(name, text): (String, String)| Ok((word(&FIELDS, &name)?, text));
    read.into_iter().map(known).collect()
}

/// How an encoding was decided.
pub(super) fn decided_by<'de, D: Deserializer<'de>>(from: D) -> Result<&'static str, D::Error> {
    word(&DECIDED_BY, &String::deserialize(from)?)
}

fn word<E: Error>(list: &'static [&'static str], word: &str) -> Result<&'static str, E> {
    let found = list.iter().find(|known| **known == word);
    found.copied().ok_or_else(|| E::unknown_variant(word, list))
}
