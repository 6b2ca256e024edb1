//! One record as one plain English sentence. The words people wrote stand in it verbatim; making them
//! safe for a screen, a page or a sheet is the renderers' business.

use crate::engine::{
    Confirmation, Digest, Event, Fact, Finding, Head, IncidentOpened, Mode, Offset, Person, Record,
    RecordRef, SourceDigest, StepDone, Text, Timestamp,
};
use crate::playbook::{Form, Mark, OptionId, Playbook, ServiceId, StepId};

use super::exercise::Reader;
use super::improvement::improved;
use super::story::said;
use super::when::When;

/// How every file calls a step that was skipped.
const NOT_HERE: &str = "not applicable";

/// The word of an event as it stands in the journal.
pub(super) const fn kind(event: &Event) -> &'static str {
    match event {
        Event::IncidentOpened(_) => "incident_opened",
        Event::IncidentDeclared {} => "incident_declared",
        Event::FalseAlarmDeclared { .. } => "false_alarm_declared",
        Event::IncidentClosed { .. } => "incident_closed",
        Event::IncidentClassified { .. } => "incident_classified",
        Event::IncidentEscalated { .. } => "incident_escalated",
        Event::MilestoneMarked { .. } => "milestone_marked",
        Event::RoleAssigned { .. } => "role_assigned",
        Event::RoleReleased { .. } => "role_released",
        Event::RoleHandedOver { .. } => "role_handed_over",
        Event::StepBegun { .. } => "step_begun",
        Event::StepDone(_) => "step_done",
        Event::StepSkipped { .. } => "step_skipped",
        Event::StepFailed { .. } => "step_failed",
        Event::StepDeferred { .. } => "step_deferred",
        Event::StepReopened { .. } => "step_reopened",
        Event::DecisionTaken { .. } => "decision_taken",
        Event::StepApproved { .. } => "step_approved",
        Event::NoteAdded { .. } => "note_added",
        Event::FindingNoted(_) => "finding_noted",
        Event::ReportFieldSet { .. } => "report_field_set",
        Event::RecordCorrected { .. } => "record_corrected",
        Event::RecordWithdrawn { .. } => "record_withdrawn",
        Event::ActionAdded { .. } => "action_added",
        Event::ActionUpdated { .. } => "action_updated",
        Event::ActionClosed { .. } => "action_closed",
        Event::ActionReopened { .. } => "action_reopened",
        Event::ActionVerified { .. } => "action_verified",
        Event::ReviewFinished { .. } => "review_finished",
        Event::ReadinessRecorded(_) => "readiness_recorded",
        Event::SiteChanged { .. } => "site_changed",
        Event::ClockJumped { .. } => "clock_jumped",
        Event::TailRecovered { .. } => "tail_recovered",
        Event::WriterContinued { .. } => "writer_continued",
        Event::ExerciseStarted(_) => "exercise_started",
        Event::InjectDelivered(_) => "inject_delivered",
        Event::InjectAdded(_) => "inject_added",
        Event::InjectHeld { .. } => "inject_held",
        Event::InjectSkipped { .. } => "inject_skipped",
        Event::ObservationNoted { .. } => "observation_noted",
        Event::ObjectiveRated { .. } => "objective_rated",
        Event::ExerciseClockSet(_) => "exercise_clock_set",
        Event::ExerciseInterrupted { .. } => "exercise_interrupted",
    }
}

