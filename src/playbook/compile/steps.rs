//! One step: everything except its form (`forms`) and what opens and closes it (`gates`).

use super::super::findings::Findings;
use super::super::id::RoleId;
use super::super::model::{Approval, Due, EscalateTo, Escalation, Opening, Repeat, Step};

use super::super::yaml::{self, Text};
use super::duration::{duration, positive};
use super::gates::Gate;
use super::roles::DEPUTY;
use super::scope::Scope;
use super::{forms, values};

/// The step, if nothing it cannot do without is faulty.
pub(super) fn compile(
    raw: &yaml::Step<'_>,
    code: String,
    opening: Option<Opening>,
    gate: Gate,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<Step> {
    let id = raw.id.required("id", raw.at, findings).and_then(|id| scope.steps.get(id));
    let role = raw.role.required("role", raw.at, findings);
    let role = role.and_then(|role| scope.roles.find(role, findings));
    let title = raw.title.required("title", raw.at, findings);
    let title = title.and_then(|title| values::line(title, "title", findings));
    let instructions = values::optional_prose(&raw.instructions, "do", findings);
    let form = forms::compile(raw, scope, findings);
    let due = raw.due.given().and_then(|text| due(text, opening, findings));
    let repeat = raw.repeat.given().and_then(|repeat| self::repeat(repeat, findings));
    let escalate = raw.escalate.given().and_then(|raw| escalation(raw, scope, findings));
    let approval = raw.approval.given().and_then(|raw| approval(raw, scope, findings));
    let milestone = raw.milestone.given().and_then(|text| values::milestone(text, findings));
    clashes(raw, findings);
    Some(Step {
        id: id?,
        code,
        role: role?,
        title: title?,
        instructions,
        form: form?,
        due,
        required: raw.required.given().is_some_and(|flag| flag.value),
        critical: raw.critical.given().is_some_and(|flag| flag.value),
        needs: gate.needs,
        opens_on: gate.opens_on,
        closed_on: gate.closed_on,
        repeat,
        escalate,
        approval,
        milestone,
    })
}

/// Keys that exclude each other, or do nothing without each other.
fn clashes(raw: &yaml::Step<'_>, findings: &mut Findings<'_>) {
    let decides = !raw.decision.is_absent();
    if let (true, Some(approval)) = (decides, raw.approval.given()) {
        let help = "put the approval into a step of its own that `needs` this one".to_owned();
        findings.error_help(approval.at, "a decision cannot ask for `approval`", help);
    }
    if let (true, Some(repeat)) = (decides, raw.repeat.given()) {
        let help = "a decision is made once; reopen the step to decide again".to_owned();
        findings.error_help(repeat.at, "a decision cannot `repeat`", help);
    }
}

fn due(text: &Text<'_>, opening: Option<Opening>, findings: &mut Findings<'_>) -> Option<Due> {
    if let Some(length) = text.value.trim().strip_prefix("phase+") {
        let after = Text { value: length.into(), span: text.span };
        return duration(&after, "due", findings).map(Due::AfterPhase);
    }
    let length = duration(text, "due", findings)?;
    match opening? {
        Opening::On(_) => Some(Due::AfterPhase(length)),
        Opening::Window { .. } => Some(Due::AfterStart(length)),
    }
}

fn repeat(raw: &yaml::Repeat<'_>, findings: &mut Findings<'_>) -> Option<Repeat> {
    let every = raw.every.required("every", raw.at, findings);
    let every = every.and_then(|every| positive(every, "every", findings));
    let until = raw.until.given().and_then(|until| values::mark(until, findings));
    Some(Repeat { every: every?, until })
}

fn escalation(
    raw: &yaml::Escalate<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<Escalation> {
    let after = raw.after.required("after", raw.at, findings);
    let after = after.and_then(|after| duration(after, "after", findings));
    let to = raw.to.required("to", raw.at, findings)?;
    let to = if to.value == DEPUTY {
        EscalateTo::Deputy
    } else {
        EscalateTo::Role(scope.roles.find(to, findings)?)
    };
    Some(Escalation { after: after?, to })
}

fn approval(
    raw: &yaml::Approval<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<Approval> {
    let by: Option<RoleId> =
        raw.by.required("by", raw.at, findings).and_then(|by| scope.roles.find(by, findings));
    Some(Approval { by: by? })
}
