//! What is practice never passes for real: every output of a drill is searched for lines without the
//! mark, and every way to mix the two is tried.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use outage_runbook::engine::{
    Actor, ClockKind, ClockSetting, Event, Hlc, IncidentOpened, Mode, Offset, Source, Stamp, Text,
    Timestamp, WriterId,
};
use outage_runbook::journal::{Draft, Home, verify};
use serde_json::Value;

use crate::drill::drilling;
use crate::support::Sandbox;

/// Verbs that speak of an incident, each with what to type in an exercise. `X` is its id.
const OF_AN_INCIDENT: [(&str, &str); 33] = [
    ("status", "status X"),
    ("begin", "begin scope"),
    ("done", "done confirm"),
    ("decide", "decide scope corporate"),
    ("skip", "skip words --reason none"),
    ("fail", "fail agree --reason busy"),
    ("defer", "defer briefing --until +30m --reason later"),
    ("reopen", "reopen words --reason again"),
    ("approve", "approve agree"),
    ("assign", "assign it \"Ivo Brandt\""),
    ("release", "release it \"Ivo Brandt\""),
    ("handover", "handover lead --to \"Ben Ito\""),
    ("handover", "handover lead --to \"Cleo Marsh\" --sheet"),
    ("note", "note \"We look\""),
    ("correct", "correct 1 --note \"so it was\""),
    ("mark", "mark restored"),
    ("classify", "classify --cause certificate"),
    ("actions", "actions add \"A second radio\" --incident X"),
    ("print", "print --incident X -o sheets.html --overwrite"),
    ("hotwash", "hotwash --improve \"A list was missing\" --incident X"),
    ("trends", "trends"),
    ("log", "log X"),
    ("verify", "verify X"),
    ("report", "report X"),
    ("export", "export files X"),
    ("contacts", "contacts --incident X"),
    ("incidents", "incidents"),
    ("diff", "diff --incident X"),
    ("drill", "drill injects --by \"Faye Roth\""),
    ("drill", "drill deliver --by \"Faye Roth\""),
    ("drill", "drill observe \"calm\" --by \"Faye Roth\""),
    ("escalate", "escalate other-form --reason \"It spreads\""),
    ("close", "close --anyway --reason over --incident X"),
];

/// Verbs that speak of no incident, or only open or end one and are tried elsewhere here.
const OF_NONE: [&str; 16] = [
    "start",
    "walk",
    "transcribe",
    "readiness",
    "reference",
    "test",
    "false-alarm",
    "site",
    "list",
    "show",
    "new",
    "lint",
    "schema",
    "completions",
    "man",
    "help",
];

/// A facilitated exercise, declared, with another playbook to go on with.
fn declared() -> (Sandbox, String) {
    let sandbox = drilling();
    sandbox.write(
        "playbooks/other-form.yaml",
        crate::support::sandbox::EVERY_FORM.replace("id: every-form", "id: other-form"),
    );
    sandbox.write_site(include_str!("fixtures/site.yaml"));
    let id = sandbox.incident();
    sandbox.ok("drill deliver --by \"Faye Roth\"");
    sandbox.ok("mark declared --by \"Ana Diaz\"");
    (sandbox, id)
}

/// A line that nobody can take for a line about a real outage.
fn is_marked(line: &str) -> bool {
    // `verify --expect` takes the checkpoint as it stands.
    let checkpoint = line.starts_with("runbook-checkpoint 1 x-");
    line.trim().is_empty() || line.contains("EXERCISE") || checkpoint
}

#[test]
fn every_verb_is_tried_or_speaks_of_no_incident() {
    let tried: BTreeSet<&str> =
        OF_AN_INCIDENT.iter().map(|(verb, _)| *verb).chain(OF_NONE).collect();
    for verb in crate::help::verbs() {
        assert!(tried.contains(verb.as_str()), "{verb} is not tried in an exercise");
    }
}

