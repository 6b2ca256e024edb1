//! `readiness`: what makes the site ready, recorded in a standing log of its own, and the verdicts.

use outage_runbook::playbook::builtin;
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;
use crate::support::sandbox::EVERY_FORM;

/// A site that says what it is; its dates lie far ahead.
const SITE: &str = "\
runbook-site: 1
site:
  name: Riverside Hospital
  callback: \"860 555 0100\"
  checked: 2025-01-10
  kind: inpatient
  exercise-year: 07-01
vendors:
  - {name: Mailhost Inc., for: email, support: \"800 555 0130\", agreement: {kind: BAA, on: 2025-01-02, until: 2099-03-01}}
  - {name: Fiber Co, for: internet}
expiries:
  - {what: mail certificate, on: 2025-06-30}
  - {what: domain, on: 2099-01-31}
policy:
  small-tabletop: waived
";

/// A home in which the playbooks of the binary never grow old: each has a copy that lasts.
fn still() -> Sandbox {
    let sandbox = Sandbox::bare();
    for (id, _) in builtin() {
        let text = EVERY_FORM.replace("id: every-form", &format!("id: {id}"));
        sandbox.write(&format!("playbooks/{id}.yaml"), text);
    }
    sandbox
}

/// What a person sees, with the day of today taken out.
fn shown(sandbox: &Sandbox, line: &str) -> String {
    let today = sandbox.json("readiness")["today"].as_str().unwrap().to_owned();
    sandbox.run(line).shown().replace(&today, "TODAY-DATE")
}

/// One line of the answer for programs.
fn line(sandbox: &Sandbox, id: &str) -> serde_json::Value {
    let answer = sandbox.json("readiness");
    let sections = answer["sections"].as_array().unwrap();
    let lines = sections.iter().flat_map(|section| section["lines"].as_array().unwrap());
    let found: Vec<_> = lines.filter(|line| line["id"] == id).cloned().collect();
    assert_eq!(found.len(), 1, "{id}: {answer}");
    found.into_iter().next().unwrap()
}

fn state(sandbox: &Sandbox, id: &str) -> String {
    line(sandbox, id)["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_home_with_nothing_in_it() {
    let sandbox = still();
    assert_data_eq!(
        shown(&sandbox, "readiness"),
        str![[r#"
Readiness on TODAY-DATE
OVERDUE 0 · NEVER 16 · due soon 0 · unknown 1 · ok 8

Exercises
NEVER     A small tabletop for one high-risk group of patients
          by site policy, every 1 month
          → runbook readiness record exercise --type small-tabletop --playbook
          PLAYBOOK --at DAY
NEVER     A tabletop or more, through a complete playbook
          by site policy, every 3 months
          → runbook drill PLAYBOOK --type tabletop
NEVER     A full-scale exercise with all roles
          by site policy, every 12 months
          → runbook drill PLAYBOOK --type full-scale
NEVER     Playbook exercised (7): ehr-downtime, email-outage,
          eprescribing-outage, internet-outage, m365-outage, phone-outage,
          ransomware
          by site policy, every 12 months
          → runbook drill ehr-downtime
unknown   Exercises by the rules of CMS
          nobody said what kind of place this is
          by the site file
          → runbook site set kind inpatient (or outpatient, pharmacy, other)

Playbooks and messages
ok        Playbook reviewed (7): ehr-downtime (2099-12-31), email-outage
          (2099-12-31), eprescribing-outage (2099-12-31), internet-outage
          (2099-12-31), m365-outage (2099-12-31), phone-outage (2099-12-31),
          ransomware (2099-12-31)

Site file, agreements, dates
NEVER     Site file
          by the site file
          → runbook site init

Training, tests, paper
NEVER     Training of the staff
          by site policy, every 12 months
          → runbook readiness record training --of WHICH --at DAY
NEVER     A test of a backup channel
          by site policy, every 3 months
          → runbook readiness record channel-test --of WHICH --at DAY
NEVER     A test that a backup can be restored
          by site policy, every 12 months
          → runbook readiness record restore-test --of WHICH --at DAY
NEVER     The paper binder printed
          by site policy, every 3 months
          → runbook readiness record binder-printed --at DAY

Improvement plan
ok        Corrective actions and after-action reports
          none overdue; 0 open

90-day plan
NEVER     The 90-day plan
          nobody has started it
          by site policy, every 90 days
          → runbook readiness plan --start

Not judged: the list of priority patients; this version keeps none.
--- exit 0
"#]]
    );
    assert!(!sandbox.home().exists(), "looking writes nothing");
    assert_eq!(sandbox.run("readiness --check").code, Some(8));
}

/// A pharmacy that recorded all it did, long ago, and began the 90-day plan.
fn with_history() -> Sandbox {
    let sandbox = still();
    sandbox.write_site(&SITE.replace("kind: inpatient", "kind: pharmacy"));
    assert_data_eq!(
        shown(
            &sandbox,
            "readiness record exercise --type full-scale --playbook ehr-downtime --at 2025-03-01 --note \"binder 3\""
        )
        .replace(&sandbox.home().join("readiness").display().to_string(), "READINESS"),
        str![[r#"
Saved 2@wWWW (HHHH-HHHH) by Ana Diaz: exercise on 2025-03-01: full-scale of ehr-downtime — note binder 3
--- stderr
Note: opened the site's standing log: ROOT/home/readiness/standing-YYYYMMDD-RRRR
--- exit 0
"#]]
    );
    for fact in [
        "exercise --type tabletop --playbook email-outage --at 2025-02-10",
        "training --of \"downtime forms\" --at 2025-02-10",
        "channel-test --of SMS --at 2025-02-10",
        "channel-test --of IVR --at 2025-03-10",
        "restore-test --of \"mail archive\" --at 2025-02-10",
        "binder-printed --at 2025-02-11",
    ] {
        sandbox.ok(&format!("readiness record {fact}"));
    }
    sandbox.ok("readiness plan --start --at 2025-01-02");
    sandbox.ok("readiness tick verify-domains --at 2025-01-20 --note \"all until 2099\"");
    sandbox
        .ok("readiness tick one-gateway --not-applicable \"one vendor sends all\" --at 2025-01-20");
    sandbox
}

#[test]
fn a_site_with_a_history() {
    let sandbox = with_history();
    assert_data_eq!(
        shown(&sandbox, "readiness"),
        str![[r#"
Readiness of Riverside Hospital on TODAY-DATE
OVERDUE 22 · NEVER 5 · due soon 0 · unknown 1 · ok 13

Exercises
OVERDUE   A tabletop or more, through a complete playbook (last 2025-03-01, due
          2025-06-01)
          full-scale of ehr-downtime (2@wWWW)
          by site policy, every 3 months
          → runbook drill PLAYBOOK --type tabletop
OVERDUE   Playbook exercised (2): email-outage (2026-02-10), ehr-downtime
          (2026-03-01)
          by site policy, every 12 months
          → runbook drill email-outage
OVERDUE   A full-scale exercise with all roles (last 2025-03-01, due
          2026-03-01)
          full-scale of ehr-downtime (2@wWWW)
          by site policy, every 12 months
          → runbook drill PLAYBOOK --type full-scale
NEVER     Playbook exercised (5): eprescribing-outage, internet-outage,
          m365-outage, phone-outage, ransomware
          by site policy, every 12 months
          → runbook drill eprescribing-outage
ok        Exercises by the rules of CMS
          not on the list of CMS: the site's own policy holds

Playbooks and messages
ok        Playbook reviewed (7): ehr-downtime (2099-12-31), email-outage
          (2099-12-31), eprescribing-outage (2099-12-31), internet-outage
          (2099-12-31), m365-outage (2099-12-31), phone-outage (2099-12-31),
          ransomware (2099-12-31)

Site file, agreements, dates
OVERDUE   The phone numbers of the site file dialed (last 2025-01-10, due
          2025-04-10)
          by site policy, every 90 days
          → runbook site set checked today
OVERDUE   Runs out: mail certificate (due 2025-06-30)
          by the site file
          → renew it, then correct the day: runbook site show
unknown   Agreement on file: Fiber Co
          none in the site file
          by the site file
          → runbook site set vendor.internet.agreement.kind BAA
ok        Runs out: domain (due 2099-01-31)
ok        Agreement on file: BAA with Mailhost Inc. (due 2099-03-01)

Training, tests, paper
OVERDUE   A test of a backup channel (2): SMS (2025-05-10), IVR (2025-06-10)
          by site policy, every 3 months
          → runbook readiness record channel-test --of WHICH --at DAY
OVERDUE   The paper binder printed (last 2025-02-11, due 2025-05-11)
          record 8@wWWW of the standing log
          by site policy, every 3 months
          → runbook readiness record binder-printed --at DAY
OVERDUE   Training of the staff: downtime forms (last 2025-02-10, due
          2026-02-10)
          record 4@wWWW of the standing log
          by site policy, every 12 months
          → runbook readiness record training --of WHICH --at DAY
OVERDUE   A test that a backup can be restored: mail archive (last 2025-02-10,
          due 2026-02-10)
          record 7@wWWW of the standing log
          by site policy, every 12 months
          → runbook readiness record restore-test --of WHICH --at DAY

Improvement plan
ok        Corrective actions and after-action reports
          none overdue; 0 open

90-day plan
OVERDUE   Days 0 to 30, assessment and immediate fixes (3): audit-flows
          (2025-02-01), fallback-templates (2025-02-01), incident-runbook
          (2025-02-01)
          by the 90-day plan
          → runbook readiness tick audit-flows
OVERDUE   Days 31 to 60, redundancy and staff training (3): second-route
          (2025-03-03), staff-tabletop (2025-03-03), findable-contacts
          (2025-03-03)
          by the 90-day plan
          → runbook readiness tick second-route
OVERDUE   Days 61 to 90, automation and monitoring (5): detect-and-fail-over
          (2025-04-02), dashboards (2025-04-02), vendor-terms (2025-04-02),
          rehearse (2025-04-02), public-plan (2025-04-02)
          by the 90-day plan
          → runbook readiness tick detect-and-fail-over
ok        Days 0 to 30, assessment and immediate fixes: verify-domains
          (2025-01-20)
          done 2025-01-20
ok        Days 31 to 60, redundancy and staff training: one-gateway
          (2025-01-20)
          not applicable, said 2025-01-20

Waived in the site file: small-tabletop

Not judged: the list of priority patients; this version keeps none.
--- exit 0
"#]]
    );
    assert!(sandbox.ok("readiness").lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn the_plan_is_a_checklist() {
    let sandbox = with_history();
    assert_data_eq!(
        shown(&sandbox, "readiness plan"),
        str![[r#"
90-day plan, begun 2025-01-02

Days 0 to 30, assessment and immediate fixes
  [ ] List every message that goes to patients, and where their consents stand
      (audit-flows, OVERDUE since 2025-02-01)
  [x] Verify MX and DNS records, certificates and the day the domain ends
      (verify-domains, done 2025-01-20)
  [ ] Have fallback messages by SMS and voice approved (fallback-templates,
      OVERDUE since 2025-02-01)
  [ ] Fill in the site file, read the playbook through, print the binder
      (incident-runbook, OVERDUE since 2025-02-01)

Days 31 to 60, redundancy and staff training
  [ ] Have a second mail route that is authenticated for the domain
      (second-route, OVERDUE since 2025-03-03)
  [-] Send mail, SMS and push through one place that retries and tracks
      (one-gateway, not applicable, said 2025-01-20)
  [ ] Run tabletops with the staff (staff-tabletop, OVERDUE since 2025-03-03)
  [ ] Make the other ways to reach the site easy to find (findable-contacts,
      OVERDUE since 2025-03-03)

Days 61 to 90, automation and monitoring
  [ ] Detect failures by machine, and fail over by written thresholds
      (detect-and-fail-over, OVERDUE since 2025-04-02)
  [ ] See on one screen what is sent, bounced and late (dashboards, OVERDUE
      since 2025-04-02)
  [ ] Have service levels signed with the message vendors (vendor-terms,
      OVERDUE since 2025-04-02)
  [ ] Rehearse the whole sequence end to end (rehearse, OVERDUE since
      2025-04-02)
  [ ] Publish the outage contact plan for patients (public-plan, OVERDUE since
      2025-04-02)

Tick one: runbook readiness tick ITEM
--- exit 0
"#]]
    );
}

#[test]
fn what_is_recorded_is_no_incident() {
    let sandbox = still();
    sandbox.ok("readiness record training --at 2025-02-10");
    assert_eq!(sandbox.json("incidents")["incidents"], serde_json::json!([]));
    for line in ["status", "log", "verify", "report", "note Hello", "verify latest", "actions list"]
    {
        let ran = sandbox.run(line);
        assert!(!ran.out.contains("standing-"), "{line}: {ran:?}");
        let none = ran.err.contains("no incident") || line == "actions list";
        assert!(none, "{line}: {ran:?}");
    }
    sandbox.ok("start email-outage --no-walk");
    sandbox.ok("note Hello");
    assert_eq!(sandbox.json("incidents")["incidents"].as_array().unwrap().len(), 1);
    assert!(!sandbox.ok("actions list --all").contains("standing"));
}

#[test]
fn the_standing_log_is_a_log_like_any_other() {
    let sandbox = still();
    sandbox.ok("readiness record training --of \"downtime forms\" --at 2025-02-10");
    assert_data_eq!(
        sandbox.run("log readiness").shown(),
        str![[r#"
YYYY-MM-DD HH:MM +00:00  1@wWWW  Ana Diaz: opened: Readiness (playbook readiness 2026.1, live)
YYYY-MM-DD HH:MM +00:00  2@wWWW  Ana Diaz: training on 2025-02-10: downtime forms
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("verify readiness").shown(),
        str![[r#"
wWWW (this install): 2 records, head HHHH-HHHH
standing-YYYYMMDD-RRRR verifies (no checkpoint was given: a cut tail or a full rewrite cannot be seen)
runbook-checkpoint 1 standing-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 2 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
--- exit 0
"#]]
    );
    let checkpoint = sandbox.ok("verify readiness").lines().last().unwrap().to_owned();
    sandbox.write("checkpoint.txt", format!("{checkpoint}\n"));
    sandbox.ok("note \"Binder moved to the pharmacy\" --incident readiness");
    sandbox.ok("verify readiness --expect checkpoint.txt");
    for (line, says) in [
        ("close --anyway --reason x --incident readiness", "it does not end"),
        ("false-alarm --reason x --incident readiness", "it does not end"),
        ("escalate email-outage --reason x --incident readiness", "it does not end"),
        ("walk readiness", "not an incident"),
    ] {
        let ran = sandbox.run(line);
        assert!(matches!(ran.code, Some(1 | 2)), "{line}: {ran:?}");
        assert!(ran.err.contains(says), "{line}: {ran:?}");
    }
    assert_eq!(sandbox.json("incidents")["incidents"], serde_json::json!([]), "nothing was opened");
}

#[test]
fn a_changed_byte_in_the_standing_log_is_found() {
    let sandbox = still();
    sandbox.ok("readiness record training --of \"downtime forms\" --at 2025-02-10");
    let folder = sandbox.home().join("readiness");
    let log = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path().join("journal");
    let file = std::fs::read_dir(log).unwrap().next().unwrap().unwrap().path();
    let text = std::fs::read_to_string(&file).unwrap().replace("downtime", "uptime99");
    std::fs::write(&file, text).unwrap();
    assert_eq!(sandbox.run("verify readiness").code, Some(4));
    let ran = sandbox.run("readiness");
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert!(ran.err.contains("INTEGRITY PROBLEM: standing-"), "{ran:?}");
    assert!(
        ran.out.contains("NEVER     Training of the staff"),
        "what does not verify does not count"
    );
}

#[test]
fn a_mistake_is_withdrawn_and_a_day_corrected() {
    let sandbox = still();
    sandbox.ok("readiness record training --at 2025-02-10");
    sandbox.ok("readiness record binder-printed --at 2025-02-10");
    sandbox.ok("correct 2 --withdraw --note \"was cancelled\" --incident readiness");
    sandbox
        .ok("correct 3 --occurred \"2025-03-05 12:00\" --note \"in March\" --incident readiness");
    assert_eq!(state(&sandbox, "training"), "never");
    assert_eq!(line(&sandbox, "binder-printed")["last"], "2025-03-05");
    sandbox.ok("readiness plan --start --at 2025-01-02");
    sandbox.ok("readiness tick dashboards --at 2025-01-20");
    sandbox.ok("reopen dashboards --reason \"only a draft\" --incident readiness");
    assert_eq!(state(&sandbox, "plan:dashboards"), "overdue");
    assert_data_eq!(
        sandbox.run("readiness plan --start").shown(),
        str![[r#"
--- stderr
error: the plan has begun already, on 2025-01-02
  → if the day is wrong: runbook correct 6@wWWW --occurred "DAY 12:00" --note TEXT --incident readiness
  → runbook readiness plan shows it
--- exit 1
"#]]
    );
}

#[test]
fn the_same_fact_twice_is_one() {
    let sandbox = still();
    sandbox.ok("readiness record training --at 2025-02-10 --by \"Ana Diaz\"");
    let again = sandbox.ok("readiness record training --at 2025-02-10 --by \"Ben Ito\"");
    assert!(again.starts_with("Already recorded at "), "{again}");
    assert!(again.ends_with("; nothing was added.\n"), "{again}");
    assert_eq!(sandbox.ok("log readiness").lines().count(), 2);
}

#[test]
fn two_machines_that_began_apart_both_count() {
    let (one, two) = (still(), still());
    one.ok("readiness record training --at 2025-02-10");
    two.ok("readiness record binder-printed --at 2025-02-10");
    two.ok("readiness plan --start --at 2025-01-02");
    two.ok("readiness tick dashboards --at 2025-01-20");
    let from = two.home().join("readiness");
    let log = std::fs::read_dir(from).unwrap().next().unwrap().unwrap().path();
    let to = one.home().join("readiness").join(log.file_name().unwrap());
    std::fs::create_dir_all(to.join("journal")).unwrap();
    std::fs::copy(log.join("playbook.yaml"), to.join("playbook.yaml")).unwrap();
    for entry in std::fs::read_dir(log.join("journal")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join("journal").join(path.file_name().unwrap())).unwrap();
    }
    for id in ["training", "binder-printed"] {
        assert_eq!(line(&one, id)["last"], "2025-02-10", "{id}");
    }
    assert_eq!(state(&one, "plan:dashboards"), "ok");
    let name = to.file_name().unwrap().to_str().unwrap();
    one.ok(&format!("verify {name}"));
    one.ok("readiness record channel-test --of SMS --at 2025-02-12");
    assert!(one.ok("log readiness").contains("channel-test"), "goes on in the older one");
}

#[test]
fn an_exercise_of_this_program_gets_its_type() {
    let sandbox = still();
    sandbox.ok("start email-outage --exercise --at 2025-04-01T09:00Z --no-walk");
    let ran = sandbox.run("readiness record exercise --type tabletop --incident latest-exercise");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("still runs: it counts once it is over"), "{}", ran.err);
    sandbox.ok("skip confirm --reason x --at 2025-04-01T09:30Z --incident latest-exercise");
    sandbox.ok("close --anyway --reason test --at 2025-04-01T10:00Z --incident latest-exercise");
    let typed = "readiness record exercise --type tabletop --incident latest-exercise";
    let ran = sandbox.run(&format!("{typed} --at 2024-12-30"));
    assert!(ran.err.contains("began on 2025-04-01 by its own log, not on 2024-12-30"), "{ran:?}");
    sandbox.ok(typed);
    let tabletop = line(&sandbox, "tabletop");
    assert_eq!((&tabletop["last"], &tabletop["state"]), (&"2025-04-01".into(), &"overdue".into()));
    assert_eq!(state(&sandbox, "full-scale"), "never", "never credited for more than it was");
    assert!(tabletop["detail"].as_str().unwrap().starts_with("tabletop of email-outage (x-"));
    assert_eq!(state(&sandbox, "playbook-exercised:email-outage"), "overdue");
    assert_eq!(state(&sandbox, "playbook-exercised:ransomware"), "never");
}

#[test]
fn an_activation_exempts_from_the_full_scale_one_and_from_no_other() {
    let sandbox = still();
    sandbox.write_site(&SITE.replace("  exercise-year: 07-01\n", ""));
    sandbox.ok("start email-outage --onset 2025-05-02T08:00Z --at 2025-05-02T09:00Z --no-walk");
    let activation = "readiness record plan-activation --incident latest";
    assert_data_eq!(
        shown(&sandbox, activation)
            .replace(&sandbox.home().join("readiness").display().to_string(), "READINESS"),
        str![[r#"
Saved 2@wWWW (HHHH-HHHH) by Ana Diaz: plan-activation on 2025-05-02: in email-outage-YYYYMMDD-RRRR
--- stderr
Note: opened the site's standing log: ROOT/home/readiness/standing-YYYYMMDD-RRRR
--- exit 0
"#]]
    );
    sandbox.ok("readiness record exercise --type workshop --at 2025-06-01 --playbook email-outage");
    let (full, choice) = (line(&sandbox, "cms-full-scale"), line(&sandbox, "cms-choice"));
    assert_eq!(full["law"], true);
    assert!(full["rule"].as_str().unwrap().starts_with("42 CFR 482.15(d)(2)"), "{full}");
    // In which year what is missing depends on today; 2025 is settled for good.
    for one in [full, choice] {
        assert!(!one["detail"].as_str().unwrap().contains("from 2025"), "{one}");
    }
}

#[test]
fn what_is_no_emergency_activates_no_plan() {
    let sandbox = still();
    sandbox.ok("start email-outage --exercise --at 2025-04-01T09:00Z --no-walk");
    let drill = sandbox.run("readiness record plan-activation --incident latest-exercise");
    assert_eq!(drill.code, Some(1));
    assert!(drill.err.contains("activated no emergency plan: it was an exercise"), "{drill:?}");
    sandbox.ok("start ransomware --suspected --no-walk");
    let suspected = sandbox.run("readiness record plan-activation --incident latest");
    assert!(suspected.err.contains("it was never declared"), "{suspected:?}");
    sandbox.ok("mark declared --incident latest");
    sandbox.ok("readiness record plan-activation --incident latest");
    let real = sandbox.run("readiness record exercise --type tabletop --incident latest");
    assert!(real.err.contains("is no exercise: it was real"), "{real:?}");
    // Called a false alarm afterwards: the record stays, the exemption goes.
    sandbox.ok("false-alarm --reason \"scanner was wrong\" --incident latest");
    let out = sandbox.ok("readiness");
    assert!(out.contains("that gives no"), "{out}");
    assert!(out.contains("it was a false alarm"), "{out}");
}

#[test]
fn the_site_sets_its_own_pace() {
    let sandbox = still();
    sandbox.write_site(SITE);
    sandbox.ok("site set policy.training \"2 months\"");
    sandbox.ok("site set policy.restore-test waived");
    sandbox.ok("site set kind pharmacy");
    sandbox.ok("readiness record training --at 2025-02-10");
    let training = line(&sandbox, "training");
    assert_eq!(training["due"], "2025-04-10");
    assert_eq!(training["rule"], "site policy, every 2 months (site file)");
    let answer = sandbox.json("readiness");
    assert_eq!(answer["waived"], serde_json::json!(["small-tabletop", "restore-test"]));
    assert_eq!(answer["facility"], "pharmacy");
    assert_eq!(line(&sandbox, "cms")["state"], "ok");
    for (line, says) in [
        ("site set kind hospital", "inpatient, outpatient, pharmacy, other"),
        ("site set exercise-year 13-01", "such as 07-01"),
        ("site set policy.training weekly", "90 days, 3 months or waived"),
    ] {
        let ran = sandbox.run(line);
        assert_eq!(ran.code, Some(2), "{line}: {ran:?}");
        assert!(ran.err.contains(says), "{line}: {ran:?}");
    }
}

#[test]
fn a_check_ends_with_eight_only_if_something_is_overdue_or_never_was() {
    let sandbox = still();
    let off = "  tabletop: waived\n  full-scale: waived\n  playbook-exercised: waived\n  training: waived\n  \
               channel-test: waived\n  restore-test: waived\n  binder-printed: waived\n  contacts: waived\n  \
               plan-90-days: waived\n";
    let quiet =
        SITE.replace("kind: inpatient", "kind: pharmacy").replace("2025-06-30", "2099-06-30");
    sandbox.write_site(&format!("{quiet}{off}"));
    assert_eq!(sandbox.run("readiness --check").code, Some(0));
    assert_eq!(sandbox.run("readiness --check --json").code, Some(0));
    sandbox.write_site(&format!("{}{off}", SITE.replace("kind: inpatient", "kind: pharmacy")));
    assert_eq!(sandbox.run("readiness --check").code, Some(8), "a certificate has ended");
    assert_eq!(sandbox.run("readiness").code, Some(0), "only where it was asked");
}

#[test]
fn an_overdue_action_is_overdue_here_too() {
    let sandbox = still();
    sandbox.ok("start email-outage --at 2025-01-22T14:05Z --no-walk");
    sandbox.ok("actions add \"Second mail route\" --owner \"Ivo Brandt\" --due 2025-03-31");
    let actions = line(&sandbox, "actions");
    assert_eq!(actions["state"], "overdue");
    assert!(actions["detail"].as_str().unwrap().contains("A-01@"), "{actions}");
    sandbox.ok("actions close A-01 --evidence x --by \"Ivo Brandt\"");
    assert_eq!(state(&sandbox, "actions-to-verify"), "due_soon");
}

#[test]
fn a_broken_site_file_hides_nothing() {
    let sandbox = still();
    sandbox.write_site(&format!("{SITE}rubbish: yes\n"));
    assert_eq!(state(&sandbox, "site-file"), "overdue");
    assert_eq!(state(&sandbox, "expiry:mail certificate"), "overdue", "what can be read counts");
}

#[test]
fn the_page_prints_and_nothing_in_it_is_live() {
    let sandbox = still();
    sandbox.write_site(&SITE.replace("mail certificate", "<script>alert(1)</script>"));
    sandbox.ok("readiness record training --of \"<img src=x>\" --at 2025-02-10");
    assert_data_eq!(
        sandbox.run("readiness --html out.html").shown(),
        str![[r#"
Wrote out.html: open it in any browser and print it.
--- exit 0
"#]]
    );
    let page = std::fs::read_to_string(sandbox.cwd().join("out.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("http:"));
    assert!(page.contains("&lt;script&gt;"), "{page}");
    for tag in ["table", "tr", "td", "h2", "p", "body", "html"] {
        let opened =
            page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
    let again = sandbox.run("readiness --html out.html");
    assert_eq!(again.code, Some(1), "{again:?}");
    sandbox.ok("readiness --html out.html --overwrite");
}

#[test]
fn what_cannot_be_recorded_writes_nothing() {
    let sandbox = still();
    sandbox.ok("start email-outage --exercise --at 2025-04-01T09:00Z --no-walk");
    let before = sandbox.everything();
    for (line, code, says) in [
        ("readiness record", 2, "<KIND>"),
        ("readiness record party", 2, "possible values: exercise, drill, training"),
        ("readiness record exercise --at 2025-03-01", 1, "counts only with its type"),
        ("readiness record exercise --type huge", 2, "small-tabletop, workshop, tabletop"),
        (
            "readiness record exercise --type tabletop --playbook nowhere",
            2,
            "no playbook \"nowhere\"",
        ),
        ("readiness record training --at 2099-01-01", 1, "2099-01-01 has not come yet"),
        ("readiness record training --at 2026-02-30", 2, "no day of the calendar"),
        ("readiness record training --type tabletop", 2, "--type says nothing of a training"),
        ("readiness record training --incident latest-exercise", 2, "--incident says nothing"),
        (
            "readiness record plan-activation --at 2025-03-01",
            1,
            "only if it can be shown in writing",
        ),
        ("readiness record plan-activation --of sms --note x", 2, "--of says nothing"),
        ("readiness record training --note \"Mary Jones, DOB 3/4/1950\"", 1, "--no-phi"),
        ("readiness record exercise --type drill --incident nowhere", 2, "nowhere"),
        ("readiness tick nothing", 2, "the plan has no item \"nothing\""),
        ("readiness tick one-gatway", 2, "did you mean one-gateway?"),
        (
            "readiness tick dashboards --incident latest-exercise",
            2,
            "standing log, not in an incident",
        ),
        ("readiness plan --start --at 2099-01-01", 1, "2099-01-01 has not come yet"),
        ("readiness tick dashboards --at 2099-01-01T10:00Z", 1, "in the future"),
        ("readiness --html out.html --json", 2, "cannot be used with"),
        ("log readiness", 2, "readiness"),
    ] {
        let ran = sandbox.run(line);
        assert_eq!(ran.code, Some(code), "{line}: {ran:?}");
        assert!(ran.err.contains(says), "{line}: {}", ran.err);
        assert_eq!(ran.out, "", "{line}");
    }
    assert_eq!(before, sandbox.everything(), "nothing was written");
}

#[test]
fn a_drill_elsewhere_is_an_exercise_of_that_type() {
    let sandbox = still();
    sandbox.ok("readiness record drill --playbook email-outage --at 2025-02-10");
    let tabletop = line(&sandbox, "tabletop");
    assert_eq!(tabletop["last"], "2025-02-10");
    assert!(tabletop["detail"].as_str().unwrap().starts_with("drill of email-outage (2@"));
}

#[test]
fn the_help_names_every_rule_that_a_site_may_change() {
    let sandbox = still();
    let help = sandbox.ok("readiness --help").replace('\n', " ");
    let policy =
        outage_runbook::readiness::policy(None, &outage_runbook::reference::Reference::default());
    for name in policy.names() {
        assert!(help.contains(&format!(" {name}")), "{name}: {help}");
    }
}
