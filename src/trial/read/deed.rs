//! What an entry records.

use super::super::model::zero;
use super::super::shape;
use super::Reader;
use super::lookup::{self, id, one_of};
use crate::engine::{Intent, Text as Words, Timestamp};
use crate::playbook::reading::{Entries, OneOrMany, Slot, Text};
use crate::playbook::{Form, Mark, NoteKind, ServiceId, Step};

/// Why, where a record needs a reason and the test gives none.
const REASON: &str = "as the test says";

/// The initials of whoever answers a critical step in a test.
pub(in crate::trial) const INITIALS: &str = "TEST";

/// What an entry says beside its verb.
struct Beside {
    /// Why, in the words of the test or in ours.
    reason: Words,
    /// Why, if the test says so.
    because: Option<Words>,
    initials: Option<String>,
}

impl Beside {
    /// The initials of an answer to this step: those given, or ours where it is critical.
    fn signed(&self, step: &Step) -> Option<String> {
        self.initials.clone().or_else(|| step.critical.then(|| INITIALS.to_owned()))
    }
}

impl<'s> Reader<'_, '_, 's> {
    /// What is to be recorded, in order.
    pub(super) fn intents(&mut self, raw: &shape::Entry<'s>, at: Timestamp) -> Vec<Intent> {
        let because = raw.reason.given().and_then(|text| self.words(text)).map(Words::Plain);
        let beside = Beside {
            reason: because.clone().unwrap_or_else(|| Words::Plain(REASON.to_owned())),
            because,
            initials: raw.initials.given().map(|text| text.value.trim().to_owned()),
        };
        let mut all = self.answers_to_steps(raw, &beside, at);
        all.extend(self.decisions(raw, &beside));
        all.extend(self.milestone(raw));
        all.extend(self.roles(raw, &beside));
        all.extend(self.of_the_incident(raw, &beside));
        all
    }

    fn answers_to_steps(
        &mut self,
        raw: &shape::Entry<'s>,
        beside: &Beside,
        at: Timestamp,
    ) -> Vec<Intent> {
        let reason = || beside.reason.clone();
        let mut all = Vec::new();
        all.extend(self.each(&raw.begin, |step| Intent::Begin { step: step.id.clone() }));
        all.extend(self.done(raw, beside, at));
        all.extend(
            self.each(&raw.skip, |step| Intent::Skip { step: step.id.clone(), reason: reason() }),
        );
        all.extend(
            self.each(&raw.fail, |step| Intent::Fail { step: step.id.clone(), reason: reason() }),
        );
        all.extend(self.deferred(raw, beside, at));
        all.extend(
            self.each(&raw.reopen, |step| Intent::Reopen {
                step: step.id.clone(),
                reason: reason(),
            }),
        );
        all.extend(self.each(&raw.approve, |step| Intent::Approve {
            step: step.id.clone(),
            reason: beside.because.clone(),
            initials: beside.signed(step),
        }));
        all
    }

    fn each(
        &mut self,
        slot: &Slot<OneOrMany<'s>>,
        intent: impl Fn(&Step) -> Intent,
    ) -> Vec<Intent> {
        let Some(OneOrMany(list)) = slot.given() else { return Vec::new() };
        let words = list.value.iter().flatten();
        words.filter_map(|text| self.lookup.step(text, self.findings)).map(intent).collect()
    }

    fn done(&mut self, raw: &shape::Entry<'s>, beside: &Beside, at: Timestamp) -> Vec<Intent> {
        let Some(OneOrMany(list)) = raw.done.given() else { return Vec::new() };
        let words: Vec<&Text<'s>> = list.value.iter().flatten().collect();
        let set = raw.set.given();
        if let Some(set) = set.filter(|_| words.len() > 1) {
            let message = "`set` answers what one step asks for";
            let help = "put each step in an entry of its own".to_owned();
            self.findings.error_help(set.span, message, help);
        }
        let mut all = Vec::with_capacity(words.len());
        for text in words {
            let Some(step) = self.lookup.step(text, self.findings) else { continue };
            if let Form::Decision(decision) = &step.form {
                let options: Vec<&str> = decision.options.iter().map(|it| it.id.as_str()).collect();
                let message = format!("{} is a decision", step.id);
                let help = format!("write `decide: {{{}: {}}}`", step.id, options.join("|"));
                self.findings.error_help(text.span, message, help);
                continue;
            }
            let given = set.map(|set| self.given(step, set, at)).unwrap_or_default();
            all.push(Intent::Done {
                step: step.id.clone(),
                answers: given.into_iter().collect(),
                note: beside.because.clone(),
                initials: beside.signed(step),
            });
        }
        all
    }

