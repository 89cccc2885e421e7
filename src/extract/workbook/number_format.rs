//! Number formats (ECMA-376 part 1, 18.8.30 and 18.8.31): a stored number to the text its reader
//! sees. Dates become ISO 8601 instead, whatever order or era the format shows them in.

use super::date;
use super::decimal::{Decimal, general};
use super::format_code::{Class, Section, Token, sections};
use crate::model::CellKind;

/// Longest format code that is read, in bytes. Spreadsheet programs write at most 255 characters.
const MAX_CODE: usize = 1024;

/// A parsed format code.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NumberFormat {
    /// Empty for General.
    sections: Vec<Section>,
}

impl NumberFormat {
    /// Parses a format code. Anything is accepted; what is not understood is a literal.
    pub fn parse(code: &str) -> Self {
        let says_nothing = code.is_empty() || code.eq_ignore_ascii_case("general") || code == "@";
        if says_nothing || code.len() > MAX_CODE {
            return NumberFormat::default();
        }
        NumberFormat {
            sections: sections(code),
        }
    }

    /// The format of a built-in ID, as a Japanese Excel has it.
    pub fn builtin(id: u32) -> Self {
        NumberFormat::parse(builtin_code(id))
    }

    /// The text of a number and what kind of value it is.
    pub fn show(&self, value: f64, is_1904: bool) -> (String, CellKind) {
        let Some((section, absolute)) = self.section_for(value) else {
            return (general(value), CellKind::Number);
        };
        match section.class {
            Class::Date(shape) => match date::iso(value, shape, is_1904) {
                Some(text) => (text, CellKind::Date),
                None => (general(value), CellKind::Number),
            },
            Class::Elapsed { unit, seconds } => {
                (date::elapsed(value, unit, seconds), CellKind::Date)
            }
            Class::Number => {
                let shown = number(section, if absolute { value.abs() } else { value });
                let text = shown.trim();
                if text.is_empty() {
                    // `;;;` and the like hide a value from the eye; it was still sent.
                    (general(value), CellKind::Number)
                } else {
                    (text.to_owned(), CellKind::Number)
                }
            }
        }
    }

    /// What a text looks like in this format (`@"様"`), when that is not the text itself.
    pub fn show_text(&self, text: &str) -> Option<String> {
        let section = self
            .sections
            .iter()
            .rev()
            .find(|s| s.tokens.contains(&Token::Text))?;
        if section.tokens.len() == 1 {
            return None;
        }
        let mut shown = String::with_capacity(text.len() + 8);
        for token in &section.tokens {
            match token {
                Token::Text => shown.push_str(text),
                Token::Literal(literal) => shown.push_str(literal),
                _ => {}
            }
        }
        Some(shown.trim().to_owned())
    }

    /// The section that a number falls in, and whether its sign is the section's own to show.
    fn section_for(&self, value: f64) -> Option<(&Section, bool)> {
        let numeric: Vec<&Section> = self
            .sections
            .iter()
            .take(3)
            .filter(|s| !s.tokens.contains(&Token::Text) || s.condition.is_some())
            .collect();
        if numeric.iter().any(|s| s.condition.is_some()) {
            let fits = |s: &&&Section| s.condition.is_none_or(|c| c.holds(value));
            return numeric.iter().find(fits).map(|s| (*s, false));
        }
        let first = numeric.first()?;
        if value < 0.0 {
            return Some(numeric.get(1).map_or((*first, false), |s| (*s, true)));
        }
        if value == 0.0 {
            return Some((numeric.get(2).unwrap_or(first), false));
        }
        Some((*first, false))
    }
}

