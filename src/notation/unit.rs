use std::collections::HashMap;

use serde::Deserialize;

use super::{fold, shown};
use crate::model::DataError;

/// Words that say what kind of answer is expected: 有無, 時間, %, 世代数 …
#[derive(Debug)]
pub struct Units {
    /// Folded word; whether it is a unit alone.
    words: HashMap<String, bool>,
}

/// A line of `units.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    unit: String,
    /// `false` for words that make a unit only with others: 無 is a mark, 有・無 a unit.
    #[serde(default = "alone")]
    alone: bool,
    /// Run by the tests.
    #[allow(dead_code)]
    example: Example,
}

/// A unit cell with the word in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Example {
    cell: String,
}

fn alone() -> bool {
    true
}

/// Longest cell in bytes that can be a unit.
const LONGEST: usize = 120;

impl Units {
    /// Loads `units.json`.
    ///
    /// # Errors
    /// Every fault found.
    pub fn from_json(file: &str, text: &str) -> Result<Self, Vec<DataError>> {
        let entries: Vec<Entry> = serde_json::from_str(text)
            .map_err(|e| vec![DataError::at(file, e.line(), e.to_string())])?;
        let mut words = HashMap::new();
        let mut faults = Vec::new();
        for entry in entries {
            let folded = fold(&entry.unit);
            let problem = if folded.is_empty() {
                Some("has no letter or digit: remove the line")
            } else if words.insert(folded, entry.alone).is_some() {
                Some("is listed twice: remove one line")
            } else {
                None
            };
            if let Some(problem) = problem {
                let quoted = format!("\"unit\": \"{}\"", entry.unit);
                let line = text.lines().position(|l| l.contains(&quoted));
                faults.push(DataError {
                    file: file.to_owned(),
                    line: line.map(|l| l + 1),
                    message: format!("{} {problem}", entry.unit),
                });
            }
        }
        if faults.is_empty() {
            Ok(Units { words })
        } else {
            Err(faults)
        }
    }

    /// Whether a cell, as a whole, names a unit or kind of answer (`有無/内容`, `時間 (分)`, `○×`).
    pub fn is_unit(&self, cell: &str) -> bool {
        if cell.len() > LONGEST {
            return false;
        }
        let cell = shown(cell);
        let mut words = 0;
        let mut alone = false;
        for piece in cell.split(is_separator).filter(|p| !p.is_empty()) {
            match piece {
                "or" | "または" | "又は" | "もしくは" | "and" | "及び" | "および" | "と" =>
                {
                    continue;
                }
                // Signs stand side by side without anything between them.
                _ if piece.chars().all(is_sign) => {
                    words += piece.chars().count();
                    continue;
                }
                _ => {}
            }
            let Some(by_itself) = self.words.get(&fold(piece)) else {
                return false;
            };
            words += 1;
            alone |= by_itself;
        }
        alone || words > 1
    }
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ' ' | '/'
            | '・'
            | '('
            | ')'
            | '['
            | ']'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | '、'
            | ','
            | ':'
            | '|'
            | '「'
            | '」'
            | '<'
            | '>'
    )
}

fn is_sign(c: char) -> bool {
    matches!(
        c,
        '○' | '◯' | '〇' | '◎' | '×' | '✕' | '✖' | '△' | '▲' | '-' | '—' | 'ー'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../mappings/units.json");

    #[test]
    fn every_line_reads_its_own_example() {
        let units = Units::from_json("units.json", FILE).unwrap();
        let entries: Vec<Entry> = serde_json::from_str(FILE).unwrap();
        for entry in entries {
            assert!(
                units.is_unit(&entry.example.cell),
                "{:?}",
                entry.example.cell
            );
            assert!(
                shown(&entry.example.cell).contains(&entry.unit)
                    || fold(&entry.example.cell).contains(&fold(&entry.unit)),
                "the example of {} does not show it",
                entry.unit
            );
            assert_eq!(units.is_unit(&entry.unit), entry.alone, "{}", entry.unit);
        }
    }

    #[test]
    fn the_file_is_a_unit_a_line_sorted_and_unique() {
        let entries: Vec<Entry> = serde_json::from_str(FILE).unwrap();
        assert_eq!(FILE.lines().count(), entries.len() + 2);
        assert!(entries.windows(2).all(|w| w[0].unit < w[1].unit));
    }

    #[test]
    fn units_are_told_from_answers() {
        let units = Units::from_json("units.json", FILE).unwrap();
        for yes in [
            "有無／内容",
            "時間 （分）",
            "稼働率(％)",
            "〇×",
            "○/△/×",
            "有・無",
            "はい / いいえ",
            "Yes or No",
            "有無（ファイル形式）",
            "件／年",
            "○・×・△・－",
            "設定　状況",
        ] {
            assert!(units.is_unit(yes), "{yes}");
        }
        for no in [
            "",
            "有",
            "無",
            "○",
            "－",
            "24時間",
            "3世代",
            "99.9%",
            "時間がかかる",
            "対応",
            "該当なし",
            "サービス稼働率",
            "有無を問わない",
            "はい",
        ] {
            assert!(!units.is_unit(no), "{no}");
        }
    }
}
