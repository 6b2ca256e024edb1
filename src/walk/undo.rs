//! The last answer was a mistake. Nothing is erased: what did not happen is withdrawn, what was
//! written wrong is corrected, and both stand in the log.

use super::record::{Assigned, Given};
use super::{Walk, WalkError};
use crate::engine::{Intent, RecordRef, Text, Timestamp};
use crate::world::Toward;

impl Walk<'_, '_> {
    pub(super) fn undo(&mut self) -> Result<(), WalkError> {
        let Some(given) = self.last.take() else {
            self.messages.push(
                "Nothing was recorded here that could be taken back. g shows the log; \
                 runbook correct puts any entry of it right."
                    .to_owned(),
            );
            return Ok(());
        };
        let Some(first) = given.records.first().cloned() else { return Ok(()) };
        self.asker.say(&format!("Last recorded, {}: {}", first.short(), given.said))?;
        let ways = [
            "it did not happen: take it back",
            "it happened at another time",
            "something else is wrong with it: say what is right",
        ];
        let ways = ways.map(str::to_owned);
        let done = match self.asker.choice("What is wrong with it? (Enter = nothing)", &ways)? {
            Some(0) => self.take_back(&given)?,
            Some(1) => {
                let question = "When did it happen? (14:05, -20m; Enter = turn back)";
                let at = self.asker.time(self.session, question, Toward::Past)?;
                let note = Text::Plain("the time was entered wrong".to_owned());
                at.is_some() && self.correct(&first, note, at)?
            }
            Some(_) => {
                let question = "What is right? (Enter = turn back)";
                match self.asker.text(self.session, question)? {
                    Some(note) => self.correct(&first, note, None)?,
                    None => false,
                }
            }
            None => false,
        };
        // What was not put right can still be.
        self.last = if done { None } else { Some(given) };
        Ok(())
    }

    fn correct(
        &mut self,
        target: &RecordRef,
        note: Text,
        occurred: Option<Timestamp>,
    ) -> Result<bool, WalkError> {
        self.record(Intent::Correct { target: target.clone(), note, occurred })
    }

    /// Every record of the answer, the milestones it reached included. Says whether anything was.
    fn take_back(&mut self, given: &Given) -> Result<bool, WalkError> {
        if let Some(assigned) = &given.assigned {
            return self.take_role_back(assigned);
        }
        let state = self.session.state();
        let targets: Vec<_> =
            given.records.iter().filter(|record| state.rests_on(record)).cloned().collect();
        if targets.is_empty() {
            self.messages.push(
                "That cannot be taken back: only answers to steps, milestones and roles can. \
                 Type z again and say what is right."
                    .to_owned(),
            );
        }
        let mut withdrawn = false;
        for target in targets {
            let reason = Text::Plain("entered by mistake".to_owned());
            withdrawn |= self.record(Intent::Withdraw { target, reason })?;
        }
        if withdrawn {
            self.front.clone_from(&given.step);
        }
        Ok(withdrawn)
    }

    /// At the moment it was given: nobody held it, and the log says what happened. Whoever had the
    /// role in another way before has it in that way again.
    fn take_role_back(&mut self, assigned: &Assigned) -> Result<bool, WalkError> {
        let (role, person) = (assigned.role.clone(), assigned.person.clone());
        let mut request = self.request(match assigned.before {
            Some(deputy) => Intent::Assign { role, person, deputy },
            None => Intent::Release { role, person },
        });
        request.occurred = Some(assigned.since);
        self.execute(&request)
    }
}
