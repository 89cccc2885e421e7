use super::Candidate;

/// What was measured about a row's mapping: all that the decision rests on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evidence {
    /// The best items, best first; the first is the one chosen.
    pub candidates: Vec<Candidate>,
    /// The catalog of the first candidate.
    pub catalog: Option<String>,
    /// 0..1: how likely the first candidate is right.
    pub confidence: f64,
    /// The row has neither a name nor a description.
    pub empty: bool,
    /// The best fit is a known subject that is in no catalog.
    pub outside: bool,
    /// Name and description point at different items.
    pub conflict: bool,
    /// The second candidate is about as good as the first.
    pub ambiguous: bool,
    /// It stands in a run of rows where one column has slipped against another.
    pub slipped: bool,
    /// The row (1-based) of the same table that fits the same item better.
    pub duplicate_of: Option<u32>,
    /// Where its cells belong is not certain: they had moved, or no rule on the page parts them.
    pub moved: bool,
    /// What earlier decisions say about its wording.
    pub precedent: Precedent,
}

/// What earlier decisions say about a row's wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Precedent {
    /// Nothing.
    #[default]
    None,
    /// Exactly this wording was decided to mean the chosen item.
    Item,
    /// Exactly this wording was decided to be in no catalog.
    NoItem,
    /// A wording like it was decided to mean the chosen item.
    Near,
}
