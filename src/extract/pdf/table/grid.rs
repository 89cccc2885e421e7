//! A grid of cells on a page.

use super::super::geometry::Rect;

/// A table found on a page: where its rows and columns lie, and which cells span.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// Column borders, ascending; one more than there are columns.
    pub xs: Vec<f32>,
    /// Row borders, ascending; one more than there are rows.
    pub ys: Vec<f32>,
    /// Sorted by row, then column.
    pub cells: Vec<GridCell>,
    /// For each place of the grid, row by row, the cell it belongs to.
    pub owner: Vec<u32>,
    /// No line closes the first row at its top: it may go on from the page before.
    pub open_top: bool,
    /// No line closes the last row: it may go on on the next page.
    pub open_bottom: bool,
    /// It has no border at its left and right.
    pub open_sides: bool,
    /// Found by lines, not by alignment.
    pub ruled: bool,
    /// For each row, whether its lines may as well be parted otherwise; none where rows are ruled.
    pub doubtful: Vec<bool>,
}

/// A cell of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridCell {
    pub row: usize,
    pub col: usize,
    pub rows: usize,
    pub cols: usize,
}

impl Grid {
    pub fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    pub fn cols(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    pub fn rect(&self) -> Rect {
        Rect {
            x0: self.xs.first().copied().unwrap_or(0.0),
            y0: self.ys.first().copied().unwrap_or(0.0),
            x1: self.xs.last().copied().unwrap_or(0.0),
            y1: self.ys.last().copied().unwrap_or(0.0),
        }
    }

    /// The box of a cell.
    pub fn cell_rect(&self, cell: &GridCell) -> Rect {
        let at = |v: &[f32], i: usize| v.get(i).or(v.last()).copied().unwrap_or(0.0);
        Rect {
            x0: at(&self.xs, cell.col),
            y0: at(&self.ys, cell.row),
            x1: at(&self.xs, cell.col + cell.cols),
            y1: at(&self.ys, cell.row + cell.rows),
        }
    }

    /// The box of a row.
    pub fn row_rect(&self, row: usize) -> Rect {
        self.cell_rect(&GridCell {
            row,
            col: 0,
            rows: 1,
            cols: self.cols(),
        })
    }

    /// The cell a point lies in.
    pub fn cell_at(&self, (x, y): (f32, f32)) -> Option<usize> {
        if !self.rect().contains((x, y)) {
            return None;
        }
        let place = |v: &[f32], p: f32| v.partition_point(|b| *b <= p).clamp(1, v.len() - 1) - 1;
        let (row, col) = (place(&self.ys, y), place(&self.xs, x));
        self.owner.get(row * self.cols() + col).map(|o| *o as usize)
    }

    /// Takes a row out. Returns for each cell whether it is kept.
    pub fn remove_row(&mut self, row: usize) -> Vec<bool> {
        if row >= self.rows() {
            return vec![true; self.cells.len()];
        }
        let keep: Vec<bool> = self
            .cells
            .iter()
            .map(|c| !(c.row == row && c.rows == 1))
            .collect();
        // The rows below keep their places on the page; the one above reaches down to them.
        self.ys.remove(if row == 0 { 0 } else { row });
        if row < self.doubtful.len() {
            self.doubtful.remove(row);
        }
        for cell in &mut self.cells {
            if cell.row > row {
                cell.row -= 1;
            } else if cell.row + cell.rows > row {
                cell.rows = cell.rows.saturating_sub(1).max(1);
            }
        }
        let mut kept = keep.iter().copied();
        self.cells.retain(|_| kept.next().unwrap_or(true));
        self.file_cells();
        keep
    }

    /// Adds a grid of the same columns below, and a row over all columns between the two.
    pub fn append_below(&mut self, below: &Grid) {
        let (rows, cols) = (self.rows(), self.cols());
        self.cells.push(GridCell {
            row: rows,
            col: 0,
            rows: 1,
            cols,
        });
        let shift = |c: &GridCell| GridCell {
            row: c.row + rows + 1,
            ..*c
        };
        self.cells.extend(below.cells.iter().map(shift));
        self.ys.extend_from_slice(&below.ys);
        self.open_bottom = below.open_bottom;
        self.file_cells();
    }

    /// Fills `owner` from `cells`.
    pub fn file_cells(&mut self) {
        let (rows, cols) = (self.rows(), self.cols());
        self.owner = vec![u32::MAX; rows * cols];
        for (id, cell) in self.cells.iter().enumerate() {
            for r in cell.row..cell.row + cell.rows {
                for c in cell.col..cell.col + cell.cols {
                    if let Some(place) = self.owner.get_mut(r * cols + c) {
                        *place = id as u32;
                    }
                }
            }
        }
    }

    /// Makes a grid from its borders and from what separates neighbouring places.
    ///
    /// `right_of(row, col)` tells whether a line stands right of a place, `below(row, col)`
    /// whether one stands below it.
    pub fn build(
        xs: Vec<f32>,
        ys: Vec<f32>,
        right_of: impl Fn(usize, usize) -> bool,
        below: impl Fn(usize, usize) -> bool,
    ) -> Grid {
        let (rows, cols) = (ys.len().saturating_sub(1), xs.len().saturating_sub(1));
        let mut parent: Vec<u32> = (0..(rows * cols) as u32).collect();
        for row in 0..rows {
            for col in 0..cols {
                let here = row * cols + col;
                if col + 1 < cols && !right_of(row, col) {
                    unite(&mut parent, here, here + 1);
                }
                if row + 1 < rows && !below(row, col) {
                    unite(&mut parent, here, here + cols);
                }
            }
        }
        let mut grid = Grid {
            xs,
            ys,
            owner: vec![u32::MAX; rows * cols],
            ruled: true,
            ..Grid::default()
        };
        grid.rectangles(&mut parent);
        grid
    }

    /// Cuts the united places into boxes: whole ones where they are boxes, else strips.
    fn rectangles(&mut self, parent: &mut [u32]) {
        let (rows, cols) = (self.rows(), self.cols());
        for row in 0..rows {
            for col in 0..cols {
                if self.owner[row * cols + col] != u32::MAX {
                    continue;
                }
                let root = find(parent, row * cols + col);
                let mut width = 1;
                while col + width < cols
                    && self.owner[row * cols + col + width] == u32::MAX
                    && find(parent, row * cols + col + width) == root
                {
                    width += 1;
                }
                let mut height = 1;
                while row + height < rows {
                    let line = (row + height) * cols;
                    let same = (col..col + width).all(|c| {
                        self.owner[line + c] == u32::MAX && find(parent, line + c) == root
                    });
                    if !same {
                        break;
                    }
                    height += 1;
                }
                let id = self.cells.len() as u32;
                self.cells.push(GridCell {
                    row,
                    col,
                    rows: height,
                    cols: width,
                });
                for r in row..row + height {
                    for c in col..col + width {
                        self.owner[r * cols + c] = id;
                    }
                }
            }
        }
    }
}

fn find(parent: &mut [u32], mut i: usize) -> usize {
    while parent[i] as usize != i {
        parent[i] = parent[parent[i] as usize];
        i = parent[i] as usize;
    }
    i
}

fn unite(parent: &mut [u32], a: usize, b: usize) {
    let (a, b) = (find(parent, a), find(parent, b));
    let (low, high) = (a.min(b), a.max(b));
    parent[high] = low as u32;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn united_places_become_spanning_cells() {
        let borders = |n: usize| (0..=n).map(|i| i as f32 * 10.0).collect::<Vec<_>>();
        // A category over two rows, a banner over two columns.
        let grid = Grid::build(
            borders(2),
            borders(3),
            |row, _| row != 0,
            |row, col| !(row == 1 && col == 0),
        );
        let spans: Vec<_> = grid
            .cells
            .iter()
            .map(|c| (c.row, c.col, c.rows, c.cols))
            .collect();
        assert_eq!(
            spans,
            [(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1)]
        );
        assert_eq!(grid.cell_at((5.0, 25.0)), Some(1));
        assert_eq!(grid.cell_at((35.0, 5.0)), None);
    }

    #[test]
    fn what_is_no_box_is_cut_into_boxes() {
        let borders = |n: usize| (0..=n).map(|i| i as f32 * 10.0).collect::<Vec<_>>();
        // An L: the top left place joins the one to its right and the one below.
        let grid = Grid::build(borders(2), borders(2), |row, _| row == 1, |_, col| col == 1);
        assert_eq!(grid.cells.len(), 3);
        assert_eq!(grid.cells.iter().map(|c| c.rows * c.cols).sum::<usize>(), 4);
    }
}
