//! The figures of one incident. Each is computed here and nowhere else; every output repeats them.
//!
//! Absent here on purpose: figures over several incidents, and any zero that stands for "unknown".

use chrono::TimeDelta;
use serde::Serialize;

use super::number;
use super::people::gaps;
use super::story::counted_until;
use crate::engine::{Life, State, Status, StepView, Timestamp, counted, downtime, views};
use crate::playbook::{Count, KpiId, Mark, Playbook, Role, Target};

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Unit {
    /// Minutes, to a tenth.
    #[serde(rename = "min")]
    Minutes,
    /// A share from 0 to 1, to a thousandth.
    #[serde(rename = "share")]
    Share,
}

impl Unit {
    /// The word as it stands in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Minutes => "min",
            Self::Share => "share",
        }
    }
}

/// One figure and what it is held against.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Which.
    pub id: KpiId,
    /// In `unit`, rounded; absent where the log cannot say.
    #[serde(serialize_with = "number::maybe")]
    pub value: Option<f64>,
    /// What `value` and `target` count.
    pub unit: Unit,
    /// In `unit`: the most minutes, or the least share; absent where the playbook sets none.
    #[serde(serialize_with = "number::maybe")]
    pub target: Option<f64>,
    /// Whether the exact value, before rounding, meets the target; absent without either, and where
    /// the value is negative: then one of its two times is wrong, and nothing can be judged.
    pub met: Option<bool>,
}

impl Figure {
    /// What is odd about a negative figure, in words.
    #[must_use]
    pub fn doubt(&self) -> Option<&'static str> {
        self.value.filter(|value| *value < 0.0)?;
        match self.id {
            KpiId::TimeToDetect | KpiId::OnsetToDeclare => Some("before the onset: check the time"),
            KpiId::TimeToAcknowledge | KpiId::TimeToDeclare => {
                Some("before it was detected: check the time")
            }
            KpiId::TimeToFirstOutreach | KpiId::TimeToFirstReached => {
                Some("before T+0: check the time")
            }
            KpiId::Downtime
            | KpiId::StepOnTimeRate
            | KpiId::HighRiskReached
            | KpiId::HandOverGaps => None,
        }
    }
}

/// Every figure at `until`, in the field's own order. What still runs is counted up to `until`, or to
/// the end of the incident if that was earlier. A false alarm has none.
#[must_use]
pub fn figures(book: &Playbook, state: &State, until: Timestamp) -> Vec<Figure> {
    let until = counted_until(state, until);
    let figure = |id: &KpiId| match book.target(*id) {
        target if id.is_share() => share(*id, part(*id, book, state, until), target),
        target => time(*id, span(*id, book, state, until), target),
    };
    KpiId::ALL.iter().map(figure).collect()
}

fn time(id: KpiId, span: Option<TimeDelta>, target: Option<Target>) -> Figure {
    let limit = target.and_then(|target| match target {
        Target::Within(limit) => Some(limit),
        Target::AtLeast(_) => None,
    });
    Figure {
        id,
        value: span.map(number::minutes),
        unit: Unit::Minutes,
        target: limit.map(number::minutes),
        met: span
            .filter(|span| *span >= TimeDelta::zero())
            .zip(limit)
            .map(|(span, limit)| span <= limit),
    }
}

fn share(id: KpiId, counts: Option<(usize, usize)>, target: Option<Target>) -> Figure {
    let least = target.and_then(|target| match target {
        Target::AtLeast(least) => Some(least),
        Target::Within(_) => None,
    });
    Figure {
        id,
        value: counts.map(|(part, whole)| number::share(part, whole)),
        unit: Unit::Share,
        target: least,
        met: counts.zip(least).map(|((part, whole), least)| number::ratio(part, whole) >= least),
    }
}

fn span(id: KpiId, book: &Playbook, state: &State, until: Timestamp) -> Option<TimeDelta> {
    if state.life() == Life::FalseAlarm {
        return None;
    }
    let between = |later: Mark, earlier: Mark| {
        let at = |mark| state.mark(mark).map(|moment| state.time_of(moment));
        Some(at(later)?.after(at(earlier)?))
    };
    match id {
        KpiId::TimeToDetect => between(Mark::Detected, Mark::Onset),
        KpiId::TimeToAcknowledge => between(Mark::Acknowledged, Mark::Detected),
        KpiId::TimeToDeclare => between(Mark::Declared, Mark::Detected),
        KpiId::OnsetToDeclare => between(Mark::Declared, Mark::Onset),
        KpiId::TimeToFirstOutreach => between(Mark::FirstOutreach, Mark::Declared),
        KpiId::TimeToFirstReached => between(Mark::FirstReached, Mark::Declared),
        KpiId::Downtime => downtime(state, until),
        KpiId::StepOnTimeRate | KpiId::HighRiskReached => None,
        KpiId::HandOverGaps => unheld(book, state, until),
    }
}

