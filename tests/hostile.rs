//! Whatever the bytes: an import ends within seconds, in a document with rows or in an error with
//! a reason; it never panics.

mod hostile_files;
mod sheets;

use hostile_files::{Random, import, pack, spreadsheet, time_of_import, unpack, workbook};
use sheets::{all, checkout, sheet_of, source};
use torikomi::error::Failure::{self, Corrupt, Empty, Encrypted, NoTable, TooLarge, Unsupported};

const MIB: usize = 1 << 20;

/// The import fails for one of these reasons.
#[track_caller]
fn fails(name: &str, bytes: impl Into<Vec<u8>>, reasons: &[Failure]) {
    match import(name, bytes.into()) {
        Ok(_) => panic!("{name}: imported; it should fail as one of {reasons:?}"),
        Err(error) => assert!(
            reasons.contains(&error.reason),
            "{name}: {error}; it should fail as one of {reasons:?}"
        ),
    }
}

fn case(name: &str) -> Vec<u8> {
    source(&sheet_of(&checkout("fixtures/cases").join(name))).bytes
}

#[test]
fn files_that_hold_nothing() {
    fails("empty.txt", "", &[Empty]);
    fails("empty.xlsx", "", &[Empty]);
    for (name, bytes) in [
        ("spaces.txt", &b"  \t \r\n\r\n"[..]),
        ("mark.csv", b"\xef\xbb\xbf"),
        ("mark16.txt", b"\xff\xfe"),
        ("zeros.csv", &[0; 4096]),
    ] {
        fails(name, bytes, &[Empty, NoTable, Unsupported]);
    }
    fails("header.csv", "No.,項目,規定内容,回答\n", &[NoTable]);
    fails("one-word.txt", "回答", &[NoTable]);
}

#[test]
fn files_that_are_not_what_they_are_called() {
    let mut random = Random::new(7);
    let noise: Vec<u8> = (0..MIB).map(|_| random.below(256) as u8).collect();
    for name in ["noise.csv", "noise.xlsx", "noise.xls", "noise.ods", "noise"] {
        fails(name, noise.clone(), &[Unsupported, Corrupt, NoTable]);
    }
    for (name, magic) in [
        ("a.xlsx", &b"PK\x03\x04"[..]),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.zip", b"PK\x05\x06"),
    ] {
        let bytes = [magic, &noise[..5000]].concat();
        fails(name, bytes, &[Unsupported, Corrupt, NoTable]);
        fails(name, magic, &[Unsupported, Corrupt, NoTable]);
    }
    fails("locked.xlsx", case("xlsx/password-protected"), &[Encrypted]);
    fails("locked.xls", case("xls/password-protected"), &[Encrypted]);
}

#[test]
fn packages_that_swell() {
    let spaces = vec![b' '; MIB];
    fails(
        "bomb.xlsx",
        workbook("", &spaces, 300, "</sheetData>"),
        &[TooLarge],
    );
    fails("bomb.ods", spreadsheet("", "", &spaces, 300), &[TooLarge]);
    let entities = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>"#;
    let row = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>&c;&c;</text:p></table:table-cell></table:table-row>";
    let _ = import("entities.ods", spreadsheet(entities, row, b"", 0));
    let everywhere = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>有</text:p></table:table-cell></table:table-row>"#;
    fails(
        "repeated.ods",
        spreadsheet("", everywhere, b"", 0),
        &[TooLarge, NoTable],
    );
}

