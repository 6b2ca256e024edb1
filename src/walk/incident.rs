//! The incident as a whole: milestones, cause and reach, other playbooks, other incidents, the end.

use super::{End, Then, Walk, WalkError};
use crate::engine::{Intent, Text, Timestamp, missing_before_close};
use crate::journal::IncidentId;
use crate::playbook::{Choice, Mark, PlaybookId};
use crate::world::{Toward, parse_when};

impl Walk<'_, '_> {
    pub(super) fn mark(&mut self) -> Result<(), WalkError> {
        if self.session.state().t0().is_none() && !self.declare()? {
            return Ok(());
        }
        let marks: Vec<String> =
            Mark::ALL.iter().map(|mark| format!("{mark} - {}", meaning(*mark))).collect();
        let Some(at) = self.asker.choice("Which milestone? (Enter = turn back)", &marks)? else {
            return Ok(());
        };
        let Some(mark) = Mark::ALL.get(at).copied() else { return Ok(()) };
        let occurred =
            self.asker.time(self.session, "When? (14:05, -20m; Enter = now)", Toward::Past)?;
        self.mark_at(mark, occurred)
    }

    fn mark_at(&mut self, mark: Mark, occurred: Option<Timestamp>) -> Result<(), WalkError> {
        let mut request = self.request(Intent::Mark { mark, service: None });
        request.occurred = occurred;
        self.execute(&request)?;
        Ok(())
    }

    /// Of a suspected outage the declaration is what `m` is mostly for. Says whether another milestone
    /// was meant.
    fn declare(&mut self) -> Result<bool, WalkError> {
        let question = "Declare the outage, and set T+0? (y = yes, now; 02:20 or -5m = yes, since \
                        then; m = another milestone; Enter = not yet)";
        loop {
            let Some(typed) = self.asker.line(question)? else {
                self.messages.push("Not declared.".to_owned());
                return Ok(false);
            };
            self.session.catch_up()?;
            let (now, zone) = (self.now(), self.asker.world.zone);
            match typed.to_lowercase().as_str() {
                "m" => return Ok(true),
                "y" | "yes" => self.mark_at(Mark::Declared, None)?,
                time => match parse_when(time, now, zone, Toward::Past) {
                    Ok(at) if self.asker.is_meant(self.session, at)? => {
                        self.mark_at(Mark::Declared, Some(at))?;
                    }
                    Ok(_) => continue,
                    Err(error) => {
                        self.asker.say(&error.to_string())?;
                        continue;
                    }
                },
            }
            return Ok(false);
        }
    }

    pub(super) fn classify(&mut self) -> Result<(), WalkError> {
        let cause = "What made it fail, as far as you know? (Enter = nothing new)";
        let cause = self.asker.text(self.session, cause)?;
        let scope = "How far does it reach? (Enter = nothing new)";
        let scope = self.asker.text(self.session, scope)?;
        if cause.is_none() && scope.is_none() {
            self.messages.push("Nothing was recorded.".to_owned());
            return Ok(());
        }
        self.record(Intent::Classify { cause, services: Vec::new(), scope })?;
        Ok(())
    }

    /// A decision was answered so that another playbook is needed: offered, never taken for granted.
    pub(super) fn lead_to(
        &mut self,
        playbook: &PlaybookId,
        choice: &Choice,
    ) -> Result<Then, WalkError> {
        let question = format!(
            "\"{}\" leads to the playbook {playbook}. Open it now? T+0, roles and what is known so \
             far come along; this incident stays open. (y = yes, Enter = not now)",
            choice.title
        );
        if !self.asker.agrees(&question)? {
            self.messages.push(format!("{playbook} was not opened; x opens it."));
            return Ok(Then::Ask);
        }
        let title = choice.title.clone();
        self.ask_escalation(playbook.clone(), Some(title))
    }

