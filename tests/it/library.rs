//! `list`: playbooks before an outage.

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
fn a_started_incident_keeps_its_copy() {
    let sandbox = Sandbox::started();
    sandbox.write("playbooks/every-form.yaml", "runbook: 1\n");
    sandbox.ok("done confirm");
    assert_eq!(
        std::fs::read_to_string(sandbox.incident_folder().join("playbook.yaml")).unwrap(),
        EVERY_FORM
    );
}
