//! Rows that a page break cuts in two are made one again.

use super::join;
use super::layout::{PageTable, Piece};
use super::lines::TextLine;
use super::table::Grid;
use super::table::rows::is_number;

/// How far column borders may differ from page to page, in points.
const SAME_COLUMN: f32 = 3.0;
/// The same without lines, as part of the narrower column beside the border.
const ROUGHLY: f32 = 0.4;
/// Most header rows that a printer repeats.
const MAX_HEADER: usize = 4;
/// Part of a table's rows that carry a number where the table numbers its rows.
const NUMBERED: f32 = 0.6;
/// Room at the end of a line, in em, below which the line is full.
const FULL: f32 = 2.0;
/// Distance to the next line where a cell has only one, in em.
const LINE_STEP: f32 = 1.3;

/// Joins rows across the pages of a document.
pub fn mend(pages: &mut [Vec<Piece>]) {
    let mut last: Option<(usize, usize)> = None;
    for page in 0..pages.len() {
        let tables: Vec<usize> = (0..pages[page].len())
            .filter(|i| matches!(pages[page][*i], Piece::Table(_)))
            .collect();
        let (Some(&first), Some(&end)) = (tables.first(), tables.last()) else {
            // A page of text parts two tables; an empty one does not.
            if !pages[page].is_empty() {
                last = None;
            }
            continue;
        };
        if let Some((before_page, before_piece)) = last
            && before_page + 1 >= page
        {
            let (head, tail) = pages.split_at_mut(page);
            let before = head
                .get_mut(before_page)
                .and_then(|p| p.get_mut(before_piece));
            let after = tail.first_mut().and_then(|p| p.get_mut(first));
            if let (Some(Piece::Table(a)), Some(Piece::Table(b))) = (before, after)
                && let Some(row) = continued_row(a, b)
            {
                take_over(a, b, row);
                if row + 1 == b.grid.rows() && tables.len() == 1 {
                    // The whole page was one row; the next page may still go on with it.
                    b.remove_row(row);
                    continue;
                }
                b.remove_row(row);
            }
        }
        last = Some((page, end));
    }
}

/// The row of `b` that goes on with the last row of `a`, if one does.
fn continued_row(a: &PageTable, b: &PageTable) -> Option<usize> {
    if !same_columns(&a.grid, &b.grid) || a.grid.rows() == 0 {
        return None;
    }
    let header = repeated_header(a, b);
    let row = header;
    let end = a.grid.rows() - 1;
    if row >= b.grid.rows() || end < header {
        return None;
    }
    let upper: Vec<&str> = (0..a.grid.cols()).map(|c| a.text_at(end, c)).collect();
    let lower: Vec<&str> = (0..b.grid.cols()).map(|c| b.text_at(row, c)).collect();
    let filled = |texts: &[&str]| texts.iter().filter(|t| !t.is_empty()).count();
    if filled(&lower) == 0 || filled(&upper) == 0 || is_banner(a, end) || is_banner(b, row) {
        return None;
    }
    let number = number_column(a, header);
    // What goes on below must have begun above, unless whole cells of a numbered row moved on.
    let cells = || lower.iter().zip(&upper).enumerate();
    let moved = |l: &str, u: &str| !l.is_empty() && u.is_empty();
    let whole = |(col, (l, u)): (usize, (&&str, &&str))| {
        l.is_empty() || u.is_empty() || is_unfinished_in(a, b, row, col)
    };
    let moved_on = cells().any(|(_, (l, u))| moved(l, u));
    let numbered = number.is_some_and(|n| upper.get(n).is_some_and(|t| is_number(t)));
    if moved_on && !(numbered && cells().all(whole)) {
        return None;
    }
    let open = a.grid.open_bottom || (b.grid.open_top && header == 0);
    match number {
        Some(column) => {
            if !lower.get(column).is_some_and(|t| t.is_empty()) {
                return None;
            }
            (open || moved_on || is_unfinished(a, b, row)).then_some(row)
        }
        None => (open && is_unfinished(a, b, row)).then_some(row),
    }
}

