//! What to type instead of what was refused. The first function names every refusal; the others say
//! it by subject: names, answers, decisions and approvals, records, endings, people.

mod plan;

use std::fmt::Display;

use crate::engine::{ExerciseRefusal, Person, RecordRef, Refusal as R};
use crate::playbook::{Mark, StepId};

/// What is possible instead of what was refused, line by line.
pub(super) fn hints(refusal: &R) -> Vec<String> {
    match refusal {
        R::UnknownStep { near, .. } => near_steps(near),
        R::UnknownRole { near, .. } => list("its roles are", near),
        R::UnknownField { fields, .. } => fields_of(fields),
        R::MissingAnswers { step, fields } => missing(step, fields),
        // The hint to the third names a time, which needs the reader's clock.
        R::BadAnswer { .. } | R::Future { .. } | R::BeforeTaken { .. } | R::NothingToRecord => {
            Vec::new()
        }
        R::Plan(refusal) => plan::hints(refusal),
        R::UnknownOption { step, options, .. } | R::IsDecision { step, options } => {
            one(format!("runbook decide {step} {}", options.join("|")))
        }
        R::NoDecision { step }
        | R::NoApproval { step }
        | R::NothingToApprove { step, .. }
        | R::NotAnswered { step } => one(format!("runbook done {step}")),
        R::IsApproval { step } => one(format!("runbook approve {step}")),
        R::OwnWork { step, .. } => own_work(step),
        R::ClosedByDecision { decision, .. } => closed_by(decision),
        R::RepeatOver { mark, .. } => repeat_over(*mark),
        R::NeedsInitials { .. } => initials(),
        R::BadInitials { .. } => one("--initials XY"),
        R::NotWithdrawable { record } => not_withdrawable(record),
        R::AnswerAfterEnd { record } => one(say_what_is_right(record)),
        R::Settled { step, record, .. } | R::OtherContent { step, record, .. } => {
            vec![add_to(record), format!("to do it again: runbook reopen {step} --reason TEXT")]
        }
        R::KeyUsed { record, .. } => key_used(record),
        R::AlreadyDeclared { record, .. } | R::AlreadyMarked { record, .. } => wrong_time(record),
        R::Ended { .. } => one(
            "notes, corrections, late milestones and actions are still taken: runbook note TEXT",
        ),
        R::NotReady { missing } => not_ready(missing),
        R::NotDeclared => not_declared(),
        R::DeferredIntoPast { .. } => one("--until 16:30 or --until +45m"),
        R::NotHeld { holders, .. } => held_by(holders),
        R::CannotConfirm { may, .. } => list("these can:", may),
        R::Unheld { role } => one(format!("runbook assign {role} NAME")),
        R::OfExercise(refusal) => of_exercise(refusal),
    }
}

fn of_exercise(refusal: &ExerciseRefusal) -> Vec<String> {
    match refusal {
        ExerciseRefusal::NoExercise => one("runbook drill PLAYBOOK starts an exercise"),
        ExerciseRefusal::RealClock { .. } => {
            one("an exercise with a clock of its own: runbook drill PLAYBOOK")
        }
        ExerciseRefusal::ClockStaysSo { setting } if setting.paused => {
            one("to go on: runbook drill resume")
        }
        ExerciseRefusal::ClockLeap { .. } => one("if it is meant: runbook drill jump TIME --far"),
        ExerciseRefusal::ClockStaysSo { .. } => {
            one("at another speed: runbook drill speed 10x; to stop it: runbook drill pause")
        }
        ExerciseRefusal::ClockBack { .. } => {
            one("forward: runbook drill jump +10m; runbook drill injects shows what it says now")
        }
        ExerciseRefusal::InjectInPast { .. } => {
            one("now: the same without --due; later: --due +10m")
        }
        ExerciseRefusal::InjectExists { .. } => {
            one("another name: --name NAME, or leave --name out")
        }
        ExerciseRefusal::PlayerMayNot { facilitator, .. } => no_player(facilitator.as_ref()),
        ExerciseRefusal::MovedOn { inject } => vec![
            "runbook drill deliver looks again".to_owned(),
            format!("to deliver it all the same: runbook drill deliver {inject}"),
        ],
        ExerciseRefusal::FacilitatorCallsOff { .. } => one("runbook note TEXT"),
        ExerciseRefusal::FacilitatorEnds { facilitator } => vec![
            format!("the facilitator does: --by \"{facilitator}\""),
            "something real has happened: runbook drill interrupt".to_owned(),
        ],
        ExerciseRefusal::UnknownObjective { all, .. } => objectives(all),
        ExerciseRefusal::UnknownInject { near, .. } => near_injects(near),
        ExerciseRefusal::InjectDelivered { record, .. } => {
            one(format!("it stands in record {}", record.short()))
        }
    }
}

