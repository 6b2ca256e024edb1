//! Random requests against the rules and the fold, without a process or a file.

use std::collections::{BTreeMap, BTreeSet};

use outage_runbook::engine::{
    ActionTerms, Actor, ClockMove, ClockReading, ClockSetting, Day, Delivery, Digest, Event,
    ExerciseStarted, Fact, Finding, Hlc, Intent, Mode, Offset, Person, Record, RecordRef, Request,
    Review, Source, Speed, Stamp, State, Text, Timestamp, Verdict, WriterId, decide, views,
};
use outage_runbook::playbook::{
    ExerciseKind, FindingKind, Happening, InjectKind, Mark, NoteKind, Objective, Playbook, Rating,
    ReportField, WorldChange, compile,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::frozen::{every_type, type_of};
use crate::support::sandbox::EVERY_FORM;

const PEOPLE: [&str; 3] = ["Ana", "Ben", "Cleo"];
const SERVICES: [&str; 2] = ["email", "phones"];
const INJECTS: [&str; 4] = ["first", "second", "third", "own-1"];

fn mode() -> impl Strategy<Value = Mode> {
    prop_oneof![Just(Mode::Live), Just(Mode::Exercise)]
}

fn book() -> Playbook {
    compile(EVERY_FORM).unwrap().playbook
}

/// One request, as numbers that any playbook can make something of.
#[derive(Debug, Clone)]
struct Draw {
    kind: u8,
    which: usize,
    option: usize,
    person: usize,
    minutes: i64,
    late: i64,
    key: Option<u8>,
    flag: bool,
}

fn draw() -> impl Strategy<Value = Draw> {
    (0..38_u8, 0..64_usize, 0..4_usize, 0..3_usize, 0..90_i64, 0..600_i64, 0..12_u8, any::<bool>())
        .prop_map(|(kind, which, option, person, minutes, late, key, flag)| Draw {
            kind,
            which,
            option,
            person,
            minutes,
            late,
            key: (key < 3).then_some(key),
            flag,
        })
}

/// An incident or an exercise in memory: every decided event is applied at once, as the program does it.
struct Live {
    book: Playbook,
    state: State,
    records: Vec<Record>,
    now: Timestamp,
    hlc: Hlc,
}

impl Live {
    fn new(mode: Mode) -> Self {
        let book = book();
        let now = Timestamp::parse("2025-01-22T14:05:00Z").unwrap();
        let mut live =
            Self { book, state: State::default(), records: Vec::new(), now, hlc: Hlc::default() };
        let opened = outage_runbook::engine::IncidentOpened {
            playbook: live.book.id.clone(),
            version: live.book.version.clone(),
            title: text("Every form"),
            site: None,
            mode,
            clock: outage_runbook::engine::ClockKind::Stepped,
            runbook: "0.0.0".to_owned(),
            linked_from: None,
            standing: false,
            sources: Vec::new(),
        };
        let by_ana = request(Intent::Declare, "Ana");
        live.append(Event::IncidentOpened(opened), &by_ana);
        if mode == Mode::Exercise {
            live.append(Event::ExerciseStarted(Box::new(started())), &by_ana);
            let setting = ClockSetting { at: now, speed: Speed::new(10), paused: false };
            live.append(Event::ExerciseClockSet(setting), &by_ana);
        }
        live
    }

    fn append(&mut self, event: Event, request: &Request) {
        self.hlc = self.hlc.next(self.now);
        let seq = self.records.len() as u64 + 1;
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&seq.to_be_bytes());
        let record = Record {
            at: RecordRef {
                writer: WriterId::from_random([7; 16]),
                seq,
                h: Digest::from_bytes(hash),
            },
            stamp: Stamp {
                wall: self.now,
                offset: Offset::UTC,
                hlc: self.hlc,
                boot: None,
                mono: None,
                actor: request.actor.clone(),
                scribe: None,
                src: Source::Typed,
                occurred_at: request.occurred,
                key: request.key.clone(),
                seen: Vec::new(),
                exercise_time: self
                    .exercise_time()
                    .filter(|_| self.state.runs_on_its_clock(Some(&event))),
            },
            fact: Fact::Known(event),
        };
        self.state.apply(&record);
        self.records.push(record);
    }

    /// What the exercise's own clock shows, where there is one.
    fn exercise_time(&self) -> Option<Timestamp> {
        self.state.exercise().clock().map(|_| self.state.now(&ClockReading::of_wall(self.now)))
    }

    fn take(&mut self, draw: &Draw) {
        self.now = self.now + chrono::TimeDelta::minutes(draw.minutes);
        let mut request = request(self.intent(draw), PEOPLE[draw.person]);
        request.key = draw.key.map(|key| format!("k{key}"));
        let now = self.state.now_for(&request.intent, &ClockReading::of_wall(self.now));
        request.occurred = draw.flag.then(|| now + chrono::TimeDelta::minutes(-draw.late));
        let before = self.state.clone();
        match decide(&self.book, &self.state, now, &request) {
            Ok(Verdict::Record(events, _)) => {
                assert!(!events.is_empty(), "{request:?}");
                for event in events {
                    self.append(event, &request);
                }
            }
            Ok(Verdict::Already(record, ..)) => {
                assert!(self.records.iter().any(|known| known.at == record), "{request:?}");
            }
            Err(refusal) => assert!(!refusal.to_string().is_empty()),
        }
        let conflicts = self.state.conflicts();
        assert_eq!(conflicts, before.conflicts(), "{request:?}");
        let shown = views(&self.book, &self.state, self.now);
        assert!(shown.len() >= self.book.steps().count());
    }

    fn intent(&self, draw: &Draw) -> Intent {
        let steps: Vec<_> = self.book.steps().map(|(_, step)| step).collect();
        let step = steps[draw.which % steps.len()];
        let id = step.id.clone();
        let role = self.book.roles[draw.which % self.book.roles.len()].id.clone();
        let who = person(PEOPLE[(draw.person + draw.option) % 3]);
        let initials = draw.flag.then(|| "AD".to_owned());
        let words = text(["one", "two", "three", "four"][draw.option]);
        match draw.kind {
            0 | 1 => Intent::Done {
                step: id,
                answers: if step.id.as_str() == "ticket" { answers() } else { BTreeMap::new() },
                note: draw.flag.then_some(words),
                initials: Some("AD".to_owned()),
            },
            2 => Intent::Begin { step: id },
            3 => Intent::Skip { step: id, reason: words },
            4 => Intent::Fail { step: id, reason: words },
            5 => Intent::Defer {
                step: id,
                until: self.now + chrono::TimeDelta::minutes(draw.late),
                reason: words,
            },
            6 => Intent::Reopen { step: id, reason: words },
            7 | 8 => Intent::Decide {
                step: id,
                option: ["local", "corporate", "neither", "local"][draw.option].to_owned(),
                because: None,
                initials,
            },
            9 => Intent::Approve { step: id, reason: draw.flag.then_some(words), initials },
            10 => Intent::Declare,
            11 | 12 => Intent::Mark {
                mark: Mark::ALL[draw.which % Mark::ALL.len()],
                service: draw.flag.then(|| SERVICES[draw.option % 2].parse().unwrap()),
            },
            13 => Intent::Assign { role, person: who, deputy: draw.flag },
            14 => Intent::Release { role, person: who },
            15 => Intent::HandOver { role, to: who, note: None, confirmed: Vec::new() },
            16 => Intent::Note { kind: NoteKind::Situation, text: words },
            17 => Intent::Correct {
                target: self.records[draw.which % self.records.len()].at.clone(),
                note: words,
                occurred: draw.flag.then(|| self.now + chrono::TimeDelta::minutes(-draw.late)),
            },
            19 => Intent::AddAction { terms: terms(draw, words) },
            20 => Intent::UpdateAction { action: self.action(draw), change: terms(draw, words) },
            21 => {
                let action = self.action(draw);
                Intent::CloseAction { action, evidence: words, compared: None }
            }
            22 => Intent::VerifyAction {
                action: self.action(draw),
                reason: draw.flag.then_some(words),
            },
            23 if draw.flag => Intent::ReopenAction { action: self.action(draw), reason: words },
            23 => Intent::FinishReview { review: Review::AfterAction, evidence: words },
            24 => Intent::Withdraw { target: self.action(draw), reason: words },
            25 => Intent::NoteFinding { finding: finding(draw, words) },
            26 => {
                let all = ReportField::ALL;
                Intent::SetReportField { field: all[draw.which % all.len()], text: words }
            }
            27..36 => self.of_exercise(draw, words),
            36 => Intent::ChangeSite { keys: vec!["phone".to_owned()] },
            37 => Intent::Escalate {
                incident: format!("ransomware-{}", draw.which),
                playbook: "ransomware".parse().unwrap(),
                reason: words,
            },
            _ if draw.which == 0 => Intent::FalseAlarm { reason: words },
            _ if draw.which < 4 => Intent::Close { anyway: draw.flag.then_some(words) },
            _ => Intent::Classify {
                cause: draw.flag.then_some(words),
                services: vec![SERVICES[draw.option % 2].parse().unwrap()],
                scope: None,
            },
        }
    }
}

