//! The crew: what falls due is done by whoever holds the role, at its time, through the same rules.

use super::*;

/// What a crew records with one answer given.
#[track_caller]
fn worked(entries: &[&str]) -> Vec<String> {
    let text = with_entries(entries).replace("scenarios:", "answers: {scope: local}\nscenarios:");
    let played = played(&text);
    let lines: Vec<String> = played.faults.iter().map(fault_line).collect();
    assert_eq!(lines, Vec::<String>::new());
    recorded(&played)
}

#[test]
fn each_step_at_its_due_time_and_the_rest_at_the_end() {
    assert_eq!(
        worked(&[
            "{at: 1h, work: on-time, expect: {overdue: [], kpis: {step_on_time_rate: 100%}}}"
        ]),
        [
            "T+0:10 lead: done: F-01 confirm — milestone acknowledged",
            "T+0:15 lead: decided: F-02 scope: local (One branch)",
            "T+0:20 tech: done: F-06 ticket — called: 2025-01-06T12:20:00.000Z; known: yes; level: p1; number: test; people: 1",
            "T+0:20 lead: done: F-07 freeze — initials TEST",
            "T+0:30 tech: done: F-08 words",
            "T+0:30 officer: approved: F-08 words",
            "T+0:40 officer: approved: F-09 agree",
            "T+1:00 lead: done: F-10 briefing",
            "T+1:00 tech: done: F-11 first-call — milestone first-outreach",
        ]
    );
}

#[test]
fn late_work_is_done_at_once_and_counts_as_late() {
    assert_eq!(
        worked(&[
            "{at: 12m, done: freeze}",
            "{at: 16m, work: on-time, except: [scope, all-branches], expect: {overdue: [scope]}}",
            "{at: 18m, work: now, expect: {overdue: [], kpis: {step_on_time_rate: 33.3%}}}",
        ]),
        [
            "T+0:12 lead: done: F-07 freeze — initials TEST",
            "T+0:12 lead: done: F-01 confirm — milestone acknowledged",
            "T+0:18 lead: decided: F-02 scope: local (One branch)",
        ]
    );
}

#[test]
fn what_repeats_comes_again_until_its_milestone() {
    assert_eq!(
        worked(&[
            "{at: 50m, work: now}",
            "{at: 3h, work: on-time, except: first-call}",
            "{at: 3h1m, mark: verified}",
            "{at: 9h, work: on-time, except: [first-call, test-mail]}",
            "{expect: {status: {briefing: closed}}}",
        ])
        .into_iter()
        .filter(|line| line.contains("briefing"))
        .collect::<Vec<_>>(),
        [
            "T+1:00 lead: done: F-10 briefing",
            "T+2:00 lead: done: F-10 briefing (occurrence 2)",
            "T+3:00 lead: done: F-10 briefing (occurrence 3)",
        ]
    );
}

/// Two turns may come close to each other where the first one was late: both are meant.
#[test]
fn a_late_turn_and_the_next_one_are_two() {
    let said = worked(&[
        "{at: 1h50m, work: on-time, except: [briefing, first-call]}",
        "{done: briefing}",
        "{at: 2h, work: on-time, except: first-call}",
    ]);
    let briefings: Vec<&String> = said.iter().filter(|line| line.contains("briefing")).collect();
    assert_eq!(
        briefings,
        ["T+1:50 lead: done: F-10 briefing", "T+2:00 lead: done: F-10 briefing (occurrence 2)"]
    );
}

#[test]
fn a_decision_takes_an_answer_that_somebody_gives() {
    assert_eq!(
        faults(&["{at: 9m, work: on-time}", "{at: 1h, work: on-time}", "{expect: {overdue: []}}"]),
        ["T+0:10 work: - an answer to scope + add to `answers`: scope: local|corporate"]
    );
}

#[test]
fn whoever_is_there_does_it_and_agrees_to_it() {
    let text = with_entries(&[
        "{at: 40m, work: on-time, expect: {overdue: [], kpis: {hand_over_gaps: 0m}}}",
    ])
    .replace(
        "scenarios:",
        "answers: {scope: local}\nstart: {assign: {lead: Ana Diaz}}\nscenarios:",
    );
    let played = played(&text);
    assert_eq!(played.faults, []);
    let own: Vec<String> = played
        .records
        .iter()
        .filter(|record| {
            record.stamp.actor.person.as_ref().is_some_and(|by| by.as_str() == "Ana Diaz")
        })
        .map(|record| sentence(&book(), record))
        .filter(|said| said.starts_with("approved"))
        .collect();
    assert_eq!(
        own,
        [
            "approved: F-08 words — own work; note nobody else holds the role",
            "approved: F-09 agree"
        ]
    );
}

#[test]
fn before_the_declaration_the_first_phase_is_what_there_is_to_do() {
    let text = with_entries(&["{at: -5m, work: now, expect: {done: {has: [confirm, freeze, tell-branches], lacks: [test-mail]}}}"])
        .replace("scenarios:", "answers: {scope: corporate}\nstart: {suspected: -10m}\nscenarios:");
    let lines: Vec<String> = played(&text).faults.iter().map(fault_line).collect();
    assert_eq!(lines, Vec::<String>::new());
}

/// A slip in a time ends with a fault, soon.
#[test]
fn a_stretch_without_an_end_is_a_fault() {
    let often = BOOK.replace("repeat: {every: 1h, until: verified}", "repeat: {every: 1m}");
    let text = with_entries(&["{at: 400d, work: on-time, expect: {overdue: []}}"])
        .replace("scenarios:", "answers: {scope: local}\nscenarios:");
    let script = super::read(&text, |_| Ok(compile(&often).unwrap().playbook)).unwrap();
    let played = play(&script, &script.scenarios[0]);
    let lines: Vec<String> = played
        .faults
        .iter()
        .map(|it| fault_line(it).split_once(' ').unwrap().1.to_owned())
        .collect();
    assert_eq!(
        lines,
        [
            "work: - at most 1000 answers in one stretch + more fall due: check the time, and what repeats without an end"
        ]
    );
}
