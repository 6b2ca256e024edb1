//! Who holds which role, and how a role passes on.

use super::ask::Chosen;
use super::{Walk, WalkError};
use crate::engine::{Confirmation, Intent, Person, Tenure, confirms};
use crate::playbook::{Role, RoleId};
use crate::report::{Story, handover};
use crate::session::Archive;
use crate::site::{Reachable, Standing};
use crate::ui::near_time;

/// What can be done with a role.
enum Way {
    /// Somebody who is planned for it takes it, or stands by as deputy.
    Planned(Person, bool),
    Somebody,
    Deputy,
    HandOver,
    Release,
}

impl Walk<'_, '_> {
    /// Answers carry the name of whoever gave them, so a change of hands is said.
    pub(super) fn user(&mut self) -> Result<(), WalkError> {
        let question = format!("Who types from now on? (Enter = {} stays)", self.desk.person);
        if let Some(person) = self.asker.person(&question)? {
            self.desk.person = person;
        }
        Ok(())
    }

    pub(super) fn people(&mut self) -> Result<(), WalkError> {
        let roles = self.session.book().roles.clone();
        let shown: Vec<String> = roles.iter().map(|role| self.role_line(role)).collect();
        let free = self.planned_and_free(&roles);
        let all = if free.is_empty() { "" } else { "a = planned people who said yes; " };
        let question = format!("Which role? ({all}me = you take what nobody has; Enter = back)");
        match self.asker.choice_or(&question, &shown, &["a", "me"])? {
            None => Ok(()),
            Some(Chosen::Word(1)) => self.take_rest(&roles),
            Some(Chosen::Option(at)) => match roles.get(at) {
                Some(role) => self.role(role),
                None => Ok(()),
            },
            Some(Chosen::Word(_)) => self.take_all(&free),
        }
    }

    /// A role, who holds it since when, and who is planned for it.
    fn role_line(&self, role: &Role) -> String {
        let (now, zone) = (self.now(), self.asker.world.zone);
        let state = self.session.state();
        let held = |tenure: &Tenure| {
            let since = state.time_of(&tenure.from);
            let deputy = if tenure.deputy { ", deputy" } else { "" };
            let since = near_time(since, now, zone.offset_at(since));
            format!("{}{deputy}, since {since}", self.reach(&tenure.person))
        };
        let held: Vec<String> = state.holders(&role.id).map(held).collect();
        if !held.is_empty() {
            return format!("{}: {}", role.title, held.join("; "));
        }
        let planned = self.planned(&role.id);
        match planned.first() {
            Some((person, _)) => {
                format!("{}: nobody yet; planned: {}", role.title, self.reach(person))
            }
            None => format!("{}: nobody", role.title),
        }
    }

