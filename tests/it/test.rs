//! `test`: scripted incidents of a playbook, and what is said where they are not as expected.

#![expect(clippy::too_many_lines, reason = "snapbox writes the expectations")]

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// Two scenarios and a table, all as the playbook is.
const SOUND: &str = "\
runbook-test: 1
playbook: every-form

answers: {scope: local, ticket: {number: INC0012345}}

scenarios:
  - id: on-time
    title: Everybody does what is due, and then it is over
    script:
      - {at: 1h, work: on-time, expect: {overdue: [], kpis: {step_on_time_rate: 100%}}}
      - {mark: restored}
      - {at: 90m, work: on-time, expect: {done: {has: [test-mail]}}}
      - {mark: verified, expect: {closes: [briefing]}}
      - {close: ready}
  - id: nobody-comes
    script:
      - {at: 31m, expect: {escalated: [freeze], next: [confirm, scope]}}

branches:
  scope:
    local: {closes: [all-branches]}
    corporate: {opens: [tell-branches, corporate-line]}
";

/// One fault of every kind.
const WRONG: &str = "\
runbook-test: 1
playbook: every-form

start: {onset: -40m, detected: -25m}

scenarios:
  - id: lists
    title: Steps that are not where somebody thought they are
    script:
      - {at: 21m, done: confirm, expect: {overdue: [], open: {has: [confirm]}, next: [freeze, scope]}}
      - {decide: {scope: local}, expect: {opens: [tell-branches], closed: {lacks: [all-branches]}}}
      - {done: words, expect: {awaits_approval: [], status: {words: failed}, due: {words: 1h}}}
  - id: figures
    script:
      - {at: 50m, done: confirm}
      - {expect: {kpis: {time_to_detect: 10m, time_to_declare: at most 20m, downtime: none, time_to_acknowledge: met}}}
      - {expect: {milestones: {acknowledged: 10m}, state: closed, phases: [recovery], can_close: true}}
  - id: refusals
    script:
      - {at: 5m, decide: {scope: local}}
      - {done: all-branches}
      - {expect: {overdue: []}}
      - {expect: {overdue: []}}
  - id: no-refusal
    script:
      - {at: 5m, done: freeze, refused: initials}
  - id: no-answer
    script:
      - {at: 1h, work: on-time}

branches:
  scope:
    corporate: {opens: [tell-branches], leads_to: flood}
";

fn with(test: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("playbooks/every-form.test.yaml", test);
    sandbox
}

