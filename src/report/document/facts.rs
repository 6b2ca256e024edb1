//! The tables of a report: what adds up.

use super::{Block, or_dash, t_plus, table, timed};
use crate::engine::{Life, Mode, Person};
use crate::playbook::KpiId;
use crate::report::after_action::{EndingLine, Report};
use crate::report::kpi::{Figure, Unit};
use crate::report::number::{plain, share_in_percent};
use crate::report::services::ServiceStatus;
use crate::report::steps::StepLine;
use crate::report::when::When;

pub(super) fn incident(report: &Report) -> Block {
    let status = &report.status;
    let mode = match status.mode {
        Mode::Live => "live",
        Mode::Exercise => "EXERCISE",
    };
    let mut fields = vec![
        ("Incident", status.incident.clone()),
        ("Title", or_dash(status.title.as_ref())),
        ("Site", or_dash(report.site.as_ref())),
        ("Mode", mode.to_owned()),
        ("Playbook", format!("{} {}", status.playbook.id, status.playbook.version)),
        ("State", life(status.state).to_owned()),
        ("Opened", timed(report, report.opened_at)),
        ("T+0", or_dash(status.t0)),
        ("Ended", report.ended.as_ref().map_or("-".to_owned(), |end| ending(report, end))),
        ("Cause", or_dash(report.cause.as_ref())),
        ("Scope", or_dash(report.scope.as_ref())),
        ("Counted until", timed(report, Some(report.counted_until))),
        ("Opened with", or_dash(report.runbook.as_ref().map(|v| format!("runbook {v}")))),
    ];
    fields.extend(report.linked_from.clone().map(|from| ("Grew out of", from)));
    Block::Fields(fields)
}

const fn life(life: Life) -> &'static str {
    match life {
        Life::Suspected => "suspected",
        Life::Declared => "declared",
        Life::Closed => "closed",
        Life::FalseAlarm => "false alarm",
    }
}

fn ending(report: &Report, end: &EndingLine) -> String {
    let what = if end.false_alarm { "false alarm" } else { "closed" };
    let by = end.by.as_ref().map_or(String::new(), |by| format!(" by {by}"));
    let reason = end.reason.as_ref().map_or(String::new(), |reason| format!(": {reason}"));
    format!("{}, {what}{by}{reason}", timed(report, Some(end.at)))
}

pub(super) fn figures(report: &Report) -> Block {
    let row = |figure: &Figure| {
        let met = figure.met.map(|met| if met { "yes" } else { "no" }).or(figure.doubt());
        let value = figure.value.map(|value| amount(figure.unit, value));
        vec![
            figure_label(figure.id).to_owned(),
            or_dash(value),
            or_dash(target(figure)),
            or_dash(met),
        ]
    };
    table(&["Figure", "Value", "Target", "Met"], report.status.kpis.iter().map(row).collect())
}

/// What people call a figure.
#[must_use]
pub const fn figure_label(id: KpiId) -> &'static str {
    match id {
        KpiId::TimeToDetect => "Onset to detected",
        KpiId::TimeToAcknowledge => "Detected to acknowledged",
        KpiId::TimeToDeclare => "Detected to declared",
        KpiId::OnsetToDeclare => "Onset to declared",
        KpiId::TimeToFirstOutreach => "Declared to first outreach",
        KpiId::TimeToFirstReached => "Declared to first patient reached",
        KpiId::Downtime => "Downtime until verified, overlaps once",
        KpiId::StepOnTimeRate => "Steps finished on time",
        KpiId::HighRiskReached => "Priority patients reached within 12 h, as counted",
        KpiId::HandOverGaps => "Required roles held by nobody, summed",
    }
}

/// A figure with its unit: `22 min`, `85.7 %`.
#[must_use]
pub fn amount(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Minutes => format!("{} min", plain(value)),
        Unit::Share => share_in_percent(value),
    }
}

fn target(figure: &Figure) -> Option<String> {
    let bound = match figure.unit {
        Unit::Minutes => "at most",
        Unit::Share => "at least",
    };
    figure.target.map(|target| format!("{bound} {}", amount(figure.unit, target)))
}

pub(super) fn milestones(report: &Report) -> Block {
    let row = |line: &crate::report::after_action::MarkLine| {
        vec![
            line.mark.to_string(),
            line.service.as_ref().map_or("all".to_owned(), ToString::to_string),
            or_dash(line.occurred_at),
            or_dash(t_plus(line.t_plus_min)),
            or_dash(line.by.as_ref()),
            or_dash(line.record.as_ref()),
        ]
    };
    let head = ["Milestone", "Service", "When", "T+ min", "By", "Record"];
    table(&head, report.marks.iter().map(row).collect())
}

pub(super) fn services(report: &Report) -> Block {
    let open = if report.ended.is_some() { "the end" } else { "now" };
    let row = |service: &ServiceStatus| {
        let down: Vec<String> = service
            .down
            .iter()
            .map(|d| format!("{} to {}", d.from, d.to.map_or(open.to_owned(), |to| to.to_string())))
            .collect();
        let down = (!down.is_empty()).then(|| down.join("; "));
        vec![
            service.service.as_ref().map_or("the service".to_owned(), ToString::to_string),
            or_dash(down),
            or_dash(service.down_minutes.map(|minutes| format!("{minutes} min"))),
            or_dash(service.restored),
            or_dash(service.verified),
        ]
    };
    let head = ["Service", "Down", "For", "Restored (vendor)", "Verified (site)"];
    table(&head, report.status.services.iter().map(row).collect())
}

pub(super) fn steps(report: &Report) -> Block {
    let row = |step: &StepLine| {
        let turn =
            if step.occurrence > 1 { format!(" ({})", step.occurrence) } else { String::new() };
        vec![
            format!("{} {}{turn}", step.code, step.id),
            step.role.to_string(),
            standing(step),
            since(report, step.due),
            since(report, step.occurred_at),
            or_dash(step.in_time.map(|in_time| if in_time { "yes" } else { "no" })),
            or_dash(step.by.as_ref().map(|by| performed(by, step))),
        ]
    };
    let head = ["Step", "Role", "Status", "Due", "Answered", "On time", "By"];
    table(&head, report.status.steps.iter().map(row).collect())
}

/// Who did it, and the role they acted in where that is not the one that answers for the step.
pub(super) fn performed(by: &Person, step: &StepLine) -> String {
    match step.acted_as.as_ref().filter(|role| **role != step.role) {
        Some(role) => format!("{by} as {role}"),
        None => by.to_string(),
    }
}

/// Minutes since T+0 keep the row short; the full times stand in the timeline and in the CSV files.
fn since(report: &Report, when: Option<When>) -> String {
    let Some(when) = when else { return "-".to_owned() };
    t_plus(report.t_plus(when)).unwrap_or_else(|| when.to_string())
}

fn standing(step: &StepLine) -> String {
    let mut words = step.status.word().replace('_', " ");
    let mut add = |more: String| words.push_str(&more);
    if let Some(decision) = &step.closed_by {
        add(format!(" by {decision}"));
    }
    if let Some(decision) = &step.waits_for {
        add(format!(", waits for {decision}"));
    }
    if step.awaits_approval {
        add(", not approved".to_owned());
    }
    if step.overdue {
        add(", OVERDUE".to_owned());
    }
    if step.late_entry {
        add(", late entry".to_owned());
    }
    words
}
