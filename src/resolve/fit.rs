//! Makes the rows that confidence is fitted on, fits it, and holds it to what it says.
//!
//! Two kinds of rows: made of the catalogs' forms, where the form that is asked is taken out of the
//! index first, so that it is wording the index has not seen; and the worded sheets of
//! `fixtures/wording`. Seeds are fixed; the same data give the same fit.

mod made;
mod model;
mod sheets;

use super::confidence::{Calibration, Model, NAMES, Promise, Report, SHAPES, along, measure};
use super::score::{Context, Field, Place};
use super::search::Scratch;
use super::unsaid::unsaid;
use super::*;
use crate::catalog::DataFiles;
use made::{Chance, Maker, Phrases};
use model::{Measured, Weights, likely, regress};

/// The items are parted into so many; each part is judged by a fit on the others.
const FOLDS: u32 = 4;

/// A row of a worded sheet counts as so many made ones.
const WORDED: f64 = 4.0;

/// One made row of so many is looked at when the fit is held to what it says, as it takes time.
const STEP: usize = 2;

/// The phrases fitted on, and others that the fit is held to.
const FITTED_ON: Phrases = Phrases {
    same: &[
        "{}について",
        "{}の状況",
        "{}の内容",
        "{}に関する事項",
        "貴社の{}",
        "本サービスの{}",
        "{}(概要)",
        "{}の実施状況",
        "{}の取り組み",
        "{}は",
        "Details of {}",
        "{} (please describe)",
    ],
    else_: &[
        "{}の[]",
        "{}[]",
        "{}に関する[]",
        "[]と{}",
        "[]の{}",
        "{} []",
        "{}にかかる[]",
    ],
};
const HELD_TO: Phrases = Phrases {
    same: &[
        "{}の詳細",
        "御社における{}",
        "{}の対応",
        "{}に係る説明",
        "{}をご記入ください",
        "{}関連",
        "About {}",
        "Your {}",
    ],
    else_: &[
        "{}用の[]",
        "{}を行うための[]",
        "{}等の[]",
        "[]({})",
        "{}に伴う[]",
    ],
};

fn measured(index: &Index, maker: &Maker<'_>, step: usize) -> Vec<Measured> {
    let mut scratch = index.scratch();
    let mut out = Vec::new();
    for sample in maker.samples.iter().step_by(step) {
        let hidden = |f: u32| {
            sample.hidden.contains(&f)
                || sample.hidden_number == Some(maker.texts[f as usize].item)
                // The same words elsewhere are no unseen wording.
                || sample.hidden.iter().any(|h| maker.texts[*h as usize].text == maker.texts[f as usize].text)
        };
        let field = |text: &str, place, scratch: &mut Scratch| {
            if text.is_empty() {
                return Field::default();
            }
            let hits = index.search_without(text, Some(&hidden), scratch);
            Field::new(&hits, place, maker.items, text)
        };
        let name = field(&sample.name, Place::Name, &mut scratch);
        let description = field(&sample.description, Place::Description, &mut scratch);
        let ranking = score::combine(&name, &description, false, |_| Context::default());
        let Some(best) = ranking.items.first().copied() else {
            continue;
        };
        let rest = [&name, &description].map(|field| {
            let shown = |f: &u32| !hidden(*f);
            let has = |f: u32, g: u32| {
                index.grams[index::places(&index.forms[f as usize].grams)].contains(&g)
            };
            let visible = index.items[best.item as usize].clone().filter(shown);
            let grams = |f: u32| &index.grams[index::places(&index.forms[f as usize].grams)];
            let mut own: Vec<u32> = visible.flat_map(grams).copied().collect();
            own.sort_unstable();
            let own = |g: u32| own.binary_search(&g).is_ok();
            // A word that only hidden forms have is known to nobody.
            let partly: Vec<u32> = sample
                .hidden
                .iter()
                .map(|h| maker.texts[*h as usize].item)
                .collect();
            let foreign = |g: u32| {
                index.foreign(g, maker.items, |n| {
                    let mut forms = index.items[n as usize].clone().filter(shown);
                    Some(n) != sample.hidden_number
                        && (!partly.contains(&n) || forms.any(|f| has(f, g)))
                })
            };
            unsaid(index, &field.text, &own, &foreign)
        });
        out.push(Measured {
            kind: sample.kind,
            fold: sample.group % FOLDS,
            seen: measure(
                &ranking,
                best.item,
                best.score,
                &name,
                &description,
                rest,
                false,
            ),
            support: 0.0,
            right: sample.truth == Some(best.item),
            has_item: sample.truth.is_some(),
            weight: 1.0,
        });
    }
    out
}

