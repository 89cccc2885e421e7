//! Which catalogs a sheet is about.

use std::collections::{BTreeMap, BTreeSet};

use super::Catalog;

/// A catalog is what a sheet is about only if this share of the sheet's rows ask for its items.
const LEAST_SHARE: f64 = 0.2;

/// And so is every catalog of whose items the sheet asks this share.
const MOST_OF_IT: f64 = 0.5;

/// The IDs of the catalogs that a sheet is about, in the catalogs' order: the one most of whose
/// items it asks for, if these are at least a fifth of its rows, and every one of which it asks for
/// at least half of the items. Only of these can an item be missing from the sheet: one that asks
/// for three items of a catalog beside its own does not lack the others.
///
/// `rows` is how many rows the sheet has, `mapped` the catalog and the item of each mapped row.
pub fn about<'c, 'm>(
    catalogs: impl IntoIterator<Item = &'c Catalog>,
    rows: usize,
    mapped: impl IntoIterator<Item = (&'m str, &'m str)>,
) -> Vec<&'c str> {
    let mut asked: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (catalog, item) in mapped {
        asked.entry(catalog).or_default().insert(item);
    }
    let counted: Vec<(&Catalog, usize)> = catalogs
        .into_iter()
        .filter_map(|c| Some((c, asked.get(c.id.as_str())?.len())))
        .collect();
    let most = counted.iter().map(|c| c.1).max().unwrap_or(0);
    // Of two that are level, the first.
    let main = counted.iter().position(|c| c.1 == most);
    let main = main.filter(|_| most as f64 >= LEAST_SHARE * rows as f64);
    let is_about = |at: usize, catalog: &Catalog, items: usize| {
        Some(at) == main || items as f64 >= MOST_OF_IT * catalog.items.len() as f64
    };
    let chosen = counted.iter().enumerate();
    let chosen = chosen.filter(|(at, (catalog, items))| is_about(*at, catalog, *items));
    chosen
        .map(|(_, (catalog, _))| catalog.id.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Item;

    fn catalog(id: &str, items: usize) -> Catalog {
        Catalog {
            id: id.to_owned(),
            items: vec![Item::default(); items],
            ..Catalog::default()
        }
    }

    #[test]
    fn a_sheet_is_about_what_most_of_it_asks_for_and_what_it_asks_half_of() {
        let catalogs = [
            catalog("large", 50),
            catalog("small", 4),
            catalog("other", 40),
        ];
        for (rows, large, small, other, expected) in [
            (60, 45, 0, 10, vec!["large"]),
            (60, 40, 2, 10, vec!["large", "small"]),
            (60, 40, 1, 19, vec!["large"]),
            (60, 25, 0, 20, vec!["large", "other"]),
            (10, 3, 0, 3, vec!["large"]),
            (10, 1, 1, 8, vec!["other"]),
            // A sheet of its own that touches a catalog here and there.
            (60, 8, 0, 3, vec![]),
            (60, 0, 0, 0, vec![]),
            (0, 0, 0, 0, vec![]),
        ] {
            let items: Vec<String> = (0..60).map(|i| i.to_string()).collect();
            let of = |id: &'static str, n: usize| items[..n].iter().map(move |i| (id, i.as_str()));
            // A row twice for one item counts once.
            let mapped = of("large", large)
                .chain(of("small", small))
                .chain(of("other", other));
            let twice = mapped.clone().chain(mapped);
            assert_eq!(
                about(&catalogs, rows, twice),
                expected,
                "{large} {small} {other}"
            );
        }
    }
}