fn no_player(facilitator: Option<&Person>) -> Vec<String> {
    match facilitator {
        Some(name) => one(format!("the facilitator does: --by \"{name}\"")),
        None => one("somebody who does not play does: --by NAME"),
    }
}

fn objectives(all: &[String]) -> Vec<String> {
    if all.is_empty() { one("it names none") } else { list("its objectives are", all) }
}

fn near_injects(near: &[String]) -> Vec<String> {
    let meant = (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")));
    meant.into_iter().chain(one("runbook drill injects lists them, for the facilitator")).collect()
}

fn one(hint: impl Into<String>) -> Vec<String> {
    vec![hint.into()]
}

fn list(before: &str, names: &[impl Display]) -> Vec<String> {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    one(format!("{before} {}", names.join(", ")))
}

fn near_steps(near: &[String]) -> Vec<String> {
    let meant = (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")));
    meant.into_iter().chain(one("runbook status lists all steps")).collect()
}

fn fields_of(fields: &[String]) -> Vec<String> {
    if fields.is_empty() {
        one("leave --set out; --note takes free words")
    } else {
        list("it asks for", fields)
    }
}

fn missing(step: &StepId, fields: &[(String, String)]) -> Vec<String> {
    let asked = fields.iter().map(|(name, question)| format!("--set {name}=…   {question}"));
    one(format!("runbook done {step} with")).into_iter().chain(asked).collect()
}

fn own_work(step: &StepId) -> Vec<String> {
    vec![
        format!("somebody else approves it: runbook approve {step} --by NAME"),
        format!("or, if there is nobody: runbook approve {step} --reason TEXT (it is flagged)"),
    ]
}

fn closed_by(decision: &StepId) -> Vec<String> {
    one(format!(
        "if the decision has changed: runbook reopen {decision} --reason TEXT, then decide again"
    ))
}

fn repeat_over(mark: Mark) -> Vec<String> {
    one(format!(
        "if the outage is back: runbook mark relapsed; to add words: runbook note TEXT ({mark} stays)"
    ))
}

fn initials() -> Vec<String> {
    one("the same command with --initials XY (yours), for example --initials AD")
}

fn add_to(record: &RecordRef) -> String {
    format!("to add to it: runbook correct {} --note TEXT", record.short())
}

fn say_what_is_right(record: &RecordRef) -> String {
    format!("to say what is right: runbook correct {} --note TEXT", record.short())
}

fn not_withdrawable(record: &RecordRef) -> Vec<String> {
    vec![add_to(record), "for a role: runbook release ROLE NAME".to_owned()]
}

fn key_used(record: &RecordRef) -> Vec<String> {
    one(format!("it stands in record {}; use another key", record.short()))
}

fn wrong_time(record: &RecordRef) -> Vec<String> {
    let record = record.short();
    one(format!("if the time is wrong: runbook correct {record} --occurred TIME --note TEXT"))
}

fn not_ready(missing: &[String]) -> Vec<String> {
    let anyway = one("to close all the same: runbook close --anyway --reason TEXT");
    missing.iter().cloned().chain(anyway).collect()
}

fn not_declared() -> Vec<String> {
    vec![
        "runbook mark declared sets T+0".to_owned(),
        "runbook false-alarm --reason TEXT ends it".to_owned(),
    ]
}

fn held_by(holders: &[Person]) -> Vec<String> {
    if holders.is_empty() { one("nobody does") } else { list("held by", holders) }
}
