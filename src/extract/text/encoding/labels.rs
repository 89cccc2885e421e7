//! Names of encodings: those people use and those reported.

use encoding_rs::{EUC_JP, Encoding as Coding, ISO_2022_JP, REPLACEMENT, SHIFT_JIS};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

use super::Verdict;
use super::detect::utf16_order;
use crate::error::{Failure, FileError};
use crate::extract::text::ledger::Ledger;
use crate::model::WarningCode;

/// Whether `--encoding` understands a name: a WHATWG label, or one of the names usual in Japan
/// (`cp932`, `sjis`, `ms932`, `windows-31j`, `eucjp`, `jis` …).
pub fn is_known_encoding(label: &str) -> bool {
    lookup(label).is_some()
}

/// An encoding asked for by name.
enum Asked {
    This(&'static Coding),
    /// UTF-16 in whichever byte order the file has.
    Utf16,
}

fn lookup(label: &str) -> Option<Asked> {
    let label = label.trim().to_ascii_lowercase().replace('_', "-");
    Some(Asked::This(match label.as_str() {
        "utf-16" | "utf16" | "unicode" => return Some(Asked::Utf16),
        "utf8" | "utf-8" | "utf-8-sig" | "utf-8-bom" | "utf8bom" => UTF_8,
        "utf16le" | "utf-16-le" => UTF_16LE,
        "utf16be" | "utf-16-be" => UTF_16BE,
        "cp932" | "932" | "ms932" | "mskanji" | "windows-932" | "shiftjis" => SHIFT_JIS,
        "eucjp" | "euc-jp" | "ujis" | "euc" | "cp51932" | "eucjp-ms" => EUC_JP,
        "jis" | "iso2022jp" | "iso-2022-jp" | "cp50220" | "cp50221" => ISO_2022_JP,
        other => match Coding::for_label(other.as_bytes()).or_else(|| {
            // Some WHATWG labels are written with underscores.
            Coding::for_label(other.replace('-', "_").as_bytes())
        }) {
            Some(coding) if coding != REPLACEMENT => coding,
            _ => return None,
        },
    }))
}

/// The name reported for an encoding.
pub(super) fn name(coding: &'static Coding) -> String {
    if coding == SHIFT_JIS {
        // The WHATWG decoder of this name is CP932: it reads ①, ㈱ and 髙.
        "cp932".to_owned()
    } else {
        coding.name().to_ascii_lowercase()
    }
}

/// The encoding the user named. It wins over a byte order mark, but not silently.
pub(super) fn declared(
    label: &str,
    bytes: &[u8],
    ledger: &mut Ledger,
) -> Result<Verdict, FileError> {
    let coding = match lookup(label) {
        Some(Asked::This(coding)) => coding,
        Some(Asked::Utf16) => utf16_order(bytes),
        None => {
            return Err(FileError::new(
                Failure::Unsupported,
                format!("unknown encoding “{label}”"),
                "use utf-8, utf-16, cp932, euc-jp, iso-2022-jp or another WHATWG label, or leave \
                 the choice to detection",
            ));
        }
    };
    if let Some((bom, _)) = Coding::for_bom(bytes).filter(|(bom, _)| *bom != coding) {
        ledger.warn(
            WarningCode::EncodingUncertain,
            None,
            format!(
                "the file begins with the byte order mark of {}, but was read as {}, as asked; \
                 leave out --encoding for this file",
                name(bom),
                name(coding)
            ),
        );
    }
    Ok(Verdict {
        coding,
        decided_by: "declared",
        confidence: 1.0,
    })
}
