//! Whole incidents, driven through the verbs, give their figures to the minute.

use serde_json::Value;

use crate::support::Sandbox;

/// US Eastern time as a rule, so that no zone files are needed.
const EASTERN: &str = "EST5EDT,M3.2.0,M11.1.0";

const TIMES: [&str; 7] = [
    "time_to_detect",
    "time_to_acknowledge",
    "time_to_declare",
    "onset_to_declare",
    "time_to_first_outreach",
    "time_to_first_reached",
    "downtime",
];

/// The seven times of a report in minutes, in the field's own order.
#[track_caller]
fn times(sandbox: &Sandbox) -> [Option<f64>; 7] {
    let report = sandbox.json("report");
    TIMES.map(|id| value(&report, id))
}

#[track_caller]
fn value(object: &Value, id: &str) -> Option<f64> {
    let figures = object["kpis"].as_array().unwrap();
    figures.iter().find(|figure| figure["id"] == id).unwrap()["value"].as_f64()
}

/// A time whatever offset it is shown with: that of the day of writing, which is the day of the test.
fn instant(shown: &Value) -> i64 {
    chrono::DateTime::parse_from_rfc3339(shown.as_str().unwrap()).unwrap().timestamp()
}

/// An incident of the test playbook; every line is a verb with its own `--at`.
fn incident(sandbox: Sandbox, start: &str, lines: &[&str]) -> Sandbox {
    sandbox.ok(&format!("start every-form {start}"));
    for line in lines {
        sandbox.ok(line);
    }
    sandbox
}

#[test]
fn an_ordinary_one() {
    let sandbox = incident(
        Sandbox::new(),
        "--onset 2025-01-22T13:30Z --detected 2025-01-22T13:50Z --at 2025-01-22T14:05Z",
        &[
            "done confirm --at 2025-01-22T14:07Z",
            "done first-call --at 2025-01-22T14:40Z",
            "mark first-reached --at 2025-01-22T14:52Z",
            "mark restored --at 2025-01-22T17:00Z",
            "mark verified --at 2025-01-22T17:21Z",
        ],
    );
    let expected = [20.0, 17.0, 15.0, 35.0, 35.0, 47.0, 231.0].map(Some);
    assert_eq!(times(&sandbox), expected);
    let status = sandbox.json("status");
    assert_eq!(TIMES.map(|id| value(&status, id)), expected);
}

#[test]
fn what_nobody_marked_is_null_and_never_zero() {
    let sandbox = incident(Sandbox::new(), "--at 2025-01-22T14:05Z", &[]);
    assert_eq!(times(&sandbox), [None; 7]);
}

#[test]
fn declared_when_all_was_over() {
    let sandbox = incident(
        Sandbox::new(),
        "--suspected",
        &[
            "mark onset --at 2025-01-22T10:00Z",
            "mark restored --at 2025-01-22T11:00Z",
            "mark verified --at 2025-01-22T11:30Z",
            "mark detected --at 2025-01-22T13:00Z",
            "mark declared --at 2025-01-22T14:08Z",
        ],
    );
    let expected = [Some(180.0), None, Some(68.0), Some(248.0), None, None, Some(90.0)];
    assert_eq!(times(&sandbox), expected);
}

#[test]
fn declared_before_it_began_stays_negative() {
    let sandbox = incident(
        Sandbox::new(),
        "--at 2025-01-22T14:00Z",
        &[
            "mark onset --at 2025-01-22T14:10Z",
            "mark detected --at 2025-01-22T14:04Z",
            "mark first-outreach --at 2025-01-22T13:58Z",
        ],
    );
    let report = sandbox.json("report");
    assert_eq!(value(&report, "onset_to_declare"), Some(-10.0));
    assert_eq!(value(&report, "time_to_detect"), Some(-6.0));
    assert_eq!(value(&report, "time_to_declare"), Some(-4.0));
    assert_eq!(value(&report, "time_to_first_outreach"), Some(-2.0));
    // None of them is in target for it: one of its two times is wrong.
    let judged =
        report["kpis"].as_array().unwrap().iter().filter(|f| f["value"].as_f64() < Some(0.0));
    assert!(judged.clone().all(|figure| figure["met"].is_null()), "{report}");
    assert!(judged.filter(|figure| figure["target"].is_number()).count() >= 2);
    for verb in ["status", "report", "report --format markdown", "handover lead --to Ben --sheet"] {
        let shown = sandbox.ok(verb).replace("\\+", "+");
        assert!(shown.contains("before T+0"), "{verb}: {shown}");
        assert!(shown.contains("before the onset"), "{verb}: {shown}");
    }
}

#[test]
fn across_midnight() {
    let sandbox = incident(
        Sandbox::new().in_zone(EASTERN),
        "--onset \"2025-01-22 23:40\" --detected \"2025-01-22 23:50\" --at \"2025-01-23 00:05\"",
        &["done confirm --at \"2025-01-23 00:10\"", "mark verified --at \"2025-01-23 01:10\""],
    );
    let expected = [Some(10.0), Some(20.0), Some(15.0), Some(25.0), None, None, Some(90.0)];
    assert_eq!(times(&sandbox), expected);
    assert_eq!(
        instant(&sandbox.json("report")["t0"]),
        instant(&"2025-01-23T00:05:00-05:00".into())
    );
}

