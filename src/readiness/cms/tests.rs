//! Dated cases: what was held and what happened, and what that comes to in each year.

use super::*;
use crate::readiness::policy;
use crate::reference::Reference;
use crate::site::Facility;

/// `2026-03-01 full-scale` is an exercise, `2026-05-02 activation` the onset of a real emergency. Gives
/// each year as `from: full-scale or functional | of choice`.
fn count(facility: Facility, start: &str, facts: &[&str], today: &str) -> Vec<String> {
    let day = |text: &str| Day::parse(text).unwrap();
    let (mut held, mut onsets) = (Vec::new(), Vec::new());
    for fact in facts {
        let (on, word) = fact.split_once(' ').unwrap();
        match ExerciseType::from_word(word) {
            Some(kind) => held.push(Exercise { on: day(on), kind }),
            None => onsets.push(day(on)),
        }
    }
    let shown = |need: Need| match need {
        Need::NotRequired => "-".to_owned(),
        Need::Met(exercise) => format!("{} {}", exercise.on, exercise.kind.word()),
        Need::Exempt(onset) => format!("exempt {onset}"),
        Need::Open => "open".to_owned(),
        Need::Missing => "MISSING".to_owned(),
        Need::NotKnown => "unknown".to_owned(),
    };
    let policy = policy(None, &Reference::default());
    let law = policy.law(facility).unwrap();
    let start = YearStart::parse(start).unwrap();
    cycles(law, start, &held, &onsets, day(today))
        .into_iter()
        .map(|one| format!("{}: {} | {}", one.from, shown(one.full_scale), shown(one.choice)))
        .collect()
}

#[track_caller]
fn inpatient(facts: &[&str], today: &str, years: &[&str]) {
    assert_eq!(count(Facility::Inpatient, "01-01", facts, today), years);
}

#[track_caller]
fn outpatient(facts: &[&str], today: &str, years: &[&str]) {
    assert_eq!(count(Facility::Outpatient, "01-01", facts, today), years);
}

#[test]
fn nothing_on_record() {
    inpatient(&[], "2026-11-25", &["2026-01-01: open | open"]);
    outpatient(&[], "2026-11-25", &["2026-01-01: open | -"]);
}

#[test]
fn inpatient_twice_a_year() {
    inpatient(
        &["2026-03-01 full-scale", "2026-09-01 tabletop"],
        "2026-11-25",
        &["2026-01-01: 2026-03-01 full-scale | 2026-09-01 tabletop"],
    );
    // Whichever comes first.
    inpatient(
        &["2026-03-01 tabletop", "2026-09-01 functional"],
        "2026-11-25",
        &["2026-01-01: 2026-09-01 functional | 2026-03-01 tabletop"],
    );
    // Another full-scale one may be the one of choice.
    inpatient(
        &["2026-03-01 full-scale", "2026-09-01 full-scale"],
        "2026-11-25",
        &["2026-01-01: 2026-03-01 full-scale | 2026-09-01 full-scale"],
    );
    // One exercise never stands for both.
    inpatient(
        &["2026-03-01 full-scale"],
        "2026-11-25",
        &["2026-01-01: 2026-03-01 full-scale | open"],
    );
}

#[test]
fn a_tabletop_is_never_credited_as_full_scale() {
    inpatient(
        &["2026-03-01 tabletop", "2026-09-01 tabletop", "2026-10-01 drill"],
        "2026-11-25",
        &["2026-01-01: open | 2026-03-01 tabletop"],
    );
    outpatient(
        &["2025-06-01 full-scale", "2026-03-01 tabletop", "2027-03-01 tabletop"],
        "2028-02-01",
        &[
            "2025-01-01: 2025-06-01 full-scale | -",
            "2026-01-01: - | 2026-03-01 tabletop",
            "2027-01-01: MISSING | -",
            "2028-01-01: open | -",
        ],
    );
}

#[test]
fn a_small_tabletop_is_house_policy_only() {
    inpatient(&["2026-03-01 small-tabletop"], "2026-11-25", &["2026-01-01: open | open"]);
}

