//! 同上 and 〃: a cell that says what the cell above it says.

use super::Knowledge;
use super::column::{Entry, LogicalColumn};
use super::words::best;
use crate::model::Role;

/// What such cells say, without spaces.
const SIGNS: [&str; 6] = ["〃", "″", "”", "同上", "上に同じ", "ditto"];
/// Longer cells say something of their own, in bytes.
const LONGEST: usize = 20;

/// Puts the words of the cell above in the place of each such cell. Where there is nothing above,
/// the cell stays as it is.
pub(super) fn resolve(
    columns: &[LogicalColumn],
    lines: &mut [Vec<Entry<'_>>],
    known: Knowledge<'_>,
) {
    for (i, column) in columns.iter().enumerate() {
        // Groups leave blanks below; an answer is above only if it is right above.
        let answers = matches!(best(&column.weights).0, Role::Mark | Role::Text);
        let mut above: Option<String> = None;
        for entries in lines.iter_mut() {
            // Lines of one cell are headings and notes between the rows.
            let Some(entry) = row_cell(entries, i) else {
                continue;
            };
            if entry.is_own() && is_ditto(&entry.text) {
                if let Some(text) = &above {
                    *entry = Entry::of(text.clone(), entry.text.to_string(), known);
                }
            } else if !entry.is_blank() {
                above = Some(entry.text.to_string());
            } else if answers {
                above = None;
            }
        }
    }
}

fn row_cell<'e, 'a>(entries: &'e mut [Entry<'a>], column: usize) -> Option<&'e mut Entry<'a>> {
    entries.iter().filter(|e| e.is_own()).nth(1)?;
    entries.get_mut(column)
}

fn is_ditto(text: &str) -> bool {
    text.len() <= LONGEST && {
        let mut word: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        word.make_ascii_lowercase();
        let word = word.trim_matches(['(', ')', '（', '）', '。']);
        SIGNS.contains(&word)
    }
}
