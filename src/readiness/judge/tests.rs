//! Facts in, verdicts out.

use super::*;
use crate::engine::{Day, ExerciseType};
use crate::readiness::{Activation, Improvement, PLAN, PlanItem, Ticked, policy};
use crate::reference::{Reference, shelf};
use crate::site::{Site, read};

fn shipped() -> Reference {
    Reference::of(shelf(Vec::new())).0
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn site(lines: &str) -> Site {
    read(&format!("runbook-site: 1\nsite:\n  name: Riverside\n{lines}")).unwrap().site
}

fn facts<'a>(site: Option<&'a Site>, today: &str) -> Facts<'a> {
    Facts {
        less: Vec::new(),
        today: day(today),
        site,
        site_broken: None,
        books: Vec::new(),
        held: Vec::new(),
        activations: Vec::new(),
        kept: Vec::new(),
        improvement: Improvement::default(),
        plan: Vec::new(),
        plan_from: None,
        ticked: Vec::new(),
    }
}

fn held(on: &str, kind: &str, playbook: &str) -> Held {
    Held {
        on: day(on),
        kind: ExerciseType::from_word(kind),
        playbook: playbook.parse().ok(),
        source: "3@wf2f".to_owned(),
        by_law: true,
    }
}

fn book(
    id: &str,
    review_by: Option<&str>,
    templates: &[Option<(&str, Option<&str>)>],
) -> BookFacts {
    let signed = |(on, until): (&str, Option<&str>)| Signed { on: day(on), until: until.map(day) };
    BookFacts {
        id: id.parse().unwrap(),
        review_by: review_by.map(day),
        templates: templates.iter().map(|one| one.map(signed)).collect(),
    }
}

/// `state id last due | detail` of each line whose id begins so.
fn lines(facts: &Facts<'_>, prefix: &str) -> Vec<String> {
    let policy = policy(facts.site, &shipped());
    let verdicts = verdicts(&policy, facts);
    let shown = |day: Option<Day>| day.map_or("-".to_owned(), |day| day.to_string());
    verdicts
        .lines()
        .filter(|line| line.id.starts_with(prefix))
        .map(|line| {
            let detail = line.detail.as_deref().unwrap_or("-");
            let (last, due) = (shown(line.last), shown(line.due));
            format!("{} {} {last} {due} | {detail}", line.state.word(), line.id)
        })
        .collect()
}

#[test]
fn exercises_of_the_site_by_its_policy() {
    let mut facts = facts(None, "2026-11-25");
    assert_eq!(lines(&facts, "small-tabletop"), ["NEVER small-tabletop - - | -"]);
    facts.held = vec![held("2026-08-25", "tabletop", "email-outage")];
    assert_eq!(
        lines(&facts, "tabletop"),
        ["due soon tabletop 2026-08-25 2026-11-25 | tabletop of email-outage (3@wf2f)"],
        "the last day still is in time"
    );
    facts.today = day("2026-11-26");
    assert_eq!(
        lines(&facts, "tabletop"),
        ["OVERDUE tabletop 2026-08-25 2026-11-25 | tabletop of email-outage (3@wf2f)"]
    );
    assert_eq!(lines(&facts, "full-scale"), ["NEVER full-scale - - | -"], "never credited");
    facts.held.push(held("2026-11-01", "full-scale", "ransomware"));
    assert_eq!(
        lines(&facts, "tabletop"),
        ["ok tabletop 2026-11-01 2027-02-01 | full-scale of ransomware (3@wf2f)"],
        "the larger one counts for the smaller"
    );
}

#[test]
fn each_playbook_on_its_own() {
    let mut facts = facts(None, "2026-11-25");
    facts.books = vec![book("email-outage", None, &[]), book("ransomware", None, &[])];
    facts.held = vec![
        held("2026-08-25", "drill", "email-outage"),
        held("2026-11-20", "small-tabletop", "ransomware"),
    ];
    assert_eq!(
        lines(&facts, "playbook-exercised"),
        [
            "NEVER playbook-exercised:ransomware - - | -",
            "ok playbook-exercised:email-outage 2026-08-25 2027-08-25 | drill of email-outage (3@wf2f)",
        ]
    );
}

