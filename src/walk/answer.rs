//! The answers a person can give at the walk's question.

use std::collections::BTreeMap;

use super::command::Command;
use super::{Walk, WalkError, screen};
use crate::engine::{
    Intent, Person, Request, StepView, Text, Timestamp, missing_before_close, views,
};
use crate::playbook::{Field, FieldKind, Form, Mark, NoteKind, Step, StepId};
use crate::report::sentence;
use crate::ui::{clock_time, near_time};
use crate::world::Toward;

impl Walk<'_> {
    /// An answer to the step in front.
    pub(super) fn step(&mut self, command: Command, id: &StepId) -> Result<(), WalkError> {
        let Some(step) = self.session.book().step(id).cloned() else { return Ok(()) };
        let recorded = match command {
            Command::Done => self.done(&step, None)?,
            Command::DoneDetails => self.done_details(&step)?,
            Command::Begin => self.record(Intent::Begin { step: id.clone() })?,
            Command::NotApplicable => {
                self.with_reason("Why does it not apply here?", |reason| Intent::Skip {
                    step: id.clone(),
                    reason,
                })?
            }
            Command::Failed => self.with_reason("What went wrong?", |reason| Intent::Fail {
                step: id.clone(),
                reason,
            })?,
            Command::Later => self.later(id)?,
            Command::Approve => self.approve(id)?,
            Command::Choose(word) => self.choose(&step, &word)?,
            Command::Reopen => self.with_reason("Why is it open again?", |reason| {
                Intent::Reopen { step: id.clone(), reason }
            })?,
            Command::More => {
                let all = views(self.session.book(), self.session.state(), self.now());
                let view: Option<&StepView<'_>> = all.iter().rfind(|view| view.step.id == *id);
                let text = view.map(|view| screen::whole_text(view, self.session.book()));
                self.messages.extend(text.unwrap_or_default());
                return Ok(());
            }
            _ => return Ok(()),
        };
        if recorded {
            self.front = None;
        }
        Ok(())
    }

    fn now(&self) -> Timestamp {
        self.asker.world.clock.now()
    }

    fn done(&mut self, step: &Step, details: Option<Details>) -> Result<bool, WalkError> {
        if step.approval.as_ref().is_some_and(|approval| approval.by == step.role) {
            return self.approve(&step.id);
        }
        if matches!(step.form, Form::Decision(_)) {
            self.messages.push("This is a decision: type the number of the answer.".to_owned());
            return Ok(false);
        }
        let Some(answers) = self.answers(step)? else {
            self.messages.push("Nothing was recorded.".to_owned());
            return Ok(false);
        };
        let details = details.unwrap_or_default();
        let who = details.person.clone().unwrap_or_else(|| self.person.clone());
        let initials = if step.critical { self.initials(&who)? } else { None };
        if step.critical && initials.is_none() {
            return Ok(false);
        }
        let note = details.note;
        let mut request =
            self.request(Intent::Done { step: step.id.clone(), answers, note, initials });
        request.occurred = details.occurred;
        if let Some(person) = details.person {
            request.actor.person = Some(person);
        }
        self.execute(&request)
    }

    fn done_details(&mut self, step: &Step) -> Result<bool, WalkError> {
        let occurred =
            self.asker.time("When was it done? (14:05, -20m; Enter = now)", Toward::Past)?;
        let who = format!("By whom? (Enter = {})", self.person);
        let person = self.asker.person(&who)?;
        let note = self.asker.text(self.session, "Anything to note? (Enter = no)")?;
        self.done(step, Some(Details { occurred, person, note }))
    }

    /// The answers a step collects; nothing if the person turns back.
    fn answers(&mut self, step: &Step) -> Result<Option<BTreeMap<String, Text>>, WalkError> {
        let mut answers = BTreeMap::new();
        let Form::Collect(fields) = &step.form else { return Ok(Some(answers)) };
        for field in fields {
            loop {
                if let Some(text) = self.field(field)? {
                    answers.insert(field.id.to_string(), text);
                } else if field.required {
                    if answers.is_empty() || self.throws_away()? {
                        return Ok(None);
                    }
                    continue;
                }
                break;
            }
        }
        Ok(Some(answers))
    }

    /// What was typed is not lost by one Enter too many.
    fn throws_away(&mut self) -> Result<bool, WalkError> {
        let question = "Throw away what you typed for this step? (y = yes, Enter = no)";
        Ok(matches!(self.asker.line(question)?.as_deref(), Some("y" | "yes")))
    }

    fn field(&mut self, field: &Field) -> Result<Option<Text>, WalkError> {
        let way_out = if field.required { "Enter = turn back" } else { "Enter = leave out" };
        match &field.kind {
            FieldKind::Time(_) => {
                let question = format!("{} (14:05, -20m; {way_out})", field.ask);
                let at = self.asker.time(&question, Toward::Past)?;
                let zone = self.asker.world.zone;
                Ok(at.map(|at| Text::Plain(at.iso(zone.offset_at(at)))))
            }
            FieldKind::Choice(words) => self.pick(field, way_out, words),
            FieldKind::YesNo => self.pick(field, way_out, &["yes".to_owned(), "no".to_owned()]),
            FieldKind::Text | FieldKind::Number => {
                let question = format!("{} ({way_out})", field.ask);
                self.asker.text(self.session, &question)
            }
        }
    }

    fn pick(
        &mut self,
        field: &Field,
        way_out: &str,
        words: &[String],
    ) -> Result<Option<Text>, WalkError> {
        self.asker.say(&field.ask)?;
        let chosen = self.asker.choice(way_out, words)?;
        Ok(chosen.and_then(|at| words.get(at)).map(|word| Text::Plain(word.clone())))
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
        let Some(until) = self.asker.time(question, Toward::Future)? else { return Ok(false) };
        self.with_reason("Why does it wait?", |reason| Intent::Defer {
            step: id.clone(),
            until,
            reason,
        })
    }

    fn approve(&mut self, id: &StepId) -> Result<bool, WalkError> {
        let who = Intent::Approve {
            step: id.clone(),
            reason: Some(Text::Plain("-".to_owned())),
            initials: Some("AB".to_owned()),
        };
        if !self.weigh(who) {
            return Ok(false);
        }
        let question = format!("Who approves? (Enter = {})", self.person);
        let person = self.asker.person(&question)?.unwrap_or_else(|| self.person.clone());
        let critical = self.session.book().step(id).is_some_and(|step| step.critical);
        let initials = if critical { self.initials(&person)? } else { None };
        if critical && initials.is_none() {
            return Ok(false);
        }
        let (step, reason) = (id.clone(), None);
        let mut request = self.request(Intent::Approve { step, reason, initials });
        request.actor.person = Some(person);
        match self.session.execute(self.asker.world, &request) {
            Ok(receipt) => {
                self.acknowledge(&receipt);
                Ok(true)
            }
            Err(crate::session::SessionError::Refused(crate::engine::Refusal::OwnWork {
                ..
            })) => self.own_work(request),
            Err(crate::session::SessionError::Refused(refusal)) => {
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

    /// A critical step takes more than one key, from the person who answers for it.
    fn initials(&mut self, person: &Person) -> Result<Option<String>, WalkError> {
        let question = format!("Critical step: type the initials of {person} (Enter = turn back)");
        let parts = person.as_str().split([' ', '-']);
        let expected: String = parts.filter_map(|part| part.chars().next()).collect();
        loop {
            let Some(typed) = self.asker.line(&question)? else {
                self.messages.push("Nothing was recorded.".to_owned());
                return Ok(None);
            };
            if !(2..=5).contains(&typed.chars().count()) || !typed.chars().all(char::is_alphabetic)
            {
                self.asker.say("Initials are 2 to 5 letters.")?;
            } else if expected.chars().count() < 2 || typed.eq_ignore_ascii_case(&expected) {
                return Ok(Some(typed));
            } else {
                let shown = expected.to_uppercase();
                let question = format!(
                    "The initials of {person} would be {shown}. Use \"{typed}\" all the same? \
                     (y = yes, Enter = type them again)"
                );
                if matches!(self.asker.line(&question)?.as_deref(), Some("y" | "yes")) {
                    return Ok(Some(typed));
                }
            }
        }
    }

    fn choose(&mut self, step: &Step, word: &str) -> Result<bool, WalkError> {
        let Form::Decision(decision) = &step.form else { return Ok(false) };
        let by_number =
            word.parse::<usize>().ok().and_then(|n| decision.options.get(n.checked_sub(1)?));
        let by_name = decision.options.iter().find(|choice| choice.id.as_str() == word);
        let Some(choice) = by_name.or(by_number) else { return Ok(false) };
        let initials = if step.critical { self.initials(&self.person.clone())? } else { None };
        if step.critical && initials.is_none() {
            return Ok(false);
        }
        let question = format!("{} - why? (Enter = no reason given)", choice.title);
        let because = self.asker.text(self.session, &question)?;
        let option = choice.id.to_string();
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

    pub(super) fn people(&mut self) -> Result<(), WalkError> {
        let roles = self.session.book().roles.clone();
        let held = |id| {
            let names: Vec<String> =
                self.session.state().holders(id).map(|t| t.person.to_string()).collect();
            if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
        };
        let shown: Vec<String> = roles
            .iter()
            .map(|role| format!("{} - {} ({})", role.id, role.title, held(&role.id)))
            .collect();
        let Some(at) = self.asker.choice("Which role? (Enter = turn back)", &shown)? else {
            return Ok(());
        };
        let Some(role) = roles.get(at).map(|role| role.id.clone()) else { return Ok(()) };
        let ways = ["give it to somebody", "add a deputy", "hand it over", "release it"];
        let ways = ways.map(str::to_owned);
        let Some(way) = self.asker.choice("What? (Enter = turn back)", &ways)? else {
            return Ok(());
        };
        let Some(person) = self.asker.person("Who? (Enter = turn back)")? else { return Ok(()) };
        let leaves =
            way == 2 && self.session.state().holders(&role).any(|t| t.person == self.person);
        let heir = person.clone();
        let intent = match way {
            0 | 1 => Intent::Assign { role, person, deputy: way == 1 },
            2 => {
                let question = "What must they know? (Enter = nothing)";
                let note = self.asker.text(self.session, question)?;
                Intent::HandOver { role, to: person, note, confirmed: Vec::new() }
            }
            _ => Intent::Release { role, person },
        };
        if self.record(intent)? && leaves {
            let question = format!("Who types from now on? (Enter = {heir})");
            self.person = self.asker.person(&question)?.unwrap_or(heir);
        }
        Ok(())
    }

    /// Answers carry the name of whoever gave them, so a change of hands is said.
    pub(super) fn user(&mut self) -> Result<(), WalkError> {
        let question = format!("Who types from now on? (Enter = {} stays)", self.person);
        if let Some(person) = self.asker.person(&question)? {
            self.person = person;
        }
        Ok(())
    }

    pub(super) fn mark(&mut self) -> Result<(), WalkError> {
        let marks: Vec<String> =
            Mark::ALL.iter().map(|mark| format!("{mark} - {}", meaning(*mark))).collect();
        let Some(at) = self.asker.choice("Which milestone? (Enter = turn back)", &marks)? else {
            return Ok(());
        };
        let Some(mark) = Mark::ALL.get(at).copied() else { return Ok(()) };
        let occurred = self.asker.time("When? (14:05, -20m; Enter = now)", Toward::Past)?;
        let mut request = self.request(Intent::Mark { mark, service: None });
        request.occurred = occurred;
        self.execute(&request)?;
        Ok(())
    }

    pub(super) fn log(&mut self) {
        let reading = match self.session.read_all() {
            Ok(reading) => reading,
            Err(error) => return self.messages.push(format!("The log could not be read: {error}")),
        };
        let zone = self.asker.world.zone;
        let records = reading.records();
        for record in records.iter().rev().take(12).rev() {
            let at = clock_time(record.effective(), zone.offset_at(record.effective()));
            let said = sentence(self.session.book(), record);
            self.messages.push(format!("{at} {} {said}", record.at.short()));
        }
    }

    pub(super) fn status(&mut self) {
        let (zone, now) = (self.asker.world.zone, self.now());
        for view in views(self.session.book(), self.session.state(), now) {
            let due = view.due.map(|due| near_time(due, now, zone.offset_at(due)));
            let late = if view.overdue { " OVERDUE" } else { "" };
            self.messages.push(format!(
                "{} {:<22} {:<14} {}{late}",
                view.step.code,
                view.step.id.as_str(),
                view.status.word(),
                due.unwrap_or_default(),
            ));
        }
    }

    pub(super) fn close(&mut self) -> Result<(), WalkError> {
        let declared = self.session.state().t0().is_some();
        let ways = ["close: the work is done", "false-alarm: it was nothing"].map(str::to_owned);
        let question = "How does it end? (Enter = stay open)";
        // What nobody declared can only turn out to be nothing.
        let way = if declared { self.asker.choice(question, &ways)? } else { Some(1) };
        match way {
            None => self.messages.push("The incident stays open.".to_owned()),
            Some(0) => self.close_after_work()?,
            Some(_) => {
                let question = "False alarm: what was it instead? (Enter = stay open)";
                if let Some(reason) = self.asker.text(self.session, question)? {
                    self.record(Intent::FalseAlarm { reason })?;
                }
            }
        }
        Ok(())
    }

    fn close_after_work(&mut self) -> Result<(), WalkError> {
        let (book, state) = (self.session.book(), self.session.state());
        let missing = missing_before_close(book, state, self.now());
        if missing.is_empty() {
            let typed = self.asker.line("Type CLOSE to close the incident (Enter = stay open)")?;
            match typed.as_deref() {
                Some("CLOSE") => self.record(Intent::Close { anyway: None })?,
                _ => return Ok(()),
            };
            return Ok(());
        }
        self.messages.push(format!("Missing before it can be closed ({}):", missing.len()));
        self.messages.extend(missing.iter().map(|item| format!("  {item}")));
        self.flush_messages()?;
        let question = "To close all the same, say why (Enter = stay open)";
        if let Some(reason) = self.asker.text(self.session, question)? {
            self.record(Intent::Close { anyway: Some(reason) })?;
        }
        Ok(())
    }
}

/// What a milestone means, for people who do not use the word every day.
const fn meaning(mark: Mark) -> &'static str {
    match mark {
        Mark::Onset => "it stopped working",
        Mark::Detected => "somebody or something noticed",
        Mark::Acknowledged => "somebody took it on",
        Mark::Declared => "the outage is declared: T+0",
        Mark::FirstOutreach => "the first try to reach a priority patient",
        Mark::FirstReached => "the first priority patient was reached",
        Mark::Restored => "the vendor says it works again",
        Mark::Verified => "we have checked that it works again",
        Mark::Relapsed => "it stopped again",
        Mark::StoodDown => "the teams were released",
    }
}

/// When, by whom and with which note a step was done.
#[derive(Default)]
struct Details {
    occurred: Option<Timestamp>,
    person: Option<Person>,
    note: Option<Text>,
}
