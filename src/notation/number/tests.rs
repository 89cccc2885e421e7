use super::*;

#[test]
fn cells_that_are_numbers() {
    use Style::{Coded, Kana, Kanji, Letter, Levels, Marked, Plain, Roman};
    for (cell, path, style) in [
        ("1", &[1][..], Plain),
        ("０１", &[1], Plain),
        (" 12 ", &[12], Plain),
        ("１．", &[1], Marked),
        ("1)", &[1], Marked),
        ("（１）", &[1], Marked),
        ("( 3 )", &[3], Marked),
        ("①", &[1], Marked),
        ("㉑", &[21], Marked),
        ("⑴", &[1], Marked),
        ("⒓", &[12], Marked),
        ("【1】", &[1], Marked),
        ("[2]", &[2], Marked),
        ("1-1", &[1, 1], Levels),
        ("１－１", &[1, 1], Levels),
        ("1ー2", &[1, 2], Levels),
        ("1 - 2", &[1, 2], Levels),
        ("1.1.2", &[1, 1, 2], Levels),
        ("1.1.", &[1, 1], Levels),
        ("1.0", &[1, 0], Levels),
        ("2-(3)", &[2, 3], Levels),
        ("2(3)", &[2, 3], Levels),
        ("1-①", &[1, 1], Levels),
        ("1-A", &[1, 1], Levels),
        ("3-ア", &[3, 1], Levels),
        ("A-1", &[1, 1], Levels),
        ("A.5.1", &[1, 5, 1], Levels),
        ("A1", &[1, 1], Coded),
        ("3b", &[3, 2], Levels),
        ("No.１", &[1], Marked),
        ("№ 7", &[7], Marked),
        ("NO-3", &[3], Marked),
        ("#3", &[3], Marked),
        ("Q3", &[3], Marked),
        ("Ｑ１-2", &[1, 2], Marked),
        ("問5", &[5], Marked),
        ("設問 5.", &[5], Marked),
        ("第1条", &[1], Marked),
        ("第２章", &[2], Marked),
        ("第十二条", &[12], Marked),
        ("第 3 節", &[3], Marked),
        ("第3条の2", &[3, 2], Marked),
        ("3章", &[3], Marked),
        ("Ⅰ", &[1], Roman),
        ("Ⅳ", &[4], Roman),
        ("iv)", &[4], Marked),
        ("xii", &[12], Roman),
        ("Ⅰ-2", &[1, 2], Levels),
        ("ア", &[1], Kana),
        ("ｱ", &[1], Kana),
        ("（ア）", &[1], Marked),
        ("ウ.", &[3], Marked),
        ("A", &[1], Letter),
        ("(b)", &[2], Marked),
        ("一", &[1], Kanji),
        ("（一）", &[1], Marked),
        ("十二", &[12], Kanji),
        ("SEC-01", &[1], Coded),
        ("GV.OC-03", &[3], Coded),
        ("AC-2.1", &[2, 1], Coded),
        ("1-2-3-4-5-6", &[1, 2, 3, 4, 5, 6], Levels),
        ("9999", &[9999], Plain),
    ] {
        let read = read(cell).unwrap_or_else(|| panic!("{cell}"));
        assert_eq!((&*read.number.path, read.style), (path, style), "{cell}");
        assert_eq!(read.number.raw, crate::notation::show(cell));
    }
}

#[test]
fn cells_that_are_no_numbers() {
    for cell in [
        "",
        "　",
        "-",
        "ー",
        "－",
        "○",
        "〇",
        "×",
        "有",
        "可",
        "一部",
        "一般",
        "はい",
        "2026/4/1",
        "2022.6.1",
        "2026-03-18",
        "2026.4",
        "令和4年",
        "4月1日",
        "2026年",
        "20260318",
        "TLS 1.2",
        "TLS1.2",
        "v1.0.3",
        "V2",
        "Ver.2",
        "10:00",
        "10:00-16:00",
        "99.9%",
        "99.9",
        "99.95",
        "0.5",
        "3世代",
        "24時間",
        "3回",
        "1年",
        "03-1234-5678",
        "0120-123-456",
        "090-1234-5678",
        "192.168.0.1",
        "10000",
        "1-2-3-4-5-6-7",
        "-1",
        "+1",
        "1,000",
        "1/2",
        "1~3",
        "AES-256",
        "SHA-256",
        "ISO-27001",
        "ISO/IEC 27001",
        "WPA2",
        "EC2",
        "IPv6",
        "AWS",
        "OK",
        "NG",
        "N/A",
        "Yes",
        "XX",
        "XXX",
        "(株)",
        "(有)",
        "(水)",
        "二要素",
        "第三者",
        "第1種",
        "第1四半期",
        "アイ",
        "サービス",
        "A社",
        "1a2",
        "1号",
        "2F",
        "a.b",
        "e.g.",
        "e.g",
        "<b>",
        "1つ",
        "①②",
        "1(例)",
        "[1",
        "No.",
        "no",
        "問い",
        "項目",
        "12345-1",
    ] {
        assert_eq!(read(cell), None, "{cell}");
    }
}

#[test]
fn letters_that_may_be_meant_otherwise_say_so() {
    for (cell, path, other) in [
        ("I", 1, Some(9)),
        ("V", 5, Some(22)),
        ("イ", 2, Some(1)),
        ("ハ", 26, Some(3)),
        ("B", 2, None),
        ("II", 2, None),
    ] {
        let read = read(cell).unwrap();
        assert_eq!(read.number.path, [path]);
        assert_eq!(read.other, other.map(|o| vec![o]), "{cell}");
    }
    assert_eq!(read("I-3").unwrap().other, Some(vec![9, 3]));
}

