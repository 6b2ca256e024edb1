//! `site show`, `site lint`, `site set`: the numbers that work when nothing else does.

use std::fs;

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// A file with everything in it, roles of the test playbook and of the built-in one.
pub(crate) const SITE: &str = r#"# runbook site file. Private: it holds names and phone numbers of staff, never of patients.
runbook-site: 1
site:
  name: Riverside Pharmacy
  state: CT                        # Connecticut
  callback: "+1 860 555 0100"      # the counter's line
  public-phone: "860 555 0101"
roles:
  # Ana is on leave in August.
  lead:
    holder: {name: Ana Diaz, phone: "860 555 0111", other: "pager 17"}
    deputies:
      - {name: Ben Ito, phone: "860 555 0112"}
  tech:
    holder: {name: Ivo Brandt, phone: "860 555 0113"}
    deputies: [{name: Jo Fox, phone: "860 555 0114"}]
leadership:
  - {name: Carla Moss, title: Chief executive, phone: "860 555 0120"}
vendors:
  - {name: Mailhost Inc., for: email, support: "800 555 0130", contract: "C-1187", agreement: {kind: BAA, on: 2025-03-01, until: 2099-03-01}}
expiries:
  - {what: mail.riverside.example certificate, on: 2099-01-31}
values:
  hours: 8am-8pm                   # Sundays too
"#;

/// A home with a site file.
pub(crate) fn with_site(sandbox: Sandbox, text: impl AsRef<[u8]>) -> Sandbox {
    fs::create_dir_all(sandbox.home()).unwrap();
    fs::write(sandbox.home().join("site.yaml"), text).unwrap();
    sandbox
}

fn file(sandbox: &Sandbox) -> String {
    fs::read_to_string(sandbox.home().join("site.yaml")).unwrap()
}

/// The head of a sound file, and these lines.
fn head(lines: &str) -> String {
    format!("runbook-site: 1\nsite: {{name: Riverside, callback: \"860 555 0100\"}}\n{lines}\n")
}

