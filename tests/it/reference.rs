//! `reference`: what people look up, and a site's own copies of it.

use outage_runbook::reference::builtin;
use snapbox::{assert_data_eq, file, str};

use super::schema::{as_editor, faults};
use crate::support::Sandbox;

fn schema() -> serde_json::Value {
    serde_json::from_str(&Sandbox::bare().ok("schema --reference")).unwrap()
}

#[test]
fn all_files_are_listed() {
    assert_data_eq!(
        Sandbox::bare().run("reference").shown(),
        str![[r#"
NAME            TITLE                            ENTRIES  CHECKED     FROM
channels        Channels compared, and what      18       2026-11-25  built-in
                each may carry
backup-tools    Backup tools                     5        2026-11-25  built-in
service-levels  Service levels                   5        2026-11-25  built-in
rules           Legal clocks and rules           23       2026-11-25  built-in
states          State table for emergency        6        2026-11-25  built-in
                supplies
messages        Message templates and scripts    27       2026-11-25  built-in
documents       Documents for patients, the      4        2026-11-25  built-in
                public and staff
--- exit 0
"#]]
    );
}

#[test]
fn channels_on_a_screen() {
    let shown = Sandbox::bare().ok("reference channels");
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    assert_data_eq!(shown, file!["paper/channels.txt"].raw());
}

#[test]
fn service_levels_with_the_minutes_that_they_allow() {
    assert_data_eq!(
        Sandbox::bare().run("reference service-levels").shown(),
        str![[r#"
Service levels (service-levels, built-in)
The shares are those that the source names; nobody has held them against a
contract. Yours is what counts: what it measures, what it leaves out, what it
pays. 99.9 % in 30 days still allows 43 minutes, which is longer than a patient
may wait for insulin advice. Ask each vendor: what is redundant, and across
what; what happens to sign-in; who calls us, when; what telehealth does on a
bad line; SOC 2 or HITRUST; is a business associate agreement signed?

microsoft-365: Microsoft 365: 99.9 % allows 43.2 minutes down in 30 days
  agreement on file: none in this file: what you have signed belongs in
      your own copy
  source: Guide to system outages for clinics, comparison of services
      (article, 2026); checked 2026-11-25

simplymed: SimplyMed Cloud Platform: 99.99 % allows 4.32 minutes down in 30
days
  agreement on file: none in this file: what you have signed belongs in
      your own copy
  source: Guide to system outages for clinics, comparison of services
      (article, 2026); checked 2026-11-25

google-workspace: Google Workspace: 99.9 % allows 43.2 minutes down in 30 days
  agreement on file: none in this file: what you have signed belongs in
      your own copy
  source: Guide to system outages for clinics, comparison of services
      (article, 2026); checked 2026-11-25

aws: Amazon AWS Health: 99.95 % allows 21.6 minutes down in 30 days
  agreement on file: none in this file: what you have signed belongs in
      your own copy
  source: Guide to system outages for clinics, comparison of services
      (article, 2026); checked 2026-11-25

on-premise: Servers on site: varies
  agreement on file: none in this file: what you have signed belongs in
      your own copy
  source: Guide to system outages for clinics, comparison of services
      (article, 2026); checked 2026-11-25
--- exit 0
"#]]
    );
}

#[test]
fn rules_and_clocks() {
    let shown = Sandbox::bare().ok("reference rules");
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    assert_data_eq!(shown, file!["paper/rules.txt"].raw());
}

#[test]
fn a_proposed_rule_says_so_on_the_screen_and_in_json() {
    let sandbox = Sandbox::bare();
    let shown = sandbox.ok("reference rules");
    let stamped: Vec<&str> =
        shown.lines().filter(|line| line.contains("PROPOSED, not in force: ")).collect();
    assert_eq!(stamped.len(), 3, "{stamped:?}");
    assert!(!shown.to_lowercase().contains("hipaa requires 72"));
    let rules = sandbox.json("reference rules");
    let restore =
        rules["rules"].as_array().unwrap().iter().find(|rule| rule["id"] == "restore-72h");
    let restore = restore.unwrap();
    assert_eq!(
        (&restore["status"], &restore["clock"]),
        (&"proposed".into(), &serde_json::Value::Null)
    );
    assert_eq!(restore["checked"], "2026-11-25");
}

#[test]
fn json_has_every_key() {
    let sandbox = Sandbox::bare();
    let list = sandbox.json("reference");
    assert_eq!(list["format"], 1);
    assert_eq!(list["files"].as_array().unwrap().len(), builtin().len());
    let levels = sandbox.json("reference service-levels");
    assert_eq!(levels["service_levels"][0]["uptime"]["minutes_down_in_30_days"], 43.2);
    assert!(levels["service_levels"][4]["uptime"].is_null());
    assert!(levels["service_levels"][0]["agreement"].is_null());
    let states = sandbox.json("reference states");
    let ct = states["states"].as_array().unwrap().iter().find(|one| one["state"] == "CT").unwrap();
    assert!(ct["emergency_refill"].is_null() && ct["downtime_log"].is_string(), "{ct}");
}

#[test]
fn a_reference_file_is_no_playbook() {
    let sandbox = Sandbox::bare();
    let text = builtin()[0].1;
    sandbox.write("playbooks/reference/channels.yaml", text);
    let listed = sandbox.json("list");
    let names: Vec<&str> = listed["playbooks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), 7, "{names:?}");
    assert_eq!(sandbox.run("show channels").code, Some(2));
    assert_eq!(sandbox.run("start playbooks/reference/channels.yaml --no-walk").code, Some(3));
}

#[test]
fn lint_knows_a_reference_file() {
    let sandbox = Sandbox::bare();
    for (name, text) in builtin() {
        sandbox.write(&format!("playbooks/reference/{name}.yaml"), text);
        let said = sandbox.ok(&format!("lint playbooks/reference/{name}.yaml"));
        assert_eq!(said, format!("playbooks/reference/{name}.yaml: ok, nothing to report\n"));
    }
    sandbox.write(
        "mine.yaml",
        "runbook-reference: 1\ntitle: Mine\nsource: me\nchecked: 2026-1-2\nrules:\n  a: {title: A, text: T, citation: C, status: propsed}\n",
    );
    assert_data_eq!(
        sandbox.run("lint mine.yaml").shown(),
        str![[r#"
mine.yaml: invalid, 2 findings
--- stderr
error: "2026-1-2" is not a day
 --> mine.yaml:4:10
  |
4 | checked: 2026-1-2
  |          ^^^^^^^^
  |
  = help: write it as YYYY-MM-DD, such as 2027-05-31

error: there is no status "propsed"
 --> mine.yaml:6:47
  |
6 |   a: {title: A, text: T, citation: C, status: propsed}
  |                                               ^^^^^^^
  |
  = help: did you mean "proposed"?
--- exit 3
"#]]
    );
}

#[test]
fn the_sites_copy_is_used_and_a_broken_one_is_not() {
    let sandbox = Sandbox::bare();
    let own = "runbook-reference: 1\ntitle: Our states\nsource: our board\nchecked: 2026-10-01\nstates:\n  vt: {limit: 72 hours, citation: X 1, status: unchecked}\n";
    sandbox.write("playbooks/reference/states.yaml", own);
    assert_data_eq!(
        sandbox.run("reference states").shown(),
        str![[r#"
Our states (states, playbooks/reference/states.yaml)

VT: UNCHECKED, ask counsel: as far as somebody has checked
  Limit: 72 hours
  citation: X 1 (unchecked)
  source: our board; checked 2026-10-01
--- exit 0
"#]]
    );
    sandbox.write("playbooks/reference/states.yaml", "states: [");
    let ran = sandbox.run("reference states");
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.contains("State table for emergency supplies (states, built-in)"), "{ran:?}");
    assert!(ran.err.starts_with("note: playbooks/reference/states.yaml cannot be used: the one in the program is used instead\n"), "{ran:?}");
}

#[test]
fn an_unknown_name_lists_the_known_ones() {
    assert_data_eq!(
        Sandbox::bare().run("reference rule").shown(),
        str![[r#"
--- stderr
error: there is no reference file "rule"
  → did you mean "rules"?
  → the files are channels, backup-tools, service-levels, rules, states, messages, documents
--- exit 2
"#]]
    );
}

#[test]
fn the_committed_schema_is_the_printed_one_and_accepts_what_is_shipped() {
    let printed = Sandbox::bare().ok("schema --reference");
    assert_data_eq!(printed, file!["../../playbooks/reference/reference.schema.json"].raw());
    let schema = schema();
    for (name, text) in builtin() {
        assert_eq!(faults(&schema, &as_editor(text)), Vec::<String>::new(), "{name}");
        let modeline = "# yaml-language-server: $schema=./reference.schema.json";
        assert_eq!(text.lines().next(), Some(modeline), "{name}");
    }
    for (section, entry) in [
        ("rules", r#"{"a": {"title": "A", "text": "T", "citation": "C", "status": "law"}}"#),
        ("caps", r#"{"a": {"title": "A", "phi": 4}}"#),
        ("service_levels", r#"{"a": {"title": "A", "uptime": "most"}}"#),
        ("documents", r#"{"a": {"title": "A", "audience": "dogs", "text": "T"}}"#),
        ("chanels", "{}"),
    ] {
        let text = format!(r#"{{"runbook-reference": 1, "title": "T", "{section}": {entry}}}"#);
        assert_ne!(
            faults(&schema, &serde_json::from_str(&text).unwrap()),
            Vec::<String>::new(),
            "{section}"
        );
    }
}
