//! What comes before a step and what opens or closes it: `needs`, `when`, and the `opens` and
//! `closes` of answers, brought into the one form that the model has.

use std::collections::HashMap;

use super::super::findings::{Findings, Span, quoted};
use super::super::id::{OptionId, StepId};
use super::super::model::Condition;
use super::super::rule::Rule;
use super::super::yaml::{self, Entries, List, OneOrMany, Short, Text};
use super::names::distinct;
use super::ring::{Waits, circles};
use super::scope::Scope;

/// How many steps of a circle a message names.
const MAX_NAMED: usize = 8;

/// What stands in front of one step.
#[derive(Default)]
pub(super) struct Gate {
    pub(super) needs: Vec<StepId>,
    pub(super) opens_on: Vec<Condition>,
    pub(super) closed_on: Vec<Condition>,
}

/// The gates of all steps, in the order of the file.
pub(super) struct Gates {
    gates: Vec<Gate>,
}

struct Weaver<'a, 'b, 's, 'f> {
    scope: &'a Scope<'b>,
    steps: &'a [&'b yaml::Step<'s>],
    places: HashMap<&'b str, usize>,
    gates: Vec<Gate>,
    /// For each step, the decisions without which it does not open.
    opened_by: Waits,
    findings: &'a mut Findings<'f>,
}

impl Gates {
    /// Works out all gates; reports references that cannot be followed and circles.
    pub(super) fn of<'b>(
        steps: &[&'b yaml::Step<'_>],
        scope: &Scope<'b>,
        findings: &mut Findings<'_>,
    ) -> Self {
        let mut places = HashMap::with_capacity(steps.len());
        for (place, step) in steps.iter().enumerate() {
            if let Some(id) = step.id.given() {
                places.entry(id.value.as_ref()).or_insert(place);
            }
        }
        let gates = steps.iter().map(|_| Gate::default()).collect();
        let opened_by = vec![Vec::new(); steps.len()];
        let mut weaver = Weaver { scope, steps, places, gates, opened_by, findings };
        for (place, step) in steps.iter().enumerate() {
            weaver.answers(place, step);
        }
        for (place, step) in steps.iter().enumerate() {
            if let Some(when) = step.when.given() {
                weaver.when(place, when);
            }
        }
        weaver.needs();
        let opened_by = std::mem::take(&mut weaver.opened_by);
        weaver.report(&opened_by, "can only open after each other");
        Self { gates: weaver.gates }
    }

    /// One gate per step.
    pub(super) fn into_iter(self) -> impl Iterator<Item = Gate> {
        self.gates.into_iter()
    }
}

