//! `examples/evaluated-tabletop` is one finished tabletop as files: the exercise, its log, the evaluation
//! guide, and the after-action report with its improvement plan in every form. It is played here from
//! its script (`fixtures/tabletop.txt`), on a clock that is moved by hand, and every byte must come out as
//! it lies there.
//! `SNAPSHOTS=overwrite` writes the files anew.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use outage_runbook::drill::{due, msel};
use outage_runbook::engine::{
    ActionTerms, Actor, Day, Delivery, Digest, Element, ExerciseStarted, Finding, Intent, Mode,
    Offset, Person, Request, Review, Source, Speed, Text, Timestamp, find_step,
};
use outage_runbook::journal::Home;
use outage_runbook::playbook::{
    FindingKind, NoteKind, Rating, ReportField, RoleId, StepId, compile, compile_exercise,
};
use outage_runbook::report::{
    Filled, Outline, Report, Story, aar_csv, aar_html, aar_markdown, eeg_text,
};
use outage_runbook::session::{Archive, Assignment, ExercisePlan, Pinned, Plan, Session};
use outage_runbook::world::{Clock, Console, Ids, Input, Place, World, Zone};

use crate::support::sandbox::split;

const OFFSET: i32 = -5 * 60;
const SCRIPT: &str = include_str!("fixtures/tabletop.txt");

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/evaluated-tabletop")
}

fn text(words: &str) -> Text {
    Text::Plain(words.to_owned())
}

/// Everybody who takes part, by their initials.
fn person(initials: &str) -> Person {
    let name = match initials {
        "AD" => "Ana Diaz",
        "BI" => "Ben Ito",
        "MC" => "Mia Cole",
        "KL" => "Kim Lee",
        "IB" => "Ivo Brandt",
        "FK" => "Fay Kern",
        "EL" => "Eva Lund",
        other => panic!("who is {other}?"),
    };
    Person::new(name).unwrap()
}

struct Table {
    world: World,
    home: Home,
    session: Session,
    day: u32,
}

impl Table {
    fn at(&self, clock: &str) -> Timestamp {
        Timestamp::parse(&format!("2026-01-{}T{clock}:00-05:00", self.day)).unwrap()
    }

    fn line(&mut self, line: &str) {
        if line == "next day" {
            self.day += 1;
            return;
        }
        let words = split(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let [clock, who, rest @ ..] = words.as_slice() else { panic!("what is {line}?") };
        if let Clock::Stepped(now) = &self.world.clock {
            now.set(self.at(clock));
        }
        for intent in self.intents(who, rest) {
            let request = Request {
                intent,
                actor: Actor { person: Some(person(who)), role: None },
                occurred: None,
                key: None,
                src: Source::Typed,
            };
            let done = self.session.execute(&self.world, &request);
            done.unwrap_or_else(|error| panic!("{line}: {error}"));
        }
    }

    fn step(&self, word: &str) -> StepId {
        find_step(self.session.book(), word).unwrap().id.clone()
    }

    fn intents(&self, who: &str, words: &[&str]) -> Vec<Intent> {
        let initials = |word: &str| {
            find_step(self.session.book(), word).unwrap().critical.then(|| who.to_owned())
        };
        let one = match *words {
            ["deliver"] => return self.due().into_iter().map(told).collect(),
            ["declare"] => Intent::Declare,
            ["end"] => Intent::EndExercise { reason: None },
            ["assign", role, to] => {
                let (role, person) = (role.parse().unwrap(), person(to));
                Intent::Assign { role, person, deputy: false }
            }
            ["done", word, ref rest @ ..] => self.done(word, initials(word), rest),
            ["skip", word, why] => Intent::Skip { step: self.step(word), reason: text(why) },
            ["fail", word, why] => Intent::Fail { step: self.step(word), reason: text(why) },
            ["approve", word] => {
                Intent::Approve { step: self.step(word), reason: None, initials: initials(word) }
            }
            ["decide", word, option, why] => Intent::Decide {
                step: self.step(word),
                option: option.to_owned(),
                because: Some(text(why)),
                initials: initials(word),
            },
            ["note", "strength", words] => {
                Intent::Note { kind: NoteKind::Strength, text: text(words) }
            }
            ["observe", objective, words] => {
                let objective = Some(objective.parse().unwrap());
                Intent::Observe { objective, inject: None, text: text(words) }
            }
            ["rate", objective, rating, why] => {
                let rating = Rating::from_word(rating).unwrap();
                Intent::Rate { objective: objective.parse().unwrap(), rating, why: text(why) }
            }
            [kind @ ("strength" | "improve"), objective, statement, ref rest @ ..] => {
                Intent::NoteFinding { finding: finding(kind, objective, statement, rest) }
            }
            ["action", what, ref rest @ ..] => Intent::AddAction { terms: action(what, rest) },
            ["field", field, words] => {
                let field = ReportField::from_word(field).unwrap();
                Intent::SetReportField { field, text: text(words) }
            }
            ["review", evidence] => {
                Intent::FinishReview { review: Review::HotWash, evidence: text(evidence) }
            }
            _ => panic!("what is {words:?}?"),
        };
        vec![one]
    }

    /// Answers as `name=words`; a time of the day is one of the day of the exercise.
    fn done(&self, word: &str, initials: Option<String>, words: &[&str]) -> Intent {
        let mut answers: BTreeMap<String, Text> = BTreeMap::new();
        for (name, answer) in named(words) {
            let time = answer.len() == 5 && answer.as_bytes()[2] == b':';
            let moment = || format!("2026-01-{}T{answer}:00-05:00", self.day);
            let answer = if time { moment() } else { answer.to_owned() };
            answers.insert(name.to_owned(), text(&answer));
        }
        let note = answers.remove("note");
        Intent::Done { step: self.step(word), answers, note, initials }
    }

    fn due(&self) -> Vec<Delivery> {
        let definition = self.session.definition().unwrap();
        let now = self.session.now(&self.world);
        let lines = msel(self.session.book(), definition.as_ref(), self.session.state(), now);
        let all: Vec<Delivery> =
            due(&lines).into_iter().map(|line| line.delivery.clone()).collect();
        assert!(!all.is_empty(), "nothing is due");
        all
    }
}

fn told(delivery: Delivery) -> Intent {
    Intent::DeliverInject { delivery, due_by: None }
}

fn named<'a>(words: &[&'a str]) -> BTreeMap<&'a str, &'a str> {
    words.iter().map(|word| word.split_once('=').unwrap()).collect()
}

