//! A worksheet whose rows are compressed as they come.
//!
//! The library would keep the rows in a file, read them again and compress them when everything
//! else is done. Here only what stands before and after them is its own: the part of the package
//! (ECMA-376-2, 6.2) is put together of three pieces of a deflate stream, which need not know of
//! each other where each but the last ends on a byte (RFC 1951, 3.2.4).

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

use flate2::{Compress, Compression, Crc, FlushCompress};

/// How hard the rows are compressed, 1 to 9.
const EFFORT: u32 = 2;

/// What is left free for what stands before the rows, in bytes: it is compressed last, and is
/// titles and widths of two dozen columns.
const ROOM: u64 = 1 << 16;

/// Compressed bytes that are written at a time.
const BUFFER: usize = 1 << 16;

/// What a part holds at most before it is full, in bytes: packages have 32 bits for a size.
pub(super) const MOST_BYTES: u64 = 2 << 30;

/// Name in the archive that a part is handed over in.
const NAME: &[u8] = b"part";

/// The part under way.
pub(super) struct Part {
    file: File,
    stream: Compress,
    crc: Crc,
    /// How many bytes it was given.
    plain: u64,
    /// Compressed bytes that wait to be written, and how many were.
    packed: Vec<u8>,
    written: u64,
}

impl Part {
    /// Begins a part, in a file without a name in `folder`.
    pub(super) fn begin(folder: &Path) -> io::Result<Self> {
        let mut file = tempfile::tempfile_in(folder)?;
        file.seek(SeekFrom::Start(ROOM))?;
        Ok(Part {
            file,
            stream: stream(),
            crc: Crc::new(),
            plain: 0,
            packed: Vec::with_capacity(2 * BUFFER),
            written: 0,
        })
    }

    /// Whether no more should be given to it.
    pub(super) fn is_full(&self) -> bool {
        self.plain >= MOST_BYTES
    }

    /// Takes the next rows.
    pub(super) fn push(&mut self, xml: &[u8]) -> io::Result<()> {
        self.crc.update(xml);
        self.plain += xml.len() as u64;
        deflate(&mut self.stream, xml, FlushCompress::None, &mut self.packed)?;
        if self.packed.len() >= BUFFER {
            self.write()?;
        }
        Ok(())
    }

    fn write(&mut self) -> io::Result<()> {
        self.file.write_all(&self.packed)?;
        self.written += self.packed.len() as u64;
        self.packed.clear();
        Ok(())
    }

    /// Puts the part together: an archive with nothing else in it, to copy it from as it is.
    pub(super) fn finish(mut self, head: &[u8], tail: &[u8]) -> io::Result<File> {
        deflate(&mut self.stream, &[], FlushCompress::Sync, &mut self.packed)?;
        deflate(&mut stream(), tail, FlushCompress::Finish, &mut self.packed)?;
        self.write()?;
        let mut packed_head = Vec::new();
        deflate(&mut stream(), head, FlushCompress::Sync, &mut packed_head)?;

        let mut crc = Crc::new();
        crc.update(head);
        crc.combine(&self.crc);
        let mut end = Crc::new();
        end.update(tail);
        crc.combine(&end);
        let plain = self.plain + (head.len() + tail.len()) as u64;
        let packed = self.written + packed_head.len() as u64;
        let sizes = [small(packed)?, small(plain)?];
        let entry = Entry {
            crc: crc.sum(),
            sizes,
        };

        let mut front = entry.local();
        front.extend_from_slice(&packed_head);
        let start = ROOM.checked_sub(front.len() as u64);
        let start = start.ok_or_else(|| too_large("what stands before the rows"))?;
        let end = small(ROOM + self.written)?;
        self.file.write_all(&entry.directory(small(start)?, end))?;
        self.file.seek(SeekFrom::Start(start))?;
        self.file.write_all(&front)?;
        self.file.rewind()?;
        Ok(self.file)
    }
}

