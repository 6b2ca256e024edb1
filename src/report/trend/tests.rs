//! Incidents side by side: the order of time, what counts, what is absent, and never two modes in one.

use snapbox::{assert_data_eq, str};

use super::*;
use crate::engine::Event;
use crate::playbook::{Mark, Objective};
use crate::report::fixture::{Log, book, id, person, plain, story};
use crate::report::story::Story;

fn report(name: &str, log: &Log) -> Report {
    let (book, state) = (book(), log.state());
    Report::of(&Story { incident: name, ..story(&book, log, &state) })
}

/// Declared on this day of the month at 08:00; the first step this many minutes later.
fn run(day: &str, mode: Mode, notify: Option<&str>) -> Log {
    let at = |clock: &str| format!("{day} {clock}");
    let log =
        Log::opened(&at("07:50"), mode).mark(&at("07:55"), Mark::Detected).declared(&at("08:00"));
    match notify {
        Some(clock) => log.done(&at(clock), "notify-leadership", 1).closed(&at("09:00")),
        None => log.closed(&at("09:00")),
    }
}

fn three_and_one() -> Trend {
    let alarm = Event::FalseAlarmDeclared { reason: plain("a filter") };
    let reports = [
        report("inc-c", &run("21", Mode::Live, Some("08:20"))),
        report("x-a", &run("19", Mode::Exercise, Some("08:05"))),
        report("inc-a", &run("18", Mode::Live, Some("08:10"))),
        report("inc-f", &Log::opened("20 08:00", Mode::Live).tell("20 08:30", alarm)),
        report("inc-b", &run("19", Mode::Live, None)),
    ];
    Trend::of(id("email-outage"), &reports)
}

#[test]
fn each_mode_by_itself_in_the_order_of_time() {
    let trend = three_and_one();
    let names = |series: &Series| -> Vec<String> {
        series.runs.iter().map(|run| run.incident.clone()).collect()
    };
    assert_eq!(names(&trend.live), ["inc-a", "inc-b", "inc-f", "inc-c"]);
    assert_eq!(names(&trend.exercises), ["x-a"]);
    assert_eq!((trend.live.mode, trend.exercises.mode), (Mode::Live, Mode::Exercise));
}

#[test]
fn a_figure_that_a_log_cannot_support_is_absent() {
    let trend = three_and_one();
    let of = |id: KpiId| trend.live.kpis.iter().find(|figure| figure.id == id);
    let values = |id| -> Vec<Option<f64>> {
        of(id).map_or_else(Vec::new, |figure| figure.values.iter().map(|one| one.value).collect())
    };
    assert_eq!(values(KpiId::TimeToDeclare), [Some(5.0), Some(5.0), None, Some(5.0)]);
    assert_eq!(of(KpiId::TimeToFirstReached), None, "nobody has that figure");
}

#[test]
fn steps_are_held_against_the_plan_and_the_time_before() {
    let trend = three_and_one();
    let (latest, last) = trend.live.compared();
    assert_eq!(latest.map(|run| run.incident.as_str()), Some("inc-c"));
    assert_eq!(
        last.map(|run| run.incident.as_str()),
        Some("inc-b"),
        "a false alarm is no last time"
    );
    let notify = |series: &Series| {
        let pair = series.steps.iter().find(|pair| pair.code == "I-01").unwrap();
        let times = |timed: &Timed| (timed.planned_min, timed.actual_min, timed.in_time);
        (pair.latest.as_ref().map(times), pair.last.as_ref().map(times))
    };
    let late = Some((Some(15.0), Some(20.0), Some(false)));
    assert_eq!(notify(&trend.live), (late, Some((Some(15.0), None, Some(false)))));
    let in_time = Some((Some(15.0), Some(5.0), Some(true)));
    assert_eq!(notify(&trend.exercises), (in_time, None));
}

#[test]
fn a_step_that_the_playbook_has_no_more_stands_at_the_end() {
    let mut before = report("inc-a", &run("18", Mode::Live, Some("08:10")));
    for line in &mut before.status.steps {
        if line.code == "I-01" {
            (line.id, line.code) = (id("call-the-board"), "I-09".to_owned());
        }
    }
    let now = report("inc-b", &run("19", Mode::Live, Some("08:10")));
    let steps = Trend::of(id("email-outage"), &[before, now]).live.steps;
    let seen: Vec<_> = steps
        .iter()
        .map(|pair| (&*pair.code, pair.latest.is_some(), pair.last.is_some()))
        .collect();
    assert_eq!(seen.first(), Some(&("I-01", true, false)));
    assert_eq!(seen.last(), Some(&("I-09", false, true)));
}

fn rated(day: &str, rating: Option<Rating>) -> Log {
    let at = |clock: &str| format!("{day} {clock}");
    let started = crate::engine::ExerciseStarted {
        exercise: Some(id("no-route")),
        title: plain("No route out"),
        kind: ExerciseKind::Tabletop,
        digest: None,
        minutes: None,
        objectives: vec![Objective {
            id: id("reach"),
            text: format!("Reach them, as of the {day}."),
            capability: None,
            target: None,
            tasks: Vec::new(),
        }],
        scenario: None,
        facilitator: person("Fay Kern"),
        solo: false,
    };
    let log = Log::opened(&at("07:50"), Mode::Exercise)
        .tell(&at("07:50"), Event::ExerciseStarted(Box::new(started)))
        .declared(&at("08:00"));
    let log = match rating {
        Some(rating) => {
            let (objective, why) = (id("reach"), plain("seen"));
            log.tell(&at("08:30"), Event::ObjectiveRated { objective, rating, why })
        }
        None => log,
    };
    log.closed(&at("09:00"))
}

