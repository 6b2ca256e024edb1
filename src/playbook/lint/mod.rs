//! What an expert would object to in a playbook that can be used: the advice of [`Rule`], one file per
//! family. It never stands in the way of an incident, and a pinned copy is never held to it.
//!
//! A file with errors gets no advice: doubts about what cannot be used would hide what is wrong with it.
//! The day, the site and the playbooks at hand are handed in; nothing here has a clock or a disk. Each rule
//! is near linear in the size of the file.

mod accept;
mod advice;
mod cap;
mod channels;
mod exercises;
mod head;
mod messages;
mod phases;
mod phrases;
mod reach;
mod roles;
mod services;
mod steps;
mod telling;
mod texts;
mod words;

use chrono::NaiveDate;

use super::compile;
use super::diagnostic::Diagnostic;
use super::id::{PlaybookId, RoleId};
use super::model::{Phase, Playbook, Step};
use super::sets::Expanded;
use super::yaml;

use advice::Advice;

/// What is known beyond the file.
#[derive(Debug, Clone)]
pub struct Known<'k> {
    /// The day on which it is read.
    pub today: NaiveDate,
    /// The playbooks at hand; without them no name of one is doubted.
    pub playbooks: Option<&'k [PlaybookId]>,
    /// The highest level of health information that channels of these names may carry.
    pub caps: &'k [(String, u8)],
    /// What the site says of itself, where there is a site file.
    pub site: Option<SiteFacts<'k>>,
}

/// What messages and roles need of a site file.
#[derive(Debug, Clone)]
pub struct SiteFacts<'k> {
    /// Fills `{site}`.
    pub name: &'k str,
    /// Fills `{phone}`, if there is a number.
    pub phone: Option<&'k str>,
    /// Fill other names in braces.
    pub values: &'k [(String, String)],
    /// The roles for which a deputy is planned.
    pub deputies: Vec<&'k RoleId>,
    /// Whoever is planned for a role and has no phone: the role, and the other way to reach them.
    pub without_phone: Vec<(&'k RoleId, &'k str)>,
}

impl<'k> SiteFacts<'k> {
    /// What fills a name in braces.
    fn value(&self, name: &str) -> Option<&'k str> {
        match name {
            "site" => Some(self.name).filter(|name| !name.is_empty()),
            "phone" => self.phone,
            _ => {
                let mut values = self.values.iter();
                values.find(|(known, _)| known == name).map(|(_, value)| value.as_str())
            }
        }
    }
}

/// What there is to say about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linted {
    /// Whether it can be used.
    pub usable: bool,
    /// Errors, or advice that nobody accepted, in the order of the source.
    pub findings: Vec<Diagnostic>,
    /// Advice that the file accepts, in the order of the source, each with the reason.
    pub accepted: Vec<(Diagnostic, String)>,
}

/// A playbook beside the file that it was made from: the one says what is meant, the other where.
struct Subject<'b, 's> {
    source: &'s str,
    raw: &'b yaml::Book<'s>,
    book: &'b Playbook,
    known: &'b Known<'b>,
    steps: Vec<Placed<'b, 's>>,
}

/// A step with its place in the file.
struct Placed<'b, 's> {
    raw: &'b yaml::Step<'s>,
    step: &'b Step,
    phase: &'b Phase,
}

/// Everything that is wrong with a playbook or doubtful in it.
#[must_use]
pub fn lint(source: &str, known: &Known<'_>) -> Linted {
    advise(source, compile::resolved(source), known)
}

/// The same of what several files say together; places are those of the expanded text.
pub(super) fn lint_expanded(expanded: &Expanded, known: &Known<'_>) -> Linted {
    advise(expanded.text(), compile::resolved_expanded(expanded), known)
}

fn advise(source: &str, resolved: compile::Resolved<'_>, known: &Known<'_>) -> Linted {
    let (raw, book) = match resolved {
        Ok(sound) => sound,
        Err(findings) => return Linted { usable: false, findings, accepted: Vec::new() },
    };
    let subject = Subject::of(source, &raw, &book, known);
    let mut advice = Advice::default();
    for check in
        [steps::check, reach::check, roles::check, phases::check, channels::check, messages::check]
    {
        check(&subject, &mut advice);
    }
    for check in [telling::check, services::check, head::check, texts::check, exercises::check] {
        check(&subject, &mut advice);
    }
    let (findings, accepted) = accept::sort(&subject, advice);
    Linted { usable: true, findings, accepted }
}

impl<'b, 's> Subject<'b, 's> {
    fn of(
        source: &'s str,
        raw: &'b yaml::Book<'s>,
        book: &'b Playbook,
        known: &'b Known<'b>,
    ) -> Self {
        let steps = compile::steps(raw).into_iter().zip(book.steps());
        let steps = steps.map(|(raw, (phase, step))| Placed { raw, step, phase }).collect();
        Self { source, raw, book, known, steps }
    }

    /// The services that are down.
    fn down(&self) -> impl Iterator<Item = &'b str> {
        let services = self.raw.services.given().map_or(&[][..], |all| &all.value);
        services.iter().map(|(name, _)| name.value.as_ref())
    }
}

/// Entries of a section beside what they became, in the order of the file.
fn beside<'b, 's, R, T>(
    section: &'b yaml::Slot<yaml::Entries<'s, R>>,
    made: &'b [T],
) -> impl Iterator<Item = (&'b yaml::Text<'s>, &'b R, &'b T)> {
    let entries = section.given().map_or(&[][..], |all| &all.value);
    let entries = entries.iter().filter_map(|(name, raw)| Some((name, raw.as_ref()?)));
    entries.zip(made).map(|((name, raw), made)| (name, raw, made))
}

#[cfg(test)]
mod tests;
