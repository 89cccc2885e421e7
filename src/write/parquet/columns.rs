use ::parquet::errors::ParquetError;
use ::parquet::schema::parser::parse_message_type;
use ::parquet::schema::types::TypePtr;

use crate::write::column::{COLUMNS, Column, Kind};

/// The schema of the file. Lists have the three levels that the Parquet format asks for; those of
/// text are never null, those of numbers are null where the row has none.
pub(super) fn message() -> Result<TypePtr, ParquetError> {
    let fields: Vec<String> = COLUMNS.iter().map(field).collect();
    let message = format!("message rows {{ {} }}", fields.join(" "));
    parse_message_type(&message).map(Into::into)
}

fn field(column: &Column) -> String {
    let name = column.name;
    let list = |repetition: &str, element: &str| {
        format!(
            "{repetition} group {name} (LIST) {{ repeated group list {{ required {element}; }} }}"
        )
    };
    match column.kind {
        Kind::Text | Kind::Name => format!("optional binary {name} (STRING);"),
        Kind::Integer => format!("optional int64 {name};"),
        Kind::Number => format!("optional double {name};"),
        Kind::List => list("required", "binary element (STRING)"),
        Kind::Integers => list("optional", "int32 element"),
        Kind::Numbers => list("optional", "float element"),
    }
}
