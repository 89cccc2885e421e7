use std::collections::BTreeMap;
use std::io::{self, Write};

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::content::Content;
use super::embedded;
use super::labels::Labels;
use super::words::{Entry, entries, entry};
use crate::config::Language;
use crate::model::{Decision, Reason, Relation, Status, WarningCode};
use crate::write::{Counts, Outcome, Run};

/// What stands before the data: head, summary and the empty views.
pub(super) const TEMPLATE: &str = include_str!("page/page.html");

/// The page's looks.
pub(super) const STYLE: &str = concat!(
    include_str!("page/base.css"),
    include_str!("page/matrix.css"),
    include_str!("page/detail.css"),
    include_str!("page/print.css"),
);

/// The page's script: one function, so that no name of it is the window's.
pub(super) const SCRIPT: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("page/element.js"),
    include_str!("page/data.js"),
    include_str!("page/decisions.js"),
    include_str!("page/filter.js"),
    include_str!("page/matrix.js"),
    include_str!("page/place.js"),
    include_str!("page/detail.js"),
    include_str!("page/review.js"),
    include_str!("page/documents.js"),
    include_str!("page/print.js"),
    include_str!("page/start.js"),
    "})();\n",
);

/// How many failures are spelled out; the others are in `run.json`.
const MOST_FAILURES: usize = 1000;

/// Writes the page.
pub(super) fn write(
    content: Content,
    run: &Run,
    language: Language,
    to: &mut impl Write,
) -> io::Result<()> {
    let brief = content.brief();
    let data = content.into_json();
    let labels = Labels::of(language);
    let (style, script) = (lines(STYLE), lines(SCRIPT));
    let failed = run.documents.iter().filter(|o| o.error.is_some()).count();
    let head = Head {
        lang: labels.lang,
        hash: hex(&Sha256::digest(&data)[..8]),
        policy: policy(&style, &script),
        t: &labels,
        torikomi: &run.torikomi,
        counts: run.counts,
        failures: failures(&run.documents, language),
        more_failures: failed.saturating_sub(MOST_FAILURES),
        keys: keys(&labels),
        brief,
        style,
    };
    let head = environment()
        .template_from_str(TEMPLATE)
        .and_then(|template| template.render(Serde(&head)))
        .map_err(io::Error::other)?;
    let mut words = Vec::new();
    embedded::push(&Words::new(&labels, language), &mut words);
    to.write_all(head.as_bytes())?;
    for (id, json) in [("labels", &words), ("run", &data)] {
        write!(to, "\n<script type=\"application/json\" id=\"{id}\">")?;
        to.write_all(json)?;
        to.write_all(b"</script>")?;
    }
    write!(to, "\n<script>{script}</script>\n</body>\n</html>\n")
}

/// What the template is filled with.
#[derive(Serialize)]
struct Head<'a> {
    lang: &'static str,
    /// Tells this run's decisions from those of others in the browser's storage.
    hash: String,
    policy: String,
    t: &'a Labels,
    torikomi: &'a str,
    counts: Counts,
    failures: Vec<Failed<'a>>,
    more_failures: usize,
    keys: Vec<Key>,
    /// Documents that are not told in full.
    brief: u64,
    style: String,
}

/// Text in HTML is escaped; a name that the template has and the context has not is an error.
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment
}

/// A checkout may have given the files other line breaks; a browser hashes what it reads, and it
/// reads LF (HTML 13.2.3.5).
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// The page's Content Security Policy: its own script and style, and nothing from anywhere. Text
/// cannot become markup where the browser knows Trusted Types.
fn policy(style: &str, script: &str) -> String {
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        base64(&Sha256::digest(script)),
        base64(&Sha256::digest(style)),
    )
}

/// RFC 4648, 4.
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| {
            bits << 8 | usize::from(chunk.get(at).copied().unwrap_or(0))
        });
        for at in 0..4 {
            text.push(match at <= chunk.len() {
                true => char::from(DIGITS[bits >> (18 - 6 * at) & 63]),
                false => '=',
            });
        }
    }
    text
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// A failure as the page tells it.
#[derive(Serialize)]
struct Failed<'a> {
    path: &'a str,
    reason: &'static str,
    place: Option<&'a str>,
    message: &'a str,
    remedy: &'static str,
    hint: &'a str,
}

fn failures(outcomes: &[Outcome], language: Language) -> Vec<Failed<'_>> {
    let failed = outcomes.iter().filter_map(|outcome| {
        let error = outcome.error.as_ref()?;
        let words = entry(error.reason, language);
        Some(Failed {
            path: &outcome.path,
            reason: words.label,
            place: error.place.as_deref(),
            message: &error.message,
            remedy: words.meaning,
            hint: &error.hint,
        })
    });
    failed.take(MOST_FAILURES).collect()
}

/// Keys and what they do.
#[derive(Serialize)]
struct Key {
    keys: &'static [&'static str],
    what: &'static str,
}

fn keys(t: &Labels) -> Vec<Key> {
    let keys: [(&[&str], &str); 11] = [
        (&["j", "k"], t.help_next),
        (&["1", "–", "9"], t.help_choose),
        (&["a"], t.help_accept),
        (&["n"], t.help_none),
        (&["o"], t.help_other),
        (&["r"], t.help_remark),
        (&["u"], t.help_undo),
        (&["/"], t.help_search),
        (&["↑", "↓", "←", "→", "Enter"], t.help_grid),
        (&["Esc"], t.help_close),
        (&["?"], t.help_help),
    ];
    keys.map(|(keys, what)| Key { keys, what }).into()
}

/// All words that the script needs.
#[derive(Serialize)]
pub(super) struct Words<'a> {
    #[serde(flatten)]
    labels: &'a Labels,
    statuses: Vec<Entry>,
    decisions: Vec<Entry>,
    relations: Vec<&'static str>,
    reasons: BTreeMap<String, Entry>,
    warnings: BTreeMap<String, &'static str>,
}

impl<'a> Words<'a> {
    pub(super) fn new(labels: &'a Labels, language: Language) -> Self {
        let labels_of = |entries: Vec<Entry>| entries.into_iter().map(|e| (e.name, e.label));
        let relations = entries::<Relation>(language);
        let reasons = entries::<Reason>(language).into_iter();
        Words {
            labels,
            statuses: entries::<Status>(language),
            decisions: entries::<Decision>(language),
            relations: relations.into_iter().map(|e| e.label).collect(),
            reasons: reasons.map(|e| (e.name.clone(), e)).collect(),
            warnings: labels_of(entries::<WarningCode>(language)).collect(),
        }
    }
}
