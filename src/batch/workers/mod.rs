//! Worker processes: each file is read in a process of its own program, under a limit on memory and
//! on time.
//!
//! ```text
//! parent                                   worker (`torikomi worker`)
//!   HELLO  limits, settings and texts  →     limits itself, loads its engine
//!                                      ←   READY, or REFUSED: why not
//!   TASK   name, memory; BYTES         →     all stages
//!                                      ←   DOCUMENT: its JSON, or FAILED: the file's error
//! ```
//!
//! The policy, in one place:
//!
//! - The parent reads the file, so that its hash is of the bytes that were imported, and writes what
//!   comes back. A worker needs nothing but its standard streams, and on Linux has no more.
//! - A worker that dies or takes too long costs the file it was at a second try, alone and in a
//!   fresh worker; after that the file fails by name. The batch goes on with another worker.
//! - What a worker prints is kept, within bounds, to tell why it died; it is never shown.
//! - No worker outlives its parent.

#[cfg(all(
    target_os = "linux",
    any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64"
    )
))]
mod calls;
mod confine;
mod death;
mod fault;
mod frame;
mod limits;
mod pool;
mod process;
mod serve;

pub use limits::Limits;
pub use pool::Workers;
pub use serve::serve;

use serde::{Deserialize, Serialize};

use crate::pipeline::Snapshot;

/// What a worker is told first.
#[derive(Serialize, Deserialize)]
struct Hello {
    /// The process that started it.
    parent: u32,
    /// How many threads it may use.
    threads: usize,
    /// Most memory that it may have until it is told otherwise, in bytes.
    memory: u64,
    /// Most memory that it will ever be allowed, in bytes.
    most_memory: u64,
    /// What its engine is made of.
    snapshot: Snapshot,
}

/// What a worker is told before it is sent a file's bytes.
#[derive(Serialize, Deserialize)]
struct Task {
    /// The file's name, as in messages.
    path: String,
    /// Most memory that the worker may have, in bytes.
    memory: u64,
    /// 1, or 2 when a worker died over the file before.
    attempt: u32,
}

/// JSON of a message. Writing to memory cannot fail, and the messages have no keys but strings.
fn json(message: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(message).unwrap_or_default()
}
