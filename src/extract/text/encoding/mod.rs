//! Which encoding a text is in, and its characters.
//!
//! A byte order mark or the user decides where there is one; valid UTF-8 and ISO-2022-JP need no
//! guess; otherwise the text is read in every encoding in question and the most plausible
//! reading wins ([`plausible`]).

mod detect;
mod labels;
mod plausible;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding as Coding, UTF_8};

pub use labels::is_known_encoding;

use self::plausible::is_control;
use super::ledger::{Ledger, SPELT_OUT};
use super::lines::terminator;
use crate::error::{Failure, FileError};
use crate::model::{Encoding, WarningCode};

/// A guess below this is worth a warning.
const SURE: f64 = 0.8;

/// Share of control characters above which a file is no text. Of random bytes a tenth are.
const MAX_CONTROLS: f64 = 0.05;

/// Share of undecodable characters above which a file is no text.
const MAX_FAULTS: f64 = 0.3;

/// How much of a text is looked at for noise, in characters.
const NOISE_SAMPLE: usize = 16 << 10;

/// A decoded text, without byte order mark.
#[derive(Debug)]
pub(super) struct Decoded<'b> {
    pub(super) text: Cow<'b, str>,
    pub(super) encoding: Encoding,
}

/// What decided an encoding.
#[derive(Debug, Clone, Copy)]
struct Verdict {
    coding: &'static Coding,
    decided_by: &'static str,
    confidence: f64,
}

/// Decodes a file. Undecodable bytes become U+FFFD, each with a warning.
///
/// # Errors
/// The bytes are no text in any encoding, or the encoding asked for is unknown.
pub(super) fn decode<'b>(
    bytes: &'b [u8],
    declared: Option<&str>,
    ledger: &mut Ledger,
) -> Result<Decoded<'b>, FileError> {
    let verdict = match declared {
        Some(label) => labels::declared(label, bytes, ledger)?,
        None => detect::detect(bytes)?,
    };
    let body = without_bom(bytes, verdict.coding);
    let (text, faults) = characters(body, verdict.coding);
    if verdict.decided_by != "bom" && is_noise(&text, declared.is_none()) {
        return Err(binary());
    }
    let name = labels::name(verdict.coding);
    if verdict.confidence < SURE {
        ledger.warn(
            WarningCode::EncodingUncertain,
            None,
            format!(
                "the encoding is a guess: read as {name} (confidence {:.2}); if the text looks \
                 wrong, name the encoding with --encoding",
                verdict.confidence
            ),
        );
    }
    warn_of_faults(&text, &faults, &name, ledger);
    Ok(Decoded {
        text,
        encoding: Encoding {
            name,
            decided_by: verdict.decided_by,
            confidence: (verdict.confidence * 1000.0).round() / 1000.0,
            undecodable: faults.count,
        },
    })
}

fn binary() -> FileError {
    FileError::new(
        Failure::Unsupported,
        "binary data, no text in any known encoding",
        "send the file as text, CSV or Excel workbook; if it is text, name its encoding with \
         --encoding",
    )
}

fn without_bom<'b>(bytes: &'b [u8], coding: &'static Coding) -> &'b [u8] {
    match Coding::for_bom(bytes) {
        Some((bom, length)) if bom == coding => &bytes[length..],
        _ => bytes,
    }
}

/// Byte sequences that could not be decoded.
#[derive(Debug, Default)]
struct Faults {
    count: u32,
    /// Offsets in the decoded text of the first few.
    first: Vec<usize>,
}

impl Faults {
    fn add(&mut self, at: usize) {
        self.count = self.count.saturating_add(1);
        if self.first.len() < SPELT_OUT as usize {
            self.first.push(at);
        }
    }
}

fn characters<'b>(bytes: &'b [u8], coding: &'static Coding) -> (Cow<'b, str>, Faults) {
    let mut faults = Faults::default();
    if coding == UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return (Cow::Borrowed(text), faults);
    }
    let mut decoder = coding.new_decoder_without_bom_handling();
    // Decoding into a plain buffer: a `String` would have its spare room touched at every fault.
    let mut out = vec![0_u8; bytes.len() + bytes.len() / 2 + 64];
    let (mut filled, mut rest) = (0, bytes);
    loop {
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(rest, &mut out[filled..], true);
        rest = &rest[read..];
        filled += written;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => out.resize(out.len() * 2, 0),
            DecoderResult::Malformed(..) => {
                faults.add(filled);
                let mark = "\u{FFFD}".as_bytes();
                if out.len() - filled < mark.len() {
                    out.resize(out.len() * 2, 0);
                }
                out[filled..filled + mark.len()].copy_from_slice(mark);
                filled += mark.len();
            }
        }
    }
    out.truncate(filled);
    let text = String::from_utf8(out)
        .unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
    (Cow::Owned(text), faults)
}

fn warn_of_faults(text: &str, faults: &Faults, name: &str, ledger: &mut Ledger) {
    let end = terminator(text);
    let (mut line, mut from) = (1, 0);
    for &at in &faults.first {
        line += memchr::memchr_iter(end, &text.as_bytes()[from..at]).count() as u32;
        from = at;
        ledger.warn(
            WarningCode::Undecodable,
            Some(line),
            format!(
                "bytes that {name} does not allow are shown as \u{FFFD}; compare with the file"
            ),
        );
    }
    ledger.count_only(
        WarningCode::Undecodable,
        faults.count - faults.first.len() as u32,
    );
}

/// Whether a text is binary data that some encoding happens to read.
fn is_noise(text: &str, faults_count: bool) -> bool {
    let (mut all, mut controls, mut faults) = (0_usize, 0_usize, 0_usize);
    for c in text.chars().take(NOISE_SAMPLE) {
        all += 1;
        controls += usize::from(is_control(c) || ('\u{80}'..'\u{A0}').contains(&c));
        faults += usize::from(c == char::REPLACEMENT_CHARACTER);
    }
    // A short text may hold a stray control character or two.
    controls as f64 > all as f64 * MAX_CONTROLS && (controls > 2 || controls * 2 > all)
        || faults_count && faults as f64 > all as f64 * MAX_FAULTS
}
