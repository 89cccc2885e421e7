//! Worker processes: whatever happens to one, it costs one file.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{fs, thread};

use serde_json::Value;
use torikomi::batch::workers::{Limits, Workers};
use torikomi::config::Config;
use torikomi::error::RunError;
use torikomi::pipeline::Snapshot;

use crate::scratch::{Done, SHEET, Scratch, outcome};

/// The variable that provokes faults in workers.
const FAULT: &str = "TORIKOMI_TEST_FAULT";

/// Good sheets, and one for each fault, called like it.
fn poisoned(s: &Scratch, faults: &[&str]) -> String {
    for i in 0..6 {
        s.put(&format!("in/good-{i}.txt"), SHEET);
    }
    // A fault of no file, to know the workers of this test by.
    let mut pairs = vec![format!("none={}", s.path("in").display())];
    for fault in faults {
        s.put(&format!("in/{fault}.txt"), SHEET);
        pairs.push(format!("{fault}=in/{fault}.txt"));
    }
    pairs.join(";")
}

fn run(s: &Scratch, faults: &str, args: &[&str]) -> Done {
    let mut command = s.command(&[&["import", "in"], args].concat());
    let output = command.env(FAULT, faults).stdin(Stdio::null()).output();
    output.unwrap().into()
}

fn reason<'a>(run: &'a Value, fault: &str) -> &'a str {
    let outcome = outcome(run, &format!("in/{fault}.txt"));
    match &outcome["error"]["reason"] {
        Value::String(reason) => reason,
        _ => outcome["status"].as_str().unwrap(),
    }
}

/// The workers that have this in their environment.
#[cfg(target_os = "linux")]
fn workers_with(mark: &str) -> Vec<u32> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let numbers = processes.filter_map(|e| e.file_name().to_str()?.parse().ok());
    let ours = numbers.filter(|pid: &u32| {
        let read = |what: &str| fs::read(format!("/proc/{pid}/{what}")).unwrap_or_default();
        let is_worker = String::from_utf8_lossy(&read("cmdline")).contains("\0worker\0");
        is_worker && String::from_utf8_lossy(&read("environ")).contains(mark)
    });
    ours.collect()
}

