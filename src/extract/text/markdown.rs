//! Markdown: pipe tables, headings, everything else as lines.

use std::borrow::Cow;

use super::ledger::{Grid, Ledger, MAX_COLUMNS};
use super::lines::{Lines, PhysicalLine};
use crate::error::FileError;
use crate::model::Block;

/// Reads Markdown. A pipe table is two or more lines with pipes of which one is a delimiter row
/// (`|---|:--:|`), or that all begin and end with a pipe. Only table and heading syntax is taken
/// away; emphasis, `<br>` and links stay as written.
///
/// # Errors
/// A row has too many columns, or the file too many cells.
pub(super) fn read(text: &str, ledger: &mut Ledger) -> Result<Vec<Block>, FileError> {
    let mut blocks = Vec::new();
    let mut run: Vec<PhysicalLine<'_>> = Vec::new();
    let mut fence: Option<&str> = None;
    for line in Lines::new(text) {
        let trimmed = line.text.trim();
        if let Some(mark) = fence_of(trimmed) {
            fence = match fence {
                None => Some(mark),
                Some(open) if trimmed.starts_with(open) => None,
                still => still,
            };
        }
        if fence.is_none() && has_pipe(trimmed) {
            run.push(line);
            continue;
        }
        end_run(&mut run, &mut blocks, ledger)?;
        blocks.extend(ledger.line(plain(trimmed, line.text, fence), line.number)?);
    }
    end_run(&mut run, &mut blocks, ledger)?;
    Ok(blocks)
}

/// Whether a line is the row of dashes under a pipe table's header (or a rule of a drawn table,
/// `+---+---+`).
pub(super) fn is_delimiter_row(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3
        && (line.contains("--") || line.contains("=="))
        && line.contains(['|', '+'])
        && line
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | '+' | '=' | ' '))
}

/// A delimiter row of single dashes (`|-|-|`). Only below the header: elsewhere it is a row of
/// answers that say nothing.
fn is_short_delimiter_row(line: &str) -> bool {
    let line = line.trim();
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// Whether a line has a pipe on both sides, as every row of a pipe table may.
pub(super) fn is_boxed(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2 && line.starts_with('|') && line.ends_with('|')
}

fn has_pipe(line: &str) -> bool {
    line.contains('|') || is_delimiter_row(line)
}

fn fence_of(line: &str) -> Option<&str> {
    ["```", "~~~"]
        .into_iter()
        .find(|mark| line.starts_with(mark))
}

/// The words of a line that is no table row: a heading without its number signs; nothing of a rule.
fn plain<'t>(trimmed: &'t str, whole: &'t str, fence: Option<&str>) -> &'t str {
    if fence.is_some() {
        return whole;
    }
    let level = trimmed.bytes().take_while(|&b| b == b'#').count();
    let words = trimmed.trim_start_matches('#');
    if (1..=6).contains(&level) && words.starts_with([' ', '\t', '\u{3000}']) {
        return words.trim_end_matches('#').trim();
    }
    let is_rule = trimmed.len() >= 3
        && ['-', '=', '*', '_']
            .iter()
            .any(|&mark| trimmed.chars().all(|c| c == mark));
    if is_rule { "" } else { whole }
}

fn end_run(
    run: &mut Vec<PhysicalLine<'_>>,
    blocks: &mut Vec<Block>,
    ledger: &mut Ledger,
) -> Result<(), FileError> {
    let is_table = run.len() >= 2
        && (run.iter().any(|l| is_delimiter_row(l.text)) || run.iter().all(|l| is_boxed(l.text)));
    let mut grid = Grid::default();
    for (row, line) in run.drain(..).enumerate() {
        let is_rule = is_delimiter_row(line.text) || row == 1 && is_short_delimiter_row(line.text);
        if !is_table {
            blocks.extend(ledger.line(line.text, line.number)?);
        } else if !is_rule {
            let fields = cells(line.text);
            grid.row(fields.iter().map(AsRef::as_ref), line.number, ledger)?;
        }
    }
    blocks.extend(grid.into_block());
    Ok(())
}

/// The cells of a table row: split at pipes that no backslash escapes.
fn cells(line: &str) -> Vec<Cow<'_, str>> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(at) = line[from..].find('|').map(|n| from + n) {
        from = at + 1;
        if !line[..at].ends_with('\\') {
            cells.push(cell(&line[start..at]));
            start = from;
            if cells.len() > MAX_COLUMNS {
                return cells;
            }
        }
    }
    if start < line.len() {
        cells.push(cell(&line[start..]));
    }
    cells
}

fn cell(text: &str) -> Cow<'_, str> {
    let text = plain_cell(text.trim());
    if text.contains("\\|") {
        Cow::Owned(text.replace("\\|", "|"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A cell without the emphasis or code marks around all of it (`**Yes**` says Yes).
fn plain_cell(text: &str) -> &str {
    for mark in ["**", "__", "*", "`"] {
        let inner = text.strip_prefix(mark).and_then(|t| t.strip_suffix(mark));
        if let Some(inner) = inner.filter(|t| !t.is_empty() && !t.contains(mark)) {
            return inner.trim();
        }
    }
    text
}