/// The step that an event is about.
pub(super) const fn step_of(event: &Event) -> Option<&StepId> {
    match event {
        Event::StepDone(done) => Some(&done.step),
        Event::StepBegun { step, .. }
        | Event::StepSkipped { step, .. }
        | Event::StepFailed { step, .. }
        | Event::StepDeferred { step, .. }
        | Event::StepReopened { step, .. }
        | Event::DecisionTaken { step, .. }
        | Event::StepApproved { step, .. } => Some(step),
        Event::IncidentOpened(_)
        | Event::IncidentDeclared {}
        | Event::FalseAlarmDeclared { .. }
        | Event::IncidentClosed { .. }
        | Event::IncidentClassified { .. }
        | Event::IncidentEscalated { .. }
        | Event::MilestoneMarked { .. }
        | Event::RoleAssigned { .. }
        | Event::RoleReleased { .. }
        | Event::RoleHandedOver { .. }
        | Event::NoteAdded { .. }
        | Event::FindingNoted(_)
        | Event::ReportFieldSet { .. }
        | Event::RecordCorrected { .. }
        | Event::RecordWithdrawn { .. }
        | Event::ActionAdded { .. }
        | Event::ActionUpdated { .. }
        | Event::ActionClosed { .. }
        | Event::ActionReopened { .. }
        | Event::ActionVerified { .. }
        | Event::ReviewFinished { .. }
        | Event::ReadinessRecorded(_)
        | Event::SiteChanged { .. }
        | Event::ClockJumped { .. }
        | Event::TailRecovered { .. }
        | Event::WriterContinued { .. }
        | Event::ExerciseStarted(_)
        | Event::InjectDelivered(_)
        | Event::InjectAdded(_)
        | Event::InjectHeld { .. }
        | Event::InjectSkipped { .. }
        | Event::ObservationNoted { .. }
        | Event::ObjectiveRated { .. }
        | Event::ExerciseClockSet(_)
        | Event::ExerciseInterrupted { .. } => None,
    }
}

/// What a record says, in one sentence.
#[must_use]
pub fn sentence(book: &Playbook, record: &Record) -> String {
    match &record.fact {
        Fact::Known(event) => {
            Speech { book, offset: record.stamp.offset, reader: Reader::Anybody }.of(event)
        }
        Fact::Newer(name) => format!("{name}: an event of a newer runbook"),
    }
}

/// The same for whoever plays in an exercise that goes on: without what is to come, and without
/// judgements.
#[must_use]
pub fn sentence_for_players(book: &Playbook, record: &Record) -> String {
    match &record.fact {
        Fact::Known(event) => {
            Speech { book, offset: record.stamp.offset, reader: Reader::Player }.of(event)
        }
        Fact::Newer(_) => sentence(book, record),
    }
}

/// What sentences are made with: the playbook's names and the record's own clock.
pub(super) struct Speech<'a> {
    pub(super) book: &'a Playbook,
    pub(super) offset: Offset,
    pub(super) reader: Reader,
}

