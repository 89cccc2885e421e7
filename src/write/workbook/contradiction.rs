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
mod tests {
    use super::*;

    fn answer(mark: Option<&str>, status: Status, text: &str) -> Answer {
        Answer {
            mark: mark.map(str::to_owned),
            status,
            text: text.to_owned(),
            values: Vec::new(),
        }
    }

    #[test]
    fn plain_contradictions_are_found() {
        for (mark, status, item, text) in [
            ("有", Status::Yes, "脆弱性診断", "実施していません。"),
            ("○", Status::Yes, "脆弱性診断", "現在、未実施"),
            (
                "○",
                Status::Yes,
                "負荷テスト",
                "負荷テストは実施しておりません。",
            ),
            (
                "Yes",
                Status::Yes,
                "Penetration test",
                "Currently not implemented.",
            ),
            ("無", Status::No, "脆弱性診断", "実施しています。"),
            (
                "×",
                Status::No,
                "バックアップの方法",
                "毎日3時にフルバックアップを取得しています",
            ),
            ("×", Status::No, "ログの取得", "対応済み"),
            (
                "×",
                Status::No,
                "ログの取得",
                "ログの取得に対応しています。",
            ),
            ("No", Status::No, "Encryption", "Fully supported"),
        ] {
            let said = answer(Some(mark), status, text);
            assert!(contradicts(&said, Some(item)), "{mark} {item}: {text}");
        }
    }

    #[test]
    fn what_may_be_meant_is_no_contradiction() {
        for (mark, status, item, text) in [
            // The mark fits.
            (Some("有"), Status::Yes, "脆弱性診断", "実施しています。"),
            (Some("無"), Status::No, "脆弱性診断", "実施していません。"),
            (Some("No"), Status::No, "Encryption", "Not supported."),
            (Some("Yes"), Status::Yes, "Encryption", "Supported."),
            (Some("無"), Status::No, "再委託", ""),
            // There is no mark.
            (None, Status::Yes, "脆弱性診断", "実施していません。"),
            (None, Status::No, "脆弱性診断", "実施しています。"),
            // Something else is not done, or is done instead.
            (
                Some("有"),
                Status::Yes,
                "脆弱性診断",
                "過去に事故は発生していません。",
            ),
            (
                Some("有"),
                Status::Yes,
                "個人情報の保護",
                "第三者への提供は行っていません。",
            ),
            (
                Some("有"),
                Status::Yes,
                "データの消去",
                "消去証明書の提供はしておりません。",
            ),
            (
                Some("有"),
                Status::Yes,
                "脆弱性診断",
                "外部委託による診断は実施していません。",
            ),
            (
                Some("無"),
                Status::No,
                "再委託",
                "すべて自社で実施しています。",
            ),
            (
                Some("無"),
                Status::No,
                "再委託",
                "社内の要員で行っています。",
            ),
            (
                Some("無"),
                Status::No,
                "データの持ち出し",
                "データの持ち出しを禁止する運用を実施しています。",
            ),
            (
                Some("無"),
                Status::No,
                "冗長化",
                "代わりに日次のバックアップを取得しています。",
            ),
            (
                Some("無"),
                Status::No,
                "個人情報の保管",
                "暗号化を実施しています。",
            ),
            // More is said than that.
            (
                Some("有"),
                Status::Yes,
                "脆弱性診断",
                "実施していません。来期から実施する予定です。",
            ),
            (
                Some("有"),
                Status::Yes,
                "脆弱性診断",
                "アプリは実施、基盤の一部は実施していません。",
            ),
            (
                Some("有"),
                Status::Yes,
                "脆弱性診断",
                "年1回（基盤は未実施）",
            ),
            (
                Some("無"),
                Status::No,
                "脆弱性診断",
                "次年度より脆弱性診断を実施予定です。",
            ),
            (
                Some("無"),
                Status::No,
                "脆弱性診断",
                "脆弱性診断はお客様で実施しています。",
            ),
            (
                Some("無"),
                Status::No,
                "脆弱性診断",
                "定期的な脆弱性診断は実施していませんが、随時実施しています。",
            ),
            (
                Some("△"),
                Status::Partial,
                "脆弱性診断",
                "実施していません。",
            ),
            (
                Some("対象外"),
                Status::NotApplicable,
                "脆弱性診断",
                "実施していません。",
            ),
        ] {
            let said = answer(mark, status, text);
            assert!(!contradicts(&said, Some(item)), "{mark:?} {item}: {text}");
        }
    }

    #[test]
    fn no_text_is_too_odd() {
        for text in [
            "",
            "。",
            "İ実施しています",
            "実施済",
            "𡌶を実施していません",
            "(",
            "\u{0}",
        ] {
            for status in [Status::Yes, Status::No] {
                contradicts(&answer(Some("○"), status, text), None);
                contradicts(&answer(Some("○"), status, text), Some("あ"));
            }
        }
    }
}
