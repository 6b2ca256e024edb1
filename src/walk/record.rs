//! The walk's way to the session: weigh, record, acknowledge, and what to say when it is not taken.

use super::{Walk, WalkError};
use crate::engine::{
    Actor, Event, Fact, Intent, Person, Record, RecordRef, Refusal, Request, Source, State,
    StepView, Tenure, Timestamp, decide, views,
};
use crate::journal::{JournalError, head_code};
use crate::playbook::{RoleId, StepId};
use crate::report::sentence;
use crate::session::{Receipt, SessionError};
use crate::ui::{advise, clock_time, cut, saved, shows_checkpoint};

/// An answer that was given here: what to take back, should it turn out to be a mistake.
#[derive(Debug)]
pub(super) struct Given {
    /// All records of it, the answer itself first.
    pub(super) records: Vec<RecordRef>,
    /// What it says.
    pub(super) said: String,
    /// The step it answered.
    pub(super) step: Option<StepId>,
    /// The role it gave to somebody.
    pub(super) assigned: Option<Assigned>,
}

/// A role that was given to somebody.
#[derive(Debug)]
pub(super) struct Assigned {
    pub(super) role: RoleId,
    pub(super) person: Person,
    pub(super) since: Timestamp,
    /// They had it before as deputy (or, having become deputy, as holder), which this ended.
    pub(super) before: Option<bool>,
}

impl Walk<'_, '_> {
    /// What other terminals and machines recorded since the last question.
    pub(super) fn look_for_others(&mut self) {
        self.news_of_first();
        let news = self.session.refresh();
        let news = match news {
            Ok(news) => news,
            Err(SessionError::Journal(JournalError::Busy { .. })) => {
                self.messages.push("Another terminal is writing; Enter looks again.".to_owned());
                return;
            }
            Err(error) => {
                self.messages.push(format!("NOTHING IS BEING SAVED - write on paper. {error}."));
                self.messages.push(
                    "The playbook stays usable here. To try again: q, then runbook walk."
                        .to_owned(),
                );
                return;
            }
        };
        if news.is_empty() {
            return;
        }
        if self.is_exercise() {
            self.news_of_exercise(&news);
            return;
        }
        self.messages.push("Since the last question:".to_owned());
        for record in news.iter().rev().take(5).rev() {
            let said = sentence(self.session.book(), record);
            let by = record.stamp.actor.person.as_ref().map(ToString::to_string);
            self.messages.push(format!(
                "  {} {}: {said}",
                record.at.short(),
                by.unwrap_or_default()
            ));
        }
        if news.len() > 5 {
            self.messages.push(format!("  and {} more before (g = log)", news.len() - 5));
        }
    }

    pub(super) fn request(&self, intent: Intent) -> Request {
        Request {
            intent,
            actor: Actor { person: Some(self.desk.person.clone()), role: None },
            occurred: None,
            key: None,
            src: Source::Typed,
        }
    }

    pub(super) fn record(&mut self, intent: Intent) -> Result<bool, WalkError> {
        let request = self.request(intent);
        self.execute(&request)
    }

    /// Whether an answer would be taken, before somebody is asked for its words. Says why not.
    pub(super) fn weigh(&mut self, intent: Intent) -> bool {
        let request = self.request(intent);
        let now = self.now();
        match decide(self.session.book(), self.session.state(), now, &request) {
            Ok(_) => true,
            Err(refusal) => {
                self.refuse(&refusal);
                false
            }
        }
    }

    /// Records and keeps the acknowledgement for the next screen. A refusal is an answer, not an end.
    pub(super) fn execute(&mut self, request: &Request) -> Result<bool, WalkError> {
        match self.session.execute(self.asker.world, request) {
            Ok(receipt) => {
                self.acknowledge(&receipt);
                Ok(true)
            }
            Err(SessionError::Refused(refusal)) => {
                self.refuse(&refusal);
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn acknowledge(&mut self, receipt: &Receipt) {
        if let Some((record, at)) = &receipt.already {
            let at = clock_time(*at, self.asker.world.zone.offset_at(*at));
            self.messages.push(format!("Already recorded at {at} as {}.", record.short()));
        }
        if let [first, with_it @ ..] = receipt.recorded.as_slice() {
            let saved = saved(self.session.book(), first, &head_code(&first.at));
            self.messages.push(self.one_line(&saved));
            if !with_it.is_empty() {
                let all = with_it.iter().map(|record| {
                    format!("{} {}", record.at.short(), sentence(self.session.book(), record))
                });
                let all = format!("  and {}", all.collect::<Vec<_>>().join(", "));
                self.messages.push(self.one_line(&all));
            }
        }
        if receipt.recorded.iter().any(|record| shows_checkpoint(&record.fact)) {
            self.messages.push("Checkpoint to read out or write down:".to_owned());
            self.messages.extend(receipt.checkpoint.iter().map(|line| format!("  {line}")));
        }
        self.messages.extend(receipt.remarks.iter().map(|remark| format!("Note: {remark}")));
        let advice = receipt.advice.iter().map(|advice| format!("Note: {}", advise(advice)));
        self.messages.extend(advice);
        self.remember(receipt);
    }

    /// What was saved is known to whoever typed it: the number counts, the rest stands in the log.
    fn one_line(&self, text: &str) -> String {
        cut(text, self.asker.size().0 - 1)
    }

    fn remember(&mut self, receipt: &Receipt) {
        let Some(first) = receipt.recorded.first() else { return };
        let now = self.now();
        let (book, state) = (self.session.book(), self.session.state());
        let all = views(book, state, now);
        let answers = |view: &&StepView<'_>| {
            let answer = view.answer.outcome.moment().or(view.answer.begun.as_ref());
            answer.is_some_and(|moment| moment.record == first.at)
        };
        self.last = Some(Given {
            records: receipt.recorded.iter().map(|record| record.at.clone()).collect(),
            said: sentence(book, first),
            step: all.iter().find(answers).map(|view| view.step.id.clone()),
            assigned: assigned(state, first),
        });
    }

    pub(super) fn refuse(&mut self, refusal: &Refusal) {
        self.messages.push(format!("Not recorded: {refusal}."));
        if let Refusal::Settled { step, .. } | Refusal::OtherContent { step, .. } = refusal {
            self.messages.push(format!(
                "To change the answer: type {step}, then r to open it again, then the answer."
            ));
        }
        if let Refusal::NotReady { missing } = refusal {
            self.messages.extend(missing.iter().take(8).map(|item| format!("  {item}")));
        }
    }

    /// A failed save must not end the walk: the playbook stays usable on the screen.
    pub(super) fn excuse(&mut self, error: WalkError) -> Result<(), WalkError> {
        match error {
            WalkError::Session(error) => {
                self.messages.push(format!("NOT CONFIRMED SAVED - write it on paper. {error}"));
                Ok(())
            }
            WalkError::Gone | WalkError::Terminal(_) => Err(error),
        }
    }
}

fn assigned(state: &State, record: &Record) -> Option<Assigned> {
    let Fact::Known(Event::RoleAssigned { role, person, deputy: _ }) = &record.fact else {
        return None;
    };
    let ended = |tenure: &&Tenure| {
        let here = tenure.to.as_ref().is_some_and(|to| to.record == record.at);
        here && tenure.role == *role && tenure.person == *person
    };
    Some(Assigned {
        role: role.clone(),
        person: person.clone(),
        since: record.effective(),
        before: state.tenures().iter().find(ended).map(|tenure| tenure.deputy),
    })
}
