//! The log as people read it: one entry for each record, in merged order, nothing left out.

use serde::Serialize;

use super::accountable::{held_by, outside_role, role_of};
use super::number;
use super::sentence::{Speech, kind, step_of};
use super::story::{Reading, Story, said};
use super::when::When;
use crate::engine::{
    Digest, Event, Fact, LATE_AFTER, Person, Record, RecordRef, Source, Timestamp, WriterId,
};
use crate::playbook::{RoleId, StepId};

/// One record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question that readers ask on its own")]
pub struct Entry {
    /// What people say: `17@w4f2`.
    pub record: String,
    /// Whose file.
    pub writer: WriterId,
    /// From 1 within that file.
    pub seq: u64,
    /// The record's hash.
    pub hash: Digest,
    /// When it happened, as corrected.
    pub occurred_at: When,
    /// When it happened as first recorded, where a correction says otherwise.
    pub first_recorded_as: Option<When>,
    /// When it was written down; in an exercise with a clock of its own, what that clock showed.
    pub recorded_at: When,
    /// The real time of writing down, where `recorded_at` is on an exercise's clock.
    pub real_at: Option<When>,
    /// Minutes from T+0 to `occurred_at`; negative before it, absent without it.
    #[serde(serialize_with = "number::maybe")]
    pub t_plus_min: Option<f64>,
    /// Who says so; asserted, not authenticated.
    pub by: Option<Person>,
    /// The role they acted in.
    pub role: Option<RoleId>,
    /// How it came in.
    pub source: Source,
    /// Who typed it in from paper.
    pub scribe: Option<Person>,
    /// Written down more than five minutes after it happened.
    pub late_entry: bool,
    /// Written down more than five minutes *before* it happened: a clock or a correction is wrong.
    pub ahead_of_time: bool,
    /// The word of the event; of a newer version's event too.
    pub kind: String,
    /// This version does not know the event.
    pub newer: bool,
    /// The step it is about.
    pub step: Option<StepId>,
    /// What happened, in plain English; words people wrote stand in it verbatim.
    pub what: String,
    /// The role that answers for it, where it is about a step.
    pub accountable_role: Option<RoleId>,
    /// Who held that role when it happened, deputies included.
    pub role_held_by: Vec<Person>,
    /// `by` was none of them: information, no blame. Absent where it is about no step.
    pub outside_role: Option<bool>,
    /// It was written down after the end: the hot wash, the evaluation, the improvement plan.
    #[serde(skip)]
    pub after_end: bool,
    /// What was said later about this record, in merged order; of several times the last one holds.
    pub corrected_by: Vec<Amendment>,
}

/// A correction, as it shows at its target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amendment {
    /// The correcting record: `21@w4f2`.
    pub record: String,
    /// When it was written down.
    pub recorded_at: When,
    /// Who says so.
    pub by: Option<Person>,
    /// When the target really happened.
    pub occurred_at: Option<When>,
    /// What is right.
    pub note: String,
}

/// A correction, as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionLine {
    /// The record it is about.
    pub target: String,
    /// The log holds that record; otherwise another writer's file may bring it later.
    pub target_known: bool,
    /// What it says.
    #[serde(flatten)]
    pub amendment: Amendment,
}

/// Every record of a story.
#[must_use]
pub fn timeline(story: &Story<'_>) -> Vec<Entry> {
    entries(&Reading::new(story))
}

/// Every record.
pub(super) fn entries(reading: &Reading<'_>) -> Vec<Entry> {
    reading.story.records.iter().map(|record| entry(reading, record)).collect()
}

/// Every correction, in merged order.
pub(super) fn corrections(reading: &Reading<'_>) -> Vec<CorrectionLine> {
    let line = |record: &Record| {
        let (target, amendment) = amendment(record)?;
        let (target, target_known) = (target.short(), reading.holds(target));
        Some(CorrectionLine { target, target_known, amendment })
    };
    reading.story.records.iter().filter_map(line).collect()
}

