//! What a run did, on standard error: its documents, its sums, and what failed.

use std::path::Path;

use torikomi::error::FileError;
use torikomi::write::{DocumentStatus, Outcome, Run};

use crate::terminal::{Look, Terminal, harmless, tail, width};

/// With more documents than this, only the sums are shown.
const MOST_DOCUMENTS: usize = 40;

/// How many failures are spelled out; the others are in `run.json`.
const MOST_FAILURES: usize = 100;

/// Least columns for a document's name, however narrow the terminal.
const LEAST_NAME: usize = 20;

/// The columns of numbers: what each is called and how it looks when it is not zero.
const COLUMNS: [(&str, Look); 5] = [
    ("rows", Look::Plain),
    ("accepted", Look::Good),
    ("review", Look::Doubtful),
    ("unmapped", Look::Doubtful),
    ("warnings", Look::Doubtful),
];

/// Between two columns.
const GAP: usize = 2;

/// Shows the run; only its failures when `quiet`.
pub fn show(run: &Run, out: &Path, quiet: bool, terminal: &Terminal) {
    if !quiet {
        table(run, terminal);
    }
    failures(run, terminal);
    if !quiet {
        closing(run, out, terminal);
    }
}

fn table(run: &Run, terminal: &Terminal) {
    let imported = run.documents.iter();
    let imported = imported.filter(|d| d.status == DocumentStatus::Imported);
    let mut lines: Vec<(String, [u64; 5])> = Vec::new();
    if run.counts.imported as usize <= MOST_DOCUMENTS {
        lines.extend(imported.map(|d| (harmless(&d.path).into_owned(), numbers(d))));
    }
    let c = &run.counts;
    let total = [c.rows, c.accepted, c.review, c.unmapped, c.warnings];
    let columns = terminal.columns().map(|all| {
        let numbers: usize = COLUMNS.iter().map(|(title, _)| title.len() + GAP).sum();
        all.saturating_sub(numbers + 1).max(LEAST_NAME)
    });
    let longest = lines.iter().map(|(name, _)| width(name)).max();
    let longest = longest.unwrap_or(0).max("total".len());
    let name_width = longest.min(columns.unwrap_or(usize::MAX));

    let titles = COLUMNS.map(|(title, _)| format!("{:GAP$}{title}", ""));
    let head = format!("{:name_width$}{}", "", titles.concat());
    terminal.say(terminal.paint(head, Look::Faint));
    for (name, numbers) in &lines {
        line(&tail(name, name_width), name_width, *numbers, terminal);
    }
    let total_name = terminal.paint("total", Look::Strong);
    let padding = " ".repeat(name_width - "total".len());
    terminal.say(format_args!(
        "{total_name}{padding}{}",
        cells(total, terminal)
    ));
}

fn line(name: &str, name_width: usize, numbers: [u64; 5], terminal: &Terminal) {
    let padding = " ".repeat(name_width.saturating_sub(width(name)));
    terminal.say(format_args!("{name}{padding}{}", cells(numbers, terminal)));
}

fn numbers(d: &Outcome) -> [u64; 5] {
    [d.rows, d.accepted, d.review, d.unmapped, d.warnings]
}

fn cells(numbers: [u64; 5], terminal: &Terminal) -> String {
    let cell = |(n, (title, look)): (u64, (&str, Look))| {
        let look = if n == 0 { Look::Faint } else { look };
        let columns = title.len() + GAP;
        terminal.paint(format_args!("{n:>columns$}"), look)
    };
    numbers.into_iter().zip(COLUMNS).map(cell).collect()
}

fn failures(run: &Run, terminal: &Terminal) {
    let failed = run.documents.iter();
    let failed = failed.filter_map(|d| Some((d.path.as_str(), d.error.as_ref()?)));
    for (path, error) in failed.take(MOST_FAILURES) {
        failure(path, error, terminal);
    }
    let more = (run.counts.failed as usize).saturating_sub(MOST_FAILURES);
    if more > 0 {
        terminal.say(format_args!("and {more} more: see run.json"));
    }
}

/// Path, place, what, what to do.
pub fn failure(path: &str, error: &FileError, terminal: &Terminal) {
    let label = terminal.paint("failed:", Look::Bad);
    let path = terminal.paint(harmless(path), Look::Strong);
    let place = error.place.as_deref();
    let place = place
        .map(|p| format!("{}: ", harmless(p)))
        .unwrap_or_default();
    let reason = error.reason.name();
    terminal.say(format_args!(
        "{label} {path}: {place}{} [{reason}]",
        harmless(&error.message)
    ));
    terminal.say(format_args!("        {}", harmless(&error.hint)));
}

fn closing(run: &Run, out: &Path, terminal: &Terminal) {
    let c = &run.counts;
    let mut parts = vec![format!("{} imported", c.imported)];
    if c.failed > 0 {
        parts.push(terminal.paint(format_args!("{} failed", c.failed), Look::Bad));
    }
    if c.skipped > 0 {
        parts.push(format!("{} skipped", c.skipped));
    }
    let out = out.display().to_string();
    let time = match &run.timings {
        Some(t) => format!(" in {:.1} s", t.seconds),
        None => String::new(),
    };
    terminal.say(format_args!(
        "{}{time}; written to {}",
        parts.join(", "),
        harmless(&out)
    ));
}