/// How long required roles were held by nobody, role by role, since T+0; nothing without T+0, and
/// nothing where the playbook requires no role.
fn unheld(book: &Playbook, state: &State, until: Timestamp) -> Option<TimeDelta> {
    let start = state.t0()?;
    let required: Vec<_> = book.roles.iter().filter(|role| role.required).collect();
    let of_role = |role: &&Role| {
        let gaps = gaps(state, &role.id, (start, until.max(start)));
        gaps.iter().map(|(from, to)| *to - *from).sum::<TimeDelta>()
    };
    (!required.is_empty()).then(|| required.iter().map(of_role).sum())
}

/// What a share counts, and what it counts it out of.
fn part(id: KpiId, book: &Playbook, state: &State, until: Timestamp) -> Option<(usize, usize)> {
    match id {
        KpiId::StepOnTimeRate => on_time(book, state, until),
        KpiId::HighRiskReached => reached(book, state, until),
        KpiId::TimeToDetect
        | KpiId::TimeToAcknowledge
        | KpiId::TimeToDeclare
        | KpiId::OnsetToDeclare
        | KpiId::TimeToFirstOutreach
        | KpiId::TimeToFirstReached
        | KpiId::Downtime
        | KpiId::HandOverGaps => None,
    }
}

/// After this long since T+0 a priority patient counts as not reached in time (seed: share of
/// high-risk patients reached within 12 hours).
const REACH_WITHIN: TimeDelta = TimeDelta::hours(12);

/// Priority patients reached in time and all on the list, as people counted them. Absent without both
/// counts, and where more were reached than listed: one of the two is wrong then.
fn reached(book: &Playbook, state: &State, until: Timestamp) -> Option<(usize, usize)> {
    if state.life() == Life::FalseAlarm {
        return None;
    }
    let (listed, _) = counted(book, state, Count::Listed, until)?;
    let (reached, _) = counted(book, state, Count::Reached, until.min(state.t0()? + REACH_WITHIN))?;
    let both = (usize::try_from(reached).ok()?, usize::try_from(listed).ok()?);
    (listed > 0 && reached <= listed).then_some(both)
}

/// Occurrences finished by their due time, and all that fell due or were finished with one.
fn on_time(book: &Playbook, state: &State, until: Timestamp) -> Option<(usize, usize)> {
    if state.life() == Life::FalseAlarm {
        return None;
    }
    let judged: Vec<bool> =
        views(book, state, until).iter().filter_map(|view| in_time(view, state, until)).collect();
    let part = judged.iter().filter(|in_time| **in_time).count();
    (!judged.is_empty()).then_some((part, judged.len()))
}

/// Whether an occurrence was in time, as the rate counts it; nothing where it does not count: no due
/// time, not due yet, not applicable, closed by a decision. A turn of a repeating step that fell due
/// and never came is late.
pub(super) fn in_time(view: &StepView<'_>, state: &State, until: Timestamp) -> Option<bool> {
    let due = view.due?;
    match view.status {
        Status::Done => view.answer.outcome.moment().map(|moment| state.time_of(moment) <= due),
        Status::Open | Status::Begun | Status::Failed | Status::Deferred => {
            (due <= until).then_some(false)
        }
        Status::Closed if view.missed => Some(false),
        Status::NotApplicable | Status::Closed => None,
    }
}

#[cfg(test)]
mod tests {
    use KpiId::{
        Downtime, HandOverGaps, HighRiskReached, OnsetToDeclare, StepOnTimeRate, TimeToAcknowledge,
        TimeToDeclare, TimeToDetect, TimeToFirstOutreach, TimeToFirstReached,
    };

    use super::*;
    use crate::engine::{Event, Mode};
    use crate::playbook::{Field, FieldKind, Form, Repeat};
    use crate::report::fixture::{Log, at, book, id, plain};

