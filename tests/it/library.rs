//! `list`, `lint`: playbooks before an outage.

use outage_runbook::playbook::{builtin_files, builtin_sets};
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;
use crate::support::sandbox::EVERY_FORM;

#[test]
fn the_nearest_place_comes_first() {
    let sandbox = Sandbox::new();
    let list = sandbox.json("list");
    let books: Vec<(&str, &str)> = list["playbooks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|book| (book["id"].as_str().unwrap(), book["origin"].as_str().unwrap()))
        .collect();
    assert!(books.contains(&("every-form", "playbooks/every-form.yaml")), "{books:?}");
    assert!(books.iter().any(|(id, _)| *id == "email-outage"), "{books:?}");
    sandbox.write(
        "playbooks/email-outage.yaml",
        EVERY_FORM.replace("id: every-form", "id: email-outage"),
    );
    assert!(sandbox.ok("show email-outage").contains("Every form"));
}

#[test]
fn a_playbook_of_the_user_is_found_from_anywhere() {
    let sandbox = Sandbox::bare();
    std::fs::create_dir_all(sandbox.home().join("playbooks")).unwrap();
    std::fs::write(sandbox.home().join("playbooks/every-form.yaml"), EVERY_FORM).unwrap();
    sandbox.ok("start every-form --at 2025-01-22T14:05Z");
}

#[test]
fn lint_of_a_sound_file() {
    let sandbox = Sandbox::new();
    assert_data_eq!(
        sandbox.run("lint playbooks/every-form.yaml").shown(),
        str![[r#"
playbooks/every-form.yaml: ok, nothing to report
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("lint playbooks/every-form.yaml --json").shown(),
        str![[r#"
{
  "format": 1,
  "ok": true,
  "files": [
    {
      "file": "playbooks/every-form.yaml",
      "ok": true,
      "findings": []
    }
  ]
}
--- exit 0
"#]]
    );
}

#[test]
fn lint_says_where_and_what_instead() {
    let sandbox = Sandbox::new();
    sandbox.write("bad.yaml", EVERY_FORM.replacen("role: lead", "role: laed", 1));
    assert_data_eq!(
        sandbox.run("lint bad.yaml").shown(),
        str![[r#"
bad.yaml: invalid, 1 finding
--- stderr
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
    assert_data_eq!(
        sandbox.run("lint missing.yaml").shown(),
        str![[r#"
--- stderr
error: missing.yaml: No such file or directory (os error 2)
--- exit 2
"#]]
    );
}

#[test]
fn shipped_playbooks_have_no_finding() {
    let sandbox = Sandbox::bare();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks");
    let mut linted = 0;
    for folder in [folder.join("sets"), folder] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "yaml") {
                let ran = sandbox.run_words(&["lint", path.to_str().unwrap()]);
                assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", path.display());
                linted += 1;
            }
        }
    }
    // A test stands beside each playbook.
    assert_eq!(linted, 2 * builtin_files().len() + builtin_sets().len());
}

#[test]
fn a_started_incident_keeps_its_copy() {
    let sandbox = Sandbox::started();
    sandbox.write("playbooks/every-form.yaml", "runbook: 1\n");
    sandbox.ok("done confirm");
    assert_eq!(
        std::fs::read_to_string(sandbox.incident_folder().join("playbook.yaml")).unwrap(),
        EVERY_FORM
    );
}
