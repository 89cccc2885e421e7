//! A page as a picture, so that a person sees why a table came out as it did.

use std::fmt::Write;

use super::geometry::Rect;
use super::layout::Piece;
use super::page::Page;

/// Characters over rulings (red), shadings (grey), tables (orange) with how each was found, their
/// cells (blue where ruled, violet where not) and lines (green).
pub fn draw(page: &Page, pieces: &[Piece]) -> String {
    let (w, h) = (page.width, page.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" \
         viewBox=\"0 0 {w} {h}\">\n<rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\n"
    );
    for shading in &page.shadings {
        rect(&mut out, shading, "fill=\"#eee\"", None);
    }
    for ruling in &page.rulings {
        let r = &ruling.rect;
        let _ = writeln!(
            out,
            "<line x1=\"{:.2}\" y1=\"{:.2}\" x2=\"{:.2}\" y2=\"{:.2}\" stroke=\"#d33\" \
             stroke-width=\"0.5\"/>",
            r.x0, r.y0, r.x1, r.y1
        );
    }
    for piece in pieces {
        match piece {
            Piece::Line(line) => {
                let style = "fill=\"none\" stroke=\"#393\" stroke-width=\"0.4\"";
                rect(&mut out, &line.rect, style, Some(&line.text));
            }
            Piece::Table(table) => {
                let method = if table.grid.ruled {
                    "lattice"
                } else {
                    "stream"
                };
                let region = format!("{method}: {}", table.why);
                let style = "fill=\"none\" stroke=\"#f90\" stroke-width=\"1.5\"";
                rect(&mut out, &table.grid.rect(), style, Some(&region));
                for (cell, text) in table.grid.cells.iter().zip(&table.texts) {
                    let title = format!("row {} column {}: {text}", cell.row, cell.col);
                    let style = if table.grid.ruled {
                        "fill=\"#36f\" fill-opacity=\"0.06\" stroke=\"#36f\" stroke-width=\"0.6\""
                    } else {
                        "fill=\"#93f\" fill-opacity=\"0.06\" stroke=\"#93f\" stroke-width=\"0.6\""
                    };
                    rect(&mut out, &table.grid.cell_rect(cell), style, Some(&title));
                }
            }
        }
    }
    for c in page
        .chars
        .iter()
        .chain(&page.overlaid)
        .filter(|c| !c.c.is_whitespace())
    {
        let baseline = c.rect.y1 - c.size * 0.12;
        let _ = writeln!(
            out,
            "<text x=\"{:.2}\" y=\"{baseline:.2}\" font-size=\"{:.2}\">{}</text>",
            c.rect.x0,
            c.size,
            escape(&c.c.to_string())
        );
    }
    out.push_str("</svg>\n");
    out
}

fn rect(out: &mut String, r: &Rect, style: &str, title: Option<&str>) {
    let _ = write!(
        out,
        "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" {style}>",
        r.x0,
        r.y0,
        r.width().max(0.0),
        r.height().max(0.0)
    );
    if let Some(title) = title {
        let _ = write!(out, "<title>{}</title>", escape(title));
    }
    out.push_str("</rect>\n");
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // What XML cannot hold.
            c if c.is_control() && c != '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::set;
    use super::*;

    #[test]
    fn a_page_is_drawn_as_valid_markup() {
        let page = Page {
            number: 1,
            width: 100.0,
            height: 50.0,
            chars: set("A<B&可", 1.0, 1.0),
            ..Page::default()
        };
        let svg = draw(&page, &[]);
        assert!(svg.contains("&lt;") && svg.contains("&amp;") && svg.contains("可"));
        assert_eq!(svg.matches("<text").count(), 5);
    }
}
