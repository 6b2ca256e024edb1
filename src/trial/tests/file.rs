//! What a file may not say: one fault, one finding, at its place, with a way out.

#![expect(clippy::too_many_lines, reason = "snapbox writes the expectations")]

use snapbox::{assert_data_eq, str};

use super::*;

/// Each text with what is reported of the file that holds it.
fn told<'a>(said: &[&'a str], file: impl Fn(&'a str) -> String) -> String {
    let mut all = String::new();
    for said in said {
        writeln!(all, "{said}").unwrap();
        for line in reported(&file(said)) {
            writeln!(all, "    {line}").unwrap();
        }
    }
    all
}

#[test]
fn of_the_head() {
    let files = [
        "",
        "playbook: every-form\nbranches: {scope: {local: {}}}",
        "runbook-test: 1\nbranches: {scope: {local: {}}}",
        "runbook-test: 2\nplaybok: x",
        "runbook-test: one\nplaybook: every-form\nbranches: {scope: {local: {}}}",
        "runbook-test: 1\nplaybook: every-from\nscenarios: 3",
        "runbook-test: 1\nplaybook: every-form",
        "runbook: 1\nid: every-form",
        "runbook-test: 1\nplaybook: every-form\n---\n",
    ];
    assert_data_eq!(
        told(&files, str::to_owned),
        str![[r#"

    1:1 the file is empty | start with `runbook-test: 1`
playbook: every-form
branches: {scope: {local: {}}}
    1:1 `runbook-test` is missing | write `runbook-test: 1` on top
runbook-test: 1
branches: {scope: {local: {}}}
    1:1 `playbook` is missing
runbook-test: 2
playbok: x
    1:15 this playbook test needs a newer runbook: this one reads format 1 | install a newer runbook
runbook-test: one
playbook: every-form
branches: {scope: {local: {}}}
    1:15 `runbook-test` is the number of the format | write `runbook-test: 1`
runbook-test: 1
playbook: every-from
scenarios: 3
    2:11 there is no playbook "every-from" | runbook list shows all playbooks
    3:12 `scenarios` should be a list, not a text | put the value in brackets: `[...]`
runbook-test: 1
playbook: every-form
    1:1 there is no scenario in this test | write `scenarios:`, `branches:` or both
runbook: 1
id: every-form
    1:1 the key `runbook` is not known here | the keys here are runbook-test, playbook, start, answers, except, scenarios, branches
    1:1 `runbook-test` is missing | write `runbook-test: 1` on top
    1:1 `playbook` is missing
    2:1 the key `id` is not known here | the keys here are runbook-test, playbook, start, answers, except, scenarios, branches
runbook-test: 1
playbook: every-form
---

    3:1 a second document starts here | delete the line `---`, or put the second test in its own file

"#]]
    );
}

#[test]
fn beside_the_scenarios() {
    let sound = "scenarios: [{id: one, script: [{at: 1m, expect: {overdue: []}}]}]\n";
    let file = |said: &str| {
        let rest = if said.starts_with("scenarios:") { "" } else { sound };
        format!("{HEAD}{said}\n{rest}")
    };
    let lines = [
        "scenarios: []",
        "scenarios: [{script: [{expect: {overdue: []}}]}]",
        "scenarios: [{id: one}]",
        "scenarios: [{id: one, script: []}]",
        "scenarios: [{id: One, script: [{expect: {overdue: []}}]}]",
        "scenarios: [{id: one, script: [{expect: {overdue: []}}]}, {id: one, script: [{expect: {overdue: []}}]}]",
        "scenarios: [{id: one, script: [{done: confirm}]}]",
        "start: {}",
        "start: {at: 1m, suspected: -1m}",
        "start: {at: -1m}",
        "start: {onset: 1m}",
        "start: {onset: 1.5h}",
        "start: {onset: soon}",
        "start: {assign: {leed: Ana}}",
        "start: {assign: {boss: Ana}}",
        "start: {assign: {lead: \"\"}}",
        "answers: {scop: local}",
        "answers: {scope: lokal}",
        "answers: {scope: elsewhere}",
        "answers: {scope: {a: b}}",
        "answers: {ticket: INC1}",
        "answers: {ticket: {nummer: INC1}}",
        "answers: {ticket: {x: INC1}}",
        "answers: {ticket: {called: 14:05}}",
        "answers: {confirm: done}",
        "except: I-99",
        "excpet: confirm",
        "branches: {scope: {lokal: {}}}",
        "branches: {confirm: {yes: {}}}",
        "branches: {scope: {local: {opens: [tell-branch]}}}",
        "branches: {scope: {local: {leads_to: Other One}}}",
        "branches: {}",
        "branches: {scope: {}}",
    ];
    assert_data_eq!(
        told(&lines, file),
        str![[r#"
scenarios: []
    3:1 `scenarios` is empty
scenarios: [{script: [{expect: {overdue: []}}]}]
    3:13 `id` is missing
scenarios: [{id: one}]
    3:13 `script` is missing
scenarios: [{id: one, script: []}]
    3:23 `script` is empty
scenarios: [{id: One, script: [{expect: {overdue: []}}]}]
    3:18 "One" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit | write one
scenarios: [{id: one, script: [{expect: {overdue: []}}]}, {id: one, script: [{expect: {overdue: []}}]}]
    3:64 there is a scenario "one" above | give it another name
scenarios: [{id: one, script: [{done: confirm}]}]
    3:18 warning: this scenario expects nothing, so it can hardly fail | add `expect:` to one of its entries
start: {}
    3:1 `start` is empty
start: {at: 1m, suspected: -1m}
    3:13 `at` and `suspected` do not go together | a suspected incident is declared by `mark: declared` in the script
start: {at: -1m}
    3:13 T+0 cannot come after it was written down | for an incident that is declared later: `suspected: -20m`
start: {onset: 1m}
    3:16 this is after the incident begins | put it in the script
start: {onset: 1.5h}
    3:16 a length of time has no fractions | write `1h30m`
start: {onset: soon}
    3:16 "soon" is not a length of time | write it as `15m`, `2h`, `1h30m` or `3d`
start: {assign: {leed: Ana}}
    3:18 every-form has no role "leed" | did you mean "lead"?
start: {assign: {boss: Ana}}
    3:18 every-form has no role "boss" | its roles are lead, tech, officer
start: {assign: {lead: ""}}
    3:24 this name cannot be used: it may not be empty
answers: {scop: local}
    3:11 every-form has no step "scop" | did you mean "scope"?
answers: {scope: lokal}
    3:18 scope has no answer "lokal" | did you mean "local"?
answers: {scope: elsewhere}
    3:18 scope has no answer "elsewhere" | its answers are local, corporate
answers: {scope: {a: b}}
    3:11 "scope" is a decision: it takes one of its answers | write `scope: ANSWER`
answers: {ticket: INC1}
    3:19 "ticket" asks for several things: it takes a map of them | write `ticket: {NAME: ANSWER}`
answers: {ticket: {nummer: INC1}}
    3:20 ticket does not ask for "nummer" | did you mean "number"?
answers: {ticket: {x: INC1}}
    3:20 ticket does not ask for "x" | it asks for number, people, called, known, level, engineer
answers: {ticket: {called: 14:05}}
    3:28 a length of time is not written with a colon | write `14h5m`, or `14m` for minutes
answers: {confirm: done}
    3:20 "confirm" asks for nothing | leave it out: the crew just does it
except: I-99
    3:9 every-form has no step "I-99" | runbook show every-form lists them
excpet: confirm
    3:1 the key `excpet` is not known here | did you mean `except`?
branches: {scope: {lokal: {}}}
    3:20 scope has no answer "lokal" | did you mean "local"?
branches: {confirm: {yes: {}}}
    3:22 "confirm" is no decision | write `done: confirm`
branches: {scope: {local: {opens: [tell-branch]}}}
    3:36 every-form has no step "tell-branch" | did you mean "tell-branches"?
branches: {scope: {local: {leads_to: Other One}}}
    3:38 "Other One" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit | write other-one
branches: {}
    3:1 a decision has no answers here | write `DECISION: {ANSWER: {opens: [...], closes: [...]}}`
branches: {scope: {}}
    3:1 a decision has no answers here | write `DECISION: {ANSWER: {opens: [...], closes: [...]}}`

"#]]
    );
}

#[test]
fn in_an_entry() {
    let file = |said: &str| with_entries(&["{at: 5m, expect: {overdue: []}}", said]);
    let entries = [
        "{at: 1m, done: confirm}",
        "{at: 90, done: confirm}",
        "{at: 9m}",
        "{at: 9m, expect: {}}",
        "{done: confirm, skip: freeze}",
        "{don: confirm}",
        "{done: confirmed}",
        "{done: scope}",
        "{decide: {confirm: ok}}",
        "{decide: {}}",
        "{done: [], expect: {overdue: []}}",
        "{done: [ticket, confirm], set: {number: a}}",
        "{done: confirm, set: {number: a}}",
        "{defer: freeze}",
        "{done: freeze, until: 2h}",
        "{skip: freeze, set: {a: b}}",
        "{done: freeze, deputy: true}",
        "{done: freeze, except: confirm}",
        "{work: now, by: Ana}",
        "{work: now, happened: 1m}",
        "{refused: closed, expect: {overdue: []}}",
        "{mark: restored, reason: it works}",
        "{skip: freeze, initials: AD}",
        "{done: freeze, service: email}",
        "{mark: detected, service: email}",
        "{mark: restord}",
        "{at: 9m, mark: declared}",
        "{work: hard}",
        "{close: soon}",
        "{close: ready, reason: over}",
        "{note: \"\"}",
        "{done: confirm, refused: \"\"}",
        "{assign: {leed: Ana}}",
        "{escalate: Other One}",
        "{done: confirm, done: freeze}",
        "{assign: {}}",
        "{done: ticket, set: {}}",
        "{work: now, except: freez}",
    ];
    assert_data_eq!(
        told(&entries, file),
        str![[r#"
{at: 1m, done: confirm}
    7:14 the clock does not run backwards: this is before the entry above | for what is written down late: `happened:`
{at: 90, done: confirm}
    7:14 the unit is missing | write `90m` for minutes or `90h` for hours
{at: 9m}
    7:9 nothing happens in this entry | say what is done, or what to `expect`
{at: 9m, expect: {}}
    7:18 nothing is expected here | name something that holds, such as `overdue: []`
{done: confirm, skip: freeze}
    7:31 an entry says one thing, and `skip` is the second | put it in an entry of its own: `- {at: …, …}`
{don: confirm}
    7:10 the key `don` is not known here | did you mean `done`?
{done: confirmed}
    7:16 every-form has no step "confirmed" | did you mean "confirm"?
{done: scope}
    7:16 scope is a decision | write `decide: {scope: local|corporate}`
{decide: {confirm: ok}}
    7:28 "confirm" is no decision | write `done: confirm`
{decide: {}}
    7:10 nothing is named here | name a step, a role or a service
{done: [], expect: {overdue: []}}
    7:10 nothing is named here | name a step, a role or a service
{done: [ticket, confirm], set: {number: a}}
    7:35 `set` answers what one step asks for | put each step in an entry of its own
    7:41 confirm does not ask for "number" | it asks for nothing
{done: confirm, set: {number: a}}
    7:31 confirm does not ask for "number" | it asks for nothing
{defer: freeze}
    7:9 `until` is missing
{done: freeze, until: 2h}
    7:31 `until` goes only with `defer` | leave it out
{skip: freeze, set: {a: b}}
    7:24 `set` goes only with `done` | leave it out
{done: freeze, deputy: true}
    7:32 `deputy` goes only with `assign` | leave it out
{done: freeze, except: confirm}
    7:32 `except` goes only with `work` | leave it out
{work: now, by: Ana}
    7:25 `by` goes only with something that is recorded | leave it out
{work: now, happened: 1m}
    7:31 `happened` goes only with something that is recorded | leave it out
{refused: closed, expect: {overdue: []}}
    7:19 `refused` goes only with something that is recorded | leave it out
{mark: restored, reason: it works}
    7:34 `reason` goes only with an answer, a hand-over or `close: anyway` | leave it out
{skip: freeze, initials: AD}
    7:34 `initials` goes only with `done`, `decide` and `approve` | leave it out
{done: freeze, service: email}
    7:33 `service` goes only with `mark` | leave it out
{mark: detected, service: email}
    7:35 detected is of the whole incident, not of one service | leave `service` out
{mark: restord}
    7:16 there is no milestone "restord" | did you mean "restored"?
{at: 9m, mark: declared}
    7:24 every time here counts from T+0, so it is declared at 0m | write `at: 0m`, or `happened: 0m` where it is written down late
{work: hard}
    7:16 there is no way to work "hard" | write one of on-time, now
{close: soon}
    7:17 there is no way to close "soon" | write one of ready, anyway
{close: ready, reason: over}
    7:32 `reason` goes only with an answer, a hand-over or `close: anyway` | leave it out
{note: ""}
    7:16 this cannot be recorded: it may not be empty
{done: confirm, refused: ""}
    7:34 `refused` is empty | write a value, or leave the key out
{assign: {leed: Ana}}
    7:19 every-form has no role "leed" | did you mean "lead"?
{escalate: Other One}
    7:20 "Other One" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit | write other-one
{done: confirm, done: freeze}
    7:25 the key `done` stands here twice | the first one is on line 7: keep one of them
{assign: {}}
    7:10 nothing is named here | name a step, a role or a service
{done: ticket, set: {}}
    7:24 `set` is empty | write a value, or leave the key out
{work: now, except: freez}
    7:29 every-form has no step "freez" | did you mean "freeze"?

"#]]
    );
}

#[test]
fn in_what_is_expected() {
    let file =
        |said: &str| with_entries(&[&format!("{{at: 5m, expect: {{{said}, overdue: []}}}}")]);
    let expected = [
        "open: {}",
        "open: {have: [freeze]}",
        "open: [freez]",
        "phases: [frist]",
        "next: []",
        "status: {freeze: finished}",
        "state: close",
        "can_close: \"yes\"",
        "due: {freeze: later}",
        "milestones: {restord: none}",
        "kpis: {}",
        "kpis: {time_to_declar: met}",
        "kpis: {time_to_declare: quick}",
        "kpis: {time_to_declare: 95%}",
        "kpis: {time_to_declare: at most}",
        "kpis: {step_on_time_rate: 0.9}",
        "kpis: {step_on_time_rate: 101%}",
        "kpis: {step_on_time_rate: NaN%}",
        "leads_to: \"?\"",
        "status: {}",
        "due: {}",
        "milestones: {}",
        "opens: [freez]",
        "open: {has: []}",
    ];
    assert_data_eq!(
        told(&expected, file),
        str![[r#"
open: {}
    6:33 `open` says neither `has` nor `lacks` | write `open: {has: [...], lacks: [...]}`
open: {have: [freeze]}
    6:34 the key `have` is not known here | the keys here are has, lacks
open: [freez]
    6:34 every-form has no step "freez" | did you mean "freeze"?
phases: [frist]
    6:36 every-form has no phase "frist" | did you mean "first"?
next: []
    6:27 `next` is empty | write a value, or leave the key out
status: {freeze: finished}
    6:44 there is no status "finished" | write one of open, begun, done, not_applicable, failed, deferred, closed
state: close
    6:34 there is no state "close" | did you mean "closed"?
can_close: "yes"
    6:38 `can_close` is neither true nor false | write true or false, without quotes
due: {freeze: later}
    6:41 "later" is not a length of time | write it as `15m`, `2h`, `1h30m` or `3d`
milestones: {restord: none}
    6:40 there is no milestone "restord" | did you mean "restored"?
kpis: {}
    6:27 `kpis` is empty | write a value, or leave the key out
kpis: {time_to_declar: met}
    6:34 the key `time_to_declar` is not known here | did you mean `time_to_declare`?
kpis: {time_to_declare: quick}
    6:51 "quick" is not a length of time | write it as `25m`, `at most 30m`, `met`, `missed` or `none`
kpis: {time_to_declare: 95%}
    6:51 "95%" is not a length of time | write it as `15m`, `2h`, `1h30m` or `3d`
kpis: {time_to_declare: at most}
    6:51 "" is not a length of time | write it as `25m`, `at most 30m`, `met`, `missed` or `none`
kpis: {step_on_time_rate: 0.9}
    6:53 "0.9" is no share | write it as `95%`, `at least 90%`, `met`, `missed` or `none`
kpis: {step_on_time_rate: 101%}
    6:53 "101%" is no share | write it as `95%`, `at least 90%`, `met`, `missed` or `none`
kpis: {step_on_time_rate: NaN%}
    6:53 "NaN%" is no share | write it as `95%`, `at least 90%`, `met`, `missed` or `none`
leads_to: "?"
    6:37 "?" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit
status: {}
    6:27 `status` is empty | write a value, or leave the key out
due: {}
    6:27 `due` is empty | write a value, or leave the key out
milestones: {}
    6:27 `milestones` is empty | write a value, or leave the key out
opens: [freez]
    6:35 every-form has no step "freez" | did you mean "freeze"?
open: {has: []}
    6:34 `has` is empty | write a value, or leave the key out

"#]]
    );
}

#[test]
fn every_fault_is_said_at_once() {
    let text = "runbook-test: 1
playbook: every-form
start: {onset: 2:30}
answers: {scope: lokal}
scenarios:
  - id: one
    script:
      - {at: 5m, don: [confirm, freez]}
      - {at: 4m, expect: {overdu: [], phases: [frist]}}
branches:
  scope: {local: {closes: [all-branch]}}
";
    assert_eq!(
        reported(text),
        [
            "3:16 a length of time is not written with a colon | write `2h30m`, or `2m` for minutes",
            "4:18 scope has no answer \"lokal\" | did you mean \"local\"?",
            "8:18 the key `don` is not known here | did you mean `done`?",
            "8:33 every-form has no step \"freez\" | did you mean \"freeze\"?",
            "9:14 the clock does not run backwards: this is before the entry above | for what is written down late: `happened:`",
            "9:27 the key `overdu` is not known here | did you mean `overdue`?",
            "9:48 every-form has no phase \"frist\" | did you mean \"first\"?",
            "11:28 every-form has no step \"all-branch\" | did you mean \"all-branches\"?",
        ]
    );
}

#[test]
fn nothing_that_somebody_writes_makes_it_panic() {
    let whole = include_str!("../../../playbooks/email-outage.test.yaml");
    let email = |_: &str| Ok(compile(crate::playbook::builtin()[0].1).unwrap().playbook);
    for end in (0..whole.len()).step_by(97) {
        let _ = read(&whole[..end], email);
    }
    for word in ["{", "[", "- ", "&a ", "*a", "!x ", "\t", "\u{202e}", "\0", "400d", "null"] {
        for (at, _) in whole.match_indices(": ").step_by(41) {
            let text = format!("{}{word}{}", &whole[..at + 2], &whole[at + 2..]);
            if let Ok(script) = read(&text, email) {
                script.scenarios.iter().rev().take(9).for_each(|one| drop(play(&script, one)));
            }
        }
    }
}
