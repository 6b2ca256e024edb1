//! Small tests of the playbook with one step of every form: what a file may say, what comes of it, and
//! that each thing it can expect can fail.

mod crew;
mod expect;
mod file;
mod script;

use std::fmt::Write as _;

use super::*;
use crate::playbook::{Diagnostic, Playbook, Severity, compile};
use crate::report::{sentence, t_plus};

const BOOK: &str = include_str!("../../../tests/it/fixtures/every-form.yaml");

/// The first two lines of every file here.
const HEAD: &str = "runbook-test: 1\nplaybook: every-form\n";

fn book() -> Playbook {
    compile(BOOK).unwrap().playbook
}

fn find(name: &str) -> Result<Playbook, NoPlaybook> {
    if name == "every-form" {
        return Ok(book());
    }
    let message = format!("there is no playbook \"{name}\"");
    Err(NoPlaybook { message, help: Some("runbook list shows all playbooks".to_owned()) })
}

/// Everything that is reported of a file, one line each: `line:column message | help`.
fn reported(text: &str) -> Vec<String> {
    let found = match read(text, find) {
        Ok(script) => script.warnings,
        Err(found) => found,
    };
    found.iter().map(|one| line(one, text)).collect()
}

fn line(one: &Diagnostic, text: &str) -> String {
    let place = one.place(text);
    let mut line = format!("{}:{} ", place.line, place.column);
    if one.severity == Severity::Warning {
        line.push_str("warning: ");
    }
    line.push_str(&one.message);
    if let Some(help) = &one.help {
        write!(line, " | {help}").unwrap();
    }
    line
}

#[track_caller]
fn script(text: &str) -> Script {
    read(text, find).unwrap_or_else(|found| {
        let found: Vec<String> = found.iter().map(|one| line(one, text)).collect();
        panic!("{found:#?}\n{text}")
    })
}

/// A file with one scenario of these entries, each on a line of its own.
fn with_entries(entries: &[&str]) -> String {
    let mut text = format!("{HEAD}scenarios:\n  - id: one\n    script:\n");
    for entry in entries {
        writeln!(text, "      - {entry}").unwrap();
    }
    text
}

/// What is played of a file with one scenario.
#[track_caller]
fn played(text: &str) -> Played {
    let script = script(text);
    assert_eq!(script.scenarios.len(), 1);
    play(&script, &script.scenarios[0])
}

/// What is not as these entries say, one line each: `T+0:10 what: - expected + found`.
#[track_caller]
fn faults(entries: &[&str]) -> Vec<String> {
    played(&with_entries(entries)).faults.iter().map(fault_line).collect()
}

fn fault_line(fault: &Fault) -> String {
    let mut line = format!("{} {}:", t_plus(since_t0(fault.at)), fault.what);
    fault.expected.iter().for_each(|said| write!(line, " - {said}").unwrap());
    fault.found.iter().for_each(|said| write!(line, " + {said}").unwrap());
    line
}

/// What was recorded after the beginning: `T+0:10 who: what`.
fn recorded(played: &Played) -> Vec<String> {
    let book = book();
    let roles = 2 + book.roles.len();
    let records = played.records.iter().skip(roles);
    records
        .map(|record| {
            let by = record.stamp.actor.person.as_ref().unwrap();
            let late = record.stamp.occurred_at.is_some();
            let late = if late { " (late)" } else { "" };
            let at = t_plus(since_t0(record.effective()));
            format!("{at} {by}: {}{late}", sentence(&book, record))
        })
        .collect()
}