impl Live {
    /// What is possible in an exercise only.
    fn of_exercise(&self, draw: &Draw, words: Text) -> Intent {
        let inject = INJECTS[draw.which % INJECTS.len()].parse().unwrap();
        let objective = ["reach", "decide", "neither"][draw.which % 3].parse().unwrap();
        match draw.kind {
            27 => Intent::DeliverInject { delivery: self.delivery(draw, words), due_by: None },
            28 => {
                let inject = format!("own-{}", draw.which % 8).parse().unwrap();
                let delivery = Delivery { inject, added: true, ..self.delivery(draw, words) };
                Intent::AddInject { delivery }
            }
            29 => Intent::HoldInject { inject, reason: draw.flag.then_some(words) },
            30 => Intent::SkipInject { inject, reason: words },
            31 => {
                let (objective, inject) = (draw.flag.then_some(objective), Some(inject));
                Intent::Observe {
                    objective,
                    inject: inject.filter(|_| draw.option > 1),
                    text: words,
                }
            }
            32 => Intent::Rate { objective, rating: Rating::ALL[draw.option], why: words },
            33 | 34 => Intent::SetClock { to: self.clock_move(draw) },
            _ if draw.which == 0 => Intent::Interrupt { reason: words },
            _ if draw.which < 4 => Intent::EndExercise { reason: draw.flag.then_some(words) },
            _ => Intent::SetClock { to: ClockMove::Resume },
        }
    }

