//! What came of a playbook test, for people: a line for each scenario, and for each that failed what
//! is not as it says.

use super::moment::t_plus;
use super::safe::safe;
use super::style::{BAD, GOOD, paint};
use super::wrap::{cut, wrap};
use crate::engine::Record;
use crate::playbook::{Diagnostic, Place, Playbook, Severity, StepId};
use crate::report::sentence;
use crate::trial::{Coverage, Fault, Played, since_t0};

/// What the signs of a difference mean, once below all of them.
pub const LEGEND: &str = "- expected and not so   + so and not expected";

/// One line for each scenario: how it went, its name, what it shows. The rows of the table of branches
/// share a line, unless all are asked for; those that failed have a line of their own.
#[must_use]
pub fn scenario_lines(played: &[Played], all: bool, width: usize) -> Vec<String> {
    let (rows, told): (Vec<&Played>, Vec<&Played>) =
        played.iter().partition(|one| one.branch && one.is_ok() && !all);
    let names = told.iter().map(|one| one.name.chars().count()).max().unwrap_or_default();
    let names = names.max("branches".len());
    let branches = played.iter().filter(|one| one.branch).count();
    let mut lines: Vec<String> = told
        .iter()
        .flat_map(|one| entry(one.is_ok(), &one.name, &one.title, names, width))
        .collect();
    match rows.as_slice() {
        [] => {}
        [one] => lines.extend(entry(true, &one.name, "", names, width)),
        rows => {
            let rows = format!("{} of {branches} answers lead where the table says", rows.len());
            lines.extend(entry(true, "branches", &rows, names, width));
        }
    }
    lines
}

/// How it went, its name, and its title beside that, however long it is.
fn entry(ok: bool, name: &str, title: &str, names: usize, width: usize) -> Vec<String> {
    let verdict = if ok { paint(GOOD, "ok    ") } else { paint(BAD, "FAILED") };
    let before = "  FAILED    ".len() + names;
    let title = wrap(&safe(title), width.saturating_sub(before).max(20));
    let mut title = title.into_iter();
    let first = title.next().unwrap_or_default();
    let first = format!("  {verdict}  {name:<names$}  {first}").trim_end().to_owned();
    std::iter::once(first).chain(title.map(|line| format!("{:before$}{line}", ""))).collect()
}

/// How many went as they say.
#[must_use]
pub fn verdict(played: &[Played]) -> String {
    let failed = played.iter().filter(|one| !one.is_ok()).count();
    match (failed, played.len()) {
        (0, 1) => "  1 scenario ok".to_owned(),
        (0, all) => format!("  all {all} scenarios ok"),
        (_, 1) => "\n  1 scenario FAILED".to_owned(),
        (failed, all) => format!("\n  {failed} of {all} scenarios FAILED"),
    }
}

/// Everything that is not as a scenario says, with the line of the file that says it.
#[must_use]
pub fn fault_lines(path: &str, source: &str, played: &Played, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for fault in &played.faults {
        lines.push(String::new());
        lines.extend(one_fault(path, source, played, fault, width));
    }
    if played.unplayed > 0 {
        let entries = match played.unplayed {
            1 => "the entry below it was".to_owned(),
            n => format!("the {n} entries below it were"),
        };
        lines.push(format!("  {entries} not played"));
    }
    lines
}

fn one_fault(
    path: &str,
    source: &str,
    played: &Played,
    fault: &Fault,
    width: usize,
) -> Vec<String> {
    let Place { line, column } = fault_place(source, fault);
    let at = t_plus(since_t0(fault.at));
    let mut lines =
        vec![format!("{}:{line}:{column}: {}, at {at}", safe(path), safe(&played.name))];
    let said = source.lines().nth(line - 1).unwrap_or_default();
    let shown = window(said, column, width.saturating_sub(12));
    lines.push(format!("{line:>6} | {}", safe(&shown)));
    lines.push(format!("  {}", safe(&fault.what)));
    let expected = fault.expected.iter().map(|line| ('-', line));
    let found = fault.found.iter().map(|line| ('+', line));
    for (sign, said) in expected.chain(found) {
        let wrapped = wrap(&format!("      {}", safe(said)), width);
        let signed = |(at, line): (usize, String)| match at {
            0 => format!("    {sign}{}", &line[5..]),
            _ => line,
        };
        lines.extend(wrapped.into_iter().enumerate().map(signed));
    }
    lines
}

/// Where a fault stands.
#[must_use]
pub fn fault_place(source: &str, fault: &Fault) -> Place {
    let (severity, span) = (Severity::Error, fault.spot.clone());
    Diagnostic { severity, message: String::new(), span, help: None, rule: None }.place(source)
}

/// The part of a line that holds a column, from 1; the indentation goes first.
fn window(line: &str, column: usize, width: usize) -> String {
    let indent = line.chars().take_while(|c| c.is_whitespace()).count();
    let rest: Vec<char> = line.trim_end().chars().skip(indent).collect();
    let at = column.saturating_sub(1 + indent);
    if rest.len() <= width || at < width * 2 / 3 {
        return cut(&rest.iter().collect::<String>(), width);
    }
    let from = at.saturating_sub(width / 3).min(rest.len().saturating_sub(width - 1));
    let tail: String = rest.iter().skip(from).collect();
    cut(&format!("…{tail}"), width)
}

/// Every record of a scenario, with the time since T+0.
#[must_use]
pub fn event_lines(book: &Playbook, played: &Played, width: usize) -> Vec<String> {
    let line = |record: &Record| {
        let at = t_plus(since_t0(record.effective()));
        let late = record.stamp.occurred_at.map_or_else(String::new, |_| {
            format!(" [written down at {}]", t_plus(since_t0(record.stamp.wall)))
        });
        let by = record.stamp.actor.person.as_ref();
        let by = by.map_or_else(String::new, |by| format!("{by}: "));
        let said = format!("{by}{}{late}", sentence(book, record));
        wrap(&format!("      {at} {}", safe(&said)), width)
    };
    played.records.iter().flat_map(line).collect()
}

/// What the scenarios leave out: in a line, or name by name.
#[must_use]
pub fn coverage_lines(coverage: &Coverage, names: bool, width: usize) -> Vec<String> {
    let Coverage { options, options_left, steps, steps_left } = coverage;
    let mut lines = vec![format!(
        "  {} of {options} answers to decisions given, {} of {steps} steps answered",
        options - options_left.len(),
        steps - steps_left.len(),
    )];
    if names && !options_left.is_empty() {
        let all: Vec<String> =
            options_left.iter().map(|(step, option)| format!("{step}={option}")).collect();
        lines.extend(wrap(&format!("  answers that no scenario gives: {}", all.join(", ")), width));
    }
    if names && !steps_left.is_empty() {
        let all: Vec<&str> = steps_left.iter().map(StepId::as_str).collect();
        lines.extend(wrap(&format!("  steps that no scenario answers: {}", all.join(", ")), width));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_shows_the_part_that_is_meant() {
        let line = format!("      - {{at: 2h, {}overdue: []}}", "x, ".repeat(30));
        for (column, shown) in [
            (9, "- {at: 2h, x, x, x,…"),
            (109, "… x, x, overdue: []}"),
            (400, "… x, x, overdue: []}"),
        ] {
            assert!(window(&line, column, 20).chars().count() <= 20);
            assert_eq!(window(&line, column, 20), shown, "{column}");
        }
        assert_eq!(window("  short  ", 3, 20), "short");
        assert_eq!(window("", 1, 20), "");
    }
}
