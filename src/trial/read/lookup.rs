//! What a word of the file means: a step, an answer, a role, a time.

use std::str::FromStr;

use crate::engine::Timestamp;
use crate::playbook::reading::{Findings, Text, length, quoted};
use crate::playbook::{Decision, Field, Form, OptionId, Phase, Playbook, Role, SlugError, Step};

/// The names of the playbook under test.
#[derive(Clone, Copy)]
pub(super) struct Lookup<'b> {
    pub(super) book: &'b Playbook,
}

impl<'b> Lookup<'b> {
    /// A step by its name or its code.
    pub(super) fn step(self, text: &Text<'_>, findings: &mut Findings<'_>) -> Option<&'b Step> {
        let found = self.book.find_step(&text.value);
        if found.is_none() {
            let names = self.book.steps().map(|(_, step)| step.id.as_str());
            let near = findings.did_you_mean(&text.value, names);
            let help = near.or_else(|| Some(format!("runbook show {} lists them", self.book.id)));
            self.nothing("step", text, help, findings);
        }
        found
    }

    pub(super) fn role(self, text: &Text<'_>, findings: &mut Findings<'_>) -> Option<&'b Role> {
        let found = self.book.roles.iter().find(|role| role.id.as_str() == text.value);
        if found.is_none() {
            let names: Vec<&str> = self.book.roles.iter().map(|role| role.id.as_str()).collect();
            let help = either("its roles are", text, &names);
            self.nothing("role", text, Some(help), findings);
        }
        found
    }

    pub(super) fn phase(self, text: &Text<'_>, findings: &mut Findings<'_>) -> Option<&'b Phase> {
        let found = self.book.phases.iter().find(|phase| phase.id.as_str() == text.value);
        if found.is_none() {
            let names: Vec<&str> = self.book.phases.iter().map(|it| it.id.as_str()).collect();
            let help = either("its phases are", text, &names);
            self.nothing("phase", text, Some(help), findings);
        }
        found
    }

    fn nothing(
        self,
        what: &str,
        text: &Text<'_>,
        help: Option<String>,
        findings: &mut Findings<'_>,
    ) {
        let message = format!("{} has no {what} {}", self.book.id, quoted(&text.value));
        findings.error_help(text.span, message, help);
    }
}

/// An answer to a decision.
pub(super) fn option(
    step: &Step,
    text: &Text<'_>,
    findings: &mut Findings<'_>,
) -> Option<OptionId> {
    let Form::Decision(Decision { options, .. }) = &step.form else {
        let message = format!("{} is no decision", quoted(step.id.as_str()));
        findings.error_help(text.span, message, format!("write `done: {}`", step.id));
        return None;
    };
    let names: Vec<&str> = options.iter().map(|choice| choice.id.as_str()).collect();
    let found = options.iter().find(|choice| choice.id.as_str() == text.value);
    if found.is_none() {
        let message = format!("{} has no answer {}", step.id, quoted(&text.value));
        findings.error_help(text.span, message, either("its answers are", text, &names));
    }
    found.map(|choice| choice.id.clone())
}

/// Something that a step asks for.
pub(super) fn field<'a>(
    step: &'a Step,
    text: &Text<'_>,
    findings: &mut Findings<'_>,
) -> Option<&'a Field> {
    let fields: &[Field] = match &step.form {
        Form::Collect(fields) => fields,
        Form::Action
        | Form::Decision(_)
        | Form::Message(_)
        | Form::Outreach(_)
        | Form::Check(_) => &[],
    };
    let found = fields.iter().find(|field| field.id.as_str() == text.value);
    if found.is_none() {
        let names: Vec<&str> = fields.iter().map(|field| field.id.as_str()).collect();
        let message = format!("{} does not ask for {}", step.id, quoted(&text.value));
        let help = if names.is_empty() {
            "it asks for nothing".to_owned()
        } else {
            either("it asks for", text, &names)
        };
        findings.error_help(text.span, message, help);
    }
    found
}

/// One of a few fixed words.
pub(super) fn one_of<T: Copy>(
    what: &str,
    text: &Text<'_>,
    words: &[(&'static str, T)],
    findings: &mut Findings<'_>,
) -> Option<T> {
    let found = words.iter().find(|(word, _)| *word == text.value).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let message = format!("there is no {what} {}", quoted(&text.value));
        findings.error_help(text.span, message, either("write one of", text, &names));
    }
    found
}

/// An id that this playbook does not define.
pub(super) fn id<T: FromStr<Err = SlugError>>(
    text: &Text<'_>,
    findings: &mut Findings<'_>,
) -> Option<T> {
    crate::playbook::reading::slug(text, findings)
}

/// An instant that is written since T+0, or with a plus since `base`.
pub(super) fn offset(
    text: &Text<'_>,
    base: Timestamp,
    findings: &mut Findings<'_>,
) -> Option<Timestamp> {
    let word = text.value.trim();
    let zero = super::zero();
    let (from, sign, rest) = match (word.strip_prefix('-'), word.strip_prefix('+')) {
        (Some(rest), _) => (zero, -1, rest),
        (_, Some(rest)) => (base, 1, rest),
        (None, None) => (zero, 1, word),
    };
    match length(rest) {
        Ok(length) => Some(from + length * sign),
        Err(slip) => {
            findings.error_help(text.span, slip.message, slip.help);
            None
        }
    }
}

/// The word that was meant, if one is near; else all there are.
fn either(all: &str, text: &Text<'_>, names: &[&str]) -> String {
    let near = crate::playbook::reading::closest(&text.value, names.iter().copied(), &mut 1_000);
    near.map_or_else(
        || format!("{all} {}", names.join(", ")),
        |near| format!("did you mean {}?", quoted(near)),
    )
}
