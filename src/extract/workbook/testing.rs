//! Small workbooks built in the tests that read them.

use std::io::{Cursor, Read, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::draft::cell_name;
use crate::config::ExtractConfig;
use crate::error::FileError;
use crate::model::{Anchor, Block, Extraction, Format, Source, Table, WarningCode};

/// A zip of these parts, deflated.
pub fn zip_of<N: AsRef<str>, B: AsRef<[u8]>>(parts: &[(N, B)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_ref(), SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(bytes.as_ref()).expect("its bytes");
    }
    zip.finish().expect("a zip").into_inner()
}

/// An XLSX in the making.
#[derive(Default)]
pub struct Xlsx {
    parts: Vec<(String, String)>,
    sheets: String,
    relations: String,
    count: usize,
    /// Attributes of `workbookPr`.
    pub properties: &'static str,
}

impl Xlsx {
    /// A workbook of one visible sheet with this in its `worksheet` element.
    pub fn of(content: &str) -> Self {
        Xlsx::default().sheet("回答", "", content)
    }

    /// A workbook of one sheet with these rows.
    pub fn rows(rows: &str) -> Self {
        Xlsx::of(&format!("<sheetData>{rows}</sheetData>"))
    }

    /// Adds a worksheet; `attributes` such as `state="hidden"`.
    pub fn sheet(self, name: &str, attributes: &str, content: &str) -> Self {
        let ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let part = format!("<worksheet xmlns=\"{ns}\">{content}</worksheet>");
        self.sheet_of("worksheet", name, attributes, &part)
    }

    /// Adds a sheet of any kind.
    pub fn sheet_of(mut self, kind: &str, name: &str, attributes: &str, part: &str) -> Self {
        self.count += 1;
        let n = self.count;
        self.sheets.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"s{n}\" {attributes}/>"
        ));
        self.relations.push_str(&relation(
            &format!("s{n}"),
            kind,
            &format!("sheets/s{n}.xml"),
        ));
        self.part(&format!("xl/sheets/s{n}.xml"), part)
    }

    /// Adds `styles.xml`.
    pub fn styles(mut self, content: &str) -> Self {
        self.relations
            .push_str(&relation("st", "styles", "styles.xml"));
        self.part(
            "xl/styles.xml",
            &format!("<styleSheet>{content}</styleSheet>"),
        )
    }

    /// Adds shared strings.
    pub fn strings(mut self, content: &str) -> Self {
        self.relations
            .push_str(&relation("ss", "sharedStrings", "sharedStrings.xml"));
        self.part("xl/sharedStrings.xml", &format!("<sst>{content}</sst>"))
    }

    /// Adds a part to which the first sheet is related.
    pub fn related(self, kind: &str, content: &str) -> Self {
        let rels = "xl/sheets/_rels/s1.xml.rels".to_owned();
        let name = format!("xl/{kind}1.xml");
        let entry = relation(&format!("r{kind}"), kind, &format!("../{kind}1.xml"));
        let mut book = self.part(&name, content);
        match book.parts.iter_mut().find(|(n, _)| *n == rels) {
            Some((_, part)) => *part = part.replace("</", &format!("{entry}</")),
            None => book
                .parts
                .push((rels, format!("<Relationships>{entry}</Relationships>"))),
        }
        book
    }

    /// Adds a part as it is.
    pub fn part(mut self, name: &str, content: &str) -> Self {
        self.parts.push((name.to_owned(), content.to_owned()));
        self
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut parts = vec![
            (
                "_rels/.rels".to_owned(),
                format!(
                    "<Relationships>{}</Relationships>",
                    relation("r", "officeDocument", "xl/workbook.xml")
                ),
            ),
            (
                "xl/workbook.xml".to_owned(),
                format!(
                    "<workbook><workbookPr {}/><sheets>{}</sheets></workbook>",
                    self.properties, self.sheets
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels".to_owned(),
                format!("<Relationships>{}</Relationships>", self.relations),
            ),
        ];
        parts.extend(self.parts.iter().cloned());
        zip_of(&parts)
    }

    /// What comes out with the default settings.
    pub fn read(&self) -> Extraction {
        read(self.bytes(), Format::Xlsx, &ExtractConfig::default()).expect("a workbook")
    }

    /// What comes out with hidden content kept.
    pub fn read_all(&self) -> Extraction {
        let config = ExtractConfig {
            include_hidden: true,
            ..ExtractConfig::default()
        };
        read(self.bytes(), Format::Xlsx, &config).expect("a workbook")
    }
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    let ns = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    format!("<Relationship Id=\"{id}\" Type=\"{ns}/{kind}\" Target=\"{target}\"/>")
}