#[test]
fn what_is_missing_in_a_year_that_is_over() {
    inpatient(
        &["2024-03-01 full-scale", "2024-09-01 workshop", "2025-09-01 tabletop"],
        "2026-01-01",
        &[
            "2024-01-01: 2024-03-01 full-scale | 2024-09-01 workshop",
            "2025-01-01: MISSING | 2025-09-01 tabletop",
            "2026-01-01: open | open",
        ],
    );
    // Of the first year on record nobody knows what came before the record.
    inpatient(
        &["2024-09-01 tabletop"],
        "2025-06-01",
        &["2024-01-01: unknown | 2024-09-01 tabletop", "2025-01-01: open | open"],
    );
    // The last day of a year still is in it.
    inpatient(
        &["2025-12-31 full-scale"],
        "2025-12-31",
        &["2025-01-01: 2025-12-31 full-scale | open"],
    );
}

#[test]
fn an_activation_exempts_from_the_next_full_scale_one_only() {
    // Nothing held yet: this year's.
    inpatient(&["2026-05-02 activation"], "2026-11-25", &["2026-01-01: exempt 2026-05-02 | open"]);
    // This year's was held before: the next year's.
    inpatient(
        &["2026-03-01 full-scale", "2026-05-02 activation", "2026-06-01 tabletop"],
        "2027-02-01",
        &[
            "2026-01-01: 2026-03-01 full-scale | 2026-06-01 tabletop",
            "2027-01-01: exempt 2026-05-02 | open",
        ],
    );
    // And not the one after that.
    inpatient(
        &["2026-03-01 full-scale", "2026-05-02 activation", "2026-06-01 tabletop"],
        "2029-02-01",
        &[
            "2026-01-01: 2026-03-01 full-scale | 2026-06-01 tabletop",
            "2027-01-01: exempt 2026-05-02 | MISSING",
            "2028-01-01: MISSING | MISSING",
            "2029-01-01: open | open",
        ],
    );
}

#[test]
fn the_exercise_of_choice_is_never_exempted() {
    inpatient(
        &["2025-05-02 activation", "2025-08-02 activation"],
        "2026-02-01",
        &["2025-01-01: exempt 2025-05-02 | unknown", "2026-01-01: open | open"],
    );
    inpatient(
        &["2024-01-10 full-scale", "2024-02-10 drill", "2025-05-02 activation"],
        "2026-02-01",
        &[
            "2024-01-01: 2024-01-10 full-scale | 2024-02-10 drill",
            "2025-01-01: exempt 2025-05-02 | MISSING",
            "2026-01-01: open | open",
        ],
    );
    // A full-scale one that was held all the same is the one of choice.
    inpatient(
        &["2026-05-02 activation", "2026-09-01 full-scale"],
        "2026-11-25",
        &["2026-01-01: exempt 2026-05-02 | 2026-09-01 full-scale"],
    );
}

#[test]
fn activations_are_not_added_up() {
    // Both before the same exercise: it is exempted once, the next year's is due.
    inpatient(
        &["2026-02-02 activation", "2026-05-02 activation", "2026-06-01 tabletop"],
        "2027-02-01",
        &["2026-01-01: exempt 2026-02-02 | 2026-06-01 tabletop", "2027-01-01: open | open"],
    );
    // One on each side of this year's exercise.
    inpatient(
        &["2026-02-02 activation", "2026-03-01 full-scale", "2026-05-02 activation"],
        "2027-02-01",
        &[
            "2026-01-01: exempt 2026-02-02 | 2026-03-01 full-scale",
            "2027-01-01: exempt 2026-05-02 | open",
        ],
    );
    // A credit that came over from last year, and a new onset before anything was held: nothing more.
    inpatient(
        &[
            "2025-03-01 full-scale",
            "2025-04-01 tabletop",
            "2025-05-02 activation",
            "2026-02-02 activation",
            "2026-06-01 tabletop",
        ],
        "2027-02-01",
        &[
            "2025-01-01: 2025-03-01 full-scale | 2025-04-01 tabletop",
            "2026-01-01: exempt 2025-05-02 | 2026-06-01 tabletop",
            "2027-01-01: open | open",
        ],
    );
}

