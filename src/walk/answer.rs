//! The answers a person can give to the step in front.

use super::command::Answer;
use super::{Then, Walk, WalkError};
use crate::engine::{Intent, Person, Refusal, Request, Text, Timestamp};
use crate::playbook::{Choice, Form, NoteKind, Step, StepId};
use crate::session::SessionError;
use crate::world::{Toward, parse_when};

/// When, by whom and with which note a step was done.
#[derive(Default)]
struct Details {
    occurred: Option<Timestamp>,
    person: Option<Person>,
    note: Option<Text>,
}

impl Walk<'_, '_> {
    /// An answer to the step in front.
    pub(super) fn step(&mut self, answer: Answer, id: &StepId) -> Result<Then, WalkError> {
        let Some(step) = self.session.book().step(id).cloned() else { return Ok(Then::Ask) };
        let reason = |make: fn(StepId, Text) -> Intent| move |text| make(id.clone(), text);
        let recorded = match answer {
            Answer::Done(None) => self.done(&step, Details::default())?,
            Answer::Done(Some(time)) => self.done_at(&step, &time)?,
            Answer::DoneDetails => self.done_details(&step)?,
            Answer::Begin => self.record(Intent::Begin { step: id.clone() })?,
            Answer::NotApplicable => {
                let skip = reason(|step, reason| Intent::Skip { step, reason });
                self.with_reason("Why does it not apply here?", skip)?
            }
            Answer::Failed => {
                let fail = reason(|step, reason| Intent::Fail { step, reason });
                self.with_reason("What went wrong?", fail)?
            }
            Answer::Reopen => {
                let reopen = reason(|step, reason| Intent::Reopen { step, reason });
                self.with_reason("Why is it open again?", reopen)?
            }
            Answer::Later => self.later(id)?,
            Answer::Approve => self.approve(id, Details::default())?,
            Answer::Choose(word, because) => return self.choose(&step, &word, because),
            Answer::More => {
                self.words(id);
                false
            }
            Answer::Other => false,
        };
        if recorded {
            self.front = None;
        }
        Ok(Then::Ask)
    }

    fn done(&mut self, step: &Step, details: Details) -> Result<bool, WalkError> {
        if step.approval.as_ref().is_some_and(|approval| approval.by == step.role) {
            return self.approve(&step.id, details);
        }
        if matches!(step.form, Form::Decision(_)) {
            self.messages.push("This is a decision: type the number of the answer.".to_owned());
            return Ok(false);
        }
        let Some(answers) = self.answers(step)? else {
            self.messages.push("Nothing was recorded.".to_owned());
            return Ok(false);
        };
        let who = details.person.clone().unwrap_or_else(|| self.desk.person.clone());
        let initials = if step.critical { self.critical(&who)? } else { None };
        if step.critical && initials.is_none() {
            return Ok(false);
        }
        let note = details.note;
        let mut request =
            self.request(Intent::Done { step: step.id.clone(), answers, note, initials });
        request.occurred = details.occurred;
        request.actor.person = Some(who);
        self.execute(&request)
    }

    /// The time was typed beside the key.
    fn done_at(&mut self, step: &Step, time: &str) -> Result<bool, WalkError> {
        self.session.catch_up()?;
        let (now, zone) = (self.now(), self.asker.world.zone);
        match parse_when(time, now, zone, Toward::Past) {
            Ok(at) => {
                if self.asker.is_meant(self.session, at)? {
                    let occurred = Some(at);
                    return self.done(step, Details { occurred, ..Details::default() });
                }
                self.messages.push("Nothing was recorded.".to_owned());
            }
            Err(error) => self.messages.push(format!("Not recorded: {error}")),
        }
        Ok(false)
    }

    fn done_details(&mut self, step: &Step) -> Result<bool, WalkError> {
        let occurred = self.asker.time(
            self.session,
            "When was it done? (14:05, -20m; Enter = now)",
            Toward::Past,
        )?;
        let who = format!("By whom? (Enter = {})", self.desk.person);
        let person = self.asker.person(&who)?;
        let note = self.asker.text(self.session, "Anything to note? (Enter = no)")?;
        self.done(step, Details { occurred, person, note })
    }

    fn with_reason(
        &mut self,
        question: &str,
        intent: impl Fn(Text) -> Intent,
    ) -> Result<bool, WalkError> {
        if !self.weigh(intent(Text::Plain("-".to_owned()))) {
            return Ok(false);
        }
        let question = format!("{question} (Enter = turn back)");
        if let Some(reason) = self.asker.text(self.session, &question)? {
            return self.record(intent(reason));
        }
        self.messages.push("Nothing was recorded.".to_owned());
        Ok(false)
    }

