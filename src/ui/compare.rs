//! `runbook report --compare` for people.

use super::table::table;
use super::trends::{described, minutes, or_dash};
use crate::engine::Mode;
use crate::report::{
    Compared, ComparedKpi, ComparedObjective, ComparedStep, Comparison, Judged, Side, Timed, Value,
    amount, figure_label,
};

/// Two incidents side by side, in `width` columns. Every line says so where one of them is practice.
#[must_use]
pub fn comparison_text(comparison: &Comparison, width: u16) -> String {
    let stamp = match comparison.mode {
        Some(Mode::Live) => "",
        Some(Mode::Exercise) => "EXERCISE ",
        None => "EXERCISE+LIVE ",
    };
    let taken = u16::try_from(stamp.len()).unwrap_or(u16::MAX);
    let plain = text(comparison, width.saturating_sub(taken));
    plain.lines().map(|line| format!("{stamp}{line}").trim_end().to_owned() + "\n").collect()
}

fn text(comparison: &Comparison, width: u16) -> String {
    let Comparison { playbook, this, other, .. } = comparison;
    let mut lines = vec![format!("{playbook}: two side by side, minutes since T+0")];
    lines.extend([("A", this), ("B", other)].iter().flat_map(|(letter, one)| about(letter, one)));
    lines.extend(of_two_modes(comparison));
    lines.extend(of_two_texts(comparison));
    let heads = [heading("A", this), heading("B", other)];
    let tables = [
        ("step was due or answered", steps(comparison, &heads, width)),
        ("milestone was reached", milestones(comparison, &heads, width)),
        ("figure is known", figures(comparison, &heads, width)),
        ("objective was set", objectives(comparison, &heads, width)),
    ];
    for (what, table) in tables {
        lines.extend([String::new(), table.unwrap_or_else(|| format!("No {what} in either."))]);
    }
    lines.join("\n")
}

const fn name(mode: Mode) -> &'static str {
    match mode {
        Mode::Live => "live",
        Mode::Exercise => "EXERCISE",
    }
}

fn about(letter: &str, one: &Compared) -> [String; 2] {
    let (id, details) = described(&one.run);
    [format!("  {letter}  {}  {id}", name(one.mode)), format!("     {details}")]
}

fn heading(letter: &str, one: &Compared) -> String {
    format!("{letter} {}", name(one.mode))
}

fn of_two_modes(comparison: &Comparison) -> Option<String> {
    let (real, practice) = match comparison.mode {
        Some(_) => return None,
        None if comparison.this.mode == Mode::Live => ("A", "B"),
        None => ("B", "A"),
    };
    Some(format!("{real} was real, {practice} was practice: no figure of one counts in the other."))
}

fn of_two_texts(comparison: &Comparison) -> Option<String> {
    let versions = [&comparison.this, &comparison.other].map(|one| &one.run.playbook_version);
    comparison.playbook_differs.then(|| match versions {
        [a, b] if a == b => {
            format!(
                "The playbook's text differs, both are version {a}: steps are compared by name."
            )
        }
        [a, b] => format!("Playbook version {a} in A, {b} in B: steps are compared by name."),
    })
}

type Heads = [String; 2];

fn drawn(width: u16, head: &[&str], rows: &[Vec<String>]) -> Option<String> {
    (!rows.is_empty()).then(|| table(width, head, rows))
}

fn steps(comparison: &Comparison, [a, b]: &Heads, width: u16) -> Option<String> {
    let head = ["step", "name, role", "A due", a, "B due", b];
    let row = |step: &ComparedStep| {
        let turn =
            if step.occurrence > 1 { format!(" #{}", step.occurrence) } else { String::new() };
        let mut row = vec![format!("{}{turn}", step.code), format!("{}, {}", step.id, step.role)];
        for (timed, elsewhere) in [(&step.this, Side::Other), (&step.other, Side::This)] {
            row.push(minutes(timed.as_ref().and_then(|timed| timed.planned_min)));
            row.push(match timed {
                Some(timed) => how(timed),
                None if step.only_in == Some(elsewhere) => "not in its playbook".to_owned(),
                None => "-".to_owned(),
            });
        }
        row
    };
    drawn(width, &head, &comparison.steps.iter().map(row).collect::<Vec<_>>())
}

fn how(timed: &Timed) -> String {
    let status = timed.status.word().replace('_', " ");
    let late = match (timed.in_time, timed.late_by_min) {
        (Some(false), Some(by)) => format!(", late by {by} min"),
        (Some(false), None) => ", late".to_owned(),
        (Some(true) | None, _) => String::new(),
    };
    match timed.actual_min {
        Some(_) => format!("{} {status}{late}", minutes(timed.actual_min)),
        None => format!("{status}{late}"),
    }
}

fn milestones(comparison: &Comparison, [a, b]: &Heads, width: u16) -> Option<String> {
    let lines = comparison.milestones.iter();
    let row = |line: &crate::report::ComparedMark| {
        vec![line.mark.to_string(), minutes(line.this_min), minutes(line.other_min)]
    };
    drawn(width, &["milestone", a, b], &lines.map(row).collect::<Vec<_>>())
}

fn figures(comparison: &Comparison, [a, b]: &Heads, width: u16) -> Option<String> {
    let row = |line: &ComparedKpi| {
        let cells = [&line.this, &line.other].map(|one| shown(line, one));
        [figure_label(line.id).to_owned()].into_iter().chain(cells).collect()
    };
    let rows: Vec<Vec<String>> = comparison.kpis.iter().map(row).collect();
    let missed = |line: &ComparedKpi| [line.this.met, line.other.met].contains(&Some(false));
    let mut drawn = drawn(width, &["figure", a, b], &rows)?;
    if comparison.kpis.iter().any(missed) {
        drawn.push_str("\n! target missed");
    }
    Some(drawn)
}

fn shown(line: &ComparedKpi, one: &Value) -> String {
    let missed = if one.met == Some(false) { " !" } else { "" };
    or_dash(one.value.map(|value| format!("{}{missed}", amount(line.unit, value))))
}

/// Judgements side by side; what they add up to is nobody's business but the reader's.
fn objectives(comparison: &Comparison, [a, b]: &Heads, width: u16) -> Option<String> {
    let rating = |judged: Option<Judged>| match judged {
        Some(Judged { rating: Some(rating) }) => rating.to_string(),
        Some(Judged { rating: None }) => "not rated".to_owned(),
        None => "-".to_owned(),
    };
    let row = |line: &ComparedObjective| {
        vec![line.id.to_string(), rating(line.this), rating(line.other), line.text.clone()]
    };
    let rows: Vec<Vec<String>> = comparison.objectives.iter().map(row).collect();
    drawn(width, &["objective", a, b, "text"], &rows)
}
