//! What a short word means among a few: a field, an answer to a decision.

use super::Case;
use crate::playbook::{Choice, Decision, Field, FieldId, Step};
use crate::transcript::fault::{Ask, Fault};
use crate::transcript::row::Word;

/// The field of this name, or the only one that begins so.
pub(super) fn field<'a>(fields: &'a [Field], word: &str) -> Option<&'a Field> {
    one(fields, word, |field| field.id.as_str())
}

/// The answer that is meant: by its name, the only beginning, or its number.
pub(super) fn choice<'a>(decision: &'a Decision, word: &str) -> Option<&'a Choice> {
    let word = word.trim_end_matches([':', ',', ';']);
    let named = one(&decision.options, word, |choice| choice.id.as_str());
    let number = || word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    named.or_else(|| number().and_then(|at| decision.options.get(at)))
}

/// The one of this name, in any case, or the only one that begins so.
pub(super) fn one<'a, T>(all: &'a [T], word: &str, name: impl Fn(&T) -> &str) -> Option<&'a T> {
    let typed = word.to_lowercase();
    if let Some(exact) = all.iter().find(|one| name(one).to_lowercase() == typed) {
        return Some(exact);
    }
    let mut begins = all.iter().filter(|one| name(one).to_lowercase().starts_with(&typed));
    let first = begins.next().filter(|_| !typed.is_empty())?;
    begins.next().is_none().then_some(first)
}

pub(super) fn unknown_field(step: &Step, fields: &[Field], name: &Word) -> Fault {
    let all: Vec<&str> = fields.iter().map(|field| field.id.as_str()).collect();
    let message = format!("{} {} does not ask for \"{}\"", step.code, step.id, name.text);
    Fault::new(message, name.span.clone()).help(format!(
        "it asks for {}; note= takes other words, and quotes keep an = within words",
        all.join(", ")
    ))
}

pub(super) fn missing_answers(case: &Case, step: &Step, missing: &[&Field]) -> Fault {
    let asked: Vec<String> =
        missing.iter().map(|field| format!("{}=… ({})", field.id, field.ask)).collect();
    let ids: Vec<FieldId> = missing.iter().map(|field| field.id.clone()).collect();
    let names: Vec<&str> = ids.iter().map(FieldId::as_str).collect();
    let message = format!("{} {} asks for more: {}", step.code, step.id, names.join(", "));
    Fault::new(message, case.end())
        .help(format!("add {}", asked.join(" ")))
        .ask(Ask::Answers(step.id.clone(), ids))
}
