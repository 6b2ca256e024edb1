//! The sheet that is read out aloud when a role passes on, in the order of the incident briefing forms
//! HICS 201 and ICS 201, which exist for the transfer of command. It records nothing.
//!
//! What nobody recorded is said to be so, never filled in.

mod sections;
mod sheet;
#[cfg(test)]
mod tests;
mod work;

use sheet::Sheet;

use super::status::Status;
use super::story::{Reading, Story};
use super::timeline::{Entry, entries};
use super::words::{DecisionLine, NoteLine, decisions, notes};
use crate::engine::{Person, confirms};
use crate::playbook::RoleId;

/// The sheet for one role and the person who takes it over, as lines of plain text. None is wider than
/// 80 columns, the word EXERCISE that stands before each of them included, except the checkpoint's own
/// lines, which are of use only in one piece.
#[must_use]
pub fn handover(story: &Story<'_>, role: &RoleId, to: &Person) -> Vec<String> {
    let reading = Reading::new(story);
    let briefing = Briefing {
        status: Status::read(&reading),
        notes: notes(&reading),
        decisions: decisions(&reading),
        entries: entries(&reading),
        reading: &reading,
        role,
        to,
    };
    let mut sheet = Sheet::new(&reading);
    briefing.head(&mut sheet);
    briefing.incident(&mut sheet);
    briefing.period(&mut sheet);
    briefing.situation(&mut sheet);
    briefing.safety(&mut sheet);
    sheet.heading("5. MAP / SKETCH");
    sheet.line("None kept here.");
    briefing.organisation(&mut sheet);
    briefing.objectives(&mut sheet);
    briefing.actions(&mut sheet);
    briefing.decided(&mut sheet);
    briefing.logged(&mut sheet);
    sheet.heading("9. RESOURCES SUMMARY");
    sheet.line("Contacts, vendors and services: see runbook contacts.");
    briefing.prepared(&mut sheet);
    sheet.lines()
}

/// What one sheet is made from.
struct Briefing<'a> {
    status: Status,
    notes: Vec<NoteLine>,
    decisions: Vec<DecisionLine>,
    entries: Vec<Entry>,
    reading: &'a Reading<'a>,
    role: &'a RoleId,
    to: &'a Person,
}

impl Briefing<'_> {
    /// What people call the role.
    fn role_title(&self, role: &RoleId) -> String {
        let known = self.status.roles.iter().find(|line| line.role == *role);
        known.map_or_else(|| role.to_string(), |line| line.title.clone())
    }

    /// Who hands over, in words.
    fn outgoing(&self) -> String {
        let all = confirms(self.reading.story.state, self.role, self.to);
        let names: Vec<&str> =
            all.iter().filter(|person| *person != self.to).map(Person::as_str).collect();
        if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
    }
}
