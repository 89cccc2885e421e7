use super::*;

#[test]
fn the_shape_is_told_by_the_lines() {
    for (name, text, format) in [
        ("a.txt", "A\tB\n1\t2\n", Format::Tsv),
        ("a.csv", "A\tB\n1\t2\n", Format::Tsv),
        ("a.txt", "A,B,C\n1,2,3\n", Format::Csv),
        ("a", "A;B;C\n1;2,5;3\n", Format::Csv),
        ("a", "A|B|C\n1|2|3\n", Format::Csv),
        ("a.tsv", "A,B\n1,2\n", Format::Csv),
        ("a.csv", "A;B\n1,0;2,0\n3,5;4,1\n", Format::Csv),
        ("a.csv", "題名\n\nA,B\n1,2\n3,4\n5,6\n", Format::Csv),
        (
            "a.txt",
            "| A | B |\n|---|---|\n| 1 | 2 |\n",
            Format::Markdown,
        ),
        ("a.csv", "A | B\n--- | ---\n1 | 2\n", Format::Markdown),
        ("a.txt", "| A | B |\n| 1 | 2 |\n", Format::Markdown),
        ("a.md", "# 題名\n\n本文\n", Format::Markdown),
        ("a.txt", "# 題名\n\n本文\n", Format::Text),
        ("a.csv", "一列だけ\nの表\n", Format::Text),
        // tabs and commas
        ("a.txt", "題名\nA\tB\n1\t有,無,可\n2\t\n", Format::Text),
        ("a.csv", "A,B,C\n1,\"x\ty\",z\n2,x,z\n3,x,z\n", Format::Csv),
        (
            "a.txt",
            "手引き\n一、二\n三、四\n五、六\nA\tB\n1\t2\n",
            Format::Text,
        ),
        // prose
        (
            "a.txt",
            "稼働率,可用性,保守性を確認する\n次に, 運用について述べる\nそして終わる\n",
            Format::Text,
        ),
        (
            "a.txt",
            "Hello, world.\nThis is prose, too.\nSo, it is text.\n",
            Format::Text,
        ),
        ("a.txt", "可用性,完全性,機密性\n", Format::Text),
        ("a.txt", "1,000円\n2,000円\n", Format::Text),
    ] {
        assert_eq!(read(name, text).format, format, "{name} {text:?}");
    }
}

#[test]
fn a_comma_separated_sheet_whose_cells_hold_line_breaks_is_csv() {
    let row = "1,\"一行目\n二行目\n三行目\",有\n";
    let sheet = read("a.txt", &format!("No.,項目,回答\n{}", row.repeat(5)));
    assert_eq!(sheet.format, Format::Csv);
    assert_eq!(shown(&sheet).len(), 1 + 6);
}

#[test]
fn markdown_tables_headings_and_prose() {
    let sheet = read(
        "a.md",
        "# チェックシート #\n\n会社名: サンプル\n\n## 1. 運用\n| No. | 項目 | 回答 |\n|:---|:--:|---:|\n| 1 | **監視** | 有<br>常時 |\n| 2 | a \\| b |\n\n- 箇条書き\n---\n#番号ではない\n```\n| x | y |\n# z\n```\nA|B\n--|--\n1|\n本文 a|b\n",
    );
    assert_eq!(sheet.format, Format::Markdown);
    assert_eq!(
        shown(&sheet),
        [
            "1: チェックシート",
            "3: 会社名: サンプル",
            "5: 1. 運用",
            "-- 3x3",
            "6|No.|項目|回答",
            "8|1|監視|有<br>常時",
            "9|2|a | b",
            "11: - 箇条書き",
            "13: #番号ではない",
            "14: ```",
            "15: | x | y |",
            "16: # z",
            "17: ```",
            "-- 3x2",
            "18|A|B",
            "20|1",
            "21|本文 a|b",
        ]
    );
}

#[test]
fn a_row_of_single_dashes_is_a_rule_only_below_the_header() {
    let sheet = read("a.md", "| A | B |\n|-|-|\n| 1 | 2 |\n| - | - |\n");
    assert_eq!(shown(&sheet), ["-- 3x2", "1|A|B", "3|1|2", "4|-|-"]);
}

#[test]
fn drawn_tables_are_pipe_tables() {
    let sheet = read(
        "a.txt",
        "結果\n+-----+------+\n| No. | 回答 |\n+=====+======+\n| 1   | 有   |\n+-----+------+\n以上\n",
    );
    assert_eq!(
        shown(&sheet),
        ["1: 結果", "-- 2x2", "3|No.|回答", "5|1|有", "7: 以上"]
    );
}

#[test]
fn aligned_columns_are_a_table_when_at_least_three_lines_agree() {
    let sheet = read(
        "a.txt",
        "チェックシート  2024\n\nNo.  項目      回答\n1    監視      有 (常時)\n 2   ログ取得　無\n\n会社名　　株式会社サンプル\n",
    );
    assert_eq!(sheet.format, Format::Text);
    assert_eq!(
        shown(&sheet),
        [
            "1: チェックシート  2024",
            "-- 3x3",
            "3|No.|項目|回答",
            "4|1|監視|有 (常時)",
            "5|2|ログ取得|無",
            "7: 会社名　　株式会社サンプル",
        ]
    );
    // A blank cell is told by what the other lines leave blank.
    let sheet = read("a.txt", "No.  項目  回答\n1          有\n2    監視  無\n");
    let rows = ["-- 3x3", "1|No.|項目|回答", "2|1||有", "3|2|監視|無"];
    assert_eq!(shown(&sheet), rows);
    // Without gutters nothing is guessed.
    let sheet = read("a.txt", "No.  項目  回答\n1    有\n2 監視  無しとする\n");
    assert!(shown(&sheet).iter().all(|l| !l.starts_with("--")));
}
