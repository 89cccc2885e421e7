//! The display form of what a cell says.

mod line;
mod markup;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use self::markup::Page;
use super::character::{Class, class, is_common};

/// The display form of what a cell says: what a careful person would type who copies the cell.
///
/// - NFKC, except that circled numbers and letters stay what they are (`①`);
/// - radicals become the ideographs they stand for, variation selectors and everything that is
///   not seen is gone;
/// - dashes are `-` or `—`, wave dashes `~`; a dash typed as a long vowel (`10ー18`) is `-`;
/// - HTML tags and character references left over in a cell are gone; `<` of real text stays;
/// - white space is one space. A line break is one space as well: it stands between words far
///   more often than inside one. It is nothing where it cannot be between words: before a
///   character that starts no line, between pieces of one character, and in text broken by width.
///
/// Idempotent.
pub fn show(raw: &str) -> String {
    shown(raw).into_owned()
}

/// [`show`], borrowing what is already in display form.
pub fn shown(raw: &str) -> Cow<'_, str> {
    match survey(raw) {
        Survey::Shown => Cow::Borrowed(raw),
        Survey::Swaps => {
            let mut page = Page::new(raw.len());
            raw.chars().for_each(|c| page.put(c));
            Cow::Owned(page.finish())
        }
        Survey::Compose => {
            let mut page = Page::new(raw.len());
            compose(raw, &mut page);
            Cow::Owned(page.finish())
        }
    }
}

/// How much work a text needs.
enum Survey {
    /// None: it is in display form.
    Shown,
    /// Each character can be taken for itself.
    Swaps,
    /// Characters have to be decomposed and composed.
    Compose,
}

fn survey(raw: &str) -> Survey {
    let mut found = Survey::Shown;
    // A space is out of place at the start, after another, and at the end.
    let mut space = true;
    let mut last = ' ';
    for c in raw.chars() {
        if is_common(c) && !(last == '_' && matches!(c, 'x' | 'X')) {
            (space, last) = (false, c);
            continue;
        }
        let work = match class(c) {
            Class::Plain => match c {
                '<' | '&' => true,
                'ー' => last.is_ascii_alphanumeric(),
                'x' | 'X' => last == '_',
                _ => false,
            },
            Class::Space => space || c != ' ',
            Class::Kept => matches!(c, '゛' | '゜'),
            Class::Break | Class::Invisible | Class::Swap(_) | Class::Voicing(_) => true,
            Class::Compose => return Survey::Compose,
        };
        if work {
            found = Survey::Swaps;
        }
        space = c == ' ';
        last = c;
    }
    if space && !raw.is_empty() {
        found = Survey::Swaps;
    }
    found
}

/// NFKC over all that is seen, around the characters that are kept.
fn compose(raw: &str, page: &mut Page) {
    let mut rest = raw
        .chars()
        .filter(|&c| class(c) != Class::Invisible)
        .peekable();
    while rest.peek().is_some() {
        let run = std::iter::from_fn(|| rest.next_if(|&c| class(c) != Class::Kept));
        run.map(early).nfkc().for_each(|c| page.put(c));
        while let Some(kept) = rest.next_if(|&c| class(c) == Class::Kept) {
            page.put(kept);
        }
    }
}

/// Swaps that have to come before NFKC, which would give something else.
fn early(c: char) -> char {
    match class(c) {
        Class::Swap(to) => to,
        _ => c,
    }
}
