//! What a command asks of the system: every call in order, read from `strace -y`.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result, ensure};

use super::desk::{Desk, text};
use super::scenes::Scene;

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// Its name.
    pub(crate) name: String,
    /// The how-manieth of this name it is in its thread, from 1: what `when=` counts. A number found
    /// in one list of all calls would hit something else, or nothing.
    pub(crate) nth: usize,
    /// The thread that makes it.
    pub(crate) thread: String,
    /// What was passed, and behind the last `=` what came back.
    pub(crate) rest: String,
}

impl Call {
    /// The path behind a descriptor: `3</a/path>`.
    pub(crate) fn descriptor(&self) -> Option<(&str, &str)> {
        let (number, rest) = self.rest.split_once('<')?;
        let path = rest.split_once('>')?.0;
        number.chars().all(|c| c.is_ascii_digit()).then_some((number, path))
    }

    /// The words in quotes: the paths of a call that takes paths.
    pub(crate) fn quoted(&self) -> Vec<&str> {
        self.rest.split('"').skip(1).step_by(2).collect()
    }

    /// Whether it did what was asked.
    pub(crate) fn worked(&self) -> bool {
        self.rest.rsplit_once(" = ").is_some_and(|(_, came)| !came.starts_with('-'))
    }
}

/// Runs a scene's command once without any fault.
pub(crate) fn reference(desk: &Desk, scene: &Scene) -> Result<Vec<Call>> {
    desk.restore()?;
    let file = desk.file("trace");
    let wrapper = ["strace", "-f", "-y", "-s", "16", "-o", text(&file)?];
    let ran = desk.around(&wrapper, scene.words)?;
    ensure!(ran.code == Some(0), "without any fault: {ran:?}");
    let calls = parse(&fs::read_to_string(&file).context("the trace")?);
    ensure!(calls.len() > 50, "a trace of {} calls is none", calls.len());
    Ok(calls)
}

/// The calls of a trace in order.
fn parse(trace: &str) -> Vec<Call> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut calls = Vec::new();
    for line in trace.lines() {
        let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let thread = line[..line.len() - call.len()].trim().to_owned();
        let Some((name, rest)) = call.split_once('(') else { continue };
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || !name.chars().all(plain) {
            continue;
        }
        let nth = counts.entry((thread.clone(), name.to_owned())).or_default();
        *nth += 1;
        calls.push(Call { name: name.to_owned(), nth: *nth, thread, rest: rest.to_owned() });
    }
    calls
}
