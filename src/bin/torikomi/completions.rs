//! `torikomi completions`

use std::process::ExitCode;

use clap::CommandFactory;
use torikomi::error::RunError;

use crate::args::{Args, CompletionsArgs};
use crate::terminal::Terminal;

pub fn run(args: CompletionsArgs, terminal: &Terminal) -> Result<ExitCode, RunError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "torikomi", &mut script);
    terminal.print(&script)?;
    Ok(ExitCode::SUCCESS)
}
