//! Roles: who has something to do, who steps in, and what the commander keeps out of.

use std::collections::{HashMap, HashSet};

use super::super::findings::quoted;
use super::super::id::RoleId;
use super::super::model::{EscalateTo, Form, Step};
use super::super::rule::Rule;
use super::advice::Advice;
use super::words::words;
use super::{Placed, Subject, beside};

/// How a title begins that orders a repair.
const REPAIRS: [&str; 9] = [
    "debug",
    "patch",
    "reboot",
    "reconfigure",
    "reimage",
    "reinstall",
    "repair",
    "restore",
    "troubleshoot",
];

/// What the steps of one role do.
#[derive(Default)]
struct Work {
    /// Somebody has something to do at all.
    any: bool,
    /// Something can be overdue.
    due: bool,
    /// Something turns to somebody when it is.
    escalates: bool,
    /// How many steps turn to a deputy.
    to_deputy: usize,
}

/// Rules R01 to R04.
pub(super) fn check<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let work = work(subject);
    let idle = Work::default();
    for (name, _, role) in beside(&subject.raw.roles, &subject.book.roles) {
        let Work { any, due, escalates, to_deputy } = work.get(&role.id).unwrap_or(&idle);
        let (at, shown) = (role.id.as_str(), quoted(role.id.as_str()));
        if role.required && !any {
            let message = format!("role {shown} is required and has nothing to do");
            let help = "give it a step, or take `required` out";
            advice.say(Rule::IdleRole, at, name.span, message, help);
        }
        if role.required && *due && !escalates {
            let message = format!("nobody steps in for role {shown}: none of its steps escalates");
            let help = "give its most urgent step `escalate: {after: 15m, to: deputy}`";
            advice.say(Rule::NobodyStepsIn, at, name.span, message, help);
        }
        let planned = subject.known.site.as_ref().map(|site| site.deputies.contains(&&role.id));
        if *to_deputy > 0 && planned == Some(false) {
            let count = if *to_deputy == 1 { "a step turns" } else { "steps turn" };
            let message =
                format!("{count} to a deputy of role {shown}, and the site file plans none");
            let help = format!("runbook site set {}.deputy \"NAME\"", role.id);
            advice.say(Rule::NoDeputy, at, name.span, message, help);
        }
    }
    lead_repairs(subject, advice);
}

fn work<'b>(subject: &Subject<'b, '_>) -> HashMap<&'b RoleId, Work> {
    let mut all: HashMap<&RoleId, Work> = HashMap::new();
    for Placed { step, .. } in &subject.steps {
        let work = all.entry(&step.role).or_default();
        work.any = true;
        let due = step.due.is_some() || step.repeat.is_some();
        work.due |= due;
        if let Some(escalation) = step.escalate.as_ref().filter(|_| due) {
            work.escalates = true;
            work.to_deputy += usize::from(escalation.to == EscalateTo::Deputy);
        }
        if let Some(approval) = &step.approval {
            all.entry(&approval.by).or_default().any = true;
        }
    }
    all
}

/// Steps by which the role that leads would repair something itself.
fn lead_repairs<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let Some(lead) = subject.book.lead() else { return };
    let repairs: HashSet<&str> = REPAIRS.into_iter().collect();
    for Placed { raw, step, .. } in &subject.steps {
        if step.role != lead.id || subject.book.roles.len() < 2 {
            continue;
        }
        let what = if matches!(step.form, Form::Check(_)) {
            "a technical check"
        } else if is_repair(step, &repairs) {
            "a repair"
        } else {
            continue;
        };
        let Some(role) = raw.role.given() else { continue };
        let message =
            format!("{what} is no work for role {}, which leads", quoted(lead.id.as_str()));
        let help = "give it to the role that restores; the lead asks for the result";
        advice.say(Rule::LeadRepairs, step.id.as_str(), role.span, message, help);
    }
}

fn is_repair(step: &Step, repairs: &HashSet<&str>) -> bool {
    words(&step.title).first().is_some_and(|first| repairs.contains(first.plain.as_str()))
}