/// Extracts from bytes.
pub fn read(
    bytes: Vec<u8>,
    format: Format,
    config: &ExtractConfig,
) -> Result<Extraction, FileError> {
    let source = Source {
        path: "test".to_owned(),
        bytes,
    };
    super::extract(&source, format, config)
}

/// The tables.
pub fn tables<'e>(extraction: &'e Extraction) -> Vec<&'e Table> {
    let table = |block: &'e Block| match block {
        Block::Table(table) => table,
        Block::Line(line) => panic!("no line expected: {}", line.text),
    };
    extraction.blocks.iter().map(table).collect()
}

/// The cells of all tables in one line: `A1=はい B2:C3=text`.
pub fn cells(extraction: &Extraction) -> String {
    let mut shown = Vec::new();
    for table in tables(extraction) {
        let Anchor::Sheet { top, left } = table.anchor else {
            panic!("a worksheet's anchor expected");
        };
        for cell in &table.cells {
            let mut name = cell_name(top + cell.row, left + cell.col);
            if (cell.rows, cell.cols) != (1, 1) {
                let (row, col) = (cell.row + cell.rows - 1, cell.col + cell.cols - 1);
                assert!(row < table.rows && col < table.cols, "outside: {name}");
                name.push_str(&format!(":{}", cell_name(top + row, left + col)));
            }
            shown.push(format!("{name}={}", cell.text));
        }
    }
    shown.join(" ")
}

/// The warnings' codes and messages.
pub fn warnings(extraction: &Extraction) -> Vec<(WarningCode, String)> {
    let told = |w: &crate::model::Warning| {
        let place = w
            .place
            .as_ref()
            .map(|p| format!("{p}: "))
            .unwrap_or_default();
        (w.code, format!("{place}{}", w.message))
    };
    extraction.warnings.iter().map(told).collect()
}

/// Cuts a file at every 200th byte and flips bits all over it: whatever comes out, nothing panics
/// and no limit is passed.
pub fn hostile(bytes: &[u8], format: Format) {
    let step = 200.max(bytes.len() / 400);
    for end in (0..bytes.len()).step_by(step) {
        check(bytes.get(..end).unwrap_or(&[]).to_vec(), format);
    }
    let mut random = Random(42);
    for round in 0..400 {
        let mut damaged = bytes.to_vec();
        random.damage(&mut damaged, round % 8 + 1);
        check(damaged, format);
    }
}

/// The same behind the checksums: damages the parts of a package and zips them again.
pub fn hostile_parts(bytes: &[u8], format: Format) {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut parts = Vec::new();
    for i in 0..zip.len() {
        let mut entry = zip.by_index(i).expect("a part");
        let name = entry.name().expect("its name").into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("its bytes");
        parts.push((name, content));
    }
    let mut random = Random(7);
    for round in 0..600 {
        let mut damaged = parts.clone();
        let part = random.below(damaged.len());
        if let Some((_, content)) = damaged.get_mut(part) {
            if round % 5 == 0 {
                let end = random.below(content.len() + 1);
                content.truncate(end);
            } else {
                random.damage(content, round % 6 + 1);
            }
        }
        check(zip_of(&damaged), format);
    }
}

fn check(bytes: Vec<u8>, format: Format) {
    let config = ExtractConfig {
        max_inflated_bytes: 4 << 20,
        max_cells: 20_000,
        ..ExtractConfig::default()
    };
    if let Ok(extraction) = read(bytes, format, &config) {
        let cells: usize = tables(&extraction).iter().map(|t| t.cells.len()).sum();
        assert!(cells as u64 <= 2 * config.max_cells, "{cells} cells");
    }
}

/// A small seeded generator.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n.max(1)
    }

    fn damage(&mut self, bytes: &mut [u8], places: usize) {
        for _ in 0..places {
            let (at, bit) = (self.below(bytes.len()), self.below(8));
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << bit;
            }
        }
    }
}