#[test]
fn every_line_says_exercise() {
    let (sandbox, id) = declared();
    for (verb, line) in OF_AN_INCIDENT {
        let mut line = line.replace('X', &id);
        if !line.contains("--by") && !READS.contains(&verb) {
            line.push_str(" --by \"Ana Diaz\"");
        }
        if verb == "report" {
            continue;
        }
        let ran = sandbox.run(&line);
        assert!(matches!(ran.code, Some(0 | 1)), "{line}: {ran:?}");
        assert!(!ran.out.is_empty() || ran.code == Some(1), "{line}: {ran:?}");
        for said in ran.out.lines() {
            assert!(is_marked(said), "runbook {line}\n{said}");
        }
    }
}

/// Verbs that record nothing and take no name.
const READS: [&str; 10] = [
    "print",
    "trends",
    "status",
    "log",
    "verify",
    "report",
    "export",
    "contacts",
    "incidents",
    "diff",
];

#[test]
fn every_object_says_exercise() {
    let (sandbox, id) = declared();
    for (verb, line) in OF_AN_INCIDENT {
        let mut line = line.replace('X', &id);
        if !line.contains("--by") && !READS.contains(&verb) {
            line.push_str(" --by \"Ana Diaz\"");
        }
        let ran = sandbox.run(&format!("{line} --json"));
        let Ok(object) = serde_json::from_str::<Value>(&ran.out) else {
            assert!(ran.out.is_empty() && ran.code != Some(0), "{line}: {ran:?}");
            continue;
        };
        let modes: Vec<&Value> = match object.get("incidents").and_then(Value::as_array) {
            Some(all) if verb == "incidents" => all.iter().map(|one| &one["mode"]).collect(),
            None if verb == "trends" => vec![&object["trends"][0]["exercises"]["mode"]],
            Some(_) | None => vec![&object["mode"]],
        };
        assert!(modes.iter().all(|mode| **mode == "exercise"), "{line}: {object}");
    }
}

#[test]
fn every_page_and_every_row_of_every_file_says_exercise() {
    let (sandbox, id) = declared();
    sandbox.ok("drill end --by \"Faye Roth\"");
    for format in ["text", "markdown"] {
        let report = sandbox.ok(&format!("report {id} --format {format}"));
        let first = report.lines().next().unwrap();
        assert!(first.contains("EXERCISE"), "{first}");
        for heading in report.lines().filter(|line| line.starts_with('#')) {
            assert!(heading.contains("EXERCISE"), "{heading}");
        }
    }
    sandbox.ok(&format!("export files {id}"));
    for entry in fs::read_dir(sandbox.cwd().join("files")).unwrap() {
        let path = entry.unwrap().path();
        let mut reader = csv_rows(&path);
        let header = reader.next().unwrap();
        let mode = header.iter().position(|cell| cell == "mode").unwrap();
        for row in reader {
            assert_eq!(row[mode], "EXERCISE", "{}: {row:?}", path.display());
        }
    }
}

fn csv_rows(path: &Path) -> impl Iterator<Item = Vec<String>> + use<> {
    let bytes = fs::read(path).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let text = text.trim_start_matches('\u{feff}').to_owned();
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    rows.into_iter()
}

#[test]
fn a_live_incident_beside_it_is_never_touched() {
    let (sandbox, id) = declared();
    sandbox.ok("start every-form --no-walk --by \"Ana Diaz\"");
    let live = sandbox.json("status latest")["incident"].as_str().unwrap().to_owned();
    assert!(!live.starts_with("x-"), "{live}");
    let folder = sandbox.home().join("incidents").join(&live);
    let before = all_below(&folder);
    // Bare verbs of the facilitator mean the exercise; bare verbs of players are not guessed.
    for line in ["jump +5m", "pause", "resume", "observe calm", "deliver 1", "end"] {
        sandbox.ok(&format!("drill {line} --by \"Faye Roth\" --incident {id}"));
        assert_eq!(all_below(&folder), before, "{line}");
    }
    assert_eq!(sandbox.run("drill injects --by \"Faye Roth\"").code, Some(1), "none is open");
    // None of the facilitator's verbs takes a live incident.
    for line in [
        "injects",
        "deliver",
        "hold 1",
        "skip 1 --reason x",
        "add --text x",
        "observe x",
        "rate reach P --why x",
        "pause",
        "resume",
        "speed 10x",
        "jump +5m",
        "end",
        "interrupt --reason x",
    ] {
        let ran = sandbox.run(&format!("drill {line} --incident {live} --by \"Faye Roth\""));
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{line}: {ran:?}");
        assert!(ran.err.contains("this is a live incident"), "{line}: {}", ran.err);
        assert_eq!(all_below(&folder), before, "{line}");
    }
    // Its figures know nothing of the exercise.
    let status = sandbox.json("status latest");
    assert_eq!((&status["mode"], &status["exercise"]), (&"live".into(), &Value::Null));
}

