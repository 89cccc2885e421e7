//! Under which headings a row stands, and what it takes over from the rows above.

use super::kind::HEADING_SIGNS;
use crate::model::{Inherited, RawRow};
use crate::notation::number;

/// The headings in force, and the last values of the columns that leave blanks below.
#[derive(Default)]
pub(super) struct Place {
    section: Option<String>,
    category: Option<String>,
    /// Number of the section heading.
    section_path: Vec<u32>,
    last: Last,
}

#[derive(Default)]
struct Last {
    section: Option<String>,
    category: Option<String>,
    item: Option<String>,
}

impl Place {
    /// Takes a heading: a section, or a category where its number continues the section's, or
    /// where it stands right under a section (`stacked`).
    pub(super) fn enter(&mut self, heading: &str, stacked: bool) {
        let text = heading.trim_start_matches(HEADING_SIGNS).trim();
        let path = number::lead(text).map(|(n, _)| n.path).unwrap_or_default();
        let deeper = if path.is_empty() || self.section_path.is_empty() {
            stacked && self.section.is_some()
        } else {
            path.len() > self.section_path.len() && path.starts_with(&self.section_path)
        };
        if deeper {
            self.category = Some(text.to_owned());
        } else {
            self.section = Some(text.to_owned());
            self.category = None;
            self.section_path = path;
        }
        self.last = Last::default();
    }

    /// Another table begins: nothing is taken over into it but the heading right above it, if there
    /// is one (`headed`).
    pub(super) fn leave_table(&mut self, headed: bool) {
        if headed {
            self.last = Last::default();
        } else {
            *self = Place::default();
        }
    }

    /// Fills the row's section, category and item from above. `named` says whether the table has
    /// a column of items: a blank cell in it continues the item above.
    pub(super) fn inherit(&mut self, row: &mut RawRow, named: bool) {
        let (section, category) = (row.section.take(), row.category.take());
        let last = &mut self.last;
        if section.is_some() && section != last.section {
            *last = Last {
                section: section.clone(),
                ..Last::default()
            };
        }
        if category.is_some() && category != last.category {
            last.category.clone_from(&category);
            last.item = None;
        }
        row.inherited = Inherited {
            category: category.is_none(),
            ..row.inherited
        };
        row.section = section
            .or_else(|| last.section.clone())
            .or_else(|| self.section.clone());
        row.category = category
            .or_else(|| last.category.clone())
            .or_else(|| self.category.clone());
        if last.section.is_some() && self.section.is_some() && row.category.is_none() {
            // A section column under a banner: the banner is the section, the column the category.
            row.category = row.section.take();
            row.section.clone_from(&self.section);
        }
        if row.item.is_some() {
            last.item.clone_from(&row.item);
        } else if named && row.description.is_some() {
            row.item.clone_from(&last.item);
            row.inherited.item = row.item.is_some();
        }
    }
}
