//! Tables: from rulings (lattice) or, where nothing is ruled, from alignment (stream).

pub mod columns;
pub mod edges;
pub mod grid;
pub mod lattice;
pub mod rows;
pub mod split;
pub mod stream;

pub use grid::Grid;
