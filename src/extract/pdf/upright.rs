//! Makes a page fit to be read: turned so that its text runs to the right, nothing drawn twice.

use rustc_hash::FxHashMap;

use super::geometry::Rect;
use super::page::{Char, Direction, Page};

/// How far apart two strokes of a fake bold character may lie, in em. Below the advance of the
/// narrowest letters (0.2 em), so that `ll` stays two letters.
const FAKE_BOLD: f32 = 0.13;

/// Turns a page whose text mostly runs in another direction, and drops what is drawn twice.
pub fn settle(page: &mut Page) {
    drop_doubles(&mut page.chars);
    let direction = main_direction(&page.chars);
    if direction != Direction::Right {
        turn(page, direction);
    }
}

fn main_direction(chars: &[Char]) -> Direction {
    let directions = [
        Direction::Right,
        Direction::Down,
        Direction::Left,
        Direction::Up,
    ];
    let count = |d: &Direction| chars.iter().filter(|c| c.direction == *d).count();
    let most = directions
        .iter()
        .max_by_key(|d| (count(d), **d == Direction::Right));
    most.copied().unwrap_or_default()
}

/// The box after the turn that makes `direction` run to the right.
pub fn turned(rect: &Rect, direction: Direction, width: f32, height: f32) -> Rect {
    let corners = match direction {
        Direction::Right => return *rect,
        Direction::Down => [rect.y0, width - rect.x1, rect.y1, width - rect.x0],
        Direction::Left => [
            width - rect.x1,
            height - rect.y1,
            width - rect.x0,
            height - rect.y0,
        ],
        Direction::Up => [height - rect.y1, rect.x0, height - rect.y0, rect.x1],
    };
    let [x0, y0, x1, y1] = corners;
    Rect { x0, y0, x1, y1 }
}

fn turn(page: &mut Page, direction: Direction) {
    let (width, height) = (page.width, page.height);
    let sideways = matches!(direction, Direction::Down | Direction::Up);
    for c in &mut page.chars {
        c.rect = turned(&c.rect, direction, width, height);
        c.direction = relative(c.direction, direction);
    }
    for ruling in &mut page.rulings {
        ruling.rect = turned(&ruling.rect, direction, width, height);
        ruling.horizontal ^= sideways;
    }
    for shading in &mut page.shadings {
        *shading = turned(shading, direction, width, height);
    }
    if sideways {
        (page.width, page.height) = (height, width);
    }
}

/// A direction as seen after the turn that makes `main` run to the right.
pub fn relative(direction: Direction, main: Direction) -> Direction {
    let order = [
        Direction::Right,
        Direction::Down,
        Direction::Left,
        Direction::Up,
    ];
    let place = |d: Direction| order.iter().position(|o| *o == d).unwrap_or(0);
    order[(place(direction) + 4 - place(main)) % 4]
}

/// Keeps one of characters that are drawn on top of each other, a visible one where there is one.
fn drop_doubles(chars: &mut Vec<Char>) {
    // Each character is filed under the cell of a grid its centre lies in; a double lies in the
    // same or a neighbouring one.
    const GRID: f32 = 4.0;
    let mut places: FxHashMap<(i32, i32, char), Vec<u32>> = FxHashMap::default();
    let mut drop = vec![false; chars.len()];
    for (i, c) in chars.iter().enumerate() {
        if c.c == ' ' || c.c == '\u{FFFD}' {
            continue;
        }
        let (x, y) = c.rect.center();
        let (gx, gy) = ((x / GRID).floor() as i32, (y / GRID).floor() as i32);
        let reach = (FAKE_BOLD * c.size).min(GRID);
        // Only neighbours that the reach touches need a look.
        let span = |v: f32, g: i32| {
            let low = ((v - reach) / GRID).floor() as i32;
            let high = ((v + reach) / GRID).floor() as i32;
            low.max(g - 1)..=high.min(g + 1)
        };
        let double = span(x, gx).any(|nx| {
            span(y, gy).any(|ny| {
                let Some(others) = places.get(&(nx, ny, c.c)) else {
                    return false;
                };
                others.iter().take(16).any(|&o| {
                    let o = &chars[o as usize];
                    let (ox, oy) = o.rect.center();
                    (ox - x).abs() <= reach
                        && (oy - y).abs() <= reach
                        && (o.size - c.size).abs() <= c.size * 0.2
                })
            })
        });
        if double {
            drop[i] = true;
        } else {
            places.entry((gx, gy, c.c)).or_default().push(i as u32);
        }
    }
    let mut keep = drop.iter().map(|d| !d);
    chars.retain(|_| keep.next().unwrap_or(true));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(c: char, x: f32, y: f32, direction: Direction) -> Char {
        let rect = Rect {
            x0: x,
            y0: y,
            x1: x + 10.0,
            y1: y + 10.0,
        };
        Char {
            c,
            rect,
            size: 10.0,
            direction,
            vertical: false,
            invisible: false,
            oblique: false,
            run: 0,
        }
    }

    #[test]
    fn a_turned_page_reads_to_the_right() {
        for direction in [Direction::Down, Direction::Left, Direction::Up] {
            let step = match direction {
                Direction::Down => (0.0, 12.0),
                Direction::Up => (0.0, -12.0),
                _ => (-12.0, 0.0),
            };
            let place = |i: f32| (100.0 + step.0 * i, 100.0 + step.1 * i);
            let chars = (0..3).map(|i| {
                let (x, y) = place(i as f32);
                at('あ', x, y, direction)
            });
            let mut page = Page {
                width: 300.0,
                height: 200.0,
                chars: chars.collect(),
                ..Page::default()
            };
            settle(&mut page);
            let lefts: Vec<f32> = page.chars.iter().map(|c| c.rect.x0).collect();
            assert!(lefts.is_sorted(), "{direction:?} {lefts:?}");
            assert!(
                page.chars
                    .iter()
                    .all(|c| c.rect.y0 == page.chars[0].rect.y0)
            );
            assert!(page.chars.iter().all(|c| c.direction == Direction::Right));
        }
    }

    #[test]
    fn what_is_drawn_twice_counts_once() {
        for (dx, dy, left) in [
            (0.0, 0.0, 1),
            (0.5, 0.0, 1),
            (0.3, 0.3, 1),
            (2.5, 0.0, 2),
            (0.0, 9.0, 2),
        ] {
            let mut chars = vec![
                at('l', 50.0, 50.0, Direction::Right),
                at('l', 50.0 + dx, 50.0 + dy, Direction::Right),
            ];
            drop_doubles(&mut chars);
            assert_eq!(chars.len(), left, "{dx} {dy}");
        }
        let mut chars = vec![
            at('l', 50.0, 50.0, Direction::Right),
            at('i', 50.0, 50.0, Direction::Right),
        ];
        drop_doubles(&mut chars);
        assert_eq!(chars.len(), 2);
    }
}
