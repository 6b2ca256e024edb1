//! Random drills of one person over all playbooks: random answers, pauses, jumps of either clock, and
//! sessions that are dropped in the middle. Each ends with a log that verifies, no conflict, no panic
//! and no live incident, and the same answers give the same bytes.
//!
//! A few in every run; all of them with `RUNBOOK_DRILLS=1000 cargo test --release --test it drill_random`.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chrono::TimeDelta;
use outage_runbook::drill::{due, msel};
use outage_runbook::engine::{
    Actor, ClockMove, Delivery, Digest, ExerciseStarted, Intent, Mode, Offset, Person, Request,
    Source, Speed, Text, Timestamp,
};
use outage_runbook::journal::{Home, sha256, verify};
use outage_runbook::playbook::{
    Exercise, FieldKind, Form, InjectKind, Mark, NoteKind, Playbook, Rating, Step, builtin,
    builtin_exercises, compile, compile_exercise,
};
use outage_runbook::report::{Report, Story, csv_files, markdown};
use outage_runbook::session::{
    Archive, Assignment, ExercisePlan, Pinned, Plan, Session, SessionError,
};
use outage_runbook::world::{Clock, Console, Ids, Input, Place, World, Zone};
use proptest::prelude::*;

const DEFAULT_CASES: u32 = 12;

/// How many drills to run.
fn cases() -> u32 {
    #[expect(clippy::disallowed_methods, reason = "a switch of the tests, not of the program")]
    let wish = std::env::var("RUNBOOK_DRILLS").ok();
    wish.map_or(DEFAULT_CASES, |wish| wish.parse().expect("RUNBOOK_DRILLS is a number"))
}

/// A playbook with one of its exercises, and the text that is pinned of each.
struct Scene {
    book: Playbook,
    text: String,
    exercise: Option<(Exercise, String)>,
}

static SCENES: LazyLock<Vec<Scene>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for (_, text) in builtin() {
        let book = compile(text).unwrap().playbook;
        let mut scene = |exercise| {
            all.push(Scene { book: book.clone(), text: (*text).to_owned(), exercise });
        };
        scene(None);
        for (_, source) in builtin_exercises() {
            if let Ok(compiled) = compile_exercise(source, &book) {
                scene(Some((compiled.exercise, (*source).to_owned())));
            }
        }
    }
    all
});

/// What happens next, as numbers that any playbook can make something of.
#[derive(Debug, Clone)]
struct Draw {
    kind: u8,
    which: usize,
    option: usize,
    seconds: i64,
    flag: bool,
}

fn draw() -> impl Strategy<Value = Draw> {
    (0..32_u8, 0..400_usize, 0..6_usize, -60..900_i64, any::<bool>()).prop_map(
        |(kind, which, option, seconds, flag)| Draw { kind, which, option, seconds, flag },
    )
}

/// One machine with a clock of the test's own for its real one.
struct Desk {
    world: World,
    home: Home,
    now: Timestamp,
}

impl Desk {
    fn new(root: &Path) -> Self {
        let place = Place {
            user_home: None,
            home: root.join("home"),
            cwd: root.to_owned(),
            by: None,
            user: None,
            install: Digest::from_bytes([1; 32]),
        };
        let console = Console {
            out: Box::new(std::io::sink()),
            err: Box::new(std::io::sink()),
            input: Input::Other,
            width: 80,
        };
        let now = Timestamp::parse("2026-01-22T14:00:00Z").unwrap();
        let clock = Clock::Stepped(Cell::new(now));
        let zone = Zone::Fixed(Offset::from_minutes(-300).unwrap());
        let world = World { clock, ids: Ids::Seeded(Cell::new(1)), zone, place, console };
        Self { world, home: Home::at(root.join("home")), now }
    }

    fn pass(&mut self, seconds: i64) {
        self.now = self.now + TimeDelta::seconds(seconds);
        let Clock::Stepped(cell) = &self.world.clock else { panic!("a stepped clock") };
        cell.set(self.now);
    }
}

