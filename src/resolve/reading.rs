//! What the index says about each row of a document.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::index::Index;
use super::score::{self, Context, Field, Place, Ranking};
use super::search::Scratch;
use super::thesaurus::Thesaurus;
use crate::model::Row;

/// A row as the index sees it.
#[derive(Debug)]
pub(super) struct Reading {
    /// What the item column says.
    pub name: Rc<Field>,
    /// What the description column says.
    pub description: Rc<Field>,
    /// Both together.
    pub ranking: Ranking,
    /// The name was taken over from a row above.
    pub inherited: bool,
    /// Neither field says anything.
    pub empty: bool,
}

impl Reading {
    /// How well an item fits the row as a whole.
    pub(super) fn score_of(&self, item: u32) -> f32 {
        let found = self.ranking.items.iter().find(|s| s.item == item);
        found.map_or(0.0, |s| s.score)
    }

    /// The items that name and description each point at, when these differ.
    pub(super) fn disagreement(&self, floor: f32) -> Option<(u32, u32)> {
        if self.inherited {
            return None;
        }
        score::disagree(&self.name, &self.description, floor)
    }
}

/// Levels of requirement, folded: what a column of them says is no question.
const LEVELS: [&str; 18] = [
    "必須",
    "推奨",
    "任意",
    "必要",
    "不要",
    "必須項目",
    "推奨項目",
    "任意項目",
    "望ましい",
    "努力目標",
    "高",
    "中",
    "低",
    "mandatory",
    "required",
    "recommended",
    "optional",
    "must",
];

/// Reads the rows of one document. A text that stands in many rows is looked up once.
pub(super) struct Reader<'a> {
    index: &'a Index,
    thesaurus: &'a Thesaurus,
    items: u32,
    scratch: Scratch,
    known: FxHashMap<(String, Place), Rc<Field>>,
}

impl<'a> Reader<'a> {
    /// Of the index's numbers, those below `items` are items of catalogs.
    pub(super) fn new(index: &'a Index, thesaurus: &'a Thesaurus, items: u32) -> Self {
        Reader {
            index,
            thesaurus,
            items,
            scratch: index.scratch(),
            known: FxHashMap::default(),
        }
    }

    pub(super) fn row(&mut self, row: &Row, context: impl Fn(u32) -> Context) -> Reading {
        let item = row.item.as_deref().unwrap_or("");
        let asked = row.description.as_deref().unwrap_or("");
        let name = self.field(item, &row.compare.item, Place::Name);
        // Beside a name, how strongly it is asked for says nothing about what is asked.
        let level = !item.is_empty() && LEVELS.contains(&row.compare.description.as_str());
        let folded = if level { "" } else { &row.compare.description };
        let description = self.field(asked, folded, Place::Description);
        let inherited = row.compare.inherited.item;
        let ranking = score::combine(&name, &description, inherited, context);
        Reading {
            ranking,
            inherited,
            empty: row.compare.item.is_empty() && row.compare.description.is_empty(),
            name,
            description,
        }
    }

    /// What a text says that stands in a field.
    pub(super) fn field(&mut self, shown: &str, folded: &str, place: Place) -> Rc<Field> {
        if folded.is_empty() {
            return Rc::default();
        }
        let canonical = self.thesaurus.canonical(shown, folded);
        let key = (canonical, place);
        if let Some(field) = self.known.get(&key) {
            return field.clone();
        }
        let hits = self.index.search(&key.0, &mut self.scratch);
        let field = Rc::new(Field::new(&hits, place, self.items, &key.0));
        self.known.insert(key, field.clone());
        field
    }
}