/// Looks again and again until there is something; panics when there never is.
fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..1200 {
        if let Some(found) = look() {
            return found;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("{what}: never");
}

fn in_background(s: &Scratch, faults: &str, args: &[&str]) -> Child {
    let mut command = s.command(&[&["import", "in"], args].concat());
    let quiet = command.env(FAULT, faults).stdin(Stdio::null());
    quiet.stdout(Stdio::null()).stderr(Stdio::null());
    quiet.spawn().unwrap()
}

#[test]
fn what_a_file_does_to_its_worker_is_its_own_reason() {
    let s = Scratch::new("poisoned");
    let faults = [
        ("hang", "timed_out"),
        ("bomb", "out_of_memory"),
        ("overflow", "crashed"),
        ("abort", "crashed"),
        ("kill", "crashed"),
        ("panic", "internal"),
        ("hang-once", "imported"),
        ("kill-once", "imported"),
    ];
    let names: Vec<&str> = faults.iter().map(|(fault, _)| *fault).collect();
    let pairs = poisoned(&s, &names);
    let limits = ["--jobs", "2", "--timeout", "2s", "--max-memory", "320M"];
    let done = run(&s, &pairs, &limits);
    assert_eq!(done.code, 1, "{}", done.stderr);
    let account = s.json("out/run.json");
    for (fault, expected) in faults {
        assert_eq!(
            reason(&account, fault),
            expected,
            "{fault}: {}",
            done.stderr
        );
    }
    for i in 0..6 {
        assert_eq!(reason(&account, &format!("good-{i}")), "imported");
    }
    assert_eq!(account["counts"]["failed"], 6);
    let message = |fault: &str| {
        let path = format!("in/{fault}.txt");
        let error = &outcome(&account, &path)["error"];
        assert_eq!(
            outcome(&account, &path)["sha256"].as_str().unwrap().len(),
            64
        );
        format!("{} {}", error["message"], error["hint"])
    };
    for (fault, said) in [
        ("hang", "2s"),
        ("hang", "--timeout"),
        ("bomb", "320 MiB"),
        ("bomb", "--max-memory"),
        ("overflow", "nested too deeply"),
        ("abort", "signal 6"),
        ("kill", "signal 9"),
        ("panic", "a panic on purpose"),
    ] {
        assert!(message(fault).contains(said), "{fault}: {}", message(fault));
    }
    for raw in [
        "fatal runtime error",
        "memory allocation of",
        "overflowed its stack",
    ] {
        assert!(!done.stderr.contains(raw), "{}", done.stderr);
    }
    #[cfg(target_os = "linux")]
    assert_eq!(workers_with(&pairs), [0; 0], "no worker is left");
}

#[test]
fn only_workers_heed_faults() {
    let s = Scratch::new("no-fault");
    let pairs = poisoned(&s, &["panic", "abort"]);
    let done = run(&s, &pairs, &["--no-isolate"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
}

#[test]
fn the_same_bytes_with_and_without_workers() {
    let s = Scratch::new("same-bytes");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let sheets = fs::read_dir(fixtures.join("sheets")).unwrap();
    let mut files: Vec<PathBuf> = sheets.map(|e| e.unwrap().path()).collect();
    files.extend(["locked", "scan", "typst-grid"].map(|f| fixtures.join(format!("pdf/{f}.pdf"))));
    for file in &files {
        let name = file.file_name().unwrap().to_str().unwrap();
        s.put(&format!("in/{name}"), fs::read(file).unwrap());
    }
    s.put("in/empty.txt", "")
        .put("in/prose.txt", "拝啓\n\n敬具\n");
    s.put("passwords", "wrong\nkagi\n");
    s.put(
        "learned.jsonl",
        concat!(
            r#"{"item_id":null,"name":"サービス時間","description":"サービスを提供する時間帯","#,
            r#""document":"a.json","row":1,"date":"2026-01-01"}"#,
            "\n"
        ),
    );
    let common = [
        "import",
        "in",
        "--no-timings",
        "-q",
        "--password-file",
        "passwords",
    ];
    let outs = [
        ("plain", &["--no-isolate", "--jobs", "2"][..]),
        ("one", &["--jobs", "1"]),
        ("two", &["--jobs", "2"]),
        ("four", &["--isolate", "--jobs", "4"]),
    ];
    for (out, args) in outs {
        let done = s.run(&[&common, args, &["--out", out]].concat());
        assert_eq!(
            done.code, 1,
            "some fixtures are meant to fail: {}",
            done.stderr
        );
    }
    let names = s.files("plain");
    assert!(names.len() > 12, "{names:?}");
    for (out, _) in outs {
        assert_eq!(s.files(out), names, "{out}");
        for name in &names {
            let read = |out: &str| fs::read(s.path(out).join(name)).unwrap();
            assert!(read(out) == read("plain"), "{out}/{name} differs");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_that_is_killed_costs_its_file_at_most() {
    use rustix::process::{Pid, Signal, kill_process};

    let s = Scratch::new("killed");
    let pairs = poisoned(&s, &["hang"]);
    let mut import = in_background(&s, &pairs, &["--jobs", "1", "--timeout", "10m"]);
    wait_for("the batch begins", || {
        s.path("out/.torikomi-unfinished").exists().then_some(())
    });
    let status = wait_for("the end", || {
        for pid in workers_with(&pairs) {
            let pid = Pid::from_raw(pid.cast_signed()).unwrap();
            let _ = kill_process(pid, Signal::KILL);
        }
        thread::sleep(Duration::from_millis(500));
        import.try_wait().unwrap()
    });
    assert_eq!(status.code(), Some(1));
    let account = s.json("out/run.json");
    assert_eq!(reason(&account, "hang"), "crashed");
}

#[cfg(target_os = "linux")]
#[test]
fn no_worker_outlives_an_import_and_none_shows_its_settings() {
    let s = Scratch::new("orphans");
    let pairs = poisoned(&s, &["hang"]);
    let secret = "himitsu-no-kotoba";
    let args = ["--jobs", "2", "--timeout", "10m", "--password", secret];
    let mut import = in_background(&s, &pairs, &args);
    let workers = wait_for("workers", || {
        Some(workers_with(&pairs)).filter(|workers| workers.len() == 2)
    });
    for pid in workers {
        for what in ["cmdline", "environ"] {
            let said = fs::read(format!("/proc/{pid}/{what}")).unwrap_or_default();
            let said = String::from_utf8_lossy(&said).into_owned();
            assert!(!said.contains(secret) && !said.contains("PATH="), "{said}");
        }
    }
    import.kill().unwrap();
    import.wait().unwrap();
    wait_for("the workers end", || {
        workers_with(&pairs).is_empty().then_some(())
    });
}

#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
#[test]
fn a_worker_reaches_no_file_and_no_network() {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetStatus};

    let confined = thread::spawn(|| {
        let rules = Ruleset::default().handle_access(AccessFs::from_all(ABI::V4));
        let rules = rules.and_then(|r| r.handle_access(AccessNet::from_all(ABI::V4)));
        let status = rules.and_then(|r| r.create()?.restrict_self()).unwrap();
        status.ruleset == RulesetStatus::FullyEnforced
    });
    if !confined.join().unwrap() {
        eprintln!("not tested: this kernel has no Landlock, or an old one");
        return;
    }
    let s = Scratch::new("landlock");
    let pairs = poisoned(&s, &["look"]);
    let done = run(&s, &pairs, &[]);
    let saw = "read false, listed false, written false, bound false, sent false, run false";
    assert!(done.stderr.contains(saw), "{}", done.stderr);
}

#[test]
fn a_worker_that_cannot_be_started_is_said_before_anything_is_written() {
    let jobs = NonZeroUsize::MIN;
    for (program, said) in [
        ("/nonexistent/torikomi", "No such file"),
        ("/bin/true", "code 0"),
    ] {
        let snapshot = Snapshot::read(Config::default()).unwrap();
        let program = Path::new(program);
        let workers = Workers::start(program, snapshot, 1 << 20, Limits::default(), jobs, 1);
        let error: RunError = match workers.and_then(|workers| workers.check()) {
            Ok(()) => panic!("{} is no worker", program.display()),
            Err(error) => error,
        };
        let error = error.to_string();
        assert!(
            error.contains(said) && error.contains("--no-isolate"),
            "{error}"
        );
    }
}

#[test]
fn a_worker_is_not_started_by_hand() {
    for input in ["", "hello, worker\n"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_torikomi"))
            .arg("worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
        let done = Done::from(child.wait_with_output().unwrap());
        assert_eq!(
            (done.code, done.stdout.as_str()),
            (2, ""),
            "{}",
            done.stderr
        );
    }
    let s = Scratch::new("no-hint");
    for args in [&["--help"][..], &["completions", "bash"]] {
        assert!(!s.run(args).stdout.contains("worker"), "{args:?}");
    }
}

#[test]
fn limits_can_stand_in_the_settings() {
    let s = Scratch::new("limit-settings");
    let pairs = poisoned(&s, &["hang"]);
    s.put(
        "torikomi.toml",
        "[batch]\nmax-memory = '300M'\ntimeout = '1s'\n",
    );
    let done = run(&s, &pairs, &[]);
    assert!(done.stderr.contains("not read after 1s"), "{}", done.stderr);
    s.put("torikomi.toml", "[batch]\nisolate = false\ntimeout = 1\n");
    assert_eq!(
        run(&s, &pairs, &[]).code,
        0,
        "there are no workers to heed the fault"
    );
    s.put("torikomi.toml", "[batch]\n\nmax-memory = '1M'\n");
    let done = run(&s, &pairs, &[]);
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("torikomi.toml:3: "), "{}", done.stderr);
    s.put("none.toml", "");
    for (args, said) in [
        (&["--timeout", "soon"][..], "soon"),
        (&["--max-memory", "1M"], "128M"),
        (&["--no-isolate", "--timeout", "3"], "--isolate"),
    ] {
        let done = run(&s, &pairs, &[args, &["--config", "none.toml"]].concat());
        assert_eq!(done.code, 2);
        assert!(done.stderr.contains(said), "{}", done.stderr);
    }
}
