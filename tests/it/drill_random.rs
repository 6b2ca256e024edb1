//! Random drills of one person over every playbook and each of its exercises: random answers, pauses,
//! jumps of either clock, and kills, also in the middle of a record. Each ends with a log that verifies,
//! no conflict, no panic and no live incident, and the same answers give the same bytes.
//!
//! One of each in every run; all of them with `RUNBOOK_DRILLS=1000 cargo test --release --test it drill_random`.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chrono::TimeDelta;
use outage_runbook::drill::{due, msel};
use outage_runbook::engine::{
    Actor, ClockMove, Delivery, Digest, ExerciseStarted, Fact, Intent, Mode, Offset, Person,
    Record, RecordRef, Request, Source, Speed, Text, Timestamp,
};
use outage_runbook::journal::{Home, sha256, verify};
use outage_runbook::playbook::{
    Exercise, FieldKind, Form, InjectKind, Mark, NoteKind, Playbook, Rating, Step, builtin,
    builtin_exercises, compile, compile_exercise,
};
use outage_runbook::report::{Outline, Report, Story, aar_markdown, csv_files, markdown};
use outage_runbook::session::{
    Archive, Assignment, ExercisePlan, Pinned, Plan, Session, SessionError,
};
use outage_runbook::world::{Clock, Console, Ids, Input, Place, World, Zone};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// How many drills to run of each playbook and each exercise: at least one.
fn cases() -> u32 {
    #[expect(clippy::disallowed_methods, reason = "a switch of the tests, not of the program")]
    let wish = std::env::var("RUNBOOK_DRILLS").ok();
    let all: u32 = wish.map_or(1, |wish| wish.parse().expect("RUNBOOK_DRILLS is a number"));
    all.div_ceil(u32::try_from(SCENES.len()).unwrap())
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
    (0..37_u8, 0..400_usize, 0..6_usize, -60..900_i64, any::<bool>()).prop_map(
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
    /// Everything that was recorded here, in that order.
    records: Vec<RecordRef>,
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
        let (session, receipt) = Session::begin(&desk.world, &desk.home, &plan).unwrap();
        let records = receipt.recorded.into_iter().map(|record| record.at).collect();
        Self { desk, scene, session, records }
    }

    /// What a walk of one person does: delivers what is due, then takes the answer.
    fn take(&mut self, draw: &Draw) {
        self.desk.pass(draw.seconds);
        self.deliver_due();
        if draw.kind == 0 {
            if draw.option.is_multiple_of(2) {
                self.tear(draw.which);
            }
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

    fn journal(&self) -> PathBuf {
        let folder = self.desk.home.folder(self.session.id(), Mode::Exercise).join("journal");
        let mut files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let journal = files.next().unwrap();
        assert_eq!(files.next(), None, "nothing here is damaged, so one file holds it all");
        journal
    }

    /// What a kill in the middle of writing a record leaves behind: its first bytes, and no more.
    fn tear(&self, length: usize) {
        let journal = self.journal();
        let bytes = fs::read(&journal).unwrap();
        let last = bytes.trim_ascii_end().rsplit(|byte| *byte == b'\n').next().unwrap();
        let torn = [&bytes, &last[..length % last.len()]].concat();
        fs::write(&journal, torn).unwrap();
    }

    fn now(&self) -> Timestamp {
        self.session.now(&self.desk.world)
    }

    fn deliver_due(&mut self) {
        let definition = self.session.definition().unwrap();
        let lines =
            msel(self.session.book(), definition.as_ref(), self.session.state(), self.now());
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
            Ok(receipt) => {
                self.records.extend(receipt.recorded.into_iter().map(|record| record.at));
            }
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
            31 => Intent::Correct { target: self.record(draw), note: words, occurred: None },
            32 => Intent::Withdraw { target: self.record(draw), reason: words },
            33 => Intent::Release { role, person: person("Ben") },
            34 => Intent::SetClock {
                to: ClockMove::To(self.now() + TimeDelta::seconds(draw.seconds)),
            },
            35 => self.early(draw, words),
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

    /// One of the newest records.
    fn record(&self, draw: &Draw) -> RecordRef {
        let back = 1 + draw.which % self.records.len().min(12);
        self.records[self.records.len() - back].clone()
    }

    /// An inject before its time, delivered by hand; a second time it is refused.
    fn early(&self, draw: &Draw, words: Text) -> Intent {
        let definition = self.session.definition().unwrap();
        let lines =
            msel(self.session.book(), definition.as_ref(), self.session.state(), self.now());
        match lines.get(draw.which % lines.len().max(1)) {
            Some(line) => Intent::DeliverInject { delivery: line.delivery.clone(), due_by: None },
            None => Intent::Observe { objective: None, inject: None, text: words },
        }
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

/// Every record up to the end has a time of the exercise, and none is before the one in front of it.
fn times_go_forward(archive: &Archive) {
    let records = archive.records();
    let ends = |record: &Record| matches!(&record.fact, Fact::Known(event) if event.ends());
    let over = records.iter().position(ends).unwrap();
    assert!(records[..=over].iter().all(|record| record.stamp.exercise_time.is_some()));
    let times: Vec<Timestamp> =
        records.iter().filter_map(|record| record.stamp.exercise_time).collect();
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
    for page in [markdown(&report), aar_markdown(&report, Outline::Hseep)] {
        assert!(page.contains("EXERCISE"), "{page}");
    }
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

fn play(scene: &'static Scene, speed: u32, draws: &[Draw]) -> BTreeMap<PathBuf, Vec<u8>> {
    let root = tempfile::tempdir().unwrap();
    let mut drill = Drill::begin(root.path(), scene, Speed::new(speed));
    for draw in draws {
        drill.take(draw);
    }
    drill.end()
}

#[test]
fn random_drills_of_every_playbook_and_exercise_end_with_a_sound_log() {
    for scene in &*SCENES {
        let config =
            ProptestConfig { cases: cases(), failure_persistence: None, ..Default::default() };
        let strategy = (0..61_u32, prop::collection::vec(draw(), 1..80));
        let played = TestRunner::new(config).run(&strategy, |(speed, draws)| {
            let once = play(scene, speed, &draws);
            let again = play(scene, speed, &draws);
            prop_assert!(once == again, "the same answers give the same bytes");
            Ok(())
        });
        let name = scene.exercise.as_ref().map_or("no exercise", |(one, _)| one.id.as_str());
        played.unwrap_or_else(|error| panic!("{}, {name}: {error}", scene.book.id));
    }
}

#[test]
fn every_playbook_and_every_exercise_is_among_them() {
    let books: std::collections::BTreeSet<&str> =
        SCENES.iter().map(|scene| scene.book.id.as_str()).collect();
    assert_eq!(books.len(), builtin().len());
    assert_eq!(SCENES.len(), builtin().len() + builtin_exercises().len());
}

/// What the random kills are: a record that was never acknowledged is set apart, at every length.
#[test]
fn a_kill_in_the_middle_of_a_record_is_set_apart() {
    let note = Draw { kind: 20, which: 0, option: 0, seconds: 1, flag: false };
    for (which, flag) in [(0, true), (1, false), (150, true), (399, false)] {
        let kill = Draw { kind: 0, which, option: 0, seconds: 1, flag };
        let files = play(&SCENES[1], 10, &[note.clone(), kill, note.clone()]);
        let journal = files.iter().find(|(path, _)| path.extension() == Some("jsonl".as_ref()));
        let journal = String::from_utf8_lossy(journal.unwrap().1);
        assert_eq!(journal.contains("tail_recovered"), which > 0, "{which}: {journal}");
        let whole = |line: &&str| line.contains("note_added") && line.ends_with("\"}");
        assert_eq!(journal.lines().filter(whole).count(), 2, "{journal}");
    }
}
