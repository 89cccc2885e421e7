//! Text as symbols: each character of Japanese is one, each word of Latin letters or digits is one.
//!
//! Folded text has no spaces, so the words of an English name run together in it. The shown text
//! still has them, and says where to cut.

/// Stands before and after a word of Latin letters or digits, so that `RTO` is not found in
/// `shortout`. Control characters cannot occur in folded text.
pub(super) const OPEN: char = '\u{2}';
pub(super) const CLOSE: char = '\u{3}';

/// The sign of the thesaurus's first entry; a private-use plane, which no text of a sheet uses.
pub(super) const FIRST_SIGN: u32 = 0xF_0000;

/// Appends `folded` to `out` with its Latin words and numbers cut as in `shown`, each between
/// [`OPEN`] and [`CLOSE`].
pub(super) fn mark(shown: &str, folded: &str, out: &mut String) {
    let mut cuts = latin_words(shown);
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        if !first.is_ascii_alphanumeric() {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let run = run_length(rest);
        let (mut run, after) = rest.split_at(run);
        while !run.is_empty() {
            let word = cuts.clone().next().filter(|w| starts_with(run, w));
            let length = word.map_or(run.len(), str::len);
            if word.is_some() {
                cuts.next();
            }
            out.push(OPEN);
            out.push_str(stem(&run[..length]));
            out.push(CLOSE);
            run = &run[length..];
        }
        rest = after;
    }
}

/// The runs of ASCII letters, and of digits, of a shown text.
fn latin_words(shown: &str) -> impl Iterator<Item = &str> + Clone {
    let mut rest = shown;
    std::iter::from_fn(move || {
        let start = rest.find(|c: char| c.is_ascii_alphanumeric())?;
        let (word, after) = rest[start..].split_at(run_length(&rest[start..]));
        rest = after;
        Some(word)
    })
}

/// Bytes of the run of letters, or of digits, at the start of a text.
fn run_length(text: &str) -> usize {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    let same = |c: &char| c.is_ascii_alphanumeric() && c.is_ascii_digit() == digits;
    text.chars().take_while(same).count()
}

fn starts_with(run: &str, word: &str) -> bool {
    run.get(..word.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// A word without the plural's s. Short words are abbreviations (`TLS`, `DNS`).
fn stem(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if word.len() > 3 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::fold;

    #[test]
    fn words_are_cut_where_the_shown_text_cuts_them() {
        for (shown, marked) in [
            ("目標復旧時間(RTO)", "目標復旧時間<rto>"),
            ("Recovery Time Objectives", "<recovery><time><objective>"),
            ("multi-factor", "<multi><factor>"),
            ("24時間 365日", "<24>時間<365>日"),
            ("TLS1.2", "<tls><1><2>"),
            ("shortout", "<shortout>"),
            ("", ""),
        ] {
            let folded: String = fold(shown)
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect();
            let mut out = String::new();
            mark(shown, &folded, &mut out);
            let out = out.replace(OPEN, "<").replace(CLOSE, ">");
            assert_eq!(out, marked, "{shown}");
        }
    }

    #[test]
    fn a_folded_text_that_differs_from_the_shown_one_is_kept_whole() {
        let mut out = String::new();
        mark("other words", "abc漢字9", &mut out);
        assert_eq!(out.replace([OPEN, CLOSE], ""), "abc漢字9");
    }
}
