//! Numbers that Word counts by itself (ECMA-376 part 1, 17.9): lists, and columns of `1. 2. 3.`
//! whose cells hold no text at all.

use std::collections::HashMap;

use quick_xml::events::Event;

use crate::extract::workbook::xml;

/// Levels of a list.
const LEVELS: usize = 9;
/// What a list mark that is no number is shown as.
const BULLET: &str = "・";
/// Circled numbers in a row in Unicode: ① to ⑳.
const CIRCLED: u32 = 20;
const KANJI: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const AIUEO: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const IROHA: &str = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン";

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// `%1.` or `(%1-%2)`: `%n` stands for the number of level n.
    text: String,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// By abstract list.
    lists: HashMap<u32, Vec<Level>>,
    /// The abstract list of each list, and where its levels begin.
    uses: HashMap<u32, (u32, HashMap<u32, u32>)>,
    /// The list and level that a paragraph style brings along.
    styles: HashMap<String, (u32, u32)>,
}

impl Numbering {
    /// Reads `numbering.xml` and `styles.xml`; either may be empty.
    pub(super) fn read(numbers: &str, styles: &str) -> Self {
        let mut numbering = Numbering::default();
        numbering.read_lists(numbers);
        numbering.read_styles(styles);
        numbering
    }

    fn read_lists(&mut self, part: &str) {
        let (mut list, mut level, mut used) = (None, 0, None);
        let mut reader = xml::reader(part);
        loop {
            let e = match xml::next(&mut reader) {
                Event::Start(e) => e,
                Event::End(e) => {
                    match e.local_name().as_ref() {
                        "abstractNum" => list = None,
                        "num" => used = None,
                        _ => {}
                    }
                    continue;
                }
                Event::Eof => return,
                _ => continue,
            };
            let number = |name| xml::number(&e, name);
            let name = e.local_name();
            match name.as_ref() {
                "abstractNum" => list = number("abstractNumId"),
                "num" => used = number("numId"),
                "abstractNumId" => {
                    if let (Some(used), Some(list)) = (used, number("val")) {
                        self.uses.insert(used, (list, HashMap::new()));
                    }
                }
                "lvl" | "lvlOverride" => level = number("ilvl").unwrap_or(0),
                "startOverride" => {
                    let found = used.and_then(|u| self.uses.get_mut(&u));
                    if let (Some((_, starts)), Some(start)) = (found, number("val")) {
                        starts.insert(level, start);
                    }
                }
                "start" | "numFmt" | "lvlText" => {
                    let Some(list) = list.filter(|_| (level as usize) < LEVELS) else {
                        continue;
                    };
                    let levels = self.lists.entry(list).or_default();
                    levels.resize(LEVELS, Level::default());
                    let level = &mut levels[level as usize];
                    let text = xml::attr(&e, "val").unwrap_or_default();
                    match name.as_ref() {
                        "start" => level.start = number("val").unwrap_or(1),
                        "numFmt" => level.format = text.into_owned(),
                        _ => level.text = text.into_owned(),
                    }
                }
                _ => {}
            }
        }
    }

    fn read_styles(&mut self, part: &str) {
        let (mut style, mut list, mut level) = (None, None, 0);
        let mut reader = xml::reader(part);
        loop {
            match xml::next(&mut reader) {
                Event::Start(e) => match e.local_name().as_ref() {
                    "style" => {
                        (list, level) = (None, 0);
                        style = xml::attr(&e, "styleId").map(|s| s.into_owned());
                    }
                    "numId" => list = xml::number(&e, "val"),
                    "ilvl" => level = xml::number(&e, "val").unwrap_or(0),
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "style" => {
                    if let (Some(style), Some(list)) = (style.take(), list.take()) {
                        self.styles.insert(style, (list, level));
                    }
                }
                Event::Eof => return,
                _ => {}
            }
        }
    }
}

/// The numbers counted so far.
pub(super) struct Counters<'n> {
    numbering: &'n Numbering,
    /// By abstract list: lists of one kind count on.
    counts: HashMap<u32, [u32; LEVELS]>,
    /// Lists that have begun, which a start of their own begins anew.
    begun: Vec<u32>,
}

