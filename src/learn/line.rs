use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::notation::fold;

/// Below so many folded characters a name without a description (or the other way round) means
/// different things under different headings (対応時間 of support, of failures): the heading is part
/// of the wording then.
const SHORT: usize = 12;

/// One line of `learned.jsonl`: a wording, what it means, and where that was decided.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Names the line, so that it can be taken back; made from the rest.
    #[serde(default)]
    pub id: String,
    /// The item; null when the wording is in no catalog.
    pub item_id: Option<String>,
    /// The item's name on the sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The section it stood under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The category it stood under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The wording stood several times in its document: it counts under this section and category
    /// only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub here_only: bool,
    /// The document, as in the out folder.
    pub document: String,
    /// The file it was read from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// The row of that document.
    pub row: u32,
    /// When it was decided, ISO 8601.
    pub date: String,
    /// What the reviewer wrote beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// A wording, folded: what a row must say for a line to speak about it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Wording {
    pub name: String,
    pub description: String,
    pub place: Place,
}

/// Under which headings a wording counts, folded.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Place {
    /// Under any.
    Anywhere,
    /// Under any that does not say otherwise: section and category.
    Unlike(String, String),
    /// Under these only.
    Only(String, String),
}

impl Line {
    /// Its wording.
    pub(super) fn wording(&self) -> Wording {
        let folded = |text: &Option<String>| text.as_deref().map(fold).unwrap_or_default();
        let (name, description) = (folded(&self.name), folded(&self.description));
        let one_field = name.is_empty() || description.is_empty();
        let short = name.chars().chain(description.chars()).count() < SHORT;
        let place = match (self.here_only, one_field && short) {
            (true, _) => Place::Only(folded(&self.section), folded(&self.category)),
            (false, true) => Place::Unlike(folded(&self.section), folded(&self.category)),
            (false, false) => Place::Anywhere,
        };
        Wording {
            name,
            description,
            place,
        }
    }

    /// The same line with the ID that belongs to it.
    pub(super) fn named(mut self) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let parts = [
            text(&self.item_id),
            text(&self.name),
            text(&self.description),
            text(&self.section),
            text(&self.category),
            self.document.clone(),
            self.path.clone(),
            self.row.to_string(),
        ];
        let digest = Sha256::digest(parts.join("\0"));
        let hex: String = digest.iter().take(5).map(|b| format!("{b:02x}")).collect();
        self.id = format!("L{hex}");
        self
    }

    /// The item in words: its ID, or `none`.
    pub fn item(&self) -> &str {
        self.item_id.as_deref().unwrap_or("none")
    }

    /// Where it was decided, in words.
    pub fn source(&self) -> String {
        format!("{} row {}, {}", self.document, self.row, self.date)
    }
}

impl Place {
    /// Whether a line with this place speaks about a row under these headings, and how closely: 2
    /// when they are the same, 1 when nothing speaks against it.
    pub(super) fn fits(&self, section: &str, category: &str) -> u8 {
        let open = |a: &str, b: &str| a == b || a.is_empty() || b.is_empty();
        match self {
            Place::Anywhere => 1,
            Place::Only(s, c) | Place::Unlike(s, c) if s == section && c == category => 2,
            Place::Only(..) => 0,
            Place::Unlike(s, c) => u8::from(open(s, section) && open(c, category)),
        }
    }
}
