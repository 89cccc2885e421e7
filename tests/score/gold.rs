use serde::Deserialize;
use torikomi::model::Row;

/// The perfect result for a sheet.
#[derive(Debug, Deserialize)]
pub struct Gold {
    /// It answers for every file whose name starts with this.
    pub document: String,
    pub title: Option<String>,
    pub vendor: Option<String>,
    pub date: Option<String>,
    #[serde(default)]
    pub slips: Vec<Slip>,
    pub rows: Vec<GoldRow>,
}

/// A stretch of rows where one column has slipped against another.
#[derive(Debug, Deserialize)]
pub struct Slip {
    pub rows: [u32; 2],
}

/// One row of it.
#[derive(Debug, Deserialize)]
pub struct GoldRow {
    pub row: u32,
    pub number: Option<String>,
    pub section: Option<String>,
    pub item: Option<String>,
    pub description: Option<String>,
    pub text: String,
    pub status: String,
    /// The item; none when it is in no catalog.
    pub id: Option<String>,
    /// The items that are right, where more than one is.
    pub accept: Option<Vec<Option<String>>>,
    /// Nobody should promise anything about this row.
    #[serde(default)]
    pub review: bool,
}

impl GoldRow {
    /// The fields in the order of [`super::FIELDS`].
    pub fn fields(&self) -> [Option<String>; 6] {
        [
            self.section.clone(),
            self.number.clone(),
            self.item.clone(),
            self.description.clone(),
            Some(self.text.clone()),
            Some(self.status.clone()),
        ]
    }

    /// The same of an imported row.
    pub fn fields_of(row: &Row) -> [String; 6] {
        let text = |s: &Option<String>| s.clone().unwrap_or_default();
        [
            text(&row.section),
            row.number
                .as_ref()
                .map_or_else(String::new, |n| n.raw.clone()),
            text(&row.item),
            text(&row.description),
            row.answer.text.clone(),
            row.answer.status.name().to_owned(),
        ]
    }

    /// Whether this item is right.
    pub fn accepts(&self, id: Option<&str>) -> bool {
        match &self.accept {
            Some(accept) => accept.iter().any(|a| a.as_deref() == id),
            None => self.id.as_deref() == id,
        }
    }
}