#[test]
fn an_exercise_grows_into_exercises_only() {
    let (sandbox, _) = declared();
    sandbox.ok("escalate other-form --reason \"It spreads\" --by \"Ana Diaz\"");
    assert!(!sandbox.home().join("incidents").exists());
    let list = sandbox.json("incidents");
    let all = list["incidents"].as_array().unwrap();
    assert_eq!(all.len(), 2);
    assert!(all.iter().all(|one| one["mode"] == "exercise"), "{list}");
}

#[test]
fn an_exercise_moved_among_the_incidents_is_found_out() {
    let (sandbox, id) = declared();
    let (from, to) = (sandbox.home().join("exercises").join(&id), sandbox.home().join("incidents"));
    fs::create_dir_all(&to).unwrap();
    fs::rename(&from, to.join(&id)).unwrap();
    let ran = sandbox.run(&format!("verify {id}"));
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert!(ran.out.contains("live and exercise do not agree"), "{}", ran.out);
    // Also under a name that looks live.
    let name = id.strip_prefix("x-").unwrap();
    fs::rename(to.join(&id), to.join(name)).unwrap();
    assert_eq!(sandbox.run(&format!("verify {name}")).code, Some(4));
}

/// What can be recorded of an incident, and of what only looks like one.
const RECORDS: [&str; 6] = [
    "note \"We look\" --by \"Ana Diaz\" --incident X",
    "mark restored --by \"Ana Diaz\" --incident X",
    "assign tech \"Ivo Brandt\" --by \"Ana Diaz\" --incident X",
    "actions add \"A second radio\" --by \"Ana Diaz\" --incident X",
    "escalate other-form --reason \"It spreads\" --by \"Ana Diaz\" --incident X",
    "close --anyway --reason over --by \"Ana Diaz\" --incident X",
];

/// Nothing more is recorded there, and the list of incidents never shows it as a real one.
#[track_caller]
fn takes_nothing_more(sandbox: &Sandbox, id: &str, listed: &str) {
    let list = sandbox.json("incidents");
    let all = list["incidents"].as_array().unwrap();
    let line = all.iter().find(|one| one["incident"] == id).unwrap();
    assert_eq!((&line["mode"], &line["misplaced"]), (&listed.into(), &true.into()), "{list}");
    let before = all_below(&sandbox.home().join("incidents"));
    for line in RECORDS {
        let line = line.replace('X', id);
        let ran = sandbox.run(&line);
        assert_eq!((ran.code, ran.out.as_str()), (Some(4), ""), "{line}: {ran:?}");
        assert!(ran.err.contains("its log says otherwise"), "{line}: {}", ran.err);
    }
    assert!(all_below(&sandbox.home().join("incidents")) == before, "something was written");
    assert_eq!(sandbox.run(&format!("verify {id}")).code, Some(4));
}

#[test]
fn an_exercise_among_the_incidents_takes_nothing_more_and_is_never_shown_as_real() {
    let (sandbox, id) = declared();
    let (from, to) = (sandbox.home().join("exercises"), sandbox.home().join("incidents"));
    fs::create_dir_all(&to).unwrap();
    fs::rename(from.join(&id), to.join(&id)).unwrap();
    takes_nothing_more(&sandbox, &id, "exercise");
    for line in sandbox.ok("incidents").lines() {
        assert!(is_marked(line), "{line}");
    }
    // A link to the exercises in the place of the incidents is no way round it.
    fs::rename(to.join(&id), from.join(&id)).unwrap();
    fs::remove_dir(&to).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&from, &to).unwrap();
        for line in sandbox.ok("incidents").lines() {
            assert!(is_marked(line), "{line}");
        }
        let ran = sandbox.run("note \"We look\" --by \"Ana Diaz\" --incident latest");
        assert!(ran.out.lines().all(is_marked), "an exercise whichever way it is found: {ran:?}");
        assert_eq!(sandbox.run(&format!("verify {id}")).code, Some(0));
    }
}

