//! Ruled tables: edges that touch form a table; where they cross are its rows and columns; where
//! one is missing between two places, the cell spans both.

use super::super::geometry::Rect;
use super::edges::{Edge, Edges};
use super::grid::Grid;

/// How far apart edges may end that are meant to touch, in points.
const TOUCH: f32 = 3.0;
/// Borders closer than this are one: nothing fits between them. In points.
const NARROW: f32 = 4.5;
/// Highest row of a heading, in points.
const HEADING: f32 = 40.0;
/// Part of a cell's side that must be ruled to close it.
const CLOSED: f32 = 0.7;
/// Most places of a grid: a page of graph paper has more, a table never.
const MAX_PLACES: usize = 60_000;

/// Every table that edges form, from the largest to the smallest.
pub fn grids(edges: &Edges) -> Vec<Grid> {
    if edges.is_drawing() {
        return Vec::new();
    }
    let mut found: Vec<Grid> = components(edges).iter().filter_map(grid).collect();
    found.sort_by(|a, b| area(&b.rect()).total_cmp(&area(&a.rect())));
    stack(without_nested(found))
}

/// Joins tables without outer borders that a heading row parts: nothing but the rules above and
/// below tells of that row.
fn stack(mut grids: Vec<Grid>) -> Vec<Grid> {
    if !grids.iter().any(|g| g.open_sides) {
        return grids;
    }
    grids.sort_by(|a, b| a.rect().y0.total_cmp(&b.rect().y0));
    let mut out: Vec<Grid> = Vec::new();
    for grid in grids {
        let joins = |above: &Grid| {
            let gap = grid.rect().y0 - above.rect().y1;
            let same = above.xs.len() == grid.xs.len()
                && above
                    .xs
                    .iter()
                    .zip(&grid.xs)
                    .all(|(a, b)| (a - b).abs() <= TOUCH);
            above.open_sides && grid.open_sides && same && gap > 0.0 && gap <= HEADING
        };
        match out.last_mut() {
            Some(above) if joins(above) => above.append_below(&grid),
            _ => out.push(grid),
        }
    }
    out
}

fn area(r: &Rect) -> f32 {
    r.width() * r.height()
}

