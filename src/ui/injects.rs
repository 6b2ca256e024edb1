//! Injects as people read them: the list for the facilitator, and what players were told.

use super::moment::{clock_and_offset, near_time, span};
use super::safe::safe;
use super::table::table;
use super::wrap::{flow, wrap};
use crate::drill::{Line, Standing};
use crate::engine::{Delivery, Offset, State, Timestamp, Told};
use crate::playbook::When;

/// `now 14:05 -05:00, 10 times as fast as real time`; nothing where the exercise has no clock of its own.
#[must_use]
pub fn clock_line(state: &State, now: Timestamp, offset: Offset) -> Option<String> {
    let setting = state.exercise().clock()?.setting();
    let runs = match (state.ending(), setting.paused, setting.speed) {
        (Some(_), ..) => "over".to_owned(),
        (None, true, _) => "PAUSED".to_owned(),
        (None, false, None) => "moves only when you jump".to_owned(),
        (None, false, Some(speed)) if speed.times() == 1 => "runs as fast as real time".to_owned(),
        (None, false, Some(speed)) => format!("runs {}x as fast as real time", speed.times()),
    };
    Some(format!("exercise clock {}, {runs}", clock_and_offset(now, offset)))
}

/// Where an inject stands, in words with a time.
#[must_use]
pub fn standing_words(
    line: &Line<'_>,
    now: Timestamp,
    offset: &dyn Fn(Timestamp) -> Offset,
) -> String {
    let at = |at: Timestamp| near_time(at, now, offset(at));
    match &line.standing {
        Standing::Delivered(moment) => format!("told {}", at(moment.at)),
        Standing::Held(_) => "held".to_owned(),
        Standing::Skipped(_) => "left out".to_owned(),
        Standing::Needless(since) => format!("not needed ({})", at(*since)),
        Standing::Due(since) if now - *since < chrono::TimeDelta::minutes(1) => {
            "DUE NOW".to_owned()
        }
        Standing::Due(since) => format!("DUE for {}", span(now - *since)),
        Standing::Planned(when) => format!("at {}", at(*when)),
        Standing::Waits => match line.when {
            Some(When::After(what, _)) => format!("after {what}"),
            Some(When::At(_)) | None => "waits".to_owned(),
        },
    }
}

/// The whole list, one line for each inject.
#[must_use]
pub fn injects_table(
    lines: &[Line<'_>],
    now: Timestamp,
    offset: &dyn Fn(Timestamp) -> Offset,
    width: usize,
) -> String {
    let row = |line: &Line<'_>| {
        let delivery = &line.delivery;
        vec![
            line.number.to_string(),
            delivery.inject.to_string(),
            standing_words(line, now, offset),
            delivery.to.as_ref().map_or("everybody".to_owned(), ToString::to_string),
            delivery.kind.word().to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    let width = u16::try_from(width).unwrap_or(u16::MAX);
    table(width, &["no", "inject", "stands", "to", "kind"], &rows)
}

/// One inject with everything that the facilitator may want to know of it.
#[must_use]
pub fn inject_details(
    line: &Line<'_>,
    now: Timestamp,
    offset: &dyn Fn(Timestamp) -> Offset,
    width: usize,
) -> Vec<String> {
    let delivery = &line.delivery;
    let mut lines = vec![format!(
        "{}  {} ({}): {}",
        line.number,
        delivery.inject,
        delivery.kind,
        standing_words(line, now, offset)
    )];
    lines.push(format!("  {}", addressed(delivery)));
    lines.extend(words(delivery, width));
    lines.extend(
        delivery
            .changes
            .iter()
            .flat_map(|change| wrap(&safe(&format!("  changes: {change}")), width)),
    );
    let list = |all: Vec<String>| all.join(", ");
    if !delivery.expect.is_empty() {
        let expect = list(delivery.expect.iter().map(ToString::to_string).collect());
        lines.extend(wrap(&format!("  expected: {expect}"), width));
    }
    lines.extend(delivery.objective.iter().map(|objective| format!("  objective: {objective}")));
    if !line.notes.is_empty() {
        let notes = flow(line.notes).into_iter().enumerate();
        let label = |(at, text): (usize, String)| match at {
            0 => format!("  notes: {text}"),
            _ => format!("  {text}"),
        };
        lines.extend(notes.map(label).flat_map(|text| wrap(&safe(&text), width)));
    }
    lines
}

/// What players were told: when, from whom to whom and how, the words, and what is different. What
/// somebody finds who looks is for whoever does.
#[must_use]
pub fn told_lines(
    told: &Told,
    at: Timestamp,
    now: Timestamp,
    offset: Offset,
    width: usize,
) -> Vec<String> {
    let delivery = &told.delivery;
    let mut lines = vec![format!("INJECT {} {}", near_time(at, now, offset), addressed(delivery))];
    lines.extend(words(delivery, width));
    let changes = delivery.changes.iter().filter(|change| !change.is_found_by_looking());
    lines
        .extend(changes.flat_map(|change| wrap(&safe(&format!("  From now on {change}.")), width)));
    lines
}

/// `from Three clinics to incident-lead (phone)`.
fn addressed(delivery: &Delivery) -> String {
    let from = delivery.from.as_ref().map_or(String::new(), |from| format!("from {from} "));
    let to = delivery.to.as_ref().map_or("everybody".to_owned(), ToString::to_string);
    let mode = delivery.mode.as_ref().map_or(String::new(), |mode| format!(" ({mode})"));
    safe(&format!("{from}to {to}{mode}:")).into_owned()
}

fn words(delivery: &Delivery, width: usize) -> Vec<String> {
    let text = delivery.text.words().unwrap_or("[sealed]");
    let lines = flow(text).into_iter();
    lines.flat_map(|line| wrap(&safe(&format!("  {line}")), width)).collect()
}