    pub(super) fn escalate(&mut self) -> Result<Then, WalkError> {
        let own = &self.session.book().id;
        let books: Vec<(PlaybookId, String)> =
            self.desk.playbooks.iter().filter(|(id, _)| id != own).cloned().collect();
        let shown: Vec<String> =
            books.iter().map(|(id, title)| format!("{id} - {title}")).collect();
        if shown.is_empty() {
            self.messages.push("There is no other playbook here.".to_owned());
            return Ok(Then::Ask);
        }
        let question = "Which playbook is needed as well? (Enter = turn back)";
        let chosen = self.asker.choice(question, &shown)?;
        match chosen.and_then(|at| books.into_iter().nth(at)) {
            Some((playbook, _)) => self.ask_escalation(playbook, None),
            None => Ok(Then::Ask),
        }
    }

    /// `known` is the reason where the answer to a decision was it.
    fn ask_escalation(
        &mut self,
        playbook: PlaybookId,
        known: Option<String>,
    ) -> Result<Then, WalkError> {
        let reason = match known {
            Some(words) => self.asker.fit(self.session, &words)?,
            None => self.asker.text(self.session, "Why? (Enter = turn back)")?,
        };
        let Some(reason) = reason else { return Ok(Then::Ask) };
        Ok(Then::End(End::Escalate { playbook, reason }))
    }

    /// Other incidents that are open. One that cannot be read does not stand in the way.
    pub(super) fn open_elsewhere(&self) -> Vec<IncidentId> {
        let all = self.desk.home.list().unwrap_or_default();
        let other = all.into_iter().map(|(id, _)| id).filter(|id| id != self.session.id());
        other.filter(|id| self.desk.home.glance(id).is_ok_and(|glance| !glance.ended)).collect()
    }

    pub(super) fn incidents(&mut self) -> Result<Then, WalkError> {
        let others = self.open_elsewhere();
        let shown: Vec<String> = others.iter().map(ToString::to_string).collect();
        if shown.is_empty() {
            self.messages.push("No other incident is open.".to_owned());
            return Ok(Then::Ask);
        }
        let question = format!("Which one? (Enter = stay in {})", self.session.id());
        let chosen = self.asker.choice(&question, &shown)?;
        Ok(match chosen.and_then(|at| others.into_iter().nth(at)) {
            Some(id) => Then::End(End::GoTo(id)),
            None => Then::Ask,
        })
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
                    self.false_alarm(reason)?;
                }
            }
        }
        Ok(())
    }

    fn false_alarm(&mut self, reason: Text) -> Result<(), WalkError> {
        let question =
            "It ends here, and cannot be opened again. Type FALSE to end it (Enter = stay open)";
        if self.asker.line(question)?.is_some_and(|typed| typed.eq_ignore_ascii_case("false")) {
            self.record(Intent::FalseAlarm { reason })?;
        } else {
            self.messages.push("The incident stays open.".to_owned());
        }
        Ok(())
    }

    fn close_after_work(&mut self) -> Result<(), WalkError> {
        let (book, state) = (self.session.book(), self.session.state());
        let mut missing = missing_before_close(book, state, self.now());
        if self.desk.home.paper_waiting(self.session.id()).is_ok_and(|waiting| waiting > 0) {
            missing
                .push("entries typed in from paper are not saved (runbook transcribe)".to_owned());
        }
        if missing.is_empty() {
            let typed = self.asker.line("Type CLOSE to close the incident (Enter = stay open)")?;
            if typed.is_some_and(|typed| typed.eq_ignore_ascii_case("close")) {
                self.record(Intent::Close { anyway: None })?;
            } else {
                self.messages.push("The incident stays open.".to_owned());
            }
            return Ok(());
        }
        self.messages.push(format!("Missing before it can be closed ({}):", missing.len()));
        self.messages.extend(missing.iter().map(|item| format!("  {item}")));
        self.flush_messages()?;
        let question = "To close all the same, say why (Enter = stay open)";
        let Some(reason) = self.asker.text(self.session, question)? else { return Ok(()) };
        let question = "It cannot be opened again. Type CLOSE to close it (Enter = stay open)";
        if self.asker.line(question)?.is_some_and(|typed| typed.eq_ignore_ascii_case("close")) {
            self.record(Intent::Close { anyway: Some(reason) })?;
        } else {
            self.messages.push("The incident stays open.".to_owned());
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
