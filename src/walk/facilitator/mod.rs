//! The facilitator's screen: what is due for the players and what is to come, what they have done, and
//! the clock. Only here, and in the facilitator's verbs, is the list of injects shown.

mod command;
mod keys;
mod screen;

use crate::drill::msel;
use crate::engine::{
    Actor, ClockSetting, ExerciseStarted, Intent, Person, Record, Request, Source, Speed, Timestamp,
};
use crate::journal::head_code;
use crate::playbook::Exercise;
use crate::report::sentence;
use crate::session::{Elsewhere, Receipt, Session, SessionError};
use crate::ui::{advise, cut, flow, saved, shows_checkpoint, wrap};
use crate::world::World;

use super::WalkError;
use super::ask::Asker;
use command::Command;

/// How the facilitator left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// The exercise goes on, or is over. Everything has been said.
    Quietly,
    /// Another ended it because something real happened. What to do now has still to be said.
    Interrupted,
    /// Something real has happened, as it was typed. It is neither said nor recorded yet.
    ForReal(String),
}

/// Facilitates an exercise until the facilitator leaves or it ends.
///
/// # Errors
/// If the terminal fails, or the pinned definition is not the one that the log names.
pub fn facilitate(
    world: &mut World,
    session: &mut Session,
    person: Person,
) -> Result<Left, WalkError> {
    let definition = session.definition()?;
    let mut desk = Facilitator {
        asker: Asker::new(world, session.state().mode()),
        session,
        person,
        definition,
        messages: Vec::new(),
        typed: None,
    };
    desk.greet();
    match desk.go() {
        Err(WalkError::Gone) => {
            desk.farewell()?;
            Ok(Left::Quietly)
        }
        ended => ended,
    }
}

struct Facilitator<'a> {
    asker: Asker<'a>,
    session: &'a mut Session,
    person: Person,
    definition: Option<Exercise>,
    messages: Vec<String>,
    /// Typed where a page was waiting for Enter: the next command.
    typed: Option<String>,
}

/// Whether to ask again.
enum Then {
    Ask,
    Leave(Left),
}

