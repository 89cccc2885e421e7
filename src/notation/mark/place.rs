//! Where a mark counts.

use serde::Deserialize;

use super::{is_unseen, shown_as, trimmed_start};
use crate::notation::character::is_japanese;

/// Where a mark counts as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Place {
    /// Only alone in its cell: marks that also begin words or sentences, and `-`, which also
    /// begins the lines of a list.
    Cell,
    /// Alone or before a full stop, a space or a bracket. For nouns: `対応:` is a label and
    /// `実施・報告` part of a sentence.
    Noun,
    /// Alone or before any delimiter.
    #[default]
    Lead,
    /// Alone, before a delimiter, or with the words right after it. For signs that mean nothing
    /// else, unless they come again and so mark the items of a list.
    Glued,
}

impl Place {
    /// Whether a mark counts where `after` follows it.
    pub(super) fn allows(self, mark: &str, after: &str) -> bool {
        let Some(next) = after.chars().find(|&c| !is_invisible(c)).map(shown_as) else {
            return true;
        };
        let words = trimmed_start(after);
        let is_stop = matches!(next, '。' | '.' | '．');
        if is_stop && words.chars().skip(1).all(is_unseen) {
            return self != Place::Cell;
        }
        match self {
            Place::Cell => false,
            Place::Noun => match next {
                '。' | '(' | '[' | '【' | '「' | '→' => true,
                ' ' => !is_label(words),
                _ => false,
            },
            Place::Lead => is_delimiter(mark, next, after),
            Place::Glued => {
                if next == ' ' || is_delimiter(mark, next, after) {
                    !starts_items(mark, after)
                } else {
                    begins_words(mark, next) && !after.contains(mark)
                }
            }
        }
    }
}

fn is_invisible(c: char) -> bool {
    is_unseen(c) && shown_as(c) != ' '
}

/// Whether words begin right after a sign: `○7日前まで`, but not `×2台` or `○○`.
fn begins_words(mark: &str, next: char) -> bool {
    (is_japanese(next) && next != '〇') || (next.is_ascii_digit() && mark != "×")
}

/// Whether words are no answer but the name of one: `対応 : …`.
fn is_label(words: &str) -> bool {
    words.chars().next().map(shown_as) == Some(':')
}

fn is_delimiter(mark: &str, next: char, after: &str) -> bool {
    let latin = mark
        .chars()
        .next_back()
        .map(shown_as)
        .is_some_and(|c| c.is_ascii_alphabetic());
    match next {
        // "No data is stored": a Latin word goes on after a space.
        ' ' => !latin || !trimmed_start(after).starts_with(|c| shown_as(c).is_ascii_alphanumeric()),
        // "No.1", "No-code"
        '.' | '-' if latin => {
            let rest = after.trim_start_matches(['.', '-', '．', '－']);
            let space = trimmed_start(rest).len() < rest.len();
            let first = trimmed_start(rest).chars().next().map(shown_as);
            match first {
                Some(c) if c.is_ascii_digit() => false,
                Some(c) if c.is_ascii_alphabetic() => space,
                _ => true,
            }
        }
        '。' | '、' | '.' | ',' | ':' | ';' | '!' | '(' | '[' | '【' | '「' | '『' | '〔' | '<'
        | '〈' | '《' | '/' | '・' | '-' | '—' | '→' | '⇒' | '=' | '|' | '※' | '*' => {
            true
        }
        _ => false,
    }
}

/// Whether the same sign stands at the start of more items: `○ メール ○ 電話`.
fn starts_items(mark: &str, after: &str) -> bool {
    after.match_indices(mark).any(|(at, _)| {
        after
            .get(..at)
            .and_then(|before| before.chars().next_back())
            .is_some_and(is_unseen)
    })
}

/// What follows a mark, without the delimiter between them. Brackets stay.
pub(super) fn after_delimiter(after: &str) -> &str {
    after.trim_start_matches(|c| {
        is_unseen(c)
            || matches!(
                shown_as(c),
                '。' | '、'
                    | '.'
                    | ','
                    | ':'
                    | ';'
                    | '!'
                    | '/'
                    | '・'
                    | '-'
                    | '—'
                    | '→'
                    | '⇒'
                    | '='
                    | '|'
            )
    })
}

/// The end of a bracket.
#[derive(Debug, Clone, Copy)]
pub(super) struct Closer {
    pub(super) mark: char,
    /// Words may follow the bracket at once.
    pub(super) ends_by_itself: bool,
}

/// The bracket that ends what `open` begins.
pub(super) fn closer(open: char) -> Option<Closer> {
    let (mark, ends_by_itself) = match open {
        '【' => ('】', true),
        '[' => (']', true),
        '〔' => ('〕', true),
        '<' => ('>', true),
        '《' => ('》', true),
        '〈' => ('〉', true),
        // (有)例 is a company, 「可」とする a sentence.
        '(' => (')', false),
        '「' => ('」', false),
        '『' => ('』', false),
        _ => return None,
    };
    Some(Closer {
        mark,
        ends_by_itself,
    })
}
