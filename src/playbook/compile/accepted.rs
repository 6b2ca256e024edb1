//! Findings of lint that a playbook accepts. Only their form is checked here: whether a rule exists and
//! finds anything is advice, so that a playbook outlives the lint it was written under.

use super::super::findings::{Findings, quoted};
use super::super::id::StepId;
use super::super::model::Accepted;
use super::super::rule::Rule;
use super::super::yaml::{self, Text};
use super::values;

/// What stands for every place.
pub(in crate::playbook) const EVERYWHERE: &str = "*";

/// All acceptances, in the order of the file.
pub(super) fn compile(book: &yaml::Book<'_>, findings: &mut Findings<'_>) -> Vec<Accepted> {
    let all = book.accept.given().map_or(&[][..], |all| &all.value);
    all.iter().flatten().filter_map(|raw| accepted(raw, findings)).collect()
}

fn accepted(raw: &yaml::Accept<'_>, findings: &mut Findings<'_>) -> Option<Accepted> {
    let rule = raw.rule.required("rule", raw.at, findings);
    let rule = rule.and_then(|rule| code(rule, findings));
    let place = raw.place.required("at", raw.at, findings);
    let place = place.and_then(|place| self::place(place, findings));
    let version = values::optional_line(&raw.version, "version", findings);
    let reason = raw.reason.required("reason", raw.at, findings);
    let reason = reason.and_then(|reason| values::line(reason, "reason", findings));
    Some(Accepted { rule: rule?, at: place?, version, reason: reason? })
}

/// What has the form of a code, even if this lint has no such rule.
fn code(text: &Text<'_>, findings: &mut Findings<'_>) -> Option<String> {
    let word = text.value.as_ref();
    let is_code = matches!(word.as_bytes(), [letter, tens, ones]
        if letter.is_ascii_uppercase() && tens.is_ascii_digit() && ones.is_ascii_digit());
    if is_code {
        return Some(word.to_owned());
    }
    let help = match Rule::find(word) {
        Some(rule) => format!("write {rule}"),
        None => "write a code such as M01; `runbook lint --rules` lists them".to_owned(),
    };
    findings.error_help(text.span, format!("{} is no code of a rule", quoted(word)), help);
    None
}

/// An id of anything, or every place.
fn place(text: &Text<'_>, findings: &mut Findings<'_>) -> Option<String> {
    let word = text.value.as_ref();
    if word == EVERYWHERE || word.parse::<StepId>().is_ok() {
        return Some(word.to_owned());
    }
    let help = "write the id of the step, template, role … it stands at, or \"*\"".to_owned();
    findings.error_help(text.span, format!("{} is no place", quoted(word)), help);
    None
}
