//! Rules of law and the clocks that they start, of the country and of its states.

use super::super::model::{Clock, Rule, StateRules};
use super::super::shape;
use super::super::words::{RuleStatus, Unit};
use super::{Top, fixed, must_line, text_of};
use crate::playbook::EntryId;
use crate::playbook::reading::{Entries, Findings, Slot, Span, Text, key, number, prose};
use crate::site::is_state;

pub(super) fn rule(
    id: Option<EntryId>,
    raw: &shape::Rule<'_>,
    top: &Top,
    findings: &mut Findings<'_>,
) -> Option<Rule> {
    let origin = top.origin(&raw.source, &raw.checked, raw.at, findings);
    let title = must_line(&raw.title, "title", raw.at, findings);
    let text = raw.text.required("text", raw.at, findings);
    let text = text.and_then(|text| prose(text, "text", findings));
    let citation = must_line(&raw.citation, "citation", raw.at, findings);
    let status = status(&raw.status, raw.at, findings);
    let clock = raw.clock.given().and_then(|raw| clock(raw, findings));
    let policy = text_of(&raw.policy, "policy", findings).unwrap_or_default();
    Some(Rule {
        id: id?,
        title: title?,
        status: status?,
        text: text?,
        citation: citation?,
        clock,
        policy,
        origin: origin?,
    })
}

fn clock(raw: &shape::Clock<'_>, findings: &mut Findings<'_>) -> Option<Clock> {
    let from = must_line(&raw.from, "from", raw.at, findings);
    let limit = raw.limit.required("limit", raw.at, findings);
    let limit = limit.and_then(|text| number(text, "limit", 1..=1_000, findings));
    let unit = raw.unit.required("unit", raw.at, findings);
    let unit = unit.and_then(|text| fixed("unit", text, Unit::from_word, Unit::words, findings));
    Some(Clock { from: from?, limit: limit?, unit: unit? })
}

fn status(slot: &Slot<Text<'_>>, at: Span, findings: &mut Findings<'_>) -> Option<RuleStatus> {
    let text = slot.required("status", at, findings)?;
    fixed("status", text, RuleStatus::from_word, RuleStatus::words, findings)
}

pub(super) fn states(
    slot: &Slot<Entries<'_, shape::State<'_>>>,
    top: &Top,
    findings: &mut Findings<'_>,
) -> Vec<StateRules> {
    let Some(entries) = slot.given() else { return Vec::new() };
    let mut all = Vec::with_capacity(entries.value.len());
    for (name, raw) in &entries.value {
        let state = code(name, findings);
        all.extend(raw.as_ref().and_then(|raw| state_rules(state, raw, top, findings)));
    }
    all
}

/// The two letters of a state, which stand in lower case in the file.
fn code(name: &Text<'_>, findings: &mut Findings<'_>) -> Option<String> {
    let upper = name.value.to_ascii_uppercase();
    if is_state(&upper) && *name.value == *upper.to_ascii_lowercase() {
        return Some(upper);
    }
    let message = format!("{} is no state or territory of the United States", key(&name.value));
    let help = "write the two letters of the post in lower case, such as `ct`".to_owned();
    findings.error_help(name.span, message, help);
    None
}

fn state_rules(
    state: Option<String>,
    raw: &shape::State<'_>,
    top: &Top,
    findings: &mut Findings<'_>,
) -> Option<StateRules> {
    let origin = top.origin(&raw.source, &raw.checked, raw.at, findings);
    let citation = must_line(&raw.citation, "citation", raw.at, findings);
    let status = status(&raw.status, raw.at, findings);
    let mut may = |slot: &Slot<Text<'_>>, name| text_of(slot, name, findings);
    let emergency_refill = may(&raw.refill, "emergency_refill");
    let limit = may(&raw.limit, "limit");
    let conditions = may(&raw.conditions, "conditions");
    let excluded = may(&raw.excluded, "excluded");
    let controlled = may(&raw.controlled, "controlled");
    let notify = may(&raw.notify, "notify");
    let eprescribing_exception = may(&raw.eprescribing, "eprescribing_exception");
    let unscheduled_closing = may(&raw.closing, "unscheduled_closing");
    let downtime_log = may(&raw.downtime_log, "downtime_log");
    let notes = may(&raw.notes, "notes");
    Some(StateRules {
        state: state?,
        status: status?,
        emergency_refill,
        limit,
        conditions,
        excluded,
        controlled,
        notify,
        eprescribing_exception,
        unscheduled_closing,
        downtime_log,
        notes,
        citation: citation?,
        origin: origin?,
    })
}
