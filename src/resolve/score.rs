//! How well items fit a row: name and description scored apart, then put together.

use super::search::Hit;

/// A description found among names, or a name among questions, counts almost as much as in its place.
const CROSS: f32 = 0.97;

/// A name taken over from a row above says what group the row is in, not what it asks.
const INHERITED: f32 = 0.4;

/// What a row without a description of its own keeps of a score by such a name.
const INHERITED_ALONE: f32 = 0.7;

/// Most that section, category, unit and kind of answer may add, each.
const SECTION_BONUS: f32 = 0.015;
const CATEGORY_BONUS: f32 = 0.02;
const UNIT_BONUS: f32 = 0.03;

/// From here on a field points at an item.
pub(super) const POINTS: f32 = 0.7;

/// By how much an item must be behind in a field for the field to speak against it.
pub(super) const APART: f32 = 0.2;

/// What one field of a row says, best item first.
#[derive(Debug, Clone, Default)]
pub(super) struct Field {
    /// Items and how well they fit, 0..1.
    pub fits: Vec<(u32, f32)>,
    /// Known subjects that are in no catalog, likewise.
    pub outside: Vec<(u32, f32)>,
    /// The text in the form in which it was compared.
    pub text: String,
    /// Its characters.
    pub length: usize,
}

/// Which field a text stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// The item column.
    Name,
    /// The description column.
    Description,
}

impl Field {
    /// From what a search found; numbers from `items` on are subjects outside the catalogs.
    pub(super) fn new(hits: &[Hit], place: Place, items: u32, text: &str) -> Self {
        let fit = |h: &Hit| match place {
            Place::Name => h.name.max(h.wording * CROSS),
            Place::Description => h.wording.max(h.name * CROSS),
        };
        let mut fits: Vec<(u32, f32)> = hits.iter().map(|h| (h.item, fit(h))).collect();
        fits.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let (fits, outside) = fits.into_iter().partition(|f| f.0 < items);
        Field {
            fits,
            outside,
            length: text.chars().count(),
            text: text.to_owned(),
        }
    }

    /// How well an item or a subject fits; 0 when it is not among the best.
    pub(super) fn of(&self, item: u32) -> f32 {
        let mut all = self.fits.iter().chain(&self.outside);
        all.find(|f| f.0 == item).map_or(0.0, |f| f.1)
    }

    /// The best item and how well it fits.
    pub(super) fn best(&self) -> Option<(u32, f32)> {
        self.fits.first().copied()
    }

    /// How well the best of all fits, items and subjects.
    fn top(&self) -> f32 {
        let first = |fits: &[(u32, f32)]| fits.first().map_or(0.0, |f| f.1);
        first(&self.fits).max(first(&self.outside))
    }
}

/// An item as a candidate for a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scored {
    /// The item.
    pub item: u32,
    /// 0..1.
    pub score: f32,
}

/// What is known of a row besides its name and description.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    /// The section agrees.
    pub section: bool,
    /// The category agrees.
    pub category: bool,
    /// The unit, or the kind of answer, agrees.
    pub unit: bool,
}

impl Context {
    fn bonus(self) -> f32 {
        let one = |agrees, bonus| if agrees { bonus } else { 0.0 };
        one(self.section, SECTION_BONUS)
            + one(self.category, CATEGORY_BONUS)
            + one(self.unit, UNIT_BONUS)
    }
}

/// The candidates of a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Ranking {
    /// Items, best first.
    pub items: Vec<Scored>,
    /// How well the best subject fits that is in no catalog.
    pub outside: f32,
}

/// Puts the fields together: each counts by how clearly it points at anything, so that wording no
/// catalog knows does not drown the field that is known.
pub(super) fn combine(
    name: &Field,
    description: &Field,
    inherited: bool,
    context: impl Fn(u32) -> Context,
) -> Ranking {
    let weight = |field: &Field| field.top().powi(2);
    let by_name = weight(name) * if inherited { INHERITED } else { 1.0 };
    let by_description = weight(description);
    let total = by_name + by_description;
    if total <= 0.0 {
        return Ranking::default();
    }
    // An inherited name alone must not look like full evidence.
    let alone = by_description == 0.0 && inherited;
    let scale = if alone { INHERITED_ALONE } else { 1.0 };
    let fit = |item: u32| {
        scale * (by_name * name.of(item) + by_description * description.of(item)) / total
    };
    let each = |a: &[(u32, f32)], b: &[(u32, f32)]| {
        let mut items: Vec<u32> = a.iter().chain(b).map(|f| f.0).collect();
        items.sort_unstable();
        items.dedup();
        items
    };
    let scored = each(&name.fits, &description.fits).into_iter().map(|item| {
        let fit = fit(item);
        // Context tells candidates apart; it cannot make one.
        let score = (fit + context(item).bonus() * fit).min(1.0);
        Scored { item, score }
    });
    let mut items: Vec<Scored> = scored.collect();
    items.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.item.cmp(&b.item)));
    let subjects = each(&name.outside, &description.outside).into_iter();
    let outside = subjects.map(fit).fold(0.0, f32::max);
    Ranking { items, outside }
}

/// Whether the fields point at different items: each clearly at its own, and away from the other's.
pub(super) fn disagree(name: &Field, description: &Field, floor: f32) -> Option<(u32, u32)> {
    let (a, by_name) = name.best()?;
    let (b, by_description) = description.best()?;
    let apart = a != b
        && by_name >= floor
        && by_description >= floor
        && name.of(b) < by_name - APART
        && description.of(a) < by_description - APART;
    apart.then_some((a, b))
}
