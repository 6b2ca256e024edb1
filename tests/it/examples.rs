//! `examples/` is one finished drill as files: it is played here from its script, on a stepped clock,
//! by two machines that exchange their files, and every byte must come out as it lies there.
//! `SNAPSHOTS=overwrite` writes the files anew.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use outage_runbook::engine::{
    Actor, Confirmation, Digest, Intent, Mode, Offset, Person, Request, Source, Text, Timestamp,
    find_step,
};
use outage_runbook::journal::Home;
use outage_runbook::playbook::{Mark, NoteKind, Playbook, RoleId, compile};
use outage_runbook::report::{Report, Story, csv_files, handover, json, markdown};
use outage_runbook::session::{Archive, Assignment, Plan, Session};
use outage_runbook::world::{Clock, Console, Ids, Input, Place, World, Zone};

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

    /// What a USB stick does: files that the other machine wrote, whole.
    fn carry_to(&self, other: &Self, id: &str) {
        let from = self.home.shelf(Mode::Exercise).join(id);
        let to = other.home.shelf(Mode::Exercise).join(id);
        fs::create_dir_all(to.join("journal")).unwrap();
        for file in files_below(&from) {
            fs::copy(from.join(&file), to.join(&file)).unwrap();
        }
    }
}

/// A time of the night of the drill, on the wall clock of the site.
fn at(clock: &str) -> Timestamp {
    Timestamp::parse(&format!("2026-01-22T{clock}:00-05:00")).unwrap()
}

fn text(words: &str) -> Text {
    Text::Plain(words.to_owned())
}

/// Somebody's hand on one machine.
struct Hand<'a> {
    machine: &'a Machine,
    session: &'a mut Session,
}

impl Hand<'_> {
    fn says(&mut self, clock: &str, who: &str, happened: Option<&str>, intent: Intent) {
        self.machine.set(clock);
        let person = Some(Person::new(who).unwrap());
        let request = Request {
            intent,
            actor: Actor { person, role: None },
            occurred: happened.map(at),
            key: None,
            src: Source::Typed,
        };
        self.session.execute(&self.machine.world, &request).unwrap();
    }

    fn step(&self, word: &str) -> outage_runbook::playbook::StepId {
        find_step(self.session.book(), word).unwrap().id.clone()
    }

    fn done(&mut self, clock: &str, who: &str, word: &str, answers: &[(&str, &str)]) {
        let answers: BTreeMap<String, Text> =
            answers.iter().map(|(key, value)| ((*key).to_owned(), text(value))).collect();
        let step = self.step(word);
        let critical = self.session.book().step(&step).unwrap().critical;
        let initials = critical.then(|| who.split(' ').map(|part| &part[..1]).collect());
        let intent = Intent::Done { step, answers, note: None, initials };
        self.says(clock, who, None, intent);
    }
}

fn assign(role: &str, name: &str) -> Intent {
    let (role, person) = (role.parse().unwrap(), Person::new(name).unwrap());
    Intent::Assign { role, person, deputy: false }
}

fn mark(mark: Mark) -> Intent {
    Intent::Mark { mark, service: None }
}

fn note(kind: NoteKind, words: &str) -> Intent {
    Intent::Note { kind, text: text(words) }
}

fn begin(machine: &Machine, book: Playbook, source: String) -> Session {
    machine.set("02:31");
    let ana = Person::new("Ana Diaz").unwrap();
    let lead: RoleId = "incident-lead".parse().unwrap();
    let plan = Plan {
        book,
        source,
        title: Some(text("Night drill: email down")),
        site: Some(text("Riverside Pharmacy")),
        mode: Mode::Exercise,
        suspected: true,
        onset: None,
        detected: Some(at("02:25")),
        declared: None,
        assignments: vec![Assignment {
            role: lead.clone(),
            person: ana.clone(),
            deputy: false,
            since: None,
        }],
        actor: Actor { person: Some(ana), role: Some(lead) },
        linked_from: None,
    };
    Session::begin(&machine.world, &machine.home, &plan).unwrap().0
}

fn first_hours(hand: &mut Hand<'_>) {
    let ana = "Ana Diaz";
    hand.done(
        "02:36",
        ana,
        "confirm",
        &[
            ("onset", "2026-01-22T02:10:00-05:00"),
            ("detected", "2026-01-22T02:25:00-05:00"),
            ("sources", "monitoring alarm and the night technician"),
        ],
    );
    let malicious = hand.step("malicious");
    let because = Some(text("IT looked at sign-ins and forwarding rules"));
    let initials = Some("AD".to_owned());
    let option = "no".to_owned();
    hand.says("02:40", ana, None, Intent::Decide { step: malicious, option, because, initials });
    hand.says("02:41", ana, None, Intent::Declare);
    hand.says("02:44", ana, None, assign("it-lead", "Ivo Brandt"));
    hand.says("02:45", ana, None, assign("clinical-lead", "Bo Lindqvist"));
    let failed =
        Intent::Fail { step: hand.step("staff-channel"), reason: text("group text bounced") };
    hand.says("02:58", ana, None, failed);
    hand.done("03:05", ana, "staff-channel", &answers_of(hand, "staff-channel"));
}

