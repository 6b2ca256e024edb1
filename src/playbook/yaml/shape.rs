//! Every key of the format, once: the table from which reading, "did you mean" and the JSON Schema
//! follow. No rules here: whether a key must be there, and what its text means, is for `compile`.
//! What stands behind `=` is told to editors only; a test holds it against what `compile` says.

use super::super::findings::{Findings, Span};
use super::super::words::{Count, KpiId, Mark, field_kinds};
use super::item::Item;
use super::read::{
    Entries, Flag, List, OneOrMany, Read, Short, Slot, Text, Under, map, slot, unknown_key,
};
use super::schema::{Word, may, must};
use super::tree::Node;

macro_rules! shape {
    (@said) => { $crate::playbook::reading::may($crate::playbook::reading::Word::TITLE) };
    (@said $said:expr) => { $said };
    ($(
        $(#[doc = $doc:literal])*
        $name:ident is $words:literal {
            $($(#[doc = $field_doc:literal])* $key:literal => $field:ident: $type:ty $(= $said:expr)?,)+
        }
    )+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug)]
        pub(crate) struct $name<'s> {
            /// Where to point when a key is missing.
            pub(crate) at: Span,
            $($(#[doc = $field_doc])* pub(crate) $field: Slot<$type>,)+
        }

        impl<'s> Read<'s> for $name<'s> {
            const SHAPE: &'static str = $words;

            fn read(
                node: Node<'s>,
                under: Under<'_>,
                findings: &mut Findings<'s>,
            ) -> Option<Self> {
                let mut shape = Self { at: under.place(&node), $($field: Slot::Absent,)+ };
                for (name, node) in map(node, Self::SHAPE, under, findings)? {
                    match name.value.as_ref() {
                        $($key => shape.$field = slot(&name, node, findings),)+
                        // What was meant is read on, so that a slip hides no other fault.
                        _ => match unknown_key(&name, &[$($key),+], findings) {
                            $(Some($key) if shape.$field.is_absent() => {
                                shape.$field = slot(&name, node, findings);
                            })+
                            _ => {}
                        },
                    }
                }
                Some(shape)
            }

            fn schema(_: &$crate::playbook::reading::Said) -> $crate::playbook::reading::Schema {
                $crate::playbook::reading::Schema::keys(
                    concat!($($doc),*),
                    vec![$({
                        let said = shape!(@said $($said)?);
                        let schema = <$type as Read<'s>>::schema(&said);
                        ($key, said, schema.described(concat!($($field_doc),*)))
                    }),+],
                )
            }
        }
    )+};
}

// Other kinds of files have tables of their own.
pub(crate) use shape;

