//! Lines of a cell to its text, as Japanese is read: nothing where a line wraps inside a word, a
//! space between Latin words, a line break where the writer made one.

use crate::notation::line_start;

use super::geometry::Rect;
use super::lines::{TextLine, is_latin};
use super::page::Char;

/// Room left at the end of a line beyond what the next piece needed, in em, that shows the writer
/// broke the line. Justified and hanging punctuation use up to half an em.
pub const BROKEN_EARLY: f32 = 0.7;
/// A step to the next line, as a multiple of the smallest one, that sets paragraphs apart.
const PARAGRAPH_STEP: f32 = 1.6;
/// Widest padding assumed inside a cell's border, in points.
const MAX_PADDING: f32 = 12.0;
/// How far lines may end before the margin they were wrapped at, in em.
const RAGGED: f32 = 1.6;

/// Between which edges lines were wrapped.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    pub left: f32,
    pub right: f32,
}

impl Measure {
    /// Of a cell, from its box and the lines in it.
    pub fn of_cell(cell: &Rect, lines: &[TextLine]) -> Measure {
        let left = lines
            .iter()
            .map(|l| l.rect.x0)
            .fold(f32::INFINITY, f32::min);
        let padding = (left - cell.x0).clamp(0.0, MAX_PADDING);
        Measure {
            left: cell.x0 + padding,
            right: cell.x1 - padding.min((cell.width() / 8.0).max(1.0)),
        }
    }
}

/// Where the lines of a column were wrapped, when enough of them end at one margin: writers leave
/// more room at the right of a cell than its border shows.
pub fn wrap_margin<'a>(cells: impl Iterator<Item = &'a [TextLine]>) -> Option<f32> {
    let mut ends: Vec<(f32, f32)> = Vec::new();
    for lines in cells {
        let but_last = lines.len().saturating_sub(1);
        ends.extend(lines.iter().take(but_last).map(|l| (l.rect.x1, l.size)));
    }
    let right = ends.iter().map(|e| e.0).fold(f32::NEG_INFINITY, f32::max);
    let at_margin = ends
        .iter()
        .filter(|(x, size)| right - x <= RAGGED * size)
        .count();
    (at_margin >= 3 && at_margin * 5 >= ends.len() * 3).then_some(right)
}

/// One text from lines that follow each other; nothing where most of it cannot be read, so that no
/// one takes it for an answer. The page's warning tells of it.
pub fn join(lines: &[TextLine], measure: Measure) -> String {
    let mut text = String::new();
    if is_unreadable(lines) {
        return text;
    }
    if is_stacked(lines) {
        text.extend(lines.iter().map(|l| l.text.as_str()));
        return text;
    }
    let step = smallest_step(lines);
    let mut before: Option<&TextLine> = None;
    for line in lines {
        if let Some(before) = before {
            match seam(before, line, measure, step) {
                Seam::Break => text.push('\n'),
                Seam::Space => text.push(' '),
                Seam::Nothing => {}
            }
        }
        text.push_str(&line.text);
        before = Some(line);
    }
    text
}

fn is_unreadable(lines: &[TextLine]) -> bool {
    let chars = || lines.iter().flat_map(|l| &l.chars);
    let unknown = chars().filter(|c| c.c == '\u{FFFD}').count();
    unknown > 0 && unknown * 2 >= chars().filter(|c| !c.c.is_whitespace()).count()
}

/// Characters set one below the other, one to a line.
fn is_stacked(lines: &[TextLine]) -> bool {
    lines.len() > 1
        && lines
            .iter()
            .all(|l| l.chars.len() == 1 && !is_latin(l.chars[0].c))
        && lines.windows(2).all(|w| match w {
            [a, b] => (a.rect.center().0 - b.rect.center().0).abs() < a.size * 0.5,
            _ => true,
        })
}

fn smallest_step(lines: &[TextLine]) -> f32 {
    let steps = lines.windows(2).filter_map(|w| match w {
        [a, b] => Some(b.rect.y1 - a.rect.y1).filter(|s| *s > 0.0),
        _ => None,
    });
    steps.fold(f32::INFINITY, f32::min)
}

/// What stands between two lines.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Seam {
    Break,
    Space,
    Nothing,
}

