//! `examples/email-outage-drill` is one finished drill as files: it is played here from its script
//! (`fixtures/drill.txt`), on a stepped clock, by two machines that exchange their files, and every
//! byte must come out as it lies there.
//! `SNAPSHOTS=overwrite` writes the files anew.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use outage_runbook::engine::{
    Actor, Confirmation, Digest, Intent, Mode, Offset, Person, RecordRef, Request, Source,
    SourceDigest, Text, Timestamp, find_step,
};
use outage_runbook::journal::{Home, sha256};
use outage_runbook::playbook::{Mark, NoteKind, Playbook, RoleId, Step, StepId, compile};
use outage_runbook::report::{Report, Story, csv_files, handover, json, markdown};
use outage_runbook::session::{Archive, Assignment, Pinned, Plan, Session};
use outage_runbook::world::{Clock, Console, Ids, Input, Place, World, Zone};

use crate::support::sandbox::split;

const OFFSET: i32 = -5 * 60;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/email-outage-drill")
}

/// One machine with its own home, whose clock is moved by hand.
struct Machine {
    world: World,
    home: Home,
}

impl Machine {
    fn new(root: &Path, seed: u8) -> Self {
        let home = root.join(format!("home-{seed}"));
        let place = Place {
            user_home: None,
            home: home.clone(),
            cwd: root.to_owned(),
            by: None,
            user: None,
            install: Digest::from_bytes([seed; 32]),
        };
        let console = Console {
            out: Box::new(std::io::sink()),
            err: Box::new(std::io::sink()),
            input: Input::Other,
            width: 80,
        };
        let zone = Zone::Fixed(Offset::from_minutes(OFFSET).unwrap());
        let clock = Clock::Stepped(Cell::new(at("00:00")));
        let ids = Ids::Seeded(Cell::new(u64::from(seed)));
        Self { world: World { clock, ids, zone, place, console }, home: Home::at(home) }
    }

    fn set(&self, clock: &str) {
        if let Clock::Stepped(now) = &self.world.clock {
            now.set(at(clock));
        }
    }

    /// What a USB stick does: files that the other machine does not have, or not as long, whole.
    fn carry_to(&self, other: &Self, id: &str) {
        let from = self.home.shelf(Mode::Exercise).join(id);
        let to = other.home.shelf(Mode::Exercise).join(id);
        fs::create_dir_all(to.join("journal")).unwrap();
        for file in files_below(&from) {
            let length = |path: PathBuf| fs::metadata(path).map_or(0, |found| found.len());
            if length(to.join(&file)) < length(from.join(&file)) {
                fs::copy(from.join(&file), to.join(&file)).unwrap();
            }
        }
    }
}

/// A time of the day of the drill, on the wall clock of the site.
fn moment(clock: &str) -> String {
    format!("2026-01-22T{clock}:00-05:00")
}

fn at(clock: &str) -> Timestamp {
    Timestamp::parse(&moment(clock)).unwrap()
}

fn text(words: &str) -> Text {
    Text::Plain(words.to_owned())
}

/// The script of the drill, one record a line.
const SCRIPT: &str = include_str!("fixtures/drill.txt");

/// Everybody who takes part, by their initials.
fn person(initials: &str) -> Person {
    let name = match initials {
        "AD" => "Ana Diaz",
        "BI" => "Ben Ito",
        "MC" => "Mia Cole",
        "LP" => "Lou Park",
        "KL" => "Kim Lee",
        "IB" => "Ivo Brandt",
        "SR" => "Sam Roy",
        "NF" => "Nia Ford",
        "PO" => "Pat Owen",
        "EL" => "Eva Lund",
        "TR" => "Tom Reed",
        other => panic!("who is {other}?"),
    };
    Person::new(name).unwrap()
}

/// Two machines, each with its session, and the records that the script refers to.
struct Desks {
    machines: [Machine; 2],
    sessions: Vec<Session>,
    named: BTreeMap<String, RecordRef>,
    sheet: String,
}

impl Desks {
    fn line(&mut self, line: &str) {
        let words = split(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["carry"] => self.carry(),
            [machine, time, who, rest @ ..] => {
                let desk = usize::from(*machine == "b");
                let (name, rest) = match rest.split_last() {
                    Some((last, rest)) if last.starts_with('#') => (last.strip_prefix('#'), rest),
                    _ => (None, rest),
                };
                let (typed, happened) =
                    time.split_once('@').map_or((*time, None), |(typed, at)| (typed, Some(at)));
                self.machines[desk].set(typed);
                let intent = self.intent(desk, who, rest);
                if matches!(intent, Intent::HandOver { .. }) {
                    self.sheet = sheet(&self.archive());
                }
                let made = self.record(desk, who, happened, intent);
                self.named.extend(name.map(|name| (name.to_owned(), made)));
            }
            _ => panic!("what is {line}?"),
        }
    }

