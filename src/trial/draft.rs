//! A first test of a playbook: what it does now, for somebody to read and say whether that is right.

use std::fmt::Write as _;

use chrono::TimeDelta;

use super::bench::{Bench, Took};
use super::check::{Standing, moving};
use super::model::{Start, zero};
use super::read::{INITIALS, read};
use super::{Script, play};
use crate::engine::{Advice, Intent, Timestamp};
use crate::playbook::{Decision, Due, Form, Opening, OptionId, Playbook, PlaybookId, Step, StepId};

/// How wide a line of the file may be.
const WIDTH: usize = 100;

/// How long after the last phase began the service comes back.
const MORE: TimeDelta = TimeDelta::hours(2);

/// After this long nobody tests what is still due.
const HORIZON: TimeDelta = TimeDelta::days(7);

/// The text of a test that passes: everything on time to the end, and each answer with what follows.
#[must_use]
pub fn draft(book: &Playbook) -> String {
    let head = head(book);
    let branches = branches(book);
    let endings =
        ["      - {close: ready}\n", "      - {mark: verified}\n      - {close: ready}\n", ""];
    let mut text = String::new();
    for ending in endings {
        text = format!("{head}{}{ending}{branches}", on_time(book));
        let script = read(&text, |_| Ok(book.clone()));
        let passes = |script: &Script| script.scenarios.iter().all(|it| play(script, it).is_ok());
        if script.as_ref().is_ok_and(passes) {
            break;
        }
    }
    text
}

fn head(book: &Playbook) -> String {
    let mut text = format!(
        "# yaml-language-server: $schema=./test.schema.json\n\
         # What {id} does now. Read each line: is it what should happen? Then add what you fear:\n\
         # declared late, back before hour 2, back and gone again, a step that nobody does.\n\
         # Play it: runbook test {id}\n\
         runbook-test: 1\n\
         playbook: {id}\n\n\
         start: {{onset: -40m, detected: -25m}}\n",
        id = book.id
    );
    let answers: Vec<String> = decisions(book)
        .filter_map(|(step, decision)| {
            let first = decision.options.first()?;
            Some(format!("  {}: {}\n", step.id, word(first.id.as_str())))
        })
        .collect();
    if !answers.is_empty() {
        text.push_str(
            "\n# What the crew answers; to everything else the plainest answer that fits.\n",
        );
        text.push_str("answers:\n");
        text.extend(answers);
    }
    text
}

/// The crew does everything when it is due; the service comes back in the last window.
fn on_time(book: &Playbook) -> String {
    let mut text = String::from(
        "\nscenarios:\n  - id: happy-path\n    title: Everything on time, to the end\n    script:\n",
    );
    let starts: Vec<TimeDelta> = book
        .phases
        .iter()
        .filter_map(|phase| match phase.opening {
            Opening::Window { from, .. } => Some(from),
            Opening::On(_) => None,
        })
        .collect();
    let last = starts.iter().max().copied().unwrap_or_default() + MORE;
    for at in starts.into_iter().filter(|at| !at.is_zero()).chain([last]) {
        let _ =
            writeln!(text, "      - {{at: {}, work: on-time, expect: {{overdue: []}}}}", span(at));
    }
    text.push_str("      - {mark: restored}\n");
    let after = |step: &Step| match step.due {
        Some(Due::AfterPhase(due)) if due <= HORIZON => Some(due),
        Some(Due::AfterPhase(_) | Due::AfterStart(_)) | None => None,
    };
    let longest = book.steps().filter_map(|(_, step)| after(step)).max().unwrap_or(MORE);
    let end = span(last + longest.max(MORE));
    let _ = writeln!(text, "      - {{at: {end}, work: on-time, expect: {{overdue: []}}}}");
    text
}

fn branches(book: &Playbook) -> String {
    let mut text = String::new();
    for (step, decision) in decisions(book) {
        if text.is_empty() {
            text.push_str(
                "\n# What each answer opens and closes at once, and no more than that.\n",
            );
            text.push_str("branches:\n");
        }
        let _ = writeln!(text, "  {}:", step.id);
        for choice in &decision.options {
            text.push_str(&row(choice.id.as_str(), &follows(book, step, &choice.id)));
        }
    }
    text
}

