//! Two installs on one incident: whole files are carried over, in any order, and both say the same.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::Sandbox;

/// What joining an incident means: its playbook and its journal are there.
pub(crate) fn carry(from: &Path, to: &Sandbox) {
    for part in ["playbook.yaml", "journal"] {
        let source = from.join(part);
        let files: Vec<PathBuf> = if source.is_dir() {
            fs::read_dir(&source).unwrap().map(|entry| entry.unwrap().path()).collect()
        } else {
            vec![source]
        };
        for file in files {
            let below = to.home().join("incidents").join(from.file_name().unwrap());
            let target = below.join(file.strip_prefix(from).unwrap());
            let longer = fs::metadata(&target)
                .is_ok_and(|there| there.len() >= fs::metadata(&file).unwrap().len());
            if !longer {
                fs::create_dir_all(target.parent().unwrap()).unwrap();
                fs::copy(&file, &target).unwrap();
            }
        }
    }
}

/// The other install of two that both have the incident.
pub(crate) fn joined(first: &Sandbox) -> Sandbox {
    let second = Sandbox::new().typed_by("Ben Ito");
    carry(&first.incident_folder(), &second);
    second
}

fn exchange(one: &Sandbox, two: &Sandbox) {
    carry(&one.incident_folder(), two);
    carry(&two.incident_folder(), one);
}

/// Everything that is the same wherever it is read.
fn told(sandbox: &Sandbox) -> (Value, String) {
    (sandbox.json("log"), sandbox.ok("report"))
}

