//! The decision over one table: slips, pasted texts, and rows that compete for an item.

use rustc_hash::FxHashMap;

use super::order;
use super::reading::Reading;
use super::score::POINTS;
use super::slip::{self, Run};

/// Of a row that loses its item, another item this close behind is taken instead.
const SECOND_CHOICE: f32 = 0.08;

/// A row fits an item well enough to be the item's own row.
pub(super) const OWN: f32 = 0.75;

/// What a table makes of a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Choice {
    /// The chosen item and how well it fits.
    pub item: Option<(u32, f32)>,
    /// Name and description point at different items.
    pub conflict: bool,
    /// It stands in a slipped run.
    pub slipped: bool,
    /// How many of the rows beside it were mapped to the items beside its item.
    pub neighbours: u8,
    /// Its item is of the catalog that the table is of; none when it is of none in particular.
    pub at_home: Option<bool>,
    /// Position in the table of the row that fits the item better.
    pub duplicate_of: Option<usize>,
}

/// The choices for the rows of a table, and its slipped runs. `catalogs` has each item's catalog. `answer_belongs_to_name` says, of a
/// run, that the answers follow the names.
pub(super) fn decide(
    rows: &[Reading],
    catalogs: &[u32],
    mut answer_belongs_to_name: impl FnMut(&Run) -> bool,
) -> (Vec<Choice>, Vec<(Run, bool)>) {
    let mut choices: Vec<Choice> = rows.iter().map(first_choice).collect();
    let mut runs = Vec::new();
    for run in slip::find(rows) {
        let by_name = answer_belongs_to_name(&run);
        for at in run.first..=run.last {
            let row = &rows[at];
            let field = if by_name { &row.name } else { &row.description };
            let choice = &mut choices[at];
            choice.item = field.best().or(choice.item);
            choice.slipped = true;
        }
        runs.push((run, by_name));
    }
    settle_conflicts(rows, &mut choices);
    order::follow(rows, &mut choices, catalogs);
    compete(rows, &mut choices);
    (choices, runs)
}

fn first_choice(row: &Reading) -> Choice {
    Choice {
        item: row.ranking.items.first().map(|s| (s.item, s.score)),
        conflict: row.disagreement(POINTS).is_some(),
        ..Choice::default()
    }
}

/// Of the two items that a row's fields point at, one has a row of its own elsewhere in the table:
/// its text was pasted into this one. Where that does not tell, the description says what is asked.
fn settle_conflicts(rows: &[Reading], choices: &mut [Choice]) {
    let mut owned: FxHashMap<u32, usize> = FxHashMap::default();
    for (choice, row) in choices.iter().zip(rows) {
        if let Some((item, score)) = choice.item
            && !choice.conflict
            && !choice.slipped
            && !row.inherited
            && score >= OWN
        {
            *owned.entry(item).or_default() += 1;
        }
    }
    for (choice, row) in choices.iter_mut().zip(rows) {
        if !choice.conflict || choice.slipped {
            continue;
        }
        if let Some((by_name, by_description)) = row.disagreement(POINTS) {
            let pasted = owned.contains_key(&by_description) && !owned.contains_key(&by_name);
            let item = if pasted { by_name } else { by_description };
            choice.item = Some((item, row.score_of(item)));
        }
    }
}

/// Each item goes to the row that fits it best. A row that loses takes its second choice when that
/// is about as good and free, and is a duplicate otherwise.
fn compete(rows: &[Reading], choices: &mut [Choice]) {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    // Rows whose own fields contradict each other come last.
    let sure = |c: &Choice| !(c.slipped || c.conflict);
    order.sort_by(|a, b| {
        let (x, y) = (&choices[*a], &choices[*b]);
        let score = |c: &Choice| c.item.map_or(0.0, |i| i.1);
        let by_score = score(y).total_cmp(&score(x));
        sure(y).cmp(&sure(x)).then(by_score).then(a.cmp(b))
    });
    let mut owners: FxHashMap<u32, usize> = FxHashMap::default();
    for at in order {
        let Some((item, score)) = choices[at].item else {
            continue;
        };
        if let Some(owner) = owners.get(&item) {
            let free = |i: &u32| !owners.contains_key(i);
            let other = rows[at].ranking.items.iter().skip(1);
            let other = other
                .filter(|s| s.score >= score - SECOND_CHOICE && s.score >= POINTS)
                .find(|s| free(&s.item));
            match other {
                Some(other) if sure(&choices[at]) => {
                    choices[at].item = Some((other.item, other.score));
                    owners.insert(other.item, at);
                }
                _ => choices[at].duplicate_of = Some(*owner),
            }
            continue;
        }
        owners.insert(item, at);
    }
}