#[test]
fn an_exercise_without_a_type_counts_for_nothing_and_is_said() {
    let mut facts = facts(None, "2026-11-25");
    facts.held = vec![Held { kind: None, ..held("2026-11-20", "", "email-outage") }];
    assert_eq!(lines(&facts, "tabletop"), ["NEVER tabletop - - | -"]);
    assert_eq!(lines(&facts, "exercise-type"), ["unknown exercise-type:3@wf2f 2026-11-20 - | -"]);
}

#[test]
fn a_pace_of_the_sites_own_and_what_it_leaves_out() {
    let own = site("policy:\n  tabletop: 30 days\n  full-scale: waived\n  tabltop: 1 month\n");
    let mut facts = facts(Some(&own), "2026-11-25");
    facts.held = vec![held("2026-10-01", "tabletop", "email-outage")];
    assert_eq!(
        lines(&facts, "tabletop"),
        ["OVERDUE tabletop 2026-10-01 2026-10-31 | tabletop of email-outage (3@wf2f)"]
    );
    assert_eq!(lines(&facts, "full-scale"), [""; 0]);
    let verdicts = verdicts(&policy(facts.site, &shipped()), &facts);
    assert_eq!(verdicts.waived, ["full-scale"]);
    let strange = verdicts.lines().find(|line| line.id == "policy:tabltop").unwrap();
    assert_eq!(strange.next.as_deref(), Some("did you mean policy.tabletop?"));
    let tabletop = verdicts.lines().find(|line| line.id == "tabletop").unwrap();
    assert_eq!(tabletop.rule.to_string(), "site policy, every 30 days (site file)");
}

#[test]
fn what_cms_asks_of_this_place() {
    let nobody = site("");
    assert_eq!(
        lines(&facts(Some(&nobody), "2026-11-25"), "cms"),
        ["unknown cms - - | nobody said what kind of place this is"]
    );
    let pharmacy = site("  kind: pharmacy\n");
    assert_eq!(
        lines(&facts(Some(&pharmacy), "2026-11-25"), "cms"),
        ["ok cms - - | not on the list of CMS: the site's own policy holds"]
    );
    let hospital = site("  kind: inpatient\n");
    let mut facts = facts(Some(&hospital), "2026-11-25");
    assert_eq!(
        lines(&facts, "cms"),
        [
            "NEVER cms-full-scale - 2026-12-31 | year from 2026-01-01: none yet; the year ends 2026-12-31",
            "NEVER cms-choice - 2026-12-31 | year from 2026-01-01: none yet; the year ends 2026-12-31",
        ]
    );
    facts.held = vec![held("2026-03-01", "full-scale", "ransomware")];
    facts.activations = vec![Activation {
        onset: day("2026-05-02"),
        source: "email-outage-20260502-7k3q".to_owned(),
        void: None,
    }];
    assert_eq!(
        lines(&facts, "cms"),
        [
            "due soon cms-choice - 2026-12-31 | year from 2026-01-01: none yet; the year ends 2026-12-31",
            "ok cms-full-scale 2026-03-01 - | year from 2026-01-01: full-scale on 2026-03-01 (3@wf2f)",
        ]
    );
    facts.today = day("2027-02-01");
    assert_eq!(
        lines(&facts, "cms"),
        [
            "ok cms-choice - 2027-12-31 | year from 2027-01-01: none yet; the year ends 2027-12-31",
            "ok cms-full-scale 2026-05-02 - | year from 2027-01-01: exempt: emergency plan activated on 2026-05-02 (email-outage-20260502-7k3q); keep it in writing",
        ],
        "the first year on record may have had one that is not on record"
    );
    facts.held.push(held("2025-03-01", "tabletop", "ransomware"));
    assert_eq!(
        lines(&facts, "cms-choice"),
        [
            "OVERDUE cms-choice - 2026-12-31 | year from 2027-01-01: none yet; the year ends 2027-12-31; MISSING in the year from 2026-01-01"
        ]
    );
    let cited = verdicts(&policy(facts.site, &shipped()), &facts);
    let rule = cited.lines().find(|line| line.id == "cms-choice").unwrap().rule.to_string();
    assert!(rule.starts_with("42 CFR 482.15(d)(2), for hospitals (final, checked 20"), "{rule}");
}

