use serde::Serialize;
use torikomi::model::{Interpretation, Moved, OtherCell, Provenance, RawRow, Warning};

use super::{Shown, warning_note};

/// A line for each row, in the sheet's own words. What is no row goes to the notes.
pub fn show(sheet: &Interpretation) -> Shown {
    let mut shown = Shown::default();
    let mut diagnostics = Diagnostics::new(&sheet.warnings);
    for (row, number) in sheet.rows.iter().zip(1..) {
        shown.push(&RowLine::new(number, row, diagnostics.of(number)));
    }
    let about = [
        ("title", &sheet.title),
        ("vendor", &sheet.vendor),
        ("date", &sheet.date),
    ];
    let stated = about
        .iter()
        .filter_map(|(what, text)| Some((what, text.as_ref()?)));
    shown
        .notes
        .extend(stated.map(|(what, text)| format!("{what}: {text}")));
    for (table, number) in sheet.tables.iter().zip(1..) {
        let columns = table.columns.iter().map(|c| {
            let title = c.title.as_deref().unwrap_or_default();
            format!("{} {:?} {title:?}", c.index, c.role).to_lowercase()
        });
        let columns: Vec<String> = columns.collect();
        shown
            .notes
            .push(format!("table {number}: {}", columns.join(", ")));
    }
    for outside in &sheet.outside {
        let kind = super::name(&outside.kind);
        let line = outside.line.map(|n| format!("line {n}"));
        let place = outside.cells.clone().or(line).unwrap_or_default();
        shown
            .notes
            .push(format!("no row ({kind}) {place}: {}", outside.text));
    }
    let of_no_row = sheet.warnings.iter().filter(|w| w.rows.is_none());
    shown.notes.extend(of_no_row.map(warning_note));
    shown
}

#[derive(Serialize)]
struct RowLine<'a> {
    row: u32,
    table: usize,
    number: Option<&'a str>,
    section: Option<&'a str>,
    category: Option<&'a str>,
    item: Option<&'a str>,
    description: Option<&'a str>,
    unit: Option<&'a str>,
    mark: Option<&'a str>,
    text: &'a [String],
    other: &'a [OtherCell],
    /// Fields whose value comes from a row above.
    inherited: Vec<&'static str>,
    moved: Option<Moved>,
    provenance: &'a Provenance,
    diagnostics: Vec<&'a Warning>,
}

impl<'a> RowLine<'a> {
    fn new(number: u32, row: &'a RawRow, diagnostics: Vec<&'a Warning>) -> Self {
        let inherited = [
            (row.inherited.category, "category"),
            (row.inherited.item, "item"),
            (row.inherited.description, "description"),
        ];
        let fields = inherited
            .into_iter()
            .filter_map(|(is, field)| is.then_some(field));
        RowLine {
            row: number,
            table: row.table + 1,
            number: row.number.as_deref(),
            section: row.section.as_deref(),
            category: row.category.as_deref(),
            item: row.item.as_deref(),
            description: row.description.as_deref(),
            unit: row.unit.as_deref(),
            mark: row.mark.as_deref(),
            text: &row.text,
            other: &row.other,
            inherited: fields.collect(),
            moved: row.moved,
            provenance: &row.provenance,
            diagnostics,
        }
    }
}

/// The warnings of each row, asked for in row order: each warning is looked at once when its rows
/// begin and dropped when they end.
struct Diagnostics<'a> {
    coming: std::iter::Peekable<std::vec::IntoIter<([u32; 2], &'a Warning)>>,
    open: Vec<([u32; 2], &'a Warning)>,
}

impl<'a> Diagnostics<'a> {
    fn new(warnings: &'a [Warning]) -> Self {
        let mut coming: Vec<_> = warnings.iter().filter_map(|w| Some((w.rows?, w))).collect();
        coming.sort_by_key(|(rows, _)| *rows);
        Diagnostics {
            coming: coming.into_iter().peekable(),
            open: Vec::new(),
        }
    }

    fn of(&mut self, row: u32) -> Vec<&'a Warning> {
        while let Some(next) = self.coming.next_if(|([first, _], _)| *first <= row) {
            self.open.push(next);
        }
        self.open.retain(|([_, last], _)| *last >= row);
        self.open.iter().map(|(_, warning)| *warning).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use torikomi::model::WarningCode;

    #[test]
    fn a_row_has_the_warnings_whose_rows_it_is_among() {
        let warning = |message: &str, rows| Warning {
            code: WarningCode::ColumnSlip,
            message: message.to_owned(),
            rows,
            place: None,
        };
        let warnings = [
            warning("b", Some([3, 3])),
            warning("a", Some([2, 4])),
            warning("none", None),
        ];
        let mut diagnostics = Diagnostics::new(&warnings);
        let said = (1..=5).map(|row| {
            let of_row = diagnostics.of(row);
            of_row
                .iter()
                .map(|w| w.message.as_str())
                .collect::<String>()
        });
        assert_eq!(said.collect::<Vec<_>>(), ["", "a", "ab", "a", ""]);
    }
}
