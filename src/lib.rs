//! torikomi (取込) reads received security check sheets and maps every row to a canonical
//! checklist item.
//!
//! ```text
//! discover → extract → interpret → normalize → resolve → review → write
//! ```
//!
//! [`pipeline::Engine`] takes one file through the stages; [`batch`] does so for many, in
//! parallel, and writes what comes out; [`compare`] says what changed between two imports. The
//! library never prints.

#![warn(clippy::print_stdout, clippy::print_stderr, clippy::dbg_macro)]

pub mod batch;
pub mod catalog;
pub mod compare;
pub mod config;
pub mod discover;
pub mod error;
pub mod extract;
pub mod interpret;
pub mod learn;
pub mod model;
pub mod normalize;
pub mod notation;
pub mod pipeline;
pub mod resolve;
pub mod review;
pub mod write;