struct Drill {
    desk: Desk,
    scene: &'static Scene,
    session: Session,
}

fn person(name: &str) -> Person {
    Person::new(name).unwrap()
}

fn text(words: &str) -> Text {
    Text::Plain(words.to_owned())
}

impl Drill {
    fn begin(root: &Path, scene: &'static Scene, speed: Option<Speed>) -> Self {
        let desk = Desk::new(root);
        let exercise = scene.exercise.as_ref();
        let started = ExerciseStarted {
            exercise: exercise.map(|(exercise, _)| exercise.id.clone()),
            title: text("A drill"),
            kind: exercise.map_or(outage_runbook::playbook::ExerciseKind::Drill, |(e, _)| e.kind),
            digest: exercise.map(|(_, source)| sha256(source.as_bytes())),
            minutes: None,
            objectives: exercise.map(|(e, _)| e.objectives.clone()).unwrap_or_default(),
            scenario: exercise.map(|(e, _)| text(&e.scenario)),
            facilitator: person("Ana"),
            solo: true,
        };
        let definition = exercise.map(|(_, source)| source.clone());
        let plan = Plan {
            pinned: Pinned {
                book: scene.book.clone(),
                text: scene.text.clone(),
                sources: Vec::new(),
            },
            title: None,
            site: None,
            mode: Mode::Exercise,
            suspected: true,
            onset: None,
            detected: None,
            declared: None,
            assignments: vec![Assignment {
                role: scene.book.lead().unwrap().id.clone(),
                person: person("Ana"),
                deputy: false,
                since: None,
            }],
            actor: Actor { person: Some(person("Ana")), role: None },
            standing: false,
            linked_from: None,
            exercise: Some(ExercisePlan { started, definition, speed, paused: false, at: None }),
        };
        let (session, _) = Session::begin(&desk.world, &desk.home, &plan).unwrap();
        Self { desk, scene, session }
    }

    /// What a walk of one person does: delivers what is due, then takes the answer.
    fn take(&mut self, draw: &Draw) {
        self.desk.pass(draw.seconds);
        self.deliver_due();
        if draw.kind == 0 {
            let id = self.session.id().clone();
            let (world, home) = (&self.desk.world, &self.desk.home);
            self.session = if draw.flag {
                Session::resume(world, home, &id).unwrap()
            } else {
                Session::resume_quick(world, home, &id).unwrap()
            };
            return;
        }
        let intent = self.intent(draw);
        let person = person(["Ana", "Ben"][draw.option % 2]);
        let occurred =
            draw.flag.then(|| self.now() + TimeDelta::minutes(-(draw.seconds.abs() % 90)));
        let actor = Actor { person: Some(person), role: None };
        self.ask(&Request { intent, actor, occurred, key: None, src: Source::Typed });
    }

    fn now(&self) -> Timestamp {
        self.session.now(&self.desk.world)
    }

    fn deliver_due(&mut self) {
        let definition = self.session.definition().unwrap();
        let lines = msel(definition.as_ref(), self.session.state(), self.now());
        let all: Vec<Delivery> = due(&lines).iter().map(|line| line.delivery.clone()).collect();
        for delivery in all {
            let actor = Actor { person: Some(person("Ana")), role: None };
            let intent = Intent::DeliverInject { delivery, due_by: None };
            self.ask(&Request { intent, actor, occurred: None, key: None, src: Source::Typed });
        }
    }

    /// A refusal is an answer; anything else that goes wrong is a fault.
    fn ask(&mut self, request: &Request) {
        match self.session.execute(&self.desk.world, request) {
            Ok(_) => {}
            Err(SessionError::Refused(refusal)) => assert!(!refusal.to_string().is_empty()),
            Err(error) => panic!("{request:?}: {error}"),
        }
    }

