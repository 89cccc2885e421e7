//! How long it takes to show, fold and read single cells, and to normalize the rows of a sheet.

use divan::{Bencher, black_box};
use torikomi::catalog::DataFiles;
use torikomi::model::{Interpretation, RawRow};
use torikomi::normalize;
use torikomi::notation::{Notation, fold, number, quantity, show};

fn main() {
    divan::main();
}

const NAME: &str = "計画停止の予定通知";
const PLAIN: &str =
    "サービスを提供する時間帯(設備やネットワーク等の点検/保守のための停止時間を含む)";
const WIDE: &str =
    "サービスを提供する時間帯（設備やネットワーク等の点検／保守のための停止時間を含む）";
const ANSWER: &str = "有。データベースは日次で取得し、7世代を保管。障害時は24時間以内に復旧し、5営業日前までにメールで通知します。受付は平日10:00-18:00です。";

fn notation() -> Notation {
    let files = DataFiles::default();
    Notation::load(|name| files.read(name)).expect("the built-in data files are sound")
}

#[divan::bench(args = [NAME, PLAIN, WIDE])]
fn shown(text: &str) -> String {
    show(black_box(text))
}

#[divan::bench(args = [NAME, PLAIN, WIDE])]
fn folded(text: &str) -> String {
    fold(black_box(text))
}

#[divan::bench]
fn shown_of_300_characters(bencher: Bencher) {
    let text = PLAIN.repeat(7);
    bencher.bench_local(|| show(black_box(&text)));
}

#[divan::bench(args = [PLAIN, ANSWER])]
fn values(text: &str) -> usize {
    quantity::values(black_box(text)).len()
}

#[divan::bench(args = ["有", ANSWER, PLAIN])]
fn mark(bencher: Bencher, text: &str) {
    let notation = notation();
    bencher.bench_local(|| notation.marks.read(black_box(text)).is_some());
}

#[divan::bench(args = ["1-1", NAME])]
fn item_number(text: &str) -> bool {
    number::parse(black_box(text)).is_some()
}

#[divan::bench]
fn rows_of_a_sheet(bencher: Bencher) {
    let notation = notation();
    let row = |i: usize| RawRow {
        number: Some(i.to_string()),
        section: Some("アプリケーション運用".to_owned()),
        category: Some("可用性".to_owned()),
        item: Some(format!("{NAME}{i}")),
        description: Some(format!("{WIDE}{i}")),
        unit: Some("有無".to_owned()),
        text: vec![ANSWER.to_owned()],
        ..RawRow::default()
    };
    let sheet = Interpretation {
        rows: (1..=60).map(row).collect(),
        ..Interpretation::default()
    };
    bencher.bench_local(|| normalize::rows(black_box(&sheet), &notation));
}
