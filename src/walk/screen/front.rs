//! The step in front: what to do, what has to be known about it, and what the answers lead to.

use super::{Viewer, due};
use crate::engine::{Gate, Outcome, State, Status, StepView};
use crate::playbook::{Choice, Condition, EscalateTo, Form, Playbook, Step, StepId};
use crate::session::Session;
use crate::ui::{BAD, HEAD, QUIET, flow, paint, safe, span, wrap};

/// The step in front in at most `room` lines: its instructions give way first.
pub(super) fn front(
    view: &StepView<'_>,
    session: &Session,
    viewer: &Viewer<'_>,
    room: usize,
) -> Vec<String> {
    let width = viewer.width;
    let (book, state, step) = (session.book(), session.state(), view.step);
    let role = book.role(&step.role).map_or(step.role.as_str(), |role| role.title.as_str());
    let mut facts = vec![format!("for {}", safe(role))];
    if let Some(due_at) = view.due {
        let late = if view.overdue {
            format!(", {} ago", span(viewer.now - due_at))
        } else {
            String::new()
        };
        facts.push(due(view, viewer) + &late);
    }
    match view.again {
        Some(_) => facts.push("asked again: it went down again after the last answer".to_owned()),
        None if view.occurrence > 1 => facts.push(format!("turn {}", view.occurrence)),
        None => {}
    }
    facts.extend(standing(view));
    facts.extend(needs(view, book, state));
    facts.extend(escalation(view, book, state));
    let title = wrap(&format!("NOW  {}  {}", step.code, safe(&step.title)), width);
    let mut lines: Vec<String> = title.iter().map(|line| paint(HEAD, line)).collect();
    lines.extend(wrap(&facts.join(" · "), width));
    if let Some(result) = state.exercise().check_result(&step.id) {
        lines.extend(wrap(&safe(&format!("EXERCISE: whoever looks finds: {result}")), width));
    }
    let form = |titles| -> Vec<String> {
        form(view, book, titles).iter().flat_map(|line| wrap(line, width)).collect()
    };
    let text: Vec<String> = flow(&step.instructions)
        .iter()
        .flat_map(|line| wrap(&format!("  {}", safe(line)), width))
        .collect();
    let free = room.saturating_sub(lines.len());
    // What to do matters more than the titles of the steps that an answer opens.
    let whole = Some(form(true)).filter(|whole| whole.len() + text.len() <= free);
    let form = whole.unwrap_or_else(|| form(false));
    let fits = free.saturating_sub(form.len());
    if text.len() <= fits {
        lines.extend(text);
    } else {
        lines.extend(text.into_iter().take(fits.saturating_sub(1)));
        lines.push(paint(QUIET, "  … (w = the whole text)"));
    }
    lines.extend(form);
    lines
}

/// What ought to come first and has no answer yet.
fn needs(view: &StepView<'_>, book: &Playbook, state: &State) -> Option<String> {
    let settled = |id: &&StepId| !state.steps().of(id).iter().any(|o| o.outcome.is_settled());
    let open: Vec<&str> = view
        .step
        .needs
        .iter()
        .filter(settled)
        .filter_map(|id| book.step(id).map(|step| step.code.as_str()))
        .collect();
    (!open.is_empty()).then(|| format!("first: {}", open.join(", ")))
}

/// Whom to tell about a step that is overdue for long.
fn escalation(view: &StepView<'_>, book: &Playbook, state: &State) -> Option<String> {
    let escalation = view.step.escalate.as_ref().filter(|_| view.escalated)?;
    let (title, of) = match &escalation.to {
        EscalateTo::Deputy => ("the deputy".to_owned(), &view.step.role),
        EscalateTo::Role(id) => {
            (book.role(id).map_or_else(|| id.to_string(), |r| r.title.clone()), id)
        }
    };
    let deputy = matches!(escalation.to, EscalateTo::Deputy);
    let names: Vec<String> =
        state.holders(of).filter(|t| t.deputy == deputy).map(|t| t.person.to_string()).collect();
    let names = if names.is_empty() { "nobody holds it".to_owned() } else { names.join(", ") };
    Some(paint(BAD, &format!("ESCALATE: tell {} ({})", safe(&title), safe(&names))))
}

fn standing(view: &StepView<'_>) -> Option<String> {
    if view.awaits_approval {
        let by = view.step.approval.as_ref().map(|approval| approval.by.to_string());
        return Some(format!("done, waits for approval by {}", by.unwrap_or_default()));
    }
    match view.status {
        Status::Begun => Some("somebody works on it".to_owned()),
        Status::Failed => Some("FAILED before".to_owned()),
        Status::Deferred => Some("was put off".to_owned()),
        Status::Done => Some(match &view.answer.outcome {
            Outcome::Decided { option, .. } => format!("decided: {option} (r = open it again)"),
            Outcome::Open
            | Outcome::Done { .. }
            | Outcome::Approved { .. }
            | Outcome::NotApplicable { .. }
            | Outcome::Failed { .. }
            | Outcome::Deferred { .. } => "done (r = open it again)".to_owned(),
        }),
        Status::NotApplicable => Some("not applicable".to_owned()),
        Status::Closed => Some(match view.gate {
            Gate::WaitsFor(decision) => format!("waits for the decision {decision}"),
            Gate::ClosedBy(decision) => format!("closed by the decision {decision}"),
            Gate::Open => "over".to_owned(),
        }),
        Status::Open => None,
    }
}

/// What the answer looks like: the options of a decision, each with what it leads to, the steps with
/// their titles if there is room for them.
fn form(view: &StepView<'_>, book: &Playbook, titles: bool) -> Vec<String> {
    match &view.step.form {
        Form::Decision(decision) => {
            let mut lines = vec![safe(&decision.question).into_owned()];
            for (number, choice) in decision.options.iter().enumerate() {
                let id = choice.id.as_str();
                lines.push(format!("  {}  {id}: {}", number + 1, safe(&choice.title)));
                let leads = consequences(book, view.step, choice, titles);
                lines.extend(leads.map(|line| format!("     {}", safe(&line))));
            }
            lines
        }
        Form::Action | Form::Collect(_) | Form::Message(_) | Form::Outreach(_) | Form::Check(_) => {
            Vec::new()
        }
    }
}

/// What an answer opens, closes and leads to, in one line; nothing where it changes nothing.
fn consequences(book: &Playbook, decision: &Step, choice: &Choice, titles: bool) -> Option<String> {
    let holds = |condition: &Condition| {
        condition.step == decision.id && condition.options.contains(&choice.id)
    };
    let steps = |on: fn(&Step) -> &[Condition]| -> Vec<String> {
        let steps = book.steps().map(|(_, step)| step).filter(|step| on(step).iter().any(holds));
        let title = |step: &Step| if titles { format!(" {}", step.title) } else { String::new() };
        let shown = |step: &Step| format!("{}{}", step.code, title(step));
        steps.map(shown).collect()
    };
    let (opens, closes) = (steps(|step| &step.opens_on), steps(|step| &step.closed_on));
    let mut parts = Vec::new();
    if !opens.is_empty() {
        parts.push(format!("opens {}", opens.join(", ")));
    }
    if !closes.is_empty() {
        parts.push(format!("closes {}", closes.join(", ")));
    }
    parts.extend(choice.leads_to.iter().map(|book| format!("leads to the playbook {book}")));
    (!parts.is_empty()).then(|| format!("→ {}", parts.join("; ")))
}
