//! How likely the chosen item is right: a logistic model over what was measured, and a rising curve
//! over what it says, so that of the rows said to be right in 7 of 10 cases, 7 of 10 are.

use serde::{Deserialize, Serialize};

use super::score::{Field, Ranking};
use super::unsaid::Unsaid;
use crate::model::DataError;

/// How many measurements the model weighs.
pub(super) const COUNT: usize = 18;

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
    "name_foreign",
    "name_other",
    "name_unknown",
    "name_head",
    "name_head_alone",
    "asked_foreign",
    "asked_other",
    "asked_unknown",
];

/// What is measured of a row's choice; see [`NAMES`].
pub(super) fn measure(
    ranking: &Ranking,
    item: u32,
    score: f32,
    name: &Field,
    description: &Field,
    unsaid: [Unsaid; 2],
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
    let [in_name, asked] = unsaid;
    // An inherited name says what group the row is in; what it says beyond the item is no matter.
    let in_name = if inherited {
        Unsaid::default()
    } else {
        in_name
    };
    let alone = description.length == 0;
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
        in_name.foreign,
        in_name.other,
        in_name.unknown,
        in_name.head,
        if alone { in_name.head } else { 0.0 },
        asked.foreign,
        asked.other,
        asked.unknown,
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
    /// What the model says, and how many of the rows held apart of which it says so are right;
    /// rising. Between two points the straight line holds.
    pub curve: Vec<(f64, f64)>,
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
    curve: Vec<(f64, f64)>,
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
        let rising = fit
            .curve
            .windows(2)
            .all(|w| w[0].0 < w[1].0 && w[0].1 <= w[1].1);
        if !rising {
            let message = "the curve does not rise; fit again";
            return Err(vec![DataError::new(&file, message)]);
        }
        Ok(Confidence {
            bias: fit.bias,
            weights,
            curve: fit.curve,
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
        let said = 1.0 / (1.0 + (-(self.bias + sum + support)).exp());
        along(&self.curve, said)
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
