//! What a figure is to be: `25m`, `at most 30m`, `95%`, `at least 90%`, `met`, `missed`, `none`.

use super::super::model::Bound;
use crate::playbook::KpiId;
use crate::playbook::reading::{Findings, Text, length, quoted};

/// Nothing, as the file says it.
pub(super) const NONE: &str = "none";

/// A number to what a figure has to be.
type Compare = fn(f64) -> Bound;

pub(super) fn bound(kpi: KpiId, text: &Text<'_>, findings: &mut Findings<'_>) -> Option<Bound> {
    let word = text.value.trim();
    match word {
        NONE => return Some(Bound::Absent),
        "met" => return Some(Bound::Met),
        "missed" => return Some(Bound::Missed),
        _ => {}
    }
    let ways: [(&str, Compare); 2] = [("at most", Bound::AtMost), ("at least", Bound::AtLeast)];
    let (rest, compare) = ways
        .into_iter()
        .find_map(|(words, compare)| Some((word.strip_prefix(words)?.trim(), compare)))
        .unwrap_or((word, Bound::Exactly));
    let value = if kpi.is_share() { share(rest) } else { minutes(rest) };
    match value {
        Ok(value) => Some(compare(value)),
        Err((message, help)) => {
            findings.error_help(text.span, message, help);
            None
        }
    }
}

type Value = Result<f64, (String, String)>;

fn share(word: &str) -> Value {
    let number = word.strip_suffix('%').map(str::trim).and_then(|n| n.parse::<f64>().ok());
    match number.filter(|n| (0.0..=100.0).contains(n)) {
        Some(percent) => Ok(percent / 100.0),
        None => Err((
            format!("{} is no share", quoted(word)),
            "write it as `95%`, `at least 90%`, `met`, `missed` or `none`".to_owned(),
        )),
    }
}

fn minutes(word: &str) -> Value {
    let (sign, rest) = word.strip_prefix('-').map_or((1.0, word), |rest| (-1.0, rest));
    match length(rest) {
        Ok(length) => {
            #[expect(clippy::cast_precision_loss, reason = "at most 400 days")]
            let seconds = length.num_seconds() as f64;
            Ok(sign * seconds / 60.0)
        }
        Err(slip) if rest.contains(|c: char| c.is_ascii_digit()) => Err((slip.message, slip.help)),
        Err(slip) => Err((
            slip.message,
            "write it as `25m`, `at most 30m`, `met`, `missed` or `none`".to_owned(),
        )),
    }
}
