//! Readiness for people: what is overdue first, section by section.

use super::safe::safe;
use super::wrap::wrap_words as wrap;
use crate::readiness::{Facts, Line, Section, State, Verdicts};

/// How wide the state stands in front of a line.
const MARGIN: usize = 10;

/// The whole screen. Lines of one kind and one state stand together.
#[must_use]
pub fn readiness_lines(verdicts: &Verdicts, width: usize) -> Vec<String> {
    let site = verdicts.site.as_deref().map_or(String::new(), |site| format!(" of {site}"));
    let mut lines = vec![format!("Readiness{} on {}", safe(&site), verdicts.today)];
    let counts = State::ALL.map(|state| format!("{} {}", state.word(), verdicts.count(state)));
    lines.push(counts.join(" · "));
    for section in &verdicts.sections {
        lines.push(format!("\n{}", section.title));
        lines.extend(of_section(section, width));
    }
    let less = verdicts.less_said();
    if !less.is_empty() {
        lines.push("\nExercises that do not count, or for less than they were called".to_owned());
    }
    for said in less {
        lines.extend(hanging(said.word, &said.text, width));
        lines.extend(said.next.iter().flat_map(|next| hanging("", &format!("→ {next}"), width)));
    }
    if let Some(said) = verdicts.left_out() {
        lines.push(String::new());
        lines.extend(wrap(&safe(&said), width));
    }
    lines.push("\nNot judged: the list of priority patients; this version keeps none.".to_owned());
    lines
}

/// The lines of a section, those of one kind and state in one entry.
fn of_section(section: &Section, width: usize) -> Vec<String> {
    let mut entries: Vec<Vec<&Line>> = Vec::new();
    for line in &section.lines {
        let alike = |entry: &&mut Vec<&Line>| {
            entry.iter().all(|one| one.state == line.state && one.what == line.what)
                && line.which.is_some()
        };
        match entries.iter_mut().find(alike) {
            Some(entry) => entry.push(line),
            None => entries.push(vec![line]),
        }
    }
    entries.iter().flat_map(|entry| of_entry(entry, width)).collect()
}

fn of_entry(entry: &[&Line], width: usize) -> Vec<String> {
    let Some(first) = entry.first() else { return Vec::new() };
    let head = match entry {
        [only] => {
            let which = only.which.as_ref().map_or(String::new(), |which| format!(": {which}"));
            format!("{}{which}{}", only.what, dates(only))
        }
        several => {
            let named = several.iter().map(|line| {
                let which = line.which.as_deref().unwrap_or_default();
                line.due.map_or(which.to_owned(), |due| format!("{which} ({due})"))
            });
            let named: Vec<String> = named.collect();
            format!("{} ({}): {}", first.what, several.len(), named.join(", "))
        }
    };
    let mut lines = hanging(first.state.word(), &head, width);
    if let [only] = entry {
        lines.extend(only.detail.iter().flat_map(|detail| hanging("", detail, width)));
    }
    if first.state != State::Ok {
        lines.extend(hanging("", &format!("by {}", first.rule), width));
    }
    if let Some(next) = first.next.as_ref().filter(|_| first.state != State::Ok) {
        lines.extend(hanging("", &format!("→ {next}"), width));
    }
    lines
}

/// When it was last done and is due.
fn dates(line: &Line) -> String {
    match (line.last, line.due) {
        (Some(last), Some(due)) => format!(" (last {last}, due {due})"),
        (None, Some(due)) => format!(" (due {due})"),
        (Some(last), None) => format!(" ({last})"),
        (None, None) => String::new(),
    }
}

/// A word in the margin and the text beside it.
fn hanging(word: &str, text: &str, width: usize) -> Vec<String> {
    let room = width.saturating_sub(MARGIN).max(20);
    let lines = wrap(&safe(text), room);
    let margin = |at: usize| if at == 0 { word } else { "" };
    lines.iter().enumerate().map(|(at, line)| format!("{:<MARGIN$}{line}", margin(at))).collect()
}

/// The 90-day plan as a checklist.
#[must_use]
pub fn plan_lines(facts: &Facts<'_>, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut phase = "";
    match facts.plan_from {
        Some(from) => lines.push(format!("90-day plan, begun {from}")),
        None => lines.push("90-day plan, not begun: runbook readiness plan --start".to_owned()),
    }
    for item in &facts.plan {
        if item.phase != phase {
            phase = &item.phase;
            lines.push(format!("\n{}", safe(phase)));
        }
        let ticked = facts.ticked.iter().find(|one| one.step == item.step);
        let due = facts.plan_from.map(|from| from.plus_days(item.days));
        let (mark, when) = match (ticked, due) {
            (Some(one), _) if one.done => ("[x]", format!(", done {}", one.on)),
            (Some(one), _) => ("[-]", format!(", not applicable, said {}", one.on)),
            (None, Some(due)) if facts.today > due => ("[ ]", format!(", OVERDUE since {due}")),
            (None, Some(due)) => ("[ ]", format!(", due {due}")),
            (None, None) => ("[ ]", String::new()),
        };
        let text = format!("{} ({}{when})", item.title, item.step);
        let wrapped = wrap(&safe(&text), width.saturating_sub(6));
        let margin = |at: usize| if at == 0 { mark } else { "   " };
        lines.extend(
            wrapped.iter().enumerate().map(|(at, line)| format!("  {} {line}", margin(at))),
        );
    }
    lines.push("\nTick one: runbook readiness tick ITEM".to_owned());
    lines
}
