//! Comparisons: the words around a quantity that say how it is meant.

use crate::model::Op;
use crate::notation::character::{is_ideograph, is_katakana};

use Op::{About, AtLeast, AtMost, Average, LessThan, MoreThan};

/// Words before a quantity. A longer one stands before a shorter one that it ends with.
const BEFORE: &[(&str, Op)] = &[
    ("最低でも", AtLeast),
    ("最低", AtLeast),
    ("最短でも", AtLeast),
    ("最短で", AtLeast),
    ("最短", AtLeast),
    ("最小", AtLeast),
    ("少なくとも", AtLeast),
    ("下限", AtLeast),
    ("at least", AtLeast),
    ("minimum", AtLeast),
    ("more than", MoreThan),
    ("over", MoreThan),
    ("最長でも", AtMost),
    ("最長で", AtMost),
    ("最長", AtMost),
    ("最大でも", AtMost),
    ("最大で", AtMost),
    ("最大", AtMost),
    ("最高", AtMost),
    ("上限", AtMost),
    ("遅くとも", AtMost),
    ("within", AtMost),
    ("up to", AtMost),
    ("maximum", AtMost),
    ("less than", LessThan),
    ("平均で", Average),
    ("平均", Average),
    ("約", About),
    ("およそ", About),
    ("おおよそ", About),
    ("概ね", About),
    ("おおむね", About),
    ("ほぼ", About),
    ("about", About),
    ("approximately", About),
];

/// Words after a quantity, with the comparison they make; some only say before or after what.
const AFTER: &[(&str, Option<Op>)] = &[
    ("以上", Some(AtLeast)),
    ("以内", Some(AtMost)),
    ("以下", Some(AtMost)),
    ("未満", Some(LessThan)),
    ("を超える", Some(MoreThan)),
    ("を超え", Some(MoreThan)),
    ("を上回る", Some(MoreThan)),
    ("を下回る", Some(LessThan)),
    ("超過", Some(MoreThan)),
    ("超え", Some(MoreThan)),
    ("超", Some(MoreThan)),
    ("まで", Some(AtMost)),
    ("程度", Some(About)),
    ("ほど", Some(About)),
    ("前後", Some(About)),
    ("くらい", Some(About)),
    ("ぐらい", Some(About)),
    ("弱", Some(About)),
    ("強", Some(About)),
    ("以前", None),
    ("前", None),
    ("後", None),
    ("内", Some(AtMost)),
    ("or more", Some(AtLeast)),
    ("or less", Some(AtMost)),
];

/// Words after a date or a time of day.
const AFTER_TIME: &[(&str, Option<Op>)] = &[
    ("以降", Some(AtLeast)),
    ("以後", Some(AtLeast)),
    ("から", Some(AtLeast)),
    ("以前", Some(AtMost)),
    ("まで", Some(AtMost)),
    ("頃", Some(About)),
    ("ごろ", Some(About)),
    ("前後", Some(About)),
];

/// How a quantity between `start` and `end` compares, and where it starts and ends with the words
/// that say so. What stands before `taken` belongs to another value.
pub(super) fn of(text: &str, start: usize, end: usize, taken: usize) -> (Option<Op>, usize, usize) {
    let (before, start) = before(text, start, taken);
    let (after, end) = after(text, end);
    let op = match (before, after) {
        // A bound says more than an average or an estimate: 平均1秒以内, 最長1年程度.
        (Some(a), Some(About)) => Some(a),
        (_, Some(b)) => Some(b),
        (a, None) => a,
    };
    (op, start, end)
}

fn before(text: &str, start: usize, taken: usize) -> (Option<Op>, usize) {
    let Some(head) = text.get(taken..start) else {
        return (None, start);
    };
    if let Some(word) = head.strip_suffix('~') {
        return (Some(AtMost), taken + word.len());
    }
    let head = head.strip_suffix([' ', ':', 'は']).unwrap_or(head);
    // Most figures have none of these words before them; their last characters tell.
    let found = BEFORE.iter().find(|(word, _)| {
        head.len() >= word.len()
            && head
                .get(head.len() - word.len()..)
                .is_some_and(|tail| tail.eq_ignore_ascii_case(word))
    });
    match found {
        Some((word, op)) => (Some(*op), taken + head.len() - word.len()),
        None => (None, start),
    }
}

fn after(text: &str, mut end: usize) -> (Option<Op>, usize) {
    let mut op = None;
    // 以上 + 前 + まで: no quantity has more words than that.
    for _ in 0..3 {
        let rest = text.get(end..).unwrap_or_default();
        let word = rest.strip_prefix(' ').unwrap_or(rest);
        let found = AFTER.iter().find(|(w, _)| word.starts_with(w));
        let Some(&(w, says)) = found else { break };
        if is_another_word(w, word.get(w.len()..).unwrap_or_default()) {
            break;
        }
        op = says.filter(|o| *o != About || op.is_none()).or(op);
        end += rest.len() - word.len() + w.len();
    }
    (op, end)
}

/// Whether a short word goes on as another: 前提, 後述, 内容, 弱点, 強化.
fn is_another_word(word: &str, after: &str) -> bool {
    let mut next = after.chars();
    let (first, second) = (next.next(), next.next());
    let Some(c) = first else { return false };
    match word {
        "前" => {
            "提例半述置期任身歴者払処方回記".contains(c) || (c == '日' && second != Some('ま'))
        }
        "後" => "半述続期任方継退援者記日".contains(c),
        "内" => is_ideograph(c),
        "弱" | "強" | "超" => is_ideograph(c) || is_katakana(c),
        _ => false,
    }
}

/// How a date or time that ends at `end` compares, and where it ends with the words for it.
pub(super) fn of_time(text: &str, end: usize) -> (Option<Op>, usize) {
    let rest = text.get(end..).unwrap_or_default();
    let later = ["末", "上旬", "中旬", "下旬", "初め"]
        .iter()
        .find_map(|part| rest.strip_prefix(part));
    let end = later.map_or(end, |later| text.len() - later.len());
    let rest = later.unwrap_or(rest);
    match AFTER_TIME.iter().find(|(w, _)| rest.starts_with(w)) {
        Some((word, op)) => (*op, end + word.len()),
        None => (None, end),
    }
}
