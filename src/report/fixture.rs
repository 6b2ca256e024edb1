//! A playbook and logs written by hand, for the tests of this room. The hashes are made up: proving
//! them is the journal's business.

use chrono::TimeDelta;

use super::after_action::Report;
use super::story::Story;
use crate::engine::{
    Actor, ClockKind, Digest, Event, Fact, Hlc, IncidentOpened, Mode, Offset, Person, Record,
    RecordRef, Source, Stamp, State, StepDone, Text, Timestamp, WriterId,
};
use crate::playbook::{
    Approval, Choice, Condition, Decision, Due, Field, FieldKind, Form, KpiId, Mark, NoteKind,
    Opening, Phase, Playbook, Repeat, Role, Step, Target,
};

/// A clock time of the 22nd of January 2026 at -05:00, or a day and time of that month: `23 09:00`.
pub(super) fn at(clock: &str) -> Timestamp {
    let (day, clock) = clock.split_once(' ').unwrap_or(("22", clock));
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    Timestamp::parse(&format!("2026-01-{day}T{clock}{seconds}-05:00")).unwrap()
}

pub(super) fn here(_: Timestamp) -> Offset {
    Offset::from_minutes(-300).unwrap()
}

pub(super) fn plain(words: &str) -> Text {
    Text::Plain(words.to_owned())
}

pub(super) fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(word: &str) -> T {
    word.parse().unwrap()
}

pub(super) fn person(name: &str) -> Person {
    Person::new(name).unwrap()
}

fn step(word: &str, code: &str, role: &str, form: Form, due: Option<Due>) -> Step {
    Step {
        id: id(word),
        code: code.to_owned(),
        role: id(role),
        title: word.replace('-', " "),
        instructions: String::new(),
        form,
        due,
        required: false,
        critical: false,
        needs: Vec::new(),
        opens_on: Vec::new(),
        closed_on: Vec::new(),
        repeat: None,
        escalate: None,
        approval: None,
        milestone: None,
    }
}

fn role(word: &str, title: &str, required: bool) -> Role {
    let (id, title) = (id(word), title.to_owned());
    Role { id, title, duty: String::new(), required, hics: None }
}

fn scope() -> Form {
    let choice =
        |word: &str, title: &str| Choice { id: id(word), title: title.to_owned(), leads_to: None };
    Form::Decision(Decision {
        question: "One branch or the whole company?".to_owned(),
        options: vec![choice("local", "One branch"), choice("corporate", "The whole company")],
    })
}

fn ticket() -> Form {
    let ask = "Ticket number of the vendor?".to_owned();
    Form::Collect(vec![Field { id: id("ticket"), ask, kind: FieldKind::Text, required: true }])
}

fn after(minutes: i64) -> Due {
    Due::AfterStart(TimeDelta::minutes(minutes))
}

fn immediate() -> Vec<Step> {
    let lead = "incident-lead";
    let notify = step("notify-leadership", "I-01", lead, Form::Action, Some(after(15)));
    let corporate = Condition { step: id("scope"), options: vec![id("corporate")] };
    let every = Repeat { every: TimeDelta::hours(2), until: Some(Mark::Verified) };
    let briefing = step("corporate-briefing", "I-03", lead, Form::Action, Some(after(60)));
    vec![
        Step { required: true, critical: true, ..notify },
        step("scope", "I-02", lead, scope(), Some(after(30))),
        Step { opens_on: vec![corporate], repeat: Some(every), ..briefing },
        step("vendor-ticket", "I-04", "it-lead", ticket(), Some(after(45))),
    ]
}

fn recovery() -> Vec<Step> {
    let due = Some(Due::AfterPhase(TimeDelta::minutes(30)));
    let validate = step("validate-mail", "R-01", "it-lead", Form::Action, due);
    let approval = Some(Approval { by: id("incident-lead") });
    vec![Step { required: true, approval, milestone: Some(Mark::Verified), ..validate }]
}

/// Five steps, three roles, a decision, a repeat, an approval, three targets.
pub(super) fn book() -> Playbook {
    let window =
        |from, to| Opening::Window { from: TimeDelta::hours(from), to: TimeDelta::hours(to) };
    let phase = |word: &str, title: &str, opening, steps| Phase {
        id: id(word),
        title: title.to_owned(),
        opening,
        steps,
    };
    let within = |minutes| Target::Within(TimeDelta::minutes(minutes));
    Playbook {
        id: id("email-outage"),
        title: "Email outage".to_owned(),
        version: "2026.1".to_owned(),
        review_by: None,
        summary: String::new(),
        roles: vec![
            role("incident-lead", "Incident Lead", true),
            role("communications-lead", "Communications Lead", true),
            role("it-lead", "IT Lead", false),
        ],
        channels: Vec::new(),
        segments: Vec::new(),
        templates: Vec::new(),
        phases: vec![
            phase("immediate", "Immediate response", window(0, 2), immediate()),
            phase("continuity", "Continuity", window(2, 12), Vec::new()),
            phase("recovery", "Recovery", Opening::On(Mark::Restored), recovery()),
        ],
        targets: vec![
            (KpiId::TimeToDeclare, within(30)),
            (KpiId::Downtime, within(240)),
            (KpiId::StepOnTimeRate, Target::AtLeast(0.9)),
        ],
        exercises: Vec::new(),
        accepted: Vec::new(),
    }
}

