use encoding_rs::{EUC_JP, Encoding as Coding, ISO_2022_JP, SHIFT_JIS};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::*;
use crate::config::ExtractConfig;

const JAPANESE: [&Coding; 6] = [SHIFT_JIS, EUC_JP, ISO_2022_JP, UTF_8, UTF_16LE, UTF_16BE];

/// Sheets of a few lines.
const SHEETS: [&str; 8] = [
    "No.\t項目\t回答\r\n1\t通信の暗号化\t有。TLS 1.2以上\r\n2\tログの取得\t無\r\n",
    "番号,確認内容,回答\n1,データセンターは国内にありますか,はい\n2,再委託はありますか,いいえ\n",
    "①　可用性\n稼働率は９９．９％以上です。\n計画停止は㈱サンプルの窓口より１週間前に通知します。\n",
    "項目\t回答\nｻｰﾋﾞｽ時間\t24時間365日\nﾊﾞｯｸｱｯﾌﾟ\t日次で取得しています\n",
    "担当：髙橋\n回答日：令和六年四月一日\n対象外の項目には「－」を記入しています。\n",
    "質問,回答\n脆弱性診断を実施していますか？,年１回以上、第三者が実施しています。\n",
    "セキュリティチェックシート\n\n会社名：ソ連邦表能十貼暴予構\n",
    "A\tはい…\nB\t“確認中”\nC\t※備考―参照\n",
];

/// What fills a cell, or a file that someone cut down to one line.
const SHORT: [&str; 30] = [
    "有",
    "可",
    "無",
    "○",
    "①",
    "㈱",
    "ソ",
    "表",
    "ー",
    "※",
    "はい",
    "いいえ",
    "対応",
    "情報",
    "対応可否",
    "株式会社",
    "髙橋",
    "ｻｰﾋﾞｽ",
    "ﾃﾞｰﾀ",
    "ﾊﾞｯｸｱｯﾌﾟ",
    "対象外",
    "未回答",
    "非公開",
    "東京",
    "№１",
    "年２回",
    "99.9％",
    "TLS 1.2以上",
    "A,B,可",
    "1,ﾃﾞｰﾀ,ｱﾘ",
];