#[test]
fn an_exercise_under_a_live_name_counts_for_nothing() {
    let (sandbox, id) = declared();
    let name = id.strip_prefix("x-").unwrap();
    let to = sandbox.home().join("incidents");
    fs::create_dir_all(&to).unwrap();
    fs::rename(sandbox.home().join("exercises").join(&id), to.join(name)).unwrap();
    let before = all_below(&to);
    for line in RECORDS {
        let line = line.replace('X', name);
        let ran = sandbox.run(&line);
        assert!(ran.code != Some(0) && ran.out.is_empty(), "{line}: {ran:?}");
    }
    assert!(all_below(&to) == before, "something was written");
    let report = sandbox.run(&format!("report {name} --json"));
    let report: Value = serde_json::from_str(&report.out).unwrap();
    assert_eq!(report["timeline"], serde_json::json!([]), "nothing of it is told as real");
    let trends = sandbox.run("trends every-form");
    assert!(trends.out.contains("INTEGRITY PROBLEM") && !trends.out.contains("T+0"), "{trends:?}");
    let activation = format!("readiness record plan-activation --incident {name} --by Eva");
    assert!(sandbox.run(&activation).err.contains("never declared"));
}

#[test]
fn a_live_incident_among_the_exercises_takes_nothing_more() {
    let (sandbox, id) = declared();
    sandbox.ok(&format!("drill end --by \"Faye Roth\" --incident {id}"));
    sandbox.ok("start every-form --no-walk --by \"Ana Diaz\"");
    let real = sandbox.json("status latest")["incident"].as_str().unwrap().to_owned();
    let (from, to) = (sandbox.home().join("incidents"), sandbox.home().join("exercises"));
    for name in [real.clone(), format!("x-{real}")] {
        fs::rename(from.join(&real), to.join(&name)).unwrap();
        let before = all_below(&to);
        for line in RECORDS {
            let line = line.replace('X', &name);
            let ran = sandbox.run(&line);
            assert!(ran.code != Some(0) && ran.out.is_empty(), "{line}: {ran:?}");
        }
        for line in ["end", "jump +5m", "interrupt --reason x"] {
            let ran = sandbox.run(&format!("drill {line} --incident {name} --by \"Faye Roth\""));
            assert!(ran.code != Some(0) && ran.out.is_empty(), "{line}: {ran:?}");
        }
        assert!(all_below(&to) == before, "something was written");
        fs::rename(to.join(&name), from.join(&real)).unwrap();
    }
    // In its place again, it goes on.
    sandbox.ok("note \"We look\" --by \"Ana Diaz\" --incident latest");
    assert_eq!(sandbox.run(&format!("verify {real}")).code, Some(0));
}

#[test]
fn a_sheet_of_an_exercise_is_not_typed_into_a_live_incident() {
    let (sandbox, id) = declared();
    sandbox.ok("start every-form --no-walk --by \"Ana Diaz\"");
    let before = all_below(&sandbox.home().join("incidents"));
    sandbox
        .write("sheet.txt", "EXERCISE - not real - Mail is quiet\nN 14:20 \"Ana Diaz\" we look\n");
    for line in ["transcribe latest", "transcribe --start every-form"] {
        let ran = sandbox.run(&format!("{line} --from sheet.txt --scribe \"Eva Lund\""));
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{line}: {ran:?}");
        assert!(
            ran.err.contains("this sheet is of an exercise, and the incident is real"),
            "{ran:?}"
        );
    }
    assert!(all_below(&sandbox.home().join("incidents")) == before, "something was written");
    let practice = "transcribe --start every-form --exercise --from sheet.txt --dry-run";
    let ran = sandbox.ok(&format!("{practice} --scribe \"Eva Lund\" --date 2025-01-22"));
    assert!(ran.contains("we look") && ran.lines().all(is_marked), "{ran}");
    // What is paused, stepped or fast takes none either, unless somebody says whose times they are.
    let ran = sandbox.run(&format!("transcribe {id} --from sheet.txt --scribe \"Eva Lund\""));
    assert!(ran.err.contains("did not run in real time"), "{ran:?}");
}

