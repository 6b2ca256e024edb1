//! What did happen: an append-only log of one incident, one file for each writer.

mod codec;
mod flaw;
mod line;
#[cfg(test)]
mod sample;
mod scan;
mod tail;

pub use codec::{EncodeError, Sealed, Slot, VERSION, encode};
pub use flaw::{Damage, Flaw, Notice, Problem, Remark, file_name, head_code};
pub use line::{MAX_DEPTH, MAX_LINE, SUFFIX, sha256};
pub use scan::{Cursor, Expect, Gap, Placed, Scan, scan, scan_from};
pub use tail::Tail;
