use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// Longest name made here, in bytes and without `.json`: file systems allow 255, and a suffix
/// and the affixes of a temporary name have to fit beside it.
const MAX_BYTES: usize = 200;

/// Longest ending kept when a name is cut, in bytes with its dot.
const MAX_EXTENSION: usize = 16;

/// Names that Windows keeps for devices, whatever follows the first dot.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Gives each document of a run a file name of its own, from its path and its place in the input
/// alone: `itra.xlsx.json`, and `itra.xlsx~2.json` for the next file called `itra.xlsx`.
///
/// Names that a file system may hold to be the same (letter case, composed and decomposed kana)
/// are told apart.
#[derive(Debug, Default)]
pub struct DocumentNames {
    /// How often each folded name was asked for; every folded name given stands in it.
    taken: HashMap<String, u32>,
}

impl DocumentNames {
    /// The name for the next document. `shown` is its path with `/` between folders.
    pub fn next(&mut self, shown: &str) -> String {
        let base = safe(shown.rsplit('/').next().unwrap_or_default());
        let mut n = self.taken.get(&folded(&base)).copied().unwrap_or(0) + 1;
        let mut name = base.clone();
        if n > 1 {
            name = format!("{base}~{n}");
            while self.taken.contains_key(&folded(&name)) {
                n += 1;
                name = format!("{base}~{n}");
            }
            self.taken.insert(folded(&name), 1);
        }
        self.taken.insert(folded(&base), n);
        name.push_str(".json");
        name
    }
}

/// What a file system that ignores case and composition compares by.
pub(super) fn folded(name: &str) -> String {
    name.nfd().flat_map(char::to_lowercase).nfc().collect()
}

/// A name that every file system takes and that stays in its folder.
fn safe(name: &str) -> String {
    let mut safe: String = name.chars().map(safe_char).collect();
    if safe.starts_with('.') {
        safe.replace_range(..1, "_");
    }
    let stem = safe.split('.').next().unwrap_or_default();
    let reserved = stem.trim_end().to_ascii_lowercase();
    if safe.is_empty() || RESERVED.contains(&reserved.as_str()) {
        safe.insert(0, '_');
    }
    shortened(safe)
}

fn safe_char(c: char) -> char {
    match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        // Marks that reverse or hide text make one name look like another.
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => '_',
        '\u{61c}' | '\u{feff}' | '\u{fffd}' => '_',
        c if c.is_control() => '_',
        c => c,
    }
}

/// Cuts the middle out of a long name: its beginning and its ending stay.
fn shortened(name: String) -> String {
    if name.len() <= MAX_BYTES {
        return name;
    }
    let extension = match name.rfind('.') {
        Some(dot) if name.len() - dot <= MAX_EXTENSION => &name[dot..],
        _ => "",
    };
    let mut end = MAX_BYTES - extension.len() - 1;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}~{extension}", &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(paths: &[&str]) -> Vec<String> {
        let mut names = DocumentNames::default();
        paths.iter().map(|p| names.next(p)).collect()
    }

    #[test]
    fn a_document_is_called_like_its_file() {
        assert_eq!(names(&["sheets/itra.xlsx"]), ["itra.xlsx.json"]);
        assert_eq!(names(&["回答.txt"]), ["回答.txt.json"]);
    }

    #[test]
    fn the_same_name_is_numbered_in_input_order() {
        for (paths, expected) in [
            (
                vec!["a/x.csv", "b/x.csv", "c/x.csv"],
                vec!["x.csv.json", "x.csv~2.json", "x.csv~3.json"],
            ),
            (
                vec!["a/X.csv", "b/x.CSV"],
                vec!["X.csv.json", "x.CSV~2.json"],
            ),
            (
                vec!["が.csv", "か\u{3099}.csv"],
                vec!["が.csv.json", "か\u{3099}.csv~2.json"],
            ),
            (
                vec!["x~2", "a/x", "b/x"],
                vec!["x~2.json", "x.json", "x~3.json"],
            ),
            (
                vec!["a/x", "b/x", "x~2"],
                vec!["x.json", "x~2.json", "x~2~2.json"],
            ),
        ] {
            assert_eq!(names(&paths), expected);
        }
    }

    #[test]
    fn ten_thousand_files_of_one_name_get_names_of_their_own() {
        let all = names(&vec!["sheet.xlsx"; 10_000]);
        let distinct: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
        assert_eq!(all[9_999], "sheet.xlsx~10000.json");
    }

    #[test]
    fn hostile_names_are_made_safe() {
        for (path, expected) in [
            ("..", "_..json"),
            (".env", "_env.json"),
            ("", "_.json"),
            ("a\\..\\b.csv", "a_.._b.csv.json"),
            ("a\nb\u{1b}[31m.csv", "a_b_[31m.csv.json"),
            ("a\u{202e}xslx.csv", "a_xslx.csv.json"),
            ("C:evil*?.csv", "C_evil__.csv.json"),
            ("con", "_con.json"),
            ("NUL.xlsx", "_NUL.xlsx.json"),
            ("lpt1 .txt", "_lpt1 .txt.json"),
            ("control.txt", "control.txt.json"),
        ] {
            assert_eq!(names(&[path]), [expected], "{path:?}");
        }
    }

    #[test]
    fn long_names_are_cut_between_characters_and_keep_their_ending() {
        let long = format!("{}.xlsx", "票".repeat(300));
        let all = names(&[&long, &long]);
        for name in &all {
            assert!(name.len() <= MAX_BYTES + "~2.json".len(), "{}", name.len());
            assert!(name.contains(".xlsx"));
        }
        assert_ne!(all[0], all[1]);
        let all = names(&[&"x".repeat(1000), &format!("a.{}", "y".repeat(1000))]);
        assert!(all.iter().all(|n| n.len() <= MAX_BYTES + 5));
    }
}
