//! What a review may record, during the incident and at any time after it.

use super::exercise::known_objective;
use super::{Advice, Refusal, State, Verdict, already};
use crate::engine::event::Event;
use crate::engine::finding::{Finding, named_in};
use crate::engine::text::Text;
use crate::playbook::ReportField;

pub(super) fn note(state: &State, finding: &Finding) -> Result<Verdict, Refusal> {
    finding.objective.as_ref().map_or(Ok(()), |objective| known_objective(state, objective))?;
    let words: Vec<&str> = finding.words().collect();
    let event = Event::FindingNoted(Box::new(finding.clone()));
    Ok(judged(state, event, &words.join(" ")))
}

/// A fact of a review, with the advice to look at plans, tools and training where its words name
/// somebody: they end up in the after-action report.
pub(super) fn judged(state: &State, event: Event, words: &str) -> Verdict {
    let named: Vec<_> = named_in(words, state.people()).into_iter().cloned().collect();
    let advice = if named.is_empty() { Vec::new() } else { vec![Advice::NamesPeople(named)] };
    Verdict::Record(vec![event], advice)
}

/// The same words once more add nothing.
pub(super) fn set_field(state: &State, field: ReportField, text: &Text) -> Verdict {
    match state.report_field(field) {
        Some((moment, before)) if before == text => already(state, moment),
        Some(_) | None => {
            let event = Event::ReportFieldSet { field, text: text.clone() };
            // Whom to ask and who pays for it are names by right.
            let names = [ReportField::Contact, ReportField::Sponsor, ReportField::Organizations];
            let words = text.words().filter(|_| !names.contains(&field));
            judged(state, event, words.unwrap_or_default())
        }
    }
}
