//! Values as they are written in the file.

use chrono::TimeDelta;

use super::super::model::{
    Accepted, Approved, Check, Due, EscalateTo, Escalation, Field, FieldKind, Form, Opening,
    Repeat, Target,
};

/// `1h30m`, `3d`: never in months, which differ in length.
pub(super) fn length(length: TimeDelta) -> String {
    let days = length.num_days();
    let rest = (length - TimeDelta::days(days)).to_std().unwrap_or_default();
    let rest = humantime::format_duration(rest).to_string().replace(' ', "");
    match (days, rest.as_str()) {
        (0, "0s") => "0m".to_owned(),
        (0, rest) => rest.to_owned(),
        (days, "0s") => format!("{days}d"),
        (days, rest) => format!("{days}d{rest}"),
    }
}

pub(super) fn accepted(one: &Accepted) -> String {
    let version = one.version.as_ref().map(|version| format!(" in version {version}"));
    format!("{} at {}{} ({})", one.rule, one.at, version.unwrap_or_default(), one.reason)
}

pub(super) fn due(due: Due) -> String {
    match due {
        Due::AfterStart(after) => length(after),
        Due::AfterPhase(after) => format!("phase+{}", length(after)),
    }
}

pub(super) fn opening(opening: Opening) -> String {
    match opening {
        Opening::Window { from, to } => format!("{}-{}", length(from), length(to)),
        Opening::On(mark) => format!("opens when {mark}"),
    }
}

pub(super) fn repeat(repeat: Repeat) -> String {
    let until = repeat.until.map(|mark| format!(" until {mark}"));
    format!("every {}{}", length(repeat.every), until.unwrap_or_default())
}

pub(super) fn escalation(escalation: &Escalation) -> String {
    let to = match &escalation.to {
        EscalateTo::Deputy => "deputy",
        EscalateTo::Role(role) => role.as_str(),
    };
    format!("after {} to {to}", length(escalation.after))
}

pub(super) fn target(target: Target) -> String {
    match target {
        Target::Within(within) => length(within),
        // Written as a share in percent, with at most the digits that the file had.
        Target::AtLeast(share) => format!("{}%", (share * 1e8).round() / 1e6),
    }
}

pub(super) fn approved(approved: &Approved) -> String {
    let until = approved.until.map(|day| format!(" until {day}"));
    format!("by {} on {}{}", approved.by, approved.on, until.unwrap_or_default())
}

/// The key that says what kind of answer a step takes.
pub(super) const fn form(form: &Form) -> &'static str {
    match form {
        Form::Action => "action",
        Form::Decision(_) => "decision",
        Form::Collect(_) => "collect",
        Form::Message(_) => "message",
        Form::Outreach(_) => "outreach",
        Form::Check(_) => "check",
    }
}

pub(super) fn check(check: &Check) -> String {
    match check {
        Check::Probe(probe) => format!("probe {probe}"),
        Check::Command(argv) => format!("command {argv:?}"),
    }
}

pub(super) fn kind(field: &Field) -> String {
    match &field.kind {
        FieldKind::Text => "text".to_owned(),
        FieldKind::Number(None) => "number".to_owned(),
        FieldKind::Number(Some(count)) => format!("number, count {count}"),
        FieldKind::Time(None) => "time".to_owned(),
        FieldKind::Time(Some(mark)) => format!("time, mark {mark}"),
        FieldKind::YesNo => "yes-no".to_owned(),
        FieldKind::Choice(options) => format!("choice of {}", options.join(", ")),
    }
}