    /// Who the site file means for a role, holder first, each with whether as deputy.
    fn planned(&self, role: &RoleId) -> Vec<(Person, bool)> {
        let site = self.site();
        let Some(planned) = site.as_ref().and_then(|site| site.for_role(role)) else {
            return Vec::new();
        };
        let one = |reachable: Reachable<'_>| {
            let deputy = matches!(reachable.standing, Standing::Deputy(_));
            (reachable.contact.name.clone(), deputy)
        };
        planned.people().map(one).collect()
    }

    /// Roles that nobody holds, each with whoever is planned to hold it.
    fn planned_and_free(&self, roles: &[Role]) -> Vec<(Role, Person)> {
        let planned = |role: &Role| {
            let holder = self.planned(&role.id).into_iter().find(|(_, deputy)| !deputy);
            holder.map(|(person, _)| (role.clone(), person))
        };
        roles.iter().filter(|role| self.is_free(role)).filter_map(planned).collect()
    }

    fn is_free(&self, role: &Role) -> bool {
        self.session.state().holders(&role.id).next().is_none()
    }

    /// Nobody holds a role because a file says so: the lead has spoken with them.
    fn take_all(&mut self, free: &[(Role, Person)]) -> Result<(), WalkError> {
        let shown: Vec<(usize, String)> = free
            .iter()
            .filter_map(|(role, person)| {
                let place = self.session.book().roles.iter().position(|one| one.id == role.id)?;
                Some((place + 1, format!("{}: {}", role.title, self.reach(person))))
            })
            .collect();
        let question = "Who has said yes? (numbers such as 2 3, or all; Enter = nobody)";
        let chosen = self.asker.several(question, &shown)?;
        self.look_for_others();
        for at in chosen {
            let Some((role, person)) = free.get(at).cloned() else { continue };
            if self.is_free(&role) {
                self.record(Intent::Assign { role: role.id, person, deputy: false })?;
            }
        }
        Ok(())
    }

    /// Alone at night: whoever types answers for every required role that nobody holds.
    fn take_rest(&mut self, roles: &[Role]) -> Result<(), WalkError> {
        self.look_for_others();
        let unheld: Vec<Role> =
            roles.iter().filter(|role| role.required && self.is_free(role)).cloned().collect();
        if unheld.is_empty() {
            self.messages.push("Every required role is held.".to_owned());
        }
        for role in &unheld {
            self.assign(role, self.desk.person.clone(), false)?;
        }
        Ok(())
    }

    fn role(&mut self, role: &Role) -> Result<(), WalkError> {
        let (shown, ways) = self.ways(role);
        let question = format!("{}: what happens? (Enter = turn back)", role.title);
        let chosen = self.asker.choice(&question, &shown)?;
        match chosen.and_then(|at| ways.into_iter().nth(at)) {
            None => Ok(()),
            Some(Way::Planned(person, deputy)) => self.assign(role, person, deputy),
            Some(Way::Somebody) => match self.asker.person("Who? (Enter = turn back)")? {
                Some(person) => self.assign(role, person, false),
                None => Ok(()),
            },
            Some(Way::Deputy) => match self.asker.person("Who stands by? (Enter = turn back)")? {
                Some(person) => self.assign(role, person, true),
                None => Ok(()),
            },
            Some(Way::HandOver) => self.hand_over(role),
            Some(Way::Release) => self.release(role),
        }
    }

    /// What fits a role as it stands, in words and as ways.
    fn ways(&self, role: &Role) -> (Vec<String>, Vec<Way>) {
        let state = self.session.state();
        let holds = |person: &Person| state.holders(&role.id).any(|t| t.person == *person);
        let held = state.holders(&role.id).next().is_some();
        let first = state.holders(&role.id).any(|tenure| !tenure.deputy);
        let mut all: Vec<(String, Way)> = Vec::new();
        for (person, deputy) in self.planned(&role.id) {
            if !holds(&person) && (deputy || !first) {
                let does = if deputy { "stands by as deputy" } else { "takes it" };
                let shown = format!("{} {does} (planned)", self.reach(&person));
                all.push((shown, Way::Planned(person, deputy)));
            }
        }
        if first {
            all.push(("it is handed over, with a sheet to read out".into(), Way::HandOver));
            all.push(("somebody else takes it as well".into(), Way::Somebody));
        } else {
            all.push(("somebody takes it".into(), Way::Somebody));
        }
        all.push(("somebody stands by as deputy".into(), Way::Deputy));
        if held {
            all.push(("somebody lays it down".into(), Way::Release));
        }
        all.into_iter().unzip()
    }

    fn assign(&mut self, role: &Role, person: Person, deputy: bool) -> Result<(), WalkError> {
        self.record(Intent::Assign { role: role.id.clone(), person, deputy })?;
        Ok(())
    }

    fn release(&mut self, role: &Role) -> Result<(), WalkError> {
        let holders: Vec<Person> =
            self.session.state().holders(&role.id).map(|t| t.person.clone()).collect();
        let person = match holders.as_slice() {
            [only] => {
                let question = format!("{only} lays it down? (y = yes, Enter = turn back)");
                self.asker.agrees(&question)?.then(|| only.clone())
            }
            several => {
                let shown: Vec<String> = several.iter().map(ToString::to_string).collect();
                let chosen = self.asker.choice("Who? (Enter = turn back)", &shown)?;
                chosen.and_then(|at| several.get(at).cloned())
            }
        };
        if let Some(person) = person {
            self.record(Intent::Release { role: role.id.clone(), person })?;
        }
        Ok(())
    }

    /// Who takes over hears the sheet read out; both sides sign, or it is flagged.
    fn hand_over(&mut self, role: &Role) -> Result<(), WalkError> {
        let Some(to) = self.successor(role)? else { return Ok(()) };
        let intent = |note, confirmed| Intent::HandOver {
            role: role.id.clone(),
            to: to.clone(),
            note,
            confirmed,
        };
        if !self.weigh(intent(None, Vec::new())) {
            return Ok(());
        }
        let question = "What must they know that is not in the log? (Enter = nothing)";
        let note = self.asker.text(self.session, question)?;
        self.read_out(&role.id, &to)?;
        let mut confirmed = Vec::new();
        for person in confirms(self.session.state(), &role.id, &to) {
            let does = if person == to { "takes over" } else { "hands over" };
            let question = format!("{person} {does}: type your initials (Enter = not confirmed)");
            if let Some(initials) = self.initials(&person, &question)? {
                confirmed.push(Confirmation { person, initials });
            }
        }
        let held = self.session.state().roles_of(&self.desk.person).next().is_some();
        let recorded = self.record(intent(note, confirmed))?;
        let holds = self.session.state().roles_of(&self.desk.person).next().is_some();
        // Whoever has laid down their last role leaves; anybody else goes on typing as themselves.
        if recorded && held && !holds {
            let question = format!("Who types from now on? (Enter = {to})");
            self.desk.person = self.asker.person(&question)?.unwrap_or(to);
        }
        Ok(())
    }

    /// Whoever takes over: a person who is planned for the role or deputy in it, or a name.
    fn successor(&mut self, role: &Role) -> Result<Option<Person>, WalkError> {
        let state = self.session.state();
        let first = |person: &Person| {
            state.holders(&role.id).any(|tenure| !tenure.deputy && tenure.person == *person)
        };
        let deputies = state.holders(&role.id).filter(|t| t.deputy).map(|t| t.person.clone());
        let planned = self.planned(&role.id).into_iter().map(|(person, _)| person);
        let mut known: Vec<Person> = Vec::new();
        for person in deputies.chain(planned).filter(|person| !first(person)) {
            if !known.contains(&person) {
                known.push(person);
            }
        }
        for (number, person) in known.iter().enumerate() {
            self.asker.say(&format!("  {}  {}", number + 1, self.reach(person)))?;
        }
        let how = if known.is_empty() { "a name" } else { "a number or a name" };
        let question = format!("To whom? ({how}; Enter = turn back)");
        let Some(typed) = self.asker.line(&question)? else { return Ok(None) };
        let number = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        if let Some(person) = number.and_then(|at| known.get(at)) {
            return Ok(Some(person.clone()));
        }
        self.asker.named(typed)
    }

    fn read_out(&mut self, role: &RoleId, to: &Person) -> Result<(), WalkError> {
        let archive = match Archive::read(self.asker.world, self.desk.home, self.session.id()) {
            Ok(archive) => archive,
            Err(error) => {
                self.asker.say(&format!("The sheet cannot be made: {error}. Tell it by heart."))?;
                return Ok(());
            }
        };
        let (problems, checkpoint) = (archive.problems(), archive.checkpoint());
        let zone = self.asker.world.zone;
        let story = Story {
            incident: archive.id.as_str(),
            book: &archive.book,
            records: &archive.records(),
            state: &archive.state,
            until: self.now(),
            offset: &|at| zone.offset_at(at),
            checkpoint: &checkpoint,
            problems: &problems,
        };
        let lines = handover(&story, role, to);
        self.asker.page(&lines)
    }
}