fn rounded(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}

/// Each row with what a fit without its part says of it, most likely first.
fn held_apart<'a>(all: &[&'a Measured]) -> Vec<(f64, &'a Measured)> {
    let mut judged = Vec::with_capacity(all.len());
    for fold in 0..FOLDS {
        let others: Vec<&Measured> = all.iter().copied().filter(|m| m.fold != fold).collect();
        let w = regress(&others);
        let held = all.iter().filter(|m| m.fold == fold);
        judged.extend(held.map(|m| (likely(&w, m), *m)));
    }
    judged
}

/// The fits on all rows, with what they do on rows held apart.
fn calibration(all: &[Measured]) -> Calibration {
    let mut models = BTreeMap::new();
    let mut sorted: Vec<(f64, &Measured)> = Vec::with_capacity(all.len());
    for (shape, name) in SHAPES {
        let own: Vec<&Measured> = all.iter().filter(|m| m.seen.shape == shape).collect();
        let weights: Weights = regress(&own);
        let judged = held_apart(&own);
        let curve = model::curve(&judged);
        let curve: Vec<_> = curve
            .iter()
            .map(|(x, y)| (rounded(*x), rounded(*y)))
            .collect();
        sorted.extend(judged.iter().map(|(p, m)| (along(&curve, *p), *m)));
        let named = NAMES.iter().zip(&weights[1..]);
        let model = Model {
            bias: rounded(weights[0]),
            weights: named.map(|(n, w)| ((*n).to_owned(), rounded(*w))).collect(),
            curve,
        };
        models.insert(name.to_owned(), model);
    }
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let with_item: f64 = sorted
        .iter()
        .filter(|s| s.1.has_item)
        .map(|s| s.1.weight)
        .sum();
    let mut promises = Vec::new();
    for precision in [0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999] {
        let (mut wrong, mut rows, mut best) = (0.0, 0.0, None);
        for (p, m) in &sorted {
            rows += m.weight;
            wrong += if m.right { 0.0 } else { m.weight };
            if 1.0 - wrong / rows >= precision {
                best = Some((*p, (rows - wrong) / with_item));
            }
        }
        let (confidence, coverage) = best.unwrap_or((1.0, 0.0));
        promises.push(Promise {
            precision,
            confidence: rounded(confidence),
            coverage: rounded(coverage),
        });
    }
    let tenth = |t: usize| {
        let inside = sorted
            .iter()
            .filter(|(p, _)| ((p * 10.0) as usize).min(9) == t);
        let (n, rows, sum, right) = inside.fold((0, 0.0, 0.0, 0.0), |(n, w, s, r), (p, m)| {
            let right = if m.right { m.weight } else { 0.0 };
            (n + 1, w + m.weight, s + p * m.weight, r + right)
        });
        let rows = f64::max(rows, 1.0);
        (n, rounded(sum / rows), rounded(right / rows))
    };
    let mut kinds = BTreeMap::new();
    let promise = promises[4].confidence;
    let names: std::collections::BTreeSet<_> = sorted.iter().map(|s| s.1.kind).collect();
    for kind in names {
        let own: Vec<_> = sorted.iter().filter(|s| s.1.kind == kind).collect();
        let count = |f: &dyn Fn(&(f64, &Measured)) -> bool| own.iter().filter(|s| f(s)).count();
        let share = |n: usize| rounded(n as f64 / own.len() as f64);
        let right = count(&|s| s.1.right);
        let promised = count(&|s| s.0 >= promise);
        let wrong = count(&|s| s.0 >= promise && !s.1.right);
        kinds.insert(
            kind.to_owned(),
            (own.len(), share(right), share(promised), wrong),
        );
    }
    Calibration {
        note: "made by the test `fit` of src/resolve/fit.rs: cargo test --lib resolve::fit -- --ignored".into(),
        models,
        promises,
        report: Report {
            reliability: (0..10).map(tenth).collect(),
            kinds,
        },
    }
}