impl Speech<'_> {
    /// What happened.
    pub(super) fn of(&self, event: &Event) -> String {
        match event {
            Event::IncidentOpened(opened) => opening(opened),
            Event::IncidentDeclared {} => "T+0 declared".to_owned(),
            Event::FalseAlarmDeclared { reason } => format!("false alarm: {}", said(reason)),
            Event::IncidentClosed { anyway, missing } => closing(anyway.as_ref(), missing),
            Event::IncidentClassified { cause, services, scope } => {
                classified(cause.as_ref(), services, scope.as_ref())
            }
            Event::IncidentEscalated { incident, playbook, reason } => {
                format!("escalated to {playbook} as {incident}: {}", said(reason))
            }
            Event::MilestoneMarked { mark, service } => marked(*mark, service.as_ref()),
            Event::RoleAssigned { role, person, deputy } => {
                format!("assigned {role}: {person}{}", if *deputy { " as deputy" } else { "" })
            }
            Event::RoleReleased { role, person } => format!("released {role}: {person}"),
            Event::RoleHandedOver { role, from, to, note, confirmed } => {
                let parts = confirmations(confirmed);
                let from: Vec<&str> = from.iter().map(Person::as_str).collect();
                let said = dashed(note.as_ref(), &[parts]);
                format!("hand-over {role}: {} to {to}{said}", from.join(", "))
            }
            Event::StepBegun { .. }
            | Event::StepDone(_)
            | Event::StepSkipped { .. }
            | Event::StepFailed { .. }
            | Event::StepDeferred { .. }
            | Event::StepReopened { .. }
            | Event::DecisionTaken { .. }
            | Event::StepApproved { .. } => self.of_step(event),
            Event::FindingNoted(_) if self.reader == Reader::Player => {
                "a finding was noted".to_owned()
            }
            Event::FindingNoted(finding) => found(finding),
            Event::ReportFieldSet { field, text } => {
                format!("for the report, {field}: {}", said(text))
            }
            Event::NoteAdded { kind, text } => format!("note ({kind}): {}", said(text)),
            Event::RecordCorrected { target, note, occurred } => {
                self.corrected(target, note, *occurred)
            }
            Event::RecordWithdrawn { target, reason } => {
                format!("withdrawn: {} did not happen; {}", target.short(), said(reason))
            }
            Event::ActionAdded { .. }
            | Event::ActionUpdated { .. }
            | Event::ActionClosed { .. }
            | Event::ActionReopened { .. }
            | Event::ActionVerified { .. }
            | Event::ReviewFinished { .. } => improved(event),
            Event::ReadinessRecorded(readied) => super::ready::readied(readied),
            Event::SiteChanged { keys } => site_changed(keys),
            Event::ClockJumped { by_ms } => jumped(*by_ms),
            Event::TailRecovered { offset, length, .. } => torn(*offset, *length),
            Event::WriterContinued { file, sha256, length, good } => {
                continued(file, sha256, *length, good.as_ref())
            }
            Event::ExerciseStarted(_)
            | Event::InjectDelivered(_)
            | Event::InjectAdded(_)
            | Event::InjectHeld { .. }
            | Event::InjectSkipped { .. }
            | Event::ObservationNoted { .. }
            | Event::ObjectiveRated { .. }
            | Event::ExerciseClockSet(_)
            | Event::ExerciseInterrupted { .. } => self.of_exercise(event, self.reader),
        }
    }

    /// Events about steps; the others have been dealt with by the caller.
    fn of_step(&self, event: &Event) -> String {
        let name = |step, n: &u32| self.step(step, *n);
        let told = |verb: &str, step, n, why| format!("{verb}: {} — {}", name(step, n), said(why));
        match event {
            Event::StepBegun { step, occurrence } => format!("begun: {}", name(step, occurrence)),
            Event::StepDone(done) => self.done(done),
            Event::StepSkipped { step, occurrence: n, reason: why } => told(NOT_HERE, step, n, why),
            Event::StepFailed { step, occurrence: n, reason } => told("failed", step, n, reason),
            Event::StepDeferred { step, occurrence, until, reason } => {
                told(&format!("deferred until {}", self.time(*until)), step, occurrence, reason)
            }
            Event::StepReopened { step, occurrence: n, reason } => {
                told("reopened", step, n, reason)
            }
            Event::DecisionTaken { step, occurrence, option, because, initials, milestone } => {
                let what = format!("{}: {}", name(step, occurrence), self.answer(step, option));
                let parts = [signed(initials.as_ref()), reaches(*milestone)];
                phrase("decided", &what, because.as_ref(), &parts)
            }
            Event::StepApproved { step, occurrence, own_work, reason, initials, milestone } => {
                let own = own_work.then(|| "own work".to_owned());
                let parts = [own, signed(initials.as_ref()), reaches(*milestone)];
                phrase("approved", &name(step, occurrence), reason.as_ref(), &parts)
            }
            Event::IncidentOpened(_)
            | Event::IncidentDeclared {}
            | Event::FalseAlarmDeclared { .. }
            | Event::IncidentClosed { .. }
            | Event::IncidentClassified { .. }
            | Event::IncidentEscalated { .. }
            | Event::MilestoneMarked { .. }
            | Event::RoleAssigned { .. }
            | Event::RoleReleased { .. }
            | Event::RoleHandedOver { .. }
            | Event::NoteAdded { .. }
            | Event::FindingNoted(_)
            | Event::ReportFieldSet { .. }
            | Event::RecordCorrected { .. }
            | Event::RecordWithdrawn { .. }
            | Event::ActionAdded { .. }
            | Event::ActionUpdated { .. }
            | Event::ActionClosed { .. }
            | Event::ActionReopened { .. }
            | Event::ActionVerified { .. }
            | Event::ReviewFinished { .. }
            | Event::ReadinessRecorded(_)
            | Event::SiteChanged { .. }
            | Event::ClockJumped { .. }
            | Event::TailRecovered { .. }
            | Event::WriterContinued { .. }
            | Event::ExerciseStarted(_)
            | Event::InjectDelivered(_)
            | Event::InjectAdded(_)
            | Event::InjectHeld { .. }
            | Event::InjectSkipped { .. }
            | Event::ObservationNoted { .. }
            | Event::ObjectiveRated { .. }
            | Event::ExerciseClockSet(_)
            | Event::ExerciseInterrupted { .. } => String::new(),
        }
    }

    fn done(&self, done: &StepDone) -> String {
        let answer = |(field, text): (_, &Text)| Some(format!("{field}: {}", said(text)));
        let mut parts: Vec<Option<String>> = done.answers.iter().map(answer).collect();
        parts.push(signed(done.initials.as_ref()));
        parts.push(reaches(done.milestone));
        phrase("done", &self.step(&done.step, done.occurrence), done.note.as_ref(), &parts)
    }

    /// `I-07 notify-leadership`, and which time from the second one on.
    fn step(&self, step: &StepId, occurrence: u32) -> String {
        let code = self.book.step(step).map_or(String::new(), |known| format!("{} ", known.code));
        let turn =
            if occurrence > 1 { format!(" (occurrence {occurrence})") } else { String::new() };
        format!("{code}{step}{turn}")
    }

    fn answer(&self, step: &StepId, option: &OptionId) -> String {
        match option_title(self.book, step, option) {
            Some(title) => format!("{option} ({title})"),
            None => option.to_string(),
        }
    }

    fn corrected(&self, target: &RecordRef, note: &Text, occurred: Option<Timestamp>) -> String {
        let when = occurred.map_or(String::new(), |at| format!("happened {}; ", self.time(at)));
        format!("correction of {}: {when}{}", target.short(), said(note))
    }

    pub(super) fn time(&self, at: Timestamp) -> When {
        When { at, offset: self.offset }
    }
}

