use super::*;

fn texts(list: &[&str]) -> Vec<(String, String)> {
    let named = list.iter().enumerate();
    named
        .map(|(i, t)| (format!("{i}.json"), (*t).to_owned()))
        .collect()
}

fn faults(list: &[&str]) -> Vec<String> {
    match Catalogs::from_texts(&texts(list)) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.iter().map(ToString::to_string).collect(),
    }
}

const GOOD: &str = r#"{
 "catalog": "acme",
 "title": "ACME",
 "items": [
  { "id": "A-1", "name": "稼働率", "aliases": ["アップタイム"] },
  { "id": "A-2", "name": "復旧時間" }
 ]
}"#;

#[test]
fn a_good_catalog_loads() {
    assert_eq!(faults(&[GOOD]), Vec::<String>::new());
}

#[test]
fn every_fault_is_named_with_file_and_line() {
    for (bad, expected) in [
        (
            GOOD.replace("A-2", "A-1"),
            "0.json:6: A-1 is already at 0.json:5",
        ),
        (
            GOOD.replace("復旧時間", " "),
            "0.json:6: A-2: name is empty",
        ),
        (
            GOOD.replace("\"ACME\"", "\"\""),
            "0.json:2: the catalog has no title",
        ),
        (
            GOOD.replace("アップタイム", "復旧時間"),
            "0.json:5: A-1: the alias 復旧時間 is the name of A-2",
        ),
        (
            GOOD.replace("アップタイム", "稼働率"),
            "0.json:5: A-1: the alias 稼働率 is its own name",
        ),
        (
            GOOD.replace("aliases", "alias"),
            "0.json:5: unknown field `alias`",
        ),
        (
            GOOD.replace("\"name\": \"復旧時間\"", "\"no\": \"2\""),
            "0.json:6: A-2 has neither a name nor",
        ),
        (
            GOOD.replace("[\"アップタイム\"]", "[\"アップタイム\", \"ｱｯﾌﾟﾀｲﾑ\"]"),
            "0.json:5: A-1: the alias ｱｯﾌﾟﾀｲﾑ stands twice",
        ),
        (GOOD.replace(']', ""), "0.json:"),
        (
            r#"{"catalog":"x","title":"X","items":[]}"#.into(),
            "0.json:1: the catalog has no items",
        ),
    ] {
        let found = faults(&[&bad]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with(expected), "{} / {expected}", found[0]);
    }
}

#[test]
fn faults_between_files_are_found_and_all_of_them() {
    let other = r#"{"catalog": "acme", "title": "B", "items": [
  { "id": "A-1", "name": "x" },
  { "id": "B-1", "name": "y", "aliases": ["アップタイム"] }
]}"#;
    let found = faults(&[GOOD, other]);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].starts_with("1.json:1: catalog acme is also in 0.json"));
    assert!(found[1].starts_with("1.json:2: A-1 is already at 0.json:5"));
    assert!(found[2].starts_with("1.json:3: B-1: the alias アップタイム also points at A-1"));
}

#[test]
fn only_the_named_catalogs_are_used_and_an_unknown_name_is_refused() {
    let files = DataFiles::default();
    let one = Catalogs::load(&files, &["ipa-infosec".into()]).unwrap();
    assert_eq!(
        one.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(),
        ["ipa-infosec"]
    );
    let refused = Catalogs::load(&files, &["ipa".into()])
        .unwrap_err()
        .to_string();
    assert!(refused.contains("ipa-infosec"), "{refused}");
}

#[test]
fn built_in_items_can_be_told_apart() {
    let all = Catalogs::load(&DataFiles::default(), &[]).unwrap();
    assert_eq!(check(&all), Vec::new());
    assert!(all.items().count() >= 117);
}

#[test]
fn items_that_cannot_be_told_apart_are_found() {
    let twins = GOOD.replace("復旧時間", "稼働率");
    let all = Catalogs::from_texts(&texts(&[&twins])).unwrap();
    let found = check(&all);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].first.as_str(), found[0].second.as_str()),
        ("A-1", "A-2")
    );
    assert_eq!(found[0].likeness, 1.0);
}

#[test]
fn aliases_and_questions_are_sorted() {
    let all = Catalogs::load(&DataFiles::default(), &[]).unwrap();
    for (_, item) in all.items() {
        assert!(item.aliases.is_sorted(), "{}: sort the aliases", item.id);
        assert!(
            item.questions.is_sorted(),
            "{}: sort the questions",
            item.id
        );
    }
}
