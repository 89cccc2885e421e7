//! What can be chosen for a row under review: lists on a hidden sheet, which drop-downs show.

use rust_xlsxwriter::{ColNum, DataValidation, DataValidationErrorStyle, Formula, RowNum};
use rust_xlsxwriter::{Worksheet, XlsxError};
use rustc_hash::FxHashMap;

use super::items::Items;
use super::{label, text};
use crate::config::Language;
use crate::model::column_letters;

/// Most lists with candidates of their own; rows beyond choose from all items in their order.
const MOST_LISTS: usize = 500;

/// Characters of an item's name in a list.
const NAME: usize = 60;

/// The lists, in columns: the first holds all items, each further one the candidates of some rows
/// before all other items.
pub(super) struct Choices<'a> {
    items: &'a Items,
    language: Language,
    /// Candidates that lead each further list.
    lists: Vec<Vec<usize>>,
    known: FxHashMap<Vec<usize>, usize>,
}

impl<'a> Choices<'a> {
    pub(super) fn new(items: &'a Items, language: Language) -> Self {
        Choices {
            items,
            language,
            lists: Vec::new(),
            known: FxHashMap::default(),
        }
    }

    /// The number of the list that has these candidates first; 0 for the one that has all items in
    /// their order.
    pub(super) fn list<'c>(&mut self, candidates: impl IntoIterator<Item = &'c str>) -> usize {
        let mut first: Vec<usize> = Vec::new();
        for item in candidates.into_iter().filter_map(|id| self.items.find(id)) {
            if !first.contains(&item) {
                first.push(item);
            }
        }
        if let Some(list) = self.known.get(&first) {
            return *list;
        }
        if first.is_empty() || self.lists.len() >= MOST_LISTS {
            return 0;
        }
        self.lists.push(first.clone());
        self.known.insert(first, self.lists.len());
        self.lists.len()
    }

    /// The drop-down of a list. It advises and forbids nothing: an ID alone is fine too.
    pub(super) fn validation(&self, list: usize) -> Result<DataValidation, XlsxError> {
        let (sheet, column) = (
            label::CHOICES.of(self.language),
            column_letters(list as u32),
        );
        let last = self.items.all.len() + 1;
        let range = format!("='{sheet}'!${column}$1:${column}${last}");
        let language = self.language;
        DataValidation::new()
            .allow_list_formula(Formula::new(range))
            .set_input_title(label::CHOICE_TITLE.of(language))?
            .set_input_message(label::CHOICE_PROMPT.of(language))?
            .set_error_title(label::CHOICE_TITLE.of(language))?
            .set_error_message(label::CHOICE_ERROR.of(language))
            .map(|v| v.set_error_style(DataValidationErrorStyle::Information))
    }

    /// Fills the hidden sheet.
    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_hidden(true);
        let none = label::NONE.of(self.language);
        let shown: Vec<String> = (0..self.items.all.len()).map(|i| self.shown(i)).collect();
        let mut put = |row: RowNum, col: ColNum, said: &str| {
            let said = text::cell(said, self.language);
            sheet.write_string(row, col, said).map(drop)
        };
        let all = std::iter::once(none).chain(shown.iter().map(String::as_str));
        for (row, said) in (0..).zip(all) {
            put(row, 0, said)?;
        }
        for (col, first) in (1..).zip(&self.lists) {
            let rest = (0..shown.len()).filter(|item| !first.contains(item));
            let items = first.iter().map(|item| shown[*item].as_str());
            let said = items
                .chain([none])
                .chain(rest.map(|item| shown[item].as_str()));
            for (row, said) in (0..).zip(said) {
                put(row, col, said)?;
            }
        }
        Ok(())
    }

    /// `METI-02 計画停止予定通知`
    fn shown(&self, item: usize) -> String {
        let item = &self.items.all[item];
        format!("{} {}", item.id, text::excerpt(&item.name, NAME))
    }
}
