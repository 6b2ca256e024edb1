//! Step sets in their places.
