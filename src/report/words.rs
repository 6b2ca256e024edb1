//! What decisions and notes say, as reviewers read them.

use serde::Serialize;

use super::sentence::option_title;
use super::story::{Reading, said};
use super::timeline::occurred;
use super::when::When;
use crate::engine::{Event, Fact, LATE_AFTER, Outcome, Person, Record, Source, State, Text};
use crate::playbook::{Form, NoteKind, OptionId, Playbook, RoleId, StepId};

/// Where words stand in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// `17@w4f2`.
    pub record: String,
    /// When it happened, as corrected.
    pub occurred_at: When,
    /// When it was written down.
    pub recorded_at: When,
    /// Written down more than five minutes after it happened.
    pub late_entry: bool,
    /// Who says so; asserted, not authenticated.
    pub by: Option<Person>,
    /// The role they acted in.
    pub role: Option<RoleId>,
    /// How it came in.
    pub source: Source,
    /// Who typed it in from paper.
    pub scribe: Option<Person>,
}

/// A decision: an answer to a decision step, or a note of that kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionLine {
    /// The step; absent for a note.
    pub step: Option<StepId>,
    /// The step's short name.
    pub code: Option<String>,
    /// From 1; absent for a note.
    pub occurrence: Option<u32>,
    /// What was asked.
    pub question: Option<String>,
    /// The answer; absent for a note.
    pub option: Option<OptionId>,
    /// What people read for the answer.
    pub option_title: Option<String>,
    /// Why, or the words of the note.
    pub because: Option<String>,
    /// It holds: it was not reopened and not answered again.
    pub stands: bool,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteLine {
    /// What about.
    pub kind: NoteKind,
    /// The words.
    pub text: String,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// Every decision, in merged order.
pub(super) fn decisions(reading: &Reading<'_>) -> Vec<DecisionLine> {
    let line = |record| decision(reading, record);
    reading.story.records.iter().filter_map(line).collect()
}

/// Every note, in merged order.
pub(super) fn notes(reading: &Reading<'_>) -> Vec<NoteLine> {
    let line = |record: &Record| {
        let (kind, text) = note(record)?;
        Some(NoteLine { kind, text: said(text), origin: origin(reading, record) })
    };
    reading.story.records.iter().filter_map(line).collect()
}

fn note(record: &Record) -> Option<(NoteKind, &Text)> {
    match &record.fact {
        Fact::Known(Event::NoteAdded { kind, text }) => Some((*kind, text)),
        Fact::Known(_) | Fact::Newer(_) => None,
    }
}

fn decision(reading: &Reading<'_>, record: &Record) -> Option<DecisionLine> {
    let origin = || origin(reading, record);
    if let Some((NoteKind::Decision, text)) = note(record) {
        let because = Some(said(text));
        return Some(DecisionLine { because, stands: true, ..DecisionLine::blank(origin()) });
    }
    let Fact::Known(Event::DecisionTaken { step, occurrence, option, because, .. }) = &record.fact
    else {
        return None;
    };
    let book = reading.story.book;
    Some(DecisionLine {
        step: Some(step.clone()),
        code: book.step(step).map(|step| step.code.clone()),
        occurrence: Some(*occurrence),
        question: question(book, step),
        option: Some(option.clone()),
        option_title: option_title(book, step, option).map(ToOwned::to_owned),
        because: because.as_ref().map(said),
        stands: stands(reading.story.state, step, record),
        origin: origin(),
    })
}

impl DecisionLine {
    fn blank(origin: Origin) -> Self {
        Self {
            step: None,
            code: None,
            occurrence: None,
            question: None,
            option: None,
            option_title: None,
            because: None,
            stands: false,
            origin,
        }
    }
}

fn question(book: &Playbook, step: &StepId) -> Option<String> {
    match &book.step(step)?.form {
        Form::Decision(decision) => Some(decision.question.clone()),
        Form::Action | Form::Collect(_) | Form::Message(_) | Form::Outreach(_) | Form::Check(_) => {
            None
        }
    }
}

fn stands(state: &State, step: &StepId, record: &Record) -> bool {
    let holds = |outcome: &Outcome| outcome.moment().is_some_and(|m| m.record == record.at);
    state.steps().of(step).iter().any(|occurrence| holds(&occurrence.outcome))
}

pub(super) fn origin(reading: &Reading<'_>, record: &Record) -> Origin {
    let stamp = &record.stamp;
    let when = |at| When { at, offset: stamp.offset };
    let at = occurred(reading, record);
    Origin {
        record: record.at.short(),
        occurred_at: when(at),
        recorded_at: when(record.recorded()),
        late_entry: record.recorded() - at > LATE_AFTER,
        by: stamp.actor.person.clone(),
        role: stamp.actor.role.clone(),
        source: stamp.src,
        scribe: stamp.scribe.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Mode;
    use crate::report::fixture::{Log, book, id, plain, story};

    #[test]
    fn a_decision_stands_until_it_is_reopened_or_answered_again() {
        let decided = |option: &str| Event::DecisionTaken {
            step: id("scope"),
            occurrence: 1,
            option: id(option),
            because: None,
            initials: None,
            milestone: None,
        };
        let reopened =
            Event::StepReopened { step: id("scope"), occurrence: 1, reason: plain("more calls") };
        let log = Log::opened("14:00", Mode::Live)
            .tell("14:10", decided("local"))
            .tell("14:20", reopened)
            .tell("14:21", decided("corporate"))
            .tell(
                "14:30",
                Event::NoteAdded { kind: NoteKind::Decision, text: plain("no overtime") },
            );
        let (book, state) = (book(), log.state());
        let all = decisions(&Reading::new(&story(&book, &log, &state)));
        let seen: Vec<_> = all
            .iter()
            .map(|d| (d.option_title.as_deref(), d.because.as_deref(), d.stands))
            .collect();
        assert_eq!(
            seen,
            [
                (Some("One branch"), None, false),
                (Some("The whole company"), None, true),
                (None, Some("no overtime"), true),
            ]
        );
    }
}
