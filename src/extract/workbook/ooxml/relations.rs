//! Relationships between the parts of an Office Open XML package (ECMA-376 part 2, 6.5).

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::super::package::Package;
use super::super::xml;
use crate::error::FileError;

/// Where a part points, by relationship ID.
pub type Relations = BTreeMap<String, Relation>;

/// One relationship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The last segment of its type: `worksheet`, `comments` …
    pub kind: String,
    /// The part it points at, from the package's root.
    pub target: String,
}

/// The relationships of a part (`""` for the package itself). None is no error.
///
/// # Errors
/// The relationship part is damaged or too large.
pub fn of(package: &mut Package<'_>, part: &str) -> Result<Relations, FileError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = format!("{folder}/_rels/{file}.rels");
    let Some(text) = package.text(&name)? else {
        return Ok(Relations::new());
    };
    let mut reader = xml::reader(&text);
    let mut relations = Relations::new();
    loop {
        match xml::next(&mut reader) {
            Event::Start(e) if e.local_name().as_ref() == "Relationship" => {
                let external = xml::attr(&e, "TargetMode").is_some_and(|m| m == "External");
                let (id, kind) = (xml::attr(&e, "Id"), xml::attr(&e, "Type"));
                let target = xml::attr(&e, "Target");
                if let (Some(id), Some(kind), Some(target), false) = (id, kind, target, external) {
                    let relation = Relation {
                        kind: kind.rsplit('/').next().unwrap_or("").to_owned(),
                        target: resolve(folder, &target),
                    };
                    relations.insert(id.into_owned(), relation);
                }
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// A target as seen from a folder.
fn resolve(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|s| !s.is_empty()).collect(),
    };
    for segment in target.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            name => path.push(name),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_seen_from_the_part_that_names_them() {
        for (folder, target, path) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../comments1.xml", "xl/comments1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("a", "../../../b.xml", "b.xml"),
        ] {
            assert_eq!(resolve(folder, target), path);
        }
    }
}
