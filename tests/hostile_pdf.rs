//! Broken PDFs in large numbers, each with its cost: run by hand.
//!
//! `TORIKOMI_BROKEN=5000 cargo test --release --test hostile_pdf -- --ignored --nocapture` breaks the
//! PDF fixtures (and the PDFs of the folders in `TORIKOMI_BROKEN_FROM`, separated by `:`) that many
//! times. `TORIKOMI_BROKEN_FIRST` is the first seed, so that a failure can be had again alone.

#[allow(dead_code, reason = "only its generator is needed here")]
mod hostile_files;
mod sheets;
#[path = "pdf_layer/written.rs"]
mod written;

use std::env;
use std::fs;
use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use hostile_files::Random;
use sheets::{ENGINE, checkout, entries};
use torikomi::model::Source;

/// Most processor time for a file, in seconds; a clock tick is 1/100 s.
const MAX_SECONDS: f64 = 10.0;
/// Most memory of the whole process while a file is read, in KiB.
const MAX_KIB: u64 = 512 << 10;

fn number(name: &str, otherwise: u64) -> u64 {
    let value = env::var(name).ok().and_then(|v| v.parse().ok());
    value.unwrap_or(otherwise)
}

/// The processor time of the process so far, all threads, in seconds.
fn worked() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The program's name may hold spaces; it ends in the last parenthesis.
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks.filter_map(|t| t.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Most memory held since the last call, in KiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:"));
    let kib = line.and_then(|l| l.split_whitespace().nth(1)?.parse().ok());
    let _ = fs::write("/proc/self/clear_refs", "5");
    kib.unwrap_or(0)
}

fn files() -> Vec<Vec<u8>> {
    let mut folders = vec![checkout("fixtures/pdf"), checkout("fixtures/sheets")];
    let more = env::var("TORIKOMI_BROKEN_FROM").unwrap_or_default();
    folders.extend(more.split(':').filter(|f| !f.is_empty()).map(PathBuf::from));
    let is_pdf = |p: &PathBuf| p.extension().is_some_and(|e| e == "pdf");
    let paths = folders.iter().flat_map(|f: &PathBuf| entries(f));
    let mut files: Vec<Vec<u8>> = paths.filter(is_pdf).map(|p| fs::read(p).unwrap()).collect();
    // As many written ones, in which each change hits something.
    for i in 0..files.len() {
        files.push(by_hand(i));
    }
    files
}

/// A document with little in it but what readers stumble over: a structure tree, forms, fields,
/// fonts of all kinds, widths, tables of characters.
fn by_hand(kind: usize) -> Vec<u8> {
    let mut rows = String::new();
    for i in 0..8 {
        let (font, y) = (1 + i % 3, 700 - 20 * i);
        let rule = y + 14;
        rows += &format!(
            "/P <</MCID {i}>> BDC BT /F{font} 10 Tf 52 {y} Td (AB) Tj 48 0 Td [(B)-200(A)] TJ 200 0 Td <4142> Tj ET EMC \
             q 1 0 0 1 0 0 cm 50 {rule} m 400 {rule} l S Q 50 {rule} 1 20 re f /X0 Do "
        );
    }
    let rows = rows.repeat([1, 1, 4, 40][kind % 4]);
    let tree = "<</Type/StructTreeRoot/K 13 0 R/ParentTree<</Kids[<</Limits[0 9]/Nums[3[13 0 R 14 0 R 13 0 R]]>>]>>>>";
    let to_unicode = written::stream(
        "",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfrange <0041> <0045> <6709> \
         <4142> <4162> <7121> endbfrange 1 beginbfchar <41> <6709> endbfchar",
    );
    let glyph = written::stream("", "1000 0 d0 0 0 750 750 re f");
    let form = written::stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Matrix[1 0 0 1 0 5]/Resources<</Font<</F1 5 0 R>>/XObject<</X0 10 0 R>>>>",
        "BT /F1 9 Tf 60 300 Td (form) Tj ET",
    );
    let resources = "/XObject<</X0 10 0 R>>/Properties<</P0 14 0 R>>";
    written::page(
        &rows,
        resources,
        "/StructTreeRoot 12 0 R/OCProperties<</D<</OFF[14 0 R]>>/OCGs[14 0 R]>>",
        "/StructParents 3/Rotate 0/Annots[15 0 R]",
        &[
            "<</Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 65\
             /LastChar 66/Widths[1000 1000]/CharProcs<</A 9 0 R/g2 9 0 R>>/Encoding<</Differences[65/A/g2]>>/ToUnicode 8 0 R>>",
            "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/90ms-RKSJ-H/ToUnicode 8 0 R/DescendantFonts[<</Type/Font\
             /Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 6>>\
             /DW 1000/W[0 9 500 20[300 400]]>>]>>",
            &to_unicode,
            &glyph,
            &form,
            "<<>>",
            tree,
            "<</Type/StructElem/S/Span/P 14 0 R/Pg 3 0 R/K[0 1]/ActualText<FEFF53EF>>>",
            "<</Type/StructElem/S/P/P 12 0 R/Pg 3 0 R/K[13 0 R 2]>>",
            "<</Type/Annot/Subtype/Widget/FT/Tx/V(value)/Rect[60 100 200 120]/AP<</N 10 0 R>>>>",
        ],
    )
}

