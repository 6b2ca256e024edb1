//! Steps, with their answers and questions.

use super::super::id::StepId;
use super::super::model::{Choice, Decision, Field, Form, Phase, Playbook, Step};
use super::{Changes, Subject, What, notation};

pub(super) fn steps(changes: &mut Changes, old: &Playbook, new: &Playbook) {
    for (phase, step) in old.steps().filter(|(_, step)| new.step(&step.id).is_none()) {
        let (title, phase) = (step.title.clone(), Some(phase.id.clone()));
        changes.push(Subject::Step(step.id.clone()), What::Removed { title, phase });
    }
    for (phase, step) in new.steps() {
        if let Some((before, was)) = old.steps().find(|(_, was)| was.id == step.id) {
            Pair { old, new, was, now: step }.compare(changes, before, phase);
        } else {
            let (title, phase) = (step.title.clone(), Some(phase.id.clone()));
            changes.push(Subject::Step(step.id.clone()), What::Added { title, phase });
        }
    }
}

/// One step in both playbooks.
#[derive(Clone, Copy)]
struct Pair<'b> {
    old: &'b Playbook,
    new: &'b Playbook,
    was: &'b Step,
    now: &'b Step,
}

impl<'b> Pair<'b> {
    fn compare(self, changes: &mut Changes, before: &Phase, after: &Phase) {
        let Self { was, now, .. } = self;
        let of = Subject::Step(now.id.clone());
        if before.id != after.id {
            let (from, to) = (before.id.clone(), after.id.clone());
            changes.push(of.clone(), What::Moved { from, to });
        }
        if was.code != now.code {
            let code = What::Code { was: was.code.clone(), now: now.code.clone() };
            changes.push(of.clone(), code);
        }
        changes.text(&of, "role", was.role.as_str(), now.role.as_str());
        changes.text(&of, "title", &was.title, &now.title);
        changes.words(&of, "do", &was.instructions, &now.instructions);
        changes.value(&of, "due", was.due.map(notation::due), now.due.map(notation::due));
        changes.flag(&of, "required", was.required, now.required);
        changes.flag(&of, "critical", was.critical, now.critical);
        let [before, after] = [was, now].map(|one| one.escalate.as_ref().map(notation::escalation));
        changes.value(&of, "escalate", before, after);
        let repeat = |step: &Step| step.repeat.map(notation::repeat);
        changes.value(&of, "repeat", repeat(was), repeat(now));
        let by = |step: &Step| step.approval.as_ref().map(|approval| approval.by.to_string());
        changes.value(&of, "approval", by(was), by(now));
        let mark = |step: &Step| step.milestone.map(|mark| mark.to_string());
        changes.value(&of, "milestone", mark(was), mark(now));
        changes.names(&of, "needs", &ids(was.needs.iter()), &ids(now.needs.iter()));
        self.form(changes, &of);
    }

    fn form(self, changes: &mut Changes, of: &Subject) {
        match (&self.was.form, &self.now.form) {
            (Form::Decision(was), Form::Decision(now)) => self.decision(changes, of, was, now),
            (Form::Collect(was), Form::Collect(now)) => self.collect(changes, of, was, now),
            (Form::Message(was), Form::Message(now)) => {
                changes.text(of, "message", was.as_str(), now.as_str());
            }
            (Form::Outreach(was), Form::Outreach(now)) => {
                changes.text(of, "segment", was.segment.as_str(), now.segment.as_str());
                changes.words(of, "script", &was.script, &now.script);
            }
            (Form::Check(was), Form::Check(now)) => {
                changes.text(of, "check", &notation::check(was), &notation::check(now));
            }
            (was, now) => changes.text(of, "form", notation::form(was), notation::form(now)),
        }
    }

    fn decision(self, changes: &mut Changes, of: &Subject, was: &'b Decision, now: &'b Decision) {
        changes.text(of, "question", &was.question, &now.question);
        let both = (&*was.options, &*now.options);
        let subject = |choice: &Choice| Subject::Answer(self.now.id.clone(), choice.id.clone());
        changes.each(
            both,
            |choice| &choice.id,
            |choice| (subject(choice), choice.title.clone()),
            |changes, before, after| self.answer(changes, &subject(after), before, after),
        );
        changes.order(of, "options", both, |choice| &choice.id);
    }

    fn answer(self, changes: &mut Changes, of: &Subject, was: &Choice, now: &Choice) {
        changes.text(of, "title", &was.title, &now.title);
        let leads = |choice: &Choice| choice.leads_to.as_ref().map(ToString::to_string);
        changes.value(of, "leads_to", leads(was), leads(now));
        let step = &self.now.id;
        let opens = |book: &'b Playbook| ids(book.opened_by(step, &now.id).map(|one| &one.id));
        changes.names(of, "opens", &opens(self.old), &opens(self.new));
        let closes = |book: &'b Playbook| ids(book.closed_by(step, &now.id).map(|one| &one.id));
        changes.names(of, "closes", &closes(self.old), &closes(self.new));
    }

    fn collect(self, changes: &mut Changes, of: &Subject, was: &'b [Field], now: &'b [Field]) {
        let subject = |field: &Field| Subject::Field(self.now.id.clone(), field.id.clone());
        changes.each(
            (was, now),
            |field| &field.id,
            |field| (subject(field), field.ask.clone()),
            |changes, before, after| {
                let of = subject(after);
                changes.text(&of, "ask", &before.ask, &after.ask);
                changes.text(&of, "type", &notation::kind(before), &notation::kind(after));
                changes.flag(&of, "required", before.required, after.required);
            },
        );
        changes.order(of, "collect", (was, now), |field| &field.id);
    }
}

fn ids<'b>(all: impl Iterator<Item = &'b StepId>) -> Vec<&'b str> {
    all.map(StepId::as_str).collect()
}
