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
mod worker;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, ColorWhen, Command};
use terminal::Terminal;

fn main() -> ExitCode {
    torikomi::batch::keep_panics_quiet();
    // A panic inside a reader of workbooks or PDFs is reported as its file's error.
    let others = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !torikomi::extract::is_guarded() {
            others(info);
        }
    }));
    if worker::is_meant() {
        return worker::run().unwrap_or_else(|error| Terminal::new(ColorWhen::Never).fatal(&error));
    }
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
