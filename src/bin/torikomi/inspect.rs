//! `torikomi inspect`: what a stage made of a file, as JSON lines on standard output. What is no
//! row or table (warnings, titles, roles of columns) is told on standard error.

mod cells;
mod pictures;
mod raw_rows;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;
use torikomi::config::Config;
use torikomi::discover::{Found, read};
use torikomi::error::{FileError, RunError};
use torikomi::model::{Source, Warning};
use torikomi::pipeline::Engine;

use crate::args::{InspectArgs, Stage};
use crate::settings::settings;
use crate::summary;
use crate::terminal::{Terminal, harmless};

pub fn run(args: InspectArgs, terminal: &Terminal) -> Result<ExitCode, RunError> {
    let config = settings(args.settings)?;
    let found = found(args.file)?;
    let shown = found.shown.clone();
    pictures::check(args.debug_svg.as_deref(), args.stage)?;
    match lines(&found, args.stage, config, args.debug_svg.as_deref())? {
        Ok(shown) => {
            terminal.print(&shown.lines)?;
            shown
                .notes
                .iter()
                .for_each(|note| terminal.say(harmless(note)));
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            summary::failure(&shown, &error, terminal);
            Ok(ExitCode::from(1))
        }
    }
}

/// The one file that the path names.
fn found(path: PathBuf) -> Result<Found, RunError> {
    if path.is_dir() {
        let path = path.display();
        return Err(RunError::Usage(format!(
            "{path} is a folder: name a file in it"
        )));
    }
    Ok(Found::new(path))
}

/// What the stage made of the file.
fn lines(
    found: &Found,
    stage: Stage,
    config: Config,
    pictures: Option<&Path>,
) -> Result<Result<Shown, FileError>, RunError> {
    let max_file_bytes = config.extract.max_file_bytes;
    let engine = Engine::new(config)?;
    let source = match read(found, max_file_bytes) {
        Ok(source) => source,
        Err(error) => return Ok(Err(error)),
    };
    if let Some(folder) = pictures
        && let Err(error) = pictures::draw(&engine, &source, folder)?
    {
        return Ok(Err(error));
    }
    if stage != Stage::Chars {
        return Ok(stage_lines(&engine, &source, stage));
    }
    match engine.chars(&source) {
        Some(pages) => Ok(pages.map(|pages| {
            let mut shown = Shown::default();
            pages.iter().for_each(|page| shown.push(page));
            shown
        })),
        None => Err(no_pdf(&engine, &source, "--stage chars")),
    }
}

fn stage_lines(engine: &Engine, source: &Source, stage: Stage) -> Result<Shown, FileError> {
    let extraction = engine.extract(source)?;
    if stage == Stage::Extract {
        return Ok(cells::show(&extraction));
    }
    let sheet = engine.interpret(&extraction)?;
    if stage == Stage::Interpret {
        return Ok(raw_rows::show(&sheet));
    }
    let mut shown = Shown::default();
    let mut rows = engine.normalize(&sheet);
    if stage == Stage::Resolve {
        let warnings = engine.resolve(&mut rows);
        shown.notes.extend(warnings.iter().map(warning_note));
    }
    rows.iter().for_each(|row| shown.push(row));
    Ok(shown)
}

fn no_pdf(engine: &Engine, source: &Source, option: &str) -> RunError {
    let what = match engine.extract(source) {
        Ok(extraction) => extraction.format.name().to_owned(),
        Err(error) => error.reason.name().to_owned(),
    };
    let path = &source.path;
    RunError::Usage(format!(
        "{path}: {option} needs a PDF, and this is none ({what}): use --stage extract without it"
    ))
}

/// What is shown of a stage.
#[derive(Default)]
struct Shown {
    /// For standard output: JSON lines.
    lines: Vec<u8>,
    /// For standard error: what else the stage found.
    notes: Vec<String>,
}

impl Shown {
    fn push(&mut self, value: &impl Serialize) {
        // Writing to memory cannot fail.
        let _ = serde_json::to_writer(&mut self.lines, value);
        self.lines.push(b'\n');
    }
}

fn warning_note(warning: &Warning) -> String {
    let rows = match warning.rows {
        Some([first, last]) if first == last => format!(", row {first}"),
        Some([first, last]) => format!(", rows {first}-{last}"),
        None => String::new(),
    };
    let place = warning.place.as_ref().map(|p| format!(", {p}"));
    let code = name(&warning.code);
    let place = place.unwrap_or_default();
    format!("warning: {code}{rows}{place}: {}", warning.message)
}

/// The name that JSON has for it.
fn name(word: &impl Serialize) -> String {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