/// Records in the order they are told.
#[derive(Clone)]
pub(super) struct Log {
    pub(super) records: Vec<Record>,
    writer: u8,
}

impl Log {
    pub(super) fn new() -> Self {
        Self { records: Vec::new(), writer: 0xf2 }
    }

    pub(super) fn opened(clock: &str, mode: Mode) -> Self {
        Self::new().tell(
            clock,
            Event::IncidentOpened(IncidentOpened {
                playbook: id("email-outage"),
                version: "2026.1".to_owned(),
                title: plain("Mail down at Main St"),
                site: Some(plain("Main Street Pharmacy")),
                mode,
                clock: ClockKind::Real,
                runbook: "0.1.0".to_owned(),
                linked_from: None,
                standing: false,
                sources: Vec::new(),
            }),
        )
    }

    /// What follows comes from another install.
    pub(super) fn on_writer(mut self, first_byte: u8) -> Self {
        self.writer = first_byte;
        self
    }

    /// Written down when it happened.
    pub(super) fn tell(self, clock: &str, event: Event) -> Self {
        self.push(None, clock, Fact::Known(event))
    }

    /// Written down later, or by a clock that is behind.
    pub(super) fn tell_late(self, occurred: &str, recorded: &str, event: Event) -> Self {
        self.push(Some(at(occurred)), recorded, Fact::Known(event))
    }

    pub(super) fn newer(self, clock: &str, name: &str) -> Self {
        self.push(None, clock, Fact::Newer(name.to_owned()))
    }

    /// The last record was made by this person in this role.
    pub(super) fn by(mut self, name: &str, role: &str) -> Self {
        let record = self.records.last_mut().unwrap();
        record.stamp.actor = Actor { person: Some(person(name)), role: Some(id(role)) };
        self
    }

    pub(super) fn mark(self, clock: &str, mark: Mark) -> Self {
        self.tell(clock, Event::MilestoneMarked { mark, service: None })
    }

    pub(super) fn mark_for(self, clock: &str, mark: Mark, service: &str) -> Self {
        self.tell(clock, Event::MilestoneMarked { mark, service: Some(id(service)) })
    }

    pub(super) fn declared(self, clock: &str) -> Self {
        self.tell(clock, Event::IncidentDeclared {})
    }

    pub(super) fn done(self, clock: &str, step: &str, occurrence: u32) -> Self {
        self.tell(clock, Event::StepDone(done(step, occurrence)))
    }

    pub(super) fn closed(self, clock: &str) -> Self {
        self.tell(clock, Event::IncidentClosed { anyway: None, missing: Vec::new() })
    }

    /// The record with this number of the writer in use.
    pub(super) fn nth(&self, seq: u64) -> RecordRef {
        let known = self.records.iter().find(|r| r.at.seq == seq && r.at.writer == self.writer());
        known.map_or_else(|| self.made_up(seq), |record| record.at.clone())
    }

    pub(super) fn state(&self) -> State {
        let mut state = State::default();
        for record in &self.records {
            state.apply(record);
        }
        state
    }

    fn writer(&self) -> WriterId {
        WriterId::from_random([self.writer; 16])
    }

    fn made_up(&self, seq: u64) -> RecordRef {
        let byte = u8::try_from(seq % 256).unwrap();
        RecordRef { writer: self.writer(), seq, h: Digest::from_bytes([byte; 32]) }
    }

    fn push(mut self, occurred: Option<Timestamp>, recorded: &str, fact: Fact) -> Self {
        let writer = self.writer();
        let seq = self.records.iter().filter(|r| r.at.writer == writer).count() + 1;
        let place = i64::try_from(self.records.len()).unwrap();
        let stamp = Stamp {
            wall: at(recorded),
            offset: here(at(recorded)),
            hlc: Hlc(at(recorded).millis(), u32::try_from(place).unwrap()),
            boot: None,
            mono: None,
            actor: Actor { person: Some(person("Ana Diaz")), role: Some(id("incident-lead")) },
            scribe: None,
            src: Source::Typed,
            occurred_at: occurred,
            key: None,
            seen: Vec::new(),
            exercise_time: None,
        };
        self.records.push(Record { at: self.made_up(seq as u64), stamp, fact });
        self
    }
}

