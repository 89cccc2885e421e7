use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The canonical item a row was mapped to, and how sure that is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Mapping {
    /// The item; null when unmapped.
    pub item_id: Option<String>,
    /// The catalog it is in.
    pub catalog: Option<String>,
    /// 0..1: of rows at 0.9, nine in ten are right. When unmapped: how sure it is that no item fits.
    pub confidence: f64,
    /// Whether somebody needs to look.
    pub decision: Decision,
    /// Why it is under review or unmapped.
    pub reasons: Vec<Reason>,
    /// The chosen item, then the next best ones, best first.
    pub candidates: Vec<Candidate>,
    /// Of a `duplicate_item`: the row (1-based) of the same table that fits the item better.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<u32>,
    /// Items of other catalogs that ask for the same or for part of it, by the crosswalks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
}

/// Whether somebody needs to look at a row.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// A promise that nobody needs to look again.
    Accepted,
    /// Probably this item; a person decides.
    Review,
    /// In no catalog.
    #[default]
    Unmapped,
}

impl Decision {
    /// The name used in JSON and CSV.
    pub fn name(self) -> &'static str {
        match self {
            Decision::Accepted => "accepted",
            Decision::Review => "review",
            Decision::Unmapped => "unmapped",
        }
    }
}

/// Why a row needs a look. A closed list.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Name and description point at different items.
    NameDescriptionConflict,
    /// The best two items are too close to choose.
    AmbiguousCandidates,
    /// Another row of the same table is a better fit for the item.
    DuplicateItem,
    /// It stands in a run of rows where one column has slipped against another.
    ColumnSlip,
    /// Its cells had moved and the repair is not certain, or which lines of a page without rules
    /// are its cells is not certain.
    CellsMoved,
    /// The best item fits, but not well enough to promise.
    LowConfidence,
    /// No item fits well enough to name one.
    NoCandidate,
    /// The row has neither a name nor a description to map by.
    NothingToMap,
    /// Its very wording was decided by a reviewer. Takes no promise away.
    Learned,
}

impl Reason {
    /// The name used in JSON and CSV.
    pub fn name(self) -> &'static str {
        match self {
            Reason::NameDescriptionConflict => "name_description_conflict",
            Reason::AmbiguousCandidates => "ambiguous_candidates",
            Reason::DuplicateItem => "duplicate_item",
            Reason::ColumnSlip => "column_slip",
            Reason::CellsMoved => "cells_moved",
            Reason::LowConfidence => "low_confidence",
            Reason::NoCandidate => "no_candidate",
            Reason::NothingToMap => "nothing_to_map",
            Reason::Learned => "learned",
        }
    }
}

/// An item that a row might mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Candidate {
    /// The item.
    pub item_id: String,
    /// 0..1: how well it fits.
    pub score: f64,
}

/// An item of another catalog that has to do with a row's item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Related {
    /// The item.
    pub item_id: String,
    /// What it is, seen from the row's item.
    pub relation: Relation,
}

/// How an item of one catalog stands to an item of another (as SKOS mappings: exact, broad, narrow
/// and related match).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It asks for the same.
    Equal,
    /// It asks for this and more: an answer to it may leave this open.
    Broader,
    /// It asks for a part of this.
    Narrower,
    /// It asks for something that belongs together with this.
    Related,
}