    fn deferred(&mut self, raw: &shape::Entry<'s>, beside: &Beside, at: Timestamp) -> Vec<Intent> {
        if raw.defer.is_absent() {
            return Vec::new();
        }
        raw.until.required("until", raw.at, self.findings);
        let until = self.time(&raw.until, at).unwrap_or_else(zero);
        self.each(&raw.defer, |step| Intent::Defer {
            step: step.id.clone(),
            until,
            reason: beside.reason.clone(),
        })
    }

    fn decisions(&mut self, raw: &shape::Entry<'s>, beside: &Beside) -> Vec<Intent> {
        let Some(entries) = raw.decide.given() else { return Vec::new() };
        let mut all = Vec::with_capacity(entries.value.len());
        for (name, option) in &entries.value {
            let step = self.lookup.step(name, self.findings);
            let (Some(step), Some(text)) = (step, option) else { continue };
            let Some(option) = lookup::option(step, text, self.findings) else { continue };
            all.push(Intent::Decide {
                step: step.id.clone(),
                option: option.to_string(),
                because: beside.because.clone(),
                initials: beside.signed(step),
            });
        }
        all
    }

    fn milestone(&mut self, raw: &shape::Entry<'s>) -> Option<Intent> {
        let words: Vec<(&'static str, Mark)> =
            Mark::ALL.iter().map(|mark| (mark.word(), *mark)).collect();
        let mark = one_of("milestone", raw.mark.given()?, &words, self.findings)?;
        let service: Option<ServiceId> =
            raw.service.given().and_then(|text| id(text, self.findings));
        if let Some(text) = raw.service.given().filter(|_| !mark.per_service()) {
            let message = format!("{mark} is of the whole incident, not of one service");
            self.findings.error_help(text.span, message, "leave `service` out".to_owned());
        }
        Some(Intent::Mark { mark, service })
    }

    fn roles(&mut self, raw: &shape::Entry<'s>, beside: &Beside) -> Vec<Intent> {
        let mut of = |slot: &Slot<Entries<'s, Text<'s>>>| {
            slot.given().map(|entries| self.people(entries)).unwrap_or_default()
        };
        let (assigned, released, passed) = (of(&raw.assign), of(&raw.release), of(&raw.handover));
        let deputy = raw.deputy.given().is_some_and(|flag| flag.value);
        let assign = |(role, person)| Intent::Assign { role, person, deputy };
        let release = |(role, person)| Intent::Release { role, person };
        let pass = |(role, to)| {
            let (note, confirmed) = (beside.because.clone(), Vec::new());
            Intent::HandOver { role, to, note, confirmed }
        };
        let roles = assigned.into_iter().map(assign).chain(released.into_iter().map(release));
        roles.chain(passed.into_iter().map(pass)).collect()
    }

    fn of_the_incident(&mut self, raw: &shape::Entry<'s>, beside: &Beside) -> Option<Intent> {
        if let Some(OneOrMany(list)) = raw.classify.given() {
            let words = list.value.iter().flatten();
            let services = words.filter_map(|text| id(text, self.findings)).collect();
            return Some(Intent::Classify { cause: None, services, scope: None });
        }
        if let Some(text) = raw.note.given() {
            let text = Words::Plain(self.words(text)?);
            return Some(Intent::Note { kind: NoteKind::Situation, text });
        }
        if let Some(text) = raw.escalate.given() {
            let playbook = id(text, self.findings)?;
            let (incident, reason) = (format!("x-{playbook}-test"), beside.reason.clone());
            return Some(Intent::Escalate { incident, playbook, reason });
        }
        if let Some(text) = raw.false_alarm.given() {
            return Some(Intent::FalseAlarm { reason: Words::Plain(self.words(text)?) });
        }
        let text = raw.close.given()?;
        let anyway = one_of("way to close", text, &shape::CLOSINGS, self.findings)?;
        Some(Intent::Close { anyway: anyway.then(|| beside.reason.clone()) })
    }
}
