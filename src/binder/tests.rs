//! Structure of the sheets.
