//! The order of rows as evidence: most sheets keep their catalog's order over long stretches.
//!
//! It helps between candidates that are about as good, and adds a little confidence. It never names
//! an item, so that a sheet in an order of its own loses nothing.

use super::reading::Reading;
use super::table::Choice;

/// Of candidates this close behind the best, the rows around may choose.
const WITHIN: f32 = 0.06;

/// What one neighbour that stands next to the item in the catalog adds to the confidence, in log
/// odds: as much as takes 0.8 to 0.87.
pub(super) const LOG_ODDS: f64 = 0.5;

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
pub(super) fn follow(rows: &[Reading], choices: &mut [Choice]) {
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
            // The first of those with most neighbours, so that ties stay with the better score.
            let best = best.reduce(|a, b| if b.2 > a.2 { b } else { a });
            best.or(Some((item, score, 0)))
        })
        .collect();
    for (choice, chosen) in choices.iter_mut().zip(chosen) {
        if let Some((item, score, neighbours)) = chosen {
            choice.item = Some((item, score));
            choice.neighbours = neighbours;
        }
    }
}
