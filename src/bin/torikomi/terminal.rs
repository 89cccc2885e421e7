//! Standard output, standard error, and what may be shown there.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use torikomi::error::RunError;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::args::ColorWhen;

/// What a run that could not be made exits with.
const COULD_NOT_RUN: u8 = 2;

/// Standard output: data only.
const STDOUT: &str = "standard output";

/// The two streams, and whether the one for messages shows colours.
pub struct Terminal {
    color: bool,
}

/// How a piece of a message looks.
#[derive(Debug, Clone, Copy)]
pub enum Look {
    Plain,
    Strong,
    Faint,
    Good,
    Doubtful,
    Bad,
}

impl Terminal {
    pub fn new(when: ColorWhen) -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
        let color = match when {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => io::stderr().is_terminal() && !set("NO_COLOR") && !dumb,
        };
        Terminal { color }
    }

    /// A piece of a message in its look.
    pub fn paint(&self, text: impl Display, look: Look) -> String {
        let code = match look {
            Look::Plain => return text.to_string(),
            _ if !self.color => return text.to_string(),
            Look::Strong => "1",
            Look::Faint => "2",
            Look::Good => "32",
            Look::Doubtful => "33",
            Look::Bad => "31",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// Whether a progress bar can be seen.
    pub fn is_watched(&self) -> bool {
        io::stderr().is_terminal()
    }

    /// How many columns standard error shows; none when it is no terminal.
    pub fn columns(&self) -> Option<usize> {
        let (width, _) = terminal_size::terminal_size_of(io::stderr())?;
        Some(usize::from(width.0))
    }

    /// Prints a line to standard error. One that nobody reads is no error.
    pub fn say(&self, line: impl Display) {
        let _ = writeln!(io::stderr().lock(), "{line}");
    }

    /// Prints data to standard output.
    ///
    /// # Errors
    /// It cannot be written, or nobody reads it any more.
    pub fn print(&self, bytes: &[u8]) -> Result<(), RunError> {
        let mut out = io::stdout().lock();
        let written = out.write_all(bytes).and_then(|()| out.flush());
        written.map_err(|source| RunError::Io {
            path: STDOUT.to_owned(),
            action: "write",
            source,
        })
    }

    /// Says why the command could not run.
    pub fn fatal(&self, error: &RunError) -> ExitCode {
        if let RunError::Io { path, source, .. } = error
            && path == STDOUT
            && source.kind() == ErrorKind::BrokenPipe
        {
            // `torikomi … | head` has what it wanted.
            return ExitCode::SUCCESS;
        }
        let error = harmless_lines(&error.to_string());
        self.say(format_args!("{} {error}", self.paint("error:", Look::Bad)));
        ExitCode::from(COULD_NOT_RUN)
    }
}

/// A text as it may be shown on a terminal: control characters (which move the cursor or change
/// colours), and marks that reorder or hide text, are spelled out.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_harmful(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// The same for a message of several lines.
pub fn harmless_lines(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(harmless).collect();
    lines.join("\n")
}

fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}')
}

/// How many columns a text takes: a full-width character takes two.
pub fn width(text: &str) -> usize {
    text.width()
}

/// A text cut in its beginning to at most `columns`: the end of a path says most.
pub fn tail(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mut room = columns.saturating_sub(1);
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        let wide = c.width().unwrap_or(0);
        if wide > room {
            break;
        }
        room -= wide;
        start = at;
    }
    Cow::Owned(format!("…{}", &text[start..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_shown_moves_the_cursor_or_reorders_text() {
        assert_eq!(harmless("回答シート.xlsx"), "回答シート.xlsx");
        assert_eq!(harmless("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(harmless("a\nb\u{202e}c"), "a\\u{a}b\\u{202e}c");
        assert_eq!(harmless_lines("a\nb\r"), "a\nb\\u{d}");
    }

    #[test]
    fn full_width_characters_take_two_columns() {
        assert_eq!(width("取込.txt"), 8);
        for (text, columns, expected) in [
            ("取込.txt", 8, "取込.txt"),
            ("取込.txt", 7, "…込.txt"),
            ("取込.txt", 6, "….txt"),
            ("abc", 0, "…"),
        ] {
            assert_eq!(tail(text, columns), expected, "{columns}");
        }
    }
}
