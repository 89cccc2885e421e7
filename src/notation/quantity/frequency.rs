//! How often something is done.

use super::figure::{Figure, arabic, kanji};
use super::unit::Unit;
use super::{Fill, Scan, compare, measure, unit, value};
use crate::model::{Op, ValueKind};
use crate::notation::character::is_ideograph;

/// Words that name a period, with that period in ISO 8601.
const EVERY: [(&str, &str); 24] = [
    ("毎営業日", "P1D"),
    ("毎日", "P1D"),
    ("毎週", "P1W"),
    ("毎月", "P1M"),
    ("毎年", "P1Y"),
    ("毎時", "PT1H"),
    ("毎分", "PT1M"),
    ("毎秒", "PT1S"),
    ("日次", "P1D"),
    ("週次", "P1W"),
    ("月次", "P1M"),
    ("年次", "P1Y"),
    ("隔日", "P2D"),
    ("隔週", "P2W"),
    ("隔月", "P2M"),
    ("隔年", "P2Y"),
    ("デイリー", "P1D"),
    ("ウィークリー", "P1W"),
    ("ウイークリー", "P1W"),
    ("マンスリー", "P1M"),
    ("四半期", "P3M"),
    ("半期", "P6M"),
    ("半年", "P6M"),
    ("半日", "PT12H"),
];

/// Single characters that name a period when a number of times follows: 年2回.
const PERIODS: [(char, &str); 4] = [('年', "P1Y"), ('月', "P1M"), ('週', "P1W"), ('日', "P1D")];

/// Words that make a length of time a period: 5分ごと.
const AFTER_LENGTH: [&str; 6] = ["ごと", "毎", "おき", "間隔", "周期", "サイクル"];

/// Whether one of this module's words, or a number in ideographs, may begin with this.
#[inline]
pub(super) fn may_begin(c: char) -> bool {
    matches!(
        c,
        '毎' | '日'
            | '週'
            | '月'
            | '年'
            | '隔'
            | '半'
            | '四'
            | 'デ'
            | 'ウ'
            | 'マ'
            | '一'
            | '二'
            | '三'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '令'
            | '平'
            | '昭'
    )
}

impl Scan<'_> {
    /// Reads what begins with one of this module's words or with a number in ideographs; says
    /// whether it went on.
    pub(super) fn worded(&mut self, c: char) -> bool {
        match c {
            '毎' | '日' | '週' | '月' | '年' | '隔' | '半' | '四' | 'デ' | 'ウ' | 'マ' => {
                self.period(c) || (c == '四' && self.ideographs())
            }
            '一' | '二' | '三' | '五' | '六' | '七' | '八' | '九' | '十' => {
                self.ideographs()
            }
            '令' | '平' | '昭' => self.era(),
            _ => false,
        }
    }

    fn era(&mut self) -> bool {
        let start = self.at;
        let Some((iso, end)) = super::date::at(self.text, start) else {
            return false;
        };
        let (op, end) = compare::of_time(self.text, end);
        self.take(start, end, value(ValueKind::Date, op).iso(iso));
        true
    }

    /// `毎日`, `毎日2回`, `年2回`, `半期に1度`, `四半期ごと`.
    fn period(&mut self, c: char) -> bool {
        let start = self.at;
        let before = self.before();
        let rest = self.rest();
        let named = EVERY.iter().find(|(word, _)| rest.starts_with(word));
        let (word, period, by_itself) = match named {
            // 上半期, 第3四半期, 後半年
            Some(("四半期" | "半期" | "半年" | "半日", _))
                if before.is_some_and(|c| "上下第前後".contains(c) || c.is_ascii_digit()) =>
            {
                return false;
            }
            Some((word @ ("四半期" | "半期" | "半年" | "半日"), period)) => {
                (*word, *period, false)
            }
            Some((word @ ("日次" | "週次" | "月次" | "年次"), period)) => {
                let after = rest.get(word.len()..).unwrap_or_default();
                let figures = ["有給", "休暇", "稼働率", "平均", "実績", "目標"];
                if before.is_some_and(is_ideograph) || figures.iter().any(|f| after.starts_with(f))
                {
                    return false;
                }
                (*word, *period, true)
            }
            Some((word, period)) => (*word, *period, true),
            None => {
                let Some((_, period)) = PERIODS.iter().find(|p| p.0 == c) else {
                    return false;
                };
                if before.is_some_and(|c| c.is_ascii_digit() || is_ideograph(c)) {
                    return false;
                }
                (rest.get(..c.len_utf8()).unwrap_or_default(), *period, false)
            }
        };
        let after = start + word.len();
        let once = |end| Times {
            number: 1.0,
            max: None,
            end,
        };
        let times = times_in(self.text, after)
            .or_else(|| after_length(self.text, after).map(once))
            .or_else(|| by_itself.then(|| once(after)));
        match times {
            Some(times) => take(self, start, times, period.to_owned()),
            None => return word == "半年" && self.half_year(start, after),
        }
        true
    }

    /// 半年 as a length: 半年間, 半年以内.
    fn half_year(&mut self, start: usize, after: usize) -> bool {
        let rest = self.text.get(after..).unwrap_or_default();
        let end = after
            + if rest.starts_with('間') {
                '間'.len_utf8()
            } else {
                0
            };
        let (op, from, end) = compare::of(self.text, start, end, self.taken);
        let found = value(ValueKind::Duration, op).number(6.0).unit("month");
        self.take(from, end, found);
        true
    }

    /// A number in ideographs with a unit that leaves no doubt: 三世代, 一年間, 一日一回.
    fn ideographs(&mut self) -> bool {
        let start = self.at;
        let Some(figure) = kanji(self.rest()) else {
            return false;
        };
        if self.before().is_some_and(|c| is_ideograph(c) || c == '第') {
            return false;
        }
        let end = start + figure.length;
        if let Some(unit) = self.text.get(end..).and_then(unit::at)
            && per_period(self, start, figure, &unit, end + unit.length)
        {
            return true;
        }
        if !measure::measured(self, start, figure, |u| u.is_distinct && !u.is_noun) {
            self.at = end;
        }
        true
    }
}