    fn delivery(&self, draw: &Draw, words: Text) -> Delivery {
        let due = draw.flag.then(|| {
            self.state.now(&ClockReading::of_wall(self.now))
                + chrono::TimeDelta::minutes(draw.late / 10 - 20)
        });
        let role = || self.book.roles[0].id.clone();
        Delivery {
            inject: INJECTS[draw.which % INJECTS.len()].parse().unwrap(),
            kind: InjectKind::Information,
            due,
            mode: None,
            from: draw.flag.then(|| "Vendor".to_owned()),
            to: (draw.option == 0).then(role),
            text: words,
            expect: vec![Happening::Milestone(Mark::Declared)],
            objective: (draw.option > 1).then(|| "reach".parse().unwrap()),
            changes: match draw.option {
                0 => vec![WorldChange::Unavailable { role: role(), reason: None }],
                1 => vec![WorldChange::Available { role: role() }],
                _ => Vec::new(),
            },
            added: false,
        }
    }

    fn clock_move(&self, draw: &Draw) -> ClockMove {
        let minutes = chrono::TimeDelta::minutes(draw.late - 60);
        match draw.option {
            0 if draw.flag => ClockMove::Pause,
            0 => ClockMove::To(self.state.now(&ClockReading::of_wall(self.now)) + minutes),
            1 => ClockMove::Speed(Speed::new(u32::try_from(draw.which).unwrap())),
            2 => ClockMove::By(minutes),
            _ => ClockMove::Resume,
        }
    }

    /// An action of the plan, or a record that is none.
    fn action(&self, draw: &Draw) -> RecordRef {
        let all: Vec<RecordRef> = self.state.actions().map(|action| action.added.record).collect();
        match all.get(draw.which % all.len().max(1)) {
            Some(action) if draw.option < 3 => action.clone(),
            _ => self.records[draw.which % self.records.len()].at.clone(),
        }
    }
}

