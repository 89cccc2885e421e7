//! Symbol fonts: marks that forms are filled in with, by their place in the font.

/// The symbol font in use, if it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbols {
    None,
    Wingdings,
    Wingdings2,
    Symbol,
}

impl Symbols {
    pub fn of(base_font: &str) -> Symbols {
        let name = base_font
            .split_once('+')
            .map_or(base_font, |(_, name)| name);
        let name = name.replace([' ', '-'], "").to_ascii_lowercase();
        match name.as_str() {
            "wingdings2" => Symbols::Wingdings2,
            n if n.starts_with("wingdings") && !n.starts_with("wingdings3") => Symbols::Wingdings,
            n if n.starts_with("symbol") => Symbols::Symbol,
            _ => Symbols::None,
        }
    }

    /// A private-use character: symbol fonts sit at U+F000 and up.
    pub fn of_private(self, c: char) -> Option<char> {
        match u32::from(c) {
            code @ 0xF020..=0xF0FF => self.look_up((code - 0xF000) as u8),
            _ => None,
        }
    }

    /// A character that is really a place in the font.
    pub fn of_code(self, c: char) -> Option<char> {
        if matches!(self, Symbols::None | Symbols::Symbol) {
            return None;
        }
        self.look_up(u8::try_from(u32::from(c)).ok()?)
    }

    fn look_up(self, code: u8) -> Option<char> {
        match (self, code) {
            (_, 0x20) => Some(' '),
            (Symbols::Wingdings, code) => wingdings(code),
            (Symbols::Wingdings2, code) => wingdings_2(code),
            (Symbols::Symbol, 0xB7) => Some('•'),
            (Symbols::Symbol, 0xA3) => Some('≤'),
            (Symbols::Symbol, 0xB3) => Some('≥'),
            (Symbols::Symbol, 0xB4) => Some('×'),
            (Symbols::Symbol, 0xB0) => Some('°'),
            (Symbols::Symbol, 0xB1) => Some('±'),
            // Word marks list items of any font with this one.
            (Symbols::None, 0xB7) => Some('•'),
            _ => None,
        }
    }
}

fn wingdings(code: u8) -> Option<char> {
    Some(match code {
        0x6C | 0x9F => '●',
        0x6D | 0xA1 => '○',
        0x6E => '■',
        0x6F | 0x70 | 0x71 | 0x72 | 0xA8 => '□',
        0x75 | 0x77 => '◆',
        0x76 => '❖',
        0xA2 | 0xA4 | 0xA5 => '◎',
        0xA7 => '▪',
        0xD8 => '➢',
        0xE0 | 0xE8 => '→',
        0xFB => '✗',
        0xFC => '✓',
        0xFD => '☒',
        0xFE => '☑',
        0x80..=0x8A => {
            return char::from_u32(0x24EA)
                .filter(|_| code == 0x80)
                .or_else(|| char::from_u32(0x2460 + u32::from(code) - 0x81));
        }
        _ => return None,
    })
}

fn wingdings_2(code: u8) -> Option<char> {
    Some(match code {
        0x4F | 0x51 => '✗',
        0x50 => '✓',
        0x52 => '☑',
        0x53 | 0x54 => '☒',
        0x98 | 0x97 => '●',
        0xA2 => '■',
        0xA3 => '□',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Symbols;

    #[test]
    fn marks_of_symbol_fonts_are_read() {
        for (font, c, mark) in [
            ("ABCDEF+Wingdings-Regular", '\u{F0FC}', Some('✓')),
            ("Wingdings", '\u{F0A8}', Some('□')),
            ("Wingdings", '\u{F081}', Some('①')),
            ("Wingdings2", '\u{F052}', Some('☑')),
            ("SymbolMT", '\u{F0B7}', Some('•')),
            ("MS-Mincho", '\u{E000}', None),
        ] {
            assert_eq!(Symbols::of(font).of_private(c), mark, "{font}");
        }
    }
}
