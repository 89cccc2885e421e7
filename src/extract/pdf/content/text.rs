//! Text operators: from strings to characters with their boxes.

use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::Object;

use super::super::font::Text;
use super::super::geometry::{Matrix, Rect};
use super::super::limits;
use super::super::page::{Char, Direction};
use super::{Interpreter, matrix, num};

/// How far the em box of Japanese fonts reaches below the baseline, in em (the convention that
/// OpenType's ideographic baseline and Adobe's fonts share).
const DESCENT: f64 = 0.12;
const ASCENT: f64 = 1.0 - DESCENT;
/// Slope from which text is neither level nor upright; scans are askew by a few degrees.
const OBLIQUE: f64 = 0.2;

impl Interpreter<'_, '_> {
    pub(super) fn text_operator(&mut self, op: &Op<'_, '_>) {
        match op {
            Op::BeginText(_) => {
                self.run += 1;
                self.text_matrix = Matrix::IDENTITY;
                self.line_matrix = Matrix::IDENTITY;
            }
            Op::CharacterSpacing(v) => self.state.char_space = num(&v.0),
            Op::WordSpacing(v) => self.state.word_space = num(&v.0),
            Op::HorizontalScaling(v) => self.state.stretch = num(&v.0) / 100.0,
            Op::TextLeading(v) => self.state.leading = num(&v.0),
            Op::TextRise(v) => self.state.rise = num(&v.0),
            Op::TextRenderingMode(v) => self.state.mode = v.0.as_i64(),
            Op::NextLine(v) => self.next_line(num(&v.0), num(&v.1)),
            Op::NextLineAndSetLeading(v) => {
                self.state.leading = -num(&v.1);
                self.next_line(num(&v.0), num(&v.1));
            }
            Op::SetTextMatrix(m) => {
                let m = matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]);
                self.run += 1;
                self.text_matrix = m;
                self.line_matrix = m;
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::ShowText(s) => self.show(s.0.as_bytes()),
            Op::NextLineAndShowText(s) => {
                self.next_line(0.0, -self.state.leading);
                self.show(s.0.as_bytes());
            }
            Op::ShowTextWithParameters(s) => {
                self.state.word_space = num(&s.0);
                self.state.char_space = num(&s.1);
                self.next_line(0.0, -self.state.leading);
                self.show(s.2.as_bytes());
            }
            Op::ShowTexts(parts) => {
                for part in parts.0.iter::<Object<'_>>() {
                    match part {
                        Object::String(s) => self.show(s.as_bytes()),
                        Object::Number(n) => self.kern(num(&n)),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        let moved = Matrix::translate(x, y).then(&self.line_matrix);
        self.run += 1;
        if moved.is_finite() {
            self.line_matrix = moved;
            self.text_matrix = moved;
        }
    }

    fn is_vertical(&mut self) -> bool {
        self.state
            .font
            .and_then(|at| self.fonts.get(at))
            .is_some_and(|f| f.vertical)
    }

    fn kern(&mut self, thousandths: f64) {
        let back = -thousandths / 1000.0 * self.state.size;
        let (x, y) = if self.is_vertical() {
            (0.0, back)
        } else {
            (back * self.state.stretch, 0.0)
        };
        self.text_matrix = Matrix::translate(x, y).then(&self.text_matrix);
    }

    fn show(&mut self, bytes: &[u8]) {
        // Text in a font that is not there is text all the same.
        let at = match self.state.font {
            Some(at) => at,
            None => *self.state.font.insert(self.fonts.missing()),
        };
        let state = &self.state;
        let Some(font) = self.fonts.get(at) else {
            return;
        };
        let (size, stretch, rise) = (state.size, state.stretch, state.rise);
        let to_page = self.text_matrix.then(&state.ctm);
        let visible = self.hidden == 0 && to_page.is_finite();
        let vertical = font.vertical;
        let em = size * font.em;
        let (ux, uy) = if vertical {
            to_page.turn(0.0, -size)
        } else {
            to_page.turn(size * stretch, 0.0)
        };
        let direction = direction_of(ux, uy);
        let oblique = ux.abs().min(uy.abs()) > OBLIQUE * ux.abs().max(uy.abs());
        let height = to_page.turn(0.0, em);
        let shown_size = height.0.hypot(height.1) as f32;
        let invisible = state.mode == 3 || state.mode == 7;
        let (mut x, mut y) = (0.0, 0.0);
        let mut at = 0;
        while let Some((code, len)) = font.next_code(bytes, at) {
            at += len;
            let word_space = if len == 1 && code == 32 {
                state.word_space
            } else {
                0.0
            };
            let glyph = font.glyph(code);
            if visible {
                if self.page.chars.len() >= limits::MAX_PAGE_CHARS {
                    self.page.truncated = true;
                    return;
                }
                let left = x + glyph.offset.0 * size * stretch;
                let base = y + rise + glyph.offset.1 * size;
                let rect = to_page.bounds(
                    left,
                    base - DESCENT * em,
                    left + glyph.width * size * stretch,
                    base + ASCENT * em,
                );
                let char = Char {
                    c: '\u{FFFD}',
                    rect,
                    size: shown_size,
                    direction,
                    vertical,
                    invisible,
                    oblique,
                    run: self.run,
                };
                if self.bounds.contains(rect.center())
                    && !is_cut(&rect, direction, &self.state.clip)
                {
                    match &glyph.text {
                        Text::One(c) => self.page.chars.push(Char { c: *c, ..char }),
                        Text::Many(s) => push_split(&mut self.page.chars, &char, s),
                        Text::Unknown => {
                            self.page.undecodable += 1;
                            self.page.chars.push(char);
                        }
                    }
                }
            }
            if vertical {
                y += glyph.advance.1 * size + state.char_space + word_space;
            } else {
                x += (glyph.advance.0 * size + state.char_space + word_space) * stretch;
            }
        }
        let moved = Matrix::translate(x, y).then(&self.text_matrix);
        if moved.is_finite() {
            self.text_matrix = moved;
        }
    }
}

/// Whether a clip hides a line of text as a whole: the line that a cell carries over from the page
/// before, say. What a clip cuts off at the end of a line is text too long for its cell, and stays.
fn is_cut(rect: &Rect, direction: Direction, clip: &Rect) -> bool {
    let (x, y) = rect.center();
    match direction {
        Direction::Right | Direction::Left => y < clip.y0 || y > clip.y1,
        Direction::Down | Direction::Up => x < clip.x0 || x > clip.x1,
    }
}

fn direction_of(x: f64, y: f64) -> Direction {
    match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
        (true, true, _) => Direction::Right,
        (true, false, _) => Direction::Left,
        (false, _, true) => Direction::Down,
        (false, _, false) => Direction::Up,
    }
}

/// One box shared by several characters, side by side in the direction of writing.
pub(super) fn push_split(chars: &mut Vec<Char>, whole: &Char, text: &str) {
    let n = text.chars().count().max(1) as f32;
    for (i, c) in text.chars().enumerate() {
        let (from, to) = (i as f32 / n, (i as f32 + 1.0) / n);
        let mut rect = whole.rect;
        let (w, h) = (rect.width(), rect.height());
        match whole.direction {
            Direction::Right => (rect.x0, rect.x1) = (rect.x0 + w * from, rect.x0 + w * to),
            Direction::Left => (rect.x0, rect.x1) = (rect.x1 - w * to, rect.x1 - w * from),
            Direction::Down => (rect.y0, rect.y1) = (rect.y0 + h * from, rect.y0 + h * to),
            Direction::Up => (rect.y0, rect.y1) = (rect.y1 - h * to, rect.y1 - h * from),
        }
        chars.push(Char { c, rect, ..*whole });
    }
}