fn decisions(book: &Playbook) -> impl Iterator<Item = (&Step, &Decision)> {
    book.steps().filter_map(|(_, step)| match &step.form {
        Form::Decision(decision) => Some((step, decision)),
        Form::Action | Form::Collect(_) | Form::Message(_) | Form::Outreach(_) | Form::Check(_) => {
            None
        }
    })
}

/// What follows from an answer.
#[derive(Default)]
struct Follows {
    opens: Vec<StepId>,
    closes: Vec<StepId>,
    leads_to: Option<PlaybookId>,
}

fn follows(book: &Playbook, step: &Step, option: &OptionId) -> Follows {
    let mut bench = Bench::begin(book, &Start::plain(book));
    bench.now = branch_time(step);
    let before = moving(&bench.views());
    let intent = Intent::Decide {
        step: step.id.clone(),
        option: option.to_string(),
        because: None,
        initials: step.critical.then(|| INITIALS.to_owned()),
    };
    let by = bench.acts_for(&step.role);
    let Ok(Took::Recorded(advice)) = bench.execute(intent, by, None) else {
        return Follows::default();
    };
    let after = moving(&bench.views());
    let moved = |from: Standing, to: Standing| {
        let both = before.iter().zip(&after);
        let moved = both.filter(|((_, was), (_, is))| (*was, *is) == (from, to));
        moved.map(|((id, _), _)| id.clone()).collect()
    };
    let leads_to = advice.into_iter().find_map(|advice| match advice {
        Advice::LeadsTo(playbook) => Some(playbook),
        _ => None,
    });
    Follows {
        opens: moved(Standing::Closed, Standing::Pending),
        closes: moved(Standing::Pending, Standing::Closed),
        leads_to,
    }
}

/// When a row of the table is played: when its decision is due, as far as the clock alone says.
pub(super) fn branch_time(step: &Step) -> Timestamp {
    match step.due {
        Some(Due::AfterStart(due)) => zero() + due,
        Some(Due::AfterPhase(_)) | None => zero(),
    }
}

/// One answer: in a line if that fits.
fn row(option: &str, follows: &Follows) -> String {
    let named = |key: &'static str, ids: &[StepId]| {
        let ids: Vec<&str> = ids.iter().map(StepId::as_str).collect();
        (!ids.is_empty()).then(|| (key, format!("[{}]", ids.join(", "))))
    };
    let mut parts = Vec::new();
    parts.extend(named("opens", &follows.opens));
    parts.extend(named("closes", &follows.closes));
    parts.extend(follows.leads_to.as_ref().map(|id| ("leads_to", id.to_string())));
    let option = word(option);
    let inside: Vec<String> = parts.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    let line = format!("    {option}: {{{}}}\n", inside.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let mut text = format!("    {option}:\n");
    for (key, value) in parts {
        let options = textwrap::Options::new(WIDTH)
            .initial_indent("        ")
            .subsequent_indent("         ")
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        match format!("      {key}: {value}\n") {
            line if line.len() <= WIDTH => text.push_str(&line),
            _ => {
                let _ = writeln!(text, "      {key}:\n{}", textwrap::fill(&value, options));
            }
        }
    }
    text
}

/// An id as it is written where an editor would take it for a truth or a number.
fn word(id: &str) -> String {
    let taken = matches!(id, "yes" | "no" | "true" | "false" | "on" | "off" | "y" | "n" | "null");
    let number = id.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'e' | b'-' | b'x'));
    if taken || number { format!("\"{id}\"") } else { id.to_owned() }
}

/// `90m`, `14h`, `4d14h`.
fn span(length: TimeDelta) -> String {
    let seconds = u64::try_from(length.num_seconds()).unwrap_or_default();
    let written = humantime::format_duration(std::time::Duration::from_secs(seconds)).to_string();
    written.replace("days", "d").replace("day", "d").replace(' ', "")
}
