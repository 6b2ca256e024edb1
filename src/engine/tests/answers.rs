//! Answers to steps, and when they are refused.

use super::*;
use crate::playbook::FieldKind;

fn with(id: &str, answers: &[(&str, &str)]) -> Intent {
    let answers = answers.iter().map(|(k, v)| ((*k).to_owned(), text(v))).collect();
    Intent::Done { step: step(id), answers, note: None, initials: None }
}

fn skip(id: &str) -> Intent {
    Intent::Skip { step: step(id), reason: text("no") }
}

fn fail(id: &str) -> Intent {
    Intent::Fail { step: step(id), reason: text("broke") }
}

fn reopen(id: &str) -> Intent {
    Intent::Reopen { step: step(id), reason: text("again") }
}

fn approve(id: &str, reason: Option<&str>) -> Intent {
    Intent::Approve { step: step(id), reason: reason.map(text), initials: None }
}

#[test]
fn each_outcome_gives_its_status() {
    let defer = Intent::Defer { step: step("look"), until: minute(60), reason: text("wait") };
    for (intent, status, due) in [
        (Intent::Begin { step: step("look") }, Status::Begun, Some(10)),
        (done("look"), Status::Done, Some(10)),
        (skip("look"), Status::NotApplicable, Some(10)),
        (fail("look"), Status::Failed, Some(10)),
        (defer, Status::Deferred, Some(60)),
    ] {
        assert_eq!(declared().does(intent).stands("look"), [(status, due, false)]);
    }
}

#[test]
fn a_deferral_moves_the_due_time_for_good() {
    let defer = Intent::Defer { step: step("look"), until: minute(60), reason: text("wait") };
    let given = declared().does(defer).at(50).does(done("look"));
    assert_eq!(given.stands("look"), [(Status::Done, Some(60), false)]);
    let past = Intent::Defer { step: step("scope"), until: minute(50), reason: text("wait") };
    assert_eq!(
        given.refuses(past),
        Refusal::DeferredIntoPast { until: minute(50), now: minute(50) }
    );
}

#[test]
fn a_repeat_by_the_same_person_is_answered_and_anything_else_refused() {
    let given = declared().at(3).does(done("look")).at(4);
    assert_eq!(given.already(done("look")), 3);
    let other = Intent::Done {
        step: step("look"),
        answers: BTreeMap::new(),
        note: Some(text("more")),
        initials: None,
    };
    let (at, record) = (minute(3), at(0, 3));
    let same = Refusal::OtherContent { step: step("look"), at, record: record.clone() };
    assert_eq!(given.refuses(other), same);
    let by = Some(person("Ana"));
    let settled = Refusal::Settled { step: step("look"), status: "done", by, at, record };
    assert_eq!(given.refuses(fail("look")), settled);
    assert_eq!(given.by("Ben").refuses(done("look")), settled);
}

#[test]
fn a_failed_step_is_done_again_and_one_that_did_not_apply_may_be_done_after_all() {
    let given = declared().does(fail("look")).does(fail_again()).does(done("look"));
    assert_eq!(given.stands("look")[0].0, Status::Done);
    let given = declared().does(skip("look")).does(done("look"));
    assert_eq!(given.stands("look")[0].0, Status::Done);
    assert_eq!(given.state.conflicts(), [], "an opinion of the hour, not a contradiction");
}

fn fail_again() -> Intent {
    Intent::Fail { step: step("look"), reason: text("broke again") }
}

#[test]
fn a_repeat_that_names_another_time_is_no_repeat() {
    let given = declared().at(30).did(10, done("look")).did(12, begin("scope"));
    let given = given.did(14, approve("agree", None));
    let again = |minute: i64, intent: Intent| {
        let occurred = Some(super::minute(minute));
        given.ask(&Request { occurred, ..given.request(intent) })
    };
    for (seq, minute_, id, intent) in [
        (3, 10, "look", done("look")),
        (4, 12, "scope", begin("scope")),
        (5, 14, "agree", approve("agree", None)),
    ] {
        let known = Ok(Verdict::Already(at(0, seq), minute(minute_), vec![]));
        assert_eq!(again(minute_, intent.clone()), known);
        let (record, at) = (at(0, seq), minute(minute_));
        let other = Refusal::OtherContent { step: step(id), at, record };
        assert_eq!(again(minute_ - 1, intent), Err(other));
    }
    let given = declared().at(30).did(10, fail("look")).did(20, fail("look"));
    assert_eq!(given.records.len(), 4, "a second try that failed the same way");
}

