//! What an entry expects.

use super::super::model::{Expectation, Names, Spot, Wanted, Way};
use super::super::shape::{self, Figures};
use super::Reader;
use super::figure;
use super::lookup::{id, one_of};
use crate::engine::Timestamp;
use crate::playbook::reading::{Entries, OneOrMany, Slot, Span, Text, key};
use crate::playbook::{KpiId, Mark, StepId};

impl<'s> Reader<'_, '_, 's> {
    pub(super) fn expectations(&mut self, raw: &shape::Expect<'s>) -> Vec<Expectation> {
        let mut all = Vec::new();
        for (group, slot) in raw.groups() {
            let Some(wanted) = slot.given() else { continue };
            let (names, spot) = self.names(wanted, Self::step_id);
            all.push(one(spot, Wanted::Steps(group, names)));
        }
        if let Some(wanted) = raw.phases.given() {
            let (names, spot) = self.names(wanted, |reader, text| {
                reader.lookup.phase(text, reader.findings).map(|phase| phase.id.clone())
            });
            all.push(one(spot, Wanted::Phases(names)));
        }
        if let Some(OneOrMany(list)) = raw.next.given() {
            let steps = self.steps(&raw.next);
            self.not_empty(list.value.is_empty(), list.span, "next");
            all.push(one(spot(list.span), Wanted::Next(steps)));
        }
        all.extend(self.moved(&raw.opens, Way::Opened));
        all.extend(self.moved(&raw.closes, Way::Closed));
        all.extend(self.of_steps(raw));
        all.extend(self.of_the_whole(raw));
        all.sort_by_key(|expectation| expectation.spot.start);
        if all.is_empty() {
            let help = "name something that holds, such as `overdue: []`".to_owned();
            self.findings.error_help(raw.at, "nothing is expected here", help);
        }
        all
    }

    /// What is said step by step, milestone by milestone, figure by figure.
    fn of_steps(&mut self, raw: &shape::Expect<'s>) -> Vec<Expectation> {
        let mut all = Vec::new();
        let maps = [(&raw.status, "status"), (&raw.due, "due"), (&raw.milestones, "milestones")];
        for (slot, name) in maps {
            let empty = slot.given().filter(|entries| entries.value.is_empty());
            if let Some(entries) = empty {
                self.not_empty(true, entries.span, name);
            }
        }
        for (name, text) in given(&raw.status) {
            let step = self.step_id(name);
            let status = one_of("status", text, &shape::STATUSES, self.findings);
            let wanted = step.zip(status).map(|(step, status)| Wanted::Status(step, status));
            all.extend(wanted.map(|wanted| one(spot(text.span), wanted)));
        }
        for (name, text) in given(&raw.due) {
            let wanted = self.step_id(name).zip(self.maybe_time(text));
            let wanted = wanted.map(|(step, at)| Wanted::Due(step, at));
            all.extend(wanted.map(|wanted| one(spot(text.span), wanted)));
        }
        let marks: Vec<_> = Mark::ALL.iter().map(|mark| (mark.word(), *mark)).collect();
        for (name, text) in given(&raw.milestones) {
            let mark = one_of("milestone", name, &marks, self.findings);
            let wanted = mark.zip(self.maybe_time(text));
            let wanted = wanted.map(|(mark, at)| Wanted::Milestone(mark, at));
            all.extend(wanted.map(|wanted| one(spot(text.span), wanted)));
        }
        if let Some(figures) = raw.kpis.given() {
            let said =
                KpiId::ALL.iter().filter_map(|kpi| Some((*kpi, slot(figures, *kpi).given()?)));
            let said: Vec<_> = said.collect();
            self.not_empty(said.is_empty(), figures.at, "kpis");
            for (kpi, text) in said {
                let bound = figure::bound(kpi, text, self.findings);
                all.extend(bound.map(|bound| one(spot(text.span), Wanted::Figure(kpi, bound))));
            }
        }
        all
    }

    fn of_the_whole(&mut self, raw: &shape::Expect<'s>) -> Vec<Expectation> {
        let mut all = Vec::new();
        if let Some(text) = raw.state.given() {
            let life = one_of("state", text, &shape::LIVES, self.findings);
            all.extend(life.map(|life| one(spot(text.span), Wanted::Life(life))));
        }
        if let Some(flag) = raw.can_close.given() {
            all.push(one(spot(flag.span), Wanted::CanClose(flag.value)));
        }
        if let Some(text) = raw.leads_to.given() {
            all.extend(self.leads_to(text));
        }
        all
    }

