//! One entry of a script: when, what, and what holds afterwards.

use super::super::model::{Act, Deed, Entry, Work, zero};
use super::super::shape;
use super::Reader;
use super::lookup::one_of;
use crate::engine::{Intent, Timestamp};
use crate::playbook::StepId;
use crate::playbook::reading::{Slot, Span, key};

impl<'s> Reader<'_, '_, 's> {
    pub(super) fn entry(
        &mut self,
        raw: &shape::Entry<'s>,
        before: Timestamp,
        except: &[StepId],
    ) -> Entry {
        let at = self.moment(raw, before);
        let verbs = verbs(raw);
        let second = verbs.get(1).copied();
        if let Some((name, span)) = second {
            let message = format!("an entry says one thing, and {} is the second", key(name));
            let help = "put it in an entry of its own: `- {at: …, …}`".to_owned();
            self.findings.error_help(span, message, help);
        }
        let act = match verbs.first() {
            None => None,
            Some(("work", span)) => self.work(raw, *span, except).map(Act::Work),
            Some((_, span)) => Some(Act::Record(self.deed(raw, *span, at))),
        };
        let verb = verbs.first().map(|(name, _)| *name);
        self.modifiers(raw, verb);
        let expect = raw.expect.given().map(|raw| self.expectations(raw)).unwrap_or_default();
        if verb.is_none() && raw.expect.is_absent() {
            let help = "say what is done, or what to `expect`".to_owned();
            self.findings.error_help(raw.at, "nothing happens in this entry", help);
        }
        Entry { at, act, expect }
    }

    /// When the entry happens: never before the one above it.
    fn moment(&mut self, raw: &shape::Entry<'s>, before: Timestamp) -> Timestamp {
        let Some(at) = self.time(&raw.time, before) else { return before };
        if let Some(text) = raw.time.given().filter(|_| at < before) {
            let message = "the clock does not run backwards: this is before the entry above";
            let help = "for what is written down late: `happened:`".to_owned();
            self.findings.error_help(text.span, message, help);
        }
        at.max(before)
    }

    fn work(&mut self, raw: &shape::Entry<'s>, span: Span, except: &[StepId]) -> Option<Work> {
        let pace = one_of("way to work", raw.work.given()?, &shape::PACES, self.findings)?;
        let mut except = except.to_vec();
        except.extend(self.steps(&raw.except));
        Some(Work { spot: span.start..span.end, pace, except })
    }

    fn deed(&mut self, raw: &shape::Entry<'s>, span: Span, at: Timestamp) -> Deed {
        let intents = self.intents(raw, at);
        if intents.is_empty() && !self.findings.any_error() {
            let help = "name a step, a role or a service".to_owned();
            self.findings.error_help(span, "nothing is named here", help);
        }
        if let Some(set) = raw.set.given() {
            self.not_empty(set.value.is_empty(), set.span, "set");
        }
        if let Some(text) = raw.refused.given() {
            self.not_empty(text.value.trim().is_empty(), text.span, "refused");
        }
        let by = raw.by.given().and_then(|text| self.person(text));
        let happened = self.time(&raw.happened, at);
        let refused = raw
            .refused
            .given()
            .map(|text| (text.value.trim().to_owned(), text.span.start..text.span.end));
        for intent in &intents {
            self.declared_at_zero(intent, span, happened.unwrap_or(at));
        }
        Deed { spot: span.start..span.end, intents, by, happened, refused }
    }

    /// Every time of the file counts from T+0, so that the declaration has to be there.
    fn declared_at_zero(&mut self, intent: &Intent, span: Span, at: Timestamp) {
        let declares = matches!(intent, Intent::Declare)
            || matches!(intent, Intent::Mark { mark: crate::playbook::Mark::Declared, .. });
        if declares && at != zero() {
            let message = "every time here counts from T+0, so it is declared at 0m";
            let help = "write `at: 0m`, or `happened: 0m` where it is written down late".to_owned();
            self.findings.error_help(span, message, help);
        }
    }

