use super::*;

#[test]
fn cells_are_shown_as_a_person_would_type_them() {
    let cases = [
        // Width
        ("ＴＬＳ１．２以上", "TLS1.2以上"),
        ("　有　　無　", "有 無"),
        ("（夜間／祝日を除く）", "(夜間/祝日を除く)"),
        ("ｻｰﾋﾞｽ ﾊﾟｯﾁ", "サービス パッチ"),
        ("ｱｸｾｽﾛｸﾞ｡｢可｣､･", "アクセスログ。「可」、・"),
        (
            "㈱例　㎡ Ⅱ ㌫ №３ ㍿ ㋿",
            "(株)例 m2 II パーセント No3 株式会社 令和",
        ),
        ("①業務②保守㊤ⓐ", "①業務②保守㊤ⓐ"),
        ("⑴⒈", "(1)1."),
        ("②ｻｰﾊﾞ", "②サーバ"),
        // Old and look-alike code points
        ("停⽌ ⼀⼆ ⾒⻑ ⻄⻘ ⼾⿊", "停止 一二 見長 西青 戸黒"),
        ("神\u{FA19}", "神神"),
        ("葛\u{E0100}城 辻\u{FE00}", "葛城 辻"),
        ("か\u{3099}は\u{309A}", "がぱ"),
        ("カ゛ハ゜゛", "ガパ゛"),
        ("𡌶", "𡌶"),
        // Dashes
        ("10〜18時 10～18時 10∼18時", "10~18時 10~18時 10~18時"),
        ("03‐1234−5678－9–1", "03-1234-5678-9-1"),
        ("10ー18時、１ー１", "10-18時、1-1"),
        ("サーバー", "サーバー"),
        ("実施――ただし── ー", "実施——ただし—— ー"),
        // Unseen
        ("停\u{200B}止\u{FEFF}\u{AD}\u{200E}中", "停止中"),
        ("A\u{A0}\u{3000}B", "A B"),
        ("\u{F0B7} 暗号化 \u{F0FE}", "• 暗号化 ☑"),
        ("\u{0}\u{7}有", "有"),
        // Markup
        (
            "有 <ul style=\"list-style-type: disc\"> ログ: 随時</ul>",
            "有 ログ: 随時",
        ),
        ("A<br>B<BR/>C", "A B C"),
        ("<p>7日間</p><p>保管</p>", "7日間 保管"),
        (
            "R&amp;D&nbsp;&lt;担当&gt; &#12354; &#x2460;",
            "R&D <担当> あ ①",
        ),
        ("&amp;lt;br&amp;gt;終", "終"),
        ("A&B; AT&T; &foo;", "A&B; AT&T; &foo;"),
        (
            "<https://example.jp/a?b=1&c=2>",
            "<https://example.jp/a?b=1&c=2>",
        ),
        ("A < B、C > D", "A < B、C > D"),
        ("<担当者>が<b>確認</b>", "<担当者>が確認"),
        ("一行目_x000D_\n二行目", "一行目 二行目"),
        ("＜ｂｒ＞終", "終"),
        // What stays
        ("…", "..."),
        ("´", "´"),
        ("", ""),
        (" \u{200B}　", ""),
    ];
    for (raw, want) in cases {
        assert_eq!(show(raw), want, "{raw:?}");
    }
}

#[test]
fn a_line_break_is_a_space_unless_it_is_inside_a_word() {
    let cases = [
        ("有\n7日前までに通知", "有 7日前までに通知"),
        ("実施しています\nなお、", "実施しています なお、"),
        ("メール対応\r\n電話対応", "メール対応 電話対応"),
        (
            "不正侵入検知システム\nファイアウォール",
            "不正侵入検知システム ファイアウォール",
        ),
        ("・暗号化\n・認証", "・暗号化 ・認証"),
        ("計画停\n止", "計画停止"),
        ("番\n号", "番号"),
        ("備\n\n考", "備考"),
        ("サ\nービス", "サービス"),
        ("有\n実施している", "有 実施している"),
        ("事前通知\n有", "事前通知 有"),
        ("有\n無", "有 無"),
        ("対\n応\n可", "対応可"),
        ("あり\n。", "あり。"),
        ("「\n可」", "「可」"),
        ("A\nB", "A B"),
        (
            "バックアップは日次で取得し、別\nの拠点に保管しております。また\n、年に一度の復旧訓練を行います",
            "バックアップは日次で取得し、別の拠点に保管しております。また、年に一度の復旧訓練を行います",
        ),
    ];
    for (raw, want) in cases {
        assert_eq!(show(raw), want, "{raw:?}");
    }
}

/// Texts that are all corner cases, made of pieces that meddle with each other.
fn nasty(seed: u64) -> String {
    const PIECES: [&str; 56] = [
        "<", ">", "b", "br", "<b>", "</p>", "&", ";", "amp", "&amp;", "lt", "#38", "#x3099",
        "#xFF1C", "#x338", "\u{338}", "_", "_x000D", "x000a", "\n", "\n", " ", "　", "ー", "1",
        "A", "か", "カ", "゛", "\u{3099}", "ﾞ", "ﾟ", "ﾊ", "\u{200B}", "\u{FE0F}", "①", "⼾", "⻑",
        "〜", "−", "―", "。", "止", "停", "を", "ん", "々", "…", "´", "˜", "＜", "＞", "；", "＆",
        "!--", "--",
    ];
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize
    };
    let len = next() % 14;
    (0..len).map(|_| PIECES[next() % PIECES.len()]).collect()
}

#[test]
fn showing_twice_changes_nothing() {
    for seed in 1..200_000 {
        let raw = nasty(seed);
        let once = show(&raw);
        assert_eq!(show(&once), once, "{raw:?}");
        assert!(
            !once.contains(['\n', '　']) && once.trim() == once,
            "{raw:?}"
        );
    }
}

#[test]
fn long_hostile_texts_do_not_hang() {
    // Anything quadratic would take hours over texts of this size.
    for piece in [
        "<", "&", "&amp", "<b", "_x000D", "゛", "\n", "<b>", "&#59", "か\n",
    ] {
        show(&piece.repeat(200_000));
        show(&(piece.repeat(100_000) + &">;_".repeat(100_000)));
    }
}