#[test]
fn across_the_hour_that_daylight_saving_leaves_out() {
    let sandbox = incident(
        Sandbox::new().in_zone(EASTERN),
        "--onset \"2025-03-09 01:30\" --at \"2025-03-09 01:50\"",
        &["done confirm --at \"2025-03-09 03:10\"", "mark verified --at \"2025-03-09 04:00\""],
    );
    let report = sandbox.json("report");
    assert_eq!(value(&report, "onset_to_declare"), Some(20.0));
    assert_eq!(value(&report, "downtime"), Some(90.0));
    let milestones = &report["milestones"];
    for (mark, at) in [("onset", "2025-03-09T06:30:00Z"), ("verified", "2025-03-09T08:00:00Z")] {
        assert_eq!(instant(&milestones[mark]), instant(&at.into()), "{mark}");
    }
}

#[test]
fn across_the_hour_that_daylight_saving_repeats() {
    let sandbox = incident(
        Sandbox::new().in_zone(EASTERN),
        "--onset \"2025-11-02 00:30\" --at 2025-11-02T01:30-04:00",
        &["mark verified --at 2025-11-02T01:30-05:00"],
    );
    let report = sandbox.json("report");
    assert_eq!(value(&report, "onset_to_declare"), Some(60.0));
    assert_eq!(value(&report, "downtime"), Some(120.0));
}

#[test]
fn a_clock_time_that_is_double_or_void_is_not_guessed() {
    let sandbox = incident(Sandbox::new().in_zone(EASTERN), "--at \"2025-01-22 14:05\"", &[]);
    let before = sandbox.everything();
    for (time, why) in [
        ("2025-11-02 01:30", "write 2025-11-02T01:30:00-04:00 or 2025-11-02T01:30:00-05:00"),
        ("2025-03-09 02:30", "does not exist because clocks are set forward"),
    ] {
        let ran = sandbox.run(&format!("mark onset --at \"{time}\""));
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{time}: {ran:?}");
        assert!(ran.err.contains(why), "{time}: {ran:?}");
    }
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn a_relapse_reopens_the_downtime() {
    let sandbox = incident(
        Sandbox::new(),
        "--onset 2025-01-22T13:30Z --at 2025-01-22T14:05Z",
        &[
            "mark restored --at 2025-01-22T15:00Z",
            "mark verified --at 2025-01-22T15:10Z",
            "mark relapsed --at 2025-01-22T16:00Z",
            "mark restored --at 2025-01-22T16:20Z",
            "mark verified --at 2025-01-22T16:30Z",
        ],
    );
    assert_eq!(value(&sandbox.json("report"), "downtime"), Some(130.0));
}

#[test]
fn never_verified_counts_up_to_the_closing() {
    let sandbox = incident(
        Sandbox::new(),
        "--onset 2025-01-22T13:30Z --at 2025-01-22T14:05Z",
        &[
            "mark restored --at 2025-01-22T15:00Z",
            "close --anyway --reason \"The branch was given up\" --at 2025-01-22T20:00Z",
        ],
    );
    assert_eq!(value(&sandbox.json("report"), "downtime"), Some(390.0));
}

#[test]
fn never_restored_counts_up_to_the_last_record() {
    let sandbox = incident(Sandbox::new(), "--onset -300m --at -240m", &["note \"Still down\""]);
    assert_eq!(value(&sandbox.json("report"), "downtime"), Some(300.0));
    assert_eq!(value(&sandbox.json("status"), "downtime"), Some(300.0));
}

#[test]
fn two_services_that_overlap_count_once() {
    let sandbox = incident(
        Sandbox::new(),
        "--at 2025-01-22T09:05Z",
        &[
            "mark onset --service email --at 2025-01-22T09:00Z",
            "mark onset --service phones --at 2025-01-22T09:30Z",
            "mark verified --service email --at 2025-01-22T10:00Z",
            "mark verified --service phones --at 2025-01-22T10:15Z",
        ],
    );
    assert_eq!(value(&sandbox.json("report"), "downtime"), Some(75.0));
}

#[test]
fn a_hundred_and_thirty_days() {
    let sandbox = incident(
        Sandbox::new().in_zone(EASTERN),
        "--onset \"2025-01-22 09:00\" --at \"2025-01-22 09:30\"",
        &[
            "done briefing --at \"2025-05-31 12:00\"",
            "mark verified --at \"2025-06-01 10:00\"",
            "close --anyway --reason \"Closed late\" --at \"2025-06-01 11:00\"",
        ],
    );
    let report = sandbox.json("report");
    assert_eq!(value(&report, "downtime"), Some(130.0 * 24.0 * 60.0));
    assert_eq!(value(&report, "onset_to_declare"), Some(30.0));
}

#[test]
fn steps_finished_on_time() {
    let sandbox = incident(
        Sandbox::new(),
        "--at 2025-01-22T14:05Z",
        &[
            "done confirm --at 2025-01-22T14:15Z",
            "decide scope local --at 2025-01-22T14:21Z",
            "done freeze --initials AD --at 2025-01-22T14:20Z",
            "skip ticket --reason \"Our own fault\" --at 2025-01-22T14:20Z",
            "close --anyway --reason \"It came back by itself\" --at 2025-01-22T14:36Z",
        ],
    );
    // Due by 14:36: confirm in time, scope late, freeze in time, words not done; ticket does not count.
    assert_eq!(value(&sandbox.json("report"), "step_on_time_rate"), Some(0.5));
}
