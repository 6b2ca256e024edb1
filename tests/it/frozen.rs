//! Logs of past releases must verify, replay and report for ever. A file below `frozen/` is never
//! changed; a new format version adds a folder beside it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use outage_runbook::engine::{Event, Fact, Life, Mode, Person, Source, State, Text};
use outage_runbook::journal::{Home, IncidentId, Status, parse_checkpoints, sha256, verify};
use outage_runbook::playbook::{ExerciseKind, KpiId, Mark, Rating, compile_pinned};
use outage_runbook::report::figures;
use serde_json::{Value, json};

use crate::support::Sandbox;

/// A log as a past release left it.
struct Frozen {
    folder: &'static str,
    incident: &'static str,
}

const FIRST: Frozen = Frozen { folder: "v1", incident: "email-outage-20260122-v1v1" };

/// The events that came after the first release of the format.
const ADDED: Frozen = Frozen { folder: "v1-2026-11", incident: "every-form-20261124-121g" };

/// A log that was typed in from paper, whose records name the scribe.
const PAPER: Frozen = Frozen { folder: "v1-2026-11-paper", incident: "every-form-20261124-kvav" };

const INCIDENT: &str = FIRST.incident;

fn frozen() -> PathBuf {
    FIRST.path()
}

impl Frozen {
    fn path(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/frozen").join(self.folder)
    }
}

fn home() -> (tempfile::TempDir, Home) {
    home_of(&FIRST)
}

/// A home that holds a copy of a frozen incident.
fn home_of(log: &Frozen) -> (tempfile::TempDir, Home) {
    let root = tempfile::tempdir().unwrap();
    let shelf = if log.incident.starts_with("x-") { "exercises" } else { "incidents" };
    copy(&log.path().join(log.incident), &root.path().join(shelf).join(log.incident));
    let home = Home::at(root.path().to_owned());
    (root, home)
}

#[test]
fn version_one_verifies_against_its_checkpoints() {
    let (_root, home) = home();
    let id: IncidentId = INCIDENT.parse().unwrap();
    let reading = home.read(&id, None).unwrap();
    let checkpoints = fs::read_to_string(frozen().join("checkpoint.txt")).unwrap();
    let verdict = verify(&reading, &parse_checkpoints(&checkpoints).unwrap());
    assert_eq!((verdict.ok, verdict.problems), (true, Vec::new()));
    let writers: Vec<(u64, Status)> =
        verdict.writers.iter().map(|writer| (writer.records, writer.status)).collect();
    assert_eq!(writers, [(30, Status::Whole), (7, Status::Whole), (1, Status::Whole)]);
}

#[test]
fn version_one_holds_every_event_and_replays_to_the_same_facts() {
    let (_root, home) = home();
    let id: IncidentId = INCIDENT.parse().unwrap();
    let reading = home.read(&id, None).unwrap();
    let mut state = State::default();
    let mut kinds = BTreeSet::new();
    for record in reading.records() {
        state.apply(record);
        let Fact::Known(event) = &record.fact else { panic!("{record:?} is not known any more") };
        let json = serde_json::to_value(event).unwrap();
        kinds.insert(json["type"].as_str().unwrap().to_owned());
    }
    assert_eq!(kinds.len(), 23, "{kinds:?}");
    let book = compile_pinned(std::str::from_utf8(&reading.playbook).unwrap()).unwrap();
    let minutes = |kpi: KpiId| {
        let all = figures(&book, &state, state.last().unwrap());
        all.iter().find(|figure| figure.id == kpi).unwrap().value
    };
    assert_eq!(state.life(), Life::Closed);
    assert_eq!(minutes(KpiId::OnsetToDeclare), Some(40.0), "as corrected");
    assert_eq!(minutes(KpiId::TimeToDeclare), Some(20.0));
    assert_eq!(minutes(KpiId::TimeToFirstOutreach), Some(16.0));
    assert_eq!(minutes(KpiId::Downtime), Some(95.0), "onset to verified, and the relapse");
    assert_eq!(state.mark(Mark::StoodDown).unwrap().record.seq, 7);
    assert_eq!(minutes(KpiId::HandOverGaps), Some(53.0));
    assert_eq!(state.conflicts().len(), 1, "the second ending");
}

