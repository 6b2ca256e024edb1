//! Tables of what people type, and of the nights on which clocks are changed.

use super::*;
use crate::engine::Offset;

const GREENWICH: Zone = Zone::Fixed(Offset::UTC);

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// New York's clocks in 2026, changed at this instant by an hour.
fn new_york(change: &str, before: i32, after: i32) -> Zone {
    let offset = |hours: i32| Offset::from_minutes(hours * 60).unwrap();
    Zone::Changed { at: at(change), before: offset(before), after: offset(after) }
}

#[test]
fn every_form_of_a_time() {
    let now = at("2026-01-22T14:05:30Z");
    for (text, meant) in [
        ("now", "2026-01-22T14:05:30Z"),
        (" NOW ", "2026-01-22T14:05:30Z"),
        ("14:05", "2026-01-22T14:05:00Z"),
        ("14:06", "2026-01-22T14:06:00Z"),
        ("14:07", "2026-01-21T14:07:00Z"),
        ("14:05:10", "2026-01-22T14:05:10Z"),
        ("9:30", "2026-01-22T09:30:00Z"),
        ("0:05", "2026-01-22T00:05:00Z"),
        ("23:50", "2026-01-21T23:50:00Z"),
        ("0230", "2026-01-22T02:30:00Z"),
        ("1405", "2026-01-22T14:05:00Z"),
        ("2350", "2026-01-21T23:50:00Z"),
        ("2am", "2026-01-22T02:00:00Z"),
        ("2 AM", "2026-01-22T02:00:00Z"),
        ("2:30am", "2026-01-22T02:30:00Z"),
        ("2.30 pm", "2026-01-21T14:30:00Z"),
        ("2:05 P.M.", "2026-01-22T14:05:00Z"),
        ("12am", "2026-01-22T00:00:00Z"),
        ("12:30 a.m.", "2026-01-22T00:30:00Z"),
        ("12pm", "2026-01-22T12:00:00Z"),
        ("-20m", "2026-01-22T13:45:30Z"),
        ("-20 min", "2026-01-22T13:45:30Z"),
        ("-1h30m", "2026-01-22T12:35:30Z"),
        ("20 min ago", "2026-01-22T13:45:30Z"),
        ("20 minutes ago", "2026-01-22T13:45:30Z"),
        ("20m ago", "2026-01-22T13:45:30Z"),
        ("2 h ago", "2026-01-22T12:05:30Z"),
        ("An hour ago", "2026-01-22T13:05:30Z"),
        ("a minute ago", "2026-01-22T14:04:30Z"),
        ("1 hour 20 minutes ago", "2026-01-22T12:45:30Z"),
        ("yesterday 23:50", "2026-01-21T23:50:00Z"),
        ("yesterday at 9am", "2026-01-21T09:00:00Z"),
        ("Yesterday 1405", "2026-01-21T14:05:00Z"),
        ("today 08:00", "2026-01-22T08:00:00Z"),
        ("2026-01-20 07:15", "2026-01-20T07:15:00Z"),
        ("2026-01-20 7:15pm", "2026-01-20T19:15:00Z"),
        ("2026-01-20T07:15", "2026-01-20T07:15:00Z"),
        ("2026-01-20 07:15:20", "2026-01-20T07:15:20Z"),
        ("2026-01-20T07:15:00-05:00", "2026-01-20T12:15:00Z"),
        ("2026-01-20T07:15-05:00", "2026-01-20T12:15:00Z"),
        ("2026-01-20T07:15Z", "2026-01-20T07:15:00Z"),
        ("2026-01-20 07:15Z", "2026-01-20T07:15:00Z"),
        ("08:05-05:00", "2026-01-22T13:05:00Z"),
        ("0805-05:00", "2026-01-22T13:05:00Z"),
        ("14:05z", "2026-01-22T14:05:00Z"),
    ] {
        assert_eq!(parse_when(text, now, GREENWICH, Toward::Past), Ok(at(meant)), "{text}");
    }
}

#[test]
fn what_lies_ahead() {
    let now = at("2026-01-22T14:05:30Z");
    for (text, meant) in [
        ("14:05", "2026-01-23T14:05:00Z"),
        ("14:07", "2026-01-22T14:07:00Z"),
        ("2pm", "2026-01-23T14:00:00Z"),
        ("4:30pm", "2026-01-22T16:30:00Z"),
        ("+2h", "2026-01-22T16:05:30Z"),
        ("in 2 hours", "2026-01-22T16:05:30Z"),
        ("in an hour", "2026-01-22T15:05:30Z"),
        ("tomorrow 08:00", "2026-01-23T08:00:00Z"),
    ] {
        assert_eq!(parse_when(text, now, GREENWICH, Toward::Future), Ok(at(meant)), "{text}");
    }
}

#[test]
fn what_is_no_time() {
    let now = at("2026-01-22T14:05:30Z");
    for text in [
        "",
        "24:00",
        "25:00",
        "14:60",
        "0:75",
        "2400",
        "1260",
        "14:5",
        "14:05:60",
        "13pm",
        "0am",
        "2:5pm",
        "14:05pm",
        "pm",
        "am 2",
        "tomorrow",
        "yesterday",
        "yesterday 25:00",
        "-",
        "+x",
        "14.05",
        "é:05",
        "é305",
        "-5000y",
        "-401d",
        "+401d",
        "402 days ago",
        "ago",
        " ago",
        "an ago",
        "20 ago",
        "in",
        "999",
        "1 000",
        "12345",
        "2026-01-22",
        "2026-13-01 10:00",
        "२:३०",
    ] {
        let unreadable = WhenError::Unreadable(text.trim().to_owned());
        assert_eq!(parse_when(text, now, GREENWICH, Toward::Past), Err(unreadable), "{text}");
    }
}

