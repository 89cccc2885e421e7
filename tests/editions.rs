//! What `torikomi diff` says of two editions of a sheet: `fixtures/editions/TRAIT/old.*`, `new.*`
//! and `expected.txt`.
//!
//! `TORIKOMI_REWRITE=1 cargo test --test editions` rewrites every `expected.txt`; `git diff` is the
//! review.

mod sheets;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use sheets::{checkout, entries};

fn diff(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_torikomi"))
        .arg("diff")
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        done.status.code().unwrap_or(-1),
        text(done.stdout),
        text(done.stderr),
    )
}

#[test]
fn every_pair_of_editions_gives_what_it_should() {
    let rewrite = std::env::var("TORIKOMI_REWRITE").is_ok_and(|r| r == "1");
    let cases = entries(&checkout("fixtures/editions"));
    let cases: Vec<_> = cases.into_iter().filter(|c| c.is_dir()).collect();
    assert!(cases.len() >= 5, "the cases are there");
    for folder in cases {
        let (code, found, said) = diff(&folder, &["old.csv", "new.csv"]);
        let path = folder.join("expected.txt");
        if rewrite {
            fs::write(&path, &found).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap();
        let name = folder.display();
        assert_eq!(
            found, expected,
            "{name}: TORIKOMI_REWRITE=1 cargo test --test editions\n{said}"
        );
        let equal = expected.ends_with("違いはありません\n");
        assert_eq!(code, i32::from(!equal), "{name}");
        let (json_code, json, _) = diff(&folder, &["old.csv", "new.csv", "--json"]);
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            (json_code, &json["equal"]),
            (code, &Value::Bool(equal)),
            "{name}"
        );
    }
}

#[test]
fn json_names_the_verdict_and_both_sides() {
    let folder = checkout("fixtures/editions/values-get-worse");
    let (_, json, _) = diff(&folder, &["old.csv", "new.csv", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["schema"], "torikomi.diff/1");
    let changes = json["documents"][0]["changes"].as_array().unwrap();
    let rto = changes.iter().find(|c| c["item_id"] == "METI-11").unwrap();
    assert_eq!(rto["turn"], "value_worse");
    assert_eq!(rto["verdict"], "worse");
    assert_eq!(rto["values"][0]["old"][0], "4時間以内");
    assert_eq!(rto["values"][0]["new"][0], "8時間以内");
    assert_eq!(rto["old"]["place"], "line 7");
    assert_eq!(rto["new"]["row"], 2);
    let unknown = changes.iter().find(|c| c["item_id"].is_null()).unwrap();
    assert_eq!(
        unknown["verdict"], "changed",
        "of no item, nobody knows which is better"
    );
}