/// How one line goes on in the next.
pub fn seam(a: &TextLine, b: &TextLine, measure: Measure, step: f32) -> Seam {
    let (Some(last), Some(first)) = (a.chars.last(), b.chars.first()) else {
        return Seam::Nothing;
    };
    if starts_item(&b.text) || b.rect.y1 - a.rect.y1 > step * PARAGRAPH_STEP {
        return Seam::Break;
    }
    let room = room(a, measure);
    let size = a.size.max(1.0);
    if room > first_piece(b) + BROKEN_EARLY * size {
        return Seam::Break;
    }
    if !(is_latin(last.c) && is_latin(first.c)) {
        return Seam::Nothing;
    }
    if a.ends_in_space {
        return Seam::Space;
    }
    // A line that breaks words anywhere is filled to the last letter.
    let filled = room < first.rect.width() + 0.05 * size;
    let width = measure.right - measure.left;
    if parts_of_one(last.c, first.c) || (filled && is_inside_word(a, b, width)) {
        Seam::Nothing
    } else {
        Seam::Space
    }
}

/// Whether two Latin characters belong together wherever a line ends between them.
fn parts_of_one(last: char, first: char) -> bool {
    match last {
        '-' | '/' | '_' | '@' | '(' | '[' => return true,
        // Of a name or a figure; before a capital it ends a sentence.
        '.' => return first.is_ascii_digit() || first.is_ascii_lowercase(),
        _ => {}
    }
    (last.is_ascii_digit() && first.is_ascii_digit())
        || matches!(first, ',' | '.' | ')' | ']' | ';' | ':' | '%')
}

/// Whether a full line ends inside a Latin word. Most programs break such a word only where it
/// needs more than a line, and then it begins one; and a full line that ends between words is no
/// rare thing. So this takes evidence: the word has no room in a line, it is an address or an
/// identifier, or one of its halves is no word.
fn is_inside_word(a: &TextLine, b: &TextLine, width: f32) -> bool {
    let latin = |c: &&Char| is_latin(c.c);
    let before: Vec<&Char> = a.chars.iter().rev().take_while(latin).collect();
    let after: Vec<&Char> = b.chars.iter().take_while(latin).collect();
    let text = |c: &mut dyn Iterator<Item = &&Char>| c.map(|c| c.c).collect::<String>();
    let (first, second) = (text(&mut before.iter().rev()), text(&mut after.iter()));
    let wide = match (before.last(), before.first(), after.first(), after.last()) {
        (Some(from), Some(to), Some(next), Some(end)) => {
            to.rect.x1 - from.rect.x0 + end.rect.x1 - next.rect.x0 > width
        }
        _ => false,
    };
    let starts_line = before.len() == a.chars.len();
    (wide && starts_line)
        || (is_identifier(&first) && !second.starts_with("http"))
        || (is_code(&first) && is_code(&second))
        || is_no_word(&first)
        || is_no_word(&second)
}

/// A web or mail address, a path, a name with underscores: none holds a space.
fn is_identifier(word: &str) -> bool {
    let inner = |c: char| matches!(c, '/' | '.' | '=' | '?' | '&' | '#' | '-' | ':' | '\\');
    let marks = word.trim_end_matches(inner).matches(inner).count();
    word.contains(['@', '_']) || word.contains("://") || marks >= 2
}

/// Letters and digits mixed.
fn is_code(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
    word.len() >= 4 && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

/// Small letters among which no vowel is.
fn is_no_word(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
    !word.is_empty()
        && word.bytes().all(|b| b.is_ascii_lowercase())
        && !word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// The room left in a line, set to the left or centred.
fn room(line: &TextLine, measure: Measure) -> f32 {
    let before = line.rect.x0 - measure.left;
    let after = measure.right - line.rect.x1;
    // Centred text has room on both sides.
    if before > line.size && (before - after).abs() < line.size {
        before + after
    } else {
        after
    }
}

/// The width of what could not be parted from the start of a line.
pub fn first_piece(line: &TextLine) -> f32 {
    let mut chars = line.chars.iter();
    let Some(first) = chars.next() else {
        return 0.0;
    };
    let mut end = first.rect.x1;
    let mut before = first.c;
    for c in chars {
        let word = is_word(before) && is_word(c.c);
        if !(word || opens(before) || clings(c.c)) {
            break;
        }
        end = c.rect.x1;
        before = c.c;
    }
    end - line.rect.x0
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            '.' | ',' | '-' | '_' | '/' | '@' | '%' | ':' | '+' | '&' | '=' | '?' | '#'
        )
}

fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '（' | '「' | '『' | '【' | '〔' | '［' | '〈' | '《' | '“' | '‘'
    )
}

