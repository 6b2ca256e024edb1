//! Milestones, and what they make of downtime.

use super::*;

fn of(given: &Given, until: i64) -> Option<i64> {
    downtime(&given.state, minute(until)).map(|time| time.num_minutes())
}

fn for_service(mark: Mark, name: &str) -> Intent {
    Intent::Mark { mark, service: Some(service(name)) }
}

#[test]
fn downtime_runs_from_onset_to_verified() {
    let given = declared();
    assert_eq!(of(&given, 500), None, "without an onset nobody knows");
    let given = given.at(30).did(-30, mark(Mark::Onset));
    assert_eq!(of(&given, 60), Some(90), "it runs on while nothing is verified");
    let given = given.at(100).does(mark(Mark::Restored));
    assert_eq!(of(&given, 110), Some(140), "restored is the vendor's word");
    let given = given.at(120).does(mark(Mark::Verified));
    assert_eq!(of(&given, 500), Some(150));
    let given = given.at(200).does(mark(Mark::Relapsed));
    assert_eq!(of(&given, 230), Some(180));
    assert_eq!(of(&given.at(240).does(mark(Mark::Verified)), 999), Some(190));
}

#[test]
fn overlapping_services_count_once() {
    let given = declared().at(300);
    let given = given.did(0, for_service(Mark::Onset, "email"));
    let given = given.did(30, for_service(Mark::Onset, "phones"));
    let given = given.did(60, for_service(Mark::Verified, "email"));
    let given = given.did(90, for_service(Mark::Verified, "phones"));
    assert_eq!(of(&given, 300), Some(90));
    let given = given.did(200, for_service(Mark::Relapsed, "email"));
    assert_eq!(of(&given, 300), Some(190));
    assert_eq!(holds_for_all(&given.state, Mark::Verified), None);
    assert_eq!(holds_for_any(&given.state, Mark::Verified), Some(minute(90)));
}

#[test]
fn a_mark_without_a_service_is_for_all_that_are_named() {
    let services = vec![service("email"), service("phones")];
    let classify = Intent::Classify { cause: None, services, scope: None };
    let given = declared().at(50).did(0, mark(Mark::Onset)).does(classify);
    let given = given.does(for_service(Mark::Verified, "email"));
    assert_eq!(of(&given, 60), Some(60));
    assert_eq!(of(&given.at(70).does(mark(Mark::Verified)), 99), Some(70));
}

/// What runs until the teams stand down runs again after a relapse, until they stand down again.
#[test]
fn a_relapse_calls_back_teams_that_stood_down() {
    let given = declared().at(100).does(mark(Mark::StoodDown));
    assert_eq!(holds_for_all(&given.state, Mark::StoodDown), Some(minute(100)));
    assert!(given.ask(&given.request(mark(Mark::StoodDown))).is_err(), "it is marked already");
    let given = given.at(200).does(mark(Mark::Relapsed));
    assert_eq!(holds_for_all(&given.state, Mark::StoodDown), None);
    assert_eq!(holds_for_any(&given.state, Mark::StoodDown), None);
    let given = given.at(300).does(mark(Mark::StoodDown));
    assert_eq!(holds_for_all(&given.state, Mark::StoodDown), Some(minute(300)));
    assert_eq!(given.state.conflicts(), []);
    assert!(given.ask(&given.request(mark(Mark::StoodDown))).is_err());
    // The first time it was reached stays what reports show.
    let first = given.state.mark(Mark::StoodDown).map(|moment| given.state.time_of(moment));
    assert_eq!(first, Some(minute(100)));
    // A relapse before it changes nothing.
    let late = given.did(50, mark(Mark::Relapsed));
    assert_eq!(holds_for_all(&late.state, Mark::StoodDown), Some(minute(300)));
}

#[test]
fn late_entries_count_when_they_happened() {
    let given = declared().at(500).did(0, mark(Mark::Onset));
    let given = given.did(300, mark(Mark::Verified)).did(200, mark(Mark::Relapsed));
    let given = given.did(100, mark(Mark::Verified));
    assert_eq!(of(&given, 500), Some(100 + 100));
}

#[test]
fn what_was_back_before_it_failed_does_not_count() {
    let given = declared().at(100).did(30, mark(Mark::Restored)).did(40, mark(Mark::Verified));
    let given = given.did(50, for_service(Mark::Onset, "email"));
    assert_eq!(of(&given, 100), Some(50));
    assert_eq!(holds_for_any(&given.state, Mark::Restored), None);
    assert_eq!(holds_for_all(&given.state, Mark::Verified), None);
    assert_eq!(of(&given.did(80, mark(Mark::Verified)), 100), Some(30));
}

#[test]
fn a_milestone_is_marked_once_and_corrected_after() {
    let given = declared().at(30).did(10, mark(Mark::Acknowledged));
    let marked =
        Refusal::AlreadyMarked { mark: Mark::Acknowledged, at: minute(10), record: at(0, 3) };
    assert_eq!(given.refuses(mark(Mark::Acknowledged)), marked);
    assert_eq!(
        given.refuses(Intent::Declare),
        Refusal::AlreadyDeclared { at: minute(0), record: at(0, 2) }
    );
    let email = Some("email".parse().unwrap());
    let for_one = Intent::Mark { mark: Mark::Acknowledged, service: email };
    assert_eq!(given.refuses(for_one), marked, "it belongs to no service");
    let occurred = Some(minute(5));
    let given = given.does(Intent::Correct { target: at(0, 3), note: text("earlier"), occurred });
    let moment = given.state.mark(Mark::Acknowledged).unwrap();
    assert_eq!(given.state.time_of(moment), minute(5));
}

#[test]
fn a_step_reaches_its_milestone() {
    let given = declared().at(42).does(done("call"));
    let moment = given.state.mark(Mark::FirstOutreach).unwrap();
    assert_eq!(given.state.time_of(moment), minute(42));
}

#[test]
fn nothing_can_be_recorded_before_it_happened() {
    let given = declared().at(10);
    let ahead =
        |by: i64| Request { occurred: Some(minute(by)), ..given.request(mark(Mark::Onset)) };
    let future = Refusal::Future { at: minute(12), now: minute(10) };
    assert_eq!(given.ask(&ahead(12)), Err(future));
    assert!(given.ask(&ahead(11)).is_ok(), "a minute of skew between clocks is none");
}

#[test]
fn an_incident_may_be_declared_after_all_is_over() {
    let given = suspected().at(400).did(0, mark(Mark::Onset)).did(90, mark(Mark::Verified));
    let given = given.did(300, Intent::Declare);
    assert_eq!(given.state.t0(), Some(minute(300)));
    assert_eq!(of(&given, 400), Some(90));
}