pub(super) fn done(step: &str, occurrence: u32) -> StepDone {
    StepDone {
        step: id(step),
        occurrence,
        answers: std::collections::BTreeMap::new(),
        note: None,
        initials: None,
        milestone: None,
    }
}

/// A story that is told up to its last record.
pub(super) fn story<'a>(book: &'a Playbook, log: &'a Log, state: &'a State) -> Story<'a> {
    Story {
        incident: "email-outage-20260122-1405",
        book,
        records: &log.records,
        state,
        until: state.last().unwrap_or_else(|| at("00:00")),
        offset: &here,
        checkpoint: &[],
        problems: &[],
    }
}

fn noted(kind: NoteKind, words: &str) -> Event {
    Event::NoteAdded { kind, text: plain(words) }
}

fn assigned(role: &str, name: &str, deputy: bool) -> Event {
    Event::RoleAssigned { role: id(role), person: person(name), deputy }
}

/// A whole afternoon: two writers, late entries, a correction, a conflict, hostile words, sealed ones.
pub(super) fn afternoon(mode: Mode) -> Log {
    let log = Log::opened("14:05", mode)
        .tell("14:06", assigned("incident-lead", "Ana Diaz", false))
        .tell_late(
            "13:50",
            "14:07",
            Event::MilestoneMarked { mark: Mark::Onset, service: Some(id("email")) },
        )
        .mark("14:07", Mark::Detected)
        .declared("14:10")
        .tell("14:12", Event::StepBegun { step: id("notify-leadership"), occurrence: 1 });
    let notify = StepDone {
        note: Some(plain("told Dr. Okoro by phone\nshe tells the board")),
        initials: Some("AD".to_owned()),
        ..done("notify-leadership", 1)
    };
    let onset = log.nth(3);
    let log = log
        .tell("14:20", Event::StepDone(notify))
        .tell("14:30", decided("corporate", "three branches call"))
        .tell(
            "14:31",
            Event::NoteAdded {
                kind: NoteKind::Notification,
                text: Text::Sealed(Digest::from_bytes([9; 32])),
            },
        )
        .tell("14:32", noted(NoteKind::Decision, "no walk-in refills by e-mail today"))
        .tell(
            "14:33",
            Event::RecordCorrected {
                target: onset,
                note: plain("first bounce in the log"),
                occurred: Some(at("13:45")),
            },
        );
    later(log.on_writer(0xa7)).on_writer(0xf2).closed("18:00").tell_late(
        "17:30",
        "18:10",
        noted(NoteKind::Strength, "call-back numbers were at hand"),
    )
}

fn decided(option: &str, because: &str) -> Event {
    let (step, option, because) = (id("scope"), id(option), Some(plain(because)));
    Event::DecisionTaken { step, occurrence: 1, option, because, initials: None, milestone: None }
}

/// What the second writer recorded.
fn later(log: Log) -> Log {
    let answers = [(id("ticket"), plain("INC0012345"))].into();
    let ticket = StepDone { answers, ..done("vendor-ticket", 1) };
    let hand_over = Event::RoleHandedOver {
        role: id("incident-lead"),
        from: vec![person("Ana Diaz")],
        to: person("Ben Ito"),
        note: Some(plain("vendor calls at six")),
        confirmed: Vec::new(),
    };
    let verified = StepDone { milestone: Some(Mark::Verified), ..done("validate-mail", 1) };
    let restored = Event::MilestoneMarked { mark: Mark::Restored, service: Some(id("email")) };
    log.tell_late("14:40", "14:52", Event::StepDone(ticket))
        .by("Ben Ito", "it-lead")
        .done("15:05", "corporate-briefing", 1)
        .tell("15:30", hand_over)
        .tell(
            "15:40",
            noted(NoteKind::Improvement, "=HYPERLINK(\"http://evil.example\") | <b>list</b> `x`"),
        )
        .by("Ben Ito", "incident-lead")
        .tell("15:41", noted(NoteKind::Safety, "- one label mixed up, caught at the counter"))
        .newer("15:45", "message_sent")
        .mark("15:50", Mark::Detected)
        .tell("16:00", restored)
        .tell("16:20", Event::StepDone(verified))
        .by("Ben Ito", "it-lead")
}

fn report_of(log: &Log, problems: &[String]) -> Report {
    let (book, state) = (book(), log.state());
    let checkpoint = ["runbook-checkpoint 1 email-outage-20260122-1405 wf2f 13 0d0d".to_owned()];
    let story = story(&book, log, &state);
    Report::of(&Story { checkpoint: &checkpoint, problems, ..story })
}

pub(super) fn live() -> Report {
    report_of(&afternoon(Mode::Live), &[])
}

pub(super) fn exercise() -> Report {
    report_of(&afternoon(Mode::Exercise), &["wa7a line 9: the hash does not match".to_owned()])
}
