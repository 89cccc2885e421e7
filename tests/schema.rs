//! What is written is what `torikomi schema` says, no less and no more.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use torikomi::config::Output;
use torikomi::error::{Failure, FileError};
use torikomi::model::{Value as Quantity, *};
use torikomi::write::{
    CatalogInfo, FlatRow, Outcome, Run, SchemaName, Slow, Tally, Timings, document_json, export,
    schema,
};

/// A document in which every field is set.
fn full() -> Document {
    Document {
        schema: DOCUMENT_SCHEMA.to_owned(),
        source: SourceInfo {
            path: "in/a.txt".to_owned(),
            sha256: "00".repeat(32),
            bytes: 7,
            format: Format::Csv,
            encoding: Some("cp932".to_owned()),
            decoding: Some(Encoding {
                name: "cp932".to_owned(),
                decided_by: "guessed",
                confidence: 0.9,
                undecodable: 1,
            }),
        },
        title: Some("回答書".to_owned()),
        vendor: Some("株式会社あおば".to_owned()),
        date: Some("2026-04-01".to_owned()),
        tables: vec![TableInfo {
            table: 1,
            page: Some(1),
            sheet: Some("回答".to_owned()),
            columns: vec![Column {
                index: 0,
                title: Some("No.".to_owned()),
                role: Role::Number,
            }],
        }],
        rows: vec![full_row()],
        outside: vec![Outside {
            kind: OutsideKind::Title,
            text: "回答書".to_owned(),
            page: Some(1),
            sheet: Some("回答".to_owned()),
            cells: Some("A1".to_owned()),
            line: Some(1),
        }],
        warnings: vec![Warning {
            code: WarningCode::ColumnSlip,
            message: "rows 1-1".to_owned(),
            rows: Some([1, 1]),
            place: Some("line 2".to_owned()),
        }],
    }
}

fn full_row() -> Row {
    let text = |t: &str| Some(t.to_owned());
    Row {
        row: 1,
        number: Some(ItemNumber {
            raw: "1-1".to_owned(),
            path: vec![1, 1],
        }),
        section: text("運用"),
        category: text("可用性"),
        item: text("サービス時間"),
        description: text("時間帯"),
        unit: text("時間"),
        answer: Answer {
            mark: text("○"),
            status: Status::Yes,
            text: "=5営業日".to_owned(),
            values: vec![Quantity {
                kind: ValueKind::Duration,
                op: Some(Op::AtMost),
                number: Some(5.0),
                max: Some(7.5),
                unit: text("business_day"),
                iso: text("P5D"),
                text: "5営業日".to_owned(),
            }],
        },
        mapping: Mapping {
            item_id: text("METI-01"),
            catalog: text("meti-cloud-2010"),
            confidence: 0.5,
            decision: Decision::Review,
            reasons: vec![Reason::LowConfidence],
            related: vec![Related {
                item_id: "B-1".to_owned(),
                relation: Relation::Broader,
            }],
            candidates: vec![Candidate {
                item_id: "METI-01".to_owned(),
                score: 0.5,
            }],
            duplicate_of: Some(1),
        },
        provenance: Provenance {
            page: Some(1),
            sheet: text("回答"),
            table: 1,
            cells: text("A2:F2"),
            line: Some(2),
            bbox: Some([0.0, 1.0, 2.5, 3.0]),
        },
        other: vec![OtherCell {
            column: 6,
            title: text("備考"),
            text: "なし".to_owned(),
        }],
        moved: Some(Moved {
            from_column: 2,
            by: -1,
            certain: false,
        }),
        raw: [("item", "ｻｰﾋﾞｽ時間".to_owned())].into(),
        compare: Compare::default(),
    }
}

