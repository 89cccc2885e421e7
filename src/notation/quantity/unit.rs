//! Units of quantities.

use crate::model::ValueKind;
use crate::notation::character::is_ideograph;

/// A unit at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unit {
    pub(super) kind: ValueKind,
    pub(super) name: &'static str,
    /// Its length in bytes, with a space before it.
    pub(super) length: usize,
    /// It is a word of its own besides: ユーザー, アカウント.
    pub(super) is_noun: bool,
    /// It means nothing else even after letters or a number in ideographs: 時間, 世代.
    pub(super) is_distinct: bool,
}

/// A line of the table: the word, what it measures, its name, and the characters that make it
/// part of another word when they follow.
type Line = (&'static str, ValueKind, &'static str, &'static str);

use ValueKind::{ByteSize, Count, Duration, Generations, Money, Percentage};

/// Units that are written right after the figure. A longer one stands before a shorter one that
/// it begins with.
const JAPANESE: &[Line] = &[
    ("%", Percentage, "percent", ""),
    ("パーセント", Percentage, "percent", ""),
    ("営業日", Duration, "business_day", ""),
    ("稼働日", Duration, "business_day", ""),
    ("ミリ秒", Duration, "millisecond", ""),
    ("秒間", Duration, "second", "隔"),
    ("秒", Duration, "second", "速針"),
    ("分間", Duration, "minute", "隔"),
    (
        "分",
        Duration,
        "minute",
        "類析散離割岐野担配布別量子冊解権掛煙室譲納館裂断身署",
    ),
    ("時間", Duration, "hour", "帯割外軸差"),
    ("日間", Duration, "day", "隔"),
    ("日", Duration, "day", "本次常付曜額記時々誌報月銀英米韓中"),
    ("週間", Duration, "week", "隔"),
    ("週", Duration, "week", "次末報"),
    ("ヶ月間", Duration, "month", "隔"),
    ("ヶ月", Duration, "month", ""),
    ("ケ月", Duration, "month", ""),
    ("カ月", Duration, "month", ""),
    ("ヵ月", Duration, "month", ""),
    ("か月", Duration, "month", ""),
    ("箇月", Duration, "month", ""),
    ("年間", Duration, "year", ""),
    ("年", Duration, "year", "月度次末始齢代金号版初頭報額賀生"),
    ("世代", Generations, "generation", "交間別"),
    ("円", Money, "yen", "滑周形卓"),
    ("ドル", Money, "dollar", ""),
    ("回", Count, "time", "線答路復収転避帰覧想送遊廊数"),
    ("件", Count, "case", "名数"),
    ("名", Count, "person", "称義刺簿字"),
    ("人", Count, "person", "的事員権材間工物口格名件月"),
    ("台", Count, "unit", "帳数風湾本頭形詞"),
    ("社", Count, "company", "内外員会長団宅名"),
    ("個", Count, "piece", "人別数性所"),
    ("ユーザー", Count, "user", ""),
    ("ユーザ", Count, "user", ""),
    ("アカウント", Count, "account", ""),
    ("ライセンス", Count, "license", ""),
    ("リクエスト", Count, "request", ""),
    ("セッション", Count, "session", ""),
    ("接続", Count, "connection", ""),
    ("拠点", Count, "site", ""),
    ("箇所", Count, "site", ""),
    ("か所", Count, "site", ""),
    ("カ所", Count, "site", ""),
    ("ヶ所", Count, "site", ""),
    ("文字", Count, "character", "列化コ種"),
    ("桁", Count, "digit", ""),
    ("種類", Count, "kind", ""),
    ("キロバイト", ByteSize, "kilobyte", ""),
    ("メガバイト", ByteSize, "megabyte", ""),
    ("ギガバイト", ByteSize, "gigabyte", ""),
    ("テラバイト", ByteSize, "terabyte", ""),
    ("バイト", ByteSize, "byte", ""),
];

/// Units in Latin letters, in lower case unless case tells bytes from bits.
const LATIN: &[(&str, ValueKind, &str)] = &[
    ("KB", ByteSize, "kilobyte"),
    ("MB", ByteSize, "megabyte"),
    ("GB", ByteSize, "gigabyte"),
    ("TB", ByteSize, "terabyte"),
    ("PB", ByteSize, "petabyte"),
    ("KiB", ByteSize, "kibibyte"),
    ("MiB", ByteSize, "mebibyte"),
    ("GiB", ByteSize, "gibibyte"),
    ("TiB", ByteSize, "tebibyte"),
    ("bytes", ByteSize, "byte"),
    ("ms", Duration, "millisecond"),
    ("sec", Duration, "second"),
    ("secs", Duration, "second"),
    ("second", Duration, "second"),
    ("seconds", Duration, "second"),
    ("min", Duration, "minute"),
    ("mins", Duration, "minute"),
    ("minute", Duration, "minute"),
    ("minutes", Duration, "minute"),
    ("h", Duration, "hour"),
    ("hr", Duration, "hour"),
    ("hrs", Duration, "hour"),
    ("hour", Duration, "hour"),
    ("hours", Duration, "hour"),
    ("day", Duration, "day"),
    ("days", Duration, "day"),
    ("week", Duration, "week"),
    ("weeks", Duration, "week"),
    ("month", Duration, "month"),
    ("months", Duration, "month"),
    ("year", Duration, "year"),
    ("years", Duration, "year"),
    ("percent", Percentage, "percent"),
    ("generation", Generations, "generation"),
    ("generations", Generations, "generation"),
    ("times", Count, "time"),
    ("users", Count, "user"),
    ("accounts", Count, "account"),
    ("people", Count, "person"),
    ("ID", Count, "id"),
];

/// The unit that a text begins with, perhaps after a space.
pub(super) fn at(text: &str) -> Option<Unit> {
    let word = text.strip_prefix(' ').unwrap_or(text);
    let space = text.len() - word.len();
    let first = word.chars().next()?;
    if first.is_ascii_alphabetic() {
        return latin(word, space);
    }
    let line = JAPANESE.iter().find(|line| word.starts_with(line.0))?;
    let &(unit, kind, name, stops) = line;
    let after = word.get(unit.len()..)?;
    if is_another_word(unit, stops, after) {
        return None;
    }
    Some(Unit {
        kind,
        name,
        length: space + unit.len(),
        is_noun: kind == Count && unit.chars().nth(1).is_some(),
        is_distinct: !matches!(
            unit,
            "分" | "日" | "週" | "円" | "回" | "件" | "名" | "人" | "台" | "社" | "個" | "接続"
        ),
    })
}

/// Whether a unit is the beginning of another word, with what follows it.
fn is_another_word(unit: &str, stops: &str, after: &str) -> bool {
    let mut next = after.chars();
    let (Some(c), second) = (next.next(), next.next()) else {
        return false;
    };
    // 3日目 is an ordinal.
    if stops.contains(c) || c == '目' {
        return true;
    }
    match unit {
        // 10分の1
        "分" => c == 'の' && second.is_some_and(begins_number),
        // 日程, but 3日程度
        "日" => c == '程' && second != Some('度'),
        // 名前, but 3名前後
        "名" => c == '前' && second != Some('後'),
        // 時間内訳, but 3時間内に
        "時間" => c == '内' && second.is_some_and(is_ideograph),
        // 18年3月
        "年" => {
            after
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .starts_with('月')
                && c.is_ascii_digit()
        }
        _ => false,
    }
}

fn begins_number(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十数".contains(c)
}

fn latin(word: &str, space: usize) -> Option<Unit> {
    let business = ["business day", "working day"].iter().find(|b| {
        word.get(..b.len())
            .is_some_and(|w| w.eq_ignore_ascii_case(b))
    });
    if let Some(business) = business {
        let plural = word.as_bytes().get(business.len()) == Some(&b's');
        return Some(Unit {
            kind: Duration,
            name: "business_day",
            length: space + business.len() + usize::from(plural),
            is_noun: false,
            is_distinct: true,
        });
    }
    let length = word.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = word.get(..length)?;
    let found = LATIN.iter().find(|l| {
        if l.1 == ByteSize || l.0 == "ID" {
            l.0 == name
        } else {
            l.0.eq_ignore_ascii_case(name)
        }
    })?;
    Some(Unit {
        kind: found.1,
        name: found.2,
        length: space + length,
        is_noun: found.1 == Count,
        is_distinct: true,
    })
}

/// Words that go on from a figure and make no heading of it, with the words that begin alike and do.
const AFTER_FIGURE: &[(&str, &[&str])] = &[
    ("倍", &[]),
    ("段階", &[]),
    ("つ", &["つい", "つな"]),
    ("割", &["割当", "割り"]),
    ("番目", &[]),
    ("要素", &[]),
    ("因子", &[]),
    ("層", &[]),
    ("重", &["重要", "重大", "重複", "重点"]),
    ("歳", &[]),
    ("時", &["時間", "時刻", "時系", "時期"]),
    ("月", &["月次", "月額", "月間"]),
    ("号", &[]),
    ("代目", &[]),
    ("四半期", &[]),
    ("ページ", &[]),
    ("頁", &[]),
    ("枚", &[]),
    ("以上", &[]),
    ("以下", &[]),
    ("以内", &[]),
    ("以降", &[]),
    ("未満", &[]),
    ("程度", &[]),
    ("~", &[]),
    ("%", &[]),
];

/// Whether a text goes on from a figure in a way that is no quantity of this module's but no
/// heading either: `倍`, `段階`, `以上`, `~ 18時`.
pub(super) fn continues_figure(text: &str) -> bool {
    let text = text.trim_start();
    AFTER_FIGURE.iter().any(|(word, others)| {
        text.starts_with(word) && !others.iter().any(|other| text.starts_with(other))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_told_from_longer_words() {
        for (text, name) in [
            ("営業日前まで", "business_day"),
            ("日以内", "day"),
            (" 時間以内", "hour"),
            ("時間内に", "hour"),
            ("分後", "minute"),
            ("ヶ月間保管", "month"),
            ("日程度", "day"),
            ("名前後", "person"),
            ("GB", "gigabyte"),
            (" business days", "business_day"),
            ("Hours", "hour"),
        ] {
            assert_eq!(at(text).unwrap().name, name, "{text}");
        }
        for text in [
            "日本",
            "日次",
            "分類",
            "分の1",
            "分散",
            "時間帯",
            "時間内部",
            "年度",
            "年目",
            "回線",
            "回答",
            "件名",
            "名称",
            "名前",
            "人的",
            "人目",
            "台帳",
            "社内",
            "個人",
            "円滑",
            "日程",
            "Gb",
            "GBps",
            "MHz",
            "hoge",
            "号",
            "段階",
            "",
            " ",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn a_longer_unit_is_found_before_a_shorter_one() {
        for (i, line) in JAPANESE.iter().enumerate() {
            let shorter = JAPANESE.iter().take(i).find(|l| line.0.starts_with(l.0));
            assert_eq!(
                shorter,
                None,
                "{} hides {}",
                shorter.map_or("", |l| l.0),
                line.0
            );
        }
    }
}
