//! What kind of answer a step takes.

use super::super::findings::{Findings, Span, quoted};
use super::super::id::{FieldId, OptionId};
use super::super::model::{Check, Choice, Decision, Field, FieldKind, Form, Outreach};
use super::super::words::{Count, FIELD_KINDS, Mark};
use super::super::yaml::{self, Entries, List, Short, Text};
use super::names::{self, Names, distinct};
use super::scope::Scope;
use super::values::{self, MAX_QUESTION, line_up_to};

/// The form of a step.
pub(super) fn compile(
    raw: &yaml::Step<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<Form> {
    let written = written(raw);
    if let [first, .., (last, at)] = written.as_slice() {
        let message = format!("a step cannot have both `{}` and `{last}`", first.0);
        let help = "make two steps of it".to_owned();
        findings.error_help(at.unwrap_or(raw.at), message, help);
    }
    let forms = [
        raw.decision.given().map(|it| decision(it, raw, scope, findings).map(Form::Decision)),
        raw.collect.given().map(|it| Some(Form::Collect(collect(it, findings)))),
        raw.message.given().map(|it| message(it, scope, findings)),
        raw.outreach.given().map(|it| outreach(it, scope, findings).map(Form::Outreach)),
        raw.check.given().map(|it| check(it, findings).map(Form::Check)),
    ];
    if written.is_empty() { Some(Form::Action) } else { forms.into_iter().flatten().next()? }
}

/// The forms that a step names, each with its place where that is known.
fn written(raw: &yaml::Step<'_>) -> Vec<(&'static str, Option<Span>)> {
    [
        ("decision", raw.decision.is_absent(), raw.decision.given().map(|it| it.at)),
        ("collect", raw.collect.is_absent(), raw.collect.given().map(|it| it.span)),
        ("message", raw.message.is_absent(), raw.message.given().map(|it| it.at)),
        ("outreach", raw.outreach.is_absent(), raw.outreach.given().map(|it| it.at)),
        ("check", raw.check.is_absent(), raw.check.given().map(|it| it.at)),
    ]
    .into_iter()
    .filter_map(|(name, absent, at)| (!absent).then_some((name, at)))
    .collect()
}

fn decision(
    raw: &yaml::Decision<'_>,
    step: &yaml::Step<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<Decision> {
    let question = raw.question.required("question", raw.at, findings);
    let question = question.and_then(|text| line_up_to(MAX_QUESTION, text, "question", findings));
    let options = raw.options.required("options", raw.at, findings)?;
    if options.value.len() < 2 {
        findings.error(options.span, "a decision needs at least two options");
    }
    let names = step.id.given().and_then(|id| scope.decisions.get(id.value.as_ref()));
    let mut all = Vec::with_capacity(options.value.len());
    for (name, answer) in &options.value {
        let Some(answer) = answer else { continue };
        let id = names.and_then(|names| names.get(name));
        all.extend(choice(id, answer, findings));
    }
    Some(Decision { question: question?, options: all })
}

fn choice(
    id: Option<OptionId>,
    answer: &Short<'_, yaml::Answer<'_>>,
    findings: &mut Findings<'_>,
) -> Option<Choice> {
    let (title, leads_to) = match answer {
        Short::Words(title) => (Some(title), None),
        Short::Full(answer) => {
            (answer.title.required("title", answer.at, findings), answer.leads_to.given())
        }
    };
    let title = title.and_then(|title| values::line(title, "title", findings));
    let leads_to = leads_to.and_then(|playbook| names::slug(playbook, findings));
    Some(Choice { id: id?, title: title?, leads_to })
}

fn collect<'b>(
    raw: &'b Entries<'_, Short<'_, yaml::Field<'_>>>,
    findings: &mut Findings<'_>,
) -> Vec<Field> {
    if raw.value.is_empty() {
        findings.error(raw.span, "`collect` needs at least one question");
    }
    let mut names: Names<'b, FieldId> = Names::new("field", "collect");
    let mut all = Vec::with_capacity(raw.value.len());
    for (name, field) in &raw.value {
        names.define(name, findings);
        let Some(field) = field else { continue };
        all.extend(self::field(names.get(name), field, findings));
    }
    all
}

fn field(
    id: Option<FieldId>,
    raw: &Short<'_, yaml::Field<'_>>,
    findings: &mut Findings<'_>,
) -> Option<Field> {
    let (ask, kind, required) = match raw {
        Short::Words(ask) => (Some(ask), Some(FieldKind::Text), true),
        Short::Full(raw) => (
            raw.ask.required("ask", raw.at, findings),
            kind(raw, findings),
            raw.required.given().is_none_or(|flag| flag.value),
        ),
    };
    let ask = ask.and_then(|ask| line_up_to(MAX_QUESTION, ask, "ask", findings));
    Some(Field { id: id?, ask: ask?, kind: kind?, required })
}

fn kind(raw: &yaml::Field<'_>, findings: &mut Findings<'_>) -> Option<FieldKind> {
    if raw.kind.is_absent() && raw.options.is_absent() {
        stray_mark(raw, findings);
        stray_count(raw, findings);
        return Some(FieldKind::Text);
    }
    let Some(word) = raw.kind.given() else {
        if let (true, Some(options)) = (raw.kind.is_absent(), raw.options.given()) {
            stray_options(options, findings);
        }
        return None;
    };
    if word.value != "time" {
        stray_mark(raw, findings);
    }
    if word.value != "number" {
        stray_count(raw, findings);
    }
    let kind = match word.value.as_ref() {
        "text" => FieldKind::Text,
        "number" => FieldKind::Number(counted(raw, findings)),
        "time" => FieldKind::Time(marked(raw, findings)),
        "yes-no" => FieldKind::YesNo,
        "choice" => {
            let options = raw.options.required("options", raw.at, findings)?;
            return Some(FieldKind::Choice(choices(options, findings)));
        }
        _ => {
            values::one_of("type", word, FIELD_KINDS.into_iter(), findings);
            return None;
        }
    };
    if let Some(options) = raw.options.given() {
        stray_options(options, findings);
    }
    Some(kind)
}

fn marked(raw: &yaml::Field<'_>, findings: &mut Findings<'_>) -> Option<Mark> {
    raw.mark.given().and_then(|text| values::milestone(text, findings))
}

fn stray_mark(raw: &yaml::Field<'_>, findings: &mut Findings<'_>) {
    if let Some(mark) = raw.mark.given() {
        let help = "write `type: time`, or take the mark out".to_owned();
        findings.error_help(mark.span, "only a time has a `mark`", help);
    }
}

fn counted(raw: &yaml::Field<'_>, findings: &mut Findings<'_>) -> Option<Count> {
    let text = raw.count.given()?;
    let count = Count::from_word(&text.value);
    if count.is_none() {
        let words = Count::ALL.iter().map(|count| count.word());
        values::one_of("count", text, words, findings);
    }
    count
}

fn stray_count(raw: &yaml::Field<'_>, findings: &mut Findings<'_>) {
    if let Some(count) = raw.count.given() {
        let help = "write `type: number`, or take the count out".to_owned();
        findings.error_help(count.span, "only a number has a `count`", help);
    }
}

fn stray_options(options: &List<Text<'_>>, findings: &mut Findings<'_>) {
    let help = "write `type: choice`, or take the options out".to_owned();
    findings.error_help(options.span, "only a choice has `options`", help);
}

fn choices(options: &List<Text<'_>>, findings: &mut Findings<'_>) -> Vec<String> {
    if options.value.len() < 2 {
        findings.error(options.span, "a choice needs at least two options");
    }
    distinct(options, findings)
        .into_iter()
        .filter_map(|option| values::line(option, "options", findings))
        .collect()
}

fn message(
    raw: &yaml::Message<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<Form> {
    let template = raw.template.required("template", raw.at, findings)?;
    scope.templates.find(template, findings).map(Form::Message)
}

fn outreach(
    raw: &yaml::Outreach<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<Outreach> {
    let script = values::optional_prose(&raw.script, "script", findings);
    let segment = raw.segment.required("segment", raw.at, findings)?;
    Some(Outreach { segment: scope.segments.find(segment, findings)?, script })
}

fn check(raw: &yaml::Check<'_>, findings: &mut Findings<'_>) -> Option<Check> {
    let probe = values::optional_line(&raw.probe, "probe", findings).map(Check::Probe);
    let command = raw.command.given().map(|argv| command(argv, findings));
    match (raw.probe.is_absent(), raw.command.is_absent()) {
        (true, true) => {
            findings.error(raw.at, "a check needs either `probe` or `command`");
            None
        }
        (false, false) => {
            findings.error(raw.at, "a check cannot have both `probe` and `command`");
            None
        }
        (false, true) => probe,
        (true, false) => command,
    }
}

fn command(argv: &List<Text<'_>>, findings: &mut Findings<'_>) -> Check {
    if argv.value.is_empty() {
        let help = "write the program and its arguments: `[dig, MX, example.org]`".to_owned();
        findings.error_help(argv.span, "`command` is empty", help);
    }
    let mut words = Vec::with_capacity(argv.value.len());
    for word in argv.value.iter().flatten() {
        // An argument may be empty or long, and is never shown as a line without quotes.
        if word.value.contains('\n') {
            let message = format!("the argument {} has several lines", quoted(&word.value));
            findings.error(word.span, message);
        }
        words.push(word.value.to_string());
    }
    Check::Command(words)
}