#[test]
fn a_few_digits_are_asked_back() {
    let now = at("2026-01-22T14:05:30Z");
    for (text, toward, said) in [
        (
            "130",
            Toward::Past,
            "\"130\" could be more than one time: type 01:30 or 13:00 or -130m (130 minutes ago)",
        ),
        (
            "12",
            Toward::Past,
            "\"12\" could be more than one time: type 12:00 or -12m (12 minutes ago)",
        ),
        (
            "9",
            Toward::Future,
            "\"9\" could be more than one time: type 09:00 or +9m (in 9 minutes)",
        ),
        (
            "245",
            Toward::Past,
            "\"245\" could be more than one time: type 02:45 or -245m (245 minutes ago)",
        ),
    ] {
        let error = parse_when(text, now, GREENWICH, toward).unwrap_err();
        assert_eq!(error.to_string(), said);
    }
}

/// In the night to 8 March, 02:00 to 02:59 do not exist.
#[test]
fn clocks_set_forward() {
    let zone = new_york("2026-03-08T07:00:00Z", -5, -4);
    let never = |text: &str| Err(WhenError::Never(text.to_owned()));
    for (now, text, toward, meant) in [
        // Before the gap the most recent 02:30 is yesterday's, and a real one.
        ("2026-03-08T06:30:00Z", "02:30", Toward::Past, Ok(at("2026-03-07T07:30:00Z"))),
        ("2026-03-08T06:30:00Z", "02:30", Toward::Future, never("02:30")),
        ("2026-03-08T12:00:00Z", "02:30", Toward::Past, never("02:30")),
        // After it the next one is tomorrow's.
        ("2026-03-08T12:00:00Z", "02:30", Toward::Future, Ok(at("2026-03-09T06:30:00Z"))),
        ("2026-03-08T12:00:00Z", "2:30am", Toward::Future, Ok(at("2026-03-09T06:30:00Z"))),
        ("2026-03-08T12:00:00Z", "03:30", Toward::Past, Ok(at("2026-03-08T07:30:00Z"))),
        // A minute before the gap: 02:00 is what the next minute would have been called.
        ("2026-03-08T06:59:30Z", "02:00", Toward::Past, never("02:00")),
        ("2026-03-09T05:00:00Z", "02:30", Toward::Past, never("02:30")),
        ("2026-03-09T05:00:00Z", "yesterday 02:30", Toward::Past, never("yesterday 02:30")),
        ("2026-03-09T05:00:00Z", "yesterday 01:30", Toward::Past, Ok(at("2026-03-08T06:30:00Z"))),
        ("2026-03-08T03:00:00Z", "02:30", Toward::Future, never("02:30")),
        // An offset settles it.
        ("2026-03-08T12:00:00Z", "02:30-05:00", Toward::Past, Ok(at("2026-03-08T07:30:00Z"))),
    ] {
        assert_eq!(parse_when(text, at(now), zone, toward), meant, "{text} at {now}");
    }
}

/// In the night to 1 November, 01:00 to 01:59 come twice.
#[test]
fn clocks_set_back() {
    let zone = new_york("2026-11-01T06:00:00Z", -4, -5);
    let twice = |text: &str| {
        Err(WhenError::Twice {
            text: text.to_owned(),
            first: "2026-11-01T01:30:00-04:00".to_owned(),
            second: "2026-11-01T01:30:00-05:00".to_owned(),
        })
    };
    for (now, text, toward, meant) in [
        // Before both of them: yesterday's.
        ("2026-11-01T04:30:00Z", "01:30", Toward::Past, Ok(at("2026-10-31T05:30:00Z"))),
        ("2026-11-01T04:30:00Z", "01:30", Toward::Future, twice("01:30")),
        // Between them one is past and one is to come.
        ("2026-11-01T05:45:00Z", "01:30", Toward::Past, Ok(at("2026-11-01T05:30:00Z"))),
        ("2026-11-01T06:15:00Z", "01:30", Toward::Past, Ok(at("2026-11-01T05:30:00Z"))),
        ("2026-11-01T05:45:00Z", "01:30", Toward::Future, Ok(at("2026-11-01T06:30:00Z"))),
        // After both of them.
        ("2026-11-01T06:45:00Z", "01:30", Toward::Past, twice("01:30")),
        ("2026-11-01T12:00:00Z", "1:30am", Toward::Past, twice("1:30am")),
        ("2026-11-01T12:00:00Z", "01:30", Toward::Future, Ok(at("2026-11-02T06:30:00Z"))),
        ("2026-11-02T05:10:00Z", "01:30", Toward::Past, twice("01:30")),
        ("2026-11-01T12:00:00Z", "01:30-05:00", Toward::Past, Ok(at("2026-11-01T06:30:00Z"))),
        ("2026-11-01T12:00:00Z", "2026-11-01 01:30", Toward::Past, twice("2026-11-01 01:30")),
    ] {
        assert_eq!(parse_when(text, at(now), zone, toward), meant, "{text} at {now}");
    }
}
