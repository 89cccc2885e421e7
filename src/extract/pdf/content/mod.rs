//! Carries out a page's content for its text and its lines; images and colours are not drawn.

mod annotations;
mod bullets;
mod layers;
mod marked;
mod path;
mod state;
mod structure;
mod text;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;
use rustc_hash::FxHashMap;

use super::font::Fonts;
use super::geometry::{Matrix, Rect};
use super::limits;
use super::page::Page;
use super::table::edges::dotted;
use bullets::Rounds;
pub use layers::Layers;
use marked::{Mark, Tagged};
use path::Path;
use state::{Paint, State};
pub use structure::Structure;
use structure::Tags;

/// Reads one page.
pub fn read_page<'a>(
    page: &hayro_syntax::page::Page<'a>,
    number: u32,
    fonts: &mut Fonts<'a>,
    layers: &Layers,
    structure: &Structure,
) -> Page {
    let (width, height) = page.render_dimensions();
    let mut out = Page {
        number,
        width,
        height,
        ..Page::default()
    };
    let (content, whole) = content_of(page);
    out.truncated = !whole;
    let upright = Matrix(page.initial_transform(true).as_coeffs());
    let bounds = Rect {
        x0: 0.0,
        y0: 0.0,
        x1: width,
        y1: height,
    };
    let mut interpreter = Interpreter {
        fonts,
        layers,
        state: State::new(upright, bounds),
        saved: Vec::new(),
        text_matrix: Matrix::IDENTITY,
        line_matrix: Matrix::IDENTITY,
        path: Path::default(),
        rounds: Rounds::default(),
        marks: Vec::new(),
        tags: Tags::new(structure, page.xref()),
        stream: page.raw().get::<i32>("StructParents"),
        tagged: Vec::new(),
        hidden: 0,
        run: 0,
        bounds,
        page: out,
    };
    interpreter.run(&content, page.resources(), 0);
    interpreter.let_elements_speak();
    interpreter.saved.clear();
    interpreter.state = State::new(upright, bounds);
    interpreter.annotations(page.raw());
    let mut page = interpreter.page;
    interpreter.rounds.write(&mut page);
    let dots = std::mem::take(&mut page.dots);
    page.rulings.extend(dotted(&dots));
    page
}

/// A page's content streams, joined; false when a limit cut them.
fn content_of(page: &hayro_syntax::page::Page<'_>) -> (Vec<u8>, bool) {
    let raw = page.raw();
    if let Some(stream) = raw.get::<Stream<'_>>("Contents") {
        return match limits::decode(&stream, limits::MAX_STREAM_BYTES) {
            Ok(content) => (content, true),
            Err(refused) => (Vec::new(), refused != limits::Refused::TooLarge),
        };
    }
    let mut content = Vec::new();
    let Some(parts) = raw.get::<Array<'_>>("Contents") else {
        return (content, true);
    };
    for stream in parts.iter::<Object<'_>>().filter_map(Object::into_stream) {
        let room = limits::MAX_STREAM_BYTES.saturating_sub(content.len());
        match limits::decode(&stream, room) {
            Ok(part) => content.extend_from_slice(&part),
            Err(limits::Refused::TooLarge) => return (content, false),
            Err(limits::Refused::Damaged) => {}
        }
        // Tokens do not run over from one stream to the next.
        content.push(b'\n');
    }
    (content, true)
}

struct Interpreter<'a, 'f> {
    fonts: &'f mut Fonts<'a>,
    layers: &'f Layers,
    state: State,
    saved: Vec<State>,
    text_matrix: Matrix,
    line_matrix: Matrix,
    path: Path,
    rounds: Rounds,
    marks: Vec<Mark>,
    tags: Tags<'a, 'f>,
    /// The key of the content stream in the structure tree.
    stream: Option<i32>,
    /// Characters that belong to elements of which the structure tree says what they mean.
    tagged: Vec<Tagged>,
    /// How many open marks hide what they hold.
    hidden: u32,
    /// Counts the places at which text was placed anew.
    run: u32,
    bounds: Rect,
    page: Page,
}