impl Facilitator<'_> {
    fn go(&mut self) -> Result<Left, WalkError> {
        let was_open = self.session.state().ending().is_none();
        loop {
            self.look();
            if self.session.state().ending().is_some() {
                self.flush()?;
                let id = self.session.id();
                self.asker.say(&format!("{id} has ended. What happened: runbook report {id}"))?;
                let next = self.asker.afterwards(self.session);
                self.asker.say(&next.join("\n"))?;
                let real = was_open && self.session.state().exercise().interrupted().is_some();
                return Ok(if real { Left::Interrupted } else { Left::Quietly });
            }
            self.draw()?;
            let typed = self.typed.take();
            let line = if typed.is_some() { typed } else { self.asker.line("")? };
            let Some(line) = line else { continue };
            match self.act(command::read(&line)) {
                Ok(Then::Ask) => {}
                Ok(Then::Leave(left)) => {
                    self.flush()?;
                    return Ok(left);
                }
                Err(WalkError::Session(error)) => {
                    self.messages.push(format!("NOT CONFIRMED SAVED - write it on paper. {error}"));
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn act(&mut self, command: Command) -> Result<Then, WalkError> {
        match command {
            Command::Look => {}
            Command::Deliver(which) => self.deliver(which.as_deref())?,
            Command::Hold(which) => self.hold(which.as_deref())?,
            Command::LeaveOut(which) => self.leave_out(which.as_deref())?,
            Command::Add => self.add()?,
            Command::Observe => self.observe()?,
            Command::Pause => self.pause()?,
            Command::Jump(to) => self.jump(to.as_deref())?,
            Command::Speed(to) => self.speed(to)?,
            Command::Injects(which) => self.injects(which.as_deref())?,
            Command::Truth => self.truth()?,
            Command::Log => self.log()?,
            Command::Status => self.status()?,
            Command::Interrupt => return self.interrupt(),
            Command::End => return self.end(),
            Command::Leave => {
                self.leave()?;
                return Ok(Then::Leave(Left::Quietly));
            }
            Command::Help => {
                self.page(&command::HELP.lines().map(str::to_owned).collect::<Vec<_>>())?;
            }
            Command::Unknown(line) => {
                self.messages.push(format!("\"{line}\" is none of the keys (? shows them all)."));
            }
        }
        Ok(Then::Ask)
    }

    /// What players recorded since the last question.
    fn look(&mut self) {
        let news = self.session.refresh();
        match news {
            Ok(news) if news.is_empty() => {}
            Ok(news) => {
                let more = news.len().saturating_sub(6);
                if more > 0 {
                    self.messages.push(format!("Players: {more} records before these (g = log)"));
                }
                let lines: Vec<String> = news.iter().skip(more).map(|one| self.told(one)).collect();
                self.messages.extend(lines);
            }
            Err(error) => self.messages.push(format!("The log cannot be read: {error}.")),
        }
    }

    fn told(&self, record: &Record) -> String {
        let by = record.stamp.actor.person.as_ref().map(ToString::to_string).unwrap_or_default();
        let said = sentence(self.session.book(), record);
        let at = crate::ui::clock_time(
            record.effective(),
            self.asker.world.zone.offset_at(record.effective()),
        );
        cut(&format!("  {at} {by}: {said}"), self.asker.size().0 - 1)
    }

    /// Read out, then begin.
    fn greet(&mut self) {
        let state = self.session.state();
        let Some(started) = state.exercise().started() else { return };
        if !state.exercise().told().is_empty() {
            self.messages.push("You are back. The players go on meanwhile.".to_owned());
            return;
        }
        if let Some(scenario) = started.scenario.as_ref().and_then(crate::engine::Text::words) {
            self.messages.push("Read this to the players:".to_owned());
            self.messages.extend(flow(scenario).iter().map(|line| format!("  {line}")));
        }
        self.messages.push("Players, each in a terminal: runbook walk latest-exercise".to_owned());
        self.messages.extend(before_the_clock_runs(started, state.exercise().setting()));
    }

    fn draw(&mut self) -> Result<(), WalkError> {
        self.asker.clear()?;
        let (width, height) = self.asker.size();
        let messages = std::mem::take(&mut self.messages);
        let messages: Vec<String> = messages
            .iter()
            .flat_map(|text| text.split('\n'))
            .flat_map(|line| wrap(&crate::ui::safe(line), width))
            .collect();
        let now = self.now();
        let lines = msel(self.session.book(), self.definition.as_ref(), self.session.state(), now);
        let zone = self.asker.world.zone;
        let view = screen::View { session: self.session, lines: &lines, now, zone, width };
        let shown = screen::lay_out(&view, &self.person, &messages, height);
        for line in shown {
            self.asker.draw(&line)?;
        }
        Ok(())
    }

    fn now(&self) -> Timestamp {
        self.session.now(self.asker.world)
    }

    fn page(&mut self, lines: &[String]) -> Result<(), WalkError> {
        let between = "Enter = next page, q = back, or any key of the screen";
        let typed = match self.asker.pages(lines, between)? {
            None => self.asker.line("Enter = back, or any key of the screen")?,
            typed => typed,
        };
        self.typed = typed.filter(|line| line != "q");
        Ok(())
    }

    fn flush(&mut self) -> Result<(), WalkError> {
        let messages = std::mem::take(&mut self.messages);
        if messages.is_empty() {
            return Ok(());
        }
        self.asker.stamp()?;
        self.asker.say(&messages.join("\n"))?;
        Ok(())
    }

    fn farewell(&mut self) -> Result<(), WalkError> {
        self.flush()?;
        self.asker.say(&format!(
            "You left; {} goes on. runbook walk takes you back.",
            self.session.id()
        ))?;
        Ok(())
    }

    fn request(&self, intent: Intent) -> Request {
        Request {
            intent,
            actor: Actor { person: Some(self.person.clone()), role: None },
            occurred: None,
            key: None,
            src: Source::Typed,
        }
    }

    fn record(&mut self, intent: Intent) -> Result<bool, WalkError> {
        let request = self.request(intent);
        let done = self.session.execute(self.asker.world, &request);
        self.answer(done.map(|receipt| (receipt, Vec::new())))
    }

    /// The same here and wherever players have gone on with another playbook.
    fn record_everywhere(&mut self, intent: Intent) -> Result<bool, WalkError> {
        let request = self.request(intent);
        let done = self.session.execute_everywhere(self.asker.world, &request);
        self.answer(done)
    }

    fn answer(
        &mut self,
        done: Result<(Receipt, Vec<Elsewhere>), SessionError>,
    ) -> Result<bool, WalkError> {
        match done {
            Ok((receipt, elsewhere)) => {
                self.acknowledge(&receipt);
                self.messages.extend(elsewhere.into_iter().map(|one| match one.outcome {
                    Ok(_) => format!("The same in {}.", one.incident),
                    Err(error) => format!("Note: not in {}: {error}", one.incident),
                }));
                Ok(true)
            }
            Err(SessionError::Refused(refusal)) => {
                self.messages.push(format!("Not recorded: {refusal}."));
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn acknowledge(&mut self, receipt: &Receipt) {
        let room = self.asker.size().0 - 1;
        if let Some((record, _)) = &receipt.already {
            self.messages.push(format!("Already recorded as {}.", record.short()));
        }
        for record in &receipt.recorded {
            let saved = saved(self.session.book(), record, &head_code(&record.at));
            self.messages.push(cut(&saved, room));
            if shows_checkpoint(&record.fact) {
                self.messages.push("Checkpoint to read out or write down:".to_owned());
                self.messages.extend(receipt.checkpoint.iter().map(|line| format!("  {line}")));
            }
        }
        let notes = receipt.remarks.iter().cloned().chain(receipt.advice.iter().map(advise));
        self.messages.extend(notes.map(|note| format!("Note: {note}")));
    }
}

/// The clock waits until everybody sits; a fast one is over sooner than people think.
fn before_the_clock_runs(
    started: &ExerciseStarted,
    setting: Option<ClockSetting>,
) -> Option<String> {
    let setting = setting.filter(|setting| setting.paused)?;
    let speed = setting.speed.map_or(1, Speed::times);
    let long = started.minutes.filter(|_| speed > 1).map(|minutes| {
        let seconds = u64::from(minutes) * 60 / u64::from(speed);
        let real = if seconds < 120 {
            format!("{seconds} seconds")
        } else {
            format!("{} minutes", seconds / 60)
        };
        format!(" At {speed}x, {minutes} minutes take {real}.")
    });
    Some(format!("The clock waits: p starts it.{}", long.unwrap_or_default()))
}
