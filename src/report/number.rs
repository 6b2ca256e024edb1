//! How figures are rounded and printed. Comparisons with targets happen before this, on exact values.

use chrono::TimeDelta;
use serde::{Serialize, Serializer};

/// Minutes to a tenth, halves away from zero.
pub(super) fn minutes(span: TimeDelta) -> f64 {
    let millis = span.num_milliseconds();
    let tenths = (millis.abs() + 3_000) / 6_000 * millis.signum();
    #[expect(clippy::cast_precision_loss, reason = "a calendar of 9999 years has 10^11 tenths")]
    let tenths = tenths as f64;
    tenths / 10.0
}

/// `45 min`, `2 h 05 min`: for people, cut to whole minutes.
#[must_use]
pub fn hours(minutes: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "far below 2^52")]
    let whole = minutes.max(0.0) as i64;
    match (whole / 60, whole % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, rest) => format!("{hours} h {rest:02} min"),
    }
}

/// A share of a whole to a thousandth.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    let thousandths = (part * 1_000 + whole / 2) / whole.max(1);
    ratio(thousandths, 1_000)
}

/// The exact share, for comparisons.
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no log has 2^52 entries")]
    let (part, whole) = (part as f64, whole as f64);
    part / whole
}

/// `45`, `4.5`, `-3`: a whole number without a point.
pub(super) fn plain(value: f64) -> String {
    format!("{value}")
}

/// `85.7 %`.
#[must_use]
pub fn share_in_percent(value: f64) -> String {
    let tenths = (value * 1_000.0).round() / 10.0;
    format!("{tenths} %")
}

/// As [`plain`], for `serde(serialize_with)`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
pub(super) fn serialize<S: Serializer>(value: &f64, to: S) -> Result<S::Ok, S::Error> {
    if value.fract().abs() > 0.0 {
        return value.serialize(to);
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole, and far below 2^52")]
    let whole = *value as i64;
    whole.serialize(to)
}

/// As [`serialize`], with null for what is absent.
#[expect(clippy::ref_option, reason = "the signature that serde asks for")]
pub(super) fn maybe<S: Serializer>(value: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serialize(value, to),
        None => to.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_whole_or_have_one_decimal() {
        for (millis, text) in [
            (0, "0"),
            (45 * 60_000, "45"),
            (-3 * 60_000, "-3"),
            (90_000, "1.5"),
            (-90_000, "-1.5"),
            (2_999, "0"),
            (-2_999, "0"),
            (3_000, "0.1"),
            (-3_000, "-0.1"),
            (130 * 24 * 3_600_000, "187200"),
        ] {
            assert_eq!(plain(minutes(TimeDelta::milliseconds(millis))), text, "{millis} ms");
        }
    }

    #[test]
    fn spans_are_hours_and_minutes_for_people() {
        for (minutes, text) in [
            (-1.0, "0 min"),
            (0.9, "0 min"),
            (59.9, "59 min"),
            (125.0, "2 h 05 min"),
            (1560.0, "26 h 00 min"),
        ] {
            assert_eq!(hours(minutes), text);
        }
    }

    #[test]
    fn a_share_is_rounded_to_a_thousandth() {
        for (part, whole, text) in
            [(0, 3, "0"), (1, 3, "0.333"), (2, 3, "0.667"), (3, 3, "1"), (9, 10, "0.9")]
        {
            assert_eq!(plain(share(part, whole)), text, "{part}/{whole}");
        }
        assert_eq!(share_in_percent(share(6, 7)), "85.7 %");
        assert_eq!(share_in_percent(0.9), "90 %");
    }

    #[test]
    fn whole_numbers_carry_no_point_in_json() {
        #[derive(serde::Serialize)]
        struct Line(#[serde(serialize_with = "maybe")] Option<f64>);
        for (value, json) in
            [(Some(45.0), "45"), (Some(-3.0), "-3"), (Some(4.5), "4.5"), (None, "null")]
        {
            assert_eq!(serde_json::to_string(&Line(value)).unwrap(), json);
        }
    }
}