#[test]
fn whoever_starts_the_other_kind_is_told_what_is_open() {
    let (sandbox, id) = declared();
    let live = sandbox.run("start every-form --no-walk --by \"Ana Diaz\"");
    assert!(live.err.contains(&format!("the exercise {id} still runs")), "{live:?}");
    assert!(live.err.contains("\n  runbook drill interrupt\n"), "{live:?}");
    let real = sandbox.json("status latest")["incident"].as_str().unwrap().to_owned();
    for line in ["drill every-form --facilitator \"Faye Roth\"", "start every-form --exercise"] {
        let ran = sandbox.run(&format!("{line} --no-walk"));
        assert!(ran.err.contains(&format!("{real} is REAL and open")), "{line}: {ran:?}");
    }
    // The command that it names works, with a real outage beside it.
    let interrupt = format!("drill interrupt --incident {id} --reason x --by \"Faye Roth\"");
    sandbox.ok(&interrupt);
}

#[test]
fn a_live_log_that_holds_a_record_of_an_exercise_does_not_verify() {
    let at = Timestamp::parse("2026-01-22T14:05:00Z").unwrap();
    let setting = ClockSetting { at, speed: None, paused: false };
    let opened = Event::IncidentOpened(IncidentOpened {
        playbook: "every-form".parse().unwrap(),
        version: "1".to_owned(),
        title: Text::Plain("Mail is down".to_owned()),
        site: None,
        mode: Mode::Live,
        clock: ClockKind::Real,
        runbook: "0".to_owned(),
        linked_from: None,
        standing: false,
        sources: Vec::new(),
    });
    let stamp = |count: u32, exercise_time: Option<Timestamp>| Stamp {
        wall: at,
        offset: Offset::UTC,
        hlc: Hlc(at.millis(), count),
        boot: None,
        mono: None,
        actor: Actor::default(),
        scribe: None,
        src: Source::Typed,
        occurred_at: None,
        key: None,
        seen: Vec::new(),
        exercise_time,
    };
    for (event, exercise_time) in [
        (Event::ExerciseClockSet(setting), None),
        (Event::ExerciseInterrupted { reason: Text::Plain("fire".to_owned()) }, None),
        (Event::IncidentDeclared {}, Some(at)),
    ] {
        let root = tempfile::tempdir().unwrap();
        let home = Home::at(root.path().to_owned());
        let id = "every-form-1".parse().unwrap();
        let draft = Draft {
            id: &id,
            playbook: b"runbook: 1\n",
            exercise: None,
            writer: &WriterId::from_random([7; 16]),
            entries: vec![
                (stamp(0, None), opened.clone()),
                (stamp(1, exercise_time), event.clone()),
            ],
        };
        home.create(draft).unwrap();
        let verdict = verify(&home.read(&id, None).unwrap(), &[]);
        let said: Vec<String> = verdict.problems.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 1, "{event:?}: {said:?}");
        assert!(said[0].contains("live and exercise do not agree"), "{said:?}");
    }
}

fn all_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(&path).unwrap();
                all.push((path, bytes));
            }
        }
    }
    all.sort();
    all
}

/// A file of something else that was copied in beside the log is a problem that is named; it stops nobody.
#[test]
fn a_stray_file_does_not_stop_a_live_incident() {
    let (sandbox, id) = declared();
    sandbox.ok("start every-form --by \"Ana Diaz\" --no-walk");
    let journal = |folder: &Path| fs::read_dir(folder.join("journal")).unwrap().next().unwrap();
    let stray = journal(&sandbox.home().join("exercises").join(&id)).unwrap().path();
    let live = fs::read_dir(sandbox.home().join("incidents")).unwrap().next().unwrap().unwrap();
    let stray_to = live.path().join("journal").join("wffffffffffffffffffffffffffffffff.jsonl");
    fs::copy(stray, stray_to).unwrap();
    let ran = sandbox.run("note \"We go on\" --by \"Ana Diaz\" --incident latest");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(sandbox.run("verify latest").code, Some(4), "and it is named");
}
