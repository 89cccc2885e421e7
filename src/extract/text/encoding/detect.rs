//! Detection of encodings.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, Encoding as Coding, ISO_2022_JP, SHIFT_JIS, WINDOWS_1252};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr, memchr_iter, memrchr};

use super::plausible::{is_control, plausibility};
use super::{Verdict, binary};
use crate::error::{Failure, FileError};

/// How many bytes are read in every candidate encoding: first a few, which mostly decide, then
/// enough to be as certain as can be.
const SAMPLES: [usize; 2] = [768, 8 << 10];

/// A guess on the smaller sample that is this sure needs no larger one.
const DECIDED: f64 = 0.99;

/// A file is UTF-8 with faults when it has this many times more multi-byte characters than faults.
/// Text in another encoding has a fault for almost every character.
const UTF8_PER_FAULT: usize = 4;

/// The margin in plausibility at which a guess is as good as sure; see [`confidence`].
const MARGIN: f64 = 6.0;

/// Least plausibility for each byte that is not ASCII; below, no candidate explains the text.
const LEAST: f64 = 0.1;

/// Plausibility for each such byte that Japanese text exceeds (kanji alone give 0.6). Text that
/// fits no candidate well, as Chinese read as EUC-JP, stays below.
const EXPECTED: f64 = 0.45;

/// Longest text, in bytes, for which UTF-16 that happens to be ASCII is considered.
const SHORT: usize = 1 << 10;

/// Most bytes above ASCII for which it can be chance that a Japanese text is valid UTF-8.
const CHANCE: usize = 16;

/// Confidence of a guess that only general statistics of byte pairs support.
const FOREIGN: f64 = 0.4;

/// Decides the encoding of a file.
///
/// # Errors
/// The bytes are UTF-32, or no text in any encoding.
pub(super) fn detect(bytes: &[u8]) -> Result<Verdict, FileError> {
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return Err(FileError::new(
            Failure::Unsupported,
            "text in UTF-32",
            "save it as UTF-8 and import that",
        ));
    }
    if let Some((coding, _)) = Coding::for_bom(bytes) {
        return Ok(sure(coding, "bom"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(of_valid_utf8(text)),
        Err(fault) => of_other(bytes, fault.valid_up_to()),
    }
}

fn sure(coding: &'static Coding, decided_by: &'static str) -> Verdict {
    Verdict {
        coding,
        decided_by,
        confidence: 1.0,
    }
}

/// Valid UTF-8 is UTF-8, but for encodings that keep to ASCII bytes, and for very short texts.
fn of_valid_utf8(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if let Some(at) = memchr(0, bytes) {
        return of_text_with_controls(bytes, at);
    }
    if memchr(0x1B, bytes).is_some() && text.is_ascii() && has_jis_escape(bytes) {
        return sure(ISO_2022_JP, "valid");
    }
    // Japanese has characters of three bytes in UTF-8. A text that has only those of two may be a
    // few characters of EUC-JP or CP932.
    if text.is_ascii() {
        // A few kanji in UTF-16 are ASCII bytes, some of them controls.
        let short = text.len() <= SHORT && text.len().is_multiple_of(2);
        return match text.find(is_control).filter(|_| short) {
            Some(at) => of_text_with_controls(bytes, at),
            None => sure(UTF_8, "valid"),
        };
    }
    let is_beyond_ascii = |b: &&u8| !b.is_ascii();
    if bytes.iter().any(|&b| b >= 0xE0) || bytes.iter().filter(is_beyond_ascii).count() > CHANCE {
        return sure(UTF_8, "valid");
    }
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let sample = sample_around(bytes, first, SAMPLES[1]);
    best(sample, &[UTF_8, SHIFT_JIS, EUC_JP]).0
}

/// Whether ASCII bytes hold an escape to a Japanese character set.
fn has_jis_escape(bytes: &[u8]) -> bool {
    memchr_iter(0x1B, bytes).any(|at| {
        let behind = &bytes[at + 1..];
        [&b"$@"[..], b"$B", b"(J", b"(I", b"$("]
            .iter()
            .any(|escape| behind.starts_with(escape))
    })
}

/// Valid UTF-8 with control characters from `at` on: UTF-16 of mostly ASCII, or a text that holds
/// some, or no text.
fn of_text_with_controls(bytes: &[u8], at: usize) -> Verdict {
    match best(
        sample_around(bytes, at, SAMPLES[0]),
        &[UTF_8, UTF_16LE, UTF_16BE],
    ) {
        (verdict, points) if points >= 0.0 => verdict,
        _ => sure(UTF_8, "valid"),
    }
}

fn of_other(bytes: &[u8], first_fault: usize) -> Result<Verdict, FileError> {
    let (characters, faults) = utf8_census(bytes);
    if characters > UTF8_PER_FAULT * faults {
        return Ok(Verdict {
            coding: UTF_8,
            decided_by: "guessed",
            confidence: 1.0 - faults as f64 / (characters + faults) as f64,
        });
    }
    let mut guess = Guess::of(sample_around(bytes, first_fault, SAMPLES[0]));
    if guess.confidence() < DECIDED {
        guess = Guess::of(sample_around(bytes, first_fault, SAMPLES[1]));
    }
    let Guess {
        verdict, points, ..
    } = guess;
    if guess.quality() >= LEAST {
        return Ok(Verdict {
            confidence: guess.confidence(),
            ..verdict
        });
    }
    if let Some(other) = foreign(guess.sample) {
        return Ok(other);
    }
    if points < 0.0 {
        return Err(binary());
    }
    Ok(Verdict {
        confidence: FOREIGN / 2.0,
        ..verdict
    })
}

/// The most plausible reading of bytes that are neither UTF-8 nor marked.
struct Guess<'b> {
    sample: &'b [u8],
    verdict: Verdict,
    points: f64,
}