/// The same with nothing in it that may be missing.
fn bare() -> Document {
    let mut document = full();
    document.source.encoding = None;
    document.source.decoding = None;
    (document.title, document.vendor, document.date) = (None, None, None);
    document.tables.clear();
    document.outside.clear();
    document.warnings.clear();
    let row = &mut document.rows[0];
    (row.number, row.section, row.category, row.item) = (None, None, None, None);
    (row.description, row.unit, row.moved) = (None, None, None);
    row.answer = Answer::default();
    row.mapping = Mapping::default();
    row.provenance = Provenance::default();
    row.other.clear();
    row.raw.clear();
    document
}

fn run() -> Run {
    let catalog = CatalogInfo {
        id: "meti-cloud-2010".to_owned(),
        title: "METI".to_owned(),
        items: 49,
    };
    let mut run = Run::new(vec![catalog]);
    run.tally(&Tally::of(&full()));
    run.add(Outcome::imported(
        "in/a.txt",
        "documents/a.txt.json",
        &full(),
    ));
    let error = FileError::new(Failure::Corrupt, "torn", "send again").at("line 3");
    run.add(Outcome::failed("in/b.txt", Some("00".repeat(32)), error));
    run.add(Outcome::skipped("in/.c", "hidden", "hidden".to_owned()));
    run.timings = Some(Timings {
        started: "2026-04-01T00:00:00Z".to_owned(),
        seconds: 0.5,
        threads: 2,
        documents_per_second: 6.0,
        slowest: vec![Slow {
            path: "in/a.txt".to_owned(),
            seconds: 0.1,
        }],
    });
    run
}

/// The schema, with fields that it does not name forbidden.
fn strict(name: SchemaName) -> jsonschema::Validator {
    fn forbid(schema: &mut Value) {
        if schema["properties"].is_object() && schema["additionalProperties"].is_null() {
            schema["additionalProperties"] = json!(false);
        }
        match schema {
            Value::Object(map) => map.values_mut().for_each(forbid),
            Value::Array(list) => list.iter_mut().for_each(forbid),
            _ => {}
        }
    }
    let mut schema = schema(name);
    forbid(&mut schema);
    jsonschema::validator_for(&schema).expect("a valid schema")
}

