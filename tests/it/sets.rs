//! Step sets: found, put in their places, told where they were written, named in the first record.

use std::fs;
use std::path::Path;

use outage_runbook::playbook::{builtin, builtin_files, builtin_sets, compile};
use sha2::{Digest as _, Sha256};
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

const BOOK: &str = "\
runbook: 1
id: small
title: Small
version: \"1\"
review_by: 2099-12-31
roles:
  lead: {title: Lead}
phases:
  - id: now
    title: Now
    window: 0h-2h
    steps:
      - use: ours/tell   # in our own words
      - id: own
        role: lead
        title: Own step
";

const SET: &str = "\
runbook-steps: 1
id: ours
title: Ours
version: \"1\"
steps:
  - id: tell
    role: lead
    title: Tell everybody
    do: |
      Say it twice.
";

/// The playbook with the step in its place.
fn whole() -> String {
    let block = "      - id: tell
        role: lead
        title: Tell everybody
        do: |
          Say it twice.
";
    BOOK.replace("      - use: ours/tell   # in our own words\n", block)
}

fn with_set(set: &str) -> Sandbox {
    let sandbox = Sandbox::bare();
    sandbox.write("playbooks/small.yaml", BOOK);
    sandbox.write("playbooks/sets/ours.yaml", set);
    sandbox
}

fn pinned(sandbox: &Sandbox) -> String {
    fs::read_to_string(sandbox.incident_folder().join("playbook.yaml")).unwrap()
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    let bytes: Vec<String> =
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.concat()
}

/// Name and digest of each file that the newest incident names.
fn sources(sandbox: &Sandbox) -> Vec<(String, String)> {
    let report = sandbox.json("report latest");
    let word = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let all = report["sources"].as_array().unwrap();
    all.iter().map(|file| (word(&file["name"]), word(&file["sha256"]))).collect()
}

fn named(name: &str, text: impl AsRef<[u8]>) -> (String, String) {
    (name.to_owned(), hex(text))
}

#[test]
fn an_incident_pins_the_steps_themselves_and_names_every_file() {
    let sandbox = with_set(SET);
    sandbox.ok("start small --no-walk");
    assert_eq!(pinned(&sandbox), whole());
    let files = [named("playbooks/small.yaml", BOOK), named("playbooks/sets/ours.yaml", SET)];
    assert_eq!(sources(&sandbox), files);
    let log = sandbox.ok("log");
    let short = |at: usize| format!("{} {}", files[at].0, &files[at].1[..8]);
    let said = format!("put together from {}, {}", short(0), short(1));
    assert!(log.lines().next().unwrap().contains(&said), "{log}");
    let report = sandbox.ok("report --format markdown");
    assert!(report.contains(&files[1].1), "{report}");
    // The incident goes on with its copy, whatever becomes of the files.
    fs::remove_dir_all(sandbox.cwd().join("playbooks")).unwrap();
    sandbox.ok("done tell");
    sandbox.ok("done own");
    sandbox.ok("verify");
}

#[test]
fn the_digests_are_those_of_the_shipped_files() {
    let sandbox = Sandbox::bare();
    sandbox.ok("start email-outage --no-walk");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks");
    let all = sources(&sandbox);
    assert_eq!(all[0].0, "built-in:email-outage");
    assert!(all.len() > 4, "{all:?}");
    for (name, digest) in all {
        let file = folder.join(format!("{}.yaml", name.strip_prefix("built-in:").unwrap()));
        assert_eq!(digest, hex(fs::read(file).unwrap()), "{name}");
    }
}

