//! `torikomi import`

use std::path::PathBuf;
use std::process::ExitCode;

use torikomi::batch::{self, EngineImporter};
use torikomi::catalog::{Catalog, Catalogs};
use torikomi::error::RunError;
use torikomi::learn::contradictions;
use torikomi::pipeline::{Engine, Snapshot};
use torikomi::write::{CatalogInfo, RunStatus, holder};

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
    let config = settings(args.settings)?;
    let out = args.out.or(config.output.folder.clone());
    let out = out.unwrap_or_else(|| PathBuf::from(OUT));
    let options = batch::Options {
        jobs: args.jobs.or(config.batch.jobs),
        no_timings: args.no_timings || !config.output.timings,
        wait: args.wait,
    };
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

    let mut progress = Progress::new(terminal, args.quiet, entries.len());
    let watch = |outcome: &_| progress.add(outcome);
    let catalogs = infos(&snapshot.catalogs()?);
    let run = match isolation.start(&snapshot, max_file_bytes, options.jobs, &entries)? {
        Some(workers) => batch::run(&workers, &entries, catalogs, &out, options, watch),
        None => {
            let importer = EngineImporter {
                engine: &Engine::load(snapshot)?,
                max_file_bytes,
            };
            batch::run(&importer, &entries, catalogs, &out, options, watch)
        }
    }?;
    drop(progress);

    summary::show(&run, &out, args.quiet, terminal);
    Ok(match run.status {
        RunStatus::Complete => ExitCode::SUCCESS,
        RunStatus::WithFailures => ExitCode::from(1),
    })
}

fn infos(catalogs: &Catalogs) -> Vec<CatalogInfo> {
    let info = |c: &Catalog| CatalogInfo {
        id: c.id.clone(),
        title: c.title.clone(),
        items: c.items.len() as u64,
    };
    catalogs.iter().map(info).collect()
}
