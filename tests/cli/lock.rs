//! One import at a time writes to a folder.

use std::process::Stdio;
use std::thread;
use std::time::Duration;

use torikomi::write::FolderLock;

use crate::scratch::{Done, SHEET, Scratch};

/// What a run leaves there.
const WRITTEN: [&str; 6] = [
    "documents/a.txt.json",
    "report.html",
    "rows.csv",
    "rows.jsonl",
    "run.json",
    "torikomi.xlsx",
];

#[test]
fn the_second_import_says_who_is_writing() {
    let s = Scratch::new("held");
    s.put("a.txt", SHEET).put("out/run.json", "mine");
    let lock = FolderLock::take(&s.path("out"), false).unwrap();
    let done = s.run(&["import", "a.txt"]);
    assert_eq!((done.code, done.stdout.as_str()), (2, ""));
    let own = format!("process {}, since 2", std::process::id());
    for said in ["out: another import", "--wait", "--out"] {
        assert!(done.stderr.contains(said), "{}", done.stderr);
    }
    // Elsewhere a locked file cannot be read.
    assert!(!cfg!(unix) || done.stderr.contains(&own), "{}", done.stderr);
    assert_eq!(s.read("out/run.json"), "mine", "nothing is touched");
    assert_eq!(s.run(&["import", "a.txt", "--out", "other"]).code, 0);
    drop(lock);
    assert_eq!(s.run(&["import", "a.txt"]).code, 0);
}

#[test]
fn an_import_that_waits_goes_on_when_the_other_ends() {
    let s = Scratch::new("waits");
    s.put("a.txt", SHEET);
    let lock = FolderLock::take(&s.path("out"), false).unwrap();
    let mut command = s.command(&["import", "a.txt", "--wait"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    thread::sleep(Duration::from_millis(500));
    assert!(child.try_wait().unwrap().is_none(), "it waits");
    assert!(!s.path("out/run.json").exists());
    drop(lock);
    let done = Done::from(child.wait_with_output().unwrap());
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(done.stderr.contains("waiting for"), "{}", done.stderr);
    assert!(WRITTEN.iter().all(|name| s.path("out").join(name).exists()));
}

#[test]
fn what_a_killed_import_left_is_no_lock() {
    let s = Scratch::new("stale");
    s.put("a.txt", SHEET);
    s.put(
        "out/.torikomi-lock",
        "process 1, since 2020-01-01T00:00:00Z\n",
    );
    let done = s.run(&["import", "a.txt"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(
        !cfg!(unix) || s.files("out") == WRITTEN,
        "{:?}",
        s.files("out")
    );
}