    fn intent(&self, draw: &Draw) -> Intent {
        let book = &self.scene.book;
        let steps: Vec<&Step> = book.steps().map(|(_, step)| step).collect();
        let step = steps[draw.which % steps.len()];
        let id = step.id.clone();
        let words = text(["one", "two", "three", "four", "five", "six"][draw.option]);
        let role = book.roles[draw.which % book.roles.len()].id.clone();
        let minutes = TimeDelta::minutes(draw.seconds.abs() % 120);
        match draw.kind {
            1..=9 => self.answer(step, draw, words),
            10 => Intent::Begin { step: id },
            11 => Intent::Skip { step: id, reason: words },
            12 => Intent::Fail { step: id, reason: words },
            13 => Intent::Defer { step: id, until: self.now() + minutes, reason: words },
            14 => Intent::Reopen { step: id, reason: words },
            15 => {
                Intent::Approve { step: id, reason: Some(words), initials: Some("AB".to_owned()) }
            }
            16 => Intent::Declare,
            17 => Intent::Mark { mark: Mark::ALL[draw.which % Mark::ALL.len()], service: None },
            18 => Intent::Assign { role, person: person("Ben"), deputy: draw.flag },
            19 => Intent::HandOver { role, to: person("Cleo"), note: None, confirmed: Vec::new() },
            20 => Intent::Note { kind: NoteKind::Situation, text: words },
            21 => Intent::SetClock { to: ClockMove::Pause },
            22 | 23 => Intent::SetClock { to: ClockMove::Resume },
            24 => Intent::SetClock { to: ClockMove::By(minutes) },
            25 => Intent::SetClock {
                to: ClockMove::Speed(Speed::new(u32::try_from(draw.which).unwrap())),
            },
            26 => self.added(draw, words),
            27 => Intent::Observe { objective: None, inject: None, text: words },
            28 => self.held(draw, words),
            29 => self.rated(draw, words),
            30 if draw.which == 0 => Intent::Interrupt { reason: words },
            30 if draw.which < 3 => Intent::FalseAlarm { reason: words },
            _ if draw.which < 3 => Intent::Close { anyway: Some(words) },
            _ => Intent::Classify { cause: Some(words), services: Vec::new(), scope: None },
        }
    }

    fn answer(&self, step: &Step, draw: &Draw, words: Text) -> Intent {
        let initials = Some("AN".to_owned());
        if let Form::Decision(decision) = &step.form {
            let option = decision.options[draw.option % decision.options.len()].id.to_string();
            let because = draw.flag.then_some(words);
            return Intent::Decide { step: step.id.clone(), option, because, initials };
        }
        let mut answers = BTreeMap::new();
        if let Form::Collect(fields) = &step.form {
            for field in fields.iter().filter(|field| field.required || draw.flag) {
                let answer = match &field.kind {
                    FieldKind::Text => "words".to_owned(),
                    FieldKind::Number(_) => draw.option.to_string(),
                    FieldKind::Time(_) => (self.now() + TimeDelta::minutes(-5)).to_string(),
                    FieldKind::YesNo => "yes".to_owned(),
                    FieldKind::Choice(words) => words[draw.option % words.len()].clone(),
                };
                answers.insert(field.id.to_string(), text(&answer));
            }
        }
        Intent::Done { step: step.id.clone(), answers, note: draw.flag.then_some(words), initials }
    }

    fn added(&self, draw: &Draw, words: Text) -> Intent {
        let due = draw.flag.then(|| self.now() + TimeDelta::minutes(draw.seconds / 10));
        Intent::AddInject {
            delivery: Delivery {
                inject: format!("own-{}", draw.which).parse().unwrap(),
                kind: InjectKind::Information,
                due,
                mode: None,
                from: None,
                to: None,
                text: words,
                expect: Vec::new(),
                objective: None,
                changes: Vec::new(),
                added: true,
            },
        }
    }

