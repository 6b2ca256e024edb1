//! The clock of an exercise as tables: whose clocks say what, and what it shows there.

use super::*;
use crate::engine::record::{Actor, Hlc, Source};
use crate::engine::time::Offset;

const START: i64 = 1_769_108_700_000;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(START + seconds * 1000).unwrap()
}

/// The clocks of the machine `boot`, whose wall clock is `wrong` seconds ahead, this many seconds on.
fn machine(boot: &str, seconds: i64, wrong: i64) -> ClockReading {
    let mono = u64::try_from(5_000 + seconds * 1000).ok();
    ClockReading { wall: at(seconds + wrong), boot: Some(boot.to_owned()), mono }
}

fn stamp(reading: &ClockReading, shows: Option<Timestamp>) -> Stamp {
    Stamp {
        wall: reading.wall,
        offset: Offset::UTC,
        hlc: Hlc(reading.wall.millis(), 0),
        boot: reading.boot.clone(),
        mono: reading.mono,
        actor: Actor::default(),
        scribe: None,
        src: Source::Typed,
        occurred_at: None,
        key: None,
        seen: Vec::new(),
        exercise_time: shows,
    }
}

fn writer(number: u8) -> WriterId {
    WriterId::from_random([number; 16])
}

fn setting(speed: Option<u32>, paused: bool) -> ClockSetting {
    ClockSetting { at: at(0), speed: speed.map(|times| Speed::new(times).unwrap()), paused }
}

/// A clock that machine `a` set to run 60 times as fast as real time.
fn fast() -> ExerciseClock {
    ExerciseClock::new(&writer(1), &stamp(&machine("a", 0, 0), None), setting(Some(60), false))
}

/// The record of a machine, as the clock shows it there.
fn record(clock: &mut ExerciseClock, reading: &ClockReading) {
    let shows = clock.at(reading);
    clock.take(&stamp(reading, Some(shows)));
}

#[test]
fn a_clock_shows_what_its_last_setting_says() {
    for (speed, paused, real, shown) in [
        (Some(1), false, 0, 0),
        (Some(1), false, 5, 5),
        (Some(10), false, 5, 50),
        (Some(600), false, 60, 36_000),
        (Some(10), true, 5, 0),
        (None, false, 5, 0),
        (Some(10), false, -5, 0),
    ] {
        let stamp = stamp(&ClockReading::of_wall(at(0)), None);
        let clock = ExerciseClock::new(&writer(1), &stamp, setting(speed, paused));
        let reading = ClockReading::of_wall(at(real));
        assert_eq!(clock.at(&reading), at(shown), "{speed:?} {paused} {real}");
    }
    let end = Timestamp::from_millis(253_402_300_799_999).unwrap();
    assert_eq!(fast().at(&ClockReading::of_wall(end)), end);
}

#[test]
fn the_machine_that_set_it_goes_by_its_own_time_whatever_its_wall_clock_does() {
    for wrong in [0, 30, -3_600, 86_400] {
        assert_eq!(fast().at(&machine("a", 10, wrong)), at(600), "{wrong}");
    }
}

#[test]
fn another_machine_goes_by_its_wall_clock_until_it_has_recorded() {
    let mut clock = fast();
    assert_eq!(clock.at(&machine("b", 10, 0)), at(600));
    record(&mut clock, &machine("b", 10, 0));
    for wrong in [-3_600, 86_400] {
        assert_eq!(clock.at(&machine("b", 20, wrong)), at(1_200), "{wrong}");
    }
    // A third one never shows less than what is on record.
    assert_eq!(clock.at(&machine("c", 5, 0)), at(600));
}

#[test]
fn a_record_of_another_machine_pushes_the_clock_a_little_only() {
    let mut clock = fast();
    record(&mut clock, &machine("b", 10, 30));
    assert_eq!(clock.at(&machine("b", 10, 30)), at(2_400));
    assert_eq!(clock.at(&machine("a", 10, 0)), at(600 + 300));
    assert_eq!(clock.drift(&stamp(&machine("a", 10, 0), None)), Some(TimeDelta::minutes(30)));
    // What the machine said itself holds there, and it is no step to push it further.
    record(&mut clock, &machine("a", 10, 0));
    assert_eq!(clock.at(&machine("a", 10, 0)), at(900));
    assert_eq!(clock.at(&machine("a", 11, 0)), at(660 + 300));
    // Five minutes are no drift, and nor is what the other machine thinks of this one.
    let mut near = fast();
    record(&mut near, &machine("b", 10, 5));
    assert_eq!(near.at(&machine("a", 10, 0)), at(900));
    assert_eq!(near.drift(&stamp(&machine("a", 10, 0), None)), None);
    assert_eq!(clock.drift(&stamp(&machine("b", 10, 0), None)), None);
}

#[test]
fn where_the_wall_clock_was_moved_the_others_count_from_the_new_time() {
    let mut clock = fast();
    let moved = machine("a", 10, -3_600);
    assert_eq!(clock.at(&machine("b", 20, -3_600)), at(0));
    clock.jumped(&writer(1), &stamp(&moved, None));
    assert_eq!(clock.at(&machine("b", 20, -3_600)), at(1_200));
    assert_eq!(clock.at(&machine("a", 20, -3_600)), at(1_200));
    // The same where the system tells nothing but the wall time: it stood still, and goes on.
    let none = |seconds| ClockReading::of_wall(at(seconds));
    let start = setting(Some(60), false);
    let mut clock = ExerciseClock::new(&writer(1), &stamp(&none(0), None), start);
    record(&mut clock, &none(10));
    assert_eq!(clock.at(&none(-3_590)), at(600));
    clock.jumped(&writer(1), &stamp(&none(-3_590), None));
    assert_eq!(clock.at(&none(-3_580)), at(1_200));
    // What happens to another machine's clock is its own affair.
    clock.jumped(&writer(2), &stamp(&none(9_000), None));
    assert_eq!(clock.at(&none(-3_580)), at(1_200));
}

#[test]
fn a_setting_never_turns_the_clock_back() {
    let running = fast();
    let back = ClockSetting { at: at(-60), speed: None, paused: true };
    let after = stamp(&machine("a", 5, 0), None);
    assert_eq!(running.set(&writer(1), &after, back).at(&machine("a", 9, 0)), at(300));
    let ahead = ClockSetting { at: at(9_000), ..back };
    assert_eq!(running.set(&writer(2), &after, ahead).at(&machine("b", 9, 0)), at(9_000));
}
