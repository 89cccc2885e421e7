//! What text means, where it is not what its codes say.

use torikomi::config::ExtractConfig;
use torikomi::error::Failure;
use torikomi::extract::pdf;
use torikomi::model::{Block, Extraction, Source, WarningCode};

use super::written::{page, pdf as document, stream};

fn source(bytes: Vec<u8>) -> Source {
    Source {
        path: "written.pdf".into(),
        bytes,
    }
}

fn text_of(bytes: Vec<u8>) -> String {
    let pages = pdf::chars(&source(bytes), &ExtractConfig::default()).unwrap();
    pages
        .iter()
        .flat_map(|p| p.chars.iter().map(|c| c.c))
        .collect()
}

#[test]
fn actual_text_of_marked_content_is_what_its_glyphs_mean() {
    let shown = |mark: &str| format!("BT /F1 10 Tf 50 700 Td (a) Tj {mark} (z) Tj ET");
    for (what, content, resources, text) in [
        ("none", "/Span <</Lang(en)>> BDC (xy) Tj EMC", "", "axyz"),
        (
            "written there",
            "/Span <</ActualText(Q)>> BDC (xy) Tj EMC",
            "",
            "aQz",
        ),
        (
            "in UTF-16",
            "/Span <</ActualText<FEFF53EF5426>>> BDC (xy) Tj EMC",
            "",
            "a可否z",
        ),
        (
            "among the resources",
            "/Span /P0 BDC (xy) Tj EMC",
            "/Properties<</P0<</ActualText<FEFF53EF>>>>>>",
            "a可z",
        ),
        (
            "an object of its own",
            "/Span /P0 BDC (xy) Tj EMC",
            "/Properties<</P0 7 0 R>>",
            "a否z",
        ),
        (
            "nested: the outer speaks",
            "/Span <</ActualText(O)>> BDC (x) Tj /Span <</ActualText(I)>> BDC (y) Tj EMC (w) Tj EMC",
            "",
            "aOz",
        ),
        (
            "nested in what says nothing",
            "/P <</MCID 0>> BDC (x) Tj /Span <</ActualText(I)>> BDC (yy) Tj EMC /T BMC (w) Tj EMC EMC",
            "",
            "axIwz",
        ),
        (
            "never ended",
            "/Span <</ActualText(Q)>> BDC (xy) Tj",
            "",
            "axyz",
        ),
        (
            "nothing",
            "/Span <</ActualText()>> BDC (xy) Tj EMC",
            "",
            "az",
        ),
    ] {
        let more = ["<<>>", "<</ActualText<FEFF5426>>>"];
        let bytes = page(&shown(content), resources, "", "", &more);
        assert_eq!(text_of(bytes), text, "{what}");
    }
}

/// One page; `elements` are objects 9 and on, and the tree from marks to elements is `parents`.
fn tagged(content: &str, parents: &str, elements: &[&str]) -> Vec<u8> {
    let tree = format!("<</Type/StructTreeRoot/K 9 0 R/ParentTree<<{parents}>>>>");
    let mut more = vec!["<<>>", "[9 0 R 10 0 R 11 0 R]", &tree];
    more.extend(elements);
    page(
        content,
        "",
        "/StructTreeRoot 8 0 R",
        "/StructParents 3",
        &more,
    )
}

