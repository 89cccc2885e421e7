//! How likely the chosen item is right: a logistic model over what was measured.

use serde::{Deserialize, Serialize};

use super::score::{Field, Ranking};
use crate::model::DataError;

/// How many measurements the model weighs.
pub(super) const COUNT: usize = 10;

/// Their names, in order, as in `calibration.json`.
pub(super) const NAMES: [&str; COUNT] = [
    "score",
    "score_above_half",
    "lead",
    "lead_share",
    "lead_outside",
    "both_fit",
    "both",
    "apart",
    "length",
    "score_by_length",
];

/// What is measured of a row's choice; see [`NAMES`].
pub(super) fn measure(
    ranking: &Ranking,
    item: u32,
    score: f32,
    name: &Field,
    description: &Field,
    inherited: bool,
) -> [f64; COUNT] {
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
    [
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
        f32::from(u8::from(both)),
        apart,
        length,
        score * length,
    ]
    .map(f64::from)
}

/// The fit: `calibration.json`, made by `fit.rs`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Calibration {
    /// How it was made.
    pub note: String,
    /// What the model adds before anything is measured.
    pub bias: f64,
    /// Weight by measurement; see [`NAMES`].
    pub weights: std::collections::BTreeMap<String, f64>,
    /// From which confidence on so many of the rows held apart are right, most demanding last.
    pub promises: Vec<Promise>,
    /// How it does on rows held apart.
    pub report: Report,
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
    pub kinds: std::collections::BTreeMap<String, (usize, f64, f64, usize)>,
}

/// The model, ready to use.
#[derive(Debug, Clone)]
pub(super) struct Confidence {
    bias: f64,
    weights: [f64; COUNT],
    promises: Vec<(f64, f64)>,
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
        let fit: Calibration = serde_json::from_str(&text)
            .map_err(|e| vec![DataError::at(&file, e.line(), e.to_string())])?;
        let mut weights = [0.0; COUNT];
        for (weight, name) in weights.iter_mut().zip(NAMES) {
            let missing = || {
                vec![DataError::new(
                    &file,
                    format!("no weight for {name}; fit again"),
                )]
            };
            *weight = *fit.weights.get(name).ok_or_else(missing)?;
        }
        Ok(Confidence {
            bias: fit.bias,
            weights,
            promises: fit
                .promises
                .iter()
                .map(|p| (p.precision, p.confidence))
                .collect(),
        })
    }

    /// 0..1: how likely the choice is right. `support` is evidence from the rows around, in log odds.
    pub(super) fn of(&self, measured: &[f64; COUNT], support: f64) -> f64 {
        let sum: f64 = self.weights.iter().zip(measured).map(|(w, x)| w * x).sum();
        1.0 / (1.0 + (-(self.bias + sum + support)).exp())
    }

    /// The confidence from which on a mapping may be promised at a precision.
    pub(super) fn promised_at(&self, precision: f64) -> f64 {
        let enough = self.promises.iter().find(|p| p.0 >= precision);
        enough.map_or(1.0, |p| p.1)
    }
}
