//! `torikomi.xlsx`: what a procurement team opens.
//!
//! ```text
//! 比較      items down, documents across        comparison
//! 行        every row, flat                     rows
//! 要確認    rows that wait for a decision       queue, choices
//! 差し戻し  what to ask the vendors             asks, contradiction
//! 取込結果  the run                             result
//! 選択肢    hidden: what the drop-downs show    choices
//! ```
//!
//! Rows are compressed to a temporary file beside the workbook as documents come. What grows in memory is the
//! answers of the comparison (at most a million), the rows that wait and what to ask (some ten
//! thousands each, see `MOST` there) and a few words about each document.
//!
//! The same run gives the same bytes: the date in the properties is fixed, and nothing comes out of
//! a hash map in its order.

mod asks;
mod choices;
mod comparison;
mod contradiction;
mod items;
mod label;
mod link;
mod markup;
mod package;
mod page;
mod part;
mod place;
mod queue;
mod result;
mod rows;
mod said;
mod style;
#[cfg(test)]
mod tests;
mod text;

use std::any::Any;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use zip::result::ZipError;

use super::{Imported, Plan, Run, RunFile};
use asks::Asks;
use choices::Choices;
use comparison::Comparison;
use items::Items;
use link::Links;
use queue::Queue;
use result::{Told, Warnings};
use rows::Rows;
use style::Styles;

/// Height of a row without one of its own, and width of such a column, in pixels.
const DEFAULT_SIZE: (u32, u32) = (22, 72);

/// How hard the package is compressed, 1 to 9: a third effort saves a twelfth and takes half as long
/// again, while nothing else is left to do.
const EFFORT: u8 = 2;

/// The date in the properties, so that the same run gives the same bytes.
const CREATED: (u16, u8, u8) = (2000, 1, 1);

/// Begins the file.
pub(super) fn begin(path: &Path, plan: &Arc<Plan>) -> io::Result<Box<dyn RunFile>> {
    let book = Book::begin(path, plan).map_err(failed)?;
    Ok(Box::new(book))
}

/// A document as the sheets name it.
#[derive(Debug)]
struct Head {
    vendor: Option<String>,
    /// Its input's name without folders.
    file: String,
    /// Its input.
    path: String,
    /// Its file in the out folder.
    document: String,
    link: Option<String>,
}

/// The workbook under way.
struct Book {
    path: PathBuf,
    /// Where it and temporary files go.
    folder: PathBuf,
    plan: Arc<Plan>,
    items: Items,
    workbook: Workbook,
    styles: Styles,
    links: Links,
    heads: Vec<Head>,
    rows: Rows,
    comparison: Comparison,
    queue: Queue,
    asks: Asks,
    warnings: Warnings,
}