#[test]
fn what_came_later_verifies_and_replays_too() {
    let (_root, home) = home_of(&ADDED);
    let reading = home.read(&ADDED.incident.parse::<IncidentId>().unwrap(), None).unwrap();
    let checkpoints = fs::read_to_string(ADDED.path().join("checkpoint.txt")).unwrap();
    let verdict = verify(&reading, &parse_checkpoints(&checkpoints).unwrap());
    assert_eq!((verdict.ok, verdict.problems), (true, Vec::new()));
    let mut state = State::default();
    let mut kinds = BTreeSet::new();
    for record in reading.records() {
        state.apply(record);
        let Fact::Known(event) = &record.fact else { panic!("{record:?} is not known any more") };
        let json = serde_json::to_value(event).unwrap();
        kinds.insert(json["type"].as_str().unwrap().to_owned());
        if json["type"] == "site_changed" {
            // Its digest of the file, which numbers could be guessed from, is not written any more.
            assert_eq!(json["data"].as_object().unwrap().keys().collect::<Vec<_>>(), ["keys"]);
        }
        if json["type"] == "role_handed_over" {
            assert_eq!(json["data"]["confirmed"][1]["initials"], "BI");
        }
    }
    for added in ["site_changed", "record_withdrawn", "role_handed_over"] {
        assert!(kinds.contains(added), "{added}: {kinds:?}");
    }
    assert!(state.mark(Mark::Restored).is_some());
    assert!(state.mark(Mark::Acknowledged).is_none(), "its step was withdrawn");
    assert_eq!(state.conflicts(), []);
}

#[test]
fn what_was_typed_in_from_paper_names_its_scribe_for_ever() {
    let (_root, home) = home_of(&PAPER);
    let reading = home.read(&PAPER.incident.parse::<IncidentId>().unwrap(), None).unwrap();
    let checkpoints = fs::read_to_string(PAPER.path().join("checkpoint.txt")).unwrap();
    let verdict = verify(&reading, &parse_checkpoints(&checkpoints).unwrap());
    assert_eq!((verdict.ok, verdict.problems), (true, Vec::new()));
    let mut state = State::default();
    for record in reading.records() {
        state.apply(record);
        assert_eq!(record.stamp.src, Source::Paper);
        assert_eq!(record.stamp.scribe.as_ref().map(Person::as_str), Some("Eva Lund"));
        assert!(record.stamp.occurred_at.is_some());
    }
    assert_eq!(reading.records().len(), 14);
    assert!(state.people().iter().any(|person| person.as_str() == "Eva Lund"));
    assert_eq!(state.conflicts(), []);
}

/// The improvement plan, and a site's standing log of quiet times.
const QUIET: &str = "v1-2026-11-quiet";

#[test]
fn improvement_plans_and_standing_logs_verify_and_replay_too() {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/frozen").join(QUIET);
    let root = tempfile::tempdir().unwrap();
    let home = Home::at(root.path().to_owned());
    let checkpoints = fs::read_to_string(from.join("checkpoint.txt")).unwrap();
    let (mut kinds, mut states) = (BTreeSet::new(), Vec::new());
    for (shelf, name) in
        [("incidents", "every-form-20261125-9ztf"), ("readiness", "standing-20261125-czff")]
    {
        copy(&from.join(name), &root.path().join(shelf).join(name));
        let reading = home.read(&name.parse().unwrap(), None).unwrap();
        let line: Vec<&str> = checkpoints.lines().filter(|line| line.contains(name)).collect();
        let verdict = verify(&reading, &parse_checkpoints(&line.join("\n")).unwrap());
        assert_eq!((verdict.ok, verdict.problems), (true, Vec::new()));
        let mut state = State::default();
        for record in reading.records() {
            state.apply(record);
            let Fact::Known(event) = &record.fact else { panic!("{record:?} is not known") };
            let json = serde_json::to_value(event).unwrap();
            kinds.insert(json["type"].as_str().unwrap().to_owned());
        }
        assert_eq!(state.conflicts(), []);
        states.push(state);
    }
    for added in [
        "action_added",
        "action_updated",
        "action_closed",
        "action_reopened",
        "action_verified",
        "review_finished",
        "readiness_recorded",
    ] {
        assert!(kinds.contains(added), "{added}: {kinds:?}");
    }
    let actions: Vec<_> = states[0].actions().collect();
    let due = |at: usize| actions[at].terms.due.map(|day| day.to_string());
    assert_eq!((due(0).as_deref(), due(1)), (Some("2027-02-28"), None));
    assert_eq!(actions[0].first_due.map(|day| day.to_string()).as_deref(), Some("2027-01-31"));
    assert_eq!(actions[0].closed.as_ref().unwrap().compared.as_ref().unwrap().version, "2");
    assert!(!actions[0].verified.as_ref().unwrap().own_work);
    assert!(actions[1].verified.as_ref().unwrap().own_work);
    assert!(states[1].is_standing() && !states[0].is_standing());
    assert_eq!(states[1].readied().count(), 5, "one was withdrawn");
    assert!(states[1].t0().is_some(), "the 90-day plan has begun");
    assert_eq!(home.standing().unwrap().len(), 1);
    assert_eq!(home.list().unwrap().len(), 1, "a standing log is no incident");
}

