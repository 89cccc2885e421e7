//! What a catalog must not be. Faults are named with the line where the item stands.

use std::collections::HashMap;

use super::{Catalog, Item};
use crate::model::DataError;
use crate::notation::fold;

/// A catalog with its file's name and text.
type Read<'a> = (&'a str, &'a str, Catalog);

/// Every fault of the catalogs, alone and together, in file order.
pub(super) fn find(catalogs: &[Read<'_>]) -> Vec<DataError> {
    let mut faults = Faults::default();
    for (file, text, catalog) in catalogs {
        faults.catalog(file, text, catalog);
    }
    // Names first: an alias may clash with a name in a file that comes later.
    for (file, text, catalog) in catalogs {
        let lines = Lines::new(text);
        for (nth, item) in occurrences(catalog) {
            faults.aliases(file, &lines, nth, item);
        }
    }
    faults.found
}

#[derive(Default)]
struct Faults {
    found: Vec<DataError>,
    catalogs: HashMap<String, String>,
    /// Where an ID stands.
    ids: HashMap<String, String>,
    /// The items that a folded name or alias belongs to.
    names: HashMap<String, Vec<String>>,
    aliases: HashMap<String, String>,
}

impl Faults {
    fn catalog(&mut self, file: &str, text: &str, catalog: &Catalog) {
        let lines = Lines::new(text);
        let head = lines.with("\"catalog\"", 0);
        let mut say = |line, message: String| self.found.push(DataError::at(file, line, message));
        if catalog.id.trim().is_empty() {
            say(head, "the catalog has no ID; give it one".into());
        }
        if catalog.title.trim().is_empty() {
            say(head, "the catalog has no title; give it one".into());
        }
        if catalog.items.is_empty() {
            say(
                head,
                "the catalog has no items; add some or remove the file".into(),
            );
        }
        if let Some(other) = self.catalogs.insert(catalog.id.clone(), file.to_owned()) {
            say(
                head,
                format!("catalog {} is also in {other}; rename one", catalog.id),
            );
        }
        for (nth, item) in occurrences(catalog) {
            self.item(file, lines.of(&item.id, nth), item);
        }
    }

    fn item(&mut self, file: &str, line: usize, item: &Item) {
        let mut say = |message: String| self.found.push(DataError::at(file, line, message));
        let id = &item.id;
        if id.trim().is_empty() {
            say("an item has no ID; give it one".into());
        }
        let fields = [
            ("name", &item.name),
            ("name_en", &item.name_en),
            ("description", &item.description),
            ("section", &item.section),
            ("category", &item.category),
            ("unit", &item.unit),
            ("no", &item.no),
        ];
        for (field, value) in fields {
            if value.as_ref().is_some_and(|v| fold(v).is_empty()) {
                say(format!("{id}: {field} is empty; fill it or leave it out"));
            }
        }
        if item.name.is_none() && item.description.is_none() {
            say(format!(
                "{id} has neither a name nor a description; nothing can map to it"
            ));
        }
        let here = format!("{file}:{line}");
        if let Some(other) = self.ids.get(id) {
            say(format!(
                "{id} is already at {other}; IDs are unique over all catalogs"
            ));
        } else {
            self.ids.insert(id.clone(), here);
        }
        for name in item.name.iter().chain(&item.name_en) {
            self.names.entry(fold(name)).or_default().push(id.clone());
        }
    }

    fn aliases(&mut self, file: &str, lines: &Lines<'_>, nth: usize, item: &Item) {
        let id = &item.id;
        let mut own = HashMap::new();
        for (kind, text) in item
            .aliases
            .iter()
            .map(|a| ("alias", a))
            .chain(item.questions.iter().map(|q| ("question", q)))
        {
            let mut say = |message: String| {
                let line = lines.text_of(id, nth, text);
                self.found.push(DataError::at(file, line, message));
            };
            let folded = fold(text);
            if folded.is_empty() {
                say(format!("{id}: an empty {kind}; remove it"));
                continue;
            }
            if own.insert(folded.clone(), ()).is_some() {
                say(format!("{id}: the {kind} {text} stands twice; remove one"));
                continue;
            }
            if let Some(ids) = self.names.get(&folded) {
                let whose = ids.join(", ");
                if ids.contains(id) {
                    say(format!(
                        "{id}: the {kind} {text} is its own name; remove it"
                    ));
                } else {
                    say(format!(
                        "{id}: the {kind} {text} is the name of {whose}; remove it"
                    ));
                }
                continue;
            }
            match self.aliases.get(&folded) {
                Some(other) => say(format!(
                    "{id}: the {kind} {text} also points at {other}; keep it at one of them"
                )),
                None => {
                    self.aliases.insert(folded, id.clone());
                }
            }
        }
    }
}

/// The items with how many items of the same ID stand before each in the file.
fn occurrences(catalog: &Catalog) -> impl Iterator<Item = (usize, &Item)> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    catalog.items.iter().map(move |item| {
        let count = seen.entry(item.id.as_str()).or_default();
        *count += 1;
        (*count - 1, item)
    })
}

/// Finds lines again in the text of a file. serde_json tells the line of a syntax error only.
struct Lines<'a> {
    text: &'a str,
    /// The 1-based lines on which each ID is given.
    ids: HashMap<String, Vec<usize>>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let mut ids: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, line) in text.lines().enumerate() {
            let mut rest = line;
            while let Some(found) = rest.find("\"id\"") {
                rest = rest[found + 4..].trim_start();
                let Some(value) = rest.strip_prefix(':').map(str::trim_start) else {
                    continue;
                };
                if let Some(Ok(id)) = serde_json::Deserializer::from_str(value)
                    .into_iter::<String>()
                    .next()
                {
                    ids.entry(id).or_default().push(at + 1);
                }
            }
        }
        Lines { text, ids }
    }

    /// The line of the nth item with this ID; 1 when it cannot be told.
    fn of(&self, id: &str, nth: usize) -> usize {
        let lines = self.ids.get(id);
        lines.and_then(|l| l.get(nth)).copied().unwrap_or(1)
    }

    /// The first line from `from` on (0-based) that holds a string, 1-based; 1 when none does.
    fn with(&self, part: &str, from: usize) -> usize {
        let mut lines = self.text.lines().enumerate().skip(from);
        lines
            .find(|(_, l)| l.contains(part))
            .map_or(1, |(i, _)| i + 1)
    }

    /// The line on which an item's text stands, or else the item's own line.
    fn text_of(&self, id: &str, nth: usize, text: &str) -> usize {
        let start = self.of(id, nth);
        let quoted = serde_json::to_string(text).unwrap_or_default();
        let found = self.with(&quoted, start.saturating_sub(1));
        if found < start { start } else { found }
    }
}
