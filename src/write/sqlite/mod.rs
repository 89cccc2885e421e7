use std::io;
use std::path::Path;
use std::sync::Arc;

use super::{Plan, RunFile};

/// Begins the file.
pub(super) fn begin(_path: &Path, _plan: &Arc<Plan>) -> io::Result<Box<dyn RunFile>> {
    Err(io::ErrorKind::Unsupported.into())
}