/// An exercise with everything that only exercises record, and one that something real ended.
const EXERCISE: Frozen =
    Frozen { folder: "v1-2026-11-exercise", incident: "x-every-form-20261125-c06a" };
const BROKEN_OFF: Frozen =
    Frozen { folder: "v1-2026-11-exercise", incident: "x-every-form-20261125-f9w0" };

/// All of them, from the folder: what somebody adds is checked without a word here.
fn all() -> Vec<(PathBuf, String)> {
    let names = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
    };
    let mut all = Vec::new();
    for release in names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/frozen")) {
        for log in names(&release).into_iter().filter(|path| path.is_dir()) {
            let id = log.file_name().unwrap().to_str().unwrap().to_owned();
            all.push((release.clone(), id));
        }
    }
    all.sort();
    all
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &place) } else { fs::copy(&path, &place).map(drop).unwrap() }
    }
}

/// Every word that may stand as an event's type, as the program itself lists them.
pub(crate) fn every_type() -> BTreeSet<String> {
    let error = serde_json::from_str::<Event>(r#"{"type":"?","data":{}}"#).unwrap_err().to_string();
    let (_, list) = error.split_once("expected one of ").unwrap();
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every event of all of them.
pub(crate) fn events() -> Vec<Event> {
    let mut events = Vec::new();
    for (release, id) in all() {
        for entry in fs::read_dir(release.join(id).join("journal")).unwrap() {
            for line in fs::read_to_string(entry.unwrap().path()).unwrap().lines() {
                // One of them has a torn stretch.
                let Ok(record) = serde_json::from_str::<Value>(line) else { continue };
                let event = json!({ "type": record["type"], "data": record["data"] });
                events.push(serde_json::from_value(event).unwrap());
            }
        }
    }
    events
}

/// The word on disk for what this event is.
pub(crate) fn type_of(event: &Event) -> String {
    serde_json::to_value(event).unwrap()["type"].as_str().unwrap().to_owned()
}

#[test]
fn every_type_of_event_stands_in_some_frozen_log() {
    let found: BTreeSet<String> = events().iter().map(type_of).collect();
    let every = every_type();
    assert!(every.len() > 40 && every.contains("step_done"), "{every:?}");
    let without: Vec<_> = every.difference(&found).collect();
    assert!(without.is_empty(), "no frozen log holds {without:?}: add a folder with one that does");
}

#[test]
fn the_program_verifies_replays_and_reports_every_frozen_log() {
    for (release, id) in all() {
        let sandbox = Sandbox::bare();
        let shelf = match id.as_str() {
            id if id.starts_with("x-") => "exercises",
            id if id.starts_with("standing-") => "readiness",
            _ => "incidents",
        };
        copy(&release.join(&id), &sandbox.home().join(shelf).join(&id));
        let checkpoints = fs::read_to_string(release.join("checkpoint.txt")).unwrap();
        let lines: Vec<&str> = checkpoints.lines().filter(|line| line.contains(&id)).collect();
        assert!(!lines.is_empty(), "{id} has no checkpoint");
        sandbox.write("checkpoint.txt", lines.join("\n"));
        sandbox.ok(&format!("verify {id} --expect checkpoint.txt"));
        let records = sandbox.json(&format!("log {id}"))["entries"].as_array().unwrap().len();
        let report = sandbox.json(&format!("report {id}"));
        assert_eq!(report["timeline"].as_array().unwrap().len(), records, "{id}");
        assert!(records > 4 && report["integrity_problems"] == Value::Array(Vec::new()), "{id}");
        let over = report["ended"].is_object();
        for form in ["text", "markdown", "aar-markdown", "aar-html", "aar-csv"] {
            if over || !form.starts_with("aar") {
                assert!(!sandbox.ok(&format!("report {id} --format {form}")).is_empty(), "{id}");
            }
        }
        sandbox.ok(&format!("export files {id}"));
    }
}

#[test]
fn what_an_exercise_recorded_replays_to_the_same_facts() {
    let (_root, home) = home_of(&EXERCISE);
    let reading = home.read(&EXERCISE.incident.parse::<IncidentId>().unwrap(), None).unwrap();
    let mut state = State::default();
    for record in reading.records() {
        state.apply(record);
        let of_plan = record.stamp.exercise_time.is_none();
        assert_eq!(of_plan, record.at.seq == 41, "{record:?}");
    }
    assert_eq!((state.conflicts(), state.mode()), (&[][..], Mode::Exercise));
    let exercise = state.exercise();
    let started = exercise.started().unwrap();
    assert_eq!((started.kind, started.minutes), (ExerciseKind::Functional, Some(60)));
    assert_eq!(started.digest, reading.exercise.as_deref().map(sha256), "its own file is pinned");
    let told: Vec<&str> =
        exercise.told().iter().map(|told| told.delivery.inject.as_str()).collect();
    assert_eq!(
        told,
        ["first", "page", "own-1", "press", "all-of-us", "late", "press-early", "back", "again"]
    );
    let kinds: Vec<String> = exercise
        .changes()
        .map(|change| serde_json::to_value(change).unwrap())
        .map(|change| change.as_object().unwrap().keys().next().unwrap().clone())
        .collect();
    assert_eq!(kinds, ["check", "bounces", "unavailable", "available", "returns", "fails"]);
    let (held, skipped) = (exercise.held(), exercise.skipped());
    assert!(held.is_empty() && skipped.len() == 1, "what was held was delivered after all");
    let rating = |id: &str| exercise.rating(&id.parse().unwrap()).map(|rated| rated.rating);
    assert_eq!(rating("reach"), Some(Rating::MajorChallenges), "the last one holds");
    assert_eq!((exercise.ratings().len(), exercise.observations().len()), (3, 3));
    let setting = exercise.clock().unwrap().setting();
    assert_eq!((setting.speed, setting.paused), (None, false));
    let later = state.last().unwrap() - state.opened_moment().unwrap().recorded;
    assert_eq!(later.num_minutes(), 90, "it stood still but for three jumps");
    assert_eq!(state.findings().len(), 2);
    assert_eq!(state.actions().count(), 1);
    assert!(!exercise.is_player(&Person::new("Faye Roth").unwrap()));
    assert!(exercise.interrupted().is_none());
}

#[test]
fn an_exercise_that_something_real_ended_says_so_for_ever() {
    let (_root, home) = home_of(&BROKEN_OFF);
    let reading = home.read(&BROKEN_OFF.incident.parse::<IncidentId>().unwrap(), None).unwrap();
    let mut state = State::default();
    for record in reading.records() {
        state.apply(record);
    }
    let (moment, reason) = state.exercise().interrupted().unwrap();
    assert_eq!(moment.record.seq, 5);
    assert_eq!(*reason, Text::Plain("The phones really are down".to_owned()));
    assert_eq!((state.life(), state.conflicts()), (Life::Closed, &[][..]));
    assert!(state.exercise().started().unwrap().solo);
}
