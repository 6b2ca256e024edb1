//! What we say happened. Pure: records in, text out.
