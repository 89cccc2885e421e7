use csv::{Terminator, Writer, WriterBuilder};

use super::column::{COLUMNS, Cell};
use super::{Export, FlatRow};

/// What lists are joined with inside a cell.
const BETWEEN: &str = "; ";

/// Comma-separated values for spreadsheets: UTF-8 with a byte order mark (without it, Excel reads
/// Shift_JIS), records ended by CR LF (RFC 4180), lists joined by `; `.
///
/// No cell can be taken for a formula: one that begins with `= + - @`, their full-width forms, a
/// tab or a line break gets a `'` before it, and so does one that begins with `'` itself. Dropping
/// one leading `'` from every cell that has it gives back exactly what was there (the characters
/// are those of OWASP's "CSV Injection").
pub(super) struct Csv;

impl Export for Csv {
    fn head(&self) -> Vec<u8> {
        let mut head = b"\xef\xbb\xbf".to_vec();
        append(&mut head, |csv| {
            csv.write_record(COLUMNS.iter().map(|c| c.name))
        });
        head
    }

    fn rows(&self, rows: &[FlatRow<'_>], out: &mut Vec<u8>) {
        append(out, |csv| {
            let mut cell = String::new();
            rows.iter().try_for_each(|row| record(csv, row, &mut cell))
        });
    }
}

/// Writes to memory, which cannot fail.
fn append(out: &mut Vec<u8>, fill: impl FnOnce(&mut Writer<&mut Vec<u8>>) -> csv::Result<()>) {
    let mut csv = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out);
    let _ = fill(&mut csv);
    let _ = csv.flush();
}

fn record(
    csv: &mut Writer<&mut Vec<u8>>,
    row: &FlatRow<'_>,
    buffer: &mut String,
) -> csv::Result<()> {
    for column in &COLUMNS {
        match column.cell(row) {
            Cell::Empty => csv.write_field("")?,
            Cell::Text(text) => csv.write_field(safe(text, buffer))?,
            Cell::Integer(n) => csv.write_field(n.to_string())?,
            Cell::Number(n) => csv.write_field(n.to_string())?,
            Cell::List(list) => csv.write_field(safe(&list.join(BETWEEN), buffer))?,
            Cell::Integers(list) => csv.write_field(joined(list))?,
            Cell::Numbers(list) => csv.write_field(safe(&joined(list), buffer))?,
        }
    }
    csv.write_record(None::<&[u8]>)
}

fn joined(list: &[impl ToString]) -> String {
    let shown: Vec<String> = list.iter().map(ToString::to_string).collect();
    shown.join(BETWEEN)
}

/// A cell that no spreadsheet takes for a formula.
fn safe<'a>(text: &'a str, cell: &'a mut String) -> &'a str {
    let starts_a_formula = [
        '=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\'',
    ];
    if !text.starts_with(starts_a_formula) {
        return text;
    }
    cell.clear();
    cell.push('\'');
    cell.push_str(text);
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        safe(text, &mut String::new()).to_owned()
    }

    #[test]
    fn no_cell_begins_like_a_formula_and_each_can_be_read_back() {
        for text in [
            "=1+1",
            "+81",
            "-",
            "-5",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
            "'quoted",
            "''",
            "",
            "有",
            "a=b",
            " =1",
            "ー",
            "5営業日前まで",
        ] {
            let cell = escaped(text);
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']),
                "{cell:?}"
            );
            assert_eq!(cell.strip_prefix('\'').unwrap_or(&cell), text);
        }
        assert_eq!(escaped("有"), "有");
    }

    #[test]
    fn the_head_is_what_excel_asks_for() {
        let head = Csv.head();
        assert!(head.starts_with(b"\xef\xbb\xbfdocument,path,"));
        assert!(head.ends_with(b",raw\r\n"));
    }
}