#[test]
fn show_is_a_plain_table_with_what_is_missing_at_its_end() {
    let sandbox = with_site(Sandbox::new(), SITE);
    assert_data_eq!(
        sandbox.run("site show").shown(),
        str![[r#"
Riverside Pharmacy (CT)
  Patients call back: +1 860 555 0100
  Public phone: 860 555 0101
  Numbers last dialed: never
  File: ROOT/home/site.yaml

Roles
  Lead: Ana Diaz 860 555 0111, pager 17 · deputy Ben Ito 860 555 0112
  Incident Lead: nobody is planned
  Communications Lead: nobody is planned
  Clinical Lead: nobody is planned
  IT Lead: nobody is planned
  Technician: Ivo Brandt 860 555 0113 · deputy Jo Fox 860 555 0114
Leadership
  Carla Moss, Chief executive: 860 555 0120
Vendors
  email (Mailhost Inc.): 800 555 0130 · contract C-1187 · BAA until 2099-03-01
Runs out
  mail.riverside.example certificate: 2099-01-31
Words of templates
  {hours}: 8am-8pm

Missing, and how to add it:
  - nobody is planned as Incident Lead: nobody to call for that work
    runbook site set incident-lead.holder "Name"
...
--- exit 0
"#]]
    );
    for line in sandbox.ok("site show").lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let json = sandbox.json("site show");
    assert_eq!(json["format"], 1);
    assert_eq!(json["roles"][0]["holder"]["phone"], "860 555 0111");
    assert_eq!(json["vendors"][0]["agreement"]["until"], "2099-03-01");
    assert_eq!(json["values"]["hours"], "8am-8pm");
    assert!(json["missing"][0]["fix"].as_str().unwrap().starts_with("runbook site set "));
}

#[test]
fn no_file_says_what_to_type() {
    let sandbox = Sandbox::new();
    for line in ["site show", "site lint", "site set callback 911"] {
        let ran = sandbox.run(line);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
        assert!(ran.err.contains("runbook site init"), "{ran:?}");
    }
}

#[expect(clippy::too_many_lines, reason = "a table")]
#[test]
fn each_fault_of_a_file_is_said_whole_and_nothing_else() {
    let sandbox = with_site(Sandbox::new(), "");
    let large = head(&format!("#{}", "a".repeat(262_144)));
    let mut shown = String::new();
    for text in [
        "",
        "runbook-site: 2\nnew-key: x\n",
        "site: {name: R, callback: \"911\"}\n",
        "runbook-site: 1\n",
        "runbook-site: 1\nsite:\n\tname: R\n",
        "\u{feff}runbook-site: 1\n\u{feff}site: {name: R, callback: \"911\"}\n",
        "runbook-site: 1\nsite: {nam: R, callback: \"911\"}\n",
        "runbook-site: 1\nsite: {name: \"\", callback: \"911\"}\n",
        "runbook-site: 1\nsite: {name: R, state: Connecticut, callback: \"911\"}\n",
        "runbook-site: 1\nsite: {name: R, callback: 860 555-HELP}\n",
        &head("leadership: [{name: Ana, phone: ask Ben}]"),
        &head("leadership: [{name: Ana, phone: \"860 555 0100 ext\"}]"),
        &head("leadership: [{name: \"A\\u001b[2Ja\"}]"),
        &head(
            "roles:\n  lead: {holder: {name: Ana}, deputies: [{name: Ben}]}\n  lead: {holder: {name: Ivo}}",
        ),
        &head("roles: {Lead: {holder: {name: Ana}, deputies: [{name: Ben}]}}"),
        &head("roles: {lead: {}}"),
        &head(
            "vendors: [{name: M, for: email, agreement: {kind: BAA, on: 2026-01-01, until: 2025-01-01}}]",
        ),
        &head("expiries: [{what: certificate, on: 31.1.2027}]"),
        &head("values: {phone: \"911\"}"),
        &head("values: {hours: *a}"),
        &head("leadership: [{name: Ana}"),
        &large,
    ] {
        fs::write(sandbox.home().join("site.yaml"), text).unwrap();
        let before = sandbox.everything();
        let ran = sandbox.run("site lint");
        assert_eq!(ran.code, Some(3), "{text}\n{ran:?}");
        assert!(ran.out.ends_with("invalid, 1 finding\n"), "{text}\n{ran:?}");
        assert!(sandbox.everything() == before, "{text}");
        // The large file's own line is not worth a page.
        let err = ran.err.lines().filter(|line| line.len() < 500).collect::<Vec<_>>().join("\n");
        shown.push_str(&err.replace(&sandbox.home().display().to_string(), "HOME"));
        shown.push_str("\n\n");
    }
    assert_data_eq!(
        shown,
        str![[r#"
error: the file is empty
 --> HOME/site.yaml:1:1
  |
1 |
  | ^
  |
  = help: start with `runbook-site: 1`

error: this site file needs a newer runbook: this one reads format 1
 --> HOME/site.yaml:1:15
  |
1 | runbook-site: 2
  |               ^
  |
  = help: install a newer runbook

error: `runbook-site` is missing
 --> HOME/site.yaml:1:1
  |
1 | site: {name: R, callback: "911"}
  | ^^^^
  |
  = help: write `runbook-site: 1` on top

error: `site` is missing
 --> HOME/site.yaml:1:1
  |
1 | runbook-site: 1
  | ^^^^^^^^^^^^

error: a tab stands where only spaces may indent
 --> HOME/site.yaml:3:2
  |
3 |     name: R
  |     ^
  |
  = help: replace the tab by spaces

error: the unprintable character U+FEFF stands here
 --> HOME/site.yaml:2:1
  |
2 | �site: {name: R, callback: "911"}
  | ^
  |
  = help: delete it, or type the line again

error: the key `nam` is not known here
 --> HOME/site.yaml:2:8
  |
2 | site: {nam: R, callback: "911"}
  |        ^^^
  |
  = help: did you mean `name`?

error: `name` is empty
 --> HOME/site.yaml:2:14
  |
2 | site: {name: "", callback: "911"}
  |              ^^
  |
  = help: write a value, or leave the key out

error: "Connecticut" is no state or territory of the United States
 --> HOME/site.yaml:2:24
  |
2 | site: {name: R, state: Connecticut, callback: "911"}
  |                        ^^^^^^^^^^^
  |
  = help: write the two letters of the post, such as CT

error: "860 555-HELP" cannot be dialed: it holds letters, and phone numbers are dialed from a keypad
 --> HOME/site.yaml:2:27
  |
2 | site: {name: R, callback: 860 555-HELP}
  |                           ^^^^^^^^^^^^
  |
  = help: write 860 555-4357

error: "ask Ben" cannot be dialed: it holds letters, and phone numbers are dialed from a keypad
 --> HOME/site.yaml:3:33
  |
3 | leadership: [{name: Ana, phone: ask Ben}]
  |                                 ^^^^^^^
  |
  = help: write the number as you dial it, such as "860 555 0100"

error: "860 555 0100 ext" cannot be dialed: what follows the extension's sign should be 1 to 8 digits
 --> HOME/site.yaml:3:33
  |
3 | leadership: [{name: Ana, phone: "860 555 0100 ext"}]
  |                                 ^^^^^^^^^^^^^^^^^^
  |
  = help: write the extension as "ext 12" or "x12"

error: this text holds the unprintable character U+001B
 --> HOME/site.yaml:3:21
  |
3 | leadership: [{name: "A/u001b[2Ja"}]
  |                     ^^^^^^^^^^^^^
  |
  = help: delete the escape

error: the key `lead` stands here twice
 --> HOME/site.yaml:5:3
  |
5 |   lead: {holder: {name: Ivo}}
  |   ^^^^
  |
  = help: the first one is on line 4: keep one of them

error: "Lead" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit
 --> HOME/site.yaml:3:9
  |
3 | roles: {Lead: {holder: {name: Ana}, deputies: [{name: Ben}]}}
  |         ^^^^
  |
  = help: write lead

error: `lead` names nobody
 --> HOME/site.yaml:3:9
  |
3 | roles: {lead: {}}
  |         ^^^^
  |
  = help: write `holder:` below it, or delete the role

error: the agreement ends on 2025-01-01, before it was signed on 2026-01-01
 --> HOME/site.yaml:3:79
  |
3 | vendors: [{name: M, for: email, agreement: {kind: BAA, on: 2026-01-01, until: 2025-01-01}}]
  |                                                                               ^^^^^^^^^^
  |
  = help: check both days

error: "31.1.2027" is not a day
 --> HOME/site.yaml:3:36
  |
3 | expiries: [{what: certificate, on: 31.1.2027}]
  |                                    ^^^^^^^^^
  |
  = help: write it as YYYY-MM-DD, such as 2027-05-31

error: {phone} is filled from `callback` under `site`
 --> HOME/site.yaml:3:10
  |
3 | values: {phone: "911"}
  |          ^^^^^
  |
  = help: delete this value

error: aliases (`*`) are not allowed
 --> HOME/site.yaml:3:17
  |
3 | values: {hours: *a}
  |                 ^^
  |
  = help: write the value itself, in double quotes if it starts with `*`

error: this [ is never closed
 --> HOME/site.yaml:3:13
  |
3 | leadership: [{name: Ana}
  |             ^
  |
  = help: write ] where it ends

error: the file has 262212 bytes, and a site file has at most 262144
 --> HOME/site.yaml:1:1
  |
1 | runbook-site: 1
  | ^
  |
  = help: a site file is a page or two: keep other lists elsewhere


"#]]
    );
}

#[test]
fn what_is_doubtful_is_said_and_ends_well() {
    let text = SITE
        .replace("  tech:", "  teck:")
        .replace("name: Jo Fox", "name: ivo brandt")
        .replace("2099-03-01", "2025-03-02");
    let sandbox = with_site(Sandbox::new(), text);
    assert_data_eq!(
        sandbox.run("site lint").shown(),
        str![[r#"
ROOT/home/site.yaml: ok, 3 findings
--- stderr
warning: no playbook has the role "teck"
  --> ROOT/home/site.yaml:14:3
   |
14 |   teck:
   |   ^^^^
   |
   = help: did you mean "tech"?

warning: "ivo brandt" and "Ivo Brandt" on line 15 are one name in two spellings
  --> ROOT/home/site.yaml:16:23
   |
16 |     deputies: [{name: ivo brandt, phone: "860 555 0114"}]
   |                       ^^^^^^^^^^
   |
   = help: write the name the same way everywhere, or correct the number

warning: BAA with Mailhost Inc. ended on 2025-03-02
  --> ROOT/home/site.yaml:20:102
   |
20 |   - {name: Mailhost Inc., for: email, support: "800 555 0130", contract: "C-1187", agreement: {kind: BAA, on: 2025-03-01, until: 202...
   |                                                                                                      ^^^
   |
   = help: renew it, then correct the day
--- exit 0
"#]]
    );
    let json = sandbox.json("site lint");
    assert_eq!(json["ok"], true);
    assert_eq!(json["file"]["findings"][0]["severity"], "warning");
}

#[test]
fn another_file_can_be_checked() {
    let sandbox = Sandbox::new();
    sandbox.write("new.yaml", SITE);
    assert_eq!(sandbox.ok("site lint new.yaml"), "new.yaml: ok, nothing to report\n");
    sandbox.write("bad.yaml", "runbook-site: 1\nsite: {name: R, callback: x}\n");
    let ran = sandbox.run("site lint bad.yaml --json");
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&json["ok"], &json["file"]["findings"][0]["line"]), (&false.into(), &2.into()));
}

#[test]
fn numbers_that_nobody_dialed_for_months_are_said() {
    let sandbox = with_site(Sandbox::new(), SITE);
    sandbox.ok("site set checked 2025-01-01");
    let ran = sandbox.run("site lint");
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains("nobody has dialed these numbers for "), "{ran:?}");
    sandbox.ok("site set checked today");
    assert_eq!(sandbox.run("site lint").err, "");
}

#[test]
fn set_changes_one_answer_and_keeps_every_comment() {
    let sandbox = with_site(Sandbox::new(), SITE);
    assert_data_eq!(
        sandbox.run("site set tech.phone \"860 555 0199\"").shown(),
        str![[r#"
Saved: tech phone is 860 555 0199 (before: 860 555 0113)
--- exit 0
"#]]
    );
    assert_eq!(file(&sandbox), SITE.replace("860 555 0113", "860 555 0199"));
    let kept = fs::read_to_string(sandbox.home().join("site.yaml.before")).unwrap();
    assert_eq!(kept, SITE);
    assert_data_eq!(
        sandbox.run("site set tech.phone \"860 555 0199\"").shown(),
        str![[r#"
tech phone is 860 555 0199 already; nothing was changed.
--- exit 0
"#]]
    );
    sandbox.ok("site set it-lead.holder \"Max Roe\"");
    sandbox.ok("site set vendor.internet.name \"Fiber Co\"");
    let after = file(&sandbox);
    for comment in SITE.lines().filter_map(|line| line.split_once('#')).map(|(_, words)| words) {
        assert!(after.contains(comment), "{comment}");
    }
    assert!(after.contains("  it-lead:\n    holder: {name: Max Roe}\n"), "{after}");
    let json = sandbox.json("site set callback \"860 555 0102\"");
    assert_eq!(json["key"], "site.callback");
    assert_eq!(json["before"], "+1 860 555 0100");
    assert_eq!((&json["after"], &json["changed"]), (&"860 555 0102".into(), &true.into()));
}

#[cfg(unix)]
#[test]
fn the_file_and_the_one_before_it_are_private() {
    use std::os::unix::fs::PermissionsExt as _;

    let sandbox = Sandbox::new();
    sandbox.ok("site set name Riverside");
    sandbox.ok("site set callback 911");
    for name in ["site.yaml", "site.yaml.before"] {
        let mode = fs::metadata(sandbox.home().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn what_cannot_be_set_changes_nothing_and_says_what_can() {
    let sandbox = with_site(Sandbox::new(), SITE);
    let mut shown = String::new();
    for line in [
        "site set teck.phone 911",
        "site set callback 860-555-HELP",
        "site set callback \"\"",
        "site set state XX",
        "site set checked yesterday",
        "site set officer.phone 911",
        "site set vendor.ehr.support 911",
    ] {
        let ran = sandbox.run(line);
        assert!(matches!(ran.code, Some(1 | 2)), "{ran:?}");
        assert_eq!(file(&sandbox), SITE);
        shown.push_str(&ran.shown());
        shown.push('\n');
    }
    assert_data_eq!(
        shown,
        str![[r#"
--- stderr
error: there is no key "teck.phone"
  → did you mean tech.phone?
  → name, state, callback, public-phone, checked, kind, exercise-year
  → ROLE.holder, ROLE.phone, ROLE.other, ROLE.deputy, ROLE.deputy.phone; ROLE is lead, [..]
  → leadership.1.name, .title, .phone, .other
  → vendor.SERVICE.name, .support, .contract, .agreement.kind, .agreement.on, .agreement.until
  → values.WORD; expiries.1.what and .on where the file has one
  → policy.WORD, such as policy.tabletop: runbook readiness --help names them
--- exit 2
--- stderr
error: site.callback: "860-555-HELP" cannot be dialed: it holds letters, and phone numbers are dialed from a keypad
  → write 860-555-4357
--- exit 2
--- stderr
error: site.callback: it may not be empty
  → to take an answer out, delete it in the file
--- exit 2
--- stderr
error: site.state: this is no state or territory of the United States
  → write the two letters of the post, such as CT
--- exit 2
--- stderr
error: site.checked: "yesterday" is not a day
  → write it as YYYY-MM-DD, such as 2027-05-31
--- exit 2
--- stderr
error: nobody is planned as officer yet
  → runbook site set officer.holder "Name"
--- exit 1
--- stderr
error: there is no vendor for ehr yet
  → runbook site set vendor.ehr.name "Company"
--- exit 1

"#]]
    );
}

#[test]
fn a_broken_file_is_not_changed() {
    let broken = SITE.replace("state: CT", "stat: CT");
    let sandbox = with_site(Sandbox::new(), &broken);
    let ran = sandbox.run("site set callback 911");
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.err.contains("`stat` is not known here"), "{ran:?}");
    assert_eq!(file(&sandbox), broken);
}

#[test]
fn a_change_is_recorded_in_open_incidents_and_in_no_exercise() {
    let sandbox = with_site(Sandbox::started(), SITE);
    sandbox.ok("start every-form --exercise --no-walk");
    let ran = sandbox.run("site set tech.phone \"860 555 0199\" --by \"Ben Ito\"");
    assert_data_eq!(
        ran.shown(),
        str![[r#"
Saved: tech phone is 860 555 0199 (before: 860 555 0113)
Recorded in every-form-YYYYMMDD-RRRR as 4@wWWW (HHHH-HHHH)
--- exit 0
"#]]
    );
    let live = sandbox.json("log latest");
    let entry = live["entries"].as_array().unwrap().last().unwrap();
    assert_eq!(entry["kind"], "site_changed");
    assert_eq!(entry["what"], "site file changed: tech phone");
    assert_eq!(entry["by"], "Ben Ito");
    let practice = sandbox.json("log latest-exercise").to_string();
    assert!(!practice.contains("site_changed"), "{practice}");
    sandbox.ok("site set tech.phone \"860 555 0198\" --incident latest-exercise");
    assert!(sandbox.json("log latest-exercise").to_string().contains("site_changed"));
    let live = sandbox.ok("log latest");
    assert_eq!(live.matches("site file changed").count(), 1, "{live}");
    let folder = fs::read_to_string(
        fs::read_dir(sandbox.home().join("incidents"))
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path()
            .join("journal")
            .read_dir()
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path(),
    )
    .unwrap();
    assert!(!folder.contains("860 555"), "no number leaves the home: {folder}");
    let change = folder.lines().find(|line| line.contains("site_changed")).unwrap();
    let change: serde_json::Value = serde_json::from_str(change).unwrap();
    // No digest of the file either: a few digits are soon guessed.
    assert_eq!(change["data"], serde_json::json!({"keys": ["roles.tech.holder.phone"]}));
    sandbox.ok("verify latest");
    assert!(sandbox.ok("report latest").contains("site file changed: tech phone"));
}

#[test]
fn two_who_change_the_file_at_once_lose_nothing() {
    let sandbox = with_site(Sandbox::new(), SITE);
    let children: Vec<_> = (0..8)
        .map(|n| {
            let value = format!("word {n}");
            let mut command =
                sandbox.command(&["site", "set", &format!("values.w{n}"), value.as_str()]);
            command.stdout(std::process::Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let json = sandbox.json("site show");
    assert_eq!(json["values"].as_object().unwrap().len(), 9, "{json}");
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_left_alone() {
    let sandbox = with_site(Sandbox::new(), SITE);
    let place = sandbox.home().join("site.yaml");
    let other = sandbox.cwd().join("other.yaml");
    fs::rename(&place, &other).unwrap();
    std::os::unix::fs::symlink(&other, &place).unwrap();
    let refused = |what: &str| {
        for line in ["site show", "site lint", "contacts", "site set callback 911"] {
            let ran = sandbox.run(line);
            assert_eq!(ran.code, Some(3), "{what}: {ran:?}");
            assert!(ran.err.starts_with("error: "), "{what}: {ran:?}");
            assert!(ran.err.contains("site.yaml"), "{what}: {ran:?}");
        }
    };
    refused("link");
    assert_eq!(fs::read_to_string(&other).unwrap(), SITE);
    fs::remove_file(&place).unwrap();
    fs::create_dir(&place).unwrap();
    refused("folder");
    fs::remove_dir(&place).unwrap();
    fs::File::create(&place).unwrap().set_len(2 << 20).unwrap();
    refused("giant");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_says_so() {
    use std::os::unix::fs::PermissionsExt as _;

    let sandbox = with_site(Sandbox::new(), SITE);
    let place = sandbox.home().join("site.yaml");
    fs::set_permissions(&place, fs::Permissions::from_mode(0o000)).unwrap();
    // Root may read everything; to root the file is as good as any.
    let root = fs::read(&place).is_ok();
    for line in ["site show", "site lint", "contacts"] {
        let ran = sandbox.run(line);
        assert_eq!(ran.code, Some(i32::from(!root)), "{ran:?}");
        assert_eq!(ran.err.contains("cannot be read"), !root, "{ran:?}");
        assert_eq!(ran.out.is_empty(), !root, "{ran:?}");
    }
}

#[test]
fn init_needs_a_terminal() {
    let sandbox = Sandbox::new();
    assert_data_eq!(
        sandbox.run("site init").shown(),
        str![[r#"
--- stderr
error: site init asks questions and needs a terminal
  → without one: runbook site set name "Your site", then site set for the rest
  → runbook site set --help shows the keys
--- exit 7
"#]]
    );
    assert!(!sandbox.home().join("site.yaml").exists());
}

#[test]
fn every_part_of_the_verb_has_an_example() {
    let sandbox = Sandbox::bare();
    for verb in ["init", "show", "lint", "set"] {
        let help = sandbox.ok(&format!("site {verb} --help"));
        assert!(help.contains(&format!("runbook site {verb}")), "{help}");
        assert!(help.contains("Example"), "{help}");
    }
}
