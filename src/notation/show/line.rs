//! What can only be decided once the whole text is there: line breaks and lone long vowels.

use crate::notation::character::{is_hiragana, is_ideograph, is_japanese, is_katakana};
use crate::notation::line_start::belongs_to_what_precedes;

/// Fewest lines of about the same length that show a text was broken by width.
const WRAPPED_LINES: usize = 3;

/// Shortest such line in characters: shorter ones are lists.
const WRAPPED_CHARS: usize = 10;

/// Replaces line breaks by a space or by nothing, long vowels that are dashes by `-`, and joins
/// voicing marks that stand apart with their kana.
pub(super) fn resolve(text: &str) -> String {
    let wrapped = is_wrapped(text);
    let mut out = String::with_capacity(text.len());
    let mut line_start = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => {
                let mut ahead = chars.clone();
                let next = ahead.next();
                let short_next = ahead.next().is_none_or(|c| c == '\n');
                let line = out.get(line_start..).unwrap_or_default();
                if !is_inside(line, next, short_next, wrapped) {
                    out.push(' ');
                }
                line_start = out.len();
            }
            'ー' => {
                let before = out.chars().next_back();
                let is_dash = before.is_some_and(|c| c.is_ascii_alphanumeric())
                    && chars.peek().is_some_and(char::is_ascii_alphanumeric);
                out.push(if is_dash { '-' } else { 'ー' });
            }
            '゛' | '゜' => {
                let voiced = out.pop().map(|kana| (kana, voiced(kana, c)));
                match voiced {
                    Some((_, Some(one))) => out.push(one),
                    Some((kana, None)) => out.extend([kana, c]),
                    None => out.push(c),
                }
            }
            _ => out.push(c),
        }
    }
    out
}

/// Whether a line break stands inside a word.
fn is_inside(line: &str, next: Option<char>, short_next: bool, wrapped: bool) -> bool {
    let (Some(last), Some(next)) = (line.chars().next_back(), next) else {
        return false;
    };
    if belongs_to_what_precedes(next) {
        return is_japanese(last) || last.is_ascii_alphanumeric();
    }
    if matches!(last, '「' | '『' | '【' | '〔' | '〈' | '《') {
        return true;
    }
    if !is_japanese(last) || !is_japanese(next) {
        return false;
    }
    let short_line = line.chars().nth(1).is_none();
    // 番/号, 停/止: nobody puts one ideograph on a line of its own, unless it is an answer.
    let ideographs = short_next && is_ideograph(last) && is_ideograph(next);
    let answers = is_answer(next) && (!short_line || is_answer(last));
    let piece = (ideographs && !answers) || (short_next && is_katakana(next) && is_katakana(last));
    // No word begins with を or ん.
    piece || wrapped || (matches!(next, 'を' | 'ん') && !is_hiragana_end(line))
}

/// Ideographs that are an answer alone.
fn is_answer(c: char) -> bool {
    matches!(
        c,
        '有' | '無' | '可' | '否' | '要' | '済' | '未' | '適' | '良'
    )
}

/// Whether a line ends as a sentence without a full stop may.
fn is_hiragana_end(line: &str) -> bool {
    let mut back = line.chars().rev();
    back.next().is_some_and(is_hiragana) && back.next().is_some_and(is_hiragana)
}

/// Whether all lines but the last are about as long as the longest.
fn is_wrapped(text: &str) -> bool {
    let mut shortest = usize::MAX;
    let mut longest = 0;
    let mut lines = text.split('\n').peekable();
    let mut count = 0;
    while let Some(line) = lines.next() {
        count += 1;
        let chars = line.chars().count();
        longest = longest.max(chars);
        if lines.peek().is_some() {
            shortest = shortest.min(chars);
        }
    }
    count >= WRAPPED_LINES && shortest >= WRAPPED_CHARS && longest - shortest.min(longest) <= 1
}

/// The kana that carries a voicing mark written apart.
fn voiced(kana: char, mark: char) -> Option<char> {
    let combining = if mark == '゛' {
        '\u{3099}'
    } else {
        '\u{309A}'
    };
    unicode_normalization::char::compose(kana, combining)
}
