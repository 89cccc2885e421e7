//! Messages on a stream: one byte for the kind, eight for the length (little-endian), the content.

use std::io::{self, ErrorKind, Read};

/// Settings and texts, to the worker.
pub(super) const HELLO: u8 = b'H';
/// The worker is loaded.
pub(super) const READY: u8 = b'R';
/// The worker cannot load; the content says why.
pub(super) const REFUSED: u8 = b'X';
/// A file's name and its limits, to the worker.
pub(super) const TASK: u8 = b'T';
/// The file's content, to the worker.
pub(super) const BYTES: u8 = b'B';
/// The document's JSON.
pub(super) const DOCUMENT: u8 = b'D';
/// The file's error, as JSON.
pub(super) const FAILED: u8 = b'F';

/// All of these.
const KINDS: [u8; 7] = [HELLO, READY, REFUSED, TASK, BYTES, DOCUMENT, FAILED];

/// Bytes before the content.
pub(super) const HEAD: usize = 9;

/// What stands before the content.
pub(super) fn head(kind: u8, length: usize) -> [u8; HEAD] {
    let mut head = [kind; HEAD];
    head[1..].copy_from_slice(&(length as u64).to_le_bytes());
    head
}

/// Kind and length, of at least [`HEAD`] bytes; none of fewer.
pub(super) fn of_head(bytes: &[u8]) -> Option<(u8, u64)> {
    let (kind, rest) = bytes.split_first()?;
    Some((*kind, u64::from_le_bytes(*rest.first_chunk()?)))
}

/// Reads a message whole; none where the stream ends before one.
pub(super) fn read(from: &mut impl Read) -> io::Result<Option<(u8, Vec<u8>)>> {
    let mut bytes = [0; HEAD];
    match from.read_exact(&mut bytes) {
        Err(e) if e.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        done => done?,
    }
    let (kind, length) = of_head(&bytes).unwrap_or_default();
    if !KINDS.contains(&kind) {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut content = Vec::with_capacity(length as usize);
    from.take(length).read_to_end(&mut content)?;
    match content.len() as u64 == length {
        true => Ok(Some((kind, content))),
        false => Err(ErrorKind::UnexpectedEof.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_as_they_were_written() {
        let mut stream = Vec::new();
        for (kind, content) in [(TASK, &b"name"[..]), (BYTES, &[]), (DOCUMENT, &[7; 70_000])] {
            stream.extend(head(kind, content.len()));
            stream.extend(content);
        }
        let mut from = stream.as_slice();
        assert_eq!(read(&mut from).unwrap(), Some((TASK, b"name".to_vec())));
        assert_eq!(read(&mut from).unwrap(), Some((BYTES, Vec::new())));
        assert_eq!(read(&mut from).unwrap(), Some((DOCUMENT, vec![7; 70_000])));
        assert_eq!(read(&mut from).unwrap(), None);
        assert!(read(&mut &stream[..11]).is_err(), "cut within a message");
        assert!(read(&mut &b"no message at all"[..]).is_err());
    }
}
