//! What adds up: one line for each incident, step, shift, milestone, figure.

use super::sheet::{Sheet, names};
use crate::engine::{ClockKind, Life};
use crate::playbook::ServiceId;
use crate::report::after_action::Report;

type Bytes = Result<Vec<u8>, ::csv::Error>;

pub(super) fn incident(report: &Report) -> Bytes {
    let columns = "title site state playbook playbook_version t0 opened_at opened_t_plus_min \
        ended_at ended_t_plus_min ended_by ending_reason missing_at_closing cause \
        scope services counted_until counted_until_t_plus_min linked_from clock \
        runbook_version integrity_problems";
    let mut sheet = Sheet::new(report, columns)?;
    let (status, ended) = (&report.status, report.ended.as_ref());
    let named = status.services.iter().filter_map(|line| line.service.as_ref());
    let services: Vec<&str> = named.map(ServiceId::as_str).collect();
    sheet
        .maybe(status.title.as_ref())
        .maybe(report.site.as_ref())
        .text(life(status.state))
        .text(status.playbook.id.as_str())
        .text(&status.playbook.version)
        .time(status.t0)
        .timed(report.opened_at)
        .timed(ended.map(|end| end.at))
        .maybe(ended.and_then(|end| end.by.as_ref()))
        .maybe(ended.and_then(|end| end.reason.as_ref()))
        .text(ended.map_or(String::new(), |end| end.missing.join("; ")))
        .maybe(report.cause.as_ref())
        .maybe(report.scope.as_ref())
        .text(services.join("; "))
        .timed(Some(report.counted_until))
        .maybe(report.linked_from.as_ref())
        .text(report.clock.map_or("", clock))
        .maybe(report.runbook.as_ref())
        .text(report.integrity_problems.join("; "))
        .end_row()?;
    sheet.bytes()
}

const fn life(life: Life) -> &'static str {
    match life {
        Life::Suspected => "suspected",
        Life::Declared => "declared",
        Life::Closed => "closed",
        Life::FalseAlarm => "false_alarm",
    }
}

const fn clock(clock: ClockKind) -> &'static str {
    match clock {
        ClockKind::Real => "real",
        ClockKind::Stepped => "stepped",
    }
}

pub(super) fn steps(report: &Report) -> Bytes {
    let columns = "code step occurrence phase role title status required critical due \
        due_t_plus_min occurred_at occurred_t_plus_min recorded_at late_entry in_time \
        overdue by initials option answers note awaits_approval approved_by \
        approved_at waits_for closed_by record acted_as role_held_by outside_role";
    let mut sheet = Sheet::new(report, columns)?;
    for step in &report.status.steps {
        let answers: Vec<String> =
            step.answers.iter().map(|(field, answer)| format!("{field}: {answer}")).collect();
        let agreed = step.approvals.last();
        sheet.text(&step.code).text(step.id.as_str()).count(step.occurrence);
        sheet.text(step.phase.as_str()).text(step.role.as_str()).text(&step.title);
        sheet
            .text(step.status.word())
            .yes_no(Some(step.required))
            .yes_no(Some(step.critical))
            .timed(step.due)
            .timed(step.occurred_at)
            .time(step.recorded_at)
            .yes_no(step.record.is_some().then_some(step.late_entry))
            .yes_no(step.in_time)
            .yes_no(Some(step.overdue))
            .maybe(step.by.as_ref())
            .maybe(step.initials.as_ref())
            .maybe(step.option.as_ref())
            .text(answers.join("; "))
            .maybe(step.note.as_ref())
            .yes_no(Some(step.awaits_approval))
            .maybe(agreed.and_then(|agreed| agreed.by.as_ref()))
            .time(agreed.map(|agreed| agreed.at))
            .maybe(step.waits_for.as_ref())
            .maybe(step.closed_by.as_ref())
            .maybe(step.record.as_ref())
            .maybe(step.acted_as.as_ref())
            .text(names(&step.role_held_by))
            .yes_no(step.outside_role)
            .end_row()?;
    }
    sheet.bytes()
}

pub(super) fn roles(report: &Report) -> Bytes {
    let columns = "role title held person deputy from from_t_plus_min to to_t_plus_min minutes";
    let mut sheet = Sheet::new(report, columns)?;
    for shift in &report.shifts {
        sheet
            .text(shift.role.as_str())
            .text(&shift.title)
            .yes_no(Some(shift.person.is_some()))
            .maybe(shift.person.as_ref())
            .yes_no(shift.person.is_some().then_some(shift.deputy))
            .timed(Some(shift.from))
            .timed(shift.to)
            .number(Some(shift.minutes))
            .end_row()?;
    }
    sheet.bytes()
}

pub(super) fn milestones(report: &Report) -> Bytes {
    let columns = "milestone service occurred_at t_plus_min recorded_at late_entry by record";
    let mut sheet = Sheet::new(report, columns)?;
    for line in &report.marks {
        sheet
            .text(line.mark.word())
            .maybe(line.service.as_ref())
            .time(line.occurred_at)
            .number(line.t_plus_min)
            .time(line.recorded_at)
            .yes_no(line.record.is_some().then_some(line.late_entry))
            .maybe(line.by.as_ref())
            .maybe(line.record.as_ref())
            .end_row()?;
    }
    sheet.bytes()
}

pub(super) fn kpis(report: &Report) -> Bytes {
    let mut sheet = Sheet::new(report, "kpi value unit target met")?;
    for figure in &report.status.kpis {
        sheet
            .text(figure.id.word())
            .number(figure.value)
            .text(figure.unit.word())
            .number(figure.target)
            .yes_no(figure.met)
            .end_row()?;
    }
    sheet.bytes()
}
