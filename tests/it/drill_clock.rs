//! The clock of an exercise where another machine's wall clock is wrong.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use outage_runbook::engine::{Actor, Digest, Intent, Person, Request, Source, Text, Timestamp};
use outage_runbook::journal::Home;
use outage_runbook::playbook::NoteKind;
use outage_runbook::session::Session;
use outage_runbook::world::{Clock, Console, Ids, Input, Place, World, Zone};
use tempfile::TempDir;

use crate::support::Sandbox;
use crate::support::terminal::Terminal;

const START: &str = "drill email-outage --scenario email-outage-45 --facilitator \"Faye Roth\" \
                     --speed 60x";

/// A machine whose wall clock is this many seconds ahead.
fn machine(root: &Path, ahead: u64) -> World {
    let since = SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let wall = i64::try_from(since.as_millis()).unwrap() + i64::try_from(ahead * 1000).unwrap();
    let place = Place {
        user_home: None,
        home: root.join("home"),
        cwd: root.to_owned(),
        by: None,
        user: None,
        install: Digest::from_bytes([9; 32]),
    };
    let console = Console {
        out: Box::new(std::io::sink()),
        err: Box::new(std::io::sink()),
        input: Input::Other,
        width: 80,
    };
    let clock = Clock::Stepped(Cell::new(Timestamp::from_millis(wall).unwrap()));
    World { clock, ids: Ids::Seeded(Cell::new(9)), zone: Zone::Local, place, console }
}

/// What a player noted on another machine, and where it is to come to.
struct Elsewhere {
    root: TempDir,
    id: String,
}

impl Elsewhere {
    fn folder(&self) -> PathBuf {
        self.root.path().join("home/exercises").join(&self.id)
    }

    /// The other machine's file comes over.
    fn arrives(&self, sandbox: &Sandbox) {
        copy(&self.folder(), &sandbox.home().join("exercises").join(&self.id));
    }
}

/// A player notes something on a machine whose wall clock is this many seconds ahead.
fn noted_elsewhere(sandbox: &Sandbox, ahead: u64) -> Elsewhere {
    let root = tempfile::tempdir().unwrap();
    let id = sandbox.json("status latest-exercise")["incident"].as_str().unwrap().to_owned();
    let other = Elsewhere { root, id };
    copy(&sandbox.home().join("exercises").join(&other.id), &other.folder());
    let world = machine(other.root.path(), ahead);
    let home = Home::at(other.root.path().join("home"));
    let mut session = Session::resume(&world, &home, &other.id.parse().unwrap()).unwrap();
    let text = Text::Plain("Two people at the counter".to_owned());
    let request = Request {
        intent: Intent::Note { kind: NoteKind::Situation, text },
        actor: Actor { person: Some(Person::new("Pia Berg").unwrap()), role: None },
        occurred: None,
        key: None,
        src: Source::Typed,
    };
    session.execute(&world, &request).unwrap();
    other
}

/// What is not there yet.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (source, target) = {
            let entry = entry.unwrap();
            (entry.path(), to.join(entry.file_name()))
        };
        if source.is_dir() {
            copy(&source, &target);
        } else if !target.exists() {
            fs::copy(&source, &target).unwrap();
        }
    }
}

/// Minutes that the exercise's clock shows since it began.
fn minutes(sandbox: &Sandbox) -> i64 {
    let status = sandbox.json("status latest-exercise");
    let shown = Timestamp::parse(status["exercise"]["clock"].as_str().unwrap()).unwrap();
    let began = sandbox.json("log latest-exercise")["entries"][0]["occurred_at"].clone();
    (shown - Timestamp::parse(began.as_str().unwrap()).unwrap()).num_minutes()
}

#[test]
fn a_wrong_clock_elsewhere_does_not_carry_the_exercise_away() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Faye Roth");
    sandbox.ok(&format!("{START} --no-walk"));
    // At 60 times as fast as real time, an hour is sixty hours.
    noted_elsewhere(&sandbox, 3_600).arrives(&sandbox);
    let shown = minutes(&sandbox);
    assert!((0..1_200).contains(&shown), "{shown}");
    sandbox.ok("note \"Still at work\" --by \"Ana Diaz\"");
    let conflicts = sandbox.json("status latest-exercise")["conflicts"].clone();
    let said = conflicts[0]["what"].as_str().unwrap().to_owned();
    assert!(said.contains("ahead of the exercise's clock"), "{said}");
}

#[test]
fn the_facilitators_screen_shows_the_time_that_counts() {
    let sandbox = Sandbox::bare().at_midday().typed_by("Faye Roth");
    let mut faye = Terminal::run(&sandbox, START);
    faye.wait_for_prompt_after("is DUE");
    // At the screen the clock waits for the players.
    faye.answer("p");
    faye.wait_for_prompt_after("runs 60x");
    let other = noted_elsewhere(&sandbox, 3_600);
    // The clock stands, so that nothing here hangs on how long a machine takes.
    faye.answer("p");
    faye.wait_for_prompt_after("PAUSED");
    other.arrives(&sandbox);
    // What the record pushes the clock to is what is jumped from: a minute on is never the past.
    faye.answer("j 1m");
    let shown = faye.wait_for_prompt_after("exercise paused at");
    assert!(!shown.contains("past that time"), "{shown}");
}