/// Where an entry did not come straight from the keyboard of whoever did it: from where, and through
/// whose hands.
#[must_use]
pub fn came_in(source: Source, scribe: Option<&Person>) -> Option<String> {
    let from = match source {
        Source::Typed => None,
        Source::Paper => Some("from paper"),
        Source::Import => Some("imported"),
    };
    let by = scribe.map(|scribe| format!("typed in by {scribe}"));
    let parts: Vec<String> = from.map(ToOwned::to_owned).into_iter().chain(by).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// When a record happened, as corrected.
pub(super) fn occurred(reading: &Reading<'_>, record: &Record) -> Timestamp {
    reading.story.state.corrected(&record.at).unwrap_or_else(|| record.effective())
}

fn entry(reading: &Reading<'_>, record: &Record) -> Entry {
    let stamp = &record.stamp;
    let when = |at| When { at, offset: stamp.offset };
    let at = occurred(reading, record);
    let reader = reading.reader();
    let speech = Speech { book: reading.story.book, offset: stamp.offset, reader };
    let (kind, newer, step, what) = match &record.fact {
        Fact::Known(event) => {
            (kind(event).to_owned(), false, step_of(event).cloned(), speech.of(event))
        }
        Fact::Newer(name) => (name.clone(), true, None, newer(name)),
    };
    let accountable = match &record.fact {
        Fact::Known(event) => role_of(reading.story.book, event),
        Fact::Newer(_) => None,
    };
    let held_by = accountable.map(|role| held_by(reading.story.state, role, at));
    let by = stamp.actor.person.as_ref();
    let later = reading.corrections(&record.at).iter();
    Entry {
        record: record.at.short(),
        writer: record.at.writer.clone(),
        seq: record.at.seq,
        hash: record.at.h,
        occurred_at: when(at),
        first_recorded_as: (at != record.effective()).then(|| when(record.effective())),
        recorded_at: when(record.recorded()),
        real_at: stamp.exercise_time.map(|_| when(stamp.wall)),
        t_plus_min: reading.t_plus(at),
        by: stamp.actor.person.clone(),
        role: stamp.actor.role.clone(),
        source: stamp.src,
        scribe: stamp.scribe.clone(),
        late_entry: record.recorded() - at > LATE_AFTER,
        ahead_of_time: at - record.recorded() > LATE_AFTER,
        kind,
        newer,
        step,
        what,
        accountable_role: accountable.cloned(),
        outside_role: held_by.as_ref().and_then(|held_by| outside_role(by, held_by)),
        role_held_by: held_by.unwrap_or_default(),
        after_end: reading.has_ended_before(stamp.hlc),
        corrected_by: later.filter_map(|r| amendment(r).map(|(_, said)| said)).collect(),
    }
}

fn newer(name: &str) -> String {
    format!("{name}: recorded by a newer version, which is needed to read it")
}

pub(super) fn amendment(record: &Record) -> Option<(&RecordRef, Amendment)> {
    let (target, occurred, note) = match &record.fact {
        Fact::Known(Event::RecordCorrected { target, note, occurred }) => {
            (target, *occurred, said(note))
        }
        Fact::Known(Event::RecordWithdrawn { target, reason }) => {
            (target, None, format!("it did not happen; {}", said(reason)))
        }
        Fact::Known(_) | Fact::Newer(_) => return None,
    };
    let when = |at| When { at, offset: record.stamp.offset };
    let amendment = Amendment {
        record: record.at.short(),
        recorded_at: when(record.recorded()),
        by: record.stamp.actor.person.clone(),
        occurred_at: occurred.map(when),
        note,
    };
    Some((target, amendment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Mode;
    use crate::playbook::Mark;
    use crate::report::fixture::{Log, at, book, plain, story};

    fn entries(log: &Log) -> Vec<Entry> {
        let (book, state) = (book(), log.state());
        super::entries(&Reading::new(&story(&book, log, &state)))
    }

    fn onset() -> Event {
        Event::MilestoneMarked { mark: Mark::Onset, service: None }
    }

    #[test]
    fn minutes_count_from_t0_also_before_it() {
        let log =
            Log::opened("14:05", Mode::Live).declared("14:10").mark("14:40:30", Mark::Restored);
        let seen: Vec<_> = entries(&log).iter().map(|e| e.t_plus_min).collect();
        assert_eq!(seen, [Some(-5.0), Some(0.0), Some(30.5)]);
        let open = Log::opened("14:05", Mode::Live);
        assert_eq!(entries(&open)[0].t_plus_min, None);
    }

    #[test]
    fn a_late_entry_is_one_written_down_later_than_five_minutes() {
        for (occurred, late, ahead) in [
            ("14:00", false, false),
            ("13:55", false, false),
            ("13:54:59", true, false),
            ("14:05", false, false),
            ("14:05:01", false, true),
        ] {
            let log = Log::new().tell_late(occurred, "14:00", onset());
            let entry = &entries(&log)[0];
            assert_eq!((entry.late_entry, entry.ahead_of_time), (late, ahead), "{occurred}");
        }
    }

    #[test]
    fn where_an_entry_comes_from_is_said_unless_it_was_typed_by_whoever_did_it() {
        let eva = crate::report::fixture::person("Eva Lund");
        for (source, scribe, said) in [
            (Source::Typed, None, None),
            (Source::Typed, Some(&eva), Some("typed in by Eva Lund")),
            (Source::Paper, None, Some("from paper")),
            (Source::Paper, Some(&eva), Some("from paper, typed in by Eva Lund")),
            (Source::Import, None, Some("imported")),
        ] {
            assert_eq!(came_in(source, scribe).as_deref(), said);
        }
    }

    #[test]
    fn a_correction_shows_at_its_target_and_the_last_one_wins() {
        let log = Log::opened("14:05", Mode::Live).mark("14:06", Mark::Onset).declared("14:10");
        let target = log.nth(2);
        let fix = |occurred, note| Event::RecordCorrected {
            target: target.clone(),
            note: plain(note),
            occurred,
        };
        let log = log
            .tell("14:30", fix(Some(at("13:30")), "monitoring"))
            .tell("14:31", fix(Some(at("13:20")), "call log"))
            .tell("14:32", fix(None, "and it was the fax too"));
        let entry = &entries(&log)[1];
        assert_eq!(entry.occurred_at.at, at("13:20"));
        assert_eq!(entry.first_recorded_as.map(|when| when.at), Some(at("14:06")));
        assert!(entry.late_entry, "as corrected it was written down 46 minutes later");
        let said: Vec<_> = entry.corrected_by.iter().map(|c| (&*c.record, &*c.note)).collect();
        assert_eq!(
            said,
            [
                ("4@wf2f", "monitoring"),
                ("5@wf2f", "call log"),
                ("6@wf2f", "and it was the fax too")
            ]
        );
    }

    #[test]
    fn a_correction_without_its_target_waits_for_it() {
        let log = Log::opened("14:05", Mode::Live);
        let target = log.clone().on_writer(0xa7).nth(9);
        let note = plain("their clock was wrong");
        let log = log.tell("14:30", Event::RecordCorrected { target, note, occurred: None });
        let (book, state) = (book(), log.state());
        let all = corrections(&Reading::new(&story(&book, &log, &state)));
        assert_eq!((&*all[0].target, all[0].target_known), ("9@wa7a", false));
    }

    #[test]
    fn an_unknown_event_is_shown_by_name() {
        let log = Log::opened("14:05", Mode::Live).newer("14:06", "message_sent");
        let entry = &entries(&log)[1];
        assert_eq!((&*entry.kind, entry.newer), ("message_sent", true));
        assert_eq!(
            entry.what,
            "message_sent: recorded by a newer version, which is needed to read it"
        );
    }
}