    fn figure(log: &Log, until: &str, kpi: KpiId) -> Figure {
        let all = figures(&book(), &log.state(), at(until));
        all.into_iter().find(|figure| figure.id == kpi).unwrap()
    }

    fn value(log: &Log, until: &str, kpi: KpiId) -> Option<f64> {
        figure(log, until, kpi).value
    }

    fn opened() -> Log {
        Log::opened("14:05", Mode::Live)
    }

    #[test]
    fn every_figure_has_its_place_and_an_absent_mark_is_null_not_zero() {
        let all = figures(&book(), &opened().state(), at("15:00"));
        let seen: Vec<_> = all.iter().map(|f| (f.id, f.value, f.unit.word(), f.met)).collect();
        assert_eq!(
            seen,
            [
                (TimeToDetect, None, "min", None),
                (TimeToAcknowledge, None, "min", None),
                (TimeToDeclare, None, "min", None),
                (OnsetToDeclare, None, "min", None),
                (TimeToFirstOutreach, None, "min", None),
                (TimeToFirstReached, None, "min", None),
                (HighRiskReached, None, "share", None),
                (Downtime, None, "min", None),
                (StepOnTimeRate, None, "share", None),
                (HandOverGaps, None, "min", None),
            ]
        );
    }

    #[test]
    fn time_figures_are_differences_of_marks() {
        let log = opened()
            .mark("13:30", Mark::Onset)
            .mark("13:42", Mark::Detected)
            .mark("13:45:30", Mark::Acknowledged)
            .declared("14:10")
            .mark("14:55", Mark::FirstOutreach)
            .mark("15:01:06", Mark::FirstReached);
        for (kpi, expected) in [
            (TimeToDetect, 12.0),
            (TimeToAcknowledge, 3.5),
            (TimeToDeclare, 28.0),
            (OnsetToDeclare, 40.0),
            (TimeToFirstOutreach, 45.0),
            (TimeToFirstReached, 51.1),
            (Downtime, 150.0),
        ] {
            assert_eq!(value(&log, "16:00", kpi), Some(expected), "{kpi}");
        }
    }

    #[test]
    fn a_time_before_its_reference_stays_negative() {
        let before_onset = opened().declared("14:00").mark("14:10", Mark::Onset);
        assert_eq!(value(&before_onset, "15:00", OnsetToDeclare), Some(-10.0));
        let detected_first = opened().mark("14:10", Mark::Onset).mark("14:04", Mark::Detected);
        assert_eq!(value(&detected_first, "15:00", TimeToDetect), Some(-6.0));
    }

    #[test]
    fn a_negative_figure_cannot_be_judged() {
        let judged = |detected: &str| {
            let log = opened().declared("14:10").mark(detected, Mark::Detected);
            let figure = figure(&log, "15:00", TimeToDeclare);
            (figure.value, figure.met, figure.doubt())
        };
        assert_eq!(judged("14:10"), (Some(0.0), Some(true), None));
        let doubt = Some("before it was detected: check the time");
        assert_eq!(judged("14:12"), (Some(-2.0), None, doubt));
        let reached = opened().declared("14:10").mark("14:09", Mark::FirstReached);
        let figure = figure(&reached, "15:00", TimeToFirstReached);
        assert_eq!((figure.met, figure.doubt()), (None, Some("before T+0: check the time")));
    }

    #[test]
    fn declared_after_it_was_over_counts_what_happened() {
        let log = opened()
            .tell_late(
                "10:00",
                "14:06",
                Event::MilestoneMarked { mark: Mark::Onset, service: None },
            )
            .tell_late(
                "11:30",
                "14:07",
                Event::MilestoneMarked { mark: Mark::Verified, service: None },
            )
            .declared("14:08");
        assert_eq!(value(&log, "18:00", Downtime), Some(90.0));
        assert_eq!(value(&log, "18:00", OnsetToDeclare), Some(248.0));
    }

    /// The test playbook, whose ticket step asks for the two counts as well.
    fn counting() -> Playbook {
        let mut book = book();
        let Some(step) = book.phases[0].steps.iter_mut().find(|s| s.code == "I-04") else {
            panic!("the fixture has changed")
        };
        let field = |word, count| Field {
            id: id(word),
            ask: String::new(),
            kind: FieldKind::Number(Some(count)),
            required: false,
        };
        let fields = vec![field("listed", Count::Listed), field("reached", Count::Reached)];
        (step.form, step.repeat) =
            (Form::Collect(fields), Some(Repeat { every: TimeDelta::hours(2), until: None }));
        book
    }

