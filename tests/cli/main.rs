//! The real program, as its users call it.

mod bad_input;
mod compare;
mod data;
mod import;
#[cfg(unix)]
mod isolation;
mod lock;
mod messages;
mod scratch;
mod settings;
mod tables;
