//! Wordings that fit several items alike, as data: `broad.json`.
//!
//! 「受付時間」 names the subject of two items and says of neither what tells it from the other. Where
//! a row says no more, a person decides, however well one of them fits.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::model::DataError;
use crate::notation::fold;

/// One entry of `broad.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The items that it may mean.
    items: Vec<String>,
    /// The wordings, sorted.
    says: Vec<String>,
}

/// Broad wordings, and the items in use that each may mean.
#[derive(Debug, Default)]
pub(super) struct Broad {
    by_text: FxHashMap<String, Vec<u32>>,
}

impl Broad {
    /// Reads the file. A wording that fits only one of the items in use is none.
    ///
    /// # Errors
    /// Every fault found, with file and line.
    pub(super) fn load(
        read: impl Fn(&str) -> Result<(String, String), DataError>,
        ids: &[(String, String)],
        canonical: impl Fn(&str) -> String,
    ) -> Result<Self, Vec<DataError>> {
        let (file, text) = read("broad.json").map_err(|e| vec![e])?;
        let entries: Vec<Entry> = serde_json::from_str(&text)
            .map_err(|e| vec![DataError::at(&file, e.line(), e.to_string())])?;
        let mut by_text: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        let numbers: FxHashMap<&str, u32> = ids.iter().map(|i| i.0.as_str()).zip(0..).collect();
        for entry in &entries {
            let items = entry.items.iter().filter_map(|i| numbers.get(i.as_str()));
            let items: Vec<u32> = items.copied().collect();
            for wording in &entry.says {
                if fold(wording).is_empty() {
                    let message = format!("{}: an empty wording; remove it", entry.items.join(" "));
                    return Err(vec![DataError::new(&file, message)]);
                }
                if items.len() > 1 {
                    let known = by_text.entry(bare(&canonical(wording))).or_default();
                    known.extend(&items);
                    known.sort_unstable();
                    known.dedup();
                }
            }
        }
        Ok(Broad { by_text })
    }

    /// The items that a canonical text may mean, when it is broad.
    pub(super) fn of(&self, text: &str) -> Option<&[u32]> {
        self.by_text.get(&bare(text)).map(Vec::as_slice)
    }
}

/// 「障害の通知」 and 「障害通知」 say the same.
fn bare(text: &str) -> String {
    text.replace('の', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Catalogs, DataFiles};

    #[test]
    fn the_file_is_sorted_and_its_items_exist() {
        let files = DataFiles::default();
        let (_, text) = files.read("broad.json").unwrap();
        let entries: Vec<Entry> = serde_json::from_str(&text).unwrap();
        assert!(entries.is_sorted_by(|a, b| a.items < b.items));
        let catalogs = Catalogs::load(&files, &[]).unwrap();
        for entry in &entries {
            assert!(entry.items.len() > 1, "{:?}", entry.items);
            assert!(entry.says.is_sorted(), "sort {:?}", entry.says);
            for item in &entry.items {
                assert!(catalogs.items().any(|(_, i)| i.id == *item), "{item}");
            }
        }
    }

    #[test]
    fn what_fits_one_item_in_use_is_not_broad() {
        let read = |name: &str| {
            let text = r#"[{"items": ["A", "B"], "says": ["受付"]}]"#;
            Ok((name.to_owned(), text.to_owned()))
        };
        let id = |id: &str| (id.to_owned(), "c".to_owned());
        let load = |ids: &[(String, String)]| Broad::load(read, ids, str::to_owned).unwrap();
        let both = load(&[id("C"), id("B"), id("A")]);
        assert_eq!(both.of("受付"), Some(&[1, 2][..]));
        assert_eq!(both.of("受付時間"), None);
        assert_eq!(load(&[id("A"), id("C")]).of("受付"), None);
    }
}
