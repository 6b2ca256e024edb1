//! Sections 7 and 8: what is aimed at, what is being done, what comes next, what was decided.

use std::fmt::Write as _;

use super::Briefing;
use super::sheet::Sheet;
use crate::engine::{Status, due_next, phases_open, views};
use crate::playbook::RoleId;
use crate::report::steps::StepLine;
use crate::report::timeline::Entry;
use crate::report::words::DecisionLine;

/// The field by which playbooks collect objectives.
const OBJECTIVES: &str = "objectives";

/// As many entries as somebody can listen to.
const ENTRIES: usize = 5;

impl Briefing<'_> {
    pub(super) fn objectives(&self, sheet: &mut Sheet) {
        sheet.heading("7. INCIDENT OBJECTIVES");
        let answered = self.status.steps.iter().filter_map(|step| {
            let found = step.answers.iter().find(|(field, _)| field.as_str() == OBJECTIVES)?;
            Some((step.occurred_at?, found.1))
        });
        match answered.max_by_key(|(when, _)| when.at) {
            Some((when, words)) => sheet.line(&format!("{} | {words}", sheet.clock(when))),
            None => sheet.line("nothing recorded"),
        }
    }

    pub(super) fn actions(&self, sheet: &mut Sheet) {
        sheet.heading("8. CURRENT AND PLANNED ACTIONS (time | action)");
        let mine = |step: &&StepLine| step.role == *self.role;
        let lines = |keep: fn(&StepLine) -> bool, sheet: &Sheet| -> Vec<String> {
            let steps = self.status.steps.iter().filter(mine).filter(|step| keep(step));
            in_order(steps).into_iter().map(|step| action(step, sheet)).collect()
        };
        let title = self.role_title(self.role);
        let overdue = lines(|step| step.overdue, sheet);
        sheet.listed(&format!("{title}, OVERDUE"), &overdue);
        let begun = lines(|step| step.status == Status::Begun && !step.overdue, sheet);
        sheet.listed(&format!("{title}, begun"), &begun);
        let next = self.due_next(sheet);
        sheet.listed(&format!("{title}, due next"), &next);
        let promised = lines(|step| step.status == Status::Deferred && !step.overdue, sheet);
        sheet.listed(&format!("{title}, put off and promised"), &promised);
        let others: Vec<String> = self
            .status
            .roles
            .iter()
            .filter(|r| r.role != *self.role)
            .filter_map(|role| self.behind(&role.role, sheet))
            .collect();
        sheet.listed("Other roles, OVERDUE", &others);
    }

    /// How far another role is behind: how many steps, and the first of them.
    fn behind(&self, role: &RoleId, sheet: &Sheet) -> Option<String> {
        let steps = self.status.steps.iter().filter(|step| step.overdue && step.role == *role);
        let steps = in_order(steps);
        let first = action(steps.first()?, sheet);
        let count = if steps.len() == 1 {
            "1 step".to_owned()
        } else {
            format!("{} steps, first", steps.len())
        };
        Some(format!("{}: {count} {first}", self.role_title(role)))
    }

    /// What this role can work on, apart from what is overdue or begun.
    fn due_next(&self, sheet: &Sheet) -> Vec<String> {
        let story = &self.reading.story;
        let all = views(story.book, story.state, story.until);
        let open = phases_open(story.book, story.state, story.until);
        let next = due_next(&all, &open, Some(self.role), story.until);
        let next: Vec<&StepLine> = next
            .iter()
            .filter(|view| !view.overdue && view.status != Status::Begun)
            .filter_map(|view| self.line_of(&view.step.id, view.occurrence))
            .collect();
        let mut lines: Vec<String> =
            next.iter().take(ENTRIES).map(|step| action(step, sheet)).collect();
        if next.len() > ENTRIES {
            lines.push(format!("and {} more: runbook status", next.len() - ENTRIES));
        }
        lines
    }

    fn line_of(&self, step: &crate::playbook::StepId, occurrence: u32) -> Option<&StepLine> {
        let same = |line: &&StepLine| line.id == *step && line.occurrence == occurrence;
        self.status.steps.iter().find(same)
    }

    pub(super) fn decided(&self, sheet: &mut Sheet) {
        let line = |line: &DecisionLine| {
            let answer =
                line.option_title.clone().or(line.option.as_ref().map(ToString::to_string));
            let question = line.question.as_ref().map(|question| format!("{question} "));
            let because = line.because.as_ref().map(|why| match line.step {
                Some(_) => format!(", because: {why}"),
                None => why.clone(),
            });
            format!(
                "{} | {}{}{}",
                sheet.clock(line.origin.occurred_at),
                question.unwrap_or_default(),
                answer.unwrap_or_default(),
                because.unwrap_or_default()
            )
        };
        let lines: Vec<String> =
            self.decisions.iter().filter(|decision| decision.stands).map(line).collect();
        sheet.listed("Decisions that stand", &lines);
    }

    pub(super) fn logged(&self, sheet: &mut Sheet) {
        let role: &RoleId = self.role;
        let of_role: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|entry| entry.role.as_ref() == Some(role) && notable(entry))
            .collect();
        let last = &of_role[of_role.len().saturating_sub(ENTRIES)..];
        let line = |entry: &&Entry| {
            let by = entry.by.as_ref().map_or(String::new(), |by| format!(" {by}:"));
            format!("{} |{by} {}", sheet.clock(entry.occurred_at), entry.what)
        };
        let lines: Vec<String> = last.iter().map(line).collect();
        sheet.listed(&format!("Last entries of {}", self.role_title(role)), &lines);
    }
}

/// By due time; what has none comes last.
fn in_order<'a>(steps: impl Iterator<Item = &'a StepLine>) -> Vec<&'a StepLine> {
    let mut all: Vec<&StepLine> = steps.collect();
    all.sort_by_key(|step| (step.due.is_none(), step.due.map(|due| due.at)));
    all
}

/// `due 14:25 | I-01 Notify leadership`.
fn action(step: &StepLine, sheet: &Sheet) -> String {
    let due = step.due.map_or("no due time".to_owned(), |due| format!("due {}", sheet.clock(due)));
    let due = match step.status {
        Status::Deferred => due.replacen("due", "until", 1),
        Status::Open
        | Status::Begun
        | Status::Failed
        | Status::Done
        | Status::NotApplicable
        | Status::Closed => due,
    };
    let mut text = format!("{due} | {} {}", step.code, step.title);
    if step.occurrence > 1 {
        let _ = write!(text, " (occurrence {})", step.occurrence);
    }
    if step.awaits_approval {
        text.push_str(", waits for your approval");
    }
    if step.status == Status::Failed {
        text.push_str(", was tried and failed");
    }
    if let Some(by) = step.by.as_ref().filter(|_| step.status == Status::Begun) {
        let _ = write!(text, ", begun by {by}");
    }
    if let Some(note) = step.note.as_ref().filter(|_| step.status.is_pending()) {
        let _ = write!(text, ": {note}");
    }
    text
}

/// What the program writes of itself is of no use to whoever takes over.
fn notable(entry: &Entry) -> bool {
    !matches!(&*entry.kind, "step_begun" | "clock_jumped" | "tail_recovered" | "writer_continued")
}
