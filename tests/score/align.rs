use std::collections::BTreeSet;

use torikomi::model::Row;
use unicode_normalization::UnicodeNormalization;

use super::GoldRow;

/// Below this likeness two rows are not the same row.
const ALIKE: f64 = 0.35;

/// How much the fields of [`parts`] count.
const WEIGHTS: [f64; 4] = [2.0, 3.0, 2.0, 1.0];

/// A text for comparison: NFKC, no white space, marks and dashes unified, no brackets or full
/// stops at the ends.
pub fn norm(text: &str) -> String {
    let unified = text.nfkc().filter_map(|c| match c {
        '◯' | '〇' => Some('○'),
        '✕' | '☓' | '✖' => Some('×'),
        '〜' | '∼' => Some('~'),
        '−' | '‐' | '‑' | '–' | '—' | '―' | '─' => Some('-'),
        '’' => Some('\''),
        '“' => Some('"'),
        '・' | '•' => None,
        c if c.is_whitespace() => None,
        c => Some(c),
    });
    let text: String = unified.collect();
    text.trim_matches(|c| "。、.,()[]【】:;「」".contains(c))
        .to_owned()
}

type Grams = BTreeSet<(char, Option<char>)>;

fn grams(text: &str) -> Grams {
    let chars: Vec<char> = norm(text).chars().collect();
    match chars[..] {
        [only] => BTreeSet::from([(only, None)]),
        _ => chars.windows(2).map(|w| (w[0], Some(w[1]))).collect(),
    }
}

fn dice(a: &Grams, b: &Grams) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()) as f64
}

/// Item, description, text, and the number whole.
struct Parts {
    grams: [Grams; 3],
    number: String,
}

fn parts(item: &str, description: &str, text: &str, number: &str) -> Parts {
    Parts {
        grams: [item, description, text].map(grams),
        number: norm(number),
    }
}

/// The likeness of a row to a gold row, over what the gold row says.
fn likeness(gold: &Parts, row: &Parts) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    let words = gold.grams.iter().zip(&row.grams).map(|(g, r)| dice(g, r));
    let number = f64::from(u8::from(gold.number == row.number));
    let says = gold.grams.iter().map(|g| !g.is_empty());
    let says = says.chain([!gold.number.is_empty()]);
    for ((alike, says), w) in words.chain([number]).zip(says).zip(WEIGHTS) {
        if says {
            sum += w * alike;
            weight += w;
        }
    }
    if weight > 0.0 { sum / weight } else { 0.0 }
}

/// For each gold row the row it is, if any: the order-preserving alignment of most likeness.
pub fn align(gold: &[GoldRow], rows: &[Row]) -> Vec<Option<usize>> {
    let of_gold = |g: &GoldRow| {
        let f = g.fields().map(Option::unwrap_or_default);
        parts(&f[2], &f[3], &f[4], &f[1])
    };
    let of_row = |r: &Row| {
        let f = GoldRow::fields_of(r);
        parts(&f[2], &f[3], &f[4], &f[1])
    };
    let gold: Vec<Parts> = gold.iter().map(of_gold).collect();
    let rows: Vec<Parts> = rows.iter().map(of_row).collect();
    let alike: Vec<Vec<f64>> = gold
        .iter()
        .map(|g| rows.iter().map(|r| likeness(g, r)).collect())
        .collect();
    let (n, m) = (gold.len(), rows.len());
    let mut best = vec![vec![0.0_f64; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let skip = best[i + 1][j].max(best[i][j + 1]);
            let take = alike[i][j] + best[i + 1][j + 1];
            best[i][j] = if alike[i][j] >= ALIKE {
                skip.max(take)
            } else {
                skip
            };
        }
    }
    let mut pairs = vec![None; n];
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        let take = alike[i][j] + best[i + 1][j + 1];
        if alike[i][j] >= ALIKE && (best[i][j] - take).abs() < 1e-9 {
            pairs[i] = Some(j);
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
