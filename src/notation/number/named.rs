//! Numbers that begin with words or letters: `第1条`, `No.1`, `A-1`, `SEC-01`.

use super::level::level;
use super::reader::{Reader, Token};
use super::{Style, numeral};

/// Words before a number that make it one.
const PREFIXES: [&str; 11] = [
    "no", "#", "q", "§", "問", "設問", "質問", "項番", "項目", "番号", "要件",
];

/// Names with numbers that are no item numbers.
const NAMES: [&str; 32] = [
    "aes", "bcp", "cc", "cis", "cp", "cve", "ec", "fips", "gpt", "http", "iec", "ip", "ipv", "iso",
    "jis", "kb", "md", "ms", "p", "pci", "rfc", "rsa", "sas", "sha", "smb", "soc", "ssl", "tls",
    "usb", "utf", "wpa", "wpa2",
];

impl Reader<'_> {
    /// `第1条`, `第２章`, `第三節`, `第3条の2`, `1章`.
    pub(super) fn article(&mut self) -> Option<Token> {
        let start = self.at;
        let named = self.eat('第');
        let token = self.numbered(named);
        if token.is_none() {
            self.at = start;
        }
        token
    }

    fn numbered(&mut self, named: bool) -> Option<Token> {
        self.spaces();
        let first = self
            .arabic()
            .or_else(|| if named { self.kanji() } else { None })?;
        self.spaces();
        let suffix = self.peek(0).filter(|&c| match c {
            '章' | '節' | '条' => true,
            '項' | '編' | '部' | '款' | '号' | '目' | '回' => named,
            _ => false,
        });
        self.at += usize::from(suffix.is_some());
        let ends = |c: Option<char>| c.is_none_or(|c| c == ' ');
        if suffix.is_none() && !(named && ends(self.peek(0))) {
            return None;
        }
        let mut path = vec![first.value];
        if self.peek(0) == Some('の') && self.peek(1).is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
            path.push(self.arabic()?.value);
        }
        Some(Token {
            path,
            other: None,
            style: Style::Marked,
            length: self.at,
            closed_by: Some(suffix.unwrap_or('第')),
        })
    }

    pub(super) fn prefix(&mut self) -> bool {
        let start = self.at;
        if !self
            .peek(0)
            .is_some_and(|c| "nN#qQ§問設質項番要".contains(c))
        {
            return false;
        }
        let longest = PREFIXES
            .iter()
            .filter(|p| {
                p.chars()
                    .enumerate()
                    .all(|(i, c)| self.peek(i).is_some_and(|t| t.to_ascii_lowercase() == c))
            })
            .map(|p| p.chars().count())
            .max();
        let Some(longest) = longest else { return false };
        self.at += longest;
        while self
            .peek(0)
            .is_some_and(|c| matches!(c, '.' | ':' | ' ' | '-'))
        {
            self.at += 1;
        }
        let numbered = self
            .peek(0)
            .is_some_and(|c| c.is_ascii_digit() || numeral::circled(c).is_some());
        if !numbered {
            self.at = start;
        }
        numbered
    }

    /// Numbers that begin with Latin letters: `A`, `A-1`, `A1`, `II.3`, `SEC-01`, `GV.OC-03`.
    pub(super) fn latin(&mut self) -> Option<Token> {
        let letters = self.letters();
        let after = self.peek(letters.len());
        let v = letters.eq_ignore_ascii_case("v") || letters.eq_ignore_ascii_case("ver");
        if after.is_some_and(|c| c.is_ascii_digit()) {
            // A1; but v1 is a version, and names run on into digits.
            let value = numeral::letter(letters.chars().next()?)?;
            if letters.len() > 1 || v {
                return None;
            }
            self.at += 1;
            let first = level(value, Style::Coded);
            let second = self.arabic()?;
            let mut token = self.levels(second, Style::Coded)?;
            token.path.insert(0, first.value);
            token.style = Style::Coded;
            return Some(token);
        }
        if let Some(first) = self.roman_or_letter() {
            let style = first.style;
            return self.levels(first, style);
        }
        self.coded()
    }

    /// A code of capitals, then digits.
    fn coded(&mut self) -> Option<Token> {
        loop {
            let letters = self.letters();
            let name = letters.to_ascii_lowercase();
            let capitals = letters.bytes().all(|b| b.is_ascii_uppercase());
            if letters.is_empty() || letters.len() > 8 || !capitals || NAMES.contains(&&*name) {
                return None;
            }
            self.at += letters.len();
            if !matches!(self.peek(0)?, '-' | '.' | '_') {
                return None;
            }
            self.at += 1;
            if self.peek(0)?.is_ascii_digit() {
                let first = self.arabic()?;
                let mut token = self.levels(first, Style::Coded)?;
                token.style = Style::Coded;
                return Some(token);
            }
        }
    }
}
