use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// An answer: a mark, what the mark means, and the words.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// The yes/no mark as written; null when there is none.
    pub mark: Option<String>,
    /// What the answer amounts to.
    pub status: Status,
    /// What remains after the mark; `""` when nothing does.
    pub text: String,
    /// Quantities found in the text.
    pub values: Vec<Value>,
}

/// What an answer amounts to.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// ○ 有 可 対応 Yes …
    Yes,
    /// × 無 不可 未対応 No …
    No,
    /// △ 一部 条件付き …
    Partial,
    /// 対象外 該当なし N/A …
    NotApplicable,
    /// 非公開 開示不可 …
    Undisclosed,
    /// Words or figures with no mark before them.
    Stated,
    /// Nothing at all.
    #[default]
    Blank,
}

impl Status {
    /// The name used in JSON and CSV.
    pub fn name(self) -> &'static str {
        match self {
            Status::Yes => "yes",
            Status::No => "no",
            Status::Partial => "partial",
            Status::NotApplicable => "not_applicable",
            Status::Undisclosed => "undisclosed",
            Status::Stated => "stated",
            Status::Blank => "blank",
        }
    }
}

/// A quantity in an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Value {
    /// What it measures.
    pub kind: ValueKind,
    /// How the answer compares with the number (`5営業日前まで` is `<=`); null when it just says so.
    pub op: Option<Op>,
    /// The number; the lower one of a range. Null where the value is no number (a date, `24時間365日`).
    #[serde(serialize_with = "number")]
    #[schemars(with = "Option<f64>")]
    pub number: Option<f64>,
    /// The upper number of a range.
    #[serde(serialize_with = "number", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<f64>")]
    pub max: Option<f64>,
    /// Unit of `number`; null where there is none.
    pub unit: Option<String>,
    /// The value in a standard form where a number does not say it: ISO 8601 for dates
    /// (`2026-04-01`) and times of day (`10:00`, `10:00/18:00`), for frequencies the period in
    /// which it is done `number` times (`P1D`, `P3M`), the version for protocols (`1.2`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iso: Option<String>,
    /// The words it was read from.
    pub text: String,
}

/// What a quantity measures.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// A length of time.
    Duration,
    /// Parts in a hundred.
    Percentage,
    /// How many: cases, times, people …
    Count,
    /// Backup generations.
    Generations,
    /// A time of day, or a span of it.
    TimeOfDay,
    /// `24時間365日` and its like.
    AlwaysOn,
    /// Bytes.
    ByteSize,
    /// A version of TLS or SSL.
    ProtocolVersion,
    /// An amount of money.
    Money,
    /// A calendar date.
    Date,
    /// How often: per day, per year …
    Frequency,
}

/// How an answer compares with its number.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum Op {
    /// 以上, 最低, from
    #[serde(rename = ">=")]
    AtLeast,
    /// 超, より多い
    #[serde(rename = ">")]
    MoreThan,
    /// 以内, 以下, 最長, まで
    #[serde(rename = "<=")]
    AtMost,
    /// 未満
    #[serde(rename = "<")]
    LessThan,
    /// 約, 程度, 前後, およそ
    #[serde(rename = "~")]
    About,
    /// 平均
    #[serde(rename = "avg")]
    Average,
}

/// Whole numbers are written without a fraction, so that `5` does not become `5.0`.
fn number<S: Serializer>(n: &Option<f64>, s: S) -> Result<S::Ok, S::Error> {
    match *n {
        Some(x) if x.fract() == 0.0 && x.abs() < 9e15 => s.serialize_i64(x as i64),
        Some(x) => s.serialize_f64(x),
        None => s.serialize_none(),
    }
}
