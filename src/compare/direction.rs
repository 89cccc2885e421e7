//! Of which quantities more is better, and of which less: `directions.json`.

use std::collections::HashMap;

use serde::Deserialize;

use crate::catalog::DataFiles;
use crate::error::RunError;
use crate::model::DataError;

const FILE: &str = "directions.json";

/// Which way a quantity gets better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// A higher availability, a longer notice.
    More,
    /// A shorter recovery time, fewer outages.
    Less,
}

/// What is known of the items' quantities.
#[derive(Debug, Clone, Default)]
pub struct Directions {
    /// By item and kind of quantity.
    better: HashMap<(String, String), Better>,
}

/// A line of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    item: String,
    kind: String,
    better: Better,
    #[allow(dead_code)]
    example: Example,
}

/// Two answers, which a test compares.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Example {
    good: String,
    worse: String,
}

impl Directions {
    /// Loads `directions.json`.
    ///
    /// # Errors
    /// It is not what it should be, or lists a quantity twice.
    pub fn load(files: &DataFiles) -> Result<Self, RunError> {
        let (file, text) = files.read(FILE).map_err(|e| RunError::Data(vec![e]))?;
        let mut better = HashMap::new();
        for line in lines(&file, &text)? {
            let key = (line.item, line.kind);
            if better.insert(key.clone(), line.better).is_some() {
                let message = format!("{} and {} are listed twice: remove one line", key.0, key.1);
                return Err(RunError::Data(vec![DataError::new(&file, message)]));
            }
        }
        Ok(Directions { better })
    }

    /// Which way a quantity of an item gets better; none where that is not known.
    pub fn better(&self, item: &str, kind: &str) -> Option<Better> {
        self.better
            .get(&(item.to_owned(), kind.to_owned()))
            .copied()
    }
}

fn lines(file: &str, text: &str) -> Result<Vec<Line>, RunError> {
    serde_json::from_str(text)
        .map_err(|e| RunError::Data(vec![DataError::at(file, e.line(), e.to_string())]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalogs;
    use crate::compare::sample::quantities;
    use crate::compare::verdict::{Verdict, verdict};

    #[test]
    fn every_line_is_about_an_item_and_its_example_is_so() {
        let files = DataFiles::default();
        let catalogs = Catalogs::load(&files, &[]).unwrap();
        let directions = Directions::load(&files).unwrap();
        let (file, text) = files.read(FILE).unwrap();
        let lines = lines(&file, &text).unwrap();
        assert!(lines.len() > 15);
        for line in &lines {
            let Line {
                item,
                kind,
                example,
                ..
            } = line;
            assert!(catalogs.catalog_of(item).is_some(), "{item} is no item");
            let of_kind = |text: &str| {
                let mut found = quantities(text);
                found.retain(|v| v.kind == *kind);
                assert_eq!(found.len(), 1, "{item}: one {kind} in {text}");
                found.remove(0)
            };
            let (good, worse) = (of_kind(&example.good), of_kind(&example.worse));
            let better = directions.better(item, kind);
            assert_eq!(
                verdict(better, &good, &worse),
                Verdict::Worse,
                "{item} {kind}"
            );
            assert_eq!(
                verdict(better, &worse, &good),
                Verdict::Better,
                "{item} {kind}"
            );
        }
        let keys: Vec<_> = lines.iter().map(|l| (&l.item, &l.kind)).collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "sorted, each once");
    }
}
