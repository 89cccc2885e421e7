use super::{Export, FlatRow};

/// One JSON object a line.
pub(super) struct JsonLines;

impl Export for JsonLines {
    fn rows(&self, rows: &[FlatRow<'_>], out: &mut Vec<u8>) {
        for row in rows {
            // Writing to memory cannot fail.
            let _ = serde_json::to_writer(&mut *out, row);
            out.push(b'\n');
        }
    }
}
