//! `torikomi learn`

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use torikomi::catalog::{Catalogs, DataFiles};
use torikomi::config::Config;
use torikomi::error::RunError;
use torikomi::learn::{
    Contradiction, Decisions, Documents, LearnedFile, Lesson, Line, contradictions, forget, learn,
    today,
};
use torikomi::pipeline::learned_file;

use crate::args::LearnArgs;
use crate::output::push_line;
use crate::settings::settings;
use crate::terminal::{Look, Terminal, harmless};

/// Where imports write when nothing else is said.
const OUT: &str = "out";

/// What an out folder holds.
const DOCUMENTS: &str = "documents";
const RUN: &str = "run.json";

/// Standard input as a file name.
const DASH: &str = "-";

pub fn run(args: LearnArgs, terminal: &Terminal) -> Result<ExitCode, RunError> {
    let config = settings(args.settings)?;
    let file = learned_file(&config)
        .ok_or_else(|| RunError::Usage("name a file with --learned".to_owned()))?;
    let catalogs = catalogs(&config)?;
    if args.list {
        return list(&file, &catalogs, terminal);
    }
    if !args.forget.is_empty() {
        let gone = file.change(|lines| forget(lines, &args.forget))?;
        for line in &gone {
            tell("taken back", line, terminal);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let Some(given) = args.decisions else {
        return Err(RunError::Usage("name a file of decisions".to_owned()));
    };
    let name = given.display().to_string();
    let decisions = Decisions::read(&name, &bytes(&given)?).map_err(RunError::Data)?;
    let out = args
        .out
        .or_else(|| reviewed(&given))
        .or(config.output.folder);
    let mut documents = Documents::open(&out.unwrap_or_else(|| PathBuf::from(OUT)))?;
    let is_item = |id: &str| catalogs.catalog_of(id).is_some();
    let (lesson, contradictions) = file.change(|lines| {
        let lesson = learn(lines, &name, &decisions, &mut documents, is_item, &today())?;
        Ok((lesson, contradictions(lines)))
    })?;
    told(&lesson, &file, terminal);
    Ok(disputed(&contradictions, terminal))
}

/// The out folder that a file of decisions stands in, as the workbook of an import does.
fn reviewed(decisions: &Path) -> Option<PathBuf> {
    let folder = decisions.parent()?;
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let is_out = folder.join(DOCUMENTS).is_dir() && folder.join(RUN).is_file();
    is_out.then(|| folder.to_owned())
}

/// All catalogs there are, whichever are chosen.
fn catalogs(config: &Config) -> Result<Catalogs, RunError> {
    let files = DataFiles::open(config.mappings.as_deref())?;
    let chosen = &config.resolve;
    Catalogs::choose(&files, &chosen.catalogs, &chosen.catalog_files)
}

fn bytes(path: &Path) -> Result<Vec<u8>, RunError> {
    let mut bytes = Vec::new();
    let read = match path == Path::new(DASH) {
        true => std::io::stdin().lock().read_to_end(&mut bytes).map(|_| ()),
        false => std::fs::read(path).map(|read| bytes = read),
    };
    read.map(|()| bytes).map_err(|source| RunError::Io {
        path: path.display().to_string(),
        action: "read the decisions",
        source,
    })
}

fn told(lesson: &Lesson, file: &LearnedFile, terminal: &Terminal) {
    for line in &lesson.replaced {
        tell("replaced", line, terminal);
    }
    let Lesson {
        added, known, open, ..
    } = lesson;
    let path = file.path().display().to_string();
    terminal.say(format_args!(
        "{added} learned, {known} known before, {open} without a decision: {}",
        harmless(&path)
    ));
}

fn tell(what: &str, line: &Line, terminal: &Terminal) {
    let words = [&line.name, &line.description];
    let words: Vec<&str> = words.iter().filter_map(|w| w.as_deref()).collect();
    let (item, source) = (line.item(), line.source());
    let said = format!("{what}: {item} for 「{}」 ({source})", words.join(" / "));
    terminal.say(harmless(&said));
}

/// Names the contradictions; they colour the exit code.
pub fn disputed(contradictions: &[Contradiction], terminal: &Terminal) -> ExitCode {
    for contradiction in contradictions {
        let warning = terminal.paint("contradiction:", Look::Bad);
        let message = harmless(&contradiction.message);
        terminal.say(format_args!("{warning} {message}"));
    }
    match contradictions.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(1),
    }
}

/// Number, ID, item, name, description, section, category, document, row, date, remark, and what
/// keeps the line from being used.
fn list(
    file: &LearnedFile,
    catalogs: &Catalogs,
    terminal: &Terminal,
) -> Result<ExitCode, RunError> {
    let lines = file.read()?;
    let contradictions = contradictions(&lines);
    let mut text = String::new();
    for (number, line) in (1..).zip(&lines) {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let disputed = contradictions.iter().any(|c| c.ids.contains(&line.id));
        let known = line.item_id.as_deref();
        let known = known.is_none_or(|id| catalogs.catalog_of(id).is_some());
        let fault = match (disputed, known) {
            (true, _) => "contradiction",
            (_, false) => "no such item",
            _ => "",
        };
        push_line(
            &mut text,
            &[
                &number.to_string(),
                &line.id,
                line.item(),
                &or_empty(&line.name),
                &or_empty(&line.description),
                &or_empty(&line.section),
                &or_empty(&line.category),
                &line.document,
                &line.row.to_string(),
                &line.date,
                &or_empty(&line.remark),
                fault,
            ],
        );
    }
    terminal.print(text.as_bytes())?;
    Ok(disputed(&contradictions, terminal))
}
