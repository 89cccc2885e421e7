//! `torikomi explain`

use std::fmt::Write;
use std::process::ExitCode;

use torikomi::discover::{Found, read};
use torikomi::error::RunError;
use torikomi::pipeline::Engine;
use torikomi::resolve::{Considered, Explanation, Nearest};

use crate::args::ExplainArgs;
use crate::settings::settings;
use crate::summary;
use crate::terminal::{Terminal, harmless_lines};

pub fn run(args: ExplainArgs, terminal: &Terminal) -> Result<ExitCode, RunError> {
    let config = settings(args.settings)?;
    let max_file_bytes = config.extract.max_file_bytes;
    let found = Found::new(args.file);
    let engine = Engine::new(config)?;
    let rows = read(&found, max_file_bytes).and_then(|source| engine.import(&source));
    let rows = match rows {
        Ok(document) => document.rows,
        Err(error) => {
            summary::failure(&found.shown, &error, terminal);
            return Ok(ExitCode::from(1));
        }
    };
    let at = rows.iter().position(|r| r.row == args.row);
    let explanation = at.and_then(|at| engine.explain(&rows, at));
    let Some(explanation) = explanation else {
        let (path, row, last) = (&found.shown, args.row, rows.len());
        return Err(RunError::Usage(format!(
            "{path} has no row {row}; its rows go from 1 to {last}"
        )));
    };
    let text = match args.json {
        true => serde_json::to_string_pretty(&explanation).unwrap_or_default() + "\n",
        false => harmless_lines(&in_words(&explanation)),
    };
    terminal.print(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Writing to a string cannot fail, so what `write!` returns is passed over here.
fn in_words(e: &Explanation) -> String {
    let mut text = String::new();
    let mapping = &e.mapping;
    let item = mapping.item_id.as_deref().unwrap_or("no item");
    let _ = writeln!(
        text,
        "row {}: {} {item}, confidence {}",
        e.row,
        mapping.decision.name(),
        mapping.confidence
    );
    let name = match e.item_inherited {
        true => "name (of a row above)",
        false => "name",
    };
    for (what, said) in [
        ("section", &e.section),
        ("category", &e.category),
        (name, &e.item),
        ("description", &e.description),
        ("unit", &e.unit),
    ] {
        if let Some(said) = said {
            let _ = writeln!(text, "  {what}: {}", one_line(said));
        }
    }
    text.push_str("why\n");
    for why in &e.why {
        let _ = writeln!(text, "  {}", one_line(why));
    }
    if e.outside > 0.0 {
        let _ = writeln!(
            text,
            "  the best subject outside the catalogs fits {:.3}",
            e.outside
        );
    }
    for (place, candidate) in (1..).zip(&e.candidates) {
        considered(&mut text, place, candidate);
    }
    if e.candidates.is_empty() {
        text.push_str("no item of the catalogs shares a word with it\n");
    }
    text
}

fn considered(text: &mut String, place: usize, c: &Considered) {
    let label = c.name.as_deref().or(c.description.as_deref());
    let label = one_line(label.unwrap_or_default());
    let _ = writeln!(
        text,
        "{place}. {} {label} ({}): score {:.3}",
        c.item_id, c.catalog, c.score
    );
    if let Some(description) = c.description.as_deref().filter(|_| c.name.is_some()) {
        let _ = writeln!(text, "   asks: {}", one_line(description));
    }
    fit(text, "name", c.name_fit, c.nearest_to_name.as_ref());
    let nearest = c.nearest_to_description.as_ref();
    fit(text, "description", c.description_fit, nearest);
    let around = [
        ("section", c.section_agrees),
        ("category", c.category_agrees),
        ("unit or kind of answer", c.unit_agrees),
    ];
    let agree = around.iter().filter(|a| a.1).map(|a| a.0);
    let agree: Vec<&str> = agree.collect();
    let agree = match agree.is_empty() {
        true => "nothing agrees".to_owned(),
        false => format!("{} agrees", agree.join(", ")),
    };
    let _ = writeln!(text, "   around the row: {agree}");
    if let Some(order) = c.order {
        let _ = writeln!(text, "   in the catalog's order: {order}");
    }
}

fn fit(text: &mut String, field: &str, fit: Option<f64>, nearest: Option<&Nearest>) {
    let Some(fit) = fit else {
        let _ = writeln!(text, "   {field}: the row has none");
        return;
    };
    let _ = write!(text, "   {field} fits {fit:.3}");
    if let Some(nearest) = nearest {
        let _ = write!(text, ", nearest to 「{}」", one_line(&nearest.text));
        let mut counted: Vec<String> = nearest.shared.clone();
        let same = nearest.same_meaning.iter();
        counted.extend(same.map(|[a, b]| format!("{} = {}", one_line(a), one_line(b))));
        if !counted.is_empty() {
            let _ = write!(text, "; in common: {}", counted.join(", "));
        }
    }
    text.push('\n');
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
