//! Every key of a playbook test, once.

use super::model::Pace;
use super::outcome::Group;
use crate::engine::{Life, Status};
use crate::playbook::Mark;
use crate::playbook::reading::{
    Entries, Findings, Flag, List, Node, OneOrMany, Read, Said, Schema, Short, Slot, Span, Text,
    Under, Value, Word, key, map, may, must, shape, slot, unknown_key,
};

shape! {
    /// A whole playbook test.
    File is "a map of keys" {
        /// The version of the format: 1.
        "runbook-test" => format: Text<'s> = must(Word::Format(1)),
        /// The playbook: its name, or a file beside this one.
        "playbook" => playbook: Text<'s> = must(Word::TITLE),
        /// How every scenario begins that does not say so itself.
        "start" => start: Start<'s>,
        /// What the crew answers, in every scenario.
        "answers" => answers: Answers<'s> = may(Word::Raw),
        /// Steps that the crew never does.
        "except" => except: OneOrMany<'s> = may(Word::Id),
        /// The scripted incidents.
        "scenarios" => scenarios: List<Scenario<'s>> = may(Word::TITLE).least(1),
        /// What follows from each answer to each decision.
        "branches" => branches: Entries<'s, Entries<'s, Branch<'s>>> = may(Word::TITLE).least(1),
    }

    /// What follows from an answer: exactly this, and nothing where nothing is said.
    Branch is "a map of keys" {
        /// Steps that it opens.
        "opens" => opens: OneOrMany<'s> = may(Word::Id),
        /// Steps that it closes.
        "closes" => closes: OneOrMany<'s> = may(Word::Id),
        /// The playbook that it leads to.
        "leads_to" => leads_to: Text<'s> = may(Word::Id),
    }

    /// One scripted incident.
    Scenario is "a map of keys" {
        /// Its name.
        "id" => id: Text<'s> = must(Word::Id),
        /// What it shows, in a line.
        "title" => title: Text<'s>,
        /// How it begins.
        "start" => start: Start<'s>,
        /// What the crew answers, before what the file says.
        "answers" => answers: Answers<'s> = may(Word::Raw),
        /// Steps that the crew never does here.
        "except" => except: OneOrMany<'s> = may(Word::Id),
        /// What happens, in the order of the clock.
        "script" => script: List<Entry<'s>> = must(Word::TITLE).least(1),
    }

    /// How an incident begins. Without a word of it: declared at T+0 when that is, each role held.
    Start is "a map of keys" {
        /// When it is typed in, if that is later than T+0.
        "at" => time: Text<'s> = may(Word::OFFSET),
        /// Opened as suspected then; `mark: declared` in the script sets T+0.
        "suspected" => suspected: Text<'s> = may(Word::OFFSET),
        /// When the service stopped working.
        "onset" => onset: Text<'s> = may(Word::OFFSET),
        /// When somebody noticed.
        "detected" => detected: Text<'s> = may(Word::OFFSET),
        /// Who holds which role, instead of somebody for each of them.
        "assign" => assign: Entries<'s, Text<'s>>,
    }

    /// One moment: what somebody does then, and what holds after it.
    Entry is "a map of keys" {
        /// Since T+0: `90m`, `-20m`; `+10m` is later than the entry above.
        "at" => time: Text<'s> = may(Word::OFFSET),
        /// When it really happened, of something written down late.
        "happened" => happened: Text<'s> = may(Word::OFFSET),
        /// Who does it, instead of whoever holds the role.
        "by" => by: Text<'s>,
        /// Somebody works on these steps.
        "begin" => begin: OneOrMany<'s> = may(Word::Id),
        /// These steps are done.
        "done" => done: OneOrMany<'s> = may(Word::Id),
        /// These decisions are answered so.
        "decide" => decide: Entries<'s, Text<'s>> = may(Word::Id).least(1),
        /// These steps do not apply here.
        "skip" => skip: OneOrMany<'s> = may(Word::Id),
        /// These steps were tried and did not work.
        "fail" => fail: OneOrMany<'s> = may(Word::Id),
        /// These steps wait until later.
        "defer" => defer: OneOrMany<'s> = may(Word::Id),
        /// These steps are open again.
        "reopen" => reopen: OneOrMany<'s> = may(Word::Id),
        /// Somebody agrees to these steps.
        "approve" => approve: OneOrMany<'s> = may(Word::Id),
        /// This milestone is reached.
        "mark" => mark: Text<'s> = may(Word::OneOf(Mark::words)),
        /// These roles are given to these people.
        "assign" => assign: Entries<'s, Text<'s>> = may(Word::TITLE).least(1),
        /// These roles are taken from these people.
        "release" => release: Entries<'s, Text<'s>> = may(Word::TITLE).least(1),
        /// These roles pass to these people.
        "handover" => handover: Entries<'s, Text<'s>> = may(Word::TITLE).least(1),
        /// These services are down.
        "classify" => classify: OneOrMany<'s> = may(Word::Id),
        /// Something is written down.
        "note" => note: Text<'s> = may(Word::TEXT),
        /// A linked incident with this playbook is opened.
        "escalate" => escalate: Text<'s> = may(Word::Id),
        /// It was nothing, and this is what it was instead.
        "false_alarm" => false_alarm: Text<'s> = may(Word::TEXT),
        /// The incident is closed: `ready`, or `anyway`.
        "close" => close: Text<'s> = may(Word::OneOf(closings)),
        /// The crew works up to this moment: `on-time`, or `now`.
        "work" => work: Text<'s> = may(Word::OneOf(paces)),
        /// What a done step asks for; the rest comes from `answers`.
        "set" => set: Entries<'s, Text<'s>> = may(Word::Raw).least(1),
        /// Why.
        "reason" => reason: Text<'s> = may(Word::TEXT),
        /// Until when steps wait.
        "until" => until: Text<'s> = may(Word::OFFSET),
        /// Of a critical step, instead of the ones that the test gives.
        "initials" => initials: Text<'s>,
        /// As stand-in.
        "deputy" => deputy: Flag,
        /// The service that the milestone is for.
        "service" => service: Text<'s> = may(Word::Id),
        /// Steps that the crew leaves alone this time.
        "except" => except: OneOrMany<'s> = may(Word::Id),
        /// It is refused, in words that hold these.
        "refused" => refused: Text<'s>,
        /// What holds afterwards.
        "expect" => expect: Expect<'s>,
    }

    /// What holds at a moment. Everything that is named must hold.
    Expect is "a map of keys" {
        /// Steps that somebody still has to do something about.
        "open" => open: Wanted<'s> = may(Word::Id),
        /// Steps that are finished.
        "done" => done: Wanted<'s> = may(Word::Id),
        /// Steps that a decision closed or has not opened, or whose repeating is over.
        "closed" => closed: Wanted<'s> = may(Word::Id),
        /// Steps that should be finished and are not.
        "overdue" => overdue: Wanted<'s> = may(Word::Id),
        /// Steps that are overdue so long that somebody else should be told.
        "escalated" => escalated: Wanted<'s> = may(Word::Id),
        /// Steps that are finished and wait for somebody to agree.
        "awaits_approval" => awaits_approval: Wanted<'s> = may(Word::Id),
        /// Exactly the steps that this entry opened.
        "opens" => opens: OneOrMany<'s> = may(Word::Id),
        /// Exactly the steps that this entry closed.
        "closes" => closes: OneOrMany<'s> = may(Word::Id),
        /// The phases that are open.
        "phases" => phases: Wanted<'s> = may(Word::Id),
        /// What is asked for next, the most urgent first; what comes after the last one is free.
        "next" => next: OneOrMany<'s> = may(Word::Id),
        /// Where a step stands.
        "status" => status: Entries<'s, Text<'s>> = may(Word::OneOf(statuses)).least(1),
        /// When a step should be finished, since T+0, or `none`.
        "due" => due: Entries<'s, Text<'s>> = may(Word::OFFSET_OR_NONE).least(1),
        /// When a milestone was reached first, since T+0, or `none`.
        "milestones" => milestones: Entries<'s, Text<'s>> = may(Word::OFFSET_OR_NONE).least(1),
        /// Figures: `25m`, `at most 30m`, `95%`, `at least 90%`, `met`, `missed`, `none`.
        "kpis" => kpis: Figures<'s>,
        /// Where the incident stands.
        "state" => state: Text<'s> = may(Word::OneOf(lives)),
        /// Nothing is missing before it may be closed.
        "can_close" => can_close: Flag,
        /// The playbook that the answer leads to, or `none`.
        "leads_to" => leads_to: Text<'s> = may(Word::Id),
    }

    /// Some are among them, and some are not.
    Part is "a map of keys" {
        /// These are among them.
        "has" => has: OneOrMany<'s> = may(Word::Id),
        /// These are not.
        "lacks" => lacks: OneOrMany<'s> = may(Word::Id),
    }

    /// What figures are to be.
    Figures is "a map of keys" {
        /// Detected minus onset.
        "time_to_detect" => time_to_detect: Text<'s>,
        /// Acknowledged minus detected.
        "time_to_acknowledge" => time_to_acknowledge: Text<'s>,
        /// Declared minus detected.
        "time_to_declare" => time_to_declare: Text<'s>,
        /// Declared minus onset.
        "onset_to_declare" => onset_to_declare: Text<'s>,
        /// First attempt to a priority patient minus declared.
        "time_to_first_outreach" => time_to_first_outreach: Text<'s>,
        /// First priority patient reached minus declared.
        "time_to_first_reached" => time_to_first_reached: Text<'s>,
        /// Priority patients reached by T+12 h over all on the frozen list.
        "high_risk_reached_12h" => high_risk_reached_12h: Text<'s>,
        /// From onset to verified, over all services.
        "downtime" => downtime: Text<'s>,
        /// Steps finished by their due time over steps that fell due.
        "step_on_time_rate" => step_on_time_rate: Text<'s>,
        /// Minutes in which nobody held a required role.
        "hand_over_gaps" => hand_over_gaps: Text<'s>,
    }
}

