//! Foundation: what reviewers decided, kept for the next sheet with the same words.
//!
//! ```text
//! decisions + the out folder's documents → lines of learned.jsonl → `Learned`, which resolve asks
//! ```
//!
//! A line says that a wording (a name and a description) means an item, or none, and names the row
//! and the day it comes from. The same wording is settled by it; a wording like it has the item
//! among its candidates. Two lines that say different things of one wording are a contradiction:
//! neither is used until one of them is taken back.

mod contradiction;
mod decision;
mod documents;
mod file;
mod index;
mod lesson;
mod line;
mod near;
mod today;
mod workbook;

pub use contradiction::{Contradiction, contradictions};
pub use decision::{At, Decided, Decisions};
pub use documents::{Documents, WrittenRow};
pub use file::{FILE_NAME, LearnedFile};
pub use index::{Learned, Verdict};
pub use lesson::{Lesson, forget, learn};
pub use line::Line;
pub use today::today;

#[cfg(test)]
mod tests;