fn conflicts(sandbox: &Sandbox) -> Vec<String> {
    let status = sandbox.json("status");
    let all = status["conflicts"].as_array().unwrap();
    all.iter().map(|conflict| conflict["what"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn both_say_the_same_whichever_file_came_first() {
    let one = Sandbox::started();
    let two = joined(&one);
    two.ok(
        "done ticket --set number=7 --set people=3 --set called=-1m --set known=no --set level=p1",
    );
    one.ok("done confirm");
    two.ok("note \"From the second machine\"");
    let (a, b) = (Sandbox::new(), Sandbox::new());
    carry(&one.incident_folder(), &a);
    a.ok("log");
    carry(&two.incident_folder(), &a);
    carry(&two.incident_folder(), &b);
    carry(&one.incident_folder(), &b);
    exchange(&one, &two);
    let said = told(&one);
    assert_eq!(said.0["entries"].as_array().unwrap().len(), 6);
    for other in [&two, &a, &b] {
        assert_eq!(told(other), said);
    }
    for sandbox in [&one, &two, &a, &b] {
        sandbox.ok("verify");
    }
    assert_eq!(conflicts(&one), [""; 0]);
}

#[test]
fn each_install_appends_to_its_own_file_only() {
    let one = Sandbox::started();
    let two = joined(&one);
    let before = fs::read(one.journal()).unwrap();
    two.ok("note Hello");
    let files = two.journals();
    assert_eq!(files.len(), 2);
    let first = two.incident_folder().join("journal").join(one.journal().file_name().unwrap());
    assert_eq!(fs::read(first).unwrap(), before);
}

#[test]
fn a_cause_never_sorts_after_its_effect() {
    let one = Sandbox::started();
    let two = joined(&one);
    for turn in 0..4 {
        let (here, there) = if turn % 2 == 0 { (&one, &two) } else { (&two, &one) };
        here.ok(&format!("note \"Turn {turn}\""));
        carry(&here.incident_folder(), there);
    }
    let log = one.json("log");
    let turns: Vec<&str> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| entry["what"].as_str().unwrap().split("Turn ").nth(1))
        .collect();
    assert_eq!(turns, ["0", "1", "2", "3"]);
}

#[test]
fn a_copy_that_is_behind_is_no_error() {
    let one = Sandbox::started();
    let two = joined(&one);
    two.ok("note First");
    carry(&two.incident_folder(), &one);
    two.ok("note Second");
    one.ok("verify");
    one.ok("done confirm");
    carry(&one.incident_folder(), &two);
    two.ok("verify");
    let out = one.ok("log");
    assert!(out.contains("First") && !out.contains("Second"), "{out}");
}

#[test]
fn half_a_copied_file_is_in_transit_and_never_repaired_here() {
    let one = Sandbox::started();
    let two = joined(&one);
    two.ok("note First");
    two.ok("note Second");
    carry(&two.incident_folder(), &one);
    let own = one.journals();
    let foreign = two
        .journals()
        .into_iter()
        .map(|path| one.incident_folder().join("journal").join(path.file_name().unwrap()))
        .find(|path| fs::read_to_string(path).unwrap().contains("Second"))
        .unwrap();
    let whole = fs::read(&foreign).unwrap();
    let half = &whole[..whole.len() - 200];
    fs::write(&foreign, half).unwrap();
    let verdict = one.json("verify");
    assert_eq!(verdict["ok"], true, "{verdict}");
    assert!(!verdict["notices"].as_array().unwrap().is_empty(), "{verdict}");
    one.ok("done confirm");
    assert_eq!(fs::read(&foreign).unwrap(), half);
    assert_eq!(one.journals(), own);
    fs::write(&foreign, whole).unwrap();
    assert!(one.ok("log").contains("Second"));
    one.ok("verify");
}

#[test]
fn what_cannot_both_be_true_is_shown_and_nothing_stops() {
    let one = Sandbox::started();
    let two = joined(&one);
    one.ok("done confirm");
    two.ok("done confirm --note \"I did it\"");
    one.ok("decide scope local");
    two.ok("decide scope corporate");
    exchange(&one, &two);
    let expected = [
        "confirm answered a second time; the later answer counts",
        "scope answered a second time; the later answer counts",
    ];
    for sandbox in [&one, &two] {
        assert_eq!(conflicts(sandbox), expected);
        assert!(sandbox.ok("report").contains(expected[0]));
        sandbox.ok("verify");
        sandbox.ok("done briefing");
    }
}

#[test]
fn declared_on_two_machines_counts_the_first() {
    let one = Sandbox::new();
    one.ok("start every-form --suspected");
    let two = joined(&one);
    one.ok("mark declared --at 2025-01-22T14:05Z");
    two.ok("mark declared --at 2025-01-22T14:09Z");
    exchange(&one, &two);
    assert_eq!(told(&one), told(&two));
    assert_eq!(one.json("status")["t0"], "2025-01-22T14:05:00+00:00");
    assert_eq!(conflicts(&one), ["declared a second time; T+0 is the first"]);
}

#[test]
fn a_correction_may_come_before_the_record_it_is_about() {
    let one = Sandbox::started();
    let two = joined(&one);
    let done = one.json("done confirm --at 2025-01-22T14:15Z");
    carry(&one.incident_folder(), &two);
    let record = done["records"][0].as_str().unwrap();
    two.ok(&format!("correct {record} --note \"It was earlier\" --occurred 2025-01-22T14:09Z"));
    let late = Sandbox::new();
    let early = one.journal();
    carry(&two.incident_folder(), &late);
    let behind = late.incident_folder().join("journal").join(early.file_name().unwrap());
    let text = fs::read_to_string(&early).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    fs::write(&behind, lines[..3].concat()).unwrap();
    let pending = late.json("report");
    assert_eq!(pending["corrections"][0]["target_known"], false, "{pending}");
    fs::write(&behind, text).unwrap();
    let arrived = late.json("report");
    assert_eq!(arrived["corrections"][0]["target_known"], true);
    assert_eq!(arrived["milestones"]["acknowledged"], "2025-01-22T14:09:00+00:00");
    carry(&two.incident_folder(), &one);
    assert_eq!(told(&late), told(&one));
}

#[test]
fn one_person_under_two_spellings_is_pointed_out_and_kept() {
    let one = Sandbox::started();
    let two = joined(&one);
    one.ok("assign tech \"Cléo Marsh\" --at 2025-01-22T14:10Z");
    let said = two.ok("assign officer \"cleo marsh\" --at 2025-01-22T14:10Z");
    assert!(!said.contains("Note:"), "neither machine can know: {said}");
    exchange(&one, &two);
    for sandbox in [&one, &two] {
        let status = sandbox.json("status");
        let spellings = serde_json::json!([["Cléo Marsh", "cleo marsh"]]);
        assert_eq!(status["likely_same_people"], spellings);
        assert_eq!(status["conflicts"], serde_json::json!([]));
        sandbox.ok("verify");
    }
}
