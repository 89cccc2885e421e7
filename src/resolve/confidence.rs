//! How likely the chosen item is right: a logistic model over what was measured, and a rising curve
//! over what it says, so that of the rows said to be right in 7 of 10 cases, 7 of 10 are. Rows that
//! say only a name, only a question, or both, have a model each: a short name that fits wholly and a
//! long question that fits wholly are not the same evidence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::score::{Field, Ranking};
use super::unsaid::Unsaid;
use crate::model::DataError;

/// How many measurements the model weighs.
pub(super) const COUNT: usize = 19;

/// Their names, in order, as in `calibration.json`.
pub(super) const NAMES: [&str; COUNT] = [
    "score",
    "score_above_half",
    "lead",
    "lead_share",
    "lead_outside",
    "both_fit",
    "apart",
    "length",
    "score_by_length",
    "name_foreign",
    "name_other",
    "name_unknown",
    "name_head",
    "asked_foreign",
    "asked_other",
    "asked_unknown",
    "unsaid_in_both",
    "name_whole",
    "asked_whole",
];

/// From so many characters on a text that stands alone is a question rather than a name.
const LONG: usize = 18;

/// What a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A few words and nothing else, in whichever column.
    Name,
    /// One long text, likewise.
    Question,
    /// Both.
    Both,
}

/// All of them, in the order in which they are numbered.
pub(super) const SHAPES: [(Shape, &str); 3] = [
    (Shape::Name, "name"),
    (Shape::Question, "question"),
    (Shape::Both, "both"),
];

/// What is measured of a row's choice; see [`NAMES`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Measures {
    pub shape: Shape,
    pub x: [f64; COUNT],
}

/// Measures a row's choice.
pub(super) fn measure(
    ranking: &Ranking,
    item: u32,
    score: f32,
    name: &Field,
    description: &Field,
    unsaid: [Unsaid; 2],
    inherited: bool,
) -> Measures {
    let other = ranking.items.iter().find(|s| s.item != item);
    let other = other.map_or(0.0, |s| s.score);
    let (by_name, by_description) = (name.of(item), description.of(item));
    let both = name.length > 0 && description.length > 0 && !inherited;
    let behind = |field: &Field, fit: f32| field.best().map_or(0.0, |b| b.1) - fit;
    let apart = match both {
        true => behind(name, by_name) + behind(description, by_description),
        false => 0.0,
    };
    let length = ((name.length + description.length) as f32 / 8.0).ln_1p();
    let lead = (score - other).clamp(-0.3, 0.4);
    let whole = |fit: f32| (fit - 0.8).max(0.0);
    let total = |u: Unsaid| u.foreign + u.other + u.unknown;
    let [in_name, asked] = unsaid;
    // An inherited name says what group the row is in; what it says beyond the item is no matter.
    let own_name = name.length > 0 && !inherited;
    let (shape, in_name, asked) = match (own_name, description.length > 0) {
        (true, true) => (Shape::Both, in_name, asked),
        (true, false) if name.length >= LONG => (Shape::Question, Unsaid::default(), in_name),
        (false, true) if description.length >= LONG => (Shape::Question, Unsaid::default(), asked),
        (false, true) => (Shape::Name, asked, Unsaid::default()),
        (true, false) => (Shape::Name, in_name, Unsaid::default()),
        (false, false) => (Shape::Name, Unsaid::default(), Unsaid::default()),
    };
    let x = [
        score,
        (score - 0.5).max(0.0),
        lead,
        lead / score.max(0.05),
        (score - ranking.outside).clamp(-0.3, 0.5),
        if both {
            by_name.min(by_description)
        } else {
            0.0
        },
        apart,
        length,
        score * length,
        in_name.foreign,
        in_name.other,
        in_name.unknown,
        in_name.head,
        asked.foreign,
        asked.other,
        asked.unknown,
        total(in_name).min(total(asked)),
        whole(by_name),
        whole(by_description),
    ]
    .map(f64::from);
    Measures { shape, x }
}

/// The fit: `calibration.json`, made by `fit.rs`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Calibration {
    /// How it was made.
    pub note: String,
    /// By what a row says; see [`SHAPES`].
    pub models: BTreeMap<String, Model>,
    /// From which confidence on so many of the rows held apart are right, most demanding last.
    pub promises: Vec<Promise>,
    /// How it does on rows held apart.
    pub report: Report,
}

/// The model for rows of a shape.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Model {
    /// What it adds before anything is measured.
    pub bias: f64,
    /// Weight by measurement; see [`NAMES`].
    pub weights: BTreeMap<String, f64>,
    /// What it says, and how many of the rows held apart of which it says so are right; rising.
    /// Between two points the straight line holds.
    pub curve: Vec<(f64, f64)>,
}

