//! Mapping: microseconds a row.

use std::collections::BTreeMap;

use torikomi::catalog::{Catalogs, DataFiles};
use torikomi::config::ResolveConfig;
use torikomi::model::{Answer, Compare, Mapping, Provenance, Row};
use torikomi::notation::{fold, show};
use torikomi::resolve::Resolver;

fn main() {
    divan::main();
}

fn row(number: u32, item: &str, description: &str) -> Row {
    Row {
        row: number,
        number: None,
        section: None,
        category: None,
        item: Some(show(item)),
        description: Some(show(description)),
        unit: None,
        answer: Answer::default(),
        mapping: Mapping::default(),
        provenance: Provenance::default(),
        other: Vec::new(),
        moved: None,
        raw: BTreeMap::new(),
        compare: Compare {
            item: fold(item),
            description: fold(description),
            ..Compare::default()
        },
    }
}

fn load(catalogs: Catalogs) -> Resolver {
    let files = DataFiles::default();
    Resolver::load(|n| files.read(n), catalogs, ResolveConfig::default()).unwrap()
}

/// A sheet with every item of the built-in catalogs, each in slightly other words.
fn sheet(catalogs: &Catalogs) -> Vec<Row> {
    let items = catalogs.items().enumerate();
    items
        .map(|(n, (_, item))| {
            let name = item.name.as_deref().unwrap_or("");
            let description = item.description.as_deref().unwrap_or("");
            let asked = format!("{description}について記載してください");
            row(n as u32 + 1, name, &asked)
        })
        .collect()
}

/// All built-in catalogs; the time is that of the whole sheet.
#[divan::bench]
fn built_in_catalogs(bencher: divan::Bencher) {
    let catalogs = Catalogs::load(&DataFiles::default(), &[]).unwrap();
    let rows = sheet(&catalogs);
    let resolver = load(catalogs);
    let count = divan::counter::ItemsCount::new(rows.len());
    bencher.counter(count).bench(|| resolver.resolve(&rows));
}

/// Reading the data files and indexing the built-in catalogs.
#[divan::bench(sample_count = 20)]
fn loading() -> Resolver {
    load(Catalogs::load(&DataFiles::default(), &[]).unwrap())
}

/// A made catalog of 10,000 items that share their words.
#[divan::bench(sample_count = 20)]
fn ten_thousand_items(bencher: divan::Bencher) {
    let subjects = [
        "データ",
        "通信",
        "アカウント",
        "バックアップ",
        "ログ",
        "障害",
        "端末",
        "鍵",
        "委託先",
        "施設",
    ];
    let aspects = [
        "管理",
        "暗号化",
        "監視",
        "復旧",
        "通知",
        "保存",
        "消去",
        "制限",
        "承認",
        "記録",
    ];
    let ends = [
        "方針",
        "手順",
        "体制",
        "頻度",
        "期間",
        "責任者",
        "教育",
        "点検",
        "範囲",
        "方法",
    ];
    let places = [
        "本番環境",
        "開発環境",
        "検証環境",
        "拠点",
        "支店",
        "倉庫",
        "工場",
        "店舗",
        "自宅",
        "海外",
    ];
    let mut items = Vec::new();
    for n in 0..10_000_usize {
        let digit = |p: u32| n / 10_usize.pow(p) % 10;
        let (a, b, c, d) = (
            subjects[digit(3)],
            aspects[digit(2)],
            ends[digit(1)],
            places[digit(0)],
        );
        let name = format!("{d}の{a}{b}{c}");
        let description = format!("{d}において{a}の{b}に関する{c}を定め、定期的に見直していること");
        items.push(format!(
            r#"{{"id":"X-{n}","name":"{name}","description":"{description}"}}"#
        ));
    }
    let text = format!(
        r#"{{"catalog":"x","title":"X","items":[{}]}}"#,
        items.join(",")
    );
    let catalogs = Catalogs::from_texts(&[("x.json".into(), text)]).unwrap();
    let rows: Vec<Row> = sheet(&catalogs).into_iter().step_by(101).collect();
    let resolver = load(catalogs);
    let count = divan::counter::ItemsCount::new(rows.len());
    bencher.counter(count).bench(|| resolver.resolve(&rows));
}