#[test]
fn what_does_not_apply_is_not_approved() {
    for id in ["send", "agree"] {
        let given = declared().does(skip(id)).by("Ben");
        let (at, record, by) = (minute(0), at(0, 3), Some(person("Ana")));
        let settled = Refusal::Settled { step: step(id), status: "not_applicable", by, at, record };
        assert_eq!(given.refuses(approve(id, None)), settled);
    }
}

fn begin(id: &str) -> Intent {
    Intent::Begin { step: step(id) }
}

fn begun(given: &Given) -> Timestamp {
    given.state.steps().of(&step("look"))[0].begun.as_ref().unwrap().at
}

#[test]
fn a_second_helper_is_recorded_and_the_first_moment_counts() {
    let given = declared().at(3).does(begin("look")).at(4);
    assert_eq!(given.already(begin("look")), 3);
    let given = given.by("Ben").does(begin("look"));
    assert_eq!((given.records.len(), begun(&given)), (4, minute(3)));
}

#[test]
fn the_next_try_after_a_failure_or_a_deferral_begins_anew() {
    let defer = Intent::Defer { step: step("look"), until: minute(60), reason: text("wait") };
    for (answer, due) in [(fail("look"), 10), (defer, 60)] {
        let given = declared().at(1).does(begin("look")).does(answer);
        let given = given.at(5).does(begin("look"));
        assert_eq!(given.stands("look"), [(Status::Begun, Some(due), false)]);
        assert_eq!(begun(&given), minute(5));
    }
}

#[test]
fn what_has_its_answer_is_not_begun() {
    for (answer, status) in [(done("look"), "done"), (skip("look"), "not_applicable")] {
        let given = declared().does(answer);
        let (at, record, by) = (minute(0), at(0, 3), Some(person("Ana")));
        let settled = Refusal::Settled { step: step("look"), status, by, at, record };
        assert_eq!(given.refuses(begin("look")), settled);
    }
}

#[test]
fn reopening_takes_an_answer_back() {
    let given = declared().does(done("look")).does(reopen("look"));
    assert_eq!(given.stands("look")[0].0, Status::Open);
    assert_eq!(given.refuses(reopen("look")), Refusal::NotAnswered { step: step("look") });
    assert_eq!(given.does(done("look")).stands("look")[0].0, Status::Done);
}

#[test]
fn a_decision_opens_and_closes_steps() {
    let given = declared();
    assert_eq!(given.stands("tell-company")[0].0, Status::Closed);
    assert_eq!(given.advises(done("tell-company")), [Advice::WaitsFor(step("scope"))]);
    let local = declared().does(choose("scope", "local"));
    assert_eq!(local.stands("brief")[0].0, Status::Closed);
    let closed = |id: &str| Refusal::ClosedByDecision {
        step: step(id),
        decision: step("scope"),
        option: "local".to_owned(),
    };
    assert_eq!(local.refuses(done("brief")), closed("brief"));
    assert_eq!(local.refuses(done("tell-company")), closed("tell-company"));
    let corporate = local.does(reopen("scope")).does(choose("scope", "corporate"));
    assert_eq!(corporate.stands("brief")[0].0, Status::Open);
    assert_eq!(corporate.stands("tell-company")[0].0, Status::Open);
}

#[test]
fn a_decision_takes_one_of_its_answers_and_nothing_else_does() {
    let options = vec!["local".to_owned(), "corporate".to_owned()];
    let (step_, word) = (step("scope"), "locl".to_owned());
    let unknown = Refusal::UnknownOption { step: step_, word, options: options.clone() };
    assert_eq!(declared().refuses(choose("scope", "locl")), unknown);
    assert_eq!(
        declared().refuses(done("scope")),
        Refusal::IsDecision { step: step("scope"), options }
    );
    assert_eq!(
        declared().refuses(choose("look", "local")),
        Refusal::NoDecision { step: step("look") }
    );
}

