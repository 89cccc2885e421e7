//! Annotations and form fields: what is filled in or written over a page is part of it.

use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::page::Resources;

use super::super::geometry::{Matrix, Rect};
use super::super::limits;
use super::super::page::{Char, Direction};
use super::Interpreter;
use super::marked::text_string;

/// Flags that keep an annotation from being shown: Invisible, Hidden, NoView.
const NOT_SHOWN: i32 = 1 | 2 | 32;
/// Size of a field's text where the field does not say, in points.
const FIELD_SIZE: f32 = 10.0;

impl<'a> Interpreter<'a, '_> {
    pub(super) fn annotations(&mut self, page: &Dict<'a>) {
        let Some(list) = page.get::<Array<'a>>("Annots") else {
            return;
        };
        for annotation in list.iter::<Object<'a>>().take(limits::MAX_ANNOTATIONS) {
            if let Some(annotation) = annotation.into_dict() {
                self.annotation(&annotation);
            }
        }
    }

    fn annotation(&mut self, annotation: &Dict<'a>) {
        let kind = annotation.get::<Name<'_>>("Subtype");
        let kind = kind.as_deref().unwrap_or(b"");
        if matches!(kind, b"Popup" | b"Link" | b"Text")
            || annotation.get::<i32>("F").unwrap_or(0) & NOT_SHOWN != 0
            || self.layers.hides(annotation.get_ref("OC"))
        {
            return;
        }
        let Some(r) = annotation.get::<[f64; 4]>("Rect") else {
            return;
        };
        if !r.iter().all(|v| v.is_finite()) {
            return;
        }
        let place = Rect::around((r[0], r[1]), (r[2], r[3]));
        let before = self.page.chars.len();
        if let Some(form) = appearance(annotation) {
            self.appearance(&form, &place);
        }
        if self.page.chars.len() == before && kind == b"Widget" {
            self.field_value(annotation, &place);
        }
    }

    /// Draws an appearance so that its box, turned by its matrix, fills the annotation's.
    ///
    /// Source: ISO 32000-1, 12.5.5, algorithm 8.1.
    fn appearance(&mut self, form: &Stream<'a>, place: &Rect) {
        let dict = form.dict();
        let Some(b) = dict.get::<[f64; 4]>("BBox") else {
            return;
        };
        let own = dict
            .get::<[f64; 6]>("Matrix")
            .map_or(Matrix::IDENTITY, Matrix);
        let shown = own.bounds(b[0], b[1], b[2], b[3]);
        if shown.is_empty() {
            return;
        }
        let sx = f64::from(place.width() / shown.width());
        let sy = f64::from(place.height() / shown.height());
        let placement = Matrix([
            sx,
            0.0,
            0.0,
            sy,
            f64::from(place.x0) - f64::from(shown.x0) * sx,
            f64::from(place.y0) - f64::from(shown.y0) * sy,
        ]);
        if placement.is_finite() {
            self.form(form, &Resources::new(Dict::empty()), 1, placement);
        }
    }

    /// A field without an appearance: viewers draw its value, so it is read from there.
    fn field_value(&mut self, annotation: &Dict<'a>, place: &Rect) {
        let inherited = |key: &str| {
            let parent = annotation.get::<Dict<'a>>("Parent");
            let own = annotation.get::<Object<'a>>(key);
            own.or_else(|| parent.and_then(|p| p.get::<Object<'a>>(key)))
        };
        let is_button = match inherited("FT") {
            Some(Object::Name(name)) => name.as_str() == "Btn",
            _ => false,
        };
        let value = match inherited("V") {
            Some(Object::String(s)) => field_text(&s),
            Some(Object::Name(name)) if is_button && name.as_str() != "Off" => "✓".to_owned(),
            _ => return,
        };
        let ctm = self.state.ctm;
        let shown = ctm.bounds(
            f64::from(place.x0),
            f64::from(place.y0),
            f64::from(place.x1),
            f64::from(place.y1),
        );
        let size = FIELD_SIZE.min(shown.height()).max(1.0);
        let per_line = ((shown.width() / size) as usize).max(1);
        self.run += 1;
        let mut at = (0usize, 0usize);
        for c in value.chars().take(limits::MAX_PAGE_CHARS) {
            if c == '\n' || c == '\r' || at.0 >= per_line {
                at = (0, at.1 + 1);
            }
            if c.is_control() || self.page.chars.len() >= limits::MAX_PAGE_CHARS {
                continue;
            }
            // Text that needs more lines than fit is set closer, so that it stays in its field.
            let lines = (value.chars().count() / per_line + 1) as f32;
            let pitch = (shown.height() / lines).min(size * 1.2);
            let x = shown.x0 + at.0 as f32 * size;
            let y = shown.y0 + at.1 as f32 * pitch;
            self.page.chars.push(Char {
                c,
                rect: Rect {
                    x0: x,
                    y0: y,
                    x1: x + size,
                    y1: y + pitch.min(size),
                },
                size,
                direction: Direction::Right,
                vertical: false,
                invisible: false,
                oblique: false,
                run: self.run,
            });
            at.0 += 1;
        }
    }
}

fn field_text(value: &PdfString<'_>) -> String {
    text_string(value)
}

/// The normal appearance, in the state the annotation is in.
fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    let looks = annotation.get::<Dict<'a>>("AP")?;
    if let Some(stream) = looks.get::<Stream<'a>>("N") {
        return Some(stream);
    }
    let states = looks.get::<Dict<'a>>("N")?;
    let state = annotation.get::<Name<'_>>("AS")?;
    states.get::<Stream<'a>>(&*state)
}
