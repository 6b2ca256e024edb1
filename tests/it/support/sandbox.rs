//! A home of its own for every test, and the real program run in it with nothing else around.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use serde_json::Value;
use tempfile::TempDir;

use super::redact::redact;

/// The playbook with one step of every form.
pub(crate) const EVERY_FORM: &str = include_str!("../fixtures/every-form.yaml");

/// An empty folder tree for one test; it goes away with the value.
pub(crate) struct Sandbox {
    root: TempDir,
    zone: &'static str,
    by: &'static str,
}

/// How a command ended and what it wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub(crate) struct Ran {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: Option<i32>,
    root: String,
}

impl Sandbox {
    /// Nothing but a folder to work in, with the test playbook in `playbooks/`.
    pub(crate) fn new() -> Self {
        let sandbox = Self::bare();
        sandbox.write("playbooks/every-form.yaml", EVERY_FORM);
        sandbox
    }

    /// Nothing but a folder to work in.
    pub(crate) fn bare() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("cwd")).unwrap();
        Self { root, zone: "UTC", by: "Ana Diaz" }
    }

    /// The same in another time zone, as a POSIX rule that needs no zone files.
    pub(crate) fn in_zone(self, zone: &'static str) -> Self {
        Self { zone, ..self }
    }

    /// The same where it is about noon, so that what comes within hours is still today. Always east of
    /// Greenwich, so that offsets look the same.
    pub(crate) fn at_midday(self) -> Self {
        const ZONES: [&str; 24] = [
            "UTC-0", "UTC-1", "UTC-2", "UTC-3", "UTC-4", "UTC-5", "UTC-6", "UTC-7", "UTC-8",
            "UTC-9", "UTC-10", "UTC-11", "UTC-12", "UTC-13", "UTC-14", "UTC-15", "UTC-16",
            "UTC-17", "UTC-18", "UTC-19", "UTC-20", "UTC-21", "UTC-22", "UTC-23",
        ];
        let since = SystemTime::UNIX_EPOCH.elapsed().unwrap();
        let hour = usize::try_from(since.as_secs() / 3600 % 24).unwrap();
        self.in_zone(ZONES[(36 - hour) % 24])
    }

    /// The same with another person at the keyboard.
    pub(crate) fn typed_by(self, by: &'static str) -> Self {
        Self { by, ..self }
    }

    /// An incident of the test playbook, declared on a Wednesday at 14:05.
    pub(crate) fn started() -> Self {
        let sandbox = Self::new();
        sandbox.ok("start every-form --at 2025-01-22T14:05Z --assign \"lead=Ana Diaz\"");
        sandbox
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.root.path().join("home")
    }

    pub(crate) fn cwd(&self) -> PathBuf {
        self.root.path().join("cwd")
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.cwd().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The site file, as if somebody had set it up before.
    pub(crate) fn write_site(&self, text: &str) {
        fs::create_dir_all(self.home()).unwrap();
        fs::write(self.home().join("site.yaml"), text).unwrap();
    }

    /// The variables that a command gets, and no others.
    pub(crate) fn env(&self) -> [(&'static str, String); 4] {
        let path = |name: &str| self.root.path().join(name).display().to_string();
        [
            ("RUNBOOK_HOME", path("home")),
            ("HOME", path("nobody")),
            ("TZ", self.zone.to_owned()),
            ("RUNBOOK_BY", self.by.to_owned()),
        ]
    }

    /// The program with these arguments, not yet run.
    pub(crate) fn command<S: AsRef<std::ffi::OsStr>>(&self, args: &[S]) -> Command {
        let mut command = Command::new(program());
        command.args(args).current_dir(self.cwd()).env_clear().envs(self.env());
        command.stdin(Stdio::null());
        command
    }

    /// One command, its words split at spaces; double quotes hold words together.
    pub(crate) fn run(&self, line: &str) -> Ran {
        self.run_words(&split(line))
    }

    pub(crate) fn run_words<S: AsRef<std::ffi::OsStr>>(&self, words: &[S]) -> Ran {
        let output = self.command(words).output().unwrap();
        Ran {
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code(),
            root: self.root.path().display().to_string(),
        }
    }

    /// What a command prints that has to work.
    #[track_caller]
    pub(crate) fn ok(&self, line: &str) -> String {
        let ran = self.run(line);
        assert_eq!(ran.code, Some(0), "runbook {line}\n{ran:?}");
        ran.out
    }

    /// The object that a command answers with.
    #[track_caller]
    pub(crate) fn json(&self, line: &str) -> Value {
        let out = self.ok(&format!("{line} --json"));
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    /// The incident's id, where there is one.
    #[track_caller]
    pub(crate) fn incident(&self) -> String {
        let list = self.json("incidents");
        let all = list["incidents"].as_array().unwrap();
        assert_eq!(all.len(), 1, "{list}");
        all[0]["incident"].as_str().unwrap().to_owned()
    }

    /// The folder of the only incident.
    pub(crate) fn incident_folder(&self) -> PathBuf {
        self.home().join("incidents").join(self.incident())
    }

    /// Holds the lock of an incident, as another process of this install would, until it is dropped.
    #[track_caller]
    pub(crate) fn hold(&self, incident: &str) -> fs::File {
        let journal = self.home().join("incidents").join(incident).join("journal");
        let mut writers = fs::read_dir(journal).unwrap();
        let writer = writers.next().unwrap().unwrap().path();
        let writer = writer.file_stem().unwrap().to_str().unwrap();
        let locks = self.home().join("locks");
        fs::create_dir_all(&locks).unwrap();
        let lock = locks.join(format!("{incident}.{writer}.lock"));
        let lock = fs::File::options().append(true).create(true).open(lock).unwrap();
        lock.lock().unwrap();
        lock
    }

    /// The files of the only incident's journal, by name.
    pub(crate) fn journals(&self) -> Vec<PathBuf> {
        let dir = self.incident_folder().join("journal");
        let mut all: Vec<PathBuf> =
            fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
        all.sort();
        all
    }

    /// The only journal file.
    #[track_caller]
    pub(crate) fn journal(&self) -> PathBuf {
        let all = self.journals();
        assert_eq!(all.len(), 1, "{all:?}");
        all.into_iter().next().unwrap()
    }

    /// Every file and folder with its bytes: what "nothing was written" is held against. Locks are
    /// left out: they hold nothing, and whoever wants to look at the newest state takes one.
    pub(crate) fn everything(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut all = BTreeMap::new();
        collect(self.root.path(), &mut all);
        let locks = self.home().join("locks");
        all.retain(|path, _| !path.starts_with(&locks));
        all
    }
}

impl Ran {
    /// Everything a person sees, in one block.
    pub(crate) fn shown(&self) -> String {
        let mut text = self.out.clone();
        if !self.err.is_empty() {
            text.push_str("--- stderr\n");
            text.push_str(&self.err);
        }
        let code = self.code.map_or("by a signal".to_owned(), |code| code.to_string());
        if !text.is_empty() && !text.ends_with('\n') {
            text.push_str("(no line feed)\n");
        }
        text.push_str("--- exit ");
        text.push_str(&code);
        redact(&text.replace(&self.root, "ROOT"))
    }
}

/// The program under test.
pub(crate) fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_runbook"))
}

/// Words at spaces; double quotes hold words together and may be empty.
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

fn collect(folder: &Path, all: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.insert(path.clone(), Vec::new());
            collect(&path, all);
        } else {
            let bytes = fs::read(&path).unwrap();
            all.insert(path, bytes);
        }
    }
}
