use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::{FlatRow, RUN_SCHEMA, Run};
use crate::model::{DOCUMENT_SCHEMA, Document};

/// The shapes that a run writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaName {
    /// `documents/*.json`
    Document,
    /// A line of `rows.jsonl`
    Rows,
    /// `run.json`
    Run,
}

/// The JSON Schema (2020-12) of what a run writes.
///
/// Fields may be added without a new version; none is renamed or dropped.
pub fn schema(name: SchemaName) -> Value {
    match name {
        SchemaName::Document => versioned::<Document>(DOCUMENT_SCHEMA),
        SchemaName::Rows => of::<FlatRow<'static>>(),
        SchemaName::Run => versioned::<Run>(RUN_SCHEMA),
    }
}

/// What each column of the flat rows holds: the descriptions of the JSON Schema, on one line each.
pub(super) fn meanings() -> BTreeMap<String, String> {
    let schema = schema(SchemaName::Rows);
    let fields = schema["properties"].as_object().into_iter().flatten();
    let meaning = |field: &Value| {
        let words = field["description"].as_str().unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    fields
        .map(|(name, field)| (name.clone(), meaning(field)))
        .collect()
}

/// A schema whose field `schema` has one value.
fn versioned<T: JsonSchema>(version: &str) -> Value {
    let mut schema = of::<T>();
    if let Some(field) = schema.pointer_mut("/properties/schema") {
        field["const"] = json!(version);
    }
    schema
}

fn of<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}