/// A critical step names who answers for it, whatever kind of answer it took.
fn signed(initials: Option<&String>) -> Option<String> {
    initials.map(|initials| format!("initials {initials}"))
}

/// What people read for an answer to a decision.
pub(super) fn option_title<'a>(
    book: &'a Playbook,
    step: &StepId,
    option: &OptionId,
) -> Option<&'a str> {
    let Form::Decision(decision) = &book.step(step)?.form else { return None };
    let chosen = decision.options.iter().find(|choice| choice.id == *option)?;
    Some(&chosen.title)
}

fn opening(opened: &IncidentOpened) -> String {
    let IncidentOpened { playbook, version, title, site, mode, linked_from, sources, .. } = opened;
    let mode = match mode {
        Mode::Live => "live",
        Mode::Exercise => "EXERCISE",
    };
    let site = site.as_ref().map_or(String::new(), |site| format!(" at {}", said(site)));
    let from = linked_from.as_ref().map_or(String::new(), |from| format!(", from {from}"));
    let files = files(sources);
    format!("opened: {}{site} (playbook {playbook} {version}, {mode}{from}{files})", said(title))
}

/// Of a playbook that is one file the pinned copy says it all.
fn files(sources: &[SourceDigest]) -> String {
    if sources.len() < 2 {
        return String::new();
    }
    let one = |file: &SourceDigest| format!("{} {}", file.name, &file.sha256.hex()[..8]);
    format!("; put together from {}", sources.iter().map(one).collect::<Vec<_>>().join(", "))
}

fn closing(anyway: Option<&Text>, missing: &[String]) -> String {
    let because = anyway.map_or(String::new(), |text| format!(" — {}", said(text)));
    if missing.is_empty() {
        return format!("closed{because}");
    }
    format!("closed although something was missing: {}{because}", missing.join("; "))
}

fn classified(cause: Option<&Text>, services: &[ServiceId], scope: Option<&Text>) -> String {
    let named: Vec<&str> = services.iter().map(ServiceId::as_str).collect();
    let services = (!named.is_empty()).then(|| format!("services {}", named.join(", ")));
    let cause = cause.map(|cause| format!("cause {}", said(cause)));
    let scope = scope.map(|scope| format!("scope {}", said(scope)));
    let parts: Vec<String> = [cause, services, scope].into_iter().flatten().collect();
    format!("classified: {}", parts.join("; "))
}

fn marked(mark: Mark, service: Option<&ServiceId>) -> String {
    let service = service.map_or(String::new(), |service| format!(" for {service}"));
    format!("milestone {mark}{service}")
}

