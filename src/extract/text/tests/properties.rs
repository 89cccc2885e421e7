use super::*;

/// A small generator, so that every run tests the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n
    }
}

const PIECES: [&str; 14] = [
    "有", "監視", "No.", "1", " ", "　", "，", ",", "|", "-", "#", "\"", "\u{301}", "𡌶",
];

fn text_of(dice: &mut Dice, delimiters: &[&str]) -> String {
    let mut text = String::new();
    for _ in 0..1 + dice.roll(12) {
        for _ in 0..dice.roll(5) {
            for _ in 0..dice.roll(4) {
                text += PIECES[dice.roll(PIECES.len())];
            }
            text += delimiters[dice.roll(delimiters.len())];
        }
        text += "\n";
    }
    text
}

/// What a block says, without white space and quotes (which may be syntax).
fn words(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '"')
        .collect()
}

#[test]
fn every_character_of_a_text_sheet_comes_out_once_in_order_and_on_its_line() {
    let mut dice = Dice(3);
    let mut seen = 0;
    for _ in 0..3000 {
        let text = text_of(&mut dice, &["\t", "\t", ""]);
        let Ok(sheet) = try_read("a.txt", text.as_bytes(), &ExtractConfig::default()) else {
            assert_eq!(text.trim(), "", "{text:?}");
            continue;
        };
        if !matches!(sheet.format, Format::Text | Format::Tsv) {
            continue; // pipes made a Markdown table, commas a CSV
        }
        seen += 1;
        let mut all = String::new();
        let mut last = 0;
        for block in &sheet.blocks {
            let places: Vec<(u32, &str)> = match block {
                Block::Line(line) => vec![(line.line.unwrap(), &line.text)],
                Block::Table(table) => {
                    assert!(table.cells.is_sorted_by_key(|c| (c.row, c.col)));
                    assert!(
                        table
                            .cells
                            .iter()
                            .all(|c| c.row < table.rows && c.col < table.cols)
                    );
                    let place = |c: &crate::model::Cell| table.line_of(c.row).unwrap();
                    table
                        .cells
                        .iter()
                        .map(|c| (place(c), c.text.as_str()))
                        .collect()
                }
            };
            for (line, said) in places {
                assert!(line >= last, "{text:?}");
                last = line;
                let first = said.lines().next().unwrap_or_default();
                // A row whose cells hold line breaks takes several lines.
                let there: Vec<&str> = text.lines().skip(line as usize - 1).collect();
                let lines = if there[0].contains('"') {
                    there.len()
                } else {
                    1
                };
                assert!(
                    words(&there[..lines].concat()).contains(&words(first)),
                    "{text:?}: {said:?} on {line}"
                );
                all += said;
            }
        }
        assert_eq!(words(&all), words(&text), "{text:?}");
    }
    assert!(seen > 2000, "{seen}");
}

#[test]
fn nothing_of_a_delimited_file_is_lost_either() {
    let mut dice = Dice(5);
    for _ in 0..2000 {
        let text = text_of(&mut dice, &[",", ";", "\t", "|"]);
        for delimiter in [b',', b';', b'|'] {
            let mut ledger = Ledger::new(&ExtractConfig::default());
            let blocks = delimited::read(&text, delimiter, &mut ledger).unwrap();
            let all: String = blocks
                .iter()
                .flat_map(|b| match b {
                    Block::Table(t) => t.cells.iter().map(|c| c.text.as_str()).collect(),
                    Block::Line(_) => Vec::new(),
                })
                .collect();
            // Delimiters inside quotes are text, so they are left out on both sides.
            let bare = |s: &str| words(s).replace(char::from(delimiter), "");
            assert_eq!(bare(&all), bare(&text), "{text:?}");
        }
    }
}

#[test]
fn the_encoding_makes_no_difference_to_the_cells() {
    let mut dice = Dice(9);
    for _ in 0..200 {
        let text = format!("項目\t回答\n{}", text_of(&mut dice, &["\t", ""]))
            .replace(['𡌶', '\u{301}'], "");
        let wanted = shown(&read("a.txt", &text));
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (cp932, ..) = encoding_rs::SHIFT_JIS.encode(&text);
        for bytes in [
            utf16,
            cp932.into_owned(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        ] {
            let sheet = try_read("a.txt", &bytes, &ExtractConfig::default()).unwrap();
            assert_eq!(shown(&sheet), wanted, "{text:?}");
        }
    }
}
