//! A playbook on paper or on a screen, before an outage: each step with all that is said of it, each
//! decision as a tree of its answers. Plain characters only, since it is also printed and mailed.

use super::moment::span;
use super::safe::safe;
use super::wrap::wrap;
use crate::playbook::{
    Check, Choice, Condition, Decision, Due, EscalateTo, Field, FieldKind, Form, Opening, OptionId,
    Phase, Playbook, Step, StepId,
};

/// Between two things that are said of a step.
const DOT: &str = " · ";

/// How far what is said of a step stands from the margin: a code and a space.
const INDENT: &str = "     ";

/// When a phase is open.
#[must_use]
pub fn opening(phase: &Phase) -> String {
    match phase.opening {
        Opening::Window { from, to } => format!("{} to {} after T+0", span(from), span(to)),
        Opening::On(mark) => format!("opens when {mark}"),
    }
}

/// One step in lines of at most `width` columns.
#[must_use]
pub fn step_lines(book: &Playbook, step: &Step, width: usize) -> Vec<String> {
    let mut lines =
        hung(&format!("{} ", step.code), &format!("{}: {}", step.id, step.title), width);
    lines.extend(hung(INDENT, &said(book, step).join(DOT), width));
    for gate in gates(book, step) {
        lines.extend(hung(INDENT, &gate, width));
    }
    match &step.form {
        Form::Action => {}
        Form::Decision(decision) => lines.extend(tree(book, step, decision, width)),
        Form::Collect(fields) => {
            lines.extend(fields.iter().flat_map(|field| asked(field, width)));
        }
        Form::Message(_) | Form::Outreach(_) | Form::Check(_) => {
            lines.extend(hung(INDENT, &by_hand(book, &step.form), width));
        }
    }
    lines
}

/// What is said of a step in a word or two each.
fn said(book: &Playbook, step: &Step) -> Vec<String> {
    let mut all = vec![step.role.to_string()];
    all.extend(step.due.map(|due| match due {
        Due::AfterStart(after) if after.is_zero() => "due at T+0".to_owned(),
        Due::AfterPhase(after) if after.is_zero() => "due when the phase opens".to_owned(),
        Due::AfterStart(after) => format!("due {} after T+0", span(after)),
        Due::AfterPhase(after) => format!("due {} after the phase opens", span(after)),
    }));
    all.extend(step.repeat.map(|repeat| {
        let until = repeat.until.map_or_else(|| "the end".to_owned(), |mark| mark.to_string());
        format!("every {} until {until}", span(repeat.every))
    }));
    all.extend(step.required.then(|| "required".to_owned()));
    all.extend(step.critical.then(|| "critical: typed initials".to_owned()));
    all.extend(step.approval.as_ref().map(|approval| format!("approved by {}", approval.by)));
    all.extend(step.escalate.as_ref().map(|escalation| {
        let to = match &escalation.to {
            EscalateTo::Deputy => "the deputy".to_owned(),
            EscalateTo::Role(role) => role.to_string(),
        };
        format!("escalates to {to} when {} overdue", span(escalation.after))
    }));
    all.extend(step.milestone.map(|mark| format!("marks {mark}")));
    if !step.needs.is_empty() {
        all.push(format!("needs {}", named(book, &step.needs)));
    }
    all
}

/// The decisions that open or close a step.
fn gates(book: &Playbook, step: &Step) -> Vec<String> {
    let words = |condition: &Condition| {
        let options: Vec<&str> = condition.options.iter().map(OptionId::as_str).collect();
        format!("{} is {}", name(book, &condition.step), options.join(" or "))
    };
    let opens: Vec<String> = step.opens_on.iter().map(words).collect();
    let closes: Vec<String> = step.closed_on.iter().map(words).collect();
    let mut all = Vec::new();
    if !opens.is_empty() {
        all.push(format!("only if {}", opens.join(" and ")));
    }
    if !closes.is_empty() {
        all.push(format!("not if {}", closes.join(" or if ")));
    }
    all
}

