//! What the facilitator's keys do. Each becomes an intent and goes through the session, as everywhere.

use super::{Facilitator, Left, Then};
use crate::drill::{due, find_line, msel, next_at, own_name};
use crate::engine::{
    ClockMove, Delivery, ExerciseRefusal, Intent, Refusal, Speed, Status, Timestamp,
    missing_before_close, views,
};
use crate::playbook::{InjectId, InjectKind};
use crate::session::SessionError;
use crate::ui::{flow, inject_details, injects_table, near_time, wrap};
use crate::walk::WalkError;
use crate::world::{Toward, parse_when};

/// How many entries of the log are shown.
const ENTRIES: usize = 30;

impl Facilitator<'_> {
    /// The inject that a word names, as things stand now: players record meanwhile.
    fn named(&mut self, word: &str) -> Option<Delivery> {
        self.look();
        let lines =
            msel(self.session.book(), self.definition.as_ref(), self.session.state(), self.now());
        let found = find_line(&lines, word).map(|line| line.delivery.clone());
        found.map_err(|refusal| self.messages.push(format!("{refusal} (m shows them)."))).ok()
    }

    pub(super) fn deliver(&mut self, which: Option<&str>) -> Result<(), WalkError> {
        let Some(word) = which else { return self.deliver_due() };
        if let Some(delivery) = self.named(word) {
            self.record(Intent::DeliverInject { delivery, due_by: None })?;
        }
        Ok(())
    }

    /// All that is due, one after another: what a player records meanwhile may make one needless.
    fn deliver_due(&mut self) -> Result<(), WalkError> {
        let mut delivered = false;
        loop {
            self.look();
            let (state, now) = (self.session.state(), self.now());
            let lines = msel(self.session.book(), self.definition.as_ref(), state, now);
            let Some(delivery) = due(&lines).first().map(|line| line.delivery.clone()) else {
                break;
            };
            let due_by = Some(state.heads().to_vec());
            let request = self.request(Intent::DeliverInject { delivery, due_by });
            let done = self.session.execute(self.asker.world, &request);
            let moved_on = matches!(
                done,
                Err(SessionError::Refused(Refusal::OfExercise(ExerciseRefusal::MovedOn { .. })))
            );
            if moved_on {
                continue;
            }
            if !self.answer(done.map(|receipt| (receipt, Vec::new())))? {
                return Ok(());
            }
            delivered = true;
        }
        if !delivered {
            self.messages.push("Nothing is due (j = jump to the next inject).".to_owned());
        }
        Ok(())
    }

    fn one(&mut self, which: Option<&str>, key: &str) -> Option<InjectId> {
        let Some(word) = which else {
            self.messages.push(format!("Which one? Type {key} and its number (m shows them)."));
            return None;
        };
        self.named(word).map(|delivery| delivery.inject)
    }

    pub(super) fn hold(&mut self, which: Option<&str>) -> Result<(), WalkError> {
        if let Some(inject) = self.one(which, "h") {
            self.record(Intent::HoldInject { inject, reason: None })?;
        }
        Ok(())
    }

    pub(super) fn leave_out(&mut self, which: Option<&str>) -> Result<(), WalkError> {
        let Some(inject) = self.one(which, "k") else { return Ok(()) };
        if let Some(reason) = self.asker.text(self.session, "Why? (Enter = turn back)")? {
            self.record(Intent::SkipInject { inject, reason })?;
        }
        Ok(())
    }

    pub(super) fn add(&mut self) -> Result<(), WalkError> {
        let question = "What are they told? (no names of patients; Enter = turn back)";
        let Some(text) = self.asker.text(self.session, question)? else { return Ok(()) };
        let roles = self.session.book().roles.clone();
        let shown: Vec<String> =
            roles.iter().map(|role| format!("{}: {}", role.id, role.title)).collect();
        let to = self.asker.choice("To whom? (Enter = everybody)", &shown)?;
        let to = to.and_then(|at| roles.get(at)).map(|role| role.id.clone());
        let from = self.asker.line("From whom? (Enter = nobody in particular)")?;
        let from = from.and_then(|line| crate::engine::line(&line, 200).ok());
        let due =
            self.asker.time(self.session, "When? (+10m, 14:30; Enter = now)", Toward::Future)?;
        let lines =
            msel(self.session.book(), self.definition.as_ref(), self.session.state(), self.now());
        let Some(inject) = own_name(&lines, self.session.writer()) else { return Ok(()) };
        let delivery = Delivery {
            inject,
            kind: InjectKind::Information,
            due,
            mode: None,
            from,
            to,
            text,
            expect: Vec::new(),
            objective: None,
            changes: Vec::new(),
            added: true,
        };
        self.record(Intent::AddInject { delivery })?;
        Ok(())
    }

    pub(super) fn observe(&mut self) -> Result<(), WalkError> {
        let Some(text) = self.asker.text(self.session, "What did you see? (Enter = turn back)")?
        else {
            return Ok(());
        };
        let objectives = self.session.state().exercise().started();
        let objectives = objectives.map_or_else(Vec::new, |started| started.objectives.clone());
        let shown: Vec<String> =
            objectives.iter().map(|one| format!("{}: {}", one.id, one.text)).collect();
        let objective = if shown.is_empty() {
            None
        } else {
            self.asker.choice("About which objective? (Enter = none)", &shown)?
        };
        let objective = objective.and_then(|at| objectives.get(at)).map(|one| one.id.clone());
        self.record(Intent::Observe { objective, inject: None, text })?;
        Ok(())
    }

    pub(super) fn pause(&mut self) -> Result<(), WalkError> {
        let clock = self.session.state().exercise().clock();
        let paused = clock.is_some_and(|clock| clock.setting().paused);
        let to = if paused { ClockMove::Resume } else { ClockMove::Pause };
        self.record_everywhere(Intent::SetClock { to })?;
        Ok(())
    }

    pub(super) fn jump(&mut self, to: Option<&str>) -> Result<(), WalkError> {
        let now = self.now();
        let at = match to {
            None => {
                let lines =
                    msel(self.session.book(), self.definition.as_ref(), self.session.state(), now);
                next_at(&lines).ok_or(
                    "No inject comes by the clock any more: j 10m jumps by 10 minutes.".to_owned(),
                )
            }
            Some(word) => self.forward(word, now),
        };
        match at {
            Ok(at) => {
                self.record_everywhere(Intent::SetClock { to: ClockMove::To(at) })?;
            }
            Err(said) => self.messages.push(said),
        }
        Ok(())
    }

    /// A time that is still to come; a bare length goes forward.
    fn forward(&self, word: &str, now: Timestamp) -> Result<Timestamp, String> {
        let zone = self.asker.world.zone;
        let parse = |word: &str| parse_when(word, now, zone, Toward::Future);
        let at = parse(word).or_else(|error| parse(&format!("+{word}")).map_err(|_| error));
        at.map_err(|error| error.to_string())
    }

    pub(super) fn speed(&mut self, to: Option<String>) -> Result<(), WalkError> {
        let question = "How many times as fast as real time? (1 to 600, step; Enter = turn back)";
        let typed = match to {
            Some(typed) => Some(typed),
            None => self.asker.line(question)?,
        };
        let Some(typed) = typed else { return Ok(()) };
        let number = typed.trim_end_matches(['x', 'X']).parse().ok();
        let speed = match (typed.as_str(), number.and_then(Speed::new)) {
            ("step", _) => None,
            (_, Some(speed)) => Some(speed),
            (_, None) => {
                self.messages.push(format!("\"{typed}\" is no speed from 1 to {}.", Speed::MAX));
                return Ok(());
            }
        };
        self.record_everywhere(Intent::SetClock { to: ClockMove::Speed(speed) })?;
        Ok(())
    }

    pub(super) fn injects(&mut self, which: Option<&str>) -> Result<(), WalkError> {
        let (now, zone, width) = (self.now(), self.asker.world.zone, self.asker.size().0);
        let lines = msel(self.session.book(), self.definition.as_ref(), self.session.state(), now);
        let offset = |at| zone.offset_at(at);
        let shown = match which.map(|word| find_line(&lines, word)) {
            None => {
                injects_table(&lines, now, &offset, width - 1).lines().map(str::to_owned).collect()
            }
            Some(Ok(line)) => inject_details(line, now, &offset, width),
            Some(Err(refusal)) => {
                self.messages.push(format!("{refusal} (m shows them)."));
                return Ok(());
            }
        };
        self.page(&shown)
    }

    pub(super) fn truth(&mut self) -> Result<(), WalkError> {
        let width = self.asker.size().0;
        let Some(exercise) = &self.definition else {
            self.messages.push("This exercise has no definition.".to_owned());
            return Ok(());
        };
        let mut lines = vec!["For you only - what really is the matter:".to_owned()];
        let truth = flow(&exercise.ground_truth);
        let truth = truth.iter().map(|line| format!("  {line}"));
        lines.extend(truth.flat_map(|line| wrap(&line, width)));
        lines.push("What was read to the players:".to_owned());
        let scenario = flow(&exercise.scenario);
        let scenario = scenario.iter().map(|line| format!("  {line}"));
        lines.extend(scenario.flat_map(|line| wrap(&line, width)));
        lines.push("Objectives:".to_owned());
        let objectives =
            exercise.objectives.iter().map(|one| format!("  {}: {}", one.id, one.text));
        lines.extend(objectives.flat_map(|line| wrap(&line, width)));
        self.page(&lines)
    }

    pub(super) fn log(&mut self) -> Result<(), WalkError> {
        let reading = self.session.read_all()?;
        let records = reading.records();
        let last = records.iter().rev().take(ENTRIES).rev();
        let lines: Vec<String> = last.map(|record| self.told(record)).collect();
        self.page(&lines)
    }

    pub(super) fn status(&mut self) -> Result<(), WalkError> {
        let (now, zone) = (self.now(), self.asker.world.zone);
        let all = views(self.session.book(), self.session.state(), now);
        let pending =
            all.iter().filter(|view| view.status.is_pending() || view.status == Status::Done);
        let line = |view: &crate::engine::StepView<'_>| {
            let due = view.due.map(|due| near_time(due, now, zone.offset_at(due)));
            let due = match (view.overdue, due) {
                (true, Some(due)) => format!("OVERDUE {due}"),
                (false, Some(due)) if view.status.is_pending() => format!("due {due}"),
                (_, _) => String::new(),
            };
            let (code, id, status) = (&view.step.code, view.step.id.as_str(), view.status.word());
            format!("{code} {id:<22} {status:<12} {due}").trim_end().to_owned()
        };
        let lines: Vec<String> = pending.map(line).collect();
        self.page(&lines)
    }

    pub(super) fn end(&mut self) -> Result<Then, WalkError> {
        let now = self.now();
        let missing = missing_before_close(self.session.book(), self.session.state(), now).len();
        if missing > 0 {
            let said =
                format!("{missing} things of the playbook are not done; the log will say which.");
            self.asker.say(&said)?;
        }
        let typed = self.asker.line("Type END to end the exercise (Enter = it goes on)")?;
        if !typed.is_some_and(|typed| typed.eq_ignore_ascii_case("end")) {
            self.messages.push("The exercise goes on.".to_owned());
            return Ok(Then::Ask);
        }
        if !self.record_everywhere(Intent::EndExercise { reason: None })? {
            return Ok(Then::Ask);
        }
        self.messages.extend(self.asker.afterwards(self.session));
        Ok(Then::Leave(Left::Quietly))
    }

    /// Something real has happened. Nothing may come between these words and what is said then: whoever
    /// called the screen says it, and records it.
    pub(super) fn interrupt(&mut self) -> Result<Then, WalkError> {
        let question = "What has REALLY happened? It ends the exercise. (Enter = turn back)";
        let Some(reason) = self.asker.line(question)? else { return Ok(Then::Ask) };
        if reason.chars().count() == 1 {
            let question =
                "Has something REAL happened? (y = yes, it ends the exercise; Enter = no)";
            if !self.asker.agrees(question)? {
                return Ok(Then::Ask);
            }
        }
        Ok(Then::Leave(Left::ForReal(reason)))
    }

    /// Nobody should find it hours later: time goes on.
    pub(super) fn leave(&mut self) -> Result<(), WalkError> {
        let clock = self.session.state().exercise().setting();
        let runs = clock.is_some_and(|setting| !setting.paused && setting.speed.is_some());
        if runs {
            let question =
                "The exercise's clock runs on. Pause it until you are back? (y = yes, Enter = no)";
            if self.asker.agrees(question)? {
                self.record_everywhere(Intent::SetClock { to: ClockMove::Pause })?;
            }
        }
        self.farewell()
    }
}
