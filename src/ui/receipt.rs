//! How an acknowledgement reads.

use crate::engine::{Advice, Event, Fact, Record, action_code};
use crate::playbook::Playbook;
use crate::report::sentence;

/// One record: its number, the short code of the head, and what it says.
#[must_use]
pub fn saved(book: &Playbook, record: &Record, head_code: &str) -> String {
    format!("Saved {} ({head_code}): {}", record.at.short(), sentence(book, record))
}

/// Whoever leaves or takes over takes the heads along.
#[must_use]
pub fn shows_checkpoint(fact: &Fact) -> bool {
    match fact {
        Fact::Known(event) => event.ends() || matches!(event, Event::RoleHandedOver { .. }),
        Fact::Newer(_) => false,
    }
}

/// Advice in words.
#[must_use]
pub fn advise(advice: &Advice) -> String {
    let list = |ids: Vec<String>| ids.join(", ");
    match advice {
        Advice::NeedsOpen(steps) => {
            let steps = list(steps.iter().map(ToString::to_string).collect());
            format!("{steps} ought to come first and has no answer yet")
        }
        Advice::WaitsFor(decision) => format!("the decision {decision} has not been taken yet"),
        Advice::NotHolder(person, role) => {
            format!("{person} does not hold {role}; recorded as given")
        }
        Advice::ManyRoles(person, roles) => {
            let roles = list(roles.iter().map(ToString::to_string).collect());
            format!("{person} now holds {roles}; if somebody else is there, share them out")
        }
        Advice::OwnWork(person) => format!("{person} approved their own work; it is flagged"),
        Advice::NewName(person, known) => {
            let known = list(known.iter().map(ToString::to_string).collect());
            format!(
                "the name {person} is new here and close to {known}; if it is one person, keep to one spelling"
            )
        }
        Advice::NowInstead(person, role, false) => {
            format!("{person} was the deputy for {role} and holds it now; it may need a new deputy")
        }
        Advice::NowInstead(person, role, true) => {
            format!("{person} held {role} and is only its deputy now")
        }
        Advice::NamesPeople(people) => {
            let people = list(people.iter().map(ToString::to_string).collect());
            format!(
                "it names {people}; a review looks at plans, tools and training, not at persons \
                 (to take it back: runbook correct RECORD --withdraw --note TEXT; \
                 a place of the report: say it again)"
            )
        }
        Advice::Unconfirmed(people) => {
            let people = list(people.iter().map(ToString::to_string).collect());
            format!("the hand-over is not confirmed by {people}; it is flagged")
        }
        Advice::InitialsNotTaken(record) => format!(
            "the initials were not added; to add them: runbook correct {} --note \"confirmed by …\"",
            record.short()
        ),
        Advice::TimeNotTaken(record) => format!(
            "the time given now was not taken; to change it: runbook correct {} --occurred TIME --note TEXT",
            record.short()
        ),
        Advice::ActionLacks(number, missing) => format!(
            "{0} has no {1} yet: runbook actions update {0} --owner NAME --due DAY --element WORD",
            action_code(*number),
            missing.join(", no ")
        ),
        Advice::DuePassed(due) => format!("{due} has passed: it is overdue at once"),
        Advice::OwnClosing(person) => {
            format!("{person} verified their own work; it is flagged")
        }
        Advice::LeadsTo(playbook) => {
            format!("this leads to another playbook: runbook escalate {playbook} --reason TEXT")
        }
    }
}
