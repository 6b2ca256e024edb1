//! What the tests stand on: a home of one's own, a terminal, and words that do not change.

pub(crate) mod redact;
pub(crate) mod sandbox;

pub(crate) use sandbox::Sandbox;
