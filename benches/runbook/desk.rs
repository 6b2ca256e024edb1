//! A home folder in a temporary place, and the processes that are measured there.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use outage_runbook::engine::WriterId;
use outage_runbook::journal::{Draft, Home};
use tempfile::TempDir;

use super::log;

/// The argument that makes this program a bare append.
pub(crate) const BARE: &str = "--bare-append";

/// A home folder.
pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    /// Nothing in it.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// One incident of so many records, written by this install.
    pub(crate) fn with_incident(records: usize) -> Self {
        let desk = Self::empty();
        // The program makes its install known; its incident then gives way to a larger one.
        desk.run(&["start", "email-outage", "--no-walk"]);
        fs::remove_dir_all(desk.home().join("incidents")).unwrap();
        let install = fs::read(desk.home().join("writer.json")).unwrap();
        let install: serde_json::Value = serde_json::from_slice(&install).unwrap();
        let writer = install["writer"].as_str().and_then(WriterId::parse).unwrap();
        let draft = Draft {
            id: &log::INCIDENT.parse().unwrap(),
            exercise: None,
            playbook: log::playbook().as_bytes(),
            writer: &writer,
            entries: log::entries(records),
        };
        Home::at(desk.home()).create(draft).unwrap();
        desk
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Writes a file and returns its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, words: &[&str]) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_runbook"));
        self.finish(command.args(words));
    }

    /// Runs a bare append to its end.
    pub(crate) fn bare(&self) {
        let mut command = Command::new(std::env::current_exe().unwrap());
        self.finish(command.arg(BARE).arg(self.folder.path().join("bare")));
    }

    fn finish(&self, command: &mut Command) {
        command.env("RUNBOOK_HOME", self.home()).env("RUNBOOK_BY", "Ana Diaz");
        let output = command.current_dir(self.folder.path()).stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{command:?}: {output:?}");
    }
}
