use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::discover::SkipReason;
use crate::error::Failure;
use crate::model::{
    Answer, DOCUMENT_SCHEMA, Decision, Document, Format, Mapping, Reason, Row, Source, SourceInfo,
    Status,
};
use crate::write::scratch::Scratch;
use crate::write::{DocumentStatus, RunStatus};

/// Makes documents of names: `panic…` panics, `bad…` fails, `slow…` takes its time, `empty…` has no
/// row, others get as many rows as their name is long.
#[derive(Default)]
struct ByName {
    done: AtomicUsize,
}

impl Importer for ByName {
    fn read(&self, found: &Found) -> Result<Source, FileError> {
        assert!(!found.shown.contains("panic-read"), "no {}", found.shown);
        Ok(Source {
            path: found.shown.clone(),
            bytes: found.shown.clone().into_bytes(),
        })
    }

    fn import(&self, source: &Source) -> Result<Document, FileError> {
        let path = source.path.as_str();
        assert!(!path.contains("panic"), "odd file {path}");
        if path.contains("bad") {
            return Err(FileError::new(Failure::Corrupt, "torn", "send it again").at("line 3"));
        }
        if path.contains("slow") {
            std::thread::sleep(Duration::from_millis(30));
        }
        self.done.fetch_add(1, Ordering::SeqCst);
        let rows = if path.contains("empty") {
            0
        } else {
            path.len()
        };
        Ok(document(path, rows as u32))
    }
}

fn document(path: &str, rows: u32) -> Document {
    Document {
        schema: DOCUMENT_SCHEMA.to_owned(),
        source: SourceInfo {
            path: path.to_owned(),
            sha256: crate::pipeline::sha256(path.as_bytes()),
            bytes: path.len() as u64,
            format: Format::Text,
            encoding: Some("utf-8".to_owned()),
            decoding: None,
        },
        title: Some("回答書".to_owned()),
        vendor: None,
        date: None,
        tables: Vec::new(),
        rows: (1..=rows).map(row).collect(),
        outside: Vec::new(),
        warnings: Vec::new(),
    }
}

fn row(number: u32) -> Row {
    let (status, decision, reasons) = match number % 3 {
        0 => (Status::Blank, Decision::Unmapped, vec![Reason::NoCandidate]),
        1 => (Status::Yes, Decision::Accepted, Vec::new()),
        _ => (Status::No, Decision::Review, vec![Reason::DuplicateItem]),
    };
    Row {
        row: number,
        number: None,
        section: None,
        category: None,
        item: Some(format!("項目{number}")),
        description: None,
        unit: None,
        answer: Answer {
            status,
            ..Answer::default()
        },
        mapping: Mapping {
            decision,
            reasons,
            ..Mapping::default()
        },
        provenance: Default::default(),
        other: Vec::new(),
        moved: None,
        raw: Default::default(),
        compare: Default::default(),
    }
}

fn files(names: &[impl AsRef<str>]) -> Vec<Entry> {
    let file = |name: &str| {
        Entry::File(Found {
            path: PathBuf::from(name),
            shown: name.to_owned(),
        })
    };
    names.iter().map(|name| file(name.as_ref())).collect()
}

fn import(entries: &[Entry], out: &Scratch, jobs: usize) -> Result<Run, RunError> {
    let options = Options {
        jobs: NonZeroUsize::new(jobs),
        no_timings: true,
        ..Options::default()
    };
    run(
        &ByName::default(),
        entries,
        Plan::default(),
        &out.0,
        options,
        |_| (),
    )
}

#[test]
fn one_failing_or_panicking_document_never_stops_the_others() {
    let out = Scratch::new("isolation");
    let names = ["a", "bad-b", "panic-c", "panic-read-d", "slow-e", "empty-f"];
    let mut entries = files(&names);
    entries.push(Entry::Skipped {
        shown: ".g".to_owned(),
        reason: SkipReason::Hidden,
    });
    let gone = FileError::new(Failure::Unreadable, "gone", "look for it");
    entries.push(Entry::Failed {
        shown: "h".to_owned(),
        error: gone,
    });
    let run = import(&entries, &out, 2).unwrap();

    let outcomes = run.documents.iter();
    let seen = outcomes.map(|d| (d.path.as_str(), d.error.as_ref().map(|e| e.reason)));
    let expected = [
        ("a", None),
        ("bad-b", Some(Failure::Corrupt)),
        ("panic-c", Some(Failure::Internal)),
        ("panic-read-d", Some(Failure::Internal)),
        ("slow-e", None),
        ("empty-f", Some(Failure::NoTable)),
        (".g", None),
        ("h", Some(Failure::Unreadable)),
    ];
    assert!(seen.eq(expected));
    assert_eq!(run.status, RunStatus::WithFailures);
    let c = run.counts;
    assert_eq!((c.documents, c.imported, c.failed, c.skipped), (8, 2, 5, 1));
    let panicked = run.documents[2].error.as_ref().unwrap();
    assert!(panicked.message.contains("odd file panic-c"));
    assert!(
        run.documents[2].sha256.is_some(),
        "a failed file can be told by its content"
    );
    for (name, there) in [
        ("a", true),
        ("bad-b", false),
        ("panic-c", false),
        ("slow-e", true),
    ] {
        assert_eq!(
            out.0.join(format!("documents/{name}.json")).exists(),
            there,
            "{name}"
        );
    }
}

