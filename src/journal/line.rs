//! One line as bytes: what is hashed, where the hash stands, and how large a line may be.
//!
//! A sealed line ends with 73 fixed bytes, `,"h":"` + 64 hex digits + `"}` + line feed. The hash is
//! SHA-256 of the exact bytes before them, so an auditor needs no program of ours:
//! `sed -n 7p FILE | head -c -73 | sha256sum`.
//!
//! Absent here on purpose: JSON, files, and any idea of what a line means.

use sha2::{Digest as _, Sha256};

use crate::engine::Digest;

/// The longest line, its line feed included, in bytes.
pub const MAX_LINE: usize = 64 * 1024;

/// The deepest nesting of objects and lists within a line.
pub const MAX_DEPTH: usize = 16;

/// The bytes of a line that are not hashed, its line feed included.
pub const SUFFIX: usize = 73;

/// Cancel: ends a torn stretch. A raw control byte can never be inside JSON.
pub(super) const CAN: u8 = 0x18;

const MARK: &[u8] = b",\"h\":\"";
const CLOSE: &[u8] = b"\"}";
const TAIL: usize = SUFFIX - 1;

/// SHA-256 of these bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Digest {
    Digest::from_bytes(Sha256::digest(bytes).into())
}

/// Ends a body (an object without its closing brace) with its hash and a line feed.
#[must_use]
pub(super) fn seal(mut body: Vec<u8>) -> (Vec<u8>, Digest) {
    let h = sha256(&body);
    body.extend_from_slice(MARK);
    body.extend_from_slice(h.hex().as_bytes());
    body.extend_from_slice(CLOSE);
    body.push(b'\n');
    (body, h)
}

/// The hash of a line (without its line feed) that is what its own hash says.
#[must_use]
pub(super) fn authentic(line: &[u8]) -> Option<Digest> {
    if line.len() >= MAX_LINE {
        return None;
    }
    let (body, tail) = line.split_at_checked(line.len().checked_sub(TAIL)?)?;
    let h = written_hash(tail)?;
    (sha256(body) == h).then_some(h)
}

/// Whether a complete authentic line stands at the start of these bytes with more behind it.
/// One pass, whatever the bytes are.
#[must_use]
pub(super) fn starts_with_authentic(bytes: &[u8]) -> bool {
    let bytes = &bytes[..bytes.len().min(MAX_LINE)];
    let mut hasher = Sha256::new();
    let mut done = 0;
    for (at, tail) in bytes.windows(TAIL).enumerate() {
        if !tail.starts_with(MARK) {
            continue;
        }
        if let Some(h) = written_hash(tail) {
            hasher.update(&bytes[done..at]);
            done = at;
            if h == Digest::from_bytes(hasher.clone().finalize().into()) {
                return true;
            }
        }
    }
    false
}

/// Where the first line ends. Looks at whole blocks, which is several times as fast as byte by byte.
pub(super) fn line_feed(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 128;
    let block = bytes.chunks(BLOCK).position(|block| block.contains(&b'\n'))? * BLOCK;
    Some(block + bytes[block..].iter().position(|b| *b == b'\n')?)
}

/// How many lines end within these bytes.
#[must_use]
pub(super) fn line_feeds(bytes: &[u8]) -> u64 {
    bytes.split(|b| *b == b'\n').skip(1).count() as u64
}

/// Whether objects and lists nest no deeper than [`MAX_DEPTH`].
#[must_use]
pub(super) fn shallow(line: &[u8]) -> bool {
    // Counting in bytes, block by block, is what the compiler can do sixteen at a time; the two
    // openings differ in one bit.
    let openings = |block: &[u8]| -> u8 { block.iter().map(|b| u8::from(b | 0x20 == b'{')).sum() };
    let all: usize = line.chunks(128).map(|block| usize::from(openings(block))).sum();
    all <= MAX_DEPTH || depth(line) <= MAX_DEPTH
}

fn depth(line: &[u8]) -> usize {
    let (mut now, mut most, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in line {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => now += 1,
            b'}' | b']' if !quoted => now = now.saturating_sub(1),
            _ => {}
        }
        most = most.max(now);
    }
    most
}

fn written_hash(tail: &[u8]) -> Option<Digest> {
    Digest::from_hex(tail.strip_prefix(MARK)?.strip_suffix(CLOSE)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_line_is_what_sha256sum_says() {
        let (line, h) = seal(br#"{"v":1"#.to_vec());
        assert_eq!(
            String::from_utf8(line.clone()).unwrap(),
            format!("{{\"v\":1,\"h\":\"{}\"}}\n", h.hex())
        );
        assert_eq!(h.hex(), "e5a70a6ec9d2be5c633b4d4282afd911547cc5f4a780c31f4b6bd4aebbc2654e");
        assert_eq!(sha256(&line[..line.len() - SUFFIX]), h);
        assert_eq!(authentic(&line[..line.len() - 1]), Some(h));
        assert_eq!(authentic(&line), None, "the line feed is not part of it");
    }

    #[test]
    fn any_other_byte_makes_a_line_unauthentic() {
        let (line, _) = seal(br#"{"v":1,"incident":"a""#.to_vec());
        let line = &line[..line.len() - 1];
        for at in 0..line.len() {
            for bit in 0..8 {
                let mut changed = line.to_vec();
                changed[at] ^= 1 << bit;
                assert_eq!(authentic(&changed), None, "byte {at}, bit {bit}");
            }
        }
        for short in [&b""[..], b"{", &line[1..], &line[line.len() - TAIL..]] {
            assert_eq!(authentic(short), None);
        }
    }

    #[test]
    fn a_complete_record_is_found_in_front_of_junk() {
        let (line, _) = seal(br#"{"v":1,"note":",\"h\":\"","k":1"#.to_vec());
        let line = &line[..line.len() - 1];
        assert!(starts_with_authentic(line));
        assert!(starts_with_authentic(&[line, b"junk"].concat()));
        assert!(!starts_with_authentic(&line[..line.len() - 1]));
        assert!(!starts_with_authentic(&[b"x", line].concat()));
        assert!(!starts_with_authentic(b""));
    }

    #[test]
    fn depth_counts_only_what_nests() {
        let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n)).into_bytes();
        assert!(shallow(&deep(MAX_DEPTH)));
        assert!(!shallow(&deep(MAX_DEPTH + 1)));
        assert!(shallow(br#"{"a":"[[[[[[[[[[[[[[[[[[[[[[\"[[[[["}"#));
        assert!(shallow("[]".repeat(40).as_bytes()));
    }
}