    /// Both machines have both files afterwards; the second joins the first time.
    fn carry(&mut self) {
        let id = self.sessions[0].id().clone();
        let [a, b] = &self.machines;
        a.carry_to(b, id.as_str());
        b.carry_to(a, id.as_str());
        if self.sessions.len() == 1 {
            b.set("07:49");
            self.sessions.push(Session::resume(&b.world, &b.home, &id).unwrap());
        }
    }

    fn record(&mut self, desk: usize, who: &str, at_: Option<&str>, intent: Intent) -> RecordRef {
        let request = Request {
            intent,
            actor: Actor { person: Some(person(who)), role: None },
            occurred: at_.map(at),
            key: None,
            src: Source::Typed,
        };
        let receipt = self.sessions[desk].execute(&self.machines[desk].world, &request);
        let receipt = receipt.unwrap_or_else(|error| panic!("{request:?}: {error}"));
        receipt.recorded.first().unwrap().at.clone()
    }

    fn archive(&self) -> Archive {
        let lead = &self.machines[0];
        Archive::read(&lead.world, &lead.home, self.sessions[0].id()).unwrap()
    }

    fn step(&self, desk: usize, word: &str) -> &Step {
        find_step(self.sessions[desk].book(), word).unwrap()
    }

    fn intent(&self, desk: usize, who: &str, words: &[&str]) -> Intent {
        let step = |word: &str| self.step(desk, word).id.clone();
        let initials = |word: &str| self.step(desk, word).critical.then(|| who.to_owned());
        let target = |name: &str| self.named[name].clone();
        let (reason, because) = (text, |words: &str| Some(text(words)));
        match *words {
            ["declare"] => Intent::Declare,
            ["close"] => Intent::Close { anyway: None },
            ["assign", role, to] => assign(role, to, false),
            ["assign", role, to, "deputy"] => assign(role, to, true),
            ["begin", word] => Intent::Begin { step: step(word) },
            ["done", word, ref rest @ ..] => done(step(word), initials(word), rest),
            ["skip", word, why] => Intent::Skip { step: step(word), reason: reason(why) },
            ["fail", word, why] => Intent::Fail { step: step(word), reason: reason(why) },
            ["approve", word] => {
                Intent::Approve { step: step(word), reason: None, initials: initials(word) }
            }
            ["decide", word, option, why] => Intent::Decide {
                step: step(word),
                option: option.to_owned(),
                because: because(why),
                initials: initials(word),
            },
            ["mark", word] => Intent::Mark { mark: mark(word), service: None },
            ["note", kind, words] => Intent::Note { kind: note_kind(kind), text: text(words) },
            ["correct", name, note] => {
                Intent::Correct { target: target(name), note: text(note), occurred: None }
            }
            ["correct", name, note, time] => {
                Intent::Correct { target: target(name), note: text(note), occurred: Some(at(time)) }
            }
            ["withdraw", name, why] => {
                Intent::Withdraw { target: target(name), reason: reason(why) }
            }
            ["classify", cause, scope] => Intent::Classify {
                cause: because(cause),
                services: Vec::new(),
                scope: because(scope),
            },
            ["handover", role, to, note] => hand_over(role, who, to, note),
            _ => panic!("what is {words:?}?"),
        }
    }
}

fn assign(role: &str, to: &str, deputy: bool) -> Intent {
    Intent::Assign { role: role.parse().unwrap(), person: person(to), deputy }
}

fn hand_over(role: &str, from: &str, to: &str, note: &str) -> Intent {
    let signed =
        |initials: &str| Confirmation { person: person(initials), initials: initials.to_owned() };
    Intent::HandOver {
        role: role.parse().unwrap(),
        to: person(to),
        note: Some(text(note)),
        confirmed: vec![signed(from), signed(to)],
    }
}

/// Answers as `name=words`; a time of the day is one of the day of the drill.
fn done(step: StepId, initials: Option<String>, words: &[&str]) -> Intent {
    let mut answers = BTreeMap::new();
    for word in words {
        let (name, answer) = word.split_once('=').unwrap();
        let time = answer.len() == 5 && answer.as_bytes()[2] == b':';
        let answer = if time { moment(answer) } else { answer.to_owned() };
        answers.insert(name.to_owned(), text(&answer));
    }
    let note = answers.remove("note");
    Intent::Done { step, answers, note, initials }
}

fn mark(word: &str) -> Mark {
    match word {
        "restored" => Mark::Restored,
        "relapsed" => Mark::Relapsed,
        other => panic!("the script marks no {other}"),
    }
}

fn note_kind(word: &str) -> NoteKind {
    match word {
        "notification" => NoteKind::Notification,
        "decision" => NoteKind::Decision,
        "situation" => NoteKind::Situation,
        "safety" => NoteKind::Safety,
        "strength" => NoteKind::Strength,
        "improvement" => NoteKind::Improvement,
        other => panic!("the script notes no {other}"),
    }
}

