//! `docs/schema.md` says of every column what the types say of it.
//!
//! `TORIKOMI_REWRITE=1 cargo test --test schema_page` rewrites what stands between the page's
//! markers; `git diff` is the review.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;
use torikomi::write::{COLUMNS, Kind, SchemaName, Table, schema, tables};

/// The type of a field in JSON, in words.
fn json_type(field: &Value, schema: &Value) -> String {
    if let Some(name) = field["$ref"].as_str() {
        return json_type(definition(name, schema), schema);
    }
    if let Some(several) = field["anyOf"].as_array() {
        let several: Vec<String> = several.iter().map(|f| json_type(f, schema)).collect();
        return several.join(" or ");
    }
    if field["oneOf"].is_array() || field["enum"].is_array() {
        return "string".to_owned();
    }
    let one = |name: &str| match name {
        "array" => format!("array of {}s", json_type(&field["items"], schema)),
        name => name.to_owned(),
    };
    match &field["type"] {
        Value::String(name) => one(name),
        Value::Array(names) => {
            let names: Vec<String> = names.iter().map(|n| one(n.as_str().unwrap())).collect();
            names.join(" or ")
        }
        other => panic!("a field without a type: {other}"),
    }
}

fn definition<'a>(name: &str, schema: &'a Value) -> &'a Value {
    let pointer = name.trim_start_matches('#');
    schema.pointer(pointer).unwrap_or_else(|| panic!("{name}"))
}

/// The names that a field, or the members of a list, may have.
fn names(field: &Value, schema: &Value) -> Vec<String> {
    let field = if field["items"].is_object() {
        &field["items"]
    } else {
        field
    };
    let Some(name) = field["$ref"].as_str() else {
        return Vec::new();
    };
    let definition = definition(name, schema);
    let consts = definition["oneOf"].as_array().into_iter().flatten();
    let consts = consts.map(|one| one["const"].clone());
    let several = definition["enum"].as_array().into_iter().flatten().cloned();
    let all = consts.chain(several);
    all.filter_map(|n| n.as_str().map(|n| format!("`{n}`")))
        .collect()
}

fn csv_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Name => "text",
        Kind::Integer | Kind::Number => "number",
        Kind::List | Kind::Integers | Kind::Numbers => "list",
    }
}

fn words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace('|', "\\|")
}

fn rows_table() -> String {
    let schema = schema(SchemaName::Rows);
    let mut page =
        "| column | JSON | CSV | Parquet | SQLite | meaning |\n|---|---|---|---|---|---|\n"
            .to_owned();
    for column in &COLUMNS {
        let (name, kind) = (column.name, column.kind);
        let field = &schema["properties"][name];
        let mut meaning = words(field["description"].as_str().unwrap());
        let names = names(field, &schema);
        if !names.is_empty() {
            meaning += &format!(" {}.", names.join(", "));
        }
        let (json, csv) = (json_type(field, &schema), csv_type(kind));
        let (parquet, sqlite) = (format!("`{}`", kind.parquet()), kind.sqlite());
        writeln!(
            page,
            "| `{name}` | {json} | {csv} | {parquet} | {sqlite} | {meaning} |"
        )
        .unwrap();
    }
    page
}

fn database_tables() -> String {
    let mut page = String::new();
    for table in tables() {
        let Table { name, meaning, .. } = table;
        let what = if table.query.is_some() {
            "view"
        } else {
            "table"
        };
        writeln!(page, "### `{name}` ({what})\n\n{}\n", words(meaning)).unwrap();
        page += "| column | type | meaning |\n|---|---|---|\n";
        for field in &table.fields {
            if COLUMNS.iter().any(|c| c.name == field.name) && name == "rows" {
                continue;
            }
            let (name, kind, meaning) = (field.name, field.kind, words(&field.meaning));
            writeln!(page, "| `{name}` | {kind} | {meaning} |").unwrap();
        }
        page.push('\n');
    }
    page.trim_end().to_owned() + "\n"
}

/// The page with what stands between the markers of `part` replaced.
fn filled(page: &str, part: &str, content: &str) -> String {
    let (begin, end) = (
        format!("<!-- {part} -->\n"),
        format!("<!-- end of {part} -->"),
    );
    let (before, rest) = page.split_once(&begin).expect(&begin);
    let (_, after) = rest.split_once(&end).expect(&end);
    format!("{before}{begin}{content}{end}{after}")
}

#[test]
fn the_page_says_what_the_types_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema.md");
    let page = fs::read_to_string(&path).unwrap();
    let made = filled(&page, "columns of the rows", &rows_table());
    let made = filled(&made, "tables of the database", &database_tables());
    if std::env::var("TORIKOMI_REWRITE").is_ok_and(|r| r == "1") {
        fs::write(&path, &made).unwrap();
        return;
    }
    let differs = made.lines().zip(page.lines()).find(|(a, b)| a != b);
    assert!(
        made == page,
        "docs/schema.md differs, first here (should be, is): {differs:#?}\n\
         TORIKOMI_REWRITE=1 cargo test --test schema_page rewrites it"
    );
}
