//! Numbers that begin a heading.

use super::glyph::{Glyph, glyphs};
use super::reader::token;
use super::{Read, Style, numeral};
use crate::model::ItemNumber;
use crate::notation::character::{is_hiragana, is_ideograph, is_japanese, is_katakana};
use crate::notation::{quantity, show};

/// Reads an item number at the start of a text (`1.2 データ管理`); also gives what follows it,
/// which is never empty. Signs that adorn headings (`■ 1. …`) are passed over. Letters, kana
/// and ideographs count only with something that makes them a number (`A.`, `(ア)`, `一、`).
pub fn lead(text: &str) -> Option<(ItemNumber, &str)> {
    let (read, rest) = lead_any(text)?;
    let sure = match read.style {
        Style::Plain | Style::Marked | Style::Levels => true,
        // II and more; I, V and X may be letters.
        Style::Roman => read.other.is_none(),
        Style::Coded | Style::Letter | Style::Kana | Style::Kanji => false,
    };
    sure.then_some((read.number, rest))
}

/// [`lead`] for numbers of all styles (`A 認証`, `ア 利用者`, `SEC-01 監視`): the caller decides
/// from the lines around it.
pub fn lead_any(text: &str) -> Option<(Read, &str)> {
    if !may_lead(text) {
        return None;
    }
    let glyphs = glyphs(text);
    let start = glyphs.iter().position(|g| g.c != ' ' && !adorns(g.c))?;
    let number = glyphs.get(start..)?;
    let token = token(number)?;
    let last = number.get(token.length.checked_sub(1)?)?;
    let after = number.get(token.length..)?;
    let words = after.iter().find(|g| g.c != ' ')?.c;
    let rest = text.get(last.end..)?;
    let spaced = after.first()?.c == ' ';
    let named = number.first()?.c == '第';
    let fits = match token.closed_by {
        Some(':' | ',' | '、' | '・') => !words.is_ascii_digit() && !numeral::is_kanji(words),
        Some('.') if !spaced => !words.is_ascii_alphanumeric() || token.path.len() > 1,
        // 第1条に基づき, 第1部門, 3条件
        Some('章' | '節' | '条' | '第') => spaced || (named && !is_hiragana(words)),
        Some('項' | '編' | '部' | '款' | '号' | '目' | '回') => {
            spaced || !is_japanese(words)
        }
        Some(_) => true,
        None => opens_words(token.style, spaced, words, after, rest),
    };
    let from = match start.checked_sub(1) {
        Some(before) => glyphs.get(before)?.end,
        None => 0,
    };
    fits.then_some(())?;
    Some((
        Read {
            number: ItemNumber {
                raw: show(text.get(from..last.end)?),
                path: token.path,
            },
            style: token.style,
            other: token.other,
        },
        rest.trim_start_matches(|c: char| show(c.encode_utf8(&mut [0; 4])).is_empty()),
    ))
}

/// Whether words begin after a number that nothing closes.
fn opens_words(style: Style, spaced: bool, words: char, after: &[Glyph], rest: &str) -> bool {
    let counted = || quantity::begins_with_unit(rest);
    let letter = words.is_ascii_alphabetic()
        || is_japanese(words)
        || matches!(words, '「' | '『' | '【' | '(');
    match style {
        Style::Plain => spaced && letter && !counted(),
        Style::Levels => letter && (spaced || is_japanese(words)) && !counted(),
        // Q1の回答, No.1を
        Style::Marked => letter && (spaced || !after.first().is_some_and(|g| is_hiragana(g.c))),
        Style::Coded | Style::Letter | Style::Kana | Style::Kanji | Style::Roman => {
            spaced && is_japanese(words)
        }
    }
}

/// Whether a number may lead a text, by its first characters: most texts begin with a word.
fn may_lead(text: &str) -> bool {
    let mut start = text.chars().filter(|&c| !adorns(c) && !c.is_whitespace());
    let (Some(first), second) = (start.next(), start.next()) else {
        return false;
    };
    if is_katakana(first) || numeral::is_kanji(first) {
        // ア、 ア利: a kana that begins a word is followed by another.
        return second.is_none_or(|c| !is_katakana(c));
    }
    !is_hiragana(first) && (!is_ideograph(first) || "第問設質項番要".contains(first))
}

/// Signs that stand before headings.
fn adorns(c: char) -> bool {
    matches!(
        c,
        '■' | '□'
            | '◆'
            | '◇'
            | '●'
            | '◎'
            | '▼'
            | '▽'
            | '▲'
            | '★'
            | '☆'
            | '▶'
            | '►'
            | '※'
            | '・'
            | '•'
            | '▪'
            | '*'
    )
}