#[test]
fn everything_is_as_it_says() {
    let sandbox = with(SOUND);
    let before = sandbox.everything();
    assert_data_eq!(
        sandbox.run("test playbooks/every-form.test.yaml").shown(),
        str![[r#"
playbooks/every-form.test.yaml: every-form 1
  ok      on-time       Everybody does what is due, and then it is over
  ok      nobody-comes
  ok      branches      2 of 2 answers lead where the table says
  all 4 scenarios ok
  2 of 2 answers to decisions given, 9 of 12 steps answered
--- exit 0
"#]]
    );
    // By the name of the playbook, by its file, and without a word it is the same one.
    let shown = sandbox.run("test").shown();
    for line in ["test every-form", "test playbooks/every-form.yaml"] {
        assert_eq!(sandbox.run(line).shown(), shown, "{line}");
    }
    // Nothing is recorded anywhere, live or exercise.
    assert_eq!(sandbox.everything(), before);
    assert!(!sandbox.home().exists());
}

#[test]
fn every_kind_of_difference_is_said() {
    assert_data_eq!(
        with(WRONG).run("test every-form").shown(),
        str![[r#"
playbooks/every-form.test.yaml: every-form 1
  FAILED  lists            Steps that are not where somebody thought they are
  FAILED  figures
  FAILED  refusals
  FAILED  no-refusal
  FAILED  no-answer
  FAILED  scope=corporate

playbooks/every-form.test.yaml:10:43: lists, at T+0:21
    10 | - {at: 21m, done: confirm, expect: {overdue: [], open: {has: [confi…
  overdue
    + scope: open, overdue since T+0:15
    + ticket: open, overdue since T+0:20
    + freeze: open, overdue since T+0:20

playbooks/every-form.test.yaml:10:56: lists, at T+0:21
    10 | …expect: {overdue: [], open: {has: [confirm]}, next: [freeze, scope…
  open
    - confirm: done at T+0:21 by lead

playbooks/every-form.test.yaml:10:80: lists, at T+0:21
    10 | …pect: {overdue: [], open: {has: [confirm]}, next: [freeze, scope]}}
  next
    - freeze, scope
    + scope, ticket

playbooks/every-form.test.yaml:11:43: lists, at T+0:21
    11 | - {decide: {scope: local}, expect: {opens: [tell-branches], closed:…
  opens
    - tell-branches: closed: scope was answered "local"

playbooks/every-form.test.yaml:11:67: lists, at T+0:21
    11 | … expect: {opens: [tell-branches], closed: {lacks: [all-branches]}}}
  closed
    + all-branches: closed: scope was answered "local"

playbooks/every-form.test.yaml:12:32: lists, at T+0:21
    12 | - {done: words, expect: {awaits_approval: [], status: {words: faile…
  awaits_approval
    + words: done at T+0:21 by tech, awaits approval

playbooks/every-form.test.yaml:12:69: lists, at T+0:21
    12 | …: {awaits_approval: [], status: {words: failed}, due: {words: 1h}}}
  status of words
    - failed
    + done at T+0:21 by tech, awaits approval

playbooks/every-form.test.yaml:12:91: lists, at T+0:21
    12 | …: {awaits_approval: [], status: {words: failed}, due: {words: 1h}}}
  due time of words
    - T+1:00
    + T+0:30

playbooks/every-form.test.yaml:16:42: figures, at T+0:50
    16 | - {expect: {kpis: {time_to_detect: 10m, time_to_declare: at most 20…
  kpis time_to_detect
    - 10 min
    + 15 min

playbooks/every-form.test.yaml:16:64: figures, at T+0:50
    16 | …10m, time_to_declare: at most 20m, downtime: none, time_to_acknowl…
  kpis time_to_declare
    - at most 20 min
    + 25 min (target 30 min: met)

playbooks/every-form.test.yaml:16:87: figures, at T+0:50
    16 | …o_declare: at most 20m, downtime: none, time_to_acknowledge: met}}}
  kpis downtime
    - none
    + 1 h 30 min

playbooks/every-form.test.yaml:16:114: figures, at T+0:50
    16 | …o_declare: at most 20m, downtime: none, time_to_acknowledge: met}}}
  kpis time_to_acknowledge
    - the target met
    + 1 h 15 min (target 10 min: missed)

playbooks/every-form.test.yaml:17:46: figures, at T+0:50
    17 | - {expect: {milestones: {acknowledged: 10m}, state: closed, phases:…
  milestone acknowledged
    - T+0:10
    + T+0:50

playbooks/every-form.test.yaml:17:59: figures, at T+0:50
    17 | …wledged: 10m}, state: closed, phases: [recovery], can_close: true}}
  state
    - closed
    + declared

playbooks/every-form.test.yaml:17:67: figures, at T+0:50
    17 | …wledged: 10m}, state: closed, phases: [recovery], can_close: true}}
  phases
    - recovery: it is not open
    + first: it is open

playbooks/every-form.test.yaml:17:98: figures, at T+0:50
    17 | …wledged: 10m}, state: closed, phases: [recovery], can_close: true}}
  can_close
    - nothing missing
    + the service is not verified by the site (runbook mark verified)
    + F-02 scope is open
    + R-01 test-mail is open

playbooks/every-form.test.yaml:21:16: refusals, at T+0:05
    21 | - {done: all-branches}
  done: all-branches
    - recorded
    + refused: all-branches is closed: the decision scope was answered "local"
  the 2 entries below it were not played

playbooks/every-form.test.yaml:26:41: no-refusal, at T+0:05
    26 | - {at: 5m, done: freeze, refused: initials}
  done: freeze
    - refused, in words that hold "initials"
    + recorded: done: F-07 freeze — initials TEST

playbooks/every-form.test.yaml:29:24: no-answer, at T+0:10
    29 | - {at: 1h, work: on-time}
  work
    - an answer to scope
    + add to `answers`: scope: local|corporate

playbooks/every-form.test.yaml:33:17: scope=corporate, at T+0:15
    33 | corporate: {opens: [tell-branches], leads_to: flood}
  opens
    + corporate-line: open

playbooks/every-form.test.yaml:33:51: scope=corporate, at T+0:15
    33 | corporate: {opens: [tell-branches], leads_to: flood}
  leads_to
    - flood
    + no other playbook

  6 of 6 scenarios FAILED
  2 of 2 answers to decisions given, 4 of 12 steps answered

- expected and not so   + so and not expected
--- stderr
warning: this scenario expects nothing, so it can hardly fail
  --> playbooks/every-form.test.yaml:27:9
   |
27 |   - id: no-answer
   |         ^^^^^^^^^
   |
   = help: add `expect:` to one of its entries
--- exit 1
"#]]
    );
}

#[test]
fn a_test_is_no_playbook() {
    let sandbox = with(SOUND);
    let list = sandbox.json("list");
    let names: Vec<&str> = list["playbooks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|book| book["origin"] != "built-in")
        .map(|book| book["id"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["every-form"]);
    assert_eq!(sandbox.run("start every-form.test --no-walk").code, Some(2));
    assert_eq!(sandbox.run("start playbooks/every-form.test.yaml --no-walk").code, Some(3));
}

#[test]
fn one_scenario_with_all_that_was_recorded() {
    let sandbox = with(SOUND);
    assert_data_eq!(
        sandbox.run("test every-form --scenario on-time --verbose").shown(),
        str![[r#"
playbooks/every-form.test.yaml: every-form 1
  ok      on-time   Everybody does what is due, and then it is over
      T+0:00 lead: opened: Every form (playbook every-form 1, EXERCISE)
      T+0:00 lead: T+0 declared
      T+0:00 lead: assigned lead: lead
      T+0:00 lead: assigned tech: tech
      T+0:00 lead: assigned officer: officer
      T+0:10 lead: done: F-01 confirm — milestone acknowledged
      T+0:15 lead: decided: F-02 scope: local (One branch)
      T+0:20 tech: done: F-06 ticket — called: 2025-01-06T12:20:00.000Z; known:
      yes; level: p1; number: INC0012345; people: 1
      T+0:20 lead: done: F-07 freeze — initials TEST
      T+0:30 tech: done: F-08 words
      T+0:30 officer: approved: F-08 words
      T+0:40 officer: approved: F-09 agree
      T+1:00 lead: done: F-10 briefing
      T+1:00 tech: done: F-11 first-call — milestone first-outreach
      T+1:00 lead: milestone restored
      T+1:15 tech: done: R-01 test-mail
      T+1:30 lead: milestone verified
      T+1:30 lead: closed
  1 scenario ok
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("test every-form --scenario scope=local").shown(),
        str![[r#"
playbooks/every-form.test.yaml: every-form 1
  ok      scope=local
  1 scenario ok
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("test every-form --scenario nobody").shown(),
        str![[r#"
--- stderr
error: there is no scenario "nobody"
  → there are on-time, nobody-comes, scope=local, scope=corporate
--- exit 2
"#]]
    );
}

#[test]
fn what_is_left_out_is_named() {
    let sandbox =
        with(&SOUND.replace("    corporate: {opens: [tell-branches, corporate-line]}\n", ""));
    assert_data_eq!(
        sandbox.run("test --coverage").shown(),
        str![[r#"
playbooks/every-form.test.yaml: every-form 1
  ok      on-time       Everybody does what is due, and then it is over
  ok      nobody-comes
  ok      scope=local
  all 3 scenarios ok
  1 of 2 answers to decisions given, 9 of 12 steps answered
  answers that no scenario gives: scope=corporate
  steps that no scenario answers: tell-branches, all-branches, corporate-line
--- exit 0
"#]]
    );
}

#[test]
fn as_json() {
    let wrong = WRONG.split("  - id: refusals").next().unwrap();
    let wrong = wrong.split("  - id: lists").next().unwrap().to_owned()
        + "  - id: figures"
        + wrong.split("  - id: figures").nth(1).unwrap();
    assert_data_eq!(
        with(&wrong).run("test every-form --json").shown(),
        str![[r#"
{
  "format": 1,
  "ok": false,
  "files": [
    {
      "file": "playbooks/every-form.test.yaml",
      "ok": true,
      "findings": []
    }
  ],
  "tests": [
    {
      "file": "playbooks/every-form.test.yaml",
      "playbook": "every-form",
      "version": "1",
      "ok": false,
      "scenarios": [
        {
          "scenario": "figures",
          "title": null,
          "ok": false,
          "records": 8,
          "t_plus_min": 50,
          "faults": [
            {
              "line": 10,
              "column": 42,
              "t_plus_min": 50,
              "what": "kpis time_to_detect",
              "expected": [
                "10 min"
              ],
              "found": [
                "15 min"
              ]
            },
            {
              "line": 10,
              "column": 64,
              "t_plus_min": 50,
              "what": "kpis time_to_declare",
              "expected": [
                "at most 20 min"
              ],
              "found": [
                "25 min (target 30 min: met)"
              ]
            },
            {
              "line": 10,
              "column": 87,
              "t_plus_min": 50,
              "what": "kpis downtime",
              "expected": [
                "none"
              ],
              "found": [
                "1 h 30 min"
              ]
            },
            {
              "line": 10,
              "column": 114,
              "t_plus_min": 50,
              "what": "kpis time_to_acknowledge",
              "expected": [
                "the target met"
              ],
              "found": [
                "1 h 15 min (target 10 min: missed)"
              ]
            },
            {
              "line": 11,
              "column": 46,
              "t_plus_min": 50,
              "what": "milestone acknowledged",
              "expected": [
                "T+0:10"
              ],
              "found": [
                "T+0:50"
              ]
            },
            {
              "line": 11,
              "column": 59,
              "t_plus_min": 50,
              "what": "state",
              "expected": [
                "closed"
              ],
              "found": [
                "declared"
              ]
            },
            {
              "line": 11,
              "column": 67,
              "t_plus_min": 50,
              "what": "phases",
              "expected": [
                "recovery: it is not open"
              ],
              "found": [
                "first: it is open"
              ]
            },
            {
              "line": 11,
              "column": 98,
              "t_plus_min": 50,
              "what": "can_close",
              "expected": [
                "nothing missing"
              ],
              "found": [
                "the service is not verified by the site (runbook mark verified)",
                "F-02 scope is open",
                "R-01 test-mail is open"
              ]
            }
          ],
          "unplayed": 0
        }
      ],
      "coverage": {
        "options": 2,
        "options_left": [
          "scope=local",
          "scope=corporate"
        ],
        "steps": 12,
        "steps_left": [
          "scope",
          "tell-branches",
          "all-branches",
          "corporate-line",
          "ticket",
          "freeze",
          "words",
          "agree",
          "briefing",
          "first-call",
          "test-mail"
        ]
      }
    }
  ]
}
--- exit 1
"#]]
    );
    let answer = with(SOUND).json("test every-form");
    assert_eq!((answer["format"].as_u64(), answer["ok"].as_bool()), (Some(1), Some(true)));
    assert_eq!(answer["tests"][0]["scenarios"].as_array().unwrap().len(), 4);
}

#[test]
fn a_test_that_cannot_be_read_is_invalid() {
    let sandbox = with("runbook-test: 1\nplaybook: every-from\nscenarios: []\n");
    assert_data_eq!(
        sandbox.run("test every-form").shown(),
        str![[r#"
--- stderr
error: there is no playbook "every-from"
 --> playbooks/every-form.test.yaml:2:11
  |
2 | playbook: every-from
  |           ^^^^^^^^^^
  |
  = help: did you mean "every-form"?
--- exit 3
"#]]
    );
    sandbox.write(
        "playbooks/every-form.test.yaml",
        "runbook-test: 1\nplaybook: every-form\n\
        scenarios:\n  - id: one\n    script:\n      - {at: 5m, don: [confirm, freez]}\n",
    );
    sandbox.write("playbooks/other.test.yaml", SOUND);
    // The others are played all the same.
    assert_data_eq!(
        sandbox.run("test").shown(),
        str![[r#"
playbooks/other.test.yaml: every-form 1
  ok      on-time       Everybody does what is due, and then it is over
  ok      nobody-comes
  ok      branches      2 of 2 answers lead where the table says
  all 4 scenarios ok
  2 of 2 answers to decisions given, 9 of 12 steps answered
--- stderr
error: the key `don` is not known here
 --> playbooks/every-form.test.yaml:6:18
  |
6 |       - {at: 5m, don: [confirm, freez]}
  |                  ^^^
  |
  = help: did you mean `done`?

error: every-form has no step "freez"
 --> playbooks/every-form.test.yaml:6:33
  |
6 |       - {at: 5m, don: [confirm, freez]}
  |                                 ^^^^^
  |
  = help: did you mean "freeze"?
--- exit 3
"#]]
    );
    assert_data_eq!(
        sandbox.run("test every-form --json").shown(),
        str![[r#"
{
  "format": 1,
  "ok": false,
  "files": [
    {
      "file": "playbooks/every-form.test.yaml",
      "ok": false,
      "findings": [
        {
          "severity": "error",
          "set": null,
          "used_on_line": null,
          "line": 6,
          "column": 18,
          "what": "the key `don` is not known here",
          "help": "did you mean `done`?"
        },
        {
          "severity": "error",
          "set": null,
          "used_on_line": null,
          "line": 6,
          "column": 33,
          "what": "every-form has no step /"freez/"",
          "help": "did you mean /"freeze/"?"
        }
      ]
    }
  ],
  "tests": []
}
--- exit 3
"#]]
    );
    // A doubt stops nothing.
    sandbox.write(
        "playbooks/every-form.test.yaml",
        "runbook-test: 1\nplaybook: ./every-form.yaml\n\
        scenarios:\n  - id: one\n    script:\n      - {at: 5m, done: confirm}\n",
    );
    assert_data_eq!(
        sandbox.run("test every-form").shown(),
        str![[r#"
playbooks/every-form.test.yaml: every-form 1
  ok      one
  1 scenario ok
  0 of 2 answers to decisions given, 1 of 12 steps answered
--- stderr
warning: this scenario expects nothing, so it can hardly fail
 --> playbooks/every-form.test.yaml:4:9
  |
4 |   - id: one
  |         ^^^
  |
  = help: add `expect:` to one of its entries
--- exit 0
"#]]
    );
}

#[test]
fn a_test_of_an_invalid_playbook_says_what_is_wrong_with_it() {
    let sandbox = with(SOUND);
    let broken = crate::support::sandbox::EVERY_FORM.replace("due: 10m", "due: ten");
    sandbox.write("playbooks/every-form.yaml", broken);
    assert_data_eq!(
        sandbox.run("test every-form").shown(),
        str![[r#"
--- stderr
error: playbooks/every-form.yaml is not a valid playbook

error: `due`: "ten" is not a length of time
  --> playbooks/every-form.yaml:35:14
   |
35 |         due: ten
   |              ^^^
   |
   = help: write it as `15m`, `2h`, `1h30m` or `3d`

error: playbooks/every-form.yaml is not a valid playbook
 --> playbooks/every-form.test.yaml:2:11
  |
2 | playbook: every-form
  |           ^^^^^^^^^^
  |
  = help: runbook lint playbooks/every-form.yaml
--- exit 3
"#]]
    );
}

/// Whoever lints a whole folder lints its tests as well.
#[test]
fn lint_says_what_is_wrong_with_a_test() {
    let sandbox = with(SOUND);
    assert_data_eq!(
        sandbox.run("lint playbooks/every-form.test.yaml").shown(),
        str![[r#"
playbooks/every-form.test.yaml: ok, nothing to report
--- exit 0
"#]]
    );
    sandbox.write("playbooks/every-form.test.yaml", SOUND.replace("nobody-comes", "on-time"));
    let line = "lint playbooks/every-form.yaml playbooks/every-form.test.yaml";
    assert_data_eq!(
        sandbox.run(line).shown(),
        str![[r#"
playbooks/every-form.yaml: ok, nothing to report
playbooks/every-form.test.yaml: invalid, 1 finding
--- stderr
error: there is a scenario "on-time" above
  --> playbooks/every-form.test.yaml:15:9
   |
15 |   - id: on-time
   |         ^^^^^^^
   |
   = help: give it another name
--- exit 3
"#]]
    );
}

#[test]
fn what_is_not_there() {
    let sandbox = Sandbox::new();
    assert_data_eq!(
        sandbox.run("test").shown(),
        str![[r#"
--- stderr
error: there is no playbook test in playbooks and ROOT/home/playbooks
  → a test stands beside its playbook: playbooks/NAME.test.yaml
  → or name one: runbook test FILE
--- exit 2
"#]]
    );
    assert_data_eq!(
        sandbox.run("test every-form").shown(),
        str![[r#"
--- stderr
error: there is no test of a playbook "every-form"
  → write one beside it: playbooks/every-form.test.yaml
--- exit 2
"#]]
    );
    assert_data_eq!(
        sandbox.run("test nowhere.test.yaml").shown(),
        str![[r#"
--- stderr
error: nowhere.test.yaml: No such file or directory (os error 2)
--- exit 2
"#]]
    );
    // A playbook is no test of itself.
    assert_data_eq!(
        sandbox.run("test playbooks/every-form.yaml").shown(),
        str![[r#"
--- stderr
error: playbooks/every-form.yaml is a playbook, and no test stands beside it
  → write playbooks/every-form.test.yaml
--- exit 2
"#]]
    );
}

/// What the authors' page shows is played with the playbook that it speaks of.
#[test]
fn the_example_of_the_page_for_authors_passes() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks/README.md");
    let page = std::fs::read_to_string(page).unwrap();
    let section = page.split("\n## ").find(|section| section.starts_with("Test one")).unwrap();
    let example = section.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let sandbox = Sandbox::bare();
    sandbox.ok("new portal-down");
    sandbox.write("playbooks/portal-down.test.yaml", example);
    assert_data_eq!(
        sandbox.run("test portal-down").shown(),
        str![[r#"
playbooks/portal-down.test.yaml: portal-down 0.1
  ok      back-before-hour-2  Back after 100 minutes; nobody had frozen the
                              list
  ok      branches            3 of 3 answers lead where the table says
  all 4 scenarios ok
  3 of 3 answers to decisions given, 11 of 13 steps answered
--- exit 0
"#]]
    );
}

#[test]
fn a_draft_passes_and_gives_every_answer() {
    let sandbox = Sandbox::new();
    sandbox.ok("new portal-down");
    let draft = sandbox.ok("test portal-down --draft");
    assert_data_eq!(
        &draft,
        str![[r#"
# yaml-language-server: $schema=./test.schema.json
# What portal-down does now. Read each line: is it what should happen? Then add what you fear:
# declared late, back before hour 2, back and gone again, a step that nobody does.
# Play it: runbook test portal-down
runbook-test: 1
playbook: portal-down

start: {onset: -40m, detected: -25m}

# What the crew answers; to everything else the plainest answer that fits.
answers:
  scope: one

scenarios:
  - id: happy-path
    title: Everything on time, to the end
    script:
      - {at: 2h, work: on-time, expect: {overdue: []}}
      - {at: 12h, work: on-time, expect: {overdue: []}}
      - {at: 14h, work: on-time, expect: {overdue: []}}
      - {mark: restored}
      - {at: 1d14h, work: on-time, expect: {overdue: []}}
      - {close: ready}

# What each answer opens and closes at once, and no more than that.
branches:
  scope:
    one: {}
    several: {opens: [tell-sites]}
    attack: {leads_to: ransomware}

"#]]
    );
    sandbox.write("playbooks/portal-down.test.yaml", &draft);
    assert_data_eq!(
        sandbox.run("test portal-down").shown(),
        str![[r#"
playbooks/portal-down.test.yaml: portal-down 0.1
  ok      happy-path  Everything on time, to the end
  ok      branches    3 of 3 answers lead where the table says
  all 4 scenarios ok
  3 of 3 answers to decisions given, 12 of 13 steps answered
--- exit 0
"#]]
    );
    // A playbook that is not verified by a step of its own, and one that opens nothing at restored.
    let draft = sandbox.ok("test every-form --draft");
    assert!(draft.contains("      - {mark: verified}\n      - {close: ready}\n"), "{draft}");
    for wrong in ["test --draft", "test a b --draft", "test every-form --draft --json"] {
        assert_eq!(sandbox.run(wrong).code, Some(2), "{wrong}");
    }
    assert_eq!(sandbox.run("test every-from --draft").code, Some(2));
}

/// The site's own playbooks, and several tests of one playbook.
#[test]
fn tests_lie_beside_the_playbooks_of_the_home_too() {
    let sandbox = Sandbox::bare();
    let folder = sandbox.home().join("playbooks");
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("every-form.yaml", crate::support::sandbox::EVERY_FORM);
    write("every-form.test.yaml", SOUND);
    write("every-form.night.test.yml", SOUND);
    let answer = sandbox.json("test every-form");
    assert_eq!(answer["tests"].as_array().unwrap().len(), 2);
    assert_eq!(sandbox.json("test")["tests"].as_array().unwrap().len(), 2);
}

/// A site that copies a built-in playbook plays its own copy, and one that has none the built-in one.
#[test]
fn the_playbook_beside_the_test_comes_first() {
    let sandbox = Sandbox::bare();
    let test = "runbook-test: 1\nplaybook: email-outage\nscenarios: [{id: one, script: [{at: 1h, expect: {due: {confirm: 5m}}}]}]\n";
    sandbox.write("own/email-outage.test.yaml", test);
    sandbox.ok("test own/email-outage.test.yaml");
    let (_, shipped) = outage_runbook::playbook::builtin()[0];
    sandbox.write("own/email-outage.yaml", shipped.replacen("due: 5m", "due: 6m", 1));
    let ran = sandbox.run("test own/email-outage.test.yaml");
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("- T+0:05\n    + T+0:06"), "{ran:?}");
}

#[test]
fn what_somebody_wrote_reaches_no_terminal_raw() {
    let title = "\"\\e[2Jred\\u202e\"";
    let test = format!(
        "runbook-test: 1\nplaybook: every-form\nscenarios: [{{id: one, title: {title}, script: [{{at: 1m, expect: {{overdue: [freeze]}}}}]}}]\n"
    );
    let ran = with(&test).run("test every-form");
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{ran:?}");
    assert!(!ran.out.contains('\u{202e}') && !ran.err.contains('\u{202e}'), "{ran:?}");
}
