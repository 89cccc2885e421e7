//! Section, category, unit and kind of answer: they tell candidates apart, they make none.

use rustc_hash::FxHashMap;

use super::score::Context;
use crate::catalog::{Catalogs, Item};
use crate::model::{Row, ValueKind};
use crate::notation::fold;

/// What kind of answer an item or a unit cell asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Percentage,
    Generations,
    TimeOfDay,
    Frequency,
    Duration,
    Count,
}

impl Expected {
    /// From a folded unit. Yes or no is asked everywhere and says nothing.
    fn of_unit(unit: &str) -> Option<Self> {
        let has = |part: &str| unit.contains(part);
        Some(match () {
            () if has("稼働率") || has("%") || has("パーセント") => Expected::Percentage,
            () if has("世代") => Expected::Generations,
            () if has("時間帯") || has("時刻") => Expected::TimeOfDay,
            () if has("頻度") || has("間隔") => Expected::Frequency,
            () if has("期間") || unit.starts_with("時間") || unit == "分" || unit == "秒" => {
                Expected::Duration
            }
            () if unit.starts_with('回') || unit.starts_with('件') => Expected::Count,
            () => return None,
        })
    }

    fn of_value(kind: ValueKind) -> Option<Self> {
        Some(match kind {
            ValueKind::Percentage => Expected::Percentage,
            ValueKind::Generations => Expected::Generations,
            ValueKind::TimeOfDay | ValueKind::AlwaysOn => Expected::TimeOfDay,
            ValueKind::Frequency => Expected::Frequency,
            ValueKind::Duration => Expected::Duration,
            ValueKind::Count => Expected::Count,
            _ => return None,
        })
    }
}

/// An item's surroundings in its catalog; groups are numbered over all catalogs.
#[derive(Debug, Clone, Copy)]
struct Place {
    section: Option<u32>,
    category: Option<u32>,
    unit: Option<u32>,
    expected: Option<Expected>,
}

/// The surroundings of all items.
#[derive(Debug)]
pub(super) struct Surroundings {
    words: FxHashMap<String, u32>,
    items: Vec<Place>,
}

/// The surroundings of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowPlace {
    section: Option<u32>,
    category: Option<u32>,
    unit: Option<u32>,
    expected: [Option<Expected>; 2],
}

impl Surroundings {
    pub(super) fn new(catalogs: &Catalogs) -> Self {
        let mut words = FxHashMap::default();
        let mut number = |text: &Option<String>| {
            let text = fold(text.as_deref()?);
            let next = words.len() as u32;
            (!text.is_empty()).then(|| *words.entry(text).or_insert(next))
        };
        let mut place = |item: &Item| Place {
            section: number(&item.section),
            category: number(&item.category),
            unit: number(&item.unit),
            expected: item
                .unit
                .as_deref()
                .map(fold)
                .and_then(|u| Expected::of_unit(&u)),
        };
        let items = catalogs.items().map(|(_, i)| place(i)).collect();
        Surroundings { words, items }
    }

    /// What stands around a row.
    pub(super) fn of_row(&self, row: &Row) -> RowPlace {
        let compare = &row.compare;
        let word = |text: &str| {
            let numbered = |c: char| c.is_ascii_alphanumeric() || c.is_ascii_punctuation();
            let found = self.words.get(text);
            found
                .or_else(|| self.words.get(text.trim_start_matches(numbered)))
                .copied()
        };
        // A unit cell says what is asked; without one, the answer hints at it.
        let expected = match Expected::of_unit(&compare.unit) {
            Some(kind) => [Some(kind), None],
            None => {
                let mut kinds = row.answer.values.iter().map(|v| Expected::of_value(v.kind));
                [kinds.next().flatten(), kinds.next().flatten()]
            }
        };
        RowPlace {
            section: word(&compare.section),
            category: word(&compare.category),
            unit: word(&compare.unit),
            expected,
        }
    }

    /// Where a row's surroundings agree with an item's.
    pub(super) fn agree(&self, row: &RowPlace, item: u32) -> Context {
        let Some(place) = self.items.get(item as usize) else {
            return Context::default();
        };
        let same = |a: Option<u32>, b: Option<u32>| a.is_some() && a == b;
        Context {
            section: same(row.section, place.section),
            category: same(row.category, place.category),
            unit: self.fits_answer(row, item) || same(row.unit, place.unit),
        }
    }

    /// Whether the kind of answer is the one the item asks for.
    pub(super) fn fits_answer(&self, row: &RowPlace, item: u32) -> bool {
        let expected = self.items.get(item as usize).and_then(|p| p.expected);
        expected.is_some() && row.expected.contains(&expected)
    }
}
