use super::*;
use crate::notation::show;

const FILE: &str = include_str!("../../../mappings/marks.json");

fn marks() -> Marks {
    Marks::from_json("marks.json", FILE).unwrap()
}

#[test]
fn every_line_reads_its_own_example() {
    let marks = marks();
    let entries: Vec<Entry> = serde_json::from_str(FILE).unwrap();
    for entry in entries {
        let example = &entry.example;
        let read = marks.read(&example.cell);
        let read = read.unwrap_or_else(|| panic!("no mark in {:?}", example.cell));
        assert_eq!(show(read.mark), show(&example.mark), "{:?}", example.cell);
        assert_eq!(read.status, entry.status.into(), "{:?}", example.cell);
        assert_eq!(show(read.rest), example.text, "{:?}", example.cell);
    }
}

#[test]
fn the_file_is_a_mark_a_line_sorted_and_unique() {
    let entries: Vec<Entry> = serde_json::from_str(FILE).unwrap();
    assert_eq!(FILE.lines().count(), entries.len() + 2);
    let order = |e: &Entry| (e.status as u8, e.mark.clone());
    assert!(entries.windows(2).all(|w| order(&w[0]) < order(&w[1])));
}

#[test]
fn faults_are_named_with_their_line() {
    let ok =
        r#"{"mark": "有", "status": "yes", "example": {"cell": "有", "mark": "有", "text": ""}}"#;
    let twice = format!(
        "[\n{ok},\n{}\n]",
        ok.replace("有", "ＯＫ").replace("yes", "no")
    );
    assert!(Marks::from_json("m.json", &twice).is_ok());
    let twice = format!("[\n{ok},\n{ok}\n]");
    let faults = Marks::from_json("m.json", &twice).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].message.contains("twice"));
    let faults = Marks::from_json("m.json", &ok.replace("\"yes\"", "\"maybe\"")).unwrap_err();
    assert_eq!((faults.len(), faults[0].line), (1, Some(1)));
}

#[test]
fn a_mark_counts_when_it_fills_the_cell_or_leads_it() {
    use Status::{No, NotApplicable, Partial, Undisclosed, Yes};
    let marks = marks();
    for (cell, mark, status, rest) in [
        ("有", "有", Yes, ""),
        (" 有　", "有", Yes, ""),
        ("有。", "有", Yes, ""),
        ("有。3営業日前までに案内", "有", Yes, "3営業日前までに案内"),
        ("有 予備機で再開", "有", Yes, "予備機で再開"),
        ("有\r\n予備機で再開", "有", Yes, "予備機で再開"),
        ("有（死活の確認）", "有", Yes, "（死活の確認）"),
        ("【有】 7日前まで", "有", Yes, "7日前まで"),
        ("【 無 】7日前まで", "無", No, "7日前まで"),
        ("[○]通知", "○", Yes, "通知"),
        ("（有）", "有", Yes, ""),
        ("「可」", "可", Yes, ""),
        ("ﾊｲ", "ﾊｲ", Yes, ""),
        ("ＹＥＳ", "ＹＥＳ", Yes, ""),
        ("yes, by mail", "yes", Yes, "by mail"),
        ("Yes 対応しています", "Yes", Yes, "対応しています"),
        ("no. Not yet", "no", No, "Not yet"),
        ("Not applicable", "Not applicable", NotApplicable, ""),
        ("Ｎ／Ａ", "Ｎ／Ａ", NotApplicable, ""),
        ("対応不可（次版で検討）", "対応不可", No, "（次版で検討）"),
        ("対応 不可", "対応 不可", No, ""),
        ("一部　対応", "一部　対応", Partial, ""),
        ("な し", "な し", No, ""),
        ("○規約の付表に記載", "○", Yes, "規約の付表に記載"),
        ("×", "×", No, ""),
        ("ｘ", "ｘ", No, ""),
        ("△：一部の機能", "△", Partial, "一部の機能"),
        ("無 対応なし", "無", No, "対応なし"),
        ("－", "－", NotApplicable, ""),
        ("ー", "ー", NotApplicable, ""),
        (
            "非公開（契約後に開示）",
            "非公開",
            Undisclosed,
            "（契約後に開示）",
        ),
        ("有・メールで通知", "有", Yes, "メールで通知"),
        ("有\u{200B} ", "有", Yes, ""),
        ("1.はい", "はい", Yes, ""),
        ("③ 未実施", "未実施", No, ""),
        ("（２）一部対応", "一部対応", Partial, ""),
    ] {
        let want = MarkRead { mark, status, rest };
        assert_eq!(marks.judge(cell), Judgement::Mark(want), "{cell:?}");
    }
}

