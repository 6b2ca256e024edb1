//! Which exercises count as held, and for what: each is played with the real commands, and `readiness`
//! says of those that do not count, or count for less, why that is so.

use regex_lite::Regex;
use snapbox::{assert_data_eq, str};

use crate::drill::EXERCISE;
use crate::support::Sandbox;
use crate::support::by_hand::ByHand;
use crate::support::sandbox::EVERY_FORM;

const HOSPITAL: &str = "\
runbook-site: 1
site:
  name: Riverside Hospital
  callback: \"860 555 0100\"
  kind: inpatient
";

/// A hospital with one exercise for its playbook: a tabletop of three quarters of an hour.
fn hospital() -> ByHand {
    let desk = ByHand::new();
    desk.write("playbooks/every-form.yaml", EVERY_FORM);
    desk.write("playbooks/exercises/every-form-45.yaml", EXERCISE);
    std::fs::create_dir_all(desk.home()).unwrap();
    std::fs::write(desk.home().join("site.yaml"), HOSPITAL).unwrap();
    desk
}

/// A moment of the twelfth of March 2026, at the hospital.
fn at(clock: &str) -> String {
    format!("2026-03-12T{clock}:00-05:00")
}

/// Whoever has to look the next day.
const NEXT_DAY: &str = "2026-03-13T09:00:00-05:00";

/// Begins an exercise at nine, in which one step is answered; gives its id.
fn begin(desk: &ByHand, options: &str) -> String {
    let line = format!("drill every-form --facilitator \"Faye Roth\" --no-walk {options}");
    let started = desk.json(&at("09:00"), &line);
    let id = started["incident"].as_str().unwrap().to_owned();
    let player = if options.contains("--solo") { "Faye Roth" } else { "Ana Diaz" };
    let answer = format!("skip confirm --reason \"in practice\" --incident {id} --by \"{player}\"");
    desk.ok(&at("09:00"), &answer);
    id
}

/// Plays one from nine o'clock until then, with its first inject; gives its id.
fn play(desk: &ByHand, options: &str, until: &str) -> String {
    let id = begin(desk, options);
    desk.ok(&at("09:00"), &format!("drill deliver first --by \"Faye Roth\" --incident {id}"));
    desk.ok(&at(until), &format!("drill end --by \"Faye Roth\" --incident {id}"));
    id
}

/// Says that the after-action report is finished.
fn report(desk: &ByHand, id: &str) {
    let line = format!("actions close AAR@{id} --evidence \"signed, binder 3\" --by \"Eva Lund\"");
    desk.ok(&at("17:00"), &line);
}

/// State and detail of one line.
fn line(desk: &ByHand, id: &str) -> String {
    let answer = desk.json(NEXT_DAY, "readiness");
    let sections = answer["sections"].as_array().unwrap();
    let lines = sections.iter().flat_map(|section| section["lines"].as_array().unwrap());
    let found: Vec<&serde_json::Value> = lines.filter(|line| line["id"] == id).collect();
    assert_eq!(found.len(), 1, "{id}: {answer}");
    let detail = found[0]["detail"].as_str().unwrap_or("-");
    masked(&format!("{}: {detail}", found[0]["state"].as_str().unwrap()))
}

/// An id ends in four letters of chance.
fn masked(text: &str) -> String {
    let id = Regex::new(r"-2026[0-9]{4}-[0-9a-z]{4}\b").unwrap();
    id.replace_all(text, "-2026MMDD-RRRR").into_owned()
}

/// What the screen says of exercises that do not count, or for less.
fn said(screen: &str) -> String {
    const HEADING: &str = "Exercises that do not count, or for less than they were called\n";
    let Some((_, rest)) = screen.split_once(HEADING) else { return String::new() };
    let end = rest.find("\n\n").unwrap_or(rest.len());
    masked(&format!("{}\n", &rest[..end]))
}

