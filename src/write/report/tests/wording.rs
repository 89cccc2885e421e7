use std::collections::BTreeSet;

use super::super::labels::Labels;
use super::super::page::{SCRIPT, TEMPLATE, Words};
use super::super::words::{Worded, entries};
use crate::config::Language::{self, En, Ja};
use crate::error::Failure;
use crate::model::{Decision, Reason, Relation, Status, WarningCode};

fn words(language: Language) -> serde_json::Value {
    let labels = Labels::of(language);
    serde_json::to_value(Words::new(&labels, language)).unwrap()
}

/// The names after a prefix: `T.name` gives `name`.
fn names_after(text: &str, prefix: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in text.match_indices(prefix) {
        let before = text[..at].chars().next_back().unwrap_or(' ');
        if before.is_alphanumeric() || before == '_' {
            continue;
        }
        let rest = text[at + prefix.len()..].chars();
        let name: String = rest
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        names.insert(name);
    }
    names.remove("");
    names
}

#[test]
fn every_label_that_is_asked_for_is_there_and_every_one_is_asked_for() {
    let there: BTreeSet<String> = words(Ja).as_object().unwrap().keys().cloned().collect();
    let mut asked = names_after(SCRIPT, "T.");
    asked.extend(names_after(TEMPLATE, "t."));
    let missing: Vec<_> = asked.difference(&there).collect();
    assert!(missing.is_empty(), "no such labels: {missing:?}");
    // Asked for by `page::keys`, or by the name of a field.
    let by_name = |n: &&String| n.starts_with("help_") || n.starts_with("field_");
    let idle: Vec<_> = there.difference(&asked).filter(|n| !by_name(n)).collect();
    assert!(idle.is_empty(), "labels without a use: {idle:?}");
}

#[test]
fn labels_are_japanese_and_english() {
    let (ja, en) = (words(Ja), words(En));
    let (ja, en) = (ja.as_object().unwrap(), en.as_object().unwrap());
    let is_japanese = |text: &str| !text.is_ascii();
    for (name, label) in ja {
        let Some(label) = label.as_str().filter(|_| name != "lang") else {
            continue;
        };
        assert!(is_japanese(label), "{name}: {label}");
        let english = en[name].as_str().unwrap();
        let plain = english.is_ascii() || name == "decided_mark";
        assert!(!english.is_empty() && plain, "{name}: {english}");
    }
    assert_eq!((&ja["lang"], &en["lang"]), (&"ja".into(), &"en".into()));
}

fn all<T: Worded>(kind: &str) {
    for language in [Ja, En] {
        let entries = entries::<T>(language);
        let names: BTreeSet<_> = entries.iter().map(|e| e.name.clone()).collect();
        assert_eq!(names.len(), T::ALL.len(), "{kind}: a name for each");
        let labels: BTreeSet<_> = entries.iter().map(|e| e.label).collect();
        assert_eq!(labels.len(), T::ALL.len(), "{kind}: told apart");
        for entry in &entries {
            assert!(
                !entry.name.is_empty() && !entry.label.is_empty(),
                "{entry:?}"
            );
            assert_eq!(entry.label.is_ascii(), language == En, "{entry:?}");
        }
    }
}

#[test]
fn the_models_lists_have_words() {
    all::<Status>("status");
    all::<Decision>("decision");
    all::<Reason>("reason");
    all::<Relation>("relation");
    all::<WarningCode>("warning");
    all::<Failure>("failure");
    let symbols: BTreeSet<_> = entries::<Status>(Ja).iter().map(|e| e.symbol).collect();
    assert_eq!(symbols.len(), Status::ALL.len(), "statuses differ in shape");
}

#[test]
fn names_are_those_of_the_model() {
    for status in Status::ALL {
        let entry = super::super::words::entry(*status, En);
        assert_eq!(entry.name, status.name());
    }
    for reason in Reason::ALL {
        let entry = super::super::words::entry(*reason, En);
        assert_eq!(entry.name, reason.name());
        assert!(!entry.meaning.is_empty());
    }
}
