use super::*;

/// A value in a line: kind, comparison, number, upper number, unit, iso, words.
fn line(value: &Value) -> String {
    let kind = match value.kind {
        ValueKind::Duration => "duration",
        ValueKind::Percentage => "percentage",
        ValueKind::Count => "count",
        ValueKind::Generations => "generations",
        ValueKind::TimeOfDay => "time",
        ValueKind::AlwaysOn => "always",
        ValueKind::ByteSize => "size",
        ValueKind::ProtocolVersion => "protocol",
        ValueKind::Money => "money",
        ValueKind::Date => "date",
        ValueKind::Frequency => "frequency",
    };
    let op = match value.op {
        Some(Op::AtLeast) => " >=",
        Some(Op::MoreThan) => " >",
        Some(Op::AtMost) => " <=",
        Some(Op::LessThan) => " <",
        Some(Op::About) => " ~",
        Some(Op::Average) => " avg",
        None => "",
    };
    let number = value.number.map_or(String::new(), |n| format!(" {n}"));
    let max = value.max.map_or(String::new(), |n| format!("..{n}"));
    let unit = value
        .unit
        .as_ref()
        .map_or(String::new(), |u| format!(" {u}"));
    let iso = value
        .iso
        .as_ref()
        .map_or(String::new(), |i| format!(" @{i}"));
    format!("{kind}{op}{number}{max}{unit}{iso} |{}", value.text)
}

fn check(cases: &[(&str, &[&str])]) {
    for (text, want) in cases {
        let got: Vec<String> = values(text).iter().map(line).collect();
        assert_eq!(got, *want, "{text}");
    }
}

#[test]
fn lengths_of_time() {
    check(&[
        (
            "作業の5営業日前までに画面で通知",
            &["duration <= 5 business_day |5営業日前まで"],
        ),
        ("1年以上前に書面で案内", &["duration >= 1 year |1年以上前"]),
        ("45日前に案内", &["duration 45 day |45日前"]),
        ("2ヶ月程度前に案内", &["duration ~ 2 month |2ヶ月程度前"]),
        ("平均4秒以内", &["duration <= 4 second |平均4秒以内"]),
        ("平均10分", &["duration avg 10 minute |平均10分"]),
        ("最長35日間、保存", &["duration <= 35 day |最長35日間"]),
        ("記録は最低3年間残す", &["duration >= 3 year |最低3年間"]),
        ("約３時間", &["duration ~ 3 hour |約3時間"]),
        ("24 時間以内", &["duration <= 24 hour |24 時間以内"]),
        ("3〜5営業日", &["duration 3..5 business_day |3~5営業日"]),
        ("3日~5日", &["duration 3..5 day |3日~5日"]),
        ("1年から3年", &["duration 1..3 year |1年から3年"]),
        ("数秒~8分で検知", &["duration <= 8 minute |~8分"]),
        ("2週間以上前の記録", &["duration >= 2 week |2週間以上前"]),
        (
            "5秒以上の遅れは2時間以内に解消",
            &[
                "duration >= 5 second |5秒以上",
                "duration <= 2 hour |2時間以内",
            ],
        ),
        ("日中/2分以内 夜間/なし", &["duration <= 2 minute |2分以内"]),
        (
            "この6ヶ月は2件。",
            &["duration 6 month |6ヶ月", "count 2 case |2件"],
        ),
        (
            "一年間保管、三世代",
            &[
                "duration 1 year |一年間",
                "generations 3 generation |三世代",
            ],
        ),
        ("半年間保管", &["duration 6 month |半年間"]),
        (
            "取得の20分前まで戻せる",
            &["duration <= 20 minute |20分前まで"],
        ),
        ("within 24 hours", &["duration <= 24 hour |within 24 hours"]),
        (
            "at least 5 business days",
            &["duration >= 5 business_day |at least 5 business days"],
        ),
        (
            "500ミリ秒未満、200ms",
            &[
                "duration < 500 millisecond |500ミリ秒未満",
                "duration 200 millisecond |200ms",
            ],
        ),
        ("RTO4時間", &["duration 4 hour |4時間"]),
        ("90日を超える", &["duration > 90 day |90日を超える"]),
        ("1.5時間", &["duration 1.5 hour |1.5時間"]),
    ]);
}