/// A precision and what it takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Promise {
    /// Right rows among those from `confidence` on.
    pub precision: f64,
    /// The least confidence.
    pub confidence: f64,
    /// Share of the rows with an item that reach it.
    pub coverage: f64,
}

/// Measured on rows that were held apart from the fit.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Report {
    /// By tenth of confidence: rows, mean confidence, share of right rows.
    pub reliability: Vec<(usize, f64, f64)>,
    /// By kind of row: rows, share whose best item is right, share of right items promised at 0.99
    /// precision, wrong ones among these.
    pub kinds: BTreeMap<String, (usize, f64, f64, usize)>,
}

/// The models, ready to use.
#[derive(Debug, Clone)]
pub(super) struct Confidence {
    models: [Weighing; SHAPES.len()],
    promises: Vec<(f64, f64)>,
}

#[derive(Debug, Clone, Default)]
struct Weighing {
    bias: f64,
    weights: [f64; COUNT],
    curve: Vec<(f64, f64)>,
}

impl Confidence {
    /// Loads `calibration.json`.
    ///
    /// # Errors
    /// It cannot be read, or lacks a weight.
    pub(super) fn load(
        read: &impl Fn(&str) -> Result<(String, String), DataError>,
    ) -> Result<Self, Vec<DataError>> {
        let (file, text) = read("calibration.json").map_err(|e| vec![e])?;
        let fault = |message: String| vec![DataError::new(&file, message)];
        let fit: Calibration = serde_json::from_str(&text)
            .map_err(|e| vec![DataError::at(&file, e.line(), e.to_string())])?;
        let mut models: [Weighing; SHAPES.len()] = Default::default();
        for (model, (_, shape)) in models.iter_mut().zip(SHAPES) {
            let missing = || fault(format!("no model for {shape}; fit again"));
            let own = fit.models.get(shape).ok_or_else(missing)?;
            let rising = |w: &[(f64, f64)]| w[0].0 < w[1].0 && w[0].1 <= w[1].1;
            if !own.curve.windows(2).all(rising) {
                return Err(fault(format!(
                    "the curve of {shape} does not rise; fit again"
                )));
            }
            model.bias = own.bias;
            model.curve.clone_from(&own.curve);
            for (weight, name) in model.weights.iter_mut().zip(NAMES) {
                let missing = || fault(format!("{shape}: no weight for {name}; fit again"));
                *weight = *own.weights.get(name).ok_or_else(missing)?;
            }
        }
        let promises = fit.promises.iter().map(|p| (p.precision, p.confidence));
        Ok(Confidence {
            models,
            promises: promises.collect(),
        })
    }

    /// 0..1: how likely the choice is right. `support` is evidence from the rows around, in log odds.
    pub(super) fn of(&self, measured: &Measures, support: f64) -> f64 {
        let model = &self.models[measured.shape as usize];
        let sum: f64 = model
            .weights
            .iter()
            .zip(&measured.x)
            .map(|(w, x)| w * x)
            .sum();
        let said = 1.0 / (1.0 + (-(model.bias + sum + support)).exp());
        along(&model.curve, said)
    }

    /// The confidence from which on a mapping may be promised at a precision.
    pub(super) fn promised_at(&self, precision: f64) -> f64 {
        let enough = self.promises.iter().find(|p| p.0 >= precision);
        enough.map_or(1.0, |p| p.1)
    }
}

/// The height of a curve at a place; beyond its ends it runs on to 0 and to 1.
pub(super) fn along(curve: &[(f64, f64)], at: f64) -> f64 {
    let next = curve.partition_point(|p| p.0 <= at);
    let (x0, y0) = next.checked_sub(1).map_or((0.0, 0.0), |i| curve[i]);
    let (x1, y1) = curve.get(next).copied().unwrap_or((1.0, 1.0));
    match x1 > x0 {
        true => y0 + (y1 - y0) * (at - x0) / (x1 - x0),
        false => y1,
    }
}

#[cfg(test)]
mod tests {
    use super::along;

    #[test]
    fn a_curve_is_followed_between_its_points_and_beyond_them() {
        let curve = [(0.2, 0.1), (0.4, 0.5)];
        for (at, height) in [
            (0.0, 0.0),
            (0.1, 0.05),
            (0.2, 0.1),
            (0.3, 0.3),
            (0.4, 0.5),
            (0.7, 0.75),
            (1.0, 1.0),
        ] {
            assert!((along(&curve, at) - height).abs() < 1e-9, "{at}");
        }
        assert!((along(&[], 0.3) - 0.3).abs() < 1e-9);
    }
}