impl<'n> Counters<'n> {
    pub(super) fn new(numbering: &'n Numbering) -> Self {
        Counters {
            numbering,
            counts: HashMap::new(),
            begun: Vec::new(),
        }
    }

    /// What stands before a paragraph of this list and level, or of this style. List 0 is none.
    pub(super) fn next(
        &mut self,
        list: Option<u32>,
        level: u32,
        style: Option<&str>,
    ) -> Option<String> {
        let styled = style.and_then(|s| self.numbering.styles.get(s)).copied();
        let (list, level) = match list {
            Some(list) => (list, level),
            None => styled?,
        };
        let level = level as usize;
        let (abstract_list, starts) = self.numbering.uses.get(&list)?;
        let levels = self.numbering.lists.get(abstract_list)?;
        let this = levels.get(level)?;
        let counts = self.counts.entry(*abstract_list).or_default();
        if !starts.is_empty() && !self.begun.contains(&list) {
            *counts = [0; LEVELS];
        }
        if !self.begun.contains(&list) {
            self.begun.push(list);
        }
        let start = starts.get(&(level as u32)).copied().unwrap_or(this.start);
        counts[level] = match counts[level] {
            0 => start.max(1),
            n => n.saturating_add(1),
        };
        counts[level + 1..].fill(0);
        if matches!(this.format.as_str(), "bullet" | "none") {
            let sign = if this.format == "none" {
                this.text.trim()
            } else {
                BULLET
            };
            return (!sign.is_empty()).then(|| sign.to_owned());
        }
        let mut text = this.text.clone();
        for (i, level) in levels.iter().enumerate() {
            let n = counts[i].max(1);
            text = text.replace(&format!("%{}", i + 1), &shown(n, &level.format));
        }
        Some(text).filter(|t| !t.trim().is_empty())
    }
}

/// A number in one of the formats of ST_NumberFormat (17.18.59); in digits where the format is
/// not known.
fn shown(n: u32, format: &str) -> String {
    let nth = |letters: &str| {
        let count = letters.chars().count() as u32;
        letters.chars().nth(((n - 1) % count) as usize)
    };
    let one = match format {
        "upperLetter" => nth("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lowerLetter" => nth("abcdefghijklmnopqrstuvwxyz"),
        "aiueo" | "aiueoFullWidth" => nth(AIUEO),
        "iroha" | "irohaFullWidth" => nth(IROHA),
        "decimalEnclosedCircle" if n <= CIRCLED => char::from_u32('①' as u32 + n - 1),
        _ => None,
    };
    if let Some(c) = one {
        return c.to_string();
    }
    match format {
        "upperRoman" => roman(n).to_uppercase(),
        "lowerRoman" => roman(n),
        "decimalZero" => format!("{n:02}"),
        "japaneseCounting" | "ideographDigital" | "japaneseDigitalTenThousand" => kanji(n),
        _ => n.to_string(),
    }
}

fn kanji(n: u32) -> String {
    let digit = |d: u32| KANJI[d as usize % 10].to_string();
    match n {
        0..10 => digit(n),
        10..100 => {
            let tens = if n / 10 == 1 {
                String::new()
            } else {
                digit(n / 10)
            };
            let ones = if n.is_multiple_of(10) {
                String::new()
            } else {
                digit(n % 10)
            };
            format!("{tens}十{ones}")
        }
        _ => n
            .to_string()
            .chars()
            .filter_map(|c| c.to_digit(10))
            .map(digit)
            .collect(),
    }
}

fn roman(mut n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    // Longer than anyone writes.
    if n > 4_000 {
        return n.to_string();
    }
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            text.push_str(sign);
            n -= value;
        }
    }
    text
}
