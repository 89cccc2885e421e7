use std::path::Path;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::PrettyFormatter;

use super::Catalog;
use crate::model::DataError;

/// A catalog as its file holds it: indented by one space, as the built-in ones are.
pub fn to_json(catalog: &Catalog) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b" "));
    // Writing to memory cannot fail, and no key is anything but a string.
    let _ = catalog.serialize(&mut serializer);
    bytes.push(b'\n');
    bytes
}

/// A file's name for messages, and its text.
pub(super) fn text(path: &Path) -> Result<(String, String), DataError> {
    let shown = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
            Ok((shown, text))
        }
        Err(e) => {
            let message = format!("cannot read the catalog: {e}");
            Err(DataError::new(&shown, message))
        }
    }
}
