//! Headers, levels and chapters.

use super::{kinds, reads, sheet};
use crate::model::{OutsideKind, Role};

#[test]
fn a_header_of_two_rows_without_spans() {
    let text = "\
情報セキュリティ確認シート
回答会社：さくらフォーム株式会社
No.|分類|確認項目|貴社回答|
|||可否|内容
1|組織|情報セキュリティ方針を定めているか|○|毎年見直し
2||責任者を任命しているか|○|任命済み、年次で見直し
3|技術|ログを保存しているか|△|一部のみ保存（90日間）";
    let sheet = reads(
        &sheet(text),
        &[
            "1||組織||情報セキュリティ方針を定めているか||○|毎年見直し",
            "2||組織||責任者を任命しているか||○|任命済み、年次で見直し",
            "3||技術||ログを保存しているか||△|一部のみ保存（90日間）",
        ],
    );
    assert_eq!(sheet.title.as_deref(), Some("情報セキュリティ確認シート"));
    assert_eq!(sheet.vendor.as_deref(), Some("さくらフォーム株式会社"));
}

#[test]
fn levels_in_columns_become_section_category_number_and_item() {
    let text = "\
大分類|中分類|番号|要求事項|対応|備考
1 認証|1.1 ユーザー認証|1.1.1|パスワードは10文字以上を設定できること|○|
||1.1.2|多要素認証に対応していること|○|TOTP
|1.2 管理者認証|1.2.1|管理者は多要素認証を必須とすること|×|2027年対応予定
2 データ|2.1 暗号化|2.1.1|保存データを暗号化すること|○|AES-256";
    reads(
        &sheet(text),
        &[
            "1.1.1|1 認証|1.1 ユーザー認証|パスワードは10文字以上を設定できること|||○|",
            "1.1.2|1 認証|1.1 ユーザー認証|多要素認証に対応していること|||○|TOTP",
            "1.2.1|1 認証|1.2 管理者認証|管理者は多要素認証を必須とすること|||×|2027年対応予定",
            "2.1.1|2 データ|2.1 暗号化|保存データを暗号化すること|||○|AES-256",
        ],
    );
}

#[test]
fn levels_in_columns_with_the_number_in_the_item() {
    let text = "\
大項目|中項目|要件|回答|コメント
1 認証|1.1 ユーザー認証|1.1.1 パスワードは10文字以上を設定できること|○|
||1.1.2 多要素認証に対応していること|○|TOTP
|1.2 管理者認証|1.2.1 管理者は多要素認証を必須とすること|×|2027年対応予定";
    reads(
        &sheet(text),
        &[
            "1.1.1|1 認証|1.1 ユーザー認証|パスワードは10文字以上を設定できること|||○|",
            "1.1.2|1 認証|1.1 ユーザー認証|多要素認証に対応していること|||○|TOTP",
            "1.2.1|1 認証|1.2 管理者認証|管理者は多要素認証を必須とすること|||×|2027年対応予定",
        ],
    );
}

#[test]
fn a_table_for_each_chapter_under_its_heading() {
    let text = "\
クラウドサービス セキュリティ回答書

会社概要

項目|回答
会社名|みなと商会
従業員数|120名

1. サービス運用

No|確認内容|回答
1-1|計画停止の通知方法を記載してください|7日前にメールで通知
1-2|稼働率の目標値|99.9%以上

2. データ管理

No|確認内容|回答
2-1|バックアップの頻度|毎日
2-2|データの保管場所|国内（東京リージョン）
以上";
    let sheet = reads(
        &sheet(text),
        &[
            "|会社概要||会社名||||みなと商会",
            "|会社概要||従業員数||||120名",
            "1-1|1. サービス運用|||計画停止の通知方法を記載してください|||7日前にメールで通知",
            "1-2|1. サービス運用|||稼働率の目標値|||99.9%以上",
            "2-1|2. データ管理|||バックアップの頻度|||毎日",
            "2-2|2. データ管理|||データの保管場所|||国内（東京リージョン）",
        ],
    );
    use OutsideKind::{Banner, Header, Note, RepeatedHeader, Title};
    assert_eq!(
        kinds(&sheet),
        [
            Title,
            Banner,
            Header,
            Banner,
            Header,
            Banner,
            RepeatedHeader,
            Note
        ]
    );
}

#[test]
fn numbered_rows_without_a_header() {
    let text = "\
1|サービス時間を教えてください|24時間365日
2|計画停止の通知はありますか|有。7日前
3|データは暗号化していますか|有
4|脆弱性診断の頻度|年1回";
    let sheet = reads(
        &sheet(text),
        &[
            "1||||サービス時間を教えてください|||24時間365日",
            "2||||計画停止の通知はありますか|||有。7日前",
            "3||||データは暗号化していますか|||有",
            "4||||脆弱性診断の頻度|||年1回",
        ],
    );
    assert_eq!(sheet.warnings.len(), 1);
}

#[test]
fn english_headers() {
    let text = "\
Security Questionnaire
Company: Blue Harbor Inc.
Date: 2026-05-01
#|Domain|Item|Requirement|Answer|Comments
1|Availability|Service hours|State the hours during which the service is available|24/7|
2||RTO|Target time to recover|4 hours|
3|Security|Encryption in transit|Is traffic encrypted?|Yes|TLS 1.2 or later";
    let sheet = reads(
        &sheet(text),
        &[
            "1||Availability|Service hours|State the hours during which the service is available||24/7|",
            "2||Availability|RTO|Target time to recover||4 hours|",
            "3||Security|Encryption in transit|Is traffic encrypted?||Yes|TLS 1.2 or later",
        ],
    );
    assert_eq!(sheet.vendor.as_deref(), Some("Blue Harbor Inc."));
    assert_eq!(sheet.date.as_deref(), Some("2026-05-01"));
}

#[test]
fn two_tables_beside_each_other() {
    let text = "\
No.|項目|回答||No.|項目|回答
1|サービス時間|24時間365日||4|ログの取得|操作ログを提供
2|計画停止|7日前に通知||5|応答時間|3秒以内
3|稼働率|99.9%以上||||";
    reads(
        &sheet(text),
        &[
            "1|||サービス時間||||24時間365日",
            "2|||計画停止||||7日前に通知",
            "3|||稼働率||||99.9%以上",
            "4|||ログの取得||||操作ログを提供",
            "5|||応答時間||||3秒以内",
        ],
    );
}

#[test]
fn a_legend_and_instructions_are_no_rows() {
    let text = "\
セキュリティチェックシート
記入要領：
回答欄に次の記号を記入してください。
記号|意味
○|対応している
×|対応していない

区分|項目|回答|備考
可用性|サービス時間|○|24時間
|計画停止|△|通知のみ
機密性|暗号化|×|";
    reads(
        &sheet(text),
        &[
            "||可用性|サービス時間|||○|24時間",
            "||可用性|計画停止|||△|通知のみ",
            "||機密性|暗号化|||×|",
        ],
    );
}

#[test]
fn columns_without_a_role_are_kept_beside_the_row() {
    let text = "\
No.|質問|回答|担当部署|重要度
1|データを暗号化していますか|はい|開発部|高
2|診断を受けていますか|いいえ|品質部|中";
    let sheet = reads(
        &sheet(text),
        &[
            "1||||データを暗号化していますか||はい|",
            "2||||診断を受けていますか||いいえ|",
        ],
    );
    let other: Vec<&str> = sheet.rows[0]
        .other
        .iter()
        .map(|o| o.text.as_str())
        .collect();
    assert_eq!(other, ["開発部", "高"]);
    assert_eq!(sheet.tables[0].columns[3].role, Role::None);
}
