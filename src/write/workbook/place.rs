//! Where a row stands, in words.

use crate::config::Language;
use crate::model::{Provenance, Row};

use super::label;

/// Page, worksheet cells or line; the row's number where its file has none of these.
pub(super) fn place(row: &Row, language: Language) -> String {
    let Provenance {
        page,
        sheet,
        cells,
        line,
        ..
    } = &row.provenance;
    match (sheet, cells, page, line) {
        (Some(sheet), Some(cells), ..) => {
            label::AT_CELLS.fill(language, &[("sheet", sheet), ("cells", cells)])
        }
        (Some(sheet), ..) => label::AT_SHEET.fill(language, &[("sheet", sheet)]),
        (None, _, Some(page), _) => label::AT_PAGE.fill(language, &[("page", &page.to_string())]),
        (None, _, None, Some(line)) => {
            label::AT_LINE.fill(language, &[("line", &line.to_string())])
        }
        _ => label::AT_ROW.fill(language, &[("row", &row.row.to_string())]),
    }
}

/// The same with the sheet's own number, where the row has one.
pub(super) fn numbered(row: &Row, language: Language) -> String {
    let mut said = place(row, language);
    if let Some(number) = &row.number {
        said.push_str(&label::NUMBERED.fill(language, &[("number", &number.raw)]));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Answer, Compare, ItemNumber, Mapping};

    fn row(provenance: Provenance) -> Row {
        Row {
            row: 7,
            number: Some(ItemNumber {
                raw: "1-2".to_owned(),
                path: vec![1, 2],
            }),
            section: None,
            category: None,
            item: None,
            description: None,
            unit: None,
            answer: Answer::default(),
            mapping: Mapping::default(),
            provenance,
            other: Vec::new(),
            moved: None,
            raw: Default::default(),
            compare: Compare::default(),
        }
    }

    #[test]
    fn a_row_is_found_again() {
        let nowhere = Provenance::default();
        let sheet = Provenance {
            sheet: Some("回答".to_owned()),
            cells: Some("A6:F6".to_owned()),
            ..nowhere.clone()
        };
        let page = Provenance {
            page: Some(3),
            ..nowhere.clone()
        };
        let line = Provenance {
            line: Some(12),
            ..nowhere.clone()
        };
        for (provenance, ja, en) in [
            (
                sheet,
                "シート「回答」A6:F6 No.1-2",
                "sheet “回答” A6:F6, no. 1-2",
            ),
            (page, "3ページ No.1-2", "page 3, no. 1-2"),
            (line, "12行目 No.1-2", "line 12, no. 1-2"),
            (nowhere, "7件目 No.1-2", "row 7, no. 1-2"),
        ] {
            let row = row(provenance);
            assert_eq!(numbered(&row, Language::Ja), ja);
            assert_eq!(numbered(&row, Language::En), en);
        }
    }
}
