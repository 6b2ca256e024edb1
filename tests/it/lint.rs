//! `lint`: what is wrong or doubtful in a playbook, by code; what is accepted; what the rules are about.

use std::path::Path;

use outage_runbook::playbook::{Acceptance, Rule, Severity, builtin_files, builtin_sets};
use serde_json::Value;
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;
use crate::support::sandbox::{EVERY_FORM, Ran};

/// A playbook that nobody objects to: the one that the unit tests of the rules change.
const SOUND: &str = include_str!("../../src/playbook/lint/tests/base.yaml");

/// Approved for ever, as far as these tests are concerned: the day of the tests is any day.
fn sound() -> String {
    SOUND
        .replace(", until: 2026-11-25", ", until: 2099-12-31")
        .replace(", until: 2027-05-31", ", until: 2099-12-31")
        .replace("on: 2026-06-01}", "on: 2026-06-01, until: 2099-12-31}")
        .replace("on: 2026-06-01", "on: 2020-06-01")
        .replace("review_by: 2027-05-31", "review_by: 2099-12-31")
}

fn with(from: &str, to: &str) -> Sandbox {
    let sandbox = Sandbox::bare();
    assert!(sound().contains(from), "{from}");
    sandbox.write("mine.yaml", sound().replace(from, to));
    sandbox
}

fn fields(linted: &Value) -> Vec<(&str, &str, u64, u64)> {
    let found = linted["files"][0]["findings"].as_array().unwrap();
    found
        .iter()
        .map(|one| {
            let code = one["code"].as_str().unwrap_or("-");
            let number = |key: &str| one[key].as_u64().unwrap();
            (one["severity"].as_str().unwrap(), code, number("line"), number("column"))
        })
        .collect()
}

fn words(ran: &Ran, word: &str) -> usize {
    ran.err.matches(word).count()
}

