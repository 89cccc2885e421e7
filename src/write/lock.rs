use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::timings::iso;
use crate::error::RunError;

/// The file that is locked while a run writes to a folder. It says who holds it.
pub(super) const LOCK: &str = ".torikomi-lock";

/// Longest text of a holder that is believed, in bytes.
const LONGEST: u64 = 200;

/// The right to write to an out folder; given back when dropped, and by the system when the process
/// dies, however it does. What a dead run left behind is no lock.
#[derive(Debug)]
pub struct FolderLock {
    file: File,
    path: PathBuf,
}

impl FolderLock {
    /// Takes the lock of `out`, which is made if it is not there. Where another run holds it: waits
    /// for its end if `wait` says so.
    ///
    /// # Errors
    /// Another run holds it, or the folder cannot be made or written to.
    pub fn take(out: &Path, wait: bool) -> Result<Self, RunError> {
        let failed = |action, source| RunError::Io {
            path: out.display().to_string(),
            action,
            source,
        };
        fs::create_dir_all(out).map_err(|e| failed("create the out folder", e))?;
        let path = out.join(LOCK);
        loop {
            let file = open(&path).map_err(|e| failed("write to the out folder", e))?;
            let locked = match wait {
                true => file.lock().map_err(TryLockError::Error),
                false => file.try_lock(),
            };
            match locked {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(held(out)),
                Err(TryLockError::Error(e)) => return Err(failed("lock the out folder", e)),
            }
            // The run that held it may have removed the file between the two steps.
            if is_at(&file, &path) {
                let lock = FolderLock { file, path };
                lock.sign()
                    .map_err(|e| failed("write to the out folder", e))?;
                return Ok(lock);
            }
        }
    }

    /// Writes down who holds it.
    fn sign(&self) -> io::Result<()> {
        let mut file = &self.file;
        file.set_len(0)?;
        file.seek(SeekFrom::Start(0))?;
        let since = iso(SystemTime::now());
        writeln!(file, "process {}, since {since}", std::process::id())
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Elsewhere a file that is open cannot be removed, or only in part; it may stay.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
        let _ = self.file.unlock();
    }
}

/// Who writes to `out` now, in words; none where nobody does.
pub fn holder(out: &Path) -> Option<String> {
    let file = File::open(out.join(LOCK)).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {}
        _ => return None,
    }
    let mut said = String::new();
    let read = file.take(LONGEST).read_to_string(&mut said);
    let said = said.trim();
    match read.is_ok() && !said.is_empty() {
        true => Some(format!("another import ({said})")),
        false => Some("another import".to_owned()),
    }
}

fn held(out: &Path) -> RunError {
    let holder = holder(out).unwrap_or_else(|| "another import".to_owned());
    RunError::Usage(format!(
        "{}: {holder} is writing there; use --wait, or name another folder with --out",
        out.display()
    ))
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    options.open(path)
}

/// Whether the file still stands under its name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |meta: fs::Metadata| (meta.dev(), meta.ino());
    let (Ok(held), Ok(there)) = (file.metadata(), fs::metadata(path)) else {
        return false;
    };
    id(held) == id(there)
}

/// It is never removed.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::thread;

    use super::*;
    use crate::write::scratch::Scratch;

    #[test]
    fn one_run_at_a_time_has_the_folder() {
        let out = Scratch::new("lock");
        assert_eq!(holder(&out.0), None);
        let lock = FolderLock::take(&out.0, false).unwrap();
        let error = FolderLock::take(&out.0, false).unwrap_err().to_string();
        let own = format!("process {}, since 2", std::process::id());
        assert!(error.contains(&own), "{error}");
        assert!(holder(&out.0).unwrap().contains(&own));
        drop(lock);
        assert_eq!(holder(&out.0), None);
        assert!(FolderLock::take(&out.0, false).is_ok());
        assert!(!cfg!(unix) || out.names().is_empty(), "nothing is left");
    }

    #[test]
    fn what_a_dead_run_left_is_no_lock() {
        let out = Scratch::new("stale-lock");
        out.put(
            LOCK,
            "process 4294967295, since 2020-01-01T00:00:00Z and a longer time\n",
        );
        assert_eq!(holder(&out.0), None);
        let lock = FolderLock::take(&out.0, false).unwrap();
        let said = String::from_utf8(out.read(LOCK)).unwrap();
        assert!(said.starts_with(&format!("process {}, ", std::process::id())));
        assert!(said.ends_with("Z\n"), "{said}");
        drop(lock);
    }

    #[test]
    fn those_that_wait_come_one_after_another() {
        let out = Scratch::new("waiting");
        let (inside, done) = (AtomicU32::new(0), AtomicU32::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let lock = FolderLock::take(&out.0, true).unwrap();
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        done.fetch_add(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert_eq!(done.into_inner(), 400);
    }
}
