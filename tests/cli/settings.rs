//! Settings files and flags.

use crate::scratch::{SHEET, Scratch};

#[test]
fn an_unknown_key_is_named_with_file_and_line() {
    let s = Scratch::new("bad-key");
    s.put("a.txt", SHEET);
    s.put("torikomi.toml", "# ours\n[extract]\nencodng = 'cp932'\n");
    s.put("other.toml", "[output]\n\n\ncolor = true\n");
    for (args, place, key) in [
        (vec!["import", "a.txt"], "torikomi.toml:3: ", "encodng"),
        (vec!["inspect", "a.txt"], "torikomi.toml:3: ", "encodng"),
        (
            vec!["import", "a.txt", "--config", "other.toml"],
            "other.toml:4: ",
            "color",
        ),
    ] {
        let done = s.run(&args);
        assert_eq!((done.code, done.stdout.as_str()), (2, ""));
        let said = done.stderr.contains(place) && done.stderr.contains(key);
        assert!(said, "{}", done.stderr);
    }
    let done = s.run(&["import", "a.txt", "--config", "gone.toml"]);
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("gone.toml"), "{}", done.stderr);
}

#[test]
fn flags_win_over_the_file() {
    let s = Scratch::new("flags-win");
    s.put("a.txt", SHEET);
    s.put(
        "torikomi.toml",
        "[output]\nfolder = 'theirs'\ntimings = false\n[batch]\njobs = 1\n",
    );
    assert_eq!(s.run(&["import", "a.txt"]).code, 0);
    assert!(s.json("theirs/run.json")["timings"].is_null());
    assert_eq!(s.run(&["import", "a.txt", "--out", "mine"]).code, 0);
    assert!(s.path("mine/run.json").exists());
    s.put("torikomi.toml", "[extract]\nencoding = 'nonsense'\n");
    assert_eq!(s.run(&["import", "a.txt"]).code, 2);
    assert_eq!(s.run(&["import", "a.txt", "--encoding", "utf-8"]).code, 0);
}

#[test]
fn what_makes_no_sense_is_said_before_anything_is_read() {
    let s = Scratch::new("usage");
    s.put("a.txt", SHEET);
    for (args, said) in [
        (vec![], "Usage"),
        (vec!["import"], "PATH"),
        (vec!["import", "a.txt", "--jobs", "0"], "--jobs"),
        (vec!["import", "a.txt", "--encoding", "ebcdic"], "ebcdic"),
        (vec!["import", "a.txt", "--catalog", "no-such"], "no-such"),
        (vec!["import", "a.txt", "--mappings", "gone"], "gone"),
        (vec!["import", "a.txt", "--colour"], "--colour"),
        (vec!["inspect", "a.txt", "--stage", "guess"], "extract"),
        (vec!["inspect", "."], "folder"),
        (vec!["schema", "rowz"], "rows"),
        (vec!["completions", "klingon"], "bash"),
    ] {
        let done = s.run(&args);
        assert_eq!(
            (done.code, done.stdout.as_str()),
            (2, ""),
            "{args:?}: {}",
            done.stderr
        );
        assert!(done.stderr.contains(said), "{args:?}: {}", done.stderr);
    }
    assert!(!s.path("out").exists());
}
