//! One finding, word by word: what it says, what it is held against, why; and what is to be done.

use super::{Talk, WalkError};
use crate::engine::{ActionTerms, Element, Finding, Intent, Text, named_in};
use crate::playbook::{FindingKind, ObjectiveId};
use crate::report::Question;

impl Talk<'_> {
    /// Asks for the rest of a finding whose statement is given, and records it.
    pub(super) fn finding(&mut self, asked: &Question, statement: Text) -> Result<(), WalkError> {
        let objective = self.objective()?;
        let capability = if objective.is_none() {
            self.words("Core capability, such as Operational Communications (Enter = none)")?
        } else {
            None
        };
        let reference =
            self.words("Held against which plan, policy, rule or agreement? (Enter = not now)")?;
        let analysis = self.words("Why was it so, and what came of it? (Enter = not now)")?;
        let finding = Finding {
            kind: asked.kind,
            objective,
            capability,
            statement,
            reference,
            analysis,
            asked: Some(asked.id.to_owned()),
        };
        if self.record(Intent::NoteFinding { finding: finding.clone() })?
            && finding.kind == FindingKind::Improvement
        {
            self.action(&finding)?;
        }
        Ok(())
    }

    /// The objective that it belongs to, where the exercise has any.
    fn objective(&mut self) -> Result<Option<ObjectiveId>, WalkError> {
        let started = self.session.state().exercise().started();
        let all: Vec<(ObjectiveId, String)> = started
            .into_iter()
            .flat_map(|started| &started.objectives)
            .map(|one| (one.id.clone(), format!("{}: {}", one.id, one.text)))
            .collect();
        if all.is_empty() {
            return Ok(None);
        }
        let shown: Vec<String> = all.iter().map(|(_, shown)| shown.clone()).collect();
        let chosen = self.asker.choice("Of which objective? (number; Enter = none)", &shown)?;
        Ok(chosen.and_then(|at| all.get(at)).map(|(id, _)| id.clone()))
    }

    /// What is to be done about it, if that is known already; else it stands open on the plan.
    fn action(&mut self, finding: &Finding) -> Result<(), WalkError> {
        let question = "What is to be done about it? (Enter = later: runbook actions add)";
        let Some(what) = self.words(question)? else { return Ok(()) };
        let owner = self.asker.person("Who answers for it? (name; Enter = not now)")?;
        let due = self.due()?;
        let elements = Element::ALL.map(|one| one.title().to_owned());
        let question = "Which capability element? (number; Enter = not now)";
        let element = self.asker.choice(question, &elements)?;
        let terms = ActionTerms {
            what: Some(what),
            issue: Some(finding.statement.clone()),
            capability: finding.capability.clone(),
            element: element.and_then(|at| Element::ALL.get(at)).copied(),
            owner,
            due,
            ..ActionTerms::default()
        };
        self.record(Intent::AddAction { terms })?;
        Ok(())
    }

    fn due(&mut self) -> Result<Option<crate::engine::Day>, WalkError> {
        let world = &self.asker.world;
        let now = world.clock.now();
        let today = crate::engine::Day::near(now, world.zone.offset_at(now));
        loop {
            let typed = self.asker.line("Until when? (2027-01-31, +30d; Enter = not now)")?;
            let Some(typed) = typed else { return Ok(None) };
            match (self.reviewer.day)(&typed, today) {
                Some(day) => return Ok(Some(day)),
                None => {
                    self.asker.say("Type a day such as 2027-01-31, or +30d for in 30 days.")?;
                }
            }
        }
    }

    /// Words in which persons are named only on purpose: asked once, then taken.
    pub(super) fn words(&mut self, question: &str) -> Result<Option<Text>, WalkError> {
        loop {
            let Some(text) = self.asker.text(self.session, question)? else { return Ok(None) };
            if self.kept(&text)? {
                return Ok(Some(text));
            }
        }
    }

    /// Whether words are taken as they are: where they name somebody, that is asked.
    pub(super) fn kept(&mut self, text: &Text) -> Result<bool, WalkError> {
        let words = text.words().unwrap_or_default();
        let people = named_in(words, self.session.state().people());
        if people.is_empty() {
            return Ok(true);
        }
        let names: Vec<&str> = people.iter().map(|person| person.as_str()).collect();
        self.asker.agrees(&format!(
            "It names {}. This looks at plans, tools and training, not at persons. \
             Keep the name? (y = keep it, Enter = write it again)",
            names.join(", ")
        ))
    }
}
