//! Which line of which improvement plan is meant: `A-03@7k3q`, `a-3`, `AAR@7k3q`.

use super::list::plans;
use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::engine::{Action, Review};
use crate::journal::{IncidentId, Selector};
use crate::playbook::reading::{closest, quoted};
use crate::report::{Chased, Item, codes};
use crate::session::Session;

/// How many names a suggestion may look at.
const MAX_NAMES: usize = 10_000;

/// What is meant, with the incident open for work.
pub(super) enum Found {
    /// A line of its plan.
    Action(Box<Line>),
    /// A review that it owes.
    Review { id: String, session: Box<Session>, review: Review },
}

/// A line of an incident's plan.
pub(super) struct Line {
    /// As people type it.
    pub(super) id: String,
    pub(super) session: Session,
    pub(super) action: Action,
}

impl Found {
    /// A line of a plan; a review is no such thing.
    pub(super) fn action(self) -> Result<Line, CliError> {
        match self {
            Self::Action(line) => Ok(*line),
            Self::Review { id, .. } => {
                let error = format!("{id} is no line of the plan: it can only be closed");
                Err(CliError::usage(error)
                    .hint(format!("runbook actions close {id} --evidence TEXT")))
            }
        }
    }
}

/// What a person means, in the incident that they name, else anywhere.
pub(super) fn find(context: &Context, word: &str, acting: &Acting) -> Result<Found, CliError> {
    let all = plans(context, acting.incident.as_deref())?.chased(context);
    let (code, place) = word.trim().split_once('@').unwrap_or((word.trim(), ""));
    let place = named(context, place)?;
    let fits = |one: &&Chased| {
        let code_fits = one.id.split('@').next().is_some_and(|known| same(known, code));
        code_fits && place.as_ref().is_none_or(|place| one.incident == place.as_str())
    };
    let found: Vec<&Chased> = all.iter().filter(fits).collect();
    match found.as_slice() {
        [one] => open(context, one),
        [] => Err(unknown(word, &all)),
        several => {
            let error = CliError::usage(format!("{} fits several: say which", quoted(word)));
            Err(several.iter().fold(error, |error, one| error.hint(described(one))))
        }
    }
}

/// The incident behind the sign: its id, its beginning or its end.
fn named(context: &Context, place: &str) -> Result<Option<IncidentId>, CliError> {
    if place.is_empty() {
        return Ok(None);
    }
    let ends = |id: &IncidentId| id.as_str().ends_with(&format!("-{place}"));
    let all = context.home.list()?.into_iter().map(|(id, _)| id);
    let found: Vec<IncidentId> = all.filter(ends).collect();
    match found.as_slice() {
        [only] => Ok(Some(only.clone())),
        _ => Ok(Some(context.home.resolve(&Selector::from(place))?)),
    }
}

/// `A-03`, `a-3`, `A3` and `3` are one; the writer behind it is told apart where it was said.
fn same(known: &str, typed: &str) -> bool {
    if known.eq_ignore_ascii_case(typed) {
        return true;
    }
    match (numbered(known), numbered(typed)) {
        (Some((one, writer)), Some((other, said))) => {
            let same_writer =
                |said: &str| writer.is_some_and(|writer| writer.eq_ignore_ascii_case(said));
            one == other && said.is_none_or(same_writer)
        }
        _ => false,
    }
}

/// The number of an action, and the writer's short name where it stands behind it.
fn numbered(code: &str) -> Option<(u32, Option<&str>)> {
    let rest = code.strip_prefix(['A', 'a']).unwrap_or(code);
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let (number, writer) = match rest.split_once('-') {
        Some((_, "")) => return None,
        Some((number, writer)) => (number, Some(writer)),
        None => (rest, None),
    };
    let digits = (1..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| number.parse().ok())?.map(|number| (number, writer))
}

fn open(context: &Context, one: &Chased) -> Result<Found, CliError> {
    let incident = context.home.resolve(&Selector::Prefix(one.incident.clone()))?;
    let session = Session::resume_quick(&context.world, &context.home, &incident)?;
    let id = one.id.clone();
    match &one.item {
        Item::Review(line) => {
            Ok(Found::Review { id, session: Box::new(session), review: line.review })
        }
        Item::Action(line) => {
            let called = |code: &String| *code == line.code;
            let lines = session.state().actions().zip(codes(session.state()));
            let action = lines.into_iter().find(|(_, code)| called(code));
            let (action, _) = action.ok_or_else(|| unknown(&id, &[]))?;
            Ok(Found::Action(Box::new(Line { id, session, action })))
        }
    }
}

fn unknown(word: &str, all: &[Chased]) -> CliError {
    let error = CliError::usage(format!("there is no action {}", quoted(word)));
    let upper = word.trim().to_ascii_uppercase();
    let ids = all.iter().map(|one| one.id.as_str());
    let near = closest(word.trim(), ids.clone(), &mut { MAX_NAMES })
        .or_else(|| closest(&upper, ids, &mut { MAX_NAMES }));
    let near = near.map(|near| format!("did you mean {near}?"));
    let error = near.into_iter().fold(error, CliError::hint);
    error.hint("runbook actions list --all shows every one")
}

fn described(one: &Chased) -> String {
    match &one.item {
        Item::Action(action) => format!("{}: {}", one.id, action.what),
        Item::Review(review) => format!("{}: the {}", one.id, review.review.title()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_known_by_its_number_however_it_is_typed() {
        for typed in ["A-03", "a-3", "A3", "3", "a-003"] {
            assert!(same("A-03", typed), "{typed}");
            assert!(same("A-03-w4f2", typed), "{typed}");
        }
        for typed in ["A-30", "", "A-", "03-w83e", "AAR", "A-0000000003", "B-03", "-3-", "A-+3"] {
            assert!(!same("A-03-w4f2", typed), "{typed}");
        }
        assert!(same("A-03-w4f2", "a-3-W4F2"));
        assert!(!same("A-03", "a-3-w4f2"));
        assert!(same("AAR", "aar"));
    }
}
