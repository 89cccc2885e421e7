//! Layouts as people draw them, `|` between cells, and the rows they mean.

mod choices;
mod dialogues;
mod dittos;
mod grids;
mod headers;
mod rows;

use crate::catalog::{Catalogs, DataFiles};
use crate::interpret::Interpreter;
use crate::model::{
    Anchor, Block, Cell, CellFlags, CellKind, Extraction, Format, Interpretation, Line,
    OutsideKind, Table,
};
use crate::notation::Notation;

struct Stage {
    interpreter: Interpreter,
    notation: Notation,
}

/// With the catalogs' words as hints, and without any: no layout may depend on them.
fn stages() -> [Stage; 2] {
    let files = DataFiles::open(None).unwrap();
    let all = Catalogs::load(&files, &[]).unwrap();
    [all, Catalogs::default()].map(|catalogs| Stage {
        interpreter: Interpreter::load(|n| files.read(n), &catalogs).unwrap(),
        notation: Notation::load(|n| files.read(n)).unwrap(),
    })
}

/// A text sheet: lines with `|` are table rows.
fn sheet(text: &str) -> Extraction {
    let mut blocks: Vec<Block> = Vec::new();
    let mut run: Vec<(u32, &str)> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let line = line.strip_suffix('$').unwrap_or(line);
        if line.contains('|') {
            run.push((i as u32 + 1, line));
            continue;
        }
        table(&mut run, &mut blocks);
        if !line.is_empty() {
            let line = Line {
                text: line.to_owned(),
                page: None,
                sheet: None,
                line: Some(i as u32 + 1),
            };
            blocks.push(Block::Line(line));
        }
    }
    table(&mut run, &mut blocks);
    Extraction {
        format: Format::Text,
        encoding: None,
        blocks,
        warnings: Vec::new(),
    }
}

fn table(run: &mut Vec<(u32, &str)>, blocks: &mut Vec<Block>) {
    let mut cells = Vec::new();
    for (row, (_, line)) in run.iter().enumerate() {
        for (col, text) in line.split('|').enumerate().filter(|(_, t)| !t.is_empty()) {
            cells.push(cell(row as u32, col as u32, 1, 1, text));
        }
    }
    if !run.is_empty() {
        let anchor = Anchor::Lines(run.iter().map(|r| r.0).collect());
        let cols = cells.iter().map(|c: &Cell| c.col + 1).max().unwrap_or(0);
        let rows = run.len() as u32;
        blocks.push(Block::Table(Table {
            page: None,
            sheet: None,
            rows,
            cols,
            cells,
            anchor,
            found: None,
        }));
    }
    run.clear();
}

fn cell(row: u32, col: u32, rows: u32, cols: u32, text: &str) -> Cell {
    let (kind, flags) = (CellKind::Text, CellFlags::default());
    Cell {
        row,
        col,
        rows,
        cols,
        text: text.to_owned(),
        kind,
        flags,
    }
}

fn worksheet(cells: Vec<Cell>) -> Extraction {
    let rows = cells.iter().map(|c| c.row + c.rows).max().unwrap_or(0);
    let cols = cells.iter().map(|c| c.col + c.cols).max().unwrap_or(0);
    let anchor = Anchor::Sheet { top: 0, left: 0 };
    let table = Table {
        page: None,
        sheet: Some("Sheet1".into()),
        rows,
        cols,
        cells,
        anchor,
        found: None,
    };
    let blocks = vec![Block::Table(table)];
    Extraction {
        format: Format::Xlsx,
        encoding: None,
        blocks,
        warnings: Vec::new(),
    }
}

/// A row as `number|section|category|item|description|unit|mark|text`.
fn lines(sheet: &Interpretation) -> Vec<String> {
    let show = |s: &Option<String>| s.clone().unwrap_or_default();
    let line = |r: &crate::model::RawRow| {
        [
            show(&r.number),
            show(&r.section),
            show(&r.category),
            show(&r.item),
            show(&r.description),
            show(&r.unit),
            show(&r.mark),
            r.text.join("+"),
        ]
        .join("|")
    };
    sheet.rows.iter().map(line).collect()
}

#[track_caller]
fn reads(extraction: &Extraction, expected: &[&str]) -> Interpretation {
    let [with, without] = stages();
    for stage in [with, without] {
        let sheet = stage
            .interpreter
            .interpret(extraction, &stage.notation)
            .unwrap();
        assert_eq!(lines(&sheet), expected);
        everything_is_accounted_for(extraction, &sheet);
    }
    let [with, _] = stages();
    with.interpreter
        .interpret(extraction, &with.notation)
        .unwrap()
}

/// Every cell of the input is in a row or outside.
#[track_caller]
fn everything_is_accounted_for(extraction: &Extraction, sheet: &Interpretation) {
    let mut found = lines(sheet).join("\n");
    for row in &sheet.rows {
        // A number may have been cut off the cell that carries it.
        let number = row.number.as_deref().unwrap_or_default();
        for text in row.item.iter().chain(&row.description) {
            found += &format!("\n{number}{text}\n{number} {text}");
        }
        for said in row.said.values() {
            found += &format!("\n{said}");
        }
        for other in &row.other {
            found += &format!("\n{}", other.text);
        }
    }
    for outside in &sheet.outside {
        found += &format!("\n{}", outside.text);
    }
    for block in &extraction.blocks {
        match block {
            Block::Line(line) => assert!(found.contains(line.text.trim()), "lost: {}", line.text),
            Block::Table(table) => {
                for cell in &table.cells {
                    assert!(found.contains(cell.text.trim()), "lost: {}", cell.text);
                }
            }
        }
    }
}

fn kinds(sheet: &Interpretation) -> Vec<OutsideKind> {
    sheet.outside.iter().map(|o| o.kind).collect()
}
