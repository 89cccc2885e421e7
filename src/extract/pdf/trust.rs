//! Which pages are read and which are only named: images without text, text that no one can read.

use crate::error::{Failure, FileError};
use crate::model::{Warning, WarningCode};

use super::legible::{self, Legibility};
use super::page::Page;

/// Part of a page that images cover when it is a scan and not a page with a logo.
const SCAN: f32 = 0.25;
/// Fewer characters than this on a scan are a stamp or a page number, no text layer.
const STAMP: usize = 8;

/// What a page gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Text,
    Blank,
    Scan,
    Illegible,
}

/// Empties pages whose text cannot be trusted, and says which pages gave nothing.
///
/// # Errors
/// No page has text that can be read.
pub fn sift(pages: &mut [Page]) -> Result<Vec<Warning>, FileError> {
    let verdicts: Vec<Verdict> = pages.iter().map(verdict).collect();
    let numbers = |of: Verdict| -> Vec<u32> {
        let pairs = pages.iter().zip(&verdicts);
        pairs
            .filter(|(_, v)| **v == of)
            .map(|(p, _)| p.number)
            .collect()
    };
    let (scans, illegible) = (numbers(Verdict::Scan), numbers(Verdict::Illegible));
    if !verdicts.contains(&Verdict::Text) {
        return Err(nothing(&scans, &illegible));
    }
    let mut warnings = Vec::new();
    if !scans.is_empty() {
        warnings.push(warning(
            WarningCode::NoTextLayer,
            &scans,
            "no text layer: only an image, so nothing of it was read; run text recognition over \
             the file, or ask for the original",
        ));
    }
    if !illegible.is_empty() {
        let message = undecodable(
            &illegible,
            "its fonts do not say what they draw, so nothing of it was read; ask for the original, \
             or print it again with fonts embedded",
        );
        warnings.push(warning(WarningCode::Undecodable, &illegible, &message));
    }
    let partly: Vec<u32> = pages
        .iter()
        .zip(&verdicts)
        .filter(|(p, v)| **v == Verdict::Text && p.chars.iter().any(|c| c.c == '\u{FFFD}'))
        .map(|(p, _)| p.number)
        .collect();
    if !partly.is_empty() {
        let message = undecodable(
            &partly,
            "some characters have no meaning in their fonts; they are shown as \u{FFFD}, and a cell \
             of which that is half is left empty; compare with the file",
        );
        warnings.push(warning(WarningCode::Undecodable, &partly, &message));
    }
    let cut: Vec<u32> = pages
        .iter()
        .filter(|p| p.truncated)
        .map(|p| p.number)
        .collect();
    if !cut.is_empty() {
        warnings.push(warning(
            WarningCode::Truncated,
            &cut,
            "a page holds more than is read of one page; its rest was left out",
        ));
    }
    for (page, verdict) in pages.iter_mut().zip(&verdicts) {
        if *verdict == Verdict::Illegible {
            page.chars.clear();
        }
    }
    Ok(warnings)
}

fn verdict(page: &Page) -> Verdict {
    let solid = page.chars.iter().filter(|c| !c.c.is_whitespace()).count();
    if page.image_cover >= SCAN && solid < STAMP {
        return Verdict::Scan;
    }
    if solid == 0 {
        return Verdict::Blank;
    }
    match legible::judge(&page.chars) {
        Legibility::Legible => Verdict::Text,
        Legibility::Unknown | Legibility::Implausible => Verdict::Illegible,
    }
}

fn nothing(scans: &[u32], illegible: &[u32]) -> FileError {
    if !illegible.is_empty() {
        return FileError::new(
            Failure::NoTextLayer,
            "undecodable text: its fonts do not say what they draw",
            "ask for the original, or print it again with fonts embedded",
        )
        .at(places(illegible));
    }
    if !scans.is_empty() {
        return FileError::new(
            Failure::NoTextLayer,
            "its pages are images without text",
            "run text recognition over it, or ask for the original",
        )
        .at(places(scans));
    }
    FileError::new(
        Failure::Empty,
        "its pages hold no text",
        "ask the sender for the file again",
    )
}

/// `undecodable text on page 2, undecodable text on page 3: …`.
fn undecodable(pages: &[u32], what: &str) -> String {
    let each: Vec<String> = pages
        .iter()
        .map(|n| format!("undecodable text on page {n}"))
        .collect();
    format!("{}: {what}", each.join(", "))
}

fn warning(code: WarningCode, pages: &[u32], message: &str) -> Warning {
    Warning {
        code,
        message: message.to_owned(),
        rows: None,
        place: Some(places(pages)),
    }
}

/// `page 3`, `pages 1-3, 7`.
fn places(pages: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &n in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == n => *last = n,
            _ => runs.push((n, n)),
        }
    }
    let one = |(a, b): &(u32, u32)| {
        if a == b {
            a.to_string()
        } else {
            format!("{a}-{b}")
        }
    };
    let list: Vec<String> = runs.iter().map(one).collect();
    let word = if pages.len() == 1 { "page" } else { "pages" };
    format!("{word} {}", list.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::set;
    use super::*;

    fn page(number: u32, text: &str, image_cover: f32) -> Page {
        Page {
            number,
            chars: set(text, 0.0, 0.0),
            image_cover,
            ..Page::default()
        }
    }

    #[test]
    fn pages_without_text_are_named() {
        let mut pages = vec![
            page(1, "サービス時間は24時間365日です。計画停止を除く", 0.0),
            page(2, "", 0.9),
            page(3, "", 0.9),
            page(4, "", 0.0),
            page(5, "\u{FFFD}\u{FFFD}\u{FFFD}", 0.0),
        ];
        let warnings = sift(&mut pages).unwrap();
        assert_eq!(warnings.len(), 2);
        assert_eq!(warnings[0].place.as_deref(), Some("pages 2-3"));
        assert!(
            warnings[1]
                .message
                .starts_with("undecodable text on page 5")
        );
        assert!(pages[4].chars.is_empty());
    }

    #[test]
    fn a_file_without_text_fails() {
        for (pages, reason) in [
            (vec![page(1, "", 0.9)], Failure::NoTextLayer),
            (vec![page(1, "\u{FFFD}\u{FFFD}", 0.0)], Failure::NoTextLayer),
            (vec![page(1, "", 0.0)], Failure::Empty),
            (Vec::new(), Failure::Empty),
        ] {
            let mut pages = pages;
            assert_eq!(sift(&mut pages).unwrap_err().reason, reason);
        }
    }
}
