//! What writing takes: an import of text sheets of 60 rows on two threads, with `rows.jsonl` alone,
//! with each other output beside it, and with all of them.
//!
//! `cargo bench --bench write` prints the time of each; `all` is to take at most 1.6 times what
//! `jsonl` does.

use std::fs;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use divan::counter::ItemsCount;
use torikomi::batch::{self, EngineImporter, Options};
use torikomi::catalog::Catalog;
use torikomi::config::{Config, Language, Output};
use torikomi::discover::discover;
use torikomi::pipeline::Engine;
use torikomi::write::Plan;

/// Sheets in the batch.
const SHEETS: usize = 500;

/// Rows of a sheet.
const ROWS: usize = 60;

/// Threads that import.
const THREADS: usize = 2;

/// What the sheets ask and how they are answered, in turn.
const QUESTIONS: [[&str; 5]; 6] = [
    [
        "可用性",
        "サービス時間",
        "サービスを提供する時間帯",
        "時間帯",
        "24時間365日(計画停止を除く)",
    ],
    [
        "可用性",
        "サービス稼働率",
        "サービスを利用できる確率",
        "%",
        "99.9%以上",
    ],
    [
        "信頼性",
        "平均復旧時間",
        "障害発生から修理完了までの平均時間",
        "時間",
        "約4時間",
    ],
    [
        "性能",
        "オンライン応答時間",
        "オンライン処理の応答時間",
        "秒",
        "平均2秒以内",
    ],
    [
        "データ管理",
        "バックアップの方法",
        "バックアップの内容と保管場所",
        "有無",
        "有 日次で取得し、3世代を保管しています",
    ],
    [
        "セキュリティ",
        "通信の暗号化レベル",
        "送信の際の暗号化の強度",
        "有無",
        "有(TLS1.2以上)",
    ],
];

fn main() {
    let scratch = std::env::temp_dir().join(format!("torikomi-bench-write-{}", std::process::id()));
    let sheets = scratch.join("sheets");
    fs::create_dir_all(&sheets).expect("a temporary folder");
    for i in 0..SHEETS {
        let path = sheets.join(format!("{i:04}.txt"));
        fs::write(path, sheet(i)).expect("a sheet");
    }
    divan::main();
    let _ = fs::remove_dir_all(&scratch);
}

/// A sheet unlike the others.
fn sheet(number: usize) -> String {
    let mut text = format!("セキュリティ回答書 {number}\n会社名\t株式会社{number}\n\n");
    text.push_str("No.\t種別\t項目\t規定内容\t単位\t回答\n");
    for row in 0..ROWS {
        let [category, item, description, unit, answer] = QUESTIONS[row % QUESTIONS.len()];
        let line = [
            &(row + 1).to_string(),
            category,
            item,
            description,
            unit,
            answer,
        ]
        .join("\t");
        text.push_str(&line);
        text.push_str(&format!(" {}\n", row * number));
    }
    text
}

/// What is written, by name.
const WRITTEN: [&str; 7] = ["jsonl", "csv", "xlsx", "html", "parquet", "sqlite", "all"];

/// The outputs of that name, and `rows.jsonl` in any case.
fn outputs(name: &str) -> Vec<Output> {
    let of = |o: &&Output| name == "all" || o.name() == name || **o == Output::Jsonl;
    Output::ALL.iter().filter(of).copied().collect()
}

fn catalogs(engine: &Engine) -> Vec<Catalog> {
    engine.catalogs().iter().cloned().collect()
}

#[divan::bench(args = WRITTEN, sample_count = 5)]
fn import_with(bencher: divan::Bencher, written: &str) {
    let scratch: PathBuf =
        std::env::temp_dir().join(format!("torikomi-bench-write-{}", std::process::id()));
    let config = Config::default();
    let max_file_bytes = config.extract.max_file_bytes;
    let engine = Engine::new(config).expect("built-in data files");
    let entries = discover(&[scratch.join("sheets")], None).expect("sheets");
    let importer = EngineImporter {
        engine: &engine,
        max_file_bytes,
    };
    let options = Options {
        jobs: NonZeroUsize::new(THREADS),
        ..Options::default()
    };
    let out = scratch.join(written);
    bencher.counter(ItemsCount::new(entries.len())).bench(|| {
        let plan = Plan::new(&outputs(written), catalogs(&engine), Language::default());
        let run = batch::run(&importer, &entries, plan, &out, options, |_| ());
        let counts = run.expect("an out folder that can be written").counts;
        assert_eq!(counts.imported as usize, SHEETS);
        counts.rows
    });
}
