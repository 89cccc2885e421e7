//! Paths, as far as they rule a table: straight lines, thin boxes, shaded boxes, clips.

use hayro_syntax::content::ops::TypedInstruction as Op;

use super::super::geometry::Rect;
use super::super::limits;
use super::super::page::Ruling;
use super::{Interpreter, num};

/// Thickest box that is taken for a line; Excel's thickest border is 2.25 points.
pub const THIN: f32 = 3.0;
/// How far from level or upright a line may be, in points.
const CROOKED: f64 = 0.6;
/// Most points of a path that are kept; tables need four a cell.
const MAX_POINTS: usize = 100_000;

/// The path under construction, on the page.
#[derive(Default)]
pub struct Path {
    pieces: Vec<Piece>,
    points: usize,
    /// It also clips, once painted.
    clips: bool,
}

#[derive(Default)]
struct Piece {
    points: Vec<(f64, f64)>,
    /// Places at which a curve, not a line, leads to the point.
    curves: Vec<usize>,
    closed: bool,
}

impl Path {
    pub fn clear(&mut self) {
        self.pieces.clear();
        self.points = 0;
        self.clips = false;
    }

    fn start(&mut self, p: (f64, f64)) {
        if self.points < MAX_POINTS {
            self.points += 1;
            self.pieces.push(Piece {
                points: vec![p],
                ..Piece::default()
            });
        }
    }

    fn line(&mut self, p: (f64, f64), curve: bool) {
        if self.points >= MAX_POINTS {
            return;
        }
        self.points += 1;
        // After `h` a new piece starts where the closed one began.
        if let Some(last) = self.pieces.last()
            && last.closed
            && let Some(&first) = last.points.first()
        {
            self.start(first);
        }
        match self.pieces.last_mut() {
            Some(piece) => {
                if curve {
                    piece.curves.push(piece.points.len());
                }
                piece.points.push(p);
            }
            None => self.start(p),
        }
    }

    fn bounds(&self) -> Option<Rect> {
        let mut all = self.pieces.iter().filter_map(Piece::bounds);
        let first = all.next()?;
        Some(all.fold(first, |a, b| a.union(&b)))
    }
}

impl Piece {
    fn bounds(&self) -> Option<Rect> {
        let mut points = self.points.iter();
        let first = *points.next()?;
        let start = Rect::around(first, first);
        Some(points.fold(start, |r, p| r.union(&Rect::around(*p, *p))))
    }

    /// Drawn in curves alone, as circles are: in four, or in eight.
    fn is_curved(&self) -> bool {
        let lines = self.points.len().saturating_sub(1 + self.curves.len());
        (4..=8).contains(&self.curves.len()) && lines <= 1
    }

    /// A box with level and upright sides.
    fn as_box(&self) -> Option<Rect> {
        if !self.curves.is_empty() || !(4..=5).contains(&self.points.len()) {
            return None;
        }
        let straight = self.points.windows(2).all(|w| match w {
            [a, b] => (a.0 - b.0).abs() < CROOKED || (a.1 - b.1).abs() < CROOKED,
            _ => true,
        });
        if !straight {
            return None;
        }
        let bounds = self.bounds()?;
        let corner = |p: &(f64, f64)| {
            let (x, y) = (p.0 as f32, p.1 as f32);
            ((x - bounds.x0).abs() < 1.0 || (x - bounds.x1).abs() < 1.0)
                && ((y - bounds.y0).abs() < 1.0 || (y - bounds.y1).abs() < 1.0)
        };
        self.points.iter().all(corner).then_some(bounds)
    }
}

