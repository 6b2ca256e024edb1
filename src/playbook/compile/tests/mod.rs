//! Each rule on one sound playbook (`base.yaml`) with one change: what it reports, to the column,
//! and the near miss that it must leave alone.

mod gates;
mod head;
mod hostile;
mod sections;
mod steps;
mod whole;
mod yaml;

use std::fmt::Write as _;

use super::compile;
use crate::playbook::Diagnostic;

const BASE: &str = include_str!("base.yaml");

/// The base with one change.
fn changed(from: &str, to: &str) -> String {
    assert_eq!(BASE.matches(from).count(), 1, "{from:?} has to stand in base.yaml once");
    BASE.replacen(from, to, 1)
}

/// Compiles the base with one change and compares everything that is reported.
#[track_caller]
fn check(from: &str, to: &str, expected: &[&str]) {
    let source = changed(from, to);
    assert_eq!(lines(&source), expected, "{from:?} -> {to:?}");
}

/// Everything that is reported, one line each: `line:column message [help]`.
fn lines(source: &str) -> Vec<String> {
    let found = compile(source).err().unwrap_or_default();
    found.iter().map(|one| line(one, source)).collect()
}

fn line(one: &Diagnostic, source: &str) -> String {
    let place = one.place(source);
    let mut line = format!("{}:{} ", place.line, place.column);
    line.push_str(&one.message);
    if let Some(help) = &one.help {
        write!(line, " [{help}]").unwrap();
    }
    line
}
