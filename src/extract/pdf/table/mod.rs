//! Tables: from rulings (lattice) or, where nothing is ruled, from alignment (stream).

pub mod atoms;
pub mod bands;
pub mod body;
pub mod columns;
pub mod edges;
pub mod extents;
pub mod grid;
pub mod lattice;
pub mod merged;
pub mod rows;
pub mod split;
pub mod steps;
pub mod stream;

pub use grid::Grid;