/// A resolver that does not depend on the stored fit.
fn resolver() -> Resolver {
    let files = DataFiles::default();
    let catalogs = Catalogs::load(&files, &[]).unwrap();
    let read = |name: &str| {
        let (file, text) = files.read(name)?;
        let text = match name {
            "calibration.json" => blank(),
            _ => text,
        };
        Ok((file, text))
    };
    Resolver::load(read, catalogs, ResolveConfig::default()).unwrap()
}

fn blank() -> String {
    let zero = || Model {
        weights: NAMES.iter().map(|n| ((*n).to_owned(), 0.0)).collect(),
        ..Model::default()
    };
    let blank = Calibration {
        note: String::new(),
        models: SHAPES
            .iter()
            .map(|(_, n)| ((*n).to_owned(), zero()))
            .collect(),
        promises: Vec::new(),
        report: Report::default(),
    };
    serde_json::to_string(&blank).unwrap()
}

/// Rows made with a seed, one of every `step`.
fn made_rows(seed: u64, phrases: &Phrases, step: usize) -> Vec<Measured> {
    let files = DataFiles::default();
    let read = |n: &str| files.read(n);
    let catalogs = Catalogs::load(&files, &[]).unwrap();
    let thesaurus = Thesaurus::load(&read).unwrap();
    let subjects = outside::load(read).unwrap();
    let (texts, ids) = forms(&catalogs, &subjects, &thesaurus);
    let total = ids.len() + subjects.len();
    let mut index = Index::new(total, &texts);
    let items = ids.len() as u32;
    silence_known(&mut index, &texts, items);
    let mut maker = Maker {
        texts,
        items,
        chance: Chance(seed),
        phrases,
        canonical: &|text| thesaurus.canonical(&show(text), &fold(text)),
        samples: Vec::new(),
    };
    maker.make(total as u32);
    measured(&index, &maker, step)
}

#[test]
#[ignore = "rewrites mappings/calibration.json"]
fn fit() {
    let mut all = made_rows(2010, &FITTED_ON, 1);
    all.extend(sheets::measured(&resolver(), "fixtures/wording", WORDED));
    let made = calibration(&all);
    let text = serde_json::to_string_pretty(&made).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/mappings/calibration.json");
    std::fs::write(path, text).unwrap();
}

/// Of rows in words that nothing was fitted on, made with another seed and other phrases and worded
/// apart, as many are right as confidence says.
#[test]
fn confidence_is_what_it_says() {
    let files = DataFiles::default();
    let confidence = Confidence::load(&|n: &str| files.read(n)).unwrap();
    let mut all = made_rows(1868, &HELD_TO, STEP);
    all.extend(sheets::measured(
        &resolver(),
        "fixtures/wording/held",
        WORDED / STEP as f64,
    ));
    all.extend(sheets::measured(
        &resolver(),
        "fixtures/wording/held/first",
        WORDED / STEP as f64,
    ));
    let mut faults = Vec::new();
    for tenth in 0..10 {
        let judged = all
            .iter()
            .map(|m| (confidence.of(&m.seen, m.support), m.right, m.weight));
        let inside: Vec<_> = judged
            .filter(|(p, _, _)| ((p * 10.0) as usize).min(9) == tenth)
            .collect();
        let rows: f64 = inside.iter().map(|j| j.2).sum();
        let mean = inside.iter().map(|j| j.0 * j.2).sum::<f64>() / rows;
        let right = inside.iter().filter(|j| j.1).map(|j| j.2).sum::<f64>() / rows;
        if inside.len() >= 30 && (mean - right).abs() >= 0.05 {
            faults.push(format!("tenth {tenth}: says {mean:.3}, is {right:.3}"));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}
