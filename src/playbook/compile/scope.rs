//! Everything that can be referred to, gathered before any reference is looked at.

use std::collections::HashMap;

use super::super::findings::Findings;
use super::super::id::{ChannelId, OptionId, RoleId, SegmentId, StepId, TemplateId};
use super::super::yaml::{self, Slot, Text};
use super::names::Names;

/// The names of one playbook.
pub(super) struct Scope<'b> {
    pub(super) roles: Names<'b, RoleId>,
    pub(super) channels: Names<'b, ChannelId>,
    pub(super) segments: Names<'b, SegmentId>,
    pub(super) templates: Names<'b, TemplateId>,
    pub(super) steps: Names<'b, StepId>,
    /// The answers of each step that is a decision.
    pub(super) decisions: HashMap<&'b str, Names<'b, OptionId>>,
}

impl<'b> Scope<'b> {
    /// The names that a file defines; reports the definitions that are none.
    pub(super) fn of(book: &'b yaml::Book<'_>, findings: &mut Findings<'_>) -> Self {
        let mut roles = Names::of_keys("role", "roles", &book.roles, findings);
        if book.roles.given().is_none_or(|roles| roles.value.is_empty()) {
            roles.forgive();
        }
        let (mut steps, decisions) = define_steps(&steps(book), findings);
        if some_unread(book) {
            steps.forgive();
        }
        Self {
            roles,
            channels: Names::of_keys("channel", "channels", &book.channels, findings),
            segments: Names::of_keys("segment", "segments", &book.segments, findings),
            templates: Names::of_keys("template", "templates", &book.templates, findings),
            steps,
            decisions,
        }
    }

    /// The names that the steps of a step set define. Every other name may be one of the playbook.
    pub(super) fn of_set(steps: &[&'b yaml::Step<'_>], findings: &mut Findings<'_>) -> Self {
        let (mut steps, decisions) = define_steps(steps, findings);
        steps.forgive();
        Self {
            roles: Names::elsewhere(),
            channels: Names::elsewhere(),
            segments: Names::elsewhere(),
            templates: Names::elsewhere(),
            steps,
            decisions,
        }
    }
}

/// All steps that could be read, in the order of the file.
pub(in crate::playbook) fn steps<'b, 's>(book: &'b yaml::Book<'s>) -> Vec<&'b yaml::Step<'s>> {
    let phases = book.phases.given().map_or(&[][..], |phases| &phases.value);
    phases
        .iter()
        .flatten()
        .flat_map(|phase| phase.steps.given().map_or(&[][..], |steps| &steps.value))
        .flatten()
        .map(|yaml::Item(step)| step)
        .collect()
}

type Decisions<'b> = HashMap<&'b str, Names<'b, OptionId>>;

fn define_steps<'b>(
    steps: &[&'b yaml::Step<'_>],
    findings: &mut Findings<'_>,
) -> (Names<'b, StepId>, Decisions<'b>) {
    let mut names = Names::new("step", "steps");
    let mut decisions = Decisions::new();
    for step in steps {
        let options = answers(step, findings);
        let Some(id) = step.id.given() else {
            names.forgive();
            continue;
        };
        names.define(id, findings);
        refuse_code(id, findings);
        if let Some(options) = options {
            decisions.entry(id.value.as_ref()).or_insert(options);
        }
    }
    (names, decisions)
}

/// Whether a faulty entry may have held steps that are referred to.
fn some_unread(book: &yaml::Book<'_>) -> bool {
    let Slot::Given(phases) = &book.phases else { return true };
    phases.value.iter().any(|phase| {
        phase.as_ref().is_none_or(|phase| {
            phase.steps.given().is_none_or(|steps| steps.value.iter().any(Option::is_none))
        })
    })
}

fn answers<'b>(
    step: &'b yaml::Step<'_>,
    findings: &mut Findings<'_>,
) -> Option<Names<'b, OptionId>> {
    let unknown = || {
        let mut names = Names::new("option", "options");
        names.forgive();
        Some(names)
    };
    match &step.decision {
        Slot::Absent => None,
        Slot::Faulty => unknown(),
        Slot::Given(decision) if decision.options.is_absent() => unknown(),
        Slot::Given(decision) => {
            Some(Names::of_keys("option", "options", &decision.options, findings))
        }
    }
}

/// `i-07` on the phone has to mean one step only.
fn refuse_code(id: &Text<'_>, findings: &mut Findings<'_>) {
    let is_code = id.value.split_once('-').is_some_and(|(letter, number)| {
        letter.len() == 1
            && letter.bytes().all(|b| b.is_ascii_alphabetic())
            && number.len() >= 2
            && number.bytes().all(|b| b.is_ascii_digit())
    });
    if is_code {
        let message = format!(
            "{} looks like the short code of a step",
            super::super::findings::quoted(&id.value)
        );
        findings.error_help(id.span, message, "name the step by what is done".to_owned());
    }
}
