//! The table of branches: what follows from each answer to each decision.

use super::super::draft::branch_time;
use super::super::model::{Act, Deed, Entry, Scenario};
use super::super::shape::Branch;
use super::deed::INITIALS;
use super::{Reader, Shared, lookup};
use crate::engine::Intent;
use crate::playbook::Step;
use crate::playbook::reading::{Entries, Text};

impl<'s> Reader<'_, '_, 's> {
    /// A scenario for each row: a fresh incident in which only this decision is answered, so.
    pub(super) fn branches(
        &mut self,
        table: &Entries<'s, Entries<'s, Branch<'s>>>,
        shared: &Shared,
    ) -> Vec<Scenario> {
        let mut all = Vec::new();
        for (name, rows) in &table.value {
            let step = self.lookup.step(name, self.findings);
            let (Some(step), Some(rows)) = (step, rows) else { continue };
            for (option, row) in &rows.value {
                let Some(row) = row else { continue };
                all.extend(self.branch(step, option, row, shared));
            }
        }
        all
    }

    fn branch(
        &mut self,
        step: &Step,
        option: &Text<'s>,
        row: &Branch<'s>,
        shared: &Shared,
    ) -> Option<Scenario> {
        let expect = self.of_branch(row);
        let id = lookup::option(step, option, self.findings)?;
        let intent = Intent::Decide {
            step: step.id.clone(),
            option: id.to_string(),
            because: None,
            initials: step.critical.then(|| INITIALS.to_owned()),
        };
        let spot = option.span.start..option.span.end;
        let (by, happened, refused) = (None, None, None);
        let deed = Deed { spot, intents: vec![intent], by, happened, refused };
        let at = shared.start.at.max(branch_time(step));
        Some(Scenario {
            name: format!("{}={id}", step.id),
            title: String::new(),
            branch: true,
            start: shared.start.clone(),
            answers: shared.answers.clone(),
            script: vec![Entry { at, act: Some(Act::Record(deed)), expect }],
        })
    }
}