#[test]
fn headings_that_begin_with_a_number() {
    for (text, path, rest) in [
        ("1. 情報セキュリティ", &[1][..], "情報セキュリティ"),
        ("１．情報セキュリティ", &[1], "情報セキュリティ"),
        ("1 データ管理", &[1], "データ管理"),
        ("1　Access control", &[1], "Access control"),
        ("1 時間帯の指定", &[1], "時間帯の指定"),
        ("1.2 データ管理", &[1, 2], "データ管理"),
        ("1-2データ管理", &[1, 2], "データ管理"),
        ("1.2.3 データ", &[1, 2, 3], "データ"),
        ("(1) 目的", &[1], "目的"),
        ("（１）目的", &[1], "目的"),
        ("①業務上の役割", &[1], "業務上の役割"),
        ("⑴目的", &[1], "目的"),
        ("【2】認証", &[2], "認証"),
        ("No.3 認証", &[3], "認証"),
        ("Q1. 体制はありますか", &[1], "体制はありますか"),
        ("Q1 体制はありますか", &[1], "体制はありますか"),
        ("第1条（目的）", &[1], "（目的）"),
        ("第２章 総則", &[2], "総則"),
        ("Ⅱ．運用", &[2], "運用"),
        ("Ⅱ 運用", &[2], "運用"),
        ("(ア) 利用者", &[1], "利用者"),
        ("A. 認証", &[1], "認証"),
        ("a) 認証", &[1], "認証"),
        ("一、総則", &[1], "総則"),
        ("■ 1. データ管理", &[1], "データ管理"),
        ("◆3 サポート", &[3], "サポート"),
        ("1: 概要", &[1], "概要"),
        ("2) 概要", &[2], "概要"),
    ] {
        let (number, tail) = lead(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((&*number.path, tail), (path, rest), "{text}");
    }
    assert_eq!(lead("■１．概要").unwrap().0.raw, "1.");
}

#[test]
fn texts_that_begin_with_something_else() {
    for text in [
        "",
        "1",
        "1.",
        "(1)",
        "24 時間 365 日(保守の時を除く)",
        "24時間365日",
        "3 世代",
        "2 回/年",
        "7日前までに通知",
        "1年以上前",
        "99.9%以上",
        "99.9 %",
        "1.5倍",
        "1.5 倍",
        "3.5時間",
        "1-2回",
        "10:00-19:00(平日)",
        "1,000円",
        "1、2年目",
        "2026/4/1 改訂",
        "2026.4 改訂",
        "2026-03-18 更新",
        "2要素認証",
        "2 段階認証",
        "1つ目",
        "A社の規程",
        "A 社",
        "I have",
        "e.g. mail",
        "TLS 1.2",
        "第三者による",
        "第1条に基づき",
        "第三部門",
        "第1項目",
        "3条件で",
        "1 ページ",
        "No.1の実績",
        "Q1の回答",
        "アクセス",
        "ア 利用者",
        "一 総則",
        "二、三日",
        "一部 対応",
        "AES-256 による暗号化",
        "192.168.0.1 から",
        "03-1234-5678 まで",
        "○ 対応",
        "(株)例",
        "<b>太字</b>",
        "3 days",
        "24 hours",
        "5 GB",
        "1 / 3 ページ",
        "1/3 ページ",
        "- 1",
        "10 ~ 18時",
    ] {
        assert_eq!(lead(text), None, "{text}");
    }
}

#[test]
fn weaker_numbers_are_left_to_the_caller() {
    for (text, path, style) in [
        ("A アクセス管理", [1], Style::Letter),
        ("ア 利用者", [1], Style::Kana),
        ("一 総則", [1], Style::Kanji),
        ("I 総則", [1], Style::Roman),
        ("SEC-01 監視", [1], Style::Coded),
    ] {
        let (read, _) = lead_any(text).unwrap();
        assert_eq!(
            (&*read.number.path, read.style),
            (&path[..], style),
            "{text}"
        );
    }
}

#[test]
fn outlines_go_on() {
    for (prev, next) in [
        (&[1][..], &[2][..]),
        (&[1, 1], &[1, 2]),
        (&[1, 9], &[1, 10]),
        (&[1, 3], &[2]),
        (&[1, 3], &[2, 1]),
        (&[1], &[1, 1]),
        (&[1, 2, 4], &[1, 3]),
        (&[], &[1]),
    ] {
        assert!(follows(prev, next), "{prev:?} {next:?}");
    }
    for (prev, next) in [
        (&[1][..], &[1][..]),
        (&[1], &[3]),
        (&[2], &[1]),
        (&[1, 1], &[1, 3]),
        (&[1, 1], &[2, 2]),
        (&[u32::MAX], &[0]),
        (&[1, 2], &[1]),
        (&[], &[]),
    ] {
        assert!(!follows(prev, next), "{prev:?} {next:?}");
    }
}

#[test]
fn any_text_is_read_without_a_panic() {
    let pieces = [
        "1", "-", ".", "(", ")", "①", "A", "ア", "十", "第", "条", "の", " ", "Ⅳ", "⑴", "\u{200B}",
        "No",
    ];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                for d in pieces {
                    let text = [a, b, c, d].concat();
                    read(&text);
                    lead_any(&text);
                }
            }
        }
    }
    read(&"1-".repeat(100_000));
    lead_any(&"(".repeat(100_000));
}
