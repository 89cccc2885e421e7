//! `report.html`: comparison and review in a browser, in one file that asks for nothing else.
//!
//! What the documents hold goes into the page as one block of JSON: texts once each, rows as
//! columns of numbers (see [`columns`]). The page's own script draws it. No text of a sheet is
//! ever markup: in the block, characters that could end it are escaped (see [`embedded`]); out of
//! it, everything becomes a text node; and the page's policy runs no script but its own.
//!
//! **What grows.** Until the end of the run this block is in memory: about 100 bytes for a row and
//! each distinct text twice (as JSON, and to find it again). Beyond 56 MB of it a row adds some ten
//! bytes, whatever it says: see [`detail`]. What a page leaves out is said in it, and stands in `documents/*.json`.

mod columns;
mod content;
mod detail;
mod embedded;
mod items;
mod labels;
mod page;
mod strings;
#[cfg(test)]
mod tests;
mod words;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use self::content::Content;
use super::{Imported, Plan, Run, RunFile};

/// Begins the report.
pub(super) fn begin(path: &Path, plan: &Arc<Plan>) -> io::Result<Box<dyn RunFile>> {
    Ok(Box::new(Report {
        file: File::options().write(true).truncate(true).open(path)?,
        content: Content::new(&plan.catalogs),
        plan: Arc::clone(plan),
    }))
}

/// A report under way.
struct Report {
    file: File,
    content: Content,
    plan: Arc<Plan>,
}

impl RunFile for Report {
    fn add(&mut self, imported: &Imported) -> io::Result<()> {
        self.content.add(imported);
        Ok(())
    }

    fn finish(self: Box<Self>, run: &Run) -> io::Result<()> {
        let mut file = BufWriter::new(self.file);
        page::write(self.content, run, self.plan.language, &mut file)?;
        file.flush()
    }
}
