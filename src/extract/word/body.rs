//! The text of a part: paragraphs, runs, tables, content controls (ECMA-376 part 1, 17.2–17.5).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::numbering::{Counters, Numbering};
use super::table::{Merge, OpenCell, OpenTable};
use crate::config::ExtractConfig;
use crate::error::FileError;
use crate::extract::workbook::draft::Budget;
use crate::extract::workbook::xml;
use crate::model::{Block, Line};

/// Tables, paragraphs and controls nested deeper than this are read as if they stood at this depth.
const DEEPEST: usize = 64;
/// Ticked and empty boxes, whatever sign the form uses for them: Word's own sign for a tick is ☒.
const TICKED: char = '☑';
const EMPTY: char = '☐';

/// What was left out because a reader of the document would not see it.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    pub hidden: usize,
    pub struck: usize,
}

/// What a part holds.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub blocks: Vec<Block>,
    pub left_out: LeftOut,
    /// The part ends where it should.
    pub whole: bool,
}

/// A paragraph while it is read.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<u32>,
    level: u32,
}

/// A content control while it is read.
#[derive(Debug, Default)]
struct Control {
    checked: Option<bool>,
    placeholder: bool,
    /// Its content has begun, and is not read: the control says what it means.
    silent: bool,
}

#[derive(Debug, Default, Clone, Copy)]
struct Run {
    hidden: bool,
    struck: bool,
}

struct Reading<'a> {
    body: Body,
    /// Paragraphs outside tables so far.
    lines: u32,
    config: &'a ExtractConfig,
    budget: &'a mut Budget,
    counters: Counters<'a>,
    tables: Vec<OpenTable>,
    paragraphs: Vec<Paragraph>,
    controls: Vec<Control>,
    run: Option<Run>,
    /// In the properties of a paragraph, which do not apply to its text.
    in_properties: bool,
    in_text: bool,
    /// A check box of a form: its default, and what was chosen.
    form_box: Option<bool>,
}

impl Body {
    /// Reads a part.
    ///
    /// # Errors
    /// It holds more than allowed.
    pub(super) fn read(
        part: &str,
        numbering: &Numbering,
        config: &ExtractConfig,
        budget: &mut Budget,
    ) -> Result<Body, FileError> {
        let mut reading = Reading {
            body: Body::default(),
            lines: 0,
            config,
            budget,
            counters: Counters::new(numbering),
            tables: Vec::new(),
            paragraphs: Vec::new(),
            controls: Vec::new(),
            run: None,
            in_properties: false,
            in_text: false,
            form_box: None,
        };
        let mut reader = xml::reader(part);
        loop {
            match xml::next(&mut reader) {
                Event::Start(e) => reading.start(&e, &mut reader)?,
                Event::End(e) => reading.end(e.local_name().as_ref())?,
                Event::Eof => break,
                event => reading.text(&event),
            }
        }
        while !reading.tables.is_empty() {
            reading.end_table()?;
        }
        Ok(reading.body)
    }
}

