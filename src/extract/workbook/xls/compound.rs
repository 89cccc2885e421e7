//! Streams of an OLE2 compound file ([MS-CFB]), as far as a workbook needs.

use super::super::bytes::{u16_at, u32_at};

const MAGIC: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Sector numbers from here on end a chain or are no sectors.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
const ENTRY_BYTES: usize = 128;

/// A compound file.
pub struct Compound<'a> {
    bytes: &'a [u8],
    shift: u32,
    mini_shift: u32,
    mini_cutoff: u32,
    /// The sector that follows each sector.
    next: Vec<u32>,
    mini_next: Vec<u32>,
    /// Small streams, which share one.
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

impl<'a> Compound<'a> {
    /// Reads the tables. `None` when it is no compound file or its header is damaged.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(MAGIC) {
            return None;
        }
        let (shift, mini_shift) = (u16_at(bytes, 30)?, u16_at(bytes, 32)?);
        if !(9..=16).contains(&shift) || !(4..=shift).contains(&mini_shift) {
            return None;
        }
        let mut file = Compound {
            bytes,
            shift: u32::from(shift),
            mini_shift: u32::from(mini_shift),
            mini_cutoff: u32_at(bytes, 56)?,
            next: Vec::new(),
            mini_next: Vec::new(),
            mini: Vec::new(),
            entries: Vec::new(),
        };
        file.read_table()?;
        file.mini_next = numbers(&file.chain(u32_at(bytes, 60)?));
        file.read_directory(u32_at(bytes, 48)?);
        Some(file)
    }

    /// The content of a stream, cut off where the file is.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self
            .entries
            .iter()
            .find(|e| e.name.eq_ignore_ascii_case(name))?;
        let mut content = if entry.size < self.mini_cutoff as usize {
            self.mini_chain(entry.start)
        } else {
            self.chain(entry.start)
        };
        content.truncate(entry.size);
        Some(content)
    }

    /// Whether there is a stream of that name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.name == name)
    }

    fn read_table(&mut self) -> Option<()> {
        let mut sectors: Vec<u32> = (0..109)
            .filter_map(|i| u32_at(self.bytes, 76 + 4 * i))
            .collect();
        let mut more = u32_at(self.bytes, 68)?;
        // As many lists as the file could hold; a chain of lists may bite its tail.
        for _ in 0..self.sectors() {
            if more >= LAST_SECTOR {
                break;
            }
            let mut list = numbers(self.sector(more));
            more = list.pop().unwrap_or(LAST_SECTOR);
            sectors.append(&mut list);
        }
        sectors.truncate(self.sectors());
        for sector in sectors.into_iter().filter(|s| *s < LAST_SECTOR) {
            self.next.extend(numbers(self.sector(sector)));
        }
        self.next.truncate(self.sectors());
        Some(())
    }

    fn read_directory(&mut self, start: u32) {
        let directory = self.chain(start);
        for entry in directory.chunks_exact(ENTRY_BYTES) {
            let length = usize::from(u16_at(entry, 64).unwrap_or(0)).min(64);
            let name = entry.get(..length.saturating_sub(2)).unwrap_or(&[]);
            let kind = entry.get(66).copied().unwrap_or(0);
            let start = u32_at(entry, 116).unwrap_or(LAST_SECTOR);
            let size = u32_at(entry, 120).unwrap_or(0) as usize;
            match kind {
                2 => self.entries.push(Entry {
                    name: super::super::bytes::utf_16(name),
                    start,
                    size,
                }),
                // The root's own stream holds the small ones.
                5 if self.mini.is_empty() => {
                    self.mini = self.chain(start);
                    self.mini.truncate(size);
                }
                _ => {}
            }
        }
    }

    /// Sectors that the file could hold.
    fn sectors(&self) -> usize {
        (self.bytes.len() >> self.shift) + 1
    }

    fn sector(&self, number: u32) -> &'a [u8] {
        let start = (number as usize + 1) << self.shift;
        let end = (start + (1 << self.shift)).min(self.bytes.len());
        self.bytes.get(start..end).unwrap_or(&[])
    }

    /// No chain is longer than the file, even one that bites its tail.
    fn chain(&self, start: u32) -> Vec<u8> {
        let mut content = Vec::new();
        let mut sector = start;
        for _ in 0..self.sectors() {
            if sector >= LAST_SECTOR {
                break;
            }
            content.extend_from_slice(self.sector(sector));
            sector = self
                .next
                .get(sector as usize)
                .copied()
                .unwrap_or(LAST_SECTOR);
        }
        content
    }

    fn mini_chain(&self, start: u32) -> Vec<u8> {
        let mut content = Vec::new();
        let mut sector = start;
        for _ in 0..=self.mini.len() >> self.mini_shift {
            if sector >= LAST_SECTOR {
                break;
            }
            let from = (sector as usize) << self.mini_shift;
            let to = (from + (1 << self.mini_shift)).min(self.mini.len());
            content.extend_from_slice(self.mini.get(from..to).unwrap_or(&[]));
            let next = self.mini_next.get(sector as usize);
            sector = next.copied().unwrap_or(LAST_SECTOR);
        }
        content
    }
}

fn numbers(sector: &[u8]) -> Vec<u32> {
    let fours = sector.chunks_exact(4);
    fours
        .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
        .collect()
}
