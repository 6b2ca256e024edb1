//! `--help`: an example everywhere, and the whole overview word for word.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// Every verb, as the overview lists them.
pub(crate) fn verbs() -> Vec<String> {
    let help = Sandbox::bare().ok("--help");
    let (_, rest) = help.split_once("Commands:\n").unwrap();
    let list = rest.split("\n\n").next().unwrap();
    let name =
        |line: &str| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')).map(first);
    list.lines().filter_map(name).filter(|name| name != "help").collect()
}

fn first(line: &str) -> String {
    line.split(' ').next().unwrap_or_default().to_owned()
}

#[test]
fn the_overview() {
    assert_data_eq!(
        Sandbox::bare().run("--help").shown(),
        str![[r#"
Outage runbooks for pharmacies, clinics and hospitals: role-assigned steps on the clock, every
answer in an append-only log, the after-action report straight from it

Usage: runbook <COMMAND>

Commands:
  start        Start an incident: declares it at once and walks you through the playbook
  walk         Be walked through an incident, from where it stands
  status       Show where an incident stands: what is overdue, what is due next, who holds which
               role
  begin        Say that somebody works on a step
  done         Record that a step is done
  skip         Record that a step does not apply here
  fail         Record that a step was tried and did not work
  defer        Put a step off until a later time
  reopen       Open a step again that has an answer
  decide       Answer a decision
  approve      Agree to a step
  assign       Give a role to a person
  release      Take a role from a person
  handover     Pass a role on to another person, with a sheet to read out and a checkpoint
  note         Write something down in the log
  correct      Say that an earlier record was wrong; it stays, and the correction stands beside it
  mark         Mark a milestone: restored is the vendor's word, verified is yours
  classify     Say what is known of the cause and of what is down; may change as knowledge grows
  escalate     Open a linked incident with another playbook; T+0, onset and roles come along
  false-alarm  End the incident: it was nothing. It stays on record and counts in no figure
  close        Close the incident; says what is missing first, and prints the checkpoint to keep
  transcribe   Type in what was on paper; the log names both who did it and who typed it, and has
               both times
  drill        Practise: run an exercise with injects, as its facilitator or alone
  log          Print the log: every record in order, with both times, corrections beside what they
               correct
  verify       Check every byte of the log: hashes, chain, order, and what writers saw of each other
  report       Print the after-action report, straight from the log
  export       Write the log and everything computed from it as CSV files into a folder
  actions      Keep the improvement plan: what is to go better next time, by whom, until when, and
               who has seen it
  readiness    Show whether the site is ready: exercises, reviews, approvals, dates, tests, actions,
               the 90-day plan
  site         Keep the phone numbers of people, leadership and vendors; they work when nothing else
               does
  contacts     Show whom to call: by role, leadership and vendors; in an incident also who holds
               each role now
  incidents    List all incidents, then all exercises, the newest last
  list         List the playbooks that can be started
  show         Show a playbook: roles, phases, steps, decisions and what follows from each answer
  new          Write a playbook to begin with: a small complete one with comments, or a copy of
               another
  lint         Check playbooks, their tests, exercises, step sets and reference files; says
               everything that is wrong or doubtful at once
  test         Play the scripted incidents of a playbook, and say what is not as they expect
  diff         Say what is different between two playbooks: steps, roles, due times, answers, words
  print        Print a playbook as a binder to use on paper: one HTML file for any browser, with no
               network
  reference    Look up channels, tools, service levels, legal clocks, state rules, wordings and
               documents
  schema       Print the JSON Schema of a playbook, so that an editor completes and checks while you
               write
  completions  Print a completion script for a shell
  man          Write the manual pages into a folder
  help         Print this message or the help of the given subcommand(s)

Options:
  -h, --help     Print help
  -V, --version  Print version

Start here: runbook start email-outage

Exit codes: 0 ok · 1 refused (diff: different; test: failed) · 2 usage ·
3 playbook or site file invalid · 4 integrity · 5 busy · 6 not confirmed saved ·
7 needs a terminal · 8 overdue (status --check, readiness --check) · 70 bug
--- exit 0
"#]]
    );
}

#[test]
fn every_verb_has_an_example_that_names_it() {
    let sandbox = Sandbox::bare();
    let verbs = verbs();
    assert!(verbs.len() > 25, "{verbs:?}");
    for verb in verbs {
        let help = sandbox.ok(&format!("{verb} --help"));
        let example = help.split("Example").nth(1).unwrap_or_default();
        assert!(example.contains("runbook "), "{verb}: {help}");
        for line in help.lines() {
            assert!(line.chars().count() <= 100, "{verb}: {line}");
        }
    }
}

#[test]
fn no_verb_is_a_usage_error_that_shows_the_verbs() {
    let sandbox = Sandbox::bare();
    let ran = sandbox.run("");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("start") && ran.err.contains("Exit codes"), "{ran:?}");
    assert_data_eq!(
        sandbox.run("strat email-outage").shown(),
        str![[r#"
--- stderr
error: unrecognized subcommand 'strat'

  tip: some similar subcommands exist: 'status', 'start'

Usage: runbook <COMMAND>

For more information, try '--help'.
--- exit 2
"#]]
    );
    assert!(!sandbox.home().exists());
}
