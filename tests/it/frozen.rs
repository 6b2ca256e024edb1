//! Logs of past releases must verify, replay and report for ever. A file below `frozen/` is never
//! changed; a new format version adds a folder beside it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use outage_runbook::engine::{Fact, Life, Person, Source, State};
use outage_runbook::journal::{Home, IncidentId, Status, parse_checkpoints, verify};
use outage_runbook::playbook::{KpiId, Mark, compile_pinned};
use outage_runbook::report::figures;

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
    let to = root.path().join("incidents").join(log.incident);
    fs::create_dir_all(to.join("journal")).unwrap();
    let from = log.path().join(log.incident);
    fs::copy(from.join("playbook.yaml"), to.join("playbook.yaml")).unwrap();
    for entry in fs::read_dir(from.join("journal")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join("journal").join(path.file_name().unwrap())).unwrap();
    }
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
        let to = root.path().join(shelf).join(name);
        fs::create_dir_all(to.join("journal")).unwrap();
        fs::copy(from.join(name).join("playbook.yaml"), to.join("playbook.yaml")).unwrap();
        for entry in fs::read_dir(from.join(name).join("journal")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, to.join("journal").join(path.file_name().unwrap())).unwrap();
        }
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
