//! `torikomi worker`: what an import starts to read files in. Not for users.

use std::process::ExitCode;

use torikomi::error::RunError;

/// Whether this process was started as one. Not an argument like others, which help and completions
/// would name.
pub fn is_meant() -> bool {
    std::env::args_os()
        .nth(1)
        .is_some_and(|arg| arg == "worker")
}

/// Reads files until the import closes standard input.
#[cfg(unix)]
pub fn run() -> Result<ExitCode, RunError> {
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    torikomi::batch::workers::serve(input, output).map_err(|source| RunError::Io {
        path: "torikomi worker".to_owned(),
        action: "go on",
        source,
    })?;
    Ok(ExitCode::SUCCESS)
}

/// There are no workers here.
#[cfg(not(unix))]
pub fn run() -> Result<ExitCode, RunError> {
    Err(RunError::Usage(
        "files are read without worker processes on this system".to_owned(),
    ))
}
