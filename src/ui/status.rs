//! `runbook status` for people: where we are, what is overdue, what is next, what is done.

use std::fmt::Write as _;

use super::moment::{near_time, t_plus};
use super::safe::safe;
use super::table::table;
use crate::engine::{Life, Mode, Timestamp};
use crate::playbook::Playbook;
use crate::report::{
    ExerciseLine, Figure, Holder, InjectLine, RELIEF_DUE, Status, StepLine, Unit, When, hours,
    one_person,
};

/// How many injects a status shows; the log has them all.
const INJECTS: usize = 4;

/// The whole screen, without a line feed at its end.
#[must_use]
pub fn status_text(status: &Status, book: &Playbook, now: Timestamp, width: u16) -> String {
    let mut parts = vec![head(status, book, now)];
    parts.extend(status.exercise.iter().map(|exercise| told(exercise, now)));
    parts.push(people(status, now));
    let groups = status.likely_same_people.iter();
    parts.extend(groups.map(|group| safe(&one_person(group)).into_owned()));
    parts.extend(figures(status));
    parts.extend(steps(status, now, width));
    if !status.conflicts.is_empty() {
        let lines = status.conflicts.iter().map(|c| format!("  {}: {}", c.record, safe(&c.what)));
        parts.push(format!("Conflicts\n{}", lines.collect::<Vec<_>>().join("\n")));
    }
    parts.join("\n\n")
}

fn head(status: &Status, book: &Playbook, now: Timestamp) -> String {
    let title = status.title.as_deref().unwrap_or(&book.title);
    let mode = match status.mode {
        Mode::Live => "",
        // The word EXERCISE stands before every line of it.
        Mode::Exercise => "- not real - ",
    };
    let life = match status.state {
        Life::Suspected => "suspected, not declared",
        Life::Declared => "declared",
        Life::Closed => "closed",
        Life::FalseAlarm => "false alarm",
    };
    let mut text = format!("{mode}{} ({}): {life}", safe(title), status.incident);
    if let Some(t0) = status.t0 {
        let running = status.state == Life::Declared;
        let since = if running { format!(", {} now", t_plus(now - t0.at)) } else { String::new() };
        let _ = write!(text, "\nT+0 {t0}{since}");
    }
    let title_of = |id: &crate::playbook::PhaseId| {
        book.phases
            .iter()
            .find(|phase| phase.id == *id)
            .map(|phase| safe(&phase.title).into_owned())
    };
    let open: Vec<String> = status.phases_open.iter().filter_map(title_of).collect();
    if !open.is_empty() {
        let _ = write!(text, "\nPhase: {}", open.join(" + "));
    }
    text
}

/// Which exercise, how its clock runs, and what the players were told last.
fn told(exercise: &ExerciseLine, now: Timestamp) -> String {
    let mut lines = vec![format!(
        "Exercise ({}, facilitator {})",
        exercise.kind,
        safe(exercise.facilitator.as_str())
    )];
    if let Some(clock) = exercise.clock {
        let runs = match (exercise.paused, exercise.speed) {
            (true, _) => "PAUSED".to_owned(),
            (false, None) => "moved by hand".to_owned(),
            (false, Some(speed)) => format!("{speed}x"),
        };
        lines.push(format!("  clock {} ({runs})", near_time(clock.at, now, clock.offset)));
    }
    let reason = exercise.interrupted.iter();
    lines.extend(reason.map(|reason| format!("  ended by something real: {}", safe(reason))));
    let hidden = exercise.injects.len().saturating_sub(INJECTS);
    if hidden > 0 {
        lines.push(format!("  {hidden} injects before these: runbook log"));
    }
    lines.extend(exercise.injects.iter().skip(hidden).map(|inject| inject_line(inject, now)));
    lines.join("\n")
}

fn inject_line(inject: &InjectLine, now: Timestamp) -> String {
    let at = near_time(inject.at.at, now, inject.at.offset);
    let from = inject.from.as_ref().map_or(String::new(), |from| format!(" from {from}"));
    let to = inject.to.as_ref().map_or("everybody".to_owned(), ToString::to_string);
    let mode = inject.mode.as_ref().map_or(String::new(), |mode| format!(" ({mode})"));
    let text = inject.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let changes = inject.changes.iter().map(|change| format!("From now on {change}."));
    let all: Vec<String> = std::iter::once(text).chain(changes).collect();
    safe(&format!("  inject {at}{from} to {to}{mode}: {}", all.join(" "))).into_owned()
}

