//! What goes wrong around an exercise: each says what happened and what to type next, and nothing is
//! written, not a byte of the home.

use snapbox::{assert_data_eq, str};

use crate::drill::{EXERCISE, drilling};
use crate::support::Sandbox;
use crate::support::redact::redact_screen;

/// Everything that these commands say, one after the other. None of them changes anything, and each
/// names a way on.
#[track_caller]
fn said(sandbox: &Sandbox, lines: &[&str]) -> String {
    let before = sandbox.everything();
    let mut all = String::new();
    for line in lines {
        let ran = sandbox.run(line);
        assert!(!matches!(ran.code, Some(0) | None), "{line}: {ran:?}");
        assert_eq!(ran.out, "", "{line}");
        // A command to type, the usage of this one, the place in the file to mend, or how it is typed.
        let leads_on = ["  → ", "--help", "--> ", "no time: type ", "may not be empty"]
            .iter()
            .any(|way| ran.err.contains(way));
        assert!(leads_on, "{line}: {}", ran.err);
        assert_eq!(sandbox.everything(), before, "{line}");
        all.push_str(&redact_screen(&format!("$ runbook {line}\n{}\n", ran.shown())));
    }
    all
}

/// The same for commands that all say one thing.
#[track_caller]
fn said_by_all(sandbox: &Sandbox, lines: impl IntoIterator<Item = String>) -> String {
    let mut all: Vec<String> = Vec::new();
    for line in lines {
        let answer = said(sandbox, &[&line]).split_once('\n').unwrap().1.to_owned();
        if !all.contains(&answer) {
            all.push(answer);
        }
    }
    all.concat()
}