#[test]
fn actual_text_of_an_element_is_what_its_marks_mean() {
    let mark = |id: u32, text: &str| format!("/Span <</MCID {id}>> BDC ({text}) Tj EMC ");
    let shown =
        |marks: &[String]| format!("BT /F1 10 Tf 50 700 Td (a) Tj {} (z) Tj ET", marks.concat());
    let usual = shown(&[mark(0, "xy"), mark(1, "v"), mark(2, "w")]);
    let at = "/Nums[0 12 0 R 3 7 0 R]";
    let element = |more: &str| format!("<</Type/StructElem/S/Span/P 8 0 R/Pg 3 0 R{more}>>");
    let (plain, said) = (element("/K 1"), element("/K 0/ActualText<FEFF53EF>"));
    let parts = "<</Type/StructElem/S/Span/P 9 0 R/Pg 3 0 R/K 1>>";
    for (what, content, parents, elements, text) in [
        ("one mark", &usual, at, [&*said, &plain, &plain], "a可vwz"),
        (
            "listed in the tree",
            &usual,
            "/Kids[<</Limits[0 9]/Nums[3[9 0 R 10 0 R null]]>>]",
            [&*said, &plain, &plain],
            "a可vwz",
        ),
        (
            "of the element above",
            &usual,
            at,
            [&*said, parts, parts],
            "a可z",
        ),
        (
            "of a group: it says nothing of lines",
            &usual,
            at,
            ["<</S/Table/Pg 3 0 R/K 0/ActualText(T)>>", parts, parts],
            "axyvwz",
        ),
        (
            "of an element on two pages",
            &usual,
            at,
            [
                "<</S/P/Pg 3 0 R/ActualText(T)/K[0<</Type/MCR/Pg 4 0 R/MCID 0>>]>>",
                &plain,
                &plain,
            ],
            "axyvwz",
        ),
        (
            "an element above itself",
            &usual,
            at,
            ["<</S/P/P 9 0 R/Pg 3 0 R/K 9 0 R>>", &plain, &said],
            "axyv可z",
        ),
        (
            "another page's",
            &usual,
            "/Nums[4 7 0 R]",
            [&*said, &plain, &plain],
            "axyvwz",
        ),
        (
            "marks out of order and one unknown",
            &shown(&[mark(2, "w"), mark(7, "u"), mark(0, "xy")]),
            at,
            [&*said, &plain, &said],
            "a可u可z",
        ),
    ] {
        assert_eq!(text_of(tagged(content, parents, &elements)), text, "{what}");
    }
}

/// A sheet of one table: the answers are shown in the font `F2`, object 6.
fn sheet(font: &str, more: &[&str]) -> Vec<u8> {
    let mut content = String::new();
    let rows = ["No.", "1", "2", "3", "4"];
    for (i, number) in rows.iter().enumerate() {
        let y = 700 - 20 * i;
        let item = if i == 0 {
            "Item"
        } else {
            "Backup of the service data"
        };
        let answer = if i == 0 {
            "/F1 10 Tf (Answer)"
        } else {
            "/F2 10 Tf (AB)"
        };
        content += &format!(
            "BT /F1 10 Tf 52 {y} Td ({number}) Tj 50 0 Td ({item}) Tj 200 0 Td {answer} Tj ET \
             50 {0} m 400 {0} l S ",
            y + 14
        );
    }
    content += "50 614 m 400 614 l S ";
    for x in [50, 100, 300, 400] {
        content += &format!("{x} 614 m {x} 714 l S ");
    }
    let mut objects = vec![font];
    objects.extend(more);
    page(&content, "", "", "", &objects)
}

fn answers(extraction: &Extraction) -> Vec<&str> {
    let tables = extraction.blocks.iter().filter_map(|b| match b {
        Block::Table(table) => Some(table),
        Block::Line(_) => None,
    });
    let cells = tables.flat_map(|t| &t.cells);
    cells
        .filter(|c| c.col == 2 && c.row > 0)
        .map(|c| &*c.text)
        .collect()
}

const GLYPHS: &str = "/Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[.001 0 0 .001 0 0]\
     /FirstChar 65/LastChar 66/Widths[1000 1000]/CharProcs<</g1 7 0 R/g2 7 0 R/A 7 0 R/uni5426 7 0 R>>";

