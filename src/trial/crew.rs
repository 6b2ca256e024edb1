//! Everybody who simply does what the playbook asks for: each step by whoever holds its role, so that
//! a scenario has to say only what is out of the ordinary.

use std::collections::BTreeMap;

use super::bench::{Bench, Took};
use super::model::{Answers, Pace, Work};
use super::outcome::Fault;
use super::read::INITIALS;
use crate::engine::{Gate, Intent, StepView, Text, Timestamp, phase_opened};
use crate::playbook::{Field, FieldKind, Form, Phase, Step};

/// How much one stretch of a scenario may hold: a slip such as `at: 400d` ends here, not tomorrow.
const MOST_ANSWERS: usize = 1_000;

/// Why somebody agrees to their own work.
const ALONE: &str = "nobody else holds the role";

/// The people of a scenario at work.
pub(super) struct Crew<'b, 'a> {
    pub(super) bench: &'b mut Bench<'a>,
    pub(super) answers: &'b Answers,
}

/// What the crew does next.
struct Task {
    at: Timestamp,
    intent: Intent,
    role: crate::playbook::RoleId,
}

impl Crew<'_, '_> {
    /// Does everything that falls due up to a moment, and what has no due time at the end of it.
    pub(super) fn work(&mut self, work: &Work, to: Timestamp) -> Result<(), Fault> {
        if work.pace == Pace::Now {
            self.bench.now = to;
        }
        for _ in 0..MOST_ANSWERS {
            let Some(task) = self.next(work, to)? else {
                self.bench.now = to;
                return Ok(());
            };
            self.bench.now = task.at;
            self.take(work, task)?;
        }
        let expected = format!("at most {MOST_ANSWERS} answers in one stretch");
        let found = "more fall due: check the time, and what repeats without an end".to_owned();
        Err(self.fault(work, vec![expected], vec![found]))
    }

