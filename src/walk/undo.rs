//! The last answer was a mistake. Nothing is erased: what did not happen is withdrawn, what was
//! written wrong is corrected, and both stand in the log.

use super::record::Given;
use super::{Walk, WalkError};
use crate::engine::{Intent, Text};
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
        match self.asker.choice("What is wrong with it? (Enter = nothing)", &ways)? {
            Some(0) => self.take_back(given)?,
            Some(1) => {
                let question = "When did it happen? (14:05, -20m; Enter = turn back)";
                if let Some(at) = self.asker.time(question, Toward::Past)? {
                    let note = Text::Plain("the time was entered wrong".to_owned());
                    self.record(Intent::Correct { target: first, note, occurred: Some(at) })?;
                }
            }
            Some(_) => {
                let question = "What is right? (Enter = turn back)";
                if let Some(note) = self.asker.text(self.session, question)? {
                    self.record(Intent::Correct { target: first, note, occurred: None })?;
                }
            }
            None => self.last = Some(given),
        }
        Ok(())
    }

    /// Every record of the answer, the milestones it reached included.
    fn take_back(&mut self, given: Given) -> Result<(), WalkError> {
        if let Some((role, person, since)) = given.assigned {
            // Released at the moment it was taken: nobody held it, and the log says what happened.
            let mut request = self.request(Intent::Release { role, person });
            request.occurred = Some(since);
            self.execute(&request)?;
            self.last = None;
            return Ok(());
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
            self.last = Some(given);
            return Ok(());
        }
        for target in targets {
            let reason = Text::Plain("entered by mistake".to_owned());
            self.record(Intent::Withdraw { target, reason })?;
        }
        self.front = given.step;
        self.last = None;
        Ok(())
    }
}
