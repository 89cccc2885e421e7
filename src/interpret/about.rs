//! Title, vendor and date, from the lines around the tables.

use super::kind::is_titled;
use super::strip::Strip;
use crate::model::{Interpretation, OutsideKind};
use crate::notation::date;

/// Labels before the vendor's name.
const VENDOR_LABELS: [&str; 17] = [
    "会社名",
    "企業名",
    "貴社名",
    "御社名",
    "事業者名",
    "法人名",
    "組織名",
    "団体名",
    "提供者名",
    "提供会社",
    "回答会社",
    "回答企業",
    "ベンダー名",
    "ベンダ名",
    "サービス提供者",
    "vendor",
    "company",
];
/// Labels before the date of the answers.
const DATE_LABELS: [&str; 9] = [
    "記入日",
    "回答日",
    "作成日",
    "更新日",
    "改訂日",
    "提出日",
    "日付",
    "最終更新",
    "date",
];
/// What companies call themselves.
const COMPANY_FORMS: [&str; 12] = [
    "株式会社",
    "有限会社",
    "合同会社",
    "合名会社",
    "合資会社",
    "一般社団法人",
    "一般財団法人",
    "(株)",
    "（株）",
    "㈱",
    "Inc.",
    "Co., Ltd",
];
/// A line that long is prose, in characters.
const LONGEST_LINE: usize = 60;
/// A date in a longer line is not the sheet's, in characters.
const LONGEST_DATED: usize = 40;
/// A strip with more cells is part of a table.
const MOST_CELLS: usize = 4;

/// The facts that have been found, and how strongly.
#[derive(Default)]
pub(super) struct About {
    /// The part being read holds a checklist: its title is the sheet's, not that of a cover or of
    /// instructions.
    pub heads_table: bool,
    title: Option<(u32, String)>,
    vendor: Option<(u32, String)>,
    date: Option<(u32, String)>,
}

impl About {
    /// Reads a strip that stands outside tables; says what it is, if it is about the sheet.
    pub(super) fn read(&mut self, strip: &Strip<'_>) -> Option<OutsideKind> {
        let cells: Vec<&str> = strip.own().map(|s| s.text).collect();
        let mut kind = None;
        for (i, cell) in cells.iter().enumerate() {
            // Several facts may stand in one cell, set apart by wide spaces.
            let parts: Vec<&str> = cell.split(['　', '\t', '\n']).map(str::trim).collect();
            for (j, text) in parts.iter().enumerate().filter(|(_, t)| !t.is_empty()) {
                let next = parts.get(j + 1).or_else(|| cells.get(i + 1)).copied();
                let fact = self.fact(text, next, cell, cells.len());
                kind = kind.or(fact);
                if fact == Some(OutsideKind::Title) {
                    kind = fact;
                }
            }
        }
        kind
    }

    /// One text of a strip with so many cells; `whole` is the cell it stands in.
    fn fact(
        &mut self,
        text: &str,
        next: Option<&str>,
        whole: &str,
        cells: usize,
    ) -> Option<OutsideKind> {
        if self.labelled(text, next) {
            return Some(OutsideKind::About);
        }
        if text.chars().nth(LONGEST_LINE).is_some() || text.contains('。') || cells > MOST_CELLS {
            return None;
        }
        if is_titled(whole) && date::find(whole).is_none_or(|d| d.range.len() * 2 < whole.len()) {
            let strength = 2 + u32::from(ends_titled(whole)) + 2 * u32::from(self.heads_table);
            keep(&mut self.title, strength, whole);
            return Some(OutsideKind::Title);
        }
        let company = company(text);
        if let Some(name) = &company {
            keep(&mut self.vendor, 1, name);
        }
        let dated = date::find(text).is_some();
        if dated && text.chars().nth(LONGEST_DATED).is_none() {
            keep(&mut self.date, 1, text);
        }
        (company.is_some() || dated).then_some(OutsideKind::About)
    }

