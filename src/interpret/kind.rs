//! What a strip is: a row, or one of the things that stand between rows.

use super::Knowledge;
use super::column::Entry;
use crate::model::{OutsideKind, Role};
use crate::notation::{date, fold, number, show};

/// What a strip of a table's body is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Row,
    /// A heading for the rows below.
    Banner,
    /// More of the answer of the row above.
    Continuation,
    Outside(OutsideKind),
}

/// Longest headings, in characters: with a number or a list mark before them, and without.
const LONGEST_NUMBERED: usize = 80;
const LONGEST_PLAIN: usize = 24;
/// Longer cells over a whole table are prose.
const LONGEST_BANNER: usize = 60;

/// Signs before a heading that only make it stand out.
pub(super) const HEADING_SIGNS: [char; 10] = ['■', '□', '◆', '◇', '●', '▼', '▽', '▶', '★', '☆'];

/// Words of titles and running titles.
const TITLE_WORDS: [&str; 24] = [
    "チェックリスト",
    "チェックシート",
    "チェック表",
    "調査票",
    "質問票",
    "審査票",
    "確認票",
    "点検票",
    "評価票",
    "回答票",
    "調査書",
    "質問書",
    "確認書",
    "回答書",
    "確認表",
    "確認シート",
    "回答シート",
    "評価シート",
    "ヒアリングシート",
    "要求事項一覧",
    "checklist",
    "check sheet",
    "questionnaire",
    "assessment form",
];

