//! Everything a report is made from, in one value, and how to look things up in it.

use std::collections::HashMap;
use std::fmt;

use chrono::TimeDelta;

use super::exercise::Reader;
use super::number;
use super::when::When;
use crate::engine::{
    Ending, Event, Fact, Hlc, LATE_AFTER, Mode, Moment, Offset, Record, RecordRef, State, Text,
    Timestamp,
};
use crate::playbook::Playbook;

/// One incident as its readers get it.
#[derive(Clone, Copy)]
pub struct Story<'a> {
    /// The incident's id.
    pub incident: &'a str,
    /// The pinned playbook.
    pub book: &'a Playbook,
    /// All records in merged order.
    pub records: &'a [Record],
    /// The fold of exactly these records.
    pub state: &'a State,
    /// The moment up to which is counted: now for a status, the last record's time for a report.
    pub until: Timestamp,
    /// The wall clock's offset at a moment that no record carries, such as a due time.
    pub offset: &'a dyn Fn(Timestamp) -> Offset,
    /// One line per writer, as printed when the reader may check them.
    pub checkpoint: &'a [String],
    /// What did not verify, in words; empty = everything did.
    pub problems: &'a [String],
}

impl fmt::Debug for Story<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { incident, records, until, .. } = self;
        write!(f, "Story({incident}, {} records, until {until})", records.len())
    }
}

/// What still runs is counted up to the end of the incident, and no further than `until`.
#[must_use]
pub fn counted_until(state: &State, until: Timestamp) -> Timestamp {
    match state.ending() {
        Some(Ending::Closed { moment, .. } | Ending::FalseAlarm { moment, .. }) => {
            until.min(state.time_of(moment))
        }
        None => until,
    }
}

/// A story with its indexes, for the length of one projection.
pub(super) struct Reading<'a> {
    pub(super) story: Story<'a>,
    pub(super) t0: Option<Timestamp>,
    /// See [`counted_until`].
    pub(super) end: Timestamp,
    /// The reader judges: nothing is kept from them.
    evaluates: bool,
    records: HashMap<&'a RecordRef, &'a Record>,
    corrections: HashMap<&'a RecordRef, Vec<&'a Record>>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(story: &Story<'a>) -> Self {
        let records = story.records.iter().map(|record| (&record.at, record)).collect();
        let mut corrections: HashMap<_, Vec<_>> = HashMap::new();
        for record in story.records {
            if let Fact::Known(
                Event::RecordCorrected { target, .. } | Event::RecordWithdrawn { target, .. },
            ) = &record.fact
            {
                corrections.entry(target).or_default().push(record);
            }
        }
        let end = counted_until(story.state, story.until);
        let t0 = story.state.t0();
        Self { story: *story, t0, end, evaluates: false, records, corrections }
    }

    /// The same for somebody who evaluates an exercise, whether it is over or not.
    pub(super) fn for_evaluator(story: &Story<'a>) -> Self {
        Self { evaluates: true, ..Self::new(story) }
    }

    /// How much the readers of this story may know: while an exercise runs, players are among them.
    pub(super) fn reader(&self) -> Reader {
        let state = self.story.state;
        match state.mode() {
            Mode::Exercise if state.ending().is_none() && !self.evaluates => Reader::Player,
            Mode::Exercise | Mode::Live => Reader::Anybody,
        }
    }

    /// Whether the readers may know what evaluators say: everybody once it is over.
    pub(super) fn is_judged(&self) -> bool {
        self.reader() == Reader::Anybody
    }

    /// Whether the log holds this record (a correction may come before its target).
    pub(super) fn holds(&self, record: &RecordRef) -> bool {
        self.records.contains_key(record)
    }

    /// The record that this points at.
    pub(super) fn record(&self, at: &RecordRef) -> Option<&'a Record> {
        self.records.get(at).copied()
    }

    /// The corrections of a record, in merged order.
    pub(super) fn corrections(&self, record: &RecordRef) -> &[&'a Record] {
        self.corrections.get(record).map_or(&[], Vec::as_slice)
    }

    /// A computed time, on the reader's clock.
    pub(super) fn computed(&self, at: Timestamp) -> When {
        When { at, offset: (self.story.offset)(at) }
    }

    fn on_clock_of(&self, record: &RecordRef, at: Timestamp) -> When {
        let offset = self.record(record).map(|record| record.stamp.offset);
        When { at, offset: offset.unwrap_or_else(|| (self.story.offset)(at)) }
    }

    /// When something happened, as corrected, on the clock of the record.
    pub(super) fn occurred(&self, moment: &Moment) -> When {
        self.on_clock_of(&moment.record, self.story.state.time_of(moment))
    }

    /// When that was written down.
    pub(super) fn recorded(&self, moment: &Moment) -> When {
        self.on_clock_of(&moment.record, moment.recorded)
    }

    /// When that was written down by the real clock: a review comes days after an exercise, whose own
    /// clock stands still then.
    pub(super) fn written_down(&self, moment: &Moment) -> When {
        let wall = self.record(&moment.record).map(|record| record.stamp.wall);
        self.on_clock_of(&moment.record, wall.unwrap_or(moment.recorded))
    }

    /// Written down more than five minutes after it happened.
    pub(super) fn is_late(&self, moment: &Moment) -> bool {
        moment.recorded - self.story.state.time_of(moment) > LATE_AFTER
    }

    /// Whether the incident had ended, in merged order, when a record of this time was written.
    pub(super) fn has_ended_before(&self, hlc: Hlc) -> bool {
        self.story.state.ending().is_some_and(|ending| {
            let (Ending::Closed { moment, .. } | Ending::FalseAlarm { moment, .. }) = ending;
            moment.hlc < hlc
        })
    }

    /// Minutes since T+0; negative before it.
    pub(super) fn t_plus(&self, at: Timestamp) -> Option<f64> {
        self.t0.map(|t0| number::minutes(at - t0))
    }

    /// Time from T+0 to the end of counting, if there is any.
    pub(super) fn span(&self) -> Option<(Timestamp, Timestamp)> {
        self.t0.map(|t0| (t0, self.end.max(t0)))
    }
}

/// What stands where the words lie in the private folder.
pub(super) const SEALED: &str = "[sealed]";

/// The words of a text, or the mark that they lie elsewhere.
pub(super) fn said(text: &Text) -> String {
    text.words().unwrap_or(SEALED).to_owned()
}

/// The length of a stretch that may not run backwards.
pub(super) fn length(from: Timestamp, to: Timestamp) -> TimeDelta {
    (to - from).max(TimeDelta::zero())
}