#[test]
fn a_sound_file() {
    let sandbox = with("", "");
    assert_data_eq!(
        sandbox.run("lint --strict mine.yaml").shown(),
        str![[r#"
mine.yaml: ok, nothing to report
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("lint mine.yaml --json").shown(),
        str![[r#"
{
  "format": 1,
  "ok": true,
  "clean": true,
  "files": [
    {
      "file": "mine.yaml",
      "ok": true,
      "findings": [],
      "accepted": []
    }
  ]
}
--- exit 0
"#]]
    );
}

#[test]
fn an_error_says_where_and_what_instead() {
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
    assert_data_eq!(
        sandbox.run("lint missing").shown(),
        str![[r#"
--- stderr
error: there is no playbook "missing"
  → runbook list shows all playbooks
--- exit 2
"#]]
    );
}

#[test]
fn an_exercise_in_a_playbook_is_doubted_and_may_be_accepted() {
    const EXERCISE: &str = "exercises:\n  - {id: hour, title: An hour, injects: [{id: i1, at: 1m, text: It is on.}]}\n";
    let sandbox = Sandbox::bare();
    sandbox.write("mine.yaml", sound() + EXERCISE);
    assert_data_eq!(
        sandbox.run("lint --strict mine.yaml").shown(),
        str![[r#"
mine.yaml: doubtful, 1 finding
--- stderr
warning[X01]: players can read this exercise in the copy of the playbook that they play by
  --> mine.yaml:93:10
   |
93 |   - {id: hour, title: An hour, injects: [{id: i1, at: 1m, text: It is on.}]}
   |          ^^^^
   |
   = help: move it into playbooks/exercises/hour.yaml
--- exit 3
"#]]
    );
    let accept = "accept: [{rule: X01, at: hour, reason: Everybody may read this one}]\n";
    sandbox.write("mine.yaml", sound() + EXERCISE + accept);
    assert_data_eq!(
        sandbox.run("lint --strict mine.yaml").shown(),
        str![[r#"
mine.yaml: ok, nothing to report, 1 accepted (see --all)
--- exit 0
"#]]
    );
}

#[test]
fn a_doubt_has_a_code_and_fails_only_where_that_is_asked() {
    let sandbox = with("please call {phone} today.", "your insulin waits, call {phone}.");
    assert_data_eq!(
        sandbox.run("lint mine.yaml").shown(),
        str![[r#"
mine.yaml: ok, 1 finding
--- stderr
warning[M08]: "insulin" names a medicine: level 3, and channel "sms" carries 1
  --> mine.yaml:23:25
   |
23 |     text: "{site}: your insulin waits, call {phone}. Reply STOP to opt out."
   |                         ^^^^^^^
   |
   = help: say "please call" instead, or use a channel that may carry it
--- exit 0
"#]]
    );
    let strict = sandbox.run("lint --strict mine.yaml");
    assert_eq!((strict.code, strict.out.as_str()), (Some(3), "mine.yaml: doubtful, 1 finding\n"));
    assert_data_eq!(
        sandbox.run("lint --strict --json mine.yaml").shown(),
        str![[r#"
{
  "format": 1,
  "ok": true,
  "clean": false,
  "files": [
    {
      "file": "mine.yaml",
      "ok": true,
      "findings": [
        {
          "severity": "warning",
          "code": "M08",
          "set": null,
          "used_on_line": null,
          "line": 23,
          "column": 25,
          "what": "/"insulin/" names a medicine: level 3, and channel /"sms/" carries 1",
          "help": "say /"please call/" instead, or use a channel that may carry it",
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
fn errors_that_authors_ask_about_have_a_code_too() {
    let sandbox = with("needs: [look]", "needs: [tell, lok]");
    let ran = sandbox.run("lint mine.yaml --json");
    let linted: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(ran.code, Some(3));
    assert_eq!(fields(&linted), [("error", "E01", 60, 17), ("error", "-", 60, 23)]);
    assert_eq!(linted["files"][0]["findings"][1]["code"], Value::Null);
}

#[test]
fn what_is_accepted_is_counted_and_shown_where_that_is_asked() {
    let accept = "accept:\n  - {rule: M03, at: two, reason: Nobody there has a phone}\nphases:";
    let sandbox = Sandbox::bare();
    let text = sound().replace("    channel: app\n    fallback: phone\n", "    channel: app\n");
    sandbox.write("mine.yaml", text.replace("phases:", accept));
    assert_data_eq!(
        sandbox.run("lint --strict mine.yaml").shown(),
        str![[r#"
mine.yaml: ok, nothing to report, 1 accepted (see --all)
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("lint --strict --all mine.yaml").shown(),
        str![[r#"
mine.yaml: ok, nothing to report, 1 accepted
--- stderr
accepted[M03]: template "two" has no second channel
  --> mine.yaml:24:3
   |
24 |   two:
   |   ^^^
   |
   = reason: Nobody there has a phone
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("lint mine.yaml --json").shown(),
        str![[r#"
{
  "format": 1,
  "ok": true,
  "clean": true,
  "files": [
    {
      "file": "mine.yaml",
      "ok": true,
      "findings": [],
      "accepted": [
        {
          "severity": "warning",
          "code": "M03",
          "set": null,
          "used_on_line": null,
          "line": 24,
          "column": 3,
          "what": "template /"two/" has no second channel",
          "help": "write another channel, such as `fallback: phone`",
          "reason": "Nobody there has a phone"
        }
      ]
    }
  ]
}
--- exit 0
"#]]
    );
    // What it was accepted for has been mended.
    sandbox.write("mine.yaml", sound().replace("phases:", accept));
    assert_data_eq!(
        sandbox.run("lint mine.yaml").shown(),
        str![[r#"
mine.yaml: ok, 1 finding
--- stderr
warning[A01]: M03 finds nothing at "two" to accept
  --> mine.yaml:37:12
   |
37 |   - {rule: M03, at: two, reason: Nobody there has a phone}
   |            ^^^
   |
   = help: delete it, or correct the place
--- exit 0
"#]]
    );
}

#[test]
fn a_doubt_about_a_shared_step_is_told_in_its_step_set() {
    let step = "- id: fix\n        role: tech\n        title: Restore it\n        due: 2h\n";
    let sandbox = with(step, "- use: core/fix   # how we always do it\n");
    let set = "runbook-steps: 1\nid: core\ntitle: Core\nversion: \"1\"\nsteps:\n  \
               - id: fix\n    role: tech\n    title: Email the vendor\n    due: 2h\n";
    sandbox.write("sets/core.yaml", set);
    assert_data_eq!(
        sandbox.run("lint mine.yaml").shown(),
        str![[r#"
mine.yaml: ok, 1 finding
--- stderr
warning[D02]: this is done with "email", which is down
 --> sets/core.yaml:8:12
  |
8 |     title: Email the vendor
  |            ^^^^^
  |
  = note: used in mine.yaml:64:9
  = help: say how it is done without: by phone, in person, on paper
--- exit 0
"#]]
    );
    let json = sandbox.json("lint mine.yaml");
    let found = &json["files"][0]["findings"][0];
    assert_eq!((&found["set"], &found["used_on_line"]), (&"sets/core.yaml".into(), &64.into()));
    // Whether a step is doubtful is a question to the playbook that uses it, and so is the answer.
    assert_eq!(
        sandbox.ok("lint --strict sets/core.yaml"),
        "sets/core.yaml: ok, nothing to report\n"
    );
    let book = std::fs::read_to_string(sandbox.cwd().join("mine.yaml")).unwrap();
    let accept = "accept: [{rule: D02, at: fix, reason: Their mail is not ours}]\nphases:";
    sandbox.write("mine.yaml", book.replace("phases:", accept));
    assert_data_eq!(
        sandbox.run("lint --strict --all mine.yaml").shown(),
        str![[r#"
mine.yaml: ok, nothing to report, 1 accepted
--- stderr
accepted[D02]: this is done with "email", which is down
 --> sets/core.yaml:8:12
  |
8 |     title: Email the vendor
  |            ^^^^^
  |
  = note: used in mine.yaml:65:9
  = reason: Their mail is not ours
--- exit 0
"#]]
    );
    // With an error in the step set there is no advice: the step is missing.
    sandbox.write("sets/core.yaml", set.replace("due: 2h", "due: soon"));
    assert_data_eq!(
        sandbox.run("lint mine.yaml").shown(),
        str![[r#"
mine.yaml: invalid, 1 finding
--- stderr
error: `due`: "soon" is not a length of time
 --> sets/core.yaml:9:10
  |
9 |     due: soon
  |          ^^^^
  |
  = note: used in mine.yaml:65:9
  = help: write it as `15m`, `2h`, `1h30m` or `3d`
--- exit 3
"#]]
    );
}

#[test]
fn several_files_and_names() {
    let sandbox = with("    approved: {by: Ana Diaz, on: 2020-06-01, until: 2099-12-31}\n", "");
    sandbox.write("playbooks/other.yaml", sound().replace("id: base", "id: other"));
    let ran = sandbox.run("lint --strict mine.yaml other email-outage built-in:ransomware");
    assert_data_eq!(
        &ran.out,
        str![[r#"
mine.yaml: doubtful, 3 findings
playbooks/other.yaml: ok, nothing to report
built-in:email-outage: ok, nothing to report, 10 accepted (see --all)
built-in:ransomware: ok, nothing to report, 11 accepted (see --all)

"#]]
    );
    assert_eq!((ran.code, words(&ran, "warning[M01]")), (Some(3), 3));
}

#[test]
fn shipped_playbooks_lint_clean_under_the_strictest_setting() {
    let sandbox = Sandbox::bare();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks");
    let mut linted = 0;
    for folder in [folder.join("sets"), folder] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "yaml") {
                let ran = sandbox.run_words(&["lint", "--strict", path.to_str().unwrap()]);
                assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", path.display());
                linted += 1;
            }
        }
    }
    // A test stands beside each playbook.
    assert_eq!(linted, 2 * builtin_files().len() + builtin_sets().len());
}

#[test]
fn a_site_that_makes_its_own_copy_hears_what_the_shipped_one_accepts() {
    let sandbox = Sandbox::bare();
    sandbox.ok("new email-outage --from email-outage");
    let ran = sandbox.run("lint playbooks/email-outage.yaml");
    assert_eq!(ran.out, "playbooks/email-outage.yaml: ok, 11 findings\n");
    assert_eq!((words(&ran, "warning[M01]"), words(&ran, "warning[A01]")), (10, 1));
    assert!(ran.err.contains("this was accepted for version 2026.2, and this is 0.1"), "{ran:?}");
}

#[test]
fn the_site_file_fills_the_messages_and_names_the_deputies() {
    let sandbox = with("please call {phone} today.", "please call {phone}, {desk}.");
    let codes = || {
        let ran = sandbox.run("lint mine.yaml --json");
        let linted: Value = serde_json::from_str(&ran.out).unwrap();
        fields(&linted).into_iter().map(|one| one.1.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(), ["M10"]);
    let name =
        "The Riverside and Lower Valley Community Pharmacy of Old Harbor Bay and the Islands";
    let deputies = "deputies: [{name: Ben Ito, phone: 860 555 0101}]";
    let site = |deputies: &str| {
        format!(
            "runbook-site: 1\nsite: {{name: {name}, callback: 860 555 0100}}\nvalues: {{desk: the desk at \
             the door on the left, near the stairs}}\nroles: {{lead: {{holder: {{name: Ana Diaz, phone: \
             860 555 0102}}{deputies}}}}}\n"
        )
    };
    sandbox.write_site(&site(&format!(", {deputies}")));
    // The name is longer than what stands in for it elsewhere.
    assert_eq!(codes(), ["M05", "M06"]);
    sandbox.write_site(&site(""));
    assert_eq!(codes(), ["R03", "M05", "M06"]);
    // A broken site file is for `site lint`.
    sandbox.write_site("runbook-site: [");
    assert_eq!(codes(), ["M10"]);
}

#[test]
fn a_rule_is_explained() {
    let sandbox = Sandbox::bare();
    assert_data_eq!(
        sandbox.run("lint --explain M05").shown(),
        str![[r#"
M05 sms-too-long (warning)

Objects to a text message that takes more than one segment once the name and
the number are in it.

Why: 160 units of GSM-7, or 70 as soon as one character is outside its table;
about 160 characters is also what makes a health message exempt (47 CFR
64.1200(a)(9)(iv)). Parts arrive late, alone or not at all.
Mend it: Say it shorter, and without the character that makes all of it count
double.
Accept it: `accept: [{rule: M05, at: ID, reason: …}]`, one entry for each
place.
--- exit 0
"#]]
    );
    assert_eq!(sandbox.ok("lint --explain m05"), sandbox.ok("lint --explain SMS-too-long"));
    assert_data_eq!(
        sandbox.run("lint --explain M05 --json").shown(),
        str![[r#"
{
  "format": 1,
  "rule": {
    "code": "M05",
    "name": "sms-too-long",
    "severity": "warning",
    "objects_to": "a text message that takes more than one segment once the name and the number are in it",
    "why": "160 units of GSM-7, or 70 as soon as one character is outside its table; about 160 characters is also what makes a health message exempt (47 CFR 64.1200(a)(9)(iv)). Parts arrive late, alone or not at all.",
    "mend": "Say it shorter, and without the character that makes all of it count double.",
    "acceptance": "each",
    "accept": "`accept: [{rule: M05, at: ID, reason: …}]`, one entry for each place."
  }
}
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("lint --explain M99").shown(),
        str![[r#"
--- stderr
error: there is no rule "M99"
  → runbook lint --rules lists them
--- exit 2
"#]]
    );
    for rule in Rule::ALL {
        let text = sandbox.ok(&format!("lint --explain {rule}"));
        let long = text.lines().find(|line| line.chars().count() >= 80);
        assert_eq!(long, None, "{rule}");
    }
}

#[test]
fn the_rules_are_listed() {
    let sandbox = Sandbox::bare();
    let text = sandbox.ok("lint --rules");
    for rule in Rule::ALL {
        assert!(text.lines().any(|line| line.starts_with(rule.code())), "{rule}");
    }
    let long = text.lines().find(|line| line.chars().count() > 80);
    assert_eq!(long, None);
    let json = sandbox.json("lint --rules");
    let codes: Vec<&str> =
        json["rules"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, Rule::ALL.iter().map(|rule| rule.code()).collect::<Vec<_>>());
}

#[test]
fn the_table_for_authors_is_the_list_of_rules() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks/README.md");
    let text = std::fs::read_to_string(file).unwrap();
    let section = text.split("\n## ").find(|it| it.starts_with("Lint\n")).unwrap();
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| `")).collect();
    let row = |rule: &Rule| {
        let about = rule.about();
        let place = match (about.severity, about.acceptance) {
            (Severity::Error, _) => "never: an error",
            (Severity::Warning, Acceptance::Never) => "never",
            (Severity::Warning, Acceptance::Each) => "each place",
            (Severity::Warning, Acceptance::Everywhere) => "each place, or `\"*\"`",
            (Severity::Warning, Acceptance::Whole) => "`\"*\"`",
        };
        format!("| `{}` | {} | {} | {place} |", about.code, about.name, about.objects)
    };
    let expected: Vec<String> = Rule::ALL.iter().map(row).collect();
    assert_eq!(rows, expected, "\n{}", expected.join("\n"));
}

#[test]
fn options_that_do_not_go_together() {
    let sandbox = Sandbox::new();
    for line in [
        "lint",
        "lint --strict",
        "lint --rules playbooks/every-form.yaml",
        "lint --explain M01 playbooks/every-form.yaml",
        "lint --explain M01 --rules",
    ] {
        assert_eq!(sandbox.run(line).code, Some(2), "{line}");
    }
}