/// A single cell, or a few, of a table body. `next` is the number of the row below.
pub(super) fn of_cells(
    entries: &[Entry<'_>],
    roles: &[Role],
    next: Option<&[u32]>,
    known: Knowledge<'_>,
) -> Kind {
    let own: Vec<usize> = (0..entries.len())
        .filter(|i| entries[*i].is_own())
        .collect();
    let role = |i: usize| roles.get(i).copied().unwrap_or(Role::None);
    let has = |r: Role| roles.contains(&r);
    let Some(&first) = own.first() else {
        return Kind::Row;
    };
    let text: &str = &entries[first].text;
    let alike = own.len() > 2
        && own
            .iter()
            .all(|i| entries[*i].folded() == entries[first].folded());
    if is_footer_row(entries, &own, roles) {
        return Kind::Outside(OutsideKind::Footer);
    }
    if own.len() > 1 && !alike {
        return if leads_a_group(entries, &own, roles, next) {
            Kind::Banner
        } else if own
            .iter()
            .all(|i| matches!(role(*i), Role::Mark | Role::Text))
        {
            Kind::Continuation
        } else {
            Kind::Row
        };
    }
    if role(first) == Role::Number && number::parse(text).is_some() {
        return Kind::Outside(OutsideKind::EmptyRow);
    }
    if let Some(kind) = outside(text) {
        return Kind::Outside(kind);
    }
    let prose = text.chars().nth(LONGEST_BANNER).is_some() && number::lead(text).is_none()
        || text.ends_with('。');
    let banner = if prose {
        Kind::Outside(OutsideKind::Note)
    } else {
        Kind::Banner
    };
    if alike || entries[first].spans * 2 > roles.len().max(2) {
        return banner;
    }
    match role(first) {
        Role::Mark | Role::Text | Role::Unit => Kind::Continuation,
        Role::Description if has(Role::Item) || !has(Role::Number) => Kind::Row,
        Role::Description if is_heading(text, known) => Kind::Banner,
        Role::Description => Kind::Row,
        Role::Item if !has(Role::Number) && !marked_heading(text, known) => Kind::Row,
        Role::Item if known.lexicon.is_name(entries[first].folded()) => Kind::Row,
        Role::None if first > 0 => Kind::Continuation,
        _ => banner,
    }
}

/// A footer whose page number stands in a cell of its own: no item number, and next to the page
/// number nothing but a title or words in the number's place.
fn is_footer_row(entries: &[Entry<'_>], own: &[usize], roles: &[Role]) -> bool {
    let [first, .., last] = own else { return false };
    let head = &entries[*first];
    let in_numbers = roles.get(*first) == Some(&Role::Number) && !head.look.number;
    own.len() <= 3
        && is_page_number(&entries[*last].text)
        && (in_numbers || is_titled(&head.text))
        && !own
            .iter()
            .any(|i| roles.get(*i) == Some(&Role::Number) && entries[*i].look.number)
}

/// A number and a name with nothing answered, above rows that are numbered below it.
fn leads_a_group(
    entries: &[Entry<'_>],
    own: &[usize],
    roles: &[Role],
    next: Option<&[u32]>,
) -> bool {
    let role = |i: usize| roles.get(i).copied().unwrap_or(Role::None);
    let named = |i: usize| {
        matches!(
            role(i),
            Role::Section | Role::Category | Role::Item | Role::Description
        )
    };
    let [n, name] = own else { return false };
    if role(*n) != Role::Number || !named(*name) {
        return false;
    }
    let (Some(this), Some(next)) = (number::parse(&entries[*n].text), next) else {
        return false;
    };
    next.len() > this.path.len() && next.starts_with(&this.path)
}

/// A line outside tables that stands between rows. `below` says that it directly follows a row,
/// `heads` that a header row directly follows.
pub(super) fn of_line(text: &str, below: bool, heads: bool, known: Knowledge<'_>) -> Kind {
    if let Some(kind) = outside(text) {
        // A remark right under a row belongs to its answer.
        let goes_on = below && text.starts_with(['※', '＊']) && !text.contains("://");
        return if goes_on {
            Kind::Continuation
        } else {
            Kind::Outside(kind)
        };
    }
    if below && text.starts_with(['・', '･', '-', '–', '→', '*', '（', '(']) {
        return Kind::Continuation;
    }
    if marked_heading(text, known) || is_heading(text, known) {
        return Kind::Banner;
    }
    let sentence = text.ends_with(['。', '）', ')', '、']) || text.contains('。');
    if below && sentence {
        return Kind::Continuation;
    }
    if heads && !sentence && text.chars().nth(LONGEST_BANNER).is_none() && !is_titled(text) {
        return Kind::Banner;
    }
    if is_titled(text) || date::find(text).is_some() {
        return Kind::Outside(OutsideKind::Footer);
    }
    Kind::Outside(OutsideKind::Note)
}

/// Footers, page numbers and notes, told by their own words.
fn outside(text: &str) -> Option<OutsideKind> {
    if is_page_number(text) || is_footer(text) {
        return Some(OutsideKind::Footer);
    }
    let note = text.starts_with(['※', '＊', '†', '‡'])
        || text.starts_with("注")
            && text
                .chars()
                .nth(1)
                .is_some_and(|c| !c.is_alphabetic() || c.is_numeric())
        || text.starts_with("参考")
        || text.contains("://")
        || matches!(text, "以上" | "以　上" | "以 上");
    note.then_some(OutsideKind::Note)
}

/// `- 3 -`, `3/7`, `3 / 7 ページ`, `Page 3 of 7`, `p. 3`: digits, and something that says what
/// they are.
pub(super) fn is_page_number(text: &str) -> bool {
    let text = show(text).to_lowercase();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let paged = text.starts_with('p') || text.ends_with("ページ") || text.ends_with('頁');
    let dash = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '~' | '–' | '—' | '―'));
    let framed = dash(text.chars().next()) && dash(text.chars().next_back());
    let words: String = text
        .chars()
        .filter(|c| c.is_alphabetic() && !c.is_ascii_digit())
        .collect();
    let bare = words.is_empty() && text.chars().all(|c| !c.is_alphabetic());
    (1..=6).contains(&digits)
        && match words.as_str() {
            "" => framed || (bare && text.contains('/') && text.matches('/').count() == 1),
            "p" | "page" | "pageof" | "pof" | "ページ" | "頁" | "ページ中" => paged,
            _ => false,
        }
}

fn is_footer(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = [
        "copyright",
        "©",
        "(c) 20",
        "all rights reserved",
        "無断転載",
        "無断複製",
    ];
    let whole = [
        "confidential",
        "社外秘",
        "機密",
        "取扱注意",
        "関係者外秘",
        "秘",
    ];
    words.iter().any(|w| lower.contains(w)) || whole.iter().any(|w| fold(text) == *w)
}

/// Whether a text has the words of a checklist's title.
pub(super) fn is_titled(text: &str) -> bool {
    let lower = text.to_lowercase();
    TITLE_WORDS.iter().any(|w| lower.contains(w))
}

/// A heading that says so: numbered, signed, bracketed, or one of the catalogs' groups.
pub(super) fn marked_heading(text: &str, known: Knowledge<'_>) -> bool {
    if text.chars().nth(LONGEST_NUMBERED).is_some() || text.ends_with('。') {
        return false;
    }
    let signed = text.starts_with(HEADING_SIGNS) && text.chars().nth(1).is_some();
    let bracketed = (text.starts_with('【') && text.ends_with('】'))
        || (text.starts_with('≪') && text.ends_with('≫'))
        || (text.starts_with('＜') && text.ends_with('＞'));
    let numbered =
        number::lead(text).is_some_and(|(n, rest)| n.path.len() <= 3 && !rest.is_empty());
    let titled = is_titled(text) || date::find(text).is_some();
    (signed || bracketed || numbered) && !titled || known.lexicon.is_group(&fold(text))
}

/// A short noun: letters only, no digits, no sentence, none of the words of titles and footers.
pub(super) fn is_heading(text: &str, known: Knowledge<'_>) -> bool {
    marked_heading(text, known)
        || text.chars().nth(LONGEST_PLAIN).is_none()
            && text.chars().all(|c| {
                c.is_alphabetic()
                    || c.is_whitespace()
                    || matches!(
                        c,
                        '・' | '･' | '/' | '／' | '、' | '（' | '）' | '(' | ')' | '&'
                    )
            })
            && !text.is_ascii()
            && !is_titled(text)
            && ![
                "株式会社",
                "有限会社",
                "合同会社",
                "御中",
                "資料",
                "別紙",
                "です",
                "ます",
                "以上",
            ]
            .iter()
            .any(|w| text.contains(w))
}
