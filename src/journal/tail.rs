//! The end of a file after a crash: which bytes a torn append of ours can leave behind. Pure.
//!
//! A torn stretch is ended by one append, CAN LF and a `tail_recovered` record; nothing is
//! truncated. A crash inside that append leaves a longer torn stretch, which is ended the same way.
//! A torn stretch cannot be told from a record that somebody cut: only a checkpoint can.

use super::flaw::Flaw;
use super::line::{self, CAN};

/// The longest torn stretch, in bytes: one line, and repairs of it that were torn as well.
pub(super) const MAX_STRETCH: usize = 128 * 1024;

/// The bytes that end a torn stretch.
pub(super) const MARKS: &[u8] = &[CAN, b'\n'];

const SECTOR: u64 = 512;

/// How a file ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tail {
    /// With a complete record, or with nothing.
    Clean,
    /// With a complete record whose line feed is missing; the next append brings it.
    NewlineMissing,
    /// Within a record.
    Torn {
        /// First byte of the stretch.
        offset: u64,
        /// Its length, up to the end of the file.
        length: u64,
    },
    /// In a way that no crash of ours explains.
    Damaged(super::flaw::Damage),
}

/// Whether a torn append explains this stretch, which starts at `offset` of the file and holds no
/// authentic line.
///
/// # Errors
/// Says why not.
pub(super) fn torn(stretch: &[u8], offset: u64) -> Result<(), Flaw> {
    if !bounded(stretch) {
        return Err(Flaw::Altered);
    }
    let mut at = offset;
    for piece in stretch.split_inclusive(|b| *b == b'\n') {
        if line::starts_with_authentic(piece) {
            return Err(Flaw::Trailing);
        }
        let whole = piece.ends_with(b"\n");
        if whole && !piece.ends_with(MARKS) && !sector_lost(&piece[..piece.len() - 1], at) {
            return Err(Flaw::Altered);
        }
        at += piece.len() as u64;
    }
    Ok(())
}

/// Zeros may be many: some file systems grow a file before its bytes arrive, and copies do.
fn bounded(stretch: &[u8]) -> bool {
    stretch.len() <= MAX_STRETCH || stretch[MAX_STRETCH..].iter().all(|b| *b == 0)
}

/// Whether a sector's whole share of these bytes is zero: it never reached the disk, although the
/// one behind it did.
fn sector_lost(piece: &[u8], offset: u64) -> bool {
    let room = usize::try_from(SECTOR - offset % SECTOR).unwrap_or(usize::MAX);
    let (first, rest) = piece.split_at(piece.len().min(room));
    let zero = |share: &[u8]| !share.is_empty() && share.iter().all(|b| *b == 0);
    zero(first) || rest.chunks(512).any(zero)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_crash_leaves_is_torn() {
        let lost = [&b"{\"v\":1,"[..], &[0; 512], b"}\n"].concat();
        for (stretch, offset, expected) in [
            (&b"{\"v\""[..], 0, Ok(())),
            (b"{\"v\"\x18", 0, Ok(())),
            (b"{\"v\"\x18\n", 0, Ok(())),
            (b"{\"v\"\x18\n{\"v\":1", 0, Ok(())),
            (b"{\"v\"\n", 0, Err(Flaw::Altered)),
            (b"{\"v\"\n\x18\n", 0, Err(Flaw::Altered)),
            (b"\n", 0, Err(Flaw::Altered)),
            (&lost, 512 - 7, Ok(())),
            (&lost, 512 - 6, Err(Flaw::Altered)),
            (b"\0\0\0ab\n", 509, Ok(())),
            (b"\0\0\0ab\n", 508, Err(Flaw::Altered)),
            (&vec![b'x'; MAX_STRETCH], 0, Ok(())),
            (&vec![b'x'; MAX_STRETCH + 1], 0, Err(Flaw::Altered)),
            (&vec![0; MAX_STRETCH * 2], 0, Ok(())),
        ] {
            assert_eq!(torn(stretch, offset), expected, "{} bytes at {offset}", stretch.len());
        }
    }
}
