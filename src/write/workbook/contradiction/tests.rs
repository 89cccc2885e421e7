use super::*;

fn answer(mark: Option<&str>, status: Status, text: &str) -> Answer {
    Answer {
        mark: mark.map(str::to_owned),
        status,
        text: text.to_owned(),
        values: Vec::new(),
    }
}

#[test]
fn plain_contradictions_are_found() {
    for (mark, status, item, text) in [
        ("有", Status::Yes, "脆弱性診断", "実施していません。"),
        ("○", Status::Yes, "脆弱性診断", "現在、未実施"),
        (
            "○",
            Status::Yes,
            "負荷テスト",
            "負荷テストは実施しておりません。",
        ),
        (
            "Yes",
            Status::Yes,
            "Penetration test",
            "Currently not implemented.",
        ),
        ("無", Status::No, "脆弱性診断", "実施しています。"),
        (
            "×",
            Status::No,
            "バックアップの方法",
            "毎日3時にフルバックアップを取得しています",
        ),
        ("×", Status::No, "ログの取得", "対応済み"),
        (
            "×",
            Status::No,
            "ログの取得",
            "ログの取得に対応しています。",
        ),
        ("No", Status::No, "Encryption", "Fully supported"),
    ] {
        let said = answer(Some(mark), status, text);
        assert!(contradicts(&said, Some(item)), "{mark} {item}: {text}");
    }
}

#[test]
fn what_may_be_meant_is_no_contradiction() {
    for (mark, status, item, text) in [
        // The mark fits.
        (Some("有"), Status::Yes, "脆弱性診断", "実施しています。"),
        (Some("無"), Status::No, "脆弱性診断", "実施していません。"),
        (Some("No"), Status::No, "Encryption", "Not supported."),
        (Some("Yes"), Status::Yes, "Encryption", "Supported."),
        (Some("無"), Status::No, "再委託", ""),
        // There is no mark.
        (None, Status::Yes, "脆弱性診断", "実施していません。"),
        (None, Status::No, "脆弱性診断", "実施しています。"),
        // Something else is not done, or is done instead.
        (
            Some("有"),
            Status::Yes,
            "脆弱性診断",
            "過去に事故は発生していません。",
        ),
        (
            Some("有"),
            Status::Yes,
            "個人情報の保護",
            "第三者への提供は行っていません。",
        ),
        (
            Some("有"),
            Status::Yes,
            "データの消去",
            "消去証明書の提供はしておりません。",
        ),
        (
            Some("有"),
            Status::Yes,
            "脆弱性診断",
            "外部委託による診断は実施していません。",
        ),
        (
            Some("無"),
            Status::No,
            "再委託",
            "すべて自社で実施しています。",
        ),
        (
            Some("無"),
            Status::No,
            "再委託",
            "社内の要員で行っています。",
        ),
        (
            Some("無"),
            Status::No,
            "データの持ち出し",
            "データの持ち出しを禁止する運用を実施しています。",
        ),
        (
            Some("無"),
            Status::No,
            "冗長化",
            "代わりに日次のバックアップを取得しています。",
        ),
        (
            Some("無"),
            Status::No,
            "個人情報の保管",
            "暗号化を実施しています。",
        ),
        // More is said than that.
        (
            Some("有"),
            Status::Yes,
            "脆弱性診断",
            "実施していません。来期から実施する予定です。",
        ),
        (
            Some("有"),
            Status::Yes,
            "脆弱性診断",
            "アプリは実施、基盤の一部は実施していません。",
        ),
        (
            Some("有"),
            Status::Yes,
            "脆弱性診断",
            "年1回（基盤は未実施）",
        ),
        (
            Some("無"),
            Status::No,
            "脆弱性診断",
            "次年度より脆弱性診断を実施予定です。",
        ),
        (
            Some("無"),
            Status::No,
            "脆弱性診断",
            "脆弱性診断はお客様で実施しています。",
        ),
        (
            Some("無"),
            Status::No,
            "脆弱性診断",
            "定期的な脆弱性診断は実施していませんが、随時実施しています。",
        ),
        (
            Some("△"),
            Status::Partial,
            "脆弱性診断",
            "実施していません。",
        ),
        (
            Some("対象外"),
            Status::NotApplicable,
            "脆弱性診断",
            "実施していません。",
        ),
    ] {
        let said = answer(mark, status, text);
        assert!(!contradicts(&said, Some(item)), "{mark:?} {item}: {text}");
    }
}

#[test]
fn no_text_is_too_odd() {
    for text in [
        "",
        "。",
        "İ実施しています",
        "実施済",
        "𡌶を実施していません",
        "(",
        "\u{0}",
    ] {
        for status in [Status::Yes, Status::No] {
            contradicts(&answer(Some("○"), status, text), None);
            contradicts(&answer(Some("○"), status, text), Some("あ"));
        }
    }
}
