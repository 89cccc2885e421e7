use super::*;

#[test]
fn no_bytes_make_it_panic_or_hang() {
    let mut seed = 1_u64;
    let mut next = || {
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (seed >> 33) as usize
    };
    let alphabet =
        b"\"\"\",,;;\t\t\n\n\r| -:#\x1B$B(\x00\x01\x81\x82\xA0\xA4\xE3\x81\xFF\xFE\xEF\xBB\xBFab ";
    for round in 0..4000 {
        let bytes: Vec<u8> = (0..next() % 120)
            .map(|_| alphabet[next() % alphabet.len()])
            .collect();
        for name in ["a.txt", "a.csv", "a.md"] {
            for encoding in [None, Some("cp932"), Some("utf-16"), Some("jis")] {
                let config = ExtractConfig {
                    encoding: encoding.map(str::to_owned),
                    ..ExtractConfig::default()
                };
                if let Ok(sheet) = try_read(name, &bytes, &config) {
                    assert!(sheet.encoding.is_some(), "{round}");
                }
            }
        }
    }
}

#[test]
fn long_hostile_texts_do_not_hang() {
    // Anything quadratic would take hours over a text of this size.
    const SIZE: usize = 1 << 20;
    let long = |piece: &str| piece.repeat(SIZE / piece.len());
    for piece in [
        "\"",
        "\"a",
        "\"\"a\n",
        "\"a,",
        "\n\"a",
        "a\n\"\"\n",
        ",\"\"",
        ",\"\"a\n",
        "\t\"",
        "\t\"\n",
        "\t\"a\n",
        "a  b",
        "a\u{3000}b",
        "| a ",
        "|-|-\n",
        "\\|",
        "\r",
        "\r\n",
        "#",
        "```\n",
        "a\tb\n\n\n\n",
        "\"\",\"a\"b\n",
        "\u{1B}$B",
        "  \"a",
        "é",
        "ÿ\n",
        ",",
    ] {
        for name in ["a.csv", "a.txt", "a.md"] {
            let _ = try_read(name, long(piece).as_bytes(), &ExtractConfig::default());
        }
    }
}

#[test]
fn limits_end_in_an_error_that_names_the_line() {
    let config = ExtractConfig {
        max_cells: 10,
        ..ExtractConfig::default()
    };
    for (name, text, line) in [
        ("a.csv", "a,b\n1,2\n3,4\n5,6\n7,8\n".to_owned(), "line 4"),
        ("a.txt", "題\na\tb\n1\t2\n3\t4\n5\t6\n".to_owned(), "line 5"),
        ("a.txt", "題\n".repeat(20), "line 11"),
        ("a.csv", format!("a,b\n{}c,d\n", ",\n".repeat(20)), "line 9"),
    ] {
        let error = try_read(name, text.as_bytes(), &config).unwrap_err();
        assert_eq!(error.reason, Failure::TooLarge, "{text:?}");
        assert_eq!(error.place.as_deref(), Some(line), "{text:?}");
    }
    // Empty rows at the end cost nothing.
    let tail = format!("a,b\n{}", ",\n".repeat(20));
    assert!(try_read("a.csv", tail.as_bytes(), &config).is_ok());
}

#[test]
fn a_row_wider_than_any_worksheet_is_an_error_that_names_the_line() {
    for (name, text) in [
        ("a.csv", format!("a,b\n{}\n", ",".repeat(1 << 20))),
        ("a.csv", format!("a,b\n{}", "あ,".repeat(20_000))),
        ("a.txt", format!("題\n{}\n", "\t".repeat(1 << 20))),
        ("a.md", format!("|a|b|\n{}\n|--|--|", "|".repeat(1 << 20))),
    ] {
        let error = try_read(name, text.as_bytes(), &ExtractConfig::default()).unwrap_err();
        assert_eq!(error.reason, Failure::TooLarge, "{name}");
        assert_eq!(error.place.as_deref(), Some("line 2"), "{name}");
    }
}

#[test]
fn a_huge_line_is_cut_with_a_warning() {
    let config = ExtractConfig {
        max_cell_bytes: 1000,
        ..ExtractConfig::default()
    };
    for text in [
        "x".repeat(50 << 20),
        "あ".repeat(1 << 20),
        format!("題\n1\t{}\t可\n", "あ".repeat(9999)),
    ] {
        let sheet = try_read("a.csv", text.as_bytes(), &config).unwrap();
        assert_eq!(codes(&sheet)[0].0, WarningCode::Truncated);
        for block in &sheet.blocks {
            match block {
                Block::Line(line) => assert!(line.text.len() <= 1000),
                Block::Table(table) => assert!(table.cells.iter().all(|c| c.text.len() <= 1000)),
            }
        }
    }
}

#[test]
fn nothing_but_white_space_is_an_empty_file() {
    for bytes in [
        &b"\xEF\xBB\xBF"[..],
        b"\xFF\xFE",
        b"\xFE\xFF",
        b"\xEF\xBB\xBF \r\n",
        b" \n\t\n",
        "　\n".as_bytes(),
        b"\xFF\xFE\x20\x00\x0D\x00\x0A\x00",
        b"\x81\x40\x0D\x0A",
    ] {
        let error = try_read("a.csv", bytes, &ExtractConfig::default()).unwrap_err();
        assert_eq!(error.reason, Failure::Empty, "{bytes:?}");
    }
}
