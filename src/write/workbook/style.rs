//! How the cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern};

use crate::model::Status;

/// The font of Japanese Excel since 2016. Family and character set let a program that does not have
/// it choose another sans-serif one with Japanese characters.
const FONT: &str = "游ゴシック";
const SANS_SERIF: u8 = 2;
const SHIFT_JIS: u8 = 128;

const INK: u32 = 0x1f_29_37;
const FAINT: u32 = 0x6b_72_80;
const RULE: u32 = 0xc9_ce_d6;
const HEADER: u32 = 0x1f_4e_5f;
const CATALOG: u32 = 0x3b_7a_8c;
const SECTION: u32 = 0xdc_e9_ed;
const INPUT: u32 = 0xff_f8_dc;
const HATCH: u32 = 0xb4_8a_3c;
const LINK: u32 = 0x05_63_c1;

/// The formats, each made once.
#[derive(Debug)]
pub(super) struct Styles {
    pub(super) plain: Format,
    pub(super) title: Format,
    pub(super) help: Format,
    pub(super) header: Format,
    pub(super) coverage: Format,
    pub(super) catalog: Format,
    pub(super) section: Format,
    pub(super) id: Format,
    pub(super) body: Format,
    pub(super) flat: Format,
    pub(super) count: Format,
    pub(super) faint: Format,
    pub(super) input: Format,
    pub(super) closed: Format,
    pub(super) request: Format,
    pub(super) no_row: Format,
    pub(super) outside: Format,
    pub(super) link: Format,
    pub(super) bad: Format,
    /// By status, settled and under review.
    answers: [[Format; 2]; STATUSES.len()],
}

/// In the order of their variants.
const STATUSES: [Status; 7] = [
    Status::Yes,
    Status::No,
    Status::Partial,
    Status::NotApplicable,
    Status::Undisclosed,
    Status::Stated,
    Status::Blank,
];

impl Styles {
    pub(super) fn new() -> Self {
        let plain = plain();
        let head = plain.clone().set_bold().set_font_color(Color::White);
        let body = boxed(&plain).set_text_wrap();
        Styles {
            title: plain.clone().set_bold().set_font_size(15),
            help: plain.clone().set_font_color(rgb(FAINT)),
            header: boxed(&head)
                .set_background_color(rgb(HEADER))
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap(),
            coverage: boxed(&plain)
                .set_background_color(rgb(SECTION))
                .set_font_size(9)
                .set_text_wrap(),
            catalog: head
                .set_background_color(rgb(CATALOG))
                .set_align(FormatAlign::VerticalCenter),
            section: plain
                .clone()
                .set_bold()
                .set_background_color(rgb(SECTION))
                .set_align(FormatAlign::VerticalCenter),
            flat: plain.clone().set_text_wrap(),
            id: boxed(&plain).set_font_color(rgb(FAINT)).set_font_size(9),
            count: boxed(&plain).set_num_format("#,##0"),
            faint: boxed(&plain).set_font_color(rgb(FAINT)).set_font_size(8),
            input: body.clone().set_background_color(rgb(INPUT)).set_bold(),
            closed: body
                .clone()
                .set_font_color(rgb(FAINT))
                .set_background_color(rgb(0xe5_e7_eb)),
            request: body.clone().set_background_color(rgb(0xf7_fa_fb)),
            no_row: body
                .clone()
                .set_font_color(rgb(FAINT))
                .set_background_color(rgb(0xf3_f4_f6)),
            outside: boxed(&plain),
            link: boxed(&plain)
                .set_font_color(rgb(LINK))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
            answers: STATUSES.map(|status| answer(&body, status)),
            bad: body.clone().set_background_color(rgb(colour(Status::No))),
            body,
            plain,
        }
    }

    /// An answer's cell: coloured by what it amounts to, hatched while under review.
    pub(super) fn answer(&self, status: Status, review: bool) -> &Format {
        &self.answers[status as usize][usize::from(review)]
    }
}

fn answer(body: &Format, status: Status) -> [Format; 2] {
    let filled = body.clone().set_background_color(rgb(colour(status)));
    let hatched = filled.clone().set_pattern(FormatPattern::LightUp);
    [filled, hatched.set_foreground_color(rgb(HATCH))]
}

fn plain() -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_family(SANS_SERIF)
        .set_font_charset(SHIFT_JIS)
        .set_font_size(10)
        .set_font_color(rgb(INK))
        .set_align(FormatAlign::Top)
}

fn boxed(format: &Format) -> Format {
    let ruled = format.clone().set_border(FormatBorder::Thin);
    ruled.set_border_color(rgb(RULE))
}

/// Light enough to read black text on, also in print.
fn colour(status: Status) -> u32 {
    match status {
        Status::Yes => 0xe3_f1_e1,
        Status::No => 0xf9_dc_d8,
        Status::Partial => 0xfd_ee_c8,
        Status::NotApplicable => 0xe5_e7_eb,
        Status::Undisclosed => 0xe6_dd_ee,
        Status::Stated => 0xe1_ec_f7,
        Status::Blank => 0xfb_e3_cf,
    }
}

fn rgb(colour: u32) -> Color {
    Color::RGB(colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_its_own_colour() {
        let styles = Styles::new();
        for status in STATUSES {
            assert_eq!(STATUSES[status as usize], status);
            let same = |other: &&Status| colour(**other) == colour(status);
            assert_eq!(STATUSES.iter().filter(same).count(), 1);
            let [settled, review] = [false, true].map(|review| styles.answer(status, review));
            assert_ne!(settled, review);
        }
    }
}
