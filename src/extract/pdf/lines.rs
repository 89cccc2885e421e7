//! Characters to lines of text.

use super::geometry::Rect;
use super::page::{Char, Direction};
use super::upright::{relative, turned};

/// How far baselines may differ within a line, in em: more than a superscript rises, less than
/// the closest lines are set.
const SAME_BASELINE: f32 = 0.45;
/// A gap between Latin letters that stands for a space, in em. A space is 0.25 em or wider.
const LATIN_GAP: f32 = 0.2;
/// A gap beside a Japanese character that stands for a space, in em. Justified lines reach 0.3.
const WIDE_GAP: f32 = 0.55;
/// A gap that separates two texts which happen to stand on one line, in em.
const COLUMN_GAP: f32 = 3.0;
/// How much wider than its line's usual gap a gap must be, so that letter-spaced text stays whole.
const STANDS_OUT: f32 = 2.5;
/// Descent of the em box, as the interpreter sets it.
const DESCENT: f32 = 0.12;

/// A line of text.
#[derive(Debug, Clone)]
pub struct TextLine {
    pub rect: Rect,
    /// From left to right, white space at the ends left out.
    pub chars: Vec<Char>,
    pub text: String,
    /// Largest font size in it.
    pub size: f32,
    /// A space stood at its end.
    pub ends_in_space: bool,
}

impl TextLine {
    /// One line from characters in the order in which they were drawn.
    pub fn as_drawn(chars: &[Char]) -> Option<TextLine> {
        let text: String = chars.iter().map(|c| c.c).collect();
        let first = chars.iter().find(|c| !c.c.is_whitespace())?;
        Some(TextLine {
            rect: chars.iter().fold(first.rect, |r, c| r.union(&c.rect)),
            chars: chars.to_vec(),
            text: text.trim().to_owned(),
            size: first.size,
            ends_in_space: false,
        })
    }
}

fn baseline(c: &Char) -> f32 {
    c.rect.y1 - DESCENT * c.size
}

/// Lines from top to bottom. Text that runs in another direction than to the right comes after
/// the rest, read in its own direction.
pub fn lines_of(chars: &[Char]) -> Vec<TextLine> {
    let mut upright: Vec<Char> = Vec::with_capacity(chars.len());
    let mut others: Vec<Char> = Vec::new();
    for c in chars {
        if c.direction == Direction::Right {
            upright.push(*c);
        } else {
            others.push(*c);
        }
    }
    let mut lines = level_lines(upright);
    for direction in [Direction::Down, Direction::Up, Direction::Left] {
        let (these, rest): (Vec<Char>, Vec<Char>) =
            others.into_iter().partition(|c| c.direction == direction);
        others = rest;
        if these.is_empty() {
            continue;
        }
        // Read as if the page were turned, then put back where they stand.
        let turn = |c: &Char| Char {
            rect: turned(&c.rect, direction, 0.0, 0.0),
            direction: relative(c.direction, direction),
            ..*c
        };
        let back = match direction {
            Direction::Down => Direction::Up,
            Direction::Up => Direction::Down,
            other => other,
        };
        for mut line in level_lines(these.iter().map(turn).collect()) {
            line.rect = turned(&line.rect, back, 0.0, 0.0);
            lines.push(line);
        }
    }
    lines
}

fn level_lines(mut chars: Vec<Char>) -> Vec<TextLine> {
    chars.sort_by(|a, b| baseline(a).total_cmp(&baseline(b)));
    let mut lines = Vec::new();
    let mut current: Vec<Char> = Vec::new();
    let (mut level, mut size) = (0.0f32, 0.0f32);
    for c in chars {
        let same = !current.is_empty() && baseline(&c) - level <= SAME_BASELINE * c.size.max(size);
        if !same {
            lines.extend(line_from(std::mem::take(&mut current)));
            (level, size) = (baseline(&c), c.size);
        }
        size = size.max(c.size);
        current.push(c);
    }
    lines.extend(line_from(current));
    lines
}

