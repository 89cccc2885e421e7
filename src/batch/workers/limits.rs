use std::time::Duration;

use crate::config::{MaxMemory, Timeout};

/// Memory for any file, in bytes: the loaded catalogs, and documents of usual size several times
/// over.
const MEMORY: u64 = 512 << 20;

/// Memory for each byte of the file, in bytes. A workbook is packed some ten times, and a cell takes
/// several times its text.
const MEMORY_PER_BYTE: u64 = 64;

/// Memory for any file at most, in bytes: the limit on cells is reached before.
const MOST_MEMORY: u64 = 4 << 30;

/// Time for any file.
const TIME: Duration = Duration::from_secs(10);

/// Time for each MiB of the file.
const TIME_PER_MIB: Duration = Duration::from_secs(4);

/// What reading one file may take. Where nothing is set it goes with the file's size: small files
/// that ask for much are hostile, large ones are seldom so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Most memory of a worker, whatever the file's size.
    pub max_memory: Option<MaxMemory>,
    /// Longest time over a file, whatever its size.
    pub timeout: Option<Timeout>,
}

impl Limits {
    /// Most memory of a worker that reads a file of `bytes` bytes, in bytes of address space.
    pub(super) fn memory(&self, bytes: u64) -> u64 {
        match self.max_memory {
            Some(memory) => memory.bytes(),
            None => MEMORY
                .saturating_add(bytes.saturating_mul(MEMORY_PER_BYTE))
                .min(MOST_MEMORY),
        }
    }

    /// Longest time over a file of `bytes` bytes.
    pub(super) fn time(&self, bytes: u64) -> Duration {
        match self.timeout {
            Some(time) => time.duration(),
            None => TIME + TIME_PER_MIB * u32::try_from(bytes >> 20).unwrap_or(u32::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_go_with_the_files_size_unless_they_are_set() {
        let free = Limits::default();
        assert_eq!(free.memory(0), 512 << 20);
        assert_eq!(free.memory(8 << 20), 1 << 30);
        assert_eq!(free.memory(1 << 30), 4 << 30);
        assert_eq!(free.time(900_000), Duration::from_secs(10));
        assert_eq!(free.time(5 << 20), Duration::from_secs(30));
        let set = Limits {
            max_memory: "1G".parse().ok(),
            timeout: "2s".parse().ok(),
        };
        for bytes in [0, 1 << 20, 1 << 40, u64::MAX] {
            assert_eq!(set.memory(bytes), 1 << 30);
            assert_eq!(set.time(bytes), Duration::from_secs(2));
            assert!(free.memory(bytes) >= 512 << 20);
        }
    }
}
