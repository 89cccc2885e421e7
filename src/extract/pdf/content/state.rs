//! The graphics state, as far as text and lines depend on it.

use hayro_syntax::object::{Array, Name, Number, Object};
use hayro_syntax::page::Resources;

use super::super::geometry::{Matrix, Rect};

/// Lightest grey that counts as a mark on white paper.
const WHITE: f64 = 0.985;

#[derive(Debug, Clone)]
pub struct State {
    pub ctm: Matrix,
    /// What is shown, as a box on the page.
    pub clip: Rect,
    pub fill: Paint,
    pub stroke: Paint,
    pub line_width: f64,
    pub font: Option<usize>,
    pub size: f64,
    pub char_space: f64,
    pub word_space: f64,
    /// 1 is 100 %.
    pub stretch: f64,
    pub leading: f64,
    pub rise: f64,
    /// 3 is invisible; 7 only clips.
    pub mode: i64,
}

impl State {
    pub fn new(ctm: Matrix, clip: Rect) -> Self {
        State {
            ctm,
            clip,
            fill: Paint::default(),
            stroke: Paint::default(),
            line_width: 1.0,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }
}

/// A colour, as far as it can be seen on white paper.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Paint {
    pub white: bool,
    /// In this space 1 is full ink, as in Separation.
    ink: bool,
}

impl Paint {
    /// The first colour of a colour space: black in all that matter here.
    pub fn of_space(name: &Name<'_>, resources: &Resources<'_>) -> Paint {
        let kind = resources
            .get_color_space(name)
            .and_then(Object::into_array)
            .and_then(|a: Array<'_>| a.iter::<Object<'_>>().next()?.into_name());
        let kind = kind.as_ref().map_or(name.as_str(), Name::as_str);
        Paint {
            white: false,
            ink: matches!(kind, "Separation" | "DeviceN"),
        }
    }

    pub fn gray(&mut self, v: f64) {
        *self = Paint {
            white: v >= WHITE,
            ink: false,
        };
    }

    pub fn set(&mut self, components: &[Number]) {
        let values = || components.iter().map(Number::as_f64);
        self.white = match components.len() {
            1 | 3 if !self.ink => values().all(|v| v >= WHITE),
            0 => false,
            _ => values().all(|v| v <= 1.0 - WHITE),
        };
    }
}
