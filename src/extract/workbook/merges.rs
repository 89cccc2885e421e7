//! Merged regions laid over the cells of a sheet: one sweep down the rows, whatever their number.

use std::collections::BTreeMap;

use super::draft::{DraftCell, Region};

/// Merged regions and what lies under them.
pub struct Laid {
    /// For each cell: the region it heads or lies under, or itself alone.
    pub regions: Vec<Region>,
    /// Regions whose top left cell has no text.
    pub empty: Vec<Region>,
}

/// Finds for each cell (sorted by row, then column) the region that it heads or that covers it.
/// Of regions that overlap, which no program writes, the first counts.
pub fn lay(cells: &[DraftCell], mut merges: Vec<Region>) -> Laid {
    merges.retain(|m| !m.is_single());
    merges.sort_unstable();
    let mut laid = Laid {
        regions: Vec::with_capacity(cells.len()),
        empty: Vec::new(),
    };
    let mut open: BTreeMap<u32, (Region, bool)> = BTreeMap::new();
    let mut waiting = merges.into_iter().peekable();
    for cell in cells {
        while let Some(region) = waiting.next_if(|m| (m.top, m.left) <= (cell.row, cell.col)) {
            enter(&mut open, region, &mut laid.empty);
        }
        let under = open
            .range_mut(..=cell.col)
            .next_back()
            .filter(|(_, (m, _))| cell.col <= m.right && cell.row <= m.bottom);
        laid.regions.push(match under {
            None => Region::new((cell.row, cell.col), (cell.row, cell.col)),
            Some((_, (region, filled))) => {
                *filled |= region.is_headed_by(cell.row, cell.col);
                *region
            }
        });
    }
    for region in waiting {
        enter(&mut open, region, &mut laid.empty);
    }
    let never_filled = open.into_values().filter(|(_, filled)| !filled);
    laid.empty.extend(never_filled.map(|(region, _)| region));
    laid.empty.sort_unstable();
    laid
}

/// Opens a region, closing those that ended above it.
fn enter(open: &mut BTreeMap<u32, (Region, bool)>, region: Region, empty: &mut Vec<Region>) {
    loop {
        let beside = open.range(..=region.right).next_back();
        match beside {
            Some((&left, (other, filled))) if other.right >= region.left => {
                if other.bottom >= region.top {
                    return;
                }
                if !filled {
                    empty.push(*other);
                }
                open.remove(&left);
            }
            _ => break,
        }
    }
    open.insert(region.left, (region, false));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u32, col: u32) -> DraftCell {
        DraftCell {
            row,
            col,
            ..DraftCell::default()
        }
    }

    fn region(top: u32, left: u32, bottom: u32, right: u32) -> Region {
        Region::new((top, left), (bottom, right))
    }

    #[test]
    fn cells_head_regions_or_lie_under_them() {
        let cells = [cell(0, 0), cell(0, 3), cell(1, 1), cell(2, 0), cell(3, 0)];
        let merges = vec![
            region(2, 0, 3, 0),
            region(0, 0, 1, 1),
            region(5, 5, 6, 6),
            region(0, 4, 0, 6),
        ];
        let laid = lay(&cells, merges);
        assert_eq!(
            laid.regions,
            [
                region(0, 0, 1, 1),
                region(0, 3, 0, 3),
                region(0, 0, 1, 1),
                region(2, 0, 3, 0),
                region(2, 0, 3, 0),
            ]
        );
        assert_eq!(laid.empty, [region(0, 4, 0, 6), region(5, 5, 6, 6)]);
    }

    #[test]
    fn of_overlapping_regions_the_first_counts() {
        let laid = lay(&[cell(0, 0)], vec![region(0, 0, 2, 2), region(1, 1, 3, 3)]);
        assert_eq!(laid.regions, [region(0, 0, 2, 2)]);
        assert!(laid.empty.is_empty());
    }

    /// Against the obvious way, over small random sheets of regions that do not overlap.
    #[test]
    fn the_sweep_equals_looking_at_every_region() {
        let mut seed = 7u64;
        let mut next = move |n: u64| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1);
            ((seed >> 33) % n) as u32
        };
        for _ in 0..300 {
            let mut merges: Vec<Region> = Vec::new();
            for _ in 0..next(12) {
                let (t, l) = (next(8), next(8));
                let m = region(t, l, t + next(3), l + next(3));
                let apart = |o: &Region| {
                    o.bottom < m.top || m.bottom < o.top || o.right < m.left || m.right < o.left
                };
                if merges.iter().all(apart) && !m.is_single() {
                    merges.push(m);
                }
            }
            let mut cells: Vec<DraftCell> = (0..next(30)).map(|_| cell(next(9), next(9))).collect();
            cells.sort_by_key(|c| (c.row, c.col));
            cells.dedup_by_key(|c| (c.row, c.col));
            let laid = lay(&cells, merges.clone());
            for (cell, got) in cells.iter().zip(&laid.regions) {
                let over = merges.iter().find(|m| {
                    (m.top..=m.bottom).contains(&cell.row) && (m.left..=m.right).contains(&cell.col)
                });
                let alone = region(cell.row, cell.col, cell.row, cell.col);
                assert_eq!(got, over.unwrap_or(&alone));
            }
            let heads: Vec<_> = cells.iter().map(|c| (c.row, c.col)).collect();
            let mut empty: Vec<_> = merges
                .into_iter()
                .filter(|m| !heads.contains(&(m.top, m.left)))
                .collect();
            empty.sort_unstable();
            assert_eq!(laid.empty, empty);
        }
    }
}