fn finding(kind: &str, objective: &str, statement: &str, words: &[&str]) -> Finding {
    let kind = if kind == "strength" { FindingKind::Strength } else { FindingKind::Improvement };
    let words = named(words);
    let said = |name: &str| words.get(name).map(|words| text(words));
    Finding {
        kind,
        objective: objective.parse().ok().filter(|_| objective != "-"),
        capability: said("capability"),
        statement: text(statement),
        reference: said("reference"),
        analysis: said("analysis"),
        asked: words.get("asked").map(|&word| word.to_owned()),
    }
}

fn action(what: &str, words: &[&str]) -> ActionTerms {
    let words = named(words);
    let said = |name: &str| words.get(name).map(|words| text(words));
    let day = |name: &str| words.get(name).and_then(|day| Day::parse(day));
    let element = words.get("element");
    ActionTerms {
        what: Some(text(what)),
        issue: said("issue"),
        organization: said("organization"),
        element: element.and_then(|word| Element::ALL.into_iter().find(|e| e.word() == *word)),
        owner: words.get("owner").map(|initials| person(initials)),
        start: day("start"),
        due: day("due"),
        ..ActionTerms::default()
    }
}

fn world(root: &Path) -> World {
    let place = Place {
        user_home: None,
        home: root.join("home"),
        cwd: root.to_owned(),
        by: None,
        user: None,
        install: Digest::from_bytes([7; 32]),
    };
    let console = Console {
        out: Box::new(std::io::sink()),
        err: Box::new(std::io::sink()),
        input: Input::Other,
        width: 80,
    };
    let start = Timestamp::parse("2026-01-22T07:30:00-05:00").unwrap();
    World {
        clock: Clock::Stepped(Cell::new(start)),
        ids: Ids::Seeded(Cell::new(7)),
        zone: Zone::Fixed(Offset::from_minutes(OFFSET).unwrap()),
        place,
        console,
    }
}

/// The exercise of the example, begun by its facilitator.
fn begun(root: &Path) -> Table {
    let read = |name: &str| fs::read_to_string(example().join("incident").join(name)).unwrap();
    let (source, definition) = (read("playbook.yaml"), read("exercise.yaml"));
    let book = compile(&source).unwrap().playbook;
    let exercise = compile_exercise(&definition, &book).unwrap().exercise;
    let lead: RoleId = "incident-lead".parse().unwrap();
    let started = ExerciseStarted {
        exercise: Some(exercise.id.clone()),
        title: text(&exercise.title),
        kind: exercise.kind,
        digest: Some(outage_runbook::journal::sha256(definition.as_bytes())),
        minutes: Some(45),
        objectives: exercise.objectives.clone(),
        scenario: Some(text(exercise.scenario.trim())),
        facilitator: person("FK"),
        solo: false,
    };
    let plan = Plan {
        pinned: Pinned { book, text: source, sources: Vec::new() },
        title: Some(text(&exercise.title)),
        site: Some(text("Riverside Pharmacy")),
        mode: Mode::Exercise,
        suspected: true,
        onset: None,
        detected: None,
        declared: None,
        assignments: vec![Assignment {
            role: lead,
            person: person("AD"),
            deputy: false,
            since: None,
        }],
        actor: Actor { person: Some(person("FK")), role: None },
        linked_from: None,
        exercise: Some(ExercisePlan {
            started,
            definition: Some(definition),
            speed: Some(Speed::REAL),
            paused: false,
            at: None,
        }),
        standing: false,
    };
    let world = world(root);
    let home = Home::at(world.place.home.clone());
    let session = Session::begin(&world, &home, &plan).unwrap().0;
    Table { world, home, session, day: 22 }
}