#[test]
fn a_critical_step_takes_initials() {
    let signed = |initials: &str| Intent::Done {
        step: step("freeze"),
        answers: BTreeMap::new(),
        note: None,
        initials: Some(initials.to_owned()),
    };
    let given = declared();
    assert_eq!(given.refuses(done("freeze")), Refusal::NeedsInitials { step: step("freeze") });
    for bad in ["", "A", "A1", "ABCDEF", "A B"] {
        assert_eq!(given.refuses(signed(bad)), Refusal::BadInitials { given: bad.to_owned() });
    }
    assert_eq!(given.advises(signed("ad")), [Advice::NeedsOpen(vec![step("look")])]);
    assert_eq!(given.does(signed("ad")).stands("freeze")[0].0, Status::Done);
}

#[test]
fn collected_answers_are_held_against_their_fields() {
    let given = declared();
    let missing = vec![("number".to_owned(), "Which number?".to_owned())];
    let missing = Refusal::MissingAnswers { step: step("ticket"), fields: missing };
    assert_eq!(given.refuses(done("ticket")), missing);
    let fields = ["number", "since", "grade"].map(str::to_owned).to_vec();
    let unknown = Refusal::UnknownField { step: step("ticket"), word: "numbr".to_owned(), fields };
    assert_eq!(given.refuses(with("ticket", &[("numbr", "1")])), unknown);
    let kind = FieldKind::Choice(vec!["p1".to_owned(), "p2".to_owned()]);
    let bad = Refusal::BadAnswer { field: "grade".to_owned(), given: "p3".to_owned(), kind };
    assert_eq!(given.refuses(with("ticket", &[("number", "1"), ("grade", "p3")])), bad);
    let given = given.does(with("ticket", &[("number", "1"), ("grade", "p2")]));
    assert_eq!(given.stands("ticket")[0].0, Status::Done);
}

#[test]
fn a_time_that_was_asked_for_marks_its_milestone() {
    let given =
        declared().does(with("ticket", &[("number", "1"), ("since", "2026-01-22T07:40:00Z")]));
    let Fact::Known(event) = &given.records.last().unwrap().fact else { panic!() };
    assert_eq!(answered_marks(&given.book, event), [(Mark::Onset, minute(-20))]);
}

#[test]
fn a_time_that_was_asked_for_has_come() {
    let since = |time: &str| with("ticket", &[("number", "1"), ("since", time)]);
    let given = declared().at(10);
    let future = Refusal::Future { at: minute(12), now: minute(10) };
    assert_eq!(given.refuses(since("2026-01-22T08:12:00Z")), future);
    assert_eq!(given.advises(since("2026-01-22T08:11:00Z")), [], "a minute of skew is none");
}

#[test]
fn approval_is_another_persons_act() {
    let given = declared();
    let nothing = Refusal::NothingToApprove { step: step("send"), role: role("it-lead") };
    assert_eq!(given.refuses(approve("send", None)), nothing);
    assert_eq!(given.refuses(approve("look", None)), Refusal::NoApproval { step: step("look") });
    let given = given.does(done("send"));
    let own = Refusal::OwnWork { step: step("send"), person: person("Ana") };
    assert_eq!(given.refuses(approve("send", None)), own);
    assert_eq!(
        given.advises(approve("send", Some("alone here"))),
        [Advice::OwnWork(person("Ana"))]
    );
    let given = given.by("Cleo").does(approve("send", None));
    assert_eq!(given.already(approve("send", None)), 4);
}

#[test]
fn an_approval_can_be_the_whole_step() {
    let given = declared();
    assert_eq!(given.refuses(done("agree")), Refusal::IsApproval { step: step("agree") });
    assert_eq!(given.does(approve("agree", None)).stands("agree")[0].0, Status::Done);
}

#[test]
fn names_lead_to_steps_by_id_or_code_and_slips_to_suggestions() {
    let book = declared().book;
    assert_eq!(find_step(&book, "i-01").unwrap().id, step("look"));
    assert_eq!(find_step(&book, "check").unwrap().code, "R-01");
    let near = vec!["look".to_owned()];
    assert_eq!(
        find_step(&book, "lok").map(|step| &step.id),
        Err(Refusal::UnknownStep { word: "lok".to_owned(), near })
    );
    let Err(Refusal::UnknownRole { near, .. }) = find_role(&book, "it-led") else { panic!() };
    assert_eq!(near[0], "it-lead");
}
