//! Commands that print data on standard output.

use std::process::Stdio;

use serde_json::Value;

use crate::scratch::{Done, SHEET, Scratch};

fn lines(done: &Done) -> Vec<Value> {
    let lines = done.stdout.lines();
    lines
        .map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{l}: {e}")))
        .collect()
}

#[test]
fn the_extract_stage_shows_cells_with_their_place() {
    let s = Scratch::new("extract");
    s.put("a.txt", SHEET);
    let done = s.run(&["inspect", "a.txt", "--stage", "extract"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let lines = lines(&done);
    assert_eq!(lines[0]["text"], "セキュリティ回答書");
    let table = lines.iter().find(|l| l["table"] == 1).expect("a table");
    assert!(table["page"].is_null() && table["sheet"].is_null());
    let cells: Vec<&Value> = lines
        .iter()
        .filter_map(|l| l["cells"].as_array())
        .flatten()
        .collect();
    let cell = cells
        .iter()
        .find(|c| c["text"] == "サービス稼働率")
        .expect("a cell");
    assert_eq!((&cell["rows"], &cell["cols"]), (&1.into(), &1.into()));
    assert_eq!(
        (&cell["col"], &cell["place"]),
        (&2.into(), &"line 6".into())
    );
    assert!(
        cells.iter().any(|c| c["text"] == "有 日次で取得しています"),
        "nothing is hidden"
    );
}

#[test]
fn the_interpret_stage_shows_a_row_a_line() {
    let s = Scratch::new("interpret");
    s.put("a.txt", SHEET);
    let done = s.run(&["inspect", "a.txt", "--stage", "interpret"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let rows = lines(&done);
    assert_eq!(rows.len(), 3, "{}", done.stdout);
    assert_eq!(rows[1]["number"], "2");
    assert_eq!(rows[1]["item"], "サービス稼働率");
    assert_eq!(rows[1]["text"], serde_json::json!(["99.9%以上"]));
    assert!(rows[1]["diagnostics"].is_array());
    assert!(
        done.stderr.contains("セキュリティ回答書"),
        "what is no row is told: {}",
        done.stderr
    );
}

#[test]
fn the_last_stages_show_rows_as_in_documents() {
    let s = Scratch::new("resolve");
    s.put("a.txt", SHEET);
    assert_eq!(s.run(&["import", "a.txt"]).code, 0);
    let rows = s.json("out/documents/a.txt.json")["rows"]
        .as_array()
        .unwrap()
        .clone();
    let resolved = s.run(&["inspect", "a.txt", "--stage", "resolve"]);
    assert_eq!((resolved.code, lines(&resolved)), (0, rows.clone()));
    let normalized = lines(&s.run(&["inspect", "a.txt", "--stage", "normalize"]));
    assert_eq!(normalized.len(), rows.len());
    for (row, mapped) in normalized.iter().zip(&rows) {
        assert_eq!(row["answer"], mapped["answer"]);
        assert!(row["mapping"]["item_id"].is_null());
    }
}

#[test]
fn the_chars_stage_needs_a_pdf() {
    let s = Scratch::new("chars");
    s.put("a.txt", SHEET);
    let done = s.run(&["inspect", "a.txt", "--stage", "chars"]);
    assert_eq!((done.code, done.stdout.as_str()), (2, ""));
    assert!(done.stderr.contains("needs a PDF"), "{}", done.stderr);
}

#[test]
fn pages_are_drawn_and_tables_say_how_they_were_found() {
    let s = Scratch::new("debug-svg");
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pdf");
    let sheet = |name: &str| format!("{fixtures}/{name}.pdf");
    for (name, method) in [
        ("reportlab-grid", "lattice"),
        ("reportlab-borderless", "stream"),
    ] {
        let file = sheet(name);
        for stage in ["extract", "chars"] {
            let folder = format!("pages/{name}-{stage}");
            let args = ["inspect", &file, "--stage", stage, "--debug-svg", &folder];
            let done = s.run(&args);
            assert_eq!(done.code, 0, "{}", done.stderr);
            assert_eq!(s.files(&folder), ["page-1.svg", "page-2.svg"]);
            assert!(
                s.read(&format!("{folder}/page-1.svg"))
                    .contains(&format!("{method}: "))
            );
            if stage == "extract" {
                let tables = lines(&done).into_iter().filter(|l| l["table"].is_u64());
                for table in tables {
                    assert_eq!(table["found"]["method"], method);
                    assert!(!table["found"]["why"].as_str().unwrap().is_empty());
                }
            }
        }
    }
    s.put("a.txt", SHEET).put("taken", "a file");
    let grid = sheet("reportlab-grid");
    let locked = sheet("locked");
    for (args, code, said) in [
        (["a.txt", "extract", "pages"], 2, "needs a PDF"),
        (
            [grid.as_str(), "extract", "taken/in"],
            2,
            "cannot create the folder",
        ),
        ([grid.as_str(), "resolve", "pages"], 2, "--stage extract"),
        ([locked.as_str(), "extract", "pages"], 1, "--password"),
    ] {
        let [file, stage, folder] = args;
        let done = s.run(&["inspect", file, "--stage", stage, "--debug-svg", folder]);
        assert_eq!((done.code, done.stdout.as_str()), (code, ""), "{args:?}");
        assert!(done.stderr.contains(said), "{}", done.stderr);
    }
    let done = s.run(&["inspect", "a.txt", "--stage", "extract"]);
    assert!(lines(&done).iter().all(|l| l.get("found").is_none()));
}

#[test]
fn a_file_that_cannot_be_inspected_is_named() {
    let s = Scratch::new("inspect-fails");
    s.put("empty.txt", "");
    for file in ["empty.txt", "gone.txt"] {
        let done = s.run(&["inspect", file]);
        assert_eq!((done.code, done.stdout.as_str()), (1, ""));
        assert!(
            done.stderr.starts_with(&format!("failed: {file}")),
            "{}",
            done.stderr
        );
    }
}

#[test]
fn catalogs_can_be_listed_and_checked() {
    let s = Scratch::new("catalogs");
    let done = s.run(&["catalog", "list"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(
        done.stdout
            .lines()
            .any(|l| l.starts_with("meti-cloud-2010\t49\t")),
        "{}",
        done.stdout
    );
    let items = s
        .run(&["catalog", "list", "--items", "--catalog", "ipa-infosec"])
        .stdout;
    assert_eq!(items.lines().count(), 22);
    assert!(items.lines().all(|l| l.split('\t').count() == 7));
    let done = s.run(&["catalog", "check"]);
    assert_eq!((done.code, done.stdout.as_str()), (0, ""));
    assert!(done.stderr.contains("no fault found"), "{}", done.stderr);
}

#[test]
fn schemas_completions_and_the_version_are_printed() {
    let s = Scratch::new("printed");
    for (name, title) in [
        ("document", "torikomi document"),
        ("rows", "torikomi row"),
        ("run", "torikomi run"),
    ] {
        let done = s.run(&["schema", name]);
        let schema: Value = serde_json::from_str(&done.stdout).unwrap();
        assert_eq!(schema["title"], title);
    }
    assert_eq!(
        s.run(&["schema"]).stdout,
        s.run(&["schema", "document"]).stdout
    );
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            s.run(&["completions", shell]).stdout.contains("files-from"),
            "{shell}"
        );
    }
    let version = concat!("torikomi ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(s.run(&["--version"]).stdout, version);
    let help = s.run(&["import", "--help"]);
    assert_eq!(help.code, 0);
    for said in ["Examples:", "--files-from", "NO_COLOR", "torikomi.toml"] {
        assert!(help.stdout.contains(said), "{said}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let s = Scratch::new("pipe");
    for args in [
        &["schema"][..],
        &["completions", "bash"],
        &["catalog", "list", "--items"],
    ] {
        let mut command = s.command(args);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), stderr.as_str()),
            (Some(0), ""),
            "{args:?}"
        );
    }
}
