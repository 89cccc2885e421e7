//! The words of the workbook, in both languages.

use crate::config::Language;
use crate::error::Failure;
use crate::model::{Decision, Reason, Status, WarningCode};

/// A word or a sentence in every language there is. `{name}` stands for something to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    ja: &'static str,
    en: &'static str,
}

impl Label {
    /// In one language.
    pub(super) fn of(self, language: Language) -> &'static str {
        match language {
            Language::Ja => self.ja,
            Language::En => self.en,
        }
    }

    /// In one language, with what is filled in by name. What is filled in is left as it is, also
    /// where it looks like a name.
    pub(super) fn fill(self, language: Language, with: &[(&str, &str)]) -> String {
        let mut rest = self.of(language);
        let mut filled = String::with_capacity(rest.len() * 2);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let value = with.iter().find(|(n, _)| *n == name);
            filled.push_str(value.map_or("", |(_, v)| v));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

macro_rules! labels {
    ($($name:ident: $ja:literal, $en:literal;)*) => {
        $(pub(super) const $name: Label = Label { ja: $ja, en: $en };)*
        #[cfg(test)]
        const ALL: &[Label] = &[$($name),*];
    };
}

labels! {
    // Sheets.
    COMPARISON: "比較", "Comparison";
    ROWS: "行", "Rows";
    QUEUE: "要確認", "Review";
    ASKS: "差し戻し", "Ask back";
    RESULT: "取込結果", "Import";
    CHOICES: "選択肢", "Choices";

    // Comparison.
    COMPARISON_TITLE: "回答の比較", "Answers compared";
    COMPARISON_HELP: "色は回答の区分です（セルの先頭の語と同じ）。網掛けと「要確認」は対応付けが未確定の行です。",
        "Colours show the kind of answer, as the first word does. Hatched cells marked “to review” are not yet certain to be about the item.";
    SOURCE_IN_NOTES: "出典はセルのメモにあります。", "Each cell's note names its source.";
    SOURCE_IN_ROWS: "出典は「行」シートを項目IDで絞り込むとわかります。", "To find a source, filter the sheet Rows by item ID.";
    NOT_COMPARED: "セル数の上限のため、ほかの {n} 文書は載せていません。", "{n} more documents are left out: the limit of cells is reached.";
    FURTHER_SHEET: "文書が多いため {n} 枚に分けています。", "The documents fill {n} sheets.";
    COVERAGE: "対応状況", "Coverage";
    COVERED_OF: "{all}項目中 {n}", "{n} of {all} items";
    COVERED: "{n}項目", "{n} items";
    COVERED_REVIEW: "（要確認 {n}）", " ({n} to review)";
    ITEM_ID: "項目ID", "Item ID";
    CATEGORY: "分類", "Category";
    ITEM_NAME: "標準項目", "Item";
    NO_SECTION: "（区分なし）", "(no section)";
    ONLY_WITH_ROWS: "{title}（該当する行のある項目のみ）", "{title} (only items that some row is about)";
    NO_ROW: "行なし", "No row";
    TO_REVIEW: "要確認", "To review:";
    NOTE_PLACE: "場所: {place}", "Place: {place}";
    NOTE_NUMBER: "番号: {number}", "Number: {number}";
    NOTE_MAPPING: "対応付け: {decision}（確度 {confidence}）", "Mapping: {decision} (confidence {confidence})";
    NOTE_FILE: "ファイル: {file}", "File: {file}";

    // Places.
    AT_SHEET: "シート「{sheet}」", "sheet “{sheet}”";
    AT_CELLS: "シート「{sheet}」{cells}", "sheet “{sheet}” {cells}";
    AT_PAGE: "{page}ページ", "page {page}";
    AT_LINE: "{line}行目", "line {line}";
    AT_ROWS: "{first}〜{last}件目", "rows {first}–{last}";
    AT_ROW: "{row}件目", "row {row}";

    // Columns.
    VENDOR: "提出者", "Vendor";
    FILE: "ファイル", "File";
    ROW: "行", "Row";
    SHEET: "シート", "Sheet";
    CELLS: "セル", "Cells";
    PAGE: "ページ", "Page";
    LINE: "行番号", "Line";
    NUMBER: "番号", "No.";
    SECTION: "区分", "Section";
    ITEM: "項目", "Item (sheet)";
    DESCRIPTION: "規定内容", "Description";
    UNIT: "単位", "Unit";
    MARK: "有無", "Mark";
    STATUS: "回答区分", "Status";
    ANSWER: "回答", "Answer";
    VALUES: "値", "Values";
    CONFIDENCE: "確度", "Confidence";
    DECISION: "判定", "Decision";
    REASONS: "理由", "Reasons";
    DATE: "日付", "Date";
    DOCUMENT: "文書", "Document";
    PLACE: "場所", "Place";

    // Review.
    QUEUE_TITLE: "要確認の行", "Rows to review";
    QUEUE_HELP: "「決定」で項目か「なし」を選び、保存して torikomi learn torikomi.xlsx を実行してください。空欄は未決定のままです。",
        "Choose an item or “none” under Decision, save, and run: torikomi learn torikomi.xlsx. Blank means undecided.";
    QUEUE_NONE: "確認が必要な行はありません。", "No row needs a review.";
    QUEUE_MORE: "上限のため、ほかの {n} 行は載せていません（rows.csv にあります）。", "{n} more rows are left out here; they are in rows.csv.";
    SAME_WORDS: "同じ文言", "Same words";
    CANDIDATES: "候補（確度）", "Candidates (score)";
    CHOICE: "決定", "Your decision";
    REMARK: "備考", "Remark";
    NONE: "なし", "none";
    CHOICE_TITLE: "項目の選択", "Choose an item";
    CHOICE_PROMPT: "候補が先頭にあります。項目IDだけの入力も可。該当なしは「なし」。", "Candidates come first. An item's ID alone will do; “none” where no item fits.";
    CHOICE_ERROR: "一覧にない値です。項目ID（例: METI-02）か「なし」であれば、そのまま使えます。", "Not in the list. An item's ID alone (such as METI-02) or “none” is fine.";
    NO_WORDS: "文言がないため、決定を学習できません", "Without words there is nothing to learn from";
    SECTION_AND_CATEGORY: "区分・分類", "Section, category";

    // What to ask back.
    ASKS_TITLE: "差し戻し（提出者への確認事項）", "What to ask the vendors";
    ASKS_HELP: "依頼文はそのまま送れます。送る前に出典をご確認ください。", "Each request can be sent as it stands. Check the source before you send it.";
    ASKS_NONE: "差し戻す事項はありません。", "Nothing to ask back.";
    ASKS_MORE: "上限のため、ほかの {n} 件は載せていません。", "{n} more are left out: the limit is reached.";
    KIND: "種別", "Kind";
    SAID: "シートの記載", "What the sheet says";
    REQUEST: "依頼文", "Request";
    KIND_MISSING: "回答行なし", "No row";
    KIND_BLANK: "未回答", "No answer";
    KIND_UNDISCLOSED: "非公開", "Undisclosed";
    KIND_CONTRADICTION: "記載の食い違い", "Contradiction";
    KIND_SLIP: "列のずれ", "Slipped column";
    ASK_MISSING: "「{item}」（{id}）{asked}に対応するご回答を確認できませんでした。お手数ですが、ご回答をお願いいたします。",
        "We could not find an answer to “{item}” ({id}){asked}. Could you please provide one?";
    ASKED_FOR: "［規定内容：{asked}］", " [asked for: {asked}]";
    ASK_BLANK: "{place}「{item}」のご回答が空欄となっております。お手数ですが、ご回答をお願いいたします。",
        "{place}: the answer to “{item}” is blank. Could you please fill it in?";
    ASK_UNDISCLOSED: "{place}「{item}」は非公開とのご回答をいただいております。差し支えない範囲での概要、または開示いただける条件（秘密保持契約の締結等）をご教示いただけますでしょうか。",
        "{place}: the answer to “{item}” is not disclosed. Could you please give an outline as far as possible, or tell us on what terms (such as an NDA) it can be disclosed?";
    ASK_CONTRADICTION: "{place}「{item}」のご回答は「{mark}」ですが、本文には「{text}」とございます。恐れ入りますが、実施の有無をご確認のうえ、ご回答の訂正をお願いいたします。",
        "{place}: the answer to “{item}” is “{mark}”, but its text says “{text}”. Could you please check which is right and correct the answer?";
    ASK_SLIP: "{place}から{last}にかけて、項目名と規定内容・ご回答の行がずれているように見受けられます。恐れ入りますが、内容をご確認のうえ、修正版のご送付をお願いいたします。",
        "{place} to {last}: item names seem to have slipped against descriptions and answers. Could you please check and send a corrected sheet?";
    NUMBERED: " No.{number}", ", no. {number}";
    UNNAMED: "（名称なし）", "(no name)";

    // The run.
    RESULT_TITLE: "取込結果", "What the import did";
    RESULT_OK: "すべての文書を取り込みました。", "Every document was imported.";
    RESULT_FAILED: "取り込めなかった文書があります。下の「対処」をご覧ください。", "Some documents could not be imported: see what to do below.";
    COUNT_DOCUMENTS: "文書", "Documents";
    COUNT_IMPORTED: "取り込んだ文書", "Imported";
    COUNT_FAILED: "取り込めなかった文書", "Failed";
    COUNT_SKIPPED: "対象外のファイル", "Skipped";
    COUNT_ROWS: "行", "Rows";
    COUNT_ACCEPTED: "確定", "Accepted";
    COUNT_REVIEW: "要確認", "To review";
    COUNT_UNMAPPED: "該当項目なし", "Unmapped";
    COUNT_BLANK: "未回答", "Blank";
    COUNT_WARNINGS: "警告", "Warnings";
    OUTCOME: "結果", "Outcome";
    IMPORTED: "取込済", "Imported";
    FAILED: "失敗", "Failed";
    SKIPPED: "対象外", "Skipped";
    FORMAT: "形式", "Format";
    WHAT_TO_DO: "内容・対処", "What happened, what to do";
    WARNINGS: "警告", "Warnings";
    WARNINGS_MORE: "上限のため、ほかの {n} 件は載せていません（documents/*.json にあります）。", "{n} more are left out here; they are in documents/*.json.";
    MESSAGE: "内容", "Message";
    CATALOGS: "カタログ", "Catalogs";
    GUIDE: "このブックの見方", "The sheets of this workbook";
    GUIDE_COMPARISON: "標準項目を縦、文書を横に並べた回答一覧", "Items down, documents across";
    GUIDE_ROWS: "取り込んだ全行。並べ替え・絞り込み用（全項目は rows.csv）", "Every row, to sort and filter (all fields are in rows.csv)";
    GUIDE_QUEUE: "人の判断が必要な行。「決定」に記入して learn に渡します", "Rows that need a decision; fill in and pass to learn";
    GUIDE_ASKS: "提出者に確認する事項と依頼文", "What to ask the vendors, in words that can be sent";
    GUIDE_RESULT: "取込の件数、文書ごとの結果、警告（このシート）", "Counts, outcomes, warnings (this sheet)";
    LEGEND: "色の見方", "Colours";
    CUT: "…（続きはJSON）", "… (the rest is in the JSON)";
    PAGE_FOOTER: "&P / &N ページ", "Page &P of &N";

    // Answers.
    YES: "有", "Yes";
    NO: "無", "No";
    PARTIAL: "一部", "Partly";
    NOT_APPLICABLE: "対象外", "Not applicable";
    UNDISCLOSED: "非公開", "Undisclosed";
    STATED: "記述", "Stated";
    BLANK: "未回答", "No answer";

    // Decisions.
    ACCEPTED: "確定", "accepted";
    REVIEW: "要確認", "review";
    UNMAPPED: "該当項目なし", "unmapped";

    // Reasons.
    BECAUSE_CONFLICT: "項目名と規定内容が別の項目を指している", "name and description point at different items";
    BECAUSE_AMBIGUOUS: "上位2候補の差が小さい", "the best two candidates are too close";
    BECAUSE_DUPLICATE: "同じ表の別の行のほうがこの項目に合う", "another row of the table fits the item better";
    BECAUSE_SLIP: "列がずれた範囲にある", "it stands where a column has slipped";
    BECAUSE_MOVED: "セルの位置を直したが確実でない", "its cells had moved and the repair is not certain";
    BECAUSE_LOW: "候補の確度が足りない", "the best item fits, but not well enough";
    BECAUSE_NO_CANDIDATE: "合う項目が見当たらない", "no item fits";
    BECAUSE_NOTHING: "項目名も規定内容もない", "neither a name nor a description";
    BECAUSE_LEARNED: "同じ文言が過去に決定済み", "its wording was decided before";

    // Failures: what, and what to do.
    FAILED_UNREADABLE: "ファイルを開けません。パスとアクセス権をご確認ください。", "The file cannot be opened: check its path and permissions.";
    FAILED_UNSUPPORTED: "対応していない形式です。Excel・CSV・PDF などで受け取り直してください。", "The format is not read: ask for Excel, CSV or PDF.";
    FAILED_ENCRYPTED: "パスワードで保護されています。解除したファイルを受け取るか、--password で指定してください。", "It needs a password: ask for an unprotected file, or give --password.";
    FAILED_CORRUPT: "ファイルが壊れています。再送を依頼してください。", "It is damaged: ask for it again.";
    FAILED_TOO_LARGE: "大きさの上限を超えています。分割するか、torikomi.toml の上限を上げてください。", "It exceeds a limit: split it, or raise the limit in torikomi.toml.";
    FAILED_EMPTY: "中身がありません。再送を依頼してください。", "It is empty: ask for it again.";
    FAILED_NO_TABLE: "チェックシートの表が見つかりません。記入済みのシートかご確認ください。", "No checklist was found in it: check that it is a filled-in sheet.";
    FAILED_NO_TEXT: "画像だけのPDFです。文字情報のあるPDFか Excel で受け取り直してください。", "Its pages are images: ask for a PDF with text, or Excel.";
    FAILED_TIMED_OUT: "時間内に終わりませんでした。単独で再実行してください。", "It took too long: run it alone.";
    FAILED_OUT_OF_MEMORY: "メモリの上限を超えました。ファイルを分けるか、上限を上げてください。", "It asked for too much memory: split the file, or raise the limit.";
    FAILED_CRASHED: "読み取りが異常終了しました。このファイルを添えてご報告ください。", "Reading it crashed: please report it with the file.";
    FAILED_INTERNAL: "torikomi の不具合です。この内容をご報告ください。", "A defect of torikomi: please report it.";

    // Warnings.
    WARN_SLIP: "列のずれ", "Column slip";
    WARN_MOVED: "セルの移動を補正", "Cells moved back";
    WARN_ENCODING: "文字コードの推定が弱い", "Encoding uncertain";
    WARN_UNDECODABLE: "読めない文字", "Undecodable bytes";
    WARN_HIDDEN: "非表示を除外", "Hidden content left out";
    WARN_STRUCK: "取消線を除外", "Struck-through text left out";
    WARN_FORMULA: "計算結果のない数式", "Formula without value";
    WARN_ERROR: "エラー値", "Error value";
    WARN_TABLE: "表を除外", "Table left out";
    WARN_EXTRA: "余分なセル", "Extra cells";
    WARN_MALFORMED: "書式の乱れ", "Malformed input";
    WARN_NO_HEADER: "見出し行なし", "No header";
    WARN_ATTACHED: "コメント・チェックボックスの回答", "Answer in a comment or check box";
    WARN_TRUNCATED: "上限により一部を除外", "Partly left out: a limit was reached";
    WARN_NO_TEXT: "文字情報のないページ", "Page without text";
}

/// What an answer amounts to.
pub(super) fn status(status: Status) -> Label {
    match status {
        Status::Yes => YES,
        Status::No => NO,
        Status::Partial => PARTIAL,
        Status::NotApplicable => NOT_APPLICABLE,
        Status::Undisclosed => UNDISCLOSED,
        Status::Stated => STATED,
        Status::Blank => BLANK,
    }
}

/// Whether somebody needs to look.
pub(super) fn decision(decision: Decision) -> Label {
    match decision {
        Decision::Accepted => ACCEPTED,
        Decision::Review => REVIEW,
        Decision::Unmapped => UNMAPPED,
    }
}

/// Why, in words.
pub(super) fn reason(reason: Reason) -> Label {
    match reason {
        Reason::NameDescriptionConflict => BECAUSE_CONFLICT,
        Reason::AmbiguousCandidates => BECAUSE_AMBIGUOUS,
        Reason::DuplicateItem => BECAUSE_DUPLICATE,
        Reason::ColumnSlip => BECAUSE_SLIP,
        Reason::CellsMoved => BECAUSE_MOVED,
        Reason::LowConfidence => BECAUSE_LOW,
        Reason::NoCandidate => BECAUSE_NO_CANDIDATE,
        Reason::NothingToMap => BECAUSE_NOTHING,
        Reason::Learned => BECAUSE_LEARNED,
    }
}

/// What is wrong with a file, and what to do.
pub(super) fn failure(failure: Failure) -> Label {
    match failure {
        Failure::Unreadable => FAILED_UNREADABLE,
        Failure::Unsupported => FAILED_UNSUPPORTED,
        Failure::Encrypted => FAILED_ENCRYPTED,
        Failure::Corrupt => FAILED_CORRUPT,
        Failure::TooLarge => FAILED_TOO_LARGE,
        Failure::Empty => FAILED_EMPTY,
        Failure::NoTable => FAILED_NO_TABLE,
        Failure::NoTextLayer => FAILED_NO_TEXT,
        Failure::TimedOut => FAILED_TIMED_OUT,
        Failure::OutOfMemory => FAILED_OUT_OF_MEMORY,
        Failure::Crashed => FAILED_CRASHED,
        Failure::Internal => FAILED_INTERNAL,
    }
}

/// The kind of a warning.
pub(super) fn warning(code: WarningCode) -> Label {
    match code {
        WarningCode::ColumnSlip => WARN_SLIP,
        WarningCode::CellsMoved => WARN_MOVED,
        WarningCode::EncodingUncertain => WARN_ENCODING,
        WarningCode::Undecodable => WARN_UNDECODABLE,
        WarningCode::HiddenLeftOut => WARN_HIDDEN,
        WarningCode::StruckLeftOut => WARN_STRUCK,
        WarningCode::FormulaWithoutValue => WARN_FORMULA,
        WarningCode::ErrorValue => WARN_ERROR,
        WarningCode::TableLeftOut => WARN_TABLE,
        WarningCode::ExtraCells => WARN_EXTRA,
        WarningCode::MalformedInput => WARN_MALFORMED,
        WarningCode::NoHeader => WARN_NO_HEADER,
        WarningCode::AttachedAnswer => WARN_ATTACHED,
        WarningCode::Truncated => WARN_TRUNCATED,
        WarningCode::NoTextLayer => WARN_NO_TEXT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|t| t.split_once('}'))
            .map(|(name, _)| name)
            .collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn both_languages_say_something_and_take_the_same() {
        for label in ALL {
            assert!(!label.ja.is_empty() && !label.en.is_empty(), "{label:?}");
            assert_eq!(names(label.ja), names(label.en), "{label:?}");
            assert!(label.en.is_ascii() || !label.en.contains(|c| ('ぁ'..='龠').contains(&c)));
        }
        for sheet in [COMPARISON, ROWS, QUEUE, ASKS, RESULT, CHOICES] {
            for name in [sheet.ja, sheet.en] {
                assert!(name.chars().count() <= 20, "{name}");
                assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']));
            }
        }
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        let said = ASK_BLANK.fill(
            Language::En,
            &[("place", "{item}"), ("item", "a {place} b")],
        );
        assert!(
            said.starts_with("{item}: the answer to “a {place} b”"),
            "{said}"
        );
    }
}
