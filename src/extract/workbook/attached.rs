//! Comments, checkboxes and text boxes: answers that hang on a cell instead of standing in it.

use super::draft::{Attached, Attachment, Draft, DraftCell, cell_name, sheet_place};
use super::merges;
use super::tally::named;
use crate::model::{CellKind, Warning, WarningCode};

/// How much of a comment or text box a warning quotes, in characters.
const QUOTED: usize = 300;

/// Puts checkboxes into the cells they stand on where these are empty, and warns of everything
/// else that hangs on a cell. Expects the cells in order; adds to their end.
pub fn place(draft: &mut Draft, warnings: &mut Vec<Warning>, include_hidden: bool) {
    if draft.attached.is_empty() {
        return;
    }
    let mut attached = std::mem::take(&mut draft.attached);
    attached.sort_by_key(|a| (a.row, a.col));
    let mut told = Vec::new();
    for (cell, group) in in_cells(draft, &attached) {
        match cell {
            Some(cell) => draft.cells.push(cell),
            None => told.extend(group),
        }
    }
    told.extend(attached.iter().filter(|a| !is_box(a)).cloned());
    told.sort_by_key(|a| (a.row, a.col));
    let seen = |a: &Attached| {
        let rows = draft.hidden_rows.cover(a.row, a.row);
        include_hidden || !(draft.hidden || rows || draft.hidden_cols.cover(a.col, a.col))
    };
    let told: Vec<String> = told.iter().filter(|a| seen(a)).map(quote).collect();
    if told.is_empty() {
        return;
    }
    warnings.push(Warning {
        code: WarningCode::AttachedAnswer,
        message: format!(
            "comments, checkboxes or text boxes ({}) that may carry an answer: {}; check them \
             against the rows",
            told.len(),
            named(&told)
        ),
        rows: None,
        place: Some(sheet_place(&draft.name)),
    });
}

/// Checkboxes by the cell they stand on: the cell to add, or none when it already holds text.
fn in_cells(draft: &Draft, attached: &[Attached]) -> Vec<(Option<DraftCell>, Vec<Attached>)> {
    let boxes: Vec<&Attached> = attached.iter().filter(|a| is_box(a)).collect();
    if boxes.is_empty() {
        return Vec::new();
    }
    let at = |a: &&Attached| DraftCell {
        row: a.row,
        col: a.col,
        ..DraftCell::default()
    };
    let points: Vec<DraftCell> = boxes.iter().map(at).collect();
    let laid = merges::lay(&points, draft.merges.clone());
    let mut placed: Vec<((u32, u32), Vec<Attached>)> = boxes
        .into_iter()
        .zip(laid.regions)
        .map(|(a, region)| ((region.top, region.left), vec![a.clone()]))
        .collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1.append(&mut later.1);
        }
        same
    });
    let group = |((row, col), group): ((u32, u32), Vec<Attached>)| {
        let taken = draft
            .cells
            .binary_search_by_key(&(row, col), |c| (c.row, c.col))
            .is_ok();
        let cell = (!taken).then(|| DraftCell {
            row,
            col,
            text: group.iter().map(ticked).collect::<Vec<_>>().join(" "),
            kind: CellKind::Text,
            ..DraftCell::default()
        });
        (cell, group)
    };
    placed.into_iter().map(group).collect()
}

fn is_box(a: &Attached) -> bool {
    matches!(a.kind, Attachment::Checkbox { .. })
}

/// `☑有`.
fn ticked(a: &Attached) -> String {
    let checked = matches!(a.kind, Attachment::Checkbox { checked: true });
    format!("{}{}", if checked { '☑' } else { '☐' }, a.text.trim())
}

fn quote(a: &Attached) -> String {
    let text = match a.kind {
        Attachment::Checkbox { .. } => ticked(a),
        _ => a.text.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let mut short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("{} “{short}”", cell_name(a.row, a.col))
}
