//! What the walk does in an exercise beyond a live incident: it shows what the players were told and,
//! where one person plays alone, delivers what is due and moves the clock.
//!
//! What is to come is never shown here.

use chrono::TimeDelta;

use super::{Walk, WalkError};
use crate::drill::{due, msel, next_at};
use crate::engine::{
    ClockMove, Delivery, Event, Fact, Intent, Mode, Record, Speed, State, Text, Timestamp, Told,
};
use crate::report::sentence_for_players;
use crate::session::{Session, SessionError};
use crate::ui::{flow, near_time, told_lines};
use crate::world::{Toward, World, parse_when};

/// What the keys of an exercise do, for the help screen.
pub(super) const HELP: &str = "\
In an exercise:
j  what you were told so far
y  the exercise's clock: go on to the next inject, pause, speed (when you are alone)";

/// The scenario tells an hour of its own, and people have to type times.
const STORY_TIME: &str =
    "Day and hour in it are part of the story: record times as your screen shows them.";

/// Records that say something to the facilitator only.
const fn is_for_facilitator(event: &Event) -> bool {
    matches!(
        event,
        Event::InjectAdded(_)
            | Event::InjectHeld { .. }
            | Event::InjectSkipped { .. }
            | Event::ObservationNoted { .. }
            | Event::ObjectiveRated { .. }
            | Event::FindingNoted(_)
    )
}

/// The exercise that this one grew out of, where it lies here.
pub(super) fn first(
    world: &World,
    session: &Session,
    messages: &mut Vec<String>,
) -> Option<Session> {
    session.first(world).unwrap_or_else(|error| {
        messages.push(format!("No inject can come: {error}."));
        None
    })
}

impl Walk<'_, '_> {
    /// What the clock of this incident shows.
    pub(super) fn now(&self) -> Timestamp {
        self.session.now(self.asker.world)
    }

    pub(super) fn is_exercise(&self) -> bool {
        self.session.state().mode() == Mode::Exercise
    }

    /// Whether this person plays alone: injects come by themselves.
    fn plays_alone(&self) -> bool {
        self.session.state().exercise().started().is_some_and(|started| started.solo)
    }

    /// What a player reads who comes in: the scenario, once, and what they have not seen.
    pub(super) fn greet_player(&mut self) {
        let exercise = self.session.state().exercise();
        let Some(started) = exercise.started() else { return };
        let fresh =
            !exercise.has_acted(&self.desk.person) || (started.solo && exercise.told().is_empty());
        let scenario = started.scenario.as_ref().filter(|_| fresh).and_then(Text::words);
        if let Some(scenario) = scenario {
            self.messages.push("The scenario of this exercise:".to_owned());
            self.messages.extend(flow(scenario).iter().map(|line| format!("  {line}")));
            self.messages.push(STORY_TIME.to_owned());
        }
        let here = self.session.state();
        let new = shown_later(here, exercise.new_to(&self.desk.person));
        let before = self.first.as_ref().map(Session::state);
        let before = before
            .map(|state| shown_later(state, state.exercise().new_to(&self.desk.person)))
            .unwrap_or_default();
        for (told, at) in before.iter().chain(&new) {
            self.tell(told, *at);
        }
    }

    /// What the players of the whole exercise were told since the last question.
    pub(super) fn news_of_first(&mut self) {
        let Some(first) = &mut self.first else { return };
        // A file that is being written is looked at again with the next question.
        let news = first.refresh().unwrap_or_default();
        let told: Vec<&Told> = news
            .iter()
            .filter_map(|record| match &record.fact {
                Fact::Known(Event::InjectDelivered(_)) => {
                    first.state().exercise().told_by(&record.at)
                }
                Fact::Known(_) | Fact::Newer(_) => None,
            })
            .collect();
        for (told, at) in shown_later(first.state(), told) {
            self.tell(&told, at);
        }
    }

