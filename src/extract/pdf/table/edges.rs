//! Rulings to edges: straight, snapped to each other, in one piece.

use super::super::geometry::Rect;
use super::super::page::Ruling;

/// Lines closer than this are one: both strokes of a double rule, a border drawn by each of two
/// neighbouring cells. In points; a row of text needs at least twice as much.
const SNAP: f32 = 2.0;
/// Gap within a line that is bridged, in points.
const BRIDGE: f32 = 2.0;
/// A piece up to this long may be a dash, in points.
const DASH: f32 = 12.0;
/// Gap between dashes, as a multiple of their length.
const DASH_GAP: f32 = 1.5;
/// Widest gap between dashes, in points.
const MAX_DASH_GAP: f32 = 8.0;
/// More edges than this are a drawing, not tables: a page of 60 rows and 12 columns, each cell
/// bordered on its own, has 2,000.
pub const MAX_EDGES: usize = 6_000;

/// A line at one coordinate, from one place to another along it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    pub at: f32,
    pub from: f32,
    pub to: f32,
}

impl Edge {
    pub fn len(&self) -> f32 {
        self.to - self.from
    }
}

/// Level and upright edges.
#[derive(Debug, Clone, Default)]
pub struct Edges {
    pub level: Vec<Edge>,
    pub upright: Vec<Edge>,
}

/// Shortest line that dots make, in points.
const DOTTED: f32 = 6.0;

/// The lines that rows of dots make.
pub fn dotted(dots: &[Rect]) -> Vec<Ruling> {
    let level = dots.iter().map(|d| Edge {
        at: d.center().1,
        from: d.x0,
        to: d.x1,
    });
    let upright = dots.iter().map(|d| Edge {
        at: d.center().0,
        from: d.y0,
        to: d.y1,
    });
    let mut out = Vec::new();
    for e in merge(level.collect())
        .into_iter()
        .filter(|e| e.len() >= DOTTED)
    {
        let rect = Rect {
            x0: e.from,
            y0: e.at,
            x1: e.to,
            y1: e.at,
        };
        out.push(Ruling {
            rect,
            horizontal: true,
        });
    }
    for e in merge(upright.collect())
        .into_iter()
        .filter(|e| e.len() >= DOTTED)
    {
        let rect = Rect {
            x0: e.at,
            y0: e.from,
            x1: e.at,
            y1: e.to,
        };
        out.push(Ruling {
            rect,
            horizontal: false,
        });
    }
    out
}

impl Edges {
    pub fn of(rulings: &[Ruling]) -> Edges {
        let mut edges = Edges::default();
        for r in rulings {
            edges.push(r);
        }
        edges.settle();
        edges
    }

    /// The outlines of shaded boxes, together with rulings.
    pub fn with_shadings(rulings: &[Ruling], shadings: &[Rect]) -> Edges {
        let mut edges = Edges::default();
        for r in rulings {
            edges.push(r);
        }
        for s in shadings {
            for y in [s.y0, s.y1] {
                edges.level.push(Edge {
                    at: y,
                    from: s.x0,
                    to: s.x1,
                });
            }
            for x in [s.x0, s.x1] {
                edges.upright.push(Edge {
                    at: x,
                    from: s.y0,
                    to: s.y1,
                });
            }
        }
        edges.settle();
        edges
    }

    fn push(&mut self, ruling: &Ruling) {
        let r = &ruling.rect;
        if ruling.horizontal {
            self.level.push(Edge {
                at: r.y0,
                from: r.x0,
                to: r.x1,
            });
        } else {
            self.upright.push(Edge {
                at: r.x0,
                from: r.y0,
                to: r.y1,
            });
        }
    }

    fn settle(&mut self) {
        self.level = merge(std::mem::take(&mut self.level));
        self.upright = merge(std::mem::take(&mut self.upright));
    }

    pub fn is_drawing(&self) -> bool {
        self.level.len() > MAX_EDGES || self.upright.len() > MAX_EDGES
    }
}

/// Snaps lines to each other and joins their pieces.
fn merge(mut edges: Vec<Edge>) -> Vec<Edge> {
    edges.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out = Vec::new();
    let mut group: Vec<Edge> = Vec::new();
    let mut start = 0.0f32;
    for edge in edges {
        let apart = group.last().is_none_or(|last| edge.at - last.at > SNAP)
            || edge.at - start > SNAP * 1.5;
        if apart {
            flush(&mut group, &mut out);
            start = edge.at;
        }
        group.push(edge);
    }
    flush(&mut group, &mut out);
    out
}

fn flush(group: &mut Vec<Edge>, out: &mut Vec<Edge>) {
    if group.is_empty() {
        return;
    }
    let weight: f32 = group.iter().map(|e| e.len().max(0.1)).sum();
    let at = group.iter().map(|e| e.at * e.len().max(0.1)).sum::<f32>() / weight;
    group.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut whole: Option<Edge> = None;
    let mut last_piece = 0.0f32;
    for piece in group.drain(..) {
        let bridge = if piece.len() <= DASH && last_piece <= DASH {
            (piece.len().max(last_piece) * DASH_GAP).clamp(BRIDGE, MAX_DASH_GAP)
        } else {
            BRIDGE
        };
        match whole.as_mut() {
            Some(w) if piece.from - w.to <= bridge => w.to = w.to.max(piece.to),
            _ => {
                out.extend(whole.take());
                whole = Some(Edge { at, ..piece });
            }
        }
        last_piece = piece.len();
    }
    out.extend(whole);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(y: f32, from: f32, to: f32) -> Ruling {
        let rect = Rect {
            x0: from,
            y0: y,
            x1: to,
            y1: y,
        };
        Ruling {
            rect,
            horizontal: true,
        }
    }

    #[test]
    fn pieces_become_lines() {
        for (what, rulings, edges) in [
            (
                "borders of neighbours",
                vec![level(10.0, 0.0, 50.0), level(10.4, 50.5, 90.0)],
                1,
            ),
            (
                "a double rule",
                vec![level(10.0, 0.0, 90.0), level(11.8, 0.0, 90.0)],
                1,
            ),
            (
                "two tables side by side",
                vec![level(10.0, 0.0, 50.0), level(10.0, 56.0, 90.0)],
                2,
            ),
            (
                "two rows",
                vec![level(10.0, 0.0, 90.0), level(20.0, 0.0, 90.0)],
                2,
            ),
            (
                "dashes",
                (0..20)
                    .map(|i| level(10.0, i as f32 * 6.0, i as f32 * 6.0 + 3.0))
                    .collect(),
                1,
            ),
            (
                "dots",
                (0..20)
                    .map(|i| level(10.0, i as f32 * 2.0, i as f32 * 2.0 + 0.5))
                    .collect(),
                1,
            ),
        ] {
            assert_eq!(Edges::of(&rulings).level.len(), edges, "{what}");
        }
    }
}
