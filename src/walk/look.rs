//! What can be looked up from the walk without recording anything.

use super::{Walk, screen};
use crate::engine::{Gate, Person, Record, Status, StepView, views};
use crate::journal::IncidentId;
use crate::playbook::StepId;
use crate::report::{sentence, sentence_for_players};
use crate::session::Archive;
use crate::site::{Site, read, salvage};
use crate::ui::{HoldsNow, clock_time, contacts_lines, near_time};

/// How many entries of the log are shown.
const ENTRIES: usize = 12;

impl Walk<'_, '_> {
    /// The last entries of the log; of an incident that grew out of another, the last ones of that too.
    pub(super) fn log(&mut self) {
        self.log_before();
        let reading = match self.session.read_all() {
            Ok(reading) => reading,
            Err(error) => return self.messages.push(format!("The log could not be read: {error}")),
        };
        for record in reading.records().iter().rev().take(ENTRIES).rev() {
            let said = if self.is_exercise() {
                sentence_for_players(self.session.book(), record)
            } else {
                sentence(self.session.book(), record)
            };
            let line = self.entry(record, &said);
            self.messages.push(line);
        }
    }

    fn log_before(&mut self) {
        let opened = self.session.state().opened();
        let Some(origin) = opened.and_then(|opened| opened.linked_from.clone()) else { return };
        let Ok(id) = origin.parse::<IncidentId>() else { return };
        match Archive::read(self.asker.world, self.desk.home, &id) {
            Ok(archive) => {
                self.messages.push(format!("Before, in {origin}:"));
                for record in archive.records().iter().rev().take(ENTRIES / 2).rev() {
                    let said = sentence_for_players(&archive.book, record);
                    let line = self.entry(record, &said);
                    self.messages.push(format!("  {line}"));
                }
                self.messages.push("Here:".to_owned());
            }
            Err(error) => self.messages.push(format!("{origin} could not be read: {error}")),
        }
    }

    fn entry(&self, record: &Record, said: &str) -> String {
        let at =
            clock_time(record.effective(), self.asker.world.zone.offset_at(record.effective()));
        let by = record.stamp.actor.person.as_ref().map(|person| format!(" {person}:"));
        format!("{at} {}{} {said}", record.at.short(), by.unwrap_or_default())
    }

    pub(super) fn status(&mut self) {
        let (zone, now) = (self.asker.world.zone, self.now());
        self.messages.push(format!("code {:<22} stands          when", "step"));
        let state = self.session.state();
        for view in views(self.session.book(), state, now) {
            let time = |at| near_time(at, now, zone.offset_at(at));
            let answered = view.answer.outcome.moment().map(|moment| state.time_of(moment));
            let when = match (view.status, answered, view.due) {
                (Status::Done | Status::NotApplicable, Some(at), _) => format!("at {}", time(at)),
                (Status::Closed, _, _) | (_, _, None) => String::new(),
                (_, _, Some(due)) if view.overdue => format!("OVERDUE {}", time(due)),
                (_, _, Some(due)) => format!("due {}", time(due)),
            };
            let stands = match (view.status, view.gate) {
                (Status::Closed, Gate::WaitsFor(_)) => "waits".to_owned(),
                (status, _) => status.word().replace('_', " "),
            };
            let (code, id) = (&view.step.code, view.step.id.as_str());
            self.messages.push(format!("{code} {id:<22} {stands:<15} {when}").trim_end().into());
        }
    }

    /// The whole text of a step, with its message or script.
    pub(super) fn words(&mut self, id: &StepId) {
        let now = self.now();
        let all = views(self.session.book(), self.session.state(), now);
        let view: Option<&StepView<'_>> = all.iter().rfind(|view| view.step.id == *id);
        let site = self.site();
        let text = view.map(|view| screen::whole_text(view, self.session.book(), site.as_ref()));
        self.messages.extend(text.unwrap_or_default());
    }

    /// The site file as it is now: it may be changed while the incident runs. Of a broken one, what
    /// can be read.
    pub(super) fn site(&self) -> Option<Site> {
        let bytes = self.desk.home.site().ok().flatten()?;
        salvage(&String::from_utf8_lossy(&bytes))
    }

    /// A person with the number the site file has for them.
    pub(super) fn reach(&self, person: &Person) -> String {
        let phone = self.site().and_then(|site| site.phone_of(person).map(ToString::to_string));
        match phone {
            Some(phone) => format!("{person} {phone}"),
            None => person.to_string(),
        }
    }

    /// Phone numbers: of whoever holds a role now, of whoever is planned, of leadership and vendors. A
    /// site file that cannot be understood is shown as it stands.
    pub(super) fn contacts(&mut self) {
        let text = match self.desk.home.site() {
            Ok(Some(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
            Ok(None) => {
                self.messages.push(
                    "There is no site file: no phone number is known here. After the outage: \
                     runbook site init"
                        .to_owned(),
                );
                return;
            }
            Err(error) => return self.messages.push(format!("The site file: {error}")),
        };
        let (width, now) = (self.asker.size().0, self.holders_now());
        let roles = &self.session.book().roles;
        let lines = match salvage(&text) {
            Some(site) => contacts_lines(&site, roles, Some(&now), width),
            None => text.lines().map(str::to_owned).collect(),
        };
        self.messages.extend(lines);
        if read(&text).is_err() {
            self.messages.push("The site file has faults: runbook site lint names them.".into());
        }
    }

    fn holders_now(&self) -> Vec<HoldsNow> {
        let (zone, now) = (self.asker.world.zone, self.now());
        let state = self.session.state();
        let held = state.tenures().iter().filter(|tenure| tenure.to.is_none());
        held.map(|tenure| {
            let since = state.time_of(&tenure.from);
            HoldsNow {
                role: tenure.role.clone(),
                person: tenure.person.clone(),
                deputy: tenure.deputy,
                since: near_time(since, now, zone.offset_at(since)),
            }
        })
        .collect()
    }
}
