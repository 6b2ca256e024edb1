//! What the file accepts, held against what the rules object to.

use std::collections::HashMap;

use super::super::compile::EVERYWHERE;
use super::super::diagnostic::Diagnostic;
use super::super::findings::{Findings, Span, quoted};
use super::super::model::Accepted;
use super::super::rule::{Acceptance, Rule};
use super::super::yaml;
use super::Subject;
use super::advice::{Advice, Objection};

/// Findings, and accepted findings with their reasons.
type Sorted = (Vec<Diagnostic>, Vec<(Diagnostic, String)>);

/// The acceptances that may accept something, by rule and place.
struct Register<'b> {
    by_place: HashMap<(Rule, &'b str), usize>,
    used: Vec<bool>,
}

/// Objections that nobody accepted apart from those that somebody did, each in the order of the source.
pub(super) fn sort(subject: &Subject<'_, '_>, advice: Advice<'_>) -> Sorted {
    let said = &subject.book.accepted;
    let raw = subject.raw.accept.given().map_or(&[][..], |all| &all.value);
    let mut register =
        Register { by_place: HashMap::with_capacity(said.len()), used: vec![false; said.len()] };
    let mut open = Findings::new(subject.source);
    for (number, (raw, one)) in raw.iter().flatten().zip(said).enumerate() {
        match stands(one, &subject.book.version) {
            Ok(rule) => {
                register.by_place.entry((rule, one.at.as_str())).or_insert(number);
            }
            Err((message, help)) => {
                register.used[number] = true;
                open.advise(Rule::IdleAcceptance, place(raw), message, help);
            }
        }
    }
    let mut accepted = Vec::new();
    for objection in advice.all {
        let Objection { rule, span, message, help, .. } = objection;
        match register.take(rule, objection.at) {
            Some(number) => accepted.push((rule, span, message, help, number)),
            None => open.advise(rule, span, message, help),
        }
    }
    for ((raw, one), used) in raw.iter().flatten().zip(said).zip(register.used) {
        if !used {
            let message = format!("{} finds nothing at {} to accept", one.rule, quoted(&one.at));
            let help = "delete it, or correct the place".to_owned();
            open.advise(Rule::IdleAcceptance, place(raw), message, help);
        }
    }
    accepted.sort_by_key(|(_, span, ..)| (span.start, span.end));
    let told = |(rule, span, message, help, number): (Rule, Span, String, String, usize)| {
        let one = Diagnostic {
            severity: rule.about().severity,
            rule: Some(rule),
            message,
            span: span.start..span.end,
            help: Some(help),
        };
        (one, said[number].reason.clone())
    };
    (open.into_sorted(), accepted.into_iter().map(told).collect())
}

impl Register<'_> {
    /// The acceptance that covers an objection.
    fn take(&mut self, rule: Rule, at: Option<&str>) -> Option<usize> {
        let here = at.and_then(|at| self.by_place.get(&(rule, at)));
        let number = *here.or_else(|| self.by_place.get(&(rule, EVERYWHERE)))?;
        self.used[number] = true;
        Some(number)
    }
}

fn place(raw: &yaml::Accept<'_>) -> Span {
    raw.rule.given().map_or(raw.at, |rule| rule.span)
}

/// The rule that an acceptance is about, if it can accept anything in this version of the text.
fn stands(one: &Accepted, version: &str) -> Result<Rule, (String, String)> {
    let Some(rule) = Rule::find(&one.rule) else {
        let message = format!("this runbook has no rule {}", one.rule);
        return Err((message, "`runbook lint --rules` lists them".to_owned()));
    };
    let everywhere = one.at == EVERYWHERE;
    match rule.about().acceptance {
        Acceptance::Never => {
            let message = format!("{rule} cannot be accepted");
            Err((message, "mend what it objects to".to_owned()))
        }
        Acceptance::Each if everywhere => {
            let message = format!("{rule} is accepted place by place, not everywhere at once");
            Err((message, "write the id of what it stands at".to_owned()))
        }
        Acceptance::Whole if !everywhere => {
            let message = format!("{rule} is about the playbook as a whole");
            Err((message, "write `at: \"*\"`".to_owned()))
        }
        Acceptance::Each | Acceptance::Everywhere | Acceptance::Whole => {
            match one.version.as_ref().filter(|judged| *judged != version) {
                None => Ok(rule),
                Some(judged) => Err((
                    format!("this was accepted for version {judged}, and this is {version}"),
                    "judge it anew: mend what it accepts, or correct the version".to_owned(),
                )),
            }
        }
    }
}
