//! `contacts`: whom to call at half past two in the morning.

use snapbox::{assert_data_eq, str};

use crate::site::{SITE, with_site};
use crate::support::Sandbox;

#[test]
fn in_quiet_times_it_says_who_is_planned() {
    let sandbox = with_site(Sandbox::new(), SITE);
    assert_data_eq!(
        sandbox.run("contacts").shown(),
        str![[r#"
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
--- exit 0
"#]]
    );
    for line in sandbox.ok("contacts").lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn in_an_incident_it_says_who_holds_a_role_beside_who_is_planned() {
    let sandbox = with_site(Sandbox::started(), SITE);
    sandbox.ok("assign tech \"Max Roe\" --at 2025-01-22T14:14Z");
    assert_data_eq!(
        sandbox.run("contacts").shown(),
        str![[r#"
Roles
  Lead: Ana Diaz 860 555 0111, holds it since 22 Jan 14:05
      deputy Ben Ito 860 555 0112
  Technician: Max Roe (no number in the site file), holds it since 22 Jan 14:14
      planned: Ivo Brandt 860 555 0113 · deputy Jo Fox 860 555 0114
Leadership
  Carla Moss, Chief executive: 860 555 0120
Vendors
  email (Mailhost Inc.): 800 555 0130 · contract C-1187 · BAA until 2099-03-01
--- exit 0
"#]]
    );
    let json = sandbox.json("contacts tech");
    assert_eq!(json["roles"][0]["holder"]["name"], "Ivo Brandt");
    assert_eq!(json["roles"][0]["holds_now"][0]["person"], "Max Roe");
    assert_eq!(json["roles"][0]["holds_now"][0]["since"], "2025-01-22T14:14:00+00:00");
    assert_eq!(json["roles"].as_array().unwrap().len(), 1);
}

#[test]
fn a_word_finds_a_role_a_person_a_vendor_or_a_service() {
    let sandbox = with_site(Sandbox::started(), SITE);
    sandbox.ok("assign tech \"Max Roe\" --at 2025-01-22T14:14Z");
    let mut shown = String::new();
    for who in
        ["tech", "Technician", "brandt", "max", "email", "Mailhost", "carla", "leadership", "fox"]
    {
        shown.extend(["$ contacts ", who, "\n"]);
        shown.push_str(&sandbox.ok(&format!("contacts {who}")));
    }
    assert_data_eq!(
        shown,
        str![[r#"
$ contacts tech
  Technician: Max Roe (no number in the site file), holds it since 22 Jan 14:14
      planned: Ivo Brandt 860 555 0113 · deputy Jo Fox 860 555 0114
$ contacts Technician
  Technician: Max Roe (no number in the site file), holds it since 22 Jan 14:14
      planned: Ivo Brandt 860 555 0113 · deputy Jo Fox 860 555 0114
$ contacts brandt
  Ivo Brandt: 860 555 0113 · Technician
$ contacts max
  Technician: Max Roe (no number in the site file), holds it since 22 Jan 14:14
      planned: Ivo Brandt 860 555 0113 · deputy Jo Fox 860 555 0114
$ contacts email
  email (Mailhost Inc.): 800 555 0130 · contract C-1187 · BAA until 2099-03-01
$ contacts Mailhost
  email (Mailhost Inc.): 800 555 0130 · contract C-1187 · BAA until 2099-03-01
$ contacts carla
  Carla Moss, Chief executive: 860 555 0120
$ contacts leadership
  Carla Moss, Chief executive: 860 555 0120
$ contacts fox
  Jo Fox: 860 555 0114 · deputy Technician

"#]]
    );
    let json = sandbox.json("contacts brandt");
    assert_eq!(json["people"][0]["phone"], "860 555 0113");
    assert_eq!(json["people"][0]["as"].as_array().unwrap().len(), 1);
}

#[test]
fn a_word_that_finds_nobody_says_who_was_meant() {
    let sandbox = with_site(Sandbox::new(), SITE);
    assert_data_eq!(
        sandbox.run("contacts brant").shown(),
        str![[r#"
--- stderr
error: nobody in the site file is called "brant"
  → did you mean brandt?
  → runbook contacts shows everybody
--- exit 1
"#]]
    );
    assert_data_eq!(
        sandbox.run("contacts barndt").shown(),
        str![[r#"
--- stderr
error: nobody in the site file is called "barndt"
  → did you mean brandt?
  → runbook contacts shows everybody
--- exit 1
"#]]
    );
}

#[test]
fn without_a_file_it_says_what_to_type_and_who_holds_the_roles() {
    let sandbox = Sandbox::new();
    assert_data_eq!(
        sandbox.run("contacts").shown(),
        str![[r#"
--- stderr
error: there is no site file yet: no phone number is known here
  → runbook site init asks for everything, in about ten minutes
  → or begin it: runbook site set name "Your site"
--- exit 1
"#]]
    );
    let sandbox = Sandbox::started();
    let ran = sandbox.run("contacts");
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("Ana Diaz"), "{ran:?}");
}

#[test]
fn an_exercise_says_so_on_every_line() {
    let sandbox = with_site(Sandbox::new(), SITE);
    sandbox.ok("start every-form --exercise --no-walk");
    let out = sandbox.ok("contacts");
    assert!(out.lines().all(|line| line.starts_with("EXERCISE ")), "{out}");
}

#[test]
fn a_broken_file_hides_no_number() {
    let broken = SITE.replace("\"860 555 0112\"", "ask Ana").replace("state: CT", "stat: CT");
    let sandbox = with_site(Sandbox::started(), broken);
    assert_data_eq!(
        sandbox.run("contacts").shown(),
        str![[r#"
Roles
  Lead: Ana Diaz 860 555 0111, holds it since 22 Jan 14:05
      deputy Ben Ito (no number)
  Technician: nobody holds it now · planned: Ivo Brandt 860 555 0113
      deputy Jo Fox 860 555 0114
Leadership
  Carla Moss, Chief executive: 860 555 0120
Vendors
  email (Mailhost Inc.): 800 555 0130 · contract C-1187 · BAA until 2099-03-01
   5    stat: CT                        # Connecticut
  13        - {name: Ben Ito, phone: ask Ana}
--- stderr
ROOT/home/site.yaml:5:3: the key `stat` is not known here
ROOT/home/site.yaml:13:32: "ask Ana" cannot be dialed: it holds letters, and phone numbers are dialed from a keypad
These lines of the site file are shown as they stand:
Correct them when there is time; runbook site lint checks the file.
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("contacts ben").shown(),
        str![[r#"
  Ben Ito: (no number) · deputy Lead
   5    stat: CT                        # Connecticut
  13        - {name: Ben Ito, phone: ask Ana}
--- stderr
ROOT/home/site.yaml:5:3: the key `stat` is not known here
ROOT/home/site.yaml:13:32: "ask Ana" cannot be dialed: it holds letters, and phone numbers are dialed from a keypad
These lines of the site file are shown as they stand:
Correct them when there is time; runbook site lint checks the file.
--- exit 0
"#]]
    );
    let json = sandbox.json("contacts");
    assert_eq!(json["problems"].as_array().unwrap().len(), 2);
    assert!(json["raw"].as_array().unwrap().len() > 20);
}

#[test]
fn a_file_without_structure_is_printed_as_it_stands() {
    let broken = SITE.replace("leadership:", "leadership: [").replace("Carla", "Ca\u{1b}[2Jrla");
    let sandbox = with_site(Sandbox::new(), broken);
    let ran = sandbox.run("contacts");
    assert_eq!(ran.code, Some(0));
    for number in ["860 555 0111", "860 555 0112", "860 555 0120", "800 555 0130"] {
        assert!(ran.out.contains(number), "{number}: {ran:?}");
    }
    assert!(!ran.out.contains('\u{1b}'));
    let latin = [SITE.as_bytes(), b"# caf\xe9\n"].concat();
    let sandbox = with_site(Sandbox::new(), latin);
    let ran = sandbox.run("contacts");
    assert!(ran.out.contains("860 555 0111") && ran.err.contains("UTF-8"), "{ran:?}");
}