#[test]
fn a_linked_incident_names_its_files_too() {
    let sandbox = Sandbox::started();
    sandbox.write("playbooks/small.yaml", BOOK.replace("lead: {title: Lead}", "lead: {title: L}"));
    sandbox.write("playbooks/sets/ours.yaml", SET);
    sandbox.ok("escalate small --reason \"Worse than it looked\"");
    let report = sandbox.json("report small");
    let names: Vec<&str> = report["sources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["playbooks/small.yaml", "playbooks/sets/ours.yaml"]);
}

#[test]
fn the_nearest_set_of_a_name_counts() {
    let sandbox = Sandbox::bare();
    let (home, beside) = (sandbox.home().join("playbooks"), sandbox.cwd().join("drafts"));
    let said = |words: &str| SET.replace("Tell everybody", words);
    let title = |name: &str| {
        let show = sandbox.json(&format!("show {name}"));
        show["steps"][0]["title"].as_str().unwrap().to_owned()
    };
    for folder in [&home, &beside] {
        fs::create_dir_all(folder.join("sets")).unwrap();
        fs::write(folder.join("small.yaml"), BOOK).unwrap();
    }
    fs::write(home.join("sets/ours.yaml"), said("From the home")).unwrap();
    assert_eq!(title("small"), "From the home");
    assert_eq!(title("drafts/small.yaml"), "From the home");
    sandbox.write("playbooks/sets/ours.yaml", said("From here"));
    assert_eq!(title("small"), "From here");
    assert_eq!(title("drafts/small.yaml"), "From here");
    fs::write(beside.join("sets/ours.yaml"), said("From beside it")).unwrap();
    assert_eq!(title("small"), "From here");
    assert_eq!(title("drafts/small.yaml"), "From beside it");
}

#[test]
fn no_name_on_record_says_where_this_machine_keeps_its_files() {
    let sandbox = with_set(SET);
    let home = sandbox.home().join("playbooks");
    fs::create_dir_all(home.join("sets")).unwrap();
    fs::write(home.join("small.yaml"), BOOK).unwrap();
    fs::write(home.join("sets/ours.yaml"), SET).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let outside = elsewhere.path().join("drafts/small.yaml");
    fs::create_dir_all(elsewhere.path().join("drafts/sets")).unwrap();
    fs::write(&outside, BOOK).unwrap();
    fs::write(elsewhere.path().join("drafts/sets/ours.yaml"), SET).unwrap();
    let absolute = sandbox.cwd().join("playbooks/small.yaml");
    for (typed, own, set) in [
        ("small", "playbooks/small.yaml", "playbooks/sets/ours.yaml"),
        ("./playbooks/small.yaml", "playbooks/small.yaml", "playbooks/sets/ours.yaml"),
        (
            "../cwd/playbooks/small.yaml",
            "../cwd/playbooks/small.yaml",
            "../cwd/playbooks/sets/ours.yaml",
        ),
        (absolute.to_str().unwrap(), "playbooks/small.yaml", "playbooks/sets/ours.yaml"),
        (outside.to_str().unwrap(), "small.yaml", "ours.yaml"),
    ] {
        sandbox.ok(&format!("start {typed} --no-walk"));
        assert_eq!(sources(&sandbox), [named(own, BOOK), named(set, SET)], "{typed}");
    }
    fs::remove_dir_all(sandbox.cwd().join("playbooks")).unwrap();
    sandbox.ok("start small --no-walk");
    let files =
        [named("home:playbooks/small.yaml", BOOK), named("home:playbooks/sets/ours.yaml", SET)];
    assert_eq!(sources(&sandbox), files);
}

#[test]
fn the_sites_own_copy_of_a_built_in_set_takes_its_place() {
    let sandbox = Sandbox::bare();
    assert_data_eq!(
        sandbox.run("new command --set").shown(),
        str![[r#"
Wrote playbooks/sets/command.yaml: a copy of built-in:sets/command, with its comments
In this folder every playbook takes its command/... steps from it now.
Next:
  runbook lint playbooks/sets/command.yaml
  runbook list
  runbook schema --set > playbooks/sets/step-set.schema.json   so that an editor completes and checks
--- exit 0
"#]]
    );
    let path = "playbooks/sets/command.yaml";
    let copy = fs::read_to_string(sandbox.cwd().join(path)).unwrap();
    assert_eq!(builtin_sets().iter().find(|(id, _)| *id == "command").unwrap().1, copy);
    let own = copy.replace("Hold a briefing, 10 minutes", "Hold a briefing, 5 minutes");
    assert_ne!(own, copy);
    sandbox.write(path, &own);
    assert_data_eq!(
        sandbox.run("diff built-in:email-outage email-outage").shown(),
        str![[r#"
- built-in:email-outage: Email outage, version 2026.2
+ email-outage: Email outage, version 2026.2

Steps
  briefing: title was Hold a briefing, 10 minutes, is now Hold a briefing, 5
    minutes

1 difference.
--- exit 1
"#]]
    );
    sandbox.ok("start email-outage --no-walk");
    assert!(pinned(&sandbox).contains("Hold a briefing, 5 minutes"));
    let all = sources(&sandbox);
    assert_eq!(all[0].0, "built-in:email-outage");
    assert!(all.contains(&named(path, own)), "{all:?}");
}

#[test]
fn a_broken_set_of_the_site_leaves_the_shipped_playbook() {
    let sandbox = Sandbox::bare();
    let (_, set) = builtin_sets().iter().find(|(id, _)| *id == "lines").unwrap();
    sandbox.write("playbooks/sets/lines.yaml", set.replace("id: tell-leaders", "id: tell-leader"));
    assert_data_eq!(
        sandbox.run("start phone-outage --no-walk").shown(),
        str![[r#"
--- stderr
error: built-in:phone-outage is not a valid playbook

error: the step set playbooks/sets/lines.yaml has no step "tell-leaders"
   --> built-in:phone-outage:211:14
    |
211 |       - use: lines/tell-leaders
    |              ^^^^^^^^^^^^^^^^^^
    |
    = help: did you mean "tell-leader"?
  → until then: built-in:phone-outage is as shipped and needs no other file
--- exit 3
"#]]
    );
    let list = sandbox.ok("list");
    let rows = |word: &str| list.lines().filter(|line| line.contains(word)).count();
    assert_eq!(rows("unusable: runbook show"), 2, "{list}");
    sandbox.ok("start built-in:phone-outage --no-walk");
    let (_, shipped) = builtin().iter().find(|(id, _)| *id == "phone-outage").unwrap();
    assert_eq!(pinned(&sandbox), *shipped);
}

#[test]
fn a_set_is_no_playbook() {
    let sandbox = with_set(SET);
    sandbox.write("playbooks/stray.yaml", SET);
    let list = sandbox.json("list");
    let ids: Vec<&str> = list["playbooks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|book| book["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids[0], "small");
    assert_eq!(ids.len(), 1 + builtin_files().len(), "{ids:?}");
    assert_data_eq!(
        sandbox.run("start playbooks/sets/ours.yaml").shown(),
        str![[r#"
--- stderr
error: playbooks/sets/ours.yaml is a step set, not a playbook
  → playbooks take steps from it: `- use: SET/STEP`
  → runbook list shows all playbooks
--- exit 3
"#]]
    );
    assert_data_eq!(
        sandbox.run("show ours").shown(),
        str![[r#"
--- stderr
error: there is no playbook "ours"
  → runbook list shows all playbooks
--- exit 2
"#]]
    );
}

#[test]
fn lint_tells_each_finding_in_the_file_in_which_it_was_written() {
    let sandbox = with_set(&SET.replace("role: lead", "role: laed"));
    sandbox.write("playbooks/small.yaml", BOOK.replace("title: Own step", "titel: Own step"));
    assert_data_eq!(
        sandbox.run("lint playbooks/small.yaml").shown(),
        str![[r#"
playbooks/small.yaml: invalid, 2 findings
--- stderr
error: role "laed" is not defined
 --> playbooks/sets/ours.yaml:7:11
  |
7 |     role: laed
  |           ^^^^
  |
  = note: used in playbooks/small.yaml:13:9
  = help: did you mean "lead"?

error: the key `titel` is not known here
  --> playbooks/small.yaml:16:9
   |
16 |         titel: Own step
   |         ^^^^^
   |
   = help: did you mean `title`?
--- exit 3
"#]]
    );
    assert_data_eq!(
        sandbox.run("lint playbooks/small.yaml --json").shown(),
        str![[r#"
{
  "format": 1,
  "ok": false,
  "clean": false,
  "files": [
    {
      "file": "playbooks/small.yaml",
      "ok": false,
      "findings": [
        {
          "severity": "error",
          "code": null,
          "set": "playbooks/sets/ours.yaml",
          "used_on_line": 13,
          "line": 7,
          "column": 11,
          "what": "role /"laed/" is not defined",
          "help": "did you mean /"lead/"?",
          "reason": null
        },
        {
          "severity": "error",
          "code": null,
          "set": null,
          "used_on_line": null,
          "line": 16,
          "column": 9,
          "what": "the key `titel` is not known here",
          "help": "did you mean `title`?",
          "reason": null
        }
      ],
      "accepted": []
    }
  ]
}
--- exit 3
"#]]
    );
}

#[test]
fn lint_of_a_set_by_itself() {
    let sandbox = with_set(SET);
    sandbox.write("bad.yaml", SET.replace("title: Tell everybody", "due: soon"));
    assert_data_eq!(
        sandbox.run("lint playbooks/sets/ours.yaml bad.yaml").shown(),
        str![[r#"
playbooks/sets/ours.yaml: ok, nothing to report
bad.yaml: invalid, 2 findings
--- stderr
error: `title` is missing
 --> bad.yaml:6:5
  |
6 |   - id: tell
  |     ^^

error: `due`: "soon" is not a length of time
 --> bad.yaml:8:10
  |
8 |     due: soon
  |          ^^^^
  |
  = help: write it as `15m`, `2h`, `1h30m` or `3d`
--- exit 3
"#]]
    );
}

#[test]
fn every_fault_of_a_use_is_told_at_once() {
    let sandbox = with_set(SET);
    let uses = "      - use: our/tell
      - use: ours/tel
      - use: ours
      - {use: ours/tell}
      - use: ours/tell
      - use: ours/tell
      - use: ours/tell
        due: 15m
      - use: nested/tell
";
    sandbox.write(
        "playbooks/sets/nested.yaml",
        SET.replace("id: ours", "id: nested") + "  - use: ours/tell\n",
    );
    sandbox.write("all.yaml", BOOK.replace("      - use: ours/tell   # in our own words\n", uses));
    assert_data_eq!(
        sandbox.run("lint all.yaml").shown(),
        str![[r#"
all.yaml: invalid, 8 findings
--- stderr
error: there is no step set "our"
  --> all.yaml:13:14
   |
13 |       - use: our/tell
   |              ^^^^^^^^
   |
   = help: did you mean "ours"?

error: the step set playbooks/sets/ours.yaml has no step "tel"
  --> all.yaml:14:14
   |
14 |       - use: ours/tel
   |              ^^^^^^^^
   |
   = help: did you mean "tell"?

error: "ours" is no step of a step set
  --> all.yaml:15:14
   |
15 |       - use: ours
   |              ^^^^
   |
   = help: write `- use: SET/STEP` in a line of its own, such as `- use: command/briefing`

error: a step of a step set is used in a line of its own
  --> all.yaml:16:10
   |
16 |       - {use: ours/tell}
   |          ^^^
   |
   = help: write `- use: SET/STEP` in a line of its own, such as `- use: command/briefing`

error: `ours/tell` is used twice
  --> all.yaml:18:14
   |
18 |       - use: ours/tell
   |              ^^^^^^^^^
   |
   = help: the first one is on line 17: delete one of them

error: `ours/tell` is used twice
  --> all.yaml:19:14
   |
19 |       - use: ours/tell
   |              ^^^^^^^^^
   |
   = help: the first one is on line 17: delete one of them

error: `due` cannot stand beside `use`
  --> all.yaml:20:9
   |
20 |         due: 15m
   |         ^^^
   |
   = help: the whole step comes from the step set: delete this line, or write the whole step out here

error: a step set cannot use another one
  --> playbooks/sets/nested.yaml:11:5
   |
11 |   - use: ours/tell
   |     ^^^
   |
   = note: used in all.yaml:21:9
   = help: write the step itself here, or use both step sets in the playbook
--- exit 3
"#]]
    );
}

#[test]
fn a_set_that_cannot_be_read_is_an_error_at_its_use() {
    let sandbox = with_set(SET);
    let path = "playbooks/sets/ours.yaml";
    let found = || {
        let ran = sandbox.run("lint playbooks/small.yaml");
        assert_eq!(ran.code, Some(3), "{ran:?}");
        ran.err.lines().take(2).collect::<Vec<_>>().join("\n")
    };
    sandbox.write(path, [0xFF, 0xFE, b'r', 0]);
    assert_data_eq!(
        found(),
        str![[r#"
error: the step set "ours" cannot be read: playbooks/sets/ours.yaml:1:1: not UTF-8 text: save the file as UTF-8
  --> playbooks/small.yaml:13:14
"#]]
    );
    sandbox.write(path, "#".repeat(256 * 1024 + 1));
    assert_data_eq!(
        found(),
        str![[r#"
error: the step set "ours" cannot be read: playbooks/sets/ours.yaml: larger than 262144 bytes
  --> playbooks/small.yaml:13:14
"#]]
    );
    sandbox.write(path, BOOK);
    assert_data_eq!(
        found(),
        str![[r#"
error: the key `runbook` is not known here
 --> playbooks/sets/ours.yaml:1:1
"#]]
    );
    fs::remove_file(sandbox.cwd().join(path)).unwrap();
    fs::create_dir(sandbox.cwd().join(path)).unwrap();
    assert_data_eq!(
        found(),
        str![[r#"
error: there is no step set "ours"
  --> playbooks/small.yaml:13:14
"#]]
    );
}

/// Nobody is kept waiting by what lies under the name of a set.
#[cfg(unix)]
#[test]
fn a_pipe_is_no_set() {
    let sandbox = with_set(SET);
    let path = sandbox.cwd().join("playbooks/sets/ours.yaml");
    fs::remove_file(&path).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let ran = sandbox.run("lint playbooks/small.yaml");
    assert!(ran.err.contains("ours.yaml: not a file"), "{ran:?}");
}

#[test]
fn a_copy_holds_every_step_itself() {
    let sandbox = with_set(SET);
    sandbox.ok("new other --from small");
    let copy = fs::read_to_string(sandbox.cwd().join("playbooks/other.yaml")).unwrap();
    let renamed = whole()
        .replace("id: small", "id: other")
        .replace("title: Small", "title: Other")
        .replace("version: \"1\"", "version: \"0.1\"");
    assert_eq!(copy, renamed);
    assert_eq!(sandbox.run("lint playbooks/other.yaml").code, Some(0));
}

#[test]
fn a_new_set_goes_from_new_to_a_playbook() {
    let sandbox = Sandbox::bare();
    assert_data_eq!(
        sandbox.run("new our-steps --set").shown(),
        str![[r#"
Wrote playbooks/sets/our-steps.yaml: a step set with one step
A playbook takes its step by the line: - use: our-steps/first-step
Next:
  runbook lint playbooks/sets/our-steps.yaml
  runbook list
  runbook schema --set > playbooks/sets/step-set.schema.json   so that an editor completes and checks
--- exit 0
"#]]
    );
    assert_eq!(sandbox.run("lint playbooks/sets/our-steps.yaml").code, Some(0));
    sandbox.ok("new portal-down");
    let path = sandbox.cwd().join("playbooks/portal-down.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let with = text.replacen("    steps:\n", "    steps:\n      - use: our-steps/first-step\n", 1);
    fs::write(&path, with).unwrap();
    assert_eq!(sandbox.json("show portal-down")["steps"][0]["id"], "first-step");
    assert_data_eq!(
        sandbox.run("new our-steps --set").shown(),
        str![[r#"
--- stderr
error: playbooks/sets/our-steps.yaml is there already, and nothing is written over
  → choose another name, or add -o FILE
--- exit 1
"#]]
    );
    assert_data_eq!(
        sandbox.run("new \"Our steps\" --set").shown(),
        str![[r#"
--- stderr
error: "Our steps" is no name for a step set: an id is written with a-z, 0-9 and '-', and starts with a letter or digit
  → runbook new our-steps --set
--- exit 2
"#]]
    );
    assert_data_eq!(
        sandbox.run("new mail --set -o drafts/mail.yaml --json").shown(),
        str![[r#"
{
  "format": 1,
  "set": "mail",
  "file": "drafts/mail.yaml",
  "from": "built-in:sets/mail",
  "next": [
    "runbook lint drafts/mail.yaml",
    "runbook list"
  ]
}
--- exit 0
"#]]
    );
}

/// What was one file each before: the codes on paper and every word have to be the same from any file.
#[test]
fn what_is_shipped_is_whole_without_any_file() {
    for (id, text) in builtin() {
        let book = compile(text).unwrap_or_else(|found| panic!("{id}: {found:#?}")).playbook;
        let sandbox = Sandbox::bare();
        sandbox.ok(&format!("start {id} --no-walk"));
        assert_eq!(pinned(&sandbox), *text, "{id}");
        assert!(!text.contains("- use:"), "{id}");
        assert!(book.phases.len() >= 4, "{id}");
    }
}
