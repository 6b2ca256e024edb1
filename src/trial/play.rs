//! A scenario from its first entry to its last.

use super::bench::{Bench, Took};
use super::check::{Seen, check, moving};
use super::crew::{self, Crew};
use super::model::{Act, Deed, Entry, Scenario, Script, since_t0};
use super::outcome::{Fault, Played};
use crate::engine::{Advice, Intent, Person, Refusal};
use crate::playbook::{Playbook, StepId};
use crate::report::{sentence, t_plus};

/// Plays one scenario of a script.
#[must_use]
pub fn play(script: &Script, scenario: &Scenario) -> Played {
    let mut stage = Stage {
        bench: Bench::begin(&script.book, &scenario.start),
        scenario,
        advice: Vec::new(),
        faults: Vec::new(),
    };
    let played = scenario.script.iter().take_while(|entry| stage.entry(entry)).count();
    // The entry that could not be played was, as far as it goes.
    let unplayed = scenario.script.len().saturating_sub(played + 1);
    let Stage { bench, faults, .. } = stage;
    Played {
        name: scenario.name.clone(),
        title: scenario.title.clone(),
        branch: scenario.branch,
        records: bench.records,
        state: bench.state,
        until: bench.now,
        requests: bench.requests,
        faults,
        unplayed,
    }
}

/// A scenario while it is played.
struct Stage<'a> {
    bench: Bench<'a>,
    scenario: &'a Scenario,
    /// What was said of the last thing that was recorded.
    advice: Vec<Advice>,
    faults: Vec<Fault>,
}

impl Stage<'_> {
    /// Plays one entry. False where it could not be: nothing after it would mean what it says.
    fn entry(&mut self, entry: &Entry) -> bool {
        let before = moving(&self.bench.views());
        let played = match &entry.act {
            None => {
                self.bench.now = entry.at;
                Ok(())
            }
            Some(Act::Record(deed)) => {
                self.bench.now = entry.at;
                self.record(deed)
            }
            Some(Act::Work(work)) => {
                let mut crew = Crew { bench: &mut self.bench, answers: &self.scenario.answers };
                crew.work(work, entry.at)
            }
        };
        if let Err(fault) = played {
            self.faults.push(fault);
            return false;
        }
        let seen = Seen { advice: &self.advice, before: &before };
        let all = entry.expect.iter();
        let faults: Vec<Fault> =
            all.filter_map(|expectation| check(&self.bench, &seen, expectation)).collect();
        self.faults.extend(faults);
        true
    }

    fn record(&mut self, deed: &Deed) -> Result<(), Fault> {
        for intent in &deed.intents {
            let by = deed.by.clone().or_else(|| self.actor(intent));
            let intent = crew::completed(&self.bench, &self.scenario.answers, intent.clone());
            let before = self.bench.records.len();
            let took = self.bench.execute(intent.clone(), by, deed.happened);
            let words = deed.refused.as_ref().map(|(words, _)| words.as_str());
            match self.judged(took, words, before) {
                Ok(advice) => self.advice = advice,
                Err((expected, found)) => {
                    let refused = deed.refused.as_ref().map(|(_, spot)| spot);
                    return Err(Fault {
                        spot: refused.unwrap_or(&deed.spot).clone(),
                        at: self.bench.now,
                        what: called(self.bench.book, &intent),
                        expected: vec![expected],
                        found,
                    });
                }
            }
        }
        Ok(())
    }

    /// What was said of it where it came as expected; else what was expected, and what came.
    fn judged(
        &self,
        took: Result<Took, Refusal>,
        refused: Option<&str>,
        before: usize,
    ) -> Result<Vec<Advice>, (String, Vec<String>)> {
        let expected = refused.map_or_else(
            || "recorded".to_owned(),
            |words| format!("refused, in words that hold \"{words}\""),
        );
        match (took, refused) {
            (Ok(Took::Recorded(advice)), None) => Ok(advice),
            (Err(refusal), Some(words)) if holds(&refusal, words) => Ok(Vec::new()),
            (Err(refusal), _) => Err((expected, told(&refusal))),
            (Ok(Took::Recorded(_)), Some(_)) => {
                let record = self.bench.records.get(before);
                let said = record.map(|record| sentence(self.bench.book, record));
                Err((expected, vec![format!("recorded: {}", said.unwrap_or_default())]))
            }
            (Ok(Took::Already(_, at)), _) => {
                let at = t_plus(since_t0(at));
                Err((expected, vec![format!("recorded before, at {at}: nothing was added")]))
            }
        }
    }

    /// Whoever does it where the test does not say: who acts for the role that it is about.
    fn actor(&self, intent: &Intent) -> Option<Person> {
        let book = self.bench.book;
        let step = intent.step().and_then(|id| book.step(id));
        let approval = step.and_then(|step| step.approval.as_ref()).map(|approval| &approval.by);
        let approves = matches!(intent, Intent::Approve { .. });
        let of_step = approval.filter(|_| approves).or_else(|| step.map(|step| &step.role));
        let role = of_step.or_else(|| book.lead().map(|lead| &lead.id))?;
        self.bench.acts_for(role)
    }
}

