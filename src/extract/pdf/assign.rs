//! Characters to the cells of ruled tables.

use super::join;
use super::page::Char;
use super::table::Grid;
use super::table::edges::Edge;

/// How far a character must reach over a border on both sides to be cut by it, in em.
const STICKS_OUT: f32 = 0.1;
/// How far a line may lie from the border it makes, in points.
const BESIDE: f32 = 5.0;

/// The characters of each cell of each grid, and those outside.
pub fn assign(
    grids: &[Grid],
    chars: &[Char],
    upright: &[Edge],
) -> (Vec<Vec<Vec<Char>>>, Vec<Char>) {
    let mut inside: Vec<Vec<Vec<Char>>> = grids
        .iter()
        .map(|g| vec![Vec::new(); g.cells.len()])
        .collect();
    let mut outside = Vec::new();
    let find = |c: &Char| {
        let center = c.rect.center();
        grids
            .iter()
            .enumerate()
            .find_map(|(i, g)| g.cell_at(center).map(|cell| (i, cell)))
    };
    // Text too long for its cell runs on over the border, and a full stop may hang over it: both
    // belong where the text began.
    let mut before: Option<(&Char, Option<(usize, usize)>)> = None;
    let mut overflows = false;
    for c in chars {
        let mut place = find(c);
        let start = before
            .filter(|(b, _)| c.continues(b))
            .and_then(|(_, place)| place);
        match start {
            Some((grid, cell)) if place != start => {
                let border = grids[grid].cell_rect(&grids[grid].cells[cell]).x1;
                let cut = c.rect.x0 < border - STICKS_OUT * c.size
                    && c.rect.x1 > border + STICKS_OUT * c.size;
                let y = c.rect.center().1;
                let wall = |e: &Edge| (e.at - border).abs() <= BESIDE && e.from <= y && y <= e.to;
                overflows |= cut || join::clings(c.c) || !upright.iter().any(wall);
                if overflows {
                    place = start;
                }
            }
            _ => overflows = false,
        }
        match place.and_then(|(i, cell)| inside.get_mut(i)?.get_mut(cell)) {
            Some(cell) => cell.push(*c),
            None => outside.push(*c),
        }
        before = Some((c, place));
    }
    (inside, outside)
}
