//! The site's standing log of quiet times, as the edge meets it.

use super::acting::{Acting, Seals};
use super::context::Context;
use super::error::{CliError, Exit};
use super::record::record_in;
use crate::engine::{Actor, Day, Intent, Mode, SourceDigest, not_in_future};
use crate::journal::{Selector, sha256};
use crate::playbook::compile_pinned;
use crate::readiness::PLAN;
use crate::session::{Pinned, Plan, Session};
use crate::world::Toward;

impl Context {
    /// The site's standing log. If there is none it is opened now; then that is said.
    pub(super) fn standing(&mut self, acting: &Acting) -> Result<Session, CliError> {
        let first = self.home.standing()?.into_iter().next();
        if let Some(id) = first {
            return Ok(Session::resume_quick(&self.world, &self.home, &id)?);
        }
        let book = compile_pinned(PLAN)
            .map_err(|_| CliError::new(Exit::Bug, "the plan in this program cannot be read"))?;
        let sha256 = sha256(PLAN.as_bytes());
        let sources = vec![SourceDigest { name: "built-in:readiness".to_owned(), sha256 }];
        let plan = Plan {
            pinned: Pinned { book, text: PLAN.to_owned(), sources },
            title: None,
            site: None,
            mode: Mode::Live,
            suspected: true,
            onset: None,
            detected: None,
            declared: None,
            assignments: Vec::new(),
            actor: Actor { person: Some(acting.person(self)?), role: None },
            linked_from: None,
            exercise: None,
            standing: true,
        };
        let (session, _) = Session::begin(&self.world, &self.home, &plan)?;
        let folder = self.typed_path(&self.home.folder(session.id(), Mode::Live));
        self.tell(&format!("Note: opened the site's standing log: {folder}"))?;
        Ok(session)
    }

    /// A day that has come.
    pub(super) fn past_day(&self, typed: &str) -> Result<Day, CliError> {
        let day = self.day(typed, Toward::Past)?;
        if day > self.this_day() {
            return Err(CliError::refused(format!("{day} has not come yet"))
                .hint("record it when it has happened"));
        }
        Ok(day)
    }

    /// Records something in the standing log and acknowledges it.
    pub(super) fn record_standing(
        &mut self,
        acting: &Acting,
        seals: Seals,
        intent: Intent,
    ) -> Result<Exit, CliError> {
        // What cannot be recorded opens no log.
        acting.key()?;
        not_in_future(acting.occurred(self, self.world.clock.now())?, self.world.clock.now())?;
        let mut session = self.standing(acting)?;
        session.carry(seals);
        record_in(self, acting, session, intent)
    }
}

impl Acting {
    /// Nothing here is about an incident.
    pub(super) fn names_no_incident(&self, context: &Context) -> Result<(), CliError> {
        let Some(word) = &self.incident else { return Ok(()) };
        if *word == "readiness"
            || context.home.resolve(&Selector::from(word.as_str()))?.is_standing()
        {
            return Ok(());
        }
        let error = "this is recorded in the site's standing log, not in an incident";
        Err(CliError::usage(error).hint("leave --incident out"))
    }
}