#[test]
fn an_exercise_on_the_day_of_the_onset_counts_as_held_after_it() {
    inpatient(
        &["2026-05-02 full-scale", "2026-05-02 activation"],
        "2027-02-01",
        &["2026-01-01: exempt 2026-05-02 | 2026-05-02 full-scale", "2027-01-01: open | open"],
    );
}

#[test]
fn two_exercises_on_one_day() {
    // Of two types they are two.
    inpatient(
        &["2026-03-01 full-scale", "2026-03-01 tabletop"],
        "2026-11-25",
        &["2026-01-01: 2026-03-01 full-scale | 2026-03-01 tabletop"],
    );
    // Of one type they are one: a surveyor sees one exercise.
    inpatient(
        &["2026-03-01 full-scale", "2026-03-01 full-scale"],
        "2026-11-25",
        &["2026-01-01: 2026-03-01 full-scale | open"],
    );
}

#[test]
fn outpatient_every_year_with_the_full_one_every_other_year() {
    outpatient(
        &[
            "2023-04-01 full-scale",
            "2024-04-01 tabletop",
            "2025-04-01 functional",
            "2026-04-01 workshop",
        ],
        "2026-11-25",
        &[
            "2023-01-01: 2023-04-01 full-scale | -",
            "2024-01-01: - | 2024-04-01 tabletop",
            "2025-01-01: 2025-04-01 functional | -",
            "2026-01-01: - | 2026-04-01 workshop",
        ],
    );
    // Once missed, it is due again the next year.
    outpatient(
        &["2023-04-01 full-scale", "2024-04-01 tabletop", "2026-04-01 tabletop"],
        "2026-11-25",
        &[
            "2023-01-01: 2023-04-01 full-scale | -",
            "2024-01-01: - | 2024-04-01 tabletop",
            "2025-01-01: MISSING | -",
            "2026-01-01: open | -",
        ],
    );
    // A year between without any exercise.
    outpatient(
        &["2024-04-01 full-scale"],
        "2026-02-01",
        &[
            "2024-01-01: 2024-04-01 full-scale | -",
            "2025-01-01: - | MISSING",
            "2026-01-01: open | -",
        ],
    );
}

#[test]
fn a_full_one_in_a_year_between_begins_the_count_anew() {
    outpatient(
        &["2024-04-01 full-scale", "2025-04-01 full-scale", "2026-04-01 tabletop"],
        "2027-02-01",
        &[
            "2024-01-01: 2024-04-01 full-scale | -",
            "2025-01-01: - | 2025-04-01 full-scale",
            "2026-01-01: - | 2026-04-01 tabletop",
            "2027-01-01: open | -",
        ],
    );
}

#[test]
fn records_of_an_outpatient_provider_may_begin_in_a_year_between() {
    outpatient(
        &["2025-04-01 tabletop"],
        "2026-02-01",
        &["2025-01-01: unknown | 2025-04-01 tabletop", "2026-01-01: open | -"],
    );
}

#[test]
fn an_activation_of_an_outpatient_provider() {
    // In the year of the full one, before it: that one, and the next year is one between.
    outpatient(
        &["2025-05-02 activation", "2026-04-01 tabletop"],
        "2027-02-01",
        &[
            "2025-01-01: exempt 2025-05-02 | -",
            "2026-01-01: - | 2026-04-01 tabletop",
            "2027-01-01: open | -",
        ],
    );
    // In the year between: the full one of the next year, and not the one of choice.
    outpatient(
        &["2024-04-01 full-scale", "2025-05-02 activation"],
        "2027-02-01",
        &[
            "2024-01-01: 2024-04-01 full-scale | -",
            "2025-01-01: - | MISSING",
            "2026-01-01: exempt 2025-05-02 | -",
            "2027-01-01: - | open",
        ],
    );
    // After the full one of its year: the next required one, two years later.
    outpatient(
        &["2024-04-01 full-scale", "2024-05-02 activation", "2025-04-01 tabletop"],
        "2027-02-01",
        &[
            "2024-01-01: 2024-04-01 full-scale | -",
            "2025-01-01: - | 2025-04-01 tabletop",
            "2026-01-01: exempt 2024-05-02 | -",
            "2027-01-01: - | open",
        ],
    );
}

