//! What an exercise may refer to in its playbook: roles, steps, answers, channels.

use super::super::super::exercise::Happening;
use super::super::super::findings::{Findings, quoted};
use super::super::super::id::{ChannelId, InjectId, RoleId, StepId};
use super::super::super::model::{Form, Playbook};
use super::super::super::words::Mark;
use super::super::super::yaml::Text;
use super::super::names::Names;
use super::super::values::one_of;

/// The role that a text names.
pub(super) fn role(
    text: &Text<'_>,
    book: &Playbook,
    findings: &mut Findings<'_>,
) -> Option<RoleId> {
    let all: Vec<&str> = book.roles.iter().map(|role| role.id.as_str()).collect();
    let role = book.roles.iter().find(|role| role.id.as_str() == text.value);
    found("role", role.map(|role| role.id.clone()), text, &text.value, &all, findings)
}

/// The channel that a text names.
pub(super) fn channel(
    text: &Text<'_>,
    book: &Playbook,
    findings: &mut Findings<'_>,
) -> Option<ChannelId> {
    let all: Vec<&str> = book.channels.iter().map(|channel| channel.id.as_str()).collect();
    let channel = book.channels.iter().find(|channel| channel.id.as_str() == text.value);
    found("channel", channel.map(|one| one.id.clone()), text, &text.value, &all, findings)
}

/// The step that a text names.
pub(super) fn step(
    text: &Text<'_>,
    book: &Playbook,
    findings: &mut Findings<'_>,
) -> Option<StepId> {
    named_step(text, &text.value, book, findings)
}

fn named_step(
    text: &Text<'_>,
    word: &str,
    book: &Playbook,
    findings: &mut Findings<'_>,
) -> Option<StepId> {
    let all: Vec<&str> = book.steps().map(|(_, step)| step.id.as_str()).collect();
    let step = book.steps().find(|(_, step)| step.id.as_str() == word);
    found("step", step.map(|(_, step)| step.id.clone()), text, word, &all, findings)
}

/// What a text says can happen, and whether it waits for an inject of the same file.
pub(super) fn happening(
    text: &Text<'_>,
    book: &Playbook,
    injects: &Names<'_, InjectId>,
    findings: &mut Findings<'_>,
) -> Option<Happening> {
    let word = text.value.trim();
    if let Some(mark) = word.strip_prefix("milestone:") {
        let mark = Text { value: mark.trim().into(), span: text.span };
        let found = Mark::from_word(&mark.value);
        if found.is_none() {
            one_of("milestone", &mark, Mark::words().into_iter(), findings);
        }
        return found.map(Happening::Milestone);
    }
    if let Some(inject) = word.strip_prefix("inject:") {
        let name = Text { value: inject.trim().into(), span: text.span };
        return injects.find(&name, findings).map(Happening::Inject);
    }
    let Some((step, option)) = word.split_once('=') else {
        return named_step(text, word, book, findings).map(Happening::Step);
    };
    let step = named_step(text, step.trim(), book, findings)?;
    answer(text, step, option.trim(), book, findings)
}

fn answer(
    text: &Text<'_>,
    step: StepId,
    option: &str,
    book: &Playbook,
    findings: &mut Findings<'_>,
) -> Option<Happening> {
    let form = book.step(&step).map(|step| &step.form);
    let Some(Form::Decision(decision)) = form else {
        let message = format!("{} is no decision, so it has no answer", quoted(step.as_str()));
        findings.error_help(text.span, message, format!("write {step}"));
        return None;
    };
    let all: Vec<&str> = decision.options.iter().map(|choice| choice.id.as_str()).collect();
    let chosen = decision.options.iter().find(|choice| choice.id.as_str() == option);
    let chosen = chosen.map(|choice| choice.id.clone());
    found("answer", chosen, text, option, &all, findings).map(|o| Happening::Answer(step, o))
}

/// Reports a word that names nothing of the playbook.
fn found<T>(
    what: &str,
    found: Option<T>,
    text: &Text<'_>,
    word: &str,
    all: &[&str],
    findings: &mut Findings<'_>,
) -> Option<T> {
    if found.is_none() {
        let message = format!("the playbook has no {what} {}", quoted(word));
        let few = || (1..=10).contains(&all.len()).then(|| format!("it has {}", all.join(", ")));
        let help = findings.did_you_mean(word, all.iter().copied()).or_else(few);
        findings.error_help(text.span, message, help);
    }
    found
}