/// A piece of the file and what it becomes.
fn flip(bytes: &mut [u8], times: usize, random: &mut Random) {
    for _ in 0..times {
        let at = random.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << random.below(8);
        }
    }
}

/// Figures become others, some of them very large.
fn lie(bytes: &mut [u8], times: usize, random: &mut Random) {
    for _ in 0..times {
        let from = random.below(bytes.len());
        let length = if random.below(4) == 0 { 12 } else { 1 };
        let figures = bytes[from..].iter_mut().skip_while(|b| !b.is_ascii_digit());
        for figure in figures.take(length).take_while(|b| b.is_ascii_digit()) {
            *figure = b'0' + random.below(10) as u8;
        }
    }
}

/// The packed streams of a file are opened, changed and packed again, so that what is in them is
/// broken and not their packing.
fn inside(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let find = |from: usize, what: &[u8]| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.windows(what.len())
            .position(|w| w == what)
            .map(|n| from + n)
    };
    let mut out = Vec::with_capacity(bytes.len());
    let mut done = 0;
    let (which, kind) = (1 + random.below(3), random.below(4));
    while let Some(at) = find(done, b"stream") {
        let body = at + b"stream".len();
        let lead = bytes[body..]
            .iter()
            .take(2)
            .take_while(|b| b.is_ascii_whitespace());
        let body = body + lead.count();
        let Some(end) = find(body, b"endstream") else {
            break;
        };
        let mut content = Vec::new();
        let mut reader = ZlibDecoder::new(&bytes[body..end]).take(4 << 20);
        let opened = reader.read_to_end(&mut content).is_ok() && !content.is_empty();
        out.extend_from_slice(&bytes[done..body]);
        if opened && random.below(which) == 0 {
            match kind {
                0 => flip(&mut content, 1 + random.below(40), random),
                1 => lie(&mut content, 1 + random.below(200), random),
                2 => content.truncate(random.below(content.len())),
                _ => {
                    let from = random.below(content.len());
                    let to = (from + random.below(3000)).min(content.len());
                    let piece = content[from..to].to_vec();
                    for _ in 0..random.below(60) {
                        content.extend_from_slice(&piece);
                    }
                }
            }
            let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(&content).unwrap();
            out.extend(packed.finish().unwrap());
            out.push(b'\n');
        } else {
            out.extend_from_slice(&bytes[body..end]);
        }
        out.extend_from_slice(b"endstream");
        done = end + b"endstream".len();
    }
    out.extend_from_slice(&bytes[done..]);
    out
}