/// How many times, and where the words for it end.
struct Times {
    number: f64,
    max: Option<f64>,
    end: usize,
}

/// Words between a period and the number of times in it.
const JOINTS: [&str; 11] = [
    "間",
    "につき",
    "あたり",
    "当たり",
    "ごとに",
    "毎に",
    "に",
    "で",
    "、",
    "/",
    ":",
];

/// Words that qualify the number of times.
const QUALIFIERS: [&str; 6] = ["最低", "約", "平均", "最大", "各", "計"];

/// Reads `に1回`, `1~2回` and their like after a period.
fn times_in(text: &str, after: usize) -> Option<Times> {
    let mut words = text.get(after..)?.trim_start_matches(' ');
    for joint in JOINTS {
        words = words.strip_prefix(joint).unwrap_or(words);
    }
    let words = words.trim_start_matches(' ');
    let words = QUALIFIERS
        .iter()
        .find_map(|w| words.strip_prefix(w))
        .unwrap_or(words);
    let number = arabic(words).or_else(|| kanji(words))?;
    let mut rest = words.get(number.length..)?.trim_start_matches(' ');
    let to = rest.strip_prefix(['~', '-']);
    let max = to.and_then(|to| arabic(to.trim_start_matches(' ')));
    if let (Some(to), Some(max)) = (to, max) {
        rest = to.trim_start_matches(' ').get(max.length..)?;
    }
    let count = rest.trim_start_matches(' ');
    let after = count.strip_prefix('回').or(count.strip_prefix('度'))?;
    if after.starts_with(['目', '線', '答', '数', '合']) {
        return None;
    }
    Some(Times {
        number: number.value,
        max: max.map(|m| m.value),
        end: text.len() - after.len(),
    })
}

/// Where `ごと` and its like end after a length of time.
fn after_length(text: &str, after: usize) -> Option<usize> {
    let rest = text.get(after..)?;
    let words = rest.trim_start_matches(' ');
    let word = AFTER_LENGTH.iter().find(|w| words.starts_with(*w))?;
    let next = words.get(word.len()..)?.chars().next();
    // 1年毎日
    let another = *word == "毎" && next.is_some_and(|c| "日週月年時回".contains(c));
    (!another).then(|| text.len() - words.len() + word.len())
}

/// Reads a length of time as a period, if something is done so many times in it (`1日1回`) or once
/// in each (`5分ごと`). `end` is where its unit ends.
pub(super) fn per_period(
    scan: &mut Scan,
    start: usize,
    figure: Figure,
    unit: &Unit,
    end: usize,
) -> bool {
    if unit.kind != ValueKind::Duration {
        return false;
    }
    let Some(period) = period_of(figure.value, unit.name) else {
        return false;
    };
    let times = times_in(scan.text, end).or_else(|| {
        let end = after_length(scan.text, end)?;
        Some(Times {
            number: 1.0,
            max: None,
            end,
        })
    });
    match times {
        Some(times) => take(scan, start, times, period),
        None => return false,
    }
    true
}

/// Takes a frequency that begins at `start`.
fn take(scan: &mut Scan, start: usize, times: Times, period: String) {
    let (op, from, end) = compare::of(scan.text, start, times.end, scan.taken);
    // The longest time between two is the least frequency.
    let words = scan.text.get(from..start).unwrap_or_default();
    let op = match op {
        Some(Op::AtMost) if words.starts_with("最長") => Some(Op::AtLeast),
        Some(Op::AtLeast) if words.starts_with("最短") => Some(Op::AtMost),
        op => op,
    };
    let found = value(ValueKind::Frequency, op)
        .number(times.number)
        .max(times.max)
        .unit("time");
    scan.take(from, end, found.iso(period));
}

/// The period of `2回/年`, `1回(月)` and `1回/3ヶ月`, and where it ends.
pub(super) fn slash_period(text: &str, end: usize) -> Option<(String, usize)> {
    let rest = text.get(end..)?.trim_start_matches(' ');
    let bracket = rest.starts_with('(');
    let per = rest.strip_prefix(['/', '('])?.trim_start_matches(' ');
    let figure = arabic(per);
    let (period, after) = match figure {
        Some(figure) => {
            let unit = unit::at(per.get(figure.length..)?)?;
            let length = figure.length + unit.length;
            (period_of(figure.value, unit.name)?, per.get(length..)?)
        }
        None => {
            let (name, period) = PERIODS.iter().find(|p| per.starts_with(p.0))?;
            let after = per.get(name.len_utf8()..)?;
            (
                (*period).to_owned(),
                after.strip_prefix('間').unwrap_or(after),
            )
        }
    };
    if after.starts_with(is_ideograph) {
        return None;
    }
    let after = if bracket {
        after.strip_prefix(')')?
    } else {
        after
    };
    Some((period, text.len() - after.len()))
}

/// A period in ISO 8601.
fn period_of(number: f64, unit: &str) -> Option<String> {
    let (designator, time) = match unit {
        "year" => ('Y', false),
        "month" => ('M', false),
        "week" => ('W', false),
        "day" | "business_day" => ('D', false),
        "hour" => ('H', true),
        "minute" => ('M', true),
        "second" => ('S', true),
        _ => return None,
    };
    Some(format!(
        "P{}{number}{designator}",
        if time { "T" } else { "" }
    ))
}
