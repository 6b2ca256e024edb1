//! What of a playbook its scenarios touch, and what they leave out.

use std::collections::BTreeSet;

use super::outcome::Played;
use crate::engine::{Event, Fact, StepDone};
use crate::playbook::{Form, OptionId, Playbook, StepId};

/// What of a playbook some scenarios touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// How many answers its decisions have.
    pub options: usize,
    /// The answers that no scenario gives, in the order of the playbook.
    pub options_left: Vec<(StepId, OptionId)>,
    /// How many steps it has.
    pub steps: usize,
    /// The steps that no scenario answers, in the order of the playbook.
    pub steps_left: Vec<StepId>,
}

impl Coverage {
    /// What these scenarios touch.
    #[must_use]
    pub fn of(book: &Playbook, played: &[Played]) -> Self {
        let (mut options, mut steps) = (BTreeSet::new(), BTreeSet::new());
        for record in played.iter().flat_map(|played| &played.records) {
            match &record.fact {
                Fact::Known(Event::DecisionTaken { step, option, .. }) => {
                    options.insert((step, option));
                    steps.insert(step);
                }
                Fact::Known(
                    Event::StepDone(StepDone { step, .. })
                    | Event::StepApproved { step, .. }
                    | Event::StepSkipped { step, .. },
                ) => {
                    steps.insert(step);
                }
                Fact::Known(_) | Fact::Newer(_) => {}
            }
        }
        let all = choices(book);
        let left = all.iter().filter(|(step, option)| !options.contains(&(*step, *option)));
        let left = left.map(|(step, option)| ((*step).clone(), (*option).clone())).collect();
        let ids = book.steps().map(|(_, step)| &step.id);
        Self {
            options: all.len(),
            options_left: left,
            steps: book.steps().count(),
            steps_left: ids.filter(|id| !steps.contains(id)).cloned().collect(),
        }
    }
}

/// Every answer to every decision.
fn choices(book: &Playbook) -> Vec<(&StepId, &OptionId)> {
    let steps = book.steps().map(|(_, step)| step);
    steps
        .filter_map(|step| match &step.form {
            Form::Decision(decision) => Some((&step.id, &decision.options)),
            Form::Action
            | Form::Collect(_)
            | Form::Message(_)
            | Form::Outreach(_)
            | Form::Check(_) => None,
        })
        .flat_map(|(step, options)| options.iter().map(move |choice| (step, &choice.id)))
        .collect()
}
