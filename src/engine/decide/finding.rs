//! What a review may record, during the incident and at any time after it.

use super::exercise::known_objective;
use super::{Advice, Refusal, State, Verdict, already, one};
use crate::engine::event::Event;
use crate::engine::finding::{Finding, named_in};
use crate::engine::text::Text;
use crate::playbook::ReportField;

pub(super) fn note(state: &State, finding: &Finding) -> Result<Verdict, Refusal> {
    finding.objective.as_ref().map_or(Ok(()), |objective| known_objective(state, objective))?;
    let words: Vec<&str> = finding.words().collect();
    let named = named_in(&words.join(" "), state.people());
    let named = named.into_iter().cloned().collect::<Vec<_>>();
    let advice = if named.is_empty() { Vec::new() } else { vec![Advice::NamesPeople(named)] };
    Ok(Verdict::Record(vec![Event::FindingNoted(Box::new(finding.clone()))], advice))
}

/// The same words once more add nothing.
pub(super) fn set_field(state: &State, field: ReportField, text: &Text) -> Verdict {
    match state.report_field(field) {
        Some((moment, before)) if before == text => already(state, moment),
        Some(_) | None => one(Event::ReportFieldSet { field, text: text.clone() }),
    }
}
