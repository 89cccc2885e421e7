//! `torikomi schema`

use std::process::ExitCode;

use torikomi::error::RunError;
use torikomi::write::{SchemaName, schema};

use crate::args::{SchemaArgs, SchemaOf};
use crate::terminal::Terminal;

pub fn run(args: SchemaArgs, terminal: &Terminal) -> Result<ExitCode, RunError> {
    let name = match args.name {
        SchemaOf::Document => SchemaName::Document,
        SchemaOf::Rows => SchemaName::Rows,
        SchemaOf::Run => SchemaName::Run,
    };
    terminal.print(format!("{:#}\n", schema(name)).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
