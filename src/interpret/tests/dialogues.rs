//! Questions and answers in running lines.

use super::{kinds, reads, sheet};
use crate::model::OutsideKind;

#[test]
fn numbered_items_over_their_answers() {
    let text = "\
株式会社みずうみの田中です。
チェックシートの回答をお送りします。

1. サービス時間
   回答：24時間365日（計画停止を除く）
2. 計画停止予定通知
   回答：2週間前にメールで通知します
   緊急の場合は前日です
3. 障害通知プロセス
   回答：次の順に行います
   1. 検知
   2. 通知

以上、よろしくお願いいたします。";
    let sheet = reads(
        &sheet(text),
        &[
            "1.|||サービス時間||||24時間365日（計画停止を除く）",
            "2.|||計画停止予定通知||||2週間前にメールで通知します\n緊急の場合は前日です",
            "3.|||障害通知プロセス||||次の順に行います\n1. 検知\n2. 通知",
        ],
    );
    assert_eq!(sheet.rows[1].provenance.line, Some(6));
    assert_eq!(kinds(&sheet), [OutsideKind::Note; 3]);
}

#[test]
fn questions_and_answers_by_their_letters() {
    let text = "\
Q1. バックアップは毎日取得していますか？
A1. はい。日次で取得し7世代保管しています。

Q2. 通信は暗号化されていますか？
A2. はい。TLS1.2以上を使用しています。";
    reads(
        &sheet(text),
        &[
            "Q1.||||バックアップは毎日取得していますか？|||はい。日次で取得し7世代保管しています。",
            "Q2.||||通信は暗号化されていますか？|||はい。TLS1.2以上を使用しています。",
        ],
    );
}

#[test]
fn a_block_of_labelled_lines_for_each_item() {
    let text = "\
■可用性
【No.1】
項目：サービス時間
内容：サービスを提供する時間帯
回答：24時間365日
備考：保守を除く

【No.2】
項目：代替手段
内容：代わりの手段の有無
回答：

■信頼性
【No.3】
項目：障害監視間隔
内容：障害を集計する時間間隔
回答：1分";
    reads(
        &sheet(text),
        &[
            "No.1|可用性||サービス時間|サービスを提供する時間帯|||24時間365日+保守を除く",
            "No.2|可用性||代替手段|代わりの手段の有無|||",
            "No.3|信頼性||障害監視間隔|障害を集計する時間間隔|||1分",
        ],
    );
}
