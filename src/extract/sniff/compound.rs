//! OLE2 compound files: what their storages and streams are called ([MS-CFB]).

use std::collections::BTreeSet;

use crate::error::{Failure, FileError};
use crate::extract::unsupported;
use crate::model::Format;

const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const NO_ENTRY: u32 = 0xFFFF_FFFF;
const ENTRY: usize = 128;

/// Most entries of the root storage that are looked at.
const MAX_ENTRIES: usize = 4096;

pub(super) fn is_ole2(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// What an OLE2 file is.
///
/// # Errors
/// It is damaged, encrypted, or no workbook.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, FileError> {
    let Some(names) = root_names(bytes) else {
        return Err(FileError::new(
            Failure::Corrupt,
            "an Office file (OLE2) without a readable directory, probably cut off",
            "ask for the file again",
        ));
    };
    let has = |name: &str| names.contains(name);
    if has("EncryptedPackage") {
        return Err(FileError::new(
            Failure::Encrypted,
            "a password-protected workbook or document",
            "remove the password in Excel (File, Info, Protect Workbook), save it again and \
             import that",
        ));
    }
    if has("Workbook") || has("Book") {
        return Ok(Format::Xls);
    }
    Err(if has("WordDocument") {
        unsupported(
            "a Word 97-2003 document (.doc)",
            "copy its tables to an Excel workbook and import that",
        )
    } else if has("PowerPoint Document") {
        unsupported(
            "a PowerPoint 97-2003 presentation (.ppt)",
            "copy its tables to an Excel workbook and import that",
        )
    } else if has("__properties_version1.0") {
        unsupported(
            "an Outlook message (.msg)",
            "save its attachments and import those",
        )
    } else if has("VisioDocument") {
        unsupported("a Visio drawing", super::EXPORT)
    } else if has("JSRV_SegmentInformation") {
        unsupported("an Ichitaro document (.jtd)", super::EXPORT)
    } else {
        unsupported("an OLE2 file that is no workbook", super::EXPORT)
    })
}

/// The names directly under the root, so that a workbook embedded in a document does not count.
fn root_names(bytes: &[u8]) -> Option<BTreeSet<String>> {
    let file = Compound::open(bytes)?;
    let root = file.entry(0)?;
    let mut names = BTreeSet::new();
    let mut seen = BTreeSet::new();
    // Siblings form a binary tree.
    let mut open = vec![u32_at(root, 76)?];
    while let Some(id) = open.pop() {
        if id == NO_ENTRY || seen.len() >= MAX_ENTRIES || !seen.insert(id) {
            continue;
        }
        let Some(entry) = file.entry(id as usize) else {
            continue;
        };
        names.insert(name_of(entry));
        open.extend([u32_at(entry, 68), u32_at(entry, 72)].into_iter().flatten());
    }
    (!names.is_empty()).then_some(names)
}

/// The directory of a compound file.
struct Compound<'b> {
    /// The sectors of the directory, in order.
    directory: Vec<&'b [u8]>,
    per_sector: usize,
}

impl<'b> Compound<'b> {
    fn open(bytes: &'b [u8]) -> Option<Self> {
        let sector_size = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let sector = |id: u32| {
            let from = (id as usize).checked_add(1)?.checked_mul(sector_size)?;
            // The last sector of a file may be short.
            bytes.get(from..bytes.len().min(from.checked_add(sector_size)?))
        };
        let fat_entry = |id: u32| {
            let (block, slot) = (
                id as usize / (sector_size / 4),
                id as usize % (sector_size / 4),
            );
            // The first 109 sectors of the allocation table are listed in the header; a directory
            // beyond what they cover (7 MB at least) is not looked for.
            let fat = (block < 109).then(|| u32_at(bytes, 76 + 4 * block))??;
            u32_at(sector(fat)?, slot * 4)
        };
        let mut directory = Vec::new();
        let mut id = u32_at(bytes, 48)?;
        while id < END_OF_CHAIN && directory.len() * sector_size < MAX_ENTRIES * ENTRY {
            let Some(found) = sector(id).filter(|s| !s.is_empty()) else {
                break;
            };
            directory.push(found);
            id = fat_entry(id).unwrap_or(END_OF_CHAIN);
        }
        (!directory.is_empty()).then_some(Compound {
            directory,
            per_sector: sector_size / ENTRY,
        })
    }

    fn entry(&self, id: usize) -> Option<&'b [u8]> {
        let from = id % self.per_sector * ENTRY;
        self.directory
            .get(id / self.per_sector)?
            .get(from..from + ENTRY)
    }
}

fn name_of(entry: &[u8]) -> String {
    let length = usize::from(u16_at(entry, 64).unwrap_or(0)).min(64);
    let units: Vec<u16> = entry[..length]
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .take_while(|&unit| unit != 0)
        .collect();
    String::from_utf16_lossy(&units)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let raw = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes(raw.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let raw = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(raw.try_into().ok()?))
}
