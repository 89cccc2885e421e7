//! What was imported, compared: two editions of a sheet, or many sheets with the catalogs.
//!
//! Beside the stages: it reads what an import wrote (or has just made) and knows nothing of how it
//! was made. [`open`] reads documents and out folders, [`diff`] says what changed from one to the
//! other, [`Coverage`] how much of each catalog they answer.

mod change;
mod coverage;
mod diff;
mod direction;
mod documents;
mod magnitude;
mod rows;
mod saved;
mod verdict;

pub use change::{Aspect, Change, Said, Turn};
pub use coverage::{
    CatalogCoverage, Coverage, CoveredCatalog, CoveredItem, DocumentCoverage, Standing,
};
pub use diff::{Counts, Diff, DocumentDiff, diff};
pub use direction::{Better, Directions};
pub use documents::{MatchedBy, Who};
pub use saved::{Answer, Held, Mapping, Number, Place, Row, Sheet, Source, Value, open};
pub use verdict::{ValueChange, Verdict};

#[cfg(test)]
mod sample;