fn people(status: &Status, now: Timestamp) -> String {
    let mut lines = vec!["Roles".to_owned()];
    for role in status.roles.iter().filter(|role| role.required || !role.holders.is_empty()) {
        let mut held: Vec<String> = role.holders.iter().flat_map(|h| holder(h, now)).collect();
        let unheld = role.unheld_minutes.filter(|minutes| *minutes > 0.0);
        let unheld = unheld.map(|minutes| format!("held by nobody for {}", hours(minutes)));
        match (held.is_empty(), unheld) {
            (true, Some(unheld)) => held.push(format!("NOBODY, {unheld}")),
            (true, None) => held.push("NOBODY".to_owned()),
            (false, unheld) => held.extend(unheld),
        }
        let title = safe(&role.title);
        let titles = std::iter::once(&*title).chain(std::iter::repeat(""));
        lines.extend(titles.zip(held).map(|(title, held)| format!("  {title:<24} {held}")));
    }
    lines.join("\n")
}

/// Who, since when, and for how long they have been at work.
fn holder(holder: &Holder, now: Timestamp) -> Vec<String> {
    let deputy = if holder.deputy { " (deputy)" } else { "" };
    let since = near_time(holder.since.at, now, holder.since.offset);
    let shift = hours(holder.on_shift_minutes);
    let person = safe(holder.person.as_str());
    let mut lines = vec![format!("{person}{deputy} since {since}, {shift} on shift")];
    lines.extend(holder.relief_due.then(|| format!("  {RELIEF_DUE}")));
    lines
}

fn figures(status: &Status) -> Option<String> {
    let known: Vec<&Figure> = status.kpis.iter().filter(|figure| figure.value.is_some()).collect();
    if known.is_empty() {
        return None;
    }
    let mut lines = vec!["Figures".to_owned()];
    for figure in known {
        let shown = |value: f64| match figure.unit {
            Unit::Minutes => format!("{value} min"),
            Unit::Share => format!("{:.0} %", value * 100.0),
        };
        let value = figure.value.map(shown).unwrap_or_default();
        let target = figure.target.map(shown);
        let verdict = match (figure.met, target) {
            (Some(true), Some(target)) => format!("  in target ({target})"),
            (Some(false), Some(target)) => format!("  MISSED target ({target})"),
            (_, _) => figure.doubt().map_or(String::new(), |doubt| format!("  {doubt}")),
        };
        let name = figure.id.word().replace('_', " ");
        lines.push(format!("  {name:<24} {value:>9}{verdict}"));
    }
    Some(lines.join("\n"))
}

fn steps(status: &Status, now: Timestamp, width: u16) -> Vec<String> {
    let pending = |step: &&StepLine| step.status.is_pending();
    let overdue = status.steps.iter().filter(|step| step.overdue);
    let open = status.steps.iter().filter(pending).filter(|step| !step.overdue);
    let settled = status.steps.iter().filter(|step| !step.status.is_pending());
    let mut parts = Vec::new();
    for (title, steps) in [
        ("OVERDUE", overdue.collect::<Vec<_>>()),
        ("Open", open.collect()),
        ("Answered or closed", settled.collect()),
    ] {
        if !steps.is_empty() {
            let rows: Vec<Vec<String>> = steps.iter().map(|step| row(step, now)).collect();
            let header = ["code", "step", "role", "status", "due", "when", "by"];
            parts.push(format!("{title} ({})\n{}", steps.len(), table(width, &header, &rows)));
        }
    }
    parts
}

fn row(step: &StepLine, now: Timestamp) -> Vec<String> {
    let clock = |when: When| near_time(when.at, now, when.offset);
    let mut id = step.id.to_string();
    if step.occurrence > 1 {
        let _ = write!(id, " #{}", step.occurrence);
    }
    let mut status = step.status.word().replace('_', " ");
    if step.escalated {
        status.push_str(" – ESCALATE");
    }
    if step.awaits_approval {
        status.push_str(" – awaits approval");
    }
    if let Some(decision) = &step.waits_for {
        let _ = write!(status, " (waits for {decision})");
    }
    let when = step.occurred_at.map(clock).unwrap_or_default();
    let late = if step.late_entry { " late entry" } else { "" };
    vec![
        step.code.clone(),
        id,
        step.role.to_string(),
        status,
        step.due.map(clock).unwrap_or_default(),
        format!("{when}{late}"),
        step.by.as_ref().map(ToString::to_string).unwrap_or_default(),
    ]
}
