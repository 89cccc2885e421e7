//! How the items of one catalog stand to those of another: `crosswalks/*.json` of the data files.

use std::collections::{BTreeMap, HashMap};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{Catalogs, DataFiles};
use crate::error::RunError;
use crate::model::{DataError, Related, Relation, Row};

/// One file: links between the items of some catalogs, many to many.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crosswalk {
    /// Its ID.
    #[serde(rename = "crosswalk")]
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What a reader should know about it: who made it, from what.
    #[serde(default)]
    pub note: Option<String>,
    /// The catalogs whose items it links. It is in use when they are all there.
    pub between: Vec<String>,
    /// The links.
    pub links: Vec<Link>,
}

/// Two items and how they stand to each other. It holds in both directions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// An item.
    pub from: String,
    /// What `to` is, seen from `from`: `broader` when `to` asks for more.
    pub relation: Relation,
    /// An item of another catalog.
    pub to: String,
    /// Why, where it is not plain.
    #[serde(default)]
    pub note: Option<String>,
}

/// All crosswalks between catalogs that are there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Crosswalks {
    list: Vec<Crosswalk>,
    /// By item: its neighbours, nearest relation first.
    neighbours: FxHashMap<String, Vec<Related>>,
}

impl Relation {
    /// The same link, seen from the other end.
    pub fn reversed(self) -> Self {
        match self {
            Relation::Broader => Relation::Narrower,
            Relation::Narrower => Relation::Broader,
            same => same,
        }
    }

    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Equal => "equal",
            Relation::Broader => "broader",
            Relation::Narrower => "narrower",
            Relation::Related => "related",
        }
    }
}

impl Crosswalks {
    /// Loads the crosswalks of `files`. One between catalogs that are not there (a folder of data
    /// files may replace them) is left out.
    ///
    /// # Errors
    /// Every fault found, with file and line.
    pub fn load(files: &DataFiles, catalogs: &Catalogs) -> Result<Self, RunError> {
        let names = files.list("crosswalks");
        let names = names.map_err(|e| RunError::Data(vec![e]))?;
        let texts: Result<Vec<_>, _> = names.iter().map(|n| files.read(n)).collect();
        let texts = texts.map_err(|e| RunError::Data(vec![e]))?;
        Self::from_texts(&texts, catalogs).map_err(RunError::Data)
    }

    /// Reads crosswalks from the names and texts of their files.
    ///
    /// # Errors
    /// Every fault found, with file and line.
    pub fn from_texts(
        texts: &[(String, String)],
        catalogs: &Catalogs,
    ) -> Result<Self, Vec<DataError>> {
        let (mut crosswalks, mut faults) = (Crosswalks::default(), Vec::new());
        // Of a pair of items, in ID order: where its link stands.
        let mut pairs: HashMap<(String, String), String> = HashMap::new();
        for (file, text) in texts {
            match serde_json::from_str::<Crosswalk>(text) {
                Ok(crosswalk) => {
                    let there = |c: &String| catalogs.known.values().any(|k| k == c);
                    if crosswalk.between.iter().all(there) {
                        check(file, text, &crosswalk, catalogs, &mut pairs, &mut faults);
                        crosswalks.list.push(crosswalk);
                    }
                }
                Err(e) => faults.push(DataError::at(file, e.line(), e.to_string())),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        crosswalks.neighbours = neighbours(&crosswalks.list);
        Ok(crosswalks)
    }

    /// Those in use, in file order.
    pub fn iter(&self) -> impl Iterator<Item = &Crosswalk> {
        self.list.iter()
    }

    /// The neighbours of an item, in the order of their relations and IDs.
    pub fn of(&self, item: &str) -> &[Related] {
        self.neighbours.get(item).map_or(&[], Vec::as_slice)
    }

    /// Adds to each mapped row the neighbours of its item.
    pub fn relate(&self, rows: &mut [Row]) {
        if self.neighbours.is_empty() {
            return;
        }
        for mapping in rows.iter_mut().map(|r| &mut r.mapping) {
            if let Some(item) = &mapping.item_id {
                mapping.related = self.of(item).to_vec();
            }
        }
    }
}

fn check(
    file: &str,
    text: &str,
    crosswalk: &Crosswalk,
    catalogs: &Catalogs,
    pairs: &mut HashMap<(String, String), String>,
    faults: &mut Vec<DataError>,
) {
    if crosswalk.between.len() < 2 {
        let message = "a crosswalk is between two catalogs or more; name them in `between`";
        faults.push(DataError::at(file, 1, message));
    }
    let mut lines = LinkLines::new(text);
    for link in &crosswalk.links {
        let line = lines.next(link);
        let mut say = |message: String| faults.push(DataError::at(file, line, message));
        let (from, to) = (&link.from, &link.to);
        let mut homes = Vec::new();
        for id in [from, to] {
            match catalogs.catalog_of(id) {
                None => say(format!(
                    "no item is called {id}; correct or remove the link"
                )),
                Some(home) if !crosswalk.between.iter().any(|c| c == home) => say(format!(
                    "{id} is an item of {home}, which `between` does not name"
                )),
                Some(home) => homes.push(home),
            }
        }
        if from == to {
            say(format!("{from} is linked to itself; remove the link"));
        } else if let [a, b] = homes[..]
            && a == b
        {
            say(format!(
                "{from} and {to} are both items of {a}; a crosswalk links different catalogs"
            ));
        }
        let pair = match from < to {
            true => (from.clone(), to.clone()),
            false => (to.clone(), from.clone()),
        };
        if let Some(other) = pairs.insert(pair, format!("{file}:{line}")) {
            say(format!(
                "{from} and {to} are already linked at {other}; keep one"
            ));
        }
    }
}

fn neighbours(list: &[Crosswalk]) -> FxHashMap<String, Vec<Related>> {
    let mut found: BTreeMap<(&str, Relation, &str), ()> = BTreeMap::new();
    for link in list.iter().flat_map(|c| &c.links) {
        let (from, to) = (link.from.as_str(), link.to.as_str());
        found.insert((from, link.relation, to), ());
        found.insert((to, link.relation.reversed(), from), ());
    }
    let mut neighbours: FxHashMap<String, Vec<Related>> = FxHashMap::default();
    for (item, relation, other) in found.into_keys() {
        neighbours
            .entry(item.to_owned())
            .or_default()
            .push(Related {
                item_id: other.to_owned(),
                relation,
            });
    }
    neighbours
}

/// Finds the links' lines again, in order. serde_json tells the line of a syntax error only.
struct LinkLines<'a> {
    text: &'a str,
    /// Bytes already passed, and the line there.
    at: usize,
    line: usize,
}

impl<'a> LinkLines<'a> {
    fn new(text: &'a str) -> Self {
        let links = text.find("\"links\"").unwrap_or(0);
        let before = text.as_bytes().iter().take(links);
        LinkLines {
            text,
            at: links,
            line: 1 + before.filter(|b| **b == b'\n').count(),
        }
    }

    /// The 1-based line of the next link, by its `from`.
    fn next(&mut self, link: &Link) -> usize {
        let quoted = serde_json::to_string(&link.from).unwrap_or_default();
        let rest = &self.text[self.at..];
        // The key, then the value: `"from": "METI-01"`.
        let Some(key) = rest.find("\"from\"") else {
            return self.line;
        };
        let Some(value) = rest[key..].find(&quoted) else {
            return self.line;
        };
        let passed = key + value + quoted.len();
        self.line += rest[..passed].matches('\n').count();
        self.at += passed;
        self.line
    }
}
