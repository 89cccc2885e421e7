use super::*;
use crate::model::{Inherited, Status};
use crate::notation::{Marks, Units};

fn notation() -> Notation {
    let marks = include_str!("../../mappings/marks.json");
    let units = include_str!("../../mappings/units.json");
    Notation {
        marks: Marks::from_json("marks.json", marks).unwrap(),
        units: Units::from_json("units.json", units).unwrap(),
    }
}

fn one(raw: RawRow) -> Row {
    let sheet = Interpretation {
        rows: vec![raw],
        ..Interpretation::default()
    };
    rows(&sheet, &notation()).remove(0)
}

fn answered(mark: Option<&str>, texts: &[&str]) -> Row {
    one(RawRow {
        mark: mark.map(str::to_owned),
        text: texts.iter().map(|t| (*t).to_owned()).collect(),
        ..RawRow::default()
    })
}

#[test]
fn answers_are_put_together_from_their_cells() {
    use Status::{Blank, No, NotApplicable, Partial, Stated, Yes};
    for (mark, texts, want, status, text) in [
        (
            Some("○"),
            &["メールで通知"][..],
            Some("○"),
            Yes,
            "メールで通知",
        ),
        (Some("○"), &[], Some("○"), Yes, ""),
        (Some(" ◯ "), &[""], Some("◯"), Yes, ""),
        (
            Some("△（一部）"),
            &["国内だけ"],
            Some("△"),
            Partial,
            "(一部) 国内だけ",
        ),
        (
            Some("有。詳細は別紙"),
            &["別紙1"],
            Some("有"),
            Yes,
            "詳細は別紙 別紙1",
        ),
        (Some("24時間365日"), &[""], None, Stated, "24時間365日"),
        (Some("自動"), &["常時検知"], None, Stated, "自動 常時検知"),
        (
            None,
            &["有。3営業日前まで"],
            Some("有"),
            Yes,
            "3営業日前まで",
        ),
        (
            Some(""),
            &["【無】　他社に預けない"],
            Some("無"),
            No,
            "他社に預けない",
        ),
        (
            Some("　"),
            &["取り決めはございません"],
            None,
            Stated,
            "取り決めはございません",
        ),
        (
            None,
            &["有", "無制限に保存"],
            Some("有"),
            Yes,
            "無制限に保存",
        ),
        (None, &["可", "不可"], Some("可"), Yes, "不可"),
        (None, &["", "×"], Some("×"), No, ""),
        (Some("有"), &["有 あります"], Some("有"), Yes, "有 あります"),
        (Some("－"), &["平日10時から"], None, Stated, "平日10時から"),
        (Some("－"), &[""], Some("-"), NotApplicable, ""),
        (Some("○"), &["－"], Some("○"), Yes, "-"),
        (Some("有・無"), &[""], None, Blank, ""),
        (Some("有・無"), &["有。あり"], Some("有"), Yes, "あり"),
        (Some("□有 ■無"), &["予定なし"], Some("無"), No, "予定なし"),
        (None, &["□はい □いいえ"], None, Blank, ""),
        (None, &[], None, Blank, ""),
        (None, &["\u{200B} "], None, Blank, ""),
        (
            None,
            &["可能な限り早く行う"],
            None,
            Stated,
            "可能な限り早く行う",
        ),
        (None, &["１", "２"], None, Stated, "1 2"),
    ] {
        let row = answered(mark, texts);
        let answer = &row.answer;
        assert_eq!(
            (answer.mark.as_deref(), answer.status, &*answer.text),
            (want, status, text),
            "{mark:?} {texts:?}"
        );
    }
}

#[test]
fn values_are_read_from_the_words() {
    let row = answered(Some("有。実施の５営業日前までに通知"), &["年２回"]);
    let texts: Vec<_> = row.answer.values.iter().map(|v| &*v.text).collect();
    assert_eq!(texts, ["5営業日前まで", "年2回"]);
}

#[test]
fn raw_is_kept_where_the_display_form_does_not_show_it() {
    let row = one(RawRow {
        section: Some("（運用）　管理".to_owned()),
        item: Some("停⽌の通知".to_owned()),
        description: Some("<b>事前</b>の通知".to_owned()),
        unit: Some("有無／内容".to_owned()),
        mark: Some("☑有 □無 □対象外".to_owned()),
        text: vec!["Ａ　&amp; B".to_owned()],
        ..RawRow::default()
    });
    let kept: Vec<_> = row.raw.iter().map(|(k, v)| (*k, &**v)).collect();
    assert_eq!(
        kept,
        [
            ("description", "<b>事前</b>の通知"),
            ("item", "停⽌の通知"),
            ("mark", "☑有 □無 □対象外"),
            ("text", "Ａ　&amp; B"),
        ]
    );
    assert_eq!(row.item.as_deref(), Some("停止の通知"));
    assert_eq!(row.section.as_deref(), Some("(運用) 管理"));
    for (mark, kept) in [
        ("有・無", true),
        ("－", true),
        ("有", false),
        ("【有】", false),
    ] {
        let row = answered(Some(mark), &["平日"]);
        assert_eq!(row.raw.contains_key("mark"), kept, "{mark}");
    }
}

#[test]
fn numbers_are_read_or_kept_as_words() {
    let number = |cell: &str| {
        one(RawRow {
            number: Some(cell.to_owned()),
            ..RawRow::default()
        })
        .number
    };
    let number_as_written = number("１－２").unwrap();
    assert_eq!(
        (&*number_as_written.raw, &number_as_written.path[..]),
        ("１－２", &[1, 2][..])
    );
    let words = number("別紙　参照").unwrap();
    assert_eq!((&*words.raw, words.path.len()), ("別紙　参照", 0));
    assert_eq!(number("　"), None);
}

#[test]
fn rows_keep_their_order_place_and_comparison_forms() {
    let raw = |item: &str, inherited| RawRow {
        section: Some("サポート".to_owned()),
        item: Some(item.to_owned()),
        inherited: Inherited {
            item: inherited,
            ..Inherited::default()
        },
        ..RawRow::default()
    };
    let sheet = Interpretation {
        rows: vec![
            raw("サーバーの管理", false),
            raw("サーバーの管理", true),
            raw(" ", false),
        ],
        title: Some("　".to_owned()),
        vendor: Some("㈱例示".to_owned()),
        date: Some("記入日：令和８年３月１８日".to_owned()),
        ..Interpretation::default()
    };
    let rows = rows(&sheet, &notation());
    let places: Vec<_> = rows.iter().map(|r| r.row).collect();
    assert_eq!(places, [1, 2, 3]);
    assert_eq!(rows[0].compare.item, "サーバの管理");
    assert!(rows[1].compare.inherited.item && rows[1].compare.item == rows[0].compare.item);
    assert_eq!(
        (rows[2].item.as_deref(), &*rows[2].compare.section),
        (None, "サポート")
    );
    assert_eq!(title(&sheet), None);
    assert_eq!(vendor(&sheet).as_deref(), Some("(株)例示"));
    assert_eq!(date(&sheet).as_deref(), Some("2026-03-18"));
}