/// Something for every question a step asks; the example is about the log, not about the answers.
fn answers_of(hand: &Hand<'_>, word: &str) -> Vec<(&'static str, &'static str)> {
    use outage_runbook::playbook::{FieldKind, Form};

    let step = find_step(hand.session.book(), word).unwrap();
    let Form::Collect(fields) = &step.form else { return Vec::new() };
    fields
        .iter()
        .filter(|field| field.required)
        .map(|field| {
            let name: &'static str = Box::leak(field.id.to_string().into_boxed_str());
            let answer: &'static str = match &field.kind {
                FieldKind::Text => "see the paper log",
                FieldKind::Number(_) => "12",
                FieldKind::Time(_) => "2026-01-22T03:00:00-05:00",
                FieldKind::YesNo => "yes",
                FieldKind::Choice(words) => Box::leak(words[0].clone().into_boxed_str()),
            };
            (name, answer)
        })
        .collect()
}

fn second_machine(hand: &mut Hand<'_>) {
    let ivo = "Ivo Brandt";
    for (clock, word) in [("02:50", "vendor-status"), ("02:57", "test-mail"), ("03:10", "ticket")] {
        let answers = answers_of(hand, word);
        hand.done(clock, ivo, word, &answers);
    }
    let late = note(NoteKind::Notification, "vendor engineer called back");
    hand.says("03:40", ivo, Some("03:02"), late);
}

fn ending(hand: &mut Hand<'_>) {
    let (ana, ben) = ("Ana Diaz", "Ben Ito");
    let to = Person::new(ben).unwrap();
    let words = Some(text("vendor calls back at 07:00"));
    let signed = |name, initials: &str| Confirmation {
        person: Person::new(name).unwrap(),
        initials: initials.to_owned(),
    };
    let confirmed = vec![signed(ana, "AD"), signed(ben, "BI")];
    let role = "incident-lead".parse().unwrap();
    hand.says("06:00", ana, None, Intent::HandOver { role, to, note: words, confirmed });
    hand.says("06:20", ben, Some("06:12"), mark(Mark::Restored));
    hand.says("06:45", ben, None, mark(Mark::Verified));
    let strength = note(NoteKind::Strength, "phones were staffed before the first call");
    hand.says("06:50", ben, None, strength);
    let improvement = note(NoteKind::Improvement, "the staff channel list was out of date");
    hand.says("06:52", ben, None, improvement);
    let target = hand.session.state().mark(Mark::Restored).unwrap().record.clone();
    let (words, occurred) = (text("the vendor's page said 06:05"), Some(at("06:05")));
    hand.says("06:55", ben, None, Intent::Correct { target, note: words, occurred });
    let anyway = Some(text("the drill ends here; recovery steps were talked through"));
    hand.says("07:00", ben, None, Intent::Close { anyway });
}

/// Plays the drill and gives every file of the example.
fn play() -> BTreeMap<PathBuf, Vec<u8>> {
    let root = tempfile::tempdir().unwrap();
    let (lead, it) = (Machine::new(root.path(), 1), Machine::new(root.path(), 2));
    let source = fs::read_to_string(example().join("incident/playbook.yaml")).unwrap();
    let book = compile(&source).unwrap().playbook;
    let mut session = begin(&lead, book, source);
    let id = session.id().clone();
    first_hours(&mut Hand { machine: &lead, session: &mut session });
    lead.carry_to(&it, id.as_str());
    it.set("02:49");
    let mut second = Session::resume(&it.world, &it.home, &id).unwrap();
    second_machine(&mut Hand { machine: &it, session: &mut second });
    it.carry_to(&lead, id.as_str());
    let mut made = BTreeMap::new();
    let sheet = sheet(&Archive::read(&lead.world, &lead.home, &id).unwrap());
    made.insert("handover.txt".into(), sheet.into_bytes());
    ending(&mut Hand { machine: &lead, session: &mut session });
    let folder = lead.home.shelf(Mode::Exercise).join(id.as_str());
    for file in files_below(&folder) {
        made.insert(Path::new("incident").join(&file), fs::read(folder.join(&file)).unwrap());
    }
    derive(&Archive::read(&lead.world, &lead.home, &id).unwrap(), &mut made);
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
    let lines = told(archive, at("06:00"), |story| handover(story, &role, &to));
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