/// To a decision its answer, to other steps the answers they ask for.
pub(super) type Answers<'s> = Entries<'s, Short<'s, Entries<'s, Text<'s>>>>;

/// All of a group, or some of it.
#[derive(Debug)]
pub(super) enum Wanted<'s> {
    /// These and no others.
    Exactly(OneOrMany<'s>),
    /// At least, and not.
    Part(Part<'s>),
}

impl<'s> Read<'s> for Wanted<'s> {
    const SHAPE: &'static str = "a list, or a map with `has` and `lacks`";

    fn read(node: Node<'s>, under: Under<'_>, findings: &mut Findings<'s>) -> Option<Self> {
        match &node.value {
            Value::Map(entries) if entries.is_empty() => {
                let name = match under {
                    Under::Key(name, _) | Under::Entry(name) => name,
                    Under::File => "",
                };
                let message = format!("{} says neither `has` nor `lacks`", key(name));
                let help = format!("write `{name}: {{has: [...], lacks: [...]}}`");
                findings.error_help(node.span, message, help);
                None
            }
            Value::Map(_) => Part::read(node, under, findings).map(Self::Part),
            _ => OneOrMany::read(node, under, findings).map(Self::Exactly),
        }
    }

    fn schema(said: &Said) -> Schema {
        Schema::any_of(vec![OneOrMany::<'s>::schema(said), Part::<'s>::schema(said)])
    }
}

