//! A worksheet's substream.

use super::super::bytes::{error_name, f64_at, rk, u16_at, u32_at};
use super::super::draft::{Budget, Draft, DraftCell, LAST, Region, Spans, sheet_place};
use super::globals::{Globals, SheetStart, Text};
use super::objects::Objects;
use super::record::{Chars, Record, Records, cell_head, rich, shared_index};
use crate::error::FileError;

/// Reads a worksheet, and says how many bytes of the stream it takes. `None` when the substream is
/// of another kind (a dialog).
///
/// # Errors
/// The workbook is cut off, or holds more cells than allowed.
pub fn read(
    stream: &[u8],
    start: &SheetStart,
    globals: &Globals,
    budget: &mut Budget,
) -> Result<(Option<Draft>, usize), FileError> {
    let mut sheet = Sheet {
        draft: Draft {
            name: start.name.as_str().into(),
            hidden: start.hidden,
            ..Draft::default()
        },
        globals,
        hidden_rows: Vec::new(),
        hidden_cols: Vec::new(),
        formula: None,
        objects: Objects::default(),
    };
    let mut records = Records::new(stream, start.start);
    let mut depth = 0u32;
    let mut counted = 0;
    let length = |records: &Records<'_>| stream.len().saturating_sub(start.start) - records.left();
    while let Some(record) = records.next() {
        match record.kind {
            // BOF: the sheet's own, or an embedded chart's.
            0x0809 => {
                depth += 1;
                if depth == 1 && u16_at(record.content, 2) != Some(0x0010) {
                    return Ok((None, length(&records)));
                }
            }
            // EOF
            0x000A => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Ok((Some(sheet.finish()), length(&records)));
                }
            }
            // WsBool: fDialog
            0x0081 if u16_at(record.content, 0).is_some_and(|f| f & 0x10 != 0) => {
                return Ok((None, length(&records)));
            }
            _ if depth > 1 => {}
            _ => {
                // A record too short for its content says nothing.
                let _ = sheet.record(record, &mut records);
            }
        }
        for cell in sheet.draft.cells.get(counted..).unwrap_or(&[]) {
            budget.take(&start.name, cell.text.len())?;
        }
        counted = sheet.draft.cells.len();
    }
    // Rows that are not there cannot be told from rows that were cut off, but for the end mark.
    Err(super::damaged("it is cut off").at(sheet_place(&start.name)))
}

struct Sheet<'g> {
    draft: Draft,
    globals: &'g Globals,
    hidden_rows: Vec<(u32, u32)>,
    hidden_cols: Vec<(u32, u32)>,
    /// Place and style of a formula whose text follows.
    formula: Option<(u32, u32, usize)>,
    objects: Objects,
}

