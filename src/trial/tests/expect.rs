//! Everything that can be expected holds where it should, and fails where it should, with what is so
//! instead.

use super::*;

/// Entries, what holds after them, what does not, and what is said of that.
#[track_caller]
fn both(before: &[&str], holds: &str, fails: &str, said: &[&str]) {
    let expecting = |what: &str| {
        let (last, before) = before.split_last().unwrap();
        let last = format!("{}, expect: {{{what}}}}}", last.strip_suffix('}').unwrap());
        let entries: Vec<&str> = before.iter().copied().chain([last.as_str()]).collect();
        faults(&entries)
    };
    assert_eq!(expecting(holds), Vec::<String>::new(), "{holds}");
    assert_eq!(expecting(fails), said, "{fails}");
}

#[test]
fn lists_of_steps() {
    let started: &[&str] = &["{at: 5m, done: confirm}"];
    both(
        started,
        "open: {has: [freeze, test-mail], lacks: [confirm, tell-branches]}",
        "open: {has: [confirm, tell-branches], lacks: [freeze]}",
        &[
            "T+0:05 open: - confirm: done at T+0:05 by lead - tell-branches: closed: it waits for the decision scope + freeze: open, due T+0:20",
        ],
    );
    both(
        started,
        "done: confirm",
        "done: [freeze]",
        &["T+0:05 done: - freeze: open, due T+0:20 + confirm: done at T+0:05 by lead"],
    );
    both(
        &["{at: 5m, decide: {scope: local}}"],
        "closed: [tell-branches, all-branches, corporate-line]",
        "closed: [tell-branches, all-branches, corporate-line, freeze]",
        &["T+0:05 closed: - freeze: open, due T+0:20"],
    );
    both(
        &["{at: 5m, decide: {scope: local}}"],
        "closed: {lacks: [freeze]}",
        "closed: {lacks: [all-branches, corporate-line]}",
        &[
            "T+0:05 closed: + all-branches: closed: scope was answered \"local\" + corporate-line: closed: scope was answered \"local\"",
        ],
    );
    both(
        &["{at: 20m, done: freeze}", "{at: 21m, done: ticket}"],
        "overdue: [confirm, scope]",
        "overdue: []",
        &[
            "T+0:21 overdue: + confirm: open, overdue since T+0:10 + scope: open, overdue since T+0:15",
        ],
    );
    both(
        &["{at: 30m, done: confirm}"],
        "escalated: freeze",
        "escalated: [freeze, ticket]",
        &["T+0:30 escalated: - ticket: open, overdue since T+0:20"],
    );
    both(
        &["{at: 5m, done: words}"],
        "awaits_approval: words",
        "awaits_approval: []",
        &["T+0:05 awaits_approval: + words: done at T+0:05 by tech, awaits approval"],
    );
    both(
        &["{at: 5m, done: words}", "{at: 6m, approve: words}"],
        "awaits_approval: []",
        "awaits_approval: words",
        &["T+0:06 awaits_approval: - words: done at T+0:05 by tech"],
    );
}

#[test]
fn what_an_entry_moved() {
    both(
        &["{at: 5m, decide: {scope: corporate}}"],
        "opens: [tell-branches, corporate-line], closes: []",
        "opens: [tell-branches], closes: [all-branches]",
        &["T+0:05 opens: + corporate-line: open", "T+0:05 closes: - all-branches: open"],
    );
    both(
        &["{at: 5m, done: briefing}", "{at: 6m, mark: verified}"],
        "closes: briefing",
        "closes: []",
        &["T+0:06 closes: + briefing: closed: it ran until verified"],
    );
}

#[test]
fn where_a_step_stands_and_when_it_is_due() {
    let started: &[&str] = &["{at: 5m, begin: freeze}"];
    both(
        started,
        "status: {freeze: begun, scope: open, tell-branches: closed}",
        "status: {freeze: open, confirm: failed}",
        &[
            "T+0:05 status of freeze: - open + begun, due T+0:20",
            "T+0:05 status of confirm: - failed + open, due T+0:10",
        ],
    );
    both(
        started,
        "due: {freeze: 20m, words: 30m, tell-branches: none, test-mail: none}",
        "due: {freeze: none, words: 31m, tell-branches: -1m}",
        &[
            "T+0:05 due time of freeze: - none + T+0:20",
            "T+0:05 due time of words: - T+0:31 + T+0:30",
            "T+0:05 due time of tell-branches: - T-0:01 + none",
        ],
    );
}