#[test]
fn ratings_stand_side_by_side_and_are_not_added_up() {
    let reports = [
        report("x-a", &rated("18", Some(Rating::MajorChallenges))),
        report("x-b", &rated("19", None)),
        report("x-c", &rated("20", Some(Rating::Performed))),
    ];
    let trend = Trend::of(id("email-outage"), &reports);
    let [objective] = trend.exercises.objectives.as_slice() else { panic!() };
    assert_eq!(objective.text, "Reach them, as of the 20.");
    assert_eq!(objective.ratings, [Some(Rating::MajorChallenges), None, Some(Rating::Performed)]);
}

#[test]
fn every_file_says_on_every_line_what_was_real() {
    let mut reports = vec![report("x-b", &rated("19", Some(Rating::Performed)))];
    reports.push(report("inc-a", &run("18", Mode::Live, Some("08:10"))));
    let trends = [Trend::of(id("email-outage"), &reports)];
    let files = trend_files(&trends).unwrap();
    let text = |name: &str| {
        let (_, bytes) = files.iter().find(|(file, _)| *file == name).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    assert_data_eq!(
        text("trend-kpis.csv"),
        str![[r#"
"playbook","mode","incident","t0","kpi","value","unit","target","met"
"email-outage","live","inc-a","2026-01-18T08:00:00-05:00","time_to_declare",5,"min",30,"true"
"email-outage","live","inc-a","2026-01-18T08:00:00-05:00","step_on_time_rate",0.333,"share",0.9,"false"
"email-outage","live","inc-a","2026-01-18T08:00:00-05:00","hand_over_gaps",120,"min","",""
"email-outage","EXERCISE","x-b","2026-01-19T08:00:00-05:00","step_on_time_rate",0,"share",0.9,"false"
"email-outage","EXERCISE","x-b","2026-01-19T08:00:00-05:00","hand_over_gaps",120,"min","",""

"#]]
    );
    assert_data_eq!(
        text("trend-objectives.csv"),
        str![[r#"
"playbook","mode","incident","t0","scenario","objective","text","rating"
"email-outage","EXERCISE","x-b","2026-01-19T08:00:00-05:00","no-route","reach","Reach them, as of the 19.","P"

"#]]
    );
    assert_data_eq!(
        text("trend-steps.csv"),
        str![[r#"
"playbook","mode","latest","last","code","step","title","planned_min","actual_min","status","in_time","last_planned_min","last_actual_min","last_status","last_in_time"
"email-outage","live","inc-a","","I-01","notify-leadership","notify leadership",15,10,"done","true","","","",""
"email-outage","live","inc-a","","I-02","scope","scope",30,"","open","false","","","",""
"email-outage","live","inc-a","","I-03","corporate-briefing","corporate briefing",60,"","closed","","","","",""
"email-outage","live","inc-a","","I-04","vendor-ticket","vendor ticket",45,"","open","false","","","",""
"email-outage","EXERCISE","x-b","","I-01","notify-leadership","notify leadership",15,"","open","false","","","",""
"email-outage","EXERCISE","x-b","","I-02","scope","scope",30,"","open","false","","","",""
"email-outage","EXERCISE","x-b","","I-03","corporate-briefing","corporate briefing",60,"","closed","","","","",""
"email-outage","EXERCISE","x-b","","I-04","vendor-ticket","vendor ticket",45,"","open","false","","","",""

"#]]
    );
}

#[test]
fn what_was_nothing_or_broken_off_is_compared_with_nothing() {
    let run = |state, interrupted| Run {
        incident: "x-a".to_owned(),
        title: None,
        state,
        playbook_version: "1".to_owned(),
        opened_at: None,
        t0: None,
        kind: None,
        scenario: None,
        interrupted,
        alone: false,
        integrity_problem: false,
    };
    let (over, runs, nothing) =
        (run(Life::Closed, false), run(Life::Declared, false), run(Life::FalseAlarm, false));
    let broken = run(Life::Closed, true);
    for (all, expected) in [
        (vec![], (None, None)),
        (vec![over.clone()], (Some(0), None)),
        (vec![over.clone(), over.clone()], (Some(1), Some(0))),
        (vec![over.clone(), broken.clone(), over.clone()], (Some(2), Some(0))),
        (vec![over.clone(), over.clone(), broken.clone()], (Some(1), Some(0))),
        (vec![over.clone(), nothing.clone()], (Some(0), None)),
        (vec![over.clone(), runs.clone()], (Some(1), Some(0))),
        (vec![over.clone(), runs.clone(), over.clone()], (Some(2), Some(0))),
    ] {
        assert_eq!(latest_and_last(&all), expected);
    }
}
