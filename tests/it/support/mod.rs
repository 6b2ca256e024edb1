//! What the tests stand on: a home of one's own, a terminal, and words that do not change.

pub(crate) mod by_hand;
pub(crate) mod redact;
pub(crate) mod sandbox;
#[cfg(unix)]
pub(crate) mod still;
#[cfg(unix)]
pub(crate) mod terminal;

pub(crate) use sandbox::Sandbox;