/// How an incident may be closed: whether something may be missing.
pub(super) const CLOSINGS: [(&str, bool); 2] = [("ready", false), ("anyway", true)];

/// How the crew may work.
pub(super) const PACES: [(&str, Pace); 2] = [("on-time", Pace::OnTime), ("now", Pace::Now)];

fn closings() -> Vec<&'static str> {
    CLOSINGS.iter().map(|(word, _)| *word).collect()
}

fn paces() -> Vec<&'static str> {
    PACES.iter().map(|(word, _)| *word).collect()
}

fn statuses() -> Vec<&'static str> {
    STATUSES.iter().map(|(word, _)| *word).collect()
}

fn lives() -> Vec<&'static str> {
    LIVES.iter().map(|(word, _)| *word).collect()
}

/// Where a step may stand, as files name it.
pub(super) const STATUSES: [(&str, Status); 7] = [
    (Status::Open.word(), Status::Open),
    (Status::Begun.word(), Status::Begun),
    (Status::Done.word(), Status::Done),
    (Status::NotApplicable.word(), Status::NotApplicable),
    (Status::Failed.word(), Status::Failed),
    (Status::Deferred.word(), Status::Deferred),
    (Status::Closed.word(), Status::Closed),
];

/// Where an incident may stand, as files name it.
pub(super) const LIVES: [(&str, Life); 4] = [
    ("suspected", Life::Suspected),
    ("declared", Life::Declared),
    ("closed", Life::Closed),
    ("false_alarm", Life::FalseAlarm),
];

impl<'s> Expect<'s> {
    /// The lists of steps.
    pub(super) const fn groups(&self) -> [(Group, &Slot<Wanted<'s>>); 6] {
        [
            (Group::Open, &self.open),
            (Group::Done, &self.done),
            (Group::Closed, &self.closed),
            (Group::Overdue, &self.overdue),
            (Group::Escalated, &self.escalated),
            (Group::AwaitsApproval, &self.awaits_approval),
        ]
    }
}

/// What editors may be told of a playbook test.
#[must_use]
pub fn schema() -> Schema {
    File::schema(&must(Word::TITLE)).root("A playbook test of runbook")
}
