//! What a cell looks like, whatever column it stands in.

use super::Knowledge;
use crate::notation::number;

/// The look of a cell that says something; all false for one that does not.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    /// Characters.
    pub length: u32,
    /// It is a mark and nothing else.
    pub mark: bool,
    /// A mark leads it, and more follows.
    pub led: bool,
    /// It is a unit.
    pub unit: bool,
    /// It is an item number.
    pub number: bool,
    /// It begins with an item number of so many levels (`1.1 ユーザー認証`); 0 when it does not.
    pub lead: u32,
    /// It is an item's name, an item's description, or a group, in the catalogs' words.
    pub name: bool,
    pub description: bool,
    pub group: bool,
    /// It ends as a sentence or a question does.
    pub sentence: bool,
    /// It ends as a requirement or a question does.
    pub requirement: bool,
}

/// Endings of questions, requirements and statements.
const SENTENCE_ENDINGS: [&str; 8] = ["。", "?", "？", "か", "こと", "ます", "る", "した"];
const REQUIREMENT_ENDINGS: [&str; 5] = ["こと", "か", "か。", "？", "?"];
/// Longer texts are no numbers, marks or units, in bytes.
const LONGEST_SIGN: usize = 120;

/// Looks at a text; `folded` is its comparison form.
pub(super) fn look(text: &str, folded: &str, known: Knowledge<'_>) -> Look {
    let ends = |list: &[&str]| list.iter().any(|e| text.ends_with(e));
    let mut look = Look {
        length: text.chars().count() as u32,
        name: known.lexicon.is_name(folded),
        description: known.lexicon.is_description(folded),
        group: known.lexicon.is_group(folded),
        sentence: ends(&SENTENCE_ENDINGS),
        requirement: ends(&REQUIREMENT_ENDINGS),
        ..Look::default()
    };
    if let Some(mark) = known.notation.marks.read(text) {
        look.mark = mark.rest.is_empty();
        look.led = !look.mark;
    }
    if text.len() <= LONGEST_SIGN {
        look.unit = known.notation.units.is_unit(text) || known.lexicon.is_unit(folded);
        look.number = number::parse(text).is_some();
        if !look.number {
            look.lead = number::lead(text).map_or(0, |(n, _)| n.path.len() as u32);
        }
    }
    look
}
