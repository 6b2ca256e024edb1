//! Phases, what opens them, and the short codes of their steps.

use std::collections::BTreeSet;

use super::super::findings::{Findings, quoted};
use super::super::id::PhaseId;
use super::super::model::{Opening, Phase};
use super::super::words::Mark;
use super::super::yaml::{self, Text};
use super::duration;
use super::gates::{Gate, Gates};
use super::names::Names;
use super::scope::Scope;
use super::{steps, values};

/// As many as there are letters for their codes.
const MAX_PHASES: usize = 26;

/// All phases, in the order of the file. `gates` are those of their steps, in the same order.
pub(super) fn compile(
    book: &yaml::Book<'_>,
    scope: &Scope<'_>,
    gates: Gates,
    findings: &mut Findings<'_>,
) -> Vec<Phase> {
    let Some(phases) = book.phases.required("phases", book.at, findings) else {
        return Vec::new();
    };
    if phases.value.is_empty() {
        findings.error(phases.span, "a playbook needs at least one phase");
    }
    let mut names = Names::new("phase", "phases");
    let mut letters = Letters((b'A'..=b'Z').collect());
    let mut gates = gates.into_iter();
    let mut all = Vec::with_capacity(phases.value.len().min(MAX_PHASES));
    for raw in phases.value.iter().flatten() {
        let id = define(&mut names, raw, findings);
        let letter = letters.take(raw.id.given().map_or("", |id| &id.value));
        if letter.is_none() {
            findings.error(raw.at, format!("a playbook has at most {MAX_PHASES} phases"));
        }
        let title = raw.title.required("title", raw.at, findings);
        let title = title.and_then(|title| values::line(title, "title", findings));
        let opening = opening(raw, findings);
        let steps = phase_steps(raw, opening, letter, scope, &mut gates, findings);
        if let (Some(id), Some(title), Some(opening)) = (id, title, opening) {
            all.push(Phase { id, title, opening, steps });
        }
    }
    all
}

fn define<'b>(
    names: &mut Names<'b, PhaseId>,
    raw: &'b yaml::Phase<'_>,
    findings: &mut Findings<'_>,
) -> Option<PhaseId> {
    let name = raw.id.required("id", raw.at, findings)?;
    names.define(name, findings);
    names.get(name)
}

fn phase_steps(
    raw: &yaml::Phase<'_>,
    opening: Option<Opening>,
    letter: Option<char>,
    scope: &Scope<'_>,
    gates: &mut impl Iterator<Item = Gate>,
    findings: &mut Findings<'_>,
) -> Vec<super::super::model::Step> {
    let Some(list) = raw.steps.required("steps", raw.at, findings) else { return Vec::new() };
    if list.value.is_empty() {
        findings.error(list.span, "a phase needs at least one step");
    }
    let mut all = Vec::with_capacity(list.value.len());
    for (number, yaml::Item(raw)) in (1..).zip(list.value.iter().flatten()) {
        let gate = gates.next().unwrap_or_default();
        let code = letter.map_or_else(String::new, |letter| format!("{letter}-{number:02}"));
        all.extend(steps::compile(raw, code, opening, gate, scope, findings));
    }
    all
}

/// The letters that no phase uses yet.
struct Letters(BTreeSet<u8>);

impl Letters {
    /// The first free letter of an id, else of the alphabet.
    fn take(&mut self, id: &str) -> Option<char> {
        let own = id.bytes().map(|b| b.to_ascii_uppercase()).find(|b| self.0.contains(b));
        let letter = own.or_else(|| self.0.first().copied())?;
        self.0.remove(&letter);
        Some(char::from(letter))
    }
}

fn opening(raw: &yaml::Phase<'_>, findings: &mut Findings<'_>) -> Option<Opening> {
    if raw.window.is_absent() && raw.opens.is_absent() {
        let help =
            "write `window: 0h-2h`, or `opens:` with a milestone such as `restored`".to_owned();
        findings.error_help(
            raw.at,
            "neither `window` nor `opens` says when the phase begins",
            help,
        );
    }
    let window = raw.window.given().and_then(|text| window(text, findings));
    let mark = raw.opens.given().and_then(|text| opening_mark(text, findings));
    if let (Some(_), Some(opens)) = (raw.window.given(), raw.opens.given()) {
        let help = "keep the one that really opens the phase".to_owned();
        findings.error_help(opens.span, "a phase has either `window` or `opens`", help);
    }
    window.or(mark.map(Opening::On))
}

fn opening_mark(text: &Text<'_>, findings: &mut Findings<'_>) -> Option<Mark> {
    let mark = values::mark(text, findings)?;
    if mark != Mark::Declared {
        return Some(mark);
    }
    let message = format!("{} is T+0 and opens no phase of its own", quoted(&text.value));
    let help = "write a window that starts there, such as `window: 0h-2h`".to_owned();
    findings.error_help(text.span, message, help);
    None
}

fn window(text: &Text<'_>, findings: &mut Findings<'_>) -> Option<Opening> {
    let usual = "write it as `0h-2h`".to_owned();
    let Some((from, to)) = text.value.split_once('-') else {
        let message = format!("{} is not a window", quoted(&text.value));
        findings.error_help(text.span, message, usual);
        return None;
    };
    let mut end = |word: &str| match duration::parse(word) {
        Ok(length) => Some(length),
        Err(slip) => {
            findings.error_help(text.span, format!("`window`: {}", slip.message), slip.help);
            None
        }
    };
    let (from, to) = (end(from), end(to));
    let (from, to) = (from?, to?);
    if to > from {
        return Some(Opening::Window { from, to });
    }
    findings.error_help(text.span, "a window ends later than it begins", usual);
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phase_gets_the_first_letter_that_is_free() {
        let mut letters = Letters((b'A'..=b'Z').collect());
        let ids = ["immediate", "initial", "12h", "immi", "i", "é", ""];
        let given: Vec<Option<char>> = ids.iter().map(|id| letters.take(id)).collect();
        let expected = ['I', 'N', 'H', 'M', 'A', 'B', 'C'].map(Some);
        assert_eq!(given, expected);
        let rest = (0..19).filter_map(|_| letters.take("x")).count();
        assert_eq!((rest, letters.take("x")), (19, None));
    }
}
