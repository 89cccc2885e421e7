//! Layouts of worksheets: spans, merges, narrow columns.

use super::{cell, reads, worksheet};

#[test]
fn a_header_of_two_rows_with_spans() {
    let mut cells = vec![
        cell(0, 0, 2, 1, "No."),
        cell(0, 1, 2, 1, "評価項目"),
        cell(0, 2, 1, 2, "回答"),
        cell(1, 2, 1, 1, "対応"),
        cell(1, 3, 1, 1, "備考"),
    ];
    for (i, item) in ["入退室の管理", "媒体の廃棄", "委託先の監督"]
        .into_iter()
        .enumerate()
    {
        let row = i as u32 + 2;
        cells.push(cell(row, 0, 1, 1, &(i + 1).to_string()));
        cells.push(cell(row, 1, 1, 1, item));
        cells.push(cell(row, 2, 1, 1, "○"));
        cells.push(cell(row, 3, 1, 1, &format!("手順書{}", i + 1)));
    }
    let sheet = reads(
        &worksheet(cells),
        &[
            "1|||入退室の管理|||○|手順書1",
            "2|||媒体の廃棄|||○|手順書2",
            "3|||委託先の監督|||○|手順書3",
        ],
    );
    assert_eq!(
        sheet.tables[0].columns[2].title.as_deref(),
        Some("回答/対応")
    );
}

#[test]
fn narrow_columns_with_many_merges() {
    // 方眼紙: every field spans several narrow columns, the header likewise.
    let mut cells = Vec::new();
    let spans = [(0, 2), (2, 4), (6, 10), (16, 3), (19, 8)];
    let mut put = |row: u32, texts: [&str; 5]| {
        for ((col, cols), text) in spans.into_iter().zip(texts) {
            cells.push(cell(row, col, 1, cols, text));
        }
    };
    put(0, ["No", "区分", "確認事項", "判定", "備考"]);
    put(1, ["1", "組織", "体制を整備しているか", "○", "規程あり"]);
    put(2, ["2", "", "教育を実施しているか", "○", "年1回"]);
    put(3, ["3", "技術", "通信を暗号化しているか", "×", ""]);
    let sheet = reads(
        &worksheet(cells),
        &[
            "1||組織||体制を整備しているか||○|規程あり",
            "2||組織||教育を実施しているか||○|年1回",
            "3||技術||通信を暗号化しているか||×|",
        ],
    );
    assert_eq!(sheet.tables[0].columns.len(), 5);
    assert_eq!(sheet.rows[0].provenance.cells.as_deref(), Some("A2:AA2"));
}

#[test]
fn merged_cells_cover_the_rows_below() {
    let cells = vec![
        cell(0, 0, 1, 1, "分類"),
        cell(0, 1, 1, 1, "項目"),
        cell(0, 2, 1, 1, "要求内容"),
        cell(0, 3, 1, 1, "回答"),
        cell(1, 0, 3, 1, "ログ"),
        cell(1, 1, 2, 1, "ログ管理"),
        cell(1, 2, 1, 1, "操作ログを記録していること"),
        cell(1, 3, 2, 1, "全て記録している"),
        cell(2, 2, 1, 1, "ログを一年間保存していること"),
        cell(3, 1, 1, 1, "時刻同期"),
        cell(3, 2, 1, 1, "機器の時刻を合わせていること"),
        cell(3, 3, 1, 1, "NTPを利用"),
    ];
    let sheet = reads(
        &worksheet(cells),
        &[
            "||ログ|ログ管理|操作ログを記録していること|||全て記録している",
            "||ログ|ログ管理|ログを一年間保存していること|||全て記録している",
            "||ログ|時刻同期|機器の時刻を合わせていること|||NTPを利用",
        ],
    );
    assert!(sheet.rows[1].inherited.item && !sheet.rows[0].inherited.item);
}
