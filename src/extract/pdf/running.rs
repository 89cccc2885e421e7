//! Text that is no part of what a page says: running titles and footers, also where a printer puts
//! them across the last rows of a table, and watermarks. Taken out before cells are filled, they
//! stay lines of their own.

use std::collections::BTreeMap;

use super::geometry::Rect;
use super::page::{Char, Direction, Page, Ruling};

/// Part of a page's height, at the top and at the bottom, in which running text stands.
const MARGIN: f32 = 0.15;
/// How far its place may differ from page to page, in points.
const SAME_PLACE: f32 = 1.5;
/// Text so much larger than a page's usual text may be a watermark anywhere on it.
const WATERMARK: f32 = 1.8;
/// Least part of a box that another text covers when both stand in one place.
const OVERLAP: f32 = 0.25;
/// Widest gap within a run, in em.
const WITHIN: f32 = 0.5;
/// How deep a line must cut into a character to count as crossing it, in em.
const CUT: f32 = 0.15;
/// Room above and below text that stands alone, in em.
const APART: f32 = 0.6;
/// Most runs of a page that are compared; real pages have some hundreds.
const MAX_RUNS: usize = 20_000;

/// A run of characters drawn one after the other on one baseline.
struct Run {
    from: usize,
    to: usize,
    key: String,
    rect: Rect,
    size: f32,
}

/// Moves what is laid over the pages from `chars` to `overlaid`.
pub fn lift(pages: &mut [Page]) {
    for page in pages.iter_mut() {
        let (oblique, level): (Vec<Char>, Vec<Char>) = page.chars.iter().partition(|c| c.oblique);
        if !oblique.is_empty() {
            page.chars = level;
            page.overlaid = oblique;
        }
    }
    if pages.len() < 2 {
        return;
    }
    // Where each text stands, by page; digits count as equal, so that page numbers do.
    let runs: Vec<Vec<Run>> = pages.iter().map(candidates).collect();
    let mut places: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (p, runs) in runs.iter().enumerate() {
        for (r, run) in runs.iter().enumerate() {
            places.entry(&run.key).or_default().push((p, r));
        }
    }
    let mut lifted: Vec<Vec<(usize, usize)>> = vec![Vec::new(); pages.len()];
    for found in places.values() {
        let repeated: Vec<(usize, usize)> = found
            .iter()
            .copied()
            .filter(|&(p, r)| {
                let y = runs[p][r].rect.y0;
                let same = |&(q, s): &(usize, usize)| {
                    q != p && (runs[q][s].rect.y0 - y).abs() <= SAME_PLACE
                };
                found.iter().take(64).any(same)
            })
            .collect();
        let intrudes = |&(p, r): &(usize, usize)| intrudes(&runs[p][r], &pages[p]);
        let stands_alone = |&(p, r): &(usize, usize)| stands_alone(&runs[p][r], &pages[p]);
        let is_running = repeated.iter().take(64).any(intrudes)
            || (!repeated.is_empty() && repeated.iter().all(stands_alone));
        if is_running {
            for (p, r) in repeated {
                lifted[p].push((runs[p][r].from, runs[p][r].to));
            }
        }
    }
    for (page, mut spans) in pages.iter_mut().zip(lifted) {
        spans.sort_unstable();
        for (from, to) in spans.into_iter().rev() {
            let run: Vec<Char> = page.chars.drain(from..to).collect();
            page.overlaid.splice(0..0, run);
        }
    }
}

