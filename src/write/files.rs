use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use super::atomic::AtomicFile;
use super::export::{Maker, export, maker};
use super::folder::failed;
use super::run_file::Writer;
use super::{Imported, Plan, Run};
use crate::error::RunError;

/// Buffer of each file of rows, in bytes: a few documents' worth.
const BUFFER: usize = 1 << 18;

/// The outputs of a run under way.
#[derive(Debug)]
pub struct Files {
    rows: Vec<BufWriter<AtomicFile>>,
    /// Files about the whole run, each with the temporary file it fills.
    run: Vec<(Writer, AtomicFile)>,
}

impl Files {
    /// Begins the outputs of `plan` in `folder`.
    pub(super) fn begin(folder: &Path, plan: &Arc<Plan>) -> Result<Self, RunError> {
        let (mut rows, mut run) = (Vec::new(), Vec::new());
        for output in plan.outputs() {
            let at = folder.join(output.file());
            let begun = AtomicFile::create(folder, output.file()).and_then(|file| {
                match maker(*output) {
                    Maker::Rows(_) => rows.push(BufWriter::with_capacity(BUFFER, file)),
                    Maker::Run(make) => {
                        let writer = Writer::begin(*output, make, file.temporary(), plan)?;
                        run.push((writer, file));
                    }
                }
                Ok(())
            });
            begun.map_err(|e| failed(&at, "write", e))?;
        }
        let mut files = Files { rows, run };
        let heads = plan
            .outputs()
            .iter()
            .filter_map(|o| Some(export(*o)?.head()));
        files.append(&heads.collect::<Vec<_>>(), None)?;
        Ok(files)
    }

    /// Appends one document: a piece for each output of rows (see [`super::pieces`]), and the
    /// document itself where the plan has files about the whole run.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn append(
        &mut self,
        pieces: &[Vec<u8>],
        imported: Option<&Arc<Imported>>,
    ) -> Result<(), RunError> {
        for (file, piece) in self.rows.iter_mut().zip(pieces) {
            file.write_all(piece)
                .map_err(|e| failed(file.get_ref().path(), "write", e))?;
        }
        if let Some(imported) = imported {
            self.run.iter().for_each(|(writer, _)| writer.add(imported));
        }
        Ok(())
    }

    /// Puts the files under their names. `run` is complete but for its timings.
    pub(super) fn finish(self, run: &Arc<Run>) -> Result<(), RunError> {
        self.run.iter().for_each(|(writer, _)| writer.close(run));
        for file in self.rows {
            let path = file.get_ref().path().to_owned();
            file.into_inner()
                .map_err(io::IntoInnerError::into_error)
                .and_then(|file| file.finish(true))
                .map_err(|e| failed(&path, "write", e))?;
        }
        for (writer, file) in self.run {
            let path = file.path().to_owned();
            writer
                .wait()
                .and_then(|()| file.finish(true))
                .map_err(|e| failed(&path, "write", e))?;
        }
        Ok(())
    }
}
