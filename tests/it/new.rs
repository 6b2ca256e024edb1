//! `new`: a playbook to begin with, never over an existing file.

use std::fs;

use outage_runbook::playbook::{STARTER, builtin, compile};
use outage_runbook::world::Clock;
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;
use crate::support::sandbox::EVERY_FORM;

#[test]
fn the_starter_goes_from_new_to_a_drill() {
    let sandbox = Sandbox::bare();
    assert_data_eq!(
        sandbox.run("new portal-down").shown(),
        str![[r#"
Wrote playbooks/portal-down.yaml: a starter with a step of every form
Next:
  runbook lint playbooks/portal-down.yaml
  runbook show portal-down
  runbook test portal-down --draft > playbooks/portal-down.test.yaml
  runbook start portal-down --exercise
  runbook schema > playbooks/playbook.schema.json   so that an editor completes and checks
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("lint playbooks/portal-down.yaml").shown(),
        str![[r#"
playbooks/portal-down.yaml: ok, 3 findings
--- stderr
warning[M01]: nobody approved template "urgent-1"
  --> playbooks/portal-down.yaml:61:3
   |
61 |   urgent-1:
   |   ^^^^^^^^
   |
   = help: read it with your name and number in it, then add `approved: {by: …, on: …, until: …}`

warning[M01]: nobody approved template "urgent-2"
  --> playbooks/portal-down.yaml:67:3
   |
67 |   urgent-2:
   |   ^^^^^^^^
   |
   = help: read it with your name and number in it, then add `approved: {by: …, on: …, until: …}`

warning[M01]: nobody approved template "urgent-3"
  --> playbooks/portal-down.yaml:72:3
   |
72 |   urgent-3:
   |   ^^^^^^^^
   |
   = help: read it with your name and number in it, then add `approved: {by: …, on: …, until: …}`
--- exit 0
"#]]
    );
    let text = fs::read_to_string(sandbox.cwd().join("playbooks/portal-down.yaml")).unwrap();
    assert_eq!(text.lines().count(), STARTER.lines().count());
    let book = compile(&text).unwrap().playbook;
    assert_eq!((book.id.as_str(), book.title.as_str()), ("portal-down", "Portal down"));
    sandbox.ok("show portal-down");
    sandbox.ok("start portal-down --exercise --no-walk");
}

#[test]
fn a_new_playbook_is_fresh_for_a_year() {
    let sandbox = Sandbox::bare();
    sandbox.ok("new portal-down");
    let text = fs::read_to_string(sandbox.cwd().join("playbooks/portal-down.yaml")).unwrap();
    let day = compile(&text).unwrap().playbook.review_by.unwrap();
    let days = (day - Clock::System.now().utc().date_naive()).num_days();
    assert!((364..=367).contains(&days), "{day}");
}

#[test]
fn a_copy_keeps_its_comments() {
    let sandbox = Sandbox::bare();
    assert_data_eq!(
        sandbox.run("new portal-down --from email-outage -o drafts/phones.yaml").shown(),
        str![[r#"
Wrote drafts/phones.yaml: a copy of email-outage, with its comments; title and version start anew
Next:
  runbook lint drafts/phones.yaml
  runbook show drafts/phones.yaml
  runbook test drafts/phones.yaml --draft > drafts/phones.test.yaml
  runbook start drafts/phones.yaml --exercise
  runbook schema > drafts/playbook.schema.json   so that an editor completes and checks
--- exit 0
"#]]
    );
    let copy = fs::read_to_string(sandbox.cwd().join("drafts/phones.yaml")).unwrap();
    let (_, original) = builtin().iter().find(|(id, _)| *id == "email-outage").unwrap();
    let changed: Vec<&str> = copy
        .lines()
        .zip(original.lines())
        .filter(|(new, old)| new != old)
        .map(|(new, _)| new)
        .collect();
    assert_eq!(changed, ["id: portal-down", "title: Portal down", "version: \"0.1\""]);
    assert_eq!(copy.lines().count(), original.lines().count());
    assert_eq!(sandbox.run("show drafts/phones.yaml").code, Some(0));
}

#[test]
fn a_site_makes_its_own_copy_of_a_built_in_one() {
    let sandbox = Sandbox::bare();
    sandbox.write("playbooks/playbook.schema.json", "{}");
    assert_data_eq!(
        sandbox.run("new ransomware --from ransomware").shown(),
        str![[r#"
Wrote playbooks/ransomware.yaml: a copy of ransomware, with its comments; version starts anew
Next:
  runbook lint playbooks/ransomware.yaml
  runbook show ransomware
  runbook test ransomware --draft > playbooks/ransomware.test.yaml
  runbook start ransomware --exercise
--- exit 0
"#]]
    );
    let list = sandbox.json("list");
    let own = list["playbooks"].as_array().unwrap().iter().find(|book| book["id"] == "ransomware");
    assert_eq!(own.unwrap()["origin"], "playbooks/ransomware.yaml");
}

#[test]
fn the_answer_as_json() {
    let sandbox = Sandbox::new();
    assert_data_eq!(
        sandbox
            .run("new other --from playbooks/every-form.yaml -o \"my books/other.yml\" --json")
            .shown(),
        str![[r#"
{
  "format": 1,
  "playbook": "other",
  "file": "my books/other.yml",
  "from": "every-form",
  "next": [
    "runbook lint /"my books/other.yml/"",
    "runbook show /"my books/other.yml/"",
    "runbook test /"my books/other.yml/" --draft > /"my books/other.test.yaml/"",
    "runbook start /"my books/other.yml/" --exercise"
  ]
}
--- exit 0
"#]]
    );
}

#[test]
fn nothing_is_written_over() {
    let sandbox = Sandbox::new();
    sandbox.write("mine.yaml", "mine");
    let before = sandbox.everything();
    assert_data_eq!(
        sandbox.run("new other -o mine.yaml").shown(),
        str![[r#"
--- stderr
error: mine.yaml is there already, and nothing is written over
  → choose another name, or add -o FILE
--- exit 1
"#]]
    );
    assert_data_eq!(
        sandbox.run("new every-form --from every-form").shown(),
        str![[r#"
--- stderr
error: playbooks/every-form.yaml is there already, and nothing is written over
  → choose another name, or add -o FILE
--- exit 1
"#]]
    );
    assert_data_eq!(
        sandbox.run("new email-outage").shown(),
        str![[r#"
--- stderr
error: there is a playbook email-outage already (built-in), and this would take its place
  → choose another name
  → or, for the site's own copy of it: runbook new email-outage --from email-outage
--- exit 1
"#]]
    );
    assert_data_eq!(
        sandbox.run("new ransomware --from every-form").shown(),
        str![[r#"
--- stderr
error: there is a playbook ransomware already (built-in), and this would take its place
  → choose another name
  → or, for the site's own copy of it: runbook new ransomware --from ransomware
--- exit 1
"#]]
    );
    assert_eq!(sandbox.everything(), before);
}

#[cfg(unix)]
#[test]
fn a_link_that_points_at_nothing_is_something() {
    let sandbox = Sandbox::bare();
    std::os::unix::fs::symlink("elsewhere", sandbox.cwd().join("a.yaml")).unwrap();
    assert_eq!(sandbox.run("new other -o a.yaml").code, Some(1));
    assert!(!sandbox.cwd().join("elsewhere").exists());
}

#[test]
fn a_name_is_an_id() {
    let sandbox = Sandbox::bare();
    let before = sandbox.everything();
    assert_data_eq!(
        sandbox.run("new \"Portal Down!\"").shown(),
        str![[r#"
--- stderr
error: "Portal Down!" is no name for a playbook: an id is written with a-z, 0-9 and '-', and starts with a letter or digit
  → runbook new portal-down
--- exit 2
"#]]
    );
    assert_data_eq!(
        sandbox.run("new ../etc").shown(),
        str![[r#"
--- stderr
error: "../etc" is no name for a playbook: an id is written with a-z, 0-9 and '-', and starts with a letter or digit
  → runbook new etc
--- exit 2
"#]]
    );
    assert_data_eq!(
        sandbox.run("new con").shown(),
        str![[r#"
--- stderr
error: "con" is no name for a playbook: this word is reserved by Windows for a device
  → for example: runbook new portal-down
--- exit 2
"#]]
    );
    assert_data_eq!(
        sandbox.run("new phones -o phones.txt").shown(),
        str![[r#"
--- stderr
error: phones.txt would not be taken for a playbook: no .yaml at its end
  → -o phones.yaml
--- exit 2
"#]]
    );
    assert_eq!(sandbox.run("new").code, Some(2));
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn only_a_sound_playbook_is_copied() {
    let sandbox = Sandbox::bare();
    sandbox.write("bad.yaml", EVERY_FORM.replacen("role: lead", "role: laed", 1));
    sandbox.write("odd.yaml", EVERY_FORM.replacen("title: Every form", "title: |-\n  Every\n", 1));
    assert_data_eq!(
        sandbox.run("new other --from bad.yaml").shown(),
        str![[r#"
--- stderr
error: bad.yaml is not a valid playbook

error: role "laed" is not defined
  --> bad.yaml:33:15
   |
33 |         role: laed
   |               ^^^^
   |
   = help: did you mean "lead"?
--- exit 3
"#]]
    );
    let odd = sandbox.run("new other --from odd.yaml");
    assert!(matches!(odd.code, Some(0 | 3)), "{odd:?}");
    assert_data_eq!(
        sandbox.run("new other --from email-outge").shown(),
        str![[r#"
--- stderr
error: there is no playbook "email-outge"
  → did you mean "email-outage"?
  → runbook list shows all playbooks
--- exit 2
"#]]
    );
    assert_eq!(sandbox.run("new other2 --from nothing.yaml").code, Some(2));
}
