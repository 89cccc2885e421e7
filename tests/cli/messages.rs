//! What is said on standard error.

use crate::scratch::{SHEET, Scratch};

#[test]
fn the_summary_tells_sums_and_failures() {
    let s = Scratch::new("summary");
    s.put("in/回答.txt", SHEET)
        .put("in/b.txt", SHEET)
        .put("in/empty.txt", "");
    let done = s.run(&["import", "in"]);
    let line = |start: &str| {
        let line = done.stderr.lines().find(|l| l.starts_with(start));
        line.unwrap_or_else(|| panic!("no {start}: {}", done.stderr))
            .to_owned()
    };
    let numbers = |line: &str| {
        let numbers = line
            .split_whitespace()
            .filter_map(|n| n.parse::<u64>().ok());
        numbers.collect::<Vec<_>>()
    };
    assert_eq!(numbers(&line("in/回答.txt"))[0], 3);
    let total = numbers(&line("total"));
    assert_eq!(total[0], 6);
    assert_eq!(
        total[1] + total[2] + total[3],
        6,
        "accepted, review and unmapped are all rows"
    );
    assert!(line("failed: in/empty.txt").contains("[empty]"));
    assert!(line("2 imported, 1 failed").contains("out"));
    // Full-width characters take two columns: the numbers of both lines end at the same one.
    let columns = |line: &str| {
        line.chars()
            .map(|c| if c > '\u{2e80}' { 2 } else { 1 })
            .sum::<usize>()
    };
    assert_eq!(columns(&line("in/回答.txt")), columns(&line("in/b.txt")));
}

#[test]
fn quiet_prints_failures_only() {
    let s = Scratch::new("quiet");
    s.put("a.txt", SHEET).put("empty.txt", "");
    let done = s.run(&["import", "a.txt", "--quiet"]);
    assert_eq!((done.code, done.stdout + &done.stderr), (0, String::new()));
    let done = s.run(&["import", "a.txt", "empty.txt", "-q"]);
    assert_eq!((done.code, done.stdout.as_str()), (1, ""));
    assert!(
        done.stderr.starts_with("failed: empty.txt"),
        "{}",
        done.stderr
    );
    assert!(!done.stderr.contains("total"), "{}", done.stderr);
}

#[test]
fn colours_are_used_when_asked_for() {
    let s = Scratch::new("colours");
    s.put("a.txt", SHEET);
    let has_color = |args: &[&str], no_color: Option<&str>| {
        let mut command = s.command(args);
        if let Some(value) = no_color {
            command.env("NO_COLOR", value);
        }
        let output = command.output().unwrap();
        output.stderr.contains(&0x1b)
    };
    assert!(
        !has_color(&["import", "a.txt"], None),
        "standard error is no terminal"
    );
    assert!(has_color(
        &["import", "a.txt", "--color", "always"],
        Some("1")
    ));
    assert!(has_color(&["--color=always", "import", "a.txt"], None));
    assert!(!has_color(&["import", "a.txt", "--color", "never"], None));
}