/// The runs of a page that may be laid over it.
fn candidates(page: &Page) -> Vec<Run> {
    let mut sizes: Vec<f32> = page.chars.iter().map(|c| c.size).collect();
    sizes.sort_by(f32::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    let (top, bottom) = (page.height * MARGIN, page.height * (1.0 - MARGIN));
    let mut out = Vec::new();
    let mut from = 0;
    for to in 1..=page.chars.len() {
        let goes_on = match (page.chars.get(to - 1), page.chars.get(to)) {
            (Some(a), Some(b)) => follows(a, b),
            _ => false,
        };
        if goes_on {
            continue;
        }
        if let Some(run) = run(page, from, to) {
            let (_, y) = run.rect.center();
            if (y < top || y > bottom || run.size >= usual * WATERMARK) && out.len() < MAX_RUNS {
                out.push(run);
            }
        }
        from = to;
    }
    out
}

fn follows(a: &Char, b: &Char) -> bool {
    let level = (a.rect.y1 - b.rect.y1).abs() <= 0.2 * a.size;
    let gap = b.rect.x0 - a.rect.x1;
    a.direction == b.direction
        && (a.size - b.size).abs() <= 0.1 * a.size
        && level
        && gap > -0.5 * a.size
        && gap < WITHIN * a.size
}

fn run(page: &Page, from: usize, to: usize) -> Option<Run> {
    let chars = page.chars.get(from..to)?;
    let solid = || chars.iter().filter(|c| !c.c.is_whitespace());
    let first = solid().next()?;
    let rect = solid().fold(first.rect, |r, c| r.union(&c.rect));
    let mask = |c: &Char| if c.c.is_ascii_digit() { '0' } else { c.c };
    let mut key: String = solid().map(mask).collect();
    // Page 9 and page 10 are the same text.
    while key.contains("00") {
        key = key.replace("00", "0");
    }
    Some(Run {
        from,
        to,
        key,
        rect,
        size: first.size,
    })
}

/// Whether nothing else stands on a run's line or close to it, and no table around it.
fn stands_alone(run: &Run, page: &Page) -> bool {
    let r = &run.rect;
    let (_, y) = r.center();
    let in_table = |l: &Ruling| !l.horizontal && l.rect.y0 < y && y < l.rect.y1;
    // A line right above or below is of the same text: a title of a column over two lines.
    let (top, foot) = (r.y0 - APART * run.size, r.y1 + APART * run.size);
    let beside = |(i, c): (usize, &Char)| {
        !(run.from..run.to).contains(&i) && c.c != ' ' && c.rect.y0 < foot && top < c.rect.y1
    };
    !page.rulings.iter().any(in_table) && !page.chars.iter().enumerate().any(beside)
}

/// Whether a run stands across a line of a table, or on top of other text.
fn intrudes(run: &Run, page: &Page) -> bool {
    let r = &run.rect;
    let inset = run.size * CUT;
    let near = |l: &Rect| l.x0 <= r.x1 && l.x1 >= r.x0 && l.y0 <= r.y1 && l.y1 >= r.y0;
    let lines: Vec<&Rect> = page
        .rulings
        .iter()
        .map(|l| &l.rect)
        .filter(|l| near(l))
        .collect();
    let chars = page.chars.get(run.from..run.to).unwrap_or_default();
    let is_cut = |c: &Char| {
        let inner = Rect {
            x0: c.rect.x0 + inset,
            y0: c.rect.y0 + inset,
            x1: c.rect.x1 - inset,
            y1: c.rect.y1 - inset,
        };
        let cuts =
            |l: &Rect| l.x0 < inner.x1 && l.x1 > inner.x0 && l.y0 < inner.y1 && l.y1 > inner.y0;
        c.c != ' ' && lines.iter().any(|l| cuts(l))
    };
    if chars.iter().any(is_cut) {
        return true;
    }
    let covers = |(i, c): (usize, &Char)| {
        if (run.from..run.to).contains(&i) || c.direction != Direction::Right || c.c == ' ' {
            return false;
        }
        let shared = r.intersect(&c.rect);
        !shared.is_empty()
            && shared.width() * shared.height() > OVERLAP * c.rect.width() * c.rect.height()
    };
    page.chars.iter().enumerate().any(covers)
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::set;
    use super::*;

    fn page(body: &str, footer: &str) -> Page {
        let mut chars = set(body, 10.0, 185.0);
        chars.extend(set(footer, 20.0, 187.0));
        Page {
            width: 300.0,
            height: 200.0,
            chars,
            ..Page::default()
        }
    }

    fn text(chars: &[Char]) -> String {
        chars.iter().map(|c| c.c).collect()
    }

    #[test]
    fn a_footer_across_the_last_row_is_lifted_off() {
        let mut pages = vec![
            page("本文のある行", "社外秘9"),
            page("別の本文", "社外秘10"),
        ];
        lift(&mut pages);
        assert_eq!(text(&pages[0].chars), "本文のある行");
        assert_eq!(text(&pages[1].overlaid), "社外秘10");
    }

    #[test]
    fn what_stands_apart_stays() {
        let mut header = set("項目", 10.0, 10.0);
        header.extend(set("回答", 60.0, 10.0));
        let one = Page {
            width: 300.0,
            height: 200.0,
            chars: header,
            ..Page::default()
        };
        let mut pages = vec![one.clone(), one];
        let line = Rect {
            x0: 50.0,
            y0: 0.0,
            x1: 50.0,
            y1: 100.0,
        };
        for page in &mut pages {
            page.rulings.push(Ruling {
                rect: line,
                horizontal: false,
            });
        }
        lift(&mut pages);
        assert_eq!(text(&pages[1].chars), "項目回答");
        assert!(pages[1].overlaid.is_empty());
    }
}