    /// The step that falls due first; of several at once the one that the playbook names first.
    fn next(&self, work: &Work, to: Timestamp) -> Result<Option<Task>, Fault> {
        let all = self.bench.views();
        let mut due: Vec<(Timestamp, &StepView<'_>)> = all
            .iter()
            .filter(|view| !work.except.contains(&view.step.id))
            .filter_map(|view| Some((self.when(view, to)?, view)))
            .collect();
        due.sort_by_key(|(at, _)| *at);
        let Some((at, view)) = due.first() else { return Ok(None) };
        let unanswered: Vec<&Step> =
            due.iter().map(|(_, view)| view.step).filter(|step| self.is_undecided(step)).collect();
        match self.task(view, *at) {
            Some(task) => Ok(Some(task)),
            None => Err(self.without_answers(work, &unanswered)),
        }
    }

    /// When a step is to be done; nothing where it is not to be done in this stretch.
    fn when(&self, view: &StepView<'_>, to: Timestamp) -> Option<Timestamp> {
        if view.awaits_approval {
            return Some(self.bench.now);
        }
        if !view.status.is_pending() || view.gate != Gate::Open {
            return None;
        }
        let asked = match view.due {
            Some(due) => due.max(self.bench.now),
            // What has no due time is done once: it would come again at the same moment for ever.
            None if (view.step.repeat.is_none() || view.occurrence == 1)
                && has_begun(self.bench, view.phase, to) =>
            {
                to
            }
            None => return None,
        };
        (asked <= to).then_some(asked)
    }

    fn is_undecided(&self, step: &Step) -> bool {
        matches!(step.form, Form::Decision(_)) && !self.answers.options.contains_key(&step.id)
    }

    /// What is to be recorded; nothing for a decision without an answer.
    fn task(&self, view: &StepView<'_>, at: Timestamp) -> Option<Task> {
        let step = view.step;
        let initials = step.critical.then(|| INITIALS.to_owned());
        let own = step.approval.as_ref().filter(|approval| approval.by == step.role);
        if view.awaits_approval || own.is_some() {
            let role = step.approval.as_ref().map_or(&step.role, |approval| &approval.by).clone();
            let did = view.answer.outcome.moment().and_then(|moment| moment.by.as_ref());
            let alone = did.is_some() && self.bench.acts_for(&role).as_ref() == did;
            let reason = alone.then(|| Text::Plain(ALONE.to_owned()));
            let intent = Intent::Approve { step: step.id.clone(), reason, initials };
            return Some(Task { at, intent, role });
        }
        let intent = match &step.form {
            Form::Decision(_) => Intent::Decide {
                step: step.id.clone(),
                option: self.answers.options.get(&step.id)?.to_string(),
                because: None,
                initials,
            },
            Form::Action
            | Form::Collect(_)
            | Form::Message(_)
            | Form::Outreach(_)
            | Form::Check(_) => Intent::Done {
                step: step.id.clone(),
                answers: BTreeMap::new(),
                note: None,
                initials,
            },
        };
        Some(Task { at, intent, role: step.role.clone() })
    }

    fn take(&mut self, work: &Work, task: Task) -> Result<(), Fault> {
        let by = self.bench.acts_for(&task.role);
        let step = task.intent.step().map(ToString::to_string).unwrap_or_default();
        let intent = completed(self.bench, self.answers, task.intent);
        let found = match self.bench.execute(intent, by, None) {
            Ok(Took::Recorded(_)) => return Ok(()),
            Ok(Took::Already(record, _)) => format!("{step} stands in {}", record.short()),
            Err(refusal) => format!("refused: {refusal}"),
        };
        Err(self.fault(work, vec![format!("{step} recorded")], vec![found]))
    }

    /// All decisions that the test gives no answer to, at once.
    fn without_answers(&self, work: &Work, decisions: &[&Step]) -> Fault {
        let options = |step: &&Step| {
            let Form::Decision(decision) = &step.form else { return String::new() };
            let words: Vec<&str> = decision.options.iter().map(|it| it.id.as_str()).collect();
            format!("{}: {}", step.id, words.join("|"))
        };
        let expected = decisions.iter().map(|step| format!("an answer to {}", step.id)).collect();
        let found = decisions.iter().map(|step| format!("add to `answers`: {}", options(step)));
        self.fault(work, expected, found.collect())
    }

    fn fault(&self, work: &Work, expected: Vec<String>, found: Vec<String>) -> Fault {
        let (spot, what) = (work.spot.clone(), "work".to_owned());
        Fault { spot, at: self.bench.now, what, expected, found }
    }
}

/// Whether a phase has begun. Before the declaration there is no clock; the first phase is what there
/// is to do.
pub(super) fn has_begun(bench: &Bench<'_>, phase: &Phase, now: Timestamp) -> bool {
    match bench.state.t0() {
        Some(_) => phase_opened(&bench.state, phase).is_some_and(|opened| opened <= now),
        None => bench.book.phases.first().is_some_and(|first| first.id == phase.id),
    }
}

/// A finished step with everything that it has to say: what the test gives, and for the rest the
/// plainest answer that fits.
pub(super) fn completed(bench: &Bench<'_>, answers: &Answers, intent: Intent) -> Intent {
    let Intent::Done { step, answers: mut given, note, initials } = intent else { return intent };
    if let Some(Form::Collect(fields)) = bench.book.step(&step).map(|step| &step.form) {
        let known = answers.fields.get(&step);
        for field in fields {
            let name = field.id.to_string();
            if given.contains_key(&name) {
                continue;
            }
            let said = known.and_then(|known| known.get(&name)).cloned();
            let answer = said.or_else(|| field.required.then(|| plainest(bench, field)));
            given.extend(answer.map(|answer| (name, answer)));
        }
    }
    Intent::Done { step, answers: given, note, initials }
}

/// Some words, one, now, yes, the first word there is. A milestone that has its time keeps it.
fn plainest(bench: &Bench<'_>, field: &Field) -> Text {
    let marked = |mark| bench.state.mark(mark).map(|moment| bench.state.time_of(moment));
    Text::Plain(match &field.kind {
        FieldKind::Text => "test".to_owned(),
        FieldKind::Number(_) => "1".to_owned(),
        FieldKind::YesNo => "yes".to_owned(),
        FieldKind::Time(mark) => mark.and_then(marked).unwrap_or(bench.now).to_string(),
        FieldKind::Choice(words) => words.first().cloned().unwrap_or_default(),
    })
}
