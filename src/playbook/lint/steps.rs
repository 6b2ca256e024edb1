//! Steps: when they are due, whom they turn to, where their answers lead.

use std::collections::HashMap;

use chrono::TimeDelta;

use super::super::findings::{closest, quoted};
use super::super::id::{PlaybookId, StepId};
use super::super::model::{Due, Opening, Phase, Step};
use super::super::rule::Rule;
use super::super::yaml::{self, Short, Text};
use super::advice::Advice;
use super::{Placed, Subject};

/// How many names suggestions may look at.
const MAX_NAMES: usize = 10_000;

/// Rules S02 to S06.
pub(super) fn check<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    two_openers(subject, advice);
    for placed in &subject.steps {
        never_escalates(placed, advice);
        outside_phase(subject, placed, advice);
    }
    before_need(subject, advice);
    unknown_playbooks(subject, advice);
}

/// The decisions that open a step by `opens`: all of them have to be answered so.
fn two_openers<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let mut openers: HashMap<&str, Vec<&'b str>> = HashMap::new();
    for Placed { raw, step, .. } in &subject.steps {
        for opened in answers(raw).filter_map(|(_, answer)| answer.opens.given()) {
            for name in opened.value.iter().flatten() {
                let decisions = openers.entry(name.value.as_ref()).or_default();
                if decisions.last() != Some(&step.id.as_str()) {
                    decisions.push(step.id.as_str());
                }
            }
        }
    }
    for Placed { raw, step, .. } in &subject.steps {
        let Some(decisions) = openers.get(step.id.as_str()) else { continue };
        if let ([first, second, ..], Some(id)) = (decisions.as_slice(), raw.id.given()) {
            let message = format!(
                "step {} opens only after both {} and {} were answered so",
                quoted(step.id.as_str()),
                quoted(first),
                quoted(second),
            );
            let help = "let one decision open it, or write two steps";
            advice.say(Rule::TwoOpeners, step.id.as_str(), id.span, message, help);
        }
    }
}

/// The answers of a decision in their long form, with their names.
fn answers<'b, 's>(
    step: &'b yaml::Step<'s>,
) -> impl Iterator<Item = (&'b Text<'s>, &'b yaml::Answer<'s>)> {
    let options = step.decision.given().and_then(|decision| decision.options.given());
    let options = options.map_or(&[][..], |options| &options.value);
    options.iter().filter_map(|(name, answer)| match answer {
        Some(Short::Full(answer)) => Some((name, answer)),
        Some(Short::Words(_)) | None => None,
    })
}

fn never_escalates<'b>(placed: &Placed<'b, '_>, advice: &mut Advice<'b>) {
    let Placed { raw, step, .. } = placed;
    if step.due.is_some() || step.repeat.is_some() {
        return;
    }
    if let Some(escalate) = raw.escalate.given() {
        let message = "a step without `due` never escalates";
        let help = "write when the step is due, such as `due: 30m`";
        advice.say(Rule::NeverEscalates, step.id.as_str(), escalate.at, message, help);
    }
}

fn outside_phase<'b>(subject: &Subject<'b, '_>, placed: &Placed<'b, '_>, advice: &mut Advice<'b>) {
    let Placed { raw, step, phase } = placed;
    let (Opening::Window { from, to }, Some(text)) = (phase.opening, raw.due.given()) else {
        return;
    };
    let Some(due) = since_start(phase, step) else { return };
    let word = text.value.trim();
    if due < from {
        let message = "the step is due before its phase opens";
        let help = format!("`due` counts from T+0; write `phase+{word}` to count from the phase");
        advice.say(Rule::DueOutsidePhase, step.id.as_str(), text.span, message, help);
    } else if due > to && !is_last(subject, to) {
        let message = "the step is due after its phase is over";
        let help = match step.due {
            Some(Due::AfterPhase(_)) => "move it to the next phase, or make it due earlier",
            _ => "move it to the phase of that hour; `due` counts from T+0",
        };
        advice.say(Rule::DueOutsidePhase, step.id.as_str(), text.span, message, help);
    }
}

/// Whether no window ends later: the last one has no end in practice.
fn is_last(subject: &Subject<'_, '_>, end: TimeDelta) -> bool {
    subject.book.phases.iter().all(|phase| match phase.opening {
        Opening::Window { to, .. } => to <= end,
        Opening::On(_) => true,
    })
}

/// When a step is due, counted from T+0; nothing where only an event says when.
fn since_start(phase: &Phase, step: &Step) -> Option<TimeDelta> {
    match (step.due?, phase.opening) {
        (Due::AfterStart(due), _) => Some(due),
        (Due::AfterPhase(due), Opening::Window { from, .. }) => Some(from + due),
        (Due::AfterPhase(_), Opening::On(_)) => None,
    }
}

fn before_need<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let all: HashMap<&StepId, &Placed<'b, '_>> =
        subject.steps.iter().map(|placed| (&placed.step.id, placed)).collect();
    for Placed { raw, step, phase } in &subject.steps {
        let needs = raw.needs.given().map_or(&[][..], |needs| &needs.value);
        for (name, need) in needs.iter().flatten().zip(&step.needs) {
            let Some(other) = all.get(need) else { continue };
            let due = match (since_start(phase, step), since_start(other.phase, other.step)) {
                (Some(due), Some(before)) => Some((due, before)),
                // After an event only the steps of one phase share a clock.
                (None, None) if phase.id == other.phase.id => {
                    let after = |step: &Step| match step.due? {
                        Due::AfterPhase(due) | Due::AfterStart(due) => Some(due),
                    };
                    after(step).zip(after(other.step))
                }
                _ => None,
            };
            if due.is_some_and(|(due, before)| due < before) {
                let message =
                    format!("this step is due before {}, which it needs", quoted(&name.value));
                let help = "let the due times follow each other";
                advice.say(Rule::DueBeforeNeed, step.id.as_str(), name.span, message, help);
            }
        }
    }
}

fn unknown_playbooks<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let Some(known) = subject.known.playbooks else { return };
    let mut budget = MAX_NAMES;
    for Placed { raw, step, .. } in &subject.steps {
        for name in answers(raw).filter_map(|(_, answer)| answer.leads_to.given()) {
            let word = name.value.as_ref();
            if word == subject.book.id.as_str() || known.iter().any(|id| id.as_str() == word) {
                continue;
            }
            let near = closest(word, known.iter().map(PlaybookId::as_str), &mut budget);
            let help = near.map_or_else(
                || "`runbook list` shows the playbooks at hand".to_owned(),
                |near| format!("did you mean {}?", quoted(near)),
            );
            let message = format!("there is no playbook {}", quoted(word));
            advice.say(Rule::UnknownPlaybook, step.id.as_str(), name.span, message, help);
        }
    }
}
