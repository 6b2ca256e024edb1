//! Answers to steps.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::fit::{fits, has_happened};
use super::{Advice, Refusal, State, Verdict, already};
use crate::engine::event::{Event, StepDone};
use crate::engine::intent::{Intent, Request};
use crate::engine::opening::turns_at;
use crate::engine::schedule::{Gate, Status, StepView, gate_before, views_of};
use crate::engine::service::holds_for_all;
use crate::engine::state::{Moment, Outcome};
use crate::engine::text::{Person, Text};
use crate::engine::time::Timestamp;
use crate::playbook::{Field, FieldId, Form, Mark, Playbook, Step};

pub(super) fn answer(
    book: &Playbook,
    state: &State,
    now: Timestamp,
    request: &Request,
) -> Result<Verdict, Refusal> {
    let Some(id) = request.intent.step() else { return Err(Refusal::NothingToRecord) };
    let step = super::find_step(book, id.as_str())?;
    let of_step = views_of(book, state, now, &step.id);
    let turns = turns_at(&of_step, request.occurred.unwrap_or(now));
    let Some(view) = turns.last() else { return Err(Refusal::NothingToRecord) };
    let case = Case { state, now, request, step, view, turns };
    match &request.intent {
        Intent::Reopen { reason, .. } => case.reopen(reason),
        Intent::Approve { reason, initials, .. } => {
            case.approve(reason.as_ref(), initials.as_deref())
        }
        _ => case.outcome(),
    }
}

/// People write times to the minute: two that are closer than this are the same.
const SAME_TIME: TimeDelta = TimeDelta::minutes(1);

/// One intent about one step.
struct Case<'a, 'b> {
    state: &'a State,
    now: Timestamp,
    request: &'a Request,
    step: &'a Step,
    /// The newest occurrence.
    view: &'b StepView<'a>,
    /// All of them; more than one of a step that repeats, or is asked for again after a relapse.
    turns: &'b [StepView<'a>],
}

impl<'a, 'b> Case<'a, 'b> {
    /// The occurrence before the newest one.
    fn earlier(&self) -> Option<&'b StepView<'a>> {
        self.turns.iter().rev().nth(1)
    }

    /// The moment at which it is judged: what is written down later was possible or not when it
    /// happened.
    fn at(&self) -> Timestamp {
        self.request.occurred.unwrap_or(self.now)
    }

    fn outcome(&self) -> Result<Verdict, Refusal> {
        let event = self.event()?;
        let begins = matches!(event, Event::StepBegun { .. });
        let repeated = if begins { self.begun()? } else { self.repeated(&event)? };
        if let Some(verdict) = repeated {
            return Ok(verdict);
        }
        self.still_open()?;
        Ok(Verdict::Record(vec![event], self.advice()))
    }

    fn event(&self) -> Result<Event, Refusal> {
        let (step, occurrence) = (self.step.id.clone(), self.view.occurrence);
        match &self.request.intent {
            Intent::Begin { .. } => Ok(Event::StepBegun { step, occurrence }),
            Intent::Done { answers, note, initials, .. } => {
                self.takes_done()?;
                Ok(Event::StepDone(StepDone {
                    step,
                    occurrence,
                    answers: self.answers(answers)?,
                    note: note.clone(),
                    initials: self.initials(initials.as_deref())?,
                    milestone: self.step.milestone,
                }))
            }
            Intent::Skip { reason, .. } => {
                Ok(Event::StepSkipped { step, occurrence, reason: reason.clone() })
            }
            Intent::Fail { reason, .. } => {
                Ok(Event::StepFailed { step, occurrence, reason: reason.clone() })
            }
            Intent::Defer { until, reason, .. } => {
                if *until <= self.at() {
                    return Err(Refusal::DeferredIntoPast { until: *until, now: self.at() });
                }
                let (until, reason) = (*until, reason.clone());
                Ok(Event::StepDeferred { step, occurrence, until, reason })
            }
            Intent::Decide { option, because, initials, .. } => {
                self.decision(option, because.as_ref(), initials.as_deref())
            }
            Intent::Declare
            | Intent::FalseAlarm { .. }
            | Intent::Close { .. }
            | Intent::Classify { .. }
            | Intent::Escalate { .. }
            | Intent::Mark { .. }
            | Intent::Assign { .. }
            | Intent::Release { .. }
            | Intent::HandOver { .. }
            | Intent::ChangeSite { .. }
            | Intent::Reopen { .. }
            | Intent::Approve { .. }
            | Intent::Note { .. }
            | Intent::NoteFinding { .. }
            | Intent::SetReportField { .. }
            | Intent::AddAction { .. }
            | Intent::UpdateAction { .. }
            | Intent::CloseAction { .. }
            | Intent::ReopenAction { .. }
            | Intent::VerifyAction { .. }
            | Intent::FinishReview { .. }
            | Intent::Ready(_)
            | Intent::Correct { .. }
            | Intent::Withdraw { .. }
            | Intent::DeliverInject { .. }
            | Intent::AddInject { .. }
            | Intent::HoldInject { .. }
            | Intent::SkipInject { .. }
            | Intent::Observe { .. }
            | Intent::Rate { .. }
            | Intent::SetClock { .. }
            | Intent::Interrupt { .. }
            | Intent::EndExercise { .. } => Err(Refusal::NothingToRecord),
        }
    }