shape! {
    /// A whole playbook.
    Book is "a map of keys" {
        /// The version of the format: 1.
        "runbook" => format: Text<'s> = must(Word::Format(1)),
        /// The name people type.
        "id" => id: Text<'s> = must(Word::Id),
        /// One line for people.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// The publisher's version of the content.
        "version" => version: Text<'s> = must(Word::TITLE),
        /// The day from which the content counts as stale.
        "review_by" => review_by: Text<'s> = may(Word::DAY),
        /// What the playbook is for, in a sentence or two.
        "summary" => summary: Text<'s> = may(Word::TEXT),
        /// How soon things should happen.
        "clock" => clock: Clock<'s>,
        /// The services that can be down.
        "services" => services: Entries<'s, Short<'s, Service<'s>>>,
        /// Everybody who acts.
        "roles" => roles: Entries<'s, Role<'s>> = must(Word::TITLE).least(1),
        /// The ways to reach people.
        "channels" => channels: Entries<'s, Channel<'s>>,
        /// The groups of patients.
        "segments" => segments: Entries<'s, Segment<'s>>,
        /// Messages that may go out once approved.
        "templates" => templates: Entries<'s, Template<'s>>,
        /// The phases with their steps.
        "phases" => phases: List<Phase<'s>> = must(Word::TITLE).least(1),
        /// What the figures are held against.
        "kpis" => kpis: List<Kpi<'s>>,
        /// Exercises that can be run with this playbook. Their players can read them here: files of
        /// their own in `playbooks/exercises/` are better.
        "exercises" => exercises: List<Exercise<'s>>,
        /// Findings of lint that are right here, each with its reason.
        "accept" => accept: List<Accept<'s>>,
    }

    /// A whole step set.
    Set is "a map of keys" {
        /// The version of the format: 1.
        "runbook-steps" => format: Text<'s> = must(Word::Format(1)),
        /// The name in `use: SET/STEP`, and of the file.
        "id" => id: Text<'s> = must(Word::Id),
        /// One line for people.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// The publisher's version of the content.
        "version" => version: Text<'s> = must(Word::TITLE),
        /// The steps that playbooks may use.
        "steps" => steps: List<Step<'s>> = must(Word::TITLE).least(1),
    }

    /// Targets for the first hours.
    Clock is "a map of keys" {
        /// From detection to acknowledgement.
        "acknowledge_within" => acknowledge: Text<'s> = may(Word::SPAN),
        /// From detection to declaration.
        "declare_within" => declare: Text<'s> = may(Word::SPAN),
        /// From declaration to the first attempt to reach a priority patient.
        "first_outreach_within" => first_outreach: Text<'s> = may(Word::SPAN),
        /// From declaration to the first priority patient reached.
        "first_reached_within" => first_reached: Text<'s> = may(Word::SPAN),
        /// From onset to detection.
        "detect_within" => detect: Text<'s> = may(Word::SPAN),
    }

    /// A service that can be down.
    Service is "a map of keys" {
        /// The title people read.
        "title" => title: Text<'s> = must(Word::TITLE),
    }

    /// A job somebody holds during an incident.
    Role is "a map of keys" {
        /// The title people say.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// What the holder answers for.
        "duty" => duty: Text<'s> = may(Word::TEXT),
        /// An incident should not run with this role unheld.
        "required" => required: Flag,
        /// The matching position of the hospital incident command system.
        "hics" => hics: Text<'s>,
    }

    /// A way to reach people.
    Channel is "a map of keys" {
        /// The title people read.
        "title" => title: Text<'s>,
        /// The highest level of health information it may carry, 0 to 3.
        "phi" => phi: Text<'s> = must(Word::Whole(0, 3)),
        /// Needs the patient's consent on record.
        "consent" => consent: Flag,
        /// The longest message, in characters.
        "max_chars" => max_chars: Text<'s> = may(Word::Whole(1, 1_000_000)),
        /// The services without which it carries nothing: `[email]`.
        "needs" => needs: List<Text<'s>> = may(Word::Id).distinct(),
    }

    /// A group of patients.
    Segment is "a map of keys" {
        /// The title people read.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// From T+0.
        "reach_within" => reach_within: Text<'s> = may(Word::SPAN),
        /// Smaller comes first.
        "order" => order: Text<'s> = may(Word::Whole(0, 1_000_000)),
    }

    /// A message that may go out once approved.
    Template is "a map of keys" {
        /// For whom.
        "segment" => segment: Text<'s> = must(Word::Id),
        /// By what.
        "channel" => channel: Text<'s> = must(Word::Id),
        /// And if that does not work.
        "fallback" => fallback: Text<'s> = may(Word::Id),
        /// Who agreed, and for how long.
        "approved" => approved: Approved<'s>,
        /// The words.
        "text" => text: Text<'s> = must(Word::TEXT),
    }

    /// Who agreed to a template.
    Approved is "a map of keys" {
        /// The person.
        "by" => by: Text<'s> = must(Word::TITLE),
        /// The day of approval.
        "on" => on: Text<'s> = must(Word::DAY),
        /// The last day it counts.
        "until" => until: Text<'s> = may(Word::DAY),
    }

    /// A stretch of an incident with its own steps.
    Phase is "a map of keys" {
        /// The name people type.
        "id" => id: Text<'s> = must(Word::Id),
        /// The title people read.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// From when to when since T+0: `0h-2h`.
        "window" => window: Text<'s> = may(Word::WINDOW),
        /// The milestone that opens it.
        "opens" => opens: Text<'s> = may(Word::OneOf(Mark::reachable)),
        /// What to do.
        "steps" => steps: List<Item<'s>> = must(Word::TITLE).least(1),
    }

    /// What one role does at one point.
    Step is "a map of keys" {
        /// The name people type.
        "id" => id: Text<'s> = must(Word::Id),
        /// The role that answers for it.
        "role" => role: Text<'s> = must(Word::Id),
        /// One line for people.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// What to do, in plain words.
        "do" => instructions: Text<'s> = may(Word::TEXT),
        /// When it should be finished: `15m`, or `phase+15m`.
        "due" => due: Text<'s> = may(Word::DUE),
        /// The incident should not be closed without it.
        "required" => required: Flag,
        /// The answer needs typed initials.
        "critical" => critical: Flag,
        /// Whom to turn to when it is overdue.
        "escalate" => escalate: Escalate<'s>,
        /// Steps that ought to come first.
        "needs" => needs: List<Text<'s>> = may(Word::Id).distinct(),
        /// Decisions and their answers that open it.
        "when" => when: Entries<'s, OneOrMany<'s>> = may(Word::Id).least(1),
        /// It comes again and again.
        "repeat" => repeat: Repeat<'s>,
        /// Doing the step reaches this milestone.
        "milestone" => milestone: Text<'s> = may(Word::OneOf(Mark::reachable)),
        /// Somebody else has to agree.
        "approval" => approval: Approval<'s>,
        /// Choose one of the options.
        "decision" => decision: Decision<'s>,
        /// Write down these answers.
        "collect" => collect: Entries<'s, Short<'s, Field<'s>>> = may(Word::QUESTION).least(1),
        /// Send this template.
        "message" => message: Message<'s>,
        /// Work through this group of patients.
        "outreach" => outreach: Outreach<'s>,
        /// Look whether something works.
        "check" => check: Check<'s>,
    }

    /// Whom to turn to when a step is overdue.
    Escalate is "a map of keys" {
        /// This long after the due time.
        "after" => after: Text<'s> = must(Word::SPAN),
        /// `deputy`, or a role.
        "to" => to: Text<'s> = must(Word::Id),
    }

    /// A step that comes again.
    Repeat is "a map of keys" {
        /// The distance between two occurrences.
        "every" => every: Text<'s> = must(Word::SPAN),
        /// The milestone that ends it.
        "until" => until: Text<'s> = may(Word::OneOf(Mark::words)),
    }

    /// Somebody has to agree.
    Approval is "a map of keys" {
        /// The role that agrees.
        "by" => by: Text<'s> = must(Word::Id),
    }

    /// A question with named answers.
    Decision is "a map of keys" {
        /// The question to ask.
        "question" => question: Text<'s> = must(Word::QUESTION),
        /// The answers.
        "options" => options: Entries<'s, Short<'s, Answer<'s>>> = must(Word::TITLE).least(2),
    }

    /// One answer to a decision.
    Answer is "a map of keys" {
        /// What people read.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// Steps that only open with such an answer.
        "opens" => opens: List<Text<'s>> = may(Word::Id).distinct(),
        /// Steps that are not needed after it.
        "closes" => closes: List<Text<'s>> = may(Word::Id).distinct(),
        /// The playbook to escalate to.
        "leads_to" => leads_to: Text<'s> = may(Word::Id),
    }

    /// An answer that a step collects.
    Field is "a map of keys" {
        /// The question to ask.
        "ask" => ask: Text<'s> = must(Word::QUESTION),
        /// `text`, `number`, `time`, `yes-no` or `choice`.
        "type" => kind: Text<'s> = may(Word::OneOf(field_kinds)),
        /// The words to choose from.
        "options" => options: List<Text<'s>> = may(Word::TITLE).least(2).distinct(),
        /// The milestone that the answer, a time, marks.
        "mark" => mark: Text<'s> = may(Word::OneOf(Mark::reachable)),
        /// What the answer, a number, counts: `listed` or `reached`.
        "count" => count: Text<'s> = may(Word::OneOf(Count::words)),
        /// The step is not done without it.
        "required" => required: Flag,
    }

    /// Send a template.
    Message is "a map of keys" {
        /// Which one.
        "template" => template: Text<'s> = must(Word::Id),
    }

    /// Work through a group of patients.
    Outreach is "a map of keys" {
        /// Whom.
        "segment" => segment: Text<'s> = must(Word::Id),
        /// What to say.
        "script" => script: Text<'s> = may(Word::TEXT),
    }

    /// Look whether something works.
    Check is "a map of keys" {
        /// A named probe.
        "probe" => probe: Text<'s>,
        /// A program and its arguments.
        "command" => command: List<Text<'s>> = may(Word::Raw).least(1),
    }

    /// What a figure is held against.
    Kpi is "a map of keys" {
        /// The figure.
        "id" => id: Text<'s> = must(Word::OneOf(KpiId::words)),
        /// A duration or a share in percent.
        "target" => target: Text<'s> = must(Word::TARGET),
    }

    /// An exercise.
    Exercise is "a map of keys" {
        /// The name people type.
        "id" => id: Text<'s> = must(Word::Id),
        /// The title people read.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// What the players are told, and when.
        "injects" => injects: List<Inject<'s>>,
    }

    /// What the players are told.
    Inject is "a map of keys" {
        /// Its name.
        "id" => id: Text<'s> = must(Word::Id),
        /// From the start of the exercise.
        "at" => time: Text<'s> = must(Word::SPAN),
        /// The role that is told.
        "to" => to: Text<'s> = may(Word::Id),
        /// Who is said to tell it.
        "from" => from: Text<'s>,
        /// How: by phone, on paper.
        "mode" => mode: Text<'s>,
        /// What is said.
        "text" => text: Text<'s> = must(Word::TEXT),
        /// Steps that should follow.
        "expect" => expect: List<Text<'s>> = may(Word::Id).distinct(),
        /// What it tests.
        "objective" => objective: Text<'s> = may(Word::TEXT),
    }

    /// A finding of lint that is right here.
    Accept is "a map of keys" {
        /// The code of the rule, such as `M01`: `runbook lint --rules` lists them.
        "rule" => rule: Text<'s> = must(Word::Like("^[A-Z][0-9][0-9]$")),
        /// The id of the step, template, role or channel it stands at; `"*"` for every place, where the rule allows that.
        "at" => place: Text<'s> = must(Word::Raw),
        /// The version of the text that it was judged for; with another version it no longer counts.
        "version" => version: Text<'s>,
        /// Why it is right here.
        "reason" => reason: Text<'s> = must(Word::TITLE),
    }
}
