//! Answers whose mark says one thing and whose text says the other.
//!
//! A false alarm goes out to a vendor, so the rule is narrow. It speaks only of an explicit mark,
//! and of a text that is one plain sentence: a topic, which is the item itself or nothing, and a
//! verb that says it is done, or is not. Reasons, exceptions, alternatives, plans and other people's
//! doings are no contradiction.

use crate::model::{Answer, Status};

/// Ends that say that something is done.
const DONE: &[&str] = &[
    "実施しています",
    "実施しております",
    "実施している",
    "実施済み",
    "実施済",
    "対応しています",
    "対応しております",
    "対応している",
    "対応済み",
    "対応済",
    "導入しています",
    "導入しております",
    "導入済み",
    "取得しています",
    "取得しております",
    "策定しています",
    "策定しております",
    "整備しています",
    "整備しております",
    "提供しています",
    "提供しております",
    "設置しています",
    "設置しております",
    "行っています",
    "行っております",
    "行なっています",
    "implemented",
    "supported",
    "provided",
    "in place",
];

/// Ends that say that it is not.
const NOT_DONE: &[&str] = &[
    "実施していません",
    "実施しておりません",
    "実施していない",
    "未実施",
    "対応していません",
    "対応しておりません",
    "対応していない",
    "未対応",
    "導入していません",
    "導入しておりません",
    "未導入",
    "取得していません",
    "取得しておりません",
    "策定していません",
    "策定しておりません",
    "未策定",
    "整備していません",
    "整備しておりません",
    "未整備",
    "提供していません",
    "提供しておりません",
    "設置していません",
    "設置しておりません",
    "行っていません",
    "行っておりません",
    "not implemented",
    "not supported",
    "not provided",
    "not in place",
];

/// Words with which a sentence is about more than whether it is done.
const MORE: &[&str] = &[
    "が、",
    "ただし",
    "但し",
    "一部",
    "以外",
    "除",
    "場合",
    "予定",
    "検討",
    "代",
    "別途",
    "ほか",
    "他",
    "お客様",
    "利用者",
    "ユーザ",
    "貴社",
    "委託",
    "外部",
    "自社",
    "のみ",
    "だけ",
    "限",
    "しか",
    "禁止",
    "防止",
    "制限",
    "遮断",
    "ため",
    "ので",
    "過去",
    "ない",
    "なし",
    "ません",
    "不",
    "未",
    "無",
    "非",
    "however",
    "except",
    "only",
    "partly",
    "not",
    "planned",
    "customer",
];

/// Words that say nothing of their own before the verb.
const IDLE: &[&str] = &[
    "現時点では",
    "現時点で",
    "現在は",
    "現在",
    "特に",
    "定期的に",
    "すべて",
    "全て",
    "常時",
    "既に",
    "すでに",
    "はい",
    "いいえ",
    "currently",
    "fully",
    "is",
    "are",
    "yes",
    "no",
];

/// Most characters of a plain sentence, and of an item's name.
const PLAIN: usize = 120;

/// Fewest characters that a topic and an item's name share when they are about the same.
const SHARED: usize = 4;

/// Whether the mark of an answer to `item` and its text contradict each other.
pub(super) fn contradicts(answer: &Answer, item: Option<&str>) -> bool {
    if answer.mark.is_none() {
        return false;
    }
    let (ends, others) = match answer.status {
        Status::Yes => (NOT_DONE, DONE),
        Status::No => (DONE, NOT_DONE),
        _ => return false,
    };
    if answer.text.chars().nth(PLAIN).is_some() {
        return false;
    }
    let text = answer
        .text
        .trim()
        .trim_end_matches(['。', '.', '．'])
        .to_lowercase();
    let is_one_sentence = !text.contains(['。', '\n', '(', '（', '※', ';', '；']);
    let longest = |ends: &[&str]| {
        let ends = ends.iter().filter(|end| text.ends_with(**end));
        ends.map(|end| end.len()).max()
    };
    let Some(end) = longest(ends).filter(|_| is_one_sentence) else {
        return false;
    };
    // `not supported` also ends like `supported`.
    if longest(others).is_some_and(|other| other > end) {
        return false;
    }
    let topic = &text[..text.len() - end];
    let about_more = MORE.iter().any(|word| topic.contains(word));
    !about_more && (is_idle(topic) || shares(topic, &item.unwrap_or_default().to_lowercase()))
}

/// Whether nothing stands before the verb.
fn is_idle(topic: &str) -> bool {
    let between = |c: char| c.is_whitespace() || matches!(c, '、' | ',' | '，' | 'は' | 'を');
    let mut rest = topic.trim_matches(between);
    while let Some(word) = IDLE.iter().find(|word| rest.starts_with(**word)) {
        rest = rest[word.len()..].trim_matches(between);
    }
    rest.is_empty()
}

/// Whether a topic names the item: all of its name, or a word of it.
fn shares(topic: &str, item: &str) -> bool {
    let item: Vec<char> = item.chars().take(PLAIN).collect();
    let is_named = |piece: &[char]| topic.contains(&piece.iter().collect::<String>());
    let is_word = |piece: &[char]| {
        let in_word = |c: &char| c.is_alphanumeric() && !('ぁ'..='ん').contains(c);
        piece.iter().all(in_word)
    };
    let mut pieces = item.windows(SHARED);
    (item.len() >= SHARED && is_named(&item)) || pieces.any(|p| is_word(p) && is_named(p))
}

#[cfg(test)]
mod tests;