    fn takes_done(&self) -> Result<(), Refusal> {
        let step = self.step.id.clone();
        if let Form::Decision(decision) = &self.step.form {
            let options = decision.options.iter().map(|choice| choice.id.to_string()).collect();
            return Err(Refusal::IsDecision { step, options });
        }
        if is_own_approval(self.step) {
            return Err(Refusal::IsApproval { step });
        }
        Ok(())
    }

    fn decision(
        &self,
        word: &str,
        because: Option<&Text>,
        initials: Option<&str>,
    ) -> Result<Event, Refusal> {
        let step = self.step.id.clone();
        let Form::Decision(decision) = &self.step.form else {
            return Err(Refusal::NoDecision { step });
        };
        let Some(choice) = decision.options.iter().find(|choice| choice.id.as_str() == word) else {
            let options = decision.options.iter().map(|choice| choice.id.to_string()).collect();
            return Err(Refusal::UnknownOption { step, word: word.to_owned(), options });
        };
        Ok(Event::DecisionTaken {
            step,
            occurrence: self.view.occurrence,
            option: choice.id.clone(),
            because: because.cloned(),
            initials: self.initials(initials)?,
            milestone: self.step.milestone,
        })
    }

    fn initials(&self, given: Option<&str>) -> Result<Option<String>, Refusal> {
        let Some(given) = given else {
            let step = self.step.id.clone();
            return if self.step.critical {
                Err(Refusal::NeedsInitials { step })
            } else {
                Ok(None)
            };
        };
        initials(given).map(Some)
    }

    fn answers(&self, given: &BTreeMap<String, Text>) -> Result<BTreeMap<FieldId, Text>, Refusal> {
        let fields: &[Field] = match &self.step.form {
            Form::Collect(fields) => fields,
            Form::Action
            | Form::Decision(_)
            | Form::Message(_)
            | Form::Outreach(_)
            | Form::Check(_) => &[],
        };
        let step = || self.step.id.clone();
        let known = |word: &str| fields.iter().find(|field| field.id.as_str() == word);
        let mut answers = BTreeMap::new();
        for (word, text) in given {
            let Some(field) = known(word) else {
                let fields = fields.iter().map(|field| field.id.to_string()).collect();
                return Err(Refusal::UnknownField { step: step(), word: word.clone(), fields });
            };
            fits(field, text)?;
            has_happened(field, text, self.now)?;
            answers.insert(field.id.clone(), text.clone());
        }
        let missing: Vec<(String, String)> = fields
            .iter()
            .filter(|field| field.required && !answers.contains_key(&field.id))
            .map(|field| (field.id.to_string(), field.ask.clone()))
            .collect();
        if missing.is_empty() {
            Ok(answers)
        } else {
            Err(Refusal::MissingAnswers { step: step(), fields: missing })
        }
    }

