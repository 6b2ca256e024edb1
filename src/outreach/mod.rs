//! Whom to reach, and what may be said. Pure.