/// Characters that may not start a line.
pub fn clings(c: char) -> bool {
    line_start::is_forbidden(c)
}

/// A mark that starts an item of a list; none of them may stand at a wrapped line's start.
pub fn starts_item(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let next = chars.next();
    match first {
        '・' | '･' | '•' | '●' | '■' | '◆' | '▪' | '※' | '➢' | '◇' | '□' | '☑' | '☐' | '☒' => {
            true
        }
        '①'..='⑳' | '⑴'..='⒇' => true,
        '-' | '*' | '–' => next == Some(' '),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{lines_of, tests::set};
    use super::*;

    fn joined(rows: &[&str], width: f32) -> String {
        let mut chars = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            chars.extend(set(row, 2.0, i as f32 * 12.0));
        }
        let lines = lines_of(&chars);
        let cell = Rect {
            x0: 0.0,
            y0: 0.0,
            x1: width + 4.0,
            y1: 100.0,
        };
        join(&lines, Measure::of_cell(&cell, &lines))
    }

    #[test]
    fn wraps_leave_no_trace_and_breaks_stay() {
        for (rows, width, text) in [
            (&["計画停", "止"][..], 30.0, "計画停止"),
            (&["計画停止", "定期保守"], 80.0, "計画停止\n定期保守"),
            // A full stop may not start a line, so the word before it came along.
            (&["計画停", "止。"], 42.0, "計画停止。"),
            (&["the service", "is up"], 66.0, "the service is up"),
            // The first line is full to its last letter.
            (&["the service", "is up"], 55.0, "the service is up"),
            (&["the service", "is up"], 58.0, "the service is up"),
            (&["保守はAWS", "Backup で"], 46.0, "保守はAWS Backup で"),
            (&["per ISO/IEC", "27001"], 55.0, "per ISO/IEC 27001"),
            (&["It is up.", "Call us"], 45.0, "It is up. Call us"),
            // No word, or a word that needs more than a line.
            (&["in the clou", "d only"], 55.0, "in the cloud only"),
            (&["availabil", "ity"], 45.0, "availability"),
            (
                &["the availabil", "ity of it"],
                65.0,
                "the availabil ity of it",
            ),
            // Addresses and identifiers.
            (
                &["at https://exam", "ple.com/sla"],
                75.0,
                "at https://example.com/sla",
            ),
            (&["www.exam", "ple.com/sla"], 40.0, "www.example.com/sla"),
            (
                &["mail info@exam", "ple.com"],
                70.0,
                "mail info@example.com",
            ),
            (&["key max_ret", "ries"], 55.0, "key max_retries"),
            (&["id 7f3a9c", "04be21 is"], 45.0, "id 7f3a9c04be21 is"),
            (
                &["see", "https://example.com"],
                95.0,
                "see https://example.com",
            ),
            (&["+81-3-", "1234-5678"], 45.0, "+81-3-1234-5678"),
            (&["SL", "O未定義"], 12.0, "SLO未定義"),
            (&["99.", "95%"], 17.0, "99.95%"),
            (&["TLS1.2以", "上"], 46.0, "TLS1.2以上"),
            (&["・可用性の", "・信頼性"], 50.0, "・可用性の\n・信頼性"),
            (&["可", "用", "性"], 10.0, "可用性"),
            (&["可", "用", "性"], 100.0, "可用性"),
        ] {
            assert_eq!(joined(rows, width), text, "{rows:?}");
        }
    }

    #[test]
    fn a_margin_shows_where_lines_were_wrapped() {
        let lines = |ends: &[f32]| -> Vec<TextLine> {
            let rows = ends.iter().enumerate();
            let chars: Vec<_> = rows
                .flat_map(|(i, e)| set("可", e - 10.0, i as f32 * 12.0))
                .collect();
            lines_of(&chars)
        };
        let full = lines(&[80.0, 78.0, 80.0, 80.0, 20.0]);
        assert_eq!(wrap_margin([full.as_slice()].into_iter()), Some(80.0));
        let ragged = lines(&[80.0, 30.0, 50.0, 40.0, 20.0]);
        assert_eq!(wrap_margin([ragged.as_slice()].into_iter()), None);
    }
}
