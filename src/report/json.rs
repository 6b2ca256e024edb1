//! The report as one JSON object: `format` 1, `snake_case`, absent = null, additive only.

use super::after_action::Report;

/// Indented, with a line feed at the end.
///
/// # Errors
/// Only if a value has no JSON form; none of these types holds one.
pub fn json(report: &Report) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}