/// Sets of edges that touch.
fn components(edges: &Edges) -> Vec<Edges> {
    let (levels, uprights) = (edges.level.len(), edges.upright.len());
    let mut parent: Vec<usize> = (0..levels + uprights).collect();
    fn find(parent: &mut [usize], mut i: usize) -> usize {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    }
    // Upright edges lie sorted, so only those within reach of a level one are looked at.
    for (i, level) in edges.level.iter().enumerate() {
        let from = edges.upright.partition_point(|u| u.at < level.from - TOUCH);
        for (j, upright) in edges.upright.iter().enumerate().skip(from) {
            if upright.at > level.to + TOUCH {
                break;
            }
            if upright.from - TOUCH <= level.at && level.at <= upright.to + TOUCH {
                let (a, b) = (find(&mut parent, i), find(&mut parent, levels + j));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let mut place: Vec<Option<usize>> = vec![None; levels + uprights];
    let mut out: Vec<Edges> = Vec::new();
    for i in 0..levels + uprights {
        let root = find(&mut parent, i);
        let at = *place[root].get_or_insert_with(|| {
            out.push(Edges::default());
            out.len() - 1
        });
        match i.checked_sub(levels) {
            None => out[at].level.push(edges.level[i]),
            Some(j) => out[at].upright.push(edges.upright[j]),
        }
    }
    out.retain(|e| !e.level.is_empty() && !e.upright.is_empty());
    out
}

/// Border coordinates: those of edges, and those at which many edges of the other kind end
/// without one (a table without its outer border, or cut by the end of a page).
fn borders(across: &[Edge], along: &[Edge]) -> (Vec<f32>, bool, bool) {
    let mut at: Vec<f32> = across.iter().map(|e| e.at).collect();
    at.sort_by(f32::total_cmp);
    let (first, last) = (at.first().copied(), at.last().copied());
    let mut open = (false, false);
    let enough = |reach: &dyn Fn(&Edge) -> bool| {
        let n = along.iter().filter(|e| reach(e)).count();
        n == along.len() || (n >= 2 && n * 2 >= along.len().min(6))
    };
    let low = along.iter().map(|e| e.from).fold(f32::INFINITY, f32::min);
    if first.is_some_and(|f| f - low > NARROW) && enough(&|e| e.from - low <= TOUCH) {
        at.insert(0, low);
        open.0 = true;
    }
    let high = along.iter().map(|e| e.to).fold(f32::NEG_INFINITY, f32::max);
    if last.is_some_and(|l| high - l > NARROW) && enough(&|e| high - e.to <= TOUCH) {
        at.push(high);
        open.1 = true;
    }
    (distinct(&at), open.0, open.1)
}

/// Sorted coordinates, those too close to each other made one.
fn distinct(sorted: &[f32]) -> Vec<f32> {
    let mut out: Vec<f32> = Vec::new();
    for &v in sorted {
        match out.last() {
            Some(last) if v - last < NARROW => {}
            _ => out.push(v),
        }
    }
    out
}

fn grid(edges: &Edges) -> Option<Grid> {
    let (ys, open_top, open_bottom) = borders(&edges.level, &edges.upright);
    let (xs, open_left, open_right) = borders(&edges.upright, &edges.level);
    let (rows, cols) = (ys.len().checked_sub(1)?, xs.len().checked_sub(1)?);
    if rows == 0 || cols == 0 || rows.saturating_mul(cols) > MAX_PLACES {
        return None;
    }
    // Lines below each row and right of each column, by place.
    let below = walls(&edges.level, &ys, &xs);
    let right = walls(&edges.upright, &xs, &ys);
    let mut grid = Grid::build(
        xs,
        ys,
        |row, col| right.get((col + 1) * rows + row).copied().unwrap_or(true),
        |row, col| below.get((row + 1) * cols + col).copied().unwrap_or(true),
    );
    grid.open_top = open_top;
    grid.open_bottom = open_bottom;
    grid.open_sides = open_left && open_right;
    // One box is a frame around text, no table.
    (grid.cells.len() > 1).then_some(grid)
}

/// For each border line and each place along it, whether it is ruled there.
fn walls(edges: &[Edge], lines: &[f32], along: &[f32]) -> Vec<bool> {
    let places = along.len().saturating_sub(1);
    let mut ruled = vec![0.0f32; lines.len() * places];
    for edge in edges {
        // The line it was made one with: the nearest one at or before it.
        let line = lines
            .partition_point(|l| *l <= edge.at + 0.01)
            .saturating_sub(1);
        let from = along.partition_point(|p| *p <= edge.from).saturating_sub(1);
        for place in from..places {
            let (a, b) = (along[place], along[place + 1]);
            if a >= edge.to {
                break;
            }
            let share = (edge.to.min(b) - edge.from.max(a)).max(0.0) / (b - a).max(0.1);
            ruled[line * places + place] += share;
        }
    }
    ruled.into_iter().map(|share| share >= CLOSED).collect()
}

/// Leaves out what lies within one cell of another table: a check box, a frame, an emphasis. A
/// table of more cells inside a frame replaces the frame.
fn without_nested(found: Vec<Grid>) -> Vec<Grid> {
    let mut kept: Vec<Grid> = Vec::new();
    for grid in found {
        let rect = grid.rect();
        let outer = kept.iter().position(|k| k.rect().encloses(&rect, TOUCH));
        match outer {
            None => kept.push(grid),
            Some(at) => {
                let frame = &kept[at];
                if grid.cells.len() >= 6 && grid.cells.len() > frame.cells.len() {
                    kept.remove(at);
                    kept.push(grid);
                }
            }
        }
        // Real pages hold a handful; a page of boxes must not take quadratic time.
        if kept.len() > 500 {
            break;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::super::page::Ruling;
    use super::*;

    fn lines(level: &[(f32, f32, f32)], upright: &[(f32, f32, f32)]) -> Edges {
        let mut rulings = Vec::new();
        for &(y, a, b) in level {
            let rect = Rect {
                x0: a,
                y0: y,
                x1: b,
                y1: y,
            };
            rulings.push(Ruling {
                rect,
                horizontal: true,
            });
        }
        for &(x, a, b) in upright {
            let rect = Rect {
                x0: x,
                y0: a,
                x1: x,
                y1: b,
            };
            rulings.push(Ruling {
                rect,
                horizontal: false,
            });
        }
        Edges::of(&rulings)
    }

    fn shapes(edges: &Edges) -> Vec<(usize, usize, usize)> {
        grids(edges)
            .iter()
            .map(|g| (g.rows(), g.cols(), g.cells.len()))
            .collect()
    }

    #[test]
    fn rulings_form_tables() {
        let full = lines(
            &[(0.0, 0.0, 90.0), (20.0, 0.0, 90.0), (40.0, 0.0, 90.0)],
            &[(0.0, 0.0, 40.0), (30.0, 0.0, 40.0), (90.0, 0.0, 40.0)],
        );
        assert_eq!(shapes(&full), [(2, 2, 4)]);
        let no_outer_border = lines(
            &[(0.0, 0.0, 90.0), (20.0, 0.0, 90.0), (40.0, 0.0, 90.0)],
            &[(30.0, 0.0, 40.0)],
        );
        assert_eq!(shapes(&no_outer_border), [(2, 2, 4)]);
        let cut_at_the_bottom = lines(
            &[(0.0, 0.0, 90.0), (20.0, 0.0, 90.0)],
            &[(0.0, 0.0, 40.0), (30.0, 0.0, 40.0), (90.0, 0.0, 40.0)],
        );
        assert_eq!(shapes(&cut_at_the_bottom), [(2, 2, 4)]);
        assert!(grids(&cut_at_the_bottom)[0].open_bottom);
        assert!(!grids(&full)[0].open_bottom);
        let merged_category = lines(
            &[(0.0, 0.0, 90.0), (20.0, 30.0, 90.0), (40.0, 0.0, 90.0)],
            &[(0.0, 0.0, 40.0), (30.0, 0.0, 40.0), (90.0, 0.0, 40.0)],
        );
        assert_eq!(shapes(&merged_category), [(2, 2, 3)]);
        let frame = lines(
            &[(0.0, 0.0, 90.0), (40.0, 0.0, 90.0)],
            &[(0.0, 0.0, 40.0), (90.0, 0.0, 40.0)],
        );
        assert!(shapes(&frame).is_empty());
        let underline = lines(&[(0.0, 0.0, 90.0)], &[]);
        assert!(shapes(&underline).is_empty());
    }

    #[test]
    fn a_check_box_in_a_cell_is_no_table_of_its_own() {
        let mut level = vec![(0.0, 0.0, 90.0), (40.0, 0.0, 90.0), (80.0, 0.0, 90.0)];
        let mut upright = vec![(0.0, 0.0, 80.0), (40.0, 0.0, 80.0), (90.0, 0.0, 80.0)];
        level.extend([(15.0, 60.0, 66.0), (21.0, 60.0, 66.0), (27.0, 60.0, 66.0)]);
        upright.extend([(60.0, 15.0, 27.0), (66.0, 15.0, 27.0)]);
        assert_eq!(shapes(&lines(&level, &upright)), [(2, 2, 4)]);
    }
}
