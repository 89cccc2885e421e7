//! What a document may cost. The library that reads the syntax sets no limits of its own.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

/// Most bytes that one page's content, one form or one font may inflate to.
pub const MAX_STREAM_BYTES: usize = 64 << 20;
/// Most operators carried out for one page (a page of 20,000 cells needs some 200,000).
pub const MAX_PAGE_OPERATORS: u64 = 1_000_000;
/// Most operators carried out for one document.
pub const MAX_DOCUMENT_OPERATORS: u64 = 40_000_000;
/// Most characters kept of one page.
pub const MAX_PAGE_CHARS: usize = 60_000;
/// Most characters kept of one document.
pub const MAX_DOCUMENT_CHARS: usize = 3_000_000;
/// Most rulings and shaded boxes kept of one page.
pub const MAX_PAGE_RULINGS: usize = 50_000;
/// Most pages read.
pub const MAX_PAGES: usize = 10_000;
/// Deepest nesting of forms that is followed; real files stay under 5.
pub const MAX_FORM_DEPTH: u32 = 12;
/// Most annotations read on a page.
pub const MAX_ANNOTATIONS: usize = 5_000;
/// Deepest nesting of saved graphics states.
pub const MAX_STATES: usize = 512;
/// Deflate cannot grow its input by more (zlib's own documentation: "1032:1").
pub const DEFLATE_RATIO: usize = 1032;
/// A 12-bit LZW code stands for at most 4,096 bytes.
const LZW_RATIO: usize = 2731;
/// A run of 2 bytes stands for 128.
const RUN_LENGTH_RATIO: usize = 64;
/// `z` stands for four bytes in base 85.
const BASE_85_RATIO: usize = 4;

/// Why a stream gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It would exceed a limit.
    TooLarge,
    /// It cannot be decoded.
    Damaged,
}

/// How far a stream could grow, from its length and filters alone.
pub fn bound(stream: &Stream<'_>) -> usize {
    let raw = stream.raw_data().len();
    stream.filters().iter().fold(raw, |n, filter| {
        n.saturating_mul(match filter {
            Filter::FlateDecode => DEFLATE_RATIO,
            Filter::LzwDecode => LZW_RATIO,
            Filter::RunLengthDecode => RUN_LENGTH_RATIO,
            Filter::Ascii85Decode => BASE_85_RATIO,
            _ => 1,
        })
    })
}

/// Whether the library may decode a stream on its own: what comes out fits a limit.
pub fn fits(stream: &Stream<'_>, limit: usize) -> bool {
    if bound(stream) <= limit {
        return true;
    }
    match stream.filters().as_slice() {
        [Filter::FlateDecode] => inflated_len(&stream.raw_data(), limit) <= limit,
        [Filter::Ascii85Decode, Filter::FlateDecode] => {
            inflated_len(&ascii_85(&stream.raw_data()), limit) <= limit
        }
        [Filter::LzwDecode] => lzw_len(&stream.raw_data(), limit) <= limit,
        _ => false,
    }
}

/// A stream's bytes, decoded under a limit. What a damaged stream gave before the damage counts.
pub fn decode(stream: &Stream<'_>, limit: usize) -> Result<Vec<u8>, Refused> {
    let plain = !stream.dict().contains_key("DecodeParms") && !stream.dict().contains_key("DP");
    match stream.filters().as_slice() {
        [] => Ok(stream.raw_data().into_owned()),
        [Filter::FlateDecode] if plain => inflate(&stream.raw_data(), limit),
        [Filter::Ascii85Decode, Filter::FlateDecode] if plain => {
            inflate(&ascii_85(&stream.raw_data()), limit)
        }
        _ if fits(stream, limit) => match stream.decoded_data() {
            Ok(bytes) => Ok(bytes.into_owned()),
            Err(_) => Err(Refused::Damaged),
        },
        _ => Err(Refused::TooLarge),
    }
}

fn inflate(raw: &[u8], limit: usize) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::with_capacity((raw.len() * 4).min(limit));
    let cap = limit as u64 + 1;
    let _ = ZlibDecoder::new(raw).take(cap).read_to_end(&mut out);
    if out.is_empty() && raw.len() > 2 {
        // Some writers leave the two header bytes out or get them wrong.
        let _ = DeflateDecoder::new(raw).take(cap).read_to_end(&mut out);
        if out.is_empty() {
            let body = raw.get(2..).unwrap_or_default();
            let _ = DeflateDecoder::new(body).take(cap).read_to_end(&mut out);
        }
    }
    if out.len() > limit {
        return Err(Refused::TooLarge);
    }
    Ok(out)
}