    /// Reports the keys that say nothing with this verb.
    fn modifiers(&mut self, raw: &shape::Entry<'s>, verb: Option<&str>) {
        let is = |verbs: &[&str]| verb.is_some_and(|verb| verbs.contains(&verb));
        let reasons = [
            "done", "skip", "fail", "defer", "reopen", "approve", "decide", "handover", "close",
            "escalate",
        ];
        let recorded = verb.is_some_and(|verb| verb != "work");
        let ready = raw.close.given().is_some_and(|text| text.value == "ready");
        let all: [(&Slot<_>, &str, bool, &str); 7] = [
            (&raw.happened, "happened", recorded, "something that is recorded"),
            (&raw.by, "by", recorded, "something that is recorded"),
            (&raw.refused, "refused", recorded, "something that is recorded"),
            (
                &raw.reason,
                "reason",
                is(&reasons) && !ready,
                "an answer, a hand-over or `close: anyway`",
            ),
            (&raw.until, "until", is(&["defer"]), "`defer`"),
            (
                &raw.initials,
                "initials",
                is(&["done", "decide", "approve"]),
                "`done`, `decide` and `approve`",
            ),
            (&raw.service, "service", is(&["mark"]), "`mark`"),
        ];
        for (slot, name, _, with) in all.into_iter().filter(|(_, _, fits, _)| !fits) {
            let at = slot.given().map_or(raw.at, |text| text.span);
            self.stray(slot, at, name, with);
        }
        if !is(&["done"]) {
            let at = raw.set.given().map_or(raw.at, |entries| entries.span);
            self.stray(&raw.set, at, "set", "`done`");
        }
        if !is(&["assign"]) {
            let at = raw.deputy.given().map_or(raw.at, |flag| flag.span);
            self.stray(&raw.deputy, at, "deputy", "`assign`");
        }
        if !is(&["work"]) {
            let at = raw.except.given().map_or(raw.at, |words| words.0.span);
            self.stray(&raw.except, at, "except", "`work`");
        }
    }
}

/// What an entry does, in the order of the table, with where that is said.
fn verbs(raw: &shape::Entry<'_>) -> Vec<(&'static str, Span)> {
    let list = [
        ("begin", &raw.begin),
        ("done", &raw.done),
        ("skip", &raw.skip),
        ("fail", &raw.fail),
        ("defer", &raw.defer),
        ("reopen", &raw.reopen),
        ("approve", &raw.approve),
        ("classify", &raw.classify),
    ]
    .map(|(name, slot)| (name, place(slot, raw.at, |words| words.0.span)));
    let maps = [
        ("decide", &raw.decide),
        ("assign", &raw.assign),
        ("release", &raw.release),
        ("handover", &raw.handover),
    ]
    .map(|(name, slot)| (name, place(slot, raw.at, |entries| entries.span)));
    let words = [
        ("mark", &raw.mark),
        ("note", &raw.note),
        ("escalate", &raw.escalate),
        ("false_alarm", &raw.false_alarm),
        ("close", &raw.close),
        ("work", &raw.work),
    ]
    .map(|(name, slot)| (name, place(slot, raw.at, |text| text.span)));
    let all = list.into_iter().chain(maps).chain(words);
    let mut said: Vec<_> = all.filter_map(|(name, span)| Some((name, span?))).collect();
    said.sort_by_key(|(_, span)| span.start);
    said
}

/// Where the value of a key stands; the whole entry where it could not be read; nothing where the key
/// was not written.
fn place<T>(slot: &Slot<T>, entry: Span, span: impl Fn(&T) -> Span) -> Option<Span> {
    match slot {
        Slot::Absent => None,
        Slot::Faulty => Some(entry),
        Slot::Given(value) => Some(span(value)),
    }
}
