//! The keys that fit what is on the screen.

use super::Viewer;
use crate::engine::{State, Status, StepView};
use crate::playbook::Form;

/// The keys for the step in front, then those that are always there; fewer on a narrow screen.
pub(super) fn keys(view: Option<&StepView<'_>>, state: &State, viewer: &Viewer<'_>) -> String {
    let narrow = viewer.width < 72;
    let declare = if state.t0().is_none() { "m declare · c false alarm · " } else { "" };
    let always = if narrow {
        "p people · k phones · z undo · ? all keys"
    } else {
        "p people · k phones · t note · o next · z undo · s steps · q leave · ? all keys"
    };
    let Some(view) = view else { return format!("{declare}m mark · c close · {always}") };
    if matches!(view.status, Status::Done | Status::NotApplicable) && !view.awaits_approval {
        return format!("{declare}r open it again · w the words · o next\n{always}");
    }
    format!("{declare}{} · n n/a · f failed · l later\n{always}", answers(view, narrow))
}

fn answers(view: &StepView<'_>, narrow: bool) -> String {
    let approves =
        view.step.approval.as_ref().is_some_and(|approval| approval.by == view.step.role);
    match &view.step.form {
        _ if view.awaits_approval || approves => "a approve".to_owned(),
        Form::Decision(decision) => format!("1-{} = answer", decision.options.len()),
        Form::Message(_) | Form::Outreach(_) => "d done · w the words · b begin".to_owned(),
        Form::Action | Form::Collect(_) | Form::Check(_) if narrow => {
            "d done · e earlier · b begin".to_owned()
        }
        Form::Action | Form::Collect(_) | Form::Check(_) => {
            "d done · e earlier or by others · b begin".to_owned()
        }
    }
}