    /// The same answer by the same person is answered with the first one's record; another answer to
    /// a question that has one is refused, because it would contradict the record.
    fn repeated(&self, event: &Event) -> Result<Option<Verdict>, Refusal> {
        if let Some(verdict) = self.same_turn(event)?.or(self.too_soon(event)?) {
            return Ok(Some(verdict));
        }
        let Some(moment) = self.view.answer.outcome.moment() else { return Ok(None) };
        let same_person = moment.by == self.request.actor.person;
        let standing = self.event_of(&self.view.answer.outcome);
        if same_person && standing.as_ref() == Some(event) && self.same_time(moment) {
            return Ok(Some(already(self.state, moment)));
        }
        let settled = self.view.answer.outcome.is_settled();
        let same_kind = standing.is_some_and(|standing| {
            std::mem::discriminant(&standing) == std::mem::discriminant(event)
        });
        match (settled, same_person && same_kind) {
            (true, true) => Err(self.other_content(moment)),
            // Not applicable is an opinion of the hour; doing it after all contradicts nothing.
            (true, false) if self.view.status == Status::NotApplicable && !same_kind => Ok(None),
            (true, false) => Err(self.settled(self.view.status, moment)),
            (false, _) => Ok(None),
        }
    }

    /// One person does not answer one step twice in one minute: what names the minute of an earlier
    /// turn is about that turn, whatever has come since, and under whatever key.
    fn same_turn(&self, event: &Event) -> Result<Option<Verdict>, Refusal> {
        let (Some(at), [before @ .., _]) = (self.request.occurred, self.turns) else {
            return Ok(None);
        };
        let near = |moment: &&Moment| (self.state.time_of(moment) - at).abs() < SAME_TIME;
        let mine = |moment: &&Moment| moment.by == self.request.actor.person;
        for turn in before {
            let outcome = &turn.answer.outcome;
            let Some(moment) = outcome.moment().filter(near).filter(mine) else { continue };
            if self.event_of(outcome).as_ref() == Some(event) {
                return Ok(Some(already(self.state, moment)));
            }
            return Err(self.other_content(moment));
        }
        Ok(None)
    }

    /// A step that repeats opens its next occurrence at once; the same answer pressed twice, or by
    /// two people about one and the same turn, must not answer that one too. A deliberate second
    /// answer within a quarter of the interval takes a key; whatever differs is a fact of its own.
    fn too_soon(&self, event: &Event) -> Result<Option<Verdict>, Refusal> {
        let answer = self.view.answer;
        let untouched = matches!(answer.outcome, Outcome::Open) && answer.begun.is_none();
        let earlier = self.earlier().filter(|_| untouched && self.request.key.is_none());
        let (Some(repeat), Some(earlier)) = (self.step.repeat, earlier) else { return Ok(None) };
        let Some(before) = earlier.answer.outcome.moment() else { return Ok(None) };
        let since = self.at() - self.state.time_of(before);
        let soon = since >= TimeDelta::zero() && since < repeat.every / 4;
        if !soon || self.event_of(&earlier.answer.outcome).as_ref() != Some(event) {
            return Ok(None);
        }
        if before.by == self.request.actor.person {
            return self.already(before).map(Some);
        }
        if matches!(event, Event::StepDone(_)) {
            return Err(self.settled(earlier.status, before));
        }
        Ok(None)
    }

    /// A repeat that names another time says something else; one that names none does not.
    fn same_time(&self, moment: &Moment) -> bool {
        let recorded = [moment.at, self.state.time_of(moment)];
        let near = |at: Timestamp| recorded.iter().any(|was| (at - *was).abs() < SAME_TIME);
        self.request.occurred.is_none_or(near)
    }

    fn already(&self, moment: &Moment) -> Result<Verdict, Refusal> {
        if self.same_time(moment) {
            Ok(already(self.state, moment))
        } else {
            Err(self.other_content(moment))
        }
    }

    fn other_content(&self, moment: &Moment) -> Refusal {
        let (step, at) = (self.step.id.clone(), self.state.time_of(moment));
        Refusal::OtherContent { step, at, record: moment.record.clone() }
    }