fn found(finding: &Finding) -> String {
    let Finding { kind, objective, capability, statement, reference, analysis, asked: _ } = finding;
    let about = objective.as_ref().map(|objective| format!("objective {objective}"));
    let part = |name: &str, text: &Option<Text>| {
        text.as_ref().map(|text| format!("{name} {}", said(text)))
    };
    let parts = [
        about,
        part("capability", capability),
        part("reference", reference),
        part("analysis", analysis),
    ];
    format!("finding ({kind}): {}{}", said(statement), dashed(None, &parts))
}

fn confirmations(all: &[Confirmation]) -> Option<String> {
    let one = |c: &Confirmation| format!("{} ({})", c.person, c.initials);
    let said = all.iter().map(one).collect::<Vec<_>>().join(", ");
    (!said.is_empty()).then(|| format!("confirmed by {said}"))
}

fn site_changed(keys: &[String]) -> String {
    let named: Vec<String> = keys.iter().map(|key| site_key(key)).collect();
    format!("site file changed: {}", named.join(", "))
}

/// A key of the site file as people say it: `roles.it-lead.holder.phone` is "it-lead phone".
#[must_use]
pub fn site_key(key: &str) -> String {
    let parts: Vec<&str> = key.split('.').collect();
    match parts.as_slice() {
        ["site", what] => (*what).to_owned(),
        ["roles", role, "holder", "name"] => format!("{role} holder"),
        ["roles", role, "holder", what] => format!("{role} {what}"),
        ["roles", role, "deputies", number, "name"] => format!("{role} deputy {number}"),
        ["roles", role, "deputies", number, what] => format!("{role} deputy {number} {what}"),
        ["policy", what] => format!("policy of {what}"),
        ["vendors", service, what] => format!("{service} vendor {what}"),
        other => other.join(" "),
    }
}

fn jumped(by_ms: i64) -> String {
    let way = if by_ms < 0 { "back" } else { "forward" };
    format!("the machine's clock jumped {} ms {way}", by_ms.unsigned_abs())
}

fn torn(offset: u64, length: u64) -> String {
    format!("torn end set apart: {length} bytes from byte {offset}")
}

fn continued(file: &str, sha256: &Digest, length: u64, good: Option<&Head>) -> String {
    let good = good.map_or("none".to_owned(), RecordRef::short);
    format!(
        "goes on after damaged file {file} ({length} bytes, SHA-256 {sha256}, last good record {good})"
    )
}

fn reaches(milestone: Option<Mark>) -> Option<String> {
    milestone.map(|mark| format!("milestone {mark}"))
}

/// `done: I-07 notify-leadership — ticket: 4711; initials AD; note told by phone`.
fn phrase(verb: &str, what: &str, note: Option<&Text>, parts: &[Option<String>]) -> String {
    format!("{verb}: {what}{}", dashed(note, parts))
}

