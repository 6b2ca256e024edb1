//! What becomes different in the world of an exercise.

use super::super::super::exercise::WorldChange;
use super::super::super::exercise::shape::{self, Change};
use super::super::super::findings::Findings;
use super::super::super::model::Playbook;
use super::super::super::yaml::{Short, Slot};
use super::super::names;
use super::super::values::{self, number};
use super::known;

/// One change: one key.
pub(super) fn change(
    raw: &Change<'_>,
    book: &Playbook,
    findings: &mut Findings<'_>,
) -> Option<WorldChange> {
    let written = [
        !raw.check.is_absent(),
        !raw.bounces.is_absent(),
        !raw.unavailable.is_absent(),
        !raw.available.is_absent(),
        !raw.returns.is_absent(),
        !raw.fails.is_absent(),
    ];
    if written.iter().filter(|written| **written).count() != 1 {
        let help = "one of check, bounces, unavailable, available, returns, fails".to_owned();
        findings.error_help(raw.at, "a change has exactly one key", help);
    }
    let service = |slot: &Slot<_>, findings: &mut Findings<'_>| {
        slot.given().and_then(|text| names::slug(text, findings))
    };
    if let Some(raw) = raw.check.given() {
        return check(raw, book, findings);
    }
    if let Some(raw) = raw.bounces.given() {
        return bounces(raw, book, findings);
    }
    if let Some(raw) = raw.unavailable.given() {
        return unavailable(raw, book, findings);
    }
    if let Some(text) = raw.available.given() {
        return known::role(text, book, findings).map(|role| WorldChange::Available { role });
    }
    if !raw.returns.is_absent() {
        return service(&raw.returns, findings)
            .map(|service| WorldChange::Returns { service: Some(service) });
    }
    service(&raw.fails, findings).map(|service| WorldChange::Fails { service: Some(service) })
}

fn check(
    raw: &shape::CheckResult<'_>,
    book: &Playbook,
    findings: &mut Findings<'_>,
) -> Option<WorldChange> {
    let step = raw.step.required("step", raw.at, findings);
    let step = step.and_then(|text| known::step(text, book, findings));
    let result = raw.result.required("result", raw.at, findings);
    let result = result.and_then(|text| values::line(text, "result", findings));
    Some(WorldChange::Check { step: step?, result: result? })
}

fn bounces(
    raw: &shape::Bounces<'_>,
    book: &Playbook,
    findings: &mut Findings<'_>,
) -> Option<WorldChange> {
    let channel = raw.channel.required("channel", raw.at, findings);
    let channel = channel.and_then(|text| known::channel(text, book, findings));
    let percent = raw.percent.required("percent", raw.at, findings);
    let percent = percent.and_then(|text| number(text, "percent", 0..=100, findings));
    let percent = percent.and_then(|percent| u8::try_from(percent).ok());
    Some(WorldChange::Bounces { channel: channel?, percent: percent? })
}

fn unavailable(
    raw: &Short<'_, shape::Unavailable<'_>>,
    book: &Playbook,
    findings: &mut Findings<'_>,
) -> Option<WorldChange> {
    let (role, reason) = match raw {
        Short::Words(role) => (Some(role), None),
        Short::Full(raw) => {
            let reason = values::optional_line(&raw.reason, "reason", findings);
            (raw.role.required("role", raw.at, findings), reason)
        }
    };
    let role = role.and_then(|text| known::role(text, book, findings))?;
    Some(WorldChange::Unavailable { role, reason })
}
