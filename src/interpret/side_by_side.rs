//! Tables that stand beside each other in one grid.

use super::Knowledge;
use super::header;
use super::strip::{Part, Slot, Strip};
use super::words::best;
use crate::model::Role;

/// Splits each part whose header row holds two complete headers beside each other: the left
/// table's strips come first, then the right one's.
pub(super) fn split(parts: &mut Vec<Part<'_>>, known: Knowledge<'_>) {
    let mut at = 0;
    while at < parts.len() {
        if let Some(right) = split_one(&mut parts[at], known) {
            parts.insert(at + 1, right);
        }
        at += 1;
    }
}

fn split_one<'a>(part: &mut Part<'a>, known: Knowledge<'_>) -> Option<Part<'a>> {
    let (first, border) = part
        .strips
        .iter()
        .enumerate()
        .find_map(|(i, strip)| Some((i, border(strip, known)?)))?;
    let mut right = Part { strips: Vec::new() };
    for strip in &mut part.strips[first..] {
        let (keep, moved): (Vec<Slot>, Vec<Slot>) = std::mem::take(&mut strip.slots)
            .into_iter()
            .partition(|s| s.col < border);
        strip.slots = keep;
        if moved.iter().any(|s| !s.above) {
            let Strip {
                loose,
                gap,
                origin,
                order,
                ..
            } = *strip;
            right.strips.push(Strip {
                slots: moved,
                loose,
                gap,
                origin,
                order,
            });
        }
    }
    part.strips.retain(|s| s.own().next().is_some());
    Some(right)
}

/// The grid column at which a second header begins: on both sides of it stand a question (item or
/// description) and an answer, and the right side begins with a role that the left side has.
fn border(strip: &Strip<'_>, known: Knowledge<'_>) -> Option<u32> {
    if !header::could_be(strip, known) {
        return None;
    }
    let titles: Vec<(u32, Role)> = strip
        .own()
        .map(|s| (s.col, best(&known.words.weigh(s.text)).0))
        .collect();
    let question = |r: &Role| matches!(r, Role::Item | Role::Description);
    let answer = |r: &Role| matches!(r, Role::Mark | Role::Text);
    let complete = |side: &[(u32, Role)]| {
        side.iter().any(|(_, r)| question(r)) && side.iter().any(|(_, r)| answer(r))
    };
    (1..titles.len()).find_map(|i| {
        let (left, right) = titles.split_at(i);
        let (col, role) = right[0];
        let begins_again = (role == left[0].1)
            && matches!(
                role,
                Role::Number | Role::Section | Role::Category | Role::Item
            );
        (begins_again && complete(left) && complete(right)).then_some(col)
    })
}
