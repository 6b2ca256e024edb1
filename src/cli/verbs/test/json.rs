//! `test --json`.

use serde::Serialize;

use super::Tested;
use crate::cli::verbs::lint::Linted;
use crate::playbook::PlaybookId;
use crate::trial::{Fault, Played, since_t0};
use crate::ui::fault_place;

#[derive(Debug, Serialize)]
pub(super) struct Answer<'a> {
    format: u32,
    ok: bool,
    /// Every file, with what is wrong or doubtful about it, as `lint` has it.
    files: &'a [Linted],
    /// Those that could be played.
    tests: Vec<Test<'a>>,
}

#[derive(Debug, Serialize)]
struct Test<'a> {
    file: &'a str,
    playbook: &'a PlaybookId,
    version: &'a str,
    ok: bool,
    scenarios: Vec<One<'a>>,
    /// Absent where not every scenario was played.
    coverage: Option<Covered>,
}

#[derive(Debug, Serialize)]
struct One<'a> {
    scenario: &'a str,
    title: Option<&'a str>,
    ok: bool,
    records: usize,
    /// What the exercise clock shows at the end.
    t_plus_min: i64,
    faults: Vec<Wrong<'a>>,
    /// Entries that were not played because one before them could not be.
    unplayed: usize,
}

#[derive(Debug, Serialize)]
struct Wrong<'a> {
    line: usize,
    column: usize,
    t_plus_min: i64,
    what: &'a str,
    expected: &'a [String],
    found: &'a [String],
}

#[derive(Debug, Serialize)]
struct Covered {
    options: usize,
    options_left: Vec<String>,
    steps: usize,
    steps_left: Vec<String>,
}

impl<'a> Answer<'a> {
    pub(super) fn of(all: &'a [Tested], files: &'a [Linted], ok: bool) -> Self {
        Self { format: 1, ok, files, tests: all.iter().map(Test::of).collect() }
    }
}

impl<'a> Test<'a> {
    fn of(tested: &'a Tested) -> Self {
        let coverage = tested.coverage().map(|coverage| Covered {
            options: coverage.options,
            options_left: coverage
                .options_left
                .iter()
                .map(|(step, option)| format!("{step}={option}"))
                .collect(),
            steps: coverage.steps,
            steps_left: coverage.steps_left.iter().map(ToString::to_string).collect(),
        });
        Self {
            file: &tested.file.shown,
            playbook: &tested.script.book.id,
            version: &tested.script.book.version,
            ok: tested.is_ok(),
            scenarios: tested.played.iter().map(|one| One::of(&tested.source, one)).collect(),
            coverage,
        }
    }
}

impl<'a> One<'a> {
    fn of(source: &str, played: &'a Played) -> Self {
        Self {
            scenario: &played.name,
            title: Some(played.title.as_str()).filter(|title| !title.is_empty()),
            ok: played.is_ok(),
            records: played.records.len(),
            t_plus_min: since_t0(played.until).num_minutes(),
            faults: played.faults.iter().map(|fault| Wrong::of(source, fault)).collect(),
            unplayed: played.unplayed,
        }
    }
}

impl<'a> Wrong<'a> {
    fn of(source: &str, fault: &'a Fault) -> Self {
        let place = fault_place(source, fault);
        Self {
            line: place.line,
            column: place.column,
            t_plus_min: since_t0(fault.at).num_minutes(),
            what: &fault.what,
            expected: &fault.expected,
            found: &fault.found,
        }
    }
}
