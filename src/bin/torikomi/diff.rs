//! `torikomi diff`

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use torikomi::compare::{
    Aspect, Change, Diff, Directions, DocumentDiff, MatchedBy, Said, Turn, Verdict, Who, diff,
};
use torikomi::error::RunError;

use crate::args::DiffArgs;
use crate::settings::settings;
use crate::sheets::{Opened, Sheets};
use crate::terminal::{Terminal, harmless};

mod sheet;
mod words;

use words::{decision_word, status_word, turn_word};

/// What a command that found differences exits with.
const DIFFERENT: u8 = 1;

pub fn run(args: DiffArgs, terminal: &Terminal) -> Result<ExitCode, RunError> {
    let mut sheets = Sheets::new(settings(args.settings)?);
    let directions = Directions::load(&sheets.files()?)?;
    let old = one_side(&mut sheets, &args.old)?;
    let new = one_side(&mut sheets, &args.new)?;
    let mut found = diff(&old.sheets, &new.sheets, &directions)?;
    // Of an import, what a single sheet is no edition of is not what was asked for.
    if old.is_folder != new.is_folder {
        if found.documents.is_empty() {
            return Err(no_edition(&args.old, &args.new, &old, &new));
        }
        found.gone.clear();
        found.added.clear();
        found.equal = found.documents.iter().all(|d| d.changes.is_empty());
    }
    if let Some(path) = &args.xlsx {
        sheet::write(&found, path)?;
    }
    let text = match args.json {
        true => serde_json::to_string_pretty(&found).unwrap_or_default() + "\n",
        false => in_words(&found),
    };
    terminal.print(text.as_bytes())?;
    Ok(match found.equal {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(DIFFERENT),
    })
}

/// A sheet that cannot be read cannot be compared: that stops the command.
fn one_side(sheets: &mut Sheets, path: &Path) -> Result<Opened, RunError> {
    let opened = sheets.open(path)?;
    if let Some((shown, error)) = opened.failed.first() {
        return Err(RunError::Usage(format!("{shown}: {error}")));
    }
    if opened.sheets.is_empty() {
        let path = path.display();
        return Err(RunError::Usage(format!("{path}: no document to compare")));
    }
    Ok(opened)
}

fn no_edition(old: &Path, new: &Path, a: &Opened, b: &Opened) -> RunError {
    let ((single, sheets), folder) = match a.is_folder {
        true => ((new, &b.sheets), old),
        false => ((old, &a.sheets), new),
    };
    let vendor = sheets.first().and_then(|s| s.who.vendor.clone());
    let vendor = vendor.map(|v| format!(" ({v})")).unwrap_or_default();
    let (single, folder) = (single.display(), folder.display());
    RunError::Usage(format!(
        "{single}{vendor}: no document in {folder} has its vendor or file name; name the document \
         itself"
    ))
}

/// Writing to a string cannot fail, so what `write!` returns is passed over here.
fn in_words(diff: &Diff) -> String {
    let mut text = String::new();
    for document in &diff.documents {
        document_in_words(&mut text, document);
    }
    for (title, list) in [
        ("新しい側にない文書", &diff.gone),
        ("新しい側だけの文書", &diff.added),
    ] {
        if !list.is_empty() {
            let _ = writeln!(text, "{title}: {}件", list.len());
        }
        for who in list {
            let _ = writeln!(text, "  {}", name(who));
        }
    }
    if diff.equal {
        text.push_str("違いはありません\n");
    }
    text
}

fn document_in_words(text: &mut String, document: &DocumentDiff) {
    let DocumentDiff { old, new, rows, .. } = document;
    let matched = match document.matched_by {
        MatchedBy::Named => "",
        MatchedBy::Vendor => " (会社名で対応)",
        MatchedBy::FileName => " (ファイル名で対応)",
    };
    if document.changes.is_empty() {
        let _ = writeln!(text, "変更なし: {} → {}{matched}", name(old), name(new));
        return;
    }
    let _ = writeln!(text, "{} → {}{matched}", name(old), name(new));
    if old.vendor != new.vendor && old.vendor.is_some() && new.vendor.is_some() {
        text.push_str("  注意: 会社名が異なります\n");
    }
    let _ = writeln!(
        text,
        "  {}行 → {}行、変更なし {}行、変更 {}件",
        rows.old,
        rows.new,
        rows.same,
        document.changes.len()
    );
    let mut turn: Option<Turn> = None;
    for change in &document.changes {
        if turn != Some(change.turn) {
            turn = Some(change.turn);
            let of_it = document.changes.iter().filter(|c| c.turn == change.turn);
            let _ = writeln!(text, "  {} {}件", turn_word(change.turn), of_it.count());
        }
        change_in_words(text, change);
    }
}

fn name(who: &Who) -> String {
    let path = harmless(&who.path);
    match &who.vendor {
        Some(vendor) => format!("{} [{path}]", harmless(vendor)),
        None => path.into_owned(),
    }
}

fn change_in_words(text: &mut String, change: &Change) {
    let Some(said) = change.new.as_ref().or(change.old.as_ref()) else {
        return;
    };
    let rows = match (&change.old, &change.new) {
        (Some(old), Some(new)) if old.row != new.row => format!("行{}→{}", old.row, new.row),
        _ => format!("行{}", said.row),
    };
    let item = change.item_id.as_deref().unwrap_or("-");
    let number = said.number.as_deref().map(|n| format!("{} ", shown(n)));
    let label = said.item.as_deref().or(said.description.as_deref());
    let _ = writeln!(
        text,
        "    {rows} {} {}{}",
        harmless(item),
        number.unwrap_or_default(),
        shown(label.unwrap_or_default())
    );
    for value in &change.values {
        let mark = match value.verdict {
            Verdict::Worse => " (悪化)",
            Verdict::Better => " (改善)",
            _ => "",
        };
        let list = |words: &[String]| match words.is_empty() {
            true => "なし".to_owned(),
            false => shown(&words.join("、")),
        };
        let (old, new) = (list(&value.old), list(&value.new));
        let _ = writeln!(text, "      値: {old} → {new}{mark}");
    }
    let has = |aspect| change.aspects.contains(&aspect);
    let answers = has(Aspect::Status) || has(Aspect::Values) || has(Aspect::Answer);
    for (side, said) in [("旧", &change.old), ("新", &change.new)] {
        let Some(said) = said.as_ref() else { continue };
        if answers || change.aspects.is_empty() {
            let _ = writeln!(text, "      {side}: {}", answer(said));
        }
        if has(Aspect::Mapping) {
            let (item, decision) = (said.item_id.as_deref().unwrap_or("-"), &said.decision);
            let _ = writeln!(
                text,
                "      {side}の対応: {} ({})",
                harmless(item),
                decision_word(decision)
            );
        }
        if has(Aspect::Question) {
            let asked = [&said.item, &said.description];
            let asked: Vec<&str> = asked.iter().filter_map(|a| a.as_deref()).collect();
            let _ = writeln!(text, "      {side}の設問: {}", shown(&asked.join(" / ")));
        }
    }
}

fn answer(said: &Said) -> String {
    let mark = said.mark.as_deref().unwrap_or_default();
    let words = shown(&format!("{mark} {}", said.text));
    let status = status_word(&said.status);
    match words.is_empty() {
        true => format!("[{status}]"),
        false => format!("[{status}] {words}"),
    }
}

/// Most characters shown of a text.
const LONGEST: usize = 120;

/// A text on one line, cut, with nothing in it that moves the cursor.
fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = line.chars().take(LONGEST).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    harmless(&shown).into_owned()
}