fn by_hand(book: &Playbook, form: &Form) -> String {
    match form {
        Form::Message(id) => {
            let template = book.templates.iter().find(|template| template.id == *id);
            let channel = template.map(|template| format!(" by {}", template.channel));
            format!("sends {id}{}", channel.unwrap_or_default())
        }
        Form::Outreach(outreach) => {
            let segment = book.segments.iter().find(|segment| segment.id == outreach.segment);
            let within = segment.and_then(|segment| segment.reach_within);
            let within = within.map(|within| format!(" within {}", span(within)));
            format!("reaches all of {}{}", outreach.segment, within.unwrap_or_default())
        }
        Form::Check(Check::Probe(probe)) => format!("looks at {probe}"),
        Form::Check(Check::Command(command)) => format!("looks with {}", command.join(" ")),
        Form::Action | Form::Decision(_) | Form::Collect(_) => String::new(),
    }
}

fn asked(field: &Field, width: usize) -> Vec<String> {
    let mut kind = match &field.kind {
        FieldKind::Text => "text".to_owned(),
        FieldKind::Number(None) => "number".to_owned(),
        FieldKind::Number(Some(count)) => format!("number, counts {count}"),
        FieldKind::Time(None) => "time".to_owned(),
        FieldKind::Time(Some(mark)) => format!("time, marks {mark}"),
        FieldKind::YesNo => "yes or no".to_owned(),
        FieldKind::Choice(options) => options.join(" | "),
    };
    if !field.required {
        kind.push_str(", may stay open");
    }
    hung(&format!("{INDENT}- "), &format!("{}: {} ({kind})", field.id, field.ask), width)
}

/// A decision with its answers, and below each what follows from it.
fn tree(book: &Playbook, step: &Step, decision: &Decision, width: usize) -> Vec<String> {
    let mut lines = hung(INDENT, &decision.question, width);
    let last = decision.options.len().saturating_sub(1);
    for (at, choice) in decision.options.iter().enumerate() {
        let text = format!("{}: {}", choice.id, choice.title);
        let below = branch(&mut lines, INDENT, at == last, &text, width);
        let effects = effects(book, &step.id, choice);
        let leaf = effects.len().saturating_sub(1);
        for (at, effect) in effects.iter().enumerate() {
            branch(&mut lines, &below, at == leaf, effect, width);
        }
    }
    lines
}

/// What follows from an answer.
fn effects(book: &Playbook, decision: &StepId, choice: &Choice) -> Vec<String> {
    let opens: Vec<StepId> =
        book.opened_by(decision, &choice.id).map(|step| step.id.clone()).collect();
    let closes: Vec<StepId> =
        book.closed_by(decision, &choice.id).map(|step| step.id.clone()).collect();
    let mut all = Vec::new();
    for (word, steps) in [("opens", opens), ("closes", closes)] {
        if !steps.is_empty() {
            all.push(format!("{word} {}", named(book, &steps)));
        }
    }
    all.extend(
        choice.leads_to.as_ref().map(|playbook| format!("leads to the playbook {playbook}")),
    );
    all
}

/// One branch; the margin of what lies below it.
fn branch(lines: &mut Vec<String>, margin: &str, last: bool, text: &str, width: usize) -> String {
    let (fork, rest) = if last { ("`-- ", "    ") } else { ("|-- ", "|   ") };
    let below = format!("{margin}{rest}");
    let broken = broken(text, width.saturating_sub(below.len()));
    for (at, line) in broken.iter().enumerate() {
        let before = if at == 0 { format!("{margin}{fork}") } else { below.clone() };
        lines.push(format!("{before}{line}"));
    }
    below
}

/// `F-04 all-branches`, for each.
fn named(book: &Playbook, steps: &[StepId]) -> String {
    steps.iter().map(|id| name(book, id)).collect::<Vec<_>>().join(", ")
}

fn name(book: &Playbook, id: &StepId) -> String {
    let code = book.step(id).map(|step| step.code.as_str());
    code.map_or_else(|| id.to_string(), |code| format!("{code} {id}"))
}

/// A text behind a mark, its other lines under its first.
fn hung(mark: &str, text: &str, width: usize) -> Vec<String> {
    let under = " ".repeat(mark.chars().count());
    let lines = broken(text, width.saturating_sub(under.len()));
    let before = |at| if at == 0 { mark } else { &*under };
    lines.iter().enumerate().map(|(at, line)| format!("{}{line}", before(at))).collect()
}

fn broken(text: &str, width: usize) -> Vec<String> {
    wrap(&safe(text), width)
}
