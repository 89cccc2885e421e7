use super::*;

#[test]
fn runs_of_tabbed_lines_are_tables_and_the_rest_is_lines() {
    let sheet = read(
        "a.txt",
        "\n\nチェックシート\n記入日: 2024/04/01\n\nNo.\t項目\t回答\n運用\t\t\n1\t監視\t\n\nフッター\n\n2\t\t有\n",
    );
    assert_eq!(sheet.format, Format::Text);
    assert_eq!(
        shown(&sheet),
        [
            "3: チェックシート",
            "4: 記入日: 2024/04/01",
            "-- 3x3",
            "6|No.|項目|回答",
            "7|運用",
            "8|1|監視",
            "10: フッター",
            "-- 1x3",
            "12|2||有",
        ]
    );
}

#[test]
fn line_ends_of_every_kind_count_the_same() {
    let lf = "題名\n\nA\tB\n1\t2\n";
    let wanted = ["1: 題名", "-- 2x2", "3|A|B", "4|1|2"];
    for ending in ["\n", "\r\n", "\r"] {
        let text = lf.replace('\n', ending);
        assert_eq!(shown(&read("a.txt", &text)), wanted, "{ending:?}");
        assert_eq!(shown(&read("a.txt", text.trim_end())), wanted, "{ending:?}");
    }
    // A CR inside a line of an LF file is a character.
    assert_eq!(shown(&read("a.txt", "題\nA\rB\tC\nD\tE\n"))[2], "2|A\rB|C");
}

#[test]
fn a_file_whose_lines_all_have_as_many_tabs_is_tsv_and_one_table() {
    let tsv = read("a.txt", "A\tB\n1\t2\n\n3\t\n\t\n4\t5\n\n");
    assert_eq!(tsv.format, Format::Tsv);
    assert_eq!(
        shown(&tsv),
        ["-- 6x2", "1|A|B", "2|1|2", "3", "4|3", "5", "6|4|5"]
    );
    // Not when a line or a row is different, unless the name says so.
    let text = "題名\nA\tB\tC\n1\t2\n";
    let sheet = read("a.txt", text);
    assert_eq!(sheet.format, Format::Text);
    assert_eq!(shown(&sheet), ["1: 題名", "-- 2x3", "2|A|B|C", "3|1|2"]);
    for name in ["a.tsv", "A.TSV", "b.csv"] {
        let named = read(name, text);
        assert_eq!(named.format, Format::Tsv, "{name}");
        assert_eq!(
            shown(&named),
            ["-- 3x3", "1|題名", "2|A|B|C", "3|1|2"],
            "{name}"
        );
    }
}

#[test]
fn a_file_named_tsv_is_quoted_as_programs_do_it() {
    let sheet = read("a.tsv", "A\tB\n\"1\t(続き)\"\t\"x\ny\"\n2\t\n");
    assert_eq!(shown(&sheet), ["-- 3x2", "1|A|B", "2|1\t(続き)|x⏎y", "4|2"]);
}

#[test]
fn a_pasted_cell_in_quotes_may_hold_line_breaks() {
    let sheet = read(
        "a.txt",
        "No.\t項目\t回答\t備考\n1\t\"監視\n(常時)\"\t有\t\"\"\"高\"\"\n\n以上\"\n2\t\"引用\"\t無\t\n\"3\n(続き)\"\t認証\t有\t\n",
    );
    assert_eq!(
        shown(&sheet),
        [
            "-- 4x4",
            "1|No.|項目|回答|備考",
            "2|1|監視⏎(常時)|有|\"高\"⏎⏎以上",
            "6|2|引用|無",
            "7|3⏎(続き)|認証|有",
        ]
    );
    assert_eq!(sheet.warnings, []);
}

#[test]
fn a_stray_quote_does_not_swallow_the_rest() {
    for (text, second_row, warned) in [
        // never closed
        ("A\tB\n1\t\"未確認\n2\tx\n", "2|1|\"未確認", Some("line 2")),
        // a quote further down belongs to another cell
        (
            "A\tB\n1\t\"未確認\n2\t\"x\"\n",
            "2|1|\"未確認",
            Some("line 2"),
        ),
        // closed, but across cells
        ("A\tB\n\"1\tx\"\n2\tx\n", "2|\"1|x\"", Some("line 2")),
        // inches, and quotes inside words
        (
            "A\tB\n17\"\t\"a\" と \"b\"\n2\tx\n",
            "2|17\"|\"a\" と \"b\"",
            None,
        ),
    ] {
        let sheet = read("a.txt", text);
        assert_eq!(shown(&sheet)[2], second_row, "{text:?}");
        assert_eq!(shown(&sheet).len(), 4, "{text:?}");
        let warnings = warned.map(|line| (WarningCode::MalformedInput, Some(line)));
        assert_eq!(codes(&sheet), Vec::from_iter(warnings), "{text:?}");
    }
    // A line that begins with a quote is just a line.
    let sheet = read("a.txt", "\"重要\"\n\"未確認\nA\tB\n1\t\n");
    assert_eq!(shown(&sheet)[..2], ["1: \"重要\"", "2: \"未確認"]);
}

#[test]
fn white_space_only_cells_are_columns_but_no_cells() {
    let sheet = read("a.txt", "題\nA\t \t　\tD\nx\n");
    assert_eq!(shown(&sheet), ["1: 題", "-- 1x4", "2|A|||D", "3: x"]);
}
