//! What changed, as a workbook.

use std::path::Path;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};
use torikomi::compare::{Change, Diff, DocumentDiff, Said, Verdict, Who};
use torikomi::error::RunError;

use super::words::{decision_word, status_word, turn_word};
use crate::terminal::harmless;

/// What the sheet is called.
const SHEET: &str = "変更";
/// Titles and widths of its columns.
const COLUMNS: [(&str, f64); 12] = [
    ("変更", 20.0),
    ("提出者・文書", 28.0),
    ("項目ID", 11.0),
    ("番号", 8.0),
    ("項目", 30.0),
    ("旧 区分", 9.0),
    ("旧 回答", 40.0),
    ("新 区分", 9.0),
    ("新 回答", 40.0),
    ("値", 26.0),
    ("旧の場所", 22.0),
    ("新の場所", 22.0),
];
/// Most characters in a cell: below Excel's 32,767 whatever they are made of.
const MOST: usize = 16_000;
/// The last row of a worksheet, 0-based.
const LAST_ROW: u32 = 1_048_575;

/// Writes the workbook.
///
/// # Errors
/// It cannot be written.
pub fn write(diff: &Diff, path: &Path) -> Result<(), RunError> {
    fill(diff)
        .and_then(|mut book| book.save(path))
        .map_err(|e| {
            let source = match e {
                XlsxError::IoError(source) => source,
                other => std::io::Error::other(other.to_string()),
            };
            RunError::Io {
                path: path.display().to_string(),
                action: "write the workbook",
                source,
            }
        })
}

fn fill(diff: &Diff) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    // The same changes give the same bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let looks = Looks::new();
    let sheet = book.add_worksheet().set_name(SHEET)?;
    for (col, (title, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(col, width)?;
        sheet.write_string_with_format(0, col, title, &looks.header)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    let mut at = 1;
    for (what, list) in [
        ("新しい側にない文書", &diff.gone),
        ("新しい側だけの文書", &diff.added),
    ] {
        for who in list {
            put(sheet, at, &[what, &name(who)], &looks.plain)?;
            at += 1;
        }
    }
    for document in &diff.documents {
        for change in &document.changes {
            if at > LAST_ROW {
                break;
            }
            row(sheet, at, document, change, &looks)?;
            at += 1;
        }
    }
    if at == 1 {
        put(sheet, at, &["違いはありません"], &looks.plain)?;
    }
    sheet.autofilter(0, 0, at.saturating_sub(1).max(1), COLUMNS.len() as u16 - 1)?;
    Ok(book)
}

fn row(
    sheet: &mut Worksheet,
    at: u32,
    document: &DocumentDiff,
    change: &Change,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let said = change.new.as_ref().or(change.old.as_ref());
    let label = said.and_then(|s| s.item.as_deref().or(s.description.as_deref()));
    let values: Vec<String> = change
        .values
        .iter()
        .map(|v| format!("{} → {}", v.old.join("、"), v.new.join("、")))
        .collect();
    let (old, new) = (side(change.old.as_ref()), side(change.new.as_ref()));
    let cells = [
        turn_word(change.turn),
        &name(&document.new),
        change.item_id.as_deref().unwrap_or_default(),
        said.and_then(|s| s.number.as_deref()).unwrap_or_default(),
        label.unwrap_or_default(),
        &old[0],
        &old[1],
        &new[0],
        &new[1],
        &values.join("\n"),
        &old[2],
        &new[2],
    ];
    let look = match change.verdict {
        Verdict::Worse => &looks.worse,
        Verdict::Better => &looks.better,
        _ => &looks.plain,
    };
    put(sheet, at, &cells, look)
}

/// Status, answer and place of a side.
fn side(said: Option<&Said>) -> [String; 3] {
    let Some(said) = said else {
        return Default::default();
    };
    let mark = said.mark.as_deref().unwrap_or_default();
    let place = said.place.as_deref().unwrap_or_default();
    [
        status_word(&said.status).into_owned(),
        format!("{mark} {}", said.text).trim().to_owned(),
        format!("行{} {place} ({})", said.row, decision_word(&said.decision)),
    ]
}

fn put(sheet: &mut Worksheet, at: u32, cells: &[&str], look: &Format) -> Result<(), XlsxError> {
    for (col, text) in (0..).zip(cells) {
        let cut: String = text.chars().take(MOST).collect();
        // Written as a string: no text is a formula.
        let cut = harmless(&cut);
        match cut.is_empty() {
            true => sheet.write_blank(at, col, look)?,
            false => sheet.write_string_with_format(at, col, cut, look)?,
        };
    }
    Ok(())
}

fn name(who: &Who) -> String {
    match &who.vendor {
        Some(vendor) => format!("{vendor} [{}]", who.path),
        None => who.path.clone(),
    }
}

struct Looks {
    header: Format,
    plain: Format,
    worse: Format,
    better: Format,
}

impl Looks {
    fn new() -> Self {
        let base = Format::new()
            .set_font_name("游ゴシック")
            .set_font_size(10)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0xc9_ce_d6))
            .set_text_wrap();
        let plain = base.clone().set_align(FormatAlign::Top);
        Looks {
            header: base
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x1f_4e_5f)),
            worse: plain.clone().set_background_color(Color::RGB(0xf9_dc_d8)),
            better: plain.clone().set_background_color(Color::RGB(0xe3_f1_e1)),
            plain,
        }
    }
}