#[test]
fn an_activation_that_gives_no_exemption_is_said() {
    let hospital = site("  kind: inpatient\n");
    let mut facts = facts(Some(&hospital), "2026-11-25");
    facts.held = vec![held("2026-03-01", "tabletop", "ransomware")];
    facts.activations = vec![Activation {
        onset: day("2026-05-02"),
        source: "x-email-outage-20260502-9x2k".to_owned(),
        void: Some("it was an exercise".to_owned()),
    }];
    assert_eq!(
        lines(&facts, "cms-full-scale"),
        [
            "due soon cms-full-scale - 2026-12-31 | year from 2026-01-01: none yet; the year ends 2026-12-31"
        ]
    );
    assert_eq!(
        lines(&facts, "activation"),
        ["unknown activation:x-email-outage-20260502-9x2k 2026-05-02 - | it was an exercise"]
    );
}

#[test]
fn playbooks_count_as_stale_from_their_day_on() {
    let mut facts = facts(None, "2026-11-25");
    facts.books = vec![
        book("a", Some("2026-11-25"), &[]),
        book("b", Some("2026-11-26"), &[]),
        book("c", Some("2027-05-31"), &[]),
        book("d", None, &[]),
    ];
    assert_eq!(
        lines(&facts, "review"),
        [
            "OVERDUE review:a - 2026-11-25 | -",
            "due soon review:b - 2026-11-26 | -",
            "unknown review:d - - | no review_by in it",
            "ok review:c - 2027-05-31 | -",
        ]
    );
}

#[test]
fn an_approval_ends_with_its_own_day_or_after_a_year() {
    let mut facts = facts(None, "2026-11-25");
    let one = |templates: &[Option<(&str, Option<&str>)>]| book("a", None, templates);
    for (templates, expected) in [
        (vec![None, None], "NEVER templates:a - - | 0 of 2 count"),
        (vec![Some(("2026-06-01", None))], "ok templates:a - 2027-06-01 | 1 of 1 count"),
        (vec![Some(("2025-06-01", None))], "OVERDUE templates:a - 2026-06-01 | 0 of 1 count"),
        (
            vec![Some(("2026-06-01", Some("2026-12-01")))],
            "due soon templates:a - 2026-12-01 | 1 of 1 count",
        ),
        (
            vec![Some(("2025-06-01", Some("2099-12-01")))],
            "OVERDUE templates:a - 2026-06-01 | 0 of 1 count",
        ),
        (vec![Some(("2026-06-01", None)), None], "NEVER templates:a - 2027-06-01 | 1 of 2 count"),
    ] {
        facts.books = vec![one(&templates)];
        assert_eq!(lines(&facts, "templates"), [expected], "{templates:?}");
    }
    facts.books = vec![one(&[])];
    assert_eq!(lines(&facts, "templates"), [""; 0], "no message, no approval");
}

#[test]
fn the_site_file_its_numbers_dates_and_agreements() {
    let mut none = facts(None, "2026-11-25");
    assert_eq!(lines(&none, "site-file"), ["NEVER site-file - - | -"]);
    none.site_broken = Some("it has errors".to_owned());
    assert_eq!(lines(&none, "site-file"), ["OVERDUE site-file - - | it has errors"]);
    let site = site(
        "  checked: 2026-08-27\nvendors:\n  - {name: Mailhost, for: email, agreement: {kind: BAA, on: 2025-03-01, until: 2026-11-24}}\n  - {name: Fiber Co, for: internet}\n  - {name: Voice Co, for: phone, agreement: {kind: MSA, on: 2025-03-01}}\nexpiries:\n  - {what: certificate, on: 2026-12-20}\n  - {what: domain, on: 2028-01-31}\n",
    );
    let facts = facts(Some(&site), "2026-11-25");
    assert_eq!(lines(&facts, "contacts"), ["due soon contacts 2026-08-27 2026-11-25 | -"]);
    assert_eq!(
        lines(&facts, "expiry"),
        ["due soon expiry:certificate - 2026-12-20 | -", "ok expiry:domain - 2028-01-31 | -",]
    );
    assert_eq!(
        lines(&facts, "agreement"),
        [
            "OVERDUE agreement:BAA with Mailhost - 2026-11-24 | -",
            "unknown agreement:Fiber Co - - | none in the site file",
            "ok agreement:MSA with Voice Co 2025-03-01 - | no last day in the site file",
        ]
    );
}