    /// What others recorded, as a player may read it; what they were told stands out.
    pub(super) fn news_of_exercise(&mut self, news: &[Record]) {
        let mut others = Vec::new();
        for record in news {
            match &record.fact {
                Fact::Known(Event::InjectDelivered(_)) => {
                    let state = self.session.state();
                    let told = state.exercise().told_by(&record.at);
                    for (told, at) in shown_later(state, told) {
                        self.tell(&told, at);
                    }
                }
                Fact::Known(event) if is_for_facilitator(event) => {}
                Fact::Known(_) | Fact::Newer(_) => others.push(record),
            }
        }
        if !others.is_empty() {
            self.messages.push("Since the last question:".to_owned());
        }
        for record in others.iter().rev().take(5).rev() {
            let said = sentence_for_players(self.session.book(), record);
            let by = record.stamp.actor.person.as_ref().map(ToString::to_string);
            let (record, by) = (record.at.short(), by.unwrap_or_default());
            self.messages.push(format!("  {record} {by}: {said}"));
        }
        if others.len() > 5 {
            self.messages.push(format!("  and {} more before (g = log)", others.len() - 5));
        }
    }

    fn tell(&mut self, told: &Told, at: Timestamp) {
        let (now, zone) = (self.now(), self.asker.world.zone);
        let lines = told_lines(told, at, now, zone.offset_at(at), self.asker.size().0 - 9);
        self.messages.extend(lines.into_iter().map(|line| format!("EXERCISE {line}")));
    }

    /// Everything the players were told so far.
    pub(super) fn injects(&mut self) {
        if !self.is_exercise() {
            self.messages.push("This is a live incident: nobody plays injects here.".to_owned());
            return;
        }
        let here = self.session.state();
        let mut all = match self.first.as_ref().map(Session::state) {
            Some(first) => shown_later(first, first.exercise().told()),
            None => Vec::new(),
        };
        all.extend(shown_later(here, here.exercise().told()));
        if all.is_empty() {
            self.messages.push("You were told nothing so far.".to_owned());
        }
        for (told, at) in &all {
            self.tell(told, *at);
        }
    }

    /// Where one person plays alone, what is due is delivered before the next question.
    pub(super) fn deliver_due(&mut self) -> Result<(), WalkError> {
        if !self.plays_alone() || self.session.state().ending().is_some() {
            return Ok(());
        }
        let deliveries = match self.due_now() {
            Ok(deliveries) => deliveries,
            Err(error) => {
                self.messages.push(format!("No inject can come: {error}."));
                return Ok(());
            }
        };
        for delivery in deliveries {
            let inject = delivery.inject.clone();
            let request = self.request(Intent::DeliverInject { delivery, due_by: None });
            let list = self.first.as_mut().unwrap_or(self.session);
            match list.execute(self.asker.world, &request) {
                // What cannot come must not stop the walk, and nothing that was typed is lost by it.
                Err(SessionError::Refused(refusal)) => {
                    self.messages.push(format!("{inject} does not come: {refusal}."));
                }
                Ok(receipt) => {
                    let exercise = list.state().exercise();
                    let told =
                        receipt.recorded.iter().filter_map(|record| exercise.told_by(&record.at));
                    for (told, at) in shown_later(list.state(), told) {
                        self.tell(&told, at);
                    }
                }
                Err(error) => self.excuse(error.into())?,
            }
        }
        Ok(())
    }

    fn due_now(&mut self) -> Result<Vec<Delivery>, SessionError> {
        let list = self.first.as_ref().unwrap_or(self.session);
        if list.state().ending().is_some() {
            return Ok(Vec::new());
        }
        let definition = list.definition()?;
        let lines =
            msel(list.book(), definition.as_ref(), list.state(), list.now(self.asker.world));
        Ok(due(&lines).into_iter().map(|line| line.delivery.clone()).collect())
    }

