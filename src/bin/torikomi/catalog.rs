//! `torikomi catalog`

use std::process::ExitCode;

use torikomi::catalog::{Catalog, Catalogs, Item, check};
use torikomi::error::RunError;
use torikomi::pipeline::Engine;

use crate::args::{CatalogArgs, CatalogCommand};
use crate::output::push_line as push;
use crate::settings::settings;
use crate::terminal::{Look, Terminal, harmless};

mod files;

pub fn run(args: CatalogArgs, terminal: &Terminal) -> Result<ExitCode, RunError> {
    let config = settings(args.settings)?;
    match args.command {
        CatalogCommand::List { items } => {
            list(Engine::new(config)?.catalogs(), items, terminal)?;
            Ok(ExitCode::SUCCESS)
        }
        CatalogCommand::Check => {
            checked(&Engine::new(config)?, terminal);
            Ok(ExitCode::SUCCESS)
        }
        CatalogCommand::From {
            template,
            id,
            title,
            output,
        } => files::from(config, template, &id, title, output.as_deref(), terminal),
        CatalogCommand::Diff { before, after } => files::diff(&config, &before, &after, terminal),
        CatalogCommand::Export {
            catalog,
            csv,
            output,
        } => files::export(&config, &catalog, csv, output.as_deref(), terminal),
        CatalogCommand::Import {
            csv,
            id,
            title,
            output,
        } => files::import(
            &csv,
            id.as_deref(),
            title.as_deref(),
            output.as_deref(),
            terminal,
        ),
    }
}

/// Everything is checked when it is loaded; here is what may be meant so.
fn checked(engine: &Engine, terminal: &Terminal) {
    alike(engine.catalogs(), terminal);
    let items: usize = engine.catalogs().iter().map(|c| c.items.len()).sum();
    let catalogs = engine.catalogs().iter().count();
    let crosswalks = engine.crosswalks().iter();
    let links: usize = crosswalks.map(|c| c.links.len()).sum();
    let learned = engine.learned().lines().len();
    terminal.say(format_args!(
        "{catalogs} catalogs, {items} items, {links} links between them, {learned} learned: no \
         fault found"
    ));
}

/// Names the items that cannot be told apart.
fn alike(catalogs: &Catalogs, terminal: &Terminal) {
    for twins in check(catalogs) {
        let told = format!("{} and {}: {}", twins.first, twins.second, twins.message);
        let warning = terminal.paint("warning:", Look::Doubtful);
        terminal.say(format_args!("{warning} {}", harmless(&told)));
    }
}

fn list(catalogs: &Catalogs, items: bool, terminal: &Terminal) -> Result<(), RunError> {
    let mut text = String::new();
    for catalog in catalogs.iter() {
        if items {
            catalog
                .items
                .iter()
                .for_each(|item| push(&mut text, &item_fields(catalog, item)));
        } else {
            let count = catalog.items.len().to_string();
            push(&mut text, &[&catalog.id, &count, &catalog.title]);
        }
    }
    terminal.print(text.as_bytes())
}

fn item_fields<'a>(catalog: &'a Catalog, item: &'a Item) -> [&'a str; 7] {
    let or_empty = |field: &'a Option<String>| field.as_deref().unwrap_or_default();
    [
        &catalog.id,
        &item.id,
        or_empty(&item.no),
        or_empty(&item.section),
        or_empty(&item.category),
        or_empty(&item.name),
        or_empty(&item.description),
    ]
}
