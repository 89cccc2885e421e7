//! The comparison form of a text.

mod old;
#[cfg(test)]
mod tests;
mod variant;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::character::{is_hiragana, is_ideograph, is_katakana};
use super::show::shown;

/// The comparison form of a text: equal for texts that a reader would call the same words.
///
/// On top of [`show`](super::show()): no white space, no case, no punctuation, brackets or
/// ornaments; `.` `-` `:` `/` `~` stand only between digits (`1-1`, `TLS1.2`, `10:00`); circles,
/// crosses and ticks of all kinds are one each; old forms of ideographs are the common ones;
/// spellings that mean no difference (問い合わせ 問合せ, サーバー サーバ, 漏えい 漏洩) are one.
/// Hiragana and katakana stay apart, and so do `①` and `1`.
///
/// Idempotent. Empty for texts without a letter or digit.
pub fn fold(raw: &str) -> String {
    let text = shown(raw);
    let mut writer = Writer::new(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match kind(c) {
            Kind::Letter(c) => writer.letter(c),
            // The lower case of İ is two characters, the second one a mark that counts for nothing.
            Kind::Capital(c) => c.to_lowercase().take(1).for_each(|c| writer.letter(c)),
            Kind::Joint => {
                while chars.next_if_eq(&' ').is_some() {}
                writer.joint(c, chars.peek().copied());
            }
            Kind::Long => {
                while chars.next_if_eq(&' ').is_some() {}
                writer.long(chars.peek().copied());
            }
            Kind::Repeat => writer.repeat(c),
            Kind::Nothing => {}
        }
    }
    writer.finish()
}

/// What a character counts for in a comparison.
enum Kind {
    /// Itself, or the one given.
    Letter(char),
    /// Its lower case.
    Capital(char),
    /// Itself between digits, else nothing.
    Joint,
    /// The long vowel.
    Long,
    /// What stands before it.
    Repeat,
    /// Nothing.
    Nothing,
}

fn kind(c: char) -> Kind {
    match c {
        'a'..='z' | '0'..='9' | '%' | '+' | '&' | '#' | '@' | '=' => Kind::Letter(c),
        'A'..='Z' => Kind::Letter(c.to_ascii_lowercase()),
        '.' | '-' | ':' | '/' | '~' => Kind::Joint,
        '\0'..='\u{7F}' => Kind::Nothing,
        'ー' => Kind::Long,
        '々' | 'ゝ' | 'ヽ' => Kind::Repeat,
        'ぁ'..='ゖ' | 'ァ'..='ヺ' => Kind::Letter(c),
        '〇' | '◯' | '○' | '⭕' => Kind::Letter('○'),
        '一'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => Kind::Letter(old::common(c)),
        '✕' | '✖' | '✗' | '✘' | '☓' | '╳' | '❌' | '⨯' => Kind::Letter('×'),
        '✓' | '✔' | '☑' | '✅' => Kind::Letter('✓'),
        '△' | '▲' => Kind::Letter('△'),
        '×' | '÷' | '°' | '§' | '◎' => Kind::Letter(c),
        '\u{80}'..='\u{BF}' => Kind::Nothing,
        // Voicing marks that belong to no kana, and other marks that combine.
        '\u{300}'..='\u{36F}' | '\u{3099}'..='゜' => Kind::Nothing,
        '\u{2010}'..='\u{206F}' | '←'..='⇿' | '─'..='◿' | '☀'..='★' | '☆' => {
            Kind::Nothing
        }
        '、'..='〠' | '・' | '゠' | '➔'..='➿' | '\u{FE30}'..='\u{FE4F}' => Kind::Nothing,
        '\u{E000}'..='\u{F8FF}' | '\u{FFFC}' => Kind::Nothing,
        c if c.is_whitespace() => Kind::Nothing,
        c if !('\u{3000}'..='\u{9FFF}').contains(&c) && c.is_uppercase() => Kind::Capital(c),
        c => Kind::Letter(c),
    }
}

/// A run of katakana loses the long vowel at its end from this length on, the long vowel
/// included: サーバー is サーバ, but キー and コピー stay. (JIS Z 8301 G.6.2.2 drops it in words of
/// three sounds or more.)
const LONG_RUN: usize = 4;

/// The folded text so far.
struct Writer {
    out: String,
    /// The character written last.
    last: char,
    /// Length in characters of the katakana run at the end.
    katakana: usize,
    /// A character that may combine with its neighbours was written.
    unusual: bool,
}

impl Writer {
    fn new(bytes: usize) -> Self {
        Writer {
            out: String::with_capacity(bytes),
            last: ' ',
            katakana: 0,
            unusual: false,
        }
    }

    fn letter(&mut self, c: char) {
        let before = self.append(c);
        if variant::may_end(before, c) {
            self.rewrite();
        }
    }

    /// Writes a character; gives the one before it.
    fn append(&mut self, c: char) -> char {
        if is_katakana(c) {
            self.katakana += 1;
        } else if self.katakana > 0 {
            self.end_katakana();
        }
        self.unusual |= c > '\u{7F}' && !is_katakana(c) && !is_hiragana(c) && !is_ideograph(c);
        self.out.push(c);
        std::mem::replace(&mut self.last, c)
    }

    /// A run of katakana is over: its last long vowel goes.
    fn end_katakana(&mut self) {
        if self.katakana >= LONG_RUN && self.out.ends_with('ー') {
            self.out.pop();
            self.last = self.out.chars().next_back().unwrap_or(' ');
        }
        self.katakana = 0;
    }

    fn long(&mut self, next: Option<char>) {
        match self.out.chars().next_back() {
            Some('ー') => {}
            Some(c) if is_katakana(c) || is_hiragana(c) => self.letter('ー'),
            _ => self.joint('-', next),
        }
    }

    fn joint(&mut self, c: char, next: Option<char>) {
        let last = self.out.chars().next_back();
        if last.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit()) {
            self.out.push(c);
        } else if c == '-' && last.is_some_and(is_katakana) && next.is_some_and(is_katakana) {
            // サ－バ: the dash key is beside the long vowel.
            self.long(next);
        }
    }

    fn repeat(&mut self, mark: char) {
        let Some(last) = self.out.chars().next_back() else {
            return;
        };
        let fits = match mark {
            '々' => is_ideograph(last),
            'ゝ' => is_hiragana(last),
            _ => is_katakana(last) && last != 'ー',
        };
        if fits {
            self.letter(last);
        }
    }

    /// Replaces spellings at the end of the text until none is left.
    fn rewrite(&mut self) {
        // Each step makes the text shorter or brings it into a form no rule applies to; the
        // bound only guards against a slip in the table.
        for _ in 0..8 {
            let Some((from, to)) = variant::at_end(&self.out) else {
                return;
            };
            self.out.truncate(self.out.len() - from.len());
            let run = self.out.chars().rev().take_while(|&c| is_katakana(c));
            self.katakana = run.take(LONG_RUN).count();
            for c in to.chars() {
                self.append(c);
            }
        }
    }

    fn finish(mut self) -> String {
        self.end_katakana();
        if self.unusual && is_nfc_quick(self.out.chars()) != IsNormalized::Yes {
            self.out = self.out.nfc().collect();
        }
        self.out
    }
}
