//! The commands that the faults hit, each in the situation that makes it interesting.

use std::fs::{self, OpenOptions};
use std::io::Write as _;

use anyhow::{Context as _, Result, ensure};

use outage_runbook::engine::{
    Actor, ClockKind, Event, Hlc, IncidentOpened, Mode, Offset, Source, Stamp, Text, Timestamp,
    WriterId,
};
use outage_runbook::journal::{Draft, Home};
use outage_runbook::playbook::NoteKind;

use super::desk::{Ack, Desk};

/// More than it takes for a snapshot.
const NOTES: u32 = 2_100;

/// A command and what must be there before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene {
    /// What it is called in reports.
    pub(crate) name: &'static str,
    /// What somebody types.
    pub(crate) words: &'static [&'static str],
    /// The key it is recorded under, if it has one.
    pub(crate) key: Option<&'static str>,
    prepare: fn(&Desk, &mut Vec<Ack>) -> Result<()>,
}

const DONE: &[&str] = &["done", "stop-campaigns", "--id", "k1", "--json"];

/// The first command of all.
pub(crate) const START: Scene = Scene {
    name: "start",
    words: &["start", "email-outage", "--json", "--no-walk"],
    key: None,
    prepare: |_, _| Ok(()),
};

/// An answer to a step.
pub(crate) const STEP: Scene =
    Scene { name: "done", words: DONE, key: Some("k1"), prepare: |_, _| Ok(()) };

/// A new number in the site file, in quiet times.
pub(crate) const SITE: Scene = Scene {
    name: "site set",
    words: &["site", "set", "callback", "860 555 0199", "--json"],
    key: None,
    prepare: |_, _| Ok(()),
};

/// Words for the log, which are never taken for a repetition unless they have a key.
pub(crate) const NOTE: Scene = Scene {
    name: "note",
    words: &["note", "The vendor says 18:00", "--id", "k1", "--json"],
    key: Some("k1"),
    prepare: |_, _| Ok(()),
};

/// An answer that finds the log ending within a record.
pub(crate) const REPAIR: Scene =
    Scene { name: "tail repair", words: DONE, key: Some("k1"), prepare: tear };

/// The first answer from an install that has not written to this incident.
pub(crate) const JOIN: Scene =
    Scene { name: "joining", words: DONE, key: Some("k1"), prepare: forget_install };

/// An answer in an incident so long that a snapshot is made of it.
pub(crate) const LONG: Scene =
    Scene { name: "making a snapshot", words: DONE, key: Some("k1"), prepare: grow };

/// An answer that goes on from a snapshot.
pub(crate) const QUICK: Scene =
    Scene { name: "going on from a snapshot", words: DONE, key: Some("k1"), prepare: keep };

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
        (self.prepare)(desk, &mut acks)?;
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

fn tear(desk: &Desk, _: &mut Vec<Ack>) -> Result<()> {
    let path = desk.journals()?.pop().context("a journal")?;
    let text = fs::read_to_string(&path)?;
    let last = text.lines().last().context("a record")?;
    let torn = &last.as_bytes()[..last.len() / 2];
    OpenOptions::new().append(true).open(&path)?.write_all(torn)?;
    Ok(())
}

fn forget_install(desk: &Desk, _: &mut Vec<Ack>) -> Result<()> {
    fs::remove_file(desk.home.join("writer.json"))?;
    fs::remove_dir_all(desk.home.join("locks"))?;
    Ok(())
}

/// Puts an incident of many notes in the place of the short one.
fn grow(desk: &Desk, acks: &mut Vec<Ack>) -> Result<()> {
    acks.clear();
    let (log, id) = (desk.journals()?.pop(), desk.incidents()?.pop());
    let writer = log.as_deref().and_then(|path| path.file_stem()?.to_str());
    let writer = writer.and_then(WriterId::parse).context("this install's writer")?;
    let folder = desk.home.join("incidents");
    let source = fs::read(folder.join(id.context("an incident")?).join("playbook.yaml"))?;
    fs::remove_dir_all(&folder)?;
    let id = "email-outage-long".parse()?;
    let entries = entries().context("entries")?;
    let draft = Draft { id: &id, playbook: &source, exercise: None, writer: &writer, entries };
    Home::at(desk.home.clone()).create(draft)?;
    Ok(())
}

fn keep(desk: &Desk, acks: &mut Vec<Ack>) -> Result<()> {
    grow(desk, acks)?;
    acks.extend(desk.must(&["note", "One more", "--json"])?.acks());
    ensure!(desk.home.join("cache/email-outage-long.snapshot").exists(), "no snapshot was made");
    Ok(())
}

fn entries() -> Option<Vec<(Stamp, Event)>> {
    let opened = Event::IncidentOpened(IncidentOpened {
        playbook: "email-outage".parse().ok()?,
        version: "2026.1".to_owned(),
        title: Text::Plain("Email outage".to_owned()),
        site: None,
        mode: Mode::Live,
        clock: ClockKind::Real,
        runbook: "0.1.0".to_owned(),
        linked_from: None,
        standing: false,
        sources: Vec::new(),
    });
    let note = |number| Event::NoteAdded {
        kind: NoteKind::Situation,
        text: Text::Plain(format!("Note {number}")),
    };
    let events = [opened, Event::IncidentDeclared {}].into_iter().chain((2..NOTES).map(note));
    (0..).zip(events).map(|(second, event)| Some((stamp(second)?, event))).collect()
}

fn stamp(second: i64) -> Option<Stamp> {
    let millis = 1_769_108_700_000 + second * 1000;
    Some(Stamp {
        wall: Timestamp::from_millis(millis)?,
        offset: Offset::from_minutes(-300)?,
        hlc: Hlc(millis, 0),
        boot: None,
        mono: None,
        actor: Actor::default(),
        scribe: None,
        src: Source::Typed,
        occurred_at: None,
        key: None,
        seen: Vec::new(),
        exercise_time: None,
    })
}