/// Fills a number into a section's digit places.
fn number(section: &Section, value: f64) -> String {
    let plan = Plan::of(section);
    if plan.as_general {
        return around_general(section, value);
    }
    let decimal = Decimal::new(value)
        .shift(2 * plan.percents as i32 - 3 * plan.thousands as i32)
        .round(plan.decimals);
    let negative = decimal.negative && !decimal.is_zero();
    let (mut whole, fraction) = decimal.parts();
    if whole == "0" {
        whole.clear();
    }
    let whole: Vec<char> = whole.chars().collect();
    let mut fraction = fraction.chars();
    let mut shown = String::new();
    if negative && plan.places > 0 {
        shown.push('-');
    }
    let mut place = plan.places;
    let mut after_point = false;
    for token in &section.tokens {
        match token {
            Token::Literal(text) => shown.push_str(text),
            Token::Percent => shown.push('%'),
            Token::Digit(kind) if after_point => match fraction.next() {
                Some(digit) => shown.push(digit),
                None if *kind == '0' => shown.push('0'),
                None => {}
            },
            Token::Digit(kind) => {
                place = place.saturating_sub(1);
                let first = place + 1 == plan.places;
                let top = if first {
                    whole.len().max(place + 1)
                } else {
                    place + 1
                };
                for at in (place..top).rev() {
                    let digit = whole.len().checked_sub(at + 1).and_then(|i| whole.get(i));
                    match digit {
                        Some(digit) => shown.push(*digit),
                        None if *kind == '0' => shown.push('0'),
                        None => continue,
                    }
                    if plan.grouped && at > 0 && at % 3 == 0 {
                        shown.push(',');
                    }
                }
            }
            Token::Point => {
                after_point = true;
                let more = fraction.clone().next().is_some() || plan.fixed_decimals > 0;
                if more {
                    shown.push('.');
                }
            }
            Token::Comma | Token::Text | Token::General | Token::Other => {}
        }
    }
    shown
}

/// `General"円"`, and formats whose digits cannot simply be filled in (fractions, exponents).
fn around_general(section: &Section, value: f64) -> String {
    let mut shown = String::new();
    let mut done = false;
    for token in &section.tokens {
        match token {
            Token::Literal(text) => shown.push_str(text),
            Token::General | Token::Digit(_) if !done => {
                shown.push_str(&general(value));
                done = true;
            }
            _ => {}
        }
    }
    shown
}

/// What a section's digit places amount to.
#[derive(Default)]
struct Plan {
    places: usize,
    decimals: usize,
    fixed_decimals: usize,
    grouped: bool,
    thousands: usize,
    percents: usize,
    as_general: bool,
}

impl Plan {
    fn of(section: &Section) -> Plan {
        let mut plan = Plan::default();
        let mut after_point = false;
        let mut commas = 0;
        for token in &section.tokens {
            match token {
                Token::Digit(kind) if after_point => {
                    plan.decimals += 1;
                    plan.fixed_decimals += usize::from(*kind == '0');
                }
                Token::Digit(_) => {
                    plan.places += 1;
                    plan.grouped |= commas > 0;
                    commas = 0;
                }
                Token::Comma if plan.places > 0 && !after_point => commas += 1,
                Token::Point => after_point = true,
                Token::Percent => plan.percents += 1,
                Token::General | Token::Other => plan.as_general = true,
                _ => {}
            }
        }
        plan.thousands = commas;
        plan
    }
}

