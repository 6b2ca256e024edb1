//! What the walk shows: where we are, what is overdue, what is next, and the step in front.

use std::fmt::Write as _;

use crate::engine::{
    Gate, Mode, Person, State, Status, StepView, Timestamp, phase_by_clock, phases_open,
};
use crate::playbook::{EscalateTo, Form, Opening, Playbook, Role, StepId};
use crate::report::figures;
use crate::session::Session;
use crate::ui::{
    BAD, HEAD, QUIET, STRONG, WARN, clock_time, near_time, paint, safe, span, t_plus, wrap,
};
use crate::world::Zone;

/// Who looks, when and where.
pub(super) struct Viewer<'a> {
    pub(super) zone: Zone,
    pub(super) now: Timestamp,
    /// Whose name the answers carry.
    pub(super) person: &'a Person,
}

/// The head of the screen.
fn head(session: &Session, viewer: &Viewer<'_>, width: usize) -> Vec<String> {
    let (book, state) = (session.book(), session.state());
    let mut lines = Vec::new();
    let name = safe(&title(book, state)).into_owned();
    let mode = match state.mode() {
        Mode::Live => paint(STRONG, "LIVE"),
        Mode::Exercise => paint(WARN, "EXERCISE - not real - EXERCISE"),
    };
    lines.push(format!("{} · {mode} · {}", paint(HEAD, &name), session.id()));
    lines.extend(wrap(&clock(book, state, viewer), width));
    if !session.problems().is_empty() {
        let count = session.problems().len();
        let text = format!("INTEGRITY PROBLEM in the log ({count}): runbook verify says where");
        lines.push(paint(BAD, &text));
    }
    lines.extend(roles(book, state, width));
    lines.push(paint(
        QUIET,
        &format!("You are {} (u = somebody else types)", safe(viewer.person.as_str())),
    ));
    if let Some(figures) = key_figures(session, viewer) {
        lines.extend(wrap(&figures, width));
    }
    lines
}

fn title(book: &Playbook, state: &State) -> String {
    let given = state.opened().and_then(|opened| opened.title.words());
    given.unwrap_or(&book.title).to_owned()
}

fn clock(book: &Playbook, state: &State, viewer: &Viewer<'_>) -> String {
    let at = |at| clock_time(at, viewer.zone.offset_at(at));
    let Some(t0) = state.t0() else {
        return format!(
            "{} · suspected, not declared (m = declare, c = false alarm)",
            at(viewer.now)
        );
    };
    let mut line = format!("{} · now {} · T+0 {}", t_plus(viewer.now - t0), at(viewer.now), at(t0));
    if let Some(phase) = phase_by_clock(book, state, viewer.now) {
        let _ = write!(line, " · {}", safe(&phase.title));
        if let Opening::Window { from, to } = phase.opening {
            let _ = write!(line, " ({}-{} h)", from.num_hours(), to.num_hours());
        }
    }
    for phase in phases_open(book, state, viewer.now) {
        if matches!(phase.opening, Opening::On(_)) {
            let _ = write!(line, " + {}", safe(&phase.title));
        }
    }
    line
}

/// Two roles a line; a required role that nobody holds is said in words.
fn roles(book: &Playbook, state: &State, width: usize) -> Vec<String> {
    let one = |role: &Role| {
        let holders: Vec<String> = state
            .holders(&role.id)
            .map(|t| if t.deputy { format!("{} (deputy)", t.person) } else { t.person.to_string() })
            .collect();
        match holders.as_slice() {
            [] if role.required => Some(format!("{}: NOBODY", safe(&role.title))),
            [] => None,
            held => Some(format!("{}: {}", safe(&role.title), safe(&held.join(", ")))),
        }
    };
    let shown: Vec<String> = book.roles.iter().filter_map(one).collect();
    let mut lines: Vec<String> = Vec::new();
    for role in shown {
        let part = if role.ends_with(": NOBODY") { paint(WARN, &role) } else { role.clone() };
        match lines.last_mut() {
            Some(line) if columns(line) + columns(&role) + 3 < width => {
                line.push_str(" · ");
                line.push_str(&part);
            }
            _ => lines.push(part),
        }
    }
    lines
}

/// Columns that a line takes, our own styles left out.
fn columns(line: &str) -> usize {
    dialoguer::console::measure_text_width(line)
}