#[test]
fn each_channel_and_each_backup_on_its_own() {
    let mut facts = facts(None, "2026-11-25");
    assert_eq!(lines(&facts, "channel-test"), ["NEVER channel-test - - | -"]);
    let fact = |kind: &str, of: &str, on: &str, source: &str| {
        (kind.to_owned(), Some(of.to_owned()), day(on), source.to_owned())
    };
    facts.kept = vec![
        fact("channel-test", "SMS", "2026-01-10", "2@w1"),
        fact("channel-test", "sms", "2026-11-10", "3@w1"),
        fact("channel-test", "IVR", "2026-02-10", "4@w1"),
        fact("restore-test", "EHR", "2026-02-10", "5@w1"),
    ];
    assert_eq!(
        lines(&facts, "channel-test"),
        [
            "OVERDUE channel-test:IVR 2026-02-10 2026-05-10 | record 4@w1 of the standing log",
            "ok channel-test:sms 2026-11-10 2027-02-10 | record 3@w1 of the standing log",
        ]
    );
    assert_eq!(
        lines(&facts, "restore-test"),
        ["ok restore-test:EHR 2026-02-10 2027-02-10 | record 5@w1 of the standing log"]
    );
}

#[test]
fn the_improvement_plan_in_one_glance() {
    let mut facts = facts(None, "2026-11-25");
    assert_eq!(lines(&facts, "actions"), ["ok actions - - | none overdue; 0 open"]);
    facts.improvement = Improvement {
        overdue: vec!["A-01@7k3q".to_owned(), "AAR@7k3q".to_owned()],
        no_date: 1,
        open: 2,
        to_verify: 3,
        due: 5,
        kept: 4,
    };
    assert_eq!(
        lines(&facts, "actions"),
        [
            "OVERDUE actions - - | 2 overdue: A-01@7k3q, AAR@7k3q; 2 open; 80 % of 5 in time by the first date, good is 90 %",
            "due soon actions-to-verify - - | 3, which nobody but the one who closed them has seen",
            "unknown actions-no-date - - | 1, which nobody will chase",
        ]
    );
}

#[test]
fn the_plan_of_the_first_ninety_days() {
    let mut facts = facts(None, "2026-11-25");
    assert_eq!(lines(&facts, "plan"), ["NEVER plan-90-days - - | nobody has started it"]);
    facts.plan = PlanItem::of(&crate::playbook::compile(PLAN).unwrap().playbook);
    facts.plan_from = Some(day("2026-10-01"));
    facts.ticked = vec![
        Ticked { step: "audit-flows".to_owned(), done: true, on: day("2026-10-20") },
        Ticked { step: "one-gateway".to_owned(), done: false, on: day("2026-10-21") },
    ];
    let all = lines(&facts, "plan");
    assert_eq!(all.len(), 13);
    assert_eq!(
        all[..4],
        [
            "OVERDUE plan:verify-domains - 2026-10-31 | Verify MX and DNS records, certificates and the day the domain ends",
            "OVERDUE plan:fallback-templates - 2026-10-31 | Have fallback messages by SMS and voice approved",
            "OVERDUE plan:incident-runbook - 2026-10-31 | Fill in the site file, read the playbook through, print the binder",
            "due soon plan:second-route - 2026-11-30 | Have a second mail route that is authenticated for the domain",
        ]
    );
    assert!(all.contains(&"ok plan:audit-flows 2026-10-20 - | done 2026-10-20".to_owned()));
    assert!(all.contains(
        &"ok plan:one-gateway 2026-10-21 - | not applicable, said 2026-10-21".to_owned()
    ));
}

#[test]
fn a_check_fails_for_what_is_overdue_or_never_was() {
    let off = site(
        "  kind: pharmacy\n  checked: 2026-11-25\npolicy:\n  small-tabletop: waived\n  tabletop: waived\n  full-scale: waived\n  playbook-exercised: waived\n  training: waived\n  channel-test: waived\n  restore-test: waived\n  binder-printed: waived\n  plan-90-days: waived\n",
    );
    let mut facts = facts(Some(&off), "2026-11-25");
    let fails = |facts: &Facts<'_>| verdicts(&policy(facts.site, &shipped()), facts).fails();
    assert!(!fails(&facts));
    facts.books = vec![book("a", Some("2026-11-26"), &[])];
    assert!(!fails(&facts), "due soon is in time");
    facts.books = vec![book("a", Some("2026-11-25"), &[])];
    assert!(fails(&facts));
    facts.books = vec![book("a", Some("2099-11-25"), &[None])];
    assert!(fails(&facts), "never approved");
}
