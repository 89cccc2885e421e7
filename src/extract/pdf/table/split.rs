//! Rows of a ruled table that hold many rows: only its columns, or only some of its rows, are
//! ruled.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::super::lines::lines_of;
use super::super::page::Char;
use super::columns;
use super::grid::{Grid, GridCell};
use super::rows::{self, Level};
use super::stream;

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
    /// For each part, whether it is one text across the columns.
    banners: Vec<bool>,
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
    if cells.len() < 2 || texts.iter().map(|t| t.len()).sum::<usize>() < FEWEST_LINES {
        return None;
    }
    let all: Vec<Char> = texts.into_iter().flatten().copied().collect();
    let height = grid.row_rect(row).height();
    let size = all.iter().map(|c| c.size).fold(0.0f32, f32::max);
    if height < size * FEWEST_LINES as f32 * 0.8 {
        return None;
    }
    let lines = lines_of(&all);
    let between = grid.xs.get(1..grid.xs.len() - 1).unwrap_or_default();
    let levels: Vec<Level> = lines
        .iter()
        .map(|line| {
            let segments = columns::segments(line);
            Level {
                banner: false,
                ..stream::level(line, &segments, between)
            }
        })
        .collect();
    if levels.len() < FEWEST_LINES {
        return None;
    }
    let numbered = rows::number_column(&levels).is_some();
    let bare = grid.rows() <= FEW_ROWS && levels.len() >= MANY_LINES && several_columns(&levels);
    if !numbered && !bare {
        return None;
    }
    let starts = rows::starts(&levels, &[]);
    let mut ys = Vec::new();
    let mut banners = vec![levels.first()?.banner];
    let mut lowest = levels.first()?.y1;
    for (level, start) in levels.iter().zip(&starts).skip(1) {
        if *start {
            ys.push((lowest + level.y0) / 2.0);
            banners.push(level.banner);
        }
        lowest = lowest.max(level.y1);
    }
    if !ys.is_sorted() || ys.is_empty() {
        return None;
    }

    Some(Cut { row, ys, banners })
}

/// Several columns run on over many lines, so they are rows and not one long text.
fn several_columns(levels: &[Level]) -> bool {
    let cols = levels.iter().map(|l| l.texts.len()).max().unwrap_or(0);
    let long = |col: &usize| {
        let filled = levels
            .iter()
            .filter(|l| l.texts.get(*col).is_some_and(|t| !t.is_empty()));
        filled.count() * 2 >= levels.len().min(MANY_LINES)
    };
    (0..cols).filter(long).count() >= 2
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
    // The cell of each heading, by row.
    let mut headings: BTreeMap<usize, usize> = BTreeMap::new();
    for (cell, text) in grid.cells.iter().zip(chars) {
        let row = first[cell.row];
        let rows = first[cell.row + cell.rows] - row;
        let cut = cuts.iter().find(|c| c.row == cell.row && cell.rows == 1);
        let Some(cut) = cut else {
            cells.push((GridCell { row, rows, ..*cell }, text.clone()));
            continue;
        };
        let mut parts: Vec<Vec<Char>> = vec![Vec::new(); cut.ys.len() + 1];
        for c in text {
            let y = c.rect.center().1;
            if let Some(part) = parts.get_mut(cut.ys.partition_point(|b| *b <= y)) {
                part.push(*c);
            }
        }
        for (i, part) in parts.into_iter().enumerate() {
            let cell = GridCell {
                row: row + i,
                rows: 1,
                ..*cell
            };
            if !cut.banners.get(i).is_some_and(|b| *b) {
                cells.push((cell, part));
                continue;
            }
            match headings.entry(cell.row) {
                Entry::Occupied(at) => {
                    if let Some((_, text)) = cells.get_mut(*at.get()) {
                        text.extend(part);
                    }
                }
                Entry::Vacant(at) => {
                    at.insert(cells.len());
                    cells.push((
                        GridCell {
                            col: 0,
                            cols: grid.cols(),
                            ..cell
                        },
                        part,
                    ));
                }
            }
        }
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