    /// What an answer to a decision is to do: exactly this.
    pub(super) fn of_branch(&mut self, raw: &shape::Branch<'s>) -> Vec<Expectation> {
        let mut all = Vec::new();
        for (slot, way) in [(&raw.opens, Way::Opened), (&raw.closes, Way::Closed)] {
            let nothing =
                slot.is_absent().then(|| one(spot(raw.at), Wanted::Moved(way, Vec::new())));
            all.extend(self.moved(slot, way).or(nothing));
        }
        match raw.leads_to.given() {
            Some(text) => all.extend(self.leads_to(text)),
            None => all.push(one(spot(raw.at), Wanted::LeadsTo(None))),
        }
        all
    }

    fn moved(&mut self, slot: &Slot<OneOrMany<'s>>, way: Way) -> Option<Expectation> {
        let OneOrMany(list) = slot.given()?;
        Some(one(spot(list.span), Wanted::Moved(way, self.steps(slot))))
    }

    fn leads_to(&mut self, text: &Text<'s>) -> Option<Expectation> {
        if text.value.trim() == figure::NONE {
            return Some(one(spot(text.span), Wanted::LeadsTo(None)));
        }
        let playbook = id(text, self.findings)?;
        Some(one(spot(text.span), Wanted::LeadsTo(Some(playbook))))
    }

    fn names<T>(
        &mut self,
        wanted: &shape::Wanted<'s>,
        find: impl Fn(&mut Self, &Text<'s>) -> Option<T>,
    ) -> (Names<T>, Spot) {
        match wanted {
            shape::Wanted::Exactly(words) => {
                (Names::Exactly(self.all_of(words, &find)), spot(words.0.span))
            }
            shape::Wanted::Part(part) => {
                for (slot, name) in [(&part.has, "has"), (&part.lacks, "lacks")] {
                    let empty = slot.given().filter(|words| words.0.value.is_empty());
                    if let Some(words) = empty {
                        self.not_empty(true, words.0.span, name);
                    }
                }
                let has = part.has.given().map(|words| self.all_of(words, &find));
                let lacks = part.lacks.given().map(|words| self.all_of(words, &find));
                let (has, lacks) = (has.unwrap_or_default(), lacks.unwrap_or_default());
                (Names::Part { has, lacks }, spot(part.at))
            }
        }
    }

    fn all_of<T>(
        &mut self,
        words: &OneOrMany<'s>,
        find: &impl Fn(&mut Self, &Text<'s>) -> Option<T>,
    ) -> Vec<T> {
        words.0.value.iter().flatten().filter_map(|text| find(self, text)).collect()
    }

    fn step_id(&mut self, text: &Text<'s>) -> Option<StepId> {
        self.lookup.step(text, self.findings).map(|step| step.id.clone())
    }

    /// A time, or that there is none; nothing where it is neither.
    #[expect(clippy::option_option, reason = "a word that says nothing, `none`, or a time")]
    fn maybe_time(&mut self, text: &Text<'s>) -> Option<Option<Timestamp>> {
        if text.value.trim() == figure::NONE {
            return Some(None);
        }
        self.offset(text, super::zero()).map(Some)
    }

    pub(super) fn not_empty(&mut self, empty: bool, span: Span, name: &str) {
        if empty {
            let help = "write a value, or leave the key out".to_owned();
            self.findings.error_help(span, format!("{} is empty", key(name)), help);
        }
    }
}

fn one(spot: Spot, wanted: Wanted) -> Expectation {
    Expectation { spot, wanted }
}

fn spot(span: Span) -> Spot {
    span.start..span.end
}

/// The sound entries of a map.
fn given<'r, 's>(
    slot: &'r Slot<Entries<'s, Text<'s>>>,
) -> impl Iterator<Item = (&'r Text<'s>, &'r Text<'s>)> {
    let entries = slot.given().map_or(&[][..], |entries| &entries.value);
    entries.iter().filter_map(|(name, text)| Some((name, text.as_ref()?)))
}

const fn slot<'r, 's>(figures: &'r Figures<'s>, kpi: KpiId) -> &'r Slot<Text<'s>> {
    match kpi {
        KpiId::TimeToDetect => &figures.time_to_detect,
        KpiId::TimeToAcknowledge => &figures.time_to_acknowledge,
        KpiId::TimeToDeclare => &figures.time_to_declare,
        KpiId::OnsetToDeclare => &figures.onset_to_declare,
        KpiId::TimeToFirstOutreach => &figures.time_to_first_outreach,
        KpiId::TimeToFirstReached => &figures.time_to_first_reached,
        KpiId::HighRiskReached => &figures.high_risk_reached_12h,
        KpiId::Downtime => &figures.downtime,
        KpiId::StepOnTimeRate => &figures.step_on_time_rate,
        KpiId::HandOverGaps => &figures.hand_over_gaps,
    }
}