    /// The clock of an exercise for whoever plays alone; others leave it to the facilitator.
    pub(super) fn exercise_time(&mut self) -> Result<(), WalkError> {
        if !self.plays_alone() {
            let said = "The clock is the facilitator's (or, in a live incident, nobody's) to set.";
            self.messages.push(said.to_owned());
            return Ok(());
        }
        let clock = self.session.state().exercise().setting();
        let paused = clock.is_some_and(|setting| setting.paused);
        let next = self.next_inject();
        let next = next.map_or("on to the next inject: none comes by the clock".to_owned(), |at| {
            let (now, zone) = (self.now(), self.asker.world.zone);
            format!("on to the next inject, at {}", near_time(at, now, zone.offset_at(at)))
        });
        let pause = if paused { "go on: the clock runs" } else { "pause: the clock stands still" };
        let ways = [
            next,
            "forward by a length, such as +20m".to_owned(),
            pause.to_owned(),
            "another speed".to_owned(),
        ];
        let to = match self.asker.choice("The exercise's clock (Enter = turn back)", &ways)? {
            None => None,
            Some(0) => self.next_inject().map(ClockMove::To),
            Some(1) => self
                .asker
                .line("How far? (+20m; Enter = turn back)")?
                .and_then(|typed| self.length(&typed)),
            Some(2) if paused => Some(ClockMove::Resume),
            Some(2) => Some(ClockMove::Pause),
            Some(_) => self.speed()?,
        };
        if let Some(to) = to {
            self.set_clock(to)?;
        }
        Ok(())
    }

    /// One clock for the whole exercise: for what this one grew out of, and for what grew out of it.
    fn set_clock(&mut self, to: ClockMove) -> Result<(), WalkError> {
        let request = self.request(Intent::SetClock { to });
        let list = self.first.as_mut().unwrap_or(self.session);
        match list.execute_everywhere(self.asker.world, &request) {
            Ok((receipt, elsewhere)) => {
                self.acknowledge(&receipt);
                let failed = elsewhere.into_iter().filter_map(|one| {
                    one.outcome.err().map(|error| format!("Not in {}: {error}.", one.incident))
                });
                self.messages.extend(failed);
            }
            Err(SessionError::Refused(refusal)) => self.refuse(&refusal),
            Err(error) => return Err(error.into()),
        }
        if self.first.is_some() {
            // It was recorded here by another hand of ours, which is no news.
            self.session.refresh()?;
        }
        Ok(())
    }

    fn next_inject(&self) -> Option<Timestamp> {
        let list = self.first.as_ref().unwrap_or(self.session);
        let definition = list.definition().ok()?;
        let now = list.now(self.asker.world);
        next_at(&msel(list.book(), definition.as_ref(), list.state(), now))
    }

    fn length(&mut self, typed: &str) -> Option<ClockMove> {
        let (now, zone) = (self.now(), self.asker.world.zone);
        match parse_when(typed, now, zone, Toward::Future) {
            Ok(at) if at - now > TimeDelta::zero() => Some(ClockMove::To(at)),
            Ok(_) => {
                self.messages.push("The clock only goes forward.".to_owned());
                None
            }
            Err(error) => {
                self.messages.push(error.to_string());
                None
            }
        }
    }

    fn speed(&mut self) -> Result<Option<ClockMove>, WalkError> {
        let question = "How many times as fast as real time? (1 to 600; Enter = turn back)";
        let Some(typed) = self.asker.line(question)? else { return Ok(None) };
        let number = typed.trim_end_matches(['x', 'X']);
        let speed = number.parse().ok().and_then(Speed::new);
        if speed.is_none() {
            self.messages.push(format!("\"{typed}\" is no speed from 1 to {}.", Speed::MAX));
        }
        Ok(speed.map(|speed| ClockMove::Speed(Some(speed))))
    }

    /// Whoever leaves an exercise that they play alone would find it hours later: time goes on.
    pub(super) fn pause_on_leaving(&mut self) -> Result<(), WalkError> {
        let state = self.session.state();
        let clock = state.exercise().setting();
        let runs = clock.is_some_and(|setting| !setting.paused && setting.speed.is_some());
        if !self.plays_alone() || !runs || state.ending().is_some() {
            return Ok(());
        }
        let question =
            "The exercise's clock runs on. Pause it until you are back? (y = yes, Enter = no)";
        if self.asker.agrees(question)? {
            self.set_clock(ClockMove::Pause)?;
        }
        Ok(())
    }
}

/// What was told, each with its time, free of the state that it stands in.
fn shown_later<'t>(
    state: &State,
    told: impl IntoIterator<Item = &'t Told>,
) -> Vec<(Told, Timestamp)> {
    told.into_iter().map(|told| (told.clone(), state.time_of(&told.moment))).collect()
}
