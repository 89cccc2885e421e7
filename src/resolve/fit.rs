//! Makes the rows that confidence is fitted on, and fits it.
//!
//! The rows are made of the catalogs: a form that is asked is taken out of the index first, so that
//! it is wording the index has not seen. Seeds are fixed; the same catalogs give the same fit.

use super::confidence::{COUNT, Calibration, Promise, Report, measure};
use super::score::{Context, Field, Place};
use super::search::Scratch;
use super::*;
use crate::catalog::DataFiles;

/// A small generator of numbers (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn share(&mut self) -> f64 {
        self.next() as f64 / u64::MAX as f64
    }
}

/// The items are parted into so many; each part is judged by a fit on the others.
const FOLDS: u32 = 4;

/// A made row.
struct Sample {
    kind: &'static str,
    /// The group that is fitted on or held apart as a whole.
    group: u32,
    name: String,
    description: String,
    /// Forms, or all forms of one number, that the index must not know.
    hidden: Vec<u32>,
    hidden_number: Option<u32>,
    /// The right item; none when no item is.
    truth: Option<u32>,
}

struct Maker {
    texts: Vec<Form>,
    items: u32,
    chance: Chance,
    samples: Vec<Sample>,
}

impl Maker {
    fn of(&self, number: u32, kind: Kind) -> Vec<u32> {
        let forms = self.texts.iter().enumerate();
        let own = forms.filter(|(_, t)| t.item == number && t.kind == kind);
        own.map(|(i, _)| i as u32).collect()
    }

    fn text(&self, form: Option<u32>) -> String {
        form.map_or_else(String::new, |f| self.texts[f as usize].text.clone())
    }

    fn add(&mut self, kind: &'static str, group: u32, name: Option<u32>, asked: Option<u32>) {
        let truth = (group < self.items).then_some(group);
        let sample = Sample {
            kind,
            group,
            name: self.text(name),
            description: self.text(asked),
            hidden: name.into_iter().chain(asked).collect(),
            hidden_number: truth.is_none().then_some(group),
            truth,
        };
        self.samples.push(sample);
    }

    /// Recognition slips: characters replaced, lost or doubled.
    fn slips(&mut self, text: &str, rate: f64) -> String {
        let pool: Vec<char> = self.texts[self.chance.below(self.texts.len())]
            .text
            .chars()
            .collect();
        let mut out = String::new();
        for c in text.chars() {
            if c.is_ascii() || self.chance.share() >= rate {
                out.push(c);
                continue;
            }
            match self.chance.below(4) {
                0 => (),
                1 => out.extend([c, c]),
                _ => out.push(pool[self.chance.below(pool.len())]),
            }
        }
        out
    }

    fn make(&mut self, total: u32) {
        for number in 0..total {
            let (names, asked) = (self.of(number, Kind::Name), self.of(number, Kind::Wording));
            let outside = number >= self.items;
            for (at, name) in names.iter().enumerate() {
                let kind = if outside { "outside, name" } else { "name" };
                self.add(kind, number, Some(*name), None);
                if outside && at % 2 == 0 {
                    let other = names[self.chance.below(names.len())];
                    self.add("outside, both", number, Some(*name), Some(other));
                }
                if !asked.is_empty() {
                    let other = asked[self.chance.below(asked.len())];
                    self.add("name and question", number, Some(*name), Some(other));
                }
            }
            for question in &asked {
                self.add("question", number, None, Some(*question));
            }
            if !outside {
                self.standard(number, &names, &asked);
            }
        }
    }

    /// The catalog's own words with slips, and the same when the item does not exist.
    fn standard(&mut self, number: u32, names: &[u32], asked: &[u32]) {
        let (name, question) = (names.first().copied(), asked.first().copied());
        for (round, rate) in [0.0, 0.05, 0.1, 0.15, 0.2, 0.3].into_iter().enumerate() {
            let (own, own_asked) = (self.text(name), self.text(question));
            let (own, own_asked) = (self.slips(&own, rate), self.slips(&own_asked, rate));
            let only_name = round % 3 == 2;
            self.samples.push(Sample {
                kind: "slips",
                group: number,
                name: own,
                description: if only_name { String::new() } else { own_asked },
                hidden: Vec::new(),
                hidden_number: None,
                truth: Some(number),
            });
        }
        let other = |list: &[u32], chance: &mut Chance| {
            (!list.is_empty()).then(|| list[chance.below(list.len())])
        };
        let pairs = [
            (name, question),
            (other(names, &mut self.chance), None),
            (None, other(asked, &mut self.chance)),
            (
                other(names, &mut self.chance),
                other(asked, &mut self.chance),
            ),
        ];
        for (name, asked) in pairs {
            self.samples.push(Sample {
                kind: "no such item",
                group: number,
                name: self.text(name),
                description: self.text(asked),
                hidden: Vec::new(),
                hidden_number: Some(number),
                truth: None,
            });
        }
    }
}

/// A sample as measured: what the model sees, and whether the best item is right.
struct Measured {
    kind: &'static str,
    fold: u32,
    x: [f64; COUNT],
    right: bool,
    has_item: bool,
}

