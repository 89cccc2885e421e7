//! Reading texts: one sheet of about 60 rows in each encoding and shape, and large files.

use divan::Bencher;
use divan::counter::BytesCount;
use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS};
use torikomi::config::ExtractConfig;
use torikomi::extract::extract;
use torikomi::model::Source;

fn main() {
    divan::main();
}

const ITEMS: [&str; 6] = [
    "サービス時間\tサービスを提供する時間帯（点検のための計画停止時間の記述を含む）\t有\t24時間365日（計画停止を除く）。停止は5営業日前までに通知します。",
    "データの暗号化\t保存するデータと通信を暗号化しているか, どの方式か\t有\tTLS 1.2以上、AES-256 で暗号化しています。",
    "ログの取得\t利用者に提供できるログの種類（操作ログ、エラーログ等）と保存期間\t△\t操作ログを1年間保存し、依頼に応じて提供します。",
    "脆弱性診断\t第三者による診断の有無と頻度\t有\t年1回以上、外部の専門会社が実施し、結果を開示しています。",
    "バックアップ\t取得の間隔と世代数、復旧までの目標時間\t有\t日次で取得し、7世代を国内の別の拠点に保管しています。",
    "再委託\t業務の再委託の有無、委託先の管理方法\t無\t",
];

/// A text sheet with a title, section banners and `rows` rows.
fn sheet(rows: usize) -> String {
    let mut text = "\nセキュリティチェックシート\n\n会社名: 株式会社見本\n\nNo.\t種別\t項目\t内容\t回答\t備考\n".to_owned();
    for row in 0..rows {
        if row % 15 == 0 {
            text += "運用\t\t\t\t\t\n";
        }
        text += &format!("{}\t可用性\t{}\n", row + 1, ITEMS[row % ITEMS.len()]);
    }
    text
}

/// The same as CSV with quoting.
fn csv(rows: usize) -> String {
    let line = |l: &str| {
        let fields: Vec<String> = l
            .split('\t')
            .map(|f| {
                if f.contains(',') {
                    format!("\"{f}\"")
                } else {
                    f.to_owned()
                }
            })
            .collect();
        fields.join(",") + "\r\n"
    };
    sheet(rows).lines().map(line).collect()
}

fn read(bencher: Bencher, name: &str, bytes: Vec<u8>) {
    let source = Source {
        path: name.to_owned(),
        bytes,
    };
    let config = ExtractConfig::default();
    bencher
        .counter(BytesCount::new(source.bytes.len()))
        .bench(|| extract(divan::black_box(&source), &config).unwrap());
}

#[divan::bench(args = ["utf-8", "cp932", "euc-jp", "iso-2022-jp", "utf-16le", "utf-16le-bom"])]
fn text_sheet(bencher: Bencher, encoding: &str) {
    let text = sheet(60);
    let utf16 = || text.encode_utf16().flat_map(u16::to_le_bytes);
    let bytes = match encoding {
        "cp932" => SHIFT_JIS.encode(&text).0.into_owned(),
        "euc-jp" => EUC_JP.encode(&text).0.into_owned(),
        "iso-2022-jp" => ISO_2022_JP.encode(&text).0.into_owned(),
        "utf-16le" => utf16().collect(),
        "utf-16le-bom" => [0xFF, 0xFE].into_iter().chain(utf16()).collect(),
        _ => text.into_bytes(),
    };
    read(bencher, "sheet.txt", bytes);
}

#[divan::bench]
fn csv_sheet(bencher: Bencher) {
    read(bencher, "sheet.csv", csv(60).into_bytes());
}

#[divan::bench]
fn csv_sheet_cp932(bencher: Bencher) {
    read(
        bencher,
        "sheet.csv",
        SHIFT_JIS.encode(&csv(60)).0.into_owned(),
    );
}

#[divan::bench]
fn markdown_sheet(bencher: Bencher) {
    let table = sheet(60).replace('\t', " | ");
    let text = table.replacen("回答 | 備考\n", "回答 | 備考\n--|--|--|--|--|--\n", 1);
    read(bencher, "sheet.md", text.into_bytes());
}

#[divan::bench(sample_count = 10)]
fn large_csv(bencher: Bencher) {
    read(bencher, "large.csv", csv(50_000).into_bytes());
}

#[divan::bench(sample_count = 10)]
fn large_text_cp932(bencher: Bencher) {
    let bytes = SHIFT_JIS.encode(&sheet(50_000)).0.into_owned();
    read(bencher, "large.txt", bytes);
}

#[divan::bench(sample_count = 10)]
fn one_line_of_50_megabytes(bencher: Bencher) {
    read(bencher, "line.csv", vec![b'x'; 50 << 20]);
}