#[test]
fn injects_that_are_not_there_or_come_too_late() {
    let sandbox = drilling();
    sandbox.ok("drill jump +30m --by \"Faye Roth\"");
    assert_data_eq!(
        said(
            &sandbox,
            &[
                "drill deliver nudg --by \"Faye Roth\"",
                "drill deliver 99 --by \"Faye Roth\"",
                "drill hold frist --by \"Faye Roth\"",
                "drill skip nothing --reason x --by \"Faye Roth\"",
                "drill injects nothing --by \"Faye Roth\"",
                "drill observe x --inject nothing --by \"Faye Roth\"",
                "drill add --text x --due -5m --by \"Faye Roth\"",
                "drill add --text x --due 2025-01-22T14:05Z --by \"Faye Roth\"",
                "drill add --text x --at -5m --due -10m --by \"Faye Roth\"",
                "drill add --text x --due soon --by \"Faye Roth\"",
                "drill add --text x --name first --by \"Faye Roth\"",
                "drill add --text \"\" --by \"Faye Roth\"",
                "drill jump -5m --by \"Faye Roth\"",
            ]
        ),
        str![[r#"
$ runbook drill deliver nudg --by "Faye Roth"
--- stderr
error: this exercise has no inject "nudg"
  → did you mean nudge?
  → runbook drill injects lists them, for the facilitator
--- exit 1
$ runbook drill deliver 99 --by "Faye Roth"
--- stderr
error: this exercise has no inject "99"
  → runbook drill injects lists them, for the facilitator
--- exit 1
$ runbook drill hold frist --by "Faye Roth"
--- stderr
error: this exercise has no inject "frist"
  → did you mean first?
  → runbook drill injects lists them, for the facilitator
--- exit 1
$ runbook drill skip nothing --reason x --by "Faye Roth"
--- stderr
error: this exercise has no inject "nothing"
  → runbook drill injects lists them, for the facilitator
--- exit 1
$ runbook drill injects nothing --by "Faye Roth"
--- stderr
error: this exercise has no inject "nothing"
  → runbook drill injects lists them, for the facilitator
--- exit 1
$ runbook drill observe x --inject nothing --by "Faye Roth"
--- stderr
error: this exercise has no inject "nothing"
  → runbook drill injects lists them, for the facilitator
--- exit 1
$ runbook drill add --text x --due -5m --by "Faye Roth"
--- stderr
error: that time has passed on the exercise's clock
  → now: the same without --due; later: --due +10m
--- exit 1
$ runbook drill add --text x --due 2025-01-22T14:05Z --by "Faye Roth"
--- stderr
error: that time has passed on the exercise's clock
  → now: the same without --due; later: --due +10m
--- exit 1
$ runbook drill add --text x --at -5m --due -10m --by "Faye Roth"
--- stderr
error: that time has passed on the exercise's clock
  → now: the same without --due; later: --due +10m
--- exit 1
$ runbook drill add --text x --due soon --by "Faye Roth"
--- stderr
error: "soon" is no time: type HH:MM (24-hour clock), 2:05pm, -20m (20 minutes ago) or "yesterday HH:MM"; with a date: YYYY-MM-DD HH:MM
--- exit 2
$ runbook drill add --text x --name first --by "Faye Roth"
--- stderr
error: there is an inject first already: choose another name
  → another name: --name NAME, or leave --name out
--- exit 1
$ runbook drill add --text "" --by "Faye Roth"
--- stderr
error: the inject cannot be recorded: it may not be empty
--- exit 2
$ runbook drill jump -5m --by "Faye Roth"
--- stderr
error: the exercise's clock is past that time, and it never runs backwards
  → forward: runbook drill jump +10m; runbook drill injects shows what it says now
--- exit 1

"#]]
    );
}

#[test]
fn clocks_that_do_not_run() {
    let sandbox = drilling();
    assert_data_eq!(
        said(
            &sandbox,
            &[
                "drill speed 0 --by \"Faye Roth\"",
                "drill speed 601x --by \"Faye Roth\"",
                "drill speed fast --by \"Faye Roth\"",
                "drill speed -3x --by \"Faye Roth\"",
                "drill speed 99999999999999999999x --by \"Faye Roth\"",
                "drill every-form --speed 0 --facilitator \"Faye Roth\"",
                "drill every-form --speed 601x --facilitator \"Faye Roth\"",
                "drill every-form --speed step --facilitator \"Faye Roth\"",
            ]
        ),
        str![[r#"
$ runbook drill speed 0 --by "Faye Roth"
--- stderr
error: invalid value '0' for '<SPEED>': an exercise runs 1x to 600x as fast as real time

For more information, try '--help'.
--- exit 2
$ runbook drill speed 601x --by "Faye Roth"
--- stderr
error: invalid value '601x' for '<SPEED>': an exercise runs 1x to 600x as fast as real time

For more information, try '--help'.
--- exit 2
$ runbook drill speed fast --by "Faye Roth"
--- stderr
error: invalid value 'fast' for '<SPEED>': an exercise runs 1x to 600x as fast as real time

For more information, try '--help'.
--- exit 2
$ runbook drill speed -3x --by "Faye Roth"
--- stderr
error: unexpected argument '-3' found

  tip: to pass '-3' as a value, use '-- -3'

Usage: runbook drill speed [OPTIONS] <SPEED>

For more information, try '--help'.
--- exit 2
$ runbook drill speed 99999999999999999999x --by "Faye Roth"
--- stderr
error: invalid value '99999999999999999999x' for '<SPEED>': an exercise runs 1x to 600x as fast as real time

For more information, try '--help'.
--- exit 2
$ runbook drill every-form --speed 0 --facilitator "Faye Roth"
--- stderr
error: invalid value '0' for '--speed <SPEED>': an exercise runs 1x to 600x as fast as real time

For more information, try '--help'.
--- exit 2
$ runbook drill every-form --speed 601x --facilitator "Faye Roth"
--- stderr
error: invalid value '601x' for '--speed <SPEED>': an exercise runs 1x to 600x as fast as real time

For more information, try '--help'.
--- exit 2
$ runbook drill every-form --speed step --facilitator "Faye Roth"
--- stderr
error: invalid value 'step' for '--speed <SPEED>': an exercise runs 1x to 600x as fast as real time

For more information, try '--help'.
--- exit 2

"#]]
    );
}

#[test]
fn players_do_not_judge() {
    let sandbox = drilling();
    assert_data_eq!(
        said(
            &sandbox,
            &[
                "drill rate reach P --why fine --by \"Ana Diaz\"",
                "drill rate reach P --why fine --by \"ana  diaz\"",
                "drill rate fly P --why fine --by \"Faye Roth\"",
                "drill rate reach good --why fine --by \"Faye Roth\"",
                "drill rate reach P --by \"Faye Roth\"",
                "drill deliver --by \"Ana Diaz\"",
                "drill evaluate --by \"Ana Diaz\"",
            ]
        ),
        str![[r#"
$ runbook drill rate reach P --why fine --by "Ana Diaz"
--- stderr
error: Ana Diaz plays in this exercise, so cannot facilitate or rate it
  → the facilitator does: --by "Faye Roth"
--- exit 1
$ runbook drill rate reach P --why fine --by "ana  diaz"
--- stderr
error: ana  diaz plays in this exercise, so cannot facilitate or rate it
  → the facilitator does: --by "Faye Roth"
--- exit 1
$ runbook drill rate fly P --why fine --by "Faye Roth"
--- stderr
error: this exercise has no objective "fly"
  → its objectives are reach
--- exit 1
$ runbook drill rate reach good --why fine --by "Faye Roth"
--- stderr
error: invalid value 'good' for '<RATING>'
  [possible values: P, S, M, U]

For more information, try '--help'.
--- exit 2
$ runbook drill rate reach P --by "Faye Roth"
--- stderr
error: the following required arguments were not provided:
  --why <TEXT>

Usage: runbook drill rate --why <TEXT> --by <NAME> <OBJECTIVE> <RATING>

For more information, try '--help'.
--- exit 2
$ runbook drill deliver --by "Ana Diaz"
--- stderr
error: Ana Diaz plays in this exercise, so cannot facilitate or rate it
  → the facilitator does: --by "Faye Roth"
--- exit 1
$ runbook drill evaluate --by "Ana Diaz"
--- stderr
error: the evaluation asks questions and needs a terminal
  → without one: runbook drill rate OBJECTIVE P|S|M|U --why TEXT
  → the guide to fill in by hand: runbook drill evaluate --eeg html --blank -o eeg.html
--- exit 7

"#]]
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table, and what each line of it says")]
fn playbooks_and_exercises_that_do_not_fit() {
    let sandbox = Sandbox::new().at_midday().typed_by("Faye Roth");
    sandbox.write("playbooks/broken.yaml", "runbook: 1\nid: broken\ntitle: Broken\n");
    sandbox.write("playbooks/exercises/every-form-45.yaml", EXERCISE);
    sandbox.write(
        "playbooks/exercises/of-broken.yaml",
        EXERCISE.replace(": every-form\n", ": broken\n"),
    );
    sandbox.write(
        "elsewhere.yaml",
        EXERCISE.replace("playbook: every-form", "playbook: email-outage"),
    );
    sandbox.write("leed.yaml", EXERCISE.replace("to: lead", "to: leed"));
    sandbox.write("prose.yaml", "We will see.\n");
    assert_data_eq!(
        said(
            &sandbox,
            &[
                "drill broken",
                "drill broken --solo --scenario none",
                "drill nothing",
                "drill every-form --scenario nothing",
                "drill every-form --scenario elsewhere.yaml",
                "drill every-form --scenario leed.yaml",
                "drill every-form --scenario prose.yaml",
                "drill every-form --scenario not-there.yaml",
                "drill every-form --type fire",
                "drill every-form --solo --facilitator \"Ben Ito\" --assign leed=Ben",
            ]
        ),
        str![[r#"
$ runbook drill broken
--- stderr
error: playbooks/broken.yaml is not a valid playbook

error: `version` is missing
 --> playbooks/broken.yaml:1:1
  |
1 | runbook: 1
  | ^^^^^^^

error: `roles` is missing
 --> playbooks/broken.yaml:1:1
  |
1 | runbook: 1
  | ^^^^^^^

error: `phases` is missing
 --> playbooks/broken.yaml:1:1
  |
1 | runbook: 1
  | ^^^^^^^
--- exit 3
$ runbook drill broken --solo --scenario none
--- stderr
error: playbooks/broken.yaml is not a valid playbook

error: `version` is missing
 --> playbooks/broken.yaml:1:1
  |
1 | runbook: 1
  | ^^^^^^^

error: `roles` is missing
 --> playbooks/broken.yaml:1:1
  |
1 | runbook: 1
  | ^^^^^^^

error: `phases` is missing
 --> playbooks/broken.yaml:1:1
  |
1 | runbook: 1
  | ^^^^^^^
--- exit 3
$ runbook drill nothing
--- stderr
error: there is no playbook "nothing"
  → runbook list shows all playbooks
--- exit 2
$ runbook drill every-form --scenario nothing
--- stderr
error: every-form has no exercise "nothing"
  → it has every-form-45
  → runbook drill list every-form shows them
--- exit 2
$ runbook drill every-form --scenario elsewhere.yaml
--- stderr
error: every-form-45 is an exercise for email-outage, not for every-form
  → runbook drill email-outage --scenario elsewhere.yaml
--- exit 2
$ runbook drill every-form --scenario leed.yaml
--- stderr
error: leed.yaml is not a valid exercise

error: the playbook has no role "leed"
  --> leed.yaml:14:63
   |
14 |   - {id: first, at: 0m, from: Front counter, mode: phone, to: leed, text: The mail does not come., expect: [confirm], objective: reach}
   |                                                               ^^^^
   |
   = help: did you mean "lead"?
--- exit 3
$ runbook drill every-form --scenario prose.yaml
--- stderr
error: prose.yaml is not a valid exercise

error: the file should be a map of keys, not a text
 --> prose.yaml:1:1
  |
1 | We will see.
  | ^^^^^^^^^^^^
--- exit 3
$ runbook drill every-form --scenario not-there.yaml
--- stderr
error: not-there.yaml: No such file or directory (os error 2)
  → runbook drill list every-form shows what there is
--- exit 2
$ runbook drill every-form --type fire
--- stderr
error: invalid value 'fire' for '--type <TYPE>'
  [possible values: tabletop, drill, functional, full-scale]

For more information, try '--help'.
--- exit 2
$ runbook drill every-form --solo --facilitator "Ben Ito" --assign leed=Ben
--- stderr
error: this playbook has no role "leed"
  → its roles are lead, tech, officer
--- exit 1

"#]]
    );
}

/// What a facilitator types, each with something that would fit.
const FACILITATING: [&str; 11] = [
    "drill injects",
    "drill deliver",
    "drill deliver first",
    "drill hold page",
    "drill skip page --reason x",
    "drill add --text x",
    "drill pause",
    "drill resume",
    "drill speed 10x",
    "drill jump +5m",
    "drill end",
];

#[test]
fn a_live_incident_is_no_exercise() {
    let sandbox = Sandbox::new().at_midday().typed_by("Faye Roth");
    sandbox.ok("start every-form --no-walk");
    let bare = FACILITATING.map(str::to_owned);
    assert_data_eq!(
        said_by_all(&sandbox, bare),
        str![[r#"
--- stderr
error: no exercise is open
  → runbook drill email-outage starts one; runbook drill list shows all scenarios
  → for one that has ended, name it: --incident latest-exercise
--- exit 1

"#]]
    );
    let named = FACILITATING.map(|line| format!("{line} --incident latest"));
    assert_data_eq!(
        said_by_all(&sandbox, named),
        str![[r#"
--- stderr
error: this is a live incident: only an exercise has that
  → runbook drill PLAYBOOK starts an exercise
--- exit 1

"#]]
    );
}

#[test]
fn an_exercise_that_is_over_stays_over() {
    let sandbox = drilling();
    sandbox.ok("drill end --by \"Faye Roth\"");
    let adds = |line: &&str| !matches!(*line, "drill injects" | "drill end");
    let adding = || FACILITATING.into_iter().filter(adds);
    let bare = adding().map(|line| format!("{line} --by \"Faye Roth\""));
    assert_data_eq!(
        said_by_all(&sandbox, bare),
        str![[r#"
--- stderr
error: no exercise is open
  → runbook drill email-outage starts one; runbook drill list shows all scenarios
  → for one that has ended, name it: --incident latest-exercise
--- exit 1

"#]]
    );
    let of_last = "--by \"Faye Roth\" --incident latest-exercise";
    let named = adding().map(|line| format!("{line} {of_last}"));
    assert_data_eq!(
        said_by_all(&sandbox, named),
        str![[r#"
--- stderr
error: the incident is closed
  → notes, corrections, late milestones and actions are still taken: runbook note TEXT
  → the exercise is over: runbook drill observe, drill rate and hotwash are still taken
--- exit 1

"#]]
    );
    // The list can still be read, the end is told once, and what is judged afterwards is taken.
    sandbox.ok("drill injects --by \"Faye Roth\" --incident latest-exercise");
    let before = sandbox.everything();
    let again = sandbox.ok("drill end --by \"Faye Roth\" --incident latest-exercise");
    assert!(again.contains("nothing was added") && sandbox.everything() == before, "{again}");
    sandbox.ok("drill observe \"Seen on the tape\" --by \"Faye Roth\" --incident latest-exercise");
    sandbox.ok("drill rate reach S --why late --by \"Faye Roth\" --incident latest-exercise");
}