#[test]
fn rates_and_counts() {
    check(&[
        (
            "99.5%~99.9%",
            &["percentage 99.5..99.9 percent |99.5%~99.9%"],
        ),
        ("US$100", &["money 100 dollar |$100"]),
        ("99.9%以上", &["percentage >= 99.9 percent |99.9%以上"]),
        (
            "99.975％(この2年の値)",
            &["percentage 99.975 percent |99.975%", "duration 2 year |2年"],
        ),
        (
            "９９．９パーセント",
            &["percentage 99.9 percent |99.9パーセント"],
        ),
        (
            "目標 99.5%、実績 99.95%以上",
            &[
                "percentage 99.5 percent |99.5%",
                "percentage >= 99.95 percent |99.95%以上",
            ],
        ),
        ("重い障害は0件。", &["count 0 case |0件"]),
        (
            "1,000ユーザー以上",
            &["count >= 1000 user |1,000ユーザー以上"],
        ),
        ("担当者3名体制", &["count 3 person |3名"]),
        ("5〜10名", &["count 5..10 person |5~10名"]),
        ("10万件まで", &["count <= 100000 case |10万件まで"]),
        ("14世代を残す", &["generations 14 generation |14世代"]),
        ("8文字以上", &["count >= 8 character |8文字以上"]),
        (
            "10GBまで、1ファイル500MB以下",
            &[
                "size <= 10 gigabyte |10GBまで",
                "size <= 500 megabyte |500MB以下",
            ],
        ),
        (
            "月額1,000円、初期費用は500万円",
            &["money 1000 yen |1,000円", "money 5000000 yen |500万円"],
        ),
        (
            "¥3,000から 最大1億円",
            &[
                "money 3000 yen |¥3,000",
                "money <= 100000000 yen |最大1億円",
            ],
        ),
    ]);
}

#[test]
fn how_often() {
    check(&[
        ("1日1回取得", &["frequency 1 time @P1D |1日1回"]),
        ("年2回", &["frequency 2 time @P1Y |年2回"]),
        ("月1回以上", &["frequency >= 1 time @P1M |月1回以上"]),
        (
            "最長でも2ヶ月に1回程度",
            &["frequency >= 1 time @P2M |最長でも2ヶ月に1回程度"],
        ),
        ("2年に1回は更新", &["frequency 1 time @P2Y |2年に1回"]),
        ("半期に一度見直す", &["frequency 1 time @P6M |半期に一度"]),
        (
            "年に一回、四半期ごと",
            &[
                "frequency 1 time @P1Y |年に一回",
                "frequency 1 time @P3M |四半期ごと",
            ],
        ),
        ("毎日、差分を取得", &["frequency 1 time @P1D |毎日"]),
        ("毎日3回", &["frequency 3 time @P1D |毎日3回"]),
        ("日次で複製", &["frequency 1 time @P1D |日次"]),
        (
            "5分ごとに監視、1時間間隔",
            &[
                "frequency 1 time @PT5M |5分ごと",
                "frequency 1 time @PT1H |1時間間隔",
            ],
        ),
        ("2回/年", &["frequency 2 time @P1Y |2回/年"]),
        ("一日一回", &["frequency 1 time @P1D |一日一回"]),
        ("backed up daily", &["frequency 1 time @P1D |daily"]),
        ("2回", &["count 2 time |2回"]),
        (
            "1回/3ヶ月、2回(年)",
            &[
                "frequency 1 time @P3M |1回/3ヶ月",
                "frequency 2 time @P1Y |2回(年)",
            ],
        ),
        ("年1~2回", &["frequency 1..2 time @P1Y |年1~2回"]),
        ("2回/年 (定例)", &["frequency 2 time @P1Y |2回/年"]),
        ("隔週で実施", &["frequency 1 time @P2W |隔週"]),
    ]);
}

#[test]
fn times_of_day_and_always() {
    check(&[
        ("平日 10時~18時", &["time @10:00/18:00 |10時~18時"]),
        ("平日9:30-15:45 (窓口)", &["time @09:30/15:45 |9:30-15:45"]),
        ("10〜18時", &["time @10:00/18:00 |10~18時"]),
        ("9時から17時30分", &["time @09:00/17:30 |9時から17時30分"]),
        ("午前9時~午後6時", &["time @09:00/18:00 |午前9時~午後6時"]),
        ("午後6時以降", &["time >= @18:00 |午後6時以降"]),
        ("18:00まで", &["time <= @18:00 |18:00まで"]),
        ("22:00~翌6:00", &["time @22:00/06:00 |22:00~翌6:00"]),
        (
            "毎日3時に取得",
            &["frequency 1 time @P1D |毎日", "time @03:00 |3時"],
        ),
        ("24時間365日。保守の時を除く", &["always |24時間365日"]),
        (
            "24 時間 365 日 (予告した停止を除く)",
            &["always |24 時間 365 日"],
        ),
        ("24時間・366日", &["always |24時間・366日"]),
        ("24/7", &["always |24/7"]),
        ("24h365d", &["always |24h365d"]),
        ("365日24時間", &["always |365日24時間"]),
        ("24時間年中無休", &["always |24時間年中無休"]),
        ("24時間体制で監視", &["always |24時間"]),
        ("24時間", &["duration 24 hour |24時間"]),
        ("24時間以内に対応", &["duration <= 24 hour |24時間以内"]),
    ]);
}

