use super::super::page::STYLE;

/// The least contrast of text with what is behind it (WCAG 2.2, 1.4.3).
const LEAST: f64 = 4.5;

/// `--NAME: #rrggbb` in a block of the style.
fn colours(block: &str) -> Vec<(&str, [f64; 3])> {
    let declarations = block.split(';').filter_map(|d| d.trim().strip_prefix("--"));
    declarations
        .filter_map(|d| {
            let (name, value) = d.split_once(": #")?;
            let part = |at: usize| u8::from_str_radix(value.get(at..at + 2)?, 16).ok();
            let rgb = [part(0)?, part(2)?, part(4)?];
            Some((name, rgb.map(|c| f64::from(c) / 255.0)))
        })
        .collect()
}

/// WCAG 2.2, "relative luminance".
fn luminance(rgb: [f64; 3]) -> f64 {
    let linear = |c: f64| match c <= 0.04045 {
        true => c / 12.92,
        false => ((c + 0.055) / 1.055).powf(2.4),
    };
    let [r, g, b] = rgb.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_stands_out_in_light_and_dark() {
    let blocks: Vec<&str> = STYLE.split(":root {").skip(1).collect();
    assert_eq!(blocks.len(), 2, "one palette for light, one for dark");
    for block in blocks {
        let colours = colours(block.split('}').next().unwrap());
        let of = |name: &str| colours.iter().find(|(n, _)| *n == name).map(|(_, c)| *c);
        let mut pairs = 0;
        for (name, front) in &colours {
            let Some(base) = name.strip_suffix("-fg") else {
                continue;
            };
            let back = of(&format!("{base}-bg")).unwrap_or_else(|| panic!("no {base}-bg"));
            let contrast = contrast(*front, back);
            assert!(contrast >= LEAST, "{name} on {base}-bg: {contrast:.2}");
            pairs += 1;
        }
        assert!(pairs > 20, "{pairs} pairs");
        for name in ["focus", "strong-line"] {
            assert!(of(name).is_some(), "{name}");
        }
        let focus = contrast(of("focus").unwrap(), of("paper-bg").unwrap());
        assert!(
            focus >= 3.0,
            "the focus ring: {focus:.2} (WCAG 2.2, 1.4.11)"
        );
    }
}

#[test]
fn contrast_is_that_of_the_guidelines() {
    let (black, white) = ([0.0; 3], [1.0; 3]);
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    assert!((contrast(white, [0x76 as f64 / 255.0; 3]) - 4.54).abs() < 0.01);
}

#[test]
fn every_colour_that_is_used_is_in_the_palette() {
    let declared = |name: &str| STYLE.matches(&format!("--{name}: ")).count();
    for part in STYLE.split("var(--").skip(1) {
        let name = part.split(')').next().unwrap();
        // Set on the element itself.
        if name != "share" {
            assert_eq!(declared(name), 2, "{name}, in light and dark");
        }
    }
}