/// The only entry of an archive (APPNOTE.TXT, 4.3).
struct Entry {
    crc: u32,
    /// Compressed, and plain.
    sizes: [u32; 2],
}

impl Entry {
    /// What its two headers have in common, from the version needed to the length of its name: no
    /// flags, deflate, the first date there is.
    fn common(&self) -> Vec<u8> {
        let mut common = Vec::new();
        for half in [20_u16, 0, 8, 0, 0x21] {
            common.extend(half.to_le_bytes());
        }
        for word in [self.crc, self.sizes[0], self.sizes[1]] {
            common.extend(word.to_le_bytes());
        }
        common.extend((NAME.len() as u16).to_le_bytes());
        common
    }

    /// The header before its bytes.
    fn local(&self) -> Vec<u8> {
        let header: [&[u8]; 4] = [b"PK\x03\x04", &self.common(), &[0; 2], NAME];
        header.concat()
    }

    /// The directory of an archive with the entry at `start` and the directory at `at`.
    fn directory(&self, start: u32, at: u32) -> Vec<u8> {
        let (common, start) = (self.common(), start.to_le_bytes());
        let header: [&[u8]; 6] = [b"PK\x01\x02", &[20, 0], &common, &[0; 12], &start, NAME];
        let header = header.concat();
        let size = (header.len() as u32).to_le_bytes();
        let at = at.to_le_bytes();
        let end: [&[u8]; 7] = [
            &header,
            b"PK\x05\x06",
            &[0; 4],
            &[1, 0, 1, 0],
            &size,
            &at,
            &[0; 2],
        ];
        end.concat()
    }
}

fn stream() -> Compress {
    Compress::new(Compression::new(EFFORT), false)
}

/// Appends what becomes of `bytes`.
fn deflate(
    stream: &mut Compress,
    bytes: &[u8],
    flush: FlushCompress,
    to: &mut Vec<u8>,
) -> io::Result<()> {
    let begin = stream.total_in();
    loop {
        let taken = (stream.total_in() - begin) as usize;
        // A call that leaves room has nothing more to give.
        to.reserve((bytes.len() - taken) / 4 + 4096);
        stream
            .compress_vec(&bytes[taken..], to, flush)
            .map_err(io::Error::other)?;
        let taken = (stream.total_in() - begin) as usize;
        if taken == bytes.len() && to.len() < to.capacity() {
            return Ok(());
        }
    }
}

fn small(size: u64) -> io::Result<u32> {
    u32::try_from(size).map_err(|_| too_large("a worksheet"))
}

fn too_large(what: &str) -> io::Error {
    let message = format!("{what} is too large for a workbook; leave xlsx out of --write");
    io::Error::new(io::ErrorKind::FileTooLarge, message)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::write::scratch::Scratch;

    #[test]
    fn three_pieces_are_one_part() {
        let scratch = Scratch::new("book-part");
        let row = "<row>鍵の保管</row>".repeat(999);
        for rows in [0, 1, 50] {
            let mut part = Part::begin(&scratch.0).unwrap();
            (0..rows).for_each(|_| part.push(row.as_bytes()).unwrap());
            let file = part.finish(b"<sheet>", b"</sheet>").unwrap();
            let mut archive = zip::ZipArchive::new(file).unwrap();
            assert_eq!(archive.len(), 1);
            let mut read = String::new();
            let mut entry = archive.by_index(0).unwrap();
            entry.read_to_string(&mut read).unwrap();
            assert_eq!(read, format!("<sheet>{}</sheet>", row.repeat(rows)));
        }
        assert_eq!(scratch.names(), [""; 0], "no file stays");
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let scratch = Scratch::new("book-part-large");
        let noise: Vec<u8> = (0..1_u32 << 18)
            .flat_map(|n| {
                n.wrapping_mul(0x9e37_79b9)
                    .rotate_left(n % 31)
                    .to_le_bytes()
            })
            .collect();
        let part = Part::begin(&scratch.0).unwrap();
        let error = part.finish(&noise, b"").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }
}