fn dashed(note: Option<&Text>, parts: &[Option<String>]) -> String {
    let note = note.map(|text| format!("note {}", said(text)));
    let parts: Vec<&str> = parts.iter().chain([&note]).flatten().map(String::as_str).collect();
    let dash = if parts.is_empty() { "" } else { " — " };
    format!("{dash}{}", parts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{ClockKind, WriterId};
    use crate::playbook::{FindingKind, NoteKind, ReportField, RoleId};
    use crate::report::fixture::{at, book, done, here, id, person, plain};

    fn record() -> RecordRef {
        let writer = WriterId::from_random([0xf2; 16]);
        RecordRef { writer, seq: 17, h: Digest::from_bytes([7; 32]) }
    }

    fn opened() -> IncidentOpened {
        IncidentOpened {
            playbook: id("email-outage"),
            version: "2026.1".to_owned(),
            title: plain("Mail down"),
            site: None,
            mode: Mode::Exercise,
            clock: ClockKind::Stepped,
            runbook: "0.1.0".to_owned(),
            linked_from: Some("phones-1".to_owned()),
            standing: false,
            sources: Vec::new(),
        }
    }

    fn files(count: u8) -> Vec<SourceDigest> {
        let sha256 = |n| Digest::from_bytes([n; 32]);
        (1..=count).map(|n| SourceDigest { name: format!("file-{n}"), sha256: sha256(n) }).collect()
    }

    fn signed(name: &str, initials: &str) -> Confirmation {
        Confirmation { person: person(name), initials: initials.to_owned() }
    }

    /// Every event there is, with its sentence.
    #[expect(clippy::too_many_lines, reason = "a table")]
    fn every_event() -> Vec<(Event, &'static str)> {
        let sealed = || Text::Sealed(Digest::from_bytes([9; 32]));
        let notify = || id::<StepId>("notify-leadership");
        let lead = || id::<RoleId>("incident-lead");
        let answers = [(id("ticket"), plain("INC0012345"))].into();
        vec![
            (
                Event::IncidentOpened(opened()),
                "opened: Mail down (playbook email-outage 2026.1, EXERCISE, from phones-1)",
            ),
            (
                Event::IncidentOpened(IncidentOpened { sources: files(1), ..opened() }),
                "opened: Mail down (playbook email-outage 2026.1, EXERCISE, from phones-1)",
            ),
            (
                Event::IncidentOpened(IncidentOpened { sources: files(2), ..opened() }),
                "opened: Mail down (playbook email-outage 2026.1, EXERCISE, from phones-1; put together \
                 from file-1 01010101, file-2 02020202)",
            ),
            (Event::IncidentDeclared {}, "T+0 declared"),
            (Event::FalseAlarmDeclared { reason: plain("a filter") }, "false alarm: a filter"),
            (Event::IncidentClosed { anyway: None, missing: vec![] }, "closed"),
            (
                Event::IncidentClosed {
                    anyway: Some(plain("handed on")),
                    missing: vec!["a".into(), "b".into()],
                },
                "closed although something was missing: a; b — handed on",
            ),
            (
                Event::IncidentClassified {
                    cause: Some(plain("expired certificate")),
                    services: vec![id("email"), id("fax")],
                    scope: Some(plain("both branches")),
                },
                "classified: cause expired certificate; services email, fax; scope both branches",
            ),
            (
                Event::IncidentEscalated {
                    incident: "r-2".into(),
                    playbook: id("ransomware"),
                    reason: plain("notes found"),
                },
                "escalated to ransomware as r-2: notes found",
            ),
            (
                Event::MilestoneMarked { mark: Mark::Restored, service: Some(id("email")) },
                "milestone restored for email",
            ),
            (
                Event::RoleAssigned { role: lead(), person: person("Ana Diaz"), deputy: true },
                "assigned incident-lead: Ana Diaz as deputy",
            ),
            (
                Event::RoleReleased { role: lead(), person: person("Ana Diaz") },
                "released incident-lead: Ana Diaz",
            ),
            (
                Event::RoleHandedOver {
                    role: lead(),
                    from: vec![person("Ana Diaz")],
                    to: person("Ben Ito"),
                    note: Some(plain("vendor calls at six")),
                    confirmed: vec![signed("Ana Diaz", "AD"), signed("Ben Ito", "BI")],
                },
                "hand-over incident-lead: Ana Diaz to Ben Ito \
                 — confirmed by Ana Diaz (AD), Ben Ito (BI); note vendor calls at six",
            ),
            (Event::StepBegun { step: notify(), occurrence: 1 }, "begun: I-01 notify-leadership"),
            (
                Event::StepDone(StepDone {
                    answers,
                    note: Some(plain("by phone")),
                    initials: Some("AD".to_owned()),
                    milestone: Some(Mark::Detected),
                    ..done("vendor-ticket", 1)
                }),
                "done: I-04 vendor-ticket — ticket: INC0012345; initials AD; milestone detected; note by phone",
            ),
            (
                Event::StepSkipped {
                    step: notify(),
                    occurrence: 2,
                    reason: plain("no leadership"),
                },
                "not applicable: I-01 notify-leadership (occurrence 2) — no leadership",
            ),
            (
                Event::StepFailed { step: id("unknown-here"), occurrence: 1, reason: sealed() },
                "failed: unknown-here — [sealed]",
            ),
            (
                Event::StepDeferred {
                    step: notify(),
                    occurrence: 1,
                    until: at("16:00"),
                    reason: plain("asleep"),
                },
                "deferred until 2026-01-22 16:00 -05:00: I-01 notify-leadership — asleep",
            ),
            (
                Event::StepReopened {
                    step: notify(),
                    occurrence: 1,
                    reason: plain("wrong number"),
                },
                "reopened: I-01 notify-leadership — wrong number",
            ),
            (
                Event::DecisionTaken {
                    step: id("scope"),
                    occurrence: 1,
                    option: id("corporate"),
                    because: Some(plain("three branches call")),
                    initials: None,
                    milestone: None,
                },
                "decided: I-02 scope: corporate (The whole company) — note three branches call",
            ),
            (
                Event::StepApproved {
                    step: id("validate-mail"),
                    occurrence: 1,
                    own_work: true,
                    reason: Some(plain("alone on shift")),
                    initials: None,
                    milestone: Some(Mark::Verified),
                },
                "approved: R-01 validate-mail — own work; milestone verified; note alone on shift",
            ),
            (
                Event::NoteAdded { kind: NoteKind::Safety, text: plain("label mixed up") },
                "note (safety): label mixed up",
            ),
            (
                Event::FindingNoted(Box::new(Finding {
                    kind: FindingKind::Strength,
                    objective: Some(id("reach-patients")),
                    capability: Some(plain("Operational Communications")),
                    statement: plain("call-back numbers were at hand"),
                    reference: Some(plain("playbook I-07")),
                    analysis: Some(plain("printed weekly")),
                    asked: None,
                })),
                "finding (strength): call-back numbers were at hand — objective reach-patients; \
                 capability Operational Communications; reference playbook I-07; analysis printed weekly",
            ),
            (
                Event::ReportFieldSet {
                    field: ReportField::Sponsor,
                    text: plain("Riverside Pharmacy"),
                },
                "for the report, sponsor: Riverside Pharmacy",
            ),
            (
                Event::RecordCorrected {
                    target: record(),
                    note: plain("by the phone log"),
                    occurred: Some(at("13:50")),
                },
                "correction of 17@wf2f: happened 2026-01-22 13:50 -05:00; by the phone log",
            ),
            (
                Event::RecordWithdrawn { target: record(), reason: plain("wrong step") },
                "withdrawn: 17@wf2f did not happen; wrong step",
            ),
            (
                Event::SiteChanged {
                    keys: [
                        "roles.it-lead.holder.phone",
                        "roles.scribe.deputies.1.name",
                        "site.callback",
                        "vendors.email.support",
                        "leadership.2.phone",
                    ]
                    .map(str::to_owned)
                    .to_vec(),
                },
                "site file changed: it-lead phone, scribe deputy 1, callback, email vendor support, \
                 leadership 2 phone",
            ),
            (
                Event::ClockJumped { by_ms: -3_600_000 },
                "the machine's clock jumped 3600000 ms back",
            ),
            (
                Event::TailRecovered {
                    offset: 4096,
                    length: 120,
                    sha256: Digest::from_bytes([0; 32]),
                },
                "torn end set apart: 120 bytes from byte 4096",
            ),
            (
                Event::WriterContinued {
                    file: "w.jsonl".into(),
                    sha256: Digest::from_bytes([0; 32]),
                    length: 900,
                    good: Some(record()),
                },
                "goes on after damaged file w.jsonl (900 bytes, SHA-256 \
                 0000000000000000000000000000000000000000000000000000000000000000, last good record 17@wf2f)",
            ),
        ]
    }

    #[test]
    fn each_event_is_one_sentence() {
        let book = book();
        let speech = Speech { book: &book, offset: here(at("14:00")), reader: Reader::Anybody };
        for (event, expected) in every_event() {
            assert_eq!(speech.of(&event), expected);
        }
    }

    #[test]
    fn the_kind_is_the_word_in_the_journal() {
        let mut seen = std::collections::BTreeSet::new();
        for (event, _) in every_event() {
            let json = serde_json::to_value(&event).unwrap();
            assert_eq!(json["type"], kind(&event));
            let about = json["data"].get("step").and_then(|step| step.as_str());
            assert_eq!(step_of(&event).map(StepId::as_str), about);
            seen.insert(kind(&event));
        }
        assert_eq!(seen.len(), 27, "a new event needs a line in this table");
    }
}
