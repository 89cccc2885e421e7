//! Rows of a ruled table that hold many rows: only its columns, or only some of its rows, are
//! ruled.

use super::super::lines::{TextLine, lines_of};
use super::super::page::Char;
use super::bands::{Bands, Text, Unrowed, bands};
use super::grid::{Grid, GridCell};
use super::steps::number_column;

/// Fewest lines of text in a row that may hold several.
const FEWEST_LINES: usize = 4;
/// Without numbers, a table of so few ruled rows whose tall one has so many lines is taken apart.
const FEW_ROWS: usize = 3;
const MANY_LINES: usize = 10;

/// A ruled row to be taken apart.
struct Cut {
    row: usize,
    /// Borders within the row, ascending.
    ys: Vec<f32>,
    /// The cells it becomes, their rows counted from the row's first.
    cells: Vec<(GridCell, Vec<Char>)>,
}

/// Takes apart the rows that hold several.
pub fn tall_rows(grid: Grid, chars: Vec<Vec<Char>>) -> (Grid, Vec<Vec<Char>>) {
    let cuts: Vec<Cut> = (0..grid.rows())
        .filter_map(|row| cut(&grid, &chars, row))
        .collect();
    if cuts.is_empty() {
        (grid, chars)
    } else {
        rebuild(&grid, &chars, &cuts)
    }
}

fn cut(grid: &Grid, chars: &[Vec<Char>], row: usize) -> Option<Cut> {
    if grid.cols() < 2 {
        return None;
    }
    let here = grid
        .cells
        .iter()
        .zip(chars)
        .filter(|(c, _)| c.row == row && c.rows == 1);
    let (cells, texts): (Vec<&GridCell>, Vec<&Vec<Char>>) = here.unzip();
    let solid = texts.iter().flat_map(|t| t.iter());
    let size = solid.map(|c| c.size).fold(0.0f32, f32::max);
    let height = grid.row_rect(row).height();
    if cells.len() < 2 || size == 0.0 || height < size * FEWEST_LINES as f32 * 0.8 {
        return None;
    }
    let lines: Vec<Vec<TextLine>> = texts.iter().map(|t| lines_of(t)).collect();
    let most = lines.iter().map(Vec::len).max().unwrap_or(0);
    if lines.iter().map(Vec::len).sum::<usize>() < FEWEST_LINES {
        return None;
    }
    let unrowed = Unrowed {
        cols: grid.cols(),
        texts: cells
            .iter()
            .zip(&lines)
            .flat_map(|(cell, lines)| {
                lines.iter().map(|line| Text {
                    col: cell.col,
                    line,
                })
            })
            .collect(),
        banners: Vec::new(),
        rules: Vec::new(),
        edges: Vec::new(),
        middles: Vec::new(),
    };
    // Several columns run on over many lines, so they are rows and not one long text.
    let long = lines.iter().filter(|l| l.len() * 2 >= most.min(MANY_LINES));
    let bare = grid.rows() <= FEW_ROWS && most >= MANY_LINES && long.count() >= 2;
    let parts = [unrowed];
    if number_column(&parts).is_none() && !bare {
        return None;
    }
    let bands = bands(&parts).pop()?;
    let inner = bands.borders.len().checked_sub(1)?;
    let ys = bands.borders.get(1..inner)?.to_vec();
    if ys.is_empty() {
        return None;
    }
    Some(Cut {
        row,
        cells: parts_of(&cells, &parts[0], &bands, inner),
        ys,
    })
}

/// The cells that a ruled row becomes.
fn parts_of(
    cells: &[&GridCell],
    unrowed: &Unrowed<'_>,
    bands: &Bands,
    rows: usize,
) -> Vec<(GridCell, Vec<Char>)> {
    let mut out = Vec::new();
    for cell in cells {
        let mut row = 0;
        while row < rows {
            let merged = bands
                .merged
                .iter()
                .find(|m| (m.row, m.col) == (row, cell.col));
            let count = merged.map_or(1, |m| m.rows);
            let mut text = Vec::new();
            for (t, at) in unrowed.texts.iter().zip(&bands.row_of) {
                if t.col == cell.col && *at == row {
                    text.extend_from_slice(&t.line.chars);
                }
            }
            let part = GridCell {
                row,
                rows: count,
                ..**cell
            };
            out.push((part, text));
            row += count;
        }
    }
    out
}

fn rebuild(grid: &Grid, chars: &[Vec<Char>], cuts: &[Cut]) -> (Grid, Vec<Vec<Char>>) {
    let parts = |row: usize| {
        cuts.iter()
            .find(|c| c.row == row)
            .map_or(1, |c| c.ys.len() + 1)
    };
    // First new row of each old one.
    let mut first = vec![0usize];
    for row in 0..grid.rows() {
        first.push(first[row] + parts(row));
    }
    let mut ys = grid.ys.clone();
    ys.extend(cuts.iter().flat_map(|c| c.ys.iter().copied()));
    ys.sort_by(f32::total_cmp);
    let mut cells: Vec<(GridCell, Vec<Char>)> = Vec::new();
    for (cell, text) in grid.cells.iter().zip(chars) {
        if cell.rows == 1 && cuts.iter().any(|c| c.row == cell.row) {
            continue;
        }
        let row = first[cell.row];
        let rows = first[cell.row + cell.rows] - row;
        cells.push((GridCell { row, rows, ..*cell }, text.clone()));
    }
    for cut in cuts {
        cells.extend(cut.cells.iter().map(|(cell, text)| {
            let row = first[cut.row] + cell.row;
            (GridCell { row, ..*cell }, text.clone())
        }));
    }
    cells.sort_by_key(|(c, _)| (c.row, c.col));
    let (cells, texts) = cells.into_iter().unzip();
    let mut out = Grid {
        ys,
        cells,
        ..grid.clone()
    };
    out.file_cells();
    (out, texts)
}

#[cfg(test)]
mod tests {
    use super::super::super::lines::tests::set;
    use super::*;

    #[test]
    fn a_row_that_holds_several_is_taken_apart() {
        let grid = Grid::build(
            vec![0.0, 20.0, 100.0],
            vec![0.0, 12.0, 100.0],
            |_, _| true,
            |_, _| true,
        );
        let mut chars = vec![Vec::new(); 4];
        chars[0] = set("No", 2.0, 1.0);
        chars[1] = set("項目", 22.0, 1.0);
        for (y, number, text) in [
            (14.0, "1", "可用性"),
            (25.0, "", "の続き"),
            (42.0, "2", "性能"),
            (59.0, "3", "信頼性"),
        ] {
            chars[2].extend(set(number, 2.0, y));
            chars[3].extend(set(text, 22.0, y));
        }
        let (grid, chars) = tall_rows(grid, chars);
        assert_eq!((grid.rows(), grid.cells.len()), (4, 8));
        let text = |i: usize| chars[i].iter().map(|c: &Char| c.c).collect::<String>();
        assert_eq!(
            (text(2), text(3), text(6)),
            ("1".into(), "可用性の続き".into(), "3".into())
        );
    }

    #[test]
    fn one_long_answer_stays_whole() {
        let grid = Grid::build(
            vec![0.0, 20.0, 100.0],
            vec![0.0, 100.0],
            |_, _| true,
            |_, _| true,
        );
        let mut chars = vec![set("1", 2.0, 1.0), Vec::new()];
        for i in 0..7 {
            chars[1].extend(set("長い回答", 22.0, 1.0 + i as f32 * 12.0));
        }
        assert_eq!(tall_rows(grid, chars).0.rows(), 1);
    }
}