    fn later(&mut self, id: &StepId) -> Result<bool, WalkError> {
        let question = "Until when? (16:30, +45m; Enter = turn back)";
        let Some(until) = self.asker.time(self.session, question, Toward::Future)? else {
            return Ok(false);
        };
        self.with_reason("Why does it wait?", |reason| Intent::Defer {
            step: id.clone(),
            until,
            reason,
        })
    }

    fn approve(&mut self, id: &StepId, details: Details) -> Result<bool, WalkError> {
        let who = Intent::Approve {
            step: id.clone(),
            reason: Some(Text::Plain("-".to_owned())),
            initials: Some("AB".to_owned()),
        };
        if !self.weigh(who) {
            return Ok(false);
        }
        let person = if let Some(person) = details.person {
            person
        } else {
            let question = format!("Who approves? (Enter = {})", self.desk.person);
            let typed = self.asker.person(&question)?;
            typed.unwrap_or_else(|| self.desk.person.clone())
        };
        let critical = self.session.book().step(id).is_some_and(|step| step.critical);
        let initials = if critical { self.critical(&person)? } else { None };
        if critical && initials.is_none() {
            return Ok(false);
        }
        let (step, reason) = (id.clone(), details.note);
        let mut request = self.request(Intent::Approve { step, reason, initials });
        request.actor.person = Some(person);
        request.occurred = details.occurred;
        match self.session.execute(self.asker.world, &request) {
            Ok(receipt) => {
                self.acknowledge(&receipt);
                Ok(true)
            }
            Err(SessionError::Refused(Refusal::OwnWork { .. })) => self.own_work(request),
            Err(SessionError::Refused(refusal)) => {
                self.refuse(&refusal);
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn own_work(&mut self, mut request: Request) -> Result<bool, WalkError> {
        self.asker.say("The same person did it. Approving one's own work is flagged.")?;
        let question = "Why can nobody else approve it? (Enter = turn back)";
        let Some(reason) = self.asker.text(self.session, question)? else { return Ok(false) };
        if let Intent::Approve { reason: why, .. } = &mut request.intent {
            *why = Some(reason);
        }
        self.execute(&request)
    }

    fn choose(
        &mut self,
        step: &Step,
        word: &str,
        because: Option<String>,
    ) -> Result<Then, WalkError> {
        let Form::Decision(decision) = &step.form else { return Ok(Then::Ask) };
        let by_number =
            word.parse::<usize>().ok().and_then(|n| decision.options.get(n.checked_sub(1)?));
        let by_name = decision.options.iter().find(|choice| choice.id.as_str() == word);
        let Some(choice) = by_name.or(by_number) else { return Ok(Then::Ask) };
        if !self.decide(step, choice, because)? {
            return Ok(Then::Ask);
        }
        self.front = None;
        match &choice.leads_to {
            Some(playbook) => self.lead_to(playbook, choice),
            None => Ok(Then::Ask),
        }
    }

    fn decide(
        &mut self,
        step: &Step,
        choice: &Choice,
        because: Option<String>,
    ) -> Result<bool, WalkError> {
        let option = choice.id.to_string();
        let typed = match because {
            Some(words) => self.asker.fit(self.session, &words)?,
            None => None,
        };
        let question = format!("{} - why? (Enter = no reason given)", choice.title);
        let because = match typed {
            Some(text) => Some(text),
            None => self.asker.text(self.session, &question)?,
        };
        let person = self.desk.person.clone();
        let initials = if step.critical { self.critical(&person)? } else { None };
        if step.critical && initials.is_none() {
            return Ok(false);
        }
        self.record(Intent::Decide { step: step.id.clone(), option, because, initials })
    }

    pub(super) fn note(&mut self) -> Result<(), WalkError> {
        let Some(text) = self.asker.text(self.session, "Note (Enter = turn back)")? else {
            return Ok(());
        };
        let kinds: Vec<String> = NoteKind::ALL.iter().map(ToString::to_string).collect();
        let chosen = self.asker.choice("What about? (Enter = situation)", &kinds)?;
        let kind = chosen.and_then(|at| NoteKind::ALL.get(at)).copied();
        self.record(Intent::Note { kind: kind.unwrap_or(NoteKind::Situation), text })?;
        Ok(())
    }
}