    fn settled(&self, status: Status, moment: &Moment) -> Refusal {
        Refusal::Settled {
            step: self.step.id.clone(),
            status: status.word(),
            by: moment.by.clone(),
            at: self.state.time_of(moment),
            record: moment.record.clone(),
        }
    }

    /// Only the person who works on a step begins it in vain. A second helper is a fact, and after a
    /// failure or a deferral so is the next try.
    fn begun(&self) -> Result<Option<Verdict>, Refusal> {
        let answer = self.view.answer;
        if let Some(moment) = answer.outcome.moment().filter(|_| answer.outcome.is_settled()) {
            let before = self.request.occurred.is_some_and(|at| at < self.state.time_of(moment));
            return match &answer.begun {
                None if before => Ok(None),
                Some(begun) if before && begun.by == self.request.actor.person => {
                    self.already(begun).map(Some)
                }
                Some(_) | None => Err(self.settled(self.view.status, moment)),
            };
        }
        let open = matches!(answer.outcome, Outcome::Open);
        let mine = |begun: &&Moment| open && begun.by == self.request.actor.person;
        answer.begun.as_ref().filter(mine).map(|begun| self.already(begun)).transpose()
    }

    /// The event that would give this answer to the newest occurrence.
    fn event_of(&self, outcome: &Outcome) -> Option<Event> {
        let (step, occurrence) = (self.step.id.clone(), self.view.occurrence);
        match outcome.clone() {
            Outcome::Open | Outcome::Approved { .. } => None,
            Outcome::Done { done, .. } => Some(Event::StepDone(StepDone { occurrence, ..done })),
            Outcome::Decided { option, because, initials, .. } => {
                let milestone = self.step.milestone;
                Some(Event::DecisionTaken {
                    step,
                    occurrence,
                    option,
                    because,
                    initials,
                    milestone,
                })
            }
            Outcome::NotApplicable { reason, .. } => {
                Some(Event::StepSkipped { step, occurrence, reason })
            }
            Outcome::Failed { reason, .. } => Some(Event::StepFailed { step, occurrence, reason }),
            Outcome::Deferred { until, reason, .. } => {
                Some(Event::StepDeferred { step, occurrence, until, reason })
            }
        }
    }

    /// What a decision or a milestone closed only later, or within the same minute, was open when it
    /// happened.
    fn still_open(&self) -> Result<(), Refusal> {
        let step = self.step.id.clone();
        let gate = match self.request.occurred {
            Some(at) => gate_before(self.state, self.step, at),
            None => self.view.gate,
        };
        if let Gate::ClosedBy(decision) = gate {
            let option = self.state.steps().decision(decision);
            let option = option.map(ToString::to_string).unwrap_or_default();
            return Err(Refusal::ClosedByDecision { step, decision: decision.clone(), option });
        }
        let until = self.step.repeat.and_then(|repeat| repeat.until);
        let over = |mark: &Mark| match self.request.occurred {
            Some(at) => holds_for_all(self.state, *mark).is_some_and(|since| since < at),
            None => self.view.status == Status::Closed && gate == Gate::Open,
        };
        match until.filter(over) {
            Some(mark) => Err(Refusal::RepeatOver { step, mark }),
            None => Ok(()),
        }
    }

    fn reopen(&self, reason: &Text) -> Result<Verdict, Refusal> {
        let answered = match (&self.view.answer.outcome, self.earlier()) {
            (Outcome::Open, Some(before)) if self.view.answer.begun.is_none() => before,
            _ => self.view,
        };
        if matches!(answered.answer.outcome, Outcome::Open) {
            return Err(Refusal::NotAnswered { step: self.step.id.clone() });
        }
        let (step, occurrence) = (self.step.id.clone(), answered.occurrence);
        Ok(super::one(Event::StepReopened { step, occurrence, reason: reason.clone() }))
    }