fn begin(machine: &Machine, book: Playbook, source: String) -> Session {
    machine.set("07:31");
    let lead: RoleId = "incident-lead".parse().unwrap();
    // A single file, as the playbooks of that time were.
    let name = format!("built-in:{}", book.id);
    let sources = vec![SourceDigest { name, sha256: sha256(source.as_bytes()) }];
    let plan = Plan {
        pinned: Pinned { book, text: source, sources },
        title: Some(text("Drill: a day without email")),
        site: Some(text("Riverside Pharmacy")),
        mode: Mode::Exercise,
        suspected: true,
        onset: None,
        detected: None,
        declared: None,
        assignments: vec![Assignment {
            role: lead.clone(),
            person: person("AD"),
            deputy: false,
            since: None,
        }],
        actor: Actor { person: Some(person("AD")), role: Some(lead) },
        linked_from: None,
        exercise: None,
        standing: false,
    };
    Session::begin(&machine.world, &machine.home, &plan).unwrap().0
}

/// Plays the drill and gives every file of the example.
fn play() -> BTreeMap<PathBuf, Vec<u8>> {
    let root = tempfile::tempdir().unwrap();
    let machines = [Machine::new(root.path(), 1), Machine::new(root.path(), 2)];
    let source = fs::read_to_string(example().join("incident/playbook.yaml")).unwrap();
    let book = compile(&source).unwrap().playbook;
    let sessions = vec![begin(&machines[0], book, source)];
    let id = sessions[0].id().clone();
    let mut desks = Desks { machines, sessions, named: BTreeMap::new(), sheet: String::new() };
    let lines = SCRIPT.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    for line in lines {
        desks.line(line);
    }
    let folder = desks.machines[0].home.shelf(Mode::Exercise).join(id.as_str());
    let mut made = BTreeMap::new();
    for file in files_below(&folder) {
        made.insert(Path::new("incident").join(&file), fs::read(folder.join(&file)).unwrap());
    }
    derive(&desks.archive(), &mut made);
    made.insert("handover.txt".into(), desks.sheet.into_bytes());
    made
}

fn told<T>(archive: &Archive, until: Timestamp, make: impl FnOnce(&Story<'_>) -> T) -> T {
    make(&Story {
        incident: archive.id.as_str(),
        book: &archive.book,
        records: &archive.records(),
        state: &archive.state,
        until,
        offset: &|_| Offset::from_minutes(OFFSET).unwrap(),
        checkpoint: &archive.checkpoint(),
        problems: &archive.problems(),
    })
}

/// What is read out when the lead passes on, as the verb prints it in an exercise.
fn sheet(archive: &Archive) -> String {
    let (role, to) = ("incident-lead".parse().unwrap(), Person::new("Ben Ito").unwrap());
    let lines = told(archive, at("12:50"), |story| handover(story, &role, &to));
    let stamped = |line: &String| format!("{}\n", format!("EXERCISE {line}").trim_end());
    lines.iter().map(stamped).collect()
}

/// What the log says, in every form.
fn derive(archive: &Archive, made: &mut BTreeMap<PathBuf, Vec<u8>>) {
    let checkpoint = archive.checkpoint();
    let report = told(archive, archive.state.last().unwrap(), Report::of);
    made.insert("report.md".into(), markdown(&report).into_bytes());
    made.insert("report.json".into(), json(&report).unwrap().into_bytes());
    for (name, bytes) in csv_files(&report).unwrap() {
        made.insert(Path::new("csv").join(name), bytes);
    }
    let lines = checkpoint.join("\n") + "\n";
    made.insert("checkpoint.txt".into(), lines.into_bytes());
}

fn files_below(folder: &Path) -> BTreeSet<PathBuf> {
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = PathBuf::from(path.file_name().unwrap());
        if path.is_dir() {
            files.extend(files_below(&path).into_iter().map(|below| name.join(below)));
        } else {
            files.insert(name);
        }
    }
    files
}

#[test]
fn the_drill_comes_out_byte_for_byte() {
    let (example, made) = (example(), play());
    #[expect(clippy::disallowed_methods, reason = "the same switch that renews all snapshots")]
    if std::env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite") {
        fs::remove_dir_all(example.join("incident/journal")).unwrap();
        for (file, bytes) in &made {
            fs::create_dir_all(example.join(file).parent().unwrap()).unwrap();
            fs::write(example.join(file), bytes).unwrap();
        }
    }
    let there: BTreeSet<PathBuf> = files_below(&example);
    let here: BTreeSet<PathBuf> =
        made.keys().cloned().chain([PathBuf::from("README.md")]).collect();
    assert_eq!(there, here);
    for (file, bytes) in made {
        let stored = fs::read(example.join(&file)).unwrap();
        let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(shown(&stored), shown(&bytes), "{}", file.display());
    }
}
