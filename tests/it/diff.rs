//! `diff`: what is different between two playbooks, in words.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;
use crate::support::sandbox::EVERY_FORM;

/// The playbook of the tests after a year in use.
fn revised() -> String {
    let mut text = EVERY_FORM.to_owned();
    for (from, to) in [
        ("version: \"1\"", "version: \"2\""),
        ("target: \"90%\"", "target: \"95%\""),
        ("duty: Does the work.", "duty: Does the work and writes it down."),
        ("  officer: {", "  scribe: {title: Scribe}\n  officer: {"),
        ("due: 10m", "due: 15m"),
        ("Ask two people who do not sit together.", "Ask two people who do not share a room."),
        ("closes: [all-branches]", "opens: [corporate-line]"),
        (
            "title: Open the line for branches\n        when: {scope: corporate}",
            "title: Open the line for branches\n        when: {scope: [local, corporate]}",
        ),
        (
            "opens: [tell-branches]}",
            "opens: [tell-branches], leads_to: ransomware}\n            none: Nobody",
        ),
        ("type: choice, options: [p1, p2]", "type: choice, options: [p1, p2, p3]"),
        ("          engineer: {ask: Who works on it?, required: false}\n", ""),
        ("        critical: true\n        needs: [confirm]\n", "        needs: [scope]\n"),
        ("escalate: {after: 10m, to: deputy}", "escalate: {after: 5m, to: officer}"),
        (
            "      - id: agree\n        role: officer\n        title: Agree to the notice\n        due: 40m\n        approval: {by: officer}\n\n",
            "",
        ),
        (
            "      - id: first-call\n        role: tech\n        title: Call the first patient\n        due: 60m\n        milestone: first-outreach\n\n",
            "",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text + "      - id: first-call\n        role: lead\n        title: Call the first patient\n        \
            due: 60m\n        milestone: first-outreach\n"
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("new.yaml", revised());
    sandbox
}

#[test]
fn every_difference_is_a_sentence() {
    assert_data_eq!(
        sandbox().run("diff every-form new.yaml").shown(),
        str![[r#"
- every-form: Every form, version 1
+ new.yaml: Every form, version 2

Playbook
  version was 1, is now 2

Targets
  step_on_time_rate: target was 90%, is now 95%

Roles
  tech: duty reads: Does the [-work.-] {+work and writes it down.+}
  scribe is new: Scribe

Steps
  agree is gone from first: Agree to the notice
  confirm: do reads: ... people who do not [-sit together.-] {+share a
    room.+}
  confirm: due was 10m, is now 15m
  scope, answer local: now also opens corporate-line
  scope, answer local: no longer closes all-branches
  scope, answer corporate: leads_to is new: ransomware
  scope, answer corporate: no longer opens corporate-line
  scope, answer none is new: Nobody
  ticket, question engineer is gone: Who works on it?
  ticket, question level: type was choice of p1, p2, is now choice of p1, p2,
    p3
  freeze: critical was true, is now false
  freeze: escalate was after 10m to deputy, is now after 5m to officer
  freeze: now also needs scope; no longer needs confirm
  first-call moved from first to recovery
  first-call: role was tech, is now lead
  first-call: due was 1h, is now phase+1h

Short codes
  briefing was F-10, is now F-09; first-call was F-11, is now R-02

22 differences.
--- exit 1
"#]]
    );
}

#[test]
fn the_words_of_a_message() {
    let sandbox = Sandbox::bare();
    sandbox.ok("new email-outage --from email-outage");
    let path = sandbox.cwd().join("playbooks/email-outage.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text.replacen("your pharmacy team needs", "our clinic needs", 1);
    let text = text.replacen("Your pharmacy team needs", "Our clinic needs", 1);
    std::fs::write(&path, text).unwrap();
    assert_data_eq!(
        sandbox.run("diff built-in:email-outage email-outage").shown(),
        str![[r#"
- built-in:email-outage: Email outage, version 2026.2
+ email-outage: Email outage, version 0.1

Playbook
  version was 2026.2, is now 0.1

Messages
  urgent-meds-1: text reads: {site}: our email is down. [-Your pharmacy
    team-] {+Our clinic+} needs to speak with ...

2 differences.
--- exit 1
"#]]
    );
}

#[test]
fn nothing_is_different() {
    let sandbox = Sandbox::new();
    assert_data_eq!(
        sandbox.run("diff every-form playbooks/every-form.yaml").shown(),
        str![[r#"
- every-form: Every form, version 1
+ playbooks/every-form.yaml: Every form, version 1

Nothing is different.
--- exit 0
"#]]
    );
    sandbox.write("comment.yaml", format!("# a comment\n{EVERY_FORM}"));
    assert_data_eq!(
        sandbox.run("diff every-form comment.yaml").shown(),
        str![[r#"
- every-form: Every form, version 1
+ comment.yaml: Every form, version 1

Nothing that is compared is different; only the bytes of the files are.
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("diff every-form comment.yaml --json").shown(),
        str![[r#"
{
  "format": 1,
  "same": true,
  "same_bytes": false,
  "incident": null,
  "mode": null,
  "old": {
    "name": "every-form",
    "id": "every-form",
    "version": "1"
  },
  "new": {
    "name": "comment.yaml",
    "id": "every-form",
    "version": "1"
  },
  "changes": []
}
--- exit 0
"#]]
    );
}

#[test]
fn the_answer_as_json() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "new.yaml",
        EVERY_FORM
            .replacen("due: 10m", "due: 15m", 1)
            .replacen("opens: [tell-branches]", "closes: [tell-branches]", 1)
            .replacen("Ask two people", "Ask three people", 1),
    );
    assert_data_eq!(
        sandbox.run("diff every-form new.yaml --json").shown(),
        str![[r#"
{
  "format": 1,
  "same": false,
  "same_bytes": false,
  "incident": null,
  "mode": null,
  "old": {
    "name": "every-form",
    "id": "every-form",
    "version": "1"
  },
  "new": {
    "name": "new.yaml",
    "id": "every-form",
    "version": "1"
  },
  "changes": [
    {
      "of": "step",
      "id": "confirm",
      "step": null,
      "what": "words",
      "key": "do",
      "was": "Ask two people who do not sit together.",
      "now": "Ask three people who do not sit together.",
      "added": null,
      "removed": null,
      "sentence": "confirm: do reads: Ask [-two-] {+three+} people who do not ..."
    },
    {
      "of": "step",
      "id": "confirm",
      "step": null,
      "what": "value",
      "key": "due",
      "was": "10m",
      "now": "15m",
      "added": null,
      "removed": null,
      "sentence": "confirm: due was 10m, is now 15m"
    },
    {
      "of": "answer",
      "id": "corporate",
      "step": "scope",
      "what": "names",
      "key": "opens",
      "was": null,
      "now": null,
      "added": [],
      "removed": [
        "tell-branches"
      ],
      "sentence": "scope, answer corporate: no longer opens tell-branches"
    },
    {
      "of": "answer",
      "id": "corporate",
      "step": "scope",
      "what": "names",
      "key": "closes",
      "was": null,
      "now": null,
      "added": [
        "tell-branches"
      ],
      "removed": [],
      "sentence": "scope, answer corporate: now also closes tell-branches"
    }
  ]
}
--- exit 1
"#]]
    );
}

#[test]
fn the_copy_of_an_incident_against_the_playbook_now() {
    let sandbox = Sandbox::started();
    let before = sandbox.incident_folder();
    let before = std::fs::read_dir(before.join("journal")).unwrap().count();
    assert_data_eq!(
        sandbox.run("diff --incident latest").shown(),
        str![[r#"
- every-form-YYYYMMDD-RRRR, as started: Every form, version 1
+ every-form: Every form, version 1

Nothing is different.
--- exit 0
"#]]
    );
    sandbox.write("playbooks/every-form.yaml", EVERY_FORM.replacen("due: 10m", "due: 15m", 1));
    assert_data_eq!(
        sandbox.run("diff --incident latest").shown(),
        str![[r#"
- every-form-YYYYMMDD-RRRR, as started: Every form, version 1
+ every-form: Every form, version 1

Steps
  confirm: due was 10m, is now 15m

1 difference.
--- exit 1
"#]]
    );
    sandbox.write("new.yaml", EVERY_FORM.replacen("due: 10m", "due: 5m", 1));
    let other = sandbox.run("diff --incident latest new.yaml --json");
    let answer: serde_json::Value = serde_json::from_str(&other.out).unwrap();
    assert_eq!((other.code, &answer["changes"][0]["now"]), (Some(1), &"5m".into()));
    assert_eq!(answer["incident"], sandbox.incident().as_str());
    assert_eq!(sandbox.journals().len(), before);
}

#[test]
fn an_exercise_says_so_on_every_line() {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --exercise --no-walk");
    sandbox.write("playbooks/every-form.yaml", EVERY_FORM.replacen("due: 10m", "due: 15m", 1));
    let ran = sandbox.run("diff --incident latest-exercise");
    assert_eq!(ran.code, Some(1));
    for line in ran.out.lines() {
        assert!(line.starts_with("EXERCISE") && line.len() <= 80, "{line}");
    }
}

#[test]
fn what_cannot_be_compared() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("diff every-form").shown(),
        str![[r#"
--- stderr
error: the following required arguments were not provided:
  <B>

Usage: runbook diff <A> <B>

For more information, try '--help'.
--- exit 2
"#]]
    );
    assert_data_eq!(
        sandbox.run("diff every-form every-frm").shown(),
        str![[r#"
--- stderr
error: there is no playbook "every-frm"
  → did you mean "every-form"?
  → runbook list shows all playbooks
--- exit 2
"#]]
    );
    let unknown = sandbox.run("diff built-in:every-form every-form");
    assert!(unknown.err.contains("there is no built-in playbook \"every-form\""), "{unknown:?}");
    assert!(unknown.err.contains("built in are email-outage, "), "{unknown:?}");
    assert_eq!(unknown.code, Some(2));
    assert_eq!(sandbox.run("diff").code, Some(2));
    assert_eq!(sandbox.run("diff a b --incident latest").code, Some(2));
    assert_eq!(sandbox.run("diff --incident nothing").code, Some(2));
    sandbox.write("bad.yaml", EVERY_FORM.replacen("role: lead", "role: laed", 1));
    let bad = sandbox.run("diff every-form bad.yaml");
    assert_eq!((bad.code, bad.out.as_str()), (Some(3), ""));
    std::fs::remove_file(sandbox.cwd().join("playbooks/every-form.yaml")).unwrap();
    assert_data_eq!(
        sandbox.run("diff --incident latest").shown(),
        str![[r#"
--- stderr
error: there is no playbook "every-form"
  → runbook list shows all playbooks
  → to name the other one: runbook diff --incident every-form-YYYYMMDD-RRRR FILE
--- exit 2
"#]]
    );
}

#[test]
fn every_line_fits() {
    let ran = Sandbox::bare().run("diff email-outage ransomware");
    assert_eq!(ran.code, Some(1));
    for line in ran.out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}
