//! How much of the catalogs documents answer.

use std::collections::BTreeMap;

use serde::Serialize;

use super::documents::Who;
use super::saved::{Held, Row};
use crate::catalog::{Catalog, Catalogs, about};
use crate::error::RunError;
use crate::model::{Decision, Status};

/// The value of [`Coverage::schema`].
const SCHEMA: &str = "torikomi.coverage/1";

/// Items by document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    /// Name and version of this shape.
    pub schema: &'static str,
    /// The documents, in input order.
    pub documents: Vec<DocumentCoverage>,
    /// The catalogs that a document is about or asks an item of.
    pub catalogs: Vec<CoveredCatalog>,
}

/// What a document answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentCoverage {
    /// The document.
    #[serde(flatten)]
    pub who: Who,
    /// Its rows.
    pub rows: usize,
    /// Rows in no catalog.
    pub unmapped: usize,
    /// Rows whose item is in no catalog in use.
    pub elsewhere: usize,
    /// The catalogs it is about, see [`crate::catalog::about`], and how much of each it answers.
    pub about: Vec<CatalogCoverage>,
}

/// How much of a catalog a document answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogCoverage {
    /// The catalog's ID.
    pub catalog: String,
    /// Items of the catalog.
    pub items: usize,
    /// Items with an answer.
    pub answered: usize,
    /// Items that are asked and not answered.
    pub blank: usize,
    /// Items that are not asked.
    pub missing: usize,
}

/// A catalog and its items.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoveredCatalog {
    /// Its ID.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its items: all of them where a document is about it, else those that a document asks.
    pub items: Vec<CoveredItem>,
}

/// An item and what the documents say to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoveredItem {
    /// Its ID.
    pub item_id: String,
    /// What it is called, or what it asks for.
    pub item: String,
    /// For each document what it says; null where it has no row for the item and is not about the
    /// catalog.
    pub documents: Vec<Option<Standing>>,
}

/// What a document says to an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// What the answer amounts to; `missing` where there is no row.
    pub status: String,
    /// Whether somebody needs to look at the mapping; null where there is no row.
    pub decision: Option<String>,
    /// The rows that ask for the item; status and decision are those of the first.
    pub rows: Vec<u32>,
}

/// The status of an item without a row.
const MISSING: &str = "missing";

impl Coverage {
    /// The coverage of `catalogs` by these documents.
    ///
    /// # Errors
    /// A document cannot be read.
    pub fn of(held: &[Held], catalogs: &Catalogs) -> Result<Self, RunError> {
        let asked = held.iter().map(|h| Ok(Asked::of(&h.rows()?, catalogs)));
        let asked: Vec<Asked<'_>> = asked.collect::<Result<_, RunError>>()?;
        let document = |(held, asked): (&Held, &Asked<'_>)| DocumentCoverage {
            who: held.who.clone(),
            rows: asked.rows,
            unmapped: asked.unmapped,
            elsewhere: asked.elsewhere,
            about: asked.about.iter().map(|c| asked.covered(c)).collect(),
        };
        Ok(Coverage {
            schema: SCHEMA,
            documents: held.iter().zip(&asked).map(document).collect(),
            catalogs: catalogs.iter().filter_map(|c| catalog(c, &asked)).collect(),
        })
    }
}

/// What a document asks.
struct Asked<'a> {
    about: Vec<&'a Catalog>,
    items: BTreeMap<String, AskedItem>,
    rows: usize,
    unmapped: usize,
    elsewhere: usize,
}

/// What a document says to an item.
struct AskedItem {
    standing: Standing,
    /// No row for it has an answer.
    blank: bool,
}

impl AskedItem {
    /// The rows for an item; the first says most.
    fn of(rows: &[&Row]) -> Option<Self> {
        let first = rows.first()?;
        Some(AskedItem {
            standing: Standing {
                status: first.answer.status.clone(),
                decision: Some(first.mapping.decision.clone()),
                rows: rows.iter().map(|r| r.row).collect(),
            },
            blank: rows.iter().all(|r| is_blank(r)),
        })
    }
}

impl<'a> Asked<'a> {
    fn of(all: &[Row], catalogs: &'a Catalogs) -> Self {
        let mut items: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        let (mut mapped, mut unmapped, mut elsewhere) = (Vec::new(), 0, 0);
        for row in all {
            let Some(item) = row.mapping.item_id.as_deref() else {
                unmapped += 1;
                continue;
            };
            match catalogs.catalog_of(item) {
                Some(catalog) => mapped.push((catalog, item)),
                None => elsewhere += 1,
            }
            items.entry(item).or_default().push(row);
        }
        for rows in items.values_mut() {
            // What is certain before what is not, an answer before none.
            rows.sort_by_key(|r| {
                let certain = r.mapping.decision == Decision::Accepted.name();
                (!certain, is_blank(r), r.row)
            });
        }
        let ids = about(catalogs.iter(), all.len(), mapped);
        let is_about = |c: &&Catalog| ids.contains(&c.id.as_str());
        let items = items.into_iter();
        let items = items.filter_map(|(id, rows)| Some((id.to_owned(), AskedItem::of(&rows)?)));
        Asked {
            about: catalogs.iter().filter(is_about).collect(),
            items: items.collect(),
            rows: all.len(),
            unmapped,
            elsewhere,
        }
    }

