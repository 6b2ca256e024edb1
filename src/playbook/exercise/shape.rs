//! Every key of an exercise file, once.

use super::super::words::{ExerciseKind, InjectKind};
use super::super::yaml::Short;
use crate::playbook::reading::{
    Findings, List, Node, Read, Schema, Slot, Span, Text, Under, Word, map, may, must, shape, slot,
    unknown_key,
};

/// The longest line of an objective, in bytes: all of them stand in one record.
pub(in crate::playbook) const MAX_LINE: usize = 300;

/// A line of an objective.
const LINE: Word = Word::Line(MAX_LINE);

/// How an exercise can begin.
pub(in crate::playbook) fn beginnings() -> Vec<&'static str> {
    vec!["suspected", "declared"]
}

shape! {
    /// A whole exercise file.
    File is "a map of keys" {
        /// The version of the format: 1.
        "runbook-exercise" => format: Text<'s> = must(Word::Format(1)),
        /// The name people type.
        "id" => id: Text<'s> = must(Word::Id),
        /// The title people read, players included.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// The playbook that is practised.
        "playbook" => playbook: Text<'s> = must(Word::Id),
        /// `tabletop`, `drill`, `functional` or `full-scale`.
        "type" => kind: Text<'s> = must(Word::OneOf(ExerciseKind::words)),
        /// How long it is meant to take.
        "duration" => duration: Text<'s> = may(Word::SPAN),
        /// `suspected`: the players declare; `declared`: T+0 is the start.
        "begins" => begins: Text<'s> = may(Word::OneOf(beginnings)),
        /// What it is meant to show.
        "objectives" => objectives: List<Objective<'s>> = must(Word::TITLE).least(1),
        /// What is read to the players before it begins.
        "scenario" => scenario: Text<'s> = must(Word::TEXT),
        /// What really is the matter: for the facilitator only.
        "ground_truth" => ground_truth: Text<'s> = may(Word::TEXT),
        /// What the players are told, and when (the MSEL).
        "injects" => injects: List<Inject<'s>> = must(Word::TITLE).least(1),
    }

    /// What an exercise is meant to show.
    Objective is "a map of keys" {
        /// The name people type.
        "id" => id: Text<'s> = must(Word::Id),
        /// The objective itself.
        "text" => text: Text<'s> = must(LINE),
        /// The core capability that it belongs to.
        "capability" => capability: Text<'s> = may(Word::TITLE),
        /// What the organization wants to be able to do.
        "target" => target: Text<'s> = may(LINE),
        /// What must be done for it.
        "tasks" => tasks: List<Text<'s>> = may(LINE),
    }

    /// What the players are told.
    Inject is "a map of keys" {
        /// Its name.
        "id" => id: Text<'s> = must(Word::Id),
        /// When, from the start of the exercise.
        "at" => at_time: Text<'s> = may(Word::SPAN),
        /// When something has happened: a step, `decision=answer`, `milestone:restored`, `inject:ID`.
        "after" => after: Short<'s, After<'s>> = may(Word::TITLE),
        /// Of a contingency: by when the expected action makes it needless, from the start.
        "by" => by: Text<'s> = may(Word::SPAN),
        /// `information`, `event`, `media` or `contingency`.
        "kind" => kind: Text<'s> = may(Word::OneOf(InjectKind::words)),
        /// How: by phone, on paper.
        "mode" => mode: Text<'s> = may(Word::TITLE),
        /// Who is said to tell it.
        "from" => from: Text<'s> = may(Word::TITLE),
        /// The role that is told; everybody, if it is left out.
        "to" => to: Text<'s> = may(Word::Id),
        /// What is said.
        "text" => text: Text<'s> = must(Word::TEXT),
        /// What should follow: steps, `decision=answer`, `milestone:declared`.
        "expect" => expect: List<Text<'s>> = may(Word::TITLE).distinct(),
        /// The objective that it tests.
        "objective" => objective: Text<'s> = may(Word::Id),
        /// For the facilitator only.
        "notes" => notes: Text<'s> = may(Word::TEXT),
        /// What becomes different with it.
        "changes" => changes: List<Change<'s>> = may(Word::TITLE),
    }

    /// When an inject follows.
    After is "a map of keys" {
        /// A step, `decision=answer`, `milestone:restored`, `inject:ID`.
        "what" => what: Text<'s> = must(Word::TITLE),
        /// So much later.
        "delay" => delay: Text<'s> = may(Word::SPAN),
    }

    /// What becomes different in the world of the exercise: one key.
    Change is "a map of keys" {
        /// What whoever looks finds from now on.
        "check" => check: CheckResult<'s>,
        /// So many of a hundred messages come back.
        "bounces" => bounces: Bounces<'s>,
        /// Whoever holds this role cannot be reached.
        "unavailable" => unavailable: Short<'s, Unavailable<'s>> = may(Word::Id),
        /// Whoever holds this role can be reached again.
        "available" => available: Text<'s> = may(Word::Id),
        /// This service works again.
        "returns" => returns: Text<'s> = may(Word::Id),
        /// This service stops.
        "fails" => fails: Text<'s> = may(Word::Id),
    }

    /// What whoever looks finds.
    CheckResult is "a map of keys" {
        /// The step that looks.
        "step" => step: Text<'s> = must(Word::Id),
        /// What it finds.
        "result" => result: Text<'s> = must(Word::TITLE),
    }

    /// So many of a hundred messages come back.
    Bounces is "a map of keys" {
        /// By which channel.
        "channel" => channel: Text<'s> = must(Word::Id),
        /// Of a hundred.
        "percent" => percent: Text<'s> = must(Word::Whole(0, 100)),
    }

    /// Whoever holds a role cannot be reached.
    Unavailable is "a map of keys" {
        /// The role.
        "role" => role: Text<'s> = must(Word::Id),
        /// Why.
        "reason" => reason: Text<'s> = may(Word::TITLE),
    }
}

/// What editors may be told of an exercise file.
#[must_use]
pub fn schema() -> Schema {
    File::schema(&must(Word::TITLE)).root("An exercise of runbook")
}