/// Whether two grids have their columns in the same places. Where no lines show the borders, they
/// lie somewhere between the texts.
fn same_columns(a: &Grid, b: &Grid) -> bool {
    if a.xs.len() != b.xs.len() {
        return false;
    }
    let narrow = |i: usize| {
        let width = |i: usize| match (a.xs.get(i), a.xs.get(i + 1)) {
            (Some(x), Some(y)) => y - x,
            _ => f32::INFINITY,
        };
        width(i).min(i.checked_sub(1).map_or(f32::INFINITY, width))
    };
    let ruled = a.ruled && b.ruled;
    let outer = |i: usize| i == 0 || i + 1 == a.xs.len();
    a.xs.iter().zip(&b.xs).enumerate().all(|(i, (x, z))| {
        let slack = if ruled {
            SAME_COLUMN
        } else {
            narrow(i) * ROUGHLY
        };
        (x - z).abs() <= slack || (!ruled && outer(i))
    })
}

/// How many rows at the top of both tables say the same.
fn repeated_header(a: &PageTable, b: &PageTable) -> usize {
    let most = MAX_HEADER.min(a.grid.rows()).min(b.grid.rows());
    let says = |t: &PageTable, row: usize| -> Vec<String> {
        let cols = 0..t.grid.cols();
        cols.map(|c| t.text_at(row, c).split_whitespace().collect())
            .collect()
    };
    (0..most)
        .take_while(|&row| {
            let texts = says(a, row);
            texts.iter().any(|t| !t.is_empty()) && texts == says(b, row)
        })
        .count()
}

/// One cell over the whole width.
fn is_banner(table: &PageTable, row: usize) -> bool {
    let grid = &table.grid;
    grid.cols() > 1
        && grid
            .cells
            .iter()
            .any(|c| c.row == row && c.rows == 1 && c.cols == grid.cols())
}

/// The column that numbers the rows.
fn number_column(table: &PageTable, header: usize) -> Option<usize> {
    let rows: Vec<usize> = (header..table.grid.rows())
        .filter(|r| !is_banner(table, *r))
        .collect();
    (0..table.grid.cols().min(4)).find(|&col| {
        let numbers = rows
            .iter()
            .filter(|r| is_number(table.text_at(**r, col)))
            .count();
        numbers >= 2 && numbers as f32 >= rows.len() as f32 * NUMBERED
    })
}

/// Whether a cell that goes on below stops in the middle above.
fn is_unfinished(a: &PageTable, b: &PageTable, row: usize) -> bool {
    (0..a.grid.cols()).any(|col| is_unfinished_in(a, b, row, col))
}

/// The same for one column: its last line is full, or its sentence has no end.
fn is_unfinished_in(a: &PageTable, b: &PageTable, row: usize, col: usize) -> bool {
    let end = a.grid.rows() - 1;
    if b.text_at(row, col).is_empty() {
        return false;
    }
    let Some((cell, lines)) = a.cell_at(end, col) else {
        return false;
    };
    let Some(last) = lines.last() else {
        return false;
    };
    let measure = a.measure(cell, lines);
    let full = measure.right - last.rect.x1 <= FULL * last.size;
    let ended = last.text.ends_with(['。', '．', '.']);
    let cannot_start = b.text_at(row, col).starts_with(join::clings);
    (full && !ended) || cannot_start
}

/// Moves the lines of a row of `b` to the end of the last row of `a`.
fn take_over(a: &mut PageTable, b: &PageTable, row: usize) {
    let end = a.grid.rows() - 1;
    if let Some(doubtful) = a.grid.doubtful.get_mut(end) {
        *doubtful |= b.grid.doubtful.get(row).copied().unwrap_or_default();
    }
    for col in 0..a.grid.cols() {
        let Some((from, more)) = b.cell_at(row, col) else {
            continue;
        };
        if from.row != row || from.col != col || more.is_empty() {
            continue;
        }
        let Some(place) = a.grid.owner.get(end * a.grid.cols() + col) else {
            continue;
        };
        let place = *place as usize;
        let (Some(&cell), Some(lines)) = (a.grid.cells.get(place), a.lines.get_mut(place)) else {
            continue;
        };
        append(lines, more);
        let lines = lines.clone();
        let measure = a.measure(&cell, &lines);
        if let Some(text) = a.texts.get_mut(place) {
            *text = join::join(&lines, measure);
        }
    }
}

/// Sets lines below others as if they had been drawn there.
fn append(lines: &mut Vec<TextLine>, more: &[TextLine]) {
    let Some(first) = more.first() else {
        return;
    };
    let step = match lines.as_slice() {
        [.., a, b] => b.rect.y1 - a.rect.y1,
        _ => first.size * LINE_STEP,
    };
    let foot = lines.last().map_or(0.0, |l| l.rect.y1);
    let shift = foot + step - first.rect.y1;
    for line in more {
        let mut line = line.clone();
        line.rect.y0 += shift;
        line.rect.y1 += shift;
        lines.push(line);
    }
}