/// Plays the exercise and gives every file of the example.
fn play() -> BTreeMap<PathBuf, Vec<u8>> {
    let root = tempfile::tempdir().unwrap();
    let mut table = begun(root.path());
    for line in SCRIPT.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        table.line(line);
    }
    let id = table.session.id().clone();
    let folder = table.home.shelf(Mode::Exercise).join(id.as_str());
    let mut made = BTreeMap::new();
    for name in ["playbook.yaml", "exercise.yaml"] {
        made.insert(Path::new("incident").join(name), fs::read(folder.join(name)).unwrap());
    }
    for entry in fs::read_dir(folder.join("journal")).unwrap() {
        let path = entry.unwrap().path();
        let name = Path::new("incident/journal").join(path.file_name().unwrap());
        made.insert(name, fs::read(path).unwrap());
    }
    derive(&Archive::read(&table.world, &table.home, &id).unwrap(), &mut made);
    made
}

/// What the log says, in every form of an after-action report.
fn derive(archive: &Archive, made: &mut BTreeMap<PathBuf, Vec<u8>>) {
    let report = Report::of(&Story {
        incident: archive.id.as_str(),
        book: &archive.book,
        records: &archive.records(),
        state: &archive.state,
        until: archive.state.last().unwrap(),
        offset: &|_| Offset::from_minutes(OFFSET).unwrap(),
        checkpoint: &archive.checkpoint(),
        problems: &archive.problems(),
    });
    for (name, page) in [
        ("aar.md", aar_markdown(&report, Outline::Hseep)),
        ("aar.html", aar_html(&report, Outline::Hseep)),
        ("aar-cms.md", aar_markdown(&report, Outline::Cms)),
        ("eeg.txt", eeg_text(&report, Filled::AsRecorded)),
    ] {
        made.insert(name.into(), page.into_bytes());
    }
    made.insert("improvement-plan.csv".into(), aar_csv(&report).unwrap());
    let lines = archive.checkpoint().join("\n") + "\n";
    made.insert("checkpoint.txt".into(), lines.into_bytes());
}

fn there() -> Vec<PathBuf> {
    fn below(folder: &Path, all: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path, all);
            } else {
                all.push(path.strip_prefix(example()).unwrap().to_owned());
            }
        }
    }
    let mut all = Vec::new();
    below(&example(), &mut all);
    all.sort();
    all
}

#[test]
fn the_tabletop_comes_out_byte_for_byte() {
    let made = play();
    #[expect(clippy::disallowed_methods, reason = "the same switch that renews all snapshots")]
    if std::env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite") {
        let _ = fs::remove_dir_all(example().join("incident/journal"));
        for (file, bytes) in &made {
            let path = example().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    let mut here: Vec<PathBuf> = made.keys().cloned().chain(["README.md".into()]).collect();
    here.sort();
    assert_eq!(there(), here);
    for (file, bytes) in made {
        let stored = fs::read(example().join(&file)).unwrap();
        let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(shown(&stored), shown(&bytes), "{}", file.display());
    }
}

/// The headings of the forms, word for word: FEMA FF-008-FY-21-102 and the template of CMS.
#[test]
fn the_forms_have_their_own_words() {
    let read = |name: &str| fs::read_to_string(example().join(name)).unwrap();
    let hseep = read("aar.md");
    for row in [
        "Exercise Name",
        "Exercise Dates",
        "Scope",
        "Mission Area(s)",
        "Core Capabilities",
        "Objectives",
        "Threat or Hazard",
        "Scenario",
        "Sponsor",
        "Participating Organizations",
        "Point of Contact",
    ] {
        assert!(hseep.contains(&format!("\n| {row} | ")), "{row}");
    }
    let plan = "| Core Capability | Issue/Area for Improvement | Corrective Action | Capability Element \
                | Primary Responsible Organization | Organization POC | Start Date | Completion Date |";
    for part in [
        "| Objective | Core Capability | P | S | M | U |",
        plan,
        "Appendix A: Improvement Plan",
        "Appendix B: Exercise Participants",
        "Strength 1: ",
        "Area for Improvement 1: ",
    ] {
        assert!(hseep.contains(part), "{part}");
    }
    let headings: Vec<String> = read("aar-cms.md")
        .lines()
        .filter_map(|line| line.strip_prefix("## EXERCISE - "))
        .map(str::to_owned)
        .collect();
    assert_eq!(
        headings,
        [
            "Executive Summary",
            "Section 1: Exercise Overview",
            "Section 2: Exercise Design Summary",
            "Section 3: Improvement Plan",
            "Section 4: Conclusion",
            "Appendix A: Acronyms",
            "Appendix B: Lessons Learned",
            "Appendix C: Participant Feedback",
            "Appendix D: Exercise Events Synopsis",
            "Appendix E: Exercise Events Summary Table",
            "Further Evidence in the Log",
            "The Log Behind This Report",
        ]
    );
    assert!(read("eeg.txt").contains("Organizational"), "the guide");
    assert!(
        read("improvement-plan.csv").starts_with("\"Core Capability\",\"Issue/Area"),
        "the plan"
    );
}
