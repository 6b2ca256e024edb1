//! The commands that the faults hit, each in the situation that makes it interesting.

use std::fs::{self, OpenOptions};
use std::io::Write as _;

use anyhow::{Context as _, Result, ensure};

use super::desk::{Ack, Desk};

/// A command and what must be there before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene {
    /// What it is called in reports.
    pub(crate) name: &'static str,
    /// What somebody types.
    pub(crate) words: &'static [&'static str],
    /// The key it is recorded under, if it has one.
    pub(crate) key: Option<&'static str>,
    prepare: fn(&Desk) -> Result<()>,
}

const DONE: &[&str] = &["done", "stop-campaigns", "--id", "k1", "--json"];

/// The first command of all.
pub(crate) const START: Scene = Scene {
    name: "start",
    words: &["start", "email-outage", "--json", "--no-walk"],
    key: None,
    prepare: |_| Ok(()),
};

/// An answer to a step.
pub(crate) const STEP: Scene =
    Scene { name: "done", words: DONE, key: Some("k1"), prepare: |_| Ok(()) };

/// Words for the log, which are never taken for a repetition unless they have a key.
pub(crate) const NOTE: Scene = Scene {
    name: "note",
    words: &["note", "The vendor says 18:00", "--id", "k1", "--json"],
    key: Some("k1"),
    prepare: |_| Ok(()),
};

/// An answer that finds the log ending within a record.
pub(crate) const REPAIR: Scene =
    Scene { name: "tail repair", words: DONE, key: Some("k1"), prepare: tear };

/// The first answer from an install that has not written to this incident.
pub(crate) const JOIN: Scene =
    Scene { name: "joining", words: DONE, key: Some("k1"), prepare: forget_install };

impl Scene {
    /// Sets the scene on an empty desk and gives what is acknowledged by then.
    pub(crate) fn set(&self, desk: &Desk) -> Result<Vec<Ack>> {
        let mut acks = Vec::new();
        if self.key.is_some() {
            for words in [
                START.words,
                &["note", "One", "--json"],
                &["note", "Two", "--json"],
                &["done", "greeting", "--json"],
            ] {
                acks.extend(desk.must(words)?.acks());
            }
            ensure!(acks.len() == 4, "four commands, four acknowledgements: {acks:?}");
        }
        (self.prepare)(desk)?;
        desk.save()?;
        Ok(acks)
    }

    /// After the fault: nothing acknowledged is lost, the next command works, the log verifies, and
    /// what was repeated stands there once.
    pub(crate) fn settle(&self, desk: &Desk, acks: &[Ack]) -> Result<()> {
        let lost = desk.lost(acks);
        ensure!(lost.is_empty(), "LOST although acknowledged: {lost:?}");
        let mut all = acks.to_vec();
        all.extend(desk.must(self.words)?.acks());
        if let Some(key) = self.key {
            let times = desk.keyed(key)?;
            ensure!(times == 1, "recorded {times} times under one key");
        }
        desk.sound(&all)
    }
}

fn tear(desk: &Desk) -> Result<()> {
    let path = desk.journals()?.pop().context("a journal")?;
    let text = fs::read_to_string(&path)?;
    let last = text.lines().last().context("a record")?;
    let torn = &last.as_bytes()[..last.len() / 2];
    OpenOptions::new().append(true).open(&path)?.write_all(torn)?;
    Ok(())
}

fn forget_install(desk: &Desk) -> Result<()> {
    fs::remove_file(desk.home.join("writer.json"))?;
    fs::remove_dir_all(desk.home.join("locks"))?;
    Ok(())
}
