//! What the closed lists of the model are called where people read.

use serde::Serialize;

use crate::config::Language;
use crate::error::Failure;
use crate::model::{Decision, Reason, Relation, Status, WarningCode};

/// A word in both languages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub ja: &'static str,
    pub en: &'static str,
}

impl Word {
    pub(super) fn in_(self, language: Language) -> &'static str {
        match language {
            Language::Ja => self.ja,
            Language::En => self.en,
        }
    }
}

/// One of a list: what it is called, and what follows from it.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    /// The name in JSON.
    pub name: String,
    pub label: &'static str,
    pub meaning: &'static str,
    /// The one character that stands for it.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub symbol: &'static str,
}

/// A type all of whose values have words. Its list and its words are made from the same lines, and
/// a value without a line does not compile.
pub(super) trait Worded: Copy + Serialize + 'static {
    const ALL: &'static [Self];

    /// Symbol, label, meaning.
    fn words(self) -> [Word; 3];
}

/// The words of all values of a type.
pub(super) fn entries<T: Worded>(language: Language) -> Vec<Entry> {
    T::ALL.iter().map(|value| entry(*value, language)).collect()
}

/// The words of one value.
pub(super) fn entry<T: Worded>(value: T, language: Language) -> Entry {
    let [symbol, label, meaning] = value.words();
    let name = serde_json::to_value(value).unwrap_or_default();
    Entry {
        name: name.as_str().unwrap_or_default().to_owned(),
        label: label.in_(language),
        meaning: meaning.in_(language),
        symbol: symbol.in_(language),
    }
}

macro_rules! worded {
    ($type:ident: $($value:ident
        $ja_symbol:literal $en_symbol:literal
        $ja:literal $en:literal
        $ja_more:literal $en_more:literal)*) => {
        impl Worded for $type {
            const ALL: &'static [Self] = &[$($type::$value),*];

            fn words(self) -> [Word; 3] {
                match self {
                    $($type::$value => [
                        Word { ja: $ja_symbol, en: $en_symbol },
                        Word { ja: $ja, en: $en },
                        Word { ja: $ja_more, en: $en_more },
                    ],)*
                }
            }
        }
    };
}

worded! { Status:
    Yes "○" "○" "対応" "Yes" "" ""
    Partial "△" "△" "一部対応" "Partly" "" ""
    No "×" "×" "非対応" "No" "" ""
    NotApplicable "－" "－" "対象外" "Not applicable" "" ""
    Undisclosed "秘" "U" "非公開" "Undisclosed" "" ""
    Stated "文" "T" "記述" "In words" "" ""
    Blank "空" "B" "空欄" "Blank" "" ""
}

worded! { Decision:
    Accepted "" "" "確定" "Accepted" "" ""
    Review "" "" "要確認" "To review" "" ""
    Unmapped "" "" "該当項目なし" "Unmapped" "" ""
}

worded! { Reason:
    NameDescriptionConflict "" "" "項目名と内容の食い違い" "Name against description"
        "項目名と内容が別々の項目を指しています。" "Name and description point at different items."
    ColumnSlip "" "" "列のずれ" "Slipped column"
        "項目名と内容が行単位でずれている範囲にあります。内容を優先して対応付けています。"
        "It stands where one column has slipped against another over several rows."
    CellsMoved "" "" "セルの移動" "Moved cells"
        "セルが左右にずれており、元の列に戻せたか確実ではありません。"
        "Its cells had moved, and putting them back was no certain thing."
    DuplicateItem "" "" "項目の重複" "Same item twice"
        "同じ表の別の行のほうが、この項目によく合います。"
        "Another row of the table fits the same item better."
    AmbiguousCandidates "" "" "候補が拮抗" "Close candidates"
        "上位二つの候補の差が小さく、選びきれません。"
        "The best two items are too close to choose."
    LowConfidence "" "" "確信度が低い" "Low confidence"
        "合っている見込みはありますが、確定できるほどではありません。"
        "The item is likely, but not enough to promise it."
    NoCandidate "" "" "当てはまる項目なし" "No item fits"
        "どの項目にも十分には合いません。" "No item fits well enough to name one."
    NothingToMap "" "" "手がかりなし" "Nothing to map by"
        "項目名も内容もない行です。" "The row has neither a name nor a description."
    Learned "" "" "過去の判断" "Decided before"
        "同じ文言について、以前に判断されています。" "A reviewer has decided this very wording."
}

worded! { Relation:
    Equal "" "" "同じ内容" "Same as" "" ""
    Broader "" "" "より広い" "Broader:" "" ""
    Narrower "" "" "一部分" "Narrower:" "" ""
    Related "" "" "関連" "Related:" "" ""
}

worded! { WarningCode:
    ColumnSlip "" "" "列のずれ" "Slipped column" "" ""
    CellsMoved "" "" "セルの移動" "Moved cells" "" ""
    EncodingUncertain "" "" "文字コードが不確か" "Encoding uncertain" "" ""
    Undecodable "" "" "読めない文字" "Undecodable bytes" "" ""
    HiddenLeftOut "" "" "非表示部分を除外" "Hidden cells left out" "" ""
    StruckLeftOut "" "" "取り消し線を除外" "Struck-through text left out" "" ""
    FormulaWithoutValue "" "" "値のない数式" "Formula without a value" "" ""
    ErrorValue "" "" "エラー値" "Error value" "" ""
    TableLeftOut "" "" "除外した表" "Table left out" "" ""
    ExtraCells "" "" "余分なセル" "Extra cells" "" ""
    MalformedInput "" "" "ファイルの不備" "Malformed input" "" ""
    NoHeader "" "" "見出し行なし" "No header" "" ""
    AttachedAnswer "" "" "コメント等の回答" "Attached answer" "" ""
    Truncated "" "" "途中で打ち切り" "Truncated" "" ""
    NoTextLayer "" "" "文字のないページ" "Page without text" "" ""
}

worded! { Failure:
    Unreadable "" "" "読み取れません" "Unreadable"
        "ファイルの場所と権限を確かめてください。" "Check that the file is there and may be read."
    Unsupported "" "" "対応していない形式" "Unsupported format"
        "Excel・PDF・CSVなどの形式で受け取り直してください。" "Ask for it as a workbook, PDF or CSV."
    Encrypted "" "" "暗号化" "Encrypted"
        "パスワードを --password で指定してください。" "Give the password with --password."
    Corrupt "" "" "破損" "Damaged"
        "開けるか確かめ、もう一度送ってもらってください。" "Check that it opens, or ask for it again."
    TooLarge "" "" "大きすぎます" "Too large"
        "ファイルを分けるか、上限を上げてください。" "Split the file, or raise the limit."
    Empty "" "" "空のファイル" "Empty"
        "もう一度送ってもらってください。" "Ask for it again."
    NoTable "" "" "チェックシートなし" "No checklist"
        "記入済みのシートか確かめてください。" "Check that it is a filled-in sheet."
    NoTextLayer "" "" "文字のないPDF" "No text in the PDF"
        "元のファイルをもらうか、文字認識にかけてください。"
        "Ask for the original, or run text recognition over it."
    TimedOut "" "" "時間切れ" "Timed out"
        "ファイルを分けてやり直してください。" "Split the file and try again."
    OutOfMemory "" "" "メモリ不足" "Out of memory"
        "ファイルを分けるか、上限を上げてください。" "Split the file, or raise the limit."
    Crashed "" "" "異常終了" "Crashed"
        "このファイルを添えて報告してください。" "Report it, with the file."
    Internal "" "" "内部の不具合" "Internal defect"
        "このファイルを添えて報告してください。" "Report it, with the file."
}
