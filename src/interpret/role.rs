//! Each column's role, from its title and its content together, over all columns at once.

use super::column::LogicalColumn;
use super::profile::Profile;
use super::words::{ROLES, Weights, best, index};
use crate::model::Role;

/// A title speaks for a role when one speaks for it this much; as in headers.
const SPEAKS: f32 = 1.5;
/// What a column must beat to get a role at all.
const NO_ROLE: f32 = 0.5;
/// An answer left of the question it answers.
const ANSWER_FIRST: f32 = -2.0;
/// A mark right of the answer in words.
const MARK_LATE: f32 = -1.0;
/// A group or number right of what it groups or numbers.
const GROUP_LATE: f32 = -1.0;
/// A second and third answer column (remarks) must speak for itself.
const MORE_TEXT: f32 = -1.0;
/// A table without any answer column, and one without any question.
const NO_ANSWER: f32 = -2.5;
const NO_QUESTION: f32 = -5.0;
/// Remark columns counted one by one; further ones weigh like the last of these.
const MOST_TEXTS: u16 = 3;

/// Which roles the columns so far have taken: a bit for each of [`ROLES`], and above them how many
/// columns hold answers in words. What the next column may be, and what that adds, depends on
/// nothing else, so the best assignment is found exactly, state by state.
type Taken = u16;
const TEXTS: u32 = ROLES.len() as u32;
const STATES: usize = 1 << (ROLES.len() + 2);

/// The best way to reach a state.
#[derive(Clone, Copy)]
struct Reached {
    score: f32,
    from: Taken,
    role: Role,
}

/// The best roles for the columns, left to right; each at most once, but for `Text` and `None`.
pub(super) fn assign(columns: &[LogicalColumn], profiles: &[Profile]) -> Vec<Role> {
    let start = Reached {
        score: 0.0,
        from: 0,
        role: Role::None,
    };
    let mut open: Vec<(Taken, Reached)> = vec![(0, start)];
    let mut steps: Vec<Vec<(Taken, Reached)>> = Vec::with_capacity(columns.len());
    for (column, profile) in columns.iter().zip(profiles) {
        let weights = total(column, profile);
        let mut next: Vec<Option<Reached>> = vec![None; STATES];
        for (taken, reached) in &open {
            for role in ROLES {
                let Some(more) = step(*taken, role, &weights) else {
                    continue;
                };
                let score = reached.score + more;
                let place = &mut next[usize::from(with(*taken, role))];
                if place.is_none_or(|p| score > p.score) {
                    *place = Some(Reached {
                        score,
                        from: *taken,
                        role,
                    });
                }
            }
        }
        open = (0..)
            .zip(next)
            .filter_map(|(taken, r)| Some((taken, r?)))
            .collect();
        steps.push(open.clone());
    }
    let mut roles = backwards(&steps);
    levels(&mut roles, columns, profiles);
    roles
}

/// The roles that lead to the best last state, which needs a question and an answer.
fn backwards(steps: &[Vec<(Taken, Reached)>]) -> Vec<Role> {
    let missing = |taken: Taken| {
        let answer = if has(taken, Role::Mark) || has(taken, Role::Text) {
            0.0
        } else {
            NO_ANSWER
        };
        let asks = has(taken, Role::Item) || has(taken, Role::Description);
        answer + if asks { 0.0 } else { NO_QUESTION }
    };
    let finish = |(taken, reached): &(Taken, Reached)| reached.score + missing(*taken);
    let last = steps.last().and_then(|l| {
        // The first of equals: the order of the states is fixed.
        l.iter()
            .rev()
            .max_by(|a, b| finish(a).total_cmp(&finish(b)))
    });
    let Some(mut at) = last.copied() else {
        return Vec::new();
    };
    let mut roles = vec![at.1.role];
    for step in steps.iter().rev().skip(1) {
        let Some(before) = step.iter().find(|(taken, _)| *taken == at.1.from) else {
            break;
        };
        at = *before;
        roles.push(at.1.role);
    }
    roles.reverse();
    roles
}

fn has(taken: Taken, role: Role) -> bool {
    taken & (1 << index(role)) != 0
}