impl<'b> Guess<'b> {
    fn of(sample: &'b [u8]) -> Self {
        let all = [SHIFT_JIS, UTF_8, EUC_JP, UTF_16LE, UTF_16BE, WINDOWS_1252];
        let (verdict, points) = best(sample, &all);
        Guess {
            sample,
            verdict,
            points,
        }
    }

    /// Points for each byte that tells encodings apart.
    fn quality(&self) -> f64 {
        let telling = self.sample.iter().filter(|b| !b.is_ascii()).count();
        self.points / telling.max(1) as f64
    }

    /// How far it leads, less where it does not look like much either.
    fn confidence(&self) -> f64 {
        // In UTF-16 it is chance which bytes are ASCII.
        let is_utf16 = [UTF_16LE, UTF_16BE].contains(&self.verdict.coding);
        let fit = if is_utf16 {
            1.0
        } else {
            (self.quality() / EXPECTED).clamp(0.0, 1.0)
        };
        self.verdict.confidence * fit
    }
}

/// Characters of three bytes and more, and faults, of bytes read as UTF-8.
fn utf8_census(bytes: &[u8]) -> (usize, usize) {
    let (mut characters, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().bytes().filter(|&b| b >= 0xE0).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    (characters, faults)
}

/// The bytes around the first place that tells encodings apart, from a line start to a line end
/// where possible.
fn sample_around(bytes: &[u8], place: usize, size: usize) -> &[u8] {
    let floor = place.saturating_sub(size / 4);
    let start = match memrchr(b'\n', &bytes[floor..place]) {
        Some(at) if floor > 0 => floor + at + 1,
        _ => floor,
    };
    // UTF-16 needs whole units.
    let start = start & !1;
    let rest = &bytes[start..];
    if rest.len() <= size {
        return rest;
    }
    let head = &rest[..size];
    match memrchr(b'\n', head) {
        Some(at) if at > 0 => &head[..at & !1],
        _ => head,
    }
}

/// The candidate that makes the most plausible text of the sample, and its points.
fn best(sample: &[u8], candidates: &[&'static Coding]) -> (Verdict, f64) {
    let (mut coding, mut first, mut second) = (UTF_8, f64::NEG_INFINITY, f64::NEG_INFINITY);
    for &candidate in candidates {
        let points = plausibility(sample, candidate);
        if points > first {
            (coding, second, first) = (candidate, first, points);
        } else {
            second = second.max(points);
        }
    }
    let verdict = Verdict {
        coding,
        decided_by: "guessed",
        confidence: confidence(first - second),
    };
    (verdict, first)
}

/// 0.5 where two readings are equally plausible, near 1 where the best one leads by far.
fn confidence(margin: f64) -> f64 {
    (1.0 - 0.5 * (-margin / MARGIN).exp()).min(0.999)
}

/// What general statistics say of a text that is neither Japanese nor Western.
fn foreign(sample: &[u8]) -> Option<Verdict> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let coding = detector.guess(None, Utf8Detection::Deny);
    let (_, faults) = coding.decode_without_bom_handling(sample);
    (!faults).then_some(Verdict {
        coding,
        decided_by: "guessed",
        confidence: FOREIGN,
    })
}

/// The byte order of a file that is said to be UTF-16.
pub(super) fn utf16_order(bytes: &[u8]) -> &'static Coding {
    if bytes.starts_with(b"\xFE\xFF") {
        return UTF_16BE;
    }
    if bytes.starts_with(b"\xFF\xFE") {
        return UTF_16LE;
    }
    let sample = sample_around(bytes, 0, SAMPLES[1]);
    if plausibility(sample, UTF_16BE) > plausibility(sample, UTF_16LE) {
        UTF_16BE
    } else {
        UTF_16LE
    }
}