#[test]
fn type_3_fonts_are_read_by_what_they_say() {
    let glyph = stream("", "1000 0 d0 0 0 750 750 re f");
    let names = stream(
        "",
        "1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <41> <6709> <42> <7121> \
         endbfchar",
    );
    for (what, entries, answer) in [
        (
            "ToUnicode",
            "/Encoding<</Differences[65/g1/g2]>>/ToUnicode 8 0 R",
            "有無",
        ),
        (
            "names of glyphs",
            "/Encoding<</Differences[65/A/uni5426]>>",
            "A否",
        ),
    ] {
        let bytes = sheet(&format!("<<{GLYPHS}{entries}>>"), &[&glyph, &names]);
        let extraction = pdf::extract(&source(bytes), &ExtractConfig::default()).unwrap();
        assert_eq!(answers(&extraction), [answer; 4], "{what}");
        assert!(extraction.warnings.is_empty(), "{what}");
    }
}

#[test]
fn text_that_no_font_explains_is_no_answer() {
    let glyph = stream("", "1000 0 d0 0 0 750 750 re f");
    for (what, font) in [
        (
            "glyphs with names of no meaning",
            format!("<<{GLYPHS}/Encoding<</Differences[65/g1/g2]>>>>"),
        ),
        (
            "no encoding",
            format!("<<{}>>", GLYPHS.replace("/A 7 0 R", "")),
        ),
        (
            "a font that cannot be read",
            "<</Type/Font/Subtype/Type3>>".to_owned(),
        ),
        ("no font", "null".to_owned()),
    ] {
        let extraction =
            pdf::extract(&source(sheet(&font, &[&glyph])), &ExtractConfig::default()).unwrap();
        assert!(answers(&extraction).is_empty(), "{what}");
        let warning = &extraction.warnings[0];
        assert_eq!(warning.code, WarningCode::Undecodable, "{what}");
        let told = "undecodable text on page 1";
        assert!(
            warning.message.starts_with(told),
            "{what}: {}",
            warning.message
        );
    }
    // Where nothing else is on the page, the file fails.
    let only = page("BT /F2 10 Tf 50 700 Td (AB) Tj ET", "", "", "", &["<<>>"]);
    let error = pdf::extract(&source(only), &ExtractConfig::default()).unwrap_err();
    assert_eq!(error.reason, Failure::NoTextLayer);
    assert!(error.message.contains("undecodable text"), "{error}");
}

/// Glyphs in units of pixels at a font size of 1, some drawn downwards: their boxes are those of
/// the text all the same.
#[test]
fn type_3_fonts_may_have_units_of_their_own() {
    let glyph = stream("", "8 0 d0 0 0 8 8 re f");
    let (here, large) = ("1 0 0 1 50 700", "10 0 0 10 50 700");
    for (matrix, bbox, width, tm, up) in [
        ("1 0 0 1 0 0", "0 0 10 10", 10, here, true),
        ("1 0 0 -1 0 0", "0 0 10 10", 10, here, false),
        ("1 0 0 -1 0 0", "0 -9 10 2", 10, here, true),
        ("1 0 0 1 0 0", "0 0 0 0", 10, here, true),
        (".001 0 0 .001 0 0", "0 0 1000 1000", 1000, large, true),
    ] {
        let font = format!(
            "<</Type/Font/Subtype/Type3/FontBBox[{bbox}]/FontMatrix[{matrix}]/FirstChar 65\
             /LastChar 65/Widths[{width}]/CharProcs<</A 7 0 R>>/Encoding<</Differences[65/A]>>>>"
        );
        let content = format!("BT /F2 1 Tf {tm} Tm (A) Tj ET");
        let bytes = page(&content, "", "", "", &[&font, &glyph]);
        let pages = pdf::chars(&source(bytes), &ExtractConfig::default()).unwrap();
        let c = &pages[0].chars[0];
        assert!(
            c.w == 10.0 && (9.5..11.5).contains(&c.h),
            "{matrix} {bbox}: {}",
            c.h
        );
        assert_eq!(c.y < 140.0, up, "{matrix} {bbox}: {}", c.y);
    }
}

