//! The names of JSON in the words of those who read the report.

use std::borrow::Cow;

use torikomi::compare::Turn;

use crate::terminal::harmless;

pub fn turn_word(turn: Turn) -> &'static str {
    match turn {
        Turn::YesToNo => "■ はい → いいえ",
        Turn::StatusWorse => "■ 回答の後退",
        Turn::ValueWorse => "■ 値の悪化",
        Turn::StatusChanged => "□ 回答の種別の変更",
        Turn::Gone => "□ なくなった行",
        Turn::ValueChanged => "□ 値の変更",
        Turn::AnswerChanged => "□ 回答文の変更",
        Turn::StatusBetter => "○ 回答の前進",
        Turn::ValueBetter => "○ 値の改善",
        Turn::Added => "＋ 増えた行",
        Turn::MappingChanged => "・ 項目との対応の変更",
        Turn::Reworded => "・ 設問の文言の変更",
    }
}

/// A status in words; the name itself where it is not known.
pub fn status_word(status: &str) -> Cow<'_, str> {
    Cow::Borrowed(match status {
        "yes" => "はい",
        "no" => "いいえ",
        "partial" => "一部",
        "not_applicable" => "対象外",
        "undisclosed" => "非公開",
        "stated" => "記述",
        "blank" => "無回答",
        other => return harmless(other),
    })
}

/// A decision in words.
pub fn decision_word(decision: &str) -> Cow<'_, str> {
    Cow::Borrowed(match decision {
        "accepted" => "確定",
        "review" => "要確認",
        "unmapped" => "対応なし",
        other => return harmless(other),
    })
}