fn line_from(mut chars: Vec<Char>) -> Option<TextLine> {
    chars.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0));
    let ends_in_space = chars.last().is_some_and(|c| c.c.is_whitespace());
    let solid = |c: &Char| !c.c.is_whitespace();
    let from = chars.iter().position(solid)?;
    let to = chars.iter().rposition(solid)?;
    chars.truncate(to + 1);
    chars.drain(..from);
    let first = chars.first()?.rect;
    let rect = chars.iter().fold(first, |r, c| r.union(&c.rect));
    let size = chars.iter().map(|c| c.size).fold(0.0, f32::max);
    Some(TextLine {
        rect,
        text: text_of(&chars),
        chars,
        size,
        ends_in_space,
    })
}

/// The characters of a line with spaces where gaps stand for them.
pub fn text_of(chars: &[Char]) -> String {
    let mut gaps: Vec<f32> = chars
        .windows(2)
        .filter_map(|w| match w {
            [a, b] if !a.c.is_whitespace() && !b.c.is_whitespace() => Some(gap(a, b)),
            _ => None,
        })
        .collect();
    gaps.sort_by(f32::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0).max(0.0);
    let mut text = String::with_capacity(chars.len() * 3);
    let mut before: Option<&Char> = None;
    for c in chars {
        if let Some(before) = before {
            let gap = gap(before, c);
            if gap > COLUMN_GAP {
                while text.ends_with(' ') {
                    text.pop();
                }
                text.push('\t');
            } else if !c.c.is_whitespace() && !text.ends_with([' ', '\t', '\u{3000}']) {
                let latin = is_latin(before.c) && is_latin(c.c);
                let limit = if latin { LATIN_GAP } else { WIDE_GAP };
                if gap > limit && gap > usual * STANDS_OUT {
                    text.push(' ');
                }
            }
        }
        if !(c.c == ' ' && text.ends_with([' ', '\t'])) {
            text.push(c.c);
        }
        before = Some(c);
    }
    text
}

/// The room between two neighbours, in em.
fn gap(a: &Char, b: &Char) -> f32 {
    (b.rect.x0 - a.rect.x1) / a.size.min(b.size).max(1.0)
}

/// A character of scripts that put spaces between words.
pub fn is_latin(c: char) -> bool {
    c.is_ascii_graphic() || matches!(c, '\u{A1}'..='\u{24F}' | '\u{2010}'..='\u{2027}')
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Characters of 10 points set side by side, `|` standing for a gap of a third of an em.
    pub fn set(text: &str, x: f32, y: f32) -> Vec<Char> {
        let mut at = x;
        let mut out = Vec::new();
        for c in text.chars() {
            if c == '|' {
                at += 3.3;
                continue;
            }
            let w = if c.is_ascii() { 5.0 } else { 10.0 };
            let rect = Rect {
                x0: at,
                y0: y,
                x1: at + w,
                y1: y + 10.0,
            };
            out.push(Char {
                c,
                rect,
                size: 10.0,
                direction: Direction::Right,
                vertical: false,
                invisible: false,
                oblique: false,
                run: 0,
            });
            at += w;
        }
        out
    }

    #[test]
    fn gaps_become_spaces_where_words_end() {
        for (set_as, text) in [
            ("SLA|99.9%", "SLA 99.9%"),
            ("可|用|性", "可用性"),
            ("可用性||TLS", "可用性 TLS"),
            ("T|L|S", "TLS"),
            ("a  b", "a b"),
            (" 可 ", "可"),
            ("左||||||||||右", "左\t右"),
        ] {
            let lines = lines_of(&set(set_as, 0.0, 0.0));
            assert_eq!(lines.len(), 1, "{set_as}");
            assert_eq!(lines[0].text, text, "{set_as}");
        }
    }

    #[test]
    fn lines_come_from_top_to_bottom() {
        let mut chars = set("二行目", 0.0, 14.0);
        chars.extend(set("一行目", 0.0, 0.0));
        // A raised figure belongs to the line it stands on.
        chars.extend(set("1", 30.0, -3.0));
        let texts: Vec<String> = lines_of(&chars).into_iter().map(|l| l.text).collect();
        assert_eq!(texts, ["一行目1", "二行目"]);
    }
}