#[test]
fn the_incident_as_a_whole() {
    both(
        &["{at: 3h, mark: restored}"],
        "phases: [first, recovery]",
        "phases: [first]",
        &["T+3:00 phases: + recovery: it is open"],
    );
    both(
        &["{at: 3h, note: nothing new}"],
        "phases: {has: [first], lacks: [recovery]}",
        "phases: {has: [recovery], lacks: [first]}",
        &["T+3:00 phases: - recovery: it is not open + first: it is open"],
    );
    both(
        &["{at: 21m, done: confirm}"],
        "next: [scope, ticket]",
        "next: [ticket, scope, freeze]",
        &["T+0:21 next: - ticket, scope, freeze + scope, ticket, freeze"],
    );
    both(
        &["{at: 3h, mark: restored}"],
        "milestones: {restored: 3h, verified: none, declared: 0m}",
        "milestones: {restored: 2h59m, verified: 3h, declared: none}",
        &[
            "T+3:00 milestone restored: - T+2:59 + T+3:00",
            "T+3:00 milestone verified: - T+3:00 + none",
            "T+3:00 milestone declared: - none + T+0:00",
        ],
    );
    both(
        &["{at: 3h, close: anyway}"],
        "state: closed",
        "state: false_alarm",
        &["T+3:00 state: - false_alarm + closed"],
    );
    both(
        &["{at: 5m, decide: {scope: local}}", "{done: confirm}", "{mark: verified}"],
        "can_close: false",
        "can_close: true",
        &["T+0:05 can_close: - nothing missing + R-01 test-mail is open"],
    );
    both(
        &[
            "{at: 5m, decide: {scope: local}}",
            "{done: confirm}",
            "{mark: verified}",
            "{done: test-mail}",
        ],
        "can_close: true",
        "can_close: false",
        &["T+0:05 can_close: - something missing + nothing is missing"],
    );
}

#[test]
fn figures() {
    let start = "start: {onset: -40m, detected: -25m30s}\n";
    let check = |said: &str| -> Vec<String> {
        let text = with_entries(&[
            "{at: 20m, done: [confirm, ticket, freeze, words]}",
            &format!("{{at: 30m, expect: {{kpis: {{{said}}}}}}}"),
        ]);
        let text = text.replace("scenarios:", &format!("{start}scenarios:"));
        played(&text).faults.iter().map(fault_line).collect()
    };
    for holds in [
        "time_to_detect: 14m30s",
        "time_to_detect: at most 14m30s",
        "time_to_detect: at least 14m",
        "time_to_declare: 25m30s, onset_to_declare: 40m",
        "time_to_declare: met",
        "time_to_acknowledge: missed",
        "time_to_first_outreach: none",
        "downtime: 70m",
        "hand_over_gaps: 0",
        "step_on_time_rate: 60%",
        "step_on_time_rate: at least 60%",
        "step_on_time_rate: at most 60%",
        "step_on_time_rate: missed",
        "high_risk_reached_12h: none",
    ] {
        assert_eq!(check(holds), Vec::<String>::new(), "{holds}");
    }
    for (fails, said) in [
        ("time_to_detect: 14m", "kpis time_to_detect: - 14 min + 14.5 min"),
        ("time_to_detect: at most 14m", "kpis time_to_detect: - at most 14 min + 14.5 min"),
        ("time_to_detect: at least 15m", "kpis time_to_detect: - at least 15 min + 14.5 min"),
        (
            "time_to_detect: met",
            "kpis time_to_detect: - the target met + 14.5 min (the playbook sets no target)",
        ),
        (
            "time_to_declare: missed",
            "kpis time_to_declare: - the target missed + 25.5 min (target 30 min: met)",
        ),
        (
            "time_to_acknowledge: met",
            "kpis time_to_acknowledge: - the target met + 45.5 min (target 10 min: missed)",
        ),
        (
            "time_to_first_outreach: 55m",
            "kpis time_to_first_outreach: - 55 min + none (target 1 h 00 min)",
        ),
        (
            "time_to_first_outreach: at most 55m",
            "kpis time_to_first_outreach: - at most 55 min + none (target 1 h 00 min)",
        ),
        ("downtime: none", "kpis downtime: - none + 1 h 10 min"),
        ("downtime: -5m", "kpis downtime: - -5 min + 1 h 10 min"),
        (
            "step_on_time_rate: 60.2%",
            "kpis step_on_time_rate: - 60.2 % + 60 % (target 90 %: missed)",
        ),
        (
            "step_on_time_rate: at least 61%",
            "kpis step_on_time_rate: - at least 61 % + 60 % (target 90 %: missed)",
        ),
        (
            "step_on_time_rate: at most 59%",
            "kpis step_on_time_rate: - at most 59 % + 60 % (target 90 %: missed)",
        ),
    ] {
        assert_eq!(check(fails), [format!("T+0:30 {said}")], "{fails}");
    }
}

