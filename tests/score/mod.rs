//! Scores a document against gold (`fixtures/gold`): rows aligned in order by likeness, then
//! fields, items and decisions compared.

mod align;
mod gold;

use torikomi::model::{Decision, Document, WarningCode};

use align::{align, norm};
pub use gold::Gold;
use gold::GoldRow;

/// The fields that are compared, by name.
pub const FIELDS: [&str; 6] = ["section", "number", "item", "description", "text", "status"];

/// Counts over one document or many.
#[derive(Debug, Default, Clone)]
pub struct Tally {
    pub gold: u32,
    pub found: u32,
    pub matched: u32,
    /// Right and compared, for each of [`FIELDS`].
    pub fields: [(u32, u32); 6],
    /// Title, vendor, date.
    pub head: (u32, u32),
    pub id: u32,
    /// Accepted with a wrong item.
    pub silent: u32,
    /// Rows that must be under review, and those of them that are not accepted.
    pub must_review: (u32, u32),
    /// The other rows that are in a catalog, and those of them that were accepted.
    pub acceptable: (u32, u32),
    /// Stretches where a column has slipped, and those that were warned of.
    pub slips: (u32, u32),
}

impl Tally {
    /// The measures that floors are set for, in percent; none where nothing was to be measured.
    pub fn measures(&self) -> Vec<(&'static str, Option<f64>)> {
        let percent = |of: u32, all: u32| (all > 0).then(|| 100.0 * f64::from(of) / f64::from(all));
        let mut measures = vec![
            ("recall", percent(self.matched, self.gold)),
            ("precision", percent(self.matched, self.found)),
            ("head", percent(self.head.0, self.head.1)),
        ];
        for (name, (right, compared)) in FIELDS.iter().zip(self.fields) {
            measures.push((name, percent(right, compared)));
        }
        measures.extend([
            ("id", percent(self.id, self.gold)),
            (
                "must_review",
                percent(self.must_review.1, self.must_review.0),
            ),
            ("accepted", percent(self.acceptable.1, self.acceptable.0)),
            ("slips", percent(self.slips.1, self.slips.0)),
        ]);
        measures
    }

    /// Adds another's counts.
    pub fn add(&mut self, other: &Tally) {
        let pair = |a: &mut (u32, u32), b: (u32, u32)| *a = (a.0 + b.0, a.1 + b.1);
        self.gold += other.gold;
        self.found += other.found;
        self.matched += other.matched;
        for (a, b) in self.fields.iter_mut().zip(other.fields) {
            pair(a, b);
        }
        pair(&mut self.head, other.head);
        self.id += other.id;
        self.silent += other.silent;
        pair(&mut self.must_review, other.must_review);
        pair(&mut self.acceptable, other.acceptable);
        pair(&mut self.slips, other.slips);
    }
}

/// Scores a document (none when its import failed), and says what is wrong.
pub fn score(gold: &Gold, document: Option<&Document>) -> (Tally, Vec<String>) {
    let rows = document.map_or(&[][..], |d| &d.rows);
    let mut tally = Tally {
        gold: gold.rows.len() as u32,
        found: rows.len() as u32,
        ..Tally::default()
    };
    let mut errors = Vec::new();
    head(gold, document, &mut tally, &mut errors);
    let pairs = align(&gold.rows, rows);
    for (want, pair) in gold.rows.iter().zip(pairs) {
        let mut fault = |what: &str, want: &str, got: &str, number: u32| {
            errors.push(format!("row {number}, {what}: want {want:?}, got {got:?}"));
        };
        let wanted = want.fields();
        tally.must_review.0 += u32::from(want.review);
        let acceptable = !want.review && want.id.is_some();
        tally.acceptable.0 += u32::from(acceptable);
        let Some(row) = pair.map(|i| &rows[i]) else {
            fault("the row", want.id.as_deref().unwrap_or("-"), "", want.row);
            for (count, wanted) in tally.fields.iter_mut().zip(&wanted) {
                count.1 += u32::from(wanted.as_ref().is_some_and(|w| !w.is_empty()));
            }
            continue;
        };
        tally.matched += 1;
        let got = GoldRow::fields_of(row);
        for (i, (wanted, got)) in wanted.iter().zip(&got).enumerate() {
            // A text that should be empty must be empty; other empty fields are not compared.
            let Some(wanted) = wanted.as_ref().filter(|w| !w.is_empty() || i == 4) else {
                continue;
            };
            tally.fields[i].1 += 1;
            if norm(wanted) == norm(got) {
                tally.fields[i].0 += 1;
            } else {
                fault(FIELDS[i], wanted, got, want.row);
            }
        }
        let (id, decision) = (&row.mapping.item_id, row.mapping.decision);
        let (right, accepted) = (want.accepts(id.as_deref()), decision == Decision::Accepted);
        tally.id += u32::from(right);
        tally.silent += u32::from(accepted && !right);
        tally.must_review.1 += u32::from(want.review && !accepted);
        tally.acceptable.1 += u32::from(acceptable && accepted);
        let said = id.as_deref().unwrap_or("-");
        if !right {
            let what = format!("item ({})", decision.name());
            fault(&what, want.id.as_deref().unwrap_or("-"), said, want.row);
        } else if accepted == want.review && (want.review || acceptable) {
            let wanted = if want.review { "review" } else { "accepted" };
            let reasons: Vec<_> = row.mapping.reasons.iter().map(|r| r.name()).collect();
            let got = format!("{} {said} {reasons:?}", decision.name());
            fault("decision", wanted, &got, want.row);
        }
    }
    (tally, errors)
}

/// Title, vendor, date and warned slips.
fn head(gold: &Gold, document: Option<&Document>, tally: &mut Tally, errors: &mut Vec<String>) {
    for (what, want, got) in [
        ("title", &gold.title, document.map(|d| &d.title)),
        ("vendor", &gold.vendor, document.map(|d| &d.vendor)),
        ("date", &gold.date, document.map(|d| &d.date)),
    ] {
        let Some(want) = want else { continue };
        let got = got.cloned().flatten().unwrap_or_default();
        tally.head.1 += 1;
        if norm(want) == norm(&got) {
            tally.head.0 += 1;
        } else {
            errors.push(format!("{what}: want {want:?}, got {got:?}"));
        }
    }
    for slip in &gold.slips {
        tally.slips.0 += 1;
        let warned = document.is_some_and(|d| {
            d.warnings.iter().any(|w| {
                let rows = w.rows.filter(|_| w.code == WarningCode::ColumnSlip);
                rows.is_some_and(|[a, b]| a <= slip.rows[1] && slip.rows[0] <= b)
            })
        });
        if warned {
            tally.slips.1 += 1;
        } else {
            errors.push(format!("no warning of the slip in rows {:?}", slip.rows));
        }
    }
}
