//! What a page shows: characters and rulings, after all transforms.

use serde::Serialize;

use super::geometry::Rect;

/// Widest gap within one text, in em.
const WITHIN_TEXT: f32 = 0.3;

/// Which way a run of text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    #[default]
    Right,
    Down,
    Left,
    Up,
}

/// One character on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Char {
    /// U+FFFD where the font does not tell.
    pub c: char,
    /// Its em box.
    pub rect: Rect,
    /// Font size in points, after all transforms.
    pub size: f32,
    pub direction: Direction,
    /// Set vertically: characters stand upright and follow each other downwards.
    pub vertical: bool,
    /// Drawn in no colour (a text layer over a scan).
    pub invisible: bool,
    /// Neither level nor upright: a watermark.
    pub oblique: bool,
    /// Characters of one run were drawn one after the other without being placed anew.
    pub run: u32,
}

impl Char {
    /// Whether this character was drawn right after another one, as one text.
    pub fn continues(&self, before: &Char) -> bool {
        self.run == before.run
            && (self.rect.y1 - before.rect.y1).abs() <= 0.2 * self.size
            && (self.rect.x0 - before.rect.x1).abs() <= WITHIN_TEXT * self.size
    }
}

/// A straight line that separates: stroked, a thin filled box, or the edge of a shaded box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ruling {
    /// A box of no height (horizontal) or no width (vertical).
    pub rect: Rect,
    pub horizontal: bool,
}

/// A page, upright, y down.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// 1-based.
    pub number: u32,
    pub width: f32,
    pub height: f32,
    pub chars: Vec<Char>,
    /// Text laid over the page: watermarks, a footer across a table's last row.
    pub overlaid: Vec<Char>,
    pub rulings: Vec<Ruling>,
    /// Filled boxes as small as a dot; in a row they are a dotted line.
    pub dots: Vec<Rect>,
    /// Filled boxes that are no lines.
    pub shadings: Vec<Rect>,
    /// Part of the page that images cover, 0..1.
    pub image_cover: f32,
    /// Characters whose font does not say what they mean.
    pub undecodable: u32,
    /// A limit cut this page short.
    pub truncated: bool,
    /// Operators carried out, to bound the work of a document.
    pub operators: u64,
}

/// A page as `inspect --stage chars` prints it: points, y down, page rotation applied.
#[derive(Debug, Clone, Serialize)]
pub struct PageChars {
    /// 1-based.
    pub page: u32,
    /// Points.
    pub width: f32,
    /// Points.
    pub height: f32,
    /// Every character in the order in which it is drawn.
    pub chars: Vec<CharBox>,
    /// Every line that separates, `[x0, y0, x1, y1]`.
    pub rulings: Vec<[f32; 4]>,
}

/// A character and its em box.
#[derive(Debug, Clone, Serialize)]
pub struct CharBox {
    /// The character.
    pub c: char,
    /// Left.
    pub x: f32,
    /// Top.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl From<&Page> for PageChars {
    fn from(page: &Page) -> Self {
        let one = |c: &Char| CharBox {
            c: c.c,
            x: c.rect.x0,
            y: c.rect.y0,
            w: c.rect.width(),
            h: c.rect.height(),
        };
        PageChars {
            page: page.number,
            width: page.width,
            height: page.height,
            chars: page.chars.iter().chain(&page.overlaid).map(one).collect(),
            rulings: page.rulings.iter().map(|r| r.rect.to_array()).collect(),
        }
    }
}