fn encoded(text: &str, coding: &'static Coding) -> Option<Vec<u8>> {
    if coding == ISO_2022_JP && text.contains(|c| ('ｦ'..='ﾟ').contains(&c)) {
        return None; // the encoder makes half-width kana full-width
    }
    if coding == UTF_16LE {
        return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if coding == UTF_16BE {
        return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, unmappable) = coding.encode(text);
    (!unmappable).then(|| bytes.into_owned())
}

fn read(bytes: &[u8], declared: Option<&str>) -> (String, Encoding, Vec<crate::model::Warning>) {
    let mut ledger = Ledger::new(&ExtractConfig::default());
    let decoded = decode(bytes, declared, &mut ledger).unwrap();
    (
        decoded.text.into_owned(),
        decoded.encoding,
        ledger.into_warnings(),
    )
}

#[test]
fn a_sheet_of_a_few_lines_is_read_in_its_encoding_and_surely() {
    for sheet in SHEETS {
        for repeat in [1, 300] {
            let text = sheet.repeat(repeat);
            for coding in JAPANESE {
                let Some(bytes) = encoded(&text, coding) else {
                    continue; // ISO-2022-JP has no 髙
                };
                let (read, encoding, warnings) = read(&bytes, None);
                assert_eq!(encoding.name, labels::name(coding), "{sheet:?}");
                assert_eq!(read, text, "{}", coding.name());
                assert!(encoding.confidence >= SURE, "{encoding:?} {sheet:?}");
                assert_eq!(warnings, [], "{} {sheet:?}", coding.name());
            }
        }
    }
}

#[test]
fn a_short_text_is_never_read_wrongly_and_surely() {
    let mut right = 0;
    let mut all = 0;
    for text in SHORT {
        for ending in ["", "\n", "\r\n"] {
            let line = format!("{text}{ending}");
            for coding in JAPANESE {
                // Without a line end, a word in UTF-16 may be plain ASCII: はい is `o0D0`.
                let Some(bytes) = encoded(&line, coding) else {
                    continue;
                };
                if ending.is_empty() && bytes.is_ascii() && coding != ISO_2022_JP {
                    continue;
                }
                let (read, encoding, warnings) = read(&bytes, None);
                let is_right = read == line;
                all += 1;
                right += usize::from(is_right);
                assert!(
                    is_right || encoding.confidence < SURE,
                    "{line:?} in {} was read as {read:?}, {encoding:?}",
                    coding.name()
                );
                let warned = warnings
                    .iter()
                    .any(|w| w.code == WarningCode::EncodingUncertain);
                assert_eq!(warned, encoding.confidence < SURE);
            }
        }
    }
    // No reading of one character is certain; nearly all should still be right.
    assert!(right * 20 > all * 19, "{right} of {all}");
}

#[test]
fn western_texts_are_not_taken_for_japanese() {
    for text in [
        "The vendor’s answer is “yes” – fully.\n",
        "No,Item,Café\n",
        "naïve résumé coöperation § 4.2",
        "Verschlüsselung;für Übertragung\n",
    ] {
        let bytes = encoded(text, WINDOWS_1252).unwrap();
        let (read, encoding, _) = read(&bytes, None);
        assert_eq!(
            (read.as_str(), encoding.name.as_str()),
            (text, "windows-1252")
        );
    }
    // In UTF-8 as well, where a few such letters are valid half-width kana in CP932.
    for text in [
        "naïve – résumé\n",
        "Café",
        "±5 %",
        "é",
        "Ö, ä, ü",
        "привет, мир",
        "βeta",
    ] {
        for repeat in [1, 40] {
            let text = text.repeat(repeat);
            let (read, encoding, _) = read(text.as_bytes(), None);
            assert_eq!((&read, encoding.name.as_str()), (&text, "utf-8"));
        }
    }
}

#[test]
fn text_that_is_neither_is_only_read_with_a_warning() {
    // Simplified Chinese in GBK, which is almost valid EUC-JP.
    let (bytes, _, _) = encoding_rs::GBK.encode("服务的可用性是什么？我们提供支持，请回答问题。");
    let (_, encoding, warnings) = read(&bytes.repeat(50), None);
    assert!(encoding.confidence < SURE, "{encoding:?}");
    assert!(warnings[0].message.contains("--encoding"), "{warnings:?}");
}

#[test]
fn marks_at_the_start_decide_and_are_no_text() {
    let sheet = SHEETS[0];
    for (mark, coding, name) in [
        (&b"\xEF\xBB\xBF"[..], UTF_8, "utf-8"),
        (b"\xFF\xFE", UTF_16LE, "utf-16le"),
        (b"\xFE\xFF", UTF_16BE, "utf-16be"),
    ] {
        let bytes = [mark, &encoded(sheet, coding).unwrap()].concat();
        let (text, encoding, warnings) = read(&bytes, None);
        assert_eq!(text, sheet);
        assert_eq!((encoding.name.as_str(), encoding.decided_by), (name, "bom"));
        assert_eq!(warnings, []);
        let (text, encoding, _) = read(&bytes, Some(name));
        assert_eq!((text.as_str(), encoding.decided_by), (sheet, "declared"));
        // Only a mark: nothing, and no fault.
        let (text, encoding, _) = read(mark, None);
        assert_eq!((text.as_str(), encoding.undecodable), ("", 0));
    }
}

#[test]
fn a_declared_encoding_wins_under_all_its_names() {
    let text = "①㈱髙";
    let bytes = encoded(text, SHIFT_JIS).unwrap();
    for label in [
        "cp932",
        "CP932",
        "sjis",
        "Shift_JIS",
        "shift-jis",
        "x-sjis",
        "ms932",
        "windows-31j",
        "Windows_31J",
        "ms_kanji",
        " csshiftjis ",
    ] {
        let (read, encoding, _) = read(&bytes, Some(label));
        assert_eq!(read, text, "{label}");
        assert_eq!(
            (
                encoding.name.as_str(),
                encoding.decided_by,
                encoding.confidence
            ),
            ("cp932", "declared", 1.0)
        );
    }
    for (label, coding) in [
        ("eucjp", EUC_JP),
        ("euc-jp", EUC_JP),
        ("EUC_JP", EUC_JP),
        ("jis", ISO_2022_JP),
        ("iso-2022-jp", ISO_2022_JP),
        ("utf8", UTF_8),
        ("utf-8-sig", UTF_8),
        ("utf-16le", UTF_16LE),
        ("utf-16", UTF_16LE),
        ("utf-16", UTF_16BE),
        ("latin1", WINDOWS_1252),
    ] {
        let text = if coding == WINDOWS_1252 {
            "Café"
        } else {
            "回答は有です。\n"
        };
        let (read, encoding, _) = read(&encoded(text, coding).unwrap(), Some(label));
        assert_eq!(read, text, "{label}");
        assert_eq!(encoding.name, labels::name(coding), "{label}");
    }
    // Read as asked even where it is wrong, with a word on every byte.
    let (text, encoding, warnings) = read(&encoded("有\n無\n", SHIFT_JIS).unwrap(), Some("utf-8"));
    assert!(text.contains(char::REPLACEMENT_CHARACTER));
    assert!(encoding.undecodable > 0 && !warnings.is_empty());
    let (_, _, warnings) = read(b"\xEF\xBB\xBFabc", Some("cp932"));
    assert!(warnings[0].message.contains("byte order mark of utf-8"));
}

#[test]
fn an_unknown_encoding_is_an_error_that_names_it() {
    for label in ["", "klingon", "hz-gb-2312", "utf-7"] {
        assert!(!is_known_encoding(label));
        let mut ledger = Ledger::new(&ExtractConfig::default());
        let error = decode(b"abc", Some(label), &mut ledger).unwrap_err();
        assert!(error.message.contains(&format!("“{label}”")), "{error}");
    }
    assert!(is_known_encoding("cp932"));
}

#[test]
fn utf8_with_a_few_bad_bytes_stays_utf8_and_names_their_lines() {
    let mut bytes = "一行目です\r\n二行目".as_bytes().to_vec();
    bytes.extend(b"\xFF\x83");
    bytes.extend("の終わり\r\n三行目\r\n四行目".as_bytes());
    bytes.push(0xE5);
    let (text, encoding, warnings) = read(&bytes, None);
    assert_eq!(
        text,
        "一行目です\r\n二行目\u{FFFD}\u{FFFD}の終わり\r\n三行目\r\n四行目\u{FFFD}"
    );
    assert_eq!((encoding.name.as_str(), encoding.undecodable), ("utf-8", 3));
    let places: Vec<_> = warnings
        .iter()
        .map(|w| (w.code, w.place.as_deref()))
        .collect();
    let at = |line| (WarningCode::Undecodable, Some(line));
    assert_eq!(places, [at("line 2"), at("line 2"), at("line 4")]);
}

#[test]
fn many_bad_bytes_are_all_counted_and_some_named() {
    let bytes: Vec<u8> = "正しい行です\n".bytes().chain(*b"\xFF\n").collect();
    let (_, encoding, warnings) = read(&bytes.repeat(500), None);
    assert_eq!(
        (encoding.name.as_str(), encoding.undecodable),
        ("utf-8", 500)
    );
    assert_eq!(warnings.len(), SPELT_OUT as usize + 1);
    assert_eq!(warnings[1].place.as_deref(), Some("line 4"));
    assert!(warnings[SPELT_OUT as usize].message.starts_with("480 more"));
}

#[test]
fn bad_bytes_of_other_encodings_are_told_and_nothing_beside_them_is_lost() {
    // A lead byte before a delimiter takes nothing with it.
    let mut cp932 = encoded("1,確認しています", SHIFT_JIS).unwrap();
    cp932.extend(b"\x81,");
    cp932.extend(encoded("次の項目です\n", SHIFT_JIS).unwrap());
    let (text, encoding, _) = read(&cp932, None);
    assert_eq!(text, "1,確認しています\u{FFFD},次の項目です\n");
    assert_eq!((encoding.name.as_str(), encoding.undecodable), ("cp932", 1));

    // UTF-16 with half a surrogate pair and half a unit at the end.
    let mut units: Vec<u16> = "回答は有です\n".encode_utf16().collect();
    units.extend([0xD83D, u16::from(b'\n')]);
    let mut utf16: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
    utf16.push(0x41);
    for bytes in [utf16.clone(), [&b"\xFF\xFE"[..], &utf16].concat()] {
        let (text, encoding, warnings) = read(&bytes, None);
        assert_eq!(text, "回答は有です\n\u{FFFD}\n\u{FFFD}");
        assert_eq!(
            (encoding.name.as_str(), encoding.undecodable),
            ("utf-16le", 2)
        );
        assert_eq!(warnings[0].place.as_deref(), Some("line 2"));
    }
}

#[test]
fn japanese_that_comes_late_is_found() {
    let english = "1,Availability,Is the service available at all times?,Yes\n".repeat(3000);
    for coding in [SHIFT_JIS, EUC_JP, UTF_8] {
        let text = english.clone() + SHEETS[1];
        let (read, encoding, _) = read(&encoded(&text, coding).unwrap(), None);
        assert_eq!(encoding.name, labels::name(coding));
        assert!(read == text);
    }
}

#[test]
fn noise_is_no_text() {
    let mut seed = 7_u64;
    let mut byte = move || {
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (seed >> 33) as u8
    };
    for length in [64, 500, 5_000, 200_000] {
        let noise: Vec<u8> = (0..length).map(|_| byte()).collect();
        let mut ledger = Ledger::new(&ExtractConfig::default());
        let error = decode(&noise, None, &mut ledger).unwrap_err();
        assert_eq!(error.reason, Failure::Unsupported, "{length}");
    }
    let mut ledger = Ledger::new(&ExtractConfig::default());
    assert!(decode(&[0; 4096], None, &mut ledger).is_err());
    assert!(decode(b"\x01\x02\x03\x04", None, &mut ledger).is_err());
    // A stray control character in a text is not noise.
    assert_eq!(read(b"a\x01b", None).0, "a\u{1}b");
    assert_eq!(read("可\0".as_bytes(), None).0, "可\0");
}