#[test]
fn years_are_the_facilitys_own() {
    let july = |facts: &[&str], today: &str| count(Facility::Inpatient, "07-01", facts, today);
    assert_eq!(
        july(&["2026-06-30 full-scale", "2026-07-01 full-scale"], "2026-11-25"),
        ["2025-07-01: 2026-06-30 full-scale | unknown", "2026-07-01: 2026-07-01 full-scale | open"]
    );
    // Held before the year began: not counted in it.
    assert_eq!(
        july(&["2026-06-30 full-scale", "2026-06-30 tabletop"], "2026-11-25"),
        ["2025-07-01: 2026-06-30 full-scale | 2026-06-30 tabletop", "2026-07-01: open | open"]
    );
}

#[test]
fn leap_days() {
    let leap = |facts: &[&str], today: &str| count(Facility::Inpatient, "02-29", facts, today);
    assert_eq!(
        leap(&["2028-02-28 full-scale", "2028-02-29 full-scale"], "2028-11-25"),
        ["2027-03-01: 2028-02-28 full-scale | unknown", "2028-02-29: 2028-02-29 full-scale | open"]
    );
    assert_eq!(
        leap(&["2029-02-28 tabletop"], "2029-03-01"),
        ["2028-02-29: unknown | 2029-02-28 tabletop", "2029-03-01: open | open"]
    );
    inpatient(
        &["2028-02-29 full-scale", "2028-02-29 tabletop"],
        "2028-02-29",
        &["2028-01-01: 2028-02-29 full-scale | 2028-02-29 tabletop"],
    );
}

#[test]
fn an_activation_on_the_day_before_or_after_an_exercise() {
    // The day before: this year's is exempted, and the one that was held is the one of choice.
    inpatient(
        &["2026-05-02 activation", "2026-05-03 functional"],
        "2027-02-01",
        &["2026-01-01: exempt 2026-05-02 | 2026-05-03 functional", "2027-01-01: open | open"],
    );
    // The day after: the next year's.
    inpatient(
        &["2026-05-01 functional", "2026-05-02 activation"],
        "2027-02-01",
        &["2026-01-01: 2026-05-01 functional | unknown", "2027-01-01: exempt 2026-05-02 | open"],
    );
    // The last day of a year and the first of the next.
    inpatient(
        &["2025-12-31 activation"],
        "2026-01-01",
        &["2025-01-01: exempt 2025-12-31 | unknown", "2026-01-01: open | open"],
    );
    inpatient(
        &["2025-06-01 full-scale", "2026-01-01 activation"],
        "2026-01-01",
        &["2025-01-01: 2025-06-01 full-scale | unknown", "2026-01-01: exempt 2026-01-01 | open"],
    );
}

#[test]
fn an_activation_in_the_facilitys_own_year() {
    let july = |facts: &[&str], today: &str| count(Facility::Outpatient, "07-01", facts, today);
    assert_eq!(
        july(
            &["2025-06-30 functional", "2026-07-01 activation", "2027-06-30 tabletop"],
            "2027-07-01"
        ),
        [
            "2024-07-01: 2025-06-30 functional | -",
            "2025-07-01: - | MISSING",
            "2026-07-01: exempt 2026-07-01 | -",
            "2027-07-01: - | open",
        ],
        "a tabletop in the year of the full one is no exercise of choice"
    );
    assert_eq!(
        count(Facility::Inpatient, "01-01", &["2028-02-29 activation"], "2028-12-31"),
        ["2028-01-01: exempt 2028-02-29 | open"]
    );
}

#[test]
fn two_in_a_year_of_an_outpatient_provider_are_one_year() {
    outpatient(
        &["2025-03-01 full-scale", "2025-09-01 tabletop"],
        "2026-12-31",
        &["2025-01-01: 2025-03-01 full-scale | -", "2026-01-01: - | open"],
    );
}

#[test]
fn what_lies_ahead_is_left_out() {
    inpatient(
        &["2026-12-24 full-scale", "2027-05-02 activation"],
        "2026-11-25",
        &["2026-01-01: open | open"],
    );
}

#[test]
fn a_place_that_is_not_on_the_list_has_no_such_rule() {
    let policy = policy(None, &Reference::default());
    assert!(policy.law(Facility::Pharmacy).is_none());
    assert!(policy.law(Facility::Other).is_none());
}