#[test]
fn one_thread_equals_many_byte_for_byte() {
    let names: Vec<String> = (0..200)
        .map(|i| match i % 17 {
            0 => format!("slow-{i}"),
            5 => format!("bad-{i}"),
            9 => format!("panic-{i}"),
            _ => format!("{}/same.txt", "x".repeat(i % 5)),
        })
        .collect();
    let entries = files(&names);
    let one = Scratch::new("one");
    let run_of_one = import(&entries, &one, 1).unwrap();
    let by_one = one.all();
    assert!(by_one.len() > 150);
    for jobs in [2, 5] {
        let many = Scratch::new("many");
        assert_eq!(import(&entries, &many, jobs).unwrap(), run_of_one);
        assert!(by_one == many.all(), "{jobs} threads");
    }
}

#[test]
fn every_row_is_in_every_file_of_rows_in_input_order() {
    let out = Scratch::new("rows");
    let run = import(&files(&["slow-first", "bad", "x/twin", "y/twin"]), &out, 2).unwrap();
    assert_eq!(run.counts.rows, 10 + 6 + 6);
    let json = String::from_utf8(out.read("rows.jsonl")).unwrap();
    let rows = json.lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        (
            row["document"].as_str().unwrap().to_owned(),
            row["row"].as_u64().unwrap(),
        )
    });
    let rows: Vec<_> = rows.collect();
    let expected = [("slow-first", 10), ("twin", 6), ("twin~2", 6)]
        .into_iter()
        .flat_map(|(name, n)| (1..=n).map(move |row| (format!("documents/{name}.json"), row)));
    assert!(rows.iter().cloned().eq(expected));

    let csv_bytes = out.read("rows.csv");
    let text = csv_bytes.strip_prefix(b"\xef\xbb\xbf").unwrap();
    let mut csv = csv::Reader::from_reader(text);
    let records: Vec<_> = csv.records().map(Result::unwrap).collect();
    let same = records
        .iter()
        .zip(&rows)
        .all(|(record, (document, row))| record[0] == **document && record[6] == row.to_string());
    assert!(same && records.len() == rows.len());
}

#[test]
fn sums_are_those_of_the_rows() {
    let out = Scratch::new("sums");
    let run = import(&files(&["seven77", "four"]), &out, 2).unwrap();
    let c = run.counts;
    assert_eq!(
        (c.rows, c.accepted, c.review, c.unmapped, c.blank),
        (11, 5, 3, 3, 3)
    );
    let answers: Vec<_> = run.answers.into_iter().collect();
    assert_eq!(answers, [("blank", 3), ("no", 3), ("yes", 5)]);
    let reasons: Vec<_> = run.reasons.into_iter().collect();
    assert_eq!(reasons, [("duplicate_item", 3), ("no_candidate", 3)]);
}

#[test]
fn the_watch_sees_outcomes_in_input_order() {
    let out = Scratch::new("watch");
    let mut seen = Vec::new();
    let watch = |o: &Outcome| seen.push((o.path.clone(), o.status));
    let entries = files(&["slow-a", "b", "bad"]);
    let options = Options::default();
    let run = run(
        &ByName::default(),
        &entries,
        Plan::default(),
        &out.0,
        options,
        watch,
    )
    .unwrap();
    let statuses = seen.iter().map(|(path, status)| (path.as_str(), *status));
    assert!(statuses.eq([
        ("slow-a", DocumentStatus::Imported),
        ("b", DocumentStatus::Imported),
        ("bad", DocumentStatus::Failed),
    ]));
    assert_eq!(run.timings.unwrap().slowest[0].path, "slow-a");
}

#[test]
fn a_document_that_cannot_be_written_stops_the_run() {
    let out = Scratch::new("unwritable");
    fs::create_dir_all(out.0.join("documents/b.json/in-the-way")).unwrap();
    let names: Vec<String> = (0..5_000)
        .map(|i| if i == 1 { "b".into() } else { format!("{i}") })
        .collect();
    let importer = ByName::default();
    let entries = files(&names);
    let result = run(
        &importer,
        &entries,
        Plan::default(),
        &out.0,
        Options::default(),
        |_| (),
    );
    let error = result.unwrap_err().to_string();
    assert!(error.contains("b.json: cannot write"), "{error}");
    assert!(
        importer.done.load(Ordering::SeqCst) < 5_000,
        "the others were stopped"
    );
    assert!(
        !out.0.join("run.json").exists(),
        "no account of a run that did not finish"
    );
}
