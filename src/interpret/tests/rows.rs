//! Rows, and what stands between them.

use super::{kinds, reads, sheet};
use crate::model::{Block, OutsideKind, TableFinding, WarningCode};

#[test]
fn rows_that_number_a_group_are_its_heading() {
    let text = "\
番号|項目|回答
1|組織的対策|
1.1|情報セキュリティ方針はあるか|○
1.2|責任者はいるか|○
2|技術的対策|
2.1|アクセス制御を行っているか|×";
    reads(
        &sheet(text),
        &[
            "1.1|1 組織的対策||情報セキュリティ方針はあるか|||○|",
            "1.2|1 組織的対策||責任者はいるか|||○|",
            "2.1|2 技術的対策||アクセス制御を行っているか|||×|",
        ],
    );
}

#[test]
fn cells_moved_left_and_right_are_put_back() {
    let text = "\
No.|種別|項目|規定内容|単位|回答
1|可用性|営業時間|サービスを利用できる時間帯を示すこと|時間帯|平日9時から18時まで
2||停止の予告|定期保守の前に利用者へ知らせる方法を示すこと|有無|有。一週間前に告知
3|稼働の割合|年間で利用できた時間の割合を示すこと|有無|有。月次で公開|
4||復旧の目標|障害から復旧するまでの目標の時間を示すこと|時間|4時間以内
5|||世代の数|保持するバックアップの数を示すこと|世代数|7世代
6||保管の期間|バックアップを残しておく期間を示すこと|期間|30日間";
    let sheet = reads(
        &sheet(text),
        &[
            "1||可用性|営業時間|サービスを利用できる時間帯を示すこと|時間帯||平日9時から18時まで",
            "2||可用性|停止の予告|定期保守の前に利用者へ知らせる方法を示すこと|有無||有。一週間前に告知",
            "3||可用性|稼働の割合|年間で利用できた時間の割合を示すこと|有無||有。月次で公開",
            "4||可用性|復旧の目標|障害から復旧するまでの目標の時間を示すこと|時間||4時間以内",
            "5||可用性|世代の数|保持するバックアップの数を示すこと|世代数||7世代",
            "6||可用性|保管の期間|バックアップを残しておく期間を示すこと|期間||30日間",
        ],
    );
    assert_eq!(sheet.rows[2].moved.unwrap().by, -1);
    assert_eq!(sheet.rows[4].moved.unwrap().by, 1);
    assert_eq!(sheet.rows.iter().filter(|r| r.moved.is_some()).count(), 2);
}

#[test]
fn rows_whose_cells_are_not_certain_say_so() {
    let text = "\
No.|項目|回答
1|営業時間|平日9時から18時まで
2|停止の予告|一週間前に告知
3|世代の数|7世代
4|保管の期間|30日間";
    let mut extraction = sheet(text);
    for block in &mut extraction.blocks {
        if let Block::Table(table) = block {
            table.found = Some(TableFinding {
                method: "stream",
                why: String::new(),
                doubtful: vec![2, 3],
            });
        }
    }
    let expected = [
        "1|||営業時間||||平日9時から18時まで",
        "2|||停止の予告||||一週間前に告知",
        "3|||世代の数||||7世代",
        "4|||保管の期間||||30日間",
    ];
    let read = reads(&extraction, &expected);
    let doubtful: Vec<bool> = read.rows.iter().map(|r| r.doubtful).collect();
    assert_eq!(doubtful, [false, true, true, false]);
    let warning = read.warnings.iter().find(|w| w.rows == Some([2, 3]));
    assert_eq!(warning.unwrap().code, WarningCode::MalformedInput);
}

#[test]
fn an_unanswered_row_is_not_a_moved_one() {
    let text = "\
No.|種別|項目|回答
1|可用性|稼働率|99.9%
2|機密性|暗号化|
3|完全性|整合性の検証|月次で実施
4|性能|応答時間|";
    let sheet = reads(
        &sheet(text),
        &[
            "1||可用性|稼働率||||99.9%",
            "2||機密性|暗号化||||",
            "3||完全性|整合性の検証||||月次で実施",
            "4||性能|応答時間||||",
        ],
    );
    assert!(sheet.rows.iter().all(|r| r.moved.is_none()));
}

#[test]
fn loose_lines_between_rows() {
    let text = "\
No.|項目|内容|回答
運用
1|時間|サービスを提供する時間帯|24時間365日
※計画停止を除く。
・定期保守は毎月第3日曜
2|予告|定期的な保守停止に関する事前連絡|有
夏野システム_チェックシート_v2.1
3|障害通知|障害発生時の連絡プロセス|メールで連絡
Page 2 of 3
■データ管理
4|世代数|保証する世代数|7世代

※本書の内容は予告なく変更することがあります。
- 1 -";
    let sheet = reads(
        &sheet(text),
        &[
            "1|運用||時間|サービスを提供する時間帯|||24時間365日\n※計画停止を除く。\n・定期保守は毎月第3日曜",
            "2|運用||予告|定期的な保守停止に関する事前連絡|||有",
            "3|運用||障害通知|障害発生時の連絡プロセス|||メールで連絡",
            "4|データ管理||世代数|保証する世代数|||7世代",
        ],
    );
    use OutsideKind::{Banner, Footer, Header, Note};
    assert_eq!(
        kinds(&sheet),
        [Header, Banner, Footer, Footer, Banner, Note, Footer]
    );
}

#[test]
fn numbers_that_lead_the_item_are_cut_off() {
    let text = "\
チェック項目|回答|備考
（１）サービス時間|○|24時間365日
（２）計画停止予定通知|○|7日前に通知
（３）サービス稼働率|×|目標なし
（４）ログの取得|○|操作ログ";
    reads(
        &sheet(text),
        &[
            "（１）|||サービス時間|||○|24時間365日",
            "（２）|||計画停止予定通知|||○|7日前に通知",
            "（３）|||サービス稼働率|||×|目標なし",
            "（４）|||ログの取得|||○|操作ログ",
        ],
    );
}

#[test]
fn marks_that_stand_before_the_question() {
    let text = "\
チェック|No.|点検項目|備考
☑|1|サーバ室の入退室を管理している|ICカード
☐|2|媒体の持ち出しを管理している|
☑|3|ウイルス対策ソフトを導入している|";
    reads(
        &sheet(text),
        &[
            "1||||サーバ室の入退室を管理している||☑|ICカード",
            "2||||媒体の持ち出しを管理している||☐|",
            "3||||ウイルス対策ソフトを導入している||☑|",
        ],
    );
}
