//! `torikomi coverage`

use std::fmt::Write;
use std::process::ExitCode;

use torikomi::compare::{Coverage, CoveredItem, DocumentCoverage, Standing};
use torikomi::error::RunError;
use torikomi::model::{Decision, Status};

use crate::args::CoverageArgs;
use crate::settings::settings;
use crate::sheets::Sheets;
use crate::summary;
use crate::terminal::{Terminal, harmless, width};

pub fn run(args: CoverageArgs, terminal: &Terminal) -> Result<ExitCode, RunError> {
    let mut sheets = Sheets::new(settings(args.settings)?);
    let (mut all, mut failed) = (Vec::new(), Vec::new());
    for path in &args.paths {
        let mut opened = sheets.open(path)?;
        all.append(&mut opened.sheets);
        failed.append(&mut opened.failed);
    }
    if all.is_empty() {
        for (path, error) in &failed {
            summary::failure(path, error, terminal);
        }
        return Err(RunError::Usage("no sheet could be read".to_owned()));
    }
    let coverage = Coverage::of(&all, &sheets.catalogs()?)?;
    let text = match args.json {
        true => serde_json::to_string_pretty(&coverage).unwrap_or_default() + "\n",
        false => in_words(&coverage),
    };
    terminal.print(text.as_bytes())?;
    for (path, error) in &failed {
        summary::failure(path, error, terminal);
    }
    Ok(match failed.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(1),
    })
}

/// Every sign is as wide as an ideograph in every terminal: ○ and × are not.
const LEGEND: &str = "\
〇 はい  否 いいえ  部 一部  外 対象外  秘 非公開  文 記述  空 無回答  無 行がない
? 対応が要確認  + 行が2つ以上  (空欄: その項目集を問う文書ではない)
";

/// Most columns for an item's name.
const LONGEST_NAME: usize = 40;

/// Writing to a string cannot fail, so what `write!` returns is passed over here.
fn in_words(coverage: &Coverage) -> String {
    let mut text = String::new();
    for (number, document) in (1..).zip(&coverage.documents) {
        document_in_words(&mut text, number, document);
    }
    for catalog in &coverage.catalogs {
        let (id, title) = (harmless(&catalog.id), harmless(&catalog.title));
        let _ = writeln!(text, "\n{id} {title}");
        let longest = |field: fn(&CoveredItem) -> &str| {
            let widths = catalog.items.iter().map(|i| width(field(i)));
            widths.max().unwrap_or(0)
        };
        let id_width = longest(|i| &i.item_id);
        let name_width = longest(|i| &i.item).min(LONGEST_NAME);
        let documents = coverage.documents.len();
        let cell_width = documents.to_string().len().max(4) + 1;
        text.push_str(&" ".repeat(id_width + 2 + name_width));
        for number in 1..=documents {
            let _ = write!(text, "{number:>cell_width$}");
        }
        text.push('\n');
        for item in &catalog.items {
            text.push_str(&padded(&item.item_id, id_width + 2));
            text.push_str(&padded(&cut(&item.item, name_width), name_width));
            for standing in &item.documents {
                let cell = standing.as_ref().map(symbol).unwrap_or_default();
                let room = cell_width.saturating_sub(width(&cell));
                text.push_str(&" ".repeat(room));
                text.push_str(&cell);
            }
            text.truncate(text.trim_end().len());
            text.push('\n');
        }
    }
    text.push('\n');
    text + LEGEND
}

fn document_in_words(text: &mut String, number: usize, document: &DocumentCoverage) {
    let who = &document.who;
    let vendor = who.vendor.as_deref().unwrap_or("-");
    let _ = writeln!(
        text,
        "{number:>3} {} [{}] {}行、対応なし {}行",
        harmless(vendor),
        harmless(&who.path),
        document.rows,
        document.unmapped
    );
    for c in &document.about {
        let _ = writeln!(
            text,
            "    {}: {}項目のうち 回答 {}、無回答 {}、行なし {}",
            harmless(&c.catalog),
            c.items,
            c.answered,
            c.blank,
            c.missing
        );
    }
    if document.about.is_empty() {
        text.push_str("    どの項目集を問う文書でもありません\n");
    }
    if document.elsewhere > 0 {
        let rows = document.elsewhere;
        let _ = writeln!(text, "    使っていない項目集の項目: {rows}行");
    }
}

fn symbol(standing: &Standing) -> String {
    let known = [
        (Status::Yes, "〇"),
        (Status::No, "否"),
        (Status::Partial, "部"),
        (Status::NotApplicable, "外"),
        (Status::Undisclosed, "秘"),
        (Status::Stated, "文"),
        (Status::Blank, "空"),
    ];
    let known = known.iter().find(|k| k.0.name() == standing.status);
    let mut symbol = known.map_or("無", |k| k.1).to_owned();
    if standing.decision.as_deref() == Some(Decision::Review.name()) {
        symbol.push('?');
    }
    if standing.rows.len() > 1 {
        symbol.push('+');
    }
    symbol
}

fn padded(text: &str, columns: usize) -> String {
    let text = harmless(text);
    let room = columns.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(room))
}

/// A text on one line, cut at its end to at most `columns`.
fn cut(text: &str, columns: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if width(&line) <= columns {
        return line;
    }
    let mut cut = String::new();
    for c in line.chars() {
        if width(&cut) + width(c.encode_utf8(&mut [0; 4])) + 1 > columns {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}
