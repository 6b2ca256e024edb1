//! What a session knows of its incident: the fold, and how others moved it.

use crate::engine::{Record, RecordRef, State, WriterId};
use crate::journal::{Flaw, Reading, Refresh};

use super::hand::LastClock;

/// What a session knows of its incident.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The fold of all records that verify.
    pub(super) state: State,
    /// What puts the log in doubt, in words.
    pub(super) problems: Vec<String>,
    /// All it holds is records of another incident: somebody renamed its folder. A stray file beside our own
    /// is a problem that is listed, and stops nobody.
    pub(super) foreign: bool,
    /// The clocks at this install's last record.
    pub(super) last_clock: LastClock,
    /// What others recorded and nobody has been told yet.
    pub(super) news: Vec<Record>,
}

impl Known {
    /// Takes in what changed on disk; `own` is the file this install appends to.
    pub(super) fn absorb(&mut self, refresh: Refresh, own: &WriterId) {
        match refresh {
            Refresh::Same => {}
            Refresh::Grew(records) => {
                for record in records {
                    self.state.apply(&record);
                    self.note_clock(&record, own);
                    self.news.push(record);
                }
            }
            Refresh::Rebuilt(reading) => {
                let before: Vec<RecordRef> = self.state.heads().to_vec();
                self.adopt(&reading, own);
                let known = |record: &Record| {
                    let same = |head: &&RecordRef| head.writer == record.at.writer;
                    before.iter().find(same).is_some_and(|head| head.seq >= record.at.seq)
                };
                self.news.extend(reading.records().into_iter().filter(|r| !known(r)).cloned());
            }
        }
    }

    /// Starts over from everything that was read; nothing of it is news.
    pub(super) fn adopt(&mut self, reading: &Reading, own: &WriterId) {
        self.state = State::default();
        for record in reading.records() {
            self.state.apply(record);
            self.note_clock(record, own);
        }
        let other = reading.problems.iter().any(|problem| problem.what == Flaw::OtherIncident);
        self.foreign = other && self.state.opened().is_none();
        self.problems = reading.problems.iter().map(ToString::to_string).collect();
    }

    fn note_clock(&mut self, record: &Record, own: &WriterId) {
        if record.at.writer == *own {
            let stamp = &record.stamp;
            self.last_clock = Some((stamp.boot.clone(), stamp.mono, stamp.wall));
        }
    }
}
