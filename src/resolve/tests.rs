use std::sync::OnceLock;

use super::*;
use crate::catalog::DataFiles;
use crate::model::{
    Answer, Compare, Decision, Inherited, Mapping, Provenance, Reason, WarningCode,
};
use crate::review::review;

/// Loaded once for all tests.
fn resolver() -> &'static Resolver {
    static RESOLVER: OnceLock<Resolver> = OnceLock::new();
    RESOLVER.get_or_init(|| {
        let files = DataFiles::default();
        let catalogs = Catalogs::load(&files, &[]).unwrap();
        Resolver::load(|n| files.read(n), catalogs, ResolveConfig::default()).unwrap()
    })
}

fn row(number: u32, item: &str, description: &str, text: &str) -> Row {
    let some = |t: &str| (!t.is_empty()).then(|| show(t));
    Row {
        row: number,
        number: None,
        section: None,
        category: None,
        item: some(item),
        description: some(description),
        unit: None,
        answer: Answer {
            text: show(text),
            ..Answer::default()
        },
        mapping: Mapping::default(),
        provenance: Provenance {
            table: 1,
            ..Provenance::default()
        },
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

fn rows(list: &[(&str, &str)]) -> Vec<Row> {
    let numbered = (1..).zip(list);
    numbered.map(|(n, (i, d))| row(n, i, d, "")).collect()
}

fn map(rows: &mut [Row]) -> Vec<Warning> {
    let resolver = resolver();
    let found = resolver.resolve(rows);
    review(rows, found.evidence, resolver.promise());
    found.warnings
}

fn ids(rows: &[Row]) -> Vec<&str> {
    rows.iter()
        .map(|r| r.mapping.item_id.as_deref().unwrap_or("-"))
        .collect()
}

/// Name and description of items of a built-in catalog.
fn standard(from: usize, count: usize) -> Vec<(String, String)> {
    let all = Catalogs::load(&DataFiles::default(), &["meti-cloud-2010".into()]).unwrap();
    let items = all.items().skip(from).take(count);
    items
        .map(|(_, i)| (i.name.clone().unwrap(), i.description.clone().unwrap()))
        .collect()
}

#[test]
fn the_standards_own_words_are_accepted_in_any_order() {
    let mut list = standard(0, 49);
    list.reverse();
    let list: Vec<(&str, &str)> = list.iter().map(|(n, d)| (n.as_str(), d.as_str())).collect();
    let mut rows = rows(&list);
    assert_eq!(map(&mut rows), Vec::new());
    for (row, number) in rows.iter().zip((1..=49).rev()) {
        assert_eq!(
            row.mapping.item_id.as_deref(),
            Some(format!("METI-{number:02}").as_str())
        );
        assert_eq!(row.mapping.decision, Decision::Accepted, "{row:?}");
        assert_eq!(row.mapping.catalog.as_deref(), Some("meti-cloud-2010"));
    }
}

#[test]
fn items_of_one_name_are_told_by_their_descriptions() {
    let mut rows = rows(&[
        ("利用規約", "サービス利用において免責条項定義"),
        ("利用規約", "損害賠償について規定されていること"),
    ]);
    rows[1].compare.inherited = Inherited {
        item: true,
        ..Inherited::default()
    };
    map(&mut rows);
    assert_eq!(ids(&rows), ["EXT-CON-08", "EXT-CON-03"]);
    assert!(
        rows.iter()
            .all(|r| r.mapping.decision == Decision::Accepted)
    );
}

#[test]
fn what_is_in_no_catalog_is_not_forced() {
    let mut rows = rows(&[("資本金", "会社の資本金の額"), ("", ""), ("株主構成", "")]);
    map(&mut rows);
    assert_eq!(ids(&rows), ["-", "-", "-"]);
    assert_eq!(rows[0].mapping.reasons, [Reason::NoCandidate]);
    assert_eq!(rows[1].mapping.reasons, [Reason::NothingToMap]);
}

#[test]
fn a_pasted_description_is_a_conflict_mapped_by_the_name() {
    let mut rows = rows(&[
        (
            "バックアップデータの保存期間",
            "データをバックアップした媒体を保管する期限",
        ),
        (
            "情報取扱い環境",
            "データをバックアップした媒体を保管する期限",
        ),
    ]);
    map(&mut rows);
    assert_eq!(ids(&rows), ["METI-30", "METI-41"]);
    assert_eq!(rows[0].mapping.decision, Decision::Accepted);
    assert_eq!(rows[1].mapping.reasons, [Reason::NameDescriptionConflict]);
}

#[test]
fn a_second_row_for_an_item_says_whose_second_it_is() {
    let mut rows = rows(&[("応答時間", "処理の応答時間"), ("応答時間", "")]);
    let found = resolver().resolve(&rows);
    assert_eq!(found.evidence[1].duplicate_of, Some(1));
    review(&mut rows, found.evidence, 0.9);
    assert_eq!(rows[1].mapping.reasons, [Reason::DuplicateItem]);
    assert_eq!(rows[1].mapping.duplicate_of, Some(1));
}

#[test]
fn rows_of_different_tables_do_not_compete() {
    let mut rows = rows(&[
        ("応答時間", "処理の応答時間"),
        ("応答時間", "処理の応答時間"),
    ]);
    rows[1].provenance.table = 2;
    map(&mut rows);
    assert!(
        rows.iter()
            .all(|r| r.mapping.decision == Decision::Accepted)
    );
}

/// A sheet of the standard's items whose names stand `by` rows off, from the tenth row to the
/// twentieth.
fn slipped(by: i32) -> Vec<Row> {
    let list = standard(0, 30);
    let name = |at: usize| {
        let shift = if (10..20).contains(&at) { by } else { 0 };
        &list[at.checked_add_signed(shift as isize).unwrap()].0
    };
    (0..30)
        .map(|at| row(at as u32 + 1, name(at), &list[at].1, ""))
        .collect()
}

#[test]
fn a_slipped_column_is_found_in_either_direction() {
    for (by, word) in [(1, "ahead of"), (-1, "behind"), (2, "ahead of")] {
        let mut rows = slipped(by);
        let warnings = map(&mut rows);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert_eq!(warnings[0].code, WarningCode::ColumnSlip);
        assert_eq!(warnings[0].rows, Some([11, 20]));
        assert!(
            warnings[0].message.contains(word),
            "{}",
            warnings[0].message
        );
        for (at, row) in rows.iter().enumerate() {
            let inside = (10..20).contains(&at);
            let id = format!("METI-{:02}", at + 1);
            assert_eq!(row.mapping.item_id, Some(id));
            assert_eq!(
                row.mapping.decision == Decision::Review,
                inside,
                "{:?}",
                row.mapping
            );
            assert_eq!(row.mapping.reasons.contains(&Reason::ColumnSlip), inside);
        }
    }
}

#[test]
fn nothing_breaks_it() {
    let long = "復旧".repeat(50_000);
    let mut rows = rows(&[
        (long.as_str(), long.as_str()),
        ("\u{2}\u{3}\u{2}", "\u{3}rto\u{2}"),
        ("🦀", "𡌶"),
        ("a", "1"),
    ]);
    rows[0].row = 0;
    rows[1].row = u32::MAX;
    map(&mut rows);
    assert!(map(&mut []).is_empty());
}

#[test]
fn near_twins_are_told_apart() {
    let twins = [
        ("障害対応の受付時間帯", "METI-26"),
        ("一般問合せの受付時間帯", "METI-27"),
        ("RTO", "METI-11"),
        ("RPO", "EXT-OPS-03"),
        ("MTTR", "METI-10"),
        ("バックアップの保存期間", "METI-30"),
        ("バックアップの世代数", "METI-32"),
        ("バックアップの取得タイミング", "METI-29"),
        ("バックアップの方法", "METI-28"),
        ("障害通知時間", "METI-15"),
        ("障害通知プロセス", "METI-14"),
        ("計画停止予定通知", "METI-02"),
        ("計画停止の頻度", "EXT-OPS-01"),
        ("データの暗号化", "METI-33"),
        ("通信の暗号化", "METI-42"),
        ("暗号鍵の管理", "METI-34"),
        ("パスワードの暗号化", "EXT-ACC-16"),
        ("ウイルス対策", "EXT-SEC-01"),
        ("ウイルススキャンの頻度", "METI-47"),
        ("時刻同期", "EXT-DAT-04"),
        ("時刻源", "EXT-DAT-05"),
        ("利用者の多要素認証", "EXT-ACC-09"),
        ("事業者管理者の多要素認証", "EXT-ACC-07"),
        ("操作ログの管理", "EXT-OPS-04"),
        ("障害ログの期間", "EXT-OPS-05"),
    ];
    for (name, id) in twins {
        let mut alone = rows(&[(name, "")]);
        map(&mut alone);
        assert_eq!(alone[0].mapping.item_id.as_deref(), Some(id), "{name}");
    }
    let names: Vec<(&str, &str)> = twins.iter().map(|t| (t.0, "")).collect();
    let mut together = rows(&names);
    map(&mut together);
    assert_eq!(ids(&together), twins.map(|t| t.1));
}

#[test]
fn how_strongly_a_row_is_asked_for_is_no_question() {
    let names = ["サービス稼働率", "ログの取得", "バックアップの方法"];
    let levels = ["必須", "推奨", "Required"];
    let mut with: Vec<Row> = rows(&std::array::from_fn::<_, 3, _>(|i| (names[i], levels[i])));
    let mut without: Vec<Row> = rows(&names.map(|name| (name, "")));
    map(&mut with);
    map(&mut without);
    assert_eq!(ids(&with), ["METI-05", "METI-18", "METI-28"]);
    for (a, b) in with.iter().zip(&without) {
        assert_eq!(a.mapping, b.mapping);
    }
}
