//! What to type instead of what the improvement plan, or a standing log, refused.

use super::{add_to, one};
use crate::engine::{ExerciseType, PlanRefusal as R, action_code};

/// What is possible instead, line by line.
pub(super) fn hints(refusal: &R) -> Vec<String> {
    match refusal {
        R::NoSuchAction { .. } => one("runbook actions list shows all of them"),
        R::ActionClosed { number, record, .. } => {
            let code = action_code(*number);
            let again = format!("if it is not done: runbook actions reopen {code} --reason TEXT");
            vec![add_to(record), again]
        }
        R::ActionOpen { number } => {
            one(format!("runbook actions close {} --evidence TEXT", action_code(*number)))
        }
        R::OwnClosing { number, .. } => own_closing(&action_code(*number)),
        R::DueBeforeStart { .. } => one("give --start and --due in this order"),
        R::NotOver { review } => one(format!("runbook done {}", review.step())),
        R::ActionVerified { record, .. } | R::ReviewFinished { record, .. } => one(add_to(record)),
        R::NothingToReview => {
            one("what is to be better all the same: runbook actions add TEXT --incident ID")
        }
        R::Standing => one("for an outage: runbook start PLAYBOOK"),
        R::NotStanding => one("runbook readiness record KIND"),
        R::DayAhead { .. } => one("record it when it has happened"),
        R::NotInWriting => one("name the incident, or say where it is written: --note TEXT"),
        R::NoType => {
            let types: Vec<&str> = ExerciseType::ALL.iter().map(|one| one.word()).collect();
            one(format!("--type {}", types.join("|")))
        }
    }
}

fn own_closing(code: &str) -> Vec<String> {
    vec![
        format!("somebody else: runbook actions verify {code} --by NAME"),
        format!(
            "or, if there is nobody: runbook actions verify {code} --reason TEXT (it is flagged)"
        ),
    ]
}
