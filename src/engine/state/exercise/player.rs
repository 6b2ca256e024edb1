//! Who plays in an exercise, and what each of them has seen of its log.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ExerciseState, Told};
use crate::engine::event::{Event, Mode};
use crate::engine::names::same_name;
use crate::engine::record::{Record, RecordRef, Source, WriterId};
use crate::engine::state::State;
use crate::engine::text::Person;

/// Up to which record of each file somebody has seen the log.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seen(BTreeMap<WriterId, u64>);

impl Seen {
    /// Whether they have seen this record.
    #[must_use]
    pub fn includes(&self, record: &RecordRef) -> bool {
        self.0.get(&record.writer).is_some_and(|seq| *seq >= record.seq)
    }

    fn up_to(&mut self, writer: &WriterId, seq: u64) {
        let known = self.0.entry(writer.clone()).or_default();
        *known = seq.max(*known);
    }
}

impl ExerciseState {
    /// Whether somebody has held a role or worked on a step here, however the name is typed.
    #[must_use]
    pub fn is_player(&self, person: &Person) -> bool {
        self.players.iter().any(|player| same_name(player, person))
    }

    /// What the players were told and this person, when they recorded something last, had not seen:
    /// the file that tells it may have come from another machine since, however old it is.
    #[must_use]
    pub fn new_to(&self, person: &Person) -> Vec<&Told> {
        self.told_beyond(&self.seen_by(person)).collect()
    }

    /// What this person had seen when they recorded something last; nothing where they have not.
    #[must_use]
    pub fn seen_by(&self, person: &Person) -> Seen {
        self.seen_by.get(person).cloned().unwrap_or_default()
    }

    /// What the players were told and somebody who has seen this much has not.
    pub fn told_beyond(&self, seen: &Seen) -> impl Iterator<Item = &Told> {
        self.told.iter().filter(|told| !seen.includes(&told.moment.record))
    }

    /// Whether this person has recorded anything.
    #[must_use]
    pub fn has_acted(&self, person: &Person) -> bool {
        self.seen_by.contains_key(person)
    }
}

impl State {
    /// Who plays in an exercise, and what whoever records has seen of it. Whoever facilitates does not
    /// play by saying when something happened, or that the exercise goes on elsewhere.
    pub(in crate::engine::state) fn take_player(&mut self, record: &Record, event: &Event) {
        if self.mode() != Mode::Exercise {
            return;
        }
        if let Event::RoleAssigned { person, .. } | Event::RoleHandedOver { to: person, .. } = event
        {
            self.exercise.players.insert(person.clone());
        }
        let Some(person) = &record.stamp.actor.person else { return };
        let facilitator = self.exercise.started().map(|started| &started.facilitator);
        let facilitates = facilitator.is_some_and(|one| same_name(one, person));
        let leads = self.ending.is_none() && !facilitates && event.leads();
        if leads || event.occurrence().is_some() {
            self.exercise.players.insert(person.clone());
        }
    }

    /// What had been seen where a record was written: every record before it in its file, and what it
    /// names of the others.
    pub(in crate::engine::state) fn take_reader(&mut self, record: &Record) {
        if self.mode() != Mode::Exercise {
            return;
        }
        let exercise = &mut self.exercise;
        let seen = exercise.seen.entry(record.at.writer.clone()).or_default();
        for head in record.stamp.seen.iter().chain([&record.at]) {
            seen.up_to(&head.writer, head.seq);
        }
        // Whoever typed it in from paper has read the screen, and not the one it is about.
        let typed = record.stamp.scribe.is_none() && record.stamp.src == Source::Typed;
        if let Some(person) = record.stamp.actor.person.as_ref().filter(|_| typed) {
            let by = exercise.seen_by.entry(person.clone()).or_default();
            seen.0.iter().for_each(|(writer, seq)| by.up_to(writer, *seq));
        }
    }
}
