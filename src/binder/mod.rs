//! A playbook on paper: what a site carries when the computer is off; and how ready the site is. Pure: a
//! playbook and what is known of the site in, one file of HTML out, which any browser prints.
//!
//! The sheets are what somebody types in afterwards, so the columns of a Job Action Sheet never change
//! their order: code, action, due, time, initials. Absent here on purpose: files, clocks, terminals.

mod channels;
mod contacts;
mod cover;
mod documents;
mod forms;
mod job;
mod markup;
mod page;
mod readiness;
mod say;
mod scripts;
mod steps;
#[cfg(test)]
mod tests;
mod trees;

use std::collections::HashMap;

use crate::playbook::{Playbook, Role, RoleId, Step, StepId};
use crate::reference::Reference;
use crate::report::{Report, StepLine, When};
use crate::site::Site;

pub use documents::document;
pub use forms::OUTCOMES;
pub use page::{Paper, Printed};
pub use readiness::readiness;

use markup::Html;
use page::{Edge, Named};

/// What is put on paper.
#[derive(Debug, Clone, Copy)]
pub struct Binder<'a> {
    /// The playbook; an incident's is the copy that it pinned.
    pub book: &'a Playbook,
    /// Only the sheets of this role.
    pub role: Option<&'a Role>,
    /// Whom to call, and what fills the templates.
    pub site: Option<&'a Site>,
    /// Channels, wordings.
    pub reference: &'a Reference,
    /// An incident whose answers are filled in.
    pub incident: Option<&'a Report>,
    /// Practice: every page says so. An incident that is practice says so by itself.
    pub exercise: bool,
    /// Now.
    pub printed: When,
    /// The size of the sheets.
    pub paper: Option<Paper>,
}

/// What every sheet is written from.
struct Sheets<'a> {
    binder: Binder<'a>,
    site: Site,
    answers: HashMap<&'a StepId, Vec<&'a StepLine>>,
}

/// The binder, or the sheets of one role, as one document.
#[must_use]
pub fn binder(binder: &Binder<'_>) -> Printed {
    let mut answers: HashMap<&StepId, Vec<&StepLine>> = HashMap::new();
    for line in binder.incident.iter().flat_map(|report| &report.status.steps) {
        answers.entry(&line.id).or_default().push(line);
    }
    let site = binder.site.cloned().unwrap_or_default();
    let sheets = Sheets { binder: *binder, site, answers };
    let title = match binder.role {
        None => format!("{} {}", binder.book.title, binder.book.version),
        Some(role) => format!("{}: {} {}", role.title, binder.book.title, binder.book.version),
    };
    let (edge, named) = (sheets.edge(), sheets.named());
    page::document(&title, "en", binder.paper, &edge, &named, |html| sheets.write(html))
}

impl<'a> Sheets<'a> {
    fn write(&self, html: &mut Html) {
        if self.binder.role.is_none() {
            self.cover(html);
        }
        for (at, role) in self.roles() {
            self.job(html, at, role);
        }
        self.scripts(html);
        match self.binder.role {
            None => {
                self.contacts(html);
                self.channels(html);
                self.forms(html);
            }
            Some(role) => self.forms_of(html, role),
        }
    }

    /// Practice, by what was asked or by what the incident is.
    fn is_exercise(&self) -> bool {
        self.binder.exercise || self.binder.incident.is_some_and(Report::is_exercise)
    }

    fn edge(&self) -> Edge {
        let Binder { book, incident, printed, .. } = &self.binder;
        let top_left = format!("{} · {} {}", book.title, book.id, book.version);
        let top_right = incident.map(|report| report.status.incident.clone()).unwrap_or_default();
        let review = book.review_by.map(|day| format!(" · review by {day}")).unwrap_or_default();
        let bottom_left = format!("printed {printed}{review}");
        Edge { top_left, top_right, bottom_left, exercise: self.is_exercise(), numbered: true }
    }

    /// The roles that have sheets, with their place in the playbook.
    fn roles(&self) -> impl Iterator<Item = (usize, &'a Role)> {
        let only = self.binder.role;
        let roles = self.binder.book.roles.iter().enumerate();
        roles.filter(move |(_, role)| only.is_none_or(|one| one.id == role.id))
    }

    fn named(&self) -> Vec<Named> {
        let roles = self.roles();
        let roles =
            roles.map(|(at, role)| Named { name: job::page_name(at), foot: role.title.clone() });
        let private = Named { name: contacts::PAGE.to_owned(), foot: contacts::PRIVATE.to_owned() };
        roles.chain([private]).collect()
    }

    /// The steps that a role answers for, phase by phase.
    fn steps_of(&self, role: &RoleId) -> impl Iterator<Item = &'a Step> {
        let role = role.clone();
        self.binder.book.steps().map(|(_, step)| step).filter(move |step| step.role == role)
    }

    /// What stands below a heading, so that a sheet that got lost is told from others.
    fn which(&self) -> String {
        let Binder { book, incident, .. } = &self.binder;
        let mut words = format!("{} {}", book.id, book.version);
        if let Some(report) = incident {
            words = format!("{} · {words}", report.status.incident);
        }
        if self.is_exercise() { format!("EXERCISE · {words}") } else { words }
    }

    /// A heading of a sheet, with what it belongs to.
    fn heading(&self, html: &mut Html, title: &str) {
        html.leaf("h1", "", title);
        html.leaf("p", "sub", &self.which());
    }

    fn filled(&self, html: &mut Html, text: &str) {
        html.filled(&self.site, text);
    }
}