#[track_caller]
fn check(validator: &jsonschema::Validator, value: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

fn parsed(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

fn flat_rows(document: &Document) -> Vec<Value> {
    let export = export(Output::Jsonl).unwrap();
    let mut lines = Vec::new();
    let rows = FlatRow::all(document, "documents/a.txt.json");
    export.rows(&rows, &mut lines);
    let lines = lines.split(|b| *b == b'\n').filter(|l| !l.is_empty());
    lines.map(parsed).collect()
}

#[test]
fn documents_are_what_their_schema_says() {
    let validator = strict(SchemaName::Document);
    for document in [full(), bare()] {
        check(&validator, &parsed(&document_json(&document)));
    }
}

#[test]
fn flat_rows_are_what_their_schema_says_and_have_every_field() {
    let validator = strict(SchemaName::Rows);
    let fields = |row: &Value| row.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let (full, bare) = (flat_rows(&full()), flat_rows(&bare()));
    for row in full.iter().chain(&bare) {
        check(&validator, row);
    }
    assert_eq!(fields(&full[0]), fields(&bare[0]));
    let head = export(Output::Csv).unwrap().head();
    let head = String::from_utf8(head).unwrap();
    let mut columns: Vec<_> = head
        .trim_start_matches('\u{feff}')
        .trim_end()
        .split(',')
        .collect();
    columns.sort_unstable();
    let mut names = fields(&full[0]);
    names.sort_unstable();
    assert_eq!(columns, names, "rows.csv has the columns of rows.jsonl");
    assert!(
        full[0].as_object().unwrap().values().all(|v| !v.is_null()),
        "the sample is full"
    );
}

#[test]
fn runs_are_what_their_schema_says() {
    let validator = strict(SchemaName::Run);
    let mut run = run();
    check(&validator, &parsed(&run.to_json()));
    run.timings = None;
    check(&validator, &parsed(&run.to_json()));
}

#[test]
fn what_is_not_so_is_rejected() {
    let document = parsed(&document_json(&full()));
    let run = parsed(&run().to_json());
    for (name, sound, pointer, wrong) in [
        (
            SchemaName::Document,
            &document,
            "/schema",
            json!("torikomi.document/2"),
        ),
        (
            SchemaName::Document,
            &document,
            "/rows/0/answer/status",
            json!("maybe"),
        ),
        (
            SchemaName::Document,
            &document,
            "/rows/0/mapping/decision",
            Value::Null,
        ),
        (SchemaName::Document, &document, "/rows/0/row", json!("1")),
        (
            SchemaName::Run,
            &run,
            "/schema",
            json!("torikomi.document/1"),
        ),
        (SchemaName::Run, &run, "/documents/0/status", json!("ok")),
        (
            SchemaName::Run,
            &run,
            "/documents/1/error/reason",
            json!("unlucky"),
        ),
    ] {
        let mut value = sound.clone();
        *value.pointer_mut(pointer).expect(pointer) = wrong;
        assert!(!strict(name).is_valid(&value), "{pointer}");
    }
}

/// The fields that are promised: renaming or dropping one asks for a new schema version.
#[test]
fn promised_fields_are_required() {
    let schema = schema(SchemaName::Document);
    let promised = [
        ("", "schema source title vendor date tables rows warnings"),
        ("SourceInfo", "path sha256 bytes format encoding"),
        ("TableInfo", "table page sheet columns"),
        ("Column", "index title role"),
        (
            "Row",
            "row number section category item description unit answer mapping provenance",
        ),
        ("ItemNumber", "raw path"),
        ("Answer", "mark status text values"),
        ("Value", "kind op number unit text"),
        (
            "Mapping",
            "item_id catalog confidence decision reasons candidates",
        ),
        ("Candidate", "item_id score"),
        ("Provenance", "page sheet table cells line"),
        ("Warning", "code message"),
    ];
    for (definition, fields) in promised {
        let of = match definition {
            "" => &schema,
            name => &schema["$defs"][name],
        };
        let required = of["required"]
            .as_array()
            .unwrap_or_else(|| panic!("{definition}"));
        for field in fields.split(' ') {
            assert!(required.contains(&json!(field)), "{definition}.{field}");
        }
    }
}

#[test]
fn what_the_program_writes_is_what_the_schemas_say() {
    let scratch = std::env::temp_dir().join(format!("torikomi-schema-{}", std::process::id()));
    std::fs::create_dir_all(&scratch).unwrap();
    let sheet = "回答書\n\nNo.\t項目\t規定内容\t単位\t回答\n\
        1\tサービス時間\tサービスを提供する時間帯\t時間帯\t24時間365日\n\
        2\tサービス稼働率\tサービスを利用できる確率\t%\t99.9%以上\n";
    std::fs::write(scratch.join("a.txt"), sheet).unwrap();
    std::fs::write(scratch.join("empty.txt"), "").unwrap();
    std::fs::write(scratch.join(".hidden"), "").unwrap();
    let out = scratch.join("out");
    let status = Command::new(env!("CARGO_BIN_EXE_torikomi"))
        .args([
            Path::new("import"),
            &scratch,
            Path::new("-q"),
            Path::new("--out"),
            &out,
        ])
        .status();
    assert_eq!(status.unwrap().code(), Some(1));

    let read = |path: PathBuf| std::fs::read(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
    let document = parsed(&read(out.join("documents/a.txt.json")));
    check(&strict(SchemaName::Document), &document);
    check(
        &strict(SchemaName::Run),
        &parsed(&read(out.join("run.json"))),
    );
    let rows = strict(SchemaName::Rows);
    let lines = String::from_utf8(read(out.join("rows.jsonl"))).unwrap();
    lines
        .lines()
        .for_each(|line| check(&rows, &parsed(line.as_bytes())));
    assert_eq!(lines.lines().count(), 2);
    std::fs::remove_dir_all(&scratch).unwrap();
}
