//! The head of the screen: which incident, what time, who holds which role, and the figures that
//! matter now.

use std::fmt::Write as _;

use chrono::TimeDelta;

use super::{Viewer, columns};
use crate::engine::{
    ClockSetting, Mode, Speed, State, Tenure, Timestamp, counted, phase_by_clock, phases_open,
};
use crate::playbook::{Count, KpiId, Mark, Opening, Playbook, Role, Target};
use crate::session::Session;
use crate::site::Contact;
use crate::ui::{
    BAD, HEAD, STRONG, WARN, clock_and_offset, cut, near_time, paint, safe, span, t_plus, wrap,
};

/// From here on somebody should take over. Twelve hours is what the shipped playbooks plan with; it
/// is policy, not law.
const LONG_SHIFT: TimeDelta = TimeDelta::hours(12);

pub(super) fn head(session: &Session, viewer: &Viewer<'_>) -> Vec<String> {
    let (book, state) = (session.book(), session.state());
    let mut lines = Vec::new();
    let name = safe(&title(book, state)).into_owned();
    let mode = match state.mode() {
        Mode::Live => paint(STRONG, "LIVE"),
        Mode::Exercise => paint(WARN, "EXERCISE - not real - EXERCISE"),
    };
    let room = viewer.width.saturating_sub(columns(&mode) + 4).max(10);
    let first = format!("{} · {mode}", paint(HEAD, &cut(&name, room)));
    let id = session.id().to_string();
    // What does not fit would push the mark of an exercise off the screen.
    if columns(&first) + columns(&id) + 3 < viewer.width {
        lines.push(format!("{first} · {id}"));
    } else {
        lines.extend([first, id]);
    }
    lines.extend(wrap(&clock(book, state, viewer), viewer.width));
    if !session.problems().is_empty() {
        let count = session.problems().len();
        let text = format!("INTEGRITY PROBLEM in the log ({count}): runbook verify says where");
        lines.push(paint(BAD, &text));
    }
    lines.extend(others(viewer));
    lines.extend(roles(book, state, viewer));
    lines.extend(figures(book, state, viewer).iter().flat_map(|line| wrap(line, viewer.width)));
    lines
}

fn title(book: &Playbook, state: &State) -> String {
    let given = state.opened().and_then(|opened| opened.title.words());
    given.unwrap_or(&book.title).to_owned()
}