    #[test]
    fn patients_reached_are_those_counted_by_hour_twelve() {
        let count = |log: Log, clock: &str, turn: u32, answers: &[(&str, &str)]| {
            let mut done = crate::report::fixture::done("vendor-ticket", turn);
            done.answers = answers.iter().map(|(field, n)| (id(field), plain(n))).collect();
            log.tell(clock, Event::StepDone(done))
        };
        let begun = || count(opened().declared("08:00"), "09:00", 1, &[("listed", "40")]);
        for (what, log, expected) in [
            ("listed only", begun(), None),
            ("reached", count(begun(), "12:00", 2, &[("reached", "10")]), Some(0.25)),
            (
                "the newest count in time counts",
                count(
                    count(begun(), "19:59", 2, &[("reached", "30")]),
                    "20:30",
                    3,
                    &[("reached", "40")],
                ),
                Some(0.75),
            ),
            ("too late", count(begun(), "20:01", 2, &[("reached", "40")]), None),
            ("more than there are", count(begun(), "12:00", 2, &[("reached", "41")]), None),
            ("no number of patients", count(begun(), "12:00", 2, &[("reached", "10.5")]), None),
            (
                "nobody listed",
                count(begun(), "12:00", 2, &[("reached", "0"), ("listed", "0")]),
                None,
            ),
        ] {
            let all = figures(&counting(), &log.state(), at("23:00"));
            let found = all.iter().find(|figure| figure.id == HighRiskReached).unwrap().value;
            assert_eq!(found, expected, "{what}");
        }
    }

    /// The test playbook requires an incident lead and a communications lead.
    #[test]
    fn gaps_are_summed_over_required_roles_since_t0() {
        let takes = |role: &str| Event::RoleAssigned {
            role: id(role),
            person: crate::report::fixture::person("Ana"),
            deputy: false,
        };
        let leaves = |role: &str| Event::RoleReleased {
            role: id(role),
            person: crate::report::fixture::person("Ana"),
        };
        let (lead, comms) = ("incident-lead", "communications-lead");
        let opened = || opened().tell("14:06", takes(lead));
        for (what, log, expected) in [
            ("not declared", opened(), None),
            ("one of two", opened().declared("14:10"), Some(50.0)),
            ("both", opened().declared("14:10").tell("14:10", takes(comms)), Some(0.0)),
            (
                "both for a while",
                opened().declared("14:10").tell("14:20", takes(comms)).tell("14:50", leaves(lead)),
                Some(20.0),
            ),
            ("no further than the end", opened().declared("14:10").closed("14:30"), Some(20.0)),
        ] {
            assert_eq!(value(&log, "15:00", HandOverGaps), expected, "{what}");
        }
        let alarm = opened()
            .declared("14:10")
            .tell("14:20", Event::FalseAlarmDeclared { reason: plain("a filter") });
        assert_eq!(value(&alarm, "15:00", HandOverGaps), None);
        let nobody = Playbook { roles: Vec::new(), ..book() };
        let all = figures(&nobody, &opened().declared("14:10").state(), at("15:00"));
        assert_eq!(all.iter().find(|f| f.id == HandOverGaps).unwrap().value, None);
    }

    #[test]
    fn downtime_counts_each_minute_once() {
        let two = opened()
            .mark_for("09:00", Mark::Onset, "email")
            .mark_for("09:30", Mark::Onset, "phones")
            .mark_for("10:00", Mark::Verified, "email")
            .mark_for("10:15", Mark::Verified, "phones");
        assert_eq!(value(&two, "18:00", Downtime), Some(75.0));
        let apart = opened()
            .mark_for("09:00", Mark::Onset, "email")
            .mark_for("09:10", Mark::Verified, "email")
            .mark_for("10:00", Mark::Onset, "phones")
            .mark_for("10:05", Mark::Verified, "phones");
        assert_eq!(value(&apart, "18:00", Downtime), Some(15.0));
        let relapse = opened()
            .mark("09:00", Mark::Onset)
            .mark("09:20", Mark::Restored)
            .mark("09:30", Mark::Verified)
            .mark("10:00", Mark::Relapsed)
            .mark("10:10", Mark::Verified);
        assert_eq!(value(&relapse, "18:00", Downtime), Some(40.0));
    }

