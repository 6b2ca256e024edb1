//! The number of the format, which stands on top of every file that people write for this program.

use super::findings::{Findings, Span};
use super::yaml::{Slot, Text};

/// The format of each kind of file that this build reads.
const FORMAT: u32 = 1;

/// Whether the file is written in the format of this build. Of a newer one nothing else is worth
/// saying: its other keys are right where they are.
pub(crate) fn format_is_known(
    number: &Slot<Text<'_>>,
    at: Span,
    findings: &mut Findings<'_>,
) -> bool {
    let kind = findings.kind();
    let key = kind.format_key();
    let Some(text) = number.given() else {
        if number.is_absent() {
            let help = format!("write `{key}: {FORMAT}` on top");
            findings.error_help(at, format!("`{key}` is missing"), help);
        }
        return true;
    };
    let digits = !text.value.is_empty() && text.value.bytes().all(|b| b.is_ascii_digit());
    match text.value.parse::<u32>() {
        Ok(FORMAT) => true,
        Ok(1..) | Err(_) if digits => {
            findings.clear();
            let message = format!(
                "this {} needs a newer runbook: this one reads format {FORMAT}",
                kind.noun()
            );
            findings.error_help(text.span, message, kind.newer().to_owned());
            false
        }
        Ok(_) | Err(_) => {
            let help = format!("write `{key}: {FORMAT}`");
            findings.error_help(text.span, format!("`{key}` is the number of the format"), help);
            true
        }
    }
}