impl Reading<'_> {
    fn start(&mut self, e: &BytesStart<'_>, reader: &mut Reader<&[u8]>) -> Result<(), FileError> {
        let val = |name| xml::attr(e, name).unwrap_or_default().into_owned();
        match e.local_name().as_ref() {
            // Shown by programs that do not know the choice before it; text that was moved away or
            // deleted; the reading above a word.
            "Fallback" | "moveFrom" | "del" | "rt" | "instrText" => skip(e, reader),
            "tbl" if self.tables.len() < DEEPEST => self.tables.push(OpenTable::default()),
            "tr" => self.table(OpenTable::begin_row),
            "gridBefore" => {
                let columns = xml::number(e, "val").unwrap_or(0);
                self.table(|t| t.skip(columns));
            }
            "tc" => self.table(|t| t.cell = Some(OpenCell::default())),
            "gridSpan" => {
                let span = xml::number(e, "val").unwrap_or(1);
                self.cell(|c| c.span = span);
            }
            "vMerge" => {
                let begins = val("val") == "restart";
                let merge = if begins {
                    Merge::Begins
                } else {
                    Merge::Continues
                };
                self.cell(|c| c.merge = merge);
            }
            "p" if self.paragraphs.len() < DEEPEST => self.paragraphs.push(Paragraph::default()),
            "pPr" => self.in_properties = true,
            "pStyle" => self.paragraph(|p| p.style = Some(val("val"))),
            "numId" => self.paragraph(|p| p.list = xml::number(e, "val")),
            "ilvl" => self.paragraph(|p| p.level = xml::number(e, "val").unwrap_or(0)),
            "r" => self.run = Some(Run::default()),
            "vanish" if xml::toggled(e) => self.run_is(|r| r.hidden = true),
            "strike" | "dstrike" if xml::toggled(e) => self.run_is(|r| r.struck = true),
            "t" => self.in_text = true,
            "tab" => self.push(' '),
            "br" | "cr" => self.push('\n'),
            "noBreakHyphen" => self.push('-'),
            "sym" => {
                let code = u32::from_str_radix(&val("char"), 16).ok();
                code.and_then(char::from_u32)
                    .into_iter()
                    .for_each(|c| self.push(c));
            }
            "sdt" if self.controls.len() < DEEPEST => self.controls.push(Control::default()),
            "checked" => {
                let on = xml::toggled(e);
                match &mut self.form_box {
                    Some(form_box) => *form_box = on,
                    None => self.control(|c| c.checked = Some(on)),
                }
            }
            "checkbox" => self.control(|c| c.checked = c.checked.or(Some(false))),
            "checkBox" => self.form_box = Some(false),
            "default" => {
                let on = xml::toggled(e);
                self.form_box = self.form_box.map(|_| on);
            }
            "showingPlcHdr" if xml::toggled(e) => self.control(|c| c.placeholder = true),
            "sdtContent" => self.begin_content(),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), FileError> {
        match name {
            "tbl" => self.end_table()?,
            "tr" => self.table(OpenTable::end_row),
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell(self.budget)?;
                }
            }
            "p" => self.end_paragraph()?,
            "pPr" => self.in_properties = false,
            "r" => self.run = None,
            "t" => self.in_text = false,
            "ffData" => {
                if let Some(on) = self.form_box.take() {
                    self.push(if on { TICKED } else { EMPTY });
                }
            }
            "sdt" => {
                self.controls.pop();
            }
            "body" | "hdr" | "ftr" | "comments" | "footnotes" | "endnotes" => {
                self.body.whole = true;
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, event: &Event<'_>) {
        if !self.in_text {
            return;
        }
        let mut text = String::new();
        xml::push_text(event, &mut text);
        self.push_str(&text);
    }

    fn table(&mut self, change: impl FnOnce(&mut OpenTable)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    fn cell(&mut self, change: impl FnOnce(&mut OpenCell)) {
        if let Some(cell) = self.tables.last_mut().and_then(|t| t.cell.as_mut()) {
            change(cell);
        }
    }

    fn paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|_| self.in_properties) {
            change(paragraph);
        }
    }

    fn run_is(&mut self, change: impl FnOnce(&mut Run)) {
        if let Some(run) = self.run.as_mut().filter(|_| !self.in_properties) {
            change(run);
        }
    }

    fn control(&mut self, change: impl FnOnce(&mut Control)) {
        if let Some(control) = self.controls.last_mut() {
            change(control);
        }
    }

    /// The content of a check box is its sign, that of an empty field a request to fill it in.
    fn begin_content(&mut self) {
        let Some(control) = self.controls.last_mut() else {
            return;
        };
        let checked = control.checked;
        control.silent = checked.is_some() || control.placeholder;
        if let Some(on) = checked {
            let sign = if on { TICKED } else { EMPTY };
            match self.paragraphs.last_mut() {
                Some(paragraph) => paragraph.text.push(sign),
                // A control around a whole paragraph or cell.
                None => self.cell(|c| c.paragraphs.push(sign.to_string())),
            }
        }
    }

    fn push(&mut self, c: char) {
        let mut buffer = [0; 4];
        self.push_str(c.encode_utf8(&mut buffer));
    }

    fn push_str(&mut self, text: &str) {
        let Some(run) = self.run.filter(|_| !self.in_properties) else {
            return;
        };
        if self.controls.iter().any(|c| c.silent) {
            return;
        }
        if (run.hidden || run.struck) && !self.config.include_hidden {
            let seen = usize::from(!text.trim().is_empty());
            self.body.left_out.hidden += if run.hidden { seen } else { 0 };
            self.body.left_out.struck += if run.hidden { 0 } else { seen };
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn end_paragraph(&mut self) -> Result<(), FileError> {
        let Some(paragraph) = self.paragraphs.pop() else {
            return Ok(());
        };
        let style = paragraph.style.as_deref();
        let mark = self.counters.next(paragraph.list, paragraph.level, style);
        let mut text = paragraph.text;
        if let Some(mark) = mark {
            let in_cell = self.tables.last().is_some_and(|t| t.cell.is_some());
            if !text.trim().is_empty() {
                text = format!("{mark} {}", text.trim_start());
            } else if in_cell {
                text = mark;
            }
        }
        if let Some(cell) = self.tables.last_mut().and_then(|t| t.cell.as_mut()) {
            cell.paragraphs.push(text);
            return Ok(());
        }
        self.lines = self.lines.saturating_add(1);
        if !text.trim().is_empty() {
            self.budget.take("the text", text.len())?;
            self.body.blocks.push(Block::Line(Line {
                text,
                page: None,
                sheet: None,
                line: Some(self.lines),
            }));
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), FileError> {
        let Some(mut table) = self.tables.pop() else {
            return Ok(());
        };
        table.end_cell(self.budget)?;
        let blocks = table.into_blocks();
        match self.tables.last_mut() {
            Some(outer) => outer.nested.extend(blocks),
            None => self.body.blocks.extend(blocks),
        }
        Ok(())
    }
}

/// Passes over an element and what is in it.
fn skip(e: &BytesStart<'_>, reader: &mut Reader<&[u8]>) {
    let name = e.local_name().as_ref().to_owned();
    let mut depth = 1;
    while depth > 0 {
        match xml::next(reader) {
            Event::Start(e) if e.local_name().as_ref() == name => depth += 1,
            Event::End(e) if e.local_name().as_ref() == name => depth -= 1,
            Event::Eof => return,
            _ => {}
        }
    }
}