fn started() -> ExerciseStarted {
    let objective = |id: &str| Objective {
        id: id.parse().unwrap(),
        text: id.to_owned(),
        capability: None,
        target: None,
        tasks: Vec::new(),
    };
    ExerciseStarted {
        exercise: None,
        title: text("Every form"),
        kind: ExerciseKind::Tabletop,
        digest: None,
        minutes: Some(45),
        objectives: vec![objective("reach"), objective("decide")],
        scenario: None,
        facilitator: person("Cleo"),
        solo: false,
    }
}

fn finding(draw: &Draw, words: Text) -> Finding {
    Finding {
        kind: if draw.flag { FindingKind::Strength } else { FindingKind::Improvement },
        objective: (draw.option == 0).then(|| "reach".parse().unwrap()),
        capability: None,
        statement: words.clone(),
        reference: None,
        analysis: (draw.option > 1).then_some(words),
        asked: None,
    }
}

fn terms(draw: &Draw, words: Text) -> ActionTerms {
    let day =
        |days: usize| Day::parse("2025-01-01").unwrap().plus_days(u32::try_from(days).unwrap());
    ActionTerms {
        what: Some(words),
        start: draw.flag.then(|| day(draw.option * 9)),
        due: (draw.option > 0).then(|| day(draw.which)),
        owner: draw.flag.then(|| person(PEOPLE[draw.person])),
        ..ActionTerms::default()
    }
}

fn answers() -> BTreeMap<String, Text> {
    let given = [("number", "7"), ("people", "3"), ("known", "yes"), ("level", "p1")];
    let mut answers: BTreeMap<String, Text> =
        given.iter().map(|(field, words)| ((*field).to_owned(), text(words))).collect();
    answers.insert("called".to_owned(), text("2025-01-22T14:00:00Z"));
    answers
}

fn text(words: &str) -> Text {
    Text::Plain(words.to_owned())
}

fn person(name: &str) -> Person {
    Person::new(name).unwrap()
}

fn request(intent: Intent, by: &str) -> Request {
    let actor = Actor { person: Some(person(by)), role: None };
    Request { intent, actor, occurred: None, key: None, src: Source::Typed }
}

fn replay(records: &[Record]) -> State {
    let mut state = State::default();
    for record in records {
        state.apply(record);
    }
    state
}

/// What these histories never come to: facts of the machine, of other logs, and of quiet times.
const NOT_DRAWN: [&str; 4] =
    ["clock_jumped", "readiness_recorded", "tail_recovered", "writer_continued"];

/// A history in which something is always refused would prove nothing about it.
#[test]
fn every_other_type_of_event_is_recorded_in_some_history() {
    let mut runner = TestRunner::deterministic();
    let histories = prop::collection::vec(draw(), 40..80);
    let mut found = BTreeSet::new();
    for mode in [Mode::Live, Mode::Exercise].iter().cycle().take(200) {
        let mut live = Live::new(*mode);
        for draw in histories.new_tree(&mut runner).unwrap().current() {
            live.take(&draw);
        }
        for record in &live.records {
            let Fact::Known(event) = &record.fact else { panic!("{record:?}") };
            found.insert(type_of(event));
        }
    }
    let every = every_type();
    let without: Vec<_> = every.difference(&found).collect();
    assert_eq!(without, NOT_DRAWN);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// What was decided always fits, so one writer alone never makes a conflict; and the fold of
    /// the records is the state that the decisions were made on.
    #[test]
    fn decided_events_fit_and_replay_is_live(
        mode in mode(), draws in prop::collection::vec(draw(), 1..80),
    ) {
        let mut live = Live::new(mode);
        for draw in &draws {
            live.take(draw);
        }
        prop_assert_eq!(replay(&live.records), live.state);
    }

    /// A log that ends early is the log of an incident that had not come so far.
    #[test]
    fn every_prefix_is_a_state_of_its_own(
        mode in mode(), draws in prop::collection::vec(draw(), 1..40),
    ) {
        let mut live = Live::new(mode);
        let mut states = vec![(live.records.len(), live.state.clone())];
        for draw in &draws {
            live.take(draw);
            states.push((live.records.len(), live.state.clone()));
        }
        for (count, state) in states {
            prop_assert_eq!(replay(&live.records[..count]), state);
        }
    }
}
