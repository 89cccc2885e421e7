//! Golden cases: `fixtures/cases/FORMAT/TRAIT/sheet.*` and what an import makes of it.
//!
//! `TORIKOMI_REWRITE=1 cargo test --test golden` rewrites every `expected.json` (a part of a
//! case's name instead of `1` rewrites those); `git diff` is the review. `fixtures/add-case` adds
//! a case.

mod golden_json;
mod sheets;

use std::fs;

use golden_json::{difference, golden};
use sheets::{ENGINE, cases, sheet_of, source};

#[test]
fn every_case_gives_what_it_should() {
    let rewrite = std::env::var("TORIKOMI_REWRITE").unwrap_or_default();
    let cases = cases();
    let (mut failures, mut texts) = (Vec::new(), 0);
    for (name, folder) in &cases {
        let path = folder.join("expected.json");
        let found = golden(ENGINE.import(&source(&sheet_of(folder))));
        if rewrite == "1" || (!rewrite.is_empty() && name.contains(&rewrite)) {
            fs::write(&path, &found).unwrap();
        }
        match fs::read_to_string(&path) {
            Ok(expected) if expected == found => texts += 1,
            Ok(expected) => failures.push(format!("{name}\n{}", difference(&expected, &found))),
            Err(_) => failures.push(format!("{name}\n  has no expected.json")),
        }
    }
    assert!(
        failures.is_empty(),
        "{texts} of {} cases give what they should; these do not:\n\n{}\n\
         If the new outcome is right: TORIKOMI_REWRITE=1 cargo test --test golden",
        cases.len(),
        failures.join("\n")
    );
    assert!(texts > 100, "the cases are there");
}