#[test]
fn versions_and_dates() {
    check(&[
        ("TLS1.2以上", &["protocol >= 1.2 tls @1.2 |TLS1.2以上"]),
        (
            "社外との経路はTLS1.2 以上",
            &["protocol >= 1.2 tls @1.2 |TLS1.2 以上"],
        ),
        (
            "TLS 1.2/1.3",
            &[
                "protocol 1.2 tls @1.2 |TLS 1.2",
                "protocol 1.3 tls @1.3 |1.3",
            ],
        ),
        (
            "TLSv1.2およびTLSv1.3",
            &[
                "protocol 1.2 tls @1.2 |TLSv1.2",
                "protocol 1.3 tls @1.3 |TLSv1.3",
            ],
        ),
        ("SSL3.0は無効", &["protocol 3 ssl @3.0 |SSL3.0"]),
        ("SSL/TLSを使用", &[]),
        ("2022年6月1日取得", &["date @2022-06-01 |2022年6月1日"]),
        ("2026/3/18以降", &["date >= @2026-03-18 |2026/3/18以降"]),
        ("令和4年4月から運用", &["date >= @2022-04 |令和4年4月から"]),
        ("2026年3月末まで", &["date <= @2026-03 |2026年3月末まで"]),
        ("R8.3.18", &["date @2026-03-18 |R8.3.18"]),
    ]);
}

#[test]
fn figures_that_are_no_quantities() {
    for text in [
        "",
        "18号報告書",
        "ISO/IEC 27001",
        "ISO/IEC 27001:2022を取得",
        "SOC1 Type2/18号",
        "2段階認証",
        "登録番号12345678-01",
        "https://example.jp/2024/10:00/a?b=3times を参照",
        "www.example.jp/10:00",
        "第2条",
        "第3回",
        "第2世代",
        "第1四半期",
        "AES256、SHA-256",
        "192.168.0.1",
        "v1.0.3",
        "v2.1",
        "03-1234-5678",
        "二要素認証",
        "3日目",
        "10分の1",
        "2022年",
        "2026年度",
        "4月1日",
        "月末1日",
        "十分な対策",
        "一部対応",
        "統一年度",
        "3層構造",
        "S3",
        "EC2",
        "IPv6",
        "16:9",
        "1対1",
        "2名称",
        "5台帳",
        "3回線",
        "年度末",
        "月額",
        "日本",
        "上半期",
        "年次有給休暇",
        "前日",
        "mail3@example.jp",
        "P1D",
        "平成30年",
        "18年3月",
        "週5日",
        "C:\\10",
        "5人月",
        "HTTP/1.1",
        "Windows 11 日本語版",
        "10.5.3",
        "1/3ページ",
        "No.5",
        "#12",
        "3号機",
        "25時",
        "12:60",
        "256bit",
        "Office365",
        "MFA",
        "24時間帯",
    ] {
        let got: Vec<String> = values(text).iter().map(line).collect();
        assert!(got.is_empty(), "{text} {got:?}");
    }
}

#[test]
fn every_value_is_part_of_the_text() {
    let pieces = [
        "24", "時間", "365", "日", "~", "10", ":", "00", "時", "年", "月", "回", "に", "TLS",
        "1.2", "/", "-", "以上", "前", "まで", "約", "最大", "令和", "元", "毎", "週", "半期",
        "一", "十", "%", "円", "万", ",", "000", " ", "第", "R8", ".", "h", "GB", "¥", "(", ")",
        "間", "ごと",
    ];
    let mut state = 42_u64;
    for _ in 0..200_000 {
        let mut text = String::new();
        for _ in 0..8 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push_str(pieces[state as usize % pieces.len()]);
        }
        let mut from = 0;
        for value in values(&text) {
            let shown = super::shown(&text);
            let at = shown[from..].find(&value.text);
            let at = at.unwrap_or_else(|| panic!("{text} {value:?}"));
            from += at + value.text.len();
            assert!(!value.text.is_empty());
        }
    }
}

#[test]
fn long_hostile_texts_do_not_hang() {
    // Anything quadratic would take hours over texts of this size.
    for piece in [
        "1", "1,000,", "1.", "24時間", "1日に", "10:00~", "TLS1.2/", "一", "毎", "~", "第1", "a1",
        "R8.", "1日~",
    ] {
        values(&piece.repeat(100_000));
    }
}
