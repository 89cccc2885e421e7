//! Files that are damaged, or made to do harm.

use torikomi::config::ExtractConfig;
use torikomi::extract::pdf;
use torikomi::model::Source;

use super::{pdfs, root, with_passwords};

/// A small generator, so that a failure can be repeated.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        ((self.0 >> 33) as usize) % below.max(1)
    }
}

fn damaged(seed: u64, files: &[Vec<u8>]) -> Vec<u8> {
    let mut rng = Seeded(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut bytes = files[rng.next(files.len())].clone();
    match seed % 5 {
        0 => bytes.truncate(rng.next(bytes.len())),
        1 => {
            for _ in 0..=rng.next(60) {
                let at = rng.next(bytes.len());
                bytes[at] ^= 1 << rng.next(8);
            }
        }
        2 => {
            let other = &files[rng.next(files.len())];
            bytes.truncate(rng.next(bytes.len()));
            bytes.extend_from_slice(&other[rng.next(other.len())..]);
        }
        3 => {
            let from = rng.next(bytes.len());
            let to = (from + rng.next(4000)).min(bytes.len());
            bytes.drain(from..to);
        }
        _ => {
            // Figures become lies.
            for _ in 0..40 {
                let at = rng.next(bytes.len());
                if let Some(i) = bytes[at..].iter().position(u8::is_ascii_digit) {
                    bytes[at + i] = b'0' + rng.next(10) as u8;
                }
            }
        }
    }
    bytes
}

#[test]
fn damaged_files_end_in_rows_or_an_error() {
    let files: Vec<Vec<u8>> = pdfs(&root().join("fixtures/pdf"))
        .iter()
        .map(|p| std::fs::read(p).unwrap())
        .filter(|b| b.len() < 100_000)
        .collect();
    let mut read = 0;
    for seed in 0..500 {
        let source = Source {
            path: format!("damaged-{seed}.pdf"),
            bytes: damaged(seed, &files),
        };
        let result = pdf::extract(&source, &with_passwords(&["kagi"]));
        read += usize::from(result.is_ok());
    }
    assert!(read > 50 && read < 500, "{read}");
}

fn document(content: &str, font: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>\
         /XObject<</X0 6 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        font.to_owned(),
    ];
    objects.extend(more.iter().map(|m| (*m).to_owned()));
    let mut out = b"%PDF-1.7\n".to_vec();
    for (i, object) in objects.iter().enumerate() {
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    out.extend(b"trailer<</Root 1 0 R>>\n%%EOF");
    out
}

#[test]
fn what_is_made_to_hang_or_fill_the_memory_does_not() {
    let helvetica = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    let text = "BT /F1 10 Tf 50 700 Td (Hello) Tj ET ";
    let cid = |w: &str| {
        format!(
            "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font\
             /Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)\
             /Supplement 6>>{w}>>]>>"
        )
    };
    let form = |content: &str| {
        format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X0 6 0 R>>>>\
             /Length {}>>\nstream\n{content}\nendstream",
            content.len()
        )
    };
    let stream = |content: &str| {
        format!(
            "<</Length {}>>\nstream\n{content}\nendstream",
            content.len()
        )
    };
    // Each level draws the next one twice.
    let doubling: Vec<String> = (6..46)
        .map(|i| {
            format!(
                "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X0 {} 0 R>>>>\
                 /Length 14>>\nstream\n/X0 Do /X0 Do \nendstream",
                i + 1
            )
        })
        .collect();
    // A page tree with these kids and this count.
    let tree = |kids: &str, count: i64| {
        let whole = String::from_utf8(document(text, helvetica, &[])).unwrap();
        let from = "/Kids[3 0 R]/Count 1";
        assert!(whole.contains(from));
        whole
            .replace(from, &format!("/Kids{kids}/Count {count}"))
            .into_bytes()
    };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        (
            "saved states",
            document(&"q ".repeat(3_000_000), helvetica, &[]),
        ),
        ("text", document(&text.repeat(400_000), helvetica, &[])),
        (
            "path",
            document(
                &format!("0 0 m {}S", "1 1 l ".repeat(2_000_000)),
                helvetica,
                &[],
            ),
        ),
        (
            "marks",
            document(&"/S<</ActualText(x)>>BDC ".repeat(300_000), helvetica, &[]),
        ),
        ("widths", document(text, &cid("/W[0 2147483647 500]"), &[])),
        (
            "vertical widths",
            document(text, &cid("/W2[0 2147483647 500 1 1]"), &[]),
        ),
        (
            "a form in itself",
            document("/X0 Do", helvetica, &[&form("/X0 Do /X0 Do /X0 Do")]),
        ),
        (
            "a form again and again",
            document(&"/X0 Do ".repeat(200_000), helvetica, &[&form(text)]),
        ),
        (
            "huge numbers",
            document(
                "1e308 0 0 1e308 0 0 cm 1e308 0 0 1e308 0 0 cm BT /F1 1e300 Tf 99999999999999999999 0 Td \
             (x) Tj ET 0 0 1e300 1e300 re S",
                helvetica,
                &[],
            ),
        ),
        (
            "nested",
            document(
                &"[".repeat(1_000_000),
                helvetica,
                &[&"<</A ".repeat(100_000)],
            ),
        ),
        (
            "streams without end",
            "1 0 obj<</Filter/FlateDecode>>stream\n"
                .repeat(50_000)
                .into_bytes(),
        ),
        (
            "lines",
            document(
                &(0..60_000)
                    .map(|i| {
                        format!(
                            "{} 0 m {} 800 l S 0 {} m 590 {} l S ",
                            i % 590,
                            i % 590,
                            i % 800,
                            i % 800
                        )
                    })
                    .collect::<String>(),
                helvetica,
                &[],
            ),
        ),
        (
            "ranges of characters",
            document(
                text,
                &format!("{}/ToUnicode 6 0 R>>", cid("").trim_end_matches(">>")),
                &[&stream(
                    "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange \
                     <00000000> <7FFFFFFF> <0041> endbfrange 1 begincidrange <00000000> <FFFFFFFF> 0 \
                     endcidrange",
                )],
            ),
        ),
        (
            "forms that double at each level",
            document(
                "/X0 Do",
                helvetica,
                &doubling.iter().map(String::as_str).collect::<Vec<_>>(),
            ),
        ),
        ("pages in a loop", tree("[2 0 R 3 0 R 2 0 R]", 3)),
        (
            "a page again and again",
            tree(&format!("[{}]", "3 0 R ".repeat(200_000)), 200_000),
        ),
        ("a count that lies", tree("[3 0 R]", i64::from(i32::MAX))),
        ("a count below nothing", tree("[3 0 R]", -5)),
        (
            "numbers that are none",
            document(
                "nan inf -inf 1e999 0 0 cm BT /F1 -1e38 Tf 0 Tw 1e38 Tz 1e38 TL T* (x) Tj \
                 --5 +-3 1.2.3 Td (y) ' ET 0 0 0 0 0 0 cm 1 1 m 1e38 -1e38 l S",
                helvetica,
                &[],
            ),
        ),
        (
            "many tall columns",
            document(
                &(0..40_000)
                    .map(|i| format!("BT /F1 1 Tf {} {} Td (a) Tj ET ", i % 200 * 3, i / 200 * 4))
                    .collect::<String>(),
                helvetica,
                &[],
            ),
        ),
        (
            "one column without end",
            document(
                &(0..20_000)
                    .map(|i| {
                        format!(
                            "BT /F1 1 Tf {} {}.{} Td (1) Tj ET ",
                            i % 3 * 90,
                            i / 30,
                            i % 10
                        )
                    })
                    .collect::<String>(),
                helvetica,
                &[],
            ),
        ),
    ];
    for (_, bytes) in cases {
        let source = Source {
            path: "x.pdf".into(),
            bytes,
        };
        // It must end, in rows or an error; without the limits none of these would.
        let _ = pdf::extract(&source, &ExtractConfig::default());
    }
}
