//! Whether any combination of answers opens a step.

use std::collections::HashMap;

use super::super::findings::quoted;
use super::super::id::{OptionId, StepId};
use super::super::model::{Condition, Step};
use super::super::rule::Rule;
use super::advice::Advice;
use super::{Placed, Subject};

/// How many conditions are followed in one file: a chain of decisions as long as the file is not judged
/// to its end.
const MAX_FOLLOWED: usize = 200_000;

/// Rule S01. Of steps that cannot open because a decision before them cannot, only the first is named.
pub(super) fn check<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let steps: HashMap<&StepId, &Step> =
        subject.steps.iter().map(|placed| (&placed.step.id, placed.step)).collect();
    let mut budget = MAX_FOLLOWED;
    let mut closed: HashMap<&StepId, Option<&StepId>> = HashMap::new();
    for Placed { step, .. } in &subject.steps {
        if !step.opens_on.is_empty() {
            closed.insert(&step.id, closed_by(step, &steps, &mut budget));
        }
    }
    for Placed { raw, step, .. } in &subject.steps {
        let Some(Some(decision)) = closed.get(&step.id) else { continue };
        let inherited =
            step.opens_on.iter().any(|one| closed.get(&one.step).is_some_and(Option::is_some));
        let Some(id) = raw.id.given().filter(|_| !inherited) else { continue };
        let message = format!(
            "step {} never opens: no answer to {} is left that would open it",
            quoted(step.id.as_str()),
            quoted(decision.as_str()),
        );
        let help = "let an answer open it that does not close it, or take a condition out";
        advice.say(Rule::UnreachableStep, step.id.as_str(), id.span, message, help);
    }
}

/// The decision that would have to be answered in two ways at once, for this step to open.
fn closed_by<'b>(
    step: &'b Step,
    steps: &HashMap<&StepId, &'b Step>,
    budget: &mut usize,
) -> Option<&'b StepId> {
    let mut left: HashMap<&StepId, Vec<&OptionId>> = HashMap::new();
    let mut follow: Vec<&Condition> = step.opens_on.iter().collect();
    while let Some(Condition { step: decision, options }) = follow.pop() {
        *budget = budget.checked_sub(1)?;
        if let Some(allowed) = left.get_mut(decision) {
            allowed.retain(|option| options.contains(option));
        } else {
            let closes =
                |option: &&OptionId| step.closed_on.iter().any(|it| it.is(decision, option));
            left.insert(decision, options.iter().filter(|option| !closes(option)).collect());
            follow.extend(steps.get(decision).into_iter().flat_map(|one| &one.opens_on));
        }
        if left.get(decision).is_some_and(Vec::is_empty) {
            return Some(decision);
        }
    }
    None
}