    /// Takes the first line of a sheet for its title when there is no better one; says whether.
    pub(super) fn suggest_title(&mut self, text: &str) -> bool {
        let fits = self.title.is_none()
            && text.chars().nth(LONGEST_LINE).is_none()
            && !text.contains('。');
        if fits {
            keep(&mut self.title, 1, text);
        }
        fits
    }

    /// Whether a line that says it is a title has been read.
    pub(super) fn is_titled(&self) -> bool {
        self.title.is_some()
    }

    /// `会社名: …` in one cell, or in two.
    fn labelled(&mut self, text: &str, next: Option<&str>) -> bool {
        for (labels, fact) in [
            (&VENDOR_LABELS[..], &mut self.vendor),
            (&DATE_LABELS[..], &mut self.date),
        ] {
            let Some(value) = value_of(text, next, labels) else {
                continue;
            };
            if !value.is_empty() {
                keep(fact, 3, value);
            }
            return true;
        }
        false
    }

    /// Hands the facts over.
    pub(super) fn finish(self, sheet: &mut Interpretation) {
        sheet.title = self.title.map(|t| t.1);
        sheet.vendor = self.vendor.map(|t| t.1);
        sheet.date = self.date.map(|t| t.1);
    }
}

/// Keeps the strongest fact, the first among equals.
fn keep(fact: &mut Option<(u32, String)>, strength: u32, text: &str) {
    if fact.as_ref().is_none_or(|(s, _)| strength > *s) {
        *fact = Some((strength, text.trim().to_owned()));
    }
}

fn ends_titled(text: &str) -> bool {
    let end: String = text
        .chars()
        .rev()
        .take_while(|c| !matches!(c, '（' | '('))
        .collect();
    is_titled(&end.chars().rev().collect::<String>())
}

/// The value after one of the labels: behind a colon, behind a space, or in the next cell.
fn value_of<'a>(text: &'a str, next: Option<&'a str>, labels: &[&str]) -> Option<&'a str> {
    let lower = text.to_lowercase();
    let at = labels.iter().find(|l| lower.starts_with(**l))?;
    let rest = text.get(at.len()..)?.trim_start();
    let rest = rest.trim_start_matches(['（', '(']);
    match rest.chars().next() {
        None => Some(next.unwrap_or("").trim()),
        Some(':' | '：') => {
            let value = rest.trim_start_matches([':', '：']).trim();
            Some(if value.is_empty() {
                next.unwrap_or("").trim()
            } else {
                value
            })
        }
        // `会社名 株式会社…`, but not `会社名を記入してください`.
        Some(_) if text[at.len()..].starts_with([' ', '　']) => Some(rest.trim()),
        Some(_) => None,
    }
}

/// Whether a text names a company by its form, or gives a date: what stands beside titles, and in
/// no header.
pub(super) fn is_fact(text: &str) -> bool {
    let company = COMPANY_FORMS.iter().any(|f| text.contains(f));
    company || date::parse(text).is_some()
}

/// A company's name in a short line: the words around 株式会社 and its like. Whom the sheet is
/// for (御中, 様) is not who answers.
fn company(text: &str) -> Option<String> {
    if ["御中", "様", "殿"].iter().any(|w| text.contains(w)) {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let form = |w: &str| COMPANY_FORMS.iter().any(|f| w.contains(f));
    let at = words.iter().position(|w| form(w))?;
    let word = words[at];
    let bare = COMPANY_FORMS.contains(&word);
    let name = match (
        bare,
        words.get(at + 1),
        at.checked_sub(1).and_then(|i| words.get(i)),
    ) {
        (true, Some(next), _) if date::find(next).is_none() => format!("{word} {next}"),
        (true, _, Some(before)) => format!("{before} {word}"),
        // `回答者：株式会社…`
        _ => word.rsplit([':', '：']).next().unwrap_or(word).to_owned(),
    };
    Some(name)
}
