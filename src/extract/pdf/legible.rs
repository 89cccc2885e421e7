//! Whether a page's characters can be what it says. A wrong reading must not pass for an answer.

use encoding_rs::SHIFT_JIS;

use super::page::Char;

/// Fewest characters that say anything about a page.
const FEWEST: usize = 20;
/// Part of a page's characters that may be unknown before the rest is not trusted either.
const UNKNOWN: f32 = 0.3;
/// Part of a page's characters from scripts and symbols that no check sheet is written in.
const FOREIGN: f32 = 0.3;
/// Part of ASCII that may be punctuation.
const PUNCTUATION: f32 = 0.55;
/// Part of the ideographs outside JIS level 1. Newspapers stay below 0.03; a scrambled table of
/// characters picks level 2 and beyond as often as not.
const RARE: f32 = 0.35;
/// Ideographs looked at.
const SAMPLE: usize = 400;

/// What a page's characters amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Legibility {
    Legible,
    /// The fonts do not say what they draw.
    Unknown,
    /// They say something that no one writes.
    Implausible,
}

/// Judges the characters of a page.
pub fn judge(chars: &[Char]) -> Legibility {
    let solid: Vec<char> = chars
        .iter()
        .map(|c| c.c)
        .filter(|c| !c.is_whitespace())
        .collect();
    let count = |is: &dyn Fn(char) -> bool| solid.iter().filter(|c| is(**c)).count();
    let unknown = count(&|c| c == '\u{FFFD}');
    if unknown > 0 && unknown as f32 >= solid.len() as f32 * UNKNOWN {
        return Legibility::Unknown;
    }
    if solid.len() < FEWEST {
        return Legibility::Legible;
    }
    let of = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
    if of(count(&is_foreign), solid.len()) > FOREIGN {
        return Legibility::Implausible;
    }
    let ascii = count(&|c| c.is_ascii());
    let marks = count(&|c| c.is_ascii_punctuation() && !matches!(c, '-' | '_' | '.' | '/' | '*'));
    if ascii * 2 > solid.len() && of(marks, ascii) > PUNCTUATION {
        return Legibility::Implausible;
    }
    let kana = count(&|c| matches!(c, '\u{3041}'..='\u{30FF}'));
    let ideographs: Vec<char> = solid
        .iter()
        .copied()
        .filter(|c| is_ideograph(*c))
        .take(SAMPLE)
        .collect();
    let rare = ideographs.iter().filter(|c| is_rare(**c)).count();
    if ideographs.len() >= FEWEST && kana * 10 < solid.len() && of(rare, ideographs.len()) > RARE {
        return Legibility::Implausible;
    }
    Legibility::Legible
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3134F}')
}

/// Letters beyond Western European ones, and symbols that stand for glyph numbers read as text.
fn is_foreign(c: char) -> bool {
    matches!(c,
        '\u{100}'..='\u{36F}' | '\u{400}'..='\u{1FFF}' | '\u{2C00}'..='\u{2DFF}'
        | '\u{A000}'..='\u{ABFF}' | '\u{FB00}'..='\u{FDFF}' | '\u{10000}'..='\u{1EFFF}')
}

/// Outside JIS level 1: level 2 starts at 0x989F in Shift_JIS.
fn is_rare(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, failed) = SHIFT_JIS.encode(c.encode_utf8(&mut buffer));
    failed || bytes.first().is_none_or(|lead| *lead >= 0x98)
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::set;
    use super::*;

    #[test]
    fn nonsense_is_told_from_sheets() {
        for (text, legibility) in [
            (
                "サービスを提供する時間帯（設備やネットワーク等の点検を含む）",
                Legibility::Legible,
            ),
            (
                "Do you encrypt data at rest? (AES-256, TLS 1.2 or later)",
                Legibility::Legible,
            ),
            (
                "可用性 信頼性 性能 拡張性 機密性 完全性 認証 暗号化 運用 監視",
                Legibility::Legible,
            ),
            (
                "24/365 99.95% 10:00-18:00 03-1234-5678",
                Legibility::Legible,
            ),
            ("\u{FFFD}\u{FFFD}\u{FFFD}可用", Legibility::Unknown),
            ("!\"#$%&'()+,:;<=>?@!\"#$%&'()+,:;", Legibility::Implausible),
            ("ǅǆȀȁȂȃȄȅȆȇȈȉȊȋȌȍȎȏȐȑȒȓȔȕ", Legibility::Implausible),
            (
                "弌丐丕个丱丶丼丿乂乖乘亂亅豫亊舒弍于亞亟亠亢",
                Legibility::Implausible,
            ),
            ("", Legibility::Legible),
        ] {
            assert_eq!(judge(&set(text, 0.0, 0.0)), legibility, "{text}");
        }
    }
}
