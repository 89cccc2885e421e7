//! The house rules that a compiler does not hold: what imports what, who prints, how long files
//! are. Reads `src/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The stages, in the order in which data flows.
const STAGES: [&str; 7] = [
    "discover",
    "extract",
    "interpret",
    "normalize",
    "resolve",
    "review",
    "write",
];
/// What a stage may import.
const FOR_STAGES: &[&str] = &["model", "notation", "catalog", "learn", "config", "error"];
/// What the others may import; all of it when not named here.
const OTHERS: [(&str, &[&str]); 8] = [
    ("model", &[]),
    ("notation", &["model"]),
    ("catalog", &["model", "notation", "error"]),
    ("learn", &["model", "notation", "catalog", "error"]),
    ("error", &["model"]),
    ("config", &["model", "error"]),
    // Beside the stages: it reads what was written, not how it was made.
    ("compare", &["model", "notation", "catalog", "error"]),
    (
        "batch",
        &["pipeline", "discover", "write", "model", "config", "error"],
    ),
];
const MOST_LINES: usize = 400;
const MEDIAN_LINES: usize = 200;

struct File {
    /// Under `src`, with `/`.
    path: String,
    text: String,
}

impl File {
    /// The module of the crate root it belongs to.
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.trim_end_matches(".rs")
    }

    /// Its lines without comments.
    fn code(&self) -> impl Iterator<Item = &str> {
        self.text
            .lines()
            .filter(|l| !l.trim_start().starts_with("//"))
    }

    /// Tests may put stages together.
    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// The modules of the crate root it names outside its tests: `crate::x`, `crate::{x, y::z}`.
    fn imports(&self) -> Vec<String> {
        let code: String = self.code().flat_map(|l| [l, "\n"]).collect();
        let code = code
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        let mut names = Vec::new();
        for (at, _) in code.match_indices("crate::") {
            if code[..at].ends_with('$') {
                continue;
            }
            let rest = &code[at + "crate::".len()..];
            match rest.strip_prefix('{') {
                Some(group) => names.extend(heads(group)),
                None => names.push(word(rest)),
            }
        }
        names
    }
}

/// The first words of a group's members: `a, b::{c, d}, e}` gives a, b, e.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut heads) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            ',' if depth == 0 => {
                heads.push(word(&group[start..at]));
                start = at + 1;
            }
            '}' if depth == 0 => {
                heads.push(word(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    heads.retain(|h| !h.is_empty());
    heads
}

fn word(text: &str) -> String {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    text[..end.unwrap_or(text.len())].to_owned()
}

fn files() -> Vec<File> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        let paths = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path());
        let (inner, leaves): (Vec<PathBuf>, Vec<PathBuf>) = paths.partition(|p| p.is_dir());
        folders.extend(inner);
        for path in leaves
            .iter()
            .filter(|p| p.extension().is_some_and(|e| e == "rs"))
        {
            let shown = path.strip_prefix(&src).unwrap().to_string_lossy();
            files.push(File {
                path: shown.replace('\\', "/"),
                text: fs::read_to_string(path).unwrap(),
            });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 30, "the sources are there");
    files
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn imports_go_downwards() {
    let others: BTreeMap<&str, &[&str]> = OTHERS.into();
    let mut faults = Vec::new();
    for file in files().iter().filter(|f| !f.is_test()) {
        let module = file.module().to_owned();
        let allowed = if STAGES.contains(&module.as_str()) {
            FOR_STAGES
        } else {
            match others.get(module.as_str()) {
                Some(allowed) => allowed,
                // `lib` and `pipeline` see everything; the binary sees its own modules.
                None => continue,
            }
        };
        for name in file.imports() {
            // A macro or a constant of the crate root would start otherwise.
            if name != module && !allowed.contains(&name.as_str()) {
                faults.push(format!("src/{}: {module} imports {name}", file.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn the_pipeline_knows_nothing_of_many_files() {
    let mut faults = Vec::new();
    for file in files().iter().filter(|f| f.module() == "pipeline") {
        for name in file.imports() {
            if ["batch", "discover", "write"].contains(&name.as_str()) {
                faults.push(format!("src/{}: imports {name}", file.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn only_the_binary_prints() {
    const PRINTING: [&str; 7] = [
        "println!",
        "print!(",
        "eprintln!",
        "eprint!(",
        "dbg!(",
        "io::stdout",
        "io::stderr",
    ];
    let mut faults = Vec::new();
    for file in files().iter().filter(|f| f.module() != "bin") {
        for (i, line) in file.text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if PRINTING.iter().any(|p| code.contains(p)) {
                faults.push(format!("src/{}:{}: {}", file.path, i + 1, line.trim()));
            }
        }
    }
    none(&faults);
}

#[test]
fn no_file_is_long() {
    let mut lengths = Vec::new();
    let mut faults = Vec::new();
    for file in files() {
        let length = file.text.lines().count();
        lengths.push(length);
        if length > MOST_LINES {
            faults.push(format!("src/{}: {length} lines", file.path));
        }
    }
    none(&faults);
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median < MEDIAN_LINES, "the median file has {median} lines");
}

#[test]
fn names_are_the_fields_own() {
    const VAGUE: [&str; 6] = ["utils", "util", "helper", "helpers", "manager", "common"];
    let mut faults = Vec::new();
    for file in files() {
        let parts = file.path.trim_end_matches(".rs").split('/');
        for part in parts.filter(|p| VAGUE.contains(p)) {
            faults.push(format!("src/{}: say what {part} is", file.path));
        }
    }
    none(&faults);
}

#[test]
fn imports_are_read_as_written() {
    let file = File {
        path: "resolve/score.rs".to_owned(),
        text: "use crate::{catalog, model::{Row, Warning}};\n// crate::write\nfn f(w: \
               &crate::config::Config) {}"
            .to_owned(),
    };
    assert_eq!(file.module(), "resolve");
    assert_eq!(file.imports(), ["catalog", "model", "config"]);
}
