//! Conversations about an exercise or incident when it is over: the evaluation of its objectives, and the
//! hot wash. Each answer is saved at once, so that both go on where they stopped.
//!
//! Enter is never a rating and never a finding; Ctrl-C leaves the conversation and nothing else.

mod evaluate;
mod findings;
mod hot_wash;

use crate::engine::{
    Actor, Advice, Day, Intent, Person, Refusal, Request, Source, Timestamp, decide,
};
use crate::journal::{Home, head_code};
use crate::report::{Report, Story};
use crate::session::{Archive, Session, SessionError};
use crate::ui::{advise, cut, saved};
use crate::world::World;

use super::WalkError;
use super::ask::Asker;

/// Who reviews, and what is needed besides the incident.
#[derive(Debug)]
pub struct Reviewer<'a> {
    /// Where incidents lie.
    pub home: &'a Home,
    /// Who types.
    pub person: Person,
    /// Reads a day as it is typed, given today's.
    pub day: fn(&str, Day) -> Option<Day>,
}

/// Walks an evaluator over the objectives of an exercise.
///
/// # Errors
/// If the terminal fails. What was acknowledged is on disk in any case.
pub fn evaluate(
    world: &mut World,
    session: &mut Session,
    reviewer: Reviewer<'_>,
) -> Result<(), WalkError> {
    let mut talk = Talk::new(world, session, reviewer);
    let ended = talk.evaluate();
    talk.farewell(ended)
}

/// Asks what went well and what should go better.
///
/// # Errors
/// If the terminal fails. What was acknowledged is on disk in any case.
pub fn hot_wash(
    world: &mut World,
    session: &mut Session,
    reviewer: Reviewer<'_>,
) -> Result<(), WalkError> {
    let mut talk = Talk::new(world, session, reviewer);
    let ended = talk.hot_wash();
    talk.farewell(ended)
}

/// How a conversation goes on.
enum Next {
    /// With the next question.
    On,
    /// Not at all: the person leaves.
    Leave,
}

/// One conversation.
struct Talk<'a> {
    asker: Asker<'a>,
    session: &'a mut Session,
    reviewer: Reviewer<'a>,
    /// What was said of the last record, for the next screen.
    said: Vec<String>,
}

impl<'a> Talk<'a> {
    /// A page that waits for Enter: what is typed there was meant for a question that is still to come, and
    /// is said to be recorded nowhere.
    fn only_enter(&mut self, question: &str) -> Result<(), WalkError> {
        while let Some(typed) = self.asker.line(question)?.filter(|typed| typed != "q") {
            let said = format!("\"{typed}\" was recorded nowhere: the question comes next.");
            self.asker.say(&said)?;
        }
        Ok(())
    }

    fn new(world: &'a mut World, session: &'a mut Session, reviewer: Reviewer<'a>) -> Self {
        let asker = Asker::new(world, session.state().mode());
        Self { asker, session, reviewer, said: Vec::new() }
    }

    /// Everything that the log says now, to an evaluator.
    fn look(&self) -> Result<Report, WalkError> {
        let world = &*self.asker.world;
        let archive = Archive::read(world, self.reviewer.home, self.session.id())?;
        let zone = world.zone;
        Ok(Report::for_evaluator(&Story {
            incident: archive.id.as_str(),
            book: &archive.book,
            records: &archive.records(),
            state: &archive.state,
            until: archive.state.last().unwrap_or_default(),
            offset: &|at| zone.offset_at(at),
            checkpoint: &archive.checkpoint(),
            problems: &archive.problems(),
        }))
    }

    fn request(&self, intent: Intent) -> Request {
        let actor = Actor { person: Some(self.reviewer.person.clone()), role: None };
        Request { intent, actor, occurred: None, key: None, src: Source::Typed }
    }

    /// Why this would not be taken, before somebody is asked for its words.
    fn refused(&self, intent: Intent) -> Option<Refusal> {
        let request = self.request(intent);
        let now: Timestamp = self.session.now(self.asker.world);
        decide(self.session.book(), self.session.state(), now, &request).err()
    }

    /// Records and says so. A refusal is an answer, and a failed save is said; neither ends anything.
    fn record(&mut self, intent: Intent) -> Result<bool, WalkError> {
        let request = self.request(intent);
        let receipt = match self.session.execute(self.asker.world, &request) {
            Ok(receipt) => receipt,
            Err(SessionError::Refused(refusal)) => {
                self.asker.say(&format!("Not recorded: {refusal}."))?;
                return Ok(false);
            }
            Err(error) => {
                self.asker.say(&format!("NOT CONFIRMED SAVED - write it on paper. {error}"))?;
                return Ok(false);
            }
        };
        let width = self.asker.size().0 - 1;
        let record = |record| {
            let line = saved(self.session.book(), record, &head_code(&record.at));
            cut(&line, width)
        };
        let mut said: Vec<String> = receipt.recorded.iter().map(record).collect();
        said.extend(
            receipt.already.iter().map(|(at, _)| format!("Already recorded as {}.", at.short())),
        );
        // Whether a finding may name somebody was asked before.
        let asked = |advice: &&Advice| !matches!(advice, Advice::NamesPeople(_));
        let advice = receipt.advice.iter().filter(asked);
        said.extend(advice.map(|advice| format!("Note: {}", advise(advice))));
        self.asker.say(&said.join("\n"))?;
        self.said = said;
        Ok(true)
    }

    /// A fresh screen, which says what was saved last.
    fn fresh(&mut self) -> Result<(), WalkError> {
        self.asker.clear()?;
        self.asker.stamp()?;
        let said = std::mem::take(&mut self.said);
        if !said.is_empty() {
            self.asker.say(&said.join("\n"))?;
        }
        Ok(())
    }

    /// Ctrl-D, or the terminal is gone, leaves like `q`.
    fn farewell(&mut self, ended: Result<(), WalkError>) -> Result<(), WalkError> {
        match ended {
            Err(WalkError::Gone) => {
                self.asker.say("You left. What was saved stays; what you were typing does not.")?;
                Ok(())
            }
            ended => ended,
        }
    }
}