/// How many bytes come out, counted without keeping them, up to one more than `limit`.
pub fn inflated_len(raw: &[u8], limit: usize) -> usize {
    inflate_past(raw, limit, &mut |_| true)
}

/// The same, showing each piece to `look` until it says to stop.
pub fn inflate_past(raw: &[u8], limit: usize, look: &mut dyn FnMut(&[u8]) -> bool) -> usize {
    let mut count = |reader: &mut dyn Read| {
        let mut buffer = [0u8; 16 << 10];
        let mut total = 0usize;
        while let Ok(n) = reader.read(&mut buffer) {
            total += n;
            if n == 0 || total > limit || !look(buffer.get(..n).unwrap_or_default()) {
                break;
            }
        }
        total
    };
    let zlib = count(&mut ZlibDecoder::new(raw));
    if zlib > 0 {
        return zlib;
    }
    let body = raw.get(2..).unwrap_or_default();
    count(&mut DeflateDecoder::new(raw)).max(count(&mut DeflateDecoder::new(body)))
}

/// How many bytes an LZW stream holds, counted without keeping them, up to about `limit`.
pub fn lzw_len(raw: &[u8], limit: usize) -> usize {
    const CLEAR: u32 = 256;
    const END: u32 = 257;
    // Length of what each code stands for.
    let mut lengths: Vec<u32> = Vec::with_capacity(4096);
    let (mut total, mut bits, mut held, mut width) = (0usize, 0u32, 0u32, 9u32);
    let mut before: Option<u32> = None;
    for &byte in raw {
        held = held << 8 | u32::from(byte);
        bits += 8;
        if bits < width {
            continue;
        }
        bits -= width;
        let code = held >> bits & ((1 << width) - 1);
        held &= (1 << bits) - 1;
        match code {
            CLEAR => {
                lengths.clear();
                (width, before) = (9, None);
                continue;
            }
            END => break,
            _ => {}
        }
        let known = match code {
            0..=255 => Some(1),
            code => lengths.get(code as usize - 258).copied(),
        };
        let length = known.or(before.map(|b| b + 1)).unwrap_or(1);
        total += length as usize;
        if total > limit {
            break;
        }
        if let Some(before) = before
            && lengths.len() < 4096 - 258
        {
            lengths.push(before + 1);
        }
        width = match lengths.len() + 258 + 1 {
            0..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        before = Some(length);
    }
    total
}

fn ascii_85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut group = [0u32; 5];
    let mut n = 0;
    let word = |g: &[u32; 5]| {
        g.iter()
            .fold(0u32, |w, d| w.wrapping_mul(85).wrapping_add(*d))
    };
    for &b in data {
        match b {
            b'z' if n == 0 => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                if let Some(slot) = group.get_mut(n) {
                    *slot = u32::from(b - b'!');
                }
                n += 1;
                if n == 5 {
                    out.extend_from_slice(&word(&group).to_be_bytes());
                    n = 0;
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if n > 1 {
        for slot in group.iter_mut().skip(n) {
            *slot = 84;
        }
        out.extend(word(&group).to_be_bytes().iter().take(n - 1));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{ascii_85, inflated_len};

    #[test]
    fn base_85_is_decoded() {
        for (text, bytes) in [
            (&b"87cURD]i,\"Ebo80~>"[..], &b"Hello World!"[..]),
            (b"z~>", &[0, 0, 0, 0]),
            (b"87 cU\nR~>", b"Hello"[..4].as_ref()),
            (b"", b""),
        ] {
            assert_eq!(ascii_85(text), bytes);
        }
    }

    #[test]
    fn counting_stops_at_the_limit() {
        use std::io::Write;
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![0u8; 4 << 20]).unwrap();
        let packed = packed.finish().unwrap();
        assert!(packed.len() < 8192);
        let counted = inflated_len(&packed, 1 << 20);
        assert!(counted > 1 << 20 && counted < 2 << 20);
        assert_eq!(inflated_len(&packed, 8 << 20), 4 << 20);
    }
}
