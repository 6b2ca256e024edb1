//! The only source of chance.

use std::cell::Cell;

/// Where random bytes come from.
#[derive(Debug)]
pub enum Ids {
    /// The system.
    System,
    /// The same sequence every time: tests.
    Seeded(Cell<u64>),
}

impl Ids {
    /// Fresh bytes.
    ///
    /// # Errors
    /// If the system has no randomness to give.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], getrandom::Error> {
        let mut bytes = [0; N];
        match self {
            Self::System => getrandom::fill(&mut bytes)?,
            Self::Seeded(seed) => {
                for byte in &mut bytes {
                    // SplitMix64's step and finaliser; quality hardly matters in a test.
                    seed.set(seed.get().wrapping_add(0x9E37_79B9_7F4A_7C15));
                    let mixed =
                        (seed.get() ^ (seed.get() >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                    *byte = (mixed >> 32).to_le_bytes()[0];
                }
            }
        }
        Ok(bytes)
    }
}
