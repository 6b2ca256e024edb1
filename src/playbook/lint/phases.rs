//! Phases: hours without a break, a recovery that comes by itself, and what must not be missing in it.

use std::sync::LazyLock;

use chrono::TimeDelta;

use super::super::findings::{Span, quoted};
use super::super::model::{FieldKind, Form, Opening, Phase, Step};
use super::super::rule::Rule;
use super::super::words::Mark;
use super::super::yaml;
use super::Subject;
use super::advice::Advice;
use super::phrases::Phrases;
use super::words::words;

/// How people speak of bringing the record up to date.
static RECONCILES: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let all = [
        "reconcil*",
        "back enter*",
        "back entr*",
        "backfill*",
        "catch up",
        "late entr*",
        "enter what was",
        "from paper",
    ];
    Phrases::new(all.map(|phrase| (phrase, ())))
});

/// How people speak of somebody doing it on purpose.
static ATTACKS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let all = [
        "attack*",
        "breach*",
        "compromis*",
        "cyber*",
        "hack*",
        "intru*",
        "malicious*",
        "malware",
        "on purpose",
        "ransom*",
    ];
    Phrases::new(all.map(|phrase| (phrase, ())))
});

/// Rules P01 to P06.
pub(super) fn check<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let raw = subject.raw.phases.given().map_or(&[][..], |phases| &phases.value);
    let phases: Vec<(&'b yaml::Phase<'_>, &'b Phase)> =
        raw.iter().flatten().zip(&subject.book.phases).collect();
    windows(&phases, advice);
    let returns =
        |phase: &Phase| matches!(phase.opening, Opening::On(Mark::Restored | Mark::Verified));
    let mut recovery = phases.iter().filter(|(_, phase)| returns(phase));
    if let Some((raw, first)) = recovery.next() {
        let all: Vec<&Phase> = recovery.map(|(_, phase)| *phase).chain([*first]).collect();
        let span = raw.id.given().map_or(raw.at, |id| id.span);
        must_reconcile(&all, first, span, advice);
        must_verify(subject, first, span, advice);
    } else if let Some(list) = subject.raw.phases.given() {
        let message = "no phase opens when the service is back";
        let help = "add a phase with `opens: restored`";
        advice.say_of_all(Rule::NoRecovery, list.span, message, help);
    }
    attack_question(subject, advice);
}

/// One window begins where another ends, from T+0 to the last one.
fn windows<'b>(phases: &[(&'b yaml::Phase<'_>, &'b Phase)], advice: &mut Advice<'b>) {
    let mut timed: Vec<(TimeDelta, TimeDelta, &str, Span)> = phases
        .iter()
        .filter_map(|(raw, phase)| match phase.opening {
            Opening::Window { from, to } => {
                Some((from, to, phase.id.as_str(), raw.window.given()?.span))
            }
            Opening::On(_) => None,
        })
        .collect();
    timed.sort_by_key(|(from, to, _, span)| (*from, *to, span.start));
    let (mut end, mut before) = (TimeDelta::zero(), None);
    for (from, to, id, span) in timed {
        let after = before.map_or("T+0".to_owned(), |id| format!("the end of {}", quoted(id)));
        if from > end {
            let message = format!("no phase covers the time between {after} and this window");
            let help = "let this window begin there";
            advice.say(Rule::WindowGap, id, span, message, help);
        } else if from < end {
            let message = format!("this window begins before {after}");
            let help = "let this window begin where the one before ends";
            advice.say(Rule::WindowOverlap, id, span, message, help);
        }
        if to >= end {
            (end, before) = (to, Some(id));
        }
    }
}

fn must_reconcile<'b>(all: &[&Phase], first: &'b Phase, span: Span, advice: &mut Advice<'b>) {
    let mut required = all.iter().flat_map(|phase| &phase.steps).filter(|step| step.required);
    if !required.any(reconciles) {
        let message =
            "no required step of recovery enters or reconciles what was done without the system";
        let help = "add one with `required: true`: back-enter with the actual time, reconcile";
        advice.say(Rule::NoReconciliation, first.id.as_str(), span, message, help);
    }
}

fn reconciles(step: &Step) -> bool {
    let texts = [step.id.as_str(), step.title.as_str(), step.instructions.as_str()];
    texts.into_iter().any(|text| RECONCILES.any(&words(text)))
}

fn must_verify<'b>(
    subject: &Subject<'b, '_>,
    first: &'b Phase,
    span: Span,
    advice: &mut Advice<'b>,
) {
    let collects = |step: &Step| match &step.form {
        Form::Collect(fields) => {
            fields.iter().any(|field| field.kind == FieldKind::Time(Some(Mark::Verified)))
        }
        _ => false,
    };
    let reaches = |step: &Step| step.milestone == Some(Mark::Verified) || collects(step);
    if !subject.steps.iter().any(|placed| reaches(placed.step)) {
        let message = "no step reaches the milestone `verified`";
        let help = "give the step that tests everything `milestone: verified`";
        advice.say(Rule::NeverVerified, first.id.as_str(), span, message, help);
    }
}

/// Somebody decides whether it could be an attack, wherever a service is down.
fn attack_question<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let Some(services) = subject.raw.services.given().filter(|all| !all.value.is_empty()) else {
        return;
    };
    let speaks = |text: &str| ATTACKS.any(&words(text));
    let asks = subject.steps.iter().any(|placed| match &placed.step.form {
        Form::Decision(decision) => {
            speaks(&decision.question)
                || speaks(&placed.step.title)
                || decision.options.iter().any(|option| {
                    speaks(&option.title)
                        || option.leads_to.as_ref().is_some_and(|to| speaks(to.as_str()))
                })
        }
        _ => false,
    });
    if !asks {
        let message = "nobody decides whether this could be an attack";
        let help = "add a decision with an answer that leads to ransomware, before the repair";
        advice.say_of_all(Rule::NoAttackQuestion, services.span, message, help);
    }
}
