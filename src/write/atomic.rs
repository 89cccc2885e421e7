use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Affixes of temporary names: hidden, so that nobody takes an unfinished file for a result, and
/// peculiar enough that those of a killed run can be cleared away.
const PREFIX: &str = ".";
const SUFFIX: &str = ".torikomi-tmp";

/// A file that appears under its name only once it is whole. Dropped before [`finish`], it leaves
/// nothing behind.
///
/// [`finish`]: AtomicFile::finish
#[derive(Debug)]
pub(super) struct AtomicFile {
    file: File,
    temporary: PathBuf,
    path: PathBuf,
    finished: bool,
}

impl AtomicFile {
    /// Starts a file that will be called `name` in `folder`.
    pub(super) fn create(folder: &Path, name: &str) -> io::Result<Self> {
        let temporary = folder.join(format!("{PREFIX}{name}{SUFFIX}"));
        Ok(AtomicFile {
            file: File::create(&temporary)?,
            temporary,
            path: folder.join(name),
            finished: false,
        })
    }

    /// Where it will stand.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where it stands until then, for writers that ask for a path.
    pub(super) fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// Puts it under its name. `durable` waits until its content is on the disk.
    pub(super) fn finish(mut self, durable: bool) -> io::Result<()> {
        if durable {
            self.file.sync_all()?;
        }
        fs::rename(&self.temporary, &self.path)?;
        self.finished = true;
        Ok(())
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Writes a whole file.
pub(super) fn write(folder: &Path, name: &str, bytes: &[u8], durable: bool) -> io::Result<()> {
    let mut file = AtomicFile::create(folder, name)?;
    file.write_all(bytes)?;
    file.finish(durable)
}

/// Removes what a killed run left under temporary names.
pub(super) fn clear_temporary(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if is_temporary(&entry.file_name().to_string_lossy()) && !entry.file_type()?.is_dir() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Whether a name is one of those that unfinished files have.
pub(super) fn is_temporary(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}