#[test]
fn words_are_not_marks() {
    let marks = marks();
    for cell in [
        "",
        "　",
        "可能な限り早く行う",
        "有料",
        "有料。",
        "無制限",
        "無停止",
        "制約は無 (上限は別紙)",
        "有無",
        "可用性",
        "不可逆の暗号化",
        "対応時間は平日",
        "対応:平日10時から",
        "実施・報告を行う",
        "対応している。",
        "実施しています",
        "取り決めはございません",
        "(有)例商会",
        "No data is stored",
        "No.1",
        "No. 12",
        "No-code",
        "X線",
        "Xサーバ",
        "○○株式会社",
        "〇年〇月",
        "○メール ○電話",
        "○ メール\n○ 電話",
        "● 暗号化 ● 認証",
        "×2台",
        "- メール",
        "検討中",
        "対応予定",
        "特になし",
        "要相談",
        "NDA締結後",
        "OKR",
        "済州島",
        "未来",
        "■暗号化",
        "否認防止",
        "1.有。7日前",
        "(1)",
        "1 有料",
        "(x) (y)",
        "(a) はい",
        "[ ]",
        "○有 ○無",
    ] {
        assert_eq!(marks.judge(cell), Judgement::Words, "{cell:?}");
    }
}

#[test]
fn the_ticked_alternative_counts() {
    let marks = marks();
    for (cell, mark, rest) in [
        ("☑有 □無", "有", ""),
        ("■有　□無", "有", ""),
        ("□はい ■いいえ", "いいえ", ""),
        ("☐ 対応 ☑ 未対応 ☐ 対象外", "未対応", ""),
        ("☑有 □無 7日前まで", "有", "7日前まで"),
        ("☑有（7日前まで） □無", "有", "（7日前まで）"),
        ("有☑ 無□", "有", ""),
        ("有:□ 無:■", "無", ""),
        ("●有 ○無", "有", ""),
        ("○はい ●いいえ", "いいえ", ""),
        ("☑ 対応済み", "対応済み", ""),
        ("□有・■無", "無", ""),
        ("☑ メールで通知", "☑", "メールで通知"),
        ("[x] Yes [ ] No", "Yes", ""),
        ("[x] Yes", "Yes", ""),
        ("[ ] Yes [✓] No", "No", ""),
        ("（○）有　（　）無", "有", ""),
        ("（■有・□無）", "有", ""),
        ("(x) はい ( ) いいえ", "はい", ""),
    ] {
        let Judgement::Mark(read) = marks.judge(cell) else {
            panic!("{cell:?} {:?}", marks.judge(cell));
        };
        assert_eq!((read.mark, read.rest), (mark, rest), "{cell:?}");
    }
    for cell in ["☑メール ☑電話 □FAX", "☑メール □電話"] {
        assert_eq!(marks.judge(cell), Judgement::Words, "{cell:?}");
    }
}

#[test]
fn a_choice_that_nobody_made_is_no_answer() {
    let marks = marks();
    for cell in [
        "□有 □無",
        "☐はい　☐いいえ",
        "有・無",
        "有 ／ 無",
        "Yes / No",
        "○・×",
        "○ × △",
        "はい・いいえ・対象外",
        "□",
        "□ 対応",
        "[ ] Yes [ ] No",
        "[ ] 対応",
        "（　）有（　）無",
        "（□有・□無）",
        "可、不可",
    ] {
        assert_eq!(marks.judge(cell), Judgement::Unanswered, "{cell:?}");
    }
}

#[test]
fn any_text_is_judged_without_a_panic() {
    let marks = marks();
    let pieces = [
        "有", "無", "□", "■", "○", "●", "(", ")", "【", " ", "・", "No", ".", "\u{200B}", "ﾅ", "ｼ",
        "ー",
    ];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                for d in pieces {
                    marks.judge(&[a, b, c, d].concat());
                }
            }
        }
    }
    marks.judge(&"○ ".repeat(100_000));
    marks.judge(&"有・".repeat(100_000));
    marks.judge(&"□".repeat(100_000));
}