    fn held(&self, draw: &Draw, words: Text) -> Intent {
        let injects =
            self.scene.exercise.as_ref().map_or(&[][..], |(exercise, _)| &exercise.injects);
        let inject = match injects.get(draw.which % injects.len().max(1)) {
            Some(inject) => inject.id.clone(),
            None => "none".parse().unwrap(),
        };
        if draw.flag {
            Intent::HoldInject { inject, reason: Some(words) }
        } else {
            Intent::SkipInject { inject, reason: words }
        }
    }

    fn rated(&self, draw: &Draw, words: Text) -> Intent {
        let objectives =
            self.scene.exercise.as_ref().map_or(&[][..], |(exercise, _)| &exercise.objectives);
        let objective = match objectives.get(draw.which % objectives.len().max(1)) {
            Some(objective) => objective.id.clone(),
            None => "none".parse().unwrap(),
        };
        let rating = Rating::ALL[draw.option % Rating::ALL.len()];
        Intent::Rate { objective, rating, why: words }
    }

    /// Ends it and looks at what is there.
    fn end(mut self) -> BTreeMap<PathBuf, Vec<u8>> {
        let actor = Actor { person: Some(person("Ana")), role: None };
        let intent = Intent::EndExercise { reason: None };
        self.ask(&Request { intent, actor, occurred: None, key: None, src: Source::Typed });
        let (id, home) = (self.session.id().clone(), &self.desk.home);
        let archive = Archive::read(&self.desk.world, home, &id).unwrap();
        let checked = verify(&archive.reading, &[]);
        assert_eq!((checked.ok, checked.problems), (true, Vec::new()));
        assert_eq!(archive.state.conflicts(), []);
        assert!(archive.state.ending().is_some());
        assert_eq!(&archive.state, self.session.state(), "the fold of what was read");
        let (folder, incidents) = (home.shelf(Mode::Exercise), home.list().unwrap());
        assert_eq!(incidents, [(id, Mode::Exercise)], "no live record");
        assert!(!home.shelf(Mode::Live).exists());
        times_go_forward(&archive);
        reports_are_made(&archive);
        files_below(&folder)
    }
}

/// Every record has a time of the exercise, and none is before the one in front of it.
fn times_go_forward(archive: &Archive) {
    let records = archive.records();
    let times: Vec<Timestamp> =
        records.iter().map(|record| record.stamp.exercise_time.unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
}

fn reports_are_made(archive: &Archive) {
    let records = archive.records();
    let offset = Offset::from_minutes(-300).unwrap();
    let report = Report::of(&Story {
        incident: archive.id.as_str(),
        book: &archive.book,
        records: &records,
        state: &archive.state,
        until: archive.state.last().unwrap(),
        offset: &|_| offset,
        checkpoint: &[],
        problems: &[],
    });
    assert!(markdown(&report).contains("EXERCISE"));
    assert!(!csv_files(&report).unwrap().is_empty());
}

fn files_below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                all.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    all
}

fn play(scene: usize, speed: u32, draws: &[Draw]) -> BTreeMap<PathBuf, Vec<u8>> {
    let root = tempfile::tempdir().unwrap();
    let scene = &SCENES[scene % SCENES.len()];
    let mut drill = Drill::begin(root.path(), scene, Speed::new(speed));
    for draw in draws {
        drill.take(draw);
    }
    drill.end()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_random_drill_ends_with_a_sound_log(
        scene in 0..1_000_usize,
        speed in 0..61_u32,
        draws in prop::collection::vec(draw(), 1..60),
    ) {
        let once = play(scene, speed, &draws);
        let again = play(scene, speed, &draws);
        prop_assert!(once == again, "the same answers give the same bytes");
    }
}

#[test]
fn every_playbook_is_among_them() {
    let books: std::collections::BTreeSet<&str> =
        SCENES.iter().map(|scene| scene.book.id.as_str()).collect();
    assert_eq!(books.len(), builtin().len());
    assert_eq!(SCENES.len(), builtin().len() + builtin_exercises().len());
}