fn measured(index: &Index, maker: &Maker) -> Vec<Measured> {
    let mut scratch = index.scratch();
    let mut out = Vec::new();
    for sample in &maker.samples {
        let field = |text: &str, place, scratch: &mut Scratch| {
            if text.is_empty() {
                return Field::default();
            }
            let hidden = |f: u32| {
                sample.hidden.contains(&f)
                    || sample.hidden_number == Some(maker.texts[f as usize].item)
                    // The same words elsewhere are no unseen wording.
                    || sample.hidden.iter().any(|h| maker.texts[*h as usize].text == maker.texts[f as usize].text)
            };
            let hits = index.search_without(text, Some(&hidden), scratch);
            Field::new(&hits, place, maker.items, text.chars().count())
        };
        let name = field(&sample.name, Place::Name, &mut scratch);
        let description = field(&sample.description, Place::Description, &mut scratch);
        let ranking = score::combine(&name, &description, false, |_| Context::default());
        let Some(best) = ranking.items.first().copied() else {
            continue;
        };
        let x = measure(&ranking, best.item, best.score, &name, &description, false);
        out.push(Measured {
            kind: sample.kind,
            fold: sample.group % FOLDS,
            x,
            right: sample.truth == Some(best.item),
            has_item: sample.truth.is_some(),
        });
    }
    out
}

fn likely(weights: &[f64], x: &[f64; COUNT]) -> f64 {
    let z: f64 = weights[0] + weights[1..].iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
    1.0 / (1.0 + (-z).exp())
}

fn rounded(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}

/// Each row with what a fit without its part of the items says of it, most likely first.
fn held_apart(all: &[Measured]) -> Vec<(f64, &Measured)> {
    let mut judged = Vec::with_capacity(all.len());
    for fold in 0..FOLDS {
        let others: Vec<&Measured> = all.iter().filter(|m| m.fold != fold).collect();
        let w = regress(&others);
        let held = all.iter().filter(|m| m.fold == fold);
        judged.extend(held.map(|m| (likely(&w, &m.x), m)));
    }
    judged.sort_by(|a, b| b.0.total_cmp(&a.0));
    judged
}

/// The fit on all rows, with what it does on rows held apart.
fn calibration(w: &[f64], sorted: &[(f64, &Measured)]) -> Calibration {
    let with_item = sorted.iter().map(|s| s.1).filter(|m| m.has_item).count() as f64;
    let mut promises = Vec::new();
    for precision in [0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999] {
        let (mut wrong, mut best) = (0.0, None);
        for (at, (p, m)) in sorted.iter().enumerate() {
            wrong += f64::from(u8::from(!m.right));
            if 1.0 - wrong / (at + 1) as f64 >= precision {
                best = Some((*p, (at + 1) as f64 / with_item));
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
        let (n, sum, right) = inside.fold((0, 0.0, 0), |(n, s, r), (p, m)| {
            (n + 1, s + p, r + usize::from(m.right))
        });
        (
            n,
            rounded(sum / n.max(1) as f64),
            rounded(right as f64 / n.max(1) as f64),
        )
    };
    let mut kinds = BTreeMap::new();
    let promise = promises[4].confidence;
    for kind in sorted
        .iter()
        .map(|s| s.1.kind)
        .collect::<std::collections::BTreeSet<_>>()
    {
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
        bias: rounded(w[0]),
        weights: confidence::NAMES.iter().zip(&w[1..]).map(|(n, w)| ((*n).to_owned(), rounded(*w))).collect(),
        promises,
        report: Report {
            reliability: (0..10).map(tenth).collect(),
            kinds,
        },
    }
}

/// Logistic regression by gradient descent with momentum; a little shrinkage.
fn regress(rows: &[&Measured]) -> [f64; COUNT + 1] {
    let (mut w, mut v) = ([0.0; COUNT + 1], [0.0; COUNT + 1]);
    for _ in 0..6000 {
        let mut g = [0.0; COUNT + 1];
        for row in rows {
            let e = likely(&w, &row.x) - f64::from(u8::from(row.right));
            g[0] += e;
            for (g, x) in g[1..].iter_mut().zip(&row.x) {
                *g += e * x;
            }
        }
        for i in 0..w.len() {
            let shrink = if i == 0 { 0.0 } else { 1e-4 * w[i] };
            v[i] = 0.95 * v[i] - 0.5 * (g[i] / rows.len() as f64 + shrink);
            w[i] += v[i];
        }
    }
    w
}

fn made_rows() -> Vec<Measured> {
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
        chance: Chance(2010),
        samples: Vec::new(),
    };
    maker.make(total as u32);
    measured(&index, &maker)
}

#[test]
#[ignore = "rewrites mappings/calibration.json"]
fn fit() {
    let all = made_rows();
    let everything: Vec<&Measured> = all.iter().collect();
    let made = calibration(&regress(&everything), &held_apart(&all));
    let text = serde_json::to_string_pretty(&made).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/mappings/calibration.json");
    std::fs::write(path, text).unwrap();
}

/// Says when the catalogs or the scoring have moved away from the stored fit: fit again then.
#[test]
fn confidence_is_what_it_says() {
    let files = DataFiles::default();
    let confidence = Confidence::load(&|n: &str| files.read(n)).unwrap();
    let all = made_rows();
    for tenth in 0..10 {
        let judged = all.iter().map(|m| (confidence.of(&m.x, 0.0), m.right));
        let inside: Vec<_> = judged
            .filter(|(p, _)| ((p * 10.0) as usize).min(9) == tenth)
            .collect();
        let mean = inside.iter().map(|j| j.0).sum::<f64>() / inside.len() as f64;
        let right = inside.iter().filter(|j| j.1).count() as f64 / inside.len() as f64;
        assert!(
            (mean - right).abs() < 0.06,
            "tenth {tenth}: says {mean:.3}, is {right:.3}"
        );
    }
}