/// Whether the words are among those of a refusal, in any case.
fn holds(refusal: &Refusal, words: &str) -> bool {
    let words = words.to_lowercase();
    told(refusal).iter().any(|line| line.to_lowercase().contains(&words))
}

/// A refusal in words; what is missing before the end line by line.
fn told(refusal: &Refusal) -> Vec<String> {
    let missing: &[String] = match refusal {
        Refusal::NotReady { missing } => missing,
        _ => &[],
    };
    let first = format!("refused: {refusal}");
    std::iter::once(first).chain(missing.iter().cloned()).collect()
}

/// An entry as the file says it: `done: first-call`.
fn called(book: &Playbook, intent: &Intent) -> String {
    let named = |step: &StepId| book.find_step(step.as_str()).map_or(step, |step| &step.id).clone();
    match intent {
        Intent::Begin { step } => format!("begin: {}", named(step)),
        Intent::Done { step, .. } => format!("done: {}", named(step)),
        Intent::Skip { step, .. } => format!("skip: {}", named(step)),
        Intent::Fail { step, .. } => format!("fail: {}", named(step)),
        Intent::Defer { step, .. } => format!("defer: {}", named(step)),
        Intent::Reopen { step, .. } => format!("reopen: {}", named(step)),
        Intent::Decide { step, option, .. } => format!("decide: {}: {option}", named(step)),
        Intent::Approve { step, .. } => format!("approve: {}", named(step)),
        Intent::Declare => "mark: declared".to_owned(),
        Intent::Mark { mark, service: None } => format!("mark: {mark}"),
        Intent::Mark { mark, service: Some(service) } => format!("mark: {mark}, {service}"),
        Intent::Assign { role, person, .. } => format!("assign: {role}: {person}"),
        Intent::Release { role, person } => format!("release: {role}: {person}"),
        Intent::HandOver { role, to, .. } => format!("handover: {role}: {to}"),
        Intent::Classify { .. } => "classify".to_owned(),
        Intent::Note { .. } => "note".to_owned(),
        Intent::Escalate { playbook, .. } => format!("escalate: {playbook}"),
        Intent::FalseAlarm { .. } => "false_alarm".to_owned(),
        Intent::Close { anyway: None } => "close: ready".to_owned(),
        Intent::Close { anyway: Some(_) } => "close: anyway".to_owned(),
        Intent::DeliverInject { .. }
        | Intent::AddInject { .. }
        | Intent::HoldInject { .. }
        | Intent::SkipInject { .. }
        | Intent::Observe { .. }
        | Intent::Rate { .. }
        | Intent::AddAction { .. }
        | Intent::UpdateAction { .. }
        | Intent::CloseAction { .. }
        | Intent::ReopenAction { .. }
        | Intent::VerifyAction { .. }
        | Intent::FinishReview { .. }
        | Intent::Ready(_)
        | Intent::SetClock { .. }
        | Intent::Interrupt { .. }
        | Intent::EndExercise { .. }
        | Intent::ChangeSite { .. }
        | Intent::Correct { .. }
        | Intent::Withdraw { .. } => "a record that no test asks for".to_owned(),
    }
}
