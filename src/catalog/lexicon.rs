use rustc_hash::FxHashSet;

use super::Catalogs;
use crate::notation::fold;

/// What the catalogs' words are used for: a hint what a cell is, before anything is mapped.
#[derive(Debug, Default)]
pub struct Lexicon {
    names: FxHashSet<String>,
    descriptions: FxHashSet<String>,
    groups: FxHashSet<String>,
    units: FxHashSet<String>,
}

impl Lexicon {
    /// The folded words of all catalogs.
    pub fn new(catalogs: &Catalogs) -> Self {
        let mut lexicon = Lexicon::default();
        for item in catalogs.iter().flat_map(|c| &c.items) {
            lexicon.names.extend(item.names().map(fold));
            lexicon.descriptions.extend(item.wordings().map(fold));
            lexicon
                .groups
                .extend(item.section.iter().chain(&item.category).map(|g| fold(g)));
            lexicon.units.extend(item.unit.iter().map(|u| fold(u)));
        }
        lexicon
    }

    /// Whether a folded text is the name of an item.
    pub fn is_name(&self, folded: &str) -> bool {
        self.names.contains(folded)
    }

    /// Whether a folded text is an item's description.
    pub fn is_description(&self, folded: &str) -> bool {
        self.descriptions.contains(folded)
    }

    /// Whether a folded text is a section or category.
    pub fn is_group(&self, folded: &str) -> bool {
        self.groups.contains(folded)
    }

    /// Whether a folded text is an item's unit.
    pub fn is_unit(&self, folded: &str) -> bool {
        self.units.contains(folded)
    }
}
