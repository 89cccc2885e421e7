//! Subjects that check sheets ask about and that are in no catalog, as data: `outside.json`.
//!
//! They compete with the items, so that 資本金 is known as something else rather than as an item
//! that fits badly.

use serde::Deserialize;

use crate::model::DataError;
use crate::notation::fold;

/// One entry of `outside.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Subject {
    /// What it is about.
    pub subject: String,
    /// Other words for it, and questions about it; sorted.
    pub forms: Vec<String>,
}

/// Reads the file.
///
/// # Errors
/// Every fault found, with file and line.
pub(super) fn load(
    read: impl Fn(&str) -> Result<(String, String), DataError>,
) -> Result<Vec<Subject>, Vec<DataError>> {
    let (file, text) = read("outside.json").map_err(|e| vec![e])?;
    let subjects: Vec<Subject> = serde_json::from_str(&text)
        .map_err(|e| vec![DataError::at(&file, e.line(), e.to_string())])?;
    let empty = |s: &&Subject| {
        let mut forms = std::iter::once(&s.subject).chain(&s.forms);
        forms.any(|f| fold(f).is_empty())
    };
    match subjects.iter().find(empty) {
        None => Ok(subjects),
        Some(subject) => {
            let message = format!("{}: an empty form; remove it", subject.subject);
            Err(vec![DataError::new(&file, message)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::DataFiles;

    #[test]
    fn the_file_is_sorted_and_says_nothing_twice() {
        let files = DataFiles::default();
        let subjects = load(|n: &str| files.read(n)).unwrap();
        assert!(subjects.is_sorted_by(|a, b| a.subject < b.subject));
        let mut seen = std::collections::HashMap::new();
        for subject in &subjects {
            assert!(subject.forms.is_sorted(), "sort {}", subject.subject);
            for form in std::iter::once(&subject.subject).chain(&subject.forms) {
                let other = seen.insert(fold(form), &subject.subject);
                assert_eq!(other, None, "{form} of {}", subject.subject);
            }
        }
    }
}