impl<'b> Weaver<'_, 'b, '_, '_> {
    /// What the answers to a decision open and close.
    fn answers(&mut self, place: usize, step: &'b yaml::Step<'_>) {
        let Some(options) = step.decision.given().and_then(|it| it.options.given()) else { return };
        let Some(id) = step.id.given() else { return };
        let names = self.scope.decisions.get(id.value.as_ref());
        for (name, answer) in &options.value {
            let Some(Short::Full(answer)) = answer else { continue };
            let option = names.and_then(|names| names.get(name));
            let opened = self.targets(place, answer.opens.given());
            let closed = self.targets(place, answer.closes.given());
            for (target, span) in &closed {
                if opened.iter().any(|(opened, _)| opened == target) {
                    let message =
                        format!("{} both opens and closes this step", quoted(&name.value));
                    self.findings.error(*span, message);
                }
            }
            let (Some(decision), Some(option)) = (self.scope.steps.get(id), option) else {
                continue;
            };
            for (target, span) in opened {
                self.opened_by[target].push((place, span));
                admit(&mut self.gates[target].opens_on, &decision, &option);
            }
            for (target, _) in closed {
                admit(&mut self.gates[target].closed_on, &decision, &option);
            }
        }
    }

    /// The places of the steps in a list, without the decision itself.
    fn targets(&mut self, place: usize, list: Option<&List<Text<'_>>>) -> Vec<(usize, Span)> {
        let Some(list) = list else { return Vec::new() };
        let mut all = Vec::with_capacity(list.value.len());
        for name in distinct(list, self.findings) {
            self.scope.steps.find(name, self.findings);
            match self.places.get(name.value.as_ref()) {
                Some(target) if *target == place => {
                    self.circle(name, "a decision cannot open or close itself");
                }
                Some(target) => all.push((*target, name.span)),
                None => {}
            }
        }
        all
    }

    fn when(&mut self, place: usize, when: &Entries<'_, OneOrMany<'_>>) {
        if when.value.is_empty() {
            let help = "write a decision and its answer: `when: {scope: corporate}`".to_owned();
            self.findings.error_help(when.span, "`when` is empty", help);
        }
        for (name, answers) in &when.value {
            self.scope.steps.find_for(Rule::UnknownAnswer, name, self.findings);
            if !self.scope.steps.holds(name) {
                continue;
            }
            let Some(options) = self.scope.decisions.get(name.value.as_ref()) else {
                let message = format!("step {} is no decision", quoted(&name.value));
                let help = "`when` takes a step with `decision`; use `needs` for others".to_owned();
                self.findings.error_of(Rule::UnknownAnswer, name.span, message, help);
                continue;
            };
            let Some(OneOrMany(answers)) = answers else { continue };
            if answers.value.is_empty() {
                self.findings.error(name.span, "no answer is named that would open the step");
            }
            let answers = options.find_all_for(Rule::UnknownAnswer, answers, self.findings);
            self.condition(place, name, answers);
        }
    }

    fn condition(&mut self, place: usize, name: &Text<'_>, answers: Vec<OptionId>) {
        match self.places.get(name.value.as_ref()) {
            Some(decision) if *decision == place => {
                self.circle(name, "a step cannot wait for its own answer");
                return;
            }
            Some(decision) => self.opened_by[place].push((*decision, name.span)),
            None => {}
        }
        let Some(step) = self.scope.steps.get(name) else { return };
        if answers.is_empty() {
            return;
        }
        let conditions = &mut self.gates[place].opens_on;
        let Some(same) = conditions.iter_mut().find(|condition| condition.step == step) else {
            conditions.push(Condition { step, options: answers });
            return;
        };
        same.options.retain(|option| answers.contains(option));
        if same.options.is_empty() {
            let message = format!("no answer to {} opens this step", quoted(&name.value));
            let help = "`opens` at the decision and `when` here name different answers".to_owned();
            self.findings.error_of(Rule::UnknownAnswer, name.span, message, help);
        }
    }

    fn needs(&mut self) {
        let mut waits: Waits = vec![Vec::new(); self.steps.len()];
        for (place, step) in self.steps.iter().enumerate() {
            let Some(needs) = step.needs.given() else { continue };
            for name in distinct(needs, self.findings) {
                let id = self.scope.steps.find(name, self.findings);
                match self.places.get(name.value.as_ref()) {
                    Some(other) if *other == place => {
                        self.circle(name, "a step cannot need itself");
                    }
                    Some(other) => waits[place].push((*other, name.span)),
                    None => {}
                }
                self.gates[place].needs.extend(id);
            }
        }
        self.report(&waits, "need each other in a circle");
    }

    fn report(&mut self, waits: &Waits, what: &str) {
        for circle in circles(waits) {
            let Some((_, span)) = circle.first() else { continue };
            let id = |place: usize| self.steps[place].id.given().map_or("", |id| &id.value);
            let around = circle.iter().chain(circle.first()).take(MAX_NAMED);
            let mut named: Vec<String> = around.map(|(place, _)| quoted(id(*place))).collect();
            if circle.len() >= MAX_NAMED {
                named.push("…".to_owned());
            }
            let message = format!("steps {what}: {}", named.join(" → "));
            let help = "take out one of these references".to_owned();
            self.findings.error_of(Rule::CircularSteps, *span, message, help);
        }
    }

    fn circle(&mut self, name: &Text<'_>, message: &str) {
        self.findings.error_of(Rule::CircularSteps, name.span, message, None);
    }
}

/// Lets one more answer open or close a step. Answers of one decision come one after the other.
fn admit(conditions: &mut Vec<Condition>, decision: &StepId, option: &OptionId) {
    match conditions.last_mut() {
        Some(last) if last.step == *decision => last.options.push(option.clone()),
        _ => conditions.push(Condition { step: decision.clone(), options: vec![option.clone()] }),
    }
}
