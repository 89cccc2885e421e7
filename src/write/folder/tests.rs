use super::super::scratch::Scratch;
use super::super::{Outcome, RUN_SCHEMA};
use super::*;
use crate::error::{Failure, FileError};

/// A run that plans `planned` and writes `written` of it.
fn run(out: &Scratch, planned: &[&str], written: &[&str]) -> Result<(), RunError> {
    let folder = OutFolder::open(&out.0, planned.iter().copied())?;
    let plan = Arc::new(Plan::default());
    let files = folder.files(&plan)?;
    let mut run = Run::new(Vec::new());
    for name in planned {
        let mut outcome = Outcome::failed(name, None, FileError::new(Failure::Empty, "", ""));
        if written.contains(name) {
            folder.write_document(name, b"{}")?;
            outcome.document = Some(format!("documents/{name}"));
        }
        run.add(outcome);
    }
    folder.place(files, &Arc::new(run.clone()))?;
    folder.finish(plan.outputs(), &run)
}

const RUN_FILES: [&str; 3] = ["rows.csv", "rows.jsonl", "run.json"];

fn expected(documents: &[&str], others: &[&str]) -> Vec<String> {
    let documents = documents.iter().map(|d| format!("documents/{d}"));
    let others = others.iter().chain(&RUN_FILES).map(|o| (*o).to_owned());
    let mut all: Vec<String> = documents.chain(others).collect();
    all.sort();
    all
}

#[test]
fn the_folder_is_about_the_last_run_and_foreign_files_stay() {
    let out = Scratch::new("last");
    out.put("documents/foreign.json", "{}");
    out.put("README.md", "note");
    run(&out, &["a.json", "b.json"], &["a.json", "b.json"]).unwrap();
    run(&out, &["b.json", "c.json"], &["c.json"]).unwrap();
    assert_eq!(
        out.names(),
        expected(&["c.json", "foreign.json"], &["README.md"])
    );
}

#[test]
fn what_a_killed_run_left_is_cleared_by_the_next() {
    let out = Scratch::new("killed");
    run(&out, &["a.json"], &["a.json"]).unwrap();
    let killed = OutFolder::open(&out.0, ["b.json", "c.json"]).unwrap();
    killed.write_document("b.json", b"{}").unwrap();
    // Killed: nothing is dropped, so that temporary files stay.
    std::mem::forget(killed.files(&Arc::default()).unwrap());
    out.put("documents/.c.json.torikomi-tmp", "{");
    assert!(
        !out.0.join("run.json").exists(),
        "a run under way has no account"
    );
    run(&out, &["d.json"], &["d.json"]).unwrap();
    assert_eq!(out.names(), expected(&["d.json"], &[]));
}

#[test]
fn a_run_that_fails_leaves_no_temporary_files() {
    let out = Scratch::new("fails");
    let folder = OutFolder::open(&out.0, ["a.json"]).unwrap();
    let rows = folder.files(&Arc::default()).unwrap();
    drop((folder, rows));
    assert_eq!(out.names(), [JOURNAL]);
}

#[test]
fn whatever_an_account_says_nothing_outside_the_documents_is_removed() {
    let out = Scratch::new("hostile");
    out.put("keep.json", "{}");
    out.put("documents/keep.txt", "");
    let listed = [
        "documents/../keep.json",
        "keep.json",
        "documents/keep.txt",
        "/etc/hosts",
    ];
    let documents = listed.map(|d| serde_json::json!({ "document": d }));
    let account = serde_json::json!({ "schema": RUN_SCHEMA, "documents": documents });
    out.put("run.json", &account.to_string());
    out.put(JOURNAL, "../keep.json\n..\\keep.json\nkeep.txt\n");
    run(&out, &[], &[]).unwrap();
    assert_eq!(out.names(), expected(&["keep.txt"], &["keep.json"]));

    out.put("documents/theirs.json", "{}");
    out.put(
        "run.json",
        r#"{"schema":"other/1","documents":[{"document":"documents/theirs.json"}]}"#,
    );
    run(&out, &[], &[]).unwrap();
    assert!(
        out.0.join("documents/theirs.json").exists(),
        "another program's account"
    );
}

#[test]
fn another_spelling_of_a_name_goes_before_the_new_document_comes() {
    let out = Scratch::new("spelling");
    run(&out, &["A.json"], &["A.json"]).unwrap();
    let folder = OutFolder::open(&out.0, ["a.json"]).unwrap();
    assert!(!out.0.join("documents/A.json").exists());
    drop(folder);
}

#[test]
fn a_file_in_the_way_is_named() {
    let out = Scratch::new("in-the-way");
    out.put("file", "");
    let error = OutFolder::open(&out.0.join("file"), [])
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("file: cannot create the out folder"),
        "{error}"
    );
    assert!(error.contains("name another place"), "{error}");
    fs::create_dir(out.0.join("run.json")).unwrap();
    assert!(OutFolder::open(&out.0, []).is_err());
}

#[test]
fn a_runs_own_files_are_known() {
    for (path, own) in [
        ("/o/run.json", true),
        ("/o/rows.csv", true),
        ("/o/rows.jsonl", true),
        ("/o/.torikomi-unfinished", true),
        ("/o/.rows.csv.torikomi-tmp", true),
        ("/o/documents/a.xlsx.json", true),
        ("/o/documents/a.xlsx", false),
        ("/o/sheet.csv", false),
        ("/o/sub/run.json", false),
        ("/elsewhere/run.json", false),
    ] {
        assert_eq!(is_output(Path::new("/o"), Path::new(path)), own, "{path}");
    }
}
