//! The words for times and conditions that paper has room for.

use chrono::TimeDelta;

use crate::playbook::{
    Check, Condition, Due, EscalateTo, Form, Opening, OptionId, Phase, Playbook, Repeat, Step,
    StepId,
};
use crate::report::When;

/// `15 min`, `2 h`, `1 h 30 min`, `30 d`.
pub(super) fn length(length: TimeDelta) -> String {
    let minutes = length.num_minutes();
    let part = |number: i64, unit: &str| (number != 0).then(|| format!("{number} {unit}"));
    let (days, hours, minutes) = if minutes <= 72 * 60 {
        // The field counts in hours up to three days: 12 to 72 h.
        (0, minutes / 60, minutes % 60)
    } else {
        (minutes / 1440, minutes / 60 % 24, minutes % 60)
    };
    let parts = [part(days, "d"), part(hours, "h"), part(minutes, "min")];
    let all: Vec<String> = parts.into_iter().flatten().collect();
    if all.is_empty() { "0 h".to_owned() } else { all.join(" ") }
}

/// `T+0:15`, as every screen shows it.
pub(super) fn t_plus(after: TimeDelta) -> String {
    let minutes = after.num_minutes();
    format!("T+{}:{:02}", minutes / 60, minutes % 60)
}

/// When a step should be finished, from the start of the playbook's clock.
pub(super) fn due(due: Due) -> String {
    match due {
        Due::AfterStart(after) => t_plus(after),
        Due::AfterPhase(after) if after.is_zero() => "at once".to_owned(),
        Due::AfterPhase(after) => format!("within {}", length(after)),
    }
}

/// When a phase is open.
pub(super) fn window(phase: &Phase) -> String {
    match phase.opening {
        Opening::Window { from, to } => format!("{} to {} after T+0", length(from), length(to)),
        Opening::On(mark) => format!("from the moment it is {mark}, at any hour"),
    }
}

/// How a step comes again.
pub(super) fn repeat(repeat: Repeat) -> String {
    let until = repeat.until.map_or_else(|| "the end".to_owned(), |mark| mark.to_string());
    format!("Again every {} until {until}.", length(repeat.every))
}

/// How many lines a sheet has for a step that comes again: about a shift.
pub(super) fn lines_for(repeat: Repeat) -> u32 {
    match repeat.every.num_minutes() {
        ..=120 => 6,
        121..=240 => 5,
        _ => 3,
    }
}

/// `14:05` on the day of `first`, else `25 Jan 14:05`.
pub(super) fn clock(when: When, first: When) -> String {
    let (shown, day) = (when.at.at_offset(when.offset), first.at.at_offset(first.offset));
    let form = if shown.date_naive() == day.date_naive() { "%H:%M" } else { "%-d %b %H:%M" };
    shown.format(form).to_string()
}

/// `I-02`, or the name where there is no such step.
pub(super) fn code<'b>(book: &'b Playbook, id: &'b StepId) -> &'b str {
    book.step(id).map_or(id.as_str(), |step| step.code.as_str())
}

/// What is said of a step besides its words, a sentence each.
pub(super) fn facts(book: &Playbook, step: &Step) -> Vec<String> {
    let mut all = Vec::new();
    let conditions = |all: &[Condition], join: &str| {
        let words = all.iter().map(|one| condition(book, one));
        words.collect::<Vec<_>>().join(join)
    };
    if !step.opens_on.is_empty() {
        all.push(format!("Only if {}.", conditions(&step.opens_on, " and ")));
    }
    // What a later decision leaves out stands in its tree, where it is taken.
    let before = |one: &&Condition| place(book, &one.step) <= place(book, &step.id);
    let closed: Vec<Condition> = step.closed_on.iter().filter(before).cloned().collect();
    if !closed.is_empty() {
        all.push(format!("Not if {}.", conditions(&closed, ", or if ")));
    }
    if !step.needs.is_empty() {
        let codes: Vec<&str> = step.needs.iter().map(|id| code(book, id)).collect();
        all.push(format!("After {}.", codes.join(", ")));
    }
    all.extend(step.repeat.map(repeat));
    all.extend(step.milestone.map(|mark| format!("Its time is the milestone \"{mark}\".")));
    all.extend(step.escalate.as_ref().map(|escalation| {
        let to = match &escalation.to {
            EscalateTo::Deputy => "your deputy".to_owned(),
            EscalateTo::Role(role) => title(book, role.as_str()),
        };
        format!("{} late: tell {to}.", length(escalation.after))
    }));
    all.extend(form(book, &step.form));
    all
}

/// The phase of a step, counted.
fn place(book: &Playbook, id: &StepId) -> Option<usize> {
    book.phases.iter().position(|phase| phase.steps.iter().any(|step| step.id == *id))
}

/// `I-02 is "no" or "unsure"`.
fn condition(book: &Playbook, condition: &Condition) -> String {
    let options: Vec<String> = condition
        .options
        .iter()
        .map(|option| format!("\"{}\"", OptionId::as_str(option)))
        .collect();
    format!("{} is {}", code(book, &condition.step), options.join(" or "))
}

fn form(book: &Playbook, form: &Form) -> Option<String> {
    match form {
        Form::Action | Form::Decision(_) | Form::Collect(_) => None,
        Form::Message(id) => Some(format!("Words: message \"{id}\", see Messages and scripts.")),
        Form::Outreach(outreach) => {
            let segment = book.segments.iter().find(|segment| segment.id == outreach.segment);
            let title = segment.map_or(outreach.segment.as_str(), |segment| segment.title.as_str());
            let within = segment.and_then(|segment| segment.reach_within);
            let within = within.map(|time| format!(", all within {}", length(time)));
            let within = within.unwrap_or_default();
            Some(format!("Whom: {title}{within}. Each try goes on the outreach sheet."))
        }
        Form::Check(Check::Probe(probe)) => Some(format!("Look at: {probe}.")),
        Form::Check(Check::Command(command)) => Some(format!("Look with: {}", command.join(" "))),
    }
}

/// What people call a role.
pub(super) fn title(book: &Playbook, role: &str) -> String {
    let known = book.roles.iter().find(|one| one.id.as_str() == role);
    known.map_or_else(|| role.to_owned(), |role| role.title.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Offset, Timestamp};

    #[test]
    fn lengths_are_as_short_as_they_can_be() {
        for (minutes, words) in [
            (0, "0 h"),
            (15, "15 min"),
            (120, "2 h"),
            (90, "1 h 30 min"),
            (1440, "24 h"),
            (72 * 60, "72 h"),
            (75 * 60, "3 d 3 h"),
            (30 * 1440, "30 d"),
            (30 * 1440 + 61, "30 d 1 h 1 min"),
        ] {
            assert_eq!(length(TimeDelta::minutes(minutes)), words);
        }
    }

    #[test]
    fn a_time_of_another_day_says_so() {
        let offset = Offset::from_minutes(-300).unwrap();
        let at = |text| When { at: Timestamp::parse(text).unwrap(), offset };
        let t0 = at("2026-01-22T19:05:00Z");
        assert_eq!(clock(at("2026-01-23T04:59:00Z"), t0), "23:59");
        assert_eq!(clock(at("2026-01-23T05:00:00Z"), t0), "23 Jan 00:00");
    }
}