/// The figures that matter now, each with its target.
fn key_figures(session: &Session, viewer: &Viewer<'_>) -> Option<String> {
    use crate::playbook::KpiId;

    let shown = [KpiId::TimeToDeclare, KpiId::TimeToFirstOutreach, KpiId::TimeToFirstReached];
    let figures = figures(session.book(), session.state(), viewer.now);
    let parts: Vec<String> = figures
        .iter()
        .filter(|figure| shown.contains(&figure.id) && figure.value.is_some())
        .map(|figure| {
            let name = match figure.id {
                KpiId::TimeToDeclare => "declared after",
                KpiId::TimeToFirstOutreach => "first outreach after",
                _ => "first reached after",
            };
            let value = figure.value.unwrap_or_default();
            let verdict = match figure.met {
                Some(_) if value < 0.0 => " (before T+0: check the time)",
                Some(true) => " (in time)",
                Some(false) => " (LATE)",
                None => "",
            };
            format!("{name} {value:.0} min{verdict}")
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The whole screen in at most `height` lines, one of them left for the answer: the head and the step
/// in front first, and as much of what comes next as there is room for.
pub(super) fn lay_out(
    session: &Session,
    viewer: &Viewer<'_>,
    next: &[&StepView<'_>],
    width: usize,
    height: usize,
) -> Vec<String> {
    let view = next.first().copied();
    let mut lines = head(session, viewer, width);
    let keys = wrap(&keys(view), width);
    let room = height.saturating_sub(lines.len() + keys.len() + 3);
    let front = match view {
        Some(view) => front(view, session, viewer, width, room),
        None => vec!["Nothing is due now.".to_owned()],
    };
    let left = room.saturating_sub(front.len());
    let queue = if left >= 2 { queue(next, viewer, width, left.min(6)) } else { Vec::new() };
    if !queue.is_empty() {
        lines.push(String::new());
        lines.extend(queue);
    }
    lines.push(String::new());
    lines.extend(front);
    lines.extend(keys.iter().map(|line| paint(QUIET, line)));
    lines
}

/// What comes next in at most `room` lines, the step in front left out.
fn queue(next: &[&StepView<'_>], viewer: &Viewer<'_>, width: usize, room: usize) -> Vec<String> {
    let overdue = next.iter().filter(|view| view.overdue).count();
    let mut lines = Vec::new();
    if overdue > 0 {
        let text = if overdue == 1 {
            "1 step is OVERDUE".into()
        } else {
            format!("{overdue} steps are OVERDUE")
        };
        lines.push(paint(BAD, &text));
    }
    let shown = room.saturating_sub(lines.len() + 1);
    for view in next.iter().skip(1).take(shown) {
        lines.push(queue_line(view, viewer, width));
    }
    let more = next.len().saturating_sub(shown + 1);
    if more > 0 {
        lines.push(paint(QUIET, &format!("  … and {more} more (s = all steps)")));
    }
    lines
}

/// One line; on a narrow screen the role gives way.
fn queue_line(view: &StepView<'_>, viewer: &Viewer<'_>, width: usize) -> String {
    let due = due(view, viewer);
    let (role, role_room) = match width {
        72.. => (cut(view.step.role.as_str(), 18), 20),
        _ => (String::new(), 0),
    };
    let due_room = columns(&due).max(14);
    let room = width.saturating_sub(role_room + due_room + 2).max(10);
    let title = cut(&format!("  {} {}", view.step.code, safe(&view.step.title)), room);
    format!("{title:<room$} {role:<role_room$}{due}")
}

fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(width - 1).collect();
    short.push('…');
    short
}

fn due(view: &StepView<'_>, viewer: &Viewer<'_>) -> String {
    let Some(due) = view.due else { return String::new() };
    let at = near_time(due, viewer.now, viewer.zone.offset_at(due));
    if view.overdue { format!("OVERDUE {at}") } else { format!("due {at}") }
}

/// The step in front in at most `room` lines: its instructions give way first.
fn front(
    view: &StepView<'_>,
    session: &Session,
    viewer: &Viewer<'_>,
    width: usize,
    room: usize,
) -> Vec<String> {
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
    if view.occurrence > 1 {
        facts.push(format!("turn {}", view.occurrence));
    }
    facts.extend(standing(view));
    facts.extend(needs(view, book, state));
    facts.extend(escalation(view, book, state));
    let title = wrap(&format!("{}  {}", step.code, safe(&step.title)), width);
    let mut lines: Vec<String> = title.iter().map(|line| paint(HEAD, line)).collect();
    lines.extend(wrap(&facts.join(" · "), width));
    let form: Vec<String> = form(view).iter().flat_map(|line| wrap(line, width)).collect();
    let text: Vec<String> = flow(&step.instructions)
        .iter()
        .flat_map(|line| wrap(&format!("  {}", safe(line)), width))
        .collect();
    let fits = room.saturating_sub(lines.len() + form.len());
    if text.len() <= fits {
        lines.extend(text);
    } else {
        lines.extend(text.into_iter().take(fits.saturating_sub(1)));
        lines.push(paint(QUIET, "  … (w = the whole text)"));
    }
    lines.extend(form);
    lines
}

/// Lines that an author broke within a sentence are joined again; the screen breaks them where it must.
fn flow(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        match lines.last_mut().filter(|last| !last.ends_with(['.', ':', '?', '!', ')'])) {
            Some(last) if !line.is_empty() && !last.is_empty() => {
                last.push(' ');
                last.push_str(line);
            }
            _ => lines.push(line.to_owned()),
        }
    }
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
        Status::Done => Some("done".to_owned()),
        Status::NotApplicable => Some("not applicable".to_owned()),
        Status::Closed => Some(match view.gate {
            Gate::WaitsFor(decision) => format!("waits for the decision {decision}"),
            Gate::ClosedBy(decision) => format!("closed by the decision {decision}"),
            Gate::Open => "over".to_owned(),
        }),
        Status::Open => None,
    }
}

/// What the answer looks like: the options of a decision, the words of a message.
fn form(view: &StepView<'_>) -> Vec<String> {
    match &view.step.form {
        Form::Decision(decision) => {
            let mut lines = vec![safe(&decision.question).into_owned()];
            for (number, choice) in decision.options.iter().enumerate() {
                let leads = choice.leads_to.as_ref();
                let leads = leads.map(|book| format!(" → playbook {book}")).unwrap_or_default();
                let id = choice.id.as_str();
                lines.push(format!("  {}  {id}: {}{leads}", number + 1, safe(&choice.title)));
            }
            lines
        }
        Form::Action | Form::Collect(_) | Form::Message(_) | Form::Outreach(_) | Form::Check(_) => {
            Vec::new()
        }
    }
}

/// The keys that fit the step in front.
fn keys(view: Option<&StepView<'_>>) -> String {
    let Some(view) = view else {
        return "m mark · t note · p people · s all steps · c close · q leave · ? help".to_owned();
    };
    let approves =
        view.step.approval.as_ref().is_some_and(|approval| approval.by == view.step.role);
    let first = match &view.step.form {
        _ if view.awaits_approval || approves => "a approve",
        Form::Decision(_) => "number = answer",
        Form::Action | Form::Collect(_) | Form::Message(_) | Form::Outreach(_) | Form::Check(_) => {
            "d done · e earlier · b begin"
        }
    };
    format!("{first} · n n/a · f failed · l later · p people · ? help")
}

/// The text that goes with a step beyond its instructions: a template's words, a script.
pub(super) fn whole_text(view: &StepView<'_>, book: &Playbook) -> Vec<String> {
    let step = view.step;
    let mut lines = flow(&step.instructions);
    match &step.form {
        Form::Message(id) => {
            if let Some(template) = book.templates.iter().find(|template| template.id == *id) {
                lines.push(format!("Message {id} by {}:", template.channel));
                lines.push(format!("  {}", template.text.trim()));
                let approved = template.approved.as_ref();
                lines.push(approved.map_or_else(
                    || {
                        "  Not approved yet: your own leads approve it before it goes out."
                            .to_owned()
                    },
                    |a| format!("  Approved by {} on {}", a.by, a.on),
                ));
            }
            lines.push(
                "Sending needs a newer runbook: send it by hand, then record it here.".into(),
            );
        }
        Form::Outreach(outreach) => {
            lines.push(format!("Patients: {}. What to say:", outreach.segment));
            lines.extend(outreach.script.lines().map(|line| format!("  {line}")));
            lines
                .push("The list needs a newer runbook: work on paper, then record it here.".into());
        }
        Form::Check(_) => {
            lines.push(
                "Running the check needs a newer runbook: look by hand, record it here.".into(),
            );
        }
        Form::Collect(fields) => {
            lines.push("It asks for:".to_owned());
            lines.extend(fields.iter().map(|field| format!("  {}: {}", field.id, field.ask)));
        }
        Form::Action | Form::Decision(_) => {}
    }
    if !step.needs.is_empty() {
        let needs: Vec<&str> = step.needs.iter().map(crate::playbook::StepId::as_str).collect();
        lines.push(format!("Ought to come first: {}", needs.join(", ")));
    }
    lines
}
