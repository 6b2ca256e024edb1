//! What a script can do: every verb through the real rules, and every way to begin.

#![expect(clippy::needless_raw_string_hashes, reason = "snapshots are written by a tool")]

use snapbox::{assert_data_eq, str};

use super::*;

#[test]
fn every_verb_is_recorded_as_the_program_would() {
    let text = with_entries(&[
        "{at: 1m, begin: confirm}",
        "{at: 2m, done: confirm, by: Ana Diaz, happened: 0m, reason: phoned twice}",
        "{decide: {scope: corporate}, reason: seen in both}",
        "{at: +3m, done: ticket, set: {number: INC7, called: -5m}}",
        "{done: freeze}",
        "{at: 6m, skip: all-branches, reason: there is one}",
        "{fail: words}",
        "{at: 7m, defer: briefing, until: +2h, reason: nobody is here}",
        "{reopen: confirm}",
        "{at: 9m, done: words}",
        "{approve: [words, agree]}",
        "{mark: restored, service: email, happened: 8m}",
        "{assign: {tech: Ben Ito}, deputy: true}",
        "{release: {tech: tech}}",
        "{handover: {lead: Cleo Marsh}, reason: \"all is said\"}",
        "{classify: [email, phones]}",
        "{note: the fax works}",
        "{escalate: flood, reason: the cellar is wet}",
        "{at: 10m, close: anyway, expect: {state: closed}}",
        "{note: \"too late for more\"}",
    ]);
    let played = played(&text);
    assert_eq!(played.faults, []);
    assert_data_eq!(
        recorded(&played).join("\n"),
        str![[r#"
T+0:01 lead: begun: F-01 confirm
T+0:00 Ana Diaz: done: F-01 confirm — milestone acknowledged; note phoned twice (late)
T+0:02 lead: decided: F-02 scope: corporate (All branches) — note seen in both
T+0:05 tech: done: F-06 ticket — called: 2025-01-06T11:55:00.000Z; known: yes; level: p1; number: INC7; people: 1
T+0:05 lead: done: F-07 freeze — initials TEST
T+0:06 lead: not applicable: F-04 all-branches — there is one
T+0:06 tech: failed: F-08 words — as the test says
T+0:07 lead: deferred until 2025-01-06 14:07 +00:00: F-10 briefing — nobody is here
T+0:07 lead: reopened: F-01 confirm — as the test says
T+0:09 tech: done: F-08 words
T+0:09 officer: approved: F-08 words
T+0:09 officer: approved: F-09 agree
T+0:08 lead: milestone restored for email (late)
T+0:09 lead: assigned tech: Ben Ito as deputy
T+0:09 lead: released tech: tech
T+0:09 lead: hand-over lead: lead to Cleo Marsh — note all is said
T+0:09 Cleo Marsh: classified: services email, phones
T+0:09 Cleo Marsh: note (situation): the fax works
T+0:09 Cleo Marsh: escalated to flood as x-flood-test: the cellar is wet
T+0:10 Cleo Marsh: closed although something was missing: email is not verified by the site (runbook mark verified); phones is not verified by the site (runbook mark verified); F-01 confirm is open; R-01 test-mail is open — as the test says
T+0:10 Cleo Marsh: note (situation): too late for more
"#]]
    );
}

#[test]
fn a_refusal_is_expected_by_its_words_or_is_a_fault() {
    let mut told = String::new();
    for entry in [
        "{done: all-branches, refused: closed}",
        "{done: all-branches, refused: 'SCOPE was answered \"local\"'}",
        "{close: ready, refused: test-mail is open}",
        "{done: freeze, initials: X, refused: initials}",
        "{done: all-branches, refused: twice}",
        "{done: all-branches}",
        "{done: confirm, refused: closed}",
        "{done: [confirm, confirm]}",
        "{decide: {scope: local}, refused: before}",
        "{decide: {scope: corporate}}",
        "{done: ticket, set: {level: p9}}",
        "{done: confirm, happened: 5m}",
        "{close: ready}",
    ] {
        writeln!(told, "{entry}").unwrap();
        for fault in faults(&["{at: 1m, decide: {scope: local}}", entry]) {
            writeln!(told, "    {fault}").unwrap();
        }
    }
    assert_data_eq!(
        told,
        str![[r#"
{done: all-branches, refused: closed}
{done: all-branches, refused: 'SCOPE was answered "local"'}
{close: ready, refused: test-mail is open}
{done: freeze, initials: X, refused: initials}
{done: all-branches, refused: twice}
    T+0:01 done: all-branches: - refused, in words that hold "twice" + refused: all-branches is closed: the decision scope was answered "local"
{done: all-branches}
    T+0:01 done: all-branches: - recorded + refused: all-branches is closed: the decision scope was answered "local"
{done: confirm, refused: closed}
    T+0:01 done: confirm: - refused, in words that hold "closed" + recorded: done: F-01 confirm — milestone acknowledged
{done: [confirm, confirm]}
    T+0:01 done: confirm: - recorded + recorded before, at T+0:01: nothing was added
{decide: {scope: local}, refused: before}
    T+0:01 decide: scope: local: - refused, in words that hold "before" + recorded before, at T+0:01: nothing was added
{decide: {scope: corporate}}
    T+0:01 decide: scope: corporate: - recorded + refused: you answered scope before, with other words or another time
{done: ticket, set: {level: p9}}
    T+0:01 done: ticket: - recorded + refused: "p9" does not fit "level", which takes one of p1, p2
{done: confirm, happened: 5m}
    T+0:01 done: confirm: - recorded + refused: that time is in the future
{close: ready}
    T+0:01 close: ready: - recorded + refused: the incident cannot be closed yet: 3 things are missing + the service is not verified by the site (runbook mark verified) + F-01 confirm is open + R-01 test-mail is open

"#]]
    );
}

#[test]
fn a_fault_points_at_what_the_file_says() {
    let text = with_entries(&["{at: 1m, done: [confirm, confirm]}", "{done: freeze}"]);
    let spot = |text: &str| text[played(text).faults[0].spot.clone()].to_owned();
    assert_eq!(spot(&text), "done");
    let text = with_entries(&["{at: 1m, done: confirm, refused: closed}"]);
    assert_eq!(spot(&text), "closed");
    let text = with_entries(&["{at: 1m, expect: {kpis: {downtime: 5m}}}"]);
    assert_eq!(spot(&text), "5m");
    let text = with_entries(&["{at: 1m, expect: {overdue: [confirm]}}"]);
    assert_eq!(spot(&text), "overdue");
}

#[test]
fn an_incident_begins_as_it_is_said() {
    let begun = |start: &str, entry: &str| {
        let text = with_entries(&[entry]).replace("scenarios:", &format!("{start}\nscenarios:"));
        let played = played(&text);
        let lines: Vec<String> = played.faults.iter().map(fault_line).collect();
        assert_eq!(lines, Vec::<String>::new(), "{start}");
        let book = book();
        let said = |record: &crate::engine::Record| {
            let (at, wall) = (since_t0(record.effective()), since_t0(record.stamp.wall));
            format!("{} ({}) {}", t_plus(at), t_plus(wall), sentence(&book, record))
        };
        played.records.iter().map(said).collect::<Vec<_>>()
    };
    assert_eq!(
        begun("start: {at: 40m, onset: -1h}", "expect: {overdue: {has: [confirm, freeze]}}"),
        [
            "T+0:40 (T+0:40) opened: Every form (playbook every-form 1, EXERCISE)",
            "T-1:00 (T+0:40) milestone onset",
            "T+0:00 (T+0:40) T+0 declared",
            "T+0:00 (T+0:40) assigned lead: lead",
            "T+0:00 (T+0:40) assigned tech: tech",
            "T+0:00 (T+0:40) assigned officer: officer",
        ]
    );
    assert_eq!(
        begun(
            "start: {suspected: -20m, detected: -30m, assign: {lead: Ana Diaz}}",
            "{at: 0m, mark: declared, expect: {kpis: {time_to_declare: 30m}}}"
        ),
        [
            "T-0:20 (T-0:20) opened: Every form (playbook every-form 1, EXERCISE)",
            "T-0:30 (T-0:20) milestone detected",
            "T-0:20 (T-0:20) assigned lead: Ana Diaz",
            "T+0:00 (T+0:00) T+0 declared",
        ]
    );
}

/// A step may be named by its code, a scenario has its own beginning and answers, and `+` counts from
/// the entry above.
#[test]
fn what_a_scenario_says_itself_comes_before_what_the_file_says() {
    let text = format!(
        "{HEAD}start: {{onset: -1h}}
answers: {{F-02: local, ticket: {{number: A, people: 9}}}}
except: agree
scenarios:
  - {{id: one, script: [{{at: 1h, work: on-time, expect: {{kpis: {{downtime: 2h}}}}}}]}}
  - id: two
    start: {{onset: -2h}}
    answers: {{scope: corporate, ticket: {{number: B}}}}
    except: [F-08, F-07]
    script:
      - {{at: 30m, work: on-time}}
      - {{at: +30m, work: on-time, expect: {{kpis: {{downtime: 3h}}, overdue: [freeze, words, agree]}}}}
"
    );
    let script = script(&text);
    let said = |at: usize| {
        let played = play(&script, &script.scenarios[at]);
        assert_eq!(played.faults, [], "{at}");
        recorded(&played)
            .into_iter()
            .filter(|line| line.contains("F-06") || line.contains("F-02"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        said(0),
        [
            "T+0:15 lead: decided: F-02 scope: local (One branch)",
            "T+0:20 tech: done: F-06 ticket — called: 2025-01-06T12:20:00.000Z; known: yes; level: p1; number: A; people: 9",
        ]
    );
    assert_eq!(
        said(1),
        [
            "T+0:15 lead: decided: F-02 scope: corporate (All branches)",
            "T+0:20 tech: done: F-06 ticket — called: 2025-01-06T12:20:00.000Z; known: yes; level: p1; number: B; people: 9",
        ]
    );
}

#[test]
fn what_is_left_out_is_known() {
    let text = with_entries(&[
        "{at: 1m, decide: {scope: local}, expect: {overdue: []}}",
        "{skip: freeze}",
    ]);
    let script = script(&text);
    let all: Vec<Played> = script.scenarios.iter().map(|one| play(&script, one)).collect();
    let coverage = Coverage::of(&script.book, &all);
    assert_eq!((coverage.options, coverage.steps), (2, 12));
    let left: Vec<String> =
        coverage.options_left.iter().map(|(step, option)| format!("{step}={option}")).collect();
    assert_eq!(left, ["scope=corporate"]);
    assert_eq!(coverage.steps_left.len(), 10);
    assert!(coverage.steps_left.iter().all(|id| !matches!(id.as_str(), "scope" | "freeze")));
}