#[test]
fn worksheets_that_pretend_to_be_large() {
    let far = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>回答</t></is></c></row><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>有</t></is></c></row>"#;
    fails(
        "far.xlsx",
        workbook(far, b"", 0, "</sheetData>"),
        &[NoTable, TooLarge],
    );
    let merged =
        r#"</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>"#;
    let one = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>回答</t></is></c></row>"#;
    fails(
        "merged.xlsx",
        workbook(one, b"", 0, merged),
        &[NoTable, TooLarge],
    );
    fails(
        "deep.xlsx",
        workbook("", b"<x>", 300_000, "</sheetData>"),
        &[NoTable, Corrupt],
    );
    fails(
        "string.xlsx",
        workbook(
            r#"<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>"#,
            b"",
            0,
            "</sheetData>",
        ),
        &[NoTable, Corrupt],
    );
    for reference in ["A0", "ZZZZZZ1", "A99999999999", "", "1A", "表1"] {
        let cell =
            format!(r#"<row r="1"><c r="{reference}" t="inlineStr"><is><t>有</t></is></c></row>"#);
        fails(
            "reference.xlsx",
            workbook(&cell, b"", 0, "</sheetData>"),
            &[NoTable, Corrupt, TooLarge],
        );
    }
}

#[test]
fn texts_that_are_large() {
    let sheet = "No.,項目,規定内容,回答\n1,サービス時間,サービスを提供する時間帯,";
    let _ = import(
        "line.csv",
        [sheet.as_bytes(), &vec![b'a'; 50 * MIB]].concat(),
    );
    let _ = import(
        "quote.csv",
        [sheet.as_bytes(), b"\"", &vec![b'a'; 5 * MIB]].concat(),
    );
    let quotes = "\"有\n".repeat(MIB);
    let _ = import("quotes.csv", [sheet, &quotes].concat().into_bytes());
    let columns = |cell: &str, between: &str| vec![cell; 100_000].join(between).into_bytes();
    let _ = import("columns.csv", columns("回答", ","));
    let _ = import(
        "columns.tsv",
        [columns("項目", "\t"), b"\n".to_vec(), columns("有", "\t")].concat(),
    );
    let _ = import("pipes.md", vec![b'|'; MIB]);
    let _ = import(
        "brackets.txt",
        format!("{sheet}{}", "(".repeat(MIB)).into_bytes(),
    );
    let _ = import(
        "digits.csv",
        format!("{sheet}{}日以内", "9".repeat(MIB)).into_bytes(),
    );
    let _ = import(
        "marks.csv",
        format!("{sheet}{}", "か\u{3099}".repeat(MIB / 2)).into_bytes(),
    );
}

/// Eight times the lines must not take much more than eight times as long.
#[test]
fn time_grows_with_the_lines_and_no_faster() {
    const FEW: usize = 2_500;
    const TIMES: usize = 8;
    const TOO_MUCH: f64 = 2.5 * TIMES as f64;
    let sheets = [
        ("same.txt", "", "1\t有\n"),
        ("numbered.txt", "", "#\t有\n"),
        ("prose.txt", "", "これは#行目です。\n"),
        ("banners.csv", "No.,項目,回答\n", "章#,,\n1,時間,有\n"),
        ("items.csv", "No.,項目,回答\n", "#,サービス時間,有\n"),
        ("headers.csv", "", "No.,項目,回答\n1,時間,有\n"),
        ("answers.csv", "No.,項目,回答\n1,時間,有\n", ",,行#\n"),
        ("footers.txt", "No.\t項目\t回答\n", "1\t時間\t有\n\n#/9\n\n"),
        (
            "moved.csv",
            "No.,区分,項目,規定内容,回答\n",
            "#,可用性,時間,時間帯の記述,有\n#,時間,時間帯の記述,有\n",
        ),
    ];
    for (name, header, line) in sheets {
        let text = |lines: usize| {
            let line = |n: usize| line.replace('#', &n.to_string());
            let body: String = (1..=lines).map(line).collect();
            format!("{header}{body}").into_bytes()
        };
        let few = time_of_import(name, text(FEW));
        let many = time_of_import(name, text(FEW * TIMES));
        assert!(
            many < TOO_MUCH * few,
            "{name}: {FEW} lines take {few:.3} s, {} take {many:.3} s",
            FEW * TIMES
        );
    }
}

#[test]
fn every_fixture_cut_short() {
    const PLACES: usize = 20;
    for path in all() {
        let whole = source(&path);
        for i in 0..PLACES {
            let end = whole.bytes.len() * i / PLACES;
            let name = format!("{} cut at {end}", path.display());
            let _ = import(&name, whole.bytes[..end].to_vec());
        }
    }
}

#[test]
fn every_fixture_with_flipped_bits() {
    const FLIPS: usize = 6;
    let mut random = Random::new(20_260_401);
    for path in all() {
        let whole = source(&path);
        for i in 0..FLIPS {
            let mut bytes = whole.bytes.clone();
            if bytes.is_empty() {
                continue;
            }
            // One bit, then more of them.
            for _ in 0..=i * i {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
            let _ = import(&format!("{} flip {i}", path.display()), bytes);
        }
    }
}

#[test]
fn every_package_with_flipped_bits_in_its_parts() {
    const FLIPS: usize = 8;
    let mut random = Random::new(20_260_402);
    let mut packages = 0;
    for path in all() {
        let whole = source(&path);
        let Some(parts) = unpack(&whole.bytes).filter(|p| !p.is_empty()) else {
            continue;
        };
        packages += 1;
        for i in 0..FLIPS {
            let mut parts = parts.clone();
            for _ in 0..=i {
                let part = random.below(parts.len());
                let content = &mut parts[part].1;
                let at = random.below(content.len());
                if let Some(byte) = content.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            let packed = pack(parts.iter().map(|(n, c)| (n.as_str(), c.as_slice())));
            let _ = import(&format!("{} part flip {i}", path.display()), packed);
        }
    }
    assert!(packages > 40, "the packages are there");
}