fn broken(seed: u64, files: &[Vec<u8>]) -> (&'static str, Vec<u8>) {
    let mut random = Random::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    random.below(1);
    let mut bytes = files[random.below(files.len())].clone();
    let kind = match seed % 8 {
        0 => {
            bytes.truncate(random.below(bytes.len()));
            "truncated"
        }
        1 => {
            let times = 1 + random.below(200);
            flip(&mut bytes, times, &mut random);
            "flipped"
        }
        2 => {
            let other = &files[random.below(files.len())];
            bytes.truncate(random.below(bytes.len()));
            bytes.extend_from_slice(&other[random.below(other.len())..]);
            "spliced"
        }
        3 => {
            let from = random.below(bytes.len());
            let to = (from + random.below(4000)).min(bytes.len());
            bytes.drain(from..to);
            "cut out"
        }
        4 => {
            lie(&mut bytes, 60, &mut random);
            "false figures"
        }
        5 => {
            // References point elsewhere: loops, and objects of another kind.
            let marks: Vec<usize> = bytes
                .windows(4)
                .enumerate()
                .filter_map(|(i, w)| (w == b" 0 R").then_some(i))
                .collect();
            for _ in 0..1 + random.below(20) {
                let Some(&mark) = marks.get(random.below(marks.len())) else {
                    break;
                };
                if let Some(figure) = bytes.get_mut(mark.saturating_sub(1)) {
                    *figure = b'0' + random.below(10) as u8;
                }
            }
            "false references"
        }
        _ => {
            bytes = inside(&bytes, &mut random);
            "broken inside"
        }
    };
    (kind, bytes)
}

#[test]
#[ignore = "takes minutes; run by hand, with a release build"]
fn broken_pdfs_end_in_time_and_memory() {
    let files = files();
    let first = number("TORIKOMI_BROKEN_FIRST", 0);
    let count = number("TORIKOMI_BROKEN", 200);
    let _ = &*ENGINE;
    let (mut rows, mut errors, mut slowest, mut largest) = (0, 0, 0.0f64, 0);
    let mut failed = Vec::new();
    peak();
    for seed in first..first + count {
        let (kind, bytes) = broken(seed, &files);
        let source = Source {
            path: format!("broken-{seed}.pdf"),
            bytes,
        };
        let before = worked();
        let outcome = catch_unwind(AssertUnwindSafe(|| ENGINE.import(&source)));
        let (seconds, kib) = (worked() - before, peak());
        slowest = slowest.max(seconds);
        largest = largest.max(kib);
        let fault = match outcome {
            Err(_) => Some("panicked".to_owned()),
            Ok(Ok(d)) if d.rows.is_empty() => Some("no rows, and no error".to_owned()),
            Ok(Err(e)) if e.message.is_empty() || e.hint.is_empty() => Some(format!("{e}")),
            Ok(Err(e)) if e.reason == torikomi::error::Failure::Internal => Some(format!("{e}")),
            Ok(outcome) => {
                rows += usize::from(outcome.is_ok());
                errors += usize::from(outcome.is_err());
                None
            }
        };
        let fault =
            fault.or((seconds > MAX_SECONDS || kib > MAX_KIB).then(|| "costs too much".to_owned()));
        if let Some(fault) = fault {
            let line = format!(
                "seed {seed} ({kind}): {fault}; {seconds:.2} s, {} MiB",
                kib >> 10
            );
            keep(&source, &line);
            failed.push(line);
        }
    }
    let report = format!(
        "{count} broken PDFs of {}: {rows} with rows, {errors} with an error; at most {slowest:.2} s \
         and {} MiB",
        files.len(),
        largest >> 10
    );
    assert!(failed.is_empty(), "{report}\n{}", failed.join("\n"));
    note(&report);
}

/// Says something to whoever runs this.
fn note(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Leaves a file that failed in the folder for temporary files.
fn keep(source: &Source, line: &str) {
    let folder: PathBuf = env::temp_dir();
    let _ = fs::write(Path::new(&folder).join(&source.path), &source.bytes);
    note(line);
}