impl Sheet<'_> {
    fn record(&mut self, record: Record<'_>, records: &mut Records<'_>) -> Option<()> {
        let content = record.content;
        match record.kind {
            // Row: fDyZero
            0x0208 => {
                if content.get(12)? & 0x20 != 0 {
                    let row = u32::from(u16_at(content, 0)?);
                    self.hidden_rows.push((row, row));
                }
            }
            // ColInfo: fHidden, or no width
            0x007D => {
                if u16_at(content, 8)? & 1 != 0 || u16_at(content, 4)? == 0 {
                    let cols = (u16_at(content, 0)?, u16_at(content, 2)?);
                    self.hidden_cols.push((cols.0.into(), cols.1.into()));
                }
            }
            // MergeCells
            0x00E5 => {
                for r in content.get(2..)?.chunks_exact(8) {
                    let at = |i| u16_at(r, i).map(u32::from);
                    let (top, left) = (at(0)?, at(4)?);
                    let (bottom, right) = (at(2)?, at(6)?);
                    self.draft
                        .merges
                        .push(Region::new((top, left), (bottom, right)));
                }
            }
            // Note
            0x001C if self.globals.coding.is_unicode => self.objects.note(content)?,
            // MsoDrawing
            0x00EC => self.objects.drawing(content)?,
            // Obj
            0x005D => self.objects.object(content)?,
            // TxO
            0x01B6 => self.objects.text(content, records.continued()),
            _ => return self.cell(record, records),
        }
        Some(())
    }

    fn cell(&mut self, record: Record<'_>, records: &mut Records<'_>) -> Option<()> {
        let content = record.content;
        let styles = &self.globals.styles;
        let coding = &self.globals.coding;
        let place = || cell_head(content);
        match record.kind {
            // LabelSst
            0x00FD => {
                let (row, col, style) = place()?;
                let cell = match self.globals.strings.get(shared_index(content)?)? {
                    Text::Plain(text) => styles.text(style, text.clone()),
                    Text::Rich(text) => DraftCell {
                        struck: text.struck(styles.is_struck(style)),
                        ..styles.text(style, text.text())
                    },
                };
                self.push(row, col, cell);
            }
            // Label
            0x0204 => {
                let (row, col, style) = place()?;
                self.push(
                    row,
                    col,
                    styles.text(style, coding.long(content.get(6..)?)?),
                );
            }
            // RString: a label with runs
            0x00D6 => {
                let (row, col, style) = place()?;
                let text = coding.long(content.get(6..)?)?;
                let mut cell = styles.text(style, text);
                if coding.is_unicode {
                    let units: Vec<u16> = cell.text.encode_utf16().collect();
                    let runs = label_runs(content).unwrap_or_default();
                    let text = rich(&units, &runs, |f| self.globals.is_struck(f));
                    cell.struck = text.struck(styles.is_struck(style));
                }
                self.push(row, col, cell);
            }
            // Number
            0x0203 => {
                let (row, col, style) = place()?;
                self.push(row, col, styles.number(style, f64_at(content, 6)?));
            }
            // RK
            0x027E => {
                let (row, col, style) = place()?;
                self.push(row, col, styles.number(style, rk(u32_at(content, 6)?)));
            }
            // MulRk
            0x00BD => {
                let (row, first, _) = place()?;
                for (col, number) in (first..).zip(content.get(4..)?.chunks_exact(6)) {
                    let style = usize::from(u16_at(number, 0)?);
                    let value = rk(u32_at(number, 2)?);
                    self.push(row, col, styles.number(style, value));
                }
            }
            // BoolErr
            0x0205 => {
                let (row, col, style) = place()?;
                let (value, is_error) = (*content.get(6)?, *content.get(7)? != 0);
                self.push(row, col, self.bool_or_error(style, value, is_error));
            }
            // Formula
            0x0006 => {
                let (row, col, style) = place()?;
                let value = content.get(6..14)?;
                if value.get(6..) != Some(&[0xFF, 0xFF]) {
                    self.push(row, col, styles.number(style, f64_at(value, 0)?));
                    return Some(());
                }
                match *value.first()? {
                    0 => self.formula = Some((row, col, style)),
                    kind @ (1 | 2) => {
                        let cell = self.bool_or_error(style, *value.get(2)?, kind == 2);
                        self.push(row, col, cell);
                    }
                    _ => {}
                }
            }
            // String: the result of the formula before it
            0x0207 => {
                let (row, col, style) = self.formula.take()?;
                let text = self.long_text(content, records)?;
                self.push(row, col, styles.text(style, text));
            }
            _ => {}
        }
        Some(())
    }

    fn push(&mut self, row: u32, col: u32, cell: DraftCell) {
        if !cell.text.is_empty() && col <= LAST.1 {
            self.draft.cells.push(DraftCell { row, col, ..cell });
        }
    }

    fn bool_or_error(&self, style: usize, value: u8, is_error: bool) -> DraftCell {
        let styles = &self.globals.styles;
        if is_error {
            styles.error(style, error_name(value))
        } else {
            styles.truth(style, value != 0)
        }
    }

    fn long_text(&self, content: &[u8], records: &mut Records<'_>) -> Option<String> {
        let coding = &self.globals.coding;
        let continued = records.continued();
        if !coding.is_unicode || continued.is_empty() {
            return coding.long(content);
        }
        let mut chars = Chars::new(content, continued);
        Some(String::from_utf16_lossy(&chars.shared_string()?.units))
    }

    fn finish(mut self) -> Draft {
        self.draft.attached = self.objects.attached();
        self.draft.hidden_rows = Spans::new(self.hidden_rows);
        self.draft.hidden_cols = Spans::new(self.hidden_cols);
        self.draft
    }
}

/// The runs after a label's text: a count, then first unit and font of each.
fn label_runs(content: &[u8]) -> Option<Vec<(u16, u16)>> {
    let length = usize::from(u16_at(content, 6)?);
    let width = if content.get(8)? & 1 != 0 { 2 } else { 1 };
    let runs = content.get(9 + length * width..)?;
    let run = |b: &[u8]| Some((u16_at(b, 0)?, u16_at(b, 2)?));
    runs.get(2..)?.chunks_exact(4).map(run).collect()
}
