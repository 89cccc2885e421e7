//! The rows around as evidence: most sheets keep to one catalog, and to its order over long
//! stretches.
//!
//! It helps between candidates that are about as good, and adds a little confidence. It never names
//! an item, so that a sheet in an order of its own, or of several catalogs, loses nothing.

use super::reading::Reading;
use super::table::{Choice, OWN};

/// Of candidates this close behind the best, the rows around may choose.
const WITHIN: f32 = 0.06;

/// What neighbours that stand next to the item in the catalog add to the confidence, in log odds, by
/// their number: one takes 0.8 to 0.87, two, between which only this item is missing, to 0.95.
const NEIGHBOURS: [f64; 3] = [0.0, 0.5, 1.5];

/// What it adds that the item is of the table's catalog; as much is taken away when it is of another.
const AT_HOME: f64 = 0.4;

/// Of a table's own rows, so many must be of one catalog for it to be the table's.
const MOSTLY: f64 = 0.7;

/// And this many rows are the least that tell.
const FEWEST: usize = 4;

/// What the rows around say of a choice, in log odds.
pub(super) fn log_odds(choice: &Choice) -> f64 {
    let home = choice
        .at_home
        .map_or(0.0, |h| if h { AT_HOME } else { -AT_HOME });
    NEIGHBOURS[usize::from(choice.neighbours).min(2)] + home
}

/// The catalog that most rows of a table are of, by `catalogs`, which has each item's.
fn home(choices: &[Choice], catalogs: &[u32]) -> Option<u32> {
    let own = choices.iter().filter(|c| !c.conflict && !c.slipped);
    let own = own.filter_map(|c| c.item).filter(|i| i.1 >= OWN);
    let own: Vec<u32> = own.map(|i| catalogs[i.0 as usize]).collect();
    let enough = |c: &&u32| {
        let count = own.iter().filter(|o| o == c).count();
        count >= FEWEST && count as f64 >= MOSTLY * own.len() as f64
    };
    own.iter().find(enough).copied()
}

/// How many of the two neighbours of a row were mapped to the items next to `item`.
fn neighbours(choices: &[Choice], at: usize, item: u32) -> u8 {
    let mapped = |at: Option<usize>| {
        let choice = choices.get(at?)?;
        let sure = !choice.conflict && !choice.slipped;
        choice.item.filter(|_| sure).map(|c| c.0)
    };
    let before = mapped(at.checked_sub(1)).is_some_and(|b| b + 1 == item);
    let after = mapped(Some(at + 1)).is_some_and(|a| a == item + 1);
    u8::from(before) + u8::from(after)
}

/// Lets neighbours choose between candidates that are about as good, and notes how many agree.
pub(super) fn follow(rows: &[Reading], choices: &mut [Choice], catalogs: &[u32]) {
    let home = home(choices, catalogs);
    let at_home = |item: u32| home.map(|h| catalogs[item as usize] == h);
    let chosen: Vec<_> = (0..rows.len())
        .map(|at| {
            let choice = &choices[at];
            let (item, score) = choice.item?;
            if choice.slipped || choice.conflict {
                return Some((item, score, 0));
            }
            let close = rows[at].ranking.items.iter();
            let close = close.take_while(|s| s.score >= score - WITHIN);
            let best = close.map(|s| (s.item, s.score, neighbours(choices, at, s.item)));
            // The first of those with most around them, so that ties stay with the better score.
            let around = |c: &(u32, f32, u8)| 2 * c.2 + u8::from(at_home(c.0) == Some(true));
            let best = best.reduce(|a, b| if around(&b) > around(&a) { b } else { a });
            best.or(Some((item, score, 0)))
        })
        .collect();
    for (choice, chosen) in choices.iter_mut().zip(chosen) {
        if let Some((item, score, neighbours)) = chosen {
            choice.item = Some((item, score));
            choice.neighbours = neighbours;
            choice.at_home = at_home(item);
        }
    }
}