    fn is_about(&self, catalog: &Catalog) -> bool {
        self.about.iter().any(|c| c.id == catalog.id)
    }

    fn covered(&self, catalog: &Catalog) -> CatalogCoverage {
        let asked = catalog.items.iter().filter_map(|i| self.items.get(&i.id));
        let (blank, answered): (Vec<_>, Vec<_>) = asked.partition(|i| i.blank);
        let (items, blank, answered) = (catalog.items.len(), blank.len(), answered.len());
        CatalogCoverage {
            catalog: catalog.id.clone(),
            items,
            answered,
            blank,
            missing: items - answered - blank,
        }
    }

    fn standing(&self, item: &str, catalog: &Catalog) -> Option<Standing> {
        match self.items.get(item) {
            Some(asked) => Some(asked.standing.clone()),
            None => self.is_about(catalog).then(|| Standing {
                status: MISSING.to_owned(),
                decision: None,
                rows: Vec::new(),
            }),
        }
    }
}

fn is_blank(row: &Row) -> bool {
    row.answer.status == Status::Blank.name()
}

/// A catalog with the items that are of interest; none when no item is.
fn catalog(catalog: &Catalog, asked: &[Asked<'_>]) -> Option<CoveredCatalog> {
    let items = catalog.items.iter().filter_map(|item| {
        let documents: Vec<_> = asked
            .iter()
            .map(|a| a.standing(&item.id, catalog))
            .collect();
        documents.iter().any(Option::is_some).then(|| CoveredItem {
            item_id: item.id.clone(),
            item: item.label().to_owned(),
            documents,
        })
    });
    let items: Vec<CoveredItem> = items.collect();
    (!items.is_empty()).then(|| CoveredCatalog {
        id: catalog.id.clone(),
        title: catalog.title.clone(),
        items,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::DataFiles;
    use crate::compare::sample::sheet;

    #[test]
    fn only_of_a_catalog_that_a_sheet_is_about_items_are_missing() {
        let catalogs = Catalogs::load(&DataFiles::default(), &[]).unwrap();
        let ids: Vec<String> = (1..=40).map(|n| format!("METI-{n:02}")).collect();
        let mut lines: Vec<[&str; 6]> = ids
            .iter()
            .map(|i| ["", "n", "d", "yes", "", i.as_str()])
            .collect();
        lines[3][3] = "blank";
        lines.push(["", "n", "d", "no", "", "EXT-OPS-01"]);
        lines.push(["", "n", "d", "no", "", "ACME-1"]);
        lines.push(["", "n", "d", "no", "", ""]);
        let other = [["", "n", "d", "no", "", "EXT-OPS-02"]];
        let sheets = [sheet("a", "甲", &lines), sheet("b", "乙", &other)].map(Held::from);
        let coverage = Coverage::of(&sheets, &catalogs).unwrap();
        let [a, b] = coverage.documents.as_slice() else {
            panic!()
        };
        assert_eq!((a.rows, a.unmapped, a.elsewhere), (43, 1, 1));
        let about = |d: &DocumentCoverage| -> Vec<(String, [usize; 4])> {
            let one = |c: &CatalogCoverage| {
                (c.catalog.clone(), [c.items, c.answered, c.blank, c.missing])
            };
            d.about.iter().map(one).collect()
        };
        assert_eq!(about(a), [("meti-cloud-2010".to_owned(), [49, 39, 1, 9])]);
        assert_eq!(about(b), [("cloud-extended".to_owned(), [46, 1, 0, 45])]);
        let of = |id: &str| {
            let items = coverage.catalogs.iter().flat_map(|c| &c.items);
            let item = items.clone().find(|i| i.item_id == id);
            item.map(|i| {
                let said = |s: &Option<Standing>| s.as_ref().map(|s| s.status.clone());
                i.documents.iter().map(said).collect::<Vec<_>>()
            })
        };
        let some = |s: &str| Some(s.to_owned());
        assert_eq!(of("METI-04"), Some(vec![some("blank"), None]));
        assert_eq!(of("METI-49"), Some(vec![some("missing"), None]));
        assert_eq!(of("EXT-OPS-01"), Some(vec![some("no"), some("missing")]));
        assert_eq!(of("EXT-OPS-03"), Some(vec![None, some("missing")]));
        assert_eq!(of("IPA-1-1"), None, "nobody asks for it");
    }

    #[test]
    fn of_two_rows_for_an_item_the_certain_and_answered_one_speaks() {
        let catalogs = Catalogs::load(&DataFiles::default(), &[]).unwrap();
        let mut twice = sheet(
            "a",
            "",
            &[
                ["", "n", "d", "no", "", "METI-01"],
                ["", "n", "d", "blank", "", "METI-01"],
                ["", "n", "d", "yes", "", "METI-01"],
            ],
        );
        twice.rows[0].mapping.decision = "review".to_owned();
        let coverage = Coverage::of(&[twice.into()], &catalogs).unwrap();
        let standing = coverage.catalogs[0].items[0].documents[0].clone().unwrap();
        assert_eq!(
            (standing.status.as_str(), standing.rows),
            ("yes", vec![3, 2, 1])
        );
    }
}