#[test]
fn a_tabletop_counts_for_the_site_and_once_its_report_is_finished_for_cms() {
    let desk = hospital();
    let id = play(&desk, "", "09:45");
    assert_eq!(line(&desk, "tabletop"), "ok: tabletop of every-form (x-every-form-2026MMDD-RRRR)");
    let open = "never: year from 2026-01-01: none yet; the year ends 2026-12-31";
    assert_eq!(line(&desk, "cms-choice"), open, "none that is documented");
    assert_data_eq!(
        said(&desk.ok(NEXT_DAY, "readiness")),
        str![[r#"
policy    x-every-form-2026MMDD-RRRR (2026-03-12): its after-action report is
          not finished: counts for site policy, not for the rules of CMS
          → runbook actions close AAR@x-every-form-2026MMDD-RRRR --evidence
          TEXT

"#]]
    );
    report(&desk, &id);
    let met = "ok: year from 2026-01-01: tabletop on 2026-03-12 (x-every-form-2026MMDD-RRRR)";
    assert_eq!(line(&desk, "cms-choice"), met);
    assert_eq!(said(&desk.ok(NEXT_DAY, "readiness")), "");
    assert!(line(&desk, "cms-full-scale").contains("none yet"), "a tabletop is no full-scale one");
}

#[test]
fn practice_is_named_with_its_reason() {
    let desk = hospital();
    play(&desk, "--solo", "09:45");
    play(&desk, "--type full-scale", "09:01");
    let broken = begin(&desk, "");
    let line_of =
        |id: &str| format!("drill interrupt --reason fire --incident {id} --by \"Faye Roth\"");
    desk.ok(&at("09:45"), &line_of(&broken));
    let alarm = begin(&desk, "");
    desk.ok(
        &at("09:45"),
        &format!("false-alarm --reason \"wrong room\" --incident {alarm} --by \"Faye Roth\""),
    );
    begin(&desk, "--speed 60x");
    assert_data_eq!(
        said(&desk.ok(NEXT_DAY, "readiness")),
        str![[r#"
practice  x-every-form-2026MMDD-RRRR (2026-03-12): something real broke it off:
          counts for practice, not for a rule
practice  x-every-form-2026MMDD-RRRR (2026-03-12): it still runs: counts for
          practice, not for a rule
          → runbook drill end --incident x-every-form-2026MMDD-RRRR
practice  x-every-form-2026MMDD-RRRR (2026-03-12): it took 1 min of real time,
          and 10 is the least: counts for practice, not for a rule
practice  x-every-form-2026MMDD-RRRR (2026-03-12): it was called a false alarm:
          counts for practice, not for a rule
practice  x-every-form-2026MMDD-RRRR (2026-03-12): one person played it alone:
          counts for practice, not for a rule

"#]]
    );
    for id in ["small-tabletop", "tabletop", "full-scale", "playbook-exercised:every-form"] {
        assert_eq!(line(&desk, id), "never: -", "{id}");
    }
    assert!(line(&desk, "cms-choice").contains("none yet"));
    // A record beside it makes nothing of it, and says so where that is known for good.
    for (id, says) in [(&broken, "reality broke it off"), (&alarm, "it was a false alarm")] {
        let line = format!("readiness record exercise --type tabletop --incident {id} --by Eva");
        let typed = desk.run(NEXT_DAY, &line);
        assert!(typed.err.contains(says), "{typed:?}");
    }
}

#[test]
fn an_exercise_that_ran_fast_is_a_tabletop_whatever_it_was_called() {
    let desk = hospital();
    let fast = play(&desk, "--type full-scale --speed 60x", "11:00");
    let step = play(&desk, "--type functional --step", "11:00");
    let short = play(&desk, "--type functional", "09:59");
    for id in [&fast, &step, &short] {
        report(&desk, id);
    }
    assert_data_eq!(
        said(&desk.ok(NEXT_DAY, "readiness")),
        str![[r#"
smaller   x-every-form-2026MMDD-RRRR (2026-03-12): called functional, but it
          took 59 min of real time, and 60 is the least for that: counts as
          tabletop
smaller   x-every-form-2026MMDD-RRRR (2026-03-12): called functional, but its
          clock moved only by hand: counts as tabletop
smaller   x-every-form-2026MMDD-RRRR (2026-03-12): called full-scale, but its
          clock ran at 60x: counts as tabletop

"#]]
    );
    assert_eq!(line(&desk, "full-scale"), "never: -");
    assert!(line(&desk, "cms-full-scale").contains("none yet"));
    assert!(line(&desk, "cms-choice").contains("tabletop on 2026-03-12"));
}

#[test]
fn a_tabletop_called_full_scale_counts_as_that_once_it_is_in_writing() {
    let desk = hospital();
    let id = play(&desk, "--type full-scale", "11:00");
    report(&desk, &id);
    assert_data_eq!(
        said(&desk.ok(NEXT_DAY, "readiness")),
        str![[r#"
smaller   x-every-form-2026MMDD-RRRR (2026-03-12): called full-scale with
          --type, but written for a tabletop: counts as tabletop
          → runbook readiness record exercise --type full-scale --incident
          x-every-form-2026MMDD-RRRR --note WHERE

"#]]
    );
    assert_eq!(line(&desk, "full-scale"), "never: -");
    let record = format!("readiness record exercise --type full-scale --incident {id} --by Eva");
    let bare = desk.run(NEXT_DAY, &record);
    assert_data_eq!(
        masked(&bare.err.replace(&desk.home().display().to_string(), "HOME")),
        str![[r#"
Note: opened the site's standing log: HOME/readiness/standing-2026MMDD-RRRR
Note: x-every-form-2026MMDD-RRRR: called full-scale with --type, but written for a tabletop: counts as tabletop
  → runbook readiness record exercise --type full-scale --incident x-every-form-2026MMDD-RRRR --note WHERE

"#]]
    );
    assert_eq!(line(&desk, "full-scale"), "never: -", "somebody has to say where it is written");
    desk.ok(NEXT_DAY, &format!("{record} --note \"sign-in sheets of both wards, binder 3\""));
    assert_eq!(
        line(&desk, "full-scale"),
        "ok: full-scale of every-form (x-every-form-2026MMDD-RRRR)"
    );
    assert!(line(&desk, "cms-full-scale").contains("full-scale on 2026-03-12"));
    assert_eq!(said(&desk.ok(NEXT_DAY, "readiness")), "");
    assert_eq!(desk.run(NEXT_DAY, &format!("{record} --note again")).err, "");
}

#[test]
fn a_tabletop_without_an_inject_needs_its_questions_in_writing() {
    let desk = hospital();
    let id = begin(&desk, "");
    desk.ok(&at("09:45"), &format!("drill end --by \"Faye Roth\" --incident {id}"));
    report(&desk, &id);
    assert_data_eq!(
        said(&desk.ok(NEXT_DAY, "readiness")),
        str![[r#"
policy    x-every-form-2026MMDD-RRRR (2026-03-12): no inject was delivered, and
          nothing says where its questions are: counts for site policy, not for
          the rules of CMS
          → runbook readiness record exercise --type tabletop --incident
          x-every-form-2026MMDD-RRRR --note WHERE

"#]]
    );
    assert!(line(&desk, "cms-choice").contains("none yet"));
    let record = "readiness record exercise --type tabletop --note \"questions in binder 3\"";
    desk.ok(NEXT_DAY, &format!("{record} --incident {id} --by Eva"));
    assert!(line(&desk, "cms-choice").contains("tabletop on 2026-03-12"));
}

#[test]
fn one_on_the_real_clock_counts_by_what_was_recorded() {
    let desk = hospital();
    let start = "start every-form --exercise --no-walk --by \"Ana Diaz\"";
    let close = "close --anyway --reason over --by \"Ana Diaz\" --incident latest-exercise";
    let answer = "skip confirm --reason x --by \"Ana Diaz\" --incident latest-exercise";
    desk.ok(&at("09:00"), start);
    desk.ok(&at("09:01"), answer);
    desk.ok(&at("09:05"), close);
    let typed = "readiness record exercise --type functional --by Eva --incident latest-exercise";
    let short = desk.run(&at("09:06"), typed);
    assert!(short.err.contains("it took 5 min of real time"), "{short:?}");
    assert_eq!(line(&desk, "tabletop"), "never: -");
    desk.ok(&at("10:00"), start);
    desk.ok(&at("10:01"), answer);
    desk.ok(&at("11:30"), close);
    let long = desk.run(&at("11:31"), typed);
    assert!(!long.err.contains("min of real time"), "{long:?}");
    assert_eq!(
        line(&desk, "tabletop"),
        "ok: functional of every-form (x-every-form-2026MMDD-RRRR)"
    );
    assert!(line(&desk, "cms-full-scale").contains("none yet"), "its report is not finished");
}

#[test]
fn where_cms_does_not_hold_what_only_cms_asks_is_not_said() {
    let desk = hospital();
    play(&desk, "", "09:45");
    let pharmacy = HOSPITAL.replace("inpatient", "pharmacy");
    std::fs::write(desk.home().join("site.yaml"), pharmacy).unwrap();
    assert_eq!(said(&desk.ok(NEXT_DAY, "readiness")), "");
    // That its report is owed stands in the list of actions all the same.
    assert!(desk.ok(NEXT_DAY, "actions list").contains("AAR@"));
}

#[test]
fn programs_and_paper_are_told_as_well() {
    let desk = hospital();
    let id = play(&desk, "--solo", "09:45");
    let answer = desk.json(NEXT_DAY, "readiness");
    assert_eq!(
        answer["counted_for_less"],
        serde_json::json!([{
            "source": id,
            "on": "2026-03-12",
            "counts_for": "practice",
            "counts_as": null,
            "why": "one person played it alone",
            "next": null,
        }])
    );
    assert_eq!(answer["played_alone"], 1);
    desk.ok(NEXT_DAY, "readiness --html ready.html");
    let page = std::fs::read_to_string(desk.cwd().join("ready.html")).unwrap();
    assert!(page.contains("one person played it alone: counts for practice"), "{page}");
}

#[test]
fn an_exercise_never_exempts_and_an_activation_is_never_an_exercise() {
    let desk = hospital();
    let id = play(&desk, "", "09:45");
    let refused = desk.run(
        NEXT_DAY,
        &format!("readiness record plan-activation --incident {id} --note x --by Eva"),
    );
    assert!(refused.err.contains("it was an exercise"), "{refused:?}");
    desk.ok(&at("12:00"), "start every-form --no-walk --by \"Ana Diaz\"");
    // Real, and on record as such: without the record nothing is exempted.
    assert!(line(&desk, "cms-full-scale").contains("none yet"));
    desk.ok(NEXT_DAY, "readiness record plan-activation --incident latest --by Eva");
    assert!(
        line(&desk, "cms-full-scale").contains("exempt: emergency plan activated on 2026-03-12")
    );
    assert!(line(&desk, "cms-choice").contains("none yet"), "never the exercise of choice");
}

#[test]
fn an_exercise_that_counts_for_nothing_owes_no_report() {
    let desk = hospital();
    play(&desk, "--solo", "09:45");
    let broken = begin(&desk, "");
    let line = format!("drill interrupt --reason fire --incident {broken} --by \"Faye Roth\"");
    desk.ok(&at("09:45"), &line);
    let alarm = begin(&desk, "");
    let line = format!("false-alarm --reason \"wrong room\" --incident {alarm} --by \"Faye Roth\"");
    desk.ok(&at("09:45"), &line);
    assert_eq!(desk.json(NEXT_DAY, "actions list --all")["reviews"], serde_json::json!([]));
    // What was found in it is on the plan all the same.
    desk.ok(NEXT_DAY, &format!("actions add \"A second radio\" --incident {broken} --by Eva"));
    let answer = desk.json(NEXT_DAY, "actions list");
    assert_eq!(answer["actions"].as_array().unwrap().len(), 1, "{answer}");
    // One that was played by several, however short, and one that nobody declared.
    let short = play(&desk, "", "09:01");
    let reviews = desk.json("2026-04-30T09:00:00-05:00", "actions list")["reviews"].clone();
    let owed: Vec<(&str, &str)> = reviews
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["incident"].as_str().unwrap(), one["standing"].as_str().unwrap()))
        .collect();
    assert_eq!(owed, [(short.as_str(), "overdue")]);
}

#[test]
fn closing_says_until_when_the_hot_wash_and_the_report_are_due() {
    let desk = hospital();
    desk.ok(&at("09:00"), "start email-outage --no-walk --by \"Ana Diaz\"");
    let closed = desk.ok(&at("15:00"), "close --anyway --reason over --by \"Ana Diaz\"");
    let (_, next) = closed.split_once("Next, in this order:\n").unwrap();
    assert_data_eq!(
        masked(next),
        str![[r#"
  1. say what went well and what did not, by 2026-03-15 15:00 -05:00:
     runbook hotwash email-outage-2026MMDD-RRRR
  2. put each gap on the plan, with --owner NAME and --due DAY:
     runbook actions add TEXT --incident email-outage-2026MMDD-RRRR
  3. print the after-action report, to be finished by 2026-04-11:
     runbook report email-outage-2026MMDD-RRRR --format aar-html -o aar.html
  4. once it is finished and signed, say so:
     runbook actions close AAR@email-outage-2026MMDD-RRRR --evidence WHERE

"#]]
    );
}

#[test]
fn nobody_over_claims_in_real_processes() {
    let sandbox = Sandbox::new().at_midday().typed_by("Faye Roth");
    sandbox.write("playbooks/exercises/every-form-45.yaml", EXERCISE);
    sandbox.write_site(HOSPITAL);
    sandbox.ok("drill every-form --no-walk --type full-scale");
    sandbox.ok("drill end");
    sandbox.ok("drill every-form --no-walk --solo");
    sandbox.ok("drill end");
    let answer = sandbox.json("readiness");
    let less: Vec<&str> = answer["counted_for_less"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["why"].as_str().unwrap())
        .collect();
    assert_eq!(less.len(), 2, "{answer}");
    assert!(less.contains(&"it took 0 min of real time, and 10 is the least"), "{less:?}");
    assert!(less.contains(&"one person played it alone"), "{less:?}");
}

/// It goes on past midnight, with another playbook: one exercise, one report, one day.
#[test]
fn an_exercise_that_grew_out_of_another_is_a_part_of_it() {
    let desk = hospital();
    let id = begin(&desk, "--type functional");
    let escalate = "escalate phone-outage --reason \"the phones fail too\" --by \"Ana Diaz\"";
    desk.ok("2026-03-13T00:10:00-05:00", &format!("{escalate} --incident {id}"));
    desk.ok("2026-03-13T01:00:00-05:00", &format!("drill end --by \"Faye Roth\" --incident {id}"));
    let day = "2026-03-20T09:00:00-05:00";
    let list = desk.json(day, "actions list --all");
    let owed = list["reviews"].as_array().unwrap();
    assert!(owed.len() == 1 && owed[0]["incident"] == id.as_str(), "{list}");
    let screen = desk.ok(day, "readiness");
    assert_eq!(screen.matches("x-phone-outage").count(), 0, "{screen}");
}

/// Written down twice, with a day of the next year: it exempts once, in the year of its own onset.
#[test]
fn one_emergency_exempts_one_year() {
    let desk = hospital();
    let start = "start every-form --no-walk --by \"Ana Diaz\" --onset 2025-12-02T08:00:00-05:00";
    desk.ok("2025-12-02T09:00:00-05:00", start);
    let record = "readiness record plan-activation --incident latest --by Eva --note";
    desk.ok("2025-12-03T09:00:00-05:00", &format!("{record} a"));
    let again = desk.run("2026-03-01T09:00:00-05:00", &format!("{record} b --at 2026-02-03"));
    assert!(again.err.contains("began on 2025-12-02 by its own log"), "{again:?}");
    desk.ok("2026-03-01T09:00:00-05:00", &format!("{record} b"));
    let full = line(&desk, "cms-full-scale");
    assert!(!full.contains("exempt"), "not in 2026: {full}");
}