    fn approve(&self, reason: Option<&Text>, initials: Option<&str>) -> Result<Verdict, Refusal> {
        let step = self.step.id.clone();
        let Some(approval) = &self.step.approval else {
            return Err(Refusal::NoApproval { step });
        };
        let untouched = matches!(self.view.answer.outcome, Outcome::Open);
        let target = self.earlier().filter(|before| untouched && before.awaits_approval);
        let target = target.unwrap_or(self.view);
        let answer = target.answer;
        let me = self.request.actor.person.as_ref();
        if let Some((moment, _)) = answer.approvals.iter().find(|(m, _)| m.by.as_ref() == me) {
            return self.already(moment);
        }
        if let Outcome::NotApplicable { moment, .. } = &answer.outcome {
            return Err(self.settled(target.status, moment));
        }
        if !answer.outcome.is_finished() && !is_own_approval(self.step) {
            return Err(Refusal::NothingToApprove { step, role: self.step.role.clone() });
        }
        self.still_open()?;
        let did = |m: &Moment| m.by.is_some() && m.by.as_ref() == me;
        let own_work = !is_own_approval(self.step) && answer.outcome.moment().is_some_and(did);
        let mut advice = self.advice_for(&approval.by);
        if let (true, Some(person)) = (own_work, me) {
            if reason.is_none() {
                return Err(Refusal::OwnWork { step, person: person.clone() });
            }
            advice.push(Advice::OwnWork(person.clone()));
        }
        // Where the work came first, it reached the milestone.
        let milestone = self.step.milestone.filter(|_| !answer.outcome.is_finished());
        let (occurrence, reason) = (target.occurrence, reason.cloned());
        let initials = self.initials(initials)?;
        let event = Event::StepApproved { step, occurrence, own_work, reason, initials, milestone };
        Ok(Verdict::Record(vec![event], advice))
    }

    fn advice(&self) -> Vec<Advice> {
        let mut advice = self.advice_for(&self.step.role);
        if let Gate::WaitsFor(decision) = self.view.gate {
            advice.push(Advice::WaitsFor(decision.clone()));
        }
        let answered = |id| self.state.steps().of(id).iter().any(|o| o.outcome.is_settled());
        let open: Vec<_> = self.step.needs.iter().filter(|id| !answered(id)).cloned().collect();
        if !open.is_empty() {
            advice.push(Advice::NeedsOpen(open));
        }
        if let (Intent::Decide { option, .. }, Form::Decision(decision)) =
            (&self.request.intent, &self.step.form)
        {
            let chosen = decision.options.iter().find(|choice| choice.id.as_str() == option);
            advice.extend(chosen.and_then(|c| c.leads_to.clone()).map(Advice::LeadsTo));
        }
        advice
    }

    /// Performed by somebody else than the holder is normal for work, but worth saying where the
    /// role is held by others and the step is an approval or critical.
    fn advice_for(&self, role: &crate::playbook::RoleId) -> Vec<Advice> {
        let person: Option<&Person> = self.request.actor.person.as_ref();
        let held = self.state.holders(role).next().is_some();
        let holds = |p: &&Person| self.state.holders(role).any(|tenure| tenure.person == **p);
        let matters = self.step.critical || self.step.approval.is_some();
        let stranger = person.filter(|p| matters && held && !holds(p));
        stranger.map(|p| Advice::NotHolder(p.clone(), role.clone())).into_iter().collect()
    }
}

/// Nobody does the work first: agreeing *is* the step.
fn is_own_approval(step: &Step) -> bool {
    step.approval.as_ref().is_some_and(|approval| approval.by == step.role)
}

/// Initials as they stand in a record: two to five letters.
///
/// # Errors
/// [`Refusal::BadInitials`] for anything else.
pub fn initials(given: &str) -> Result<String, Refusal> {
    let given = given.trim();
    let letters = given.chars().count();
    if !(2..=5).contains(&letters) || !given.chars().all(char::is_alphabetic) {
        return Err(Refusal::BadInitials { given: given.to_owned() });
    }
    Ok(written(given))
}

/// The same letters, whichever way they were typed.
pub(super) fn written(given: &str) -> String {
    given.trim().to_uppercase()
}