/// Format codes of the built-in IDs. 27–36 and 50–58 differ by language; these are Japanese.
fn builtin_code(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "\"¥\"#,##0;\"¥\"-#,##0",
        7 | 8 => "\"¥\"#,##0.00;\"¥\"-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 57 => "ge.m.d",
        28 | 29 | 51 | 54 | 58 => "ggge\"年\"m\"月\"d\"日\"",
        30 => "m/d/yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"時\"mm\"分\"",
        33 => "h\"時\"mm\"分\"ss\"秒\"",
        34 | 52 | 55 => "yyyy\"年\"m\"月\"",
        35 | 53 | 56 => "m\"月\"d\"日\"",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 => "#,##0;-#,##0;\"-\"",
        42 => "\"¥\"#,##0;\"¥\"-#,##0;\"-\"",
        43 => "#,##0.00;-#,##0.00;\"-\"",
        44 => "\"¥\"#,##0.00;\"¥\"-#,##0.00;\"-\"",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        _ => "General",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_their_reader_sees_them() {
        for (code, value, text) in [
            ("General", 1.0, "1"),
            ("@", 12.0, "12"),
            ("0.0%", 0.999, "99.9%"),
            ("0%", 0.5, "50%"),
            ("0.00%", 0.99995, "100.00%"),
            ("0.##%", 0.5, "50%"),
            ("0\"世代\"", 3.0, "3世代"),
            ("0世代", 3.0, "3世代"),
            ("#,##0\"円\"", 1_234_567.0, "1,234,567円"),
            ("0\"時間\"以内", 24.0, "24時間以内"),
            ("\"約\"0\"分\"", 5.0, "約5分"),
            ("General\"件\"", 2.5, "2.5件"),
            ("#,##0", 999.0, "999"),
            ("#,##0", 0.0, "0"),
            ("#,###", 0.0, "0"),
            ("#,##0.00", -1234.5, "-1,234.50"),
            ("#,##0_);(#,##0)", -1234.0, "(1,234)"),
            ("#,##0;[Red]△#,##0", -5.0, "△5"),
            ("0;-0;\"なし\"", 0.0, "なし"),
            ("[$¥-411]#,##0", 500.0, "¥500"),
            ("\\¥#,##0", 500.0, "¥500"),
            ("000", 7.0, "007"),
            ("000-0000", 1_000_001.0, "100-0001"),
            ("00-00", 12345.0, "123-45"),
            ("#,##0,\"千円\"", 1_234_567.0, "1,235千円"),
            ("0.0", 0.05, "0.1"),
            ("0", -0.2, "0"),
            ("#.0", 0.5, ".5"),
            ("0.#", 3.0, "3"),
            ("[>=100]0\"超\";0", 150.0, "150超"),
            ("[>=100]0\"超\";0", 50.0, "50"),
            ("[>=100]0\"超\";0", -50.0, "-50"),
            ("0.00E+00", 1234.0, "1234"),
            ("# ?/?", 0.5, "0.5"),
            (";;;", 42.0, "42"),
            ("[DBNum1]0", 12.0, "12"),
            ("0.0 \"%\"", 99.9, "99.9 %"),
            ("0_ ", 3.0, "3"),
            ("* 0", 3.0, "3"),
        ] {
            let (shown, kind) = NumberFormat::parse(code).show(value, false);
            assert_eq!((shown.as_str(), kind), (text, CellKind::Number), "{code}");
        }
    }

    #[test]
    fn dates_and_times_are_iso() {
        let noon = 46113.5;
        for (code, value, text) in [
            ("yyyy/m/d", 46113.0, "2026-04-01"),
            ("yyyy\"年\"m\"月\"d\"日\"", 46113.0, "2026-04-01"),
            ("[$-411]ggge\"年\"m\"月\"d\"日\";@", 46113.0, "2026-04-01"),
            ("[$-ja-JP-x-gannen]ggge年m月d日", 46113.0, "2026-04-01"),
            ("ge.m.d", 46113.0, "2026-04-01"),
            ("aaa", 46113.0, "2026-04-01"),
            ("m/d", 46113.0, "2026-04-01"),
            ("yyyy/m/d h:mm", noon, "2026-04-01T12:00"),
            ("yyyy-mm-dd hh:mm:ss", noon, "2026-04-01T12:00"),
            ("h:mm", 10.0 / 24.0, "10:00"),
            ("h\"時\"mm\"分\"", 0.75, "18:00"),
            ("AM/PM h:mm", 0.75, "18:00"),
            ("mm:ss", 0.5 + 7.0 / 86_400.0, "12:00:07"),
            ("[h]:mm", 1.5, "36:00"),
            ("[hh]:mm:ss", 1.5, "36:00"),
            ("[m]", 0.5, "720"),
            ("[Red]yyyy/mm/dd", 46113.0, "2026-04-01"),
            ("\\R0e", 46113.0, "46113"),
        ] {
            let (shown, _) = NumberFormat::parse(code).show(value, false);
            assert_eq!(
                shown,
                if code == "\\R0e" { "R46113" } else { text },
                "{code}"
            );
        }
        for id in (14..=17).chain(27..=31).chain(34..=36).chain(50..=58) {
            let shown = NumberFormat::builtin(id).show(46113.0, false);
            assert_eq!(shown, ("2026-04-01".to_owned(), CellKind::Date), "{id}");
        }
        for id in [18, 20, 32] {
            let shown = NumberFormat::builtin(id).show(0.375, false);
            assert_eq!(shown, ("09:00".to_owned(), CellKind::Date), "{id}");
        }
    }

    #[test]
    fn text_formats_add_their_literals() {
        assert_eq!(
            NumberFormat::parse("@\"様\"").show_text("山田"),
            Some("山田様".to_owned())
        );
        assert_eq!(
            NumberFormat::parse("0;0;0;\"(\"@\")\"").show_text("案"),
            Some("(案)".to_owned())
        );
        for code in ["@", "General", "0.0", "yyyy/m/d;@"] {
            assert_eq!(NumberFormat::parse(code).show_text("案"), None, "{code}");
        }
    }
}