fn clock(book: &Playbook, state: &State, viewer: &Viewer<'_>) -> String {
    let pace = pace(state);
    let now = clock_and_offset(viewer.now, viewer.zone.offset_at(viewer.now));
    let now = format!("now {now}{pace}");
    let Some(t0) = state.t0() else {
        return format!("{now} · SUSPECTED: nobody has declared it yet (m = declare)");
    };
    let begun = near_time(t0, viewer.now, viewer.zone.offset_at(t0));
    let mut line = format!("{} · {now} · T+0 {begun}", t_plus(viewer.now - t0));
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

/// How the clock of an exercise runs, where that is not as fast as the real one.
fn pace(state: &State) -> String {
    match state.exercise().setting() {
        None | Some(ClockSetting { speed: Some(Speed::REAL), paused: false, .. }) => String::new(),
        Some(setting) if setting.paused => " (PAUSED)".to_owned(),
        Some(ClockSetting { speed: None, .. }) => " (moved by hand)".to_owned(),
        Some(ClockSetting { speed: Some(speed), .. }) => format!(" ({}x)", speed.times()),
    }
}

/// Several incidents at once must not be taken for one another.
fn others(viewer: &Viewer<'_>) -> Option<String> {
    let first = viewer.others.first()?;
    let more = match viewer.others.len() {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    Some(paint(WARN, &format!("Also open: {}{more} (i = go there)", safe(first))))
}

/// As many roles in a line as fit; a required role that nobody holds is said in words.
fn roles(book: &Playbook, state: &State, viewer: &Viewer<'_>) -> Vec<String> {
    let mut shown: Vec<String> =
        book.roles.iter().filter_map(|role| one(role, state, viewer)).collect();
    if state.roles_of(viewer.person).next().is_none() {
        let name = safe(viewer.person.as_str());
        shown.push(format!("You are {name}, in no role (u = somebody else types)"));
    }
    let mut lines: Vec<String> = Vec::new();
    for role in shown {
        let part = if role.contains(": NOBODY") { paint(WARN, &role) } else { role.clone() };
        match lines.last_mut() {
            Some(line) if columns(line) + columns(&role) + 3 < viewer.width => {
                line.push_str(" · ");
                line.push_str(&part);
            }
            _ => lines.push(part),
        }
    }
    lines
}

fn one(role: &Role, state: &State, viewer: &Viewer<'_>) -> Option<String> {
    let title = safe(&role.title);
    let holders: Vec<String> =
        state.holders(&role.id).map(|tenure| holder(tenure, state, viewer)).collect();
    match holders.as_slice() {
        [] if role.required => Some(format!("{title}: NOBODY ({})", ask_whom(role, viewer))),
        [] => None,
        held => Some(format!("{title}: {}", held.join(", "))),
    }
}

/// Whom to call about a role that nobody holds.
fn ask_whom(role: &Role, viewer: &Viewer<'_>) -> String {
    let planned = viewer.site.and_then(|site| site.for_role(&role.id));
    let first = planned.and_then(|planned| planned.people().next());
    match first.map(|one| one.contact) {
        Some(Contact { name, phone: Some(phone), .. }) => {
            format!("call {} {}", safe(name.as_str()), safe(phone.as_str()))
        }
        Some(Contact { name, phone: None, .. }) => format!("ask {}", safe(name.as_str())),
        None => "p = give it to somebody".to_owned(),
    }
}

fn holder(tenure: &Tenure, state: &State, viewer: &Viewer<'_>) -> String {
    let mut shown = safe(tenure.person.as_str()).into_owned();
    if tenure.person == *viewer.person {
        shown.push_str(" (you)");
    } else if let Some(phone) = viewer.site.and_then(|site| site.phone_of(&tenure.person)) {
        let _ = write!(shown, " {}", safe(phone.as_str()));
    }
    if tenure.deputy {
        shown.push_str(" (deputy)");
    }
    if state.exercise().is_unreachable(tenure) {
        shown.push_str(" (EXERCISE: CANNOT BE REACHED)");
    }
    let shift = viewer.now - state.time_of(&tenure.from);
    if shift >= LONG_SHIFT {
        let _ = write!(shown, " - {} on, needs relief", span(shift));
    }
    shown
}

/// The figures that matter now, each with its target: what is still to come says by when.
fn figures(book: &Playbook, state: &State, viewer: &Viewer<'_>) -> Option<String> {
    let marks: &[(Mark, Mark, KpiId, &str)] = if state.t0().is_none() {
        &[(Mark::Detected, Mark::Declared, KpiId::TimeToDeclare, "declare")]
    } else {
        &[
            (Mark::Detected, Mark::Declared, KpiId::TimeToDeclare, "declare"),
            (Mark::Declared, Mark::FirstOutreach, KpiId::TimeToFirstOutreach, "outreach"),
            (Mark::Declared, Mark::FirstReached, KpiId::TimeToFirstReached, "first reached"),
        ]
    };
    let shown = |(from, to, kpi, name): &(Mark, Mark, KpiId, &str)| {
        let time = |mark| state.mark(mark).map(|moment| state.time_of(moment));
        let target = match book.target(*kpi) {
            Some(Target::Within(limit)) => Some(limit),
            Some(Target::AtLeast(_)) | None => None,
        };
        figure(name, time(*from)?, time(*to), target, viewer)
    };
    let mut parts: Vec<String> = marks.iter().filter_map(shown).collect();
    parts.extend(reached(book, state, viewer));
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// How many priority patients were reached when somebody last counted.
fn reached(book: &Playbook, state: &State, viewer: &Viewer<'_>) -> Option<String> {
    let (listed, _) = counted(book, state, Count::Listed, viewer.now)?;
    let Some((reached, at)) = counted(book, state, Count::Reached, viewer.now) else {
        return Some(format!("reached of {listed}: not counted yet"));
    };
    let at = near_time(at, viewer.now, viewer.zone.offset_at(at));
    Some(format!("reached {reached} of {listed} at {at}"))
}

fn figure(
    name: &str,
    from: Timestamp,
    to: Option<Timestamp>,
    target: Option<TimeDelta>,
    viewer: &Viewer<'_>,
) -> Option<String> {
    let Some(to) = to else {
        let by = from + target?;
        let at = near_time(by, viewer.now, viewer.zone.offset_at(by));
        let when = if by < viewer.now { "LATE, was due" } else { "by" };
        return Some(format!("{name} {when} {at}"));
    };
    let value = to.after(from);
    let verdict = match target {
        _ if value < TimeDelta::zero() => " (before: check the time)".to_owned(),
        Some(target) if value > target => format!(" (LATE, aim {})", span(target)),
        Some(target) => format!(" (aim {})", span(target)),
        None => String::new(),
    };
    let sign = if value < TimeDelta::zero() { "-" } else { "" };
    let past = if name == "declare" { "declared" } else { name };
    Some(format!("{past} after {sign}{}{verdict}", span(value)))
}