/// A playbook whose decision leads elsewhere.
#[test]
fn where_an_answer_leads() {
    let leading =
        BOOK.replace("local: {title: One branch,", "local: {title: One branch, leads_to: flood,");
    let read = |said: &str| {
        let text = format!("{HEAD}branches: {{scope: {{local: {{{said}}}}}}}\n");
        let script = super::read(&text, |_| Ok(compile(&leading).unwrap().playbook)).unwrap();
        let played = play(&script, &script.scenarios[0]);
        assert_eq!((played.name.as_str(), played.branch), ("scope=local", true));
        played.faults.iter().map(fault_line).collect::<Vec<_>>()
    };
    assert_eq!(read("closes: all-branches, leads_to: flood"), Vec::<String>::new());
    assert_eq!(read("closes: all-branches, leads_to: fire"), ["T+0:15 leads_to: - fire + flood"]);
    assert_eq!(read("closes: all-branches"), ["T+0:15 leads_to: - no other playbook + flood"]);
    assert_eq!(
        faults(&["{at: 5m, decide: {scope: local}, expect: {leads_to: flood}}"]),
        ["T+0:05 leads_to: - flood + no other playbook"]
    );
    assert_eq!(
        faults(&["{at: 5m, decide: {scope: local}, expect: {leads_to: none}}"]),
        Vec::<String>::new()
    );
}

#[test]
fn a_row_of_the_table_says_all_that_follows() {
    let check = |row: &str| {
        let text = format!("{HEAD}branches: {{scope: {{corporate: {row}}}}}\n");
        let script = script(&text);
        play(&script, &script.scenarios[0]).faults.iter().map(fault_line).collect::<Vec<_>>()
    };
    assert_eq!(check("{opens: [tell-branches, corporate-line]}"), Vec::<String>::new());
    assert_eq!(check("{}"), ["T+0:15 opens: + tell-branches: open + corporate-line: open"]);
    assert_eq!(
        check("{opens: [tell-branches, corporate-line, freeze], closes: all-branches}"),
        ["T+0:15 opens: - freeze: open, due T+0:20", "T+0:15 closes: - all-branches: open",]
    );
}

/// A fault does not hide the ones after it; a thing that cannot be done does.
#[test]
fn faults_add_up_until_something_cannot_be_done() {
    let played = played(&with_entries(&[
        "{at: 5m, expect: {overdue: [confirm], done: [freeze]}}",
        "{at: 6m, approve: confirm}",
        "{at: 7m, expect: {done: [words]}}",
        "{at: 8m, expect: {done: [words]}}",
    ]));
    let lines: Vec<String> = played.faults.iter().map(fault_line).collect();
    assert_eq!(
        lines,
        [
            "T+0:05 overdue: - confirm: open, due T+0:10",
            "T+0:05 done: - freeze: open, due T+0:20",
            "T+0:06 approve: confirm: - recorded + refused: confirm needs no approval",
        ]
    );
    assert_eq!(played.unplayed, 2);
}