/// Far more pages than one thread reads in a row: they come out in order, each with its own text,
/// whatever read them.
#[test]
fn pages_of_a_large_document_come_in_order_whatever_the_threads() {
    const PAGES: usize = 200;
    let kids: String = (0..PAGES).map(|i| format!("{} 0 R ", 4 + 2 * i)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!(
            "<</Type/Pages/Kids[{kids}]/Count {PAGES}/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>"
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    for i in 0..PAGES {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/Contents {} 0 R>>",
            5 + 2 * i
        ));
        objects.push(stream(
            "",
            &format!("BT /F1 10 Tf 50 700 Td (Page {i}) Tj ET"),
        ));
    }
    let source = source(document(&objects));
    let read = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().unwrap();
        pool.install(|| pdf::chars(&source, &ExtractConfig::default()).unwrap())
    };
    let (alone, together) = (read(1), read(4));
    assert_eq!(alone.len(), PAGES);
    for (i, (a, b)) in alone.iter().zip(&together).enumerate() {
        let text: String = b.chars.iter().map(|c| c.c).collect();
        assert_eq!(text, format!("Page {i}"));
        assert_eq!((a.page, b.page), (i as u32 + 1, i as u32 + 1));
        let boxes = |p: &pdf::PageChars| -> Vec<(f32, f32)> {
            p.chars.iter().map(|c| (c.x, c.y)).collect()
        };
        assert_eq!(boxes(a), boxes(b));
    }
}

#[test]
fn discs_before_the_lines_of_a_cell_are_list_marks() {
    // A disc, or a larger circle, in four curves.
    let circle = |x: f32, y: f32, r: f32, paint: &str| {
        let k = r * 0.5523;
        let (left, right, low, high) = (x - r, x + r, y - r, y + r);
        format!(
            "{right} {y} m {right} {} {} {high} {x} {high} c {} {high} {left} {} {left} {y} c {left} {} \
             {} {low} {x} {low} c {} {low} {right} {} {right} {y} c {paint} ",
            y + k,
            x + k,
            x - k,
            y + k,
            y - k,
            x - k,
            x + k,
            y - k
        )
    };
    let words = "BT /F1 10 Tf 70 700 Td (First one) Tj 0 -14 Td (Second) Tj ET ";
    let lines: String = [(50, 650, 50, 714), (60, 650, 60, 651), (200, 650, 200, 714)]
        .map(|(a, b, c, d)| format!("{a} {b} m {c} {d} l S "))
        .concat();
    let frame = "50 650 m 200 650 l S 50 714 m 200 714 l S ";
    let discs =
        |r: f32, x: f32, paint: &str| circle(x, 703.5, r, paint) + &circle(x, 689.5, r, paint);
    let marked = "・First one\n・Second";
    let plain = "First one\nSecond";
    for (what, shapes, text) in [
        ("discs", discs(1.7, 62.0, "f"), marked),
        ("nothing", String::new(), plain),
        ("rings", discs(1.7, 62.0, "h S"), plain),
        (
            "white",
            format!("1 g {} 0 g ", discs(1.7, 62.0, "f")),
            plain,
        ),
        ("too large", discs(4.0, 62.0, "f"), plain),
        ("too far", discs(1.7, 44.0, "f"), plain),
        (
            "dots in rings",
            discs(1.7, 62.0, "f") + &discs(4.0, 62.0, "h S"),
            plain,
        ),
        (
            "dots in a row",
            discs(1.7, 62.0, "f") + &discs(1.7, 57.0, "f"),
            plain,
        ),
        (
            "in a column of their own",
            discs(1.7, 62.0, "f") + "66 650 m 66 714 l S ",
            plain,
        ),
    ] {
        let content = format!("{words}{lines}{frame}{shapes}");
        let read = pdf::extract(
            &source(page(&content, "", "", "", &["<<>>"])),
            &ExtractConfig::default(),
        );
        let texts: Vec<String> = read
            .unwrap()
            .blocks
            .into_iter()
            .flat_map(|b| match b {
                Block::Table(table) => table.cells.into_iter().map(|c| c.text).collect(),
                Block::Line(line) => vec![line.text],
            })
            .filter(|t| !t.is_empty())
            .collect();
        assert_eq!(texts.join("\n"), text, "{what}");
    }
}
