//! Two processes at once: what was acknowledged is there, once, and the chain is whole.

use std::fmt::Write as _;

use crate::support::{Sandbox, sandbox::Ran};

/// Notes of each of two processes. `RUNBOOK_TEST_NOTES=500` runs the full load.
const NOTES: usize = 60;

fn sixty_steps() -> String {
    let mut book =
        "runbook: 1\nid: sixty\ntitle: Sixty steps\nversion: \"1\"\nsummary: Not for use.\n\
        roles:\n  lead: {title: Lead, duty: Decides., required: true}\n\
        phases:\n  - id: first\n    title: First hours\n    window: 0h-2h\n    steps:\n"
            .to_owned();
    for number in 1..=60 {
        writeln!(book, "      - {{id: step-{number}, role: lead, title: Step {number}}}").unwrap();
    }
    book
}

/// Runs the same number of commands in two threads; gives what each of them answered.
fn at_once(
    sandbox: &Sandbox,
    count: usize,
    line: impl Fn(usize, usize) -> String + Sync,
) -> Vec<Ran> {
    let one =
        |process: usize| (1..=count).map(|n| sandbox.run(&line(process, n))).collect::<Vec<_>>();
    std::thread::scope(|scope| {
        let other = scope.spawn(|| one(1));
        let mut all = one(0);
        all.extend(other.join().unwrap());
        all
    })
}

#[test]
fn sixty_steps_answered_by_two_processes() {
    let sandbox = Sandbox::new();
    sandbox.write("playbooks/sixty.yaml", sixty_steps());
    sandbox.ok("start sixty --at 2025-01-22T14:05Z");
    let answers = at_once(&sandbox, 60, |_, number| format!("done step-{number}"));
    for ran in &answers {
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    }
    let saved = answers.iter().filter(|ran| ran.out.starts_with("Saved ")).count();
    let repeated = answers.iter().filter(|ran| ran.out.starts_with("Already recorded")).count();
    assert_eq!((saved, repeated), (60, 60));
    let status = sandbox.json("status");
    let steps = status["steps"].as_array().unwrap();
    assert!(steps.iter().all(|step| step["status"] == "done" && step["occurrence"] == 1));
    assert_eq!(status["conflicts"], serde_json::json!([]));
    let verdict = sandbox.json("verify");
    assert_eq!((&verdict["ok"], &verdict["writers"][0]["records"]), (&true.into(), &62.into()));
}

#[test]
fn every_acknowledged_note_is_there() {
    #[expect(clippy::disallowed_methods, reason = "the load is the tester's choice")]
    let asked = std::env::var("RUNBOOK_TEST_NOTES").ok();
    let count = asked.map_or(NOTES, |count| count.parse().unwrap());
    let sandbox = Sandbox::started();
    let all = at_once(&sandbox, count, |process, number| format!("note \"n-{process}-{number}.\""));
    for ran in &all {
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    }
    let log = sandbox.ok("log");
    for process in 0..2 {
        let mut places = Vec::new();
        for number in 1..=count {
            let words = format!("n-{process}-{number}.");
            assert_eq!(log.matches(&words).count(), 1, "{words}");
            places.push(log.find(&words).unwrap());
        }
        assert!(places.is_sorted(), "process {process} is out of order");
    }
    let verdict = sandbox.json("verify");
    assert_eq!(verdict["writers"][0]["records"], 3 + 2 * count);
}
