//! List marks that are drawn, not written: browsers draw the discs of a list.
//!
//! Only what can be nothing else: a filled disc as small as a bullet, right before the first
//! character of a text and at half its height. Not a dot in a ring (a choice that is made), nor dots
//! in a row (a line), nor one behind a line of the table (a mark in a column of its own). Squares and
//! rings are left alone: boxes to tick look like them.

use super::super::geometry::Rect;
use super::super::page::{Char, Direction, Page};

/// Largest shape that is looked at, in points.
const LARGEST: f32 = 24.0;
/// Diameter of a bullet, in em.
const DIAMETER: std::ops::RangeInclusive<f32> = 0.12..=0.5;
/// Room between a bullet and its text, in em.
const ROOM: std::ops::RangeInclusive<f32> = 0.05..=1.8;
/// Room before a bullet, in em.
const BEFORE: f32 = 1.0;
/// How far a bullet's middle may be from that of its text, in em.
const OFF_MIDDLE: f32 = 0.3;
/// Most round shapes of a page that are a list and no drawing.
const MAX_SHAPES: usize = 300;

/// Round shapes as small as bullets and the circles around them.
#[derive(Default)]
pub struct Rounds {
    discs: Vec<Rect>,
    rings: Vec<Rect>,
}

impl Rounds {
    /// Adds a closed curve's box; `solid` is what is filled in a colour that shows.
    pub fn add(&mut self, rect: Rect, solid: bool) {
        let (w, h) = (rect.width(), rect.height());
        let is_round = (w - h).abs() <= 0.15 * w.max(h) && w > 0.0 && w <= LARGEST;
        if is_round && self.discs.len() + self.rings.len() <= MAX_SHAPES {
            let list = if solid {
                &mut self.discs
            } else {
                &mut self.rings
            };
            list.push(rect);
        }
    }

    /// Writes the marks into a page, each before the text that it marks.
    pub fn write(self, page: &mut Page) {
        if self.discs.is_empty() || self.discs.len() + self.rings.len() > MAX_SHAPES {
            return;
        }
        let mut marks: Vec<(usize, Char)> = Vec::new();
        for (i, disc) in self.discs.iter().enumerate() {
            let others = self.discs.iter().enumerate().filter(|(j, _)| *j != i);
            let mut around = self.rings.iter().chain(others.map(|(_, d)| d));
            if !around.any(|other| speaks_against(other, disc)) {
                marks.extend(mark(disc, page));
            }
        }
        marks.sort_by_key(|(at, _)| *at);
        marks.dedup_by_key(|(at, _)| *at);
        for (at, mark) in marks.into_iter().rev() {
            page.chars.insert(at, mark);
        }
    }
}

/// Whether a shape is drawn around a disc, or beside it as the next dot of a line.
fn speaks_against(other: &Rect, disc: &Rect) -> bool {
    let (a, b) = (other.center(), disc.center());
    let level = (a.1 - b.1).abs() < disc.height() / 2.0;
    let beside = level && (a.0 - b.0).abs() < 4.0 * disc.width();
    let same = (a.0 - b.0).abs() < 0.1 && (a.1 - b.1).abs() < 0.1;
    other.encloses(disc, 0.1) && !(same && other.width() <= disc.width() + 0.1) || (beside && !same)
}

/// The mark that a disc is, and the character that it stands before.
fn mark(disc: &Rect, page: &Page) -> Option<(usize, Char)> {
    let (x, y) = disc.center();
    let on_line = |c: &Char| {
        c.direction == Direction::Right
            && !c.oblique
            && !c.c.is_whitespace()
            && (c.rect.center().1 - y).abs() <= OFF_MIDDLE * c.size
    };
    let line = || page.chars.iter().enumerate().filter(|(_, c)| on_line(c));
    let after = line().filter(|(_, c)| c.rect.x0 >= x);
    let (at, first) = after.min_by(|(_, a), (_, b)| a.rect.x0.total_cmp(&b.rect.x0))?;
    let room = (first.rect.x0 - disc.x1) / first.size;
    if !DIAMETER.contains(&(disc.width() / first.size)) || !ROOM.contains(&room) {
        return None;
    }
    let close = disc.x0 - BEFORE * first.size;
    if line().any(|(_, c)| c.rect.x0 < x && c.rect.x1 > close) {
        return None;
    }
    let parts = page.rulings.iter().any(|r| {
        !r.horizontal
            && r.rect.x0 > x
            && r.rect.x0 < first.rect.x0
            && r.rect.y0 < y
            && y < r.rect.y1
    });
    let rect = Rect {
        x0: disc.x0,
        x1: first.rect.x0,
        ..first.rect
    };
    let mark = Char {
        c: '・',
        rect,
        ..*first
    };
    (!parts).then_some((at, mark))
}