impl Interpreter<'_, '_> {
    /// Carries out a path operator; false when it is none.
    pub(super) fn path_operator(&mut self, op: &Op<'_, '_>) -> bool {
        match op {
            Op::MoveTo(p) => {
                let p = self.state.ctm.apply(num(&p.0), num(&p.1));
                self.path.start(p);
            }
            Op::LineTo(p) => self.line_to(num(&p.0), num(&p.1), false),
            Op::CubicTo(p) => self.line_to(num(&p.4), num(&p.5), true),
            Op::CubicStartTo(p) => self.line_to(num(&p.2), num(&p.3), true),
            Op::CubicEndTo(p) => self.line_to(num(&p.2), num(&p.3), true),
            Op::ClosePath(_) => {
                if let Some(piece) = self.path.pieces.last_mut() {
                    piece.closed = true;
                }
            }
            Op::RectPath(r) => {
                let (x, y, w, h) = (num(&r.0), num(&r.1), num(&r.2), num(&r.3));
                let ctm = self.state.ctm;
                self.path.start(ctm.apply(x, y));
                self.line_to(x + w, y, false);
                self.line_to(x + w, y + h, false);
                self.line_to(x, y + h, false);
                if let Some(piece) = self.path.pieces.last_mut() {
                    piece.closed = true;
                }
            }
            Op::StrokePath(_) => self.paint(false, true, false),
            Op::CloseAndStrokePath(_) => self.paint(false, true, true),
            Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_) => {
                self.paint(true, false, false);
            }
            Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => {
                self.paint(true, true, false);
            }
            Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                self.paint(true, true, true);
            }
            Op::EndPath(_) => self.paint(false, false, false),
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => self.path.clips = true,
            _ => return false,
        }
        true
    }

    fn line_to(&mut self, x: f64, y: f64, curve: bool) {
        let p = self.state.ctm.apply(x, y);
        self.path.line(p, curve);
    }

    fn paint(&mut self, fill: bool, stroke: bool, close: bool) {
        if close && let Some(piece) = self.path.pieces.last_mut() {
            piece.closed = true;
        }
        let path = std::mem::take(&mut self.path);
        if self.hidden == 0 {
            if fill {
                self.fill(&path);
            }
            if stroke {
                self.stroke(&path);
            }
        }
        if path.clips
            && let Some(bounds) = path.bounds()
        {
            self.state.clip = self.state.clip.intersect(&bounds);
        }
        // The buffers are kept for the next path.
        self.path = path;
        self.path.clear();
    }

    fn fill(&mut self, path: &Path) {
        if let [outer, inner] = path.pieces.as_slice()
            && let (Some(outer), Some(inner)) = (outer.as_box(), inner.as_box())
            && self.frame(outer, inner)
        {
            return;
        }
        for piece in &path.pieces {
            let Some(bounds) = piece.bounds() else {
                continue;
            };
            if piece.is_curved() {
                self.rounds.add(bounds, !self.state.fill.white);
            }
            let thin = bounds.width().min(bounds.height()) <= THIN;
            let long = bounds.width().max(bounds.height());
            if thin && piece.curves.is_empty() {
                if long > bounds.width().min(bounds.height()) * 1.5 {
                    self.thin(bounds);
                } else if !self.is_full() {
                    self.page.dots.push(bounds);
                }
            } else if !thin
                && !self.state.fill.white
                && let Some(rect) = piece.as_box()
            {
                self.shade(rect);
            }
        }
    }

    /// A box with a smaller one cut out of it, close to its edges: four lines at once.
    fn frame(&mut self, a: Rect, b: Rect) -> bool {
        let (outer, inner) = if a.encloses(&b, 0.01) { (a, b) } else { (b, a) };
        if !outer.encloses(&inner, 0.01) {
            return false;
        }
        let sides = [
            Rect {
                x1: inner.x0,
                ..outer
            },
            Rect {
                x0: inner.x1,
                ..outer
            },
            Rect {
                y1: inner.y0,
                ..outer
            },
            Rect {
                y0: inner.y1,
                ..outer
            },
        ];
        let thickness = |r: &Rect| r.width().min(r.height());
        if sides.iter().any(|side| thickness(side) > THIN) {
            return false;
        }
        for side in sides.into_iter().filter(|side| thickness(side) > 0.02) {
            self.thin(side);
        }
        true
    }

    fn stroke(&mut self, path: &Path) {
        let width = (self.state.line_width * self.state.ctm.scale()).min(1e4) as f32;
        for piece in &path.pieces {
            if piece.is_curved()
                && let Some(bounds) = piece.bounds()
            {
                self.rounds.add(bounds, false);
            }
            let ends = piece
                .closed
                .then(|| (piece.points.last(), piece.points.first()));
            let closing = match ends {
                Some((Some(a), Some(b))) => Some((*a, *b)),
                _ => None,
            };
            let lines = piece
                .points
                .windows(2)
                .enumerate()
                .filter_map(|(i, w)| match w {
                    [a, b] if !piece.curves.contains(&(i + 1)) => Some((*a, *b)),
                    _ => None,
                });
            // A path of many curves is a drawing; its straight parts rule nothing, and looking
            // each up would take quadratic time.
            if piece.curves.len() > 16 {
                continue;
            }
            for (a, b) in lines.chain(closing) {
                let level = (a.1 - b.1).abs() < CROOKED;
                let upright = (a.0 - b.0).abs() < CROOKED;
                let mut rect = Rect::around(a, b);
                if width <= THIN {
                    if level || upright {
                        self.thin(rect);
                    }
                } else if level {
                    // A line as thick as a row is shading.
                    (rect.y0, rect.y1) = (rect.y0 - width / 2.0, rect.y1 + width / 2.0);
                    self.shade(rect);
                } else if upright {
                    (rect.x0, rect.x1) = (rect.x0 - width / 2.0, rect.x1 + width / 2.0);
                    self.shade(rect);
                }
            }
        }
    }

    /// Adds a line given as a thin box.
    pub(super) fn thin(&mut self, rect: Rect) {
        let shown = self.bounds.intersect(&self.state.clip);
        // The slack keeps a border that lies on the edge of its clip.
        let rect = Rect {
            x0: rect.x0.max(shown.x0 - THIN),
            y0: rect.y0.max(shown.y0 - THIN),
            x1: rect.x1.min(shown.x1 + THIN),
            y1: rect.y1.min(shown.y1 + THIN),
        };
        if !(rect.x1 >= rect.x0 && rect.y1 >= rect.y0) || self.is_full() {
            return;
        }
        let horizontal = rect.width() >= rect.height();
        let (cx, cy) = rect.center();
        let rect = if horizontal {
            Rect {
                y0: cy,
                y1: cy,
                ..rect
            }
        } else {
            Rect {
                x0: cx,
                x1: cx,
                ..rect
            }
        };
        self.page.rulings.push(Ruling { rect, horizontal });
    }

    fn shade(&mut self, rect: Rect) {
        let rect = rect.intersect(&self.bounds).intersect(&self.state.clip);
        if !rect.is_empty() && !self.is_full() {
            self.page.shadings.push(rect);
        }
    }

    fn is_full(&mut self) -> bool {
        let full = self.page.rulings.len() + self.page.shadings.len() >= limits::MAX_PAGE_RULINGS;
        self.page.truncated |= full;
        full
    }
}
