//! `torikomi import`

use std::path::PathBuf;
use std::process::ExitCode;

use torikomi::batch::{self, EngineImporter};
use torikomi::config::Output;
use torikomi::error::RunError;
use torikomi::learn::contradictions;
use torikomi::pipeline::{Engine, Snapshot};
use torikomi::write::{Plan, RunStatus, holder};

use crate::args::ImportArgs;
use crate::learn;
use crate::progress::Progress;
use crate::settings::settings;
use crate::summary;
use crate::terminal::{Terminal, harmless};

mod inputs;
mod isolation;

use isolation::Isolation;

/// Written to when nothing else is said.
const OUT: &str = "out";

pub fn run(args: ImportArgs, terminal: &Terminal) -> Result<ExitCode, RunError> {
    if let Some(learned) = args.settings.learned.as_ref().filter(|l| !l.exists()) {
        let learned = learned.display();
        return Err(RunError::Usage(format!(
            "{learned}: no such file; `torikomi learn` makes it, or leave --learned out"
        )));
    }
    let mut config = settings(args.settings)?;
    if !args.write.is_empty() {
        config.output.write = args.write.into_iter().flat_map(|w| w.outputs()).collect();
    }
    if args.no_workbook {
        config.output.write.retain(|o| *o != Output::Xlsx);
    }
    config.output.language = args.lang.map_or(config.output.language, Into::into);
    let out = args.out.or(config.output.folder.clone());
    let out = out.unwrap_or_else(|| PathBuf::from(OUT));
    let options = batch::Options {
        jobs: args.jobs.or(config.batch.jobs),
        no_timings: args.no_timings || !config.output.timings,
        wait: args.wait,
    };
    let (write, language) = (config.output.write.clone(), config.output.language);
    let max_file_bytes = config.extract.max_file_bytes;
    let isolation = Isolation::of(&args.isolation, &config.batch)?;
    let snapshot = Snapshot::read(config)?;
    let paths = inputs::paths(args.paths, args.files_from.as_deref())?;
    let entries = inputs::entries(&paths, &out)?;
    learn::disputed(&contradictions(snapshot.learned()), terminal);

    if args.wait
        && let Some(holder) = holder(&out)
    {
        terminal.say(harmless(&format!("waiting for {holder} to end")));
    }

    let catalogs = snapshot.catalogs()?.iter().cloned().collect();
    let plan = Plan::new(&write, catalogs, language);
    let mut progress = Progress::new(terminal, args.quiet, entries.len());
    let watch = |outcome: &_| progress.add(outcome);
    let run = match isolation.start(&snapshot, max_file_bytes, options.jobs, &entries)? {
        Some(workers) => batch::run(&workers, &entries, plan, &out, options, watch),
        None => {
            let importer = EngineImporter {
                engine: &Engine::load(snapshot)?,
                max_file_bytes,
            };
            batch::run(&importer, &entries, plan, &out, options, watch)
        }
    }?;
    drop(progress);

    summary::show(&run, &out, args.quiet, terminal);
    Ok(match run.status {
        RunStatus::Complete => ExitCode::SUCCESS,
        RunStatus::WithFailures => ExitCode::from(1),
    })
}
