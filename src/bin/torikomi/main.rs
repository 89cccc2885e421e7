//! The command line: the only place that prints.

mod args;
mod catalog;
mod completions;
mod coverage;
mod diff;
mod explain;
mod import;
mod inspect;
mod learn;
mod output;
mod progress;
mod schema;
mod settings;
mod sheets;
mod summary;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use terminal::Terminal;

fn main() -> ExitCode {
    torikomi::batch::keep_panics_quiet();
    let args = Args::parse();
    let terminal = Terminal::new(args.color);
    let done = match args.command {
        Command::Import(args) => import::run(args, &terminal),
        Command::Inspect(args) => inspect::run(args, &terminal),
        Command::Explain(args) => explain::run(args, &terminal),
        Command::Diff(args) => diff::run(args, &terminal),
        Command::Coverage(args) => coverage::run(args, &terminal),
        Command::Learn(args) => learn::run(args, &terminal),
        Command::Catalog(args) => catalog::run(args, &terminal),
        Command::Schema(args) => schema::run(args, &terminal),
        Command::Completions(args) => completions::run(args, &terminal),
    };
    done.unwrap_or_else(|error| terminal.fatal(&error))
}
