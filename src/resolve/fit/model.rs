//! The fitting itself: logistic regression, and a rising curve over what it says.

use super::super::confidence::{COUNT, Measures};

/// A row as measured: what the model sees, and whether the best item is right.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    pub kind: &'static str,
    /// The part that is fitted on or held apart as a whole.
    pub fold: u32,
    pub seen: Measures,
    /// Evidence from the rows around, in log odds.
    pub support: f64,
    pub right: bool,
    pub has_item: bool,
    /// How many rows it stands for.
    pub weight: f64,
}

/// Bias and weights.
pub(super) type Weights = [f64; COUNT + 1];

/// Most that a weight costs, so that measurements that say the same share theirs.
const SHRINK: f64 = 1.0;

/// The curve's parts: narrow where much depends on it.
const EDGES: [f64; 17] = [
    0.0, 0.03, 0.07, 0.13, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87, 0.92, 0.95, 0.975, 0.99, 1.0,
];

pub(super) fn likely(weights: &Weights, row: &Measured) -> f64 {
    let sum: f64 = weights[1..]
        .iter()
        .zip(&row.seen.x)
        .map(|(w, x)| w * x)
        .sum();
    1.0 / (1.0 + (-(weights[0] + sum + row.support)).exp())
}

/// Logistic regression by Newton's method.
#[allow(clippy::needless_range_loop)] // Rows and columns of one matrix are read best by their numbers.
pub(super) fn regress(rows: &[&Measured]) -> Weights {
    const N: usize = COUNT + 1;
    let mut weights = [0.0; N];
    for _ in 0..25 {
        let mut gradient = [0.0; N];
        let mut curvature = [[0.0; N]; N];
        for row in rows {
            let p = likely(&weights, row);
            let error = row.weight * (f64::from(u8::from(row.right)) - p);
            let bend = row.weight * (p * (1.0 - p)).max(1e-6);
            let x = |i: usize| if i == 0 { 1.0 } else { row.seen.x[i - 1] };
            for i in 0..N {
                gradient[i] += error * x(i);
                for j in 0..=i {
                    curvature[i][j] += bend * x(i) * x(j);
                }
            }
        }
        for i in 0..N {
            for j in 0..i {
                curvature[j][i] = curvature[i][j];
            }
            curvature[i][i] += if i == 0 { 1e-9 } else { SHRINK };
            gradient[i] -= if i == 0 { 0.0 } else { SHRINK * weights[i] };
        }
        let step = solve(curvature, gradient);
        // Far from the optimum a whole step may overshoot.
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight += step.clamp(-2.0, 2.0);
        }
    }
    weights
}

/// Solves a symmetric system by elimination with pivots.
#[allow(clippy::needless_range_loop)]
fn solve<const N: usize>(mut a: [[f64; N]; N], mut b: [f64; N]) -> [f64; N] {
    for at in 0..N {
        let pivot = (at..N).max_by(|i, j| a[*i][at].abs().total_cmp(&a[*j][at].abs()));
        let pivot = pivot.unwrap_or(at);
        a.swap(at, pivot);
        b.swap(at, pivot);
        for below in at + 1..N {
            let factor = a[below][at] / a[at][at];
            for column in at..N {
                a[below][column] -= factor * a[at][column];
            }
            b[below] -= factor * b[at];
        }
    }
    let mut x = [0.0; N];
    for at in (0..N).rev() {
        let rest: f64 = (at + 1..N).map(|j| a[at][j] * x[j]).sum();
        x[at] = (b[at] - rest) / a[at][at];
    }
    x
}

/// The curve that makes what was said, of rows held apart, what is: means of parts, joined where
/// they would fall (pool adjacent violators).
pub(super) fn curve(judged: &[(f64, &Measured)]) -> Vec<(f64, f64)> {
    // Said, right and weight of each part.
    let mut parts: Vec<(f64, f64, f64)> = Vec::new();
    for edge in EDGES.windows(2) {
        let last = edge[1] == 1.0;
        let inside = judged
            .iter()
            .filter(|(p, _)| *p >= edge[0] && (*p < edge[1] || last));
        let mut part = (0.0, 0.0, 0.0);
        for (p, row) in inside {
            part.0 += p * row.weight;
            part.1 += if row.right { row.weight } else { 0.0 };
            part.2 += row.weight;
        }
        if part.2 < 20.0 {
            continue;
        }
        parts.push(part);
        while let [.., a, b] = parts[..]
            && a.1 / a.2 >= b.1 / b.2
        {
            parts.truncate(parts.len() - 2);
            parts.push((a.0 + b.0, a.1 + b.1, a.2 + b.2));
        }
    }
    parts
        .iter()
        .map(|(said, right, weight)| (said / weight, right / weight))
        .collect()
}

#[cfg(test)]
use super::super::confidence::Shape;

#[test]
fn regression_finds_what_the_rows_were_made_with() {
    let row = |x: f64, right: bool| {
        let mut all = [0.0; COUNT];
        all[0] = x;
        Measured {
            kind: "",
            fold: 0,
            seen: Measures {
                shape: Shape::Both,
                x: all,
            },
            support: 0.0,
            right,
            has_item: true,
            weight: 1.0,
        }
    };
    // Right in 1 of 5 cases at 0, in 4 of 5 at 1.
    let rows: Vec<Measured> = (0..2000)
        .map(|i| row(f64::from(i % 2), (i / 2 % 5 == 0) != (i % 2 == 1)))
        .collect();
    let weights = regress(&rows.iter().collect::<Vec<_>>());
    assert!((likely(&weights, &rows[0]) - 0.2).abs() < 0.01);
    assert!((likely(&weights, &rows[1]) - 0.8).abs() < 0.01);
}