    #[test]
    fn downtime_runs_until_verified_or_closed_whatever_the_vendor_says() {
        let open =
            opened().mark("09:00", Mark::Onset).declared("09:10").mark("09:30", Mark::Restored);
        assert_eq!(value(&open, "10:00", Downtime), Some(60.0));
        let far = at("22 09:00") + TimeDelta::days(130);
        let all = figures(&book(), &open.state(), far);
        let downtime = all.iter().find(|figure| figure.id == Downtime).unwrap();
        assert_eq!(downtime.value, Some(187_200.0));
        let closed = open.closed("11:00");
        assert_eq!(value(&closed, "23 11:00", Downtime), Some(120.0));
    }

    #[test]
    fn a_correction_moves_the_figure() {
        let log = opened().mark("13:30", Mark::Onset).declared("14:10");
        let target = log.nth(2);
        let note = plain("the monitoring saw it earlier");
        let occurred = Some(at("13:00"));
        let log = log.tell("15:00", Event::RecordCorrected { target, note, occurred });
        assert_eq!(value(&log, "15:00", OnsetToDeclare), Some(70.0));
    }

    #[test]
    fn a_target_is_met_on_the_exact_value() {
        for (declared, value, met) in
            [("14:29:59", 30.0, true), ("14:30", 30.0, true), ("14:30:01", 30.0, false)]
        {
            let log = opened().mark("14:00", Mark::Detected).declared(declared);
            let figure = figure(&log, "15:00", TimeToDeclare);
            assert_eq!(
                (figure.value, figure.target, figure.met),
                (Some(value), Some(30.0), Some(met))
            );
        }
    }

    #[test]
    fn a_false_alarm_has_no_figures() {
        let log = opened()
            .mark("13:30", Mark::Onset)
            .declared("14:10")
            .done("14:12", "notify-leadership", 1)
            .tell("14:20", Event::FalseAlarmDeclared { reason: plain("a filter") });
        let all = figures(&book(), &log.state(), at("16:00"));
        assert!(all.iter().all(|f| f.value.is_none() && f.met.is_none()), "{all:?}");
    }

    /// Due: notify 14:15, scope 14:30, ticket 14:45; the briefing waits for a decision.
    #[test]
    fn the_rate_counts_what_fell_due() {
        let start = || opened().declared("14:00");
        let skip = |log: Log| {
            let (step, reason) = (id("notify-leadership"), plain("no leadership here"));
            log.tell("14:20", Event::StepSkipped { step, occurrence: 1, reason })
        };
        let fail = |log: Log| {
            let (step, reason) = (id("notify-leadership"), plain("nobody answers"));
            log.tell("14:05", Event::StepFailed { step, occurrence: 1, reason })
        };
        let defer = |log: Log| {
            let (step, reason) = (id("notify-leadership"), plain("asleep"));
            let until = at("16:00");
            log.tell("14:05", Event::StepDeferred { step, occurrence: 1, until, reason })
        };
        let in_time = |log: Log| log.done("14:15", "notify-leadership", 1);
        let late = |log: Log| log.done("14:16", "notify-leadership", 1);
        for (what, log, until, expected) in [
            ("nothing due yet", start(), "14:14", None),
            ("due this minute and open", start(), "14:15", Some(0.0)),
            ("in time", in_time(start()), "14:20", Some(1.0)),
            ("ahead of its time", in_time(start()), "14:15", Some(1.0)),
            ("late", late(start()), "14:20", Some(0.0)),
            ("not applicable", skip(start()), "14:20", None),
            ("failed, not due", fail(start()), "14:14", None),
            ("failed and due", fail(start()), "14:20", Some(0.0)),
            ("deferred", defer(start()), "14:20", None),
            ("deferred and due again", defer(start()), "16:00", Some(0.0)),
            ("one of two", in_time(start()), "14:30", Some(0.5)),
            ("one of three", in_time(start()), "14:45", Some(0.333)),
            ("counted to the closing", in_time(start()).closed("14:20"), "20:00", Some(1.0)),
        ] {
            assert_eq!(value(&log, until, StepOnTimeRate), expected, "{what}");
        }
    }
}