fn texts(taken: Taken) -> u16 {
    taken >> TEXTS
}

fn with(taken: Taken, role: Role) -> Taken {
    let more = role == Role::Text && texts(taken) < MOST_TEXTS;
    (taken | (1 << index(role))) + (u16::from(more) << TEXTS)
}

fn total(column: &LogicalColumn, profile: &Profile) -> Weights {
    let mut weights = profile.weigh();
    for (w, title) in weights.iter_mut().zip(column.weights) {
        *w += title;
    }
    weights[index(Role::None)] += NO_ROLE;
    if profile.is_empty() && column.title.is_none() {
        weights[index(Role::None)] += 5.0;
    }
    weights
}

/// What the next column adds to the score in a role; none when the role is taken.
fn step(before: Taken, role: Role, weights: &Weights) -> Option<f32> {
    let asked = has(before, Role::Item) || has(before, Role::Description);
    let answered = has(before, Role::Mark) || has(before, Role::Text);
    let out_of_place = match role {
        Role::None => 0.0,
        Role::Text => {
            let early = if asked { 0.0 } else { ANSWER_FIRST };
            early + MORE_TEXT * f32::from(texts(before))
        }
        _ if has(before, role) => return None,
        Role::Mark => {
            let early = if asked { 0.0 } else { ANSWER_FIRST };
            early
                + if has(before, Role::Text) {
                    MARK_LATE
                } else {
                    0.0
                }
        }
        Role::Item | Role::Description if answered => ANSWER_FIRST,
        Role::Section if has(before, Role::Category) => GROUP_LATE,
        Role::Number | Role::Section | Role::Category if asked || answered => GROUP_LATE,
        Role::Unit if !asked => GROUP_LATE,
        _ => 0.0,
    };
    Some(weights[index(role)] + out_of_place)
}

/// Levels in columns of their own (`1 認証` | `1.1 ユーザー認証` | `1.1.1` | requirement): columns
/// whose cells carry numbers of growing depth are section, category and so on down, whatever
/// their titles say, but for titles of answers; the column after them is the item when none else is.
fn levels(roles: &mut [Role], columns: &[LogicalColumn], profiles: &[Profile]) {
    let answers = |i: usize| {
        let (role, weight) = best(&columns[i].weights);
        weight >= SPEAKS && matches!(role, Role::Mark | Role::Text | Role::None)
    };
    let mut depths: Vec<(usize, f32)> = Vec::new();
    for (i, profile) in profiles.iter().enumerate() {
        let deeper = |depth: &f32| depths.last().is_none_or(|(_, last)| *depth >= last + 0.5);
        if let Some(depth) = profile.level().filter(|d| deeper(d) && !answers(i)) {
            depths.push((i, depth));
        }
    }
    let numbered = (0..profiles.len()).find(|i| profiles[*i].is_numbered() && !answers(*i));
    let deeper = |i: usize| numbered.is_some_and(|n| n > i) || depths.len() > 1;
    if depths.is_empty() || !deeper(depths[0].0) {
        return;
    }
    // The deepest level names the item itself, unless a column of bare numbers follows it.
    let item = if numbered.is_some_and(|n| depths.iter().all(|(i, _)| *i < n)) {
        None
    } else {
        depths.pop().map(|(i, _)| i)
    };
    let groups = [Role::Section, Role::Category];
    for ((i, _), role) in depths.iter().zip(groups) {
        release(roles, role);
        roles[*i] = role;
    }
    if let Some(i) = item {
        release(roles, Role::Item);
        roles[i] = Role::Item;
    } else if let Some(n) = numbered {
        release(roles, Role::Number);
        roles[n] = Role::Number;
        // The requirement beside the deepest number is the item.
        let unnamed = !roles.contains(&Role::Item);
        if let Some(d) = roles
            .iter()
            .position(|r| unnamed && *r == Role::Description)
        {
            roles[d] = Role::Item;
        }
    }
}

fn release(roles: &mut [Role], role: Role) {
    for r in roles.iter_mut().filter(|r| **r == role) {
        *r = Role::None;
    }
}