impl<'a> Interpreter<'a, '_> {
    /// Carries out one content stream. Nested only through forms, to a fixed depth.
    fn run(&mut self, content: &[u8], resources: &Resources<'a>, depth: u32) {
        let mut names: FxHashMap<Vec<u8>, usize> = FxHashMap::default();
        let mut ops = TypedIter::new(content);
        while let Some(op) = ops.next() {
            self.page.operators += 1;
            if self.page.operators > limits::MAX_PAGE_OPERATORS {
                self.page.truncated = true;
                return;
            }
            match op {
                Op::TextFont(font) => {
                    let name: &[u8] = font.0;
                    let at = match names.get(name) {
                        Some(&at) => Some(at),
                        None => resources.get_font(font.0).map(|dict| {
                            let at = self.fonts.load(&dict);
                            names.insert(name.to_vec(), at);
                            at
                        }),
                    };
                    self.state.font = at;
                    self.state.size = num(&font.1);
                }
                Op::XObject(x) => {
                    if let Some(stream) = resources.get_x_object(x.0) {
                        self.x_object(&stream, resources, depth);
                    }
                }
                Op::SetGraphicsState(gs) => {
                    if let Some(dict) = resources.get_ext_g_state(gs.0) {
                        self.ext_g_state(&dict);
                    }
                }
                Op::BeginMarkedContentWithProperties(m) => self.begin_mark(m.0, m.1, resources),
                Op::ColorSpaceNonStroke(cs) => self.state.fill = Paint::of_space(cs.0, resources),
                Op::ColorSpaceStroke(cs) => self.state.stroke = Paint::of_space(cs.0, resources),
                op => self.simple(op),
            }
        }
    }

    /// The operators that need no resources.
    fn simple(&mut self, op: Op<'_, '_>) {
        match op {
            Op::SaveState(_) => {
                if self.saved.len() < limits::MAX_STATES {
                    self.saved.push(self.state.clone());
                }
            }
            Op::RestoreState(_) => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            Op::Transform(m) => {
                let m = matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]);
                let next = m.then(&self.state.ctm);
                if next.is_finite() {
                    self.state.ctm = next;
                }
            }
            Op::LineWidth(w) => self.state.line_width = num(&w.0),
            Op::NonStrokeColorDeviceGray(c) => self.state.fill.gray(num(&c.0)),
            Op::StrokeColorDeviceGray(c) => self.state.stroke.gray(num(&c.0)),
            Op::NonStrokeColorDeviceRgb(c) => self.state.fill.set(&[c.0, c.1, c.2]),
            Op::StrokeColorDeviceRgb(c) => self.state.stroke.set(&[c.0, c.1, c.2]),
            Op::NonStrokeColorCmyk(c) => self.state.fill.set(&[c.0, c.1, c.2, c.3]),
            Op::StrokeColorCmyk(c) => self.state.stroke.set(&[c.0, c.1, c.2, c.3]),
            Op::NonStrokeColor(c) => self.state.fill.set(&c.0),
            Op::StrokeColor(c) => self.state.stroke.set(&c.0),
            Op::NonStrokeColorNamed(c) => match c.1 {
                Some(_) => self.state.fill = Paint::default(),
                None => self.state.fill.set(&c.0),
            },
            Op::StrokeColorNamed(c) => match c.1 {
                Some(_) => self.state.stroke = Paint::default(),
                None => self.state.stroke.set(&c.0),
            },
            Op::InlineImage(_) => self.image(),
            Op::BeginMarkedContent(_) => self.marks.push(Mark::plain(self.page.chars.len())),
            Op::EndMarkedContent(_) => self.end_mark(),
            op if self.path_operator(&op) => {}
            op => self.text_operator(&op),
        }
    }

    fn x_object(&mut self, stream: &Stream<'a>, outer: &Resources<'a>, depth: u32) {
        let dict = stream.dict();
        if self.layers.hides(dict.get_ref("OC")) {
            return;
        }
        match dict.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => self.image(),
            Some(b"Form") => self.form(stream, outer, depth, Matrix::IDENTITY),
            _ => {}
        }
    }

    /// Draws a form, placed by `placement` after its own matrix.
    fn form(&mut self, stream: &Stream<'a>, outer: &Resources<'a>, depth: u32, placement: Matrix) {
        if depth >= limits::MAX_FORM_DEPTH || self.saved.len() >= limits::MAX_STATES {
            self.page.truncated = true;
            return;
        }
        let dict = stream.dict();
        let own = dict
            .get::<[f64; 6]>("Matrix")
            .map_or(Matrix::IDENTITY, Matrix);
        let ctm = own.then(&placement).then(&self.state.ctm);
        if !ctm.is_finite() {
            return;
        }
        let content = match limits::decode(stream, limits::MAX_STREAM_BYTES) {
            Ok(content) => content,
            Err(refused) => {
                self.page.truncated |= refused == limits::Refused::TooLarge;
                return;
            }
        };
        // Inflating costs too: a form that is drawn again and again must not be free.
        self.page.operators += 1 + content.len() as u64 / 64;
        let outside = self.state.clone();
        let (text, line) = (self.text_matrix, self.line_matrix);
        let depth_of_states = self.saved.len();
        let marks = self.marks.len();
        let own_stream = dict.get::<i32>("StructParents");
        let outer_stream = std::mem::replace(&mut self.stream, own_stream);
        self.state.ctm = ctm;
        if let Some(b) = dict.get::<[f64; 4]>("BBox")
            && b.iter().all(|v| v.is_finite())
        {
            let shown = ctm.bounds(b[0], b[1], b[2], b[3]);
            self.state.clip = self.state.clip.intersect(&shown);
        }
        let resources = dict.get::<Dict<'a>>("Resources").map(Resources::new);
        self.run(&content, resources.as_ref().unwrap_or(outer), depth + 1);
        while self.marks.len() > marks {
            self.end_mark();
        }
        self.stream = outer_stream;
        self.saved.truncate(depth_of_states);
        self.state = outside;
        (self.text_matrix, self.line_matrix) = (text, line);
        self.path.clear();
    }

    fn image(&mut self) {
        if self.hidden > 0 {
            return;
        }
        let rect = self
            .state
            .ctm
            .bounds(0.0, 0.0, 1.0, 1.0)
            .intersect(&self.state.clip);
        let rect = rect.intersect(&self.bounds);
        if rect.width() < 0.0 || rect.height() < 0.0 {
            return;
        }
        if rect.width().min(rect.height()) <= path::THIN {
            self.thin(rect);
            return;
        }
        let page = (self.page.width * self.page.height).max(1.0);
        self.page.image_cover =
            (self.page.image_cover + rect.width() * rect.height() / page).min(1.0);
    }

    fn ext_g_state(&mut self, dict: &Dict<'a>) {
        if let Some(width) = dict.get::<f64>("LW") {
            self.state.line_width = width;
        }
        if let Some(font) = dict.get::<Array<'a>>("Font") {
            let mut items = font.flex_iter();
            if let (Some(font), Some(size)) = (items.next::<Dict<'a>>(), items.next::<f64>()) {
                self.state.font = Some(self.fonts.load(&font));
                self.state.size = size;
            }
        }
    }
}

/// Finite whatever the file says; pages are never so large that the bound is met.
fn num(n: &Number) -> f64 {
    let v = n.as_f64();
    if v.is_finite() {
        v.clamp(-1e9, 1e9)
    } else {
        0.0
    }
}

fn matrix(m: [&Number; 6]) -> Matrix {
    Matrix(m.map(num))
}

/// The reference behind a value, where it is one.
fn reference(value: Option<MaybeRef<Object<'_>>>) -> Option<hayro_syntax::object::ObjRef> {
    match value {
        Some(MaybeRef::Ref(r)) => Some(r),
        _ => None,
    }
}