impl Book {
    fn begin(path: &Path, plan: &Arc<Plan>) -> Result<Self, XlsxError> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let styles = Styles::new();
        let mut workbook = workbook(folder, &styles)?;
        workbook.set_properties(&properties(plan)?);
        let rows = Rows::new(&mut workbook, &styles, folder, plan.language)?;
        Ok(Book {
            path: path.to_owned(),
            folder: folder.to_owned(),
            plan: Arc::clone(plan),
            items: Items::new(&plan.catalogs, plan.language),
            links: Links::from(folder),
            heads: Vec::new(),
            rows,
            workbook,
            styles,
            comparison: Comparison::new(),
            queue: Queue::default(),
            asks: Asks::default(),
            warnings: Warnings::default(),
        })
    }

    fn take(&mut self, imported: &Imported) -> Result<(), XlsxError> {
        let (document, language) = (&imported.document, self.plan.language);
        let path = &document.source.path;
        let number = self.heads.len() as u32;
        let head = Head {
            vendor: document.vendor.clone(),
            file: path.rsplit('/').next().unwrap_or_default().to_owned(),
            path: path.clone(),
            document: imported.file.clone(),
            link: self.links.to(path),
        };
        let items = &self.items;
        let link = head.link.as_deref();
        self.rows
            .add(imported, link, &mut self.workbook, items, &self.styles)?;
        let coverage = items.coverage(document);
        self.comparison
            .add(number, document, items, &coverage, language);
        self.asks.add(number, document, items, &coverage, language);
        self.queue.add(number, document, language);
        self.warnings.add(number, document);
        self.heads.push(head);
        Ok(())
    }

    fn close(self, run: &Run) -> Result<(), XlsxError> {
        let Book {
            path,
            folder,
            plan,
            items,
            mut workbook,
            styles,
            heads,
            rows,
            comparison,
            mut queue,
            asks,
            warnings,
            ..
        } = self;
        let language = plan.language;
        let compared = comparison.sheets();
        for n in 0..compared {
            let name = numbered_sheet(label::COMPARISON.of(language), n);
            workbook.add_worksheet().set_name(name)?;
        }
        let (sheets, rows): (Vec<_>, Vec<_>) = rows.finish()?.into_iter().unzip();
        for sheet in sheets {
            workbook.push_worksheet(sheet);
        }
        for name in [label::QUEUE, label::ASKS, label::RESULT, label::CHOICES] {
            workbook.add_worksheet().set_name(name.of(language))?;
        }
        let told = Told {
            run,
            heads: &heads,
            warnings: &warnings,
            styles: &styles,
            language,
        };
        let (sheets, others) = workbook.worksheets_mut().split_at_mut(compared);
        thread::scope(|scope| {
            // Nothing else is left to do: the large sheet is filled beside the others.
            let large = thread::Builder::new().spawn_scoped(scope, || {
                comparison.write(sheets, &plan.catalogs, &items, &heads, &styles, language)
            })?;
            if let [.., queued, asked, result, listed] = others {
                let mut choices = Choices::new(&items, language);
                queue.write(queued, &heads, &items, &mut choices, &styles, language)?;
                asks.write(asked, &heads, &styles, language)?;
                told.write(result)?;
                choices.write(listed)?;
            }
            large.join().unwrap_or_else(|panic| resume_unwind(panic))
        })?;
        let mut saved = BufWriter::new(tempfile::tempfile_in(folder)?);
        workbook.save_to_writer(&mut saved)?;
        let saved = saved.into_inner().map_err(io::IntoInnerError::into_error)?;
        package::assemble(saved, compared, rows, File::create(&path)?)
    }
}

impl RunFile for Book {
    fn add(&mut self, imported: &Imported) -> io::Result<()> {
        guarded(|| self.take(imported))
    }

    fn finish(self: Box<Self>, run: &Run) -> io::Result<()> {
        guarded(|| self.close(run))
    }
}

/// Does some writing. The library panics where its temporary file cannot be written.
fn guarded<T>(writing: impl FnOnce() -> Result<T, XlsxError>) -> io::Result<T> {
    match catch_unwind(AssertUnwindSafe(writing)) {
        Ok(result) => result.map_err(failed),
        Err(panic) if said(panic.as_ref()).contains("write to xml file") => {
            Err(ErrorKind::StorageFull.into())
        }
        Err(panic) => resume_unwind(panic),
    }
}

fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or_default()
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        XlsxError::TempFileError(_, error) => error,
        XlsxError::ZipError(ZipError::Io(error)) => error,
        error => io::Error::other(error),
    }
}

/// A workbook without sheets.
fn workbook(folder: &Path, styles: &Styles) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let (height, width) = DEFAULT_SIZE;
    workbook.set_tempdir(folder)?;
    workbook.set_zip_compression_level(EFFORT);
    workbook.set_default_format(&styles.plain, height, width)?;
    Ok(workbook)
}

fn properties(plan: &Plan) -> Result<DocProperties, XlsxError> {
    let (year, month, day) = CREATED;
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    Ok(DocProperties::new()
        .set_title(label::COMPARISON_TITLE.of(plan.language))
        .set_author("torikomi")
        .set_creation_datetime(&created))
}

/// The name of the nth sheet of a kind, from 0 on.
fn numbered_sheet(name: &str, n: usize) -> String {
    match n {
        0 => name.to_owned(),
        n => format!("{name} ({})", n + 1),
    }
}
